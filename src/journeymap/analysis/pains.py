"""Which few pains make most of the trouble (C1): the Pareto order of pain points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, isinf
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Labelled, known, number, series
from journeymap.analysis.felt import evidence_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.result import Result, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData
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
    severity: int | None = None
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
    severity: int | None = None
    frequency: float | None = None
    reach: float | None = None


def pareto(data: Journey | Labelled, *, cut: float = CUT, strict: bool = False) -> Pareto:
    """Which few pains make most of the trouble?

    From a map, the score of a pain is severity (1 to 4) * frequency (share of customers) * reach (how often a customer who
    starts is expected at its step; the most visited touchpoint speaks for a stage). From plain data it is the number given: a
    count, a cost, hours lost. Sorted by score, ties by id; the vital few are the shortest beginning whose cumulative share is at
    least ``cut``. The Gini coefficient says how unequal the scores are.

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
        items = [_Item(point.id, point.name, _not_negative(point.id, point.value)) for point in series(data, what="counts")]
        warnings = []
        method = "the numbers as given"
        what, value = "items", "value"
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
        scored = pain.severity is not None and pain.frequency is not None
        value = (pain.severity or 0) * (pain.frequency or 0.0) * reach if scored else None
        items.append(_Item(pain.id, pain.description, value, pain.severity, pain.frequency, reach))
        claims.append(evidence)
    return items, claims


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
