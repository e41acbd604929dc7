"""How far one customer got in a funnel: the attempt that gets farthest, and when it took each step.

The rules, which `funnel` repeats:

- Every occurrence of the first step may start an attempt; of the attempts that get farthest the first counts, of equal ones that
  with more optional steps.
- ``ordered``: the steps come in order, and anything may happen in between. ``strict``: nothing happens in between. ``any``: the
  steps come in any order, the attempt starts with whichever comes first, and as many steps count as are there from the first
  on without a gap.
- An attempt ends when its window has passed, and when something excluded happens.
- An optional step counts where it happens between its neighbours; without it the attempt goes on just the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from attrs import frozen

from journeymap.analysis.paths import Path

Order = Literal["ordered", "strict", "any"]


@frozen
class Plan:
    """What counts as getting through the funnel."""

    steps: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    order: Order = "ordered"
    window: timedelta | None = None

    @property
    def required(self) -> tuple[int, ...]:
        """The places of the steps that one cannot leave out."""
        return tuple(place for place, step in enumerate(self.steps) if step not in self.optional)


@frozen
class Attempt:
    """One try: where on the path each step was taken; None for a step that was not."""

    at: tuple[int | None, ...]
    start: int | None = None
    """Where on the path it began."""


def farthest(path: Path, plan: Plan) -> Attempt:
    """The attempt that gets farthest.

    >>> farthest(Path(case="anna", steps=("ad", "chat", "site", "ad")), Plan(("ad", "site", "buy"))).at
    (0, 2, None)
    """
    places: list[list[int]] = [[] for _ in plan.steps]
    index = {step: place for place, step in enumerate(plan.steps)}
    ends: list[int] = []
    for position, step in enumerate(path.steps):
        if step in index:
            places[index[step]].append(position)
        elif step in plan.exclude:
            ends.append(position)
    starts = sorted(position for found in places for position in found) if plan.order == "any" else places[plan.required[0]]
    best, most = Attempt((None,) * len(plan.steps)), (0, 0)
    for start in starts:
        limit = _limit(path.times, start, ends, plan.window, len(path.steps))
        if plan.order == "strict":
            at = _adjacent(path.steps, start, limit, plan)
        else:
            at = (_in_order if plan.order == "ordered" else _in_any_order)(places, start, limit, plan)
        reached = sum(at[place] is not None for place in plan.required)
        score = reached, sum(position is not None for position in at) - reached
        if score > most:
            best, most = Attempt(at, start), score
        if reached == len(plan.required) and score[1] == len(plan.optional):
            break
        if plan.window is None and not ends and (plan.order == "any" or (plan.order == "ordered" and not plan.optional)):
            break  # a later start finds nothing that this one does not
    return best


def _limit(times: Sequence[datetime], start: int, ends: Sequence[int], window: timedelta | None, length: int) -> int:
    """The position from which on nothing counts any more."""
    place = bisect_left(ends, start)
    limit = ends[place] if place < len(ends) else length
    return limit if window is None else bisect_right(times, times[start] + window, start, limit)


def _in_order(places: Sequence[Sequence[int]], start: int, limit: int, plan: Plan) -> tuple[int | None, ...]:
    """Each required step at its first occurrence after the one before it; optional ones between their neighbours."""
    at: list[int | None] = [None] * len(plan.steps)
    after = start
    for place in plan.required:
        found = _first(places[place], after, limit)
        if found is None:
            break
        at[place], after = found, found + 1
    bounds = [*plan.required, len(plan.steps)]
    for before, behind in pairwise(bounds):
        position = at[before]
        if position is None:
            break
        until = limit if behind == len(plan.steps) else at[behind]
        for place in range(before + 1, behind):
            found = _first(places[place], position + 1, limit if until is None else until)
            if found is not None:
                at[place] = position = found
    return tuple(at)


def _in_any_order(places: Sequence[Sequence[int]], start: int, limit: int, plan: Plan) -> tuple[int | None, ...]:
    """Whatever is there; the required steps up to the first that is not."""
    found = [_first(each, start, limit) for each in places]
    last = next((place for place in plan.required if found[place] is None), len(plan.steps))
    return tuple(position if place < last else None for place, position in enumerate(found))


def _adjacent(steps: Sequence[str], start: int, limit: int, plan: Plan) -> tuple[int | None, ...]:
    """The steps one right after the other; an optional one may be left out."""
    at: list[int | None] = [None] * len(plan.steps)
    position = start
    for place, step in enumerate(plan.steps):
        if position < limit and steps[position] == step:
            at[place], position = position, position + 1
        elif step not in plan.optional:
            break
    return tuple(at)


def _first(places: Sequence[int], after: int, limit: int) -> int | None:
    found = bisect_left(places, after)
    return places[found] if found < len(places) and places[found] < limit else None
