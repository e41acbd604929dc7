"""Where the business believes something else than customers feel (I3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import erfc, fsum, sqrt
from typing import ClassVar, TypeAlias, cast

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.comparisons import independent_means, paired_means
from journeymap.analysis.doors import Labelled, known, numbers, series
from journeymap.analysis.felt import map_cautions, points_of
from journeymap.analysis.guards import missing_some
from journeymap.analysis.intervals import LEVEL, Interval, check_level, mean_and_sd
from journeymap.analysis.multiplicity import FEWEST_PER_GROUP, benjamini_hochberg
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.analysis.samples import Sample
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey

Side: TypeAlias = Labelled | Mapping[str, Iterable[float | None]]
"""One value a touchpoint, or the answers of respondents by touchpoint."""

FEWEST_PAIRS = 6
"""With five touchpoints or fewer there is no test."""
EXACT_UP_TO = 200
"""Up to how many touchpoints the signed-rank test is exact."""
_DIGITS = 9
"""Differences are rounded to these before they are ranked: 4.5 - 4.4 and 4.2 - 4.1 are tied."""


@frozen(kw_only=True)
class PerceptionRow:
    """One touchpoint."""

    id: str
    name: str
    business: float
    customer: float
    gap: float
    """Business - customer: above 0 the business believes that it does better than customers find."""
    interval: Interval | None = None
    """Where both sides are answers of respondents: Welch's, of the gap at this touchpoint."""
    p_value: float | None = None
    adjusted: float | None = None
    """The p-value adjusted for the number of touchpoints (Benjamini & Hochberg)."""


@frozen(kw_only=True)
class PerceptionGap(Result):
    """What the business believes against what customers feel; the value is the mean gap, business - customer."""

    analysis: ClassVar[str] = "perception_gap"
    subject: ClassVar[str] = "The perception gap"
    counted: ClassVar[str] = "touchpoints"
    data_level: ClassVar[Level] = "M"
    table: ClassVar[str] = "rows"

    rms: float
    """The root of the mean squared gap: how far off, whichever way."""
    correlation: float | None
    """Pearson's, between the two sides; None where a side is constant."""
    p_value: float | None
    """Of the paired t test over touchpoints; None with five or fewer, or where all gaps are the same."""
    wilcoxon: float | None
    """The signed-rank statistic, the smaller sum of ranks."""
    wilcoxon_p: float | None
    """Of the signed-rank test: exact up to 200 touchpoints, with ties as they are."""
    rows: tuple[PerceptionRow, ...]
    """The biggest overestimate first, ties by id."""

    @property
    def overestimated(self) -> tuple[str, ...]:
        """The ids of what the business believes to be better than customers find, the worst first."""
        return tuple(row.id for row in self.rows if row.gap > 0)

    def _told(self) -> str:
        way = "more favourably than" if (self.value or 0) > 0 else "less favourably than" if (self.value or 0) < 0 else "as favourably as"
        told = f"On average the business sees the journey {way} customers do, by {amount(abs(self.value or 0.0), self.unit)}"
        first = self.rows[0]
        if first.gap <= 0:
            return told
        return f"{told}; it overestimates {first.name!r} most ({amount(first.business)} against {amount(first.customer)})"


def perception_gap(data: Journey | Side, customer: Side | None = None, *, level: float = LEVEL, strict: bool = False) -> PerceptionGap:
    """Where does the business believe that it does better than customers find?

    Business - customer at each touchpoint, their mean with Student's interval and the paired t test, the signed-rank test
    (differences rounded before they are ranked, 0 dropped), the root mean square and the correlation. The unit of the test is
    the touchpoint; with five or fewer only the effect is given (`TOO_SMALL`). The interval needs scipy (extra ``stats``).

    A map brings ``believed_emotion`` and what customers feel, in points of valence. Plain data is what the business believes
    first, then what ``customer`` says, by touchpoint; touchpoints that one side lacks drop out and count as missing. Where
    both sides are answers of respondents, each touchpoint also has Welch's test with Benjamini and Hochberg's adjustment.
    NotEnoughData where no touchpoint has both sides.

    Sources: Parasuraman, Zeithaml & Berry (1988); Allen, Reichheld, Hamilton & Markey (2005), with 80 % against 8 %; Wilcoxon
    (1945).

    >>> perception_gap({"site": 4, "call": 4, "bill": 3}, {"site": 4, "call": 2, "bill": 2}).value
    1.0
    """
    level = check_level(level)
    if isinstance(data, Journey):
        if customer is not None:
            raise AnalysisError("customer: a journey brings both sides; leave it out, or give plain data for both")
        rows, expected, warnings, unit = _of_map(data)
        assumptions: tuple[str, ...] = ()
    else:
        if customer is None:
            raise NotEnoughData("perception_gap", "there is only what the business believes", "what customers say in customer=")
        rows, expected, warnings = _of_sides(data, customer, level)
        unit = "points"
        assumptions = ("both sides rate on the same scale",)
    if not rows:
        raise NotEnoughData(
            "perception_gap", f"none of {expected} touchpoints has both sides", "belief and feeling of the same touchpoints"
        )
    gaps = [row.gap for row in rows]
    effect = signed = None
    if len(rows) >= FEWEST_PAIRS:
        effect, signed = paired_means(gaps, level=level), signed_rank(gaps)
    else:
        warnings = (*warnings, caution("TOO_SMALL", f"{len(rows)} touchpoints have both sides"))
    result = PerceptionGap(
        value=fsum(gaps) / len(gaps),
        unit=unit,
        n=len(rows),
        missing=expected - len(rows),
        interval=effect.interval if effect else None,
        method="business - customer, paired over touchpoints" if effect else "business - customer, no test",
        assumptions=assumptions,
        warnings=(*missing_some(there=len(rows), expected=expected, what="touchpoints"), *warnings),
        rms=sqrt(fsum(gap * gap for gap in gaps) / len(gaps)),
        correlation=_correlation([row.business for row in rows], [row.customer for row in rows]),
        p_value=effect.p_value if effect else None,
        wilcoxon=signed[0] if signed else None,
        wilcoxon_p=signed[1] if signed else None,
        rows=tuple(sorted(rows, key=lambda row: (-row.gap, row.id))),
    )
    return sealed(result, strict=strict, inputs=(tuple((r.id, r.business, r.customer, r.p_value) for r in rows), expected, level))


def signed_rank(differences: Sequence[float]) -> tuple[float, float] | None:
    """The smaller sum of ranks and the two-sided p-value of the signed-rank test (Wilcoxon 1945); None if all are 0.

    Differences of 0 are dropped, ties share their mean rank. Exact up to 200 differences: the p-value counts all ways to set
    the signs, with the ties as they are. Beyond, normal with the correction for ties, without one for continuity.

    >>> signed_rank([1, 2, 3, 4, 5, -6])
    (6.0, 0.4375)
    """
    kept = [rounded for rounded in (round(difference, _DIGITS) for difference in differences) if rounded]
    if not kept:
        return None
    ranks = _doubled_ranks([abs(difference) for difference in kept])
    up = sum(rank for rank, difference in zip(ranks, kept, strict=True) if difference > 0)
    total = sum(ranks)
    smaller = min(up, total - up)
    n = len(kept)
    if n <= EXACT_UP_TO:
        return smaller / 2, _exact_p(ranks, smaller)
    variance = fsum(rank * rank for rank in ranks) / 4  # of twice the sum; ties are in the ranks
    z = (smaller - total / 2) / sqrt(variance)
    return smaller / 2, erfc(abs(z) / sqrt(2))


def _doubled_ranks(sizes: Sequence[float]) -> list[int]:
    """Twice the mean rank of each, a whole number."""
    order = sorted(range(len(sizes)), key=sizes.__getitem__)
    ranks = [0] * len(sizes)
    start = 0
    while start < len(order):
        stop = start
        while stop < len(order) and sizes[order[stop]] == sizes[order[start]]:
            stop += 1
        for place in order[start:stop]:
            ranks[place] = start + 1 + stop
        start = stop
    return ranks


def _exact_p(ranks: Sequence[int], smaller: int) -> float:
    import numpy as np

    shares = np.zeros(sum(ranks) + 1)
    shares[0] = 1.0
    for rank in ranks:  # each rank is up or down with the same chance
        shifted = np.zeros_like(shares)
        shifted[rank:] = shares[: len(shares) - rank]
        shares = (shares + shifted) / 2
    return min(1.0, 2 * float(shares[: smaller + 1].sum()))


def _of_map(journey: Journey) -> tuple[tuple[PerceptionRow, ...], int, tuple[Caution, ...], str]:
    felt = {point.id: point for point in points_of(journey)}
    rows = []
    points = []
    believed = [touchpoint for touchpoint in journey.touchpoints if touchpoint.believed_emotion is not None]
    for touchpoint in believed:
        point = felt.get(touchpoint.id)
        if touchpoint.believed_emotion is not None and point is not None and point.valence is not None:
            rows.append(_row(touchpoint.id, touchpoint.name, touchpoint.believed_emotion.valence, point.valence))
            points.append(point)
    return tuple(rows), len(believed), map_cautions(journey, points), "points of valence"


def _row(step: str, name: str, business: float, customer: float) -> PerceptionRow:
    return PerceptionRow(id=step, name=name, business=business, customer=customer, gap=business - customer)


def _of_sides(business: object, customer: object, level: float) -> tuple[tuple[PerceptionRow, ...], int, tuple[Caution, ...]]:
    answers = [_answers(side, what) for side, what in ((business, "business"), (customer, "customer"))]
    first, second = answers
    if first is not None and second is not None:
        return _of_answers(first, second, level)
    if first is not None or second is not None:
        raise ScaleMismatch("one side is answers of respondents and the other one value a touchpoint; give both alike")
    one, two = (series(cast("Labelled", side), what=what) for side, what in ((business, "business"), (customer, "customer")))
    if not (isinstance(business, Mapping) or isinstance(customer, Mapping)) and len(one) != len(two):
        raise AnalysisError(f"{len(one)} values of the business and {len(two)} of customers; give one each, None where it is unknown")
    said = {point.id: point.value for point in two}
    pairs = [(point, said.get(point.id)) for point in one]
    rows = tuple(_row(p.id, p.name, p.value, value) for p, value in pairs if p.value is not None and value is not None)
    return rows, len({point.id for point in (*one, *two)}), ()


def _answers(side: object, what: str) -> dict[str, tuple[float, ...]] | None:
    """The answers by touchpoint; None where the side has one value each."""
    if not isinstance(side, Mapping) or not any(isinstance(value, Iterable) for value in side.values()):
        return None
    return {str(step): known(numbers(values, what=f"{what}[{step!r}]")) for step, values in side.items()}


def _of_answers(
    first: Mapping[str, tuple[float, ...]], second: Mapping[str, tuple[float, ...]], level: float
) -> tuple[tuple[PerceptionRow, ...], int, tuple[Caution, ...]]:
    rows = []
    few = 0
    for step, business in first.items():
        customer = second.get(step, ())
        if not business or not customer:
            continue
        sides = [Sample("mean", *_summary(answers)) for answers in (business, customer)]
        row = _row(step, step, sides[0].value, sides[1].value)
        if min(len(business), len(customer)) < FEWEST_PER_GROUP:
            few += 1
        else:
            effect = independent_means(*sides, level=level)
            row = evolve(row, interval=effect.interval, p_value=effect.p_value)
        rows.append(row)
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    rows = [evolve(row, adjusted=p) for row, p in zip(rows, adjusted, strict=True)]
    tests = sum(p is not None for p in adjusted)
    warnings = (caution("MULTIPLE_TESTS", f"{tests} touchpoints are tested"),) if tests > 1 else ()
    if few:
        warnings = (*warnings, caution("TOO_SMALL", f"at {few} touchpoints a side has fewer than {FEWEST_PER_GROUP} answers"))
    return tuple(rows), len({*first, *second}), warnings


def _summary(answers: Sequence[float]) -> tuple[float, int, float | None]:
    mean, sd = mean_and_sd(answers)
    return mean, len(answers), sd


def _correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    one, other = (fsum(side) / len(side) for side in (first, second))
    across = fsum((a - one) * (b - other) for a, b in zip(first, second, strict=True))
    spread = sqrt(fsum((a - one) ** 2 for a in first) * fsum((b - other) ** 2 for b in second))
    return max(-1.0, min(1.0, across / spread)) if spread > 1e-12 else None
