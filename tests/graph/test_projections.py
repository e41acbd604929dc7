"""A journey seen from further away."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given

from journeymap.graph import channel_graph, owner_graph, stage_graph
from journeymap.model import Channel, Journey, Stage, Touchpoint, Transition
from journeymap.testing.strategies import journeys

BIKE = Journey(
    "Buy a bike",
    [
        Stage("Discover", [Touchpoint("Advert", channel="TV"), Touchpoint("Forum", channel="Website", owner="Press")]),
        Stage("Buy", [Touchpoint("Till", channel="Shop"), Touchpoint("Receipt")], owner="Sales"),
        Stage("end", [Touchpoint("Ride", channel="Website")]),
    ],
    transitions=[
        Transition("receipt", "till", kind="loop"),
        Transition("ride", "forum", kind="loop"),
        Transition("advert", "end", kind="exception"),
    ],
)


def test_stages_and_how_customers_get_from_one_to_another() -> None:
    graph = stage_graph(BIKE)
    assert list(graph.nodes(data="touchpoints")) == [("discover", ("advert", "forum")), ("buy", ("till", "receipt")), ("end", ("ride",))]
    assert list(graph.edges) == [("discover", "buy"), ("buy", "end"), ("end", "discover")]
    assert graph.nodes["buy"]["item"] is BIKE.stages[1]
    assert graph.edges["end", "discover"]["items"] == (BIKE.transitions[1],)


def test_channels_and_owners() -> None:
    channels = channel_graph(BIKE)
    assert list(channels.nodes(data="item")) == [
        ("tv", Channel("TV")),
        ("website", Channel("Website")),
        ("shop", Channel("Shop")),
        ("", None),
    ]
    assert sorted(channels.edges) == [("", "shop"), ("", "website"), ("shop", ""), ("tv", "website"), ("website", "shop")]
    owners = owner_graph(BIKE.replace(owner="Board"))
    assert list(owners.nodes(data="touchpoints")) == [("Board", ("advert", "ride")), ("Press", ("forum",)), ("Sales", ("till", "receipt"))]
    assert list(owners.edges) == [("Board", "Press"), ("Press", "Sales"), ("Sales", "Board")]
    assert next(iter(owner_graph(BIKE))) == ""


@pytest.mark.parametrize("project", [stage_graph, channel_graph, owner_graph])
def test_projections_cannot_change(project) -> None:
    with pytest.raises(nx.NetworkXError):
        project(BIKE).add_node("x")
    assert list(project(Journey("x"))) == []


@given(journeys())
def test_every_touchpoint_is_in_one_node_and_every_way_between_nodes_is_told(journey) -> None:
    for graph in (stage_graph(journey), channel_graph(journey), owner_graph(journey)):
        home = {step: name for name, steps in graph.nodes(data="touchpoints") for step in steps}
        assert sorted(home) == sorted(step.id for step in journey.touchpoints)
        told = {(item.source, item.target) for _, _, items in graph.edges(data="items") for item in items}
        assert told == {(s, t) for s, t in journey.graph.edges if s in home and t in home and home[s] != home[t]}
