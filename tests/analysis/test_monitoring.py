"""J7: the control chart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import control_chart
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates, limits 45.8159 and 55.8041.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_the_flow_rates_of_nist():
    chart = control_chart(FLOW)
    assert chart.mean == pytest.approx(50.81)
    assert chart.mean_moving_range == pytest.approx(1.8778, abs=1e-4)
    assert (chart.lower, chart.upper) == pytest.approx((45.8159, 55.8041), abs=0.002)
    assert chart.range_limit == pytest.approx(3.268 * 1.87778, abs=1e-4)
    assert (chart.value, chart.n, chart.provisional) == (0, 10, False)
    assert "Nothing but noise" in chart.explain()


def test_a_point_outside_is_a_signal():
    chart = control_chart([10, 12, 11, 13, 11, 12, 10, 11, 12, 17])
    assert [(point.label, point.beyond, point.in_run) for point in chart.signals] == [("10", True, False)]
    assert chart.value == 1
    assert "1 of 10 points are signals, not noise (10)" in chart.explain()


def test_eight_in_a_row_on_one_side_are_a_signal():
    eight = control_chart([0, 9, 2, 1] * 2 + [6, 6.5, 6, 6.5, 6, 6.5, 6, 6.5])
    assert [point.label for point in eight.signals] == [str(k) for k in range(9, 17)]
    assert all(not point.beyond for point in eight.signals)
    assert control_chart([0, 9, 2, 1] * 2 + [6, 6.5, 6, 6.5, 6, 6.5, 6, 6.5], run=9).value == 0


def test_a_point_on_the_mean_ends_the_run():
    assert control_chart([1, 1, 1, 1, 0, 1, 1, 1, 1, -8], run=8).points[0].in_run is False


def test_few_points_have_provisional_limits():
    chart = control_chart(FLOW[:9])
    assert chart.provisional
    assert chart.assumptions == ("the limits are provisional: fewer than 10 points",)


def test_a_gap_has_no_moving_range():
    chart = control_chart([1, 2, None, 9, 8])
    assert [point.moving_range for point in chart.points] == [None, 1, None, 1]
    assert chart.mean_moving_range == 1
    assert chart.missing == 1


def test_values_without_neighbours_have_no_limits():
    chart = control_chart([5])
    assert (chart.value, chart.lower, chart.upper) == (None, None, None)
    assert "no two values follow each other" in chart.explain()
    with pytest.raises(NotEnoughData):
        control_chart([None])
    with pytest.raises(AnalysisError, match="no length of a run"):
        control_chart([1, 2], run=1)


def test_a_constant_is_no_signal():
    chart = control_chart([3.3] * 12)
    assert (chart.value, chart.lower, chart.upper) == (0, pytest.approx(3.3), pytest.approx(3.3))


def test_a_map_gives_the_dated_values_of_a_metric_in_order():
    metrics = [Metric("Wait", id=f"w{k}", value=value, observed=date(2026, 1, 10 - k)) for k, value in enumerate([3, 2, 1])]
    chart = control_chart(Journey("J", metrics=metrics))
    assert [(point.label, point.value) for point in chart.points] == [("2026-01-08", 1), ("2026-01-09", 2), ("2026-01-10", 3)]
    more = Journey("J", metrics=[*metrics, Metric("Calls", value=1, observed=date(2026, 1, 1))])
    assert control_chart(more, metric="Wait").n == 3
    with pytest.raises(NotEnoughData, match="2 metrics have dated values"):
        control_chart(more)
    with pytest.raises(NotEnoughData, match="no metric has dated values"):
        control_chart(more, metric="Nothing")


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30), st.integers(-9, 9), st.integers(1, 5))
def test_shifting_and_stretching_changes_no_signal(values, shift, factor):
    chart, moved = control_chart(values), control_chart([factor * value + shift for value in values])
    assert [point.beyond for point in chart.points] == [point.beyond for point in moved.points]
    assert moved.upper == pytest.approx(factor * chart.upper + shift)
    assert chart.lower <= chart.mean <= chart.upper
