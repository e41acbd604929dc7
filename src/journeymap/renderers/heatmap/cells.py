"""The cells of a heatmap: a tint, a shape and a number that say the same."""

from __future__ import annotations

from attrs import frozen

from journeymap.model import Emotion
from journeymap.renderers.heatmap.values import Value
from journeymap.renderers.paper import KeyEntry
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.shapes import Box, Circle, Paint, Rect, Shape
from journeymap.scene.text import Style, text_block
from journeymap.scene.theme import Theme, mixed

CELL = 140.0
"""The width of a cell with its white."""
INSET = 3.0
_SIDE = 8.0
_HEAD_PAD = 18.0
_FIGURE = Style(15, weight=700)
_CAPTION = Style(11)
_FACE = 10.0
_TINT = 0.2
_WEAKEST, _STRONGEST = 0.05, 0.23
_POINTS = 5


@frozen(kw_only=True)
class Cell:
    """A value with how it looks: its level of five, its share of the highest in its column, its words."""

    level: int | None
    """1 to 5 for emotions and scores."""
    share: float | None
    """For measures, how much of 100% it is, or where it stands between the lowest and the highest of its column."""
    figure: tuple[str, ...]
    """The number, or the words of a scale of words, in lines."""
    lines: tuple[str, ...]
    lowest: bool
    """Whether nobody feels worse anywhere in the picture."""

    @property
    def words(self) -> str:
        """The number, or the words, in one line."""
        return " ".join(self.figure)

    @property
    def head(self) -> float:
        """The height of face and number."""
        return _HEAD_PAD + len(self.figure) * _FIGURE.leading

    @property
    def height(self) -> float:
        """How high it has to be."""
        return self.head + len(self.lines) * _CAPTION.leading + (6 if self.lines else 0)


def cell_of(drawing: Drawing, value: Value, *, share: float | None, lowest: bool) -> Cell:
    """The cell of a value, which has that share of what a measure can be."""
    captions = [*(["Lowest"] if lowest else []), *value.captions]
    lines = tuple(line for caption in captions for line in drawing.measure.wrap(caption, CELL - 2 * (INSET + _SIDE), _CAPTION))
    if value.kind == "emotion":
        level, figure = Emotion(round(value.value, 1)).level, _emotion(drawing, value.value)
    elif value.kind == "score":
        level, figure = _nearest(value.value), f"{value.value:.1f}".removesuffix(".0")
    else:
        level, figure = None, value.printed
    room = CELL - 2 * (INSET + _SIDE) - _mark(value)
    return Cell(level=level, share=share, figure=drawing.measure.wrap(figure, room, _FIGURE), lines=lines, lowest=lowest)


def draw_cell(drawing: Drawing, value: Value, cell: Cell, *, box: Box) -> list[Shape]:
    """The cell in its box."""
    theme, measure = drawing.theme, drawing.measure
    tint = tint_of(theme, value, cell)
    outline = Paint(fill=tint, stroke=theme.pain, width=2) if cell.lowest else Paint(fill=tint)
    shapes: list[Shape] = [Rect(box=box, paint=outline, radius=6)]
    top = box.y + (box.height - cell.height) / 2
    middle = top + cell.head / 2
    mark = _mark(value)
    tall = len(cell.figure) * _FIGURE.leading
    width = max(measure.width(line, _FIGURE) for line in cell.figure)
    left = box.centre - (width + mark) / 2
    if value.kind == "emotion" and cell.level is not None:
        shapes.append(Circle(x=left + _FACE, y=middle, radius=_FACE + 1.75, paint=Paint(fill=theme.paper)))
        shapes.append(drawing.symbols.face(cell.level, x=left + _FACE, y=middle, radius=_FACE, theme=theme))
    raised = 4.0 if value.kind == "score" or cell.share is not None else 0.0
    room = Box(x=left + mark, y=middle - tall / 2 - raised, width=width, height=0)
    shapes.append(text_block(cell.figure, box=room, style=_FIGURE, fill=theme.ink, measure=measure, anchor="middle", lines_given=True))
    if value.kind == "score":
        shapes += _points(theme, value.value, box.centre, middle + tall / 2 + 1)
    elif value.kind == "measure" and cell.share is not None:
        shapes += _bar(theme, cell.share, Box(x=box.x + 14, y=middle + tall / 2 - 1, width=box.width - 28, height=4))
    if cell.lines:
        below = Box(x=box.x + _SIDE, y=top + cell.head, width=box.width - 2 * _SIDE, height=0)
        shapes.append(text_block(cell.lines, box=below, style=_CAPTION, fill=theme.ink, measure=measure, anchor="middle", lines_given=True))
    return shapes


def _mark(value: Value) -> float:
    """The room of the face beside the number."""
    return 2 * _FACE + 8 if value.kind == "emotion" else 0.0


def tint_of(theme: Theme, value: Value, cell: Cell) -> str:
    """The colour behind a cell: of its level, or the stronger the higher it stands; of paper where it cannot be compared."""
    if value.kind == "emotion" and cell.level is not None:
        return mixed(theme.levels[cell.level - 1], _TINT, theme.paper)
    if cell.level is None and cell.share is None:
        return theme.paper
    part = (cell.level - 1) / (_POINTS - 1) if cell.level is not None else cell.share
    return mixed(theme.accent, _WEAKEST + (_STRONGEST - _WEAKEST) * (part or 0.0), theme.paper)


def tint_entry(theme: Theme, text: str) -> KeyEntry:
    """The entry of the tints of scores and measures."""
    steps = [mixed(theme.accent, _WEAKEST + (_STRONGEST - _WEAKEST) * step / 3, theme.paper) for step in range(4)]

    def draw(x: float, middle: float) -> list[Shape]:
        boxes = [Box(x=x + 14 * place, y=middle - 7, width=14, height=14) for place in range(len(steps))]
        return [Rect(box=box, paint=Paint(fill=colour)) for box, colour in zip(boxes, steps, strict=True)]

    return KeyEntry(text=text, width=56, draw=draw)


def points_entry(theme: Theme, text: str) -> KeyEntry:
    """The entry of the five points of a score."""
    return KeyEntry(text=text, width=52, draw=lambda x, middle: _points(theme, 3, x + 26, middle))


def _points(theme: Theme, score: float, centre: float, middle: float) -> list[Shape]:
    """Five points in a row, as many filled as the score says, to the nearest."""
    filled = _nearest(score)
    return [
        Circle(
            x=centre + 10 * (place - (_POINTS - 1) / 2),
            y=middle,
            radius=3.25,
            paint=Paint(fill=theme.accent if place < filled else None, stroke=theme.accent, width=1.25),
        )
        for place in range(_POINTS)
    ]


def _bar(theme: Theme, share: float, box: Box) -> list[Shape]:
    """How high the value stands in its column."""
    filled = Box(x=box.x, y=box.y, width=max(box.width * share, 3.0), height=box.height)
    return [
        Rect(box=box, paint=Paint(fill=mixed(theme.accent, 0.25, theme.paper)), radius=2),
        Rect(box=filled, paint=Paint(fill=theme.accent), radius=min(2.0, filled.width / 2)),
    ]


def _nearest(score: float) -> int:
    """The point of five that is nearest; the half goes up."""
    return min(max(int(score + 0.5), 1), _POINTS)


def _emotion(drawing: Drawing, valence: float) -> str:
    return drawing.journey.scale.print(round(valence, 2))
