"""Where customers wait (D1): the gaps between one step and the next, on the clock and in opening hours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from math import fsum
from typing import ClassVar

from attrs import field, frozen

from journeymap.analysis.calendars import OFFICE, Calendar, OpenTime, check_order, checked, open_hours, told
from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import Chain, chain_of, visits
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.lengths import HOUR, hours, quantile
from journeymap.analysis.result import Result, amount, lasting, percent, sealed
from journeymap.analysis.spells import SpellData, Spells, spells_of
from journeymap.errors import NotEnoughData
from journeymap.model import END, START, FrozenMap, Journey, Span, Transition


@frozen(kw_only=True)
class Gap:
    """The time from the end of one step to the beginning of the next, in hours."""

    source: str
    target: str
    n: int | None
    """How often it was seen; None on a map, which states it."""
    median: float
    """On a map, the stated wait, the most likely one of a range."""
    p75: float | None
    p90: float | None
    mean: float
    longest: float
    """On a map, the upper end of a range."""
    longest_case: str
    """Whose it was; empty on a map."""
    business_median: float
    """The median of the same gaps in opening hours."""
    business_p75: float | None
    business_p90: float | None
    share: float | None
    """Of the whole time from the first step to the last, over all journeys; None where no time passes at all."""


@frozen(kw_only=True)
class TimeGaps(Result):
    """The gaps, the longest median first; the value is that of the first."""

    analysis: ClassVar[str] = "time_gaps"
    subject: ClassVar[str] = "The longest gap between two steps"
    counted: ClassVar[str] = "gaps"
    table: ClassVar[str] = "gaps"

    gaps: tuple[Gap, ...]
    lead_time: float | None
    """The mean time from the first step to the last, in hours; None where customers never get out of a loop."""
    names: FrozenMap[str] = field(factory=FrozenMap[str])
    """What a map calls the steps; empty for plain data, whose ids are names."""

    def _told(self) -> str:
        first = self.gaps[0]
        stated = "typically " if first.n is not None else ""
        share = f", {percent(first.share)} of all the time that a journey takes" if first.share is not None else ""
        source, target = self._name(first.source), self._name(first.target)
        return (
            f"Customers wait longest between {source!r} and {target!r}: {stated}{lasting(first.median)} "
            f"({amount(first.business_median, 'hours')} of it in opening hours){share}"
        )

    def _name(self, step: str) -> str:
        return self.names.get(step, step)


def time_gaps(data: Journey | SpellData, *, calendar: Calendar = OFFICE, tz: str = "UTC", strict: bool = False) -> TimeGaps:
    """Where is the three-day gap?

    For each pair of steps that follow one another, the time from the end of the first to the beginning of the second: median,
    75th and 90th percentile (Hyndman & Fan 1996, type 7), mean, the longest with its case, all in hours, the same in opening hours
    of the ``calendar``, and the share of the whole lead time. Ranked by the median, ties by the ids.

    Events, ``(case, activity, time)``, have no length; of spells, ``(case, activity, start, end)``, the next may not start before
    the last has ended: a negative gap is refused. Times without a zone are taken as ``tz``, and the answer says so. A map states
    its waits; opening hours in them are those of an average time of the week, and a share weighs each gap by how many take it.
    Waits that nobody stated are missing, and no wait at all is refused.

    Own definition, after the lead time ladder of value stream maps (Rother & Shook 1999).

    >>> from datetime import datetime
    >>> call, answer = datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10)
    >>> found = time_gaps([("anna", "call", call), ("anna", "answer", answer)]).gaps[0]
    >>> found.median, found.business_median
    (66.0, 2.0)
    """
    checked(calendar)
    if isinstance(data, Journey):
        result, inputs = _of_map(data, calendar)
    else:
        spells = spells_of(data, question="time_gaps", tz=tz)
        result, inputs = _of_log(spells, calendar), spells.inputs
    return sealed(result, strict=strict, inputs=(inputs, told(calendar)))


def _of_log(spells: Spells, calendar: Calendar) -> TimeGaps:
    open_time = OpenTime(calendar)
    seen: dict[tuple[str, str], list[tuple[float, float, str]]] = {}
    lead = []
    for case, steps in spells.cases.items():
        lead.append((max(step.end for step in steps) - steps[0].start) / HOUR)
        for before, after in pairwise(steps):
            check_order(before.end, after.start, what=f"time_gaps: {before.activity!r} to {after.activity!r} of case {case!r}")
            length = (after.start - before.end) / HOUR
            seen.setdefault((before.activity, after.activity), []).append((length, open_hours(open_time, before.end, after.start), case))
    if not seen:
        raise NotEnoughData("time_gaps", "no case has two steps", "cases with two steps or more")
    whole = fsum(lead)
    gaps = _ranked([_measured(source, target, found, whole) for (source, target), found in seen.items()])
    return TimeGaps(
        value=gaps[0].median,
        unit="hours",
        n=sum(len(found) for found in seen.values()),
        method=f"median by pair of steps; opening hours in {calendar.tz}",
        assumptions=spells.notes,
        warnings=small_n(gaps[0].n or 0, what=f"gaps between {gaps[0].source!r} and {gaps[0].target!r}"),
        gaps=gaps,
        lead_time=whole / len(lead),
    )


def _measured(source: str, target: str, found: list[tuple[float, float, str]], whole: float) -> Gap:
    lengths = sorted(length for length, _, _ in found)
    business = sorted(length for _, length, _ in found)
    longest, case = min(((length, case) for length, _, case in found), key=lambda item: (-item[0], item[1]))
    return Gap(
        source=source,
        target=target,
        n=len(found),
        median=quantile(lengths, 0.5) or 0.0,
        p75=quantile(lengths, 0.75),
        p90=quantile(lengths, 0.9),
        mean=fsum(lengths) / len(lengths),
        longest=longest,
        longest_case=case,
        business_median=quantile(business, 0.5) or 0.0,
        business_p75=quantile(business, 0.75),
        business_p90=quantile(business, 0.9),
        share=fsum(lengths) / whole if whole else None,
    )


def _of_map(journey: Journey, calendar: Calendar) -> tuple[TimeGaps, object]:
    ways: list[Transition] = [data["item"] for _, target, data in journey.graph.edges(data=True) if target != END]
    waits = {(way.source, way.target): way.wait for way in ways if way.wait is not None}
    if not waits:
        told_gaps = f"none of the {len(ways)} ways between steps says how long customers wait"
        raise NotEnoughData("time_gaps", told_gaps, "a wait on the transitions, or events with times")
    chain = chain_of(journey)
    often = visits(chain)
    lasting = {t.id: hours(t.duration) for t in journey.touchpoints if t.duration is not None}
    taken = {way: _taken(chain, often, *way) for way in waits}
    spent = [taken[way] * hours(wait) for way, wait in waits.items() if taken[way]]
    whole = fsum([*spent, *(often[step] * length for step, length in lasting.items() if length)])
    finite = math.isfinite(whole)
    gaps = _ranked([_stated(way, wait, taken[way], whole if finite else 0.0, calendar.open_share) for way, wait in waits.items()])
    result = TimeGaps(
        value=gaps[0].median,
        unit="hours",
        n=len(waits),
        missing=len(ways) - len(waits),
        method="waits as the map states them, the most likely one of a range",
        assumptions=(*chain.assumptions, "waits begin at any time of the week alike, which makes opening hours a share of them"),
        warnings=(*missing_some(there=len(waits), expected=len(ways), what="waits"), *_grounds(journey, waits)),
        gaps=gaps,
        lead_time=whole if finite else None,
        names=FrozenMap({touchpoint.id: touchpoint.name for touchpoint in journey.touchpoints}),
    )
    return result, (tuple(waits.items()), tuple(lasting.items()), tuple(taken.items()))


def _taken(chain: Chain, often: Mapping[str, float], source: str, target: str) -> float:
    """How often a customer is expected to go that way."""
    share = (chain.starts if source == START else chain.rows[source]).get(target, 0.0)
    return (1.0 if source == START else often[source]) * share if share else 0.0


def _stated(way: tuple[str, str], wait: timedelta | Span, taken: float, whole: float, open_share: float) -> Gap:
    length = hours(wait)
    return Gap(
        source=way[0],
        target=way[1],
        n=None,
        median=length,
        p75=None,
        p90=None,
        mean=length,
        longest=hours(wait.high) if isinstance(wait, Span) else length,
        longest_case="",
        business_median=length * open_share,
        business_p75=None,
        business_p90=None,
        share=taken * length / whole if whole else None,
    )


def _ranked(gaps: list[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=lambda gap: (-gap.median, gap.source, gap.target)))


def _grounds(journey: Journey, waits: Mapping[tuple[str, str], object]) -> tuple[Caution, ...]:
    """Whether the steps around the waits rest on evidence."""
    around = {step for way in waits for step in way}
    return hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints if touchpoint.id in around])
