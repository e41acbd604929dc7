"""Scenes to svg: accessible, self-contained, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Literal, get_args
from xml.etree.ElementTree import Element, SubElement

import svgwrite
from svgwrite.base import BaseElement

from journeymap.backends.checked import GAP, checked
from journeymap.backends.lettering import clean, texts
from journeymap.backends.svg_markup import markup
from journeymap.backends.svg_shapes import CURVE, Pen, number
from journeymap.errors import RenderError, shown, suggestion
from journeymap.scene.fonts import FAMILY, font_faces
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Path

Font = Literal["embed", "system"]
"""Whether the letters that are drawn travel with the picture, or the reader's own fonts have to do."""

_FAMILIES = f"'{FAMILY}', Inter, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_ID = "\0"
"""Stands for the prefix of all ids until the picture is known: the one character that no picture holds."""


def svg(scenes: Iterable[Scene], /, *, font: Font = "embed") -> bytes:
    """The scenes as one svg file; several stand under one another, 24 px apart.

    ``font="embed"`` puts the letters that are used into the file (about 10 KB for each weight), so that it looks the same
    everywhere; ``font="system"`` leaves the choice to the reader's machine. Text stays text, groups and titles can be read
    aloud, and links lead only to addresses of the web and of mail. Ids begin with a hash of the content, so that many
    pictures can stand in one page. RenderError if a scene cannot be drawn.
    """
    if font not in get_args(Font):
        raise RenderError(f"font {shown(font)} is not one of {', '.join(get_args(Font))}{suggestion(str(font), get_args(Font))}")
    sheets = checked(scenes)
    drawing = _drawing(sheets)
    if font == "embed":
        rules = "".join(_font_rules(sheets))
        if rules:
            drawing.defs.add(_Ready(_told("style", rules)))
    # Only where there is one curve can a reader of the file tell which points are its own.
    points = sum(isinstance(shape, Path) and shape.role == CURVE for scene in sheets for shape in scene.walk()) == 1
    top = 0.0
    for page, scene in enumerate(sheets, 1):
        ids = {symbol.id: f"{_ID}{page}-{place}" for place, symbol in enumerate(scene.symbols, 1)}
        pen = Pen(ids, points=points)
        for symbol in scene.symbols:
            element = Element("g", {"id": ids[symbol.id]})
            pen.draw(element, symbol.shapes)
            drawing.defs.add(_Ready(element))
        drawing.add(_Ready(_sheet(scene, pen, top, alone=len(sheets) == 1)))
        top += scene.height + GAP
    content = markup(drawing.get_xml())
    prefix = "jm" + hashlib.sha256(content.encode()).hexdigest()[:12] + "-"
    return (_HEAD + content.replace(_ID, prefix)).encode()


class _Ready(BaseElement):  # type: ignore[misc]  # svgwrite ships no types
    """An element that is made already: svgwrite's own take ten times as long and check nothing that matters here."""

    def __init__(self, element: Element) -> None:
        super().__init__(debug=False)
        self._element = element

    def get_xml(self) -> Element:
        return self._element


def _drawing(sheets: tuple[Scene, ...]) -> svgwrite.Drawing:
    """The root, with what is said of it and the paper, but nothing drawn yet."""
    first = sheets[0]
    width = number(max(scene.width for scene in sheets))
    height = number(sum(scene.height for scene in sheets) + GAP * (len(sheets) - 1))
    drawing = svgwrite.Drawing(debug=False, size=(width, height), viewBox=f"0 0 {width} {height}")
    drawing.attribs |= {
        "role": "img",
        "aria-labelledby": f"{_ID}title {_ID}desc",
        "lang": clean(first.language),
        "xml:lang": clean(first.language),
        "font-family": _FAMILIES,
    }
    description = "\n".join(dict.fromkeys(scene.description or scene.title for scene in sheets))
    drawing.elements[:0] = [_Ready(_told("title", first.title)), _Ready(_told("desc", description))]
    drawing.add(_Ready(Element("rect", {"class": "bg", "width": width, "height": height, "fill": first.paper})))
    return drawing


def _sheet(scene: Scene, pen: Pen, top: float, *, alone: bool) -> Element:
    """One scene; where there are several, each says what it is called, and brings its own paper."""
    if alone:
        sheet = Element("g")
    else:
        place = {"transform": f"translate(0 {number(top)})", "lang": clean(scene.language), "xml:lang": clean(scene.language)}
        sheet = Element("g", {"role": "group", "aria-label": clean(scene.title), **place})
        paper = {"class": "bg", "width": number(scene.width), "height": number(scene.height), "fill": scene.paper}
        SubElement(sheet, "rect", paper)
    pen.draw(sheet, scene.shapes)
    return sheet


def _told(tag: str, words: str) -> Element:
    element = Element(tag, {} if tag == "style" else {"id": f"{_ID}{tag}"})
    element.text = clean(words)
    return element


def _font_rules(sheets: tuple[Scene, ...]) -> Iterator[str]:
    """An @font-face for each slice of a cut that holds a character really drawn."""
    for face in font_faces(text for scene in sheets for text in texts(scene)):
        data = base64.b64encode(face.data).decode("ascii")
        yield (
            f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-style:{"italic" if face.italic else "normal"};'
            f'src:url(data:font/woff2;base64,{data}) format("woff2");unicode-range:{face.unicode_range}}}'
        )
