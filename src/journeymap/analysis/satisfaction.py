"""Are customers satisfied, and was it easy (J2)? CSAT and CES as shares of answers at the good end."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import Numbers, known, metric_of, number, numbers
from journeymap.analysis.guards import hidden_groups, missing_heavy, nonresponse, small_n, survivors
from journeymap.analysis.intervals import LEVEL, Interval, Share, wilson
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.weights import kept_weights, kish
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric, MetricKind


@frozen(kw_only=True)
class Satisfaction(Result):
    """A share of answers at the good end of a scale, in per cent."""

    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "R"

    top: float | None
    """How many answered at the good end; None where it is not known."""
    mean: float | None
    """The mean answer on its scale."""
    effective_n: float | None
    """What n is worth after weighting (Kish); n itself without weights."""

    def _bound(self, value: float) -> str:
        return percent(value / 100)


@frozen(kw_only=True)
class Csat(Satisfaction):
    """The share of satisfied answers."""

    analysis: ClassVar[str] = "csat"
    subject: ClassVar[str] = "The share of satisfied customers"

    def _told(self) -> str:
        return f"{percent((self.value or 0.0) / 100)} are satisfied"


@frozen(kw_only=True)
class Ces(Satisfaction):
    """The share who agree that it was easy."""

    analysis: ClassVar[str] = "ces"
    subject: ClassVar[str] = "The share who found it easy"

    def _told(self) -> str:
        return f"{percent((self.value or 0.0) / 100)} agree that it was easy"


def csat(
    data: Journey | Share | Numbers,
    *,
    scale: tuple[float, float] = (1, 5),
    top: int = 2,
    level: float = LEVEL,
    response_rate: float | None = None,
    started: int | None = None,
    weights: Sequence[float] | None = None,
    metric: str | None = None,
    strict: bool = False,
) -> Csat:
    """How many are satisfied?

    The share of answers in the ``top`` two boxes of ``scale`` (4 and 5 of 1 to 5), in per cent, with Wilson's interval; beside it
    the mean. Answers with two peaks more than a point apart are warned of (`HIDDEN_GROUPS`), and so are those of survivors:
    ``started`` says how many began the journey. ``response_rate`` and ``weights`` as in `nps`. A map gives its metric of the kind
    csat (or ``metric``): in the unit % it is the share; a value on the scale is the mean, and the share is unknown.
    Counts of the good answers come as `Share`. NotEnoughData when more than 30 % of the answers are missing.

    >>> found = csat([5, 4, 4, 3, 5, 2, 5, 4, 1, 5, 4, 4, 3, 5, 5])
    >>> round(found.value, 1), round(found.mean, 2), round(found.interval.low, 1), round(found.interval.high, 1)
    (73.3, 3.93, 48.0, 89.1)
    """
    found = _top_share(data, "csat", scale, scale[1] - top + 1, weights, metric, level)
    warnings = (*found.warnings, *nonresponse(response_rate), *survivors(found.n or 0, started))
    result = Csat(
        value=found.share,
        reason=found.reason,
        unit="%",
        n=found.n,
        missing=found.missing,
        interval=found.interval,
        method=f"share of answers of {scale[1] - top + 1:g} and more on {scale[0]:g} to {scale[1]:g}, Wilson interval",
        warnings=warnings,
        top=found.top,
        mean=found.mean,
        effective_n=found.effective,
    )
    return sealed(result, strict=strict, inputs=(found, scale, top, level, response_rate, started))


def ces(
    data: Journey | Share | Numbers,
    *,
    scale: tuple[float, float] = (1, 7),
    agree_from: float = 5,
    level: float = LEVEL,
    response_rate: float | None = None,
    started: int | None = None,
    weights: Sequence[float] | None = None,
    metric: str | None = None,
    strict: bool = False,
) -> Ces:
    """How many found it easy?

    Customer Effort Score 2.0, "the company made it easy for me": the share of answers from ``agree_from`` on (5 to 7 of 1 to 7), in
    per cent, with Wilson's interval; beside it the mean. Everything else as in `csat`.

    Sources: Dixon, Freeman & Toman (2010); Dixon, Toman & DeLisi (2013).

    >>> found = ces([7, 6, 5, 7, 3, 2, 6, 7, 5, 6])
    >>> found.value, found.mean
    (80.0, 5.4)
    """
    found = _top_share(data, "ces", scale, agree_from, weights, metric, level)
    result = Ces(
        value=found.share,
        reason=found.reason,
        unit="%",
        n=found.n,
        missing=found.missing,
        interval=found.interval,
        method=f"share of answers of {agree_from:g} and more on {scale[0]:g} to {scale[1]:g}, Wilson interval",
        warnings=(*found.warnings, *nonresponse(response_rate), *survivors(found.n or 0, started)),
        top=found.top,
        mean=found.mean,
        effective_n=found.effective,
    )
    return sealed(result, strict=strict, inputs=(found, scale, agree_from, level, response_rate, started))


@frozen
class _Top:
    """The share at the good end of a scale, in per cent, with what goes with it."""

    share: float | None
    n: int | None
    missing: int
    top: float | None
    mean: float | None
    effective: float | None
    interval: Interval | None
    warnings: tuple[Caution, ...]
    reason: str = ""


def _top_share(
    data: Journey | Share | Numbers,
    kind: MetricKind,
    scale: tuple[float, float],
    from_: float,
    weights: Sequence[float] | None,
    metric: str | None,
    level: float,
) -> _Top:
    low, high = scale
    if isinstance(data, Journey):
        return _top_of_metric(metric_of(data, question=kind, metric=metric, kind=kind), kind, scale, level)
    if isinstance(data, Share):
        return _of_counts(data, kind, weights, level)
    answers = numbers(data, what="answers", low=low, high=high)
    values = known(answers)
    if not values:
        raise NotEnoughData(kind, "nobody answered", "at least one answer")
    kept = kept_weights(answers, weights)
    total = fsum(kept)
    share = fsum(w for w, value in zip(kept, values, strict=True) if value >= from_) / total
    effective = kish(kept)
    bounds = wilson(share * effective, effective, level=level)
    top = sum(value >= from_ for value in values)
    return _Top(
        share=100 * share,
        n=len(values),
        missing=len(answers) - len(values),
        top=top,
        mean=fsum(w * value for w, value in zip(kept, values, strict=True)) / total,
        effective=effective,
        interval=None if bounds is None else bounds.scaled(100),
        warnings=(
            *missing_heavy(kind, there=len(values), expected=len(answers), what="answers", value="score"),
            *small_n(len(values), sides=(top, len(values) - top)),
            *hidden_groups(values, width=high - low, what="the question"),
        ),
    )


def _of_counts(data: Share, kind: MetricKind, weights: Sequence[float] | None, level: float) -> _Top:
    if weights is not None:
        raise AnalysisError("weights: only single answers can be weighted; give the answers")
    if data.value is None:
        raise NotEnoughData(kind, "nobody answered", "at least one answer")
    bounds = wilson(data.successes, data.n, level=level)
    few = small_n(data.n, sides=(data.successes, data.failures))
    return _Top(100 * data.value, int(data.n), 0, data.successes, None, data.n, None if bounds is None else bounds.scaled(100), few)


def _top_of_metric(found: Metric, kind: MetricKind, scale: tuple[float, float], level: float) -> _Top:
    if found.value is None:
        raise NotEnoughData(kind, f"the metric {found.id!r} has no value", "a value with its n")
    if found.unit == "%":
        share = number(found.value, what=found.id, low=0, high=100)
        n = found.n
        bounds = wilson(share / 100 * n, n, level=level) if n else None
        top = share / 100 * n if n else None
        few = small_n(n, sides=(top or 0.0, n - (top or 0.0))) if n else ()
        return _Top(share, n, 0, top, None, n, None if bounds is None else bounds.scaled(100), few)
    mean = number(found.value, what=found.id, low=scale[0], high=scale[1])
    reason = f"the metric {found.id!r} is a mean; the share needs the answers, or a value in %"
    return _Top(None, found.n, 0, None, mean, found.n, None, small_n(found.n) if found.n else (), reason)
