"""Labels put beside their marks so that none stands on another, on a mark or on a line: greedy, nearest place first."""

from __future__ import annotations

import math

from attrs import define, field, frozen

from journeymap.scene.shapes import Box

Point = tuple[float, float]
Segment = tuple[Point, Point]

_CLEAR = 5.0
"""White round a label."""
_NEAR = 13.0
"""Between the middle of a mark and its label, at least."""
_FARTHEST = 170
_STEP = 11
"""How fine the places are that are tried."""
_LEADER_FROM = 20.0
"""A label farther away than this is tied to its mark by a line."""
_ASKEW = 0.15
"""How much farther a label seems that stands on the left, above or below: on the right it reads best."""
_OVER_LINES = 40.0
"""How much farther a label seems whose line runs over another one."""


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
        best: tuple[float, Placed] | None = None
        for cost, box in _around(at, width, height):
            if best is not None and cost >= best[0]:
                break
            leader = _leader(at, box)
            if not self._free(box) or not self._clear(leader, at):
                continue
            if cost <= _LEADER_FROM:
                best = cost, Placed(box=box, leader=None, cost=cost)
                break
            if any(_meet(leader, other) for other in self._leaders):
                continue
            dear = cost + _OVER_LINES * sum(_meet(leader, other) for other in self._lines if not _starts(other, at))
            if best is None or dear < best[0]:
                best = dear, Placed(box=box, leader=leader, cost=dear)
        return None if best is None else best[1]

    def keep(self, placed: Placed) -> None:
        """A label stands there from now on."""
        self._boxes.append(placed.box)
        if placed.leader is not None:
            self._leaders.append(placed.leader)

    def _free(self, box: Box) -> bool:
        wide = Box(x=box.x - _CLEAR, y=box.y - _CLEAR, width=box.width + 2 * _CLEAR, height=box.height + 2 * _CLEAR)
        inside = wide.x >= self.room.x and wide.y >= self.room.y and wide.right <= self.room.right and wide.bottom <= self.room.bottom
        if not inside or any(_overlap(wide, taken) for taken in self._boxes):
            return False
        return not any(crosses(line, wide) for line in (*self._lines, *self._leaders))

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


def around(point: Point, radius: float) -> Box:
    """The square round a point."""
    x, y = point
    return Box(x=x - radius, y=y - radius, width=2 * radius, height=2 * radius)


def _around(at: Point, width: float, height: float) -> list[tuple[float, Box]]:
    """Places for a label round a mark, each with how far away it seems; the nearest first."""
    x, y = at
    found = []
    for left in _stops(x - width, x, width):
        for top in _stops(y - height, y, height):
            box = Box(x=left, y=top, width=width, height=height)
            far = math.dist(*_leader(at, box))
            askew = (0 if left >= x else 1) + abs(top + height / 2 - y) / height
            found.append((far * (1 + _ASKEW * min(askew, 2.0)), box))
    return sorted(found, key=lambda one: (one[0], one[1].y, one[1].x))


def _stops(before: float, behind: float, size: float) -> list[float]:
    """Where a label of that size may begin: in small steps before a mark, across it, and behind it."""
    steps = [_NEAR + step for step in range(0, _FARTHEST, _STEP)]
    across = [before + size * part / 6 for part in range(7)]
    return [*(before - step for step in steps), *across, *(behind + step for step in steps)]


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


def _holds(box: Box, at: Point) -> bool:
    return box.x <= at[0] <= box.right and box.y <= at[1] <= box.bottom
