"""C4: quick wins, big bets and the Pareto front."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import impact_effort
from journeymap.errors import NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Opportunity, Range


def test_quadrants_at_the_middle_of_the_scale():
    found = impact_effort({"d": (1, 4), "c": (2, 2), "b": (4, 5), "a": (5, 1)})
    assert [(row.id, row.quadrant) for row in found.rows] == [("a", "quick win"), ("b", "big bet"), ("c", "fill-in"), ("d", "thankless")]
    assert (found.value, found.front) == (1, ("a",))
    assert (found.impact_border, found.effort_border) == (3, 3)
    assert "1 of 4 ideas are quick wins: 'a'" in found.explain()


def test_on_the_border_is_high():
    assert impact_effort({"a": (3, 3)}).rows[0].quadrant == "big bet"


def test_medians_fill_both_halves():
    found = impact_effort({"a": (1, 1), "b": (1.5, 1.2), "c": (2, 1.4)}, borders="median")
    assert (found.impact_border, found.effort_border) == (1.5, 1.2)
    assert {row.id: row.quadrant for row in found.rows} == {"a": "fill-in", "b": "big bet", "c": "big bet"}
    assert found.assumptions == ("the medians fill both halves whatever the ideas are worth",)


def test_a_range_over_a_border_is_not_settled():
    found = impact_effort({"a": ((4, 4, 5), (1, 2, 3)), "b": (5, (1, 1, 2))})
    assert {row.id: row.settled for row in found.rows} == {"a": False, "b": True}
    assert "for 1 of them the estimates allow another reading" in found.explain()


def test_equals_do_not_beat_one_another():
    found = impact_effort({"a": (4, 2), "b": (4, 2), "c": (4, 3), "d": (3, 2)})
    assert found.front == ("a", "b")


def test_a_map_gives_its_opportunities():
    journey = Journey(
        "J",
        opportunities=[
            Opportunity("Tracker", impact=5, effort=2),
            Opportunity("Chat", impact=Range(2, 3, 4), effort=4),
            Opportunity("Vague"),
        ],
    )
    found = impact_effort(journey)
    assert [(row.id, row.quadrant, row.settled) for row in found.rows] == [("tracker", "quick win", True), ("chat", "big bet", False)]
    assert (found.unscored, found.missing) == (("vague",), 1)
    assert {w.code for w in found.warnings} == {"ASSUMPTION_ONLY", "MISSING_HEAVY"}
    with pytest.raises(NotEnoughData, match="none of 1 ideas has both estimates"):
        impact_effort(Journey("J", opportunities=[Opportunity("Vague")]))


def test_another_scale_is_said_or_refused():
    with pytest.raises(ScaleMismatch, match="a: 8 is outside 1 to 5"):
        impact_effort({"a": (8, 2)})
    assert impact_effort({"a": (8, 2)}, scale=(0, 10)).rows[0].quadrant == "quick win"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=12))
def test_the_front_agrees_with_comparing_every_pair(pairs):
    found = impact_effort({str(k): pair for k, pair in enumerate(pairs)})
    for row in found.rows:
        beaten = any(i >= row.impact and e <= row.effort and (i, e) != (row.impact, row.effort) for i, e in pairs)
        assert row.on_front is not beaten
