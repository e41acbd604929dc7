"""Labels put beside their marks so that none stands on another, on a mark or on a line: greedy, nearest place first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from journeymap.scene.shapes import Box

Point = tuple[float, float]
Segment = tuple[Point, Point]

_CLEAR = 5.0
"""White round a label."""
_RINGS = (13.0, 24.0, 38.0, 56.0, 78.0, 104.0, 136.0, 174.0, 220.0)
_SIDES: tuple[Point, ...] = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1), (1, -0.5), (1, 0.5), (-1, -0.5), (-1, 0.5))
"""Where a label may stand seen from its mark, the best first."""
_LEADER_FROM = 20.0
"""A label farther away than this is tied to its mark by a line."""


@frozen(kw_only=True)
class Placed:
    """Where a label stands, and the line that ties it to its mark where it is not close by."""

    box: Box
    leader: Segment | None


@define
class Places:
    """The room of a plot, and what of it is taken already."""

    room: Box
    _boxes: list[Box] = field(factory=list)
    _lines: list[Segment] = field(factory=list)

    def take(self, box: Box) -> None:
        """Nothing may stand here any more."""
        self._boxes.append(box)

    def cross(self, start: Point, stop: Point) -> None:
        """Nothing may stand on this line any more."""
        self._lines.append((start, stop))

    def place(self, at: Point, width: float, height: float) -> Placed | None:
        """The nearest free place for a label of that size, which is taken from then on; None if there is none."""
        for distance in _RINGS:
            for side in _SIDES:
                box = _beside(at, side, distance, width, height)
                leader = _leader(at, box) if distance > _LEADER_FROM else None
                if self._free(box) and (leader is None or self._clear(leader, at)):
                    self._boxes.append(box)
                    if leader is not None:
                        self._lines.append(leader)
                    return Placed(box=box, leader=leader)
        return None

    def _free(self, box: Box) -> bool:
        wide = Box(x=box.x - _CLEAR, y=box.y - _CLEAR, width=box.width + 2 * _CLEAR, height=box.height + 2 * _CLEAR)
        inside = wide.x >= self.room.x and wide.y >= self.room.y and wide.right <= self.room.right and wide.bottom <= self.room.bottom
        return inside and not any(_overlap(wide, taken) for taken in self._boxes) and not any(crosses(line, wide) for line in self._lines)

    def _clear(self, leader: Segment, at: Point) -> bool:
        """Whether the line to a label runs over no other label and no other mark, but the one that it starts from."""
        return not any(crosses(leader, taken) for taken in self._boxes if not _holds(taken, at))


def crosses(line: Segment, box: Box) -> bool:
    """Whether any of the line lies within the box (Liang and Barsky 1984).

    >>> crosses(((0, 0), (10, 10)), Box(x=4, y=4, width=2, height=2)), crosses(((0, 0), (10, 10)), Box(x=6, y=1, width=2, height=2))
    (True, False)
    """
    (x1, y1), (x2, y2) = line
    first, last = 0.0, 1.0
    for start, delta, low, high in ((x1, x2 - x1, box.x, box.right), (y1, y2 - y1, box.y, box.bottom)):
        if delta == 0:
            if not low <= start <= high:
                return False
            continue
        enter, leave = sorted(((low - start) / delta, (high - start) / delta))
        first, last = max(first, enter), min(last, leave)
    return first <= last


def steps_of(points: Sequence[Point]) -> Iterator[Segment]:
    """The pieces of a line through the points."""
    yield from zip(points, points[1:], strict=False)


def marks(points: Iterable[Point], radius: float) -> Iterator[Box]:
    """The squares round points."""
    return (Box(x=x - radius, y=y - radius, width=2 * radius, height=2 * radius) for x, y in points)


def _beside(at: Point, side: Point, distance: float, width: float, height: float) -> Box:
    x, y = at
    across, down = side
    left = x + across * distance - (0 if across > 0 else width if across < 0 else width / 2)
    top = y + down * distance - (0 if down >= 1 else height if down <= -1 else height / 2)
    return Box(x=left, y=top, width=width, height=height)


def _leader(at: Point, box: Box) -> Segment:
    """From the mark to the nearest point of the label's edge."""
    x, y = at
    return at, (min(max(x, box.x - 2), box.right + 2), min(max(y, box.y), box.bottom))


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _holds(box: Box, at: Point) -> bool:
    return box.x <= at[0] <= box.right and box.y <= at[1] <= box.bottom
