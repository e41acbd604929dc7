"""What was planned against what customers did (G5): what they leave out, add, do in another order, elsewhere or late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import ClassVar, Literal

from attrs import evolve, frozen

from journeymap.analysis.alignment import Line, Move, Planned, Web, aligned, shortest_way
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.paths import Path, PathData, paths_of
from journeymap.analysis.result import Level, Result, number_of, percent, sealed
from journeymap.analysis.shape import structure
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, Journey, Span
from journeymap.model.channel import as_channel

Deviation = Literal["missing", "extra", "repeated", "out_of_order", "wrong_channel", "late"]


@frozen(kw_only=True)
class CaseConformance:
    """How one customer's path lies beside the plan."""

    case: str
    steps: tuple[str, ...]
    cost: int | None
    """How many steps have to be left out or added to turn one into the other; None where it was too long to align."""
    fitness: float | None
    """1 - cost / (steps of the plan + steps of the path)."""
    missing: tuple[str, ...] = ()
    """Planned, and not done at all."""
    extra: tuple[str, ...] = ()
    """Done, and not planned: ad hoc."""
    repeated: tuple[str, ...] = ()
    """Planned, and done more often."""
    out_of_order: tuple[str, ...] = ()
    """Planned and done, and elsewhere in the order."""
    wrong_channel: tuple[str, ...] = ()
    """Done by another channel than planned."""
    late: tuple[str, ...] = ()
    """Done later after the step before than planned."""
    count: int = 1


@frozen(kw_only=True)
class Conformance(Result):
    """How far customers go as planned; the value is the mean fitness, 0 to 1."""

    analysis: ClassVar[str] = "conformance"
    subject: ClassVar[str] = "How far customers go as planned"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "cases"

    cases: tuple[CaseConformance, ...]
    """In the order of the data."""
    conforming: float | None
    """The share who go exactly as planned."""
    conforming_interval: Interval | None
    bounded: int
    """How many customers' paths were too long to align; they are counted as missing."""

    def frequent(self, kind: Deviation) -> tuple[tuple[str, int], ...]:
        """The steps with one kind of deviation, and how many customers have it there; the most frequent first."""
        found: Counter[str] = Counter()
        for case in self.cases:
            for step in set(getattr(case, kind)):
                found[step] += case.count
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def _told(self) -> str:
        told = f"{percent(self.conforming)} of customers go exactly as planned, and a path fits the plan to {percent(self.value)}"
        words: dict[Deviation, str] = {"missing": "left out", "extra": "not planned", "out_of_order": "done in another order"}
        most = [(count, -place, step, kind) for place, kind in enumerate(words) for step, count in self.frequent(kind)[:1]]
        if not most:
            return told
        count, _, step, kind = max(most)
        return f"{told}; most often {step!r} is {words[kind]} ({number_of(count, 'customers')})"


@frozen
class _Plan:
    """The plan, with what is planned beside the order."""

    way: Planned
    channels: Mapping[str, str]
    """By step, the id of the channel."""
    within: Mapping[tuple[str, str], timedelta]
    """By way, how long it may take."""
    names: Mapping[str, str]
    """What else a step may be called in the data."""
    assumptions: tuple[str, ...] = ()


def conformance(
    planned: Journey | Sequence[str],
    actual: PathData,
    *,
    channels: Mapping[str, str] | None = None,
    within: Mapping[tuple[str, str], timedelta] | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> Conformance:
    """How far do customers go as planned, and where do they deviate?

    Each path is aligned with the plan, a list of steps or a map: steps may be left out or added, at a cost of 1 each, so a swap costs 2.
    Fitness is 1 - cost / (steps of the plan + steps of the path); on a map with choices the plan's way is the cheapest one, and its
    shortest way counts in the fitness. What has to be added is missing, what has to be left out is extra; a step that is both
    is out of order, and one that is planned and done once too often is repeated. Where the channels of events and of the plan
    (``channels`` by step) are known, matched steps in another channel are told; where times and the longest gaps (``within`` by pair of
    steps; on a map wait plus duration, at most) are known, matched steps that come late. Neither changes the fitness.

    On a map every transition counts as planned, but drop-off does not: the plan ends where nothing else follows. Steps of the data are
    ids of touchpoints, or their names. Unit: 0 to 1. No paths give None with the reason. Paths that would take too long to
    align are left out, and counted. Sources: Adriansyah (2014); Halvorsrud, Kvale & Følstad (2016).

    >>> found = conformance(["ad", "site", "buy"], actual=[["site", "ad", "buy"], ["ad", "chat"]])
    >>> [(case.fitness, case.out_of_order, case.missing, case.extra) for case in found.cases]
    [(0.6666666666666667, ('site',), (), ()), (0.4, (), ('site', 'buy'), ('chat',))]
    """
    check_level(level)
    paths = paths_of(actual, question="conformance")
    plan = _of_map(planned) if isinstance(planned, Journey) else _of_steps(planned)
    plan = evolve(
        plan,
        channels=dict(plan.channels) | {step: _channel(name) for step, name in (channels or {}).items()},
        within=dict(plan.within) | dict(within or {}),
    )
    known: dict[tuple[str, ...], tuple[Move, ...] | None] = {}
    cases = []
    for given in paths.paths:
        path = evolve(given, steps=tuple(plan.names.get(step, step) for step in given.steps))
        if path.steps not in known:
            known[path.steps] = aligned(plan.way, path.steps)
        cases.append(_case(path, known[path.steps], plan))
    there = [(case.fitness, case.count) for case in cases if case.fitness is not None]
    n = sum(count for _, count in there)
    exact = sum(case.count for case in cases if case.cost == 0)
    bounded = paths.n - n
    result = Conformance(
        value=sum(fitness * count for fitness, count in there) / n if n else None,
        reason="" if n else "no path was short enough to align" if bounded else "there are no paths",
        unit="of 1",
        n=n,
        missing=bounded,
        method="alignment by leaving out and adding steps at unit cost" + (f"; {bounded:,} paths too long to align" if bounded else ""),
        assumptions=(*paths.assumptions, *plan.assumptions),
        warnings=small_n(n, what="customers") if n else (),
        cases=tuple(cases),
        conforming=exact / n if n else None,
        conforming_interval=wilson(exact, n, level=level) if n else None,
        bounded=bounded,
    )
    way = plan.way
    shape = way.steps if isinstance(way, Line) else (way.entries, tuple((step, tuple(after)) for step, after in way.following.items()))
    return sealed(result, strict=strict, inputs=(shape, paths.inputs, sorted(plan.channels.items()), sorted(plan.within.items()), level))


def _case(path: Path, moves: tuple[Move, ...] | None, plan: _Plan) -> CaseConformance:
    if moves is None:
        return CaseConformance(case=path.case, steps=path.steps, cost=None, fitness=None, count=path.count)
    added = [step for step, place in moves if step is not None and place is None]
    dropped = [path.steps[place] for step, place in moves if step is None and place is not None]
    matched = [(step, place) for step, place in moves if step is not None and place is not None]
    cost = len(added) + len(dropped)
    whole = plan.way.shortest + len(path.steps)
    moved = Counter(added) & Counter(dropped)
    left_out, too_much = _less(added, moved), _less(dropped, moved)
    in_plan = {step for step, _ in matched} | moved.keys()
    return CaseConformance(
        case=path.case,
        steps=path.steps,
        cost=cost,
        fitness=1 - cost / whole if whole else 1.0,
        missing=tuple(left_out),
        extra=tuple(step for step in too_much if step not in in_plan),
        repeated=tuple(step for step in too_much if step in in_plan),
        out_of_order=tuple(moved.elements()),
        wrong_channel=tuple(step for step, place in matched if _elsewhere(path, step, place, plan)),
        late=tuple(_late(path, moves, plan)),
        count=path.count,
    )


def _less(steps: Sequence[str], less: Counter[str]) -> list[str]:
    """The steps in order, without the first so many of each."""
    left, found = Counter(less), []
    for step in steps:
        if left[step] > 0:
            left[step] -= 1
        else:
            found.append(step)
    return found


def _elsewhere(path: Path, step: str, place: int, plan: _Plan) -> bool:
    channel = path.channels[place] if path.channels else None
    return channel is not None and step in plan.channels and _channel(channel) != plan.channels[step]


def _late(path: Path, moves: Sequence[Move], plan: _Plan) -> list[str]:
    """The matched steps that come later after the step before than planned, with nothing left out in between."""
    found: list[str] = []
    before: tuple[str, int] | None = None
    for step, place in moves if path.times else ():
        if step is not None and place is not None:
            longest = plan.within.get((before[0], step)) if before else None
            if before and longest is not None and path.times[place] - path.times[before[1]] > longest:
                found.append(step)
            before = step, place
        elif step is not None:
            before = None
    return found


def _of_steps(planned: Sequence[str]) -> _Plan:
    if isinstance(planned, str | bytes) or not isinstance(planned, Sequence) or not all(isinstance(step, str) and step for step in planned):
        raise AnalysisError(f"conformance: {shown(planned)} is no plan; give a list of steps, or a map")
    if not planned:
        raise NotEnoughData("conformance", "the plan has no steps", "one step or more")
    return _Plan(Line(tuple(planned)), {}, {}, {})


def _of_map(journey: Journey) -> _Plan:
    if not journey.touchpoints:
        raise NotEnoughData("conformance", "the map has no touchpoints", "touchpoints")
    graph = journey.graph
    ids = {touchpoint.id for touchpoint in journey.touchpoints}
    names = Counter(touchpoint.name for touchpoint in journey.touchpoints)
    within = {}
    for source, target, data in graph.edges(data=True):
        wait = _longest(data["item"].wait)
        if wait is not None and source in ids:
            within[source, target] = wait + (_longest(graph.nodes[source]["item"].duration) or timedelta())
    following = {step.id: tuple(target for target in graph.successors(step.id) if target != END) for step in journey.touchpoints}
    way, notes = _way(journey, following)
    return _Plan(
        way=way,
        channels={touchpoint.id: touchpoint.channel.id for touchpoint in journey.touchpoints if touchpoint.channel is not None},
        within=within,
        names={t.name: t.id for t in journey.touchpoints if names[t.name] == 1 and t.name not in ids},
        assumptions=notes,
    )


def _way(journey: Journey, following: Mapping[str, tuple[str, ...]]) -> tuple[Planned, tuple[str, ...]]:
    """The map as a line, where it has no choices, or as a web."""
    shape = structure(journey, most_cycles=0)
    entries = shape.entries
    if len(entries) == 1 and not shape.loops and all(len(after) < 2 and step not in after for step, after in following.items()):
        steps = [entries[0]]
        while following[steps[-1]]:
            steps.append(following[steps[-1]][0])
        return Line(tuple(steps)), ()
    ends = frozenset(step for step, after in following.items() if not set(after) - {step})
    notes = ("the plan ends where nothing else follows",)
    if shortest_way(following, entries, ends) is None:
        ends = frozenset(shape.goals) or frozenset(following)
        notes = ("the plan ends at its goal",) if shape.goals else ("the plan goes round, and may end at any step",)
    shortest = shortest_way(following, entries, ends)
    if shortest is None:
        raise NotEnoughData("conformance", "no way of the map leads from its entry to an end", "a way through the map")
    return Web(following, entries, ends, shortest), notes


def _longest(length: timedelta | Span | None) -> timedelta | None:
    return length.high if isinstance(length, Span) else length


@cache
def _channel(name: str) -> str:
    found = as_channel(name)
    return found.id if found is not None else name
