"""F3: what leads to what, where customers are after so many steps, and how two groups differ."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from journeymap.analysis import step_difference, step_matrix, transition_difference, transition_matrix
from journeymap.analysis.multiplicity import benjamini_hochberg, share_difference_p
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Stage, Touchpoint, Transition

paths = st.lists(st.lists(st.sampled_from("ABC"), max_size=6), min_size=1, max_size=10)

USERS = {"user_1": list("ABCABCBBB"), "user_2": list("ABABCC"), "user_3": list("BBB")}
"""retentioneering-tools 5, tests/tools/transition_matrix_test.py; all expected numbers below are from there."""

RUNNING = """1|register request|2010-12-30T10:02 1|examine thoroughly|2010-12-31T09:06 1|check ticket|2011-01-05T14:12 1|decide|2011-01-06T10:18
1|reject request|2011-01-07T13:24 2|register request|2010-12-30T10:32 2|check ticket|2010-12-30T11:12 2|examine casually|2010-12-30T13:16
2|decide|2011-01-05T10:22 2|pay compensation|2011-01-08T11:05 3|register request|2010-12-30T13:32 3|examine casually|2010-12-30T14:06
3|check ticket|2010-12-30T15:34 3|decide|2011-01-06T08:18 3|reinitiate request|2011-01-06T11:18 3|examine thoroughly|2011-01-06T12:06
3|check ticket|2011-01-08T10:43 3|decide|2011-01-09T08:55 3|pay compensation|2011-01-15T09:45 4|register request|2011-01-06T14:02
4|check ticket|2011-01-07T11:06 4|examine thoroughly|2011-01-08T13:43 4|decide|2011-01-09T11:02 4|reject request|2011-01-12T14:44
5|register request|2011-01-06T08:02 5|examine casually|2011-01-07T09:16 5|check ticket|2011-01-08T10:22 5|decide|2011-01-10T12:28
5|reinitiate request|2011-01-11T15:18 5|check ticket|2011-01-14T13:33 5|examine casually|2011-01-16T14:50 5|decide|2011-01-19T10:18
5|reinitiate request|2011-01-20T11:48 5|examine casually|2011-01-21T08:06 5|check ticket|2011-01-21T10:34 5|decide|2011-01-23T12:12
5|reject request|2011-01-24T13:56 6|register request|2011-01-06T14:02 6|examine casually|2011-01-06T15:06 6|check ticket|2011-01-07T15:22
6|decide|2011-01-07T15:52 6|pay compensation|2011-01-16T10:47"""
"""The running example of van der Aalst (2016), Process Mining, as pm4py ships it."""


def running_example():
    whole = RUNNING.replace("\n", " ")
    for word in ("request", "thoroughly", "ticket", "casually", "compensation"):
        whole = whole.replace(f" {word}", f"_{word}")
    rows = [entry.replace("_", " ").split("|") for entry in whole.split(" ")]
    return [(case, activity, datetime.fromisoformat(f"{time}+00:00")) for case, activity, time in rows]


def test_counts_of_paths():
    found = transition_matrix(USERS)
    assert found.states == ("path_start", "A", "B", "C", "path_end")
    assert found.matrix("count") == {
        "path_start": {"path_start": 0, "A": 2, "B": 1, "C": 0, "path_end": 0},
        "A": {"path_start": 0, "A": 0, "B": 4, "C": 0, "path_end": 0},
        "B": {"path_start": 0, "A": 1, "B": 4, "C": 3, "path_end": 2},
        "C": {"path_start": 0, "A": 1, "B": 1, "C": 1, "path_end": 1},
        "path_end": {"path_start": 0, "A": 0, "B": 0, "C": 0, "path_end": 0},
    }
    assert (found.n_transitions, found.n, found.value) == (21, 3, 7)
    assert dict(found.starts) == {"A": 2, "B": 1}
    assert dict(found.ends) == {"B": 2, "C": 1}


def test_shares_of_paths():
    found = transition_matrix(USERS)
    out, into, share, per_path = (found.matrix(kind) for kind in ("proba_out", "proba_in", "share", "per_path"))
    assert out["B"] == pytest.approx({"path_start": 0, "A": 0.1, "B": 0.4, "C": 0.3, "path_end": 0.2}, abs=1e-9)
    assert out["path_start"]["A"] == pytest.approx(2 / 3)
    assert set(out["path_end"].values()) == {0}
    assert into["B"] == pytest.approx({"path_start": 0, "A": 0.25, "B": 0.4, "C": 0.75, "path_end": 2 / 3}, abs=1e-9)
    assert {into[source]["path_start"] for source in found.states} == {0}
    assert share["A"]["B"] == pytest.approx(0.19047619047619047, abs=1e-9)
    assert per_path["B"] == pytest.approx({"path_start": 0, "A": 1 / 3, "B": 4 / 3, "C": 1, "path_end": 2 / 3}, abs=1e-9)
    assert found.rows["B"]["C"].proba_out_interval.low == pytest.approx(0.10779126740630098)  # scipy.stats.binomtest(3, 10), Wilson


def test_directly_follows_in_the_running_example():
    found = transition_matrix(running_example())
    inner = {(f.source, f.target): f.count for f in found.flows if f.source != "path_start" and f.target != "path_end"}
    assert inner == {
        ("check ticket", "decide"): 6,
        ("check ticket", "examine casually"): 2,
        ("check ticket", "examine thoroughly"): 1,
        ("decide", "pay compensation"): 3,
        ("decide", "reinitiate request"): 3,
        ("decide", "reject request"): 3,
        ("examine casually", "check ticket"): 4,
        ("examine casually", "decide"): 2,
        ("examine thoroughly", "check ticket"): 2,
        ("examine thoroughly", "decide"): 1,
        ("register request", "check ticket"): 2,
        ("register request", "examine casually"): 3,
        ("register request", "examine thoroughly"): 1,
        ("reinitiate request", "check ticket"): 1,
        ("reinitiate request", "examine casually"): 1,
        ("reinitiate request", "examine thoroughly"): 1,
    }
    assert dict(found.starts) == {"register request": 6}
    assert dict(found.ends) == {"reject request": 3, "pay compensation": 3}


def test_flows_are_listed_by_count_then_by_name():
    flows = transition_matrix([["b", "c"], ["a", "c"], ["b", "c"]]).flows
    assert [(f.source, f.target, f.count) for f in flows] == [
        ("c", "path_end", 3),
        ("b", "c", 2),
        ("path_start", "b", 2),
        ("a", "c", 1),
        ("path_start", "a", 1),
    ]


def test_counts_as_they_are():
    found = transition_matrix({"path_start": {"a": 10}, "a": {"b": 4, "path_end": 6}})
    assert (found.n, found.value) == (10, 2)
    assert found.rows["a"]["b"].proba_out == 0.4
    nobody = transition_matrix({"a": {"b": 4}})
    assert nobody.value is None
    assert nobody.reason == "nobody says how many paths begin"
    assert nobody.rows["a"]["b"].per_path is None
    with pytest.raises(AnalysisError, match="all counts from 'a' are 0"):
        transition_matrix({"a": {"b": 0}})
    with pytest.raises(AnalysisError, match=r"1\.5 from 'a' to 'b' is no count"):
        transition_matrix({"a": {"b": 1.5}})
    with pytest.raises(AnalysisError, match="nothing follows 'path_end'"):
        transition_matrix({"path_end": {"b": 1}})


def test_no_paths_and_reserved_names():
    found = transition_matrix([])
    assert (found.value, found.reason, found.flows) == (None, "there are no paths", ())
    with pytest.raises(AnalysisError, match="an activity is called 'path_end'"):
        transition_matrix([["path_end"]])
    with pytest.raises(AnalysisError, match="a touchpoint has the id 'path_start'"):
        transition_matrix(Journey("J", [Stage("S", [Touchpoint("x", id="path_start")])]))
    with pytest.raises(NotEnoughData, match="the map has no touchpoints"):
        transition_matrix(Journey("J"))


def map_of(*transitions):
    return Journey("J", [Stage("S", [Touchpoint(step) for step in "abc"])], transitions=transitions)


def test_a_map_with_counts():
    found = transition_matrix(map_of(Transition(START, "a", count=10), Transition("a", "b", count=6), Transition("a", END, count=4)))
    assert found.matrix("count")["a"] == {"path_start": 0, "a": 0, "b": 6, "c": 0, "path_end": 4}
    assert found.n == 10
    assert found.grade == "hypothesis"


def test_a_map_with_shares_alone():
    found = transition_matrix(map_of(Transition("a", "b", probability=0.5), Transition("b", "a", probability=0.5), Transition("b", "c")))
    assert found.n_transitions is None
    assert found.rows["path_start"]["a"].per_path == 1
    visits = 1 / (1 - 0.25)
    assert found.rows["a"]["b"].per_path == pytest.approx(visits / 2)
    assert found.rows["b"]["a"].proba_in == pytest.approx(0.25)
    assert sum(flow.share for flow in found.flows) == pytest.approx(1)
    assert found.value == pytest.approx(sum(flow.per_path for flow in found.flows))
    assert {flow.count for flow in found.flows} == {None}


def test_a_map_with_a_trap():
    found = transition_matrix(map_of(Transition(START, "a"), Transition("a", "b", probability=1), Transition("b", "a", probability=1)))
    assert found.value == float("inf")
    assert "TRAP" in {warning.code for warning in found.warnings}
    assert found.rows["a"]["b"].per_path is None


@given(paths)
def test_rows_and_columns_sum_to_one_and_counts_balance(data):
    found = transition_matrix(data)
    counts = found.matrix("count")
    assert found.n_transitions == sum(len(path) + 1 for path in data)
    for state in found.states[1:-1]:
        assert sum(counts[state].values()) == sum(row[state] for row in counts.values()) == sum(path.count(state) for path in data)
        assert sum(found.matrix("proba_out")[state].values()) == pytest.approx(1)
    assert transition_matrix(data[::-1]).flows == found.flows


def test_where_customers_are_after_so_many_steps():
    found = step_matrix(USERS)
    assert found.places == tuple(range(1, 10))
    assert found.steps == ("B", "A", "C", "path_end")
    assert found.shares["A"] == pytest.approx([2 / 3, 0, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])
    assert found.shares["path_end"] == pytest.approx([0, 0, 0, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3])
    assert found.value == pytest.approx(2 / 3)
    assert found.cells[0].count == 2
    assert found.explain().startswith("The path of 67 % has ended after 9 steps; most, 67 %, begin with 'A'")


def test_an_anchor_lays_paths_over_each_other():
    found = step_matrix([list("xAyz"), list("A"), list("wxA"), list("w")], anchor="A", before=2)
    assert found.places == (-2, -1, 0, 1, 2)
    assert found.shares["A"] == (0, 0, 1, 0, 0)
    assert found.shares["path_start"] == pytest.approx((2 / 3, 1 / 3, 0, 0, 0))
    assert found.shares["x"] == pytest.approx((0, 2 / 3, 0, 0, 0))
    assert found.shares["path_end"] == pytest.approx((0, 0, 0, 2 / 3, 2 / 3))
    assert (found.n, found.missing) == (3, 1)
    with pytest.raises(AnalysisError, match="nobody ever did 'B'"):
        step_matrix([["A"]], anchor="B")


def test_long_paths_are_cut_and_it_says_so():
    found = step_matrix([["a"] * 30])
    assert found.places[-1] == 20
    assert "cut after 20 places (the longest path has 30)" in found.method
    assert step_matrix([["a"] * 30], steps=30).places[-1] == 30
    assert step_matrix([["a"]], steps=3).shares["path_end"] == (0, 1, 1)


def test_step_matrix_without_paths_and_with_wrong_options():
    assert step_matrix([]).reason == "there are no paths"
    assert step_matrix([[]]).reason == "there are no paths"
    for options in ({"steps": 0}, {"steps": True}, {"before": -1}):
        with pytest.raises(AnalysisError, match="give a whole number of steps"):
            step_matrix([["a"]], **options)


def test_step_matrix_of_a_map():
    found = step_matrix(map_of(Transition("a", "b", probability=0.5), Transition("b", "c", probability=0.5)), steps=4)
    assert found.shares == {"a": (1, 0, 0, 0), "b": (0, 0.5, 0, 0), "c": (0, 0, 0.25, 0), "path_end": (0, 0.5, 0.75, 1)}
    assert (found.n, found.value) == (None, 1)
    with pytest.raises(NotEnoughData, match="a map does not say how single customers got to the anchor"):
        step_matrix(map_of(), anchor="a")


@given(paths)
def test_shares_at_each_place_sum_to_one(data):
    found = step_matrix(data, steps=7)
    for k, place in enumerate(found.places):
        assert sum(row[k] for row in found.shares.values()) == pytest.approx(1)
        at = Counter(path[place - 1] if place <= len(path) else "path_end" for path in data)
        assert {step: row[k] for step, row in found.shares.items() if row[k]} == pytest.approx(
            {step: n / len(data) for step, n in at.items()}
        )


def test_differences_are_first_minus_second_with_adjusted_tests():
    first = [["a", "b"]] * 30 + [["a", "c"]] * 10
    second = [["a", "b"]] * 10 + [["a", "c"]] * 30
    found = transition_difference(first, against=second)
    cells = {(cell.source, cell.target): cell for cell in found.cells}
    cell = cells["a", "b"]
    assert cell.difference == 0.5
    assert (cell.n_first, cell.n_second) == (40, 40)
    assert cell.p == pytest.approx(chi2_contingency([[30, 10], [10, 30]], correction=False).pvalue)
    every = [c.p for c in found.cells if c.p is not None]
    assert [c.p_adjusted for c in found.cells if c.p is not None] == pytest.approx(false_discovery_control(every).tolist())
    assert {"MULTIPLE_TESTS", "NOT_CAUSAL"} <= {warning.code for warning in found.warnings}
    assert found.cells[0] == cell
    assert transition_difference(second, against=first).cells[0].difference == -0.5
    assert "50 percentage points more of the first group go there" in found.explain()


def test_few_in_a_group_get_no_test():
    found = transition_difference([["a", "b"]] * 4, against=[["a", "c"]] * 40)
    cells = {(cell.source, cell.target): cell for cell in found.cells}
    assert (cells["a", "b"].difference, cells["a", "b"].p) == (1, None)
    assert cells["b", "path_end"].difference is None
    assert cells["b", "path_end"].n_second == 0
    assert found.cells[-1].difference is None


def test_differences_of_steps():
    found = step_difference([list("ab")] * 20, against=[list("ab")] * 10 + [list("b")] * 10)
    cells = {(cell.place, cell.step): cell.difference for cell in found.cells}
    assert cells == {(1, "a"): 0.5, (1, "b"): -0.5, (2, "b"): 0.5, (2, "path_end"): -0.5}
    short = step_difference([["a"]] * 5, against=[["a", "a"]] * 5)
    assert {(cell.place, cell.step): cell.difference for cell in short.cells} == {(1, "a"): 0, (2, "a"): -1, (2, "path_end"): 1}


def test_what_has_no_counts_cannot_be_tested():
    with pytest.raises(AnalysisError, match="maps have no counts to test"):
        step_difference(map_of(), against=[["a"]])
    with pytest.raises(AnalysisError, match="shares without counts cannot be tested"):
        transition_difference(map_of(), against=[["a"]])
    assert transition_difference([], against=[["a"]]).value is None
    assert step_difference([], against=[["a"]]).value is None


@given(st.lists(st.none() | st.floats(0, 1), max_size=12))
def test_adjusting_agrees_with_scipy(values):
    known = [p for p in values if p is not None]
    ours = [p for p in benjamini_hochberg(values) if p is not None]
    assert ours == pytest.approx(false_discovery_control(known).tolist() if known else [])
    assert [p is None for p in benjamini_hochberg(values)] == [p is None for p in values]


@given(st.integers(5, 50), st.integers(5, 50), st.data())
def test_two_shares_agree_with_the_chi_squared_test(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    table = np.array([[x, n - x], [y, m - y]])
    expected = 1.0 if 0 in table.sum(axis=0) else chi2_contingency(table, correction=False).pvalue
    assert share_difference_p((x, n), (y, m)) == pytest.approx(expected)
