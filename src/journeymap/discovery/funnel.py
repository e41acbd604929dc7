"""How many get how far, counted in the log by the rules of `journeymap.analysis.attempts`.

Each customer's events at the steps become a list of numbers a step (see `journeymap.discovery.order`); an attempt is a chain through
these lists. Where a later start can get farther (a window, steps right after each other), every start is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from journeymap.analysis import Funnel
from journeymap.analysis.attempts import Order as StepOrder
from journeymap.analysis.attempts import Plan
from journeymap.analysis.funnels import funnel_of, plan_of
from journeymap.analysis.intervals import check_level
from journeymap.analysis.tallies import Taken, Tally
from journeymap.discovery.dialect import quantiles
from journeymap.discovery.order import Order, moment
from journeymap.errors import AnalysisError, shown

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog


def funnel_of_log(
    log: EventLog, steps: Sequence[str], *, order: StepOrder, closed: bool, window: timedelta | None, level: float, strict: bool
) -> Funnel:
    """The funnel of a log; AnalysisError for steps that nobody did, or a window that is no length of time."""
    check_level(level)
    if window is not None and (not isinstance(window, timedelta) or window < timedelta(0)):
        raise AnalysisError(f"funnel: window={shown(window)} is no length of time; give a timedelta of 0 or more")
    plan = plan_of(steps, order=order, closed=closed, window=window)
    if log.events:
        log.known(plan.steps, "funnel")
    asked = log.order
    everyone = asked.engine.rows(f'SELECT count(DISTINCT hash("case")) FROM events WHERE {asked.kept}')[0][0]
    tally = _closed(log, plan, everyone) if closed and log.events else _each(log, plan, everyone)
    return funnel_of(tally, level=level, strict=strict)


def _each(log: EventLog, plan: Plan, everyone: int) -> Tally:
    """Each step by itself, whatever came before."""
    order = log.order
    found = dict(
        order.engine.rows(f"WITH keyed AS ({order.keyed(plan.steps)}) SELECT {order.code('k')}, count(DISTINCT h) FROM keyed GROUP BY 1")
        if log.events
        else []
    )
    codes = {name: code for code, name in enumerate(order.activities)}
    closed = not log.events
    return Tally(
        plan=plan,
        all=everyone,
        reached=tuple(found.get(codes.get(step, -1), 0) for step in plan.steps),
        closed=closed,
        still_open=(None,) * len(plan.steps),
        assumptions=(*log.notes, *(() if closed else ("each step is counted by itself, so ratios between steps may exceed 1",))),
    )


def _closed(log: EventLog, plan: Plan, everyone: int) -> Tally:
    order = log.order
    count = len(plan.steps)
    places = [f"at{place}" for place in range(count)]
    notes = list(log.notes)
    # Steps of time are whole: what lasts a part of one more is over the window all the same.
    window = None if plan.window is None else plan.window // timedelta(microseconds=1) // order.resolution
    if window is not None:
        ended = moment(order.last)
        notes.append(f"watching ended with the last event{f', {ended.isoformat()}' if ended else ''}")
    since_start = [f"{order.time(place)} - {order.time('began')}" for place in places]
    since_previous = [f"{order.time(place)} - {order.time(before)}" for before, place in zip(("began", *places), places, strict=False)]
    waiting = (
        "FALSE" if window is None else f"latest IS NOT NULL AND {order.time('latest')} + {window} > {order.time(str(_highest(order)))}"
    )
    columns = ", ".join(
        f"count({place}), count(*) FILTER ({waiting} AND {place} IS NULL),"
        f" {quantiles(start, at=(0.5, 0.9))}, {quantiles(previous, at=(0.5, 0.9))}"
        for place, start, previous in zip(places, since_start, since_previous, strict=True)
    )
    found = order.engine.rows(f"WITH {_best(order, plan, window)} SELECT {columns} FROM best")[0]
    rows = [found[at : at + 4] for at in range(0, 4 * count, 4)]
    return Tally(
        plan=plan,
        all=everyone,
        reached=tuple(row[0] for row in rows),
        still_open=tuple(None if window is None else row[1] for row in rows),
        since_start=tuple(_taken(order, row[2]) for row in rows),
        since_previous=() if plan.order == "any" else tuple(_taken(order, row[3]) for row in rows),
        assumptions=tuple(notes),
    )


def _best(order: Order, plan: Plan, window: int | None) -> str:
    """The attempt of each customer that gets farthest, as ``best``: when it began, and when it took each step."""
    codes = {name: code for code, name in enumerate(order.activities)}
    wanted = [codes[step] for step in plan.steps]
    attempts = _adjacent(order, wanted, window) if plan.order == "strict" else _through_lists(order, plan, wanted, window)
    reached = " + ".join(f"CAST(at{place} IS NOT NULL AS INTEGER)" for place in range(len(wanted)))
    columns = ", ".join(f"at{place}" for place in range(len(wanted)))
    if plan.order != "strict" and window is None:
        return f"{attempts}, best AS (SELECT * FROM attempts)"
    # Of the attempts that get equally far the first counts.
    packed = ", ".join(f"first(at{place} ORDER BY {reached} DESC, began) AS at{place}" for place in range(len(wanted)))
    return (
        f"{attempts}, best AS (SELECT h, first(began ORDER BY {reached} DESC, began) AS began, max(latest) AS latest, {packed}"
        f" FROM (SELECT h, began, latest, {columns} FROM attempts) GROUP BY h)"
    )


def _through_lists(order: Order, plan: Plan, wanted: list[int], window: int | None) -> str:
    """Attempts that find each step in the list of its events, in order or in any order.

    Without a window the first start is the best one, so the first event of a step stands for all where nothing has to come before it.
    """
    code = order.code("k")
    any_order = plan.order == "any"
    firsts = [window is None and (any_order or place == 0) for place in range(len(wanted))]
    held = ", ".join(
        f"{'min' if first else 'list'}(k) FILTER ({code} = {each}) AS k{place}"
        for place, (each, first) in enumerate(zip(wanted, firsts, strict=True))
    )
    starts = "" if any_order else f" FILTER ({code} = {wanted[0]})"
    latest = f"max(k) FILTER ({code} = {wanted[0]})"
    collected, began = ("min", "starts") if window is None else ("list", "unnest(starts)")
    parts = [
        f"keyed AS ({order.keyed(plan.steps)})",
        f"lists AS (SELECT h, {collected}(k){starts} AS starts, {latest} AS latest, {held} FROM keyed GROUP BY h)",
        f"step0 AS (SELECT *, {began} AS began FROM lists)",
    ]
    for place, first in enumerate(firsts):
        before = "began" if place == 0 or any_order else f"at{place - 1}"
        within = "" if window is None else f" AND {order.time('x')} <= {order.time('began')} + {window}"
        found = f"k{place}" if first else f"list_min(list_filter(k{place}, lambda x: x >= {before}{within}))"
        if place:  # who did not come to the step before does not come to this one
            found = f"CASE WHEN at{place - 1} IS NOT NULL THEN {found} END"
        parts.append(f"step{place + 1} AS (SELECT *, {found} AS at{place} FROM step{place})")
    return ", ".join([*parts, f"attempts AS (SELECT * FROM step{len(wanted)} WHERE began IS NOT NULL)"])


def _adjacent(order: Order, wanted: list[int], window: int | None) -> str:
    """Attempts that take each step right after the one before, nothing in between."""
    following = ", ".join(f"lead(k, {place}) OVER ahead AS k{place}" for place in range(len(wanted)))
    parts = [
        f"keyed AS ({order.keyed()})",
        f"step0 AS (SELECT h, k AS began, {following} FROM keyed WINDOW ahead AS (PARTITION BY h ORDER BY k))",
    ]
    for place, each in enumerate(wanted):
        fits = f"{order.code(f'k{place}')} = {each}"
        if window is not None:
            fits += f" AND {order.time(f'k{place}')} <= {order.time('began')} + {window}"
        if place:
            fits += f" AND at{place - 1} IS NOT NULL"
        parts.append(f"step{place + 1} AS (SELECT *, CASE WHEN {fits} THEN k{place} END AS at{place} FROM step{place})")
    return ", ".join([*parts, f"attempts AS (SELECT *, began AS latest FROM step{len(wanted)} WHERE at0 IS NOT NULL)"])


def _highest(order: Order) -> int:
    """A number with the last time."""
    return ((order.last - order.first) // order.resolution) << order.shift


def _taken(order: Order, steps: Sequence[float] | None) -> Taken | None:
    if not steps:
        return None
    median, p90 = (timedelta(microseconds=each * order.resolution) for each in steps)
    return Taken(median, p90)
