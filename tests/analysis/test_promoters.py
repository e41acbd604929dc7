"""J1: the Net Promoter Score and the difference of two."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import nps, nps_difference
from journeymap.analysis.intervals import t_quantile
from journeymap.errors import AnalysisError, DoubtfulAnswer, MissingExtra, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric

SCORES = [10, 9, 8, 7, 6, 0, 9, 10, 3, 8, 10, 5, 7, 9, 9, 6, 10, 8, 2, 10]


def codes(result):
    return {warning.code for warning in result.warnings}


def bounds(result):
    return result.interval.low, result.interval.high


def test_a_worked_case_with_its_three_intervals():
    found = nps(SCORES)
    assert (found.value, found.n, found.promoters, found.passives, found.detractors) == (15, 20, 9, 5, 6)
    assert found.adjusted == pytest.approx(13.043478260869563, abs=1e-9)
    assert bounds(found) == pytest.approx((-21.15843830039243, 47.24539482213155), abs=1e-9)
    assert bounds(nps(SCORES, interval="wald")) == pytest.approx((-22.380886105434797, 52.3808861054348), abs=1e-9)
    assert bounds(nps(SCORES, interval="t")) == pytest.approx((-25.955658957176063, 55.95565895717607), abs=1e-9)


def test_counts_are_the_same_data():
    found = nps({"promoters": 9, "passives": 5, "detractors": 6})
    assert (found.value, bounds(found)) == (15, bounds(nps(SCORES)))


def test_all_promoters_still_have_a_width():
    found = nps([10] * 40, response_rate=0.5)
    assert found.value == 100
    assert found.interval.high - found.interval.low > 5
    assert nps([10] * 40, interval="wald").interval is None
    assert nps([10] * 40, interval="t").interval is None
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("bad", "error"), [([11], ScaleMismatch), ([-1], ScaleMismatch), ([7.5], ScaleMismatch), ([], NotEnoughData), ([None], NotEnoughData)]
)
def test_means_and_other_scales_are_refused(bad, error):
    with pytest.raises(error):
        nps(bad)


@pytest.mark.parametrize(
    "bad", [{"promoters": 1}, {"promoters": 1, "passives": 1, "detractors": 1.5}, {"promoters": -1, "passives": 1, "detractors": 1}]
)
def test_counts_have_their_three_names(bad):
    with pytest.raises(AnalysisError):
        nps(bad)


def test_missing_answers_are_counted_not_scored():
    found = nps([10, None, 8, 0, 5, 9, 10, 0, float("nan")])
    assert (found.value, found.n, found.missing, found.missing_share) == (0, 7, 2, pytest.approx(2 / 9))


def test_the_warnings():
    assert codes(nps(SCORES)) == {"SMALL_N", "NONRESPONSE"}
    assert codes(nps(SCORES * 2, response_rate=0.1)) == {"NONRESPONSE"}
    assert codes(nps(SCORES * 2, response_rate=0.2)) == set()
    with pytest.raises(DoubtfulAnswer, match="NONRESPONSE"):
        nps(SCORES * 2, strict=True)


def test_weights_change_the_score_and_widen_the_interval():
    weighted = nps([10, 0, 8, 10], weights=[1, 3, 1, 1])
    assert weighted.value == pytest.approx(100 * (2 - 3) / 6)
    assert weighted.effective_n == pytest.approx(36 / 12)
    assert weighted.n == 4
    assert nps([10, 0], weights=[2, 2]).interval == nps([10, 0]).interval
    with pytest.raises(AnalysisError, match="1 of them for 2 answers"):
        nps([10, 0], weights=[1])
    with pytest.raises(AnalysisError, match="all are 0"):
        nps([10, 0], weights=[0, 0])
    with pytest.raises(AnalysisError, match="only single answers can be weighted"):
        nps({"promoters": 1, "passives": 0, "detractors": 0}, weights=[1])


def journey(**changes):
    return Journey("J", metrics=[Metric("NPS", kind="nps", **changes)])


def test_a_map_with_counts_is_as_good_as_answers():
    found = nps(journey(value=15, extra={"promoters": "9", "passives": "5", "detractors": "6"}))
    assert bounds(found) == bounds(nps(SCORES))


def test_a_map_with_score_and_n_has_the_widest_interval():
    found = nps(journey(value=15, n=20))
    assert found.value == 15
    assert found.interval.low < nps(SCORES).interval.low
    assert found.interval.high > nps(SCORES).interval.high
    assert "widest" in found.assumptions[0]
    assert nps(journey(value=15)).interval is None
    with pytest.raises(NotEnoughData, match="has no value"):
        nps(journey())
    with pytest.raises(ScaleMismatch):
        nps(journey(value=150))
    with pytest.raises(NotEnoughData, match="no metric of the kind 'nps'"):
        nps(Journey("J"))


def test_the_t_interval_needs_scipy_the_others_do_not(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    t_quantile.cache_clear()  # what another test has computed is remembered
    assert nps(SCORES).interval is not None
    with pytest.raises(MissingExtra, match="stats"):
        nps(SCORES, interval="t")


def test_a_difference_by_hand():
    # V1 = 0.8 - 0.16 = 0.64, V2 = 0.75 - 0.0225 = 0.7275; the error is 100 * sqrt(0.013675).
    found = nps_difference({"promoters": 60, "passives": 20, "detractors": 20}, second={"promoters": 45, "passives": 25, "detractors": 30})
    assert (found.value, found.first, found.second, found.n) == (pytest.approx(25), 40, pytest.approx(15), 200)
    assert found.z == pytest.approx(25 / (100 * 0.013675**0.5))
    assert found.p_value == pytest.approx(0.0325293, abs=1e-6)
    assert bounds(found) == pytest.approx((25 - 195.9963984540054 * 0.013675**0.5, 25 + 195.9963984540054 * 0.013675**0.5))
    assert "more than chance explains" in found.explain()


def test_no_spread_on_either_side_is_undefined():
    found = nps_difference([10] * 30, second=[9] * 30)
    assert (found.value, found.z, found.p_value, found.interval) == (0, None, None, None)


def test_another_mix_of_people_is_warned_of():
    first, second = {"promoters": 60, "passives": 20, "detractors": 20}, {"promoters": 45, "passives": 25, "detractors": 30}
    assert "MIX_SHIFT" in codes(nps_difference(first, second=second, mix={"new": (30, 55), "old": (50, 25), "gone": (20, 20)}))
    assert "MIX_SHIFT" not in codes(nps_difference(first, second=second, mix={"new": (50, 52), "old": (50, 48)}))


def test_two_maps_are_compared_by_their_metric():
    assert nps_difference(journey(value=40, n=100), second=journey(value=10, n=100)).value == 30
    with pytest.raises(NotEnoughData, match="not known on both sides"):
        nps_difference(journey(value=40), second=journey(value=10, n=100))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_the_score_and_its_interval_stay_on_the_scale(scores):
    found = nps(scores)
    assert -100 <= found.interval.low <= found.interval.high <= 100
    assert -100 <= found.value <= 100
    assert nps(sorted(scores)).value == found.value
    mirrored = {"promoters": int(found.detractors), "passives": int(found.passives), "detractors": int(found.promoters)}
    assert nps(mirrored).value == pytest.approx(-found.value)
    swapped = nps_difference(scores, second=[0, 10, 5, 8])
    back = nps_difference([0, 10, 5, 8], second=scores)
    assert swapped.value == pytest.approx(-back.value)
    assert swapped.p_value == back.p_value


def test_an_index_of_which_much_is_missing_is_refused():
    with pytest.raises(NotEnoughData, match="4 of 10 answers") as caught:
        nps([9, 10, 8, 3, 7, 9, None, None, None, None])
    assert caught.value.code == "MISSING_HEAVY"
    kept = nps([9, 10, 8, 3, 7, 9, 10, 8, 6, None])
    assert (kept.missing, kept.missing_share) == (1, pytest.approx(0.1))
    assert "MISSING_HEAVY" in {warning.code for warning in kept.warnings}
    assert "MISSING_HEAVY" in {warning.code for warning in nps_difference([9, 10, 8, 3, 7, 9, 10, 8, 6, None], [9, 3]).warnings}
