"""The graph behind a journey, and the way back."""

import os
import subprocess
import sys
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given

from journeymap.errors import ModelError
from journeymap.model import Channel, Emotion, Journey, Persona, Stage, Touchpoint, Transition
from journeymap.testing.strategies import journeys

A, B, C = Touchpoint("a"), Touchpoint("b"), Touchpoint("c")
STAGES = [Stage("one", [A, B]), Stage("two", [C])]


@given(journeys(max_stages=2, max_touchpoints=2))
def test_there_and_back(journey):
    assert Journey.from_graph(journey.graph) == journey
    assert Journey.from_graph(nx.DiGraph(journey.graph)) == journey


@given(journeys(max_stages=2, max_touchpoints=2))
def test_nodes_are_touchpoints_and_edges_transitions(journey):
    graph = journey.graph
    steps = [node for node in graph if node not in ("start", "end")]
    assert steps == [touchpoint.id for touchpoint in journey.touchpoints]
    assert [graph.nodes[node]["item"] for node in steps] == list(journey.touchpoints)
    assert [graph.nodes[node]["stage"] for node in steps] == [stage.id for stage in journey.stages for _ in stage.touchpoints]
    told = {(t.source, t.target): t for t in journey.transitions}
    assert {(s, t): edge["item"] for s, t, edge in graph.edges(data=True) if not edge["implied"]} == told
    for source, target, edge in graph.edges(data=True):
        assert (edge["item"].source, edge["item"].target) == (source, target)


@given(journeys(max_stages=2, max_touchpoints=2))
def test_a_step_joins_the_next_unless_it_leads_on_by_itself(journey):
    steps = [touchpoint.id for touchpoint in journey.touchpoints]
    for here, following in pairwise(steps):
        told = [t for t in journey.transitions if t.source == here]
        leads_on = any(t.kind in ("main", "alternative") for t in told)
        direct = any(t.target == following for t in told)
        assert journey.graph.has_edge(here, following) == (direct or not leads_on)


def test_a_plain_map_needs_no_transitions():
    graph = Journey("x", STAGES).graph
    assert list(graph.edges(data="implied")) == [("a", "b", True), ("b", "c", True)]


@pytest.mark.parametrize(
    ("transitions", "edges"),
    [
        ([Transition("a", "c")], [("a", "c"), ("b", "c")]),
        ([Transition("a", "c", kind="alternative")], [("a", "c"), ("b", "c")]),
        ([Transition("b", "a", kind="loop")], [("a", "b"), ("b", "a"), ("b", "c")]),
        ([Transition("a", "c", kind="exception")], [("a", "c"), ("a", "b"), ("b", "c")]),
        ([Transition("a", "b", kind="exception")], [("a", "b"), ("b", "c")]),
        ([Transition("start", "a"), Transition("c", "end")], [("start", "a"), ("a", "b"), ("b", "c"), ("c", "end")]),
        ([Transition("a", "end")], [("a", "end"), ("b", "c")]),
    ],
)
def test_which_steps_are_joined(transitions, edges):
    graph = Journey("x", STAGES, transitions=transitions).graph
    assert sorted(graph.edges) == sorted(edges)
    assert ("start" in graph, "end" in graph) == (any(s == "start" for s, _ in edges), any(t == "end" for _, t in edges))


def test_the_graph_is_frozen():
    graph = Journey("x", STAGES).graph
    with pytest.raises(nx.NetworkXError):
        graph.add_edge("a", "c")


def test_analyses_of_networkx_work_on_it():
    assert nx.shortest_path(Journey("x", STAGES).graph, "a", "c") == ["a", "b", "c"]


def test_edits_of_a_copy_come_back():
    journey = Journey("x", [Stage("one", [Touchpoint("a", personas=["maya"]), B]), Stage("two", goal="Rest")], personas=[Persona("Maya")])
    graph = nx.DiGraph(journey.graph)
    graph.add_node("nap", stage="two", name="Takes a nap", emotion=2)
    graph.add_edge("b", "nap", probability=0.5)
    again = Journey.from_graph(graph, name="y")
    assert (again.name, again.personas) == ("y", journey.personas)
    assert again.stages[0] == journey.stages[0]
    assert again.stages[1] == Stage("two", [Touchpoint("Takes a nap", id="nap", emotion=2)], goal="Rest")
    assert again.transitions == (Transition("b", "nap", probability=0.5),)


def test_transitions_keep_their_order():
    transitions = [Transition("b", "c"), Transition("a", "c"), Transition("start", "b"), Transition("a", "b")]
    journey = Journey("x", STAGES, transitions=transitions)
    assert Journey.from_graph(journey.graph).transitions == tuple(transitions)


def test_graphs_made_elsewhere():
    graph = nx.DiGraph(name="Bike shop")
    graph.add_node("Test ride", stage="Try it", channel="Shop", weight=3)
    graph.add_node(7, emotion=-1)
    graph.add_edge("Test ride", 7, count=12, weight=0.5)
    graph.add_edge(7, "end", probability=0.1)
    journey = Journey.from_graph(graph)
    assert journey == Journey(
        "Bike shop",
        [
            Stage("Try it", [Touchpoint("Test ride", channel=Channel("Shop"))]),
            Stage("Journey", [Touchpoint("7", emotion=Emotion(-1))]),
        ],
        transitions=[Transition("test-ride", "7", count=12), Transition("7", "end", probability=0.1)],
    )
    assert Journey.from_graph(nx.DiGraph()).name == "Journey"


def test_names_of_nodes_become_ids_where_they_can():
    graph = nx.DiGraph([("Pay-Online", "! !"), ("! !", "Says good bye")])
    journey = Journey.from_graph(graph)
    assert [(step.name, step.id) for step in journey.touchpoints] == [
        ("Pay-Online", "Pay-Online"),
        ("! !", "touchpoint"),
        ("Says good bye", "says-good-bye"),
    ]
    assert [(t.source, t.target) for t in journey.transitions] == [("Pay-Online", "touchpoint"), ("touchpoint", "says-good-bye")]


def test_a_touchpoint_keeps_its_id_under_another_node():
    graph = nx.DiGraph()
    graph.add_node("first", item=A)
    graph.add_edge("first", "second", probability=0.5)
    journey = Journey.from_graph(graph)
    assert journey.touchpoints[0] is A
    assert journey.transitions == (Transition("a", "second", probability=0.5),)


def test_all_that_is_wrong_in_a_graph_is_told():
    graph = nx.DiGraph()
    graph.add_node("a", emotion=7)
    graph.add_node("b", goal="yes")
    graph.add_edge("a", "b", probability=2)
    with pytest.raises(ModelError) as told:
        Journey.from_graph(graph)
    assert [str(problem) for problem in told.value.problems] == [
        "nodes['a'].emotion.valence: 7 is outside -2 to +2; convert other scales with Scale",
        "nodes['b'].goal: 'yes' is neither true nor false",
        "edges['a', 'b'].probability: 2 is outside 0 to 1",
    ]


@pytest.mark.parametrize("graph", [nx.Graph(), nx.MultiDiGraph(), {"a": ["b"]}])
def test_only_directed_graphs_with_one_edge_a_pair(graph):
    with pytest.raises(ModelError, match=r"is not a DiGraph; a journey has directed edges, one for each pair"):
        Journey.from_graph(graph)


def test_the_order_does_not_depend_on_hashes():
    program = (
        "from journeymap.model import *\n"
        "j = Journey('x', [Stage('s', [Touchpoint(c) for c in 'abc'])], transitions=[Transition('start', 'end'), Transition('a', 'c')])\n"
        "print(list(j.graph.nodes), list(j.graph.edges))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(seen) == 1
