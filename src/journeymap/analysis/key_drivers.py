"""How much of the overall satisfaction goes with each touchpoint: relative weights (B5) and Shapley values of R² (B6)."""

from __future__ import annotations

from itertools import combinations
from math import factorial
from typing import ClassVar

import numpy as np
from attrs import frozen

from journeymap.analysis.bootstrap import DRAWS, FEWEST_FOR_PERCENTILE, between
from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Numbers
from journeymap.analysis.drivers import Floats, RatingData, Ratings, correlations, driver_cautions, ranks, ratings_of
from journeymap.analysis.guards import missing_some
from journeymap.analysis.intervals import LEVEL, Interval, check_level
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, shown

FIRST_IN = 0.8
MOST_EXACT = 15
_CELLS_AT_ONCE = 4_000_000


@frozen(kw_only=True)
class Driver:
    """How much goes with one touchpoint."""

    id: str
    weight: float
    """Its part of R²; those of all touchpoints sum to it."""
    share: float | None
    """The same in per cent of R²; None where nothing is explained."""
    interval: Interval | None
    """Of the weight, by the bootstrap; None with fewer than 20 respondents, and where it is not asked for."""
    rank: int
    rank_low: float | None
    """The best rank that is plausible."""
    rank_high: float | None
    """The worst one."""
    correlation: float
    """With the overall satisfaction: its sign says in which direction."""
    inflation: float
    """The variance inflation factor: how far it follows from the other touchpoints."""


@frozen(kw_only=True)
class KeyDrivers(Result):
    """The drivers, the largest weight first; the value is R²."""

    analysis: ClassVar[str] = "relative_weights"
    subject: ClassVar[str] = "The share of the overall satisfaction that is explained"
    counted: ClassVar[str] = "respondents"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "drivers"

    drivers: tuple[Driver, ...]
    first_share: float | None
    """In which share of the bootstrap samples the first driver is first; None without a bootstrap."""

    def _told(self) -> str:
        first = self.drivers[0]
        told = f"Together they go with {percent(self.value)} of the differences in overall satisfaction, most of all {first.id!r}"
        if first.share is not None:
            told += f" ({amount(first.share, '%')} of that)"
        if first.rank_high is not None:
            told += f", plausibly at rank {amount(first.rank_low)} to {amount(first.rank_high)}"
        return told


@frozen(kw_only=True)
class RelativeWeights(KeyDrivers):
    """Johnson's relative weights."""


@frozen(kw_only=True)
class ShapleyWeights(KeyDrivers):
    """The parts of R², averaged over all orders of entry."""

    analysis: ClassVar[str] = "shapley_weights"


def relative_weights(
    data: RatingData, overall: str | Numbers | None = None, *, draws: int = DRAWS, seed: int = 0, level: float = LEVEL, strict: bool = False
) -> RelativeWeights:
    """How is what goes with the overall satisfaction shared among touchpoints that go with one another?

    Johnson's relative weights: with R_xx = V D² V', L = V D V' and b = L⁻¹ r_xy, the weight of j is sum_k L_jk² b_k². They sum to R²;
    ``share`` is 100 weight / R². The sign is that of the correlation. Intervals of the weights and of their ranks come from a bootstrap
    of the respondents (percentile, from 20 of them on). One touchpoint has its r². Respondents with a gap are left out.

    Refused are n < 5 p or n <= p + 1 (TOO_SMALL) and touchpoints rated exactly alike; KDA_UNSTABLE warns of variance inflation above
    10, n < 10 p, R² below 0.2, and a first driver that is first in fewer than 80 % of the samples. Always NOT_CAUSAL.

    Sources: Johnson (2000); Tonidandel & LeBreton (2011).

    >>> call, visit = [1, 2, 3, 4, 5, 3, 2, 4, 1, 5], [2, 1, 4, 3, 5, 3, 3, 4, 2, 4]
    >>> found = relative_weights({"call": call, "visit": visit}, overall=[1, 2, 4, 4, 5, 3, 2, 5, 1, 5])
    >>> found.drivers[0].id, round(sum(driver.weight for driver in found.drivers) - found.value, 9)
    ('call', 0.0)
    """
    check_level(level)
    ratings = ratings_of(data, overall, question="relative_weights")
    complete = ratings.complete()
    found = correlations(complete, question="relative_weights")
    weights = _johnson(found.among[np.newaxis], found.overall[np.newaxis])[0]
    samples = _samples(complete, _count(draws), seed) if len(complete.overall) >= FEWEST_FOR_PERCENTILE else None
    first = int(np.argmax(weights))
    first_share = None if samples is None else float((samples.argmax(axis=1) == first).mean())
    warnings = _gaps(ratings, complete) + driver_cautions(complete, found)
    if first_share is not None and first_share < FIRST_IN and len(complete.names) > 1:
        warnings += (caution("KDA_UNSTABLE", f"{complete.names[first]} is first in only {percent(first_share)} of the bootstrap samples"),)
    result = RelativeWeights(
        value=found.explained,
        unit="share",
        n=len(complete.overall),
        missing=len(ratings.overall) - len(complete.overall),
        method="relative weights (Johnson 2000)" + (f", percentile bootstrap, {draws:,} draws, seed {seed}" if samples is not None else ""),
        warnings=warnings,
        drivers=_drivers(complete, weights, found.overall, found.inflation, found.explained, samples, level),
        first_share=first_share,
    )
    return sealed(result, strict=strict, inputs=(ratings.inputs, draws, seed, level))


def shapley_weights(data: RatingData, overall: str | Numbers | None = None, *, strict: bool = False) -> ShapleyWeights:
    """How is it shared if every order in which touchpoints could enter counts alike?

    phi_j = sum over sets S without j of |S|! (p - |S| - 1)! / p! times R²(S with j) - R²(S): exact, for up to 15 touchpoints; more are
    refused. They sum to R². Guards as for `relative_weights`, which is close to it and gives intervals; use this as a check.

    Sources: Lindeman, Merenda & Gold (1980), LMG; Shapley (1953).

    >>> found = shapley_weights({"call": [1, 2, 3, 4, 5, 1, 2]}, overall=[2, 1, 4, 3, 5, 1, 3])
    >>> round(found.drivers[0].weight - found.drivers[0].correlation ** 2, 9)
    0.0
    """
    ratings = ratings_of(data, overall, question="shapley_weights")
    complete = ratings.complete()
    if len(complete.names) > MOST_EXACT:
        raise AnalysisError(
            f"shapley_weights: {len(complete.names)} touchpoints, more than {MOST_EXACT}; relative_weights takes any number"
        )
    found = correlations(complete, question="shapley_weights")
    weights = _shapley(found.among, found.overall)
    result = ShapleyWeights(
        value=found.explained,
        unit="share",
        n=len(complete.overall),
        missing=len(ratings.overall) - len(complete.overall),
        method="Shapley values of R² (LMG), exact",
        warnings=_gaps(ratings, complete) + driver_cautions(complete, found),
        drivers=_drivers(complete, weights, found.overall, found.inflation, found.explained, None, LEVEL),
        first_share=None,
    )
    return sealed(result, strict=strict, inputs=ratings.inputs)


def _gaps(ratings: Ratings, complete: Ratings) -> tuple[Caution, ...]:
    return missing_some(there=len(complete.overall), expected=len(ratings.overall), what="respondents' complete answers")


def _count(draws: int) -> int:
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 100:
        raise AnalysisError(f"{shown(draws)} draws are too few for an interval; give 100 or more")
    return draws


def _johnson(among: Floats, overall: Floats) -> Floats:
    """The relative weights, for several samples side by side."""
    values, vectors = np.linalg.eigh(among)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))[:, np.newaxis, :]) @ vectors.transpose(0, 2, 1)
    betas = np.linalg.solve(root, overall[:, :, np.newaxis])[:, :, 0]
    return np.asarray((root**2 @ (betas**2)[:, :, np.newaxis])[:, :, 0], dtype=np.float64)


def _samples(ratings: Ratings, draws: int, seed: int) -> Floats:
    """The weights in samples of the respondents; samples in which something does not vary, or is alike, are left out."""
    table = np.column_stack([ratings.scores, ratings.overall])
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    n, width = table.shape
    random = np.random.default_rng(seed)
    products = (table[:, :, np.newaxis] * table[:, np.newaxis, :]).reshape(n, width * width)
    found = []
    at_once = max(1, _CELLS_AT_ONCE // n)
    for start in range(0, draws, at_once):
        times = random.multinomial(n, np.full(n, 1 / n), size=min(at_once, draws - start)).astype(np.float64) / n
        means = times @ table
        spread = (times @ products).reshape(-1, width, width) - means[:, :, np.newaxis] * means[:, np.newaxis, :]
        sd = np.sqrt(np.maximum(np.diagonal(spread, axis1=1, axis2=2), 0.0))
        varied = (sd > 1e-9).all(axis=1)
        sd = sd[varied]
        together = spread[varied] / (sd[:, :, np.newaxis] * sd[:, np.newaxis, :])
        among, overall = together[:, :-1, :-1], together[:, :-1, -1]
        sound = np.linalg.eigvalsh(among)[:, 0] > 1e-10
        found.append(_johnson(among[sound], overall[sound]))
    return np.concatenate(found)


def _drivers(
    ratings: Ratings, weights: Floats, overall: Floats, inflation: Floats, explained: float, samples: Floats | None, level: float
) -> tuple[Driver, ...]:
    tail = (1 - level) / 2
    order = sorted(range(len(weights)), key=lambda place: (-weights[place], ratings.names[place]))
    usable = samples is not None and len(samples) >= 100
    places = ranks(samples) if samples is not None and usable else None
    found = []
    for rank, place in enumerate(order, start=1):
        interval = best = worst = None
        if samples is not None and places is not None:
            interval = between(np.sort(samples[:, place]), tail, 1 - tail, level, "percentile bootstrap")
            best, worst = (float(bound) for bound in np.quantile(places[:, place], [tail, 1 - tail], method="nearest"))
        found.append(
            Driver(
                id=ratings.names[place],
                weight=float(weights[place]),
                share=100 * float(weights[place]) / explained if explained > 0 else None,
                interval=interval,
                rank=rank,
                rank_low=best,
                rank_high=worst,
                correlation=float(overall[place]),
                inflation=float(inflation[place]),
            )
        )
    return tuple(found)


def _shapley(among: Floats, overall: Floats) -> Floats:
    """The Shapley values of R², from that of every set of touchpoints."""
    p = len(overall)
    explained = np.zeros(1 << p)
    for size in range(1, p + 1):
        sets = np.array(list(combinations(range(p), size)), dtype=np.intp)
        sub = among[sets[:, :, np.newaxis], sets[:, np.newaxis, :]]
        right = overall[sets]
        solved = np.linalg.solve(sub, right[:, :, np.newaxis])[:, :, 0]
        explained[(1 << sets).sum(axis=1)] = (right * solved).sum(axis=1)
    codes = np.arange(1 << p)
    sizes = np.array([code.bit_count() for code in range(1 << p)])
    chance = np.array([factorial(size) * factorial(p - size - 1) / factorial(p) for size in range(p)])
    found = np.zeros(p)
    for place in range(p):
        without = codes[(codes >> place) & 1 == 0]
        found[place] = (chance[sizes[without]] * (explained[without | 1 << place] - explained[without])).sum()
    return found
