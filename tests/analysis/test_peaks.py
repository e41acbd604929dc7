"""A4 and A5: how bumpy a journey is, and which highs and lows stand out."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import find_peaks, peak_prominences

from journeymap.analysis import peaks_and_valleys, volatility
from journeymap.errors import NotEnoughData
from journeymap.model import Journey, Stage, Touchpoint, Transition

half_points = st.lists(st.integers(-4, 4).map(lambda v: v / 2), min_size=1, max_size=20)


def journey(values, **more):
    return Journey("J", [Stage("S", [Touchpoint(f"Step {k}", id=str(k), emotion=v) for k, v in enumerate(values)])], **more)


def test_volatility_by_hand():
    found = volatility([1, -1, 2, 0])  # differences -2, 3, -2; variance 5/3
    assert found.mssd == pytest.approx(17 / 3)
    assert found.value == found.rmssd == pytest.approx(math.sqrt(17 / 3))
    assert found.sd == pytest.approx(math.sqrt(5 / 3))
    assert found.von_neumann == pytest.approx(17 / 3 / (5 / 3))
    assert (found.range, found.sign_changes, found.turns) == (3, 2, 2)
    assert found.slope == pytest.approx(0)


def test_a_straight_rise_has_its_slope_and_a_low_ratio():
    found = volatility([-2, -1, 0, 1, 2])
    assert found.slope == pytest.approx(1)
    assert (found.mssd, found.sign_changes, found.turns) == (1, 1, 0)
    assert found.von_neumann == pytest.approx(1 / 2.5)
    assert "rises by 4" in found.explain()


def test_a_constant_series_has_no_ratio():
    found = volatility([1, 1, 1])
    assert (found.value, found.mssd, found.sd, found.von_neumann, found.slope) == (0, 0, 0, None, 0)


def test_one_value_has_no_volatility():
    found = volatility([1])
    assert found.value is None
    assert found.reason == "no two steps in a row have a value"
    assert (found.mssd, found.sd, found.slope) == (None, None, None)


def test_a_gap_breaks_the_succession():
    found = volatility([0, 1, None, -2, -1, 0, 1, 2, 1, 2])
    assert found.mssd == pytest.approx(1)
    assert found.missing == 1
    with pytest.raises(NotEnoughData):
        volatility([1, None, 2])


def test_volatility_of_a_branching_map_is_the_mean_over_its_ways():
    transitions = [
        Transition("0", "1", probability=0.25),
        Transition("0", "2", probability=0.75),
        Transition("1", "3"),
        Transition("2", "3"),
    ]
    found = volatility(journey([0, 2, 1, 0], transitions=transitions))
    assert found.mssd == pytest.approx(0.25 * 4 + 0.75 * 1)


def test_highs_and_lows_with_their_prominence():
    found = peaks_and_valleys({"a": 0, "b": 2, "c": -2, "d": 1, "e": 0.5, "f": 0.8})
    assert [(e.kind, e.id, e.prominence) for e in found.extremes] == [("valley", "c", 3), ("peak", "b", 2)]
    assert found.threshold == 1
    assert (found.first.id, found.first.value, found.last.id, found.last.value) == ("a", 0, "f", 0.8)
    everything = peaks_and_valleys({"a": 0, "b": 2, "c": -2, "d": 1, "e": 0.5, "f": 0.8}, stands_out=0)
    assert [(e.id, e.prominence) for e in everything.extremes] == [("c", 3), ("b", 2), ("d", 0.5), ("e", pytest.approx(0.3))]


def test_a_plateau_counts_once_at_the_floor_of_its_middle():
    found = peaks_and_valleys([0, 2, 2, 2, 2, 0])
    assert [(e.id, e.place, e.prominence) for e in found.peaks] == [("3", 2, 2)]
    assert peaks_and_valleys([2, 2, 0, 0]).extremes == ()


def test_the_ends_are_beside_never_among_them():
    found = peaks_and_valleys([2, 0, -2])
    assert found.extremes == ()
    assert found.value == 0
    assert found.explain().startswith("No high or low between the ends stands out; it starts at 2 ('1') and ends at −2 ('3')")


def test_a_threshold_in_points_counts_too():
    assert peaks_and_valleys([0, 1, 0, 0.5, 0], threshold=0.6).value == 1
    assert peaks_and_valleys([0, 1, 0, 0.5, 0]).value == 3


def test_where_higher_is_worse_a_summit_is_a_low():
    assert [e.kind for e in peaks_and_valleys([0, 8, 1], higher_is="worse").extremes] == ["valley"]


def test_gaps_are_passed_over():
    found = peaks_and_valleys({"a": 0, "b": None, "c": 2, "d": 0, "e": -1})
    assert [e.id for e in found.peaks] == ["c"]


def test_on_a_branching_map_each_carries_its_share():
    transitions = [
        Transition("0", "1", probability=0.25),
        Transition("0", "2", probability=0.75),
        Transition("1", "3"),
        Transition("2", "3"),
    ]
    found = peaks_and_valleys(journey([0, 2, -2, 0], transitions=transitions))
    assert {e.id: (e.kind, e.share) for e in found.extremes} == {"1": ("peak", pytest.approx(0.25)), "2": ("valley", pytest.approx(0.75))}
    assert "for 75 % of customers" in found.explain()


@given(half_points)
def test_prominences_agree_with_scipy(values):
    found = peaks_and_valleys(values, stands_out=0)
    for kind, sign in (("peak", 1), ("valley", -1)):
        series = [sign * v for v in values]
        places, _ = find_peaks(series)
        heights = peak_prominences(series, places)[0]
        ours = {e.place: e.prominence for e in found.extremes if e.kind == kind}
        assert ours == dict(zip(places.tolist(), heights.tolist(), strict=True))


@given(half_points)
def test_volatility_has_its_bounds_and_symmetries(values):
    found, mirrored, back = volatility(values), volatility([-v for v in values]), volatility(values[::-1])
    assert found.mssd == mirrored.mssd
    assert found.sign_changes == mirrored.sign_changes == back.sign_changes
    if len(values) > 1:
        assert found.mssd == pytest.approx(back.mssd)
        assert found.slope == pytest.approx(-back.slope)
        assert 0 <= found.rmssd <= found.range
        assert found.sd == pytest.approx(statistics.stdev(values))
        assert found.von_neumann is None or found.von_neumann <= 4


def test_long_maps_are_quick():
    values = [(k * 7919 % 9 - 4) / 2 for k in range(100_000)]
    assert peaks_and_valleys(values).n == volatility(values).n == 100_000
