"""The storyboard: a frame a touchpoint, with its picture or a calm drawing, what the customer thinks, and how it feels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeymap.model import Journey
from journeymap.renderers.columns import CARD_INSET, MARGIN, Part, System, systems, widest
from journeymap.renderers.frame import CHEVRON_HEIGHT, chevron, heading, key_items, stage_row
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, face_entry, finished, heading_of, icon_entry, note, row_of
from journeymap.renderers.stage_heads import Drawing, stage_bands
from journeymap.renderers.storyboard.shot import Shot, draw_shot, shot_of
from journeymap.renderers.words import description
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Shape
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["storyboard"]

SHEET = 1880.0
"""The widest sheet unless asked otherwise: about seven frames side by side."""
_FRAME = 248.0
_ABOVE, _BELOW = 4.0, 6.0
_BETWEEN = 36.0


def storyboard(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = SHEET) -> Scene:
    """A frame a touchpoint, under the names of the stages: number, name, channel, thought, and the face of the emotion.

    A frame shows the first picture that the touchpoint carries in itself (a ``data:`` address of a png or jpeg file), else a drawing of
    the customer and the channel. ``persona`` is the id of the one whose journey is shown. Frames that do not fit beside each other in
    ``max_width`` px stand in further rows. RenderError if there is no such persona.
    """
    drawing = drawing_of(journey, theme, persona)
    limit = widest(max_width)
    rows = systems([len(held.steps) for held in drawing.stages], column=_FRAME, left=MARGIN, limit=limit - MARGIN)
    width = max([row.right + MARGIN for row in rows] + [2 * MARGIN + min(LEAST_WIDE, limit - 2 * MARGIN)])
    title, y = heading_of(drawing, "Storyboard", width=width)
    shapes: list[Shape] = [title]
    y += 24
    for number, row in enumerate(rows):
        drawn, y = _row(drawing, row, top=y + (_BETWEEN if number else 0))
        shapes.append(row_of(drawn))
    if not rows:
        said = note(drawing, "This journey has no stages yet.", top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    told = description(journey, drawing.persona, drawing.stages).replace("Customer journey map", "Storyboard", 1)
    thoughts = [
        f"At step {step.number} they think: {' '.join(step.thoughts)}" for held in drawing.stages for step in held.steps if step.thoughts
    ]
    told = " ".join([told, *thoughts])
    return finished(drawing, shapes, what="storyboard", description=told, bottom=y, width=width, entries=_key(drawing))


def _row(drawing: Drawing, row: System, *, top: float) -> tuple[list[Shape], float]:
    """Stages side by side with their frames, which are all as high as the highest; and the y where they end."""
    heads: list[Shape] = []
    goals: list[Shape] = []
    band_top = top + CHEVRON_HEIGHT + 6
    y = band_top
    for part in row.parts:
        first, last = part is row.parts[0], part is row.parts[-1]
        arrow, shapes, height = _head(drawing, part, top=top, under=band_top, first=first, last=last)
        heads.append(arrow)
        goals += shapes
        y = max(y, band_top + height)
    y += _ABOVE
    placed = [
        (part, index, shot_of(drawing, step, width=_FRAME - 2 * CARD_INSET)) for part in row.parts for index, step in drawing.steps(part)
    ]
    frames, bottom = _frames(drawing, placed, top=y)
    bands = stage_bands(drawing, row, top=band_top, bottom=bottom + _BELOW)
    named = [Group(shapes=goals, label="Goals of the stages", role="lane:goals")] if goals else []
    return [*bands, Group(shapes=heads, label="Stages", role="lane:stages"), *named, *frames], bottom + _BELOW


def _head(drawing: Drawing, part: Part, *, top: float, under: float, first: bool, last: bool) -> tuple[Group, Sequence[Shape], float]:
    """The chevron of a stage, and under it its goal, with the period where the chevron has no room for it; and how high that is."""
    stage, measure = drawing.stage(part), drawing.measure
    name = f"{stage.name} (continued)" if part.continued else stage.name
    arrow = chevron(
        name,
        number=str(part.stage + 1),
        box=Box(x=part.x, y=top, width=part.width, height=CHEVRON_HEIGHT),
        theme=drawing.theme,
        measure=measure,
        period=stage.period,
        first=first,
        last=last,
        about=stage.id,
    )
    fitted = heading(name, width=part.width, measure=measure, period=stage.period, first=first, last=last)
    goal = " \u00b7 ".join(text for text in ("" if fitted.period else stage.period, "" if part.continued else stage.goal) if text)
    box = Box(x=part.x, y=under, width=part.width, height=0)
    shapes, height = stage_row(
        goal, None, scale=drawing.journey.scale, box=box, theme=drawing.theme, symbols=drawing.symbols, measure=measure
    )
    return arrow, shapes, height


def _frames(drawing: Drawing, placed: Sequence[tuple[Part, int, Shot]], *, top: float) -> tuple[list[Shape], float]:
    bubble = max((shot.bubble_height for _, _, shot in placed), default=0.0)
    caption = max((shot.caption_height for _, _, shot in placed), default=0.0)
    shapes: list[Shape] = []
    bottom = top
    for part, index, shot in placed:
        drawn, box = draw_shot(drawing, shot, x=part.left(index) + CARD_INSET, top=top, bubble=bubble, caption=caption)
        shapes.append(drawn)
        bottom = box.bottom
    return shapes, bottom


def _key(drawing: Drawing) -> Iterator[KeyEntry]:
    steps = [step for held in drawing.stages for step in held.steps]
    levels = [step.emotion.level for step in steps if step.emotion is not None]
    for item in key_items(levels=levels, scale=drawing.journey.scale):
        if item.face is not None:
            yield face_entry(drawing, item.face, item.text)
    if any(step.moment is not None for step in steps):
        yield icon_entry(drawing, "star", "Moment of truth", colour=drawing.theme.truth)
