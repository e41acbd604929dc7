"""D1: the three-day gap found, in calendar and in opening hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Calendar, time_gaps
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Span, Stage, Touchpoint, Transition

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FRIDAY = datetime(2026, 1, 9, 16)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


def log(**cases):
    return [(case, activity, FRIDAY + hours * HOUR) for case, events in cases.items() for activity, hours in events]


EVENTS = log(
    anna=[("call", 0), ("promise", 1), ("answer", 66)],
    ben=[("call", 0), ("promise", 2), ("answer", 50)],
    cleo=[("call", 0), ("promise", 3), ("answer", 99)],
    dan=[("call", 0), ("promise", 6)],
)


def test_the_gap_is_found_and_ranked():
    found = time_gaps(EVENTS)
    first, second = found.gaps
    assert (first.source, first.target, first.n) == ("promise", "answer", 3)
    assert (first.median, first.mean, first.longest, first.longest_case) == (65, pytest.approx(209 / 3), 96, "cleo")
    assert (first.p75, first.p90) == (80.5, pytest.approx(89.8))  # numpy.quantile([65, 48, 96], ...)
    assert (second.median, second.p75, second.n) == (2.5, 3.75, 4)
    assert first.share == pytest.approx(209 / 221)
    assert first.share + second.share == pytest.approx(1)
    assert found.lead_time == pytest.approx(221 / 4)
    assert found.value == 65
    assert found.explain().startswith("Customers wait longest between 'promise' and 'answer': typically 2.71 days (")
    assert [warning.code for warning in found.warnings] == ["SMALL_N"]


def test_opening_hours_stand_beside():
    gaps = time_gaps(EVENTS).gaps
    # Fri 17:00 to Mon 10:00, Fri 18:00 to Sun 18:00, Fri 19:00 to Tue 19:00
    assert (gaps[0].business_median, gaps[0].business_p90) == (1, 13)
    assert time_gaps(EVENTS, calendar=Calendar(hours=[(0, 24)], weekdays=range(7))).gaps[0].business_median == 65


def test_times_are_read_in_the_zone_that_is_said():
    found = time_gaps(EVENTS, tz="Europe/Berlin")
    assert found.assumptions == ("times without a zone are taken as Europe/Berlin",)
    assert time_gaps(EVENTS).assumptions == ("times without a zone are taken as UTC",)
    aware = [(case, activity, time.replace(tzinfo=UTC)) for case, activity, time in EVENTS]
    assert time_gaps(aware).assumptions == ()
    assert time_gaps(aware).gaps == time_gaps(EVENTS).gaps


def test_spells_leave_the_work_out_of_the_gap():
    rows = [("a", "call", FRIDAY, FRIDAY + HOUR), ("a", "check", FRIDAY + 3 * HOUR, FRIDAY + 4 * HOUR)]
    found = time_gaps(rows)
    assert (found.value, found.lead_time, found.gaps[0].share) == (2, 4, 0.5)
    with pytest.raises(AnalysisError, match="negative gap"):
        time_gaps([("a", "call", FRIDAY, FRIDAY + HOUR), ("a", "check", FRIDAY + HOUR / 2, FRIDAY + 4 * HOUR)])
    with pytest.raises(AnalysisError, match="'call' of case 'a'"):
        time_gaps([("a", "call", FRIDAY, FRIDAY - HOUR)])


def test_too_little_is_refused():
    with pytest.raises(NotEnoughData, match="no event has a time"):
        time_gaps([("a", "call"), ("a", "answer")])
    with pytest.raises(NotEnoughData, match="no case has two steps"):
        time_gaps([("a", "call", FRIDAY)])
    with pytest.raises(NotEnoughData, match="none of the 1 ways between steps says how long"):
        time_gaps(journey(Touchpoint("A"), Touchpoint("B")))


def test_a_map_states_its_waits():
    mapped = journey(
        Touchpoint("A", duration=HOUR),
        Touchpoint("B"),
        Touchpoint("C"),
        transitions=[Transition("a", "b", wait=Span(DAY, 3 * DAY, 9 * DAY)), Transition("b", "c", wait=2 * HOUR)],
    )
    found = time_gaps(mapped)
    first = found.gaps[0]
    assert (first.source, first.median, first.longest, first.n) == ("a", 72, 216, None)
    assert first.business_median == pytest.approx(72 * 40 / 168)
    assert first.share == pytest.approx(72 / 75)
    assert found.lead_time == pytest.approx(75)
    assert found.explain().startswith(
        "Hypothesis: Customers wait longest between 'A' and 'B': 3 days (17.1 hours of it in opening hours), 96 %"
    )


def test_a_gap_on_a_map_weighs_by_how_many_take_it():
    mapped = journey(
        Touchpoint("A"),
        Touchpoint("B"),
        transitions=[
            Transition(START, "a", wait=HOUR),
            Transition("a", "b", probability=0.25, wait=10 * HOUR),
            Transition("a", END, probability=0.75),
        ],
    )
    found = time_gaps(mapped)
    assert [(gap.source, gap.share) for gap in found.gaps] == [("a", pytest.approx(2.5 / 3.5)), ("start", pytest.approx(1 / 3.5))]


def test_waits_that_nobody_stated_are_missing():
    mapped = journey(*(Touchpoint(name) for name in "ABCD"), transitions=[Transition("a", "b", wait=HOUR)])
    found = time_gaps(mapped)
    assert (found.n, found.missing) == (1, 2)
    assert "MISSING_HEAVY" in {warning.code for warning in found.warnings}


def test_a_trap_on_the_map_leaves_the_share_open():
    mapped = journey(
        Touchpoint("A"),
        Touchpoint("B"),
        transitions=[Transition("a", "b", wait=HOUR), Transition("b", "a", wait=HOUR, probability=1.0)],
    )
    found = time_gaps(mapped)
    assert (found.lead_time, found.gaps[0].share) == (None, None)


@given(st.lists(st.lists(st.integers(0, 500), min_size=2, max_size=6), min_size=1, max_size=5))
def test_gaps_make_up_the_whole_lead_time(cases):
    rows = [(str(k), f"step {i}", FRIDAY + h * HOUR) for k, times in enumerate(cases) for i, h in enumerate(sorted(times))]
    found = time_gaps(rows)
    spans = [max(times) - min(times) for times in cases]
    assert found.lead_time == pytest.approx(sum(spans) / len(spans))
    assert found.n == sum(len(times) - 1 for times in cases)
    assert all(gap.business_median <= gap.longest for gap in found.gaps)
    assert all(before.median >= after.median for before, after in pairwise(found.gaps))
    if sum(spans):
        assert sum(gap.share for gap in found.gaps) == pytest.approx(1)
    assert time_gaps(rows[::-1][::-1]).inputs_hash == found.inputs_hash
