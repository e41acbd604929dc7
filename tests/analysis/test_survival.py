"""D4: how long until it happens, with those still waiting."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from statistics import median_low, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import time_to_event
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Freireich et al. (1963): weeks of remission under 6-MP and under placebo, as in Kleinbaum & Klein, Survival Analysis.
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
SEEN = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
cases = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=25)
FRIDAY = datetime(2026, 1, 9, 16)


def test_the_remission_data():
    found = time_to_event(WEEKS, observed=SEEN)
    curve = {step.time: step for step in found.steps}
    survival = [
        0.8571428571428572,
        0.8067226890756303,
        0.7529411764705882,
        0.6901960784313725,
        0.6274509803921569,
        0.5378151260504203,
        0.44817927170868355,
    ]
    greenwood = [
        0.07636035483212125,
        0.0869352851800572,
        0.09634965299432051,
        0.10681470777500983,
        0.11405386525675254,
        0.12823375169303403,
        0.13459145675576048,
    ]
    assert list(curve) == [6, 7, 10, 13, 16, 22, 23]
    assert [step.survival for step in found.steps] == pytest.approx(survival, abs=1e-9)
    assert [step.se for step in found.steps] == pytest.approx(greenwood, abs=1e-9)
    assert (found.value, found.n, found.events, found.censored) == (23, 21, 9, 12)
    assert found.naive_mean == pytest.approx(12.11111111111111, abs=1e-9)


def test_intervals_and_restricted_means_as_lifelines_has_them():
    found = time_to_event(WEEKS, observed=SEEN)
    curve = {step.time: (step.low, step.high) for step in found.steps}
    assert curve[6] == pytest.approx((0.6197179552659838, 0.9515517476469969), abs=1e-9)
    assert curve[23] == pytest.approx((0.18805200595923233, 0.6801426284952412), abs=1e-9)
    assert (found.interval.low, found.interval.high) == (13, math.inf)
    assert found.rmst == pytest.approx(23.287394957983185)
    assert time_to_event(WEEKS, observed=SEEN, horizon=20).rmst == pytest.approx(16.116526610644254)
    placebo = time_to_event(PLACEBO)
    assert (placebo.value, placebo.interval.low, placebo.interval.high) == (8, 4, 11)


def test_the_log_rank_test_as_lifelines_has_it():
    found = time_to_event(WEEKS + PLACEBO, observed=SEEN + [1] * 21, groups=["6-MP"] * 21 + ["placebo"] * 21)
    assert found.logrank == pytest.approx(16.792940989216547)
    assert found.logrank_p == pytest.approx(4.168809109334511e-05)
    assert [(group.group, group.median, group.n) for group in found.groups] == [("6-MP", 23, 21), ("placebo", 8, 21)]
    assert sum(group.expected_events for group in found.groups) == pytest.approx(found.events)
    three = time_to_event(WEEKS + PLACEBO, observed=SEEN + [1] * 21, groups=[*"a" * 14, *"b" * 14, *"c" * 14])
    assert (three.logrank, three.logrank_df, three.logrank_p) == (pytest.approx(2.6504393374281077), 2, pytest.approx(0.26574457690731584))


def test_too_few_in_a_group_are_not_tested():
    found = time_to_event([1, 2, 3, 4, 5, 6, 7], groups=[*"aaab", *"bbb"])
    assert found.logrank_p is None
    assert found.logrank is not None
    assert "TOO_SMALL" in {warning.code for warning in found.warnings}
    nothing = time_to_event([1, 2, 3], observed=[0, 0, 0], groups=["a", "a", "b"])
    assert (nothing.logrank, nothing.logrank_df) == (None, None)


def test_no_events_leave_the_median_undefined():
    found = time_to_event([5, 6], observed=[0, 0])
    assert (found.value, found.interval, found.steps, found.naive_mean, found.rmst) == (None, None, (), None, 6)
    assert "it has happened to too few: 0 of 2" in found.explain()


def test_a_half_on_paper_is_a_half():
    assert time_to_event([1, 2, 3, 4, 5, 6]).value == 3
    assert time_to_event(range(1, 15)).value == 7


def test_events_of_a_log_are_watched_until_then():
    rows = [
        (case, what, FRIDAY + timedelta(hours=hours))
        for case, what, hours in [
            ("a", "ask", 0),
            ("a", "answer", 5),
            ("b", "ask", 2),
            ("c", "look", 0),
            ("c", "ask", 1),
            ("c", "answer", 9),
            ("d", "look", 20),
        ]
    ]
    found = time_to_event(rows, start="ask", goal="answer")
    assert [(step.time, step.at_risk) for step in found.steps] == [(5, 3), (8, 2)]
    assert (found.n, found.events, found.unit) == (3, 2, "hours")
    later = time_to_event(rows, start="ask", goal="answer", until=FRIDAY + timedelta(hours=9))
    assert (later.n, later.steps[0].at_risk) == (3, 3)
    assert later.assumptions[1] == "cases without 'answer' were watched until 2026-01-10T01:00:00+00:00"
    assert time_to_event(rows, goal="answer").n == 4
    earlier = time_to_event(rows, start="ask", goal="answer", until=(FRIDAY + timedelta(hours=5)).replace(tzinfo=UTC))
    assert (earlier.n, earlier.events) == (3, 1)
    with pytest.raises(AnalysisError, match="nobody did 'anser'; did you mean 'answer'"):
        time_to_event(rows, goal="anser")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"observed": [1]}, "observed: 1 of them for 3 lengths"),
        ({"observed": [1, 2, 0]}, "2 is neither true"),
        ({"groups": ["a", "a", "a"]}, "3 names, 1 different"),
        ({"observed": [1, 1, 0], "horizon": 9}, "beyond the longest time watched"),
        ({"goal": "answer"}, "neither an event nor a path|is no path|no data|no event"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(AnalysisError, match=message):
        time_to_event([1, 2, 3], **arguments)
    with pytest.raises(NotEnoughData, match="a map has no single cases"):
        time_to_event(Journey("J"))
    with pytest.raises(NotEnoughData, match="no length of time"):
        time_to_event([None])


@given(st.lists(st.integers(0, 30), min_size=2, max_size=25))
def test_without_open_cases_it_is_the_plain_thing(times):
    found = time_to_event(times)
    assert found.value == median_low(times)
    assert found.rmst == pytest.approx(sum(times) / len(times))
    assert found.rmst_se == pytest.approx(pstdev(times) / math.sqrt(len(times)), abs=1e-9)
    for step in found.steps:
        assert step.survival == pytest.approx(sum(time > step.time for time in times) / len(times))


@given(cases, st.randoms(use_true_random=False))
def test_the_curve_falls_and_the_order_of_rows_does_not_matter(rows, random):
    found = time_to_event([time for time, _ in rows], observed=[seen for _, seen in rows])
    heights = [1.0, *(step.survival for step in found.steps)]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] >= -1e-12
    for step in found.steps:
        assert step.low is None or -1e-12 <= step.low <= step.survival <= step.high <= 1
    random.shuffle(rows)
    assert time_to_event([time for time, _ in rows], observed=[seen for _, seen in rows]).steps == found.steps
    assert found.value is None or found.interval.low <= found.value <= found.interval.high
