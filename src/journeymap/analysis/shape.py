"""Whether the map hangs together (G1): what cannot be reached, where it breaks off, and where it goes round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.chain import Chain, parts
from journeymap.analysis.doors import ids
from journeymap.analysis.result import Result, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, START, Journey

MOST_CYCLES = 100
_LARGEST_LISTED = 5_000
"""Loops with more steps and transitions than this are named, and their cycles are not listed one by one."""

Edges: TypeAlias = Iterable[tuple[str, str]] | Mapping[str, Iterable[str]]
"""Which step leads to which: pairs, or the next steps by step. "start" and "end" stand for outside."""
Kind = Literal["unreachable", "dead-end", "no-way-to-goal", "several-entries", "self-loop", "orphan-persona", "orphan-metric"]


@frozen(kw_only=True)
class Weakness:
    """One thing about the map that does not hang together."""

    kind: Kind
    id: str
    """The id of the step, persona or metric."""
    why: str


@frozen(kw_only=True)
class Structure(Result):
    """How the map hangs together; the value is how many weaknesses it has."""

    analysis: ClassVar[str] = "structure"
    subject: ClassVar[str] = "The number of weaknesses in the structure"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "weaknesses"

    weaknesses: tuple[Weakness, ...]
    """By kind, then in the order of the map."""
    entries: tuple[str, ...]
    goals: tuple[str, ...]
    transitions: int
    """How many ways lead from step to step."""
    loops: tuple[tuple[str, ...], ...]
    """Steps from each of which one can get to all others and back: the strongly connected parts of more than one step."""
    cycles: tuple[tuple[str, ...], ...]
    """The ways round, the shortest first."""
    bounded: bool
    """Whether there are more cycles than are listed."""

    def of_kind(self, kind: Kind) -> tuple[str, ...]:
        """The ids with one kind of weakness."""
        return tuple(weakness.id for weakness in self.weaknesses if weakness.kind == kind)

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Steps to which no way leads from an entry."""
        return self.of_kind("unreachable")

    @property
    def dead_ends(self) -> tuple[str, ...]:
        """Steps after which nothing comes, and which are neither the goal nor said to be left."""
        return self.of_kind("dead-end")

    @property
    def cannot_reach_goal(self) -> tuple[str, ...]:
        """Steps from which no way leads to a goal."""
        return self.of_kind("no-way-to-goal")

    @property
    def self_loops(self) -> tuple[str, ...]:
        """Steps that lead to themselves."""
        return self.of_kind("self-loop")

    def _told(self) -> str:
        loops = f"; there {'is 1 loop' if len(self.loops) == 1 else f'are {len(self.loops)} loops'}" if self.loops else ""
        if not self.weaknesses:
            return f"The map hangs together{loops}"
        first = self.weaknesses[0]
        more = f", and {len(self.weaknesses) - 1} more" if len(self.weaknesses) > 1 else ""
        return f"The structure has {len(self.weaknesses)} weak places: {first.id!r} {first.why}{more}{loops}"


@frozen
class _Web:
    """The steps with what follows them; ``left`` are those that lead out of the journey."""

    following: dict[str, list[str]]
    stated_entries: tuple[str, ...]
    left: frozenset[str]


def structure(
    data: Journey | Edges,
    *,
    goals: str | Collection[str] | None = None,
    entries: str | Collection[str] | None = None,
    most_cycles: int = MOST_CYCLES,
    strict: bool = False,
) -> Structure:
    """Does the map hang together?

    Weak places are steps that cannot be reached from an entry, dead ends (nothing follows, and it is neither the goal nor said to be
    left), steps from which no goal can be reached, several steps to which nothing leads where nobody says which is the entry, steps
    that lead to themselves, personas that no step meets, and metrics without value and target. Loops are the strongly connected
    parts; their cycles are listed up to ``most_cycles``, the shortest of those found first, and ``bounded`` says if there are more.

    All transitions count, loops and exceptions too. Entries are those of ``start``, else the steps to which nothing leads, else the
    first step. Where no goal is marked and nothing leads to ``end``, the last step is taken to be where it ends.

    Unit: weaknesses. Cost: steps + transitions, but for the cycles.

    >>> found = structure([("ad", "site"), ("site", "buy"), ("site", "ad"), ("site", "chat")], goals=["buy"])
    >>> found.dead_ends, found.cannot_reach_goal, found.loops
    (('chat',), ('chat',), (('ad', 'site'),))
    """
    web = _web_of_map(data) if isinstance(data, Journey) else _web_of_edges(data)
    steps = list(web.following)
    if not steps:
        raise NotEnoughData("structure", "there are no steps", "touchpoints, or pairs of steps")
    marked = [t.id for t in data.touchpoints if t.goal] if isinstance(data, Journey) else []
    wanted = marked if goals is None else list(ids(goals))
    for step in (*wanted, *ids(entries)):
        if step not in web.following:
            raise AnalysisError(f"structure: there is no step {shown(step)}{suggestion(str(step), steps)}; give ids of steps")
    begins, several = _entries(web, ids(entries))
    notes = []
    left = set(web.left)
    if not wanted and not left and not web.following[steps[-1]]:
        left.add(steps[-1])
        notes.append(f"no goal is marked, so the last step, {steps[-1]!r}, is taken to be where it ends")
    found = list(_weaknesses(web, begins, wanted, left, several))
    if isinstance(data, Journey):
        found += _orphans(data)
    loops = tuple(part for part in _parts(web) if len(part) > 1)
    cycles, bounded = _cycles(web, loops, most_cycles)
    result = Structure(
        value=len(found),
        unit="weaknesses",
        n=len(steps),
        method="reachability, strongly connected parts" + (f", cycles cut off after {len(cycles)}" if bounded else ""),
        assumptions=tuple(notes),
        weaknesses=tuple(found),
        entries=begins,
        goals=tuple(wanted),
        transitions=sum(len(following) for following in web.following.values()),
        loops=loops,
        cycles=cycles,
        bounded=bounded,
    )
    inputs = tuple((step, tuple(following)) for step, following in web.following.items())
    return sealed(result, strict=strict, inputs=(inputs, begins, tuple(wanted), tuple(sorted(left))))


def _web_of_map(journey: Journey) -> _Web:
    graph = journey.graph
    following = {step.id: [target for target in graph.successors(step.id) if target != END] for step in journey.touchpoints}
    stated = tuple(graph.successors(START)) if START in graph else ()
    left = frozenset(graph.predecessors(END)) - {START} if END in graph else frozenset()
    return _Web(following, tuple(step for step in stated if step != END), left)


def _web_of_edges(data: object) -> _Web:
    pairs = data.items() if isinstance(data, Mapping) else None
    if pairs is not None:
        edges = [(source, target) for source, targets in pairs for target in _targets(source, targets)]
        names = list(data) if isinstance(data, Mapping) else []
    elif isinstance(data, Iterable) and not isinstance(data, str | bytes):
        edges, names = [_pair(pair) for pair in data], []
    else:
        raise AnalysisError(f"structure: {shown(data)} is no map; give a journey, or pairs of steps such as [('ad', 'site')]")
    following: dict[str, list[str]] = {str(name): [] for name in names if name not in {START, END}}
    stated, left = [], set()
    for source, target in dict.fromkeys(edges):
        for step in (source, target):
            if step not in {START, END}:
                following.setdefault(step, [])
        if source == END or target == START:
            raise AnalysisError("structure: nothing follows 'end' and nothing leads to 'start'; leave such pairs out")
        if source == START and target != END:
            stated.append(target)
        elif target == END:
            left.add(source)
        else:
            following[source].append(target)
    return _Web(following, tuple(stated), frozenset(left - {START}))


def _pair(pair: object) -> tuple[str, str]:
    named = [str(step) if type(step) is int else step for step in pair] if isinstance(pair, tuple | list) else []
    if len(named) != 2 or not all(isinstance(step, str) and step for step in named):
        raise AnalysisError(f"structure: {shown(pair)} is no pair of steps; give two texts that are not empty")
    return named[0], named[1]


def _targets(source: object, targets: object) -> Iterator[str]:
    if isinstance(targets, str | bytes) or not isinstance(targets, Iterable):
        raise AnalysisError(f"structure: {shown(targets)} are no steps; give a list of what follows {shown(source)}")
    for target in targets:
        yield _pair((source, target))[1]


def _entries(web: _Web, given: Collection[str] | None) -> tuple[tuple[str, ...], bool]:
    """Where customers come in, and whether nobody says so although there are several."""
    if given:
        return tuple(given), False
    if web.stated_entries:
        return web.stated_entries, False
    reached = {target for step, following in web.following.items() for target in following if target != step}
    begins = tuple(step for step in web.following if step not in reached)
    return begins or (next(iter(web.following)),), len(begins) > 1


def _weaknesses(web: _Web, begins: Sequence[str], goals: Sequence[str], left: Collection[str], several: bool) -> Iterator[Weakness]:
    reached = _reach(web.following, begins)
    yield from (Weakness(kind="unreachable", id=step, why="cannot be reached") for step in web.following if step not in reached)
    for step, following in web.following.items():
        if not set(following) - {step} and step not in goals and step not in left:
            yield Weakness(kind="dead-end", id=step, why="leads nowhere, and is neither a goal nor said to be left")
    if goals:
        before: dict[str, list[str]] = {step: [] for step in web.following}
        for step, following in web.following.items():
            for target in following:
                before[target].append(step)
        able = _reach(before, goals)
        yield from (Weakness(kind="no-way-to-goal", id=step, why="has no way to a goal") for step in web.following if step not in able)
    if several:
        yield from (Weakness(kind="several-entries", id=step, why="may be an entry, which nobody says") for step in begins)
    yield from (Weakness(kind="self-loop", id=step, why="leads to itself") for step, after in web.following.items() if step in after)


def _orphans(journey: Journey) -> Iterator[Weakness]:
    open_to_all = any(not touchpoint.personas for touchpoint in journey.touchpoints)
    met = {persona for touchpoint in journey.touchpoints for persona in touchpoint.personas}
    for persona in journey.personas:
        if not open_to_all and persona.id not in met:
            yield Weakness(kind="orphan-persona", id=persona.id, why="meets no step")
    for metric in journey.all_metrics():
        if metric.value is None and not metric.text and metric.target is None:
            yield Weakness(kind="orphan-metric", id=metric.id, why="has neither a value nor a target")


def _reach(following: Mapping[str, Sequence[str]], begins: Iterable[str]) -> set[str]:
    found = set(begins)
    open_steps = list(found)
    while open_steps:
        for target in following[open_steps.pop()]:
            if target not in found:
                found.add(target)
                open_steps.append(target)
    return found


def _parts(web: _Web) -> list[tuple[str, ...]]:
    found = list(parts(Chain({}, {step: dict.fromkeys(following, 1.0) for step, following in web.following.items()})))
    place = {step: index for index, step in enumerate(web.following)}
    return sorted(found, key=lambda part: place[part[0]])


def _cycles(web: _Web, loops: Sequence[tuple[str, ...]], most: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Ways round, the shortest first, each from its first step on; and whether there are more."""
    if not loops:
        return (), False
    import networkx as nx

    steps = list(web.following)
    place = {step: index for index, step in enumerate(steps)}
    found: list[tuple[int, ...]] = []
    bounded = False
    for loop in loops:
        inside = set(loop)
        # Numbers, not names: networkx goes through sets, whose order would otherwise differ from run to run.
        edges = [(place[step], place[target]) for step in loop for target in web.following[step] if target in inside and target != step]
        if len(loop) + len(edges) > _LARGEST_LISTED:
            bounded = True
            continue
        some = list(islice(nx.simple_cycles(nx.DiGraph(edges)), most + 1 - len(found)))
        found += [tuple(cycle[(least := cycle.index(min(cycle))) :] + cycle[:least]) for cycle in some]
        if len(found) > most:
            bounded = True
            break
    ordered = sorted(found, key=lambda cycle: (len(cycle), cycle))[:most]
    return tuple(tuple(steps[index] for index in cycle) for cycle in ordered), bounded
