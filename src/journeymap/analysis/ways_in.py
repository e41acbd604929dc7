"""The steps before a goal (B1), and those that nobody gets around (B2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar, TypeAlias

import networkx as nx
from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import chain_of, visits
from journeymap.analysis.doors import ids, number
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, START, Journey
from journeymap.model.mapping import FrozenMap

Links: TypeAlias = (
    Iterable[tuple[str, str]] | Iterable[tuple[str, str, float]] | Mapping[str, Iterable[str]] | Mapping[str, Mapping[str, float]]
)
"""From where to where: pairs, with a count if there is one, or by source."""


@frozen(kw_only=True)
class Net:
    """Which step leads to which, and how many customers take each way."""

    graph: nx.DiGraph[str]
    """Its edges carry ``flow``; ``start`` and ``end`` are no nodes."""
    entries: tuple[str, ...]
    goals: tuple[str, ...]
    """Those asked for, or those of the map; empty where there are none."""
    names: Mapping[str, str]
    assumptions: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        return tuple(self.graph.edges(data="flow")), self.entries, self.goals


def net_of(data: object, *, question: str, goal: str | Collection[str] | None, start: str | Collection[str] | None = None) -> Net:
    """The net in a map or in plain links; AnalysisError for a goal or a start that is not there."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    entries: list[str] = []
    if isinstance(data, Journey):
        chain = chain_of(data)
        often = visits(chain)
        graph.add_nodes_from(chain.rows)
        for source, target in data.graph.edges:
            share = chain.rows[source].get(target, 0.0) if source != START else 0.0
            if source != START and target != END:
                graph.add_edge(source, target, flow=often[source] * share if share else 0.0)
        entries = [step for step in chain.starts if step != END]
        names = {touchpoint.id: touchpoint.name for touchpoint in data.touchpoints}
        notes, warnings = chain.assumptions, hypothesis(data, [touchpoint.evidence for touchpoint in data.touchpoints])
        goal = [touchpoint.id for touchpoint in data.touchpoints if touchpoint.goal] if goal is None else goal
    else:
        names, notes, warnings = {}, (), ()
        for source, target, flow in _links(data, question):
            if source == START:
                entries.append(target)
            for end in (source, target):
                if end not in {START, END}:
                    graph.add_node(end)
            if source != START and target != END:
                before = graph.edges[source, target]["flow"] if graph.has_edge(source, target) else 0.0
                graph.add_edge(source, target, flow=before + flow)
        entries = list(dict.fromkeys(entries)) or [step for step in graph if not graph.in_degree(step)]
    goals = ids(goal)
    for name in (*goals, *ids(start)):
        if name not in graph:
            raise AnalysisError(f"{question}: there is no step {shown(name)}{suggestion(name, graph)}; give the id of one")
    entries = list(ids(start)) or entries
    return Net(graph=graph, entries=tuple(entries), goals=goals, names=names, assumptions=notes, warnings=warnings)


def _links(data: object, question: str) -> Iterable[tuple[str, str, float]]:
    if isinstance(data, nx.DiGraph):
        data = list(data.edges)
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f'{question}: {shown(data)} are no links; give pairs such as ("ad", "site"), or a map')
    if isinstance(data, Mapping):
        for source, targets in data.items():
            if isinstance(targets, str | bytes) or not isinstance(targets, Iterable):
                raise AnalysisError(f"{question}: {shown(targets)} are no targets; give a list of those of {shown(source)}")
            for target in targets:
                flow = targets[target] if isinstance(targets, Mapping) else 1.0
                yield str(source), str(target), number(flow, what=f"{question}: {source} to {target}", low=0)
        return
    for link in data:
        if not isinstance(link, tuple | list) or len(link) not in {2, 3}:
            raise AnalysisError(f'{question}: {shown(link)} is no link; give pairs such as ("ad", "site")')
        source, target, flow = (*link, 1.0)[:3]
        yield str(source), str(target), number(flow, what=f"{question}: {source} to {target}", low=0)


@frozen(kw_only=True)
class StepBefore:
    """A step some hops before a goal."""

    goal: str
    hop: int
    """1 leads to the goal directly."""
    id: str
    name: str
    flow: float
    """How many customers go from here to a step one hop nearer: of a customer who starts, by count, or by number of links."""


@frozen(kw_only=True)
class StepsBefore(Result):
    """The steps before the goal; the value is how many there are."""

    analysis: ClassVar[str] = "steps_before"
    subject: ClassVar[str] = "The number of steps before the goal"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "steps"

    steps: tuple[StepBefore, ...]
    """By goal and hop, the most taken first, ties by the id."""
    goals: tuple[str, ...]

    @property
    def hops(self) -> dict[int, tuple[str, ...]]:
        """The ids by hop, over all goals."""
        found: dict[int, list[str]] = {}
        for step in self.steps:
            if step.id not in found.setdefault(step.hop, []):
                found[step.hop].append(step.id)
        return {hop: tuple(ids) for hop, ids in sorted(found.items())}

    def _told(self) -> str:
        near = ", ".join(repr(step.name) for step in self.steps if step.hop == 1)
        goal = " or ".join(repr(goal) for goal in self.goals)
        return f"Customers get to {goal} from {near}; {amount(self.value, 'steps')} in all come shortly before"


def steps_before(data: Journey | Links, *, goal: str | Collection[str] | None = None, k: int = 2, strict: bool = False) -> StepsBefore:
    """What are the one or two steps before the key engagement?

    A breadth-first search backwards from the goal, ``k`` hops deep: hop 1 leads to it directly. Within a hop the steps are ranked by
    how many customers go on from them towards the goal, ties by the id. Cycles do no harm; of several goals each is searched by itself
    and named. On a map the goal is the touchpoint with goal=True. Where nothing leads to the goal the value is None with the reason.

    Sources: own definition; the idea of moments before the moment of truth is ZMOT (Lecinski 2011).

    >>> steps_before([("ad", "site"), ("site", "booking"), ("booking", "meeting")], goal="meeting").hops
    {1: ('booking',), 2: ('site',)}
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise AnalysisError(f"k: {shown(k)} is no number of hops; give 1 or more")
    net = net_of(data, question="steps_before", goal=goal)
    if not net.goals:
        raise NotEnoughData("steps_before", "no step is marked as the goal", "goal=True on a touchpoint, or goal= with its id")
    steps = [step for one in net.goals for step in _backwards(net, one, k)]
    barren = [one for one in net.goals if not any(step.goal == one for step in steps)]
    notes = (f"nothing leads to {', '.join(map(repr, barren))}",) if barren and steps else ()
    result = StepsBefore(
        value=float(len({step.id for step in steps})) if steps else None,
        unit="steps",
        n=len(net.graph),
        method=f"breadth-first search backwards, {k} hops",
        assumptions=(*net.assumptions, *notes),
        warnings=net.warnings,
        reason="" if steps else f"nothing leads to {', '.join(map(repr, barren))}",
        steps=tuple(steps),
        goals=net.goals,
    )
    return sealed(result, strict=strict, inputs=(net.inputs, k))


def _backwards(net: Net, goal: str, k: int) -> Iterable[StepBefore]:
    seen, nearer = {goal}, [goal]
    for hop in range(1, k + 1):
        flows: dict[str, float] = {}
        for step in nearer:
            for before in net.graph.predecessors(step):
                if before not in seen:
                    flows[before] = flows.get(before, 0.0) + net.graph.edges[before, step]["flow"]
        nearer = sorted(flows, key=lambda step: (-flows[step], step))
        seen.update(nearer)
        for step in nearer:
            yield StepBefore(goal=goal, hop=hop, id=step, name=net.names.get(step, step), flow=flows[step])


@frozen(kw_only=True)
class UnavoidableStep:
    """A step on every way to the goal."""

    id: str
    name: str
    place: int
    """Its place in the order in which all pass, counted from 1."""
    dominated: float
    """The share of the steps that can be reached to which no way leads without it, itself included."""


@frozen(kw_only=True)
class Unavoidable(Result):
    """The steps that everyone passes who gets to the goal; the value is how many there are."""

    analysis: ClassVar[str] = "unavoidable"
    subject: ClassVar[str] = "The number of unavoidable steps"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "steps"

    steps: tuple[UnavoidableStep, ...]
    """In the order in which all pass them, the goal left out."""
    goals: tuple[str, ...]
    idom: Mapping[str, str]
    """The immediate dominator of each step: the last one that all pass before it; entries have none and are not in it."""
    ipdom: Mapping[str, str]
    """The immediate post-dominator: the next step that all pass afterwards who get from there to the goal."""
    unreachable: tuple[str, ...]
    """Steps to which no way leads from an entry; they are left out."""

    def must_follow(self, step: str) -> tuple[str, ...]:
        """Once here, what all pass who get to the goal, in order; empty at a goal, and where no way leads to it."""
        found = []
        while step in self.ipdom:
            step = self.ipdom[step]
            found.append(step)
        return tuple(found)

    def _told(self) -> str:
        goal = " or ".join(repr(goal) for goal in self.goals)
        if not self.steps:
            return f"No step is on every way to {goal}"
        last = self.steps[-1]
        return (
            f"Everyone who gets to {goal} passes {', '.join(repr(step.name) for step in self.steps[:5])}"
            f"{' ...' if len(self.steps) > 5 else ''}; behind {last.name!r} lie {percent(last.dominated)} of the steps"
        )


def unavoidable(
    data: Journey | Links,
    *,
    goal: str | Collection[str] | None = None,
    start: str | Collection[str] | None = None,
    strict: bool = False,
) -> Unavoidable:
    """Which steps does everyone pass?

    The dominators of the goal: steps on every way from an entry to it. Entries are those of ``start``, else the steps to which
    nothing leads; several begin at one imagined source, and of several goals any will do. ``idom`` holds the immediate dominators,
    ``ipdom`` the post-dominators on the way to the goal: once here, what else must come (`Unavoidable.must_follow`). On a map the
    goal is the touchpoint with goal=True; without any, the steps from which nothing leads on.

    Whether a way is taken often does not matter, only that it is there. Where no way leads to the goal it is undefined.

    Source: Cooper, Harvey & Kennedy (2001).

    >>> found = unavoidable([("ad", "site"), ("mail", "site"), ("site", "pay"), ("site", "call"), ("call", "pay")], goal="pay")
    >>> [step.id for step in found.steps]
    ['site']
    """
    net = net_of(data, question="unavoidable", goal=goal, start=start)
    notes = net.assumptions
    goals = net.goals
    if not goals:
        goals = tuple(step for step in net.graph if not net.graph.out_degree(step))
        notes = (*notes, "no step is marked as the goal, so it is any from which nothing leads on")
    rooted: nx.DiGraph[str] = nx.DiGraph(list(net.graph.edges))
    rooted.add_edges_from((START, entry) for entry in net.entries)
    rooted.add_edges_from((one, END) for one in goals)
    idom = _dominators(rooted, START)
    before_end = idom.pop(END, None)
    reached = [one for one in goals if one in idom]
    chain: list[str] = []
    after: dict[str, str] = {}
    sizes: dict[str, int] = {}
    if before_end is not None:
        chain = [step for step in _chain(idom, before_end) if len(reached) > 1 or step not in reached]
        backwards = _dominators(rooted.reverse(copy=False), END)
        after = {step: backwards[step] for step in net.graph if step in idom and backwards.get(step, END) != END}
        sizes = _sizes(idom)
    result = Unavoidable(
        value=float(len(chain)) if reached else None,
        unit="steps",
        n=len(idom),
        method="dominators of the goal",
        assumptions=notes,
        warnings=net.warnings,
        reason="" if reached else "no way leads from an entry to the goal",
        steps=tuple(
            UnavoidableStep(id=step, name=net.names.get(step, step), place=number, dominated=sizes[step] / len(idom))
            for number, step in enumerate(chain, start=1)
        ),
        goals=goals,
        idom=FrozenMap({step: idom[step] for step in net.graph if idom.get(step, START) != START}),
        ipdom=FrozenMap(after),
        unreachable=tuple(step for step in net.graph if step not in idom),
    )
    return sealed(result, strict=strict, inputs=net.inputs)


def _dominators(graph: nx.DiGraph[str], root: str) -> dict[str, str]:
    """The immediate dominator of each step that can be reached from the root.

    networkx 3.6 leaves the root out of the mapping and older ones map it to itself; here it is left out.
    """
    if root not in graph:
        return {}
    found: dict[str, str] = dict(nx.immediate_dominators(graph, root))
    found.pop(root, None)
    return found


def _chain(idom: Mapping[str, str], step: str) -> list[str]:
    """A step and what all pass before it, in order."""
    found = []
    while step in idom:
        found.append(step)
        step = idom[step]
    return found[::-1]


def _sizes(idom: Mapping[str, str]) -> dict[str, int]:
    """How many steps each dominates, itself included."""
    sizes = dict.fromkeys(idom, 1)
    below: dict[str, int] = dict.fromkeys(idom, 0)
    for above in idom.values():
        if above in below:
            below[above] += 1
    waiting = [step for step in idom if not below[step]]
    while waiting:
        step = waiting.pop()
        above = idom[step]
        if above in sizes:
            sizes[above] += sizes[step]
            below[above] -= 1
            if not below[above]:
                waiting.append(above)
    return sizes
