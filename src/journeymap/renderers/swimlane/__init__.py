"""The swimlane: the full journey map, lanes under stages, with the emotion curve as its one loud line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from journeymap.errors import RenderError, shown, suggestion
from journeymap.model import Channel, Journey
from journeymap.plugins import LANES
from journeymap.renderers.columns import CARD_INSET, MARGIN, MAX_WIDTH, column_width, systems, widest
from journeymap.renderers.emotion_plot import lowest_notes
from journeymap.renderers.frame import KeyItem, footer, key_items, key_row, least_column, scope_line, title_block
from journeymap.renderers.stage_heads import Drawing, curve_points
from journeymap.renderers.steps import Step, persona_of, steps_by_stage
from journeymap.renderers.swimlane.cells import STEP_NAME
from journeymap.renderers.swimlane.facts import EXTRA, extra_lane
from journeymap.renderers.swimlane.grouped import ARROW_ROOM, STEPS, By, arrows, group_lanes
from journeymap.renderers.swimlane.header import header
from journeymap.renderers.swimlane.lane import Cell, Lane, Pen, as_lane
from journeymap.renderers.swimlane.system import Sheet, draw_system, holds_steps
from journeymap.renderers.words import description
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["Cell", "Lane", "Pen", "Step", "swimlane"]

ALL_LANES = (
    "steps",
    "emotion",
    "thoughts",
    "pains",
    "opportunities",
    "metrics",
    "physical-evidence",
    "customer-actions",
    "frontstage",
    "backstage",
    "support",
)
_LEAST_WIDE = 1000.0
"""The sheet without its margins, so that a short map does not squeeze a rich header."""
_AT_LEAST = 1000.0
"""How wide all columns of a short map should be together, so that title and header have room."""
_COLUMN_AT_LEAST = 136.0
"""Body text then has 15 to 18 characters a line: what notes need, where step names would do with less."""
_BETWEEN_SYSTEMS = 44.0


def swimlane(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    lanes: Sequence[str] | None = None,
    by: By | None = None,
    max_width: float = MAX_WIDTH,
) -> Scene:
    """The full map: persona, stages, steps, emotion curve, thoughts, pains, opportunities, metrics, blueprint.

    ``persona`` is the id of the one whose map it is: only steps that they meet, with what they feel. ``lanes`` names what is
    shown, in order; an empty lane is left out, and ``extra:risk`` is what a team keeps under that key. ``by`` puts the steps into
    lanes by channel, owner, actor or persona, with arrows from step to step; below them stands the curve, unless ``lanes`` says
    otherwise. A map wider than ``max_width`` px breaks into systems. RenderError if there is no such persona, UnknownName if there
    is no such lane.
    """
    named = lanes if lanes is not None else ALL_LANES if by is None else (STEPS, "emotion")
    chosen_lanes = _lanes(named)
    _check_by(by)
    limit = widest(max_width)
    chosen = persona_of(journey, persona)
    measure, symbols = Measure(), Symbols()
    stages = steps_by_stage(journey, chosen.id if chosen else None)
    steps = [step for stage in stages for step in stage.steps]
    if by is not None:
        groups = group_lanes(journey, steps, by)
        chosen_lanes = tuple(lane for named in chosen_lanes for lane in (groups if named.name == STEPS else (named,)))
    turning = 0.0 if by is None else ARROW_ROOM
    width = column_width(
        [step.name for step in steps],
        columns=len(steps),
        style=STEP_NAME,
        measure=measure,
        wanted=_AT_LEAST,
        least=max(_COLUMN_AT_LEAST + turning, least_column(((held.stage.name, len(held.steps)) for held in stages), measure=measure)),
    )
    rows = systems([len(stage.steps) for stage in stages], column=width, limit=limit - MARGIN)
    right = max([row.right for row in rows] + [MARGIN + min(_LEAST_WIDE, limit - 2 * MARGIN)])
    drawing = Drawing(journey=journey, persona=chosen, stages=stages, theme=theme, measure=measure, symbols=symbols)
    sheet = Sheet(
        drawing=drawing,
        lanes=chosen_lanes,
        pen=Pen(theme=theme, measure=measure, symbols=symbols, width=width - 2 * CARD_INSET - turning),
        notes=lowest_notes([point for row in rows for point in curve_points(drawing, row)]),
    )
    content = Box(x=MARGIN, y=40, width=right - MARGIN, height=0)
    shapes: list[Shape] = []
    title, height = title_block(journey.name, _scope(journey), box=content, theme=theme, measure=measure, scenario=journey.scenario)
    shapes.append(Group(shapes=title, role="title"))
    y = content.y + height + 24
    bar, height = header(
        journey, chosen, box=Box(x=MARGIN, y=y, width=content.width, height=0), theme=theme, measure=measure, symbols=symbols
    )
    shapes.extend(bar)
    y += height + (28 if bar else 0)
    for index, row in enumerate(rows):
        drawn, y = draw_system(sheet, row, top=y + (_BETWEEN_SYSTEMS if index else 0))
        under = () if by is None else arrows(drawing, drawn)
        bands = len(row.parts)
        shapes.append(Group(shapes=[*drawn[:bands], *under, *drawn[bands:]], role="system"))
    if not rows:
        note = text_block(
            "This journey has no stages yet.",
            box=Box(x=MARGIN, y=y, width=content.width, height=0),
            style=Style(15),
            fill=theme.ink_2,
            measure=measure,
        )
        shapes.append(note)
        y = note.box.bottom
    y += 16
    key, height = key_row(_key(sheet), box=Box(x=MARGIN, y=y, width=content.width, height=0), theme=theme, symbols=symbols, measure=measure)
    shapes.append(Group(shapes=key, label="Key", role="key"))
    y += height + (10 if key else 0)
    foot, height = footer(journey, box=Box(x=MARGIN, y=y, width=content.width, height=0), theme=theme, measure=measure)
    shapes.append(Group(shapes=foot, role="footer"))
    return Scene(
        width=right + MARGIN,
        height=y + height + 36,
        shapes=shapes,
        title=journey.name,
        description=description(journey, chosen, stages),
        language=journey.language,
        paper=theme.paper,
        symbols=symbols.collected(),
    )


def _lanes(names: Sequence[str]) -> tuple[Lane, ...]:
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise RenderError(f"lanes={shown(names)} is not a list of names; for example lanes=['steps', 'emotion']")
    if not names:
        raise RenderError("a swimlane without lanes shows nothing; name some, for example lanes=['steps', 'emotion']")
    return tuple(extra_lane(name) if name.startswith(EXTRA) else as_lane(name, LANES[name]) for name in names)


def _check_by(by: object) -> None:
    if by is not None and by not in get_args(By):
        allowed = ", ".join(get_args(By))
        raise RenderError(f"by={shown(by)} is none of {allowed}{suggestion(str(by), get_args(By))}; steps are put into lanes by those")


def _scope(journey: Journey) -> str:
    segments = [persona.segment for persona in journey.personas if persona.segment]
    parts = [scope_line(journey), *dict.fromkeys(segments)]
    return " \u00b7 ".join(part for part in parts if part)


def _key(sheet: Sheet) -> tuple[KeyItem, ...]:
    steps = [step for stage in sheet.drawing.stages for step in stage.steps]
    shown = {lane.name for lane in sheet.lanes}
    felt = any(step.emotion or step.stage.emotion for step in steps)
    channels: list[Channel] = [step.touchpoint.channel for step in steps if step.touchpoint and step.touchpoint.channel]
    return key_items(
        levels=range(1, 6) if felt and "emotion" in shown else (),
        scale=sheet.drawing.journey.scale,
        moments=any(step.moment for step in steps),
        channels=channels if any(holds_steps(lane) for lane in sheet.lanes) else (),
    )
