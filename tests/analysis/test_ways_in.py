"""B1 and B2: the steps before a goal, and those that nobody gets around."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import steps_before, unavoidable
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Stage, Touchpoint, Transition

LINKS = [
    ("start", "ad"), ("ad", "landing"), ("start", "search"), ("search", "landing"), ("landing", "pricing"), ("landing", "chat"),
    ("chat", "pricing"), ("pricing", "booking"), ("chat", "booking"), ("booking", "meeting"), ("pricing", "exit"),
]  # fmt: skip
edges = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=14)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


def test_two_hops_before_the_meeting():
    found = steps_before(LINKS, goal="meeting", k=2)
    assert found.hops == {1: ("booking",), 2: ("chat", "pricing")}
    assert found.value == 3
    assert steps_before(LINKS, goal="meeting", k=9).hops[4] == ("ad", "search")
    assert "Customers get to 'meeting' from 'booking'" in found.explain()


def test_within_a_hop_the_most_taken_comes_first():
    counted = [("a", "goal", 3), ("b", "goal", 20), ("c", "goal", 3)]
    assert [(step.id, step.flow) for step in steps_before(counted, goal="goal").steps] == [("b", 20), ("a", 3), ("c", 3)]
    mapped = journey(
        Touchpoint("A"),
        Touchpoint("B"),
        Touchpoint("C"),
        Touchpoint("Goal", goal=True),
        transitions=[
            Transition("a", "b", probability=0.3),
            Transition("a", "c", probability=0.7),
            Transition("b", "goal"),
            Transition("c", "goal"),
        ],
    )
    found = steps_before(mapped)
    assert [(step.hop, step.id, step.flow) for step in found.steps] == [(1, "c", 0.7), (1, "b", pytest.approx(0.3)), (2, "a", 1)]
    assert found.grade == "hypothesis"


def test_a_goal_to_which_nothing_leads_has_none():
    found = steps_before([("a", "b")], goal="a")
    assert (found.value, found.reason, found.hops) == (None, "nothing leads to 'a'", {})


def test_several_goals_are_named_and_cycles_do_no_harm():
    found = steps_before({"a": ["b"], "b": ["a", "x", "y"], "c": ["y"]}, goal=["x", "y"], k=3)
    assert [(step.goal, step.hop, step.id) for step in found.steps] == [
        ("x", 1, "b"),
        ("x", 2, "a"),
        ("y", 1, "b"),
        ("y", 1, "c"),
        ("y", 2, "a"),
    ]
    assert found.hops == {1: ("b", "c"), 2: ("a",)}
    assert "nothing leads to 'c'" in steps_before({"a": ["b"], "c": ["a"]}, goal=["b", "c"]).assumptions


def test_what_is_unavoidable():
    found = unavoidable(LINKS, goal="meeting")
    assert [step.id for step in found.steps] == ["landing", "booking"]
    # of ad, search, landing, pricing, chat, booking, meeting and exit, six lie behind landing and two behind booking
    assert [step.dominated for step in found.steps] == [6 / 8, 2 / 8]
    assert found.idom["booking"] == "landing"
    assert "ad" not in found.idom
    assert found.must_follow("chat") == ("booking", "meeting")
    assert found.must_follow("ad") == ("landing", "booking", "meeting")
    assert found.must_follow("exit") == found.must_follow("meeting") == ()
    assert "Everyone who gets to 'meeting' passes 'landing', 'booking'" in found.explain()


def test_unreachable_steps_are_listed():
    found = unavoidable([("start", "a"), ("a", "goal"), ("lost", "a"), ("lost", "found")], goal="goal")
    assert found.unreachable == ("lost", "found")
    assert [step.id for step in found.steps] == ["a"]
    nowhere = unavoidable([("start", "a"), ("b", "goal")], goal="goal")
    assert (nowhere.value, nowhere.reason) == (None, "no way leads from an entry to the goal")


def test_a_map_with_two_entries_and_an_exit():
    mapped = journey(
        Touchpoint("Ad"),
        Touchpoint("Search"),
        Touchpoint("Site"),
        Touchpoint("Buy", goal=True),
        transitions=[
            Transition(START, "ad", probability=0.5),
            Transition(START, "search", probability=0.5),
            Transition("ad", "site"),
            Transition("site", "buy", probability=0.1),
            Transition("site", END, probability=0.9),
        ],
    )
    found = unavoidable(mapped)
    assert [(step.id, step.name, step.place) for step in found.steps] == [("site", "Site", 1)]
    assert found.must_follow("ad") == ("site", "buy")


def test_without_a_goal_it_is_any_end():
    found = unavoidable(journey(Touchpoint("A"), Touchpoint("B"), Touchpoint("C")))
    assert ([step.id for step in found.steps], found.goals) == (["a", "b"], ("c",))
    assert any("no step is marked as the goal" in note for note in found.assumptions)
    with pytest.raises(NotEnoughData, match="no step is marked as the goal"):
        steps_before(journey(Touchpoint("A"), Touchpoint("B")))


@pytest.mark.parametrize(
    ("data", "message"), [("ab", "are no links"), ([("a",)], "is no link"), ({"a": "b"}, "are no targets"), ([("a", "b", -1)], "below 0")]
)
def test_what_does_not_fit_is_refused(data, message):
    with pytest.raises(AnalysisError, match=message):
        steps_before(data, goal="b")
    with pytest.raises(AnalysisError, match="there is no step 'meating'; did you mean 'meeting'"):
        unavoidable(LINKS, goal="meating")
    with pytest.raises(AnalysisError, match="k: 0 is no number of hops"):
        steps_before(LINKS, goal="meeting", k=0)


@given(edges, st.sampled_from("abcdef"), st.integers(1, 4))
def test_hops_are_distances(links, goal, k):
    graph = nx.DiGraph(links)
    if goal in graph:
        far = nx.single_source_shortest_path_length(graph.reverse(), goal, cutoff=k)
        found = {step: hop for hop, steps in steps_before(links, goal=goal, k=k).hops.items() for step in steps}
        assert found == {step: hop for step, hop in far.items() if hop}


@given(edges, st.sampled_from("abcdef"), st.sampled_from("abcdef"))
def test_a_step_is_unavoidable_if_there_is_no_way_without_it(links, entry, goal):
    graph = nx.DiGraph([*links, ("start", entry)])
    if goal in graph and nx.has_path(graph, "start", goal):
        found = unavoidable([*links, ("start", entry)], goal=goal)
        needed = {step for step in set(graph) - {"start", goal} if not nx.has_path(nx.restricted_view(graph, [step], []), "start", goal)}
        assert {step.id for step in found.steps} == needed
        for step in nx.descendants(graph, "start") & (nx.ancestors(graph, goal)) - {goal}:
            after = {o for o in set(graph) - {step, goal} if not nx.has_path(nx.restricted_view(graph, [o], []), step, goal)}
            assert set(found.must_follow(step)) == after | {goal}
