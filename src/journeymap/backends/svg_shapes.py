"""Shapes as elements of svg."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import assert_never
from xml.etree.ElementTree import Element, SubElement

from journeymap.backends.lettering import HALO, clean, lines, safe_link
from journeymap.backends.outlines import radius_of
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

Attributes = dict[str, str]

CURVE = "emotion-curve"
"""The role of the path whose points readers of the file may want to find."""
POINT = "point"
"""The role of a group that shows one point of that curve."""

_BLEED, _LEAN = 3.0, 4.0
"""How far the cell of a text reaches beyond its box on each side: browsers round the boxes of letters up to whole px, and
slanted letters lean out of theirs."""

_LOOSE = re.compile("^ | $|  |[\t\n]")
"""Spaces that readers of svg take away unless they are told to keep them."""


@lru_cache(maxsize=20_000)
def number(value: float) -> str:
    """The number with at most two decimals, never with an exponent, never -0.

    >>> number(1 / 3), number(-0.001), number(20.0), number(1e-7)
    ('0.33', '0', '20', '0')
    """
    rounded = round(value, 2)
    whole = int(rounded)
    return str(whole) if whole == rounded else repr(rounded)


class Pen:
    """Draws shapes into an element; ``symbols`` says which id each symbol has in the file."""

    def __init__(self, symbols: Mapping[str, str], *, points: bool) -> None:
        self._symbols = symbols
        self._points = points
        """Whether groups of the role `POINT` say where their point is."""
        self._about: str | None = None
        self._linked = False

    def draw(self, parent: Element, shapes: Iterable[Shape]) -> None:
        """Add the shapes to the parent, in painter's order."""
        for shape in shapes:
            match shape:
                case Text():
                    self._text(parent, shape)
                case Rect(box=box):
                    radius = radius_of(shape)
                    self._put(parent, "rect", shape, {**_sides(box), **({"rx": number(radius)} if radius else {}), **_paint(shape.paint)})
                case Path():
                    self._path(parent, shape)
                case Use(x=x, y=y):
                    place = {"xlink:href": f"#{self._symbols[shape.symbol]}", "x": number(x), "y": number(y)}
                    self._put(parent, "use", shape, place)
                case Group():
                    self._group(parent, shape)
                case Circle():
                    place = {"cx": number(shape.x), "cy": number(shape.y), "r": number(shape.radius)}
                    self._put(parent, "circle", shape, {**place, **_paint(shape.paint)})
                case Line():
                    place = {"x1": number(shape.x1), "y1": number(shape.y1), "x2": number(shape.x2), "y2": number(shape.y2)}
                    self._put(parent, "line", shape, {**place, **_stroke(shape.paint)})
                case Image():
                    data = base64.b64encode(shape.data).decode("ascii")
                    self._put(parent, "image", shape, {**_sides(shape.box), "xlink:href": f"data:{shape.media_type};base64,{data}"})
                case _:
                    assert_never(shape)

    def _text(self, parent: Element, text: Text) -> None:
        attributes = {
            "font-size": number(text.size),
            "fill": text.fill,
            "data-box": _cell(text.box, _LEAN if text.italic else _BLEED),
        }
        if text.italic:  # which ships in regular weight alone
            attributes["font-style"] = "italic"
        elif text.weight != 400:
            attributes["font-weight"] = str(text.weight)
        if text.anchor != "start":
            attributes["text-anchor"] = text.anchor
        if text.halo is not None:
            attributes |= {"stroke": text.halo, "stroke-width": number(HALO), "stroke-linejoin": "round", "paint-order": "stroke"}
        if any(map(_LOOSE.search, text.lines)):
            attributes["xml:space"] = "preserve"
        # The title of a text would count as its words, so it goes to a group round it.
        around = self._put(parent, "g", text, {}) if text.title else parent
        placed = [(_isolated(line) if text.rtl else line, {"x": number(text.x), "y": number(y)}) for line, y in lines(text)]
        alone = placed[0] if len(placed) == 1 else None
        if alone is not None:
            attributes = alone[1] | attributes
        element = SubElement(around, "text", attributes) if text.title else self._put(parent, "text", text, attributes)
        if alone is not None:
            element.text = alone[0]
        else:
            for words, place in placed:
                SubElement(element, "tspan", place).text = words

    def _path(self, parent: Element, path: Path) -> None:
        if not path.steps:
            return
        attributes = {"d": outline(path.steps), **_paint(path.paint)}
        if path.round_ends:
            attributes |= {"stroke-linecap": "round", "stroke-linejoin": "round"}
        if path.role == CURVE:
            attributes |= {"class": "curve", "data-bounds": _extent(path.steps)}
        elif path.role is not None:
            attributes["class"] = clean(path.role)
        self._put(parent, "path", path, attributes)

    def _group(self, parent: Element, group: Group) -> None:
        attributes: Attributes = {}
        if group.label is not None:
            attributes |= {"role": "group", "aria-label": clean(group.label)}
        if group.role is not None:
            attributes["data-role"] = clean(group.role)
        if group.role == POINT and self._points:
            attributes |= _point(group)
        before = self._about, self._linked
        element = self._put(parent, "g", group, attributes)
        self._about, self._linked = group.about or self._about, self._linked or safe_link(group.link) is not None
        self.draw(element, group.shapes)
        self._about, self._linked = before

    def _put(self, parent: Element, tag: str, shape: Shape, attributes: Attributes) -> Element:
        """The element of the shape, inside its link, with its title and what it is about."""
        if shape.about is not None and shape.about != self._about:
            attributes["data-about"] = clean(shape.about)
        if shape.link is not None and not self._linked:
            link = safe_link(shape.link)
            if link is not None:
                parent = SubElement(parent, "a", {"xlink:href": link, "target": "_blank", "rel": "noopener", **_name(shape, link)})
        element = SubElement(parent, tag, attributes)
        if shape.title:
            SubElement(element, "title").text = clean(shape.title)
        return element


def outline(steps: Iterable[Step]) -> str:
    """The steps as path data.

    >>> outline([MoveTo(0, 0), LineTo(8, 0.5), Close()])
    'M0 0L8 0.5Z'
    """
    parts = []
    for step in steps:
        match step:
            case LineTo(x, y):
                parts.append(f"L{number(x)} {number(y)}")
            case CurveTo(x1, y1, x2, y2, x, y):
                parts.append(f"C{number(x1)} {number(y1)} {number(x2)} {number(y2)} {number(x)} {number(y)}")
            case MoveTo(x, y):
                parts.append(f"M{number(x)} {number(y)}")
            case Close():
                parts.append("Z")
            case _:
                assert_never(step)
    return "".join(parts)


def _sides(box: Box) -> Attributes:
    return {"x": number(box.x), "y": number(box.y), "width": number(box.width), "height": number(box.height)}


def _cell(box: Box, wider: float) -> str:
    return " ".join(map(number, (box.x - wider, box.y, box.width + 2 * wider, box.height)))


def _paint(paint: Paint) -> Attributes:
    attributes = {"fill": paint.fill or "none"}
    if paint.fill is not None and paint.fill_opacity < 1:
        attributes["fill-opacity"] = number(paint.fill_opacity)
    return attributes | _stroke(paint)


def _stroke(paint: Paint) -> Attributes:
    if paint.stroke is None:
        return {}
    attributes = {"stroke": paint.stroke}
    if paint.width != 1:
        attributes["stroke-width"] = number(paint.width)
    if paint.dash:
        attributes["stroke-dasharray"] = " ".join(map(number, paint.dash))
    return attributes


def _name(shape: Shape, link: str) -> Attributes:
    """What a link is called; text says that itself."""
    if isinstance(shape, Text):
        return {}
    label = shape.label if isinstance(shape, Group) else None
    return {"aria-label": clean(label or shape.title or link)}


def _isolated(line: str) -> str:
    """A line read from right to left: isolated, since ``direction`` is drawn differently from one reader to the next."""
    return f"\u2067{line}\u2069"


def _extent(steps: Iterable[Step]) -> str:
    knots = [(step.x, step.y) for step in steps if not isinstance(step, Close)]
    left, top = min(x for x, _ in knots), min(y for _, y in knots)
    right, bottom = max(x for x, _ in knots), max(y for _, y in knots)
    return " ".join(map(number, (left, top, right - left, bottom - top)))


def _point(group: Group) -> Attributes:
    """Where the point of the curve is that the group shows: the origin of its face, or the centre of its circle."""
    faces: list[Use | Circle] = [shape for shape in group.shapes if isinstance(shape, Use)]
    for shape in faces or [shape for shape in group.shapes if isinstance(shape, Circle)]:
        return {"class": "pt", "data-cx": number(shape.x), "data-cy": number(shape.y)}
    return {}
