"""Which stage, channel or owner hands customers on to which: the touchpoints of one are one node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx

from journeymap.model import Journey, Stage, Touchpoint

_NameOf = Callable[[Stage, Touchpoint], str]


def stage_graph(journey: Journey) -> nx.DiGraph[str]:
    """How customers get from stage to stage, as a frozen graph.

    Nodes are the ids of stages, in order, with the stage under ``item`` and the ids of its touchpoints under ``touchpoints``. An
    edge has the transitions from touchpoints of the one to touchpoints of the other, told or implied, under ``items``. Transitions
    inside one stage are no edges, nor are entries and drop-off.

    >>> steps = [Stage("Discover", [Touchpoint("Advert"), Touchpoint("Forum")]), Stage("Buy", [Touchpoint("Till")])]
    >>> list(stage_graph(Journey("Buy a bike", steps)).edges)
    [('discover', 'buy')]
    """
    items: dict[str, object] = {stage.id: stage for stage in journey.stages}
    return _projected(journey, lambda stage, _: stage.id, items)


def channel_graph(journey: Journey) -> nx.DiGraph[str]:
    """How customers get from channel to channel, as `stage_graph` tells it of stages.

    Nodes are the ids of channels, with the channel under ``item``; touchpoints without one are the node ``""``.
    """
    items: dict[str, object] = {"" if step.channel is None else step.channel.id: step.channel for step in journey.touchpoints}
    return _projected(journey, lambda _, step: "" if step.channel is None else step.channel.id, items)


def owner_graph(journey: Journey) -> nx.DiGraph[str]:
    """Which owner hands customers over to which, as `stage_graph` tells it of stages.

    The owner of a touchpoint is its own, or else its stage's, or else the journey's; nodes are their names, the name under ``item``
    too, and touchpoints that nobody owns are the node ``""``.
    """

    def owner(stage: Stage, step: Touchpoint) -> str:
        return step.owner or stage.owner or journey.owner

    names = dict.fromkeys(owner(stage, step) for stage in journey.stages for step in stage.touchpoints)
    return _projected(journey, owner, {name: name for name in names})


def _projected(journey: Journey, name_of: _NameOf, items: dict[str, object]) -> nx.DiGraph[str]:
    """The graph of those items, each standing for the touchpoints that bear its name."""
    names = {step.id: name_of(stage, step) for stage in journey.stages for step in stage.touchpoints}
    steps: dict[str, list[str]] = {name: [] for name in items}
    for step, name in names.items():
        steps[name].append(step)
    graph: nx.DiGraph[Any] = nx.DiGraph(name=journey.name, journey=journey)
    graph.add_nodes_from((name, {"item": item, "touchpoints": tuple(steps[name])}) for name, item in items.items())
    whole: nx.DiGraph[Any] = journey.graph
    for source, target, data in whole.edges(data=True):
        if source in names and target in names and names[source] != names[target]:
            graph.add_edge(names[source], names[target])
            graph.edges[names[source], names[target]].setdefault("items", []).append(data["item"])
    for _, _, data in graph.edges(data=True):
        data["items"] = tuple(data["items"])
    nx.freeze(graph)
    return graph
