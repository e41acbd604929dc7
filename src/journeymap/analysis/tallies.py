"""What a funnel counts, from paths, from numbers, or from a map, brought to one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from numbers import Integral, Real

from attrs import evolve, frozen

from journeymap.analysis.attempts import Attempt, Plan, farthest
from journeymap.analysis.chain import chain_of
from journeymap.analysis.doors import by_label, columns
from journeymap.analysis.paths import Path, Paths
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, Journey

_QUESTION = "funnel"


@frozen
class Taken:
    """How long those took who reached a step: the median and the 90th percentile (Hyndman & Fan's type 7)."""

    median: timedelta
    p90: timedelta


@frozen(kw_only=True)
class Tally:
    """How many reached each step, and how long they took."""

    plan: Plan
    all: int
    """How many customers there are, whether they took the first step or not."""
    reached: tuple[int, ...]
    closed: bool = True
    """Whether those at a step are among those at the step before."""
    still_open: tuple[int | None, ...]
    """By step, how many did not come and still could when watching ended."""
    since_start: tuple[Taken | None, ...] = ()
    """By step, the times from the start of the attempt; None where nobody came. Empty without times."""
    since_previous: tuple[Taken | None, ...] = ()
    assumptions: tuple[str, ...] = ()


def tally_attempts(paths: Paths, plan: Plan, until: datetime | None) -> Tally:
    """The tally of a closed funnel: the attempt of each customer that gets farthest."""
    notes = list(paths.assumptions)
    found = paths.paths
    if until is not None:
        found = tuple(_before(path, until) for path in found)
    attempts = [(path, farthest(path, plan)) for path in found]
    since_start, since_previous = _times(attempts, plan)
    still_open: tuple[int | None, ...] = (None,) * len(plan.steps)
    if plan.window is not None and any(path.times for path in found):
        watched = until or max(path.times[-1] for path in found if path.times)
        waiting = [attempt for path, attempt in attempts if _has_time(path, plan, watched)]
        still_open = tuple(sum(attempt.at[place] is None for attempt in waiting) for place in range(len(plan.steps)))
        if until is None:
            notes.append(f"watching ended with the last event, {watched.isoformat()}")
    return Tally(
        plan=plan,
        all=paths.n,
        reached=tuple(sum(path.count for path, attempt in attempts if attempt.at[place] is not None) for place in range(len(plan.steps))),
        still_open=still_open,
        since_start=since_start,
        since_previous=() if plan.order == "any" else since_previous,
        assumptions=tuple(notes),
    )


def tally_each(paths: Paths, plan: Plan) -> Tally:
    """The tally of an open funnel: everyone who ever took a step, whatever came before."""
    had = [(path.count, set(path.steps)) for path in paths.paths]
    return Tally(
        plan=plan,
        all=paths.n,
        reached=tuple(sum(count for count, steps in had if step in steps) for step in plan.steps),
        closed=False,
        still_open=(None,) * len(plan.steps),
        assumptions=(*paths.assumptions, "each step is counted by itself, so ratios between steps may exceed 1"),
    )


def tally_counts(counts: Mapping[str, int], *, total: int | None, closed: bool, assumptions: tuple[str, ...] = ()) -> Tally:
    """The tally that counts by step make; AnalysisError where more come to a step of a closed funnel than were at the one before."""
    if total is not None and (isinstance(total, bool) or not isinstance(total, int) or total < 0):
        raise AnalysisError(f"{_QUESTION}: total={shown(total)} is no count of customers; give a whole number")
    everyone = next(iter(counts.values())) if total is None else total
    before, where = everyone, "customers in all" if total is not None else ""
    for step, n in counts.items():
        if closed and n > before:
            told = f"{n:,} at {step!r} are more than the {before:,} {where}"
            raise AnalysisError(f"{_QUESTION}: {told}; those at a step are among those before it (closed=False counts each by itself)")
        before, where = n, f"at {step!r} before it"
    if total is None:
        assumptions = (*assumptions, "those at the first step are taken to be all customers")
    return Tally(
        plan=Plan(tuple(counts)),
        all=everyone,
        reached=tuple(counts.values()),
        closed=closed,
        still_open=(None,) * len(counts),
        assumptions=assumptions,
    )


def counts_in(data: object) -> dict[str, int] | None:
    """The counts by step, where the data are counts; None where they are something else."""
    data = by_label(data)
    if isinstance(data, list | tuple) and data:
        rows = [columns(row, "step|name", "n|count") if isinstance(row, Mapping) else row for row in data]
        if all(isinstance(row, tuple | list) and len(row) == 2 and _whole(row[1]) for row in rows):
            data = {row[0]: row[1] for row in rows}
    if not isinstance(data, Mapping) or not data or any(isinstance(step, tuple) for step in data):
        return None
    if not all(isinstance(n, Real) for n in data.values()):
        return None
    counts: dict[str, int] = {}
    for step, n in data.items():
        if not isinstance(step, str) or isinstance(n, bool) or not isinstance(n, Integral) or int(n) < 0:
            raise AnalysisError(f"{_QUESTION}: {shown(step)}: {shown(n)} is no count of customers; give the step and a whole number")
        counts[step] = int(n)
    return counts


def _whole(value: object) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def counts_on(journey: Journey, steps: Sequence[str] | None) -> tuple[dict[str, int], tuple[str, ...]]:
    """How many come to each touchpoint of a map, in order, with what that takes for granted; NotEnoughData where it does not say.

    The metric of the kind count at the touchpoint says it, or else the counts on the transitions to it, loops aside.
    """
    touchpoints = {touchpoint.id: touchpoint for touchpoint in journey.touchpoints}
    if steps is None:
        chain = chain_of(journey)
        place = {step: index for index, step in enumerate(touchpoints)}
        ahead = [sum(place.get(target, -1) > place[step] for target in row) for step, row in chain.rows.items()]
        if max(ahead, default=0) > 1 or len(chain.starts.keys() - {END}) > 1:
            raise NotEnoughData(_QUESTION, "the map branches, so its steps have no one order", "steps= with ids of touchpoints in order")
        steps = list(touchpoints)
    arriving: dict[str, int] = {}
    leaving: dict[str, int] = {}
    for way in journey.transitions:
        if way.count is not None and way.kind != "loop":
            arriving[way.target] = arriving.get(way.target, 0) + way.count
            leaving[way.source] = leaving.get(way.source, 0) + way.count
    found: dict[str, int] = {}
    counted_ways = False
    for step in steps:
        if step not in touchpoints:
            raise AnalysisError(f"{_QUESTION}: the map has no touchpoint {step!r}{suggestion(step, touchpoints)}; give ids of touchpoints")
        stated = [metric.value for metric in touchpoints[step].metrics if metric.kind == "count" and metric.value is not None]
        if len(stated) > 1:
            raise AnalysisError(f"{_QUESTION}: {step!r} has {len(stated)} metrics of the kind 'count'; leave one")
        n = stated[0] if stated else arriving.get(step, leaving.get(step))
        if n is None or n != int(n) or n < 0:
            told = f"the map does not say how many come to {step!r}"
            raise NotEnoughData(_QUESTION, told, "a metric of the kind 'count' there, or counts on the transitions to it")
        found[step] = int(n)
        counted_ways |= not stated
    if not found:
        raise NotEnoughData(_QUESTION, "the map has no touchpoints", "touchpoints with counts")
    return found, ("counts on transitions are taken as different customers",) if counted_ways else ()


def _before(path: Path, until: datetime) -> Path:
    """The path as it was known when watching ended."""
    if not path.times:
        return path
    seen = sum(when <= until for when in path.times)
    return evolve(path, steps=path.steps[:seen], times=path.times[:seen], channels=path.channels[:seen])


def _has_time(path: Path, plan: Plan, watched: datetime) -> bool:
    """Whether an attempt that this customer started could still go on after watching ended."""
    if plan.window is None:
        return False
    starts = [when for step, when in zip(path.steps, path.times, strict=False) if step == plan.steps[0]]
    return bool(starts) and starts[-1] + plan.window > watched


def _times(attempts: Sequence[tuple[Path, Attempt]], plan: Plan) -> tuple[tuple[Taken | None, ...], tuple[Taken | None, ...]]:
    since_start: list[list[timedelta]] = [[] for _ in plan.steps]
    since_previous: list[list[timedelta]] = [[] for _ in plan.steps]
    for path, attempt in attempts:
        if path.times and attempt.start is not None:
            before = attempt.start
            for place, position in enumerate(attempt.at):
                if position is not None:
                    since_start[place].append(path.times[position] - path.times[attempt.start])
                    since_previous[place].append(path.times[position] - path.times[before])
                    before = before if plan.steps[place] in plan.optional else position
    return tuple(map(_taken, since_start)), tuple(map(_taken, since_previous))


def _taken(lengths: list[timedelta]) -> Taken | None:
    rising = sorted(lengths)
    return Taken(_quantile(rising, 0.5), _quantile(rising, 0.9)) if rising else None


def _quantile(rising: Sequence[timedelta], p: float) -> timedelta:
    """The quantile of type 7, linear between neighbours."""
    place = p * (len(rising) - 1)
    low = int(place)
    high = min(low + 1, len(rising) - 1)
    return rising[low] + (rising[high] - rising[low]) * (place - low)
