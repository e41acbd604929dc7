"""Which steps decide how long it takes (D5): the critical path of what has to be done, with PERT's doubt about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import ClassVar, TypeAlias

import networkx as nx
from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import by_name, number
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.lengths import HOUR, Length, one
from journeymap.analysis.result import Result, lasting, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, START, Journey, Range, Span, Transition

Lasting: TypeAlias = timedelta | Span | Range | float | tuple[Length, Length, Length] | None
"""A length of time: one, or the shortest, most likely and longest; None where nobody knows."""
Task: TypeAlias = tuple[Lasting, Iterable[str]] | Mapping[str, object]
"""How long it takes, and what has to be done before; also under the names "duration" and "requires"."""
MOST_PATHS = 20
_COLUMNS = ("name", "id", "duration", "requires")


@frozen(kw_only=True)
class TaskTimes:
    """When a step can and has to happen, counted from the beginning."""

    id: str
    name: str
    duration: float | None
    """The expected one; None where nobody knows, which adds no time."""
    variance: float
    early_start: float
    early_finish: float
    late_start: float
    late_finish: float
    slack: float
    """How much later it may happen without making the whole later."""
    critical: bool


@frozen(kw_only=True)
class CriticalPath(Result):
    """How long the whole takes, and the steps that decide it."""

    analysis: ClassVar[str] = "critical_path"
    subject: ClassVar[str] = "The time until all is done"
    counted: ClassVar[str] = "durations"
    table: ClassVar[str] = "tasks"

    tasks: tuple[TaskTimes, ...]
    paths: tuple[tuple[str, ...], ...]
    """All critical paths, as ids in order; the first twenty, if there are more."""
    variance: float
    """Along the critical path; the largest, if there are several."""
    sd: float
    p_by_deadline: float | None
    """The chance to be done by the deadline, by the normal approximation; None without a deadline."""

    def _told(self) -> str:
        names = {task.id: task.name for task in self.tasks}
        steps = " → ".join(names[step] for step in self.paths[0][:6]) + (" ..." if len(self.paths[0]) > 6 else "")
        told = f"It takes {lasting(self.value, self.unit)}, decided by {steps}"
        if self.p_by_deadline is not None:
            told += f"; the deadline is kept with a chance of {percent(self.p_by_deadline)} at best"
        return told


def critical_path(
    data: Journey | Mapping[str, Task] | Iterable[Mapping[str, object]], *, deadline: Length | None = None, strict: bool = False
) -> CriticalPath:
    """Which steps decide how long the whole takes?

    A forward and a backward pass through what has to be done: a step starts when all before it are done (and the wait is over), the
    slack is late start - early start, and steps without slack are critical. A range (o, m, p) has the mean (o + 4m + p) / 6 and the
    variance ((p - o) / 6)²; the chance to be done by ``deadline`` is that of a normal distribution with the variance along the critical
    path, and optimistic where paths run side by side (merge bias). Hours for lengths of time, else the unit given.

    Plain data maps each task to its duration and to what has to be done before it. Of a map it takes the steps that main transitions
    lead to, with their waits; alternatives, loops and exceptions are not mandatory. A cycle is refused, and so are negative
    durations. What nobody knows adds no time, which makes the answer a lower bound; more than 30 % missing are refused.

    Sources: Kelley & Walker (1959); Malcolm, Roseboom, Clark & Fazar (1959).

    >>> found = critical_path({"plan": (2, []), "build": (5, ["plan"]), "print": (3, ["plan"]), "open": (1, ["build", "print"])})
    >>> found.value, found.paths[0]
    (8.0, ('plan', 'build', 'open'))
    """
    if isinstance(data, Journey):
        network, unit, notes, warnings = _of_map(data)
    else:
        network, unit = _of_tasks(data)
        notes, warnings = (), ()
    if not network:
        raise NotEnoughData("critical_path", "there is no step", "at least one with a duration")
    try:
        order = list(nx.topological_sort(network))
    except nx.NetworkXUnfeasible:
        cycle = [source for source, _ in nx.find_cycle(network)]
        round_trip = " -> ".join([*cycle[:6], *(["..."] if len(cycle) > 6 else []), cycle[0]])
        raise AnalysisError(f"critical_path: {round_trip} is a cycle, which has no critical path; make the way back a loop") from None
    there = sum(network.nodes[step]["mean"] is not None for step in network)
    expected = len(network)
    warnings = (*missing_heavy("critical_path", there=there, expected=expected, what="durations"), *warnings)
    unknown = expected - there + sum(data["mean"] is None for _, _, data in network.edges(data=True))
    if unknown:
        notes = (*notes, f"{unknown} durations or waits that nobody knows add nothing, so it takes at least this long")
    return _answer(network, order, unit, notes, warnings, there, expected - there, deadline, strict)


def _answer(
    network: nx.DiGraph[str],
    order: Sequence[str],
    unit: str,
    notes: tuple[str, ...],
    warnings: tuple[Caution, ...],
    there: int,
    missing: int,
    deadline: Length | None,
    strict: bool,
) -> CriticalPath:
    length = {step: network.nodes[step]["mean"] or 0.0 for step in order}
    early: dict[str, float] = {}
    for step in order:
        early[step] = max((early[b] + length[b] + _lag(network, b, step) for b in network.predecessors(step)), default=0.0)
    whole = max(early[step] + length[step] for step in order)
    late: dict[str, float] = {}
    for step in reversed(order):
        late[step] = min((late[a] - _lag(network, step, a) for a in network.successors(step)), default=whole) - length[step]
    near = 1e-9 * max(whole, 1.0)
    slack = {step: 0.0 if late[step] - early[step] <= near else late[step] - early[step] for step in order}
    critical = [step for step in order if slack[step] == 0]
    tight: nx.DiGraph[str] = nx.DiGraph()
    tight.add_nodes_from(critical)
    for step in critical:
        for after in network.successors(step):
            if slack[after] == 0 and abs(early[after] - early[step] - length[step] - _lag(network, step, after)) <= near:
                tight.add_edge(step, after)
    ends = {step for step in critical if early[step] + length[step] >= whole - near and not tight.out_degree(step)}
    variance = _variance(network, tight, critical, ends)
    paths = tuple(islice(_paths(tight, [step for step in critical if not tight.in_degree(step)], ends), MOST_PATHS))
    if len(paths) > 1:
        notes = (*notes, "several paths are critical, so the chance to be done in time is smaller than it looks (merge bias)")
    result = CriticalPath(
        value=whole,
        unit=unit,
        n=there,
        missing=missing,
        method="critical path method with PERT means (o + 4m + p) / 6",
        assumptions=(*notes, "lengths are independent of one another"),
        warnings=warnings,
        tasks=tuple(
            TaskTimes(
                id=step,
                name=network.nodes[step]["name"],
                duration=network.nodes[step]["mean"],
                variance=network.nodes[step]["variance"],
                early_start=early[step],
                early_finish=early[step] + length[step],
                late_start=early[step] + slack[step],
                late_finish=early[step] + slack[step] + length[step],
                slack=slack[step],
                critical=slack[step] == 0,
            )
            for step in network
        ),
        paths=paths,
        variance=variance,
        sd=math.sqrt(variance),
        p_by_deadline=None if deadline is None else _chance(one(deadline, what="deadline"), whole, variance),
    )
    nodes = tuple((step, network.nodes[step]["mean"], network.nodes[step]["variance"]) for step in network)
    edges = tuple((source, target, data["mean"], data["variance"]) for source, target, data in network.edges(data=True))
    return sealed(result, strict=strict, inputs=(nodes, edges, deadline))


def _lag(network: nx.DiGraph[str], source: str, target: str) -> float:
    return float(network.get_edge_data(source, target)["mean"] or 0.0)


def _variance(network: nx.DiGraph[str], tight: nx.DiGraph[str], critical: Sequence[str], ends: set[str]) -> float:
    """The largest variance along a critical path."""
    largest: dict[str, float] = {}
    for step in critical:
        before = [largest[b] + network.get_edge_data(b, step)["variance"] for b in tight.predecessors(step)]
        largest[step] = max(before, default=0.0) + network.nodes[step]["variance"]
    return max(largest[step] for step in ends)


def _paths(tight: nx.DiGraph[str], starts: Sequence[str], ends: set[str]) -> Iterable[tuple[str, ...]]:
    """The critical paths, one after the other; none is walked before it is asked for."""
    waiting = [(step, 0) for step in reversed(starts)]
    way: list[str] = []
    while waiting:
        step, depth = waiting.pop()
        del way[depth:]
        way.append(step)
        if step in ends:
            yield tuple(way)
        waiting.extend((after, depth + 1) for after in reversed(list(tight.successors(step))))


def _chance(deadline: float, mean: float, variance: float) -> float:
    if variance == 0:
        return 1.0 if mean <= deadline else 0.0
    return 0.5 * math.erfc((mean - deadline) / math.sqrt(2 * variance))


def _estimated(lasting: object, what: str) -> tuple[float | None, float]:
    """The mean and the variance of a length of time."""
    if lasting is None:
        return None, 0.0
    if isinstance(lasting, timedelta) and lasting >= timedelta(0):  # nearly all of them, and much quicker than the general case
        return lasting / HOUR, 0.0
    if isinstance(lasting, Span):
        parts: tuple[object, ...] = (lasting.low / HOUR, lasting.mid / HOUR, lasting.high / HOUR)
    elif isinstance(lasting, Range):
        parts = (lasting.low, lasting.mid, lasting.high)
    elif isinstance(lasting, tuple | list):
        parts = tuple(part / HOUR if isinstance(part, timedelta) else part for part in lasting)
    else:
        return number(lasting / HOUR if isinstance(lasting, timedelta) else lasting, what=what, low=0), 0.0
    if len(parts) != 3:
        raise AnalysisError(f"{what}: {shown(lasting)} is no length of time; give one, or the shortest, most likely and longest")
    low, middle, high = (number(part, what=what, low=0) for part in parts)
    if not low <= middle <= high:
        raise AnalysisError(f"{what}: {low:g}, {middle:g}, {high:g} do not rise; give the shortest, most likely and longest in that order")
    return (low + 4 * middle + high) / 6, ((high - low) / 6) ** 2


def _of_tasks(data: object) -> tuple[nx.DiGraph[str], str]:
    if isinstance(data, list | tuple):
        data = by_name(data, question="critical_path")
    if not isinstance(data, Mapping):
        raise AnalysisError(f'critical_path: {shown(data)} are no tasks; give {{"plan": (2, []), "build": (5, ["plan"])}}, or a map')
    network: nx.DiGraph[str] = nx.DiGraph()
    units = set()
    waiting: dict[str, list[str]] = {}
    for name, given in data.items():
        for column in given if isinstance(given, Mapping) else ():
            if column not in _COLUMNS:
                told = f"critical_path: {name!r} has {shown(column)}, which is nothing that a task has{suggestion(str(column), _COLUMNS)}"
                raise AnalysisError(f"{told}; give {', '.join(_COLUMNS)}")
        task = (given["duration"], given.get("requires") or ()) if isinstance(given, Mapping) and "duration" in given else given
        if not isinstance(task, tuple | list) or len(task) != 2 or isinstance(task[1], str) or not isinstance(task[1], Iterable):
            raise AnalysisError(f"critical_path: {shown(task)} is no task; give its duration and a list of what has to be done before")
        mean, variance = _estimated(task[0], f"the duration of {name!r}")
        network.add_node(str(name), name=str(name), mean=mean, variance=variance)
        first = task[0][0] if isinstance(task[0], tuple | list) and task[0] else task[0]
        units.add(None if first is None else "hours" if isinstance(first, timedelta | Span) else "units of time")
        waiting[str(name)] = [str(earlier) for earlier in task[1]]
    for name, before in waiting.items():
        for earlier in before:
            if earlier not in network:
                raise AnalysisError(f"critical_path: {name!r} waits for {shown(earlier)}, which is no task{suggestion(earlier, network)}")
            network.add_edge(earlier, name, mean=0.0, variance=0.0)
    units.discard(None)
    if len(units) > 1:
        raise AnalysisError("critical_path: lengths of time and plain numbers are mixed; give all of one kind")
    return network, units.pop() if units else "units of time"  # type: ignore[return-value]  # None was discarded


def _of_map(journey: Journey) -> tuple[nx.DiGraph[str], str, tuple[str, ...], tuple[Caution, ...]]:
    graph = journey.graph
    ways: list[Transition] = [data["item"] for _, _, data in graph.edges(data=True)]
    main = [way for way in ways if way.kind == "main" and way.target != END and way.probability != 0]
    after: dict[str, list[Transition]] = {}
    for way in main:
        after.setdefault(way.source, []).append(way)
    reached = {way.target for way in ways}
    steps = [touchpoint.id for touchpoint in journey.touchpoints]
    entries = [way.target for way in after.get(START, [])] or [step for step in steps if step not in reached] or steps[:1]
    core, waiting = set(entries), list(entries)
    while waiting:
        fresh = [way.target for way in after.get(waiting.pop(), []) if way.target not in core]
        core.update(fresh)
        waiting.extend(fresh)
    network: nx.DiGraph[str] = nx.DiGraph()
    for touchpoint in journey.touchpoints:
        if touchpoint.id in core:
            mean, variance = _estimated(touchpoint.duration, touchpoint.id)
            network.add_node(touchpoint.id, name=touchpoint.name, mean=mean, variance=variance)
    for way in main:
        if way.source in core and way.target in core:
            mean, variance = _estimated(way.wait, f"{way.source} to {way.target}")
            network.add_edge(way.source, way.target, mean=mean, variance=variance)
    notes: tuple[str, ...] = ()
    if len(core) < len(steps):
        notes = (f"{len(steps) - len(core)} steps to which no main transition leads are left out",)
    if any(len(found) > 1 for found in after.values()):
        notes = (*notes, "where main transitions branch, the customer does all, and the longest counts")
    evidence = [touchpoint.evidence for touchpoint in journey.touchpoints if touchpoint.id in core]
    return network, "hours", notes, hypothesis(journey, evidence)
