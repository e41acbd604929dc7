"""How long customers stay (J5): the retention curve of customers who differ in how easily they leave (sBG)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from math import fsum, lgamma, log
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.doors import Numbers, numbers
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import small_n
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

AHEAD = 5
_WIDEST = 12.0
"""The logarithm of the largest parameter: customers who differ less than that are alike."""


@frozen(kw_only=True)
class RetentionPeriod:
    """One period after the beginning."""

    period: int
    staying: float | None
    """The share of those who began that is still there; None for a period to come."""
    retention: float | None
    """Of those there before, the share that stayed through this period."""
    fitted_staying: float
    fitted_retention: float
    """(beta + t - 1) / (alpha + beta + t - 1)."""


@frozen(kw_only=True)
class RetentionCurve(Result):
    """The curve; the value is the retention that the next period will have."""

    analysis: ClassVar[str] = "retention_curve"
    subject: ClassVar[str] = "The retention of the next period"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "periods"

    alpha: float
    beta: float
    churn: float
    """alpha / (alpha + beta): the mean chance to leave, which is that of the first period."""
    log_likelihood: float
    periods: tuple[RetentionPeriod, ...]
    """Those observed, then those to come."""

    def _told(self) -> str:
        first, seen = self.periods[0], [period for period in self.periods if period.staying is not None]
        return (
            f"Of those who are still there, {percent(self.value)} will stay through the next period, after "
            f"{percent(first.fitted_retention)} in the first: those who leave easily leave first. After "
            f"{len(seen)} periods {percent(seen[-1].staying)} are left, and {percent(self.periods[-1].fitted_staying)} will be after "
            f"{amount(self.periods[-1].period)}"
        )


def retention_curve(data: Numbers, *, ahead: int = AHEAD, strict: bool = False) -> RetentionCurve:
    """How long will customers stay, and why does retention rise?

    ``data`` is how many of a group of customers are still there: at the beginning, after one period, after two, and so on (counts,
    or shares of the beginning). Each customer leaves with a chance of their own in every period, and these chances are beta
    distributed (shifted beta-geometric); alpha and beta are the maximum likelihood. The retention of period t is
    (beta + t - 1) / (alpha + beta + t - 1): it rises although no customer changes, since those who leave easily are gone. The curve
    goes on for ``ahead`` periods more. Unit: share.

    NotEnoughData for fewer than two periods, and where nobody has left; AnalysisError where customers come back. Needs scipy (extra
    ``stats``). Source: Fader & Hardie (2007).

    >>> found = retention_curve([1000, 869, 743, 653, 593, 551, 517, 491])
    >>> round(found.alpha, 3), round(found.beta, 3)
    (0.668, 3.806)
    """
    if isinstance(data, Journey):
        raise NotEnoughData("retention_curve", "a map does not say who stays", "how many are there after each period")
    if isinstance(ahead, bool) or not isinstance(ahead, int) or ahead < 0:
        raise AnalysisError(f"ahead: {shown(ahead)} is no number of periods; give 0 or more")
    there = _checked(numbers(data, what="customers", low=0))
    whole = there[0]
    alpha, beta, likelihood = _fitted(there)
    last = len(there) - 1
    periods, staying = [], 1.0
    for period in range(1, last + ahead + 1):
        fitted = (beta + period - 1) / (alpha + beta + period - 1)
        staying *= fitted
        seen = period <= last
        periods.append(
            RetentionPeriod(
                period=period,
                staying=there[period] / whole if seen else None,
                retention=there[period] / there[period - 1] if seen and there[period - 1] else None,
                fitted_staying=staying,
                fitted_retention=fitted,
            )
        )
    counted = whole > 1
    result = RetentionCurve(
        value=(beta + last) / (alpha + beta + last),
        unit="share",
        n=round(whole) if counted else None,
        method="shifted beta-geometric distribution, maximum likelihood",
        assumptions=("each customer leaves with the same chance in every period, and customers differ in it", "nobody comes back"),
        warnings=small_n(whole, sides=(there[-1], whole - there[-1]), what="customers") if counted else (),
        alpha=alpha,
        beta=beta,
        churn=alpha / (alpha + beta),
        log_likelihood=likelihood,
        periods=tuple(periods),
    )
    return sealed(result, strict=strict, inputs=(there, ahead))


def _checked(given: Sequence[float | None]) -> tuple[float, ...]:
    there = tuple(value for value in given if value is not None)
    if len(there) < len(given):
        raise AnalysisError("customers: a period is missing; give how many are there after each")
    if len(there) < 3:
        raise NotEnoughData("retention_curve", f"{max(0, len(there) - 1)} periods", "those at the beginning, and after two periods or more")
    for place, (before, after) in enumerate(pairwise(there), start=1):
        if after > before:
            raise AnalysisError(f"customers[{place}]: {after:g} after {before:g}; a group of customers only shrinks")
    if there[-1] == there[0]:
        raise NotEnoughData("retention_curve", "nobody has left" if there[0] else "nobody began", "some who stay and some who leave")
    return there


def _fitted(there: Sequence[float]) -> tuple[float, float, float]:
    """alpha, beta and the log likelihood."""
    lost = [before - after for before, after in pairwise(there)]

    def log_likelihood(alpha: float, beta: float) -> float:
        def log_beta(a: float, b: float) -> float:
            return lgamma(a) + lgamma(b) - lgamma(a + b)

        start = log_beta(alpha, beta)
        gone = fsum(n * (log_beta(alpha + 1, beta + t) - start) for t, n in enumerate(lost) if n)
        return gone + (there[-1] * (log_beta(alpha, beta + len(lost)) - start) if there[-1] else 0.0)

    def loss(point: Sequence[float]) -> float:
        if max(abs(float(x)) for x in point) > _WIDEST:
            return math.inf
        return -log_likelihood(math.exp(point[0]), math.exp(point[1])) / there[0]

    optimize = extra("scipy.optimize", "retention_curve")
    churn = lost[0] / there[0] or 0.5 / there[0]
    start = [0.0, log(max(1 / churn - 1, 0.1))]
    tight = {"xatol": 1e-10, "fatol": 1e-14, "maxiter": 5_000}
    found = optimize.minimize(loss, optimize.minimize(loss, start, method="Nelder-Mead").x, method="Nelder-Mead", options=tight)
    alpha, beta = (math.exp(float(x)) for x in found.x)
    return alpha, beta, log_likelihood(alpha, beta)
