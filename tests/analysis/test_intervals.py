"""Intervals against values computed with statsmodels 0.14 and scipy 1.17."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis.intervals import Interval, newcombe, normal_p, t_interval, t_p, wilson, z_value
from journeymap.errors import AnalysisError, MissingExtra


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.27753279986288926),
        (10, 10, 0.7224672001371106, 1.0),
        (1, 1, 0.2065493143772374, 1.0),
        (11, 15, 0.48049565944019423, 0.8910254667430763),
        (5400, 12000, 0.4411162824738763, 0.4589157194384605),
        (15, 148, 0.06238639953073628, 0.16048724172330803),
        (81, 263, 0.2552885198782742, 0.36620957698280004),
    ],
)
def test_wilson_agrees_with_statsmodels(successes, n, low, high):
    interval = wilson(successes, n)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-12)


def test_nobody_asked_has_no_interval():
    assert wilson(0, 0) is None
    assert newcombe((0, 0), (1, 2)) is None
    assert t_interval([3.0]) is None


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.05243147240236498, 0.33387265403690614),
        ((9, 10), (3, 10), 0.1705227239345029, 0.809017973535488),
        ((10, 10), (0, 20), 0.6790860371419145, 1.0),
        ((0, 10), (0, 10), -0.27753279986288926, 0.27753279986288926),
        ((6, 7), (2, 7), 0.05822792748231209, 0.8062496375242278),
    ],
)
def test_newcombe_agrees_with_statsmodels(first, second, low, high):
    interval = newcombe(first, second)
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-12)


def test_the_t_interval_agrees_with_scipy():
    interval = t_interval([5, 4, 4, 3, 5, 2])
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((2.606495641628359, 5.060171025038308), abs=1e-12)
    assert t_p(2.0, 10) == pytest.approx(0.07338803477074037, abs=1e-12)


def test_the_normal_value_is_the_conventional_one():
    assert z_value() == pytest.approx(1.959963984540054, abs=1e-12)
    assert normal_p(1.959963984540054) == pytest.approx(0.05, abs=1e-12)
    assert normal_p(-1.0) == normal_p(1.0)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, True, "95"])
def test_a_level_is_a_share(level):
    with pytest.raises(AnalysisError, match="level of confidence"):
        z_value(level)


def test_without_scipy_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    with pytest.raises(MissingExtra, match=r'a t interval needs the extra .stats.; install it with: pip install "journeymap\[stats\]"'):
        t_interval([1.0, 2.0])
    assert wilson(3, 5) is not None


@given(st.integers(0, 500), st.integers(0, 500), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_holds_the_share_and_stays_between_0_and_1(successes, failures, level):
    n = successes + failures
    interval = wilson(successes, n, level=level)
    if n == 0:
        assert interval is None
        return
    assert interval is not None
    assert 0 <= interval.low <= successes / n <= interval.high <= 1
    mirrored = wilson(failures, n, level=level)
    assert mirrored is not None
    assert mirrored.low == pytest.approx(1 - interval.high, abs=1e-12)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 60), st.integers(1, 60))
def test_newcombe_changes_sign_with_the_order(x, extra_x, y, extra_y):
    first, second = (x, x + extra_x), (y, y + extra_y)
    one, other = newcombe(first, second), newcombe(second, first)
    assert one is not None
    assert other is not None
    assert -1 <= one.low <= x / first[1] - y / second[1] <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-12)


def test_an_interval_scales_and_turns():
    interval = Interval(-1, 2, 0.95, "test", 0.1)
    assert interval.scaled(10) == Interval(-10, 20, 0.95, "test", 1.0)
    assert interval.negated() == Interval(-2, 1, 0.95, "test", 0.1)
    assert 0 in interval
    assert 2.1 not in interval
    assert math.isclose(interval.width, 3)
