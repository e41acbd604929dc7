"""Pictures on sheets of paper: a long map broken into pages between its stages, or a whole one made to fit."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from attrs import evolve, frozen

from journeymap.errors import RenderError, shown, suggestion
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Circle, Close, CurveTo, Group, Image, Line, Path, Rect, Shape, Text, Use
from journeymap.scene.text import Measure, Style, text_line
from journeymap.scene.theme import Theme
from journeymap.scene.transform import moved, scaled

Paper = Literal["a5", "a4", "a3", "a2", "a1", "a0", "letter", "tabloid", "slide"] | tuple[float, float]
"""A sheet lying on its side, by name, or its width and height in px of 1/96 inch."""

_MM = 96 / 25.4
PAPERS: dict[str, tuple[float, float]] = {
    "a5": (210 * _MM, 148 * _MM),
    "a4": (297 * _MM, 210 * _MM),
    "a3": (420 * _MM, 297 * _MM),
    "a2": (594 * _MM, 420 * _MM),
    "a1": (841 * _MM, 594 * _MM),
    "a0": (1189 * _MM, 841 * _MM),
    "letter": (11 * 96.0, 8.5 * 96.0),
    "tabloid": (17 * 96.0, 11 * 96.0),
    "slide": (13.333 * 96, 7.5 * 96.0),
}
"""Width and height in px of 1/96 inch."""

SYSTEM = "system"
"""The role of a group that is one row of a map: what may stand on a page of its own."""

_BODY = 13.0
_COMFORTABLE = 0.8
"""The scale of pages, at most: body text of 8 points, as in a book's notes."""
_LEAST_POINTS = 6.0
"""Below this, body text on a desk is a strain."""
_POINTS = 0.75
_FOOT = 40.0
"""Room for the number of the page."""
_TOP = 40.0
_BETWEEN = 44.0
_MARGIN = 48.0
_RUNNING = Style(13, weight=600)
_NUMBER = Style(12)
_TRIES = 8
_NARROWEST = 500.0
"""What a renderer takes as the widest a row may be, at least."""


def paper_of(option: str, paper: object) -> tuple[float, float]:
    """Width and height of a paper in px; RenderError if it is none."""
    if isinstance(paper, str) and paper.lower() in PAPERS:
        return PAPERS[paper.lower()]
    if isinstance(paper, tuple | list) and len(paper) == 2:
        sides = [side for side in paper if isinstance(side, int | float) and not isinstance(side, bool) and 100 <= side <= 100_000]
        if len(sides) == 2:
            return float(sides[0]), float(sides[1])
    known = ", ".join(PAPERS)
    hint = suggestion(paper, PAPERS) if isinstance(paper, str) else ""
    raise RenderError(f"{option}={shown(paper)} is no paper{hint}; give one of {known}, or (width, height) in px, each from 100")


def fitted(scenes: Sequence[Scene], size: tuple[float, float]) -> tuple[Scene, ...]:
    """Each scene on one sheet, as large as it can be, in the middle of it.

    A warning says so if body text comes out smaller than 6 points.
    """
    scales = [min(size[0] / scene.width, size[1] / scene.height) for scene in scenes]
    _warn_of_small_letters(min(scales))
    return tuple(_on_sheet(scene, scale, size) for scene, scale in zip(scenes, scales, strict=True))


def paged(draw: Callable[[float], Sequence[Scene]], size: tuple[float, float], theme: Theme) -> tuple[Scene, ...]:
    """A map on as many sheets as it takes, broken between its stages, each with the heads of its lanes and its number.

    ``draw`` gives the map with rows of at most so many px. All pages have one scale: the largest, up to 0.8, at which the
    tallest row stands on a page. A warning says so if body text comes out smaller than 6 points.
    """
    scale = 1.0
    cut = _Cut.of(draw(max(_NARROWEST, size[0])))
    if len(cut.systems) > 1:  # a little smaller, several stages stand side by side
        scale = _COMFORTABLE
        cut = _Cut.of(draw(max(_NARROWEST, size[0] / scale)))
    for _ in range(_TRIES):
        wanted = min(scale, size[1] / (cut.tallest + _FOOT), size[0] / cut.width)
        if wanted >= scale - 1e-6:
            break
        scale = wanted
        cut = _Cut.of(draw(max(_NARROWEST, size[0] / scale)))
    _warn_of_small_letters(scale)
    room = (size[0] / scale, size[1] / scale)
    pages = list(cut.pages(room[1] - _FOOT))
    return tuple(_page(cut, page, number, len(pages), room, scale, size, theme) for number, page in enumerate(pages, 1))


def _warn_of_small_letters(scale: float) -> None:
    """Nothing is made smaller in silence."""
    points = _BODY * _POINTS * scale
    if points < _LEAST_POINTS:
        said = f"body text is {points:.1f} points on this paper, hard to read below {_LEAST_POINTS:g}"
        warnings.warn(f"{said}; take a larger one, show fewer lanes, or draw a board", stacklevel=5)


@frozen(kw_only=True)
class _Cut:
    """A map in pieces: what stands above its rows, the rows, and what stands below them."""

    scene: Scene
    head: tuple[Shape, ...]
    systems: tuple[Group, ...]
    foot: tuple[Shape, ...]

    @classmethod
    def of(cls, scenes: Sequence[Scene]) -> _Cut:
        scene = scenes[0]
        places = [index for index, shape in enumerate(scene.shapes) if isinstance(shape, Group) and shape.role == SYSTEM]
        if not places:
            return cls(scene=scene, head=scene.shapes, systems=(), foot=())
        first, last = places[0], places[-1]
        systems = tuple(shape for shape in scene.shapes[first : last + 1] if isinstance(shape, Group))
        return cls(scene=scene, head=scene.shapes[:first], systems=systems, foot=scene.shapes[last + 1 :])

    @property
    def width(self) -> float:
        return self.scene.width

    @property
    def tallest(self) -> float:
        """What a page has to hold at least: the head with the first row, any other row with the running title."""
        first = _bottom([*self.head, *self.systems[:1]]) + _BETWEEN
        if len(self.systems) == 1 and self.foot:  # what needs no breaking keeps its key and footer on its page
            first += _BETWEEN + _height(self.foot)
        others = [_TOP + 2 * _RUNNING.leading + _height([system]) for system in self.systems[1:]]
        return max([first, *others])

    def pages(self, room: float) -> Iterator[list[list[Shape]]]:
        """What stands on each page, block by block: as many as there is room for."""
        held: list[list[Shape]] = [list(self.head)] if self.head else []
        used = _bottom(self.head) if self.head else _TOP
        blocks: list[list[Shape]] = [[system] for system in self.systems]
        if self.foot:
            blocks.append(list(self.foot))
        for block in blocks:
            tall = _height(block)
            if held and not (len(held) == 1 and held[0] == list(self.head)) and used + _BETWEEN + tall > room:
                yield held
                held, used = [], _TOP + 2 * _RUNNING.leading
            used += tall + (_BETWEEN if held else 0.0)
            held.append(block)
        yield held


def _page(
    cut: _Cut,
    blocks: list[list[Shape]],
    number: int,
    count: int,
    room: tuple[float, float],
    scale: float,
    size: tuple[float, float],
    theme: Theme,
) -> Scene:
    measure = Measure()
    shapes: list[Shape] = []
    y = _TOP
    wide = min(cut.width, room[0])
    if number > 1:
        title = text_line(cut.scene.title, x=_MARGIN, middle=y, style=_RUNNING, fill=theme.ink_2, measure=measure, room=wide - 2 * _MARGIN)
        shapes.append(Group(shapes=[title], role="running-title"))
        y += 2 * _RUNNING.leading
    for place, block in enumerate(blocks):
        top = _top(block)
        if number == 1 and place == 0:
            shapes += block
            y = _bottom(block)
            continue
        y += _BETWEEN if place else 0.0
        shapes += moved(block, 0.0, y - top)
        y += _height(block)
    if count > 1:
        words = f"Page {number} of {count}"
        said = text_line(
            words, x=room[0] - _MARGIN, middle=room[1] - _FOOT / 2, style=_NUMBER, fill=theme.ink_3, measure=measure, anchor="end", room=200
        )
        shapes.append(Group(shapes=[said], role="page-number"))
    told = cut.scene.description if number == 1 else ""
    title_of = cut.scene.title if number == 1 else f"{cut.scene.title}, page {number} of {count}"
    page = evolve(cut.scene, width=room[0], height=room[1], shapes=shapes, title=title_of, description=told)
    return evolve(scaled(page, scale), width=size[0], height=size[1])


def _on_sheet(scene: Scene, scale: float, size: tuple[float, float]) -> Scene:
    grown = scaled(scene, scale)
    left, top = (size[0] - grown.width) / 2, (size[1] - grown.height) / 2
    return evolve(grown, width=size[0], height=size[1], shapes=moved(grown.shapes, left, top))


def _top(shapes: Sequence[Shape]) -> float:
    return min((top for top, _ in _extents(shapes)), default=0.0)


def _bottom(shapes: Sequence[Shape]) -> float:
    return max((bottom for _, bottom in _extents(shapes)), default=0.0)


def _height(shapes: Sequence[Shape]) -> float:
    return _bottom(shapes) - _top(shapes)


def _extents(shapes: Sequence[Shape]) -> Iterator[tuple[float, float]]:
    """From which y to which each shape reaches; a symbol is small and stands among others, so its origin will do."""
    for shape in shapes:
        match shape:
            case Group():
                yield from _extents(shape.shapes)
            case Rect(box=box) | Text(box=box) | Image(box=box):
                yield box.y, box.bottom
            case Circle(y=y, radius=radius):
                yield y - radius, y + radius
            case Line(y1=y1, y2=y2):
                yield min(y1, y2), max(y1, y2)
            case Path(steps=steps):
                heights = [step.y for step in steps if not isinstance(step, Close)]
                heights += [y for step in steps if isinstance(step, CurveTo) for y in (step.y1, step.y2)]
                if heights:
                    yield min(heights), max(heights)
            case Use(y=y):
                yield y, y
