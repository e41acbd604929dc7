"""The backend: a page without any script, for e-books and wikis that allow none."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from journeymap.backends.checked import checked
from journeymap.backends.lettering import HALO, clean, lines, safe_link
from journeymap.backends.outlines import radius_of
from journeymap.scene import (
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
    Scene,
    Shape,
    Step,
    Symbol,
    Text,
    Use,
)

Given = dict[str, float | str | None]
"""The attributes of an element, with _ for -; None leaves one out."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'


def xhtml(scenes: Sequence[Scene], /) -> bytes:
    """The scenes as a page of XHTML without scripts, one under another"""
    sheets = checked(scenes)
    first = sheets[0]
    head = element("head", element("title", said(first.title)))
    pages = [element("body", *(page(scene) for scene in sheets), style="margin:0")]
    document = element("html", head, *pages, xmlns="http://www.w3.org/1999/xhtml", lang=first.language)
    return (HEAD + document + "\n").encode()


def page(scene: Scene) -> str:
    """One scene as a picture in the page."""
    symbols = {symbol.id: symbol for symbol in scene.symbols}
    return element(
        "svg",
        element("title", said(scene.title)),
        element("desc", said(scene.description)),
        element("rect", width=scene.width, height=scene.height, fill=scene.paper),
        *(drawn(shape, symbols) for shape in scene.shapes),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        lang=scene.language,
        width=scene.width,
        height=scene.height,
        viewBox=f"0 0 {number(scene.width)} {number(scene.height)}",
        font_family="Inter, sans-serif",
        style="display:block",
    )


def drawn(shape: Shape, symbols: dict[str, Symbol]) -> str:
    """A shape with its tooltip, its address and the id of what it shows."""
    title = [element("title", said(shape.title))] if shape.title else []
    made = bare(shape, title, symbols)
    if link := safe_link(shape.link):
        made = element("a", made, href=link)
    return element("g", made, data_about=shape.about) if shape.about else made


def bare(shape: Shape, title: list[str], symbols: dict[str, Symbol]) -> str:
    """The shape itself."""
    inside: Iterable[str] = ()
    match shape:
        case Rect(box=box):
            name, given = "rect", placed(box) | {"rx": radius_of(shape) or None} | painted(shape.paint)
        case Circle():
            name, given = "circle", {"cx": shape.x, "cy": shape.y, "r": shape.radius, **painted(shape.paint)}
        case Line():
            name, given = "line", {"x1": shape.x1, "y1": shape.y1, "x2": shape.x2, "y2": shape.y2, **painted(shape.paint)}
        case Path():
            ends: Given = {"stroke_linecap": "round", "stroke_linejoin": "round"} if shape.round_ends else {}
            name, given = "path", {"d": " ".join(map(step, shape.steps))} | painted(shape.paint) | ends
        case Text():
            name, given, inside = "text", lettering(shape), spans(shape)
        case Image(box=box):
            name, given = "image", placed(box) | {"href": f"data:{shape.media_type};base64,{b64encode(shape.data).decode()}"}
        case Use():
            name, given = "g", {"transform": f"translate({number(shape.x)} {number(shape.y)})"}
            inside = (drawn(held, symbols) for held in symbols[shape.symbol].shapes)
        case Group():
            labelled: Given = {"role": "group", "aria_label": shape.label} if shape.label else {}
            name, given = "g", labelled | {"data_role": shape.role}
            inside = (drawn(held, symbols) for held in shape.shapes)
        case _:
            assert_never(shape)
    return element(name, *title, *inside, **given)


def spans(text: Text) -> Iterator[str]:
    """The lines of a text, each on its baseline."""
    for line, baseline in lines(text):
        yield element("tspan", said(line), x=text.x, y=baseline)


def lettering(text: Text) -> Given:
    """How a text is set."""
    anchor: str = text.anchor
    if text.rtl:  # in svg the start is where reading starts
        anchor = {"start": "end", "middle": "middle", "end": "start"}[anchor]
    halo: Given = {"stroke": text.halo, "stroke_width": HALO, "stroke_linejoin": "round", "paint_order": "stroke"} if text.halo else {}
    return {
        "font_size": text.size,
        "font_weight": text.weight,
        "font_style": "italic" if text.italic else None,
        "text_anchor": anchor,
        "direction": "rtl" if text.rtl else None,
        "fill": text.fill,
        "style": "white-space:pre",
        **halo,
    }


def placed(box: Box) -> Given:
    """Where something stands, and how large it is."""
    return {"x": box.x, "y": box.y, "width": box.width, "height": box.height}


def painted(paint: Paint) -> Given:
    """How a shape is filled and outlined."""
    return {
        "fill": paint.fill or "none",
        "fill_opacity": None if paint.fill_opacity == 1 else paint.fill_opacity,
        "stroke": paint.stroke,
        "stroke_width": paint.width if paint.stroke else None,
        "stroke_dasharray": " ".join(map(number, paint.dash)) or None,
    }


def step(step: Step) -> str:
    """A step of an outline."""
    match step:
        case MoveTo():
            return f"M{number(step.x)} {number(step.y)}"
        case LineTo():
            return f"L{number(step.x)} {number(step.y)}"
        case CurveTo():
            return "C" + " ".join(map(number, (step.x1, step.y1, step.x2, step.y2, step.x, step.y)))
        case Close():
            return "Z"
        case _:
            assert_never(step)


def element(name: str, *inside: str, **attributes: float | str | None) -> str:
    """An element of the page; an attribute that is None is left out."""
    given = {key.replace("_", "-"): value for key, value in attributes.items() if value is not None}
    words = "".join(f" {key}={quoteattr(clean(value) if isinstance(value, str) else number(value))}" for key, value in given.items())
    return f"<{name}{words}>{''.join(inside)}</{name}>" if inside else f"<{name}{words}/>"


def said(words: str) -> str:
    """Words as text of the page."""
    return escape(clean(words))


def number(value: float) -> str:
    """A number, no longer than needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
