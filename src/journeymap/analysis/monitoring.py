"""Is it still the same process (J7)? The control chart of single values (XmR), which tells signals from noise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import fsum
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.doors import Labelled, Point, series
from journeymap.analysis.guards import missing_some
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

FROM_MOVING_RANGE = 2.66
"""Three standard errors in mean moving ranges: 3 / 1.128."""
RANGE_LIMIT = 3.268
"""The upper limit of the moving ranges, in mean moving ranges."""
RUN = 8
FIRM_FROM = 10


@frozen(kw_only=True)
class ChartPoint:
    """One value of the chart."""

    label: str
    value: float
    moving_range: float | None
    """How far it is from the value before; None for the first and after a gap."""
    beyond: bool
    """Rule 1: outside the limits."""
    in_run: bool
    """Rule 2: one of a run on the same side of the mean."""


@frozen(kw_only=True)
class ControlChart(Result):
    """The chart; the value is how many points are signals."""

    analysis: ClassVar[str] = "control_chart"
    subject: ClassVar[str] = "The number of signals"
    counted: ClassVar[str] = "points"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "points"

    points: tuple[ChartPoint, ...]
    mean: float | None
    lower: float | None
    upper: float | None
    mean_moving_range: float | None
    range_limit: float | None
    """Above this a moving range is a signal of its own."""
    provisional: bool
    """Whether there are fewer than 10 points, so that the limits may still move."""

    @property
    def signals(self) -> tuple[ChartPoint, ...]:
        """The points outside the limits or in a run."""
        return tuple(point for point in self.points if point.beyond or point.in_run)

    def _told(self) -> str:
        limits = f"between {amount(self.lower)} and {amount(self.upper)}"
        state = "provisional limits" if self.provisional else "limits"
        if not self.signals:
            return f"Nothing but noise: every point lies {limits} ({state}), and there is no run"
        named = ", ".join(point.label for point in self.signals[:3])
        more = " and others" if len(self.signals) > 3 else ""
        return f"{len(self.signals)} of {len(self.points)} points are signals, not noise ({named}{more}); noise lies {limits} ({state})"


def control_chart(data: Journey | Labelled, *, metric: str | None = None, run: int = RUN, strict: bool = False) -> ControlChart:
    """Has the measure changed, or does it only wobble as ever?

    The mean +- 2.66 times the mean moving range of successive values. Rule 1: a point outside the limits. Rule 2: ``run`` (8) points in
    a row on the same side of the mean; a point on the mean ends the run. Fewer than 10 points give provisional limits. A missing value
    is left out, and the ranges next to it too. Use it before any before-and-after claim on a measure that has a history. Unit: that of
    the values.

    A map gives the dated values of one metric (by name or id, ``metric``), the earliest first. Fewer than two values in a row give None
    with the reason.

    Sources: Shewhart (1931); Wheeler (1993); NIST/SEMATECH e-Handbook 6.3.2.2.

    >>> chart = control_chart([10, 12, 11, 13, 11, 12, 10, 11, 12, 17])
    >>> round(chart.upper, 2), [point.label for point in chart.signals]
    (16.92, ['10'])
    """
    if isinstance(run, bool) or not isinstance(run, int) or run < 2:
        raise AnalysisError(f"run: {shown(run)} is no length of a run; give 2 or more")
    points = _dated(data, metric) if isinstance(data, Journey) else series(data)
    there = [point for point in points if point.value is not None]
    if not there:
        raise NotEnoughData("control_chart", "there are no values", "some values in order of time")
    values = [point.value or 0.0 for point in there]
    ranges = {
        after.id: abs(after.value - before.value)
        for before, after in pairwise(points)
        if before.value is not None and after.value is not None
    }
    mean = fsum(values) / len(values)
    spread = fsum(ranges.values()) / len(ranges) if ranges else None
    reach = FROM_MOVING_RANGE * spread if spread is not None else None
    noise = 1e-12 * max(abs(value) for value in values)
    deviations = [value - mean if abs(value - mean) > noise else 0.0 for value in values]
    runs = _in_runs(deviations, run)
    rows = tuple(
        ChartPoint(
            label=point.name,
            value=value,
            moving_range=ranges.get(point.id),
            beyond=reach is not None and abs(deviation) > reach + noise,
            in_run=in_run,
        )
        for point, value, deviation, in_run in zip(there, values, deviations, runs, strict=True)
    )
    result = ControlChart(
        value=sum(row.beyond or row.in_run for row in rows) if spread is not None else None,
        reason="" if spread is not None else "no two values follow each other, so the wobble is not known",
        unit="signals",
        n=len(there),
        missing=len(points) - len(there),
        method=f"mean +- 2.66 mean moving ranges; rule 1 and runs of {run}",
        assumptions=("the limits are provisional: fewer than 10 points",) if len(there) < FIRM_FROM else (),
        warnings=missing_some(there=len(there), expected=len(points), what="points"),
        points=rows,
        mean=mean,
        lower=None if reach is None else mean - reach,
        upper=None if reach is None else mean + reach,
        mean_moving_range=spread,
        range_limit=None if spread is None else RANGE_LIMIT * spread,
        provisional=len(there) < FIRM_FROM,
    )
    return sealed(result, strict=strict, inputs=(points, run))


def _dated(journey: Journey, metric: str | None) -> tuple[Point, ...]:
    dated = [found for found in journey.all_metrics() if found.observed is not None and found.value is not None]
    names = dict.fromkeys(found.name for found in dated)
    if metric is None and len(names) > 1:
        raise NotEnoughData("control_chart", f"{len(names)} metrics have dated values", "metric= with the name of one")
    chosen = [found for found in dated if metric is None or metric in {found.name, found.id}]
    if not chosen:
        raise NotEnoughData("control_chart", "no metric has dated values", "the values of one metric, each with the day it was observed")
    ordered = sorted(chosen, key=lambda found: (found.observed or date.min, found.id))
    return tuple(Point(found.id, str(found.observed), found.value) for found in ordered)


def _in_runs(deviations: Sequence[float], run: int) -> list[bool]:
    """Whether each point belongs to a run of so many on the same side."""
    found = [False] * len(deviations)
    start = 0
    for place, deviation in enumerate(deviations):
        if deviation == 0 or (place and deviation * deviations[place - 1] <= 0):
            start = place + (deviation == 0)
        if place - start + 1 >= run:
            found[start : place + 1] = [True] * (place - start + 1)
    return found
