"""Would customers recommend us (J1)? The Net Promoter Score with its doubt, and the difference of two scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, sqrt
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import Numbers, known, metric_of, number, numbers
from journeymap.analysis.guards import missing_heavy, nonresponse, small_n
from journeymap.analysis.intervals import LEVEL, Interval, normal_p, t_interval_of, z_value
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.analysis.strata import mix_shift
from journeymap.analysis.weights import kept_weights, kish
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch, shown
from journeymap.model import Journey, Metric

NpsCounts: TypeAlias = Mapping[str, int]
"""How many promoters, passives and detractors, under these three names."""
NpsData: TypeAlias = Journey | NpsCounts | Numbers
_GROUPS = ("promoters", "passives", "detractors")


@frozen(kw_only=True)
class Nps(Result):
    """The Net Promoter Score in points, -100 to 100."""

    analysis: ClassVar[str] = "nps"
    subject: ClassVar[str] = "The Net Promoter Score"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "C"

    promoters: float | None
    """How many gave 9 or 10; None where only the score is known."""
    passives: float | None
    """How many gave 7 or 8."""
    detractors: float | None
    """How many gave 0 to 6."""
    adjusted: float | None
    """The middle of the adjusted Wald interval: the score drawn a little towards 0."""
    effective_n: float | None
    """What n is worth after weighting (Kish); n itself without weights."""

    def _told(self) -> str:
        return f"The Net Promoter Score is {amount(self.value)} on a scale from −100 to +100"


@frozen
class _Shares:
    """The shares of promoters and detractors, and what they rest on."""

    value: float
    """The score in points."""
    promoters: float
    detractors: float
    n: int | None
    effective: float | None
    counts: tuple[float, float, float] | None
    missing: int = 0
    cautions: tuple[Caution, ...] = ()

    @property
    def variance(self) -> float:
        """Of one answer, -1, 0 or 1."""
        return max(0.0, self.promoters + self.detractors - (self.promoters - self.detractors) ** 2)


def nps(
    data: NpsData,
    *,
    interval: Literal["adjusted-wald", "wald", "t"] = "adjusted-wald",
    level: float = LEVEL,
    response_rate: float | None = None,
    weights: Sequence[float] | None = None,
    metric: str | None = None,
    strict: bool = False,
) -> Nps:
    """How many more would recommend us than would not?

    100 * (share of 9 and 10 - share of 0 to 6), in points. Answers are whole numbers from 0 to 10, or counts of ``promoters``,
    ``passives`` and ``detractors``; means, other scales and more than 30 % missing answers are refused. The variance of an answer
    is p + d - (p - d)², divisor n. The interval is adjusted Wald (3/4 promoters, 3/2 passives and 3/4 detractors added), which has
    a width even if all are promoters; or plain Wald (none if all answer alike); or Student's t on -1, 0, 1 (needs scipy, extra
    ``stats``).

    ``response_rate`` is the share of those asked who answered; below 0.2, or unstated, it warns (`NONRESPONSE`). With ``weights``,
    one for each answer, intervals go by Kish's effective n. A map gives its metric of the kind nps (or ``metric``), with the counts
    from the metric's ``extra`` if they are there; without them the interval is the widest that the score and its n allow.

    Sources: Reichheld (2003); Rocks (2016) for the interval.

    >>> found = nps([10, 9, 8, 7, 6, 0, 9, 10, 3, 8, 10, 5, 7, 9, 9, 6, 10, 8, 2, 10])
    >>> found.value, round(found.interval.low, 1), round(found.interval.high, 1)
    (15.0, -21.2, 47.2)
    """
    shares = _nps_shares(data, weights, metric)
    bounds, adjusted = _nps_interval(shares, interval, level)
    counts = shares.counts or (None, None, None)
    warnings = (*shares.cautions, *(small_n(shares.n) if shares.n is not None else ()), *nonresponse(response_rate))
    notes = () if shares.counts is not None else ("the map has no counts, so the interval is the widest that score and n allow",)
    result = Nps(
        value=shares.value,
        unit="points",
        n=shares.n,
        missing=shares.missing,
        interval=bounds,
        method=f"promoters (9, 10) minus detractors (0 to 6), {interval} interval",
        assumptions=notes,
        warnings=warnings,
        promoters=counts[0],
        passives=counts[1],
        detractors=counts[2],
        adjusted=adjusted,
        effective_n=shares.effective,
    )
    return sealed(result, strict=strict, inputs=(shares, interval, level, response_rate))


@frozen(kw_only=True)
class NpsDifference(Result):
    """How far two Net Promoter Scores are apart, first minus second."""

    analysis: ClassVar[str] = "nps_difference"
    subject: ClassVar[str] = "The difference of the two scores"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "C"

    first: float
    second: float
    z: float | None
    """The difference in standard errors; None where all answers of both waves are alike."""
    p_value: float | None

    def _told(self) -> str:
        sure = self.interval is not None and 0 not in self.interval
        told = "more than chance explains" if sure else "no more than chance can explain"
        return f"The Net Promoter Score is {amount(self.first)} against {amount(self.second)}, {amount(self.value)} points apart: {told}"


def nps_difference(
    first: NpsData,
    second: NpsData,
    *,
    level: float = LEVEL,
    mix: Mapping[str, tuple[int, int]] | None = None,
    response_rate: float | None = None,
    metric: str | None = None,
    strict: bool = False,
) -> NpsDifference:
    """Has the score really changed, or is it chance?

    first - second (after - before) in points; z = difference / sqrt(V1 / n1 + V2 / n2) with the variances of `nps`, and the
    interval and two-sided p-value that go with it. Both undefined where all answers of both waves are alike.

    ``mix`` says how many of each group (persona, channel) answered in both waves; where that differs (chi-square, p < 0.01) the
    score may only mirror who answered (`MIX_SHIFT`). Data as for `nps`; two maps are compared by their metrics.

    >>> after = {"promoters": 60, "passives": 20, "detractors": 20}
    >>> before = {"promoters": 45, "passives": 25, "detractors": 30}
    >>> found = nps_difference(after, second=before)
    >>> round(found.value, 6), round(found.z, 3)
    (25.0, 2.138)
    """
    one, other = _nps_shares(first, None, metric), _nps_shares(second, None, metric)
    if not one.n or not other.n:
        raise NotEnoughData("nps_difference", "the number of answers is not known on both sides", "n with each metric, or the answers")
    error = 100 * sqrt(one.variance / one.n + other.variance / other.n)
    difference = one.value - other.value
    half = z_value(level) * error
    z = difference / error if error > 0 else None
    result = NpsDifference(
        value=difference,
        unit="points",
        n=one.n + other.n,
        missing=one.missing + other.missing,
        interval=Interval(difference - half, difference + half, level, "Wald") if error > 0 else None,
        method="difference over its standard error, first minus second",
        warnings=(
            *one.cautions,
            *other.cautions,
            *small_n(min(one.n, other.n), what="answers in the smaller wave"),
            *nonresponse(response_rate),
            *mix_shift(mix or {}),
        ),
        first=one.value,
        second=other.value,
        z=z,
        p_value=None if z is None else normal_p(z),
    )
    return sealed(result, strict=strict, inputs=(one, other, level, tuple((mix or {}).items())))


def _nps_shares(data: NpsData, weights: Sequence[float] | None, metric: str | None) -> _Shares:
    if isinstance(data, Journey | Mapping):
        if weights is not None:
            raise AnalysisError("weights: only single answers can be weighted; give the answers")
        if isinstance(data, Journey):
            return _nps_of_metric(metric_of(data, question="nps", metric=metric, kind="nps"))
        return _nps_of_counts(data)
    answers = numbers(data, what="scores", low=0, high=10)
    values = known(answers)
    cautions = missing_heavy("nps", there=len(values), expected=len(answers), what="answers", value="score") if values else ()
    for value in values:
        if value != int(value):
            raise ScaleMismatch(f"scores: {value:g} is not a whole number; NPS is made of single answers from 0 to 10, never of means")
    if not values:
        raise NotEnoughData("nps", "nobody answered", "at least one answer from 0 to 10")
    kept = kept_weights(answers, weights)
    total = fsum(kept)
    promoters = fsum(w for w, value in zip(kept, values, strict=True) if value >= 9)
    detractors = fsum(w for w, value in zip(kept, values, strict=True) if value <= 6)
    counts = (float(sum(v >= 9 for v in values)), float(sum(7 <= v <= 8 for v in values)), float(sum(v <= 6 for v in values)))
    score = 100 * (promoters - detractors) / total
    return _Shares(score, promoters / total, detractors / total, len(values), kish(kept), counts, len(answers) - len(values), cautions)


def _nps_of_counts(data: Mapping[str, object]) -> _Shares:
    if set(data) != set(_GROUPS):
        raise AnalysisError(f"counts: {', '.join(map(shown, data)) or 'nothing'}; NPS needs {', '.join(_GROUPS)}")
    promoters, passives, detractors = (number(data[group], what=group, low=0) for group in _GROUPS)
    n = promoters + passives + detractors
    if n != int(n):
        raise AnalysisError(f"counts: they sum to {n:g}; counts are whole numbers")
    if n == 0:
        raise NotEnoughData("nps", "nobody answered", "at least one answer")
    score = 100 * (promoters - detractors) / n
    return _Shares(score, promoters / n, detractors / n, int(n), n, (promoters, passives, detractors))


def _nps_of_metric(found: Metric) -> _Shares:
    if all(found.extra.get(group, "").isdecimal() for group in _GROUPS):
        return _nps_of_counts({group: int(found.extra[group]) for group in _GROUPS})
    if found.value is None:
        raise NotEnoughData("nps", f"the metric {found.id!r} has no value", "a value with its n, or the answers")
    score = number(found.value, what=found.id, low=-100, high=100)
    return _Shares(score, (1 + score / 100) / 2, (1 - score / 100) / 2, found.n, found.n, None)


def _nps_interval(shares: _Shares, kind: Literal["adjusted-wald", "wald", "t"], level: float) -> tuple[Interval | None, float | None]:
    """The interval in points, and the middle of the adjusted one."""
    n = shares.effective
    if not n:
        return None, None
    more = n + 3
    p, d = (shares.promoters * n + 0.75) / more, (shares.detractors * n + 0.75) / more
    centre = 100 * (p - d)
    if kind == "adjusted-wald":
        half = 100 * z_value(level) * sqrt((p + d - (p - d) ** 2) / more)
        return Interval(max(-100.0, centre - half), min(100.0, centre + half), level, "adjusted Wald"), centre
    if shares.variance == 0:
        return None, centre
    if kind == "wald":
        half = 100 * z_value(level) * sqrt(shares.variance / n)
        return Interval(max(-100.0, shares.value - half), min(100.0, shares.value + half), level, "Wald"), centre
    if n < 2:
        return None, centre
    bounds = t_interval_of(shares.value, 100 * sqrt(shares.variance * n / (n - 1)), n, level=level)
    return bounds, centre
