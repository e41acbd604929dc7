"""E3: who hands the customer on to whom."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import handoffs
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, Activity, Journey, Stage, Touchpoint, Transition

# Who worked on each case of the running example of van der Aalst, Process Mining (2016).
RUNNING = {
    "1": "Pete Sue Mike Sara Pete".split(),
    "2": "Mike Mike Sean Sara Ellen".split(),
    "3": "Pete Mike Ellen Sara Sara Sean Pete Sara Ellen".split(),
    "4": "Pete Mike Sean Sara Ellen".split(),
    "5": "Ellen Mike Pete Sara Sara Ellen Mike Sara Sara Sue Pete Sara Mike".split(),
    "6": "Mike Ellen Mike Sara Mike".split(),
}
PAIRS = [
    ("Ellen", "Mike", 3), ("Ellen", "Sara", 1), ("Mike", "Ellen", 2), ("Mike", "Mike", 1), ("Mike", "Pete", 1), ("Mike", "Sara", 3), ("Mike", "Sean", 2),
    ("Pete", "Mike", 2), ("Pete", "Sara", 3), ("Pete", "Sue", 1), ("Sara", "Ellen", 4), ("Sara", "Mike", 2), ("Sara", "Pete", 1), ("Sara", "Sara", 3),
    ("Sara", "Sean", 1), ("Sara", "Sue", 1), ("Sean", "Pete", 1), ("Sean", "Sara", 2), ("Sue", "Mike", 1), ("Sue", "Pete", 1),
]  # fmt: skip
MONDAY = datetime(2026, 1, 5)


def journey(*touchpoints, owner="", **more):
    return Journey("J", [Stage("S", touchpoints, owner=owner)], **more)


def test_handover_of_work():
    found = handoffs(RUNNING)
    assert sorted((row.source, row.target, row.count) for row in (*found.matrix, *found.stays)) == PAIRS
    assert (found.n, found.handoffs) == (36, 32)
    assert found.by_case == {"1": 4, "2": 3, "3": 7, "4": 4, "5": 10, "6": 4}
    assert found.value == pytest.approx(0.8888888888888888, abs=1e-9)
    assert found.per_journey == pytest.approx(32 / 6)
    assert all(row.source != row.target for row in found.matrix)
    assert found.matrix[0].count == max(row.count for row in found.matrix)
    assert "At 89 % of the transitions" in found.explain()


def test_events_lists_and_cases_give_the_same():
    by_case = handoffs({"a": ["x", "y"], "b": ["y", "y"]})
    events = [("a", "do", "x"), ("b", "do", "y"), ("a", "do", "y"), ("b", "do", "y")]
    timed = [("a", "do", "y", MONDAY + timedelta(1)), ("a", "do", "x", MONDAY), ("b", "do", "y", MONDAY), ("b", "do", "y", MONDAY)]
    assert by_case.matrix == handoffs([["x", "y"], ["y", "y"]]).matrix == handoffs(events).matrix == handoffs(timed).matrix
    assert handoffs(timed).assumptions == ("times without a zone are taken as UTC",)


def test_an_unknown_owner_is_equal_to_nobody():
    found = handoffs([["x", None, None, "x", "x"]])
    assert [(row.source, row.target) for row in found.matrix] == [("unknown", "unknown"), ("unknown", "x"), ("x", "unknown")]
    assert (found.handoffs, found.with_unknown, found.value) == (3, 3, 0.75)
    assert "MISSING_HEAVY" in {warning.code for warning in found.warnings}
    with pytest.raises(NotEnoughData, match="no owner is known"):
        handoffs([[None, None]])


def test_no_transition_is_undefined():
    found = handoffs([["x"], ["y"]])
    assert (found.value, found.reason, found.handoffs, found.per_journey) == (None, "there is no transition", 0, 0)


def test_a_map_takes_the_owner_of_the_stage_where_a_step_has_none():
    mapped = journey(
        Touchpoint("A", channel="phone", activities=[Activity("enter", layer="backstage", system="CRM")]),
        Touchpoint("B", channel="phone", activities=[Activity("bill", layer="support", system="SAP")]),
        Touchpoint("C", channel="branch", owner="Billing", perceived_owner="Sales"),
        Touchpoint("D", channel="branch", owner="Billing", perceived_owner="Billing"),
        owner="Sales",
        transitions=[
            Transition("b", "c", probability=0.5, manual=True, wait=timedelta(days=3)),
            Transition("b", END, probability=0.5),
        ],
    )
    found = handoffs(mapped)
    assert (found.handoffs, found.n, found.per_journey) == (1, 3, 0.5)
    assert [(p.source, p.changes, p.manual, p.wait) for p in found.passings] == [
        ("a", ("system",), False, None),
        ("b", ("owner", "channel"), True, 72),
    ]
    assert (found.manual, found.manual_share) == (1, 0.5)
    assert found.mistaken == ("c",)
    assert found.grade == "hypothesis"


def test_behind_a_step_layers_and_owners_change():
    behind = [
        Activity("greet", layer="frontstage-people", owner="Branch"),
        Activity("score", layer="backstage", owner="Risk"),
        Activity("file", layer="backstage", owner="Risk"),
    ]
    found = handoffs(journey(Touchpoint("A", activities=behind), Touchpoint("B"), owner="Sales"))
    assert [(p.within, p.source, p.target, p.changes) for p in found.passings] == [("a", "greet", "score", ("owner", "layer"))]
    assert found.handoffs == 0


def test_on_a_map_too_an_unknown_owner_is_somebody_else():
    found = handoffs(journey(Touchpoint("A"), Touchpoint("B"), Touchpoint("C", owner="Sales")))
    assert (found.handoffs, found.per_journey, found.with_unknown) == (2, 2, 2)
    assert found.passings == ()  # nothing is known to change


def test_a_map_without_owners_is_refused():
    with pytest.raises(NotEnoughData, match="no touchpoint or stage has an owner"):
        handoffs(journey(Touchpoint("A"), Touchpoint("B")))


@pytest.mark.parametrize(
    ("data", "message"),
    [("sales", "does not say who"), ([("a", "b")], "all alike"), ([["x", 3]], "3 is no owner"), ({"a": "xy"}, "no list of owners")],
)
def test_what_does_not_fit_is_refused(data, message):
    with pytest.raises(AnalysisError, match=message):
        handoffs(data)


@given(st.lists(st.lists(st.sampled_from("xyz"), min_size=1, max_size=8), min_size=1, max_size=5))
def test_it_agrees_with_counting(cases):
    found = handoffs(cases)
    pairs = Counter(pair for case in cases for pair in pairwise(case))
    assert {(row.source, row.target): row.count for row in (*found.matrix, *found.stays)} == pairs
    assert found.handoffs == sum(count for (a, b), count in pairs.items() if a != b) == sum(found.by_case.values())
    assert handoffs([case[::-1] for case in cases]).handoffs == found.handoffs
