"""D2: how much of the time something happens."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import flow_efficiency
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, Journey, Span, Stage, Touchpoint, Transition

HOUR = timedelta(hours=1)
DAY_ONE = datetime(2026, 1, 5)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


def spells(*rows):
    return [(case, activity, DAY_ONE + start * HOUR, DAY_ONE + end * HOUR) for case, activity, start, end in rows]


def test_a_value_stream_map():
    # Rother & Shook (1999), Acme Stamping, present state: 188 seconds of processing in a lead time of 23.6 days.
    found = flow_efficiency([timedelta(seconds=188)], waits=[timedelta(days=23.6) - timedelta(seconds=188)])
    assert found.value == pytest.approx(188 / (23.6 * 86_400))
    assert found.time_unit == "hours"


def test_overlapping_activities_count_once_or_each():
    rows = spells(("a", "check", 0, 4), ("a", "print", 2, 6), ("a", "sign", 9, 10))
    union, both = flow_efficiency(rows), flow_efficiency(rows, overlap="sum")
    case = union.cases[0]
    assert (case.throughput, case.processing_sum, case.processing_union, case.idle) == (10, 9, 7, 3)
    assert (union.value, both.value) == (0.7, 0.75)
    assert "union" in union.method
    assert "sum" in both.method
    assert union.throughput == both.throughput == 10


def test_an_activity_within_another_adds_nothing():
    case = flow_efficiency(spells(("a", "long", 0, 10), ("a", "short", 2, 3), ("a", "later", 12, 13))).cases[0]
    assert (case.processing_union, case.idle) == (11, 2)


def test_cases_are_added_up():
    found = flow_efficiency(spells(("a", "x", 0, 1), ("a", "y", 3, 4), ("b", "x", 0, 6)))
    assert found.value == 8 / 10
    assert [case.case for case in found.cases] == ["a", "b"]
    assert [row["idle"] for row in found.to_rows()] == [2, 0]


@pytest.mark.parametrize("data", [spells(("a", "x", 3, 3)), [0.0]])
def test_no_time_at_all_is_undefined(data):
    found = flow_efficiency(data, waits=[0]) if data == [0.0] else flow_efficiency(data)
    assert (found.value, found.reason) == (None, "no time passes at all")


def test_a_map_weighs_by_how_many_come_by():
    mapped = journey(
        Touchpoint("A", duration=HOUR),
        Touchpoint("B", duration=Span(HOUR, 2 * HOUR, 9 * HOUR)),
        transitions=[Transition("a", "b", probability=0.5, wait=10 * HOUR), Transition("a", END, probability=0.5)],
    )
    found = flow_efficiency(mapped)
    assert (found.active, found.wait) == (2, 5)
    assert found.value == pytest.approx(2 / 7)
    assert found.explain().startswith("Hypothesis: In 29 % of the time something happens; customers wait 5 hours of 7 hours")


def test_customers_who_never_get_out_have_no_efficiency():
    mapped = journey(
        Touchpoint("A", duration=HOUR),
        Touchpoint("B", duration=HOUR),
        transitions=[Transition("a", "b", wait=HOUR), Transition("b", "a", probability=1.0, wait=HOUR)],
    )
    assert "never get out of a loop" in flow_efficiency(mapped).reason


def test_missing_lengths_are_never_taken_as_none_at_all():
    with pytest.raises(NotEnoughData, match=r"2 of 5 durations and waits \(40 %\)") as caught:
        flow_efficiency(journey(Touchpoint("A", duration=HOUR), Touchpoint("B", duration=HOUR), Touchpoint("C", duration=HOUR)))
    assert caught.value.code == "MISSING_HEAVY"
    found = flow_efficiency([1, 1, 1, None], waits=[3, 1, 1])
    assert (found.value, found.missing) == (3 / 8, 1)
    assert [warning.code for warning in found.warnings] == ["MISSING_HEAVY"]


def test_what_does_not_fit_is_refused():
    with pytest.raises(NotEnoughData, match="not how long it took"):
        flow_efficiency([("a", "x", DAY_ONE), ("a", "y", DAY_ONE + HOUR)])
    with pytest.raises(AnalysisError, match="mixed; give all of one kind"):
        flow_efficiency([HOUR], waits=[3])
    with pytest.raises(AnalysisError, match="a journey brings its own"):
        flow_efficiency(journey(Touchpoint("A", duration=HOUR)), waits=[3])
    with pytest.raises(AnalysisError, match="neither 'union' nor 'sum'"):
        flow_efficiency([1], waits=[3], overlap="both")
    with pytest.raises(AnalysisError, match="is below 0"):
        flow_efficiency([-1], waits=[3])


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), min_size=1, max_size=8))
def test_the_union_agrees_with_counting_hours(lengths):
    case = flow_efficiency(spells(*(("a", f"s{k}", start, start + length) for k, (start, length) in enumerate(lengths)))).cases[0]
    busy = {hour for start, length in lengths for hour in range(start, start + length)}
    assert case.processing_union == pytest.approx(len(busy))
    assert case.idle + case.processing_union == pytest.approx(case.throughput)
    assert case.processing_sum >= case.processing_union - 1e-9
