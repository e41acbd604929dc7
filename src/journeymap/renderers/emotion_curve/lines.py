"""Further lines over the emotion curve: personas, the map to be, what the business believes, engagement, intervals.

Each is told from the others by its dashes and its marks, and named in the key; colour only helps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from attrs import field, frozen

from journeymap.scene.curve import Segment, curve_steps, monotone_segments
from journeymap.scene.shapes import Box, Circle, Close, CurveTo, Dash, Group, LineTo, MoveTo, Paint, Path, Shape, Step
from journeymap.scene.theme import Theme

Mark = Literal["circle", "square", "diamond", "triangle", "cross", "ring"]

_WIDE = 2.25
_MARK = 5.5
"""Half the width of a mark."""
_GAP_OPACITY = 0.16
_BAND_OPACITY = 0.14
SAMPLE = 34.0
"""How wide a piece of a line is in the key."""


@frozen(kw_only=True)
class Look:
    """How a line is told from others: by dashes and marks first."""

    colour: str
    dash: Dash = ()
    mark: Mark = "circle"


def _heights(values: Sequence[float | None]) -> tuple[float | None, ...]:
    return tuple(values)


@frozen(kw_only=True)
class EmotionLine:
    """A line of its own: a valence for each step, or none."""

    name: str
    """As the key has it."""
    short: str
    """As it stands under a step, before the number."""
    look: Look
    valences: tuple[float | None, ...] = field(converter=_heights)
    """In the order of all steps of the map."""
    text: Callable[[float], str]
    """The number of a valence as it is printed."""


def persona_looks(theme: Theme) -> tuple[Look, ...]:
    """The looks of up to five personas."""
    return (
        Look(colour=theme.accent, mark="circle"),
        Look(colour=theme.truth, dash=(9, 5), mark="square"),
        Look(colour=theme.levels[3], dash=(2, 5), mark="diamond"),
        Look(colour=theme.pain, dash=(12, 4, 2, 4), mark="triangle"),
        Look(colour=theme.ink, dash=(5, 3), mark="cross"),
    )


def drawn_line(xs: Sequence[float], valences: Sequence[float | None], *, look: Look, name: str, box: Box, theme: Theme) -> Group:
    """The line over its rules, with a mark at every step that is known; nothing where nothing is known."""
    shapes: list[Shape] = []
    for run in _runs(xs, valences, box):
        segments = monotone_segments(run)
        if segments:
            paint = Paint(stroke=look.colour, width=_WIDE, dash=look.dash)
            shapes.append(Path(steps=curve_steps(segments), paint=paint, role="emotion-line", round_ends=True))
    for run in _runs(xs, valences, box):
        shapes += [mark_of(look, x, y, theme) for x, y in run]
    return Group(shapes=shapes, label=name, role="line")


def mark_of(look: Look, x: float, y: float, theme: Theme) -> Shape:
    """The mark of a line round a point, with paper round it."""
    paint = Paint(fill=look.colour, stroke=theme.paper, width=1.5)
    corners: tuple[tuple[float, float], ...]
    match look.mark:
        case "circle":
            return Circle(x=x, y=y, radius=_MARK, paint=paint)
        case "ring":
            return Circle(x=x, y=y, radius=_MARK, paint=Paint(fill=theme.paper, stroke=look.colour, width=2))
        case "square":
            corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        case "diamond":
            corners = ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0))
        case "triangle":
            corners = ((0, -1.3), (1.25, 0.95), (-1.25, 0.95))
        case "cross":
            third = 0.42
            corners = (
                (-third, -1.2), (third, -1.2), (third, -third), (1.2, -third), (1.2, third), (third, third),
                (third, 1.2), (-third, 1.2), (-third, third), (-1.2, third), (-1.2, -third), (-third, -third),
            )  # fmt: skip
    (first, *rest) = [(x + dx * _MARK, y + dy * _MARK) for dx, dy in corners]
    return Path(steps=[MoveTo(*first), *(LineTo(*corner) for corner in rest), Close()], paint=paint)


def sample(look: Look, theme: Theme) -> Callable[[float, float], Sequence[Shape]]:
    """What stands in the key for a line: a piece of it with its mark."""

    def draw(x: float, middle: float) -> Sequence[Shape]:
        stroke = Path(
            steps=[MoveTo(x, middle), LineTo(x + SAMPLE, middle)],
            paint=Paint(stroke=look.colour, width=_WIDE, dash=look.dash),
            round_ends=True,
        )
        return (stroke, mark_of(look, x + SAMPLE / 2, middle, theme))

    return draw


def gap_paint(theme: Theme) -> Paint:
    """What the perception gap is filled with."""
    return Paint(fill=theme.truth, fill_opacity=_GAP_OPACITY)


def interval_paint(theme: Theme) -> Paint:
    """What the band of an interval is filled with."""
    return Paint(fill=theme.ink_3, fill_opacity=_BAND_OPACITY)


def gap_between(
    xs: Sequence[float], one: Sequence[float | None], other: Sequence[float | None], *, box: Box, theme: Theme
) -> Iterator[Shape]:
    """The room between the curve and another line, shaded where both are known at neighbouring steps."""
    curve = monotone_segments([point for run in _runs(xs, one, box) for point in run])
    line = [segment for run in _runs(xs, other, box) for segment in monotone_segments(run)]
    both = [a if b is not None else None for a, b in zip(one, other, strict=True)]
    for run in _runs(xs, both, box):
        left, right = run[0][0], run[-1][0]
        above, below = ([part for part in parts if left <= part.x0 and part.x3 <= right] for parts in (curve, line))
        yield from _between(above, below, gap_paint(theme), "perception-gap")


def interval_band(xs: Sequence[float], bounds: Sequence[tuple[float, float] | None], *, box: Box, theme: Theme) -> Iterator[Shape]:
    """How sure the curve is: a band between the bounds, where they are known; a bar where a step stands alone."""
    lows = list(_runs(xs, [None if bound is None else bound[0] for bound in bounds], box))
    highs = list(_runs(xs, [None if bound is None else bound[1] for bound in bounds], box))
    paint = interval_paint(theme)
    for upper, lower in zip(highs, lows, strict=True):
        if len(upper) == 1:
            ((x, top),), ((_, bottom),) = upper, lower
            bar: list[Step] = [MoveTo(x - 6, top), LineTo(x + 6, top), LineTo(x + 6, bottom), LineTo(x - 6, bottom), Close()]
            yield Path(steps=bar, paint=paint, role="interval")
        else:
            yield from _between(monotone_segments(upper), monotone_segments(lower), paint, "interval")


def _between(above: Sequence[Segment], below: Sequence[Segment], paint: Paint, role: str) -> Iterator[Path]:
    if not above:
        return
    steps: list[Step] = [*curve_steps(above), LineTo(below[-1].x3, below[-1].y3)]
    steps += [_backwards(segment) for segment in reversed(below)]
    yield Path(steps=[*steps, Close()], paint=paint, role=role)


def _backwards(segment: Segment) -> CurveTo:
    third = (segment.x3 - segment.x0) / 3
    return CurveTo(segment.x3 - third, segment.y2, segment.x0 + third, segment.y1, segment.x0, segment.y0)


def _runs(xs: Sequence[float], valences: Sequence[float | None], box: Box) -> Iterator[list[tuple[float, float]]]:
    """The points between two gaps, in px."""
    run: list[tuple[float, float]] = []
    for x, valence in zip(xs, valences, strict=True):
        if valence is not None:
            run.append((x, box.y + (2 - valence) / 4 * box.height))
        elif run:
            yield run
            run = []
    if run:
        yield run
