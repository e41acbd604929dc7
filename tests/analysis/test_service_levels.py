"""D3: how often a promise about time is kept, with open cases counted right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Share, sla_compliance
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric, Stage, Touchpoint

HOUR = timedelta(hours=1)


def test_the_share_within_the_target():
    found = sla_compliance([1, 2, 4, 4.5, 9, 3, 2, 1, 1, 1, 2, 3, 1, 2, 8], target=4)
    assert (found.within, found.breaches, found.n) == (12, 3, 15)
    assert found.value == 0.8  # exactly the target is within
    assert (found.interval.low, found.interval.high) == (pytest.approx(0.5481455128483065), pytest.approx(0.9295245065301844))
    assert found.mean_overrun == pytest.approx((0.5 + 5 + 4) / 3)
    assert found.p90 == pytest.approx(6.6)  # numpy.quantile(..., 0.9)
    assert [warning.code for warning in found.warnings] == ["SMALL_N"]


def test_open_cases_past_the_target_are_breaches_and_others_are_censored():
    found = sla_compliance([1] * 37 + [9], target=4, still_open=[5, 1, 3])
    assert (found.within, found.breaches, found.open_breaches, found.censored, found.n) == (37, 2, 1, 2, 39)
    assert found.value == 37 / 39
    assert found.mean_overrun == 3
    assert "CENSORED" not in {warning.code for warning in found.warnings}
    assert found.assumptions == ("open breaches count with their time so far",)


def test_many_open_cases_leave_no_plain_mean():
    found = sla_compliance([1, 2, 3, 4, 6], target=4, still_open=[9, 2])
    assert "CENSORED" in {warning.code for warning in found.warnings}
    assert found.mean_overrun is None
    assert found.p90 is None  # the last one still waits, so nobody knows when nine of ten are done
    assert sla_compliance([1, 2, 3, 4, 6], target=4, still_open=[2]).p90 == 6


def test_lengths_of_time_count_in_hours():
    found = sla_compliance([2 * HOUR, 30 * HOUR], target=timedelta(days=1))
    assert (found.target, found.time_unit, found.mean_overrun) == (24, "hours", 6)
    assert "of 24 hours; the others take 6 hours longer on average" in found.explain()


def test_nobody_to_judge_is_undefined():
    for found in (sla_compliance([], target=4), sla_compliance([None], target=4, still_open=[1]), sla_compliance(Share(0, 0))):
        assert found.value is None
        assert found.interval is None
    assert sla_compliance([], target=4, still_open=[1]).reason == "no case is finished or past the target"


def test_counts_and_metrics_of_a_map():
    found = sla_compliance(Share(45, 60))
    assert (found.value, found.within, found.breaches) == (0.75, 45, 15)
    metrics = [Metric("answered in a day", value=75, unit="%", n=60), Metric("calls", kind="count", value=3)]
    mapped = Journey("J", [Stage("S", [Touchpoint("A", metrics=metrics)])])
    on_map = sla_compliance(mapped, metric="answered-in-a-day")
    assert (on_map.value, on_map.interval) == (found.value, found.interval)
    assert on_map.grade == "hypothesis"
    with pytest.raises(NotEnoughData, match="a map has no cases"):
        sla_compliance(mapped)
    with pytest.raises(AnalysisError, match="'calls' is no share"):
        sla_compliance(mapped, metric="calls")


def test_what_does_not_fit_is_refused():
    with pytest.raises(NotEnoughData, match="no target"):
        sla_compliance([1, 2])
    with pytest.raises(AnalysisError, match="mixed"):
        sla_compliance([1, 2], target=HOUR)
    with pytest.raises(AnalysisError, match="is below 0"):
        sla_compliance([1, -2], target=1)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.lists(st.integers(0, 20), max_size=8), st.integers(0, 20))
def test_every_case_is_within_late_or_censored(took, waiting, target):
    found = sla_compliance(took, target=target, still_open=waiting)
    assert found.within + found.breaches + found.censored == len(took) + len(waiting)
    assert found.value in found.interval
    assert sla_compliance(took, target=target + 1, still_open=waiting).within >= found.within
