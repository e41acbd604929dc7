from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import retention_curve
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Fader & Hardie (2007), How to Project Customer Retention, table 1: survivors of 1,000 in years 0 to 7, then 8 to 12
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491]
LATER = [468, 445, 427, 409, 394]
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


def test_the_published_parameters():
    found = retention_curve(HIGH_END)
    assert (round(found.alpha, 3), round(found.beta, 3)) == (0.668, 3.806)
    assert found.log_likelihood == pytest.approx(-1611.2, abs=0.05)
    regular = retention_curve(REGULAR)
    assert (round(regular.alpha, 3), round(regular.beta, 3)) == (0.704, 1.182)
    assert regular.log_likelihood == pytest.approx(-1680.3, abs=0.05)


def test_the_projection_meets_what_came():
    found = retention_curve(HIGH_END, ahead=5)
    assert [period.period for period in found.periods] == list(range(1, 13))
    for period, truth in zip(found.periods[7:], LATER, strict=True):
        assert period.staying is None
        assert period.fitted_staying == pytest.approx(truth / 1000, abs=0.02)
    assert found.value == found.periods[7].fitted_retention
    rates = [period.fitted_retention for period in found.periods]
    assert rates == sorted(rates)
    assert found.periods[1].retention == pytest.approx(743 / 869)
    assert found.churn == pytest.approx(1 - rates[0])


def test_shares_are_as_good_as_counts():
    shares = retention_curve([n / 1000 for n in HIGH_END])
    assert (shares.alpha, shares.beta) == pytest.approx((0.668, 3.806), abs=1e-3)
    assert shares.n is None


def test_the_sentence():
    told = retention_curve(HIGH_END).explain()
    assert told.startswith("Of those who are still there, 94 % will stay through the next period, after 85 % in the first")
    assert "After 7 periods 49 % are left, and 38 % will be after 12" in told


def test_equal_churn_is_the_limit_of_equal_customers():
    found = retention_curve([1000, 800, 640, 512])
    assert found.churn == pytest.approx(0.2, abs=0.001)
    assert found.periods[-1].fitted_retention == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize(
    ("there", "told"),
    [([10, 5], "1 periods"), ([10, 10, 10], "nobody has left"), ([0, 0, 0], "nobody began")],
)
def test_too_little(there, told):
    with pytest.raises(NotEnoughData, match=told):
        retention_curve(there)


def test_what_no_group_does():
    with pytest.raises(AnalysisError, match="a group of customers only shrinks"):
        retention_curve([10, 5, 6])
    with pytest.raises(AnalysisError, match="a period is missing"):
        retention_curve([10, None, 6])
    with pytest.raises(NotEnoughData, match="a map does not say who stays"):
        retention_curve(Journey("J"))
    with pytest.raises(AnalysisError, match="no number of periods"):
        retention_curve([10, 5, 4], ahead=-1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=3, max_size=8).map(lambda counts: sorted(counts, reverse=True)))
def test_every_group_has_a_curve_that_falls(there):
    if there[0] == there[-1]:
        return
    found = retention_curve(there)
    staying = [period.fitted_staying for period in found.periods]
    assert all(0 <= after <= before <= 1 for before, after in pairwise(staying))
    assert math.isfinite(found.log_likelihood)
