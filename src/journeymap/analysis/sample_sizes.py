"""How many customers it takes to see a difference, and which difference so many can show (J6)."""

from __future__ import annotations

import math
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.doors import metric_of, number
from journeymap.analysis.intervals import normal_quantile
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric

POWER = 0.8
ALPHA = 0.05


@frozen(kw_only=True)
class SampleSize(Result):
    """How many customers it takes in each group."""

    analysis: ClassVar[str] = "sample_size"
    subject: ClassVar[str] = "The number of customers needed in each group"
    data_level: ClassVar[Level] = "C"

    exact: float | None
    """The number before it is rounded up."""
    total: int | None
    """For both groups together."""
    baseline: float | None
    effect: float
    alpha: float
    power: float

    def explain(self) -> str:
        """The answer in one sentence for a manager."""
        if self.value is None:
            return super().explain()
        start = f" from {percent(self.baseline)}" if self.baseline is not None else ""
        change = f"{amount(100 * self.effect)} percentage points" if self.baseline is not None else amount(self.effect)
        return (
            f"To see a difference of {change}{start} with a probability of {percent(self.power)} it takes "
            f"{self.value:,.0f} customers in each of two groups, {self.total:,} in all{self._care()}."
        )


def sample_size(
    data: Journey | float | None = None,
    *,
    effect: float,
    sd: float | None = None,
    alpha: float = ALPHA,
    power: float = POWER,
    metric: str | None = None,
    strict: bool = False,
) -> SampleSize:
    """How many customers do we have to ask to see a difference?

    In each of two equal groups, two-sided, without the far tail. For a share of ``data`` that would change by ``effect``:
    ((z_a * sqrt(2 * m * (1 - m)) + z_b * sqrt(p1 * (1 - p1) + p2 * (1 - p2))) / effect)², m the mean of p1 and p2. For a mean,
    with the standard deviation ``sd`` of single answers: 2 * ((z_a + z_b) * sd / effect)², by the normal distribution, a touch too few
    below 20 a group. Rounded up. A map gives as the share its metric ``metric`` (or the one of the kind conversion).

    An effect of 0 is undefined; a share outside 0 to 1 after the change is refused.

    Source: Fleiss, Levin & Paik (2003), chapter 4, without continuity correction; the same as R's power.prop.test.

    >>> sample_size(0.5, effect=0.25).value, sample_size(effect=2, sd=5).value
    (58.0, 99.0)
    """
    effect = number(effect, what="effect")
    alpha = number(alpha, what="alpha", low=1e-9, high=0.5)
    power = number(power, what="power", low=0.5, high=1 - 1e-9)
    baseline = None
    if isinstance(data, Journey):
        baseline = share_of_metric(metric_of(data, question="sample_size", metric=metric, kind="conversion"), "sample_size")
    elif data is not None:
        baseline = number(data, what="the share", low=0, high=1)
    if (baseline is None) == (sd is None):
        given = "neither a share nor a spread" if baseline is None else "both a share and a spread"
        raise NotEnoughData("sample_size", given, "a share, or sd= for a mean")
    exact = None
    if effect:
        exact = _for_share(baseline, effect, alpha, power) if baseline is not None else _for_mean(sd or 0.0, effect, alpha, power)
    each = None if exact is None else math.ceil(exact - 1e-9)
    result = SampleSize(
        value=None if each is None else float(each),
        reason="" if effect else "no number of customers can show a difference of 0",
        unit="customers in each group",
        method="two-sided test of two groups, normal approximation, far tail ignored",
        assumptions=("both groups are equally large, and customers are drawn at random",),
        exact=exact,
        total=None if each is None else 2 * each,
        baseline=baseline,
        effect=effect,
        alpha=alpha,
        power=power,
    )
    return sealed(result, strict=strict, inputs=(baseline, sd, effect, alpha, power))


def detectable_share(share: float, n: float, other_n: float, *, alpha: float = ALPHA, power: float = POWER) -> float | None:
    """The smallest rise from that share that so many customers on each side show; None if not even a rise to 1 is seen."""
    if min(n, other_n) <= 0:
        return None

    def seen(rise: float) -> bool:
        p, q = share, share + rise
        pooled = (p * n + q * other_n) / (n + other_n)
        no_effect = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
        with_effect = math.sqrt(p * (1 - p) / n + q * (1 - q) / other_n)
        return rise >= _z(alpha) * no_effect + normal_quantile(power) * with_effect

    low, high = 0.0, 1 - share
    if not seen(high) or high <= 0:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if seen(middle) else (middle, high)
    return high


def detectable_mean(error: float, *, alpha: float = ALPHA, power: float = POWER) -> float:
    """The smallest difference that is shown with that standard error of the difference."""
    return (_z(alpha) + normal_quantile(power)) * error


def share_of_metric(metric: Metric, question: str) -> float:
    """The share that a metric holds: in per cent if its unit is %, else 0 to 1."""
    if metric.value is None:
        raise NotEnoughData(question, f"the metric {metric.id!r} has no value", "a value")
    if metric.unit == "%":
        return number(metric.value, what=metric.id, low=0, high=100) / 100
    return number(metric.value, what=metric.id, low=0, high=1)


def _z(alpha: float) -> float:
    return normal_quantile(1 - alpha / 2)


def _for_share(share: float, effect: float, alpha: float, power: float) -> float:
    p, q = share, share + effect
    if not 0 <= q <= 1:
        raise AnalysisError(f"a share of {p:g} cannot change by {effect:g}; the result has to lie between 0 and 1")
    mean = (p + q) / 2
    spread = _z(alpha) * math.sqrt(2 * mean * (1 - mean)) + normal_quantile(power) * math.sqrt(p * (1 - p) + q * (1 - q))
    return (spread / effect) ** 2


def _for_mean(sd: float, effect: float, alpha: float, power: float) -> float:
    spread = number(sd, what="sd", low=0)
    return 2 * ((_z(alpha) + normal_quantile(power)) * spread / effect) ** 2
