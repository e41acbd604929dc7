"""What a customer did laid beside a plan, so that as much as possible matches: the cheapest way to turn one into the other.

Only leaving out and adding count, one each; so a swap costs 2. A plan is a line of steps, or a web of ways of which the cheapest
is chosen. Of equally cheap alignments the one that matches earlier steps of the plan is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from math import inf
from typing import TypeAlias

from attrs import field, frozen

MOST_PAIRS = 2_000_000
"""So many pairs of an equal planned and actual step are looked at for one path."""
MOST_PLACES = 200_000
"""So many places (a step of the plan, a place on the path) are looked at for one path through a web."""

Move: TypeAlias = tuple[str | None, int | None]
"""The planned step and the place of the actual one; None for the planned step where something was added, for the place where left out."""


@frozen
class Line:
    """A plan without choices."""

    steps: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found: dict[str, list[int]] = {}
        for place, step in enumerate(self.steps):
            found.setdefault(step, []).append(place)
        object.__setattr__(self, "places", {step: tuple(places) for step, places in found.items()})

    @property
    def shortest(self) -> int:
        """How many steps the plan has."""
        return len(self.steps)


@frozen
class Web:
    """A plan with choices."""

    following: Mapping[str, Sequence[str]]
    entries: tuple[str, ...]
    ends: frozenset[str]
    shortest: int
    """How many steps its shortest way has."""


Planned: TypeAlias = Line | Web


def aligned(plan: Planned, steps: Sequence[str]) -> tuple[Move, ...] | None:
    """The moves of a cheapest alignment, in order; None where it would take too long to find.

    >>> aligned(Line(("ad", "site", "buy")), ["ad", "chat", "buy"])
    (('ad', 0), ('site', None), (None, 1), ('buy', 2))
    """
    return _along(plan, steps) if isinstance(plan, Line) else _through(plan, steps)


def shortest_way(following: Mapping[str, Sequence[str]], entries: Sequence[str], ends: frozenset[str]) -> int | None:
    """How many steps the shortest way from an entry to an end has; None if there is none."""
    seen = set(entries)
    rank, length = list(entries), 1
    while rank:
        if any(step in ends for step in rank):
            return length
        fresh = dict.fromkeys(target for step in rank for target in following[step] if target not in seen)
        seen.update(fresh)
        rank, length = list(fresh), length + 1
    return None


def _along(plan: Line, steps: Sequence[str]) -> tuple[Move, ...] | None:
    """The longest common subsequence, as the longest rising run of places in the plan (Hunt & Szymanski 1977)."""
    places = plan.places
    if sum(len(places.get(step, ())) for step in steps) > MOST_PAIRS:
        return None
    tails: list[int] = []
    links: list[tuple[int, int, int]] = []
    ends: list[int] = []
    for position, step in enumerate(steps):
        for place in reversed(places.get(step, ())):
            rank = bisect_left(tails, place)
            links.append((place, position, ends[rank - 1] if rank else -1))
            if rank == len(tails):
                tails.append(place)
                ends.append(len(links) - 1)
            elif place < tails[rank]:
                tails[rank] = place
                ends[rank] = len(links) - 1
    matched: list[tuple[int, int]] = []
    link = ends[-1] if ends else -1
    while link >= 0:
        place, position, link = links[link]
        matched.append((place, position))
    moves: list[Move] = []
    next_place = next_position = 0
    for place, position in [*reversed(matched), (len(plan.steps), len(steps))]:
        moves += [(step, None) for step in plan.steps[next_place:place]]
        moves += [(None, extra) for extra in range(next_position, position)]
        if place < len(plan.steps):
            moves.append((plan.steps[place], position))
        next_place, next_position = place + 1, position + 1
    return tuple(moves)


_Place: TypeAlias = tuple[str, int]
_BEGIN = ""


def _through(plan: Web, steps: Sequence[str]) -> tuple[Move, ...] | None:
    """The cheapest way through the product of plan and path: nothing to pay where both go on, 1 where only one does."""
    planned = [position for position, step in enumerate(steps) if step in plan.following]
    kept = [steps[position] for position in planned]
    begin: _Place = (_BEGIN, 0)
    came: dict[_Place, tuple[_Place, Move]] = {}
    cost = {begin: 0}
    done: set[_Place] = set()
    open_places = deque([begin])
    final: _Place | None = None
    while open_places:
        here = open_places.popleft()
        if here in done:
            continue
        done.add(here)
        step, position = here
        if position == len(kept) and step in plan.ends:
            final = here
            break
        if len(done) > MOST_PLACES:
            return None
        paid = cost[here]
        onward = plan.entries if step == _BEGIN else plan.following[step]
        ways: list[tuple[_Place, Move, int]] = []
        if position < len(kept) and kept[position] in onward:
            ways.append(((kept[position], position + 1), (kept[position], position), 0))
        ways += [((target, position), (target, None), 1) for target in onward]
        if position < len(kept):
            ways.append(((step, position + 1), (None, position), 1))
        for there, move, price in ways:
            if there not in done and paid + price < cost.get(there, inf):
                cost[there] = paid + price
                came[there] = here, move
                (open_places.append if price else open_places.appendleft)(there)
    if final is None:
        return None
    moves: list[Move] = []
    while final != begin:
        final, move = came[final]
        moves.append(move)
    return _with_unplanned(moves[::-1], planned, len(steps))


def _with_unplanned(moves: Sequence[Move], planned: Sequence[int], length: int) -> tuple[Move, ...]:
    """The moves with the places of the whole path, and with the steps that the plan does not know."""
    found: list[Move] = []
    following = 0
    for step, place in moves:
        if place is not None:
            found += [(None, extra) for extra in range(following, planned[place])]
            following = planned[place] + 1
            found.append((step, planned[place]))
        else:
            found.append((step, None))
    return (*found, *((None, extra) for extra in range(following, length)))
