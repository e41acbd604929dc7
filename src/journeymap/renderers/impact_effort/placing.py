"""Labels put beside their marks so that none stands on another, on a mark or on a line: greedy, nearest place first."""

from __future__ import annotations

import math
from functools import lru_cache

from attrs import define, field, frozen

from journeymap.scene.shapes import Box

Point = tuple[float, float]
Segment = tuple[Point, Point]

_CLEAR = 5.0
"""White round a label."""
_NEAR = 13.0
"""Between the middle of a mark and its label, at least."""
_FARTHEST = 160
_STEP = 14
"""How fine the places are that are tried."""
_REACH = _NEAR + _FARTHEST + 10.0
_LEADER_FROM = 20.0
"""A label farther away than this is tied to its mark by a line."""
_ASKEW = 0.15
"""How much farther a label seems that stands on the left, above or below: on the right it reads best."""
_OVER_LINES = 100.0
"""How much farther a label seems whose line runs over another one: it may end up in a quadrant that is not its own."""
_TOO_FAR = 150.0
"""Beyond, the eye does not find back from the label to its mark."""


@frozen(kw_only=True)
class Placed:
    """Where a label stands, and the line that ties it to its mark where it is not close by."""

    box: Box
    leader: Segment | None
    cost: float
    """How far away it seems."""


@define
class Places:
    """The room of a plot, and what of it is taken already."""

    room: Box
    _boxes: list[Box] = field(factory=list)
    _lines: list[Segment] = field(factory=list)
    _leaders: list[Segment] = field(factory=list)

    def take(self, box: Box) -> None:
        """Nothing may stand here any more."""
        self._boxes.append(box)

    def cross(self, start: Point, stop: Point) -> None:
        """Nothing may stand on this line any more."""
        self._lines.append((start, stop))

    def again(self) -> Places:
        """The same room with the same things in it, to try another way."""
        return Places(room=self.room, boxes=list(self._boxes), lines=list(self._lines), leaders=list(self._leaders))

    def find(self, at: Point, width: float, height: float) -> Placed | None:
        """The nearest free place for a label of that size; None if there is none."""
        x, y = at
        reach = Box(x=x - width - _REACH, y=y - height - _REACH, width=2 * (width + _REACH), height=2 * (height + _REACH))
        boxes = [_sides(_wide(box)) for box in self._boxes if _overlap(box, reach)]
        lines = [line for line in (*self._lines, *self._leaders) if crosses(line, reach)]
        room = (self.room.x + _CLEAR, self.room.y + _CLEAR, self.room.right - _CLEAR, self.room.bottom - _CLEAR)
        best: Placed | None = None
        for cost, across, down in _offsets(width, height):
            if cost >= (_TOO_FAR if best is None else best.cost):
                break
            left, top = x + across, y + down
            right, bottom = left + width, top + height
            if left < room[0] or top < room[1] or right > room[2] or bottom > room[3]:
                continue
            if any(left < x2 and x1 < right and top < y2 and y1 < bottom for x1, y1, x2, y2 in boxes):
                continue
            box = Box(x=left, y=top, width=width, height=height)
            if any(crosses(line, _wide(box)) for line in lines):
                continue
            if cost <= _LEADER_FROM:
                return Placed(box=box, leader=None, cost=cost)
            leader = _leader(at, box)
            if any(crosses(leader, taken) for taken in self._boxes if not _holds(taken, at)):
                continue
            if any(_meet(leader, other) for other in self._leaders):
                continue
            dear = cost + _OVER_LINES * sum(_meet(leader, other) for other in self._lines if not _starts(other, at))
            if dear < (_TOO_FAR if best is None else best.cost):
                best = Placed(box=box, leader=leader, cost=dear)
        return best

    def keep(self, placed: Placed) -> None:
        """A label stands there from now on."""
        self._boxes.append(placed.box)
        if placed.leader is not None:
            self._leaders.append(placed.leader)


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


def around(point: Point, radius: float) -> Box:
    """The square round a point."""
    x, y = point
    return Box(x=x - radius, y=y - radius, width=2 * radius, height=2 * radius)


@lru_cache(maxsize=256)
def _offsets(width: float, height: float) -> tuple[tuple[float, float, float], ...]:
    """Places for a label of that size seen from its mark: how far away each seems, and its top left; the nearest first."""
    found = []
    for left in _stops(-width, width):
        for top in _stops(-height, height):
            far = math.dist(*_leader((0.0, 0.0), Box(x=left, y=top, width=width, height=height)))
            askew = (0 if left >= 0 else 1) + abs(top + height / 2) / height
            found.append((far * (1 + _ASKEW * min(askew, 2.0)), left, top))
    return tuple(sorted(found))


def _stops(before: float, size: float) -> list[float]:
    """Where a label of that size may begin: in small steps before a mark, across it, and behind it."""
    steps = [_NEAR + step for step in range(0, _FARTHEST, _STEP)]
    return [*(before - step for step in steps), *(before + size * part / 6 for part in range(7)), *steps]


def _leader(at: Point, box: Box) -> Segment:
    """From the mark to the nearest point of the label's edge."""
    x, y = at
    return at, (min(max(x, box.x - 2), box.right + 2), min(max(y, box.y), box.bottom))


def _meet(one: Segment, other: Segment) -> bool:
    """Whether two lines cross."""

    def side(line: Segment, point: Point) -> float:
        (x1, y1), (x2, y2) = line
        return (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1)

    return side(one, other[0]) * side(one, other[1]) < 0 and side(other, one[0]) * side(other, one[1]) < 0


def _starts(line: Segment, at: Point) -> bool:
    """Whether the line runs through the mark itself, so that nothing that starts there can keep off it."""
    return crosses(line, around(at, 1.0))


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _wide(box: Box) -> Box:
    return Box(x=box.x - _CLEAR, y=box.y - _CLEAR, width=box.width + 2 * _CLEAR, height=box.height + 2 * _CLEAR)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.bottom


def _holds(box: Box, at: Point) -> bool:
    return box.x <= at[0] <= box.right and box.y <= at[1] <= box.bottom
