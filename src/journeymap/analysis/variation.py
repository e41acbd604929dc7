"""In how many ways customers go (G4), and what they do again (G2)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.markov import markov_of
from journeymap.analysis.matrices import transition_matrix
from journeymap.analysis.paths import PathData, Paths, paths_of
from journeymap.analysis.result import Level, Result, amount, number_of, percent, sealed
from journeymap.errors import NotEnoughData
from journeymap.model import Journey

COVERED = 0.8


@frozen(kw_only=True)
class Variant:
    """One way of going, and how many go it."""

    steps: tuple[str, ...]
    count: int
    share: float
    interval: Interval | None
    cumulative: float
    """The share that this way and the more frequent ones cover together."""


@frozen(kw_only=True)
class Variants(Result):
    """The ways that customers go, the most frequent first; the value is how many cover 80 % of customers."""

    analysis: ClassVar[str] = "variants"
    subject: ClassVar[str] = "The number of ways that cover most customers"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "variants"

    variants: tuple[Variant, ...]
    """All of them, or the most frequent of a log."""
    distinct: int
    """How many there are, whether they stand here or not."""
    cut: float
    """The share that is to be covered."""
    entropy: float | None
    """How unforeseeable a customer's way is, in bits."""
    normalised_by_customers: float | None
    """Entropy / log2(customers): 1 where each goes a way of their own; None for a single customer."""
    normalised_by_variants: float | None
    """Entropy / log2(variants): 1 where all ways are equally frequent; None for a single way."""

    def _told(self) -> str:
        top = self.variants[0]
        way = " > ".join(top.steps[:6]) + (" > ..." if len(top.steps) > 6 else "")
        return (
            f"{self.distinct:,} different ways occur, and {amount(self.value)} of them cover {percent(self.cut)} of customers; "
            f"the most frequent ({way}) is that of {percent(top.share)}"
        )


def variants(data: PathData, *, cut: float = COVERED, level: float = LEVEL, strict: bool = False) -> Variants:
    """In how many different ways do customers go?

    A variant is a whole path, step by step. Counts and shares with Wilson intervals, the cumulative share, the smallest number of
    variants that cover ``cut`` of the customers, and the entropy H = -sum(p log2 p) in bits, normalised by log2 of the number of
    customers and by log2 of the number of variants. Sorted by count, then by steps.

    Unit: variants. No customers give None with the reason; a normalised entropy is None where there is one customer, or one variant.

    >>> found = variants({("ad", "site"): 3, ("site",): 1})
    >>> [(variant.steps, variant.share) for variant in found.variants], round(found.entropy, 4)
    ([(('ad', 'site'), 0.75), (('site',), 0.25)], 0.8113)
    """
    check_level(level)
    cut = number(cut, what="cut", low=0, high=1)
    paths = paths_of(data, question="variants")
    counts: Counter[tuple[str, ...]] = Counter()
    for path in paths.paths:
        counts[path.steps] += path.count
    n = paths.n
    rows: list[Variant] = []
    so_far, needed = 0, None
    for steps, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        so_far += count
        share = Variant(steps=steps, count=count, share=count / n, interval=wilson(count, n, level=level), cumulative=so_far / n)
        rows.append(share)
        if needed is None and so_far / n >= cut - 1e-12:
            needed = len(rows)
    entropy = max(0.0, -math.fsum(row.share * math.log2(row.share) for row in rows)) if rows else None
    result = Variants(
        value=needed,
        reason="" if rows else "there are no customers",
        unit="variants",
        n=n,
        method=f"distinct paths; the smallest number whose cumulative share reaches {percent(cut)}",
        assumptions=paths.assumptions,
        warnings=small_n(n, what="customers") if n else (),
        variants=tuple(rows),
        distinct=len(rows),
        cut=cut,
        entropy=entropy,
        normalised_by_customers=None if entropy is None or n < 2 else entropy / math.log2(n),
        normalised_by_variants=None if entropy is None or len(rows) < 2 else entropy / math.log2(len(rows)),
    )
    return sealed(result, strict=strict, inputs=(paths.inputs, cut, level))


@frozen(kw_only=True)
class Repeat:
    """What is done again at one step."""

    id: str
    cases: int | None
    """How many customers came here; None on a map."""
    repeated: int | None
    """How many of them came more than once."""
    share: float | None
    """Of those who came."""
    interval: Interval | None
    again: int | None
    """How many times it was done beyond the first, over all customers."""
    self_loops: int | None
    """How often it was done twice or more in a row."""
    self_loop_size: float | None
    """How many repeats such a row holds, on average; None where there is none."""
    returns: float
    """How often a customer who is here is expected back, N_jj - 1 of the chain."""


@frozen(kw_only=True)
class Rework(Result):
    """What is done again; the value is the share of customers who do anything again, or on a map the expected repeats."""

    analysis: ClassVar[str] = "rework"
    subject: ClassVar[str] = "The share of customers who do something again"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "repeats"

    repeats: tuple[Repeat, ...]
    """By step: those most repeated first."""

    def _told(self) -> str:
        top = self.repeats[0]
        if top.repeated is None and not self.value:
            return "No step is expected to be done again"
        if top.repeated is None:
            return (
                f"A customer is expected to do {amount(self.value, 'steps')} again; most at {top.id!r} ({amount(top.returns, 'returns')})"
            )
        told = f"{percent(self.value)} of customers do something again"
        return f"{told}, most often {top.id!r} ({number_of(top.repeated, 'customers')})" if top.repeated else told


def rework(data: Journey | PathData, *, level: float = LEVEL, strict: bool = False) -> Rework:
    """What do customers have to do again?

    For each activity: how many customers came, and how many more than once, with the Wilson interval of that share; how often it was
    done beyond the first time; how often in a row, and how many repeats such a row holds; and the expected returns N_jj - 1 of the
    absorbing chain of the same transitions. On a map there are only the expected returns, and the value is how many repeats a
    customer is expected to make. Sorted by customers who repeat, then by repeats (on a map by returns), then by id.

    Unit: share of customers, or repeats. No customers give None with the reason. In a trap the returns are infinite.

    >>> found = rework([["ask", "wait", "ask"], ["ask"]])
    >>> [(repeat.id, repeat.repeated, repeat.again) for repeat in found.repeats], found.value
    ([('ask', 1, 1), ('wait', 0, 0)], 0.5)
    """
    check_level(level)
    if isinstance(data, Journey):
        return sealed(_of_map(data), strict=strict, inputs=(data.transitions,))
    paths = paths_of(data, question="rework")
    rows = sorted(_repeats(paths, level), key=lambda row: (-(row.repeated or 0), -(row.again or 0), row.id))
    anything = sum(path.count for path in paths.paths if len(set(path.steps)) < len(path.steps))
    result = Rework(
        value=anything / paths.n if rows else None,
        reason="" if rows else "there are no events" if paths.n else "there are no customers",
        unit="share",
        n=paths.n,
        interval=wilson(anything, paths.n, level=level) if rows else None,
        method="customers with an activity more than once",
        assumptions=paths.assumptions,
        warnings=small_n(paths.n, sides=(anything, paths.n - anything), what="customers") if rows else (),
        repeats=tuple(rows),
    )
    return sealed(result, strict=strict, inputs=(paths.inputs, level))


def _repeats(paths: Paths, level: float) -> Iterator[Repeat]:
    cases: Counter[str] = Counter()
    repeated: Counter[str] = Counter()
    again: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    in_rows: Counter[str] = Counter()
    for path in paths.paths:
        for step, often in Counter(path.steps).items():
            cases[step] += path.count
            repeated[step] += path.count if often > 1 else 0
            again[step] += path.count * (often - 1)
        for step, run in groupby(path.steps):
            length = sum(1 for _ in run)
            if length > 1:
                rows[step] += path.count
                in_rows[step] += path.count * (length - 1)
    if not cases:
        return
    markov = markov_of(transition_matrix(paths), question="rework")
    returns = dict(zip(markov.chain.rows, (markov.solved().returns()[:, 0] - 1).tolist(), strict=True))
    for step in paths.activities:
        yield Repeat(
            id=step,
            cases=cases[step],
            repeated=repeated[step],
            share=repeated[step] / cases[step],
            interval=wilson(repeated[step], cases[step], level=level),
            again=again[step],
            self_loops=rows[step],
            self_loop_size=in_rows[step] / rows[step] if rows[step] else None,
            returns=returns[step],
        )


def _of_map(journey: Journey) -> Rework:
    if not journey.touchpoints:
        raise NotEnoughData("rework", "the map has no touchpoints", "touchpoints")
    markov = markov_of(journey, question="rework", goal=(), goal_needed=False)
    solved = markov.solved()
    returns = solved.returns()[:, 0]
    started = np.zeros((len(solved.steps) + len(solved.ends), 1, 1))
    for state, share in markov.chain.starts.items():
        started[solved.place[state], 0, 0] = share
    visits = solved.forward(started)[: len(solved.steps), 0, 0]
    repeats = np.where(np.isinf(visits), np.inf, visits - np.divide(visits, returns, out=np.zeros_like(visits), where=np.isfinite(returns)))
    rows = [
        Repeat(
            id=step,
            cases=None,
            repeated=None,
            share=None,
            interval=None,
            again=None,
            self_loops=None,
            self_loop_size=None,
            returns=float(often) - 1,
        )
        for step, often in zip(solved.steps, returns, strict=True)
    ]
    rows.sort(key=lambda row: (-row.returns, row.id))
    return Rework(
        value=float(repeats.sum()),
        unit="repeats",
        n=None,
        method="expected returns N_jj - 1 of the map's chain",
        assumptions=(*markov.chain.assumptions, "the next step depends on the present one alone"),
        warnings=(*markov.warnings, *((caution("TRAP"),) if solved.trapped.any() else ())),
        repeats=tuple(rows),
    )
