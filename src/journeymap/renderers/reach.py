"""How far customers get: the share of those who start that ever come to a stage or a step, and how many leave there."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve, field, frozen

from journeymap.analysis.chain import Chain, chain_of, parts, visits
from journeymap.analysis.funnels import funnel
from journeymap.errors import AnalysisError
from journeymap.model import END, START, Journey, Transition

_ROUNDING = 0.5
"""Customers that the numbers of a map may be off by."""


@frozen(kw_only=True)
class Reached:
    """How far customers get into one stage or step."""

    share: float
    """Of those who start, who ever come here."""
    left: float
    """Of those who start, who leave here without going on; 0 at an end that the journey leads to."""


def _rows(values: Iterable[Reached | None]) -> tuple[Reached | None, ...]:
    return tuple(values)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Reach:
    """The answer for each part that was asked for, None where a part holds no steps; and what it rests on."""

    rows: tuple[Reached | None, ...] = field(converter=_rows)
    n: int | None
    """How many customers start; None where the map says only shares."""
    counted: bool
    """Whether the passages that are expected are those that the map counts: else its counts do not add up, or it has none."""
    exact: bool
    """Whether each row is counted; else, where ways lead back too, it is what the shares of the ways lead to expect."""
    assumptions: tuple[str, ...] = field(converter=_texts)


def reach_of(journey: Journey, groups: Sequence[Collection[str]]) -> Reach | None:
    """How far customers get, for groups of steps in order; None where the map says neither counts nor probabilities.

    From the metrics of the kind count at each step of a plain map, or else from the counts or probabilities of the transitions.
    """
    items: list[Transition] = [data["item"] for _, _, data in journey.graph.edges(data=True)]
    if not any(way.count or way.probability is not None for way in items):
        return _from_metrics(journey, groups)
    chain = chain_of(journey)
    knots = tuple(parts(chain))
    straight = all(len(part) == 1 and part[0] not in chain.rows[part[0]] for part in knots)
    expected = visits(chain)
    if not all(map(math.isfinite, expected.values())):
        return None
    place = {step: number for number, part in enumerate(knots) for step in part}
    rows = [_reached(chain, group, expected, place) if group else None for group in groups]
    n = _starting(chain, items)
    counted = n is not None and _adds_up(chain, items, expected, n)
    return Reach(rows=rows, n=n, counted=counted, exact=straight and counted, assumptions=chain.assumptions)


def _reached(chain: Chain, group: Collection[str], expected: dict[str, float], place: Mapping[str, int]) -> Reached:
    """Who ever comes to the group: those who come in, where nobody leaves it and comes back; else those who would stay there."""
    inside = set(group)
    low, high = min(place[step] for step in group), max(place[step] for step in group)
    if all(step in inside or not low <= number <= high for step, number in place.items()):
        coming = (expected[step] * row.get(target, 0.0) for step, row in chain.rows.items() if step not in inside for target in group)
        share = math.fsum(coming) + math.fsum(chain.starts.get(step, 0.0) for step in group)
    else:
        rows = {step: {END: 1.0} if step in inside else row for step, row in chain.rows.items()}
        there = visits(evolve(chain, rows=rows))
        share = math.fsum(there[step] for step in group)
    left = math.fsum(expected[step] * chain.rows[step].get(END, 0.0) for step in group if len(chain.rows[step]) > 1)
    return Reached(share=min(share, 1.0), left=left)


def _starting(chain: Chain, items: Sequence[Transition]) -> int | None:
    """How many start: as the map counts them, or those who go on from where everybody begins."""
    counted = [way.count for way in items if way.source == START and way.count is not None]
    if not counted and len(chain.starts) == 1:
        (first,) = chain.starts
        counted = [way.count for way in items if way.source == first and way.count is not None]
    return sum(counted) or None


def _adds_up(chain: Chain, items: Sequence[Transition], expected: dict[str, float], n: int) -> bool:
    """Whether as many take each way as the map counts."""
    for way in items:
        if way.count is not None and way.source != START:
            passing = expected[way.source] * chain.rows[way.source].get(way.target, 0.0)
            if abs(passing * n - way.count) > _ROUNDING:
                return False
    return True


def _from_metrics(journey: Journey, groups: Sequence[Collection[str]]) -> Reach | None:
    try:
        found = funnel(journey)
    except AnalysisError:
        return None
    if not found.n:
        return None
    counts = [step.reached for step in found.steps]
    after = dict(zip((step.step for step in found.steps), [*counts[1:], counts[-1]], strict=True))
    reached = {step.step: step.reached for step in found.steps}
    rows: list[Reached | None] = []
    for group in groups:
        held = [step for step in reached if step in group]
        if not held:
            rows.append(None)
            continue
        rows.append(Reached(share=reached[held[0]] / found.n, left=(reached[held[0]] - after[held[-1]]) / found.n))
    return Reach(rows=rows, n=found.n, counted=True, exact=True, assumptions=())
