"""How long until something happens (D4), counting those for whom it has not happened yet (Kaplan & Meier 1958)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import fsum
from typing import ClassVar, TypeAlias

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, chi_square_p, z_value
from journeymap.analysis.lengths import HOUR, Length, Lengths, measured, one
from journeymap.analysis.result import Level, Result, lasting, sealed
from journeymap.analysis.spells import SpellData, Spells, spells_of
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import Journey

Case: TypeAlias = tuple[float, bool]
"""How long, and whether it happened then (or was only watched so long)."""
FEWEST_PER_GROUP = 5
_HALF = 1e-12
"""A product of fractions that is a half on paper may be a hair above it here."""


@frozen(kw_only=True)
class SurvivalStep:
    """A moment at which it happened to somebody."""

    group: str = ""
    time: float
    at_risk: int
    """How many were still waiting just before."""
    events: int
    survival: float
    """The share still waiting just after."""
    se: float | None
    """Greenwood's standard error; None where nobody waits any more."""
    low: float | None
    high: float | None
    """The bounds of the survival, on the scale log(-log S)."""


@frozen(kw_only=True)
class SurvivalGroup:
    """One group of those compared."""

    group: str
    n: int
    events: int
    median: float | None
    rmst: float
    expected_events: float
    """How many it would have if all groups were alike."""


@frozen(kw_only=True)
class TimeToEvent(Result):
    """The median time until it happens; None where it has not happened to half of them."""

    analysis: ClassVar[str] = "time_to_event"
    subject: ClassVar[str] = "The median time until it happens"
    counted: ClassVar[str] = "cases"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "steps"

    steps: tuple[SurvivalStep, ...]
    """The survival curve: all cases, or one group after the other."""
    events: int
    censored: int
    """How many were still waiting when last seen."""
    rmst: float
    """The mean waiting time up to the horizon, restricted to it."""
    rmst_se: float | None
    horizon: float
    naive_mean: float | None
    """The mean of the finished cases alone, which is too short where others still wait; here only to compare with."""
    groups: tuple[SurvivalGroup, ...] = ()
    logrank: float | None = None
    """Chi-square of the log-rank test, of ``logrank_df`` degrees of freedom."""
    logrank_df: int | None = None
    logrank_p: float | None = None

    def _told(self) -> str:
        told = f"After {lasting(self.value, self.unit)} it has happened to half of them, counting those who still wait"
        if self.logrank_p is not None:
            told += f"; the groups differ with p = {self.logrank_p:.2g}"
        return told


def time_to_event(
    data: Lengths | SpellData | Iterable[tuple[Length, bool | int]],
    observed: Iterable[bool | int] | None = None,
    *,
    groups: Iterable[str] | None = None,
    start: str | None = None,
    goal: str | None = None,
    until: datetime | None = None,
    horizon: Length | None = None,
    level: float = LEVEL,
    tz: str = "UTC",
    strict: bool = False,
) -> TimeToEvent:
    """How long does it take until it happens, counting those still waiting?

    S(t) is the product of 1 - d/n over the times up to t, with d events among n at risk; a case that leaves at the time of an event
    was at risk then. Greenwood's standard error; bounds on the scale log(-log S); the median is the smallest time with S <= 0.5,
    None where the curve never gets there (no events: never), its interval that of Brookmeyer and Crowley. ``rmst`` is the area
    under S up to ``horizon`` (the longest time, unless asked otherwise). Hours for lengths of time, else the unit given.

    Lengths come with ``observed``, true where it happened and false where the case was only watched so long (all happened, without
    it), or as pairs of both, and with ``groups``, which the log-rank test compares; with fewer than 5 in a group there is no test
    (TOO_SMALL). Events, ``(case, activity, time)``, come with ``goal``, counted from ``start`` (the first event); a case without the
    goal is watched ``until`` then (the last time in the log).

    Sources: Kaplan & Meier (1958); Brookmeyer & Crowley (1982); Mantel (1966).

    >>> time_to_event([1, 2, 2, 4], observed=[1, 1, 0, 0]).value
    2.0
    """
    check_level(level)
    if isinstance(data, Journey):
        raise NotEnoughData("time_to_event", "a map has no single cases", "lengths of time, or events with times")
    if goal is not None:
        spells = spells_of(data, question="time_to_event", tz=tz)
        if groups is not None or observed is not None:
            raise AnalysisError("observed and groups go with lengths of time; of events, ask for each group by itself")
        cases, notes = _watched(spells, start, goal, until, tz)
        return _answer(cases, (), "hours", notes, 0, (), horizon, level, strict)
    given: object = data if isinstance(data, Sequence) or not isinstance(data, Iterable) else list(data)
    pairs = isinstance(given, Sequence) and given and all(isinstance(row, tuple | list) and len(row) == 2 for row in given)
    if observed is None and isinstance(given, Sequence) and pairs:
        given, observed = [row[0] for row in given], [row[1] for row in given]
    lengths = measured(given, what="lengths")  # type: ignore[arg-type]  # without a goal it is lengths, and measured() checks it
    seen = _flags(observed, len(lengths.values))
    named = _named(groups, len(lengths.values))
    kept = [place for place, value in enumerate(lengths.values) if value is not None]
    if not kept:
        raise NotEnoughData("time_to_event", "no length of time", "at least one")
    cases = [(lengths.values[place] or 0.0, seen[place]) for place in kept]
    warnings = missing_some(there=len(kept), expected=len(lengths.values), what="lengths")
    missing = len(lengths.values) - len(kept)
    return _answer(cases, [named[place] for place in kept] if named else (), lengths.unit, (), missing, warnings, horizon, level, strict)


def steps_of(cases: Sequence[Case], *, level: float = LEVEL, group: str = "") -> tuple[SurvivalStep, ...]:
    """The survival curve of cases, a step a time at which it happened."""
    happened = Counter(time for time, observed in cases if observed)
    leaving = Counter(time for time, _ in cases)
    at_risk, survival, variance = len(cases), 1.0, 0.0
    z = z_value(level)
    steps = []
    for time in sorted(leaving):
        events = happened[time]
        if events:
            survival *= 1 - events / at_risk
            se = low = high = None
            if events < at_risk:
                variance += events / (at_risk * (at_risk - events))
                se = survival * math.sqrt(variance)
                bend = z * math.sqrt(variance) / math.log(survival)
                low, high = survival ** math.exp(-bend), survival ** math.exp(bend)
            steps.append(SurvivalStep(group=group, time=time, at_risk=at_risk, events=events, survival=survival, se=se, low=low, high=high))
        at_risk -= leaving[time]
    return tuple(steps)


def time_when_left(steps: Sequence[SurvivalStep], share: float) -> float | None:
    """The first time at which no more than that share still waits; None where it never comes to that."""
    return next((step.time for step in steps if step.survival <= share + _HALF), None)


def _answer(
    cases: Sequence[Case],
    named: Sequence[str],
    unit: str,
    notes: tuple[str, ...],
    missing: int,
    warnings: tuple[Caution, ...],
    horizon: Length | None,
    level: float,
    strict: bool,
) -> TimeToEvent:
    steps = steps_of(cases, level=level)
    events = sum(observed for _, observed in cases)
    longest = max(time for time, _ in cases)
    end = longest if horizon is None else one(horizon, what="horizon")
    if end > longest and (not steps or steps[-1].survival > 0):
        raise AnalysisError(f"horizon: {end:g} lies beyond the longest time watched, {longest:g}; nobody knows what happens there")
    rmst, rmst_se = _area(steps, end)
    median = time_when_left(steps, 0.5)
    result = TimeToEvent(
        value=median,
        unit=unit,
        n=len(cases),
        missing=missing,
        interval=None if median is None else _median_interval(steps, level),
        method="Kaplan-Meier, median with the interval of Brookmeyer and Crowley",
        assumptions=(*notes, "cases that are still open would go on like those that were watched longer"),
        warnings=(*warnings, *small_n(len(cases), what="cases")),
        reason="" if median is not None else f"it has happened to too few: {events} of {len(cases)}, which is not yet half",
        steps=steps,
        events=events,
        censored=len(cases) - events,
        rmst=rmst,
        rmst_se=rmst_se,
        horizon=end,
        naive_mean=fsum(time for time, observed in cases if observed) / events if events else None,
    )
    if named:
        result = _compared(result, cases, named, level, end)
    return sealed(result, strict=strict, inputs=(tuple(cases), tuple(named), end, level))


def _area(steps: Sequence[SurvivalStep], horizon: float) -> tuple[float, float | None]:
    """The area under the curve up to the horizon, and its standard error."""
    bounds = [0.0, *(step.time for step in steps if step.time < horizon), horizon]
    heights = [1.0, *(step.survival for step in steps if step.time < horizon)]
    areas = [height * (bounds[k + 1] - bounds[k]) for k, height in enumerate(heights)]
    after, variance = fsum(areas), 0.0
    for step, area in zip(steps, areas, strict=False):
        after -= area
        if step.events < step.at_risk:
            variance += after**2 * step.events / (step.at_risk * (step.at_risk - step.events))
    return fsum(areas), math.sqrt(variance) if steps else None


def _median_interval(steps: Sequence[SurvivalStep], level: float) -> Interval:
    low = next((s.time for s in steps if s.low is None or s.low <= 0.5 + _HALF), math.inf)
    high = next((s.time for s in steps if s.high is not None and s.high <= 0.5 + _HALF), math.inf)
    return Interval(low, max(low, high), level, "Brookmeyer-Crowley")


def _compared(result: TimeToEvent, cases: Sequence[Case], named: Sequence[str], level: float, end: float) -> TimeToEvent:
    """The answer with one curve a group and the log-rank test."""
    import numpy as np

    order = sorted(set(named))
    by_group = {group: [case for case, name in zip(cases, named, strict=True) if name == group] for group in order}
    expected = np.zeros(len(order))
    variance = np.zeros((len(order), len(order)))
    for step in result.steps:
        risk = np.array([sum(time >= step.time for time, _ in by_group[group]) for group in order], dtype=float)
        share = risk / step.at_risk
        expected += step.events * share
        if step.at_risk > 1:
            spread = step.events * (step.at_risk - step.events) / (step.at_risk - 1)
            variance += spread * (np.diag(share) - np.outer(share, share))
    seen = np.array([sum(observed for _, observed in by_group[group]) for group in order], dtype=float)
    away = seen - expected
    df = int(np.linalg.matrix_rank(variance)) if variance.any() else 0
    statistic = float(away @ np.linalg.pinv(variance) @ away) if df else None
    curves = {group: steps_of(by_group[group], level=level, group=group) for group in order}
    small = [group for group in order if len(by_group[group]) < FEWEST_PER_GROUP]
    warnings = result.warnings
    if small:
        warnings = (
            *warnings,
            caution("TOO_SMALL", f"{shown(small[0])} has {len(by_group[small[0]])} cases, fewer than {FEWEST_PER_GROUP}"),
        )
    return evolve(
        result,
        method=f"{result.method}; log-rank test of {len(order)} groups",
        warnings=warnings,
        steps=tuple(step for group in order for step in curves[group]),
        groups=tuple(
            SurvivalGroup(
                group=group,
                n=len(by_group[group]),
                events=int(seen[place]),
                median=time_when_left(curves[group], 0.5),
                rmst=_area(curves[group], min(end, max(time for time, _ in by_group[group])))[0],
                expected_events=float(expected[place]),
            )
            for place, group in enumerate(order)
        ),
        logrank=statistic,
        logrank_df=df or None,
        logrank_p=None if statistic is None or small else chi_square_p(statistic, df),
    )


def _flags(observed: Iterable[bool | int] | None, n: int) -> list[bool]:
    if observed is None:
        return [True] * n
    found = list(observed)
    if len(found) != n:
        raise AnalysisError(f"observed: {len(found)} of them for {n} lengths; give one for each")
    wrong = [flag for flag in found if flag not in {0, 1}]
    if wrong:
        raise AnalysisError(f"observed: {shown(wrong[0])} is neither true (it happened) nor false (still waiting when last seen)")
    return [bool(flag) for flag in found]


def _named(groups: Iterable[str] | None, n: int) -> list[str]:
    found = [] if groups is None else [str(group) for group in groups]
    if groups is not None and (len(found) != n or len(set(found)) < 2):
        raise AnalysisError(
            f"groups: {len(found)} names, {len(set(found))} different, for {n} lengths; give one for each, of two or more groups"
        )
    return found


def _watched(spells: Spells, start: str | None, goal: str, until: datetime | None, tz: str) -> tuple[list[Case], tuple[str, ...]]:
    """How long each case took or was watched."""
    from journeymap.analysis.calendars import with_zone

    activities = {step.activity for steps in spells.cases.values() for step in steps}
    for name in (goal, *(() if start is None else (start,))):
        if name not in activities:
            raise AnalysisError(f"time_to_event: nobody did {shown(name)}{suggestion(name, activities)}; give the name of an activity")
    ending = max(step.end for steps in spells.cases.values() for step in steps)
    if until is not None:
        ending = with_zone((until,), tz=tz, question="time_to_event")[0][0]
    cases = []
    for steps in spells.cases.values():
        begun = next((step.end for step in steps if start is None or step.activity == start), None)
        if begun is None or begun > ending:
            continue
        first = steps[0] if start is None else None
        reached = next((s.start for s in steps if s.activity == goal and s is not first and begun <= s.start <= ending), None)
        cases.append((((ending if reached is None else reached) - begun) / HOUR, reached is not None))
    return cases, (*spells.notes, f"cases without {goal!r} were watched until {ending.isoformat()}")
