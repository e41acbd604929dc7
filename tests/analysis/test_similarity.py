"""I2: how alike two journeys are, and in what they differ."""

from __future__ import annotations

import difflib

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import similarity
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, PainPoint, Stage, Touchpoint, Transition

# networkx, tests/test_similarity.py: the graphs of its test of the graph edit distance.
G1 = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]]
G2 = [[0, 1], [0, 5], [1, 2], [2, 3], [3, 4], [4, 5]]
G3 = [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [1, 2], [1, 6], [2, 3], [3, 4], [4, 5], [5, 6]]
SHORT = [("ad", "site"), ("site", "quote"), ("quote", "buy")]
LONG = [("ad", "site"), ("site", "chat"), ("chat", "quote"), ("quote", "buy")]


@pytest.mark.parametrize(("one", "other", "distance"), [(G1, G2, 1), (G2, G3, 7), (G1, G3, 8)])
def test_shapes_without_names_as_published(one, other, distance):
    found = similarity(one, other, labelled=False, directed=False)
    assert found.distance == distance
    assert found.exact
    assert found.jaccard is None


def test_unique_names_count_what_one_side_has():
    found = similarity(SHORT, LONG)
    assert found.distance == 4
    assert found.value == 1 - 4 / (7 + 9)
    assert found.jaccard == 4 / 5
    assert (found.added, found.removed) == (("chat",), ())
    assert [(row.what, row.change, row.id) for row in found.changes] == [
        ("step", "added", "chat"),
        ("way", "added", "chat -> quote"),
        ("way", "added", "site -> chat"),
        ("way", "removed", "site -> quote"),
    ]
    assert similarity(LONG, SHORT).removed == ("chat",)
    assert found.explain() == "The two journeys are 75 % alike, 4 changes apart (n = 5 steps in either)."


def test_sequences_have_the_levenshtein_distance():
    found = similarity(list("kitten"), list("sitting"))
    assert (found.distance, found.value) == (3, 1 - 3 / 7)
    assert found.longest_common == 4
    assert similarity(["a", "b"], ["b", "a"]).value == 0
    assert similarity(["a"], []).value == 0


def test_nothing_is_like_nothing():
    assert similarity([], []).value == 1
    assert similarity({}, {}).value == 1
    assert similarity(Journey("A"), Journey("B")).value == 1
    assert similarity([], SHORT).value == 0


def test_a_mapping_may_have_steps_without_ways():
    found = similarity({"a": ["b"], "c": []}, {"a": ["b"]})
    assert (found.distance, found.removed) == (1, ("c",))


def test_direction_counts_unless_it_does_not():
    assert similarity([("a", "b")], [("b", "a")]).distance == 2
    assert similarity([("a", "b")], [("b", "a")], directed=False).distance == 0


def test_two_maps_differ_in_steps_ways_and_fields():
    now = Journey(
        "Now",
        [
            Stage("S", [Touchpoint("A", emotion=-1, channel="Phone"), Touchpoint("B", pains=[PainPoint("Slow")])]),
            Stage("T", [Touchpoint("C"), Touchpoint("D")]),
        ],
        transitions=[Transition("a", "b", probability=0.5)],
    )
    then = Journey(
        "Then",
        [Stage("S", [Touchpoint("A", emotion=1, channel="Phone"), Touchpoint("B"), Touchpoint("C")]), Stage("T", [Touchpoint("E")])],
        transitions=[Transition("a", "b", probability=0.75)],
    )
    found = similarity(now, then)
    assert (found.added, found.removed, found.changed) == (("e",), ("d",), ("a", "b", "c"))
    said = {(row.id, row.field): (row.before, row.after) for row in found.changes if row.change == "changed"}
    assert said == {
        ("a", "emotion"): ("-1", "1"),
        ("b", "pains"): ("Slow", ""),
        ("c", "stage"): ("T", "S"),
        ("a -> b", "probability"): ("0.5", "0.75"),
    }
    assert found.distance == 2 + 2
    assert similarity(now, now).value == 1


def test_many_steps_without_names_need_a_time():
    ring = [(str(k), str((k + 1) % 12)) for k in range(12)]
    with pytest.raises(NotEnoughData, match="12 steps without unique names; it needs timeout="):
        similarity(ring, ring[:-1], labelled=False)
    found = similarity(ring, ring[:-1], labelled=False, timeout=0.2)
    assert not found.exact
    assert found.distance >= 1
    assert "at most" in found.explain()


def test_what_cannot_be_compared_is_told():
    with pytest.raises(AnalysisError, match="one side is a journey and the other plain data"):
        similarity(Journey("J"), ["a"])
    with pytest.raises(AnalysisError, match="one side is steps in order and the other a graph"):
        similarity(["a"], SHORT)
    with pytest.raises(AnalysisError, match="'a' is no journey"):
        similarity("a", "b")
    with pytest.raises(AnalysisError, match="3 is neither a step nor a way"):
        similarity([3], ["a"])
    with pytest.raises(AnalysisError, match="6,000 and 6,000 steps are too long to align"):
        similarity(["a"] * 6_000, ["b"] * 6_000)


sequences = st.lists(st.sampled_from("abc"), max_size=7)
graphs = st.lists(st.permutations("abcd").map(lambda p: (p[0], p[1])), min_size=1, max_size=5)


@given(sequences, sequences, sequences)
def test_the_distance_of_sequences_is_a_metric(a, b, c):
    def d(one, other):
        return similarity(one, other).distance

    assert d(a, b) == d(b, a)
    assert (d(a, b) == 0) == (a == b)
    assert d(a, c) <= d(a, b) + d(b, c)
    found = similarity(a, b)
    assert 0 <= found.value <= 1
    matching = sum(block.size for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    assert matching <= found.longest_common <= min(len(a), len(b))


@given(graphs, graphs)
def test_with_unique_names_the_distance_is_that_of_networkx(one, other):
    """Names may not be exchanged there either: a step is replaced at the cost of removing one and adding one."""
    left, right = nx.DiGraph(one), nx.DiGraph(other)
    for graph in (left, right):
        nx.set_node_attributes(graph, {node: node for node in graph}, "name")
    exact = nx.graph_edit_distance(left, right, node_subst_cost=lambda a, b: 0 if a == b else 1_000)
    assert similarity(one, other).distance == exact
