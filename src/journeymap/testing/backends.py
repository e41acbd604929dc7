"""The conformance kit for backends: whether one draws all there is, as others do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from xml.etree import ElementTree as ET

from attrs import evolve

from journeymap.backends.lettering import LEADING, lines, texts
from journeymap.errors import RenderError
from journeymap.plugins import BACKENDS
from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import Box, Group, LineTo, MoveTo, Paint, Path, Rect, Shape, Text, Use
from journeymap.testing.scenes import ACCENT, INK, PALE, hostile, lettering, sample_scenes, scripts, shapes

Backend = Callable[..., bytes]

_STARTS = {"svg": b"<", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "jpg": b"\xff\xd8", "html": b"<", "pptx": b"PK\x03\x04"}
_REMEDY = "journeymap.backends.checked.checked(scenes) does"
_BASELINES = "journeymap.backends.lettering.lines(text) gives each with its baseline"
_SHEET = Scene(width=120, height=60, title="A single shape", shapes=())
_BOX = Box(x=10, y=10, width=80, height=40)
_TEXT = Text(lines=["Pays", "online"], x=60, y=24, box=_BOX, size=14, leading=18, fill=INK, anchor="middle", halo=PALE)
_RECT = Rect(box=_BOX, radius=12, paint=Paint(fill=PALE, fill_opacity=0.5, stroke=ACCENT, width=4, dash=(6, 3)))
_PATH = Path(steps=[MoveTo(20, 50), LineTo(60, 10), LineTo(100, 50)], paint=Paint(stroke=INK, width=8), round_ends=True)


def check_backend(backend: Backend | str, *, suffix: str, **options: object) -> None:
    """Draw the sample scenes with a backend, given as itself or by name; AssertionError tells what it does not do, or does wrongly.

    It has to give bytes, of the kind that ``suffix`` names, and the same ones for the same scenes; to draw every shape
    and everything about it that can be seen; to draw several scenes; in files of markup (what begins with ``<``) to keep all
    text, well-formed, without scripts and links that run; to come through hostile words; and to refuse what cannot be drawn
    with RenderError.
    """
    draw = partial(BACKENDS[backend] if isinstance(backend, str) else backend, **options)
    once = cache(lambda scene: draw([scene]))
    for scene in sample_scenes():
        _check_file(draw, [scene], suffix)
    _check_file(draw, sample_scenes(), suffix)
    for what, one, other in _differences():
        _demand(once(one) != once(other), f"it makes no difference to the picture: {what}")
    silent, told = (_sheet(evolve(_TEXT, leading=leading)) for leading in (0.0, _TEXT.size * LEADING))
    _demand(once(silent) == once(told), f"lines of text that tells no leading stand {LEADING:g} sizes apart; {_BASELINES}")
    if once(lettering()).lstrip().startswith(b"<"):
        for scene in (lettering(), scripts(), hostile()):
            _check_words(once(scene), scene)
    for what, refused in _refused():
        try:
            draw(refused)
        except RenderError:
            continue
        except Exception as error:
            raise AssertionError(f"it raises {type(error).__name__} for {what}, and not RenderError; {_REMEDY}") from error
        raise AssertionError(f"it has to raise RenderError for {what}; {_REMEDY}")


def _check_file(draw: Backend, scenes: Sequence[Scene], suffix: str) -> None:
    found = draw(scenes)
    what = f"{len(scenes)} scenes" if len(scenes) > 1 else f"the scene {scenes[0].title[:40]!r}"
    _demand(isinstance(found, bytes) and bool(found), f"it gives {type(found).__name__} for {what}, and not bytes")
    _demand(found.startswith(_STARTS.get(suffix, b"")), f"what it gives for {what} does not begin like a {suffix} file: {found[:12]!r}")
    _demand(draw(scenes) == found, f"it gives other bytes when it draws {what} again; take out dates, counters and random ids")


def _check_words(found: bytes, scene: Scene) -> None:
    """A file that is text holds every line, and nothing that runs or is loaded."""
    try:
        root = ET.fromstring(found)  # noqa: S314 - the backend under test wrote it just now
    except ET.ParseError as error:
        raise AssertionError(f"the file for {scene.title[:40]!r} is not well-formed: {error}") from None
    said = "".join(root.itertext())
    for text in texts(scene):
        for line, _ in lines(text):
            _demand(line in said, f"the words {line!r} are not in the file")
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        _demand(name not in {"script", "foreignObject", "iframe"}, f"there is a <{name}> in the file")
        for key, value in element.items():
            _demand(not key.lower().startswith("on"), f"there is an event handler {key} in the file")
            if key.rpartition("}")[2] == "href":
                safe = value.startswith(("#", "http://", "https://", "mailto:", "data:image/png;", "data:image/jpeg;"))
                _demand(safe, f"there is a link to {value!r} in the file")


def _differences() -> Iterator[tuple[str, Scene, Scene]]:
    """Pairs of scenes that look different, and what the difference is."""
    whole = shapes()
    for index, shape in enumerate(whole.shapes):
        rest = (*whole.shapes[:index], *whole.shapes[index + 1 :])
        yield f"whether there is {_named(shape)}", whole, evolve(whole, shapes=rest)
    yield "the colour of the paper", _sheet(), _sheet(paper="#10151F")
    yield "the size of the paper", _sheet(), evolve(_sheet(), width=240)
    yield "the order of shapes", _sheet(_RECT, _PATH), _sheet(_PATH, _RECT)
    yield "what stands in a group", _sheet(Group(shapes=[_RECT])), _sheet(Group(shapes=[]))
    flag = whole.symbols[:1]
    yield "where a symbol is put", _sheet(Use(symbol="flag", x=9, y=9), symbols=flag), _sheet(Use(symbol="flag", x=40, y=9), symbols=flag)
    yield "the radius of corners", _sheet(_RECT), _sheet(evolve(_RECT, radius=0))
    yield "round ends of a path", _sheet(_PATH), _sheet(evolve(_PATH, round_ends=False))
    paint = _RECT.paint
    for what, other in (
        ("the fill", evolve(paint, fill=None)),
        ("the opacity of a fill", evolve(paint, fill_opacity=1.0)),
        ("the stroke", evolve(paint, stroke=None)),
        ("the width of a stroke", evolve(paint, width=1.0)),
        ("the dashes of a stroke", evolve(paint, dash=())),
    ):
        yield what, _sheet(_RECT), _sheet(evolve(_RECT, paint=other))
    for what, text in (
        ("the lines of text", evolve(_TEXT, lines=["Pays", "later"])),
        ("the place of text", evolve(_TEXT, x=50, y=30)),
        ("the size of text", evolve(_TEXT, size=11)),
        ("the colour of text", evolve(_TEXT, fill=ACCENT)),
        ("the weight of text", evolve(_TEXT, weight=700)),
        ("italic text", evolve(_TEXT, italic=True)),
        ("the anchor of text", evolve(_TEXT, anchor="end")),
        ("the leading of text", evolve(_TEXT, leading=24)),
        ("the halo of text", evolve(_TEXT, halo=None)),
    ):
        yield what, _sheet(_TEXT), _sheet(text)


def _refused() -> Iterator[tuple[str, Iterable[Scene]]]:
    """What cannot be drawn, and its name."""
    yield "no scene at all", []
    for value in (math.nan, math.inf, -math.inf):
        yield f"a rectangle at {value}", [_sheet(evolve(_RECT, box=evolve(_RECT.box, x=value)))]
        yield f"a path to {value}", [_sheet(evolve(_PATH, steps=[MoveTo(0, 0), LineTo(value, 1)]))]
        yield f"paper of width {value}", [evolve(_sheet(), width=value)]
    yield "a negative width", [_sheet(evolve(_RECT, box=evolve(_RECT.box, width=-1)))]
    yield "a colour that is none", [_sheet(evolve(_RECT, paint=Paint(fill="url(https://example.org/x)")))]
    yield "a symbol that is not there", [_sheet(Use(symbol="unknown", x=0, y=0))]


def _sheet(*held: Shape, paper: str = "#FFFFFF", symbols: Iterable[Symbol] = ()) -> Scene:
    return evolve(_SHEET, shapes=held, paper=paper, symbols=symbols)


def _named(shape: Shape) -> str:
    return f"a {type(shape).__name__}" + (f" about {shape.about!r}" if shape.about else "")


def _demand(holds: bool, message: str) -> None:
    if not holds:
        raise AssertionError(message)
