"""A smooth curve that never claims more than its points: the monotone cubic of Fritsch and Carlson (1980).

Between two points it stays between their heights, so a low point of the curve is a low point of the data. Every segment
has its bends at a third and two thirds of its width, so x runs evenly along it and y is a cubic in x.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import field, frozen

from journeymap.errors import RenderError
from journeymap.scene.shapes import Close, CurveTo, LineTo, MoveTo, Step

Point = tuple[float, float]


@frozen
class Segment:
    """A piece of the curve: a cubic Bezier whose x runs evenly from ``x0`` to ``x3``."""

    x0: float
    y0: float
    y1: float
    y2: float
    x3: float
    y3: float

    def y(self, x: float) -> float:
        """The height of the curve at x, held to the segment's ends."""
        t = min(max((x - self.x0) / (self.x3 - self.x0), 0.0), 1.0)
        u = 1 - t
        return u * u * u * self.y0 + 3 * u * u * t * self.y1 + 3 * u * t * t * self.y2 + t * t * t * self.y3

    @property
    def step(self) -> CurveTo:
        """The step of a path that draws it from its start."""
        third = (self.x3 - self.x0) / 3
        return CurveTo(self.x0 + third, self.y1, self.x3 - third, self.y2, self.x3, self.y3)

    def split(self, level: float) -> tuple[Segment, Segment]:
        """The two pieces, cut where the curve meets ``level``, which lies between its ends (de Casteljau)."""
        t = self._meets(level)
        x = self.x0 + t * (self.x3 - self.x0)
        a, b, c = _mix(self.y0, self.y1, t), _mix(self.y1, self.y2, t), _mix(self.y2, self.y3, t)
        ab, bc = _mix(a, b, t), _mix(b, c, t)
        return Segment(self.x0, self.y0, a, ab, x, level), Segment(x, level, bc, c, self.x3, self.y3)

    def _meets(self, level: float) -> float:
        low, high = 0.0, 1.0
        for _ in range(50):
            t = (low + high) / 2
            if (self.y(self.x0 + t * (self.x3 - self.x0)) < level) == (self.y0 < level):
                low = t
            else:
                high = t
        return (low + high) / 2


def _outlines(values: Iterable[Sequence[Step]]) -> tuple[tuple[Step, ...], ...]:
    return tuple(tuple(steps) for steps in values)


@frozen(kw_only=True)
class Areas:
    """What lies between a curve and its neutral line, as closed outlines from left to right."""

    above: tuple[tuple[Step, ...], ...] = field(converter=_outlines)
    below: tuple[tuple[Step, ...], ...] = field(converter=_outlines)


def monotone_segments(points: Sequence[Point]) -> tuple[Segment, ...]:
    """The curve through points whose x increases, one segment between each two; RenderError if x does not increase."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if not x0 < x1 or not all(map(math.isfinite, (x0, y0, x1, y1))):
            raise RenderError(f"({x0:g}, {y0:g}) then ({x1:g}, {y1:g}): a curve runs from left to right; sort its points by x")
    slopes = _tangents(points)
    return tuple(
        Segment(x0, y0, y0 + m0 * (x1 - x0) / 3, y1 - m1 * (x1 - x0) / 3, x1, y1)
        for ((x0, y0), (x1, y1)), (m0, m1) in zip(pairwise(points), pairwise(slopes), strict=True)
    )


def curve_steps(segments: Sequence[Segment]) -> tuple[Step, ...]:
    """The outline that draws the segments; it is lifted where one does not start at the end of the last.

    >>> curve_steps(monotone_segments([(0, 0), (3, 3)]))
    (MoveTo(x=0, y=0), CurveTo(x1=1.0, y1=1.0, x2=2.0, y2=2.0, x=3, y=3))
    """
    steps: list[Step] = []
    at: Point | None = None
    for segment in segments:
        if at != (segment.x0, segment.y0):
            steps.append(MoveTo(segment.x0, segment.y0))
        steps.append(segment.step)
        at = (segment.x3, segment.y3)
    return tuple(steps)


def areas(segments: Sequence[Segment], *, neutral: float) -> Areas:
    """What lies between the segments and the height ``neutral``; y runs downwards, so above is the smaller y."""
    found: dict[bool, list[list[Segment]]] = {True: [], False: []}
    for segment in segments:
        for piece in _pieces(segment, neutral):
            rows = found[min(piece.y0, piece.y3) < neutral]
            if rows and (rows[-1][-1].x3, rows[-1][-1].y3) == (piece.x0, piece.y0) and piece.y0 != neutral:
                rows[-1].append(piece)
            else:
                rows.append([piece])
    return Areas(above=[_outline(row, neutral) for row in found[True]], below=[_outline(row, neutral) for row in found[False]])


def _pieces(segment: Segment, neutral: float) -> tuple[Segment, ...]:
    if segment.y0 == segment.y3 == neutral:
        return ()
    if (segment.y0 - neutral) * (segment.y3 - neutral) < 0:
        return segment.split(neutral)
    return (segment,)


def _outline(row: Sequence[Segment], neutral: float) -> list[Step]:
    first, last = row[0], row[-1]
    steps: list[Step] = [MoveTo(first.x0, neutral)]
    if first.y0 != neutral:
        steps.append(LineTo(first.x0, first.y0))
    steps += [segment.step for segment in row]
    if last.y3 != neutral:
        steps.append(LineTo(last.x3, neutral))
    return [*steps, Close()]


def _tangents(points: Sequence[Point]) -> list[float]:
    widths = [x1 - x0 for (x0, _), (x1, _) in pairwise(points)]
    secants = [(y1 - y0) / width for ((_, y0), (_, y1)), width in zip(pairwise(points), widths, strict=True)]
    if len(secants) < 2:
        return secants * 2 or [0.0] * len(points)
    slopes = [
        _end_tangent(widths[0], widths[1], secants[0], secants[1]),
        *((a + b) / 2 if a * b > 0 else 0.0 for a, b in pairwise(secants)),
        _end_tangent(widths[-1], widths[-2], secants[-1], secants[-2]),
    ]
    for k, secant in enumerate(secants):
        if secant == 0:
            slopes[k] = slopes[k + 1] = 0.0
            continue
        steepness = math.hypot(slopes[k] / secant, slopes[k + 1] / secant)
        if steepness > 3:
            slopes[k] *= 3 / steepness
            slopes[k + 1] *= 3 / steepness
    return slopes


def _end_tangent(width: float, next_width: float, secant: float, next_secant: float) -> float:
    """The slope at an end, from three points; flat rather than against the way that the curve goes."""
    slope = ((2 * width + next_width) * secant - width * next_secant) / (width + next_width)
    return slope if slope * secant > 0 else 0.0


def _mix(a: float, b: float, t: float) -> float:
    return a + t * (b - a)
