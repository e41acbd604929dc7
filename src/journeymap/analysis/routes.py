"""The ways through a map, with the share of customers who take each.

A plain map has one. Where the map branches, every way from an entry to where customers leave is listed with its share: a
step is passed at most once on a way (loops are walked past), and whoever drops out ends there. With a persona, steps that
only others meet are passed over, and a branch that leads to one is taken only where no other is open.

Beyond 1,000 ways a seeded sample of them stands for all, each with the same share, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from random import Random

from attrs import frozen

from journeymap.analysis.chain import Chain, chain_of
from journeymap.model import END, Journey

MOST_ROUTES = 1_000
_MOST_STEPS = 500_000
_MOST_DRAWN = 150_000
"""So many steps are walked at random at most, so that few ways stand for all of a very long map; the answer says how many."""


@frozen
class Route:
    """One way through the map."""

    share: float
    """The share of customers who take it; those of all routes sum to 1."""
    steps: tuple[str, ...]
    """The ids of the touchpoints, in order."""


@frozen
class Routes:
    """All ways through the map, the most taken first."""

    routes: tuple[Route, ...]
    sampled: bool = False
    assumptions: tuple[str, ...] = ()


def routes_of(journey: Journey, *, persona: str | None = None, seed: int = 0, chain: Chain | None = None) -> Routes:
    """The ways through a journey, for all customers or one persona; ``chain`` is its own, where the caller has it already."""
    met = {touchpoint.id for touchpoint in journey.touchpoints if persona is None or touchpoint.meets(persona)}
    if not journey.transitions:
        steps = tuple(touchpoint.id for touchpoint in journey.touchpoints if touchpoint.id in met)
        return Routes((Route(1.0, steps),) if steps else ())
    chain = chain or chain_of(journey)
    walker = _Walker(chain, met)
    found, sampled = walker.every(), False
    if found is None:
        found, sampled = walker.some(seed), True
    merged: dict[tuple[str, ...], float] = {}
    for share, steps in found:
        merged[steps] = merged.get(steps, 0.0) + share
    merged.pop((), None)
    total = sum(merged.values())
    ordered = sorted(merged.items(), key=lambda item: (-item[1], item[0]))
    notes = chain.assumptions
    if len(ordered) > 1:
        notes = (*notes, "on one way a step is passed at most once")
    if sampled:
        notes = (*notes, f"{len(found):,} ways drawn at random (seed {seed}) stand for more than {MOST_ROUTES:,}")
    return Routes(tuple(Route(share / total, steps) for steps, share in ordered), sampled, notes)


class _Walker:
    """Walks the chain, one way at a time."""

    def __init__(self, chain: Chain, met: set[str]) -> None:
        self._chain = chain
        self._met = met
        self._place = {step: index for index, step in enumerate(chain.rows)}
        single = {step: next(iter(row)) for step, row in chain.rows.items() if len(row) == 1}
        self._onward = {step: target for step, target in single.items() if self._is_onward(step, target)}

    def every(self) -> list[tuple[float, tuple[str, ...]]] | None:
        """Every way with its share; None if there are too many to list."""
        found: list[tuple[float, tuple[str, ...]]] = []
        walked = 0
        open_ways: list[tuple[float, str, tuple[str, ...]]] = [(share, step, ()) for step, share in self._open(self._chain.starts, ())]
        while open_ways:
            share, step, before = open_ways.pop()
            way, farthest = list(before), max((self._place[gone] for gone in before), default=-1)
            passed = set(before)
            while step != END:
                way.append(step)
                passed.add(step)
                walked += 1
                if walked > _MOST_STEPS or len(found) + len(open_ways) > MOST_ROUTES:
                    return None
                if self._place[step] >= farthest:
                    farthest = self._place[step]
                    if step in self._onward:
                        step = self._onward[step]
                        continue
                (step, first), *others = self._next(step, passed, farthest)
                if others:
                    kept = tuple(way)
                    walked += len(kept) * len(others)
                    open_ways.extend((share * other, target, kept) for target, other in others)
                share *= first
            found.append((share, tuple(step for step in way if step in self._met)))
        return found

    def some(self, seed: int) -> list[tuple[float, tuple[str, ...]]]:
        """A sample of ways, as customers would take them."""
        random = Random(seed)  # noqa: S311  a repeatable sample, not a secret
        found: list[tuple[float, tuple[str, ...]]] = []
        walked = 0
        while len(found) < MOST_ROUTES and (walked < _MOST_DRAWN or not found):
            way: list[str] = []
            passed: set[str] = set()
            farthest = -1
            step = _drawn(self._open(self._chain.starts, ()), random)
            while step != END:
                way.append(step)
                passed.add(step)
                if self._place[step] >= farthest:
                    farthest = self._place[step]
                    if step in self._onward:
                        step = self._onward[step]
                        continue
                step = _drawn(self._next(step, passed, farthest), random)
            walked += len(way)
            found.append((1.0, tuple(step for step in way if step in self._met)))
        return found

    def _is_onward(self, step: str, target: str) -> bool:
        """Whether a step leads only forwards in the order of the map, where nothing has been passed yet."""
        return target == END or self._place[target] > self._place[step]

    def _next(self, step: str, passed: Collection[str], farthest: int) -> list[tuple[str, float]]:
        row = self._chain.rows[step]
        if all(target == END or self._place[target] > farthest for target in row):
            return self._open(row, ())
        return self._open(row, passed)

    def _open(self, row: Mapping[str, float], passed: Collection[str]) -> list[tuple[str, float]]:
        """Where one can go from here, with shares that sum to 1: nowhere twice, and rather to steps that the persona meets."""
        fresh = [(target, share) for target, share in row.items() if target not in passed]
        preferred = [(target, share) for target, share in fresh if target == END or target in self._met]
        ways = preferred if any(target != END for target, _ in preferred) else fresh
        total = sum(share for _, share in ways)
        return [(target, share / total) for target, share in ways] if total > 0 else [(END, 1.0)]


def _drawn(ways: Sequence[tuple[str, float]], random: Random) -> str:
    if len(ways) == 1:
        return ways[0][0]
    return random.choices([target for target, _ in ways], weights=[share for _, share in ways])[0]
