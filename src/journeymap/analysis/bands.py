"""How sure the numbers of a chain are (L2): its counts drawn again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

import numpy as np
from attrs import frozen

from journeymap.analysis.absorbing import Absorbing, Floats
from journeymap.analysis.bootstrap import between
from journeymap.analysis.cautions import caution
from journeymap.analysis.doors import number
from journeymap.analysis.intervals import LEVEL, Interval, check_level
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.scenarios import Standing, standing
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import START

DRAWS = 2_000
FEWEST_DRAWS = 200
"""Large chains are drawn less often, but not less often than that."""
MOST_BANDS = 1_000
"""So many steps are told, those with the largest effects."""
_CELLS = 20_000_000
_CELLS_AT_ONCE = 4_000_000
_WORK = 1e10


@frozen(kw_only=True)
class EffectBand:
    """The removal effect of one step, with what drawing leaves of it."""

    id: str
    name: str
    effect: float
    """Of the counts as they are."""
    interval: Interval
    rank: int
    """Its place among all steps, by the counts as they are; equal effects share the better place."""
    rank_low: int
    """The best place that is plausible."""
    rank_high: int
    """The worst place that is plausible."""
    first: float
    """The share of draws in which no step has a larger effect."""


@frozen(kw_only=True)
class Uncertainty(Result):
    """How sure the conversion is; the value is the share of the counts as they are, the interval that of the draws."""

    analysis: ClassVar[str] = "uncertainty"
    subject: ClassVar[str] = "The share that reaches the goal"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "effects"

    mean: float
    """The mean of the draws; far from the value where counts are few."""
    steps: float | None
    """How many steps a customer is expected to take; None where that is infinite."""
    steps_interval: Interval | None
    effects: tuple[EffectBand, ...]
    """The largest first."""
    draws: int

    def _told(self) -> str:
        if not self.effects:
            return f"{percent(self.value)} of those who start reach the goal"
        top = self.effects[0]
        sure = f"no step matters more than {top.name!r}, which holds in {percent(top.first)} of the samples drawn from the counts"
        return f"{percent(self.value)} of those who start reach the goal; {sure}"


def uncertainty(
    data: ChainData,
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    draws: int | None = None,
    prior: float = 0.5,
    seed: int = 0,
    level: float = LEVEL,
    strict: bool = False,
) -> Uncertainty:
    """How sure are the conversion, the steps it takes, and the order of the removal effects?

    The shares that leave each step are drawn from a Dirichlet distribution with the counts plus ``prior`` (0.5) for each way that was
    ever taken, and the chain is solved for each draw. Bands are percentiles of the draws, and their ``error`` says what another seed
    would change. The counts are those of a `transition_matrix`, or of a map on which every choice is counted; where
    customers start is drawn too, unless ``start`` says it.

    2,000 draws, fewer (at least 200, and ``draws`` says how many) for large chains; the same seed gives the same answer. Unit:
    share. NotEnoughData for shares without counts. Steps that all who convert pass share the first place.

    >>> from journeymap.analysis import transition_matrix
    >>> found = uncertainty(transition_matrix({"path_start": {"a": 100}, "a": {"b": 40, "path_end": 60}}), goal="b")
    >>> found.value, round(found.interval.low, 2), round(found.interval.high, 2)
    (0.4, 0.31, 0.5)
    """
    check_level(level)
    prior = number(prior, what="prior", low=0)
    markov = markov_of(data, question="uncertainty", goal=goal, start=start)
    if markov.counts is None:
        raise NotEnoughData(
            "uncertainty", "nothing says how many customers the shares rest on", "counts on every way, or a transition_matrix"
        )
    now = standing(markov, question="uncertainty")
    if draws is None:
        draws = _affordable(now.solved)
    elif isinstance(draws, bool) or not isinstance(draws, int) or draws < 100:
        raise AnalysisError(f"uncertainty: {shown(draws)} draws are too few for a band; give 100 or more")
    drawn, steps, effects = _drawn(markov, now, markov.counts, draws, prior, seed, start is None)
    tail = (1 - level) / 2
    method = "percentiles of Dirichlet draws"
    endless = bool(now.solved.trapped.any())
    result = Uncertainty(
        value=now.conversion,
        unit="share",
        n=markov.n,
        interval=between(np.sort(drawn), tail, 1 - tail, level, method),
        method=f"{draws:,} draws of every row from a Dirichlet distribution of its counts + {prior:g} (seed {seed})",
        assumptions=(*markov.chain.assumptions, "customers are independent, and the next step depends on the present one alone"),
        warnings=(*markov.warnings, caution("NOT_CAUSAL"), *((caution("TRAP"),) if endless else ())),
        mean=float(drawn.mean()),
        steps=None if endless else _expected_steps(now),
        steps_interval=None if endless else between(np.sort(steps), tail, 1 - tail, level, method),
        effects=_bands(now, effects, level),
        draws=draws,
    )
    counts = tuple((step, tuple(row.items())) for step, row in markov.counts.items())
    return sealed(result, strict=strict, inputs=(markov.inputs, counts, draws, prior, seed, level))


def _affordable(solved: Absorbing) -> int:
    """How many draws such a chain allows."""
    loops = solved.loop_sizes
    work = sum(size**3 for size in loops) + 1
    return int(max(FEWEST_DRAWS, min(DRAWS, _CELLS // (len(solved.edges) + 1), _WORK // work)))


def _drawn(
    markov: Markov, now: Standing, counts: Mapping[str, Mapping[str, int]], draws: int, prior: float, seed: int, starts_too: bool
) -> tuple[Floats, Floats, Floats]:
    """By draw the conversion and the expected steps; by step and draw the removal effect."""
    random = np.random.default_rng(seed)
    solved = now.solved
    largest = max(solved.loop_sizes, default=0)
    at_once = int(max(1, min(draws, _CELLS_AT_ONCE // (len(solved.edges) + largest**2 + 1))))
    at_ends = np.array([float(end in markov.goals) for end in solved.ends])
    worth = np.stack([at_ends, np.zeros(len(at_ends))], axis=1)[:, :, np.newaxis]
    gain = np.array([0.0, 1.0]).reshape(1, 2, 1)
    conversions, steps, effects = [], [], []
    for done in range(0, draws, at_once):
        size = min(at_once, draws - done)
        drawn = solved.with_shares(np.concatenate(list(_rows(markov.chain.rows, counts, prior, random, size))))
        starting = np.zeros((len(solved.steps) + len(solved.ends), 1, size))
        first = next(_rows({START: markov.chain.starts}, counts if starts_too else {}, prior, random, size))
        for state, shares in zip(markov.chain.starts, first, strict=True):
            starting[solved.place[state], 0] = shares
        answers = drawn.backward(gain, np.repeat(worth, size, axis=2))
        visits = drawn.forward(starting)[: len(solved.steps), 0]
        everything = np.concatenate([answers, np.repeat(worth, size, axis=2)])
        reached, taken = (starting * everything).sum(axis=0)
        returns = drawn.returns()
        coming = np.divide(visits, returns, out=np.zeros_like(visits), where=np.isfinite(returns))
        lost = np.divide(coming * answers[:, 0], reached, out=np.zeros_like(coming), where=reached > 0)
        conversions.append(reached)
        steps.append(taken)
        effects.append(np.clip(lost, 0.0, 1.0))
    return np.concatenate(conversions), np.concatenate(steps), np.concatenate(effects, axis=1)


def _rows(
    rows: Mapping[str, Mapping[str, float]], counts: Mapping[str, Mapping[str, int]], prior: float, random: np.random.Generator, size: int
) -> Iterator[Floats]:
    """The drawn shares of each row, of shape (targets, draws); a row that was not counted, or has one way only, stays as it is."""
    for step, row in rows.items():
        counted = counts.get(step, {})
        if len(row) == 1 or not all(target in counted for target in row):
            yield np.repeat(np.array(list(row.values())).reshape(-1, 1), size, axis=1)
        else:
            drawn = random.standard_gamma(np.array([counted[target] + prior for target in row]).reshape(-1, 1), size=(len(row), size))
            yield drawn / drawn.sum(axis=0)


def _bands(now: Standing, effects: Floats, level: float) -> tuple[EffectBand, ...]:
    solved, base = now.solved, now.conversion
    if base <= 0:
        return ()
    returns = solved.returns()[:, 0]
    visits = now.visits[: len(solved.steps)]
    coming = np.divide(visits, returns, out=np.zeros_like(visits), where=np.isfinite(returns))
    observed = np.asarray(np.round(np.clip(coming * now.chances[: len(solved.steps)] / base, 0.0, 1.0), 12), dtype=np.float64)
    places = _places(observed)
    ranks = np.stack([_places(column) for column in np.asarray(np.round(effects, 12), dtype=np.float64).T], axis=1)
    tail = (1 - level) / 2
    low, high = np.quantile(ranks, [tail, 1 - tail], axis=1, method="inverted_cdf")
    first = (ranks == 1).mean(axis=1)
    order = sorted(range(len(solved.steps)), key=lambda place: (-observed[place], solved.steps[place]))
    return tuple(
        EffectBand(
            id=solved.steps[place],
            name=now.markov.name(solved.steps[place]),
            effect=float(observed[place]),
            interval=between(np.sort(effects[place]), tail, 1 - tail, level, "percentiles of Dirichlet draws"),
            rank=int(places[place]),
            rank_low=int(low[place]),
            rank_high=int(high[place]),
            first=float(first[place]),
        )
        for place in order[:MOST_BANDS]
    )


def _places(effects: Floats) -> Floats:
    """1 + how many effects are larger."""
    rising = np.sort(effects)
    return np.asarray(1 + len(effects) - np.searchsorted(rising, effects, side="right"), dtype=np.float64)


def _expected_steps(now: Standing) -> float:
    visits = now.visits[: len(now.solved.steps)]
    return float(visits.sum())
