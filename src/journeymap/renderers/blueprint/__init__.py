"""The service blueprint (Shostack 1984): the steps over everything that makes them possible, cut by three lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from journeymap.model import LAYERS, Journey, Layer
from journeymap.renderers.blueprint.arrows import arrows
from journeymap.renderers.blueprint.cells import activities, blueprint_card, fail_points, fails, is_fail_point, what_follows
from journeymap.renderers.columns import CARD_INSET, MARGIN, MAX_WIDTH, System, column_width, systems, widest
from journeymap.renderers.frame import least_column
from journeymap.renderers.lengths import length_words
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, finished, heading_of, icon_entry, note, row_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import STEP_NAME
from journeymap.renderers.swimlane.lane import Lane, Pen
from journeymap.renderers.swimlane.system import Sheet, draw_system
from journeymap.renderers.words import description
from journeymap.scene.icons import channel_icon
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Rect, Shape
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["blueprint"]

_WHAT = "Service blueprint"
_AT_LEAST = 1000.0
_COLUMN_AT_LEAST = 144.0
_BETWEEN_SYSTEMS = 44.0

_LANES: dict[Layer, tuple[str, str, str]] = {
    "physical-evidence": ("Physical evidence", "What customers see and touch", "evidence"),
    "customer": ("Customer actions", "What the service asks of them", "goal"),
    "frontstage-people": ("Frontstage people", "Whom customers meet", "in-person"),
    "frontstage-technology": ("Frontstage technology", "What customers use", "website"),
    "backstage": ("Backstage", "Hidden from customers", "backstage"),
    "support": ("Support", "Systems and partners", "support"),
}
"""By layer the title of its lane, its caption and its icon."""
_LINES = ("Line of interaction", "Line of visibility", "Line of internal interaction")


def blueprint(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = MAX_WIDTH) -> Scene:
    """The service blueprint: evidence, steps, frontstage, backstage and support, with waits and fail points.

    The lines of interaction, visibility and internal interaction follow from the layers of the activities. ``persona`` is the
    id of the one whose steps they are; RenderError if there is none such. A blueprint wider than ``max_width`` px breaks into
    systems.
    """
    limit = widest(max_width)
    drawing = drawing_of(journey, theme, persona)
    steps = [step for held in drawing.stages for step in held.steps]
    column = column_width(
        [step.name for step in steps],
        columns=len(steps),
        style=STEP_NAME,
        measure=drawing.measure,
        wanted=_AT_LEAST,
        least=max(_COLUMN_AT_LEAST, least_column(((held.stage.name, len(held.steps)) for held in drawing.stages), measure=drawing.measure)),
    )
    rows = systems([len(held.steps) for held in drawing.stages], column=column, limit=limit - MARGIN)
    width = max([row.right for row in rows] + [MARGIN + min(LEAST_WIDE, limit - 2 * MARGIN)]) + MARGIN
    pen = Pen(theme=theme, measure=drawing.measure, symbols=drawing.symbols, width=column - 2 * CARD_INSET)
    title, y = heading_of(drawing, "" if journey.kind == "service-blueprint" else _WHAT, width=width)
    shapes: list[Shape] = [title]
    missing = _missing(drawing, steps)
    if missing:
        said = note(drawing, missing, top=y + 16, width=width)
        shapes.append(said)
        y = said.box.bottom
    y += 26
    for index, row in enumerate(rows):
        sheet = Sheet(drawing=drawing, lanes=tuple(_lanes(drawing, row, steps)), pen=pen, notes={})
        drawn, y = draw_system(sheet, row, top=y + (_BETWEEN_SYSTEMS if index else 0))
        bands = sum(isinstance(shape, Rect) for shape in drawn[: len(row.parts)])
        shapes.append(row_of([*drawn[:bands], *arrows(drawing, drawn), *drawn[bands:]]))
    return finished(
        drawing, shapes, what="service blueprint", description=_told(drawing, steps), bottom=y, width=width, entries=_key(drawing, steps)
    )


def _missing(drawing: Drawing, steps: Sequence[Step]) -> str:
    if not drawing.stages:
        return "This journey has no stages yet."
    if not any(step.touchpoint and step.touchpoint.activities for step in steps):
        return "What happens behind the steps is not known yet: no step has activities."
    return ""


def _lanes(drawing: Drawing, system: System, steps: Sequence[Step]) -> Iterator[Lane]:
    """The lanes of a system, each line over the first lane that lies behind it."""
    shown = [step for part in system.parts for _, step in drawing.steps(part)]
    there = {activity.layer for step in shown if step.touchpoint for activity in step.touchpoint.activities}
    over = line_names(there)
    yield _layer("physical-evidence", "")
    yield Lane(name="steps", title="Steps", caption="", icon="steps", cell=blueprint_card, equal=True)
    for layer in LAYERS[1:]:
        yield _layer(layer, over.get(layer, ""))
    yield Lane(name="fail-points", title="Fail points", caption="Major and critical pains", icon="pains", cell=fail_points)
    follows = what_follows(drawing.journey, steps)
    yield Lane(name="what-follows", title="What follows", caption="Waits, branches, ways back", icon="clock", cell=follows)


def line_names(layers: Collection[Layer]) -> dict[Layer, str]:
    """Which line stands over which layer, for the layers there are: where the customer ends, what they see, who serves whom.

    >>> line_names(["frontstage-technology", "support"])
    {'frontstage-technology': 'Line of interaction', 'support': 'Line of visibility'}
    """
    interaction, visibility, internal = _LINES
    there = [layer for layer in LAYERS[2:] if layer in layers]
    found: dict[Layer, str] = {}
    for before, layer in pairwise([None, *there]):
        hidden = layer in {"backstage", "support"}
        if layer is None:
            continue
        if before is None:
            found[layer] = visibility if hidden else interaction
        elif hidden and before not in {"backstage", "support"}:
            found[layer] = visibility
        elif layer == "support":
            found[layer] = internal
    return found


def _layer(layer: Layer, line: str) -> Lane:
    title, caption, icon = _LANES[layer]
    return Lane(name=f"layer-{layer}", title=title, caption=caption, icon=icon, cell=activities(layer), line_above=line, equal=True)


def _key(drawing: Drawing, steps: Sequence[Step]) -> Iterator[KeyEntry]:
    theme = drawing.theme
    if any(fails(step) for step in steps):
        yield icon_entry(drawing, "pains", "Fail point: a major or critical pain", colour=theme.pain)
    if any(step.moment for step in steps):
        yield icon_entry(drawing, "star", "Moment of truth", colour=theme.truth)
    channels = dict.fromkeys(step.touchpoint.channel for step in steps if step.touchpoint and step.touchpoint.channel)
    for channel in channels:
        yield icon_entry(drawing, channel_icon(channel.kind), channel.name, colour=theme.ink_2)


def _told(drawing: Drawing, steps: Sequence[Step]) -> str:
    """The picture in sentences: the steps, then what stands behind each, where it fails, and the waits."""
    sentences = [description(drawing.journey, drawing.persona, drawing.stages).replace("Customer journey map:", "Service blueprint:", 1)]
    for step in steps:
        held = step.touchpoint.activities if step.touchpoint else ()
        for layer in LAYERS:
            names = [activity.name for activity in held if activity.layer == layer]
            if names:
                sentences.append(f"{step.number} {_LANES[layer][0].lower()}: {'; '.join(names)}.")
        sentences += [
            f"{step.number} fail point, {held.about.severity_word}: {held.about.description.rstrip('.')}."
            for held in step.pains
            if is_fail_point(held.about)
        ]
    known = {step.about: step.name for step in steps}
    sentences += [
        f"Wait between {known[way.source]} and {known[way.target]}: {length_words(way.wait)}."
        for way in drawing.journey.transitions
        if way.wait and way.source in known and way.target in known
    ]
    return " ".join(sentences)
