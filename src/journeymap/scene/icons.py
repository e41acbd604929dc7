"""Line icons of our own, drawn on a grid of 16 by 16 with one pen, scaled by plain arithmetic."""

from __future__ import annotations

from attrs import frozen

from journeymap.errors import UnknownName
from journeymap.scene.shapes import Circle, Close, CurveTo, LineTo, MoveTo, Paint, Path, Shape, Step

GRID = 16.0
PEN = 1.4
_ROUND = 0.5523
"""How far the bends of a quarter circle lie from its ends, for a radius of 1."""


@frozen
class _Stroke:
    steps: tuple[Step, ...]
    filled: bool = False


@frozen
class _Ring:
    x: float
    y: float
    radius: float
    filled: bool = False


_Part = _Stroke | _Ring


def icon(name: str, *, size: float, colour: str) -> tuple[Shape, ...]:
    """The shapes of an icon in the square from (0, 0) to (size, size); UnknownName if there is none of that name."""
    if name not in _ICONS:
        raise UnknownName("icon", name, _ICONS)
    scale = size / GRID
    return tuple(_drawn(part, scale, colour) for part in _ICONS[name])


def names() -> tuple[str, ...]:
    """The name of every icon."""
    return tuple(_ICONS)


def channel_icon(kind: str) -> str:
    """The icon for a kind of channel.

    >>> channel_icon("phone"), channel_icon("carrier pigeon")
    ('phone', 'other')
    """
    return kind if kind in _CHANNELS else "other"


def _drawn(part: _Part, scale: float, colour: str) -> Shape:
    paint = Paint(fill=colour if part.filled else None, stroke=colour, width=round(max(PEN * scale, 1.2), 2))
    if isinstance(part, _Ring):
        if part.filled:
            paint = Paint(fill=colour)
        return Circle(x=part.x * scale, y=part.y * scale, radius=part.radius * scale, paint=paint)
    return Path(steps=[_scaled(step, scale) for step in part.steps], paint=paint, round_ends=True)


def _scaled(step: Step, scale: float) -> Step:
    match step:
        case MoveTo(x, y):
            return MoveTo(x * scale, y * scale)
        case LineTo(x, y):
            return LineTo(x * scale, y * scale)
        case CurveTo(x1, y1, x2, y2, x, y):
            return CurveTo(x1 * scale, y1 * scale, x2 * scale, y2 * scale, x * scale, y * scale)
        case Close():
            return step


def _line(*points: tuple[float, float]) -> _Stroke:
    return _Stroke((MoveTo(*points[0]), *(LineTo(*point) for point in points[1:])))


def _polygon(*points: tuple[float, float], filled: bool = False) -> _Stroke:
    return _Stroke((*_line(*points).steps, Close()), filled)


def _curve(x: float, y: float, *bends: tuple[float, float, float, float, float, float], closed: bool = False) -> _Stroke:
    end = (Close(),) if closed else ()
    return _Stroke((MoveTo(x, y), *(CurveTo(*bend) for bend in bends), *end))


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> _Stroke:
    right, bottom, bend = x + width, y + height, radius * (1 - _ROUND)
    return _Stroke((
        MoveTo(x + radius, y),
        LineTo(right - radius, y),
        CurveTo(right - bend, y, right, y + bend, right, y + radius),
        LineTo(right, bottom - radius),
        CurveTo(right, bottom - bend, right - bend, bottom, right - radius, bottom),
        LineTo(x + radius, bottom),
        CurveTo(x + bend, bottom, x, bottom - bend, x, bottom - radius),
        LineTo(x, y + radius),
        CurveTo(x, y + bend, x + bend, y, x + radius, y),
        Close(),
    ))  # fmt: skip


def _bubble(tail: float) -> _Stroke:
    """A speech bubble whose tail hangs from x = ``tail`` down to the left."""
    return _Stroke((
        MoveTo(3.5, 2.2),
        LineTo(12.5, 2.2),
        CurveTo(13.5, 2.2, 14.3, 3, 14.3, 4),
        LineTo(14.3, 9.4),
        CurveTo(14.3, 10.4, 13.5, 11.2, 12.5, 11.2),
        LineTo(tail + 3, 11.2),
        LineTo(tail, 14),
        LineTo(tail, 11.2),
        LineTo(3.5, 11.2),
        CurveTo(2.5, 11.2, 1.7, 10.4, 1.7, 9.4),
        LineTo(1.7, 4),
        CurveTo(1.7, 3, 2.5, 2.2, 3.5, 2.2),
        Close(),
    ))  # fmt: skip


def _person(x: float, y: float, scale: float) -> tuple[_Part, ...]:
    """Head and shoulders; (x, y) is the middle of the head."""
    head, half, top, drop = 2.75 * scale, 5.1 * scale, 4.9 * scale, 8.3 * scale
    return (
        _Ring(x, y, head),
        _curve(
            x - half, y + drop,
            (x - half, y + drop - 2 * scale, x - half + 1.7 * scale, y + top, x, y + top),
            (x + half - 1.7 * scale, y + top, x + half, y + drop - 2 * scale, x + half, y + drop),
        ),
    )  # fmt: skip


_EYE = _curve(
    1.3, 8,
    (3, 5, 5.3, 3.5, 8, 3.5),
    (10.7, 3.5, 13, 5, 14.7, 8),
    (13, 11, 10.7, 12.5, 8, 12.5),
    (5.3, 12.5, 3, 11, 1.3, 8),
    closed=True,
)  # fmt: skip

_CHANNELS: dict[str, tuple[_Part, ...]] = {
    "website": (_rounded(1.7, 2.7, 12.6, 10.6, 1.8), _line((1.7, 6), (14.3, 6)), _Ring(4, 4.35, 0.6, True), _Ring(6, 4.35, 0.6, True)),
    "app": (_rounded(4.2, 1.5, 7.6, 13, 1.8), _line((7.1, 12.1), (8.9, 12.1))),
    "email": (_rounded(1.7, 3.1, 12.6, 9.8, 1.8), _line((2.3, 4.7), (8, 8.8), (13.7, 4.7))),
    "phone": (
        _Stroke((
            MoveTo(3.2, 2.1),
            LineTo(5.2, 2.1),
            CurveTo(5.7, 2.1, 6, 2.4, 6.15, 2.85),
            LineTo(6.75, 5),
            CurveTo(6.85, 5.4, 6.75, 5.75, 6.45, 6),
            LineTo(5.3, 6.9),
            CurveTo(6.1, 8.6, 7.4, 9.9, 9.1, 10.7),
            LineTo(10, 9.55),
            CurveTo(10.25, 9.25, 10.6, 9.15, 11, 9.25),
            LineTo(13.15, 9.85),
            CurveTo(13.6, 10, 13.9, 10.3, 13.9, 10.8),
            LineTo(13.9, 12.8),
            CurveTo(13.9, 13.4, 13.4, 13.9, 12.8, 13.85),
            CurveTo(7, 13.4, 2.6, 9, 2.15, 3.2),
            CurveTo(2.1, 2.6, 2.6, 2.1, 3.2, 2.1),
            Close(),
        )),
    ),
    "chat": (_bubble(4.4), _line((4.9, 5.4), (11.1, 5.4)), _line((4.9, 8), (9, 8))),
    "social": (
        _Ring(12, 3.6, 2), _Ring(4, 8, 2), _Ring(12, 12.4, 2), _line((5.8, 7), (10.2, 4.6)), _line((5.8, 9), (10.2, 11.4)),
    ),
    "sms": (_bubble(4.4), _Ring(4.9, 6.7, 0.85, True), _Ring(8, 6.7, 0.85, True), _Ring(11.1, 6.7, 0.85, True)),
    "post": (
        _polygon((8, 1.6), (13.7, 4.8), (13.7, 11.2), (8, 14.4), (2.3, 11.2), (2.3, 4.8)),
        _line((2.5, 4.9), (8, 8), (13.5, 4.9)),
        _line((8, 8), (8, 14.2)),
    ),
    "in-store": (
        _Stroke((
            MoveTo(3.4, 2.2),
            LineTo(12.6, 2.2),
            LineTo(14.4, 5.9),
            CurveTo(14.4, 8.5, 10.13, 8.5, 10.13, 5.9),
            CurveTo(10.13, 8.5, 5.87, 8.5, 5.87, 5.9),
            CurveTo(5.87, 8.5, 1.6, 8.5, 1.6, 5.9),
            Close(),
        )),
        _line((2.9, 8.2), (2.9, 13.8), (13.1, 13.8), (13.1, 8.2)),
        _line((6.1, 13.8), (6.1, 10.9), (9.9, 10.9), (9.9, 13.8)),
    ),
    "in-person": _person(8, 4.9, 1.0),
    "self-service": (
        _rounded(2.3, 1.8, 11.4, 8.2, 1.6), _line((8, 10), (8, 14)), _line((4.6, 14.1), (11.4, 14.1)), _Ring(8, 5.9, 1.3, True),
    ),
    "partner": (_Ring(5.7, 8, 4.1), _Ring(10.3, 8, 4.1)),
    "other": (_Ring(8, 8, 6.3), _Ring(5.1, 8, 0.85, True), _Ring(8, 8, 0.85, True), _Ring(10.9, 8, 0.85, True)),
}  # fmt: skip

_ICONS: dict[str, tuple[_Part, ...]] = _CHANNELS | {
    "steps": (_line((1.6, 13.6), (5.2, 13.6), (5.2, 10), (8.8, 10), (8.8, 6.4), (12.4, 6.4), (12.4, 2.8), (14.4, 2.8)),),
    "emotion": (
        _curve(
            8, 13.9,
            (4.6, 11.5, 1.6, 9.1, 1.6, 5.9),
            (1.6, 3.9, 3.1, 2.5, 4.9, 2.5),
            (6.2, 2.5, 7.3, 3.2, 8, 4.4),
            (8.7, 3.2, 9.8, 2.5, 11.1, 2.5),
            (12.9, 2.5, 14.4, 3.9, 14.4, 5.9),
            (14.4, 9.1, 11.4, 11.5, 8, 13.9),
            closed=True,
        ),
    ),
    "thoughts": (
        _curve(
            4.9, 10.3,
            (3.1, 10.3, 1.7, 9, 1.7, 7.3),
            (1.7, 5.8, 2.7, 4.7, 4, 4.4),
            (4.5, 2.6, 6, 1.5, 7.9, 1.5),
            (9.7, 1.5, 11.2, 2.6, 11.8, 4.2),
            (13.3, 4.3, 14.4, 5.6, 14.4, 7.2),
            (14.4, 8.9, 13.1, 10.3, 11.4, 10.3),
            closed=True,
        ),
        _Ring(5.3, 12.7, 1.1, True),
        _Ring(2.9, 14.5, 0.8, True),
    ),
    "pains": (_polygon((8, 2.1), (14.3, 13.2), (1.7, 13.2)), _line((8, 6.4), (8, 9.2)), _Ring(8, 11.2, 0.85, True)),
    "opportunities": (
        _curve(
            5.9, 11.3,
            (5.9, 9.8, 3.6, 9, 3.6, 5.9),
            (3.6, 3.4, 5.5, 1.5, 8, 1.5),
            (10.5, 1.5, 12.4, 3.4, 12.4, 5.9),
            (12.4, 9, 10.1, 9.8, 10.1, 11.3),
            closed=True,
        ),
        _line((6.6, 14.2), (9.4, 14.2)),
    ),
    "metrics": (_line((1.8, 14), (14.2, 14)), _line((4, 11.2), (4, 8.4)), _line((8, 11.2), (8, 2.6)), _line((12, 11.2), (12, 5.6))),
    "frontstage": (_EYE, _Ring(8, 8, 2.1)),
    "backstage": (_EYE, _line((2.8, 13.4), (13.2, 2.6))),
    "support": (
        _rounded(1.9, 2.2, 12.2, 5, 1.5), _rounded(1.9, 8.8, 12.2, 5, 1.5),
        _Ring(4.6, 4.7, 0.8, True), _Ring(4.6, 11.3, 0.8, True), _line((8.6, 4.7), (11.4, 4.7)), _line((8.6, 11.3), (11.4, 11.3)),
    ),
    "goal": (_Ring(8, 8, 6.3), _Ring(8, 8, 3.3), _Ring(8, 8, 0.8, True)),
    "evidence": (
        _Stroke((
            MoveTo(9.6, 1.7),
            LineTo(4.4, 1.7),
            CurveTo(3.6, 1.7, 3, 2.3, 3, 3.1),
            LineTo(3, 12.9),
            CurveTo(3, 13.7, 3.6, 14.3, 4.4, 14.3),
            LineTo(11.6, 14.3),
            CurveTo(12.4, 14.3, 13, 13.7, 13, 12.9),
            LineTo(13, 5.1),
            Close(),
        )),
        _line((5.7, 8), (10.3, 8)),
        _line((5.7, 11), (10.3, 11)),
    ),
    "owner": (_rounded(1.9, 1.9, 12.2, 12.2, 2.4), *_person(8, 6.3, 0.72)),
    "star": (
        _polygon(
            (8, 1.9), (9.85, 5.75), (14.1, 6.3), (11, 9.25), (11.75, 13.45), (8, 11.4),
            (4.25, 13.45), (5, 9.25), (1.9, 6.3), (6.15, 5.75),
            filled=True,
        ),
    ),
    "quote": tuple(
        _Stroke((MoveTo(x + 3.9, 3.4), LineTo(x, 3.4), LineTo(x, 7.4), LineTo(x + 3.9, 7.4), LineTo(x + 3.9, 3.4),
                 LineTo(x + 3.9, 8.4), CurveTo(x + 3.9, 10.9, x + 2.7, 12.2, x + 0.6, 12.9)))
        for x in (2.3, 9.3)
    ),
    "clock": (_Ring(8, 8, 6.3), _line((8, 4.4), (8, 8), (10.5, 9.6))),
    "link": (
        _curve(6.6, 4.6, (4.6, 4.6, 4.6, 4.6, 4.6, 4.6), (2.8, 4.6, 1.3, 6.1, 1.3, 8), (1.3, 9.9, 2.8, 11.4, 4.6, 11.4),
               (6.6, 11.4, 6.6, 11.4, 6.6, 11.4)),
        _curve(9.4, 4.6, (11.4, 4.6, 11.4, 4.6, 11.4, 4.6), (13.2, 4.6, 14.7, 6.1, 14.7, 8), (14.7, 9.9, 13.2, 11.4, 11.4, 11.4),
               (9.4, 11.4, 9.4, 11.4, 9.4, 11.4)),
        _line((5.2, 8), (10.8, 8)),
    ),
}  # fmt: skip
