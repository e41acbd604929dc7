"""The few shapes that every picture is made of, as values.

Lengths are px, from the top left, y downwards. There are no transforms, clip paths, filters or styles: what stands here
is what every backend can draw in a few lines. The union `Shape` is closed; match it with `typing.assert_never`, so that
a backend that forgets a shape does not type-check.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

Anchor = Literal["start", "middle", "end"]
"""Which point of a line of text stands at its x."""

Weight = Literal[400, 500, 600, 700]
"""The cuts that ship: regular, medium, semi-bold, bold."""

Dash = tuple[float, ...]
"""Lengths of dash and gap in turn; empty for a solid line."""


def _dash(values: Iterable[float]) -> Dash:
    return tuple(values)


@frozen(kw_only=True)
class Box:
    """A rectangle in the plane: where something is, or has to stay."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> float:
        """The x of the middle."""
        return self.x + self.width / 2


@frozen(kw_only=True)
class Paint:
    """How a shape is filled and outlined; colours are ``#RRGGBB``, None leaves the part out."""

    fill: str | None = None
    fill_opacity: float = 1.0
    stroke: str | None = None
    width: float = 1.0
    dash: Dash = field(default=(), converter=_dash)


@frozen(kw_only=True)
class Rect:
    """A rectangle, its corners rounded by ``radius``."""

    box: Box
    paint: Paint
    radius: float = 0.0
    about: str | None = None
    title: str | None = None
    link: str | None = None


@frozen(kw_only=True)
class Circle:
    """A circle round (x, y)."""

    x: float
    y: float
    radius: float
    paint: Paint
    about: str | None = None
    title: str | None = None
    link: str | None = None


@frozen(kw_only=True)
class Line:
    """A straight line from (x1, y1) to (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint
    about: str | None = None
    title: str | None = None
    link: str | None = None


@frozen
class MoveTo:
    """Start a new outline at (x, y)."""

    x: float
    y: float


@frozen
class LineTo:
    """A straight line to (x, y)."""

    x: float
    y: float


@frozen
class CurveTo:
    """A cubic Bezier curve to (x, y), bent towards (x1, y1) and then (x2, y2)."""

    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float


@frozen
class Close:
    """A straight line back to the start of the outline."""


Step = MoveTo | LineTo | CurveTo | Close


def _steps(values: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Path:
    """An outline of lines and curves; ``role`` tells what it is ("emotion-curve") to those who check or restyle it."""

    steps: tuple[Step, ...] = field(converter=_steps)
    paint: Paint
    role: str | None = None
    round_ends: bool = False
    about: str | None = None
    title: str | None = None
    link: str | None = None


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Text:
    """Text whose lines are already broken; (x, y) is the anchor of the first baseline.

    ``box`` is the room that it may fill and never leaves. ``halo`` is the colour of a thin outline behind the letters,
    for text that stands on a rule. ``rtl`` marks text that is read from right to left; its lines are in reading order,
    and the anchor is the side of the page as everywhere else.
    """

    lines: tuple[str, ...] = field(converter=_lines)
    x: float
    y: float
    box: Box
    size: float
    fill: str
    weight: Weight = 400
    italic: bool = False
    anchor: Anchor = "start"
    leading: float = 0.0
    halo: str | None = None
    rtl: bool = False
    about: str | None = None
    title: str | None = None
    link: str | None = None


@frozen(kw_only=True)
class Image:
    """A raster picture, embedded: the bytes of a png or jpeg file."""

    box: Box
    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    about: str | None = None
    title: str | None = None
    link: str | None = None


@frozen(kw_only=True)
class Use:
    """A `Symbol` of the scene, its origin put at (x, y)."""

    symbol: str
    x: float
    y: float
    about: str | None = None
    title: str | None = None
    link: str | None = None


def _shapes(values: Iterable[Shape]) -> tuple[Shape, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Group:
    """Shapes that belong together; ``label`` is what a screen reader says of them.

    ``role`` names the kind of group for those who restyle or toggle it: ``lane:pains``, ``touchpoint``.
    """

    shapes: tuple[Shape, ...] = field(converter=_shapes)
    label: str | None = None
    role: str | None = None
    about: str | None = None
    title: str | None = None
    link: str | None = None


Shape = Rect | Circle | Line | Path | Text | Image | Use | Group
"""The closed union of what a scene holds."""
