"""Shapes moved and scaled: for those who lay out what is drawn already on sheets of paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from attrs import evolve, frozen

from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import (
    Box,
    Circle,
    Close,
    CurveTo,
    Group,
    Image,
    Line,
    LineTo,
    MoveTo,
    Paint,
    Path,
    Rect,
    Shape,
    Step,
    Text,
    Use,
)


def moved(shapes: Iterable[Shape], dx: float, dy: float) -> tuple[Shape, ...]:
    """The shapes, each moved right by ``dx`` and down by ``dy`` px.

    >>> (line,) = moved([Line(x1=0, y1=0, x2=5, y2=0, paint=Paint(stroke="#000000"))], 2, 3)
    >>> line.x1, line.y1, line.x2
    (2.0, 3.0, 7.0)
    """
    placed = _Placing(1.0, dx, dy)
    return tuple(placed.shape(shape) for shape in shapes)


def scaled(scene: Scene, factor: float) -> Scene:
    """The scene so many times as large, with all that is in it: letters, lines, symbols."""
    placed = _Placing(factor, 0.0, 0.0)
    return evolve(
        scene,
        width=scene.width * factor,
        height=scene.height * factor,
        shapes=[placed.shape(shape) for shape in scene.shapes],
        symbols=[Symbol(symbol.id, [placed.shape(shape) for shape in symbol.shapes]) for symbol in scene.symbols],
    )


@frozen
class _Placing:
    """Every length times ``factor``, and then every place moved."""

    factor: float
    dx: float
    dy: float

    def shape(self, shape: Shape) -> Shape:
        placed: Shape
        match shape:
            case Text(x=x, y=y, box=box, size=size, leading=leading):
                grown = evolve(shape, size=size * self.factor, leading=leading * self.factor)
                placed = evolve(grown, x=self._x(x), y=self._y(y), box=self._box(box))
            case Rect(box=box, radius=radius, paint=paint):
                placed = evolve(shape, box=self._box(box), radius=radius * self.factor, paint=self._paint(paint))
            case Path(steps=steps, paint=paint):
                placed = evolve(shape, steps=[self._step(step) for step in steps], paint=self._paint(paint))
            case Use(x=x, y=y):
                placed = evolve(shape, x=self._x(x), y=self._y(y))
            case Group(shapes=shapes):
                placed = evolve(shape, shapes=[self.shape(held) for held in shapes])
            case Circle(x=x, y=y, radius=radius, paint=paint):
                placed = evolve(shape, x=self._x(x), y=self._y(y), radius=radius * self.factor, paint=self._paint(paint))
            case Line(x1=x1, y1=y1, x2=x2, y2=y2, paint=paint):
                placed = evolve(shape, x1=self._x(x1), y1=self._y(y1), x2=self._x(x2), y2=self._y(y2), paint=self._paint(paint))
            case Image(box=box):
                placed = evolve(shape, box=self._box(box))
            case _:
                assert_never(shape)
        return placed

    def _x(self, x: float) -> float:
        return x * self.factor + self.dx

    def _y(self, y: float) -> float:
        return y * self.factor + self.dy

    def _box(self, box: Box) -> Box:
        return Box(x=self._x(box.x), y=self._y(box.y), width=box.width * self.factor, height=box.height * self.factor)

    def _paint(self, paint: Paint) -> Paint:
        if self.factor == 1.0:
            return paint
        return evolve(paint, width=paint.width * self.factor, dash=[length * self.factor for length in paint.dash])

    def _step(self, step: Step) -> Step:
        match step:
            case MoveTo(x, y):
                return MoveTo(self._x(x), self._y(y))
            case LineTo(x, y):
                return LineTo(self._x(x), self._y(y))
            case CurveTo(x1, y1, x2, y2, x, y):
                return CurveTo(self._x(x1), self._y(y1), self._x(x2), self._y(y2), self._x(x), self._y(y))
            case Close():
                return step
            case _:
                assert_never(step)
