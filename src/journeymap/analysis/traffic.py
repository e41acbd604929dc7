"""Which steps carry the traffic (B3)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar

import networkx as nx
import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import Remainder
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.model import END

MOST_FOR_BETWEENNESS = 2_000
_MOST_WALKED = 5_000_000
"""Steps times ways, which is what betweenness takes."""


@frozen(kw_only=True)
class StepTraffic:
    """How much passes one step."""

    id: str
    name: str
    visits: float | None
    """How often a customer who starts is expected here; infinite in a trap, None where nobody says where customers start."""
    passed: float | None
    """The share of customers who come here at all."""
    passed_if_converted: float | None
    """Of those who reach the goal, the share who come here; None without a goal that somebody reaches."""
    betweenness: float | None
    """On how many of the likeliest ways between two other steps it lies, 0 to 1; None on nets too large for it."""


@frozen(kw_only=True)
class Criticality(Result):
    """The steps by their traffic; the value is the expected visits of the first."""

    analysis: ClassVar[str] = "criticality"
    subject: ClassVar[str] = "The traffic of the busiest step"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "steps"

    steps: tuple[StepTraffic, ...]
    """Those that most of the converting customers pass first, then by visits, ties by the id."""
    goals: tuple[str, ...]

    def _told(self) -> str:
        first = self.steps[0]
        told = f"The step that carries most is {first.name!r}: a customer who starts comes there {amount(first.visits, 'times')} on average"
        if first.passed_if_converted is not None:
            told += f"; {percent(first.passed_if_converted)} of those who reach the goal pass it"
        return told


def criticality(
    data: ChainData | Iterable[tuple[str, str]] | Mapping[str, Iterable[str]],
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    strict: bool = False,
) -> Criticality:
    """Which steps carry the traffic?

    Expected visits N[start, j] of the absorbing chain; the share who come to j at all, N[start, j] / N[j, j]; the same among those
    who reach the goal, times h_j / h_start with h the chance of the goal; and betweenness on the likeliest ways (Brandes, cost
    -log p, so that a cost is never a probability), of shares of the pairs of other steps: 0 with fewer than three. On nets of more than
    2,000 steps, or of more than 5 million steps times ways, betweenness is left out, and the answer says so.

    Sources: Brandes (2001); Kemeny & Snell (1960).

    >>> found = criticality({"ad": {"site": 0.5, "end": 0.5}, "site": {"buy": 0.2, "end": 0.8}}, goal="buy", start="ad")
    >>> [(step.id, step.visits, step.passed_if_converted) for step in found.steps]
    [('ad', 1.0, 1.0), ('site', 0.5, 1.0)]
    """
    table = _of_links(data)
    markov = markov_of(data if table is None else table, question="criticality", goal=goal, start=start, remainder=remainder)
    between = _betweenness(markov, hops=table is not None)
    notes = (*markov.chain.assumptions, "the next step depends on the present one alone")
    if table is not None:
        notes = (*notes, "ways without a share are taken equally often, and betweenness counts steps")
    if between is None:
        notes = (*notes, f"betweenness is left out: more than {MOST_FOR_BETWEENNESS:,} steps, or too many ways between them")
    steps, trap = _traffic(markov, between)
    ordered = sorted(steps, key=lambda step: (-(step.passed_if_converted or 0.0), -(step.visits or 0.0), step.id))
    value = ordered[0].visits if ordered else None
    result = Criticality(
        value=value,
        unit="visits",
        n=len(steps),
        method="absorbing Markov chain; betweenness on the likeliest ways",
        assumptions=notes,
        warnings=(*markov.warnings, *trap),
        reason="" if value is not None else "nobody says where customers start",
        steps=tuple(ordered),
        goals=markov.goals,
    )
    return sealed(result, strict=strict, inputs=markov.inputs)


def _traffic(markov: Markov, between: dict[str, float] | None) -> tuple[list[StepTraffic], tuple[Caution, ...]]:
    solved = markov.solved()
    width, ends = len(solved.steps), len(solved.ends)
    at_ends = np.array([end in markov.goals for end in solved.ends], dtype=np.float64).reshape(ends, 1, 1)
    chance = np.minimum(solved.backward(np.zeros((1, 1, 1)), at_ends)[:, 0, 0], 1.0)
    starting = np.zeros((width + ends, 1, 1))
    for state, share in markov.chain.starts.items():
        starting[solved.place[state], 0, 0] = share
    visits = solved.forward(starting)[:, 0, 0]
    back = solved.returns()[:, 0]
    whole = float(starting[:width, 0, 0] @ chance + starting[width:, 0, 0] @ at_ends[:, 0, 0])
    known = bool(markov.chain.starts)
    found = []
    for place, step in enumerate(solved.steps):
        often, again = float(visits[place]), float(back[place])
        trapped = bool(solved.trapped[place])
        passed = None if trapped or not known else min(1.0, often / again)
        converted = None
        if known and whole > 0:
            converted = 0.0 if trapped else min(1.0, often / again * float(chance[place]) / whole)
        found.append(
            StepTraffic(
                id=step,
                name=markov.name(step),
                visits=often if known else None,
                passed=passed,
                passed_if_converted=converted,
                betweenness=None if between is None else between.get(step, 0.0),
            )
        )
    trapped_steps = [markov.name(step) for step, caught in zip(solved.steps, solved.trapped.tolist(), strict=True) if caught]
    trap = (caution("TRAP", f"nothing leads on from {', '.join(repr(name) for name in trapped_steps[:3])}"),) if trapped_steps else ()
    return found, trap


def _of_links(data: object) -> dict[str, dict[str, float]] | None:
    """Equal shares, where the data say only what leads to what: pairs, or the next steps by step. None where they say more."""
    following: dict[str, dict[str, None]] = {}
    if isinstance(data, Mapping):
        if not all(isinstance(after, list | tuple) for after in data.values()):
            return None
        following = {str(source): {str(target): None for target in after} for source, after in data.items() if after}
    elif isinstance(data, list | tuple) and all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in data):
        for source, target in data:
            if not isinstance(source, str):
                return None
            following.setdefault(source, {})[str(target)] = None
    if not following:
        return None
    return {source: dict.fromkeys(targets, 1 / len(targets)) for source, targets in following.items()}


def _betweenness(markov: Markov, *, hops: bool) -> dict[str, float] | None:
    rows = markov.chain.rows
    if len(rows) > MOST_FOR_BETWEENNESS or len(rows) * sum(map(len, rows.values())) > _MOST_WALKED:
        return None
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(markov.chain.rows)
    for step, row in markov.chain.rows.items():
        for target, share in row.items():
            if share > 0 and target != END:
                graph.add_edge(step, target, cost=1.0 if hops else -math.log(share))
    return dict(nx.betweenness_centrality(graph, weight="cost"))
