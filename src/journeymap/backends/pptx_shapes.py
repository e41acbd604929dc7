"""Shapes as DrawingML, the markup of slides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from attrs import evolve, field, frozen

from journeymap.backends.lettering import HALO, LEADING, clean, safe_link
from journeymap.backends.outlines import radius_of
from journeymap.backends.pictures import dots_of, place_of
from journeymap.scene.scene import Scene
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

EMU = 9525
"""English metric units in a px of 1/96 inch."""

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_BASELINE = 0.81
"""Where in a line of exact height the baseline stands, from its top: the share of the ascent in common fonts."""
_BOLD = 600
_ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_POINTS = 75
"""Hundredths of a point in a px."""
_NAMED = 80

Reference = Callable[[str], str]
Embedded = Callable[[bytes], str]


@frozen(kw_only=True)
class Pen:
    """How a scene becomes a slide: its scale, its font, its language."""

    scale: float
    font: str
    language: str

    def emu(self, length: float) -> int:
        """A length in px as whole EMU."""
        return round(length * self.scale * EMU)


def slide_of(scene: Scene, pen: Pen, *, link: Reference, picture: Embedded) -> bytes:
    """The content of a slide; ``link`` and ``picture`` give the reference to an address, and to the data of an image."""
    drawing = _Drawing(pen, {symbol.id: symbol.shapes for symbol in scene.symbols}, link, picture)
    shapes = "".join(drawing.drawn(scene.shapes, 0.0, 0.0))
    whole = (
        f"<p:cSld {_SPACES} name={_attribute(scene.title)}><p:bg><p:bgPr>{_solid(scene.paper)}<a:effectLst/></p:bgPr></p:bg><p:spTree>"
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{shapes}</p:spTree></p:cSld>"
    )
    return whole.encode()


@frozen
class _Drawing:
    """One slide being drawn: every shape gets the next id."""

    _pen: Pen
    _symbols: Mapping[str, Sequence[Shape]]
    _link: Reference
    _picture: Embedded
    _ids: list[int] = field(factory=lambda: [1])

    def drawn(self, shapes: Iterable[Shape], dx: float, dy: float) -> Iterator[str]:
        """The markup of the shapes, each moved by (dx, dy)."""
        for shape in shapes:
            match shape:
                case Rect():
                    yield self._rect(shape, dx, dy)
                case Circle(x=x, y=y, radius=r):
                    box = Box(x=x - r + dx, y=y - r + dy, width=2 * r, height=2 * r)
                    yield self._shape(shape, box, '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', shape.paint)
                case Line():
                    yield self._line(shape, dx, dy)
                case Path():
                    yield self._path(shape, dx, dy)
                case Text():
                    yield self._text(shape, dx, dy)
                case Image():
                    yield self._image(shape, dx, dy)
                case Use():
                    yield self._group(
                        Group(shapes=self._symbols[shape.symbol], title=shape.title, link=shape.link), dx + shape.x, dy + shape.y
                    )
                case Group():
                    yield self._group(shape, dx, dy)
                case _:
                    assert_never(shape)

    def _rect(self, rect: Rect, dx: float, dy: float) -> str:
        box = rect.box
        radius = radius_of(rect)
        geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        if radius:
            bend = round(radius / min(box.width, box.height) * 100_000)
            geometry = f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {bend}"/></a:avLst></a:prstGeom>'
        return self._shape(rect, _moved(box, dx, dy), geometry, rect.paint)

    def _line(self, line: Line, dx: float, dy: float) -> str:
        left, top = min(line.x1, line.x2), min(line.y1, line.y2)
        box = Box(x=left + dx, y=top + dy, width=abs(line.x2 - line.x1), height=abs(line.y2 - line.y1))
        flip = ' flipV="1"' if (line.x2 - line.x1) * (line.y2 - line.y1) < 0 else ""
        drawn = f'{self._frame(box, flip)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{self._stroke(line.paint)}'
        head = f"<p:nvCxnSpPr>{self._named(line)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        return f"<p:cxnSp>{head}<p:spPr>{drawn}</p:spPr></p:cxnSp>"

    def _path(self, path: Path, dx: float, dy: float) -> str:
        if not path.steps:
            return ""
        box = _moved(_extent(path.steps), dx, dy)
        at = partial(self._point, path_left=box.x - dx, path_top=box.y - dy)
        steps = "".join(_stepped(step, at) for step in path.steps)
        size = f'w="{self._pen.emu(box.width)}" h="{self._pen.emu(box.height)}"'
        filled = "" if path.paint.fill else ' fill="none"'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f"<a:pathLst><a:path {size}{filled}>{steps}</a:path></a:pathLst></a:custGeom>"
        )
        return self._shape(path, box, geometry, path.paint, round_ends=path.round_ends)

    def _point(self, x: float, y: float, *, path_left: float, path_top: float) -> str:
        return f'<a:pt x="{self._pen.emu(x - path_left)}" y="{self._pen.emu(y - path_top)}"/>'

    def _text(self, text: Text, dx: float, dy: float) -> str:
        said = [clean(line) for line in text.lines]
        if not any(said):
            return ""
        leading = text.leading or text.size * LEADING
        half = max(1.0, min(text.x - text.box.x, text.box.right - text.x))
        left, width = {
            "start": (text.x, text.box.right - text.x),
            "middle": (text.x - half, 2 * half),
            "end": (text.box.x, text.x - text.box.x),
        }[text.anchor]
        box = Box(x=left + dx, y=text.y - _BASELINE * leading + dy, width=max(1.0, width), height=leading * len(said))
        properties = self._letters(text)
        runs = "<a:br/>".join(f"<a:r>{properties}<a:t>{escape(words)}</a:t></a:r>" for words in said)
        spacing = f'<a:lnSpc><a:spcPts val="{max(1, round(leading * self._pen.scale * _POINTS))}"/></a:lnSpc>'
        paragraph = f'<a:p><a:pPr algn="{_ALIGN[text.anchor]}" rtl="{int(text.rtl)}">{spacing}</a:pPr>{runs}</a:p>'
        body = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        head = f'<p:nvSpPr>{self._named(text, " ".join(said))}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        shape = f'{self._frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        return f"<p:sp>{head}<p:spPr>{shape}</p:spPr><p:txBody>{body}{paragraph}</p:txBody></p:sp>"

    def _letters(self, text: Text) -> str:
        attributes = f'sz="{max(100, round(text.size * self._pen.scale * _POINTS))}" b="{int(text.weight >= _BOLD)}" i="{int(text.italic)}"'
        if _LANGUAGE.fullmatch(self._pen.language):
            attributes += f' lang="{self._pen.language}"'
        glow = ""
        if text.halo is not None:
            glow = f'<a:effectLst><a:glow rad="{self._pen.emu(HALO / 2)}">{_colour(text.halo)}</a:glow></a:effectLst>'
        face = f"typeface={_attribute(self._pen.font)}"
        return f"<a:rPr {attributes}>{_solid(text.fill)}{glow}<a:latin {face}/><a:cs {face}/></a:rPr>"

    def _image(self, image: Image, dx: float, dy: float) -> str:
        dots = dots_of(image)
        box = _moved(place_of(image, dots.width, dots.height), dx, dy)
        fill = f'<p:blipFill><a:blip r:embed="{self._picture(image.data)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        head = f'<p:nvPicPr>{self._named(image)}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        return f'<p:pic>{head}{fill}<p:spPr>{self._frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'

    def _group(self, group: Group, dx: float, dy: float) -> str:
        boxes = list(self._boxes(group.shapes))
        if not boxes:
            return ""
        around = _moved(_around(boxes), dx, dy)
        place, size = self._corner(around)
        frame = f"<a:xfrm><a:off {place}/><a:ext {size}/><a:chOff {place}/><a:chExt {size}/></a:xfrm>"
        head = f"<p:nvGrpSpPr>{self._named(group)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{frame}</p:grpSpPr>"
        return f"<p:grpSp>{head}{''.join(self.drawn(group.shapes, dx, dy))}</p:grpSp>"

    def _boxes(self, shapes: Iterable[Shape]) -> Iterator[Box]:
        """What each shape takes up, groups and symbols opened."""
        for shape in shapes:
            match shape:
                case Rect(box=box) | Text(box=box) | Image(box=box):
                    yield box
                case Circle(x=x, y=y, radius=r):
                    yield Box(x=x - r, y=y - r, width=2 * r, height=2 * r)
                case Line(x1=x1, y1=y1, x2=x2, y2=y2):
                    yield Box(x=min(x1, x2), y=min(y1, y2), width=abs(x2 - x1), height=abs(y2 - y1))
                case Path(steps=steps):
                    if steps:
                        yield _extent(steps)
                case Use(symbol=symbol, x=x, y=y):
                    yield from (_moved(box, x, y) for box in self._boxes(self._symbols[symbol]))
                case Group(shapes=held):
                    yield from self._boxes(held)
                case _:
                    assert_never(shape)

    def _shape(self, shape: Rect | Circle | Path, box: Box, geometry: str, paint: Paint, *, round_ends: bool = False) -> str:
        fill = "<a:noFill/>" if paint.fill is None else _solid(paint.fill, paint.fill_opacity)
        head = f"<p:nvSpPr>{self._named(shape)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        stroke = self._stroke(paint, round_ends=round_ends)
        return f"<p:sp>{head}<p:spPr>{self._frame(box)}{geometry}{fill}{stroke}</p:spPr></p:sp>"

    def _named(self, shape: Shape, words: str = "") -> str:
        """The id of a shape, its name in the list of objects, what is read aloud of it, and where it leads."""
        self._ids[0] += 1
        label = shape.label if isinstance(shape, Group) else None
        name = (label or shape.title or words or shape.about or type(shape).__name__)[:_NAMED]
        told = f" descr={_attribute(label or shape.title or '')}" if label or shape.title else ""
        address = safe_link(shape.link)
        leads = f'<a:hlinkClick r:id="{self._link(address)}"/>' if address else ""
        return f'<p:cNvPr id="{self._ids[0]}" name={_attribute(name)}{told}>{leads}</p:cNvPr>'

    def _frame(self, box: Box, flip: str = "") -> str:
        place, size = self._corner(box)
        return f"<a:xfrm{flip}><a:off {place}/><a:ext {size}/></a:xfrm>"

    def _corner(self, box: Box) -> tuple[str, str]:
        emu = self._pen.emu
        return f'x="{emu(box.x)}" y="{emu(box.y)}"', f'cx="{emu(box.width)}" cy="{emu(box.height)}"'

    def _stroke(self, paint: Paint, *, round_ends: bool = False) -> str:
        if paint.stroke is None or not paint.width:
            return "<a:ln><a:noFill/></a:ln>"
        dashes = ""
        if paint.dash:
            shares = [round(length / paint.width * 100_000) for length in (paint.dash if len(paint.dash) % 2 == 0 else paint.dash * 2)]
            pairs = "".join(f'<a:ds d="{dash}" sp="{space}"/>' for dash, space in zip(shares[::2], shares[1::2], strict=True))
            dashes = f"<a:custDash>{pairs}</a:custDash>"
        ends = ' cap="rnd"' if round_ends else ""
        join = "<a:round/>" if round_ends else '<a:miter lim="800000"/>'
        return f'<a:ln w="{self._pen.emu(paint.width)}"{ends}>{_solid(paint.stroke)}{dashes}{join}</a:ln>'


def _stepped(step: Step, at: Callable[[float, float], str]) -> str:
    match step:
        case MoveTo(x, y):
            return f"<a:moveTo>{at(x, y)}</a:moveTo>"
        case LineTo(x, y):
            return f"<a:lnTo>{at(x, y)}</a:lnTo>"
        case CurveTo(x1, y1, x2, y2, x, y):
            return f"<a:cubicBezTo>{at(x1, y1)}{at(x2, y2)}{at(x, y)}</a:cubicBezTo>"
        case Close():
            return "<a:close/>"
        case _:
            assert_never(step)


def _extent(steps: Iterable[Step]) -> Box:
    """The box round all points of an outline, handles of curves among them."""
    points = [(step.x, step.y) for step in steps if not isinstance(step, Close)]
    points += [corner for step in steps if isinstance(step, CurveTo) for corner in ((step.x1, step.y1), (step.x2, step.y2))]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return Box(x=left, y=top, width=max(x for x, _ in points) - left, height=max(y for _, y in points) - top)


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    return Box(x=left, y=top, width=max(box.right for box in boxes) - left, height=max(box.bottom for box in boxes) - top)


def _moved(box: Box, dx: float, dy: float) -> Box:
    return evolve(box, x=box.x + dx, y=box.y + dy) if dx or dy else box


def _solid(colour: str, opacity: float = 1.0) -> str:
    return f"<a:solidFill>{_colour(colour, opacity)}</a:solidFill>"


def _colour(colour: str, opacity: float = 1.0) -> str:
    alpha = "" if opacity >= 1 else f'<a:alpha val="{round(opacity * 100_000)}"/>'
    return f'<a:srgbClr val="{colour[1:].upper()}">{alpha}</a:srgbClr>'


def _attribute(words: str) -> str:
    """The words as a quoted attribute; line ends in one would be read as spaces."""
    return quoteattr(" ".join(clean(words).split()))
