"""Five faces, from very negative to very positive; each is told from the others by its mouth, not by its colour alone."""

from __future__ import annotations

from journeymap.errors import RenderError
from journeymap.scene.shapes import Circle, Close, CurveTo, LineTo, MoveTo, Paint, Path, Shape, Step

Point = tuple[float, float]

_EYES: Point = (0.34, -0.2)
_EYES_UNDER_BROWS: Point = (0.33, -0.12)
_EYE = 0.125
_PEN = 0.15
_BROW: tuple[Point, Point] = ((0.62, -0.6), (0.18, -0.4))
_MOUTHS: dict[int, tuple[Point, Point]] = {
    1: ((0.43, 0.58), (0.3, 0.06)),
    2: ((0.44, 0.47), (0.24, 0.17)),
    3: ((0.4, 0.32), (0.2, 0.32)),
    4: ((0.46, 0.2), (0.26, 0.56)),
}
"""Half of each mouth for a radius of 1: its corner, and where the line bends to."""
_OPEN = (0.5, 0.1, 0.64)
"""The open mouth of level 5: half its width, its upper and its lower edge."""


def face(level: int, *, radius: float, colour: str, strokes: str) -> tuple[Shape, ...]:
    """The shapes of a face round (0, 0), for a level from 1 (very negative) to 5 (very positive)."""
    check_level(level)
    pen = Paint(stroke=strokes, width=round(_PEN * radius, 2))
    dot = Paint(fill=strokes)
    eye_x, eye_y = _EYES_UNDER_BROWS if level == 1 else _EYES
    shapes: list[Shape] = [Circle(x=0, y=0, radius=radius, paint=Paint(fill=colour))]
    shapes += [Circle(x=side * eye_x * radius, y=eye_y * radius, radius=_EYE * radius, paint=dot) for side in (-1, 1)]
    if level == 1:
        (x0, y0), (x1, y1) = _BROW
        for side in (-1, 1):
            brow = (MoveTo(side * x0 * radius, y0 * radius), LineTo(side * x1 * radius, y1 * radius))
            shapes.append(Path(steps=brow, paint=pen, round_ends=True))
    if level == 5:
        shapes.append(Path(steps=_open_mouth(radius), paint=dot))
    else:
        shapes.append(Path(steps=_mouth(level, radius), paint=pen, round_ends=True))
    return tuple(shapes)


def check_level(level: int) -> None:
    """RenderError unless it is 1 to 5."""
    if level not in range(1, 6):
        raise RenderError(f"{level} is no level of emotion; give 1 (very negative) to 5 (very positive)")


def _mouth(level: int, radius: float) -> tuple[Step, ...]:
    (x, y), (bend_x, bend_y) = _MOUTHS[level]
    bends = (-bend_x * radius, bend_y * radius, bend_x * radius, bend_y * radius)
    return (MoveTo(-x * radius, y * radius), CurveTo(*bends, x * radius, y * radius))


def _open_mouth(radius: float) -> tuple[Step, ...]:
    half, top, bottom = (part * radius for part in _OPEN)
    bend = (bottom - top) * 0.5523
    across = half * 0.5523
    corner = 0.06 * radius
    return (
        MoveTo(-half + corner, top),
        LineTo(half - corner, top),
        CurveTo(half, top, half, top, half, top + corner),
        CurveTo(half, bottom - bend + corner, across, bottom, 0, bottom),
        CurveTo(-across, bottom, -half, bottom - bend + corner, -half, top + corner),
        CurveTo(-half, top, -half, top, -half + corner, top),
        Close(),
    )
