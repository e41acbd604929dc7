"""The lists beside a plot: what has only a number in it, and what has no place in it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.shapes import Box, Group, Shape, Text
from journeymap.scene.text import Style, text_block

_HEAD = Style(15, weight=600)
_NAME = Style(13)
_NUMBER = Style(13, weight=600)
_CAPTION = Style(12)
_NUMBER_WIDE = 30.0


@frozen
class Item:
    """An opportunity in a list."""

    about: str
    number: str
    """As it stands in the plot; empty for what has no place there."""
    name: str
    caption: str


def lists(
    drawing: Drawing, parts: Sequence[tuple[str, Sequence[Item]]], *, x: float, top: float, wide: float, columns: int
) -> tuple[list[Shape], float]:
    """Each list under its head, in so many columns; with the y where the lowest ends. Lists without items are left out."""
    shapes: list[Shape] = []
    y = top
    for head, items in parts:
        if items:
            drawn, y = _list(drawing, head, items, x=x, top=y, wide=wide, columns=columns)
            shapes.append(Group(shapes=drawn, label=head, role="list"))
            y += 22
    return shapes, y - 22 if shapes else top


def _list(
    drawing: Drawing, head: str, items: Sequence[Item], *, x: float, top: float, wide: float, columns: int
) -> tuple[list[Shape], float]:
    title = text_block(head, box=Box(x=x, y=top, width=wide, height=0), style=_HEAD, fill=drawing.theme.ink, measure=drawing.measure)
    per_column = -(-len(items) // columns)
    shapes: list[Shape] = [title]
    lowest = start = title.box.bottom + 8
    for column in range(columns):
        y = start
        for item in items[column * per_column : (column + 1) * per_column]:
            drawn, y = _item(drawing, item, x=x + column * (wide + 32), top=y, wide=wide)
            shapes.append(drawn)
            y += 9
        lowest = max(lowest, y - 9)
    return shapes, lowest


def _item(drawing: Drawing, item: Item, *, x: float, top: float, wide: float) -> tuple[Group, float]:
    theme, measure = drawing.theme, drawing.measure
    inset = _NUMBER_WIDE if item.number else 0.0
    shapes: list[Text] = []
    if item.number:
        box = Box(x=x, y=top, width=inset, height=0)
        shapes.append(text_block(item.number, box=box, style=_NUMBER, fill=theme.ink_2, measure=measure))
    y = top
    for words, style, fill in ((item.name, _NAME, theme.ink), (item.caption, _CAPTION, theme.ink_2)):
        box = Box(x=x + inset, y=y, width=wide - inset, height=0)
        shapes.append(text_block(words, box=box, style=style, fill=fill, measure=measure))
        y = shapes[-1].box.bottom
    return Group(shapes=shapes, label=f"{item.name}: {item.caption}", role="opportunity", about=item.about), y
