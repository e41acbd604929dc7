"""G1 and G3: whether the map hangs together, and how complex it is."""

from __future__ import annotations

import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import complexity, structure
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Metric, Persona, Stage, Touchpoint, Transition

edges = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), min_size=1, max_size=14, unique=True)


def test_weak_places():
    found = structure(
        [("ad", "site"), ("site", "buy"), ("site", "ad"), ("site", "chat"), ("old", "older"), ("older", "old")],
        goals=["buy"],
        entries=["ad"],
    )
    assert found.unreachable == ("old", "older")
    assert found.dead_ends == ("chat",)
    assert found.cannot_reach_goal == ("chat", "old", "older")
    assert found.loops == (("ad", "site"), ("old", "older"))
    assert found.cycles == (("ad", "site"), ("old", "older"))
    assert found.value == 6
    assert found.n == 6
    assert found.transitions == 6
    assert found.explain() == "The structure has 6 weak places: 'old' cannot be reached, and 5 more; there are 2 loops (n = 6 steps)."


def test_a_sound_map():
    found = structure({"ad": ["site"], "site": ["buy"], "buy": []}, goals="buy")
    assert (found.value, found.entries) == (0, ("ad",))
    assert found.explain() == "The map hangs together (n = 3 steps)."


def test_outside_is_said_with_start_and_end():
    found = structure([(START, "a"), ("a", "b"), ("b", END), ("c", "a"), ("a", END)])
    assert found.entries == ("a",)
    assert found.unreachable == ("c",)
    assert found.dead_ends == ()
    assert found.assumptions == ()


def test_where_nobody_says_so_the_last_step_is_the_end():
    found = structure([("a", "b"), ("a", "c")])
    assert found.dead_ends == ("b",)
    assert found.assumptions == ("no goal is marked, so the last step, 'c', is taken to be where it ends",)


def test_entries():
    assert structure([("a", "c"), ("b", "c")]).of_kind("several-entries") == ("a", "b")
    assert structure([("a", "c"), ("b", "c")], entries=["a"]).unreachable == ("b",)
    assert structure([("a", "b"), ("b", "a")]).entries == ("a",)
    assert structure([("a", "a"), ("a", "b")]).entries == ("a",)


def test_self_loops_are_no_way_out():
    found = structure([("a", "b"), ("b", "b")], goals=["a"])
    assert found.self_loops == ("b",)
    assert found.dead_ends == ("b",)
    assert found.loops == ()


def shop(*transitions, **more):
    return Journey("J", [Stage("S", [Touchpoint("ad"), Touchpoint("site"), Touchpoint("buy", goal=True)])], transitions=transitions, **more)


def test_a_map():
    assert structure(shop()).value == 0
    found = structure(shop(Transition("ad", "buy", kind="main"), Transition(START, "ad"), Transition("ad", END, probability=0.1)))
    assert found.unreachable == ("site",)
    assert structure(shop(Transition("buy", "ad", kind="loop"))).loops == (("ad", "site", "buy"),)


def test_personas_and_metrics_that_belong_to_nothing():
    one, other = Persona("Anna"), Persona("Ben")
    steps = [Touchpoint("a", personas=["anna"], metrics=[Metric("empty"), Metric("aimed", target=5), Metric("told", text="< 2 h")])]
    found = structure(Journey("J", [Stage("S", steps)], personas=[one, other]))
    assert found.of_kind("orphan-persona") == ("ben",)
    assert found.of_kind("orphan-metric") == ("empty",)
    open_to_all = structure(Journey("J", [Stage("S", [*steps, Touchpoint("b")])], personas=[one, other]))
    assert open_to_all.of_kind("orphan-persona") == ()


def test_cycles_are_bounded():
    everywhere = [(a, b) for a in "abcdef" for b in "abcdef" if a != b]
    found = structure(everywhere, most_cycles=10)
    assert (len(found.cycles), found.bounded) == (10, True)
    assert "cycles cut off after 10" in found.method
    assert structure(everywhere, most_cycles=10).cycles == found.cycles
    large = {str(k): [str((k + 1) % 4000), str((k + 7) % 4000)] for k in range(4000)}
    found = structure(large)
    assert (len(found.loops), found.cycles, found.bounded) == (1, (), True)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (7, "7 is no map"),
        ("ab", "'ab' is no map"),
        ([("a", "b", "c")], "is no pair of steps"),
        ([("a", "")], "is no pair of steps"),
        ({"a": "bc"}, "'bc' are no steps"),
        ([(END, "a")], "nothing follows 'end'"),
    ],
)
def test_what_is_no_map(data, told):
    with pytest.raises(AnalysisError) as caught:
        structure(data)
    assert told in str(caught.value)


def test_unknown_steps_and_empty_maps():
    with pytest.raises(AnalysisError, match="there is no step 'bux'; did you mean 'buy'"):
        structure([("ad", "buy")], goals=["bux"])
    for nothing in ([], {}, Journey("J")):
        with pytest.raises(NotEnoughData, match="there are no steps"):
            structure(nothing)


@settings(max_examples=100)
@given(edges, st.sampled_from("abcdef"))
def test_it_agrees_with_networkx(pairs, goal):
    graph = nx.DiGraph(pairs)
    if goal not in graph:
        return
    found = structure(pairs, goals=[goal], most_cycles=10_000)
    reached = set(found.entries).union(*(nx.descendants(graph, entry) for entry in found.entries))
    assert set(found.unreachable) == set(graph) - reached
    assert set(found.cannot_reach_goal) == set(graph) - nx.ancestors(graph, goal) - {goal}
    assert {frozenset(loop) for loop in found.loops} == {frozenset(c) for c in nx.strongly_connected_components(graph) if len(c) > 1}
    rings = {frozenset(zip(c, c[1:] + c[:1], strict=True)) for c in nx.simple_cycles(graph) if len(c) > 1}
    assert {frozenset(zip(c, c[1:] + c[:1], strict=True)) for c in found.cycles} == rings
    assert not found.bounded
    assert list(map(len, found.cycles)) == sorted(map(len, found.cycles))


def test_complexity_of_paths():
    # By hand: 3 changes of 3, entropy 1 of log2(3); and 1 change of 3, entropy of (3/4, 1/4).
    found = complexity([list("abab"), list("aaab"), list("a"), list("c"), []])
    first, second, third, fourth = found.paths
    assert first.index == pytest.approx(math.sqrt(1 / math.log2(3)))
    assert (first.changes, first.entropy) == (3, 1)
    assert second.index == pytest.approx(math.sqrt((1 / 3) * 0.8112781244591328 / math.log2(3)))
    assert (third.index, fourth.index) == (0, 0)
    assert (found.n, found.missing) == (4, 1)
    assert found.value == pytest.approx((first.index + second.index) / 4)
    assert "on a scale from 0" in found.explain()
    assert complexity([["a", "a"]]).value == 0
    assert complexity([[]]).reason == "there are no paths with a step"


def test_complexity_of_a_map():
    assert (complexity(shop()).value, complexity(shop()).path_count) == (0, 1)
    branching = shop(Transition("ad", "site"), Transition("ad", "buy", kind="alternative"), Transition("site", "buy"))
    found = complexity(branching)
    assert (found.cyclomatic, found.path_count) == (1, 2)
    assert found.explain().startswith("The map has 1 choice beyond a plain line, and 2 ways through it")
    assert complexity(shop(Transition("site", END), Transition("ad", "site"), Transition("site", "buy"))).path_count == 2
    assert complexity(shop(Transition("buy", "ad", kind="loop"))).path_count == math.inf
    with pytest.raises(NotEnoughData, match="the map has no touchpoints"):
        complexity(Journey("J"))


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=7), max_size=8))
def test_the_index_lies_between_0_and_1(data):
    for path in complexity(data).paths:
        assert 0 <= path.index <= 1
