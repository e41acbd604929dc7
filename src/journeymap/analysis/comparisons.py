"""Two sides compared: a difference (first - second) with its interval and its p-value, and what kind of test it was.

All of them give an `Effect`. Means need Student's t (scipy, extra ``stats``) unless ``bootstrap`` is asked; shares need
no more than the normal distribution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from journeymap.analysis.intervals import Interval, Share, mean_and_sd, newcombe, normal_p, t_p, t_quantile, z_value
from journeymap.analysis.samples import Sample

if TYPE_CHECKING:
    from journeymap.analysis.bootstrap import Floats


@frozen
class Effect:
    """A difference and how sure it is."""

    difference: float
    interval: Interval | None
    p_value: float | None
    test: str
    error: float | None
    """The standard error of the difference."""


def independent_shares(first: Share, second: Share, *, level: float) -> Effect:
    """The shares of different people: Newcombe's interval, z test with pooled variance; no p where both are all or nothing."""
    p, q = first.value or 0.0, second.value or 0.0
    pooled = (first.successes + second.successes) / (first.n + second.n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n))
    own_error = math.sqrt(p * (1 - p) / first.n + q * (1 - q) / second.n)
    interval = newcombe((first.successes, first.n), (second.successes, second.n), level=level)
    return Effect(p - q, interval, normal_p((p - q) / error) if error else None, "z test with pooled variance", own_error)


def paired_shares(pairs: Sequence[tuple[float, float]], *, level: float) -> Effect:
    """The shares of the same people, as (first, second) of 0 and 1: McNemar's exact test, and the adjusted Wald interval.

    The interval adds one to each of the two kinds of change (Bonett & Price 2012).
    """
    n = len(pairs)
    gained = sum(one > other for one, other in pairs)
    lost = sum(one < other for one, other in pairs)
    p, q = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = z_value(level) * math.sqrt((p + q - (p - q) ** 2) / (n + 2))
    interval = Interval(max(-1.0, p - q - half), min(1.0, p - q + half), level, "adjusted Wald (Bonett & Price)")
    difference = (gained - lost) / n
    error = math.sqrt(max(0.0, (gained + lost) / n - difference**2) / n)
    return Effect(difference, interval, mcnemar_p(gained, lost), "McNemar's exact test", error)


def mcnemar_p(gained: int, lost: int) -> float:
    """The exact two-sided p-value of so many changes each way.

    >>> round(mcnemar_p(10, 2), 6)
    0.038574
    """
    n = gained + lost
    tail = sum(math.comb(n, k) for k in range(min(gained, lost) + 1))
    return min(1.0, 2 * float(Fraction(tail, 2**n)))


def independent_means(first: Sample, second: Sample, *, level: float) -> Effect:
    """The means of different people: Welch's t."""
    difference = first.value - second.value
    parts = [((s.sd or 0.0) ** 2 / s.n, s.n - 1) for s in (first, second) if s.n]
    return welch(difference, parts, level=level, test="Welch's t test")


def welch(difference: float, parts: Sequence[tuple[float, float]], *, level: float, test: str) -> Effect:
    """A difference of independent means, from the squared standard error and the degrees of freedom of each.

    The degrees of freedom are Welch and Satterthwaite's. Without any spread there is neither interval nor test.
    """
    square = math.fsum(part for part, _ in parts)
    if square == 0:
        return Effect(difference, None, None, test, 0.0)
    error = math.sqrt(square)
    df = square**2 / math.fsum(part**2 / free for part, free in parts if part)
    half = t_quantile(0.5 + level / 2, df, purpose="comparing means") * error
    interval = Interval(difference - half, difference + half, level, "Welch's t")
    return Effect(difference, interval, t_p(difference / error, df, purpose="comparing means"), test, error)


def paired_means(differences: Sequence[float], *, level: float) -> Effect:
    """The mean change of the same people: the paired t test."""
    mean, sd = mean_and_sd(differences)
    n = len(differences)
    if not sd:
        return Effect(mean, None, None, "paired t test", 0.0)
    error = sd / math.sqrt(n)
    half = t_quantile(0.5 + level / 2, n - 1, purpose="comparing means") * error
    p = t_p(mean / error, n - 1, purpose="comparing means")
    return Effect(mean, Interval(mean - half, mean + half, level, "Student's t"), p, "paired t test", error)


def difference_of_shares(changed: tuple[Share, Share], control: tuple[Share, Share], *, level: float) -> Effect:
    """The change of one group beyond that of another, each as (after, before).

    The interval combines the two Newcombe intervals (square and add); the p-value is that of the Wald statistic.
    """
    own, other = (independent_shares(*pair, level=level) for pair in (changed, control))
    difference = own.difference - other.difference
    error = math.hypot(own.error or 0.0, other.error or 0.0)
    interval = None
    if own.interval is not None and other.interval is not None:
        low = difference - math.hypot(own.difference - own.interval.low, other.interval.high - other.difference)
        high = difference + math.hypot(own.interval.high - own.difference, other.difference - other.interval.low)
        interval = Interval(max(-2.0, low), min(2.0, high), level, "Newcombe, squared and added")
    return Effect(difference, interval, normal_p(difference / error) if error else None, "difference in differences, Wald", error)


def bootstrapped(first: Sample, second: Sample, *, level: float, draws: int, seed: int) -> Effect:
    """The difference of two means by the percentile bootstrap of both sides; no p-value. Needs 20 answers on each side."""
    import numpy as np

    from journeymap.analysis.bootstrap import FEWEST_FOR_PERCENTILE, between, resamples

    difference = first.value - second.value
    if min(len(first.answers), len(second.answers)) < FEWEST_FOR_PERCENTILE:
        return Effect(difference, None, None, "percentile bootstrap", None)

    def means(sample: Sample, offset: int) -> Floats:
        values = np.array(sample.answers)
        return np.concatenate([values[picked].mean(axis=1) for picked in resamples(len(values), draws=draws, seed=seed + offset)])

    drawn = np.sort(means(first, 0) - means(second, 1))
    tail = (1 - level) / 2
    interval = between(drawn, tail, 1 - tail, level, "percentile bootstrap")
    return Effect(difference, interval, None, "percentile bootstrap", float(drawn.std()))
