"""J3 and J8: what a customer and an improvement are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Interval, Share, before_after, clv, improvement_value
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric, Range


@pytest.mark.parametrize(
    ("retention", "discount", "multiple"), [(0.6, 0.10, 1.20), (0.7, 0.12, 1.67), (0.8, 0.10, 2.67), (0.9, 0.10, 4.50), (0.9, 0.16, 3.46)]
)
def test_the_margin_multiples_of_gupta_and_lehmann(retention, discount, multiple):
    assert clv(1, retention=retention, discount=discount, first_margin="next").value == pytest.approx(multiple, abs=0.005)


def test_when_the_first_margin_falls_makes_one_margin():
    later, now = (clv(100, retention=0.8, discount=0.1, first_margin=when) for when in ("next", "now"))
    assert now.value - later.value == pytest.approx(100)
    assert now.lifetime == pytest.approx(5)
    assert now.n is None
    assert "n unknown" in now.explain()


def test_infinite_value_is_refused():
    with pytest.raises(AnalysisError, match="infinitely much"):
        clv(100, retention=1, discount=0, first_margin="now")
    for_ever = clv(100, retention=1, discount=0.1, first_margin="next")
    assert (for_ever.value, for_ever.lifetime) == (pytest.approx(1000), None)


@pytest.mark.parametrize("how", [{"retention": 80}, {"retention": 0.8, "discount": -0.1}, {"first_margin": "soon"}, {"retention": None}])
def test_what_makes_no_sense_is_refused(how):
    with pytest.raises(AnalysisError):
        clv(100, **({"retention": 0.8, "discount": 0.1, "first_margin": "now"} | how))


def test_a_map_gives_margin_and_retention():
    journey = Journey("J", metrics=[Metric("Margin", kind="clv", value=100), Metric("Retention", value=80, unit="%")])
    assert clv(journey, discount=0.1, first_margin="next").value == pytest.approx(266.6667, abs=1e-3)
    assert clv(journey, retention=0.5, discount=0, first_margin="next").value == 100
    with pytest.raises(NotEnoughData):
        clv(Journey("J", metrics=[Metric("Margin", kind="clv")]), retention=0.5, discount=0, first_margin="now")


@given(st.floats(0, 0.99), st.floats(0, 0.5), st.floats(0.01, 1000))
def test_the_closed_form_is_the_sum(retention, discount, margin):
    exact = clv(margin, retention=retention, discount=discount, first_margin="now").value
    total = sum(margin * (retention / (1 + discount)) ** t for t in range(4000))
    assert exact == pytest.approx(total, rel=1e-6)


CHANGE = before_after(Share(480, 800), after=Share(560, 800))


def test_an_improvement_carries_its_interval():
    found = improvement_value(CHANGE, volume=10_000, value_each=5, cost=20_000)
    assert found.value == pytest.approx(5000)
    assert found.interval.low == pytest.approx(CHANGE.interval.low * 50_000)
    assert found.payback == pytest.approx(4)
    assert found.payback_range == pytest.approx((20_000 / found.interval.high, 20_000 / found.interval.low))
    assert found.n == 1600
    assert "UNPLANNED" in {w.code for w in found.warnings}


def test_ranges_widen_it_to_the_outermost_corners():
    found = improvement_value(0.1, interval=Interval(0.05, 0.15), volume=(900, 1000, 1100), value_each=Range(4, 5, 6))
    assert found.value == 500
    assert (found.interval.low, found.interval.high) == pytest.approx((0.05 * 900 * 4, 0.15 * 1100 * 6))


def test_a_change_that_may_be_nothing_has_no_point_value_unless_asked():
    found = improvement_value(0.1, interval=Interval(-0.05, 0.25), volume=1000, value_each=5, cost=100)
    assert (found.value, found.payback) == (None, None)
    assert found.reason.startswith("the change may be nothing at all")
    assert found.interval.low == -250
    assert found.payback_range == (pytest.approx(0.08), None)
    asked = improvement_value(0.1, interval=Interval(-0.05, 0.25), volume=1000, value_each=5, cost=100, even_if_nothing=True)
    assert (asked.value, asked.payback) == (500, pytest.approx(0.2))
    assert "after 0.2 periods (0.08 to never)" in asked.explain()


def test_a_change_without_interval_has_no_point_value_either():
    assert "is not known" in improvement_value(0.1, volume=1000, value_each=5).reason
    assert improvement_value(0.1, volume=1000, value_each=5, even_if_nothing=True).value == 500


def test_a_map_compares_with_its_baseline():
    journey = Journey("J", metrics=[Metric("Conversion", kind="conversion", value=70, baseline=60, unit="%", n=800)])
    found = improvement_value(journey, volume=1000, value_each=1)
    assert found.value == pytest.approx(100)
    assert found.interval.low == pytest.approx(1000 * (0.6673 - 0.6), abs=0.2)
    assert found.assumptions[0] == "the baseline is taken as certain"
    with pytest.raises(NotEnoughData, match="has no baseline"):
        improvement_value(Journey("J", metrics=[Metric("C", kind="conversion", value=0.7)]), volume=1, value_each=1)


def test_the_change_of_a_mean_cannot_be_multiplied_by_customers():
    change = before_after([1, 2, 3, 4, 5], after=[2, 3, 4, 5, 7])
    with pytest.raises(AnalysisError, match="only the change of a share"):
        improvement_value(change, volume=1, value_each=1)
    with pytest.raises(ScaleMismatch):
        improvement_value(10, volume=1, value_each=1)
