"""The renderer: a wall of sticky notes, a column a stage, a note a step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from attrs import field, frozen

from journeymap import Emotion, Journey, Scale, Stage, Touchpoint
from journeymap.scene import (
    LIGHT,
    Box,
    Circle,
    Close,
    Group,
    LineTo,
    Measure,
    MoveTo,
    Paint,
    Path,
    Rect,
    Scene,
    Shape,
    Style,
    Symbols,
    Text,
    Theme,
    text_block,
    text_line,
)

T = TypeVar("T")
NAME, BODY, SMALL, TITLE = Style(14, 600), Style(12), Style(11), Style(26, 700)
MARGIN, GAP, PAD, FOLD, FACE = 40.0, 16.0, 12.0, 14.0, 11.0


@frozen(kw_only=True)
class Wall:
    """What every note is drawn with."""

    theme: Theme
    scale: Scale
    width: float
    measure: Measure = field(factory=Measure)
    symbols: Symbols = field(factory=Symbols)

    @property
    def inner(self) -> float:
        return self.width - 2 * PAD

    def column(self, stage: Stage, steps: Sequence[Touchpoint], x: float, y: float, head: float) -> Group:
        """The head of a stage, as high as asked, and notes under it."""
        shapes: list[Shape] = [self.head(stage, x, y, head)]
        top = y + head + GAP
        for step in steps:
            shapes.append(note := self.note(step, x, top))
            top = _bottom(note) + GAP
        return Group(shapes=shapes, role="stage", about=stage.id, label=f"{stage.name}. {stage.goal}" if stage.goal else stage.name)

    def head(self, stage: Stage, x: float, y: float, height: float = 0.0) -> Group:
        """The name and the goal of a stage, on its colour, as high as its words or higher."""
        box = Box(x=x + PAD, y=y + PAD, width=self.inner, height=0)
        block = partial(text_block, fill=self.theme.on_stage, measure=self.measure)
        words = [block(stage.name, box=box, style=NAME)]
        if stage.goal:
            words.append(block(stage.goal, box=Box(x=box.x, y=words[0].box.bottom + 4, width=box.width, height=0), style=BODY))
        sheet = Box(x=x, y=y, width=self.width, height=max(height, words[-1].box.bottom + PAD - y))
        return Group(shapes=[Rect(box=sheet, radius=4, paint=Paint(fill=self.theme.stage)), *words])

    def note(self, step: Touchpoint, x: float, y: float) -> Group:
        """A sticky note: the step's name, where it happens, how it feels, its corner folded up."""
        theme, felt = self.theme, step.emotion
        block = partial(text_block, measure=self.measure)
        words = [block(step.name, box=Box(x=x + PAD, y=y + PAD, width=self.inner, height=0), style=NAME, fill=theme.ink)]
        if step.channel:
            below = Box(x=x + PAD, y=words[0].box.bottom + 4, width=self.inner, height=0)
            words.append(block(step.channel.name, box=below, style=BODY, fill=theme.ink))
        bottom = words[-1].box.bottom
        feeling: list[Shape] = []
        if felt:
            middle = bottom + 6 + FACE
            feeling.append(Circle(x=x + PAD + FACE, y=middle, radius=FACE + 1.5, paint=Paint(fill=theme.paper)))
            feeling.append(self.symbols.face(felt.level, x=x + PAD + FACE, y=middle, radius=FACE, theme=theme))
            said = text_line(
                _felt(felt, self.scale),
                x=x + PAD + 2 * FACE + 6,
                middle=middle,
                style=SMALL,
                fill=theme.ink,
                measure=self.measure,
                room=self.inner - 2 * FACE - 6 - FOLD,
            )
            feeling.append(said)
            bottom = middle + FACE
        sheet = Box(x=x, y=y, width=self.width, height=bottom + PAD - y)
        tint = theme.card if felt is None or felt.valence == 0 else theme.on_accent if felt.valence > 0 else theme.on_pain
        label = f"{step.name}: {_felt(felt, self.scale)}." if felt else f"{step.name}."
        return Group(shapes=[*_paper(sheet, tint, theme), *words, *feeling], role="touchpoint", about=step.id, label=label)


def sticky_notes(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    max_width: float = 1600.0,
    note_width: float = 180.0,
    notes: int = 8,
) -> Scene:
    """A wall of sticky notes: a column a stage, a note a step, with a face that tells how it feels

    A stage of more than ``notes`` steps goes on in the next column.
    """
    if persona:
        journey = journey.for_persona(persona)
    wall = Wall(theme=theme, scale=journey.scale, width=note_width)
    columns = [(stage, steps) for stage in journey.stages for steps in _in_pieces(stage.touchpoints, notes)]
    pitch = note_width + GAP
    across = max(1, int((max_width - 2 * MARGIN + GAP) // pitch))
    width = 2 * MARGIN + max(2, min(across, len(columns))) * pitch - GAP
    block = partial(text_block, measure=wall.measure)
    shapes: list[Shape] = []
    top = MARGIN

    def write(words: str, style: Style, fill: str) -> None:
        nonlocal top
        shapes.append(text := block(words, box=Box(x=MARGIN, y=top, width=width - 2 * MARGIN, height=0), style=style, fill=fill))
        top = text.box.bottom + GAP

    write(journey.name, TITLE, theme.ink)
    if not columns:
        write("No stages yet.", BODY, theme.ink_2)
    for row in _in_pieces(columns, across) if columns else ():
        head = max(_bottom(wall.head(stage, 0, 0)) for stage, _ in row)
        drawn = [wall.column(stage, steps, MARGIN + number * pitch, top, head) for number, (stage, steps) in enumerate(row)]
        shapes.append(Group(shapes=drawn, role="system"))  # a row: what may stand on a page of its own
        top = max(_bottom(column) for column in drawn) + 2 * GAP
    return Scene(
        width=width,
        height=top + MARGIN - GAP,
        shapes=shapes,
        symbols=wall.symbols.collected(),
        title=journey.name,
        description=" ".join(_sentences(journey)),
        language=journey.language,
        paper=theme.paper,
    )


def _in_pieces(items: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """The items in rows of at most so many; one empty row of none."""
    for first in range(0, max(1, len(items)), most):
        yield items[first : first + most]


def _paper(box: Box, tint: str, theme: Theme) -> Iterator[Shape]:
    """The sheet of a note, and the corner that is folded up."""
    right, bottom = box.right, box.bottom
    fold = [(right, bottom - FOLD), (right - FOLD, bottom - FOLD), (right - FOLD, bottom)]
    line = Paint(fill=tint, stroke=theme.card_line, width=1)
    yield _polygon([(box.x, box.y), (right, box.y), fold[0], fold[2], (box.x, bottom)], line)
    yield _polygon(fold, Paint(fill=theme.card_line))


def _polygon(points: list[tuple[float, float]], paint: Paint) -> Path:
    first, *others = points
    return Path(steps=[MoveTo(*first), *(LineTo(*point) for point in others), Close()], paint=paint)


def _bottom(shape: Shape) -> float:
    match shape:
        case Group():
            return max(_bottom(held) for held in shape.shapes)
        case Rect() | Text():
            return shape.box.bottom
        case Path():
            return max(step.y for step in shape.steps if not isinstance(step, Close))
        case _:
            return 0.0


def _felt(emotion: Emotion, scale: Scale) -> str:
    return " ".join(filter(None, [scale.print(emotion), emotion.label]))


def _sentences(journey: Journey) -> Iterator[str]:
    if not journey.stages:
        yield "No stages yet."
    for stage in journey.stages:
        yield f"{stage.name}:"
        yield ", ".join(_said(step, journey.scale) for step in stage.touchpoints) + "." if stage.touchpoints else "no steps yet."


def _said(step: Touchpoint, scale: Scale) -> str:
    return f"{step.name} ({_felt(step.emotion, scale)})" if step.emotion else step.name
