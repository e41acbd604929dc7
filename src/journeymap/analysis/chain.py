"""Where customers go next, in shares: the transitions of a map as a chain, and how often each step is visited.

The rules for the shares that leave a step:

- Stated probabilities count as they stand; transitions without one share what is left. A sum above 1 is an error, a rest that
  nobody takes is drop-off (or an error, ``remainder="error"``).
- Where none is stated, counts count. Where neither is, ways of the kinds main and alternative are taken equally often, and the
  chain says so in its assumptions (``guess=False`` raises NotEnoughData instead).
- Loops and exceptions without a number are left out: nobody knows how often they are taken.
- Nothing leaving a step means that customers are done there. Entries are those of ``start``; without it, the steps to which
  nothing leads, equally.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Transition

ROW_TOLERANCE = 1e-9
Remainder = Literal["drop", "error"]
_DENSE = 1_500
_SWEEPS = 200
_TIGHT = 20
"""From so many ways a step on a chain is dense."""
_GLANCES = 3


@frozen
class Chain:
    """The steps of a map with the share of customers who go from each to each; ``end`` is outside."""

    starts: Mapping[str, float]
    """The share of customers who begin at a step."""
    rows: Mapping[str, Mapping[str, float]]
    """By step, the share that goes to each next step or to ``end``; each row sums to 1."""
    assumptions: tuple[str, ...] = ()

    @property
    def branches(self) -> bool:
        """Whether customers can go different ways."""
        return len(self.starts) > 1 or any(len(row) > 1 for row in self.rows.values())

    @property
    def leaks(self) -> bool:
        """Whether customers leave at a step from which others go on."""
        return any(END in row and len(row) > 1 for row in self.rows.values())


def chain_of(journey: Journey, *, remainder: Remainder = "drop", guess: bool = True) -> Chain:
    """The chain of a journey's touchpoints, by the rules above."""
    graph = journey.graph
    notes: list[str] = []
    rows: dict[str, dict[str, float]] = {}
    for node, following in graph.adjacency():
        if node != END:
            rows[node] = _row(node, [data["item"] for data in following.values()], remainder, guess, notes)
    starts = rows.pop(START, None) if START in graph else None
    if starts is None:
        starts = _entries(rows, guess, notes)
    return Chain(starts, rows, tuple(dict.fromkeys(notes)))


def visits(chain: Chain) -> dict[str, float]:
    """How often a customer who starts is expected at each step; infinite in a trap that nothing leaves.

    Parts of the map that loop are solved exactly up to 1,500 steps, by sweeps to twelve digits beyond.
    """
    expected = dict.fromkeys(chain.rows, 0.0)
    expected.update({step: share for step, share in chain.starts.items() if step != END})
    for part in parts(chain):
        if len(part) > 1 or part[0] in chain.rows[part[0]]:
            _settle(chain, part, expected)
        inside = set(part)
        for step in part:
            for target, share in chain.rows[step].items():
                if target != END and target not in inside and share > 0:
                    expected[target] += expected[step] * share
    return expected


def whole_row(step: str, shares: Mapping[str, float], *, remainder: Remainder = "drop") -> dict[str, float]:
    """The shares that leave a step, summing to 1: what is missing drops off to ``end``, or is an error; more than 1 is an error.

    >>> whole_row("apply", {"decision": 0.75})
    {'decision': 0.75, 'end': 0.25}
    """
    total = math.fsum(shares.values())
    row = {target: share for target, share in shares.items() if share > 0}
    if total > 1 + ROW_TOLERANCE:
        raise AnalysisError(f"the probabilities from {step!r} add up to {total:.6g}; they may not exceed 1", "ROW_SUM")
    if total >= 1 - ROW_TOLERANCE:
        return {target: share / total for target, share in row.items()}
    if remainder == "error":
        told = f"the probabilities from {step!r} add up to {total:.6g}, not to 1"
        raise AnalysisError(f"{told}; remainder='drop' takes the rest as drop-off", "ROW_SUM")
    return row | {END: row.get(END, 0.0) + 1 - total}


def _row(step: str, ways: Sequence[Transition], remainder: Remainder, guess: bool, notes: list[str]) -> dict[str, float]:
    if len(ways) == 1 and ways[0].kind == "main" and ways[0].probability is None:
        return {ways[0].target: 1.0}
    stated = [way for way in ways if way.probability is not None]
    leading = [way for way in ways if way.kind in {"main", "alternative"}]
    if stated:
        return _from_probabilities(step, stated, [way for way in leading if way.probability is None], remainder, guess, notes)
    counted = [way for way in ways if way.count]
    if counted:
        if any(way.count is None for way in leading):
            notes.append("ways without a count are not taken, where others from the same step are counted")
        total = sum(way.count or 0 for way in counted)
        return {way.target: (way.count or 0) / total for way in counted}
    if len(leading) > 1:
        _assume_equal(f"the {len(leading)} ways from {step!r} have neither probability nor count", guess, notes)
    return {way.target: 1 / len(leading) for way in leading} or {END: 1.0}


def _from_probabilities(
    step: str, stated: Sequence[Transition], others: Sequence[Transition], remainder: Remainder, guess: bool, notes: list[str]
) -> dict[str, float]:
    row = {way.target: way.probability or 0.0 for way in stated}
    rest = 1 - math.fsum(row.values())
    if others and rest > ROW_TOLERANCE:
        if len(others) > 1:
            _assume_equal(f"{len(others)} ways from {step!r} have no probability", guess, notes)
        row.update({way.target: rest / len(others) for way in others})
    return whole_row(step, row, remainder=remainder)


def _entries(rows: Mapping[str, Mapping[str, float]], guess: bool, notes: list[str]) -> dict[str, float]:
    reached = {target for row in rows.values() for target in row}
    entries = [step for step in rows if step not in reached] or list(rows)[:1]
    if len(entries) > 1:
        _assume_equal(f"{len(entries)} steps have nothing before them", guess, notes)
    return {step: 1 / len(entries) for step in entries}


def _assume_equal(given: str, guess: bool, notes: list[str]) -> None:
    if not guess:
        raise NotEnoughData("the chain of the map", given, "a probability or a count on each of them")
    notes.append("ways without probability or count are taken equally often")


def parts(chain: Chain) -> Iterator[tuple[str, ...]]:
    """The steps in an order in which everything before comes first; steps that loop among themselves come together."""
    stretches = _stretches(chain)
    tangled = {step: number for number, steps in enumerate(stretches) if len(steps) > 1 for step in steps}
    if not tangled:
        yield from ((step,) for step in chain.rows)
        return
    if _all_loop(chain.rows):
        yield tuple(chain.rows)
        return
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(tangled)
    graph.add_edges_from((step, target) for step, number in tangled.items() for target in chain.rows[step] if tangled.get(target) == number)
    found: dict[int, list[set[str]]] = {}
    for part in nx.strongly_connected_components(graph):
        found.setdefault(tangled[next(iter(part))], []).append(part)
    place = {step: index for index, step in enumerate(chain.rows)}
    for number, steps in enumerate(stretches):
        # Tarjan's algorithm gives each part after those that it leads to.
        yield from (tuple(sorted(part, key=place.__getitem__)) for part in reversed(found[number])) if len(steps) > 1 else (tuple(steps),)


def _stretches(chain: Chain) -> list[list[str]]:
    """The steps in order, cut wherever no way leads back over the cut: whatever loops lies within one stretch."""
    place = {step: index for index, step in enumerate(chain.rows)}
    back = list(range(len(place)))
    for index, row in enumerate(chain.rows.values()):
        for target in row:
            if place.get(target, index) < index:
                back[place[target]] = index
    found: list[list[str]] = []
    end = -1
    for index, step in enumerate(chain.rows):
        if index > end:
            found.append([])
        found[-1].append(step)
        end = max(end, back[index])
    return found


def _all_loop(rows: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether a dense chain is seen at a glance to lead from every step to every other; a graph of it would cost much more."""
    if sum(map(len, rows.values())) < _TIGHT * len(rows):
        return False
    first = next(iter(rows))
    reached, waiting = {first}, [first]
    while waiting:
        fresh = (rows[waiting.pop()].keys() & rows.keys()) - reached
        reached |= fresh
        waiting.extend(fresh)
    coming, late = {first}, [step for step in rows if step != first]
    for _ in range(_GLANCES):
        late, before = [], late
        for step in before:
            if rows[step].keys().isdisjoint(coming):
                late.append(step)
            else:
                coming.add(step)
    return len(reached) == len(rows) and not late


def _settle(chain: Chain, part: Sequence[str], expected: dict[str, float]) -> None:
    """Replace what flows into a looping part by how often its steps are visited."""
    inflow = [expected[step] for step in part]
    if not any(inflow):
        return
    inside = {step: index for index, step in enumerate(part)}
    if all(target in inside for step in part for target in chain.rows[step]):
        expected.update(dict.fromkeys(part, math.inf))
        return
    if any(math.isinf(flow) for flow in inflow):
        expected.update(dict.fromkeys(part, math.inf))
        return
    if len(part) <= _DENSE:
        import numpy as np

        stay = np.zeros((len(part), len(part)))
        for step, index in inside.items():
            for target, share in chain.rows[step].items():
                if target in inside:
                    stay[inside[target], index] = share
        try:
            solved = np.linalg.solve(np.eye(len(part)) - stay, np.array(inflow))
        except np.linalg.LinAlgError:  # the ways out are so narrow that binary numbers do not see them
            solved = np.full(len(part), math.inf)
        expected.update({step: float(solved[index]) for step, index in inside.items()})
        return
    _sweep(chain, part, inside, inflow, expected)


def _sweep(chain: Chain, part: Sequence[str], inside: Mapping[str, int], inflow: Sequence[float], expected: dict[str, float]) -> None:
    arriving: list[list[tuple[int, float]]] = [[] for _ in part]
    for step, index in inside.items():
        for target, share in chain.rows[step].items():
            if target in inside:
                arriving[inside[target]].append((index, share))
    flow = list(inflow)
    for _ in range(_SWEEPS):
        moved = 0.0
        for index, sources in enumerate(arriving):
            fresh = inflow[index] + sum(flow[source] * share for source, share in sources)
            moved = max(moved, abs(fresh - flow[index]))
            flow[index] = fresh
        if moved <= 1e-12 * max(flow):
            break
    else:
        raise AnalysisError(f"{len(part):,} steps loop among themselves so tightly that visits do not settle; look at a part of the map")
    expected.update({step: flow[index] for step, index in inside.items()})
