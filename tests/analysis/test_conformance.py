"""G5: what was planned against what customers did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import alignment, conformance
from journeymap.analysis.alignment import Line, aligned
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Span, Stage, Touchpoint, Transition

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
words = st.lists(st.sampled_from("abcd"), max_size=7)


def test_planned_against_actual():
    """Fitness after Adriansyah (2014); kinds of deviation after CJML (Halvorsrud et al. 2016)."""
    planned = ["ad", "site", "quote", "sign", "onboard"]
    actual = [
        planned,
        ["ad", "site", "chat", "quote", "onboard"],
        ["site", "ad", "quote", "sign"],
        ["ad", "site", "quote", "quote", "sign", "onboard"],
        ["ad", "exit"],
    ]
    found = conformance(planned, actual=actual)
    assert [case.cost for case in found.cases] == [0, 2, 3, 1, 5]
    assert [case.fitness for case in found.cases] == pytest.approx(
        [1, 0.8, 0.6666666666666667, 0.9090909090909091, 0.2857142857142857], abs=1e-9
    )
    assert [case.missing for case in found.cases] == [(), ("sign",), ("onboard",), (), ("site", "quote", "sign", "onboard")]
    assert [case.extra for case in found.cases] == [(), ("chat",), (), (), ("exit",)]
    assert [case.out_of_order for case in found.cases] == [(), (), ("site",), (), ()]
    assert [case.repeated for case in found.cases] == [(), (), (), ("quote",), ()]
    assert found.value == pytest.approx(0.7322943722943723, abs=1e-9)
    assert found.conforming == 0.2
    assert found.conforming_interval.low == pytest.approx(0.03622410863243014)  # scipy.stats.binomtest(1, 5).proportion_ci(method="wilson")
    assert found.frequent("missing")[:2] == (("onboard", 2), ("sign", 2))
    assert found.explain().startswith(
        "20 % of customers go exactly as planned, and a path fits the plan to 73 %; most often 'onboard' is left out"
    )


def test_counted_paths_weigh_as_many():
    found = conformance(["a", "b"], actual={("a", "b"): 3, ("a",): 1})
    assert found.value == pytest.approx((3 + (1 - 1 / 3)) / 4)
    assert (found.n, found.conforming) == (4, 0.75)
    assert found.frequent("missing") == (("b", 1),)


def test_other_channels_and_late_steps():
    rows = [
        ("x", "ad", NOON, "web"),
        ("x", "note", NOON, None),
        ("x", "call", NOON + 3 * DAY, "Phone"),
        ("x", "pay", NOON + 4 * DAY, "web"),
    ]
    found = conformance(
        ["ad", "call", "pay"],
        actual=rows,
        channels={"ad": "Web", "call": "phone", "pay": "branch"},
        within={("ad", "call"): 2 * DAY, ("call", "pay"): DAY},
    )
    case = found.cases[0]
    assert (case.wrong_channel, case.late, case.extra) == (("pay",), ("call",), ("note",))
    assert case.cost == 1
    gap = conformance(["ad", "mail", "pay"], actual=[("x", "ad", NOON), ("x", "pay", NOON + 9 * DAY)], within={("ad", "pay"): DAY})
    assert gap.cases[0].late == ()


def test_a_plain_map_is_a_line():
    steps = [Touchpoint("Sees ad", channel="TV"), Touchpoint("Calls", channel="Phone", duration=DAY), Touchpoint("Pays")]
    ways = [Transition("calls", "pays", wait=Span(DAY, 2 * DAY, 3 * DAY))]
    rows = [("x", "Sees ad", NOON, "web"), ("x", "calls", NOON, "phone"), ("x", "Pays", NOON + 5 * DAY, None)]
    found = conformance(Journey("J", [Stage("S", steps)], transitions=ways), actual=rows)
    case = found.cases[0]
    assert (case.cost, case.steps) == (0, ("sees-ad", "calls", "pays"))
    assert (case.wrong_channel, case.late) == (("sees-ad",), ("pays",))
    on_time = [*rows[:2], ("x", "Pays", NOON + 4 * DAY, None)]
    assert conformance(Journey("J", [Stage("S", steps)], transitions=ways), actual=on_time).cases[0].late == ()


def web(*transitions):
    return Journey("J", [Stage("S", [Touchpoint(step) for step in ("ad", "site", "branch", "pay", "thanks")])], transitions=transitions)


BRANCHING = [
    Transition("ad", "site"),
    Transition("ad", "branch", kind="alternative"),
    Transition("site", "pay"),
    Transition("branch", "pay"),
    Transition("pay", "site", kind="exception"),
    Transition("site", END, probability=0.2),
]


def test_on_a_map_with_choices_each_way_is_planned():
    paths = [
        ["ad", "site", "pay", "thanks"],
        ["ad", "branch", "pay", "thanks"],
        ["ad", "site", "branch", "pay", "thanks"],
        ["ad", "site", "pay", "site", "pay", "thanks"],
    ]
    found = conformance(web(*BRANCHING), actual=paths)
    assert [case.cost for case in found.cases] == [0, 0, 1, 0]
    assert found.cases[2].fitness == pytest.approx(1 - 1 / 9)
    assert "the plan ends where nothing else follows" in found.assumptions
    left = conformance(web(*BRANCHING), actual=[["ad", "site"], ["chat"], []]).cases
    assert left[0].missing == ("pay", "thanks")
    assert (left[1].extra, left[1].cost, left[2].cost) == (("chat",), 5, 4)
    assert left[1].fitness == pytest.approx(0)


def test_a_map_that_goes_round_ends_at_its_goal_or_anywhere():
    ring = [Transition(START, "a"), Transition("a", "b"), Transition("b", "a")]
    steps = [Touchpoint("a"), Touchpoint("b", goal=True)]
    found = conformance(Journey("J", [Stage("S", steps)], transitions=ring), actual=[["a", "b"], ["a"]])
    assert [case.cost for case in found.cases] == [0, 1]
    assert found.assumptions == ("the plan ends at its goal",)
    anywhere = conformance(Journey("J", [Stage("S", [Touchpoint("a"), Touchpoint("b")])], transitions=ring), actual=[["a"]])
    assert anywhere.cases[0].cost == 0


def test_no_paths_and_no_plan():
    assert conformance(["a"], actual=[]).reason == "there are no paths"
    assert conformance(["a"], actual=[[]]).cases[0].fitness == 0
    with pytest.raises(NotEnoughData, match="the plan has no steps"):
        conformance([], actual=[["a"]])
    with pytest.raises(NotEnoughData, match="the map has no touchpoints"):
        conformance(Journey("J"), actual=[["a"]])
    for plan in ("ab", 7, ["a", ""]):
        with pytest.raises(AnalysisError, match="is no plan"):
            conformance(plan, actual=[["a"]])
    unreachable = Journey("J", [Stage("S", [Touchpoint("a"), Touchpoint("b", goal=True), Touchpoint("c")])])
    assert conformance(unreachable, actual=[["a", "b", "c"]]).value == 1


def test_too_long_to_align_is_counted_and_said(monkeypatch):
    monkeypatch.setattr(alignment, "MOST_PLACES", 3)
    monkeypatch.setattr(alignment, "MOST_PAIRS", 3)
    found = conformance(web(*BRANCHING), actual=[["ad", "branch", "thanks"], ["chat"]])
    assert (found.value, found.bounded, found.missing) == (None, 2, 2)
    assert found.reason == "no path was short enough to align"
    some = conformance(["a", "b"], actual=[["a"] * 4, ["a", "b"]])
    assert (some.value, some.bounded, some.n) == (1, 1, 1)
    assert "1 paths too long to align" in some.method


def longest_common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@given(words.filter(bool), words)
def test_lines_are_aligned_at_the_lowest_cost(plan, path):
    case = conformance(plan, actual=[path]).cases[0]
    assert case.cost == len(plan) + len(path) - 2 * longest_common(plan, path)
    assert case.fitness == pytest.approx(1 - case.cost / (len(plan) + len(path)))
    assert 0 <= case.fitness <= 1
    assert case.cost == len(case.missing) + len(case.extra) + len(case.repeated) + 2 * len(case.out_of_order)
    moves = aligned(Line(tuple(plan)), path)
    assert [step for step, _ in moves if step is not None] == plan
    assert [place for _, place in moves if place is not None] == list(range(len(path)))
    assert all(path[place] == step for step, place in moves if step is not None and place is not None)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1), st.lists(st.sampled_from("abcdx"), max_size=6))
def test_webs_are_aligned_at_the_lowest_cost(ways, path):
    steps = [Touchpoint(step) for step in "abcd"]
    journey = Journey(
        "J", [Stage("S", steps)], transitions=[Transition(START, "a"), *(Transition(*way, kind="alternative") for way in sorted(ways))]
    )
    graph = nx.DiGraph(journey.graph)
    ends = [s for s in "abcd" if not set(graph.successors(s)) - {s}]
    if not any(nx.has_path(graph, "a", end) for end in ends):
        ends = list("abcd")
    product = nx.DiGraph()
    for k in range(len(path) + 1):
        for step in [START, *"abcd"]:
            if k < len(path):
                product.add_edge((step, k), (step, k + 1), weight=1)
            for target in graph.successors(step):
                product.add_edge((step, k), (target, k), weight=1)
                if k < len(path) and path[k] == target:
                    product.add_edge((step, k), (target, k + 1), weight=0)
    lengths = nx.single_source_dijkstra_path_length(product, (START, 0))
    expected = min(lengths[end, len(path)] for end in ends if (end, len(path)) in lengths)
    found = conformance(journey, actual=[path]).cases[0]
    assert found.cost == expected
    assert 0 <= found.fitness <= 1
