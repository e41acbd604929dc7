"""The arrows of a blueprint: from step to step, and from each card down to the one that serves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.shapes import Box, Close, Group, Line, LineTo, MoveTo, Paint, Path, Rect, Shape

_HEAD = 6.0
_WING = 4.0
_PEN = 1.5
_LAYER = "cell:layer-"


def arrows(drawing: Drawing, drawn: Sequence[Shape]) -> tuple[Shape, ...]:
    """The arrows between the cards that are drawn; they lie under the cards."""
    cards = list(_cards(drawn))
    steps = [(about, box) for role, about, box in cards if role == "touchpoint"]
    shapes: list[Shape] = []
    for (source, before), (target, after) in pairwise(steps):
        if drawing.journey.graph.has_edge(source, target):
            shapes += _across(drawing, before, after)
    for about, _ in steps:
        column = sorted((box for _, name, box in cards if name == about), key=lambda box: box.y)
        for upper, lower in pairwise(column):
            if lower.y - upper.bottom > _HEAD + 2:
                shapes += _down(drawing, upper, lower)
    return (Group(shapes=shapes, role="arrows"),) if shapes else ()


def _cards(shapes: Iterable[Shape]) -> Iterator[tuple[str, str, Box]]:
    """Role, id of the touchpoint and box of every card in the lanes of steps and activities."""
    for shape in shapes:
        if not isinstance(shape, Group):
            continue
        role = shape.role or ""
        if shape.about is not None and (role == "touchpoint" or role.startswith(_LAYER)):
            for part in shape.shapes:
                if isinstance(part, Rect):
                    yield role, shape.about, part.box
        else:
            yield from _cards(shape.shapes)


def _across(drawing: Drawing, before: Box, after: Box) -> list[Shape]:
    colour = drawing.theme.ink_3
    y, tip = before.y + before.height / 2, after.x - 0.5
    head = Path(steps=[MoveTo(tip, y), LineTo(tip - _HEAD, y - _WING), LineTo(tip - _HEAD, y + _WING), Close()], paint=Paint(fill=colour))
    if tip - _HEAD - before.right < 2:
        return [head]
    return [Line(x1=before.right, y1=y, x2=tip - _HEAD, y2=y, paint=Paint(stroke=colour, width=_PEN)), head]


def _down(drawing: Drawing, upper: Box, lower: Box) -> list[Shape]:
    colour = drawing.theme.ink_3
    x, tip = upper.centre, lower.y - 0.5
    return [
        Line(x1=x, y1=upper.bottom, x2=x, y2=tip - _HEAD, paint=Paint(stroke=colour, width=_PEN)),
        Path(steps=[MoveTo(x, tip), LineTo(x - _WING, tip - _HEAD), LineTo(x + _WING, tip - _HEAD), Close()], paint=Paint(fill=colour)),
    ]
