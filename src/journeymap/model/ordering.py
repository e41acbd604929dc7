"""Orders compared and merged: which items moved, and where all of them go when two people moved some."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

MOST_IN_ONE_GAP = 1_000
"""Pairs are compared one by one where many items moved to one place; more than this is an order of its own, and a conflict."""


def moved(before: Sequence[T], after: Sequence[T]) -> list[T]:
    """The fewest items that have to move so that one order becomes the other, both of the same items, none twice.

    They are those outside a longest rising subsequence (Schensted 1961), in the new order.

    >>> moved("abcde", "bcdae")
    ['a']
    """
    if before == after:
        return []
    place = {item: number for number, item in enumerate(before)}
    tops: list[int] = []
    """By length, the lowest place at which a rising subsequence of that length ends."""
    lengths = []
    for item in after:
        length = bisect_left(tops, place[item])
        tops[length : length + 1] = [place[item]]
        lengths.append(length)
    wanted, kept = len(tops) - 1, set()
    for item, length in zip(reversed(after), reversed(lengths), strict=True):
        if length == wanted:
            kept.add(item)
            wanted -= 1
    return [item for item in after if item not in kept]


def merged_order(base: Sequence[T], ours: Sequence[T], theirs: Sequence[T], *, stay: Iterable[T]) -> list[T] | None:
    """The order of the items that stay, in which what each side moved stands where that side put it; None if the two contradict.

    ``stay`` are some of the items of ours and theirs. What only one side has follows its neighbour there, ours before theirs.
    """
    staying = set(stay)
    here, there = [item for item in ours if item in staying], [item for item in theirs if item in staying]
    common = set(here) & set(there)
    order = _common_order(*([item for item in side if item in common] for side in (base, here, there)))
    return None if order is None else interleaved(order, here, there)


def interleaved(common: Iterable[T], ours: Iterable[T], theirs: Iterable[T]) -> list[T]:
    """The common items in that order, each followed by what only ours, then by what only theirs, has behind it."""
    head: list[T] = []
    behind: dict[T, list[T]] = {item: [] for item in common}
    for side in (ours, theirs):
        follows = head
        for item in side:
            if item in behind:
                follows = behind[item]
            else:
                follows.append(item)
    return head + [found for item, followers in behind.items() for found in (item, *followers)]


def _common_order(base: list[T], ours: list[T], theirs: list[T]) -> list[T] | None:
    """The merged order of items that both sides have; base has those of them that are not new."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    known = set(base)
    old_ours, old_theirs = [item for item in ours if item in known], [item for item in theirs if item in known]
    loose = {*moved(base, old_ours), *moved(base, old_theirs), *(item for item in ours if item not in known)}
    fixed = [item for item in base if item not in loose]
    gaps: list[list[T]] = [[] for _ in range(len(fixed) + 1)]
    before, here, there = (_gaps(side, loose) for side in (base, ours, theirs))
    for item in (item for item in ours if item in loose):
        ends = {here[item], there[item]} - ({before[item]} if item in before and here[item] != there[item] else set())
        if len(ends) > 1:
            return None
        gaps[ends.pop()].append(item)
    places = [{item: number for number, item in enumerate(side)} for side in (base, ours, theirs)]
    found: list[T] = []
    for number, gap in enumerate(gaps):
        ordered = gap if len(gap) < 2 else _settled(gap, *places)
        if ordered is None:
            return None
        found += [*ordered, *fixed[number : number + 1]]
    return found if _turned(old_ours, places[0], found) and _turned(old_theirs, places[0], found) else None


def _turned(side: Sequence[T], base: dict[T, int], found: Sequence[T]) -> bool:
    """Whether neighbours that one side turned round are so in the result too: where both moved one item, that may fail."""
    place = {item: number for number, item in enumerate(found)}
    return all(place[one] < place[other] for one, other in pairwise(side) if base[one] > base[other])


def _gaps(order: Iterable[T], loose: set[T]) -> dict[T, int]:
    """Behind how many of the items that stay put each loose item stands."""
    found, passed = {}, 0
    for item in order:
        if item in loose:
            found[item] = passed
        else:
            passed += 1
    return found


def _settled(gap: list[T], base: dict[T, int], ours: dict[T, int], theirs: dict[T, int]) -> list[T] | None:
    """The items of one gap in the order on which the sides agree pair by pair: a side that turned a pair round has its way."""
    if len(gap) > MOST_IN_ONE_GAP:
        return None
    rank = dict.fromkeys(gap, 0)
    for number, one in enumerate(gap):
        for other in gap[number + 1 :]:
            first = ours[one] < ours[other]
            if first != (theirs[one] < theirs[other]):
                if one not in base or other not in base:
                    return None
                first = base[one] > base[other]
            rank[other if first else one] += 1
    return sorted(gap, key=rank.__getitem__) if len(set(rank.values())) == len(gap) else None
