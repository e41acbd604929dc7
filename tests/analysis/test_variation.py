"""G4 and G2: in how many ways customers go, and what they do again."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy

from journeymap.analysis import rework, transition_matrix, variants
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import START, Journey, Stage, Touchpoint, Transition

paths = st.lists(st.lists(st.sampled_from("abc"), max_size=5), min_size=1, max_size=10)

FINE, SEND, NOTE, PENALTY, PAY = "Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Payment"
APPEAL = ["Insert Date Appeal to Prefecture", PENALTY, "Send Appeal to Prefecture", "Receive Result Appeal from Prefecture"]
TRAFFIC = {
    (FINE, SEND, NOTE, PENALTY, "Send for Credit Collection"): 36,
    (FINE, PAY): 22,
    (FINE, SEND): 16,
    (FINE, SEND, NOTE, PENALTY, PAY): 10,
    (FINE, SEND, NOTE, PENALTY, PAY, PAY): 5,
    (FINE, SEND, NOTE, PAY, PENALTY, PAY): 4,
    (FINE, SEND, PAY): 4,
    (FINE, PAY, SEND): 1,
    (FINE, SEND, NOTE, *APPEAL, "Notify Result Appeal to Offender", PAY): 1,
    (FINE, SEND, PAY, NOTE, PENALTY, PAY): 1,
}
"""The first 100 traces of the Road Traffic Fine Management log (de Leoni & Mannhardt 2015, 4TU)."""


def test_variants_of_traffic_fines():
    found = variants(TRAFFIC)
    assert (found.n, len(found.variants), found.value) == (100, 10, 4)
    assert found.entropy == pytest.approx(2.553319018922182, abs=1e-9)
    assert found.normalised_by_customers == pytest.approx(0.38431280659745265, abs=1e-9)
    assert found.normalised_by_variants == pytest.approx(0.7686256131949053, abs=1e-9)
    assert [variant.count for variant in found.variants] == [36, 22, 16, 10, 5, 4, 4, 1, 1, 1]
    assert found.variants[3].cumulative == pytest.approx(0.84)
    assert found.explain().startswith(
        "10 different ways occur, and 4 of them cover 80 % of customers; the most frequent (Create Fine > Send Fine"
    )


def test_transitions_of_traffic_fines():
    found = transition_matrix(TRAFFIC)
    assert found.rows[PENALTY][PAY].count == 20
    assert found.rows[PAY][PAY].count == 5
    assert found.rows[SEND][NOTE].count == 56
    assert sum(flow.count for flow in found.flows if flow.source != "path_start" and flow.target != "path_end") == 290
    assert dict(found.starts) == {FINE: 100}
    assert dict(found.ends) == {PAY: 47, SEND: 17, "Send for Credit Collection": 36}


def test_a_share_to_cover():
    assert variants({("a",): 1, ("b",): 1}, cut=0.5).value == 1
    assert variants({("a",): 1, ("b",): 1}, cut=0.51).value == 2
    assert variants({("a",): 1, ("b",): 1}, cut=1).value == 2
    with pytest.raises(AnalysisError):
        variants({("a",): 1}, cut=2)


def test_ties_go_by_steps():
    assert [variant.steps for variant in variants([["b"], ["a"]]).variants] == [("a",), ("b",)]


def test_what_is_undefined():
    one = variants([["a"]])
    assert (one.entropy, one.normalised_by_customers, one.normalised_by_variants) == (0, None, None)
    same = variants([["a"], ["a"]])
    assert (same.normalised_by_customers, same.normalised_by_variants) == (0, None)
    none = variants([])
    assert (none.value, none.entropy, none.reason) == (None, None, "there are no customers")


@given(paths)
def test_entropy_agrees_with_scipy_and_shares_sum_to_one(data):
    found = variants(data)
    counts = Counter(map(tuple, data))
    assert found.entropy == pytest.approx(entropy(list(counts.values()), base=2))
    assert found.variants[-1].cumulative == pytest.approx(1)
    assert {variant.steps: variant.count for variant in found.variants} == counts
    assert variants(data[::-1]).variants == found.variants


def test_rework_in_the_running_example():
    """The running example of van der Aalst (2016); how many cases repeat an activity, as pm4py counts them."""
    register, casual, thorough, check, decide, again = "register", "casually", "thoroughly", "check", "decide", "reinitiate"
    cases = [
        [register, thorough, check, decide, "reject"],
        [register, check, casual, decide, "pay"],
        [register, casual, check, decide, again, thorough, check, decide, "pay"],
        [register, check, thorough, decide, "reject"],
        [register, casual, check, decide, again, check, casual, decide, again, casual, check, decide, "reject"],
        [register, casual, check, decide, "pay"],
    ]
    found = rework(cases)
    assert {repeat.id: repeat.repeated for repeat in found.repeats if repeat.repeated} == {check: 2, decide: 2, casual: 1, again: 1}
    assert found.value == pytest.approx(2 / 6)
    by_id = {repeat.id: repeat for repeat in found.repeats}
    assert (by_id[check].cases, by_id[check].again) == (6, 3)
    assert by_id[decide].returns == pytest.approx(9 / 6 - 1)
    assert found.explain().startswith("33 % of customers do something again, most often 'check' (2 customers)")


def test_repeats_in_a_row():
    found = rework([list("aaab"), list("aba"), list("aab")])
    top = found.repeats[0]
    assert (top.id, top.cases, top.repeated, top.again, top.self_loops, top.self_loop_size) == ("a", 3, 3, 4, 2, 1.5)
    assert found.repeats[1].self_loop_size is None
    assert rework([]).reason == "there are no customers"
    assert rework([[]]).reason == "there are no events"


def test_nothing_done_again():
    found = rework([["a", "b"]] * 40)
    assert found.value == 0
    assert found.explain().startswith("0 % of customers do something again (n = 40")


def test_expected_returns_on_a_map():
    ways = [
        Transition("ask", "wait"),
        Transition("wait", "ask", probability=0.25, kind="loop"),
        Transition("wait", "done", probability=0.75),
    ]
    journey = Journey(
        "J", [Stage("S", [Touchpoint(step) for step in ("ask", "wait", "done")])], transitions=[Transition(START, "ask"), *ways]
    )
    found = rework(journey)
    assert {repeat.id: repeat.returns for repeat in found.repeats} == pytest.approx({"ask": 1 / 3, "wait": 1 / 3, "done": 0})
    assert found.value == pytest.approx(2 / 3)
    assert "A customer is expected to do 0.667 steps again" in found.explain()
    trap = Journey(
        "J",
        [Stage("S", [Touchpoint("a"), Touchpoint("b")])],
        transitions=[Transition(START, "a"), Transition("a", "b"), Transition("b", "a")],
    )
    assert rework(trap).value == math.inf
    assert "TRAP" in {warning.code for warning in rework(trap).warnings}
    with pytest.raises(NotEnoughData, match="the map has no touchpoints"):
        rework(Journey("J"))


@given(paths)
def test_rework_counts_by_hand(data):
    found = rework(data)
    for repeat in found.repeats:
        held = [path.count(repeat.id) for path in data]
        assert repeat.cases == sum(n > 0 for n in held)
        assert repeat.repeated == sum(n > 1 for n in held)
        assert repeat.again == sum(n - 1 for n in held if n)
        assert repeat.returns >= 0
    if any(data):
        assert found.value == sum(len(set(path)) < len(path) for path in data) / len(data)
