"""How much of the time something happens (D2): active time against waiting, the flow efficiency."""

from __future__ import annotations

import math
from math import fsum
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import chain_of, visits
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_heavy, small_n
from journeymap.analysis.lengths import HOUR, Lengths, hours, measured
from journeymap.analysis.result import Result, lasting, percent, sealed
from journeymap.analysis.spells import Spell, SpellData, Spells, spells_of
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey

Overlap = Literal["union", "sum"]
"""Time in which two activities run counts once, or once for each."""


@frozen(kw_only=True)
class CaseFlow:
    """The time of one case, in hours."""

    case: str
    throughput: float
    """From the first start to the last end."""
    processing_sum: float
    """The lengths of all activities together; parallel ones count each."""
    processing_union: float
    """The time in which at least one activity runs."""
    idle: float
    """The time in which none does."""


@frozen(kw_only=True)
class FlowEfficiency(Result):
    """Active time over active and waiting time."""

    analysis: ClassVar[str] = "flow_efficiency"
    subject: ClassVar[str] = "The share of the time in which something happens"
    counted: ClassVar[str] = "lengths of time"
    table: ClassVar[str] = "cases"

    active: float
    """Over all cases, or for one customer on a map."""
    wait: float
    throughput: float
    """Active and waiting time together; for cases, the sum of their times from first to last."""
    time_unit: str
    cases: tuple[CaseFlow, ...] = ()
    """By case; empty for a map and for plain lengths."""

    def _told(self) -> str:
        return (
            f"In {percent(self.value)} of the time something happens; customers wait {lasting(self.wait, self.time_unit)} "
            f"of {lasting(self.active + self.wait, self.time_unit)}"
        )


def flow_efficiency(
    data: Journey | SpellData | Lengths,
    waits: Lengths | None = None,
    *,
    overlap: Overlap = "union",
    tz: str = "UTC",
    strict: bool = False,
) -> FlowEfficiency:
    """How much of the time does anything happen?

    active / (active + wait), a share from 0 to 1; undefined where no time passes at all. Of spells, ``(case, activity, start,
    end)``, the waiting is the idle time in which no activity of the case runs, and ``overlap`` says whether parallel activities
    count once (union) or each (sum). A map weighs durations and waits by how many customers come by. Plain lengths of active
    time come with ``waits``.

    NotEnoughData when more than 30 % of the durations and waits are missing: a way without a stated wait is not one without waiting.

    Sources: Little (1961); Rother & Shook (1999); the terms throughput, processing and idle time as in edeaR.

    >>> flow_efficiency([2, 1], waits=[9]).value
    0.25
    """
    if overlap not in {"union", "sum"}:
        raise AnalysisError(f"overlap: {overlap!r} is neither 'union' nor 'sum'")
    if isinstance(data, Journey):
        if waits is not None:
            raise AnalysisError("waits: a journey brings its own; set Transition.wait, or give plain lengths")
        result, inputs = _of_map(data)
    elif waits is not None:
        result, inputs = _of_lengths(data, waits)  # type: ignore[arg-type]  # with waits it is lengths, and measured() checks it
    else:
        spells = spells_of(data, question="flow_efficiency", tz=tz)
        if not spells.lasting:
            told = "events say when something happened, not how long it took"
            raise NotEnoughData("flow_efficiency", told, "spells as (case, activity, start, end), or lengths with waits=")
        result, inputs = _of_spells(spells, overlap), spells.inputs
    return sealed(result, strict=strict, inputs=(inputs, overlap))


def _answer(
    active: float,
    wait: float,
    *,
    unit: str,
    method: str,
    n: int,
    throughput: float | None = None,
    missing: int = 0,
    assumptions: tuple[str, ...] = (),
    warnings: tuple[Caution, ...] = (),
    cases: tuple[CaseFlow, ...] = (),
) -> FlowEfficiency:
    whole = active + wait
    reason = "" if whole else "no time passes at all"
    if math.isinf(whole):
        reason = "some customers never get out of a loop, so the time has no end"
    return FlowEfficiency(
        value=None if reason else active / whole,
        unit="share",
        n=n,
        missing=missing,
        method=method,
        assumptions=assumptions,
        warnings=warnings,
        reason=reason,
        active=active,
        wait=wait,
        throughput=whole if throughput is None else throughput,
        time_unit=unit,
        cases=cases,
    )


def _of_lengths(active: Lengths, waits: Lengths) -> tuple[FlowEfficiency, object]:
    worked, waited = measured(active, what="active"), measured(waits, what="waits")
    if worked.known and waited.known and worked.unit != waited.unit:
        raise AnalysisError("active and waits: lengths of time and plain numbers are mixed; give all of one kind")
    there, expected = len(worked.known) + len(waited.known), len(worked.values) + len(waited.values)
    warnings = missing_heavy("flow_efficiency", there=there, expected=expected, what="lengths of time")
    unit = worked.unit if worked.known else waited.unit
    method = "active / (active + wait)"
    result = _answer(fsum(worked.known), fsum(waited.known), unit=unit, method=method, n=there, missing=expected - there, warnings=warnings)
    return result, (worked.values, waited.values, unit)


def _of_spells(spells: Spells, overlap: Overlap) -> FlowEfficiency:
    cases = tuple(_case(case, steps) for case, steps in spells.cases.items())
    active = fsum(case.processing_union if overlap == "union" else case.processing_sum for case in cases)
    return _answer(
        active,
        fsum(case.idle for case in cases),
        unit="hours",
        throughput=fsum(case.throughput for case in cases),
        method=f"active / (active + idle), parallel activities by {overlap}",
        n=sum(len(steps) for steps in spells.cases.values()),
        assumptions=spells.notes,
        warnings=small_n(len(cases), what="cases"),
        cases=cases,
    )


def _case(case: str, steps: tuple[Spell, ...]) -> CaseFlow:
    begun = reached = steps[0].start
    union = steps[0].start - begun
    for step in steps:  # in the order of their starts
        if step.end > reached:
            union += step.end - max(step.start, reached)
            reached = step.end
    throughput = (reached - begun) / HOUR
    return CaseFlow(
        case=case,
        throughput=throughput,
        processing_sum=fsum((step.end - step.start) / HOUR for step in steps),
        processing_union=union / HOUR,
        idle=(reached - begun - union) / HOUR,
    )


def _of_map(journey: Journey) -> tuple[FlowEfficiency, object]:
    chain = chain_of(journey)
    often = visits(chain)
    lasting = [(often[t.id], None if t.duration is None else hours(t.duration)) for t in journey.touchpoints if often[t.id] > 0]
    waiting = []
    for source, target, data in journey.graph.edges(data=True):
        share = 0.0 if source == START or target == END else chain.rows[source].get(target, 0.0)
        if share and often[source]:
            wait = data["item"].wait
            waiting.append((often[source] * share, None if wait is None else hours(wait)))
    inputs = (*lasting, *waiting)
    there = sum(length is not None for _, length in inputs)
    warnings = missing_heavy("flow_efficiency", there=there, expected=len(inputs), what="durations and waits")
    result = _answer(
        fsum(times * length for times, length in lasting if length),
        fsum(times * length for times, length in waiting if length),
        unit="hours",
        method="active / (active + wait) of a customer, the most likely lengths of ranges",
        n=there,
        missing=len(inputs) - there,
        assumptions=(*chain.assumptions, "the customer's steps are the active time; what is done behind them runs within the waits"),
        warnings=(*warnings, *hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints])),
    )
    return result, (tuple(lasting), tuple(waiting))
