"""How many get how far (F1): the funnel, from events, from paths, from counts, or from the counts on a map."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.attempts import Order, Plan
from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import small_n, survivors
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.paths import PathData, Paths, paths_of
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.tallies import Tally, counts_in, counts_on, tally_attempts, tally_counts, tally_each
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import Journey

CENSORED_WARNED = 0.1


@frozen(kw_only=True)
class FunnelStep:
    """How many took one step. Each share names its denominator: all, those at the first step, those at the step before."""

    step: str
    optional: bool = False
    reached: int
    of_all: float | None
    of_all_interval: Interval | None
    of_first: float | None
    of_first_interval: Interval | None
    of_previous: float | None
    """Of those at the last step that cannot be left out; at the first step, of all."""
    of_previous_interval: Interval | None
    drop_off: int | None
    """How many of those at the step before did not come here; None for an optional step, and in an open funnel."""
    still_open: int | None = None
    """How many have not come here, and still have time to; None without a window."""
    median_since_start: timedelta | None = None
    """From the start of the attempt; None without times, or where nobody came."""
    p90_since_start: timedelta | None = None
    median_since_previous: timedelta | None = None
    """From the step before; None where steps come in any order."""
    p90_since_previous: timedelta | None = None


@frozen(kw_only=True)
class Funnel(Result):
    """How many get how far; the value is the share of those at the first step who get to the last."""

    analysis: ClassVar[str] = "funnel"
    subject: ClassVar[str] = "The share of those who start that get to the end"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "steps"

    steps: tuple[FunnelStep, ...]
    of_all: float | None
    """The share of all customers who get to the end, whether they ever started or not."""
    of_first: float | None
    """The share of those at the first step who get to the end."""

    def _told(self) -> str:
        first, last = self.steps[0], self.steps[-1]
        told = f"Of {first.reached:,} at {first.step!r}, {last.reached:,} get to {last.step!r} ({percent(self.value)})"
        losses = [(step.drop_off, step.step) for step in self.steps[1:] if step.drop_off]
        if not losses:
            return told
        lost, where = max(losses, key=lambda loss: loss[0])
        return f"{told}; most are lost before {where!r} ({lost:,})"


def funnel(
    data: Journey | Mapping[str, int] | PathData,
    *,
    steps: Sequence[str] | None = None,
    order: Order = "ordered",
    closed: bool = True,
    optional: Collection[str] = (),
    exclude: Collection[str] = (),
    window: timedelta | None = None,
    until: datetime | None = None,
    total: int | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> Funnel:
    """How many get how far, and where are they lost?

    From events or paths, with ``steps``: how many customers reach each, as a share of all, of those at the first step, and of those
    at the step before, each with its Wilson interval. The funnel is closed and ordered unless asked otherwise: who comes in at the
    second step without the first is not counted there, and anything may happen in between. ``order="strict"`` allows nothing in
    between, ``"any"`` any order (the longest run of steps from the first on counts). ``closed=False`` counts everyone who ever took a
    step; its ratios may exceed 1 and have no interval. Every occurrence of the first step may start an attempt, the attempt that
    gets farthest counts, and each customer once. An attempt has to end within the ``window`` from its start, and ends when an
    activity of ``exclude`` happens; ``optional`` steps may be left out. Times to a step are medians and 90th percentiles (Hyndman &
    Fan's type 7). ``until`` is when watching ended (the last time in the data): who still had time then is counted as open.

    From counts by step (``{"visit": 900, "paid": 30}``, ``total`` for all customers), or from a map: the metric of the kind count at
    each touchpoint, or else the counts on the transitions to it (loops aside), along ``steps``.

    Unit: share. 0 of 0 is None, never 0. AnalysisError for an unknown step; NotEnoughData for a window without times, or a map
    without counts. Source of the interval: Wilson (1927).

    >>> found = funnel({"anna": ["ad", "site", "buy"], "ben": ["ad", "site"], "cleo": ["site"]}, steps=["ad", "site", "buy"])
    >>> [(step.step, step.reached, step.drop_off) for step in found.steps]
    [('ad', 2, 1), ('site', 2, 0), ('buy', 1, 1)]
    """
    check_level(level)
    stamped: tuple[Caution, ...] = ()
    counts = None if isinstance(data, Journey) else counts_in(data)
    finer = order != "ordered" or window is not None or until is not None or optional or exclude
    if finer and (isinstance(data, Journey) or counts is not None):
        raise NotEnoughData("funnel", "counts do not say in which order or when", "events or paths for order, window, optional and exclude")
    if isinstance(data, Journey):
        found, notes = counts_on(data, steps)
        tally = tally_counts(found, total=total, closed=closed, assumptions=notes)
        stamped = _stamp(data, found)
    elif counts is not None:
        tally = tally_counts(_chosen(counts, steps), total=total, closed=closed)
    else:
        paths = paths_of(data, question="funnel")
        plan = plan_of(steps, order=order, closed=closed, optional=optional, exclude=exclude, window=window)
        _refuse_unknown(plan, paths)
        tally = tally_attempts(paths, plan, until) if closed else tally_each(paths, plan)
    return funnel_of(tally, level=level, strict=strict, stamped=stamped)


def funnel_of(tally: Tally, *, level: float = LEVEL, strict: bool = False, stamped: tuple[Caution, ...] = ()) -> Funnel:
    """The funnel that a tally makes, wherever it was counted; ``stamped`` are cautions of its own."""
    rows = tuple(_rows(tally, level))
    last = next(row for row in reversed(rows) if not row.optional)
    result = Funnel(
        value=last.of_first,
        reason="" if last.of_first is not None else f"nobody took the first step, {rows[0].step!r}",
        unit="share",
        n=rows[0].reached,
        interval=last.of_first_interval,
        method=_method(tally),
        assumptions=tally.assumptions,
        warnings=(*stamped, *_cautions(tally)),
        steps=rows,
        of_all=last.of_all,
        of_first=last.of_first,
    )
    return sealed(result, strict=strict, inputs=(tally, level))


def plan_of(
    steps: Sequence[str] | None,
    *,
    order: Order = "ordered",
    closed: bool = True,
    optional: Collection[str] = (),
    exclude: Collection[str] = (),
    window: timedelta | None = None,
) -> Plan:
    """What counts as getting through; AnalysisError for steps and options that contradict each other."""
    if steps is None or isinstance(steps, str) or not list(steps):
        raise AnalysisError("funnel: no steps are named; give steps= with the activities in order")
    plan = Plan(tuple(steps), frozenset(optional), frozenset(exclude), order, window)
    if order not in {"ordered", "strict", "any"}:
        raise AnalysisError(f"funnel: order={shown(order)} is unknown; give 'ordered', 'strict' or 'any'")
    if len(set(plan.steps)) < len(plan.steps):
        raise AnalysisError("funnel: a step is named twice; name each once")
    for name in [*sorted(plan.optional - set(plan.steps)), *sorted(plan.exclude & set(plan.steps))]:
        raise AnalysisError(f"funnel: {name!r} is {'excluded and a step' if name in plan.exclude else 'optional and no step'}; mend steps=")
    if plan.steps[0] in plan.optional:
        raise AnalysisError(f"funnel: {plan.steps[0]!r} is the first step and starts every attempt, so it cannot be optional")
    if not closed and (order != "ordered" or window is not None or optional or exclude):
        raise AnalysisError("funnel: an open funnel counts each step by itself; order, window, optional and exclude need closed=True")
    return plan


def _refuse_unknown(plan: Plan, paths: Paths) -> None:
    """The error about what is not in the data: times for a window, or a step that nobody did."""
    if plan.window is not None and not paths.timed and paths.events:
        raise NotEnoughData("funnel", "there is a window, but no event has a time", "events with times: (case, activity, time)")
    known = paths.activities
    for name in (*plan.steps, *sorted(plan.exclude)):
        if known and name not in known:
            raise AnalysisError(f"funnel: nobody ever did {name!r}{suggestion(name, known)}; name activities that occur in the data")


def _stamp(journey: Journey, steps: Collection[str]) -> tuple[Caution, ...]:
    used = [touchpoint for touchpoint in journey.touchpoints if touchpoint.id in steps]
    return hypothesis(journey, [(*t.evidence, *(item for metric in t.metrics for item in metric.evidence)) for t in used])


def _chosen(counts: Mapping[str, int], steps: Sequence[str] | None) -> dict[str, int]:
    for step in steps or ():
        if step not in counts:
            raise AnalysisError(f"funnel: there is no count for {step!r}{suggestion(step, counts)}; give one")
    return {step: counts[step] for step in (counts if steps is None else steps)}


def _rows(tally: Tally, level: float) -> Iterator[FunnelStep]:
    plan = tally.plan
    first, before = tally.reached[0], tally.all
    for place, (step, reached) in enumerate(zip(plan.steps, tally.reached, strict=True)):
        optional = step in plan.optional
        wait = tally.since_start[place] if tally.since_start else None
        gap = tally.since_previous[place] if tally.since_previous else None
        yield FunnelStep(
            step=step,
            optional=optional,
            reached=reached,
            of_all=_ratio(reached, tally.all),
            of_all_interval=wilson(reached, tally.all, level=level) if tally.closed or reached <= tally.all else None,
            of_first=_ratio(reached, first),
            of_first_interval=wilson(reached, first, level=level) if tally.closed else None,
            of_previous=_ratio(reached, before),
            of_previous_interval=wilson(reached, before, level=level) if tally.closed else None,
            drop_off=before - reached if tally.closed and not optional else None,
            still_open=tally.still_open[place],
            median_since_start=None if wait is None else wait.median,
            p90_since_start=None if wait is None else wait.p90,
            median_since_previous=None if gap is None else gap.median,
            p90_since_previous=None if gap is None else gap.p90,
        )
        before = before if optional else reached


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _method(tally: Tally) -> str:
    plan = tally.plan
    parts = ["closed" if tally.closed else "open"]
    if tally.closed and tally.since_start:
        parts.append({"ordered": "steps in order", "strict": "steps right after each other", "any": "steps in any order"}[plan.order])
    if plan.window is not None:
        parts.append(f"within {plan.window} of the start of an attempt")
    return f"funnel, {', '.join(parts)}; Wilson intervals"


def _cautions(tally: Tally) -> Iterator[Caution]:
    required = tally.plan.required
    if tally.closed:
        for before, place in pairwise(required):
            n, reached = tally.reached[before], tally.reached[place]
            yield from small_n(n, sides=(reached, n - reached), what=f"customers at {tally.plan.steps[before]!r}")
    if any(tally.since_start):
        last = tally.plan.steps[required[-1]]
        yield from survivors(tally.reached[required[-1]], tally.reached[0], what=f"{last!r}; times to a step are those of who reached it")
    waiting, started = tally.still_open[required[-1]], tally.reached[0]
    if waiting and started and waiting / started > CENSORED_WARNED:
        yield caution("CENSORED", f"{waiting:,} of {started:,} who started still had time when watching ended")
