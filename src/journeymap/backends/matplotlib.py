"""Scenes to png, to pdf, and onto matplotlib's own Axes."""

from __future__ import annotations

import io
import math
import os
import pathlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import RLock
from typing import TYPE_CHECKING, assert_never, cast

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.image import BboxImage
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox, Transform
from PIL import Image as Raster

from journeymap.backends.checked import GAP, checked
from journeymap.backends.lettering import HALO, clean, lines, plain, safe_link, spelt, steers, texts
from journeymap.backends.outlines import sides_of
from journeymap.backends.pictures import dots_of, place_of
from journeymap.backends.resolution import PX_PER_INCH, size_in_dots
from journeymap.errors import RenderError, shown
from journeymap.scene.fonts import font_file
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
    Weight,
)
from journeymap.scene.text import Measure, Style, reads_from_right

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

FontFile = str | os.PathLike[str]

_LONGEST_PAGE = 200.0
"""In inches: what readers of pdf can show."""
_LEAST_LETTER, _LARGEST_LETTER = 1.0, 30_000.0
"""Sizes in dots: smaller letters are specks, and font files are not drawn larger."""
_DRAWING: dict[RcKeyType, bool | int | str] = {
    "agg.path.chunksize": 0,
    "image.resample": True,
    "path.simplify": False,
    "path.snap": False,
    "text.antialiased": True,
    "text.hinting": "no_hinting",
}
"""What matters while shapes are drawn, wherever they are; hinted letters would be set too close or too far apart."""
_SETTINGS: dict[RcKeyType, bool | int | str] = {**_DRAWING, "pdf.fonttype": 42}
_LOCK = RLock()
"""matplotlib's settings are of the whole process: they may change for one drawing at a time only."""


def png(scenes: Iterable[Scene], /, *, dpi: float = 200, fallback: Sequence[FontFile] = ()) -> bytes:
    """The scenes as one png; several stand under one another, 24 px apart.

    ``dpi`` counts dots per inch of 96 px, from 10: 200 is sharp on paper. ``fallback`` names font files for characters that neither
    Inter nor DejaVu Sans holds, such as Chinese; a warning tells which are missing. RenderError if a scene cannot be drawn
    or the picture would have more than 300 million dots.
    """
    sheets = checked(scenes)
    width, height, scale = size_in_dots(sheets, dpi)
    fonts = _Fonts(sheets, fallback)
    whole = Raster.new("RGB", (width, height), sheets[0].paper)
    top = 0.0
    for scene in sheets:
        whole.paste(_raster(scene, scale, fonts), (0, round(top * scale)))
        top += scene.height + GAP
    stream = io.BytesIO()
    whole.save(stream, "png", dpi=(dpi, dpi))
    return stream.getvalue()


def pdf(scenes: Iterable[Scene], /, *, fallback: Sequence[FontFile] = ()) -> bytes:
    """The scenes as one pdf, a page each, with text that can be searched and copied.

    A px is 1/96 inch; only a page that would be longer than 200 inches, which readers cannot show, is made smaller.
    ``fallback`` and errors are those of `png`.
    """
    sheets = checked(scenes)
    fonts = _Fonts(sheets, fallback)
    stream = io.BytesIO()
    told = {"Title": clean(sheets[0].title), "Creator": None, "Producer": None, "CreationDate": None}
    with _settings(), PdfPages(stream, metadata=told) as pages:
        for scene in sheets:
            scale = min(1.0, _LONGEST_PAGE * PX_PER_INCH / max(scene.width, scene.height)) / PX_PER_INCH
            figure = Figure(figsize=(scene.width * scale, scene.height * scale), facecolor=scene.paper)
            place = Affine2D().scale(scale, -scale).translate(0, scene.height * scale) + figure.dpi_scale_trans
            figure.add_artist(_Sheet(scene, place, fonts))
            pages.savefig(figure)
    return stream.getvalue()


def draw(scene: Scene, /, *, ax: Axes, fallback: Sequence[FontFile] = ()) -> None:
    """Draw a scene onto Axes of your own, which then count px from the top left, with equal scales and no axis lines.

    Letters and lines grow and shrink with the Axes, and look the same whatever rcParams say, now and when the figure is
    saved; only how letters are kept in a pdf or svg of the whole figure is left to ``pdf.fonttype`` and ``svg.fonttype``.
    ``fallback`` and errors are those of `png`; RenderError too if ``ax`` are no Axes.
    """
    if not isinstance(ax, Axes):
        raise RenderError(f"ax {shown(ax)} are no Axes of matplotlib; make some with figure.add_subplot()")
    (sheet,) = checked([scene])
    ax.set_xlim(0, sheet.width)
    ax.set_ylim(sheet.height, 0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    ax.add_artist(_Sheet(sheet, ax.transData, _Fonts([sheet], fallback)))


def _raster(scene: Scene, scale: float, fonts: _Fonts) -> Raster.Image:
    width, height, dpi = math.ceil(scene.width * scale), math.ceil(scene.height * scale), scale * PX_PER_INCH
    with _settings():
        # A hundredth of a dot more, since matplotlib cuts the size down to whole dots.
        figure = Figure(figsize=((width + 0.01) / dpi, (height + 0.01) / dpi), dpi=dpi, facecolor=scene.paper)
        figure.add_artist(_Sheet(scene, Affine2D().scale(scale, -scale).translate(0, height), fonts))
        canvas = FigureCanvasAgg(figure)
        canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib does not annotate its canvases
        dots = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # as above
        return Raster.fromarray(np.asarray(dots)).convert("RGB")


@contextmanager
def _settings() -> Iterator[None]:
    """Matplotlib as it comes, whatever the user has set, and back to that afterwards."""
    with _LOCK, mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


class _Sheet(Artist):
    """A whole scene as one artist."""

    def __init__(self, scene: Scene, place: Transform, fonts: _Fonts) -> None:
        super().__init__()
        self._scene = scene
        self._fonts = fonts
        self.set_transform(place)

    def get_window_extent(self, renderer: RendererBase | None = None) -> Bbox:
        """Where the paper is, for those who fit a figure to what it shows."""
        del renderer
        corners = self.get_transform().transform([(0, 0), (self._scene.width, self._scene.height)])
        return Bbox(corners)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the paper and the shapes, as large as the transform makes them now."""
        if self.get_visible():
            scene = self._scene
            paper = Rect(box=Box(x=0, y=0, width=scene.width, height=scene.height), paint=Paint(fill=scene.paper))
            with _LOCK, mpl.rc_context(_DRAWING):
                _Pen(self, renderer, scene, self._fonts).draw((paper, *scene.shapes), self.get_transform(), None)
            self.stale = False


class _Pen:
    """Draws the shapes of one scene with one renderer."""

    def __init__(self, artist: Artist, renderer: RendererBase, scene: Scene, fonts: _Fonts) -> None:
        self._artist = artist
        self._renderer = renderer
        self._symbols = {symbol.id: symbol.shapes for symbol in scene.symbols}
        self._fonts = fonts
        (_, top), (_, bottom) = artist.get_transform().transform([(0, 0), (0, 1)])
        self._dots = float(abs(top - bottom))
        """How many of the renderer's units a px has."""
        self._points = self._dots / cast("float", renderer.points_to_pixels(1.0))
        """How many points a px has, as matplotlib counts lines and letters."""

    def draw(self, shapes: Iterable[Shape], place: Transform, link: str | None) -> None:
        """Draw the shapes in painter's order; ``link`` is that of the group round them."""
        for shape in shapes:
            match shape:
                case Text():
                    self._text(shape, place, safe_link(shape.link) or link)
                case Rect():
                    self._outline(_outline(sides_of(shape)), shape.paint, place)
                case Path():
                    self._outline(_outline(shape.steps), shape.paint, place, rounded=shape.round_ends)
                case Use():
                    self.draw(self._symbols[shape.symbol], Affine2D().translate(shape.x, shape.y) + place, link)
                case Group():
                    self.draw(shape.shapes, place, safe_link(shape.link) or link)
                case Circle():
                    self._outline(Outline.circle((shape.x, shape.y), shape.radius), shape.paint, place)
                case Line():
                    self._outline(Outline([(shape.x1, shape.y1), (shape.x2, shape.y2)]), shape.paint, place)
                case Image():
                    self._image(shape, place)
                case _:
                    assert_never(shape)

    def _outline(self, outline: Outline, paint: Paint, place: Transform, *, rounded: bool = False) -> None:
        context = self._context()
        if paint.stroke is None:
            context.set_linewidth(0)
        else:
            context.set_foreground(paint.stroke)
            context.set_linewidth(paint.width * self._points)
            context.set_capstyle("round" if rounded else "butt")
            context.set_joinstyle("round" if rounded else "miter")
            if paint.dash:
                context.set_dashes(0, [length * self._points for length in paint.dash])
        fill = None if paint.fill is None else to_rgba(paint.fill, paint.fill_opacity)
        self._renderer.draw_path(context, outline, place, fill)
        context.restore()

    def _text(self, text: Text, place: Transform, link: str | None) -> None:
        if not self._can_be_read(text):
            return
        for line, baseline in lines(text):
            said = self._fonts.spelt(line)
            if text.rtl and not reads_from_right([said]):
                said = f"\u2067{said}\u2069"
            x, y = place.transform((text.x, baseline))
            letters, width = self._fitted(said, line, text)
            x -= {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
            if text.halo is not None:
                self._halo(said, text.halo, letters, x, y)
            context = self._context()
            context.set_foreground(text.fill)
            context.set_url(link)
            top = self._renderer.get_canvas_width_height()[1]
            self._renderer.draw_text(context, x, top - y if self._renderer.flipy() else y, said, letters, 0.0)
            context.restore()

    def _can_be_read(self, text: Text) -> bool:
        dots = text.size * self._dots
        if dots > _LARGEST_LETTER:
            most = _LARGEST_LETTER / self._dots
            raise RenderError(f"text of {shown(text.size)} px is too large to be drawn; {most:,.0f} px is the most here, svg draws any")
        return dots >= _LEAST_LETTER

    def _fitted(self, said: str, line: str, text: Text) -> tuple[FontProperties, float]:
        """The letters for a line and its width; smaller where what stands in for other fonts is wider than the room measured."""
        letters = self._fonts.letters(text.weight, text.italic, text.size * self._points)
        width, _, _ = self._renderer.get_text_width_height_descent(said, letters, ismath=False)
        room = width if line.isascii() else Measure().width(plain(line), Style(text.size, text.weight, text.italic)) * self._dots
        if 0 < room < width:
            letters = self._fonts.letters(text.weight, text.italic, text.size * self._points * room / width)
            width = room
        return letters, width

    def _halo(self, said: str, colour: str, letters: FontProperties, x: float, y: float) -> None:
        vertices, codes = text_to_path.get_text_path(letters, said)
        if len(vertices):
            context = self._context()
            context.set_foreground(colour)
            context.set_linewidth(HALO * self._points)
            context.set_joinstyle("round")
            grow = letters.get_size_in_points() / self._points * self._dots / text_to_path.FONT_SCALE
            self._renderer.draw_path(context, Outline(vertices, codes), Affine2D().scale(grow).translate(x, y))
            context.restore()

    def _image(self, image: Image, place: Transform) -> None:
        dots = dots_of(image)
        box = place_of(image, *dots.size)
        drawn = BboxImage(Bbox(place.transform([(box.x, box.bottom), (box.right, box.y)])), origin="upper", interpolation="bilinear")
        drawn.set_figure(cast("Figure", self._artist.get_figure()))
        drawn.set_data(np.asarray(dots))
        drawn.draw(self._renderer)

    def _context(self) -> GraphicsContextBase:
        context = self._renderer.new_gc()
        context.set_snap(False)
        if self._artist.axes is not None:
            context.set_clip_rectangle(self._artist.axes.bbox)
        return context


class _Fonts:
    """The cuts of Inter, each with what stands in for characters that it lacks."""

    def __init__(self, sheets: Iterable[Scene], fallback: Sequence[FontFile]) -> None:
        if not isinstance(fallback, Sequence) or isinstance(fallback, str | bytes):
            raise RenderError(f"fallback {shown(fallback)} is no list; name font files as fallback=['fonts/letters.ttf']")
        self._fallback = tuple(_font(path) for path in fallback)
        regular = _characters(str(font_file(400, italic=False))) | _characters(_dejavu(400, italic=False))
        self._known = regular.union(*(_characters(path) for path in self._fallback))
        said = (line for scene in sheets for text in texts(scene) for line, _ in lines(text))
        missing = dict.fromkeys(c for line in said for c in plain(line) if not self._has(c))
        if missing:
            named = ", ".join(f"{c} (U+{ord(c):04X})" for c in list(missing)[:5])
            warnings.warn(
                f"{len(missing)} characters are drawn as \ufffd, since no font has them: {named}{' ...' if len(missing) > 5 else ''}; "
                "name a font file that does in fallback=[...], or draw svg, which uses the reader's own fonts",
                stacklevel=3,
            )

    def letters(self, weight: Weight, italic: bool, size: float) -> FontProperties:
        """The cut in a size in points, with its stand-ins behind it."""
        cuts = (str(font_file(weight, italic=italic)), _dejavu(weight, italic=italic), _dejavu(400, italic=False))
        return _FontFiles((*cuts, *self._fallback), size)

    def spelt(self, line: str) -> str:
        """The line with U+FFFD where no font has the characters."""
        return spelt(line, self._has)

    def _has(self, character: str) -> bool:
        return ord(character) in self._known or steers(character)


class _FontFiles(FontProperties):
    """Font files in order of preference.

    matplotlib looks up one font for each family; here the families are the files, so that no font of that name which
    happens to be installed, and no near miss, comes between.
    """

    def __init__(self, files: tuple[str, ...], size: float) -> None:
        super().__init__(fname=files[0], size=size)
        self._files = files

    def copy(self) -> _FontFiles:
        return _FontFiles(self._files, self.get_size_in_points())

    def get_family(self) -> list[str]:
        return list(self._files)

    def set_family(self, family: str | Iterable[str] | None) -> None:
        if isinstance(family, str):
            self.set_file(family)


def _dejavu(weight: Weight, *, italic: bool) -> str:
    style = ("Bold" if weight >= 600 else "") + ("Oblique" if italic else "")
    return str(pathlib.Path(mpl.get_data_path(), "fonts", "ttf", f"DejaVuSans{'-' if style else ''}{style}.ttf"))


def _font(path: FontFile) -> str:
    if not isinstance(path, str | os.PathLike):
        raise RenderError(f"{shown(path)} is no name of a font file; give a TrueType or OpenType file")
    try:
        get_font(path)
    except (OSError, RuntimeError, ValueError) as error:
        raise RenderError(f"{os.fspath(path)!r} is no font that can be used: {error}; give a TrueType or OpenType file") from error
    return os.fspath(path)


@lru_cache(maxsize=32)
def _characters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


def _outline(steps: Iterable[Step]) -> Outline:
    vertices: list[tuple[float, float]] = []
    codes: list[np.uint8] = []
    for step in steps:
        match step:
            case MoveTo(x, y):
                vertices.append((x, y))
                codes.append(Outline.MOVETO)
            case LineTo(x, y):
                vertices.append((x, y))
                codes.append(Outline.LINETO)
            case CurveTo(x1, y1, x2, y2, x, y):
                vertices += [(x1, y1), (x2, y2), (x, y)]
                codes += [Outline.CURVE4] * 3
            case Close():
                vertices.append((0, 0))
                codes.append(Outline.CLOSEPOLY)
            case _:
                assert_never(step)
    return Outline(np.array(vertices).reshape(-1, 2), codes)
