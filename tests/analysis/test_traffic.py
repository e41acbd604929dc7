"""B3: which steps carry the traffic."""

from __future__ import annotations

import math
from random import Random

import networkx as nx
import pytest

from journeymap.analysis import criticality
from journeymap.errors import AnalysisError
from journeymap.model import END, Journey, Stage, Touchpoint, Transition

TABLE = {
    "ad": {"site": 0.5, "shop": 0.3, "end": 0.2},
    "site": {"site": 0.1, "shop": 0.4, "buy": 0.2, "end": 0.3},
    "shop": {"site": 0.2, "buy": 0.6, "end": 0.2},
}


def test_it_agrees_with_customers_sent_through():
    random = Random(3)
    visits, passed, passed_converted, converted = {}, {}, {}, 0
    n = 60_000
    for _ in range(n):
        state, way = "ad", []
        while state in TABLE:
            way.append(state)
            state = random.choices(list(TABLE[state]), weights=TABLE[state].values())[0]
        converted += state == "buy"
        for step in way:
            visits[step] = visits.get(step, 0) + 1 / n
        for step in set(way):
            passed[step] = passed.get(step, 0) + 1 / n
            passed_converted[step] = passed_converted.get(step, 0) + (state == "buy")
    for step in criticality(TABLE, goal="buy", start="ad").steps:
        assert step.visits == pytest.approx(visits[step.id], abs=0.015)
        assert step.passed == pytest.approx(passed[step.id], abs=0.015)
        assert step.passed_if_converted == pytest.approx(passed_converted[step.id] / converted, abs=0.015)


def test_betweenness_takes_the_likeliest_ways():
    found = {step.id: step.betweenness for step in criticality(TABLE, goal="buy", start="ad").steps}
    # ad to buy goes by the shop (0.18 against 0.1), site to buy too (0.24 against 0.2): 2 of 6 ordered pairs of the three others
    assert found == {"ad": 0, "site": 0, "shop": pytest.approx(2 / 6)}


def test_a_dominator_is_passed_by_all_who_convert():
    steps = {
        step.id: step
        for step in criticality({"a": {"b": 0.3, "end": 0.7}, "b": {"c": 0.5, "goal": 0.5}, "c": {"goal": 1.0}}, goal="goal").steps
    }
    assert (steps["b"].passed, steps["b"].passed_if_converted) == (pytest.approx(0.3), pytest.approx(1))
    assert steps["c"].passed_if_converted == pytest.approx(0.5)
    assert all(step.betweenness == 0 for step in criticality({"a": {"goal": 1.0}}, goal="goal").steps)


def test_a_map_and_its_order():
    mapped = Journey(
        "J",
        [Stage("S", [Touchpoint("Ad"), Touchpoint("Site"), Touchpoint("Chat"), Touchpoint("Buy", goal=True)])],
        transitions=[
            Transition("ad", "site", probability=0.6),
            Transition("ad", END, probability=0.4),
            Transition("site", "chat", probability=0.5),
            Transition("site", "buy", probability=0.5),
            Transition("chat", "buy"),
        ],
    )
    found = criticality(mapped)
    assert [(step.id, step.passed_if_converted) for step in found.steps] == [("ad", 1), ("site", 1), ("chat", 0.5)]
    assert (found.value, found.grade) == (1, "hypothesis")
    assert "100 % of those who reach the goal pass it" in found.explain()


def test_a_trap_is_visited_without_end():
    found = criticality({"a": {"b": 0.5, "goal": 0.5}, "b": {"c": 1.0}, "c": {"b": 1.0}}, goal="goal", start="a")
    trapped = {step.id: step for step in found.steps}["b"]
    assert (trapped.visits, trapped.passed, trapped.passed_if_converted) == (math.inf, None, 0)
    assert "TRAP" in {warning.code for warning in found.warnings}


def test_what_nobody_knows_is_none():
    nowhere = criticality({"a": {"b": 1.0}, "b": {"a": 0.5, "goal": 0.5}}, goal="goal")
    assert (nowhere.value, nowhere.reason) == (None, "nobody says where customers start")
    assert criticality({"a": {"b": 1.0}}, start="a").steps[0].passed_if_converted is None
    with pytest.raises(AnalysisError, match="there is no step"):
        criticality(TABLE, goal="bye")


def test_large_nets_are_bounded_and_say_so():
    chain = {f"s{k}": {f"s{k + 1}": 1.0} for k in range(2_001)}
    found = criticality(chain, goal="s2001")
    assert found.steps[0].betweenness is None
    assert any("betweenness is left out: more than 2,000 steps" in note for note in found.assumptions)
    assert {step.visits for step in found.steps} == {1}
    small = {f"s{k}": {f"s{k + 1}": 0.9} for k in range(5)}
    graph = nx.path_graph([f"s{k}" for k in range(6)], create_using=nx.DiGraph)
    expected = nx.betweenness_centrality(graph)
    assert {step.id: step.betweenness for step in criticality(small, goal="s5").steps} == {step: expected[step] for step in small}
