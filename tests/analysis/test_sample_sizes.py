"""J6: how many customers it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import sample_size
from journeymap.analysis.sample_sizes import detectable_mean, detectable_share
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric


def test_the_examples_of_r():
    """power.prop.test(p1 = .50, p2 = .75, power = .90) gives 76.7 a group, and power.prop.test(p1 = .15, p2 = .30) 120.5."""
    assert sample_size(0.5, effect=0.25, power=0.9).exact == pytest.approx(76.7, abs=0.05)
    assert sample_size(0.15, effect=0.15).exact == pytest.approx(120.5, abs=0.05)
    found = sample_size(0.5, effect=0.25, power=0.9)
    assert (found.value, found.total) == (77, 154)
    assert found.explain() == (
        "To see a difference of 25 percentage points from 50 % with a probability of 90 % it takes 77 customers in each of two groups, 154 in all."
    )
    assert str(found) == found.explain()


def test_a_mean_by_the_formula():
    # 2 * ((1.959964 + 0.841621) * 5 / 2)² = 98.11
    assert sample_size(effect=2, sd=5).exact == pytest.approx(98.1109, abs=1e-3)
    assert sample_size(effect=2, sd=5).value == 99
    assert sample_size(effect=-2, sd=5).value == 99


def test_no_effect_is_undefined():
    found = sample_size(0.5, effect=0)
    assert (found.value, found.total) == (None, None)
    assert "no number of customers can show a difference of 0" in found.explain()


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"effect": 0.2}, NotEnoughData),
        ({"data": 0.5, "effect": 0.2, "sd": 1}, NotEnoughData),
        ({"data": 0.9, "effect": 0.2}, AnalysisError),
        ({"data": 90, "effect": 0.2}, ScaleMismatch),
        ({"data": 0.5, "effect": 0.2, "power": 0.2}, ScaleMismatch),
    ],
)
def test_what_makes_no_sense_is_refused(how, error):
    with pytest.raises(error):
        sample_size(**how)


def test_a_map_gives_the_share_of_its_conversion():
    journey = Journey("J", metrics=[Metric("Conversion", kind="conversion", value=15, unit="%"), Metric("Other", value=0.5)])
    assert sample_size(journey, effect=0.15).value == 121
    assert sample_size(journey, effect=0.25, metric="other").value == 58


@given(st.floats(0.05, 0.8), st.floats(0.02, 0.15))
def test_what_that_many_detect_is_the_effect_again(share, effect):
    exact = sample_size(share, effect=effect).exact
    assert detectable_share(share, exact, exact) == pytest.approx(effect, rel=1e-6)


def test_what_cannot_be_seen():
    assert detectable_share(0.9, 3, 3) is None
    assert detectable_share(0.5, 0, 10) is None
    assert detectable_share(1.0, 10, 10) is None
    assert detectable_mean(1.0) == pytest.approx(2.801585, abs=1e-6)
