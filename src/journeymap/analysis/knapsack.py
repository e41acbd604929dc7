"""Choosing what fits: the most value within a capacity, where nothing comes without what it requires."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import fsum
from typing import Protocol, TypeVar

TINY = 1e-9
"""What sums of efforts may be off by."""
_LOW_HALF = 13


class Choice(Protocol):
    """What can be chosen."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def value(self) -> float:
        """What it is worth."""

    @property
    def effort(self) -> float:
        """What it takes."""

    @property
    def requires(self) -> tuple[str, ...]:
        """The ids of what has to come with it, or has come before."""


C = TypeVar("C", bound=Choice)


def best(candidates: Sequence[C], placed: Collection[str], capacity: float) -> list[C]:
    """The best choice, by comparing every one: all subsets of the first half, against each subset of the second."""
    import numpy as np

    place = {item.id: index for index, item in enumerate(candidates)}
    needs = [sum(1 << place[required] for required in set(item.requires) if required not in placed) for item in candidates]
    half = min(_LOW_HALF, len(candidates))
    masks = np.arange(1 << half)
    effort, value, allowed = np.zeros(len(masks)), np.zeros(len(masks)), np.ones(len(masks), dtype=bool)
    for index in range(half):
        chosen = (masks >> index) & 1 == 1
        effort += np.where(chosen, candidates[index].effort, 0.0)
        value += np.where(chosen, candidates[index].value, 0.0)
        allowed &= ~chosen | (masks & needs[index] == needs[index])
    allowed &= effort <= capacity + TINY
    masks, effort, value = masks[allowed], effort[allowed], value[allowed]
    leader = (0.0, 0.0, 0)
    low_bits = (1 << half) - 1
    for upper in range(1 << (len(candidates) - half)):
        picked = [index for index in range(half, len(candidates)) if upper >> (index - half) & 1]
        mask = upper << half
        need = 0
        for index in picked:
            need |= needs[index]
        spent, won = fsum(candidates[k].effort for k in picked), fsum(candidates[k].value for k in picked)
        if need >> half & ~upper or spent > capacity + TINY:
            continue
        fits = np.flatnonzero((masks & need & low_bits == need & low_bits) & (effort + spent <= capacity + TINY))
        if not len(fits):
            continue
        top = value[fits].max()
        tied = fits[value[fits] >= top - TINY]
        pick = tied[effort[tied].argmin()]
        found = (won + float(value[pick]), -(spent + float(effort[pick])), mask | int(masks[pick]))
        if found[0] > leader[0] + TINY or (abs(found[0] - leader[0]) <= TINY and found[1] > leader[1] + TINY):
            leader = found
    return [item for index, item in enumerate(candidates) if leader[2] >> index & 1]


def greedy(candidates: Sequence[C], placed: Collection[str], capacity: float) -> list[C]:
    """The best value for effort first, each together with what it still requires."""
    named = {item.id: item for item in candidates}
    taken: dict[str, C] = {}
    left = capacity

    def with_required(item: C) -> list[C]:
        if not item.requires:
            return [] if item.id in taken else [item]
        found: dict[str, C] = {}
        open_items = [item]
        while open_items:
            one = open_items.pop()
            if one.id not in found and one.id not in taken:
                found[one.id] = one
                open_items.extend(named[required] for required in one.requires if required not in placed)
        return list(found.values())

    def rate(item: C) -> float:
        group = with_required(item)
        effort = fsum(one.effort for one in group)
        value = fsum(one.value for one in group)
        return value / effort if effort > 0 else float("inf")

    for item in sorted(candidates, key=lambda item: (-rate(item), item.id)):
        group = with_required(item)
        effort = fsum(one.effort for one in group)
        if group and effort <= left + TINY:
            taken.update({one.id: one for one in group})
            left -= effort
    return [item for item in candidates if item.id in taken]


def relaxed(candidates: Sequence[C], capacity: float) -> float:
    """The most value that could be thought of: without requirements, and with the last idea taken in part."""
    value, left = 0.0, capacity
    for item in sorted(candidates, key=lambda item: -(item.value / item.effort if item.effort else float("inf"))):
        part = 1.0 if item.effort <= left else left / item.effort
        value += part * item.value
        left -= part * item.effort
        if part < 1:
            break
    return value
