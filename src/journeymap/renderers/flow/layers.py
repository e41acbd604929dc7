"""A graph in layers from left to right (Sugiyama, Tagawa and Toda 1981): which slot stands where, so that few ways cross.

Each step has a layer behind the steps that lead to it; a way over several layers has a bend in each of those between. Within
the layers the slots are ordered by the barycentres of their neighbours, to and fro, and the order with the fewest crossings
is kept. Then they are set as near to their neighbours as their order and sizes allow.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import Factory, define, field

_SWEEPS = 12
_SETTLING = 10


@define(eq=False)
class Slot:
    """A place in a layer: a step, a bend of a way, or where a way leaves the row. ``y`` is its middle."""

    layer: int
    above: float
    """Room over the middle."""
    below: float
    name: str = ""
    """The id of the step; empty for bends."""
    before: list[tuple[Slot, float]] = field(default=Factory(list), repr=False)
    """Neighbours in the layer before, each with the weight of the way to it."""
    after: list[tuple[Slot, float]] = field(default=Factory(list), repr=False)
    place: int = 0
    y: float = 0.0


def join(chain: Iterable[Slot], weight: float) -> None:
    """Make the slots, one a layer, neighbours of one another."""
    for left, right in pairwise(chain):
        left.after.append((right, weight))
        right.before.append((left, weight))


def arrange(layers: Sequence[list[Slot]], *, between: float) -> None:
    """Order the slots of each layer for few crossings, and give each its ``y``, at least ``between`` from the next."""
    _number(layers)
    best, crossings = [list(layer) for layer in layers], _crossings(layers)
    for sweep in range(_SWEEPS):
        if crossings == 0:
            break
        _sweep(layers, forward=sweep % 2 == 0)
        found = _crossings(layers)
        if found < crossings:
            best, crossings = [list(layer) for layer in layers], found
    for layer, order in zip(layers, best, strict=True):
        layer[:] = order
    _number(layers)
    _settle(layers, between)


def _number(layers: Sequence[Sequence[Slot]]) -> None:
    for layer in layers:
        for place, slot in enumerate(layer):
            slot.place = place


def _sweep(layers: Sequence[list[Slot]], *, forward: bool) -> None:
    for layer in layers if forward else reversed(layers):
        centres = {}
        for slot in layer:
            beside = slot.before if forward else slot.after
            total = sum(weight for _, weight in beside)
            centres[id(slot)] = sum(other.place * weight for other, weight in beside) / total if beside else float(slot.place)
        layer.sort(key=lambda slot: (centres[id(slot)], slot.place))
        for place, slot in enumerate(layer):
            slot.place = place


def _crossings(layers: Sequence[Sequence[Slot]]) -> int:
    """How many pairs of ways cross: the inversions among the places where they end."""
    count = 0
    for layer in layers:
        ends = [place for slot in layer for place in sorted(other.place for other, _ in slot.after)]
        seen: list[int] = []
        for end in ends:
            count += len(seen) - _not_after(seen, end)
            insort(seen, end)
    return count


def _not_after(rising: list[int], end: int) -> int:
    return bisect_left(rising, end + 1)


def _settle(layers: Sequence[Sequence[Slot]], between: float) -> None:
    """Heights that keep the order and the room of each slot, and come as near to the neighbours as they can."""
    for layer in layers:
        spread(layer, [0.0] * len(layer), between=between)
    for turn in range(_SETTLING):
        forward = turn % 2 == 0
        for layer in layers if forward else reversed(layers):
            wanted = []
            for slot in layer:
                beside = (slot.before or slot.after) if forward else (slot.after or slot.before)
                total = sum(weight for _, weight in beside)
                wanted.append(sum(other.y * weight for other, weight in beside) / total if beside else slot.y)
            spread(layer, wanted, between=between)


def spread(slots: Sequence[Slot], wanted: Sequence[float], *, between: float) -> None:
    """Set the slots, in their order and none over another, with the least squares from the heights that they want.

    Where slots would stand on one another they move as a block to the mean of what they want (pool adjacent violators).
    """
    offsets = [0.0]
    for upper, lower in pairwise(slots):
        offsets.append(offsets[-1] + upper.below + between + lower.above)
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        total, size = want - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / size:
            other, count = blocks.pop()
            total, size = total + other, size + count
        blocks.append((total, size))
    place = 0
    for total, size in blocks:
        for _ in range(size):
            slots[place].y = total / size + offsets[place]
            place += 1
