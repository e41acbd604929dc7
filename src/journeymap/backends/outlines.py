"""Outlines for backends that know lines and curves, but no rounded corners."""

from __future__ import annotations

from journeymap.scene.shapes import Close, CurveTo, LineTo, MoveTo, Rect, Step

_BEND = 0.5522847498
"""How far the handles of a quarter of a circle reach, in radii."""


def radius_of(rect: Rect) -> float:
    """The radius that its corners can have: at most half of each side."""
    return min(rect.radius, rect.box.width / 2, rect.box.height / 2)


def sides_of(rect: Rect) -> tuple[Step, ...]:
    """The outline of a rectangle, clockwise from the top left, its corners rounded."""
    left, top, right, bottom = rect.box.x, rect.box.y, rect.box.right, rect.box.bottom
    r = radius_of(rect)
    if not r:
        return MoveTo(left, top), LineTo(right, top), LineTo(right, bottom), LineTo(left, bottom), Close()
    b = r * (1 - _BEND)
    return (
        MoveTo(left + r, top),
        LineTo(right - r, top),
        CurveTo(right - b, top, right, top + b, right, top + r),
        LineTo(right, bottom - r),
        CurveTo(right, bottom - b, right - b, bottom, right - r, bottom),
        LineTo(left + r, bottom),
        CurveTo(left + b, bottom, left, bottom - b, left, bottom - r),
        LineTo(left, top + r),
        CurveTo(left, top + b, left + b, top, left + r, top),
        Close(),
    )
