"""The graph behind a journey, and the way back."""

from __future__ import annotations

from typing import Any

import networkx as nx
from attrs import evolve

from journeymap.errors import ModelError, shown
from journeymap.model.journey import Journey
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import END, START, Transition

_LEADS_ON = ("main", "alternative")


def graph_of(journey: Journey) -> nx.DiGraph[str]:
    """The frozen graph of a journey, as `Journey.graph` describes it."""
    graph: nx.DiGraph[str] = nx.DiGraph(name=journey.name, journey=journey)
    order: list[str] = []
    for stage in journey.stages:
        for touchpoint in stage.touchpoints:
            graph.add_node(touchpoint.id, item=touchpoint, stage=stage.id)
            order.append(touchpoint.id)
    leads_on = set()
    for transition in journey.transitions:
        for reserved in {START, END} & {transition.source, transition.target}:
            graph.add_node(reserved, item=None, stage=None)
        graph.add_edge(transition.source, transition.target, item=transition, implied=False)
        if transition.kind in _LEADS_ON:
            leads_on.add(transition.source)
    for source, target in zip(order, order[1:], strict=False):
        if source not in leads_on and not graph.has_edge(source, target):
            graph.add_edge(source, target, item=Transition(source, target), implied=True)
    return nx.freeze(graph)


def journey_of(graph: nx.DiGraph[Any], *, name: str | None = None) -> Journey:
    """The journey that a graph holds, as `Journey.from_graph` describes it."""
    if not isinstance(graph, nx.DiGraph) or graph.is_multigraph():
        raise ModelError(f"a {type(graph).__name__} is not a DiGraph; a journey has directed edges, one for each pair")
    first = graph.graph.get("journey")
    if not isinstance(first, Journey):
        first = Journey(name or str(graph.graph.get("name") or "Journey"))
    stages: dict[str, list[Touchpoint]] = {stage.id: [] for stage in first.stages}
    for node, data in graph.nodes(data=True):
        if node not in (START, END):
            stages.setdefault(str(data.get("stage") or "journey"), []).append(_touchpoint(node, data))
    known = {stage.id: stage for stage in first.stages}
    transitions = [_transition(s, t, data) for s, t, data in graph.edges(data=True) if not data.get("implied")]
    return evolve(
        first,
        name=name or first.name,
        stages=[evolve(known.get(i) or Stage(i, id=i), touchpoints=held) for i, held in stages.items()],
        transitions=transitions,
    )


def _touchpoint(node: object, data: dict[str, Any]) -> Touchpoint:
    item = data.get("item")
    if isinstance(item, Touchpoint):
        return item
    if not isinstance(node, str):
        raise ModelError(f"the node {shown(node)} is not text; name touchpoints by text")
    return Touchpoint(str(data.get("name") or node), id=node)


def _transition(source: str, target: str, data: dict[str, Any]) -> Transition:
    item = data.get("item")
    if isinstance(item, Transition):
        return item
    return Transition(source, target, **{key: data[key] for key in ("probability", "count", "kind", "condition") if key in data})
