"""What has to hold of scenes before a backend draws them, whoever made them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Never, assert_never, cast, get_args

import attrs

from journeymap.backends.fields import misfit
from journeymap.errors import RenderError, shown
from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import (
    Anchor,
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

DEEPEST = 100
"""How many groups may stand within one another."""

GAP = 24.0
"""Between one scene and the next where they stand under one another in one picture, in px."""

_WEIGHTS = get_args(Weight)
_ANCHORS = get_args(Anchor)
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def checked(scenes: Iterable[Scene]) -> tuple[Scene, ...]:
    """The scenes as a tuple, each of them fit to be drawn.

    RenderError if there is none, if a field holds another type than it should, if a number is not finite or a length
    negative, a colour not ``#RRGGBB``, a symbol unknown, an image not what it says it is, or if groups nest too deep.
    """
    if isinstance(scenes, Scene) or not isinstance(scenes, Iterable):
        raise RenderError(f"{shown(scenes)} is no list of scenes; a backend draws several: put one into a list")
    sheets = tuple(scenes)
    if not sheets:
        raise RenderError("there is no scene to draw; give at least one")
    for scene in sheets:
        if not isinstance(scene, Scene):
            raise RenderError(f"{shown(scene)} is not a Scene; a renderer returns a Scene, or several")
        _check_sheet(scene)
    return sheets


def _check_sheet(scene: Scene) -> None:
    _check_fields(scene)
    if not scene.title.strip():
        raise RenderError("the scene has no title; give it one, since it is what a screen reader says first")
    if not (0 < scene.width < math.inf and 0 < scene.height < math.inf):
        raise RenderError(f"the scene {shown(scene.title)} is {scene.width} x {scene.height} px; both have to be finite and above 0")
    _check_colours(scene, scene.paper)
    known: set[str] = set()
    for symbol in scene.symbols:
        _check_fields(symbol)
        if symbol.id in known:
            raise RenderError(f"two symbols are called {symbol.id!r}; give each a name of its own")
        _check_shapes(symbol.shapes, known, 1)
        known.add(symbol.id)
    _check_shapes(scene.shapes, known, 1)


def _check_shapes(shapes: tuple[Shape, ...], known: set[str], depth: int) -> None:
    if depth > DEEPEST:
        raise RenderError(f"groups stand within one another more than {DEEPEST} deep; put their shapes side by side")
    for shape in shapes:
        if isinstance(shape, Shape):
            _check_fields(shape)
        match shape:
            case Text():
                _check_text(shape)
            case Rect(box=box, paint=paint):
                _check_lengths(shape, box.x + box.y, box.width, box.height, shape.radius)
                _check_paint(shape, paint)
            case Path():
                _check_steps(shape)
                _check_paint(shape, shape.paint)
            case Use():
                _check_use(shape, known)
            case Group():
                _check_shapes(shape.shapes, known, depth + 1)
            case Circle():
                _check_lengths(shape, shape.x + shape.y, shape.radius)
                _check_paint(shape, shape.paint)
            case Line():
                _check_lengths(shape, shape.x1 + shape.y1 + shape.x2 + shape.y2)
                _check_paint(shape, shape.paint)
            case Image():
                _check_image(shape)
            case _:
                _refuse(shape)


def _check_fields(value: Shape | Symbol | Scene) -> None:
    wrong = misfit(value)
    if wrong:
        raise _wrong(value, wrong)


def _refuse(value: Never) -> Never:
    """As `assert_never`: a shape that is forgotten above does not type-check; what is no shape is the caller's fault."""
    raise RenderError(f"{shown(value)} is not a shape; a scene holds Rect, Circle, Line, Path, Text, Image, Use and Group")


def _check_text(text: Text) -> None:
    box = text.box
    _check_lengths(text, text.x + text.y + box.x + box.y, text.size, box.width, box.height, text.leading)
    _check_colours(text, text.fill, text.halo)
    if not text.size:
        raise _wrong(text, "the size is 0; nobody could read it")
    if text.weight not in _WEIGHTS or text.anchor not in _ANCHORS:
        raise _wrong(text, f"weight {text.weight} and anchor {shown(text.anchor)} are not both among {_WEIGHTS} and {_ANCHORS}")


def _check_use(use: Use, known: set[str]) -> None:
    _check_lengths(use, use.x + use.y)
    if use.symbol not in known:
        raise _wrong(use, f"no symbol {use.symbol!r}; put it into the scene's symbols, before those that use it")


def _check_image(image: Image) -> None:
    _check_lengths(image, image.box.x + image.box.y, image.box.width, image.box.height)
    if image.media_type not in _MAGIC or not image.data.startswith(_MAGIC[image.media_type]):
        raise _wrong(image, f"the data is no {image.media_type}; embed a png or jpeg file and say which it is")


def _check_lengths(shape: Shape, place: float, *lengths: float) -> None:
    """One sum tells whether any of the numbers is not finite; which one it is, is only asked then."""
    if not math.isfinite(sum(lengths, place)):
        raise _wrong(shape, f"{next(_endless(shape), 'a length')}; every number has to be finite")
    if lengths and min(lengths) < 0:
        raise _wrong(shape, f"{min(lengths)} is negative; a length is 0 or more")


def _check_steps(path: Path) -> None:
    total = 0.0
    begun = False
    for step in path.steps:
        match step:
            case MoveTo() | LineTo():
                total += step.x + step.y
            case CurveTo():
                total += step.x1 + step.y1 + step.x2 + step.y2 + step.x + step.y
            case Close():
                pass
            case _:
                assert_never(step)
        begun = _goes_on(path, step, begun)
    _check_lengths(path, total)


def _goes_on(path: Path, step: Step, begun: bool) -> bool:
    if not begun and not isinstance(step, MoveTo):
        raise _wrong(path, "an outline does not begin with MoveTo; put one first, and one after each Close")
    return not isinstance(step, Close)


def _check_paint(shape: Shape, paint: Paint) -> None:
    _check_lengths(shape, 0.0, paint.width, paint.fill_opacity, *paint.dash)
    _check_colours(shape, paint.fill, paint.stroke)
    if paint.fill_opacity > 1 or (paint.dash and not any(paint.dash)):
        raise _wrong(shape, f"opacity {paint.fill_opacity} is above 1, or the dashes {paint.dash} have no length")


def _check_colours(shape: Shape | Scene, *colours: str | None) -> None:
    for colour in colours:
        if colour is not None and not _is_colour(colour):
            raise _wrong(shape, f"{shown(colour)} is not a colour; write #RRGGBB")


@lru_cache(maxsize=256)
def _is_colour(value: str) -> bool:
    return bool(_COLOUR.fullmatch(value))


def _wrong(shape: Shape | Symbol | Scene, what: str) -> RenderError:
    about = getattr(shape, "about", None)
    return RenderError(f"{type(shape).__name__}{f' about {shown(about)}' if about else ''}: {what}")


def _endless(value: object, path: str = "") -> Iterator[str]:
    """The numbers in the value that are not finite, each with its name: ``box.x is nan``."""
    if isinstance(value, float) and not math.isfinite(value):
        yield f"{path} is {value}"
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _endless(item, f"{path}[{index}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            yield from _endless(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
