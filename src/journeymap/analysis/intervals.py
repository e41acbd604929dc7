"""Intervals: how far from the truth a number can be.

The conventions, which every analysis shares: 95 % unless asked otherwise, two-sided, no continuity correction; shares are
0 to 1 and their bounds are clipped there; a difference is the first minus the second. Where an interval is undefined
(nobody asked, one value) it is None. Bootstrap intervals, which need numpy, are in `journeymap.analysis.bootstrap`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from numbers import Integral, Real

from attrs import field, frozen

from journeymap.analysis.extras import extra
from journeymap.errors import AnalysisError, shown

LEVEL = 0.95
"""The level of an interval unless asked otherwise."""


@frozen
class Interval:
    """The range that plausibly holds the true value."""

    low: float
    high: float
    level: float = LEVEL
    """How often intervals made like this hold the true value."""
    method: str = ""
    error: float | None = None
    """The standard error of the bounds that comes from random draws; None where nothing is drawn."""

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    @property
    def width(self) -> float:
        """From the low bound to the high one."""
        return self.high - self.low

    def scaled(self, factor: float) -> Interval:
        """The interval of the value times that factor: a share in per cent, a loss in money."""
        low, high = sorted((self.low * factor, self.high * factor))
        return Interval(low, high, self.level, self.method, None if self.error is None else self.error * abs(factor))

    def negated(self) -> Interval:
        """The interval of the value with the other sign."""
        return self.scaled(-1)


def check_level(level: float) -> float:
    """The level itself; AnalysisError unless it lies strictly between 0 and 1."""
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise AnalysisError(f"{shown(level)} is no level of confidence; give a number between 0 and 1, such as 0.95")
    return float(level)


def z_value(level: float = LEVEL) -> float:
    """How many standard errors on each side hold that share of a normal distribution.

    >>> round(z_value(), 6)
    1.959964
    """
    return normal_quantile(0.5 + check_level(level) / 2)


@lru_cache(maxsize=64)
def normal_quantile(p: float) -> float:
    """The value below which that share of a standard normal distribution lies."""
    from statistics import NormalDist  # takes longer to load than this whole package

    return NormalDist().inv_cdf(p)


def normal_p(z: float) -> float:
    """The two-sided p-value of a standard normal value."""
    return math.erfc(abs(z) / math.sqrt(2))


def chi_square_p(value: float, df: int) -> float:
    """The probability that a chi-square of that many degrees of freedom exceeds the value.

    >>> round(chi_square_p(3.841458820694124, 1), 12)
    0.05
    """
    half = value / 2
    tail, power = (math.exp(-half), 1.0) if df % 2 == 0 else (math.erfc(math.sqrt(half)), 0.5)
    while power < df / 2:
        tail += math.exp(power * math.log(half) - half - math.lgamma(power + 1)) if half > 0 else 0.0
        power += 1
    return min(1.0, tail)


@lru_cache(maxsize=1024)
def t_quantile(p: float, df: float, *, purpose: str = "a t interval") -> float:
    """The quantile of Student's t; MissingExtra without scipy (extra ``stats``)."""
    return float(extra("scipy.special", purpose).stdtrit(df, p))


def t_p(t: float, df: float, *, purpose: str = "a t test") -> float:
    """The two-sided p-value of Student's t; MissingExtra without scipy (extra ``stats``)."""
    return float(2 * extra("scipy.special", purpose).stdtr(df, -abs(t)))


def _count(value: float) -> float:
    """A count as Python has it, whole numbers as such; AnalysisError for what is none."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise AnalysisError(f"{shown(value)} is no count; give numbers such as Share(45, 120)")
    return int(value) if isinstance(value, Integral) else float(value)


@frozen
class Share:
    """A share as counts: how many of how many.

    >>> Share(45, 120).value
    0.375
    """

    successes: float = field(converter=_count)
    n: float = field(converter=_count)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.successes <= self.n:
            raise AnalysisError(f"{self.successes:g} of {self.n:g}: the successes are from 0 to n")

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nobody."""
        return self.successes / self.n if self.n else None

    @property
    def failures(self) -> float:
        """How many did not."""
        return self.n - self.successes


def wilson(successes: float, n: float, *, level: float = LEVEL) -> Interval | None:
    """The score interval of a share (Wilson 1927); None for n = 0. ``n`` may be an effective sample size.

    >>> interval = wilson(11, 15)
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.4805, 0.891)
    """
    z = z_value(level)
    if n <= 0:
        return None
    p = successes / n
    centre = p + z * z / (2 * n)
    half = z * math.sqrt(max(p * (1 - p), 0.0) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes <= 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if successes >= n else min(1.0, (centre + half) / scale)
    return Interval(low, high, level, "Wilson")


def newcombe(first: tuple[float, float], second: tuple[float, float], *, level: float = LEVEL) -> Interval | None:
    """The hybrid score interval of a difference of shares, first - second (Newcombe 1998, method 10); None where an n is 0.

    Each side is (successes, n).

    >>> interval = newcombe((56, 70), (48, 80))
    >>> round(interval.low, 4), round(interval.high, 4)
    (0.0524, 0.3339)
    """
    one, other = wilson(*first, level=level), wilson(*second, level=level)
    if one is None or other is None:
        return None
    p, q = first[0] / first[1], second[0] / second[1]
    low = p - q - math.hypot(p - one.low, other.high - q)
    high = p - q + math.hypot(one.high - p, q - other.low)
    return Interval(max(-1.0, low), min(1.0, high), level, "Newcombe hybrid score")


def t_interval(values: Sequence[float], *, level: float = LEVEL) -> Interval | None:
    """Student's interval of a mean; None for fewer than two values. MissingExtra without scipy (extra ``stats``)."""
    if len(values) < 2:
        return None
    mean, sd = mean_and_sd(values)
    return t_interval_of(mean, sd or 0.0, len(values), level=level)


def t_interval_of(mean: float, sd: float, n: float, *, level: float = LEVEL) -> Interval | None:
    """Student's interval from a mean, the standard deviation (divisor n - 1) and n; None for n < 2."""
    if n < 2:
        return None
    half = t_quantile(0.5 + check_level(level) / 2, n - 1) * sd / math.sqrt(n)
    return Interval(mean - half, mean + half, level, "Student's t")


def mean_and_sd(values: Sequence[float]) -> tuple[float, float | None]:
    """The mean, and the standard deviation with divisor n - 1 (None for one value).

    A single pass through `math.fsum`, so that the order of the values does not change the last digit.
    """
    mean = math.fsum(values) / len(values)
    if len(values) < 2:
        return mean, None
    return mean, math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
