"""Which few pains make most of the trouble (C1): the Pareto order of pain points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import fsum, isinf
from typing import ClassVar, NotRequired, TypedDict, cast

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Labelled, Numbers, by_label, by_name, known, number, rows_of, series
from journeymap.analysis.felt import evidence_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.result import Result, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Evidence, Journey, PainPoint

CUT = 0.8


@frozen(kw_only=True)
class ParetoRow:
    """One pain, in the order of its score."""

    id: str
    name: str
    value: float
    """Severity times frequency times reach; for plain data the number that was given."""
    share: float
    cumulative: float
    """The share of this one and all before it."""
    vital: bool
    """Whether it is one of the vital few."""
    severity: float | None = None
    frequency: float | None = None
    reach: float | None = None
    """How often a customer who starts is expected where it hurts."""
    by_severity: int | None = None
    """Its place if severity decides, then frequency: an order that multiplies nothing."""


@frozen(kw_only=True)
class Pareto(Result):
    """The pains in order; the value is how many of them make the vital few."""

    analysis: ClassVar[str] = "pareto"
    subject: ClassVar[str] = "The number of pains that make most of the trouble"
    counted: ClassVar[str] = "items"
    table: ClassVar[str] = "rows"

    rows: tuple[ParetoRow, ...]
    vital_few: tuple[str, ...]
    """The ids of the shortest beginning of the list that reaches the cut."""
    vital_few_share: float
    gini: float | None
    """How unequal they are: 0 all the same, towards 1 one makes it all."""
    unscored: tuple[str, ...] = ()
    """The ids of those that have no score, for want of severity or frequency."""

    def _told(self) -> str:
        names = ", ".join(repr(row.name) for row in self.rows[:3] if row.vital)
        more = " and others" if len(self.vital_few) > 3 else ""
        return f"{len(self.vital_few)} of {len(self.rows)} make {percent(self.vital_few_share)} of the trouble: {names}{more}"


@frozen
class _Item:
    id: str
    name: str
    value: float | None
    severity: float | None = None
    frequency: float | None = None
    reach: float | None = None


class PainItem(TypedDict):
    """What a score needs of one pain."""

    severity: float | None
    """How bad it is, on any scale that is the same for all."""
    frequency: float | None
    """The share of customers whom it hits."""
    reach: NotRequired[float]
    """How often a customer who starts comes where it hurts; 1 unless said otherwise."""


def pareto(
    data: Journey | Labelled | Mapping[str, PainItem] | Iterable[Mapping[str, object]], *, cut: float = CUT, strict: bool = False
) -> Pareto:
    """Which few pains make most of the trouble?

    From a map, the score of a pain is severity (1 to 4) * frequency (share of customers) * reach (how often a customer who
    starts is expected at its step; the most visited touchpoint speaks for a stage). From plain data it is the number given (a
    count, a cost, hours lost), or the same product of a `PainItem`. Sorted by score, ties by id; the vital few are the shortest
    beginning whose cumulative share is at least ``cut``. The Gini coefficient says how unequal the scores are.

    Multiplied ratings only help to rank (`ORDINAL_MATH`), so each row also has its place by severity, then frequency. Pains
    without severity or frequency are listed as unscored, never filled in: NotEnoughData when they are more than 30 %. Scores
    that are all 0 give None.

    Sources: Juran (1951); the AIAG & VDA FMEA handbook (2019), which gave up multiplied risk numbers.

    >>> pareto({"slow reply": 120, "form errors": 80, "price unclear": 40, "login": 25, "other": 35}).vital_few
    ('slow reply', 'form errors', 'price unclear')
    """
    cut = number(cut, what="cut", low=0, high=1)
    if isinstance(data, Journey):
        items, claims = _from_map(data)
        if not items:
            raise NotEnoughData("pareto", "the journey has no pain points", "pain points with severity and frequency")
        warnings = [caution("ORDINAL_MATH"), *hypothesis(data, claims, what="pains")]
        method = "severity times frequency times expected visits"
        what, value = "pains", "score (severity and frequency)"
    else:
        items = _from_plain(data)
        rated = any(item.severity is not None or item.frequency is not None for item in items)
        warnings = [caution("ORDINAL_MATH")] if rated else []
        method = "severity times frequency times reach" if rated else "the numbers as given"
        what, value = ("pains", "score (severity and frequency)") if rated else ("items", "value")
    there = sum(item.value is not None for item in items)
    found: tuple[Caution, ...] = (*missing_heavy("pareto", there=there, expected=len(items), what=what, value=value), *warnings)
    ordered = sorted((item for item in items if item.value is not None), key=lambda item: (-(item.value or 0.0), item.id))
    values = known(item.value for item in ordered)
    total = fsum(values)
    rows = _rows(ordered, values, total, cut)
    vital = tuple(row.id for row in rows if row.vital)
    result = Pareto(
        value=len(vital) if total > 0 else None,
        reason="" if total > 0 else "every score is 0",
        unit="items",
        n=there,
        missing=len(items) - there,
        method=f"{method}, shortest beginning with {cut:.0%} or more",
        warnings=found,
        rows=rows,
        vital_few=vital,
        vital_few_share=fsum(row.share for row in rows if row.vital),
        gini=_gini(values, total),
        unscored=tuple(sorted(item.id for item in items if item.value is None)),
    )
    return sealed(result, strict=strict, inputs=(tuple(items), cut))


def pain_claims(journey: Journey) -> Iterator[tuple[PainPoint, tuple[str, ...], tuple[Evidence, ...]]]:
    """Every pain with the touchpoints where it hurts (those of its stage, for a pain of a stage) and the evidence it has there."""
    for stage in journey.stages:
        places = tuple(touchpoint.id for touchpoint in stage.touchpoints)
        for pain in stage.pains:
            yield pain, places, (*pain.evidence, *stage.evidence)
        for touchpoint in stage.touchpoints:
            for pain in touchpoint.pains:
                yield pain, (touchpoint.id,), evidence_of(touchpoint)


def _from_map(journey: Journey) -> tuple[list[_Item], list[tuple[Evidence, ...]]]:
    reached: dict[str, float] = {}
    if journey.transitions:
        from journeymap.analysis.chain import chain_of, visits

        reached = visits(chain_of(journey))
    items, claims = [], []
    for pain, places, evidence in pain_claims(journey):
        reach = max((reached.get(place, 1.0) for place in places), default=1.0)
        if isinf(reach):
            raise AnalysisError(f"{pain.id!r} is on a step that customers never leave, so its reach is infinite; add the way out", "TRAP")
        items.append(_scored(pain.id, pain.description, pain.severity, pain.frequency, reach))
        claims.append(evidence)
    return items, claims


def _from_plain(data: object) -> list[_Item]:
    data = rows_of(by_label(data))
    rows = list(data) if isinstance(data, Iterable) and not isinstance(data, Mapping | str | bytes) else data
    if isinstance(rows, list) and rows and all(isinstance(row, Mapping) for row in rows):
        rows = by_name(rows, question="pareto")
    elif isinstance(rows, list) and rows and all(isinstance(row, tuple | list) and len(row) == 2 for row in rows):
        rows = {str(name): value for name, value in rows}
    if not isinstance(rows, Mapping):
        return [_Item(point.id, point.name, _not_negative(point.id, point.value)) for point in series(cast("Numbers", rows), what="counts")]
    return [_item(str(name), value) for name, value in rows.items()]


def _item(name: str, given: object) -> _Item:
    """One item of plain data: a number, or what makes its score."""
    if isinstance(given, Mapping) and "severity" not in given:
        counts = [given[key] for key in ("count", "value", "score", "cost") if key in given]
        if len(counts) != 1:
            raise AnalysisError(f"{name}: {shown(given)} has no score; give a count, or severity, frequency and perhaps reach")
        given = counts[0]
    if not isinstance(given, Mapping):
        (point,) = series({name: cast("float | None", given)}, what="counts")
        return _Item(name, name, _not_negative(name, point.value))
    severity, frequency, reach = (
        None if given.get(key, default) is None else number(given.get(key, default), what=f"{name}.{key}", low=0)
        for key, default in (("severity", None), ("frequency", None), ("reach", 1.0))
    )
    return _scored(name, name, severity, frequency, reach)


def _scored(item: str, name: str, severity: float | None, frequency: float | None, reach: float | None) -> _Item:
    known_all = severity is not None and frequency is not None and reach is not None
    value = (severity or 0) * (frequency or 0.0) * (reach or 0.0) if known_all else None
    return _Item(item, name, value, severity, frequency, reach)


def _not_negative(name: str, value: float | None) -> float | None:
    return None if value is None else number(value, what=name, low=0)


def _rows(ordered: Sequence[_Item], values: Sequence[float], total: float, cut: float) -> tuple[ParetoRow, ...]:
    if total == 0:
        return ()
    places = {}
    if all(item.severity is not None for item in ordered):
        lexical = sorted(ordered, key=lambda item: (-(item.severity or 0), -(item.frequency or 0.0), item.id))
        places = {item.id: place for place, item in enumerate(lexical, start=1)}
    rows = []
    running, reached = 0.0, False
    for item, value in zip(ordered, values, strict=True):
        running += value
        rows.append(
            ParetoRow(
                id=item.id,
                name=item.name,
                value=value,
                share=value / total,
                cumulative=min(1.0, running / total),
                vital=not reached,
                severity=item.severity,
                frequency=item.frequency,
                reach=item.reach,
                by_severity=places.get(item.id),
            )
        )
        reached = reached or running / total >= cut - 1e-12
    return tuple(rows)


def _gini(descending: Sequence[float], total: float) -> float | None:
    n = len(descending)
    if total == 0:
        return None
    return fsum((n + 1 - 2 * place) * value for place, value in enumerate(descending, start=1)) / (n * total)
