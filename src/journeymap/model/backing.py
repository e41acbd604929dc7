"""The graph behind a journey, and the way back; the graph behind an atlas."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import networkx as nx
from attrs import evolve, fields_dict

from journeymap.errors import ModelError, Problem, shown
from journeymap.model.atlas import Atlas
from journeymap.model.comparison import differences
from journeymap.model.conversion import under
from journeymap.model.journey import Journey
from journeymap.model.naming import slug
from journeymap.model.parts import Parts
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import END, START, Transition

_LEADS_ON = ("main", "alternative")
_RESERVED = (START, END)
_OF_NODES = fields_dict(Touchpoint).keys() - {"id"}
_OF_EDGES = fields_dict(Transition).keys() - {"source", "target"}


def graph_of(journey: Journey) -> nx.DiGraph[str]:
    """The frozen graph of a journey, as `Journey.graph` describes it."""
    graph: nx.DiGraph[str] = nx.DiGraph(name=journey.name, journey=journey)
    for stage in journey.stages:
        for touchpoint in stage.touchpoints:
            graph.add_node(touchpoint.id, item=touchpoint, stage=stage.id)
    steps = list(graph)
    named = {end for transition in journey.transitions for end in (transition.source, transition.target)}
    graph.add_nodes_from((node for node in _RESERVED if node in named), item=None, stage=None)
    for transition in journey.transitions:
        graph.add_edge(transition.source, transition.target, item=transition, implied=False)
    leads_on = {transition.source for transition in journey.transitions if transition.kind in _LEADS_ON}
    for source, target in pairwise(steps):
        if source not in leads_on and not graph.has_edge(source, target):
            graph.add_edge(source, target, item=Transition(source, target), implied=True)
    nx.freeze(graph)
    return graph


def atlas_graph(atlas: Atlas) -> nx.MultiDiGraph[str]:
    """The frozen graph of an atlas, as `Atlas.graph` describes it."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=atlas.name, atlas=atlas)
    graph.add_nodes_from((journey.id, {"item": journey}) for journey in atlas.journeys)
    graph.add_edges_from((link.source, link.target, {"item": link}) for link in atlas.links)
    nx.freeze(graph)
    return graph


def joined_graph(atlas: Atlas) -> nx.DiGraph[Any]:
    """The frozen graph of all journeys of an atlas in one, as `Atlas.joined` describes it."""
    graph: nx.DiGraph[Any] = nx.DiGraph(name=atlas.name, atlas=atlas)
    for journey in atlas.journeys:
        single: nx.DiGraph[Any] = journey.graph
        for node, data in single.nodes(data=True):
            if node not in graph:
                graph.add_node(node, item=data["item"], items={}, stages={}, differences={})
            held = graph.nodes[node]
            if data["item"] is not None:
                held["items"][journey.id], held["stages"][journey.id] = data["item"], data["stage"]
                apart = differences(Parts(held["item"]), Parts(data["item"]))
                held["differences"] |= {journey.id: apart} if apart else {}
        for source, target, data in single.edges(data=True):
            if not graph.has_edge(source, target):
                graph.add_edge(source, target, items={}, implied=True)
            edge = graph.edges[source, target]
            edge["items"][journey.id] = data["item"]
            edge["implied"] = edge["implied"] and data["implied"]
    for _, data in graph.nodes(data=True):
        data.update({key: MappingProxyType(data[key]) for key in ("items", "stages", "differences")})
    for _, _, data in graph.edges(data=True):
        data["items"] = MappingProxyType(data["items"])
    nx.freeze(graph)
    return graph


def journey_of(graph: nx.DiGraph[Any], *, name: str | None = None) -> Journey:
    """The journey that a graph holds, as `Journey.from_graph` describes it."""
    if not isinstance(graph, nx.DiGraph) or graph.is_multigraph():
        raise ModelError(f"a {type(graph).__name__} is not a DiGraph; a journey has directed edges, one for each pair")
    first = graph.graph.get("journey")
    if not isinstance(first, Journey):
        first = Journey(name or str(graph.graph.get("name") or "Journey"))
    problems: list[Problem] = []
    stages: dict[str, list[Touchpoint]] = {stage.id: [] for stage in first.stages}
    ids: dict[object, str] = {}
    for node, data in graph.nodes(data=True):
        ids[node] = _id(node, data)
        if node not in _RESERVED:
            try:
                stages.setdefault(str(data.get("stage") or "Journey"), []).append(_touchpoint(node, ids[node], data))
            except ModelError as error:
                problems += under(f"nodes[{shown(node)}]", error.problems)
    transitions: list[Transition] = []
    for source, target, data in graph.edges(data=True):
        try:
            if not data.get("implied"):
                transitions.append(_transition(ids[source], ids[target], data))
        except ModelError as error:
            problems += under(f"edges[{shown(source)}, {shown(target)}]", error.problems)
    if problems:
        raise ModelError(problems)
    known = {stage.id: stage for stage in first.stages}
    places = {(transition.source, transition.target): place for place, transition in enumerate(first.transitions)}
    return evolve(
        first,
        name=name or first.name,
        stages=[evolve(known.get(stage) or Stage(stage), touchpoints=held) for stage, held in stages.items()],
        transitions=sorted(transitions, key=lambda t: places.get((t.source, t.target), len(places))),
    )


def _id(node: object, data: Mapping[str, Any]) -> str:
    item = data.get("item")
    if isinstance(item, Touchpoint):
        return item.id
    text = str(node)
    return slug(text, fallback="touchpoint") if any(c.isspace() for c in text) else text


def _touchpoint(node: object, wanted: str, data: Mapping[str, Any]) -> Touchpoint:
    item = data.get("item")
    if isinstance(item, Touchpoint):
        return item
    given: dict[str, Any] = {"name": str(node), "id": wanted} | {key: data[key] for key in data.keys() & _OF_NODES}
    return Touchpoint(**given)


def _transition(source: str, target: str, data: Mapping[str, Any]) -> Transition:
    item = data.get("item")
    if isinstance(item, Transition):
        return item
    return Transition(source, target, **{key: data[key] for key in data.keys() & _OF_EDGES})
