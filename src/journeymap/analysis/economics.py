"""What it is worth: the lifetime value of a customer (J3), and of an improvement (J8)."""

from __future__ import annotations

from itertools import product
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import Estimate, Spread, estimate, metric_of, number
from journeymap.analysis.experiments import BeforeAfter
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, wilson
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.sample_sizes import share_of_metric
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey


@frozen(kw_only=True)
class Clv(Result):
    """What a customer brings over the whole relation, in the currency of the margin."""

    analysis: ClassVar[str] = "clv"
    subject: ClassVar[str] = "The lifetime value of a customer"
    data_level: ClassVar[Level] = "C"

    margin: float
    retention: float
    discount: float
    lifetime: float | None
    """How many periods a customer stays on average, 1 / (1 - retention); None for one who never leaves."""

    def _told(self) -> str:
        stay = "for ever" if self.lifetime is None else f"{amount(self.lifetime)} periods on average"
        return (
            f"A customer is worth {amount(self.value)} over the whole relation, at a margin of {amount(self.margin)} a period, "
            f"staying {stay}, discounted by {percent(self.discount)} a period"
        )


def clv(
    data: Journey | float,
    *,
    first_margin: Literal["now", "next"],
    discount: float,
    retention: float | None = None,
    metric: str | None = None,
    strict: bool = False,
) -> Clv:
    """What is a customer worth over the whole relation?

    For a margin ``data`` a period, the share ``retention`` of customers who stay from one period to the next, and the interest
    ``discount``: margin * r / (1 + i - r) if the first margin comes with the ``"next"`` period, margin * (1 + i) / (1 + i - r) if it
    comes ``"now"``; the two differ by exactly one margin. Unit: that of the margin.

    A map gives the margin as its metric ``metric`` (or the one of the kind clv, whose value then is a margin a period), and the
    retention as its metric with the id ``retention`` where it is not given. A customer who never leaves without interest is worth
    infinitely much: refused.

    Sources: Gupta & Lehmann (2003); Farris et al. (2010).

    >>> round(clv(100, retention=0.8, discount=0.1, first_margin="next").value, 2)
    266.67
    """
    if isinstance(data, Journey):
        found = metric_of(data, question="clv", metric=metric, kind="clv")
        if found.value is None:
            raise NotEnoughData("clv", f"the metric {found.id!r} has no value", "the margin a period")
        margin = found.value
        if retention is None:
            retention = share_of_metric(metric_of(data, question="clv", metric="retention"), "clv")
    else:
        margin = number(data, what="margin")
    if retention is None:
        raise NotEnoughData("clv", "no retention", "the share of customers who stay from one period to the next")
    stay = number(retention, what="retention", low=0, high=1)
    interest = number(discount, what="discount", low=0)
    if stay >= 1 + interest:
        raise AnalysisError("everybody stays and there is no interest, so a customer is worth infinitely much; give a discount above 0")
    if first_margin not in {"now", "next"}:
        raise AnalysisError(f"first_margin: {first_margin!r} is neither 'now' nor 'next'")
    factor = (1 + interest if first_margin == "now" else stay) / (1 + interest - stay)
    result = Clv(
        value=margin * factor,
        unit="",
        method=f"closed form, first margin {'now' if first_margin == 'now' else 'one period from now'}",
        assumptions=("margin, retention and interest stay the same, and whoever leaves does not come back",),
        margin=margin,
        retention=stay,
        discount=interest,
        lifetime=None if stay == 1 else 1 / (1 - stay),
    )
    return sealed(result, strict=strict, inputs=(margin, stay, interest, first_margin))


@frozen(kw_only=True)
class ImprovementValue(Result):
    """What an improvement brings a period, in the currency of the value."""

    analysis: ClassVar[str] = "improvement_value"
    subject: ClassVar[str] = "The value of the improvement"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "C"

    difference: float
    """The change of the share, 0 to 1."""
    payback: float | None
    """After how many periods the cost is earned back; None without a cost, or where it never is."""
    payback_range: tuple[float | None, float | None]
    """The same at the good and at the bad end of the interval; None is never."""

    def _told(self) -> str:
        told = f"The improvement brings {amount(self.value)} a period"
        if self.payback is not None:
            soon, late = self.payback_range
            worst = "never" if late is None else amount(late)
            told += f" and earns its cost back after {amount(self.payback)} periods ({amount(soon)} to {worst})"
        return told


def improvement_value(
    data: Journey | BeforeAfter | float,
    *,
    volume: Estimate,
    value_each: Estimate,
    interval: Interval | tuple[float, float] | None = None,
    cost: float | None = None,
    even_if_nothing: bool = False,
    metric: str | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> ImprovementValue:
    """What is the improvement worth, and when does it pay?

    change of the share * ``volume`` (customers a period) * ``value_each``, with the interval of the change and the ranges of both
    estimates carried to the outermost corners. ``cost`` gives the payback in periods, and its range. Where the interval of the
    change includes 0, or is not known, there is no point value (None with the reason), unless ``even_if_nothing``.

    The change is the answer of `before_after` for a share; a number with its ``interval``; or, from a map, a metric's value minus its
    baseline, with Wilson's interval of the value (the baseline is taken as certain).

    >>> from journeymap.analysis import Share, before_after
    >>> change = before_after(Share(480, 800), after=Share(560, 800))
    >>> found = improvement_value(change, volume=10_000, value_each=5, cost=20_000)
    >>> round(found.value), round(found.payback, 2)
    (5000, 4.0)
    """
    difference, bounds, n, assumptions, warnings = _change(data, _as_interval(interval, level), metric, level)
    customers = estimate(volume, what="volume", low=0)
    each = estimate(value_each, what="value_each", low=0)
    whole = None if bounds is None else _corners(bounds, customers, each)
    reason = ""
    if not even_if_nothing:
        if bounds is None:
            reason = "how far the change can be from the truth is not known"
        elif 0 in bounds:
            reason = f"the change may be nothing at all ({percent(bounds.low)} to {percent(bounds.high)})"
    value = difference * customers.mid * each.mid
    price = None if cost is None else number(cost, what="cost", low=0)
    result = ImprovementValue(
        value=None if reason else value,
        reason=reason,
        unit="a period",
        n=n,
        interval=whole,
        method="change * volume * value each, bounds from the outermost corners",
        assumptions=(*assumptions, "volume and value stay as they are"),
        warnings=warnings,
        difference=difference,
        payback=None if reason else _payback(price, value),
        payback_range=(None, None) if whole is None else (_payback(price, whole.high), _payback(price, whole.low)),
    )
    return sealed(result, strict=strict, inputs=(difference, bounds, customers, each, price, even_if_nothing))


def _as_interval(given: Interval | tuple[float, float] | None, level: float) -> Interval | None:
    if given is None or isinstance(given, Interval):
        return given
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise AnalysisError(f"interval: {shown(given)} is no interval; give its low and its high end")
    low, high = (number(bound, what="interval", low=-1, high=1) for bound in given)
    if low > high:
        raise AnalysisError(f"interval: {low:g} to {high:g} falls; give the low end first")
    return Interval(low, high, level, "as given")


def _change(
    data: Journey | BeforeAfter | float, interval: Interval | None, metric: str | None, level: float
) -> tuple[float, Interval | None, int | None, tuple[str, ...], tuple[Caution, ...]]:
    """The change with its interval, its n, and what it brings along."""
    if isinstance(data, BeforeAfter):
        if data.kind != "share":
            raise AnalysisError("the change is that of a mean; only the change of a share can be multiplied by customers")
        return data.value or 0.0, data.interval, data.n, data.assumptions, data.warnings
    if not isinstance(data, Journey):
        return number(data, what="the change", low=-1, high=1), interval, None, (), ()
    found = metric_of(data, question="improvement_value", metric=metric, kind="conversion")
    if found.baseline is None:
        raise NotEnoughData("improvement_value", f"the metric {found.id!r} has no baseline", "a baseline to compare with")
    now = share_of_metric(found, "improvement_value")
    then = number(found.baseline, what=found.id, low=0, high=100 if found.unit == "%" else 1) / (100 if found.unit == "%" else 1)
    around = wilson(now * found.n, found.n, level=level) if found.n else None
    bounds = None if around is None else Interval(around.low - then, around.high - then, level, "Wilson, the baseline taken as certain")
    sides = (now * found.n, (1 - now) * found.n) if found.n else ()
    return now - then, bounds, found.n, ("the baseline is taken as certain",), small_n(found.n, sides=sides) if found.n else ()


def _corners(bounds: Interval, volume: Spread, each: Spread) -> Interval:
    corners = [
        change * customers * worth
        for change, customers, worth in product((bounds.low, bounds.high), (volume.low, volume.high), (each.low, each.high))
    ]
    return Interval(min(corners), max(corners), bounds.level, f"{bounds.method}, carried through")


def _payback(cost: float | None, value: float) -> float | None:
    return cost / value if cost is not None and value > 0 else None
