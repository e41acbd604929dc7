"""J6: before and after. Expected numbers from statsmodels 0.14 and scipy 1.17 unless said otherwise."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Share, before_after
from journeymap.analysis.comparisons import difference_of_shares, mcnemar_p
from journeymap.errors import AnalysisError, DoubtfulAnswer, MissingExtra, NotEnoughData
from journeymap.model import Journey, Metric

BEFORE, AFTER = [3, 4, 3, 4, 2, 2, 5, 3], [4, 5, 3, 5, 4, 2, 5, 4]


def codes(result):
    return {warning.code for warning in result.warnings}


def bounds(result):
    return result.interval.low, result.interval.high


def by_id(values):
    return {f"p{k}": value for k, value in enumerate(values)}


def test_shares_of_different_people():
    found = before_after(Share(48, 80), after=Share(56, 70))
    assert found.value == pytest.approx(0.2)
    assert found.p_value == pytest.approx(0.00804508136819656, abs=1e-12)
    assert bounds(found) == pytest.approx((0.05243147240236498, 0.33387265403690614), abs=1e-12)
    assert (found.before, found.after, found.n, found.kind) == (0.6, pytest.approx(0.8), 150, "share")
    assert (
        "from 60 % to 80 %, a change of 20 percentage points; without a comparison group nobody can tell what else has changed"
        in found.explain()
    )


def test_answers_of_0_and_1_are_a_share():
    counted = before_after(Share(2, 6), after=Share(5, 6))
    assert before_after([0, 0, 1, 0, 1, 0], after=[1, 1, 1, 1, 1, 0]).interval == counted.interval
    assert before_after([False, False, True, False, True, False], after=[True] * 5 + [False]).p_value == counted.p_value


def test_means_of_different_people():
    found = before_after([3, 4, 5, 4, 2, 3, 4], after=[4, 5, 3, 5, 4, 2, 5, 4])
    assert found.value == pytest.approx(0.4285714285714284)
    assert found.p_value == pytest.approx(0.43172483633967745, abs=1e-12)
    assert bounds(found) == pytest.approx((-0.712686221820289, 1.5698290789631457), abs=1e-12)
    assert found.test == "Welch's t test"


def test_means_of_the_same_people():
    found = before_after(by_id(BEFORE), after=by_id(AFTER), paired=True)
    assert found.value == pytest.approx(0.75)
    assert found.p_value == pytest.approx(0.019942126131992536, abs=1e-12)
    assert bounds(found) == pytest.approx((0.158843937101804, 1.341156062898196), abs=1e-12)
    assert found.n == 8
    assert before_after(BEFORE, after=AFTER, paired=True).p_value == found.p_value


def test_shares_of_the_same_people():
    before, after = [0] * 10 + [1] * 2 + [1] * 8, [1] * 10 + [0] * 2 + [1] * 8
    found = before_after(before, after=after, paired=True)
    assert found.p_value == pytest.approx(0.03857421875, abs=1e-12)
    assert found.value == pytest.approx(0.4)
    # Bonett & Price: (10 + 1 - 2 - 1) / 22 +- 1.96 * sqrt((14 / 22 - (8 / 22)²) / 22)
    half = 1.959963984540054 * ((14 / 22 - (8 / 22) ** 2) / 22) ** 0.5
    assert bounds(found) == pytest.approx((8 / 22 - half, 8 / 22 + half))
    assert mcnemar_p(121, 59) == pytest.approx(4.4344492637551645e-06, rel=1e-9)
    assert mcnemar_p(0, 0) == 1
    assert 0 < mcnemar_p(3000, 2800) < 1


def test_those_without_a_partner_are_left_out_and_counted():
    found = before_after(
        {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "x": 9}, after={"a": 2, "b": 2, "c": 5, "d": 5, "e": 5, "y": 0}, paired=True
    )
    assert (found.n, found.missing, found.value) == (5, 2, pytest.approx(0.8))
    with pytest.raises(NotEnoughData, match="nobody is on both sides"):
        before_after({"a": 1}, after={"b": 2}, paired=True)
    with pytest.raises(AnalysisError, match="nobody can tell who belongs to whom"):
        before_after([1, 2, 3], after=[1, 2], paired=True)
    with pytest.raises(AnalysisError, match="nobody can tell"):
        before_after(Share(3, 5), after=Share(4, 5), paired=True)


def test_the_same_people_are_not_compared_as_different_ones():
    with pytest.raises(AnalysisError, match="8 respondents are on both sides; compare them with paired=True") as caught:
        before_after(by_id(BEFORE), after=by_id(AFTER))
    assert caught.value.code == "PAIRED_AS_INDEPENDENT"


def test_a_comparison_group_takes_away_what_would_have_happened_anyway():
    found = before_after(Share(48, 80), after=Share(56, 70), control=(Share(50, 80), Share(52, 80)))
    assert found.value == pytest.approx(0.2 - 0.025)
    assert found.control_change == pytest.approx(0.025)
    assert found.design == "difference in differences"
    assert bounds(found)[0] < 0.175 < bounds(found)[1]
    assert "beyond the comparison group; provided that both groups would have moved alike" in found.explain()
    assert "PARALLEL_TRENDS" in codes(found)
    assert "PARALLEL_TRENDS" not in codes(
        before_after(Share(48, 80), after=Share(56, 70), control=(Share(50, 80), Share(52, 80)), pre_periods=3)
    )


def test_difference_in_differences_of_means():
    # Four groups of equal size and variance: the error is sqrt(4 * 2.5 / 5) and Welch's degrees of freedom are 16.
    base = [1, 2, 3, 4, 5]
    found = before_after(base, after=[v + 4 for v in base], control=(base, [v + 1 for v in base]))
    assert found.value == pytest.approx(3)
    half = 2.1199052992210112 * 2**0.5
    assert bounds(found) == pytest.approx((3 - half, 3 + half), abs=1e-9)


def test_difference_in_differences_of_the_same_people():
    changed, control = (by_id([1, 2, 3, 4, 5]), by_id([3, 3, 5, 5, 8])), (by_id([1, 2, 3, 4, 5]), by_id([1, 3, 3, 5, 5]))
    found = before_after(changed[0], after=changed[1], control=control, paired=True)
    assert found.value == pytest.approx(1.8 - 0.4)
    assert found.test.startswith("difference in differences of the same people")
    assert found.n == 10


def test_a_bootstrap_needs_no_scipy(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    before, after = [k % 7 for k in range(40)], [k % 7 + 1 for k in range(40)]
    found = before_after(before, after=after, bootstrap=True)
    assert found.value == pytest.approx(1)
    assert found.interval.low < 1 < found.interval.high
    assert found.p_value is None
    assert before_after(before[:19], after=after, bootstrap=True).interval is None
    with pytest.raises(MissingExtra, match="comparing means needs the extra 'stats'"):
        before_after(before, after=after)
    assert before_after(Share(48, 80), after=Share(56, 70)).p_value is not None


@pytest.mark.parametrize("paired", [False, True])
def test_fewer_than_five_have_no_test(paired):
    found = before_after([1, 2, 3, 4], after=[2, 3, 4, 6], paired=paired)
    assert (found.value, found.interval, found.p_value) == (pytest.approx(1.25), None, None)
    assert "TOO_SMALL" in codes(found)
    assert "without a test" in found.assumptions[0]


def test_no_spread_has_no_test():
    found = before_after([3] * 6, after=[4] * 6)
    assert (found.value, found.interval, found.p_value) == (1, None, None)
    assert before_after([3] * 6, after=[4] * 6, paired=True).interval is None


def test_few_on_one_side_are_warned_of():
    assert "SMALL_N" in codes(before_after(Share(2, 80), after=Share(9, 70)))
    assert "SMALL_N" not in codes(before_after(Share(48, 80), after=Share(56, 70)))


def test_what_was_not_planned_is_said_with_what_could_be_seen():
    (warning,) = [w for w in before_after(Share(48, 80), after=Share(56, 70)).warnings if w.code == "UNPLANNED"]
    assert warning.text.startswith("so many answers could show a change of 20.8 percentage points; ")
    assert codes(before_after(Share(48, 80), after=Share(56, 70), planned=75)) == set()


def test_looking_twice_is_said():
    found = before_after(Share(48, 80), after=Share(56, 70), planned=75, looks=2)
    assert codes(found) == {"PEEKING"}
    assert found.inflated_alpha == pytest.approx(0.0831, abs=1e-4)


def test_the_worst_get_better_by_themselves():
    found = before_after(Share(20, 80), after=Share(30, 80), chosen_as_worst=True, reliability=0.6, population_mean=0.5)
    assert "REGRESSION_TO_MEAN" in codes(found)
    assert found.expected_regression == pytest.approx(0.4 * (0.25 - 0.5))
    controlled = before_after(Share(20, 80), after=Share(30, 80), chosen_as_worst=True, control=(Share(20, 80), Share(25, 80)))
    assert "REGRESSION_TO_MEAN" not in codes(controlled)


def test_groups_behind_the_total_are_shown():
    strata = {"small": (Share(234, 270), Share(81, 87)), "large": (Share(55, 80), Share(192, 263))}
    found = before_after(Share(289, 350), after=Share(273, 350), strata=strata)
    assert {"SIMPSON", "MIX_SHIFT"} <= codes(found)
    assert found.value < 0 < found.standardised_change


def test_only_chance_allows_to_speak_of_cause():
    found = before_after(Share(48, 80), after=Share(56, 70), randomised=True, planned=75)
    assert found.causal
    assert found.design == "randomised"
    assert "customers were assigned at random, so the change did it" in found.explain()
    assert not before_after(Share(48, 80), after=Share(56, 70)).causal
    with pytest.raises(DoubtfulAnswer, match="UNPLANNED"):
        before_after(Share(48, 80), after=Share(56, 70), strict=True)


def conversion(value, n=None, **more):
    return Journey("J", metrics=[Metric("Conversion", kind="conversion", value=value, unit="%", n=n, **more)])


def test_two_maps_are_compared_by_their_metric():
    found = before_after(conversion(60, 80), after=conversion(80, 70))
    assert found.p_value == pytest.approx(0.00804508136819656, abs=1e-12)


def test_a_baseline_has_no_n_so_only_the_change_is_told():
    found = before_after(conversion(80, 70, baseline=60))
    assert (found.value, found.interval, found.n) == (pytest.approx(0.2), None, None)
    assert "TOO_SMALL" in codes(found)


def test_metrics_that_cannot_be_compared_are_refused():
    with pytest.raises(NotEnoughData, match="has no baseline"):
        before_after(conversion(60, 80))
    with pytest.raises(AnalysisError, match="measure both alike"):
        before_after(conversion(60, 80), after=Journey("J", metrics=[Metric("Conversion", kind="conversion", value=0.8, n=70)]))
    with pytest.raises(AnalysisError, match="compare two of them with nps_difference"):
        before_after(Journey("J", metrics=[Metric("NPS", kind="nps", value=10, baseline=5)]), metric="nps")
    effort = Journey("J", metrics=[Metric("Effort", kind="ces", value=4.5, baseline=4, n=90)])
    assert before_after(effort, metric="effort").value == 0.5


@pytest.mark.parametrize(
    "how",
    [
        {"data": [1, 2]},
        {"data": conversion(60), "after": [1]},
        {"data": [1], "after": conversion(60)},
        {"data": "yes", "after": [1]},
        {"data": Share(1, 2), "after": [2, 3]},
        {"data": Share(0, 0), "after": [1]},
        {"data": [None], "after": [1]},
        {"data": [1, 2], "after": [1, 3], "level": 95},
    ],
)
def test_sides_that_do_not_fit_are_refused(how):
    with pytest.raises(AnalysisError):
        before_after(**how)


shares = st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda t: sum(t) >= 5).map(lambda t: Share(t[0], sum(t)))


@given(shares, shares, shares, shares)
def test_turning_round_turns_the_sign(one, other, third, fourth):
    there, back = before_after(one, after=other), before_after(other, after=one)
    assert there.value == pytest.approx(-back.value)
    assert there.p_value == pytest.approx(back.p_value)
    assert bounds(there) == pytest.approx(tuple(-b for b in reversed(bounds(back))), abs=1e-12)
    did = difference_of_shares((other, one), (fourth, third), level=0.95)
    assert did.interval.low <= did.difference + 1e-12
    assert did.interval.high >= did.difference - 1e-12


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=5, max_size=20))
def test_pairs_shuffle_without_a_change(pairs):
    before, after = ([pair[side] for pair in pairs] for side in (0, 1))
    one = before_after(before, after=after, paired=True)
    other = before_after(before[::-1], after=after[::-1], paired=True)
    assert one.value == pytest.approx(other.value)
    assert one.p_value == (None if other.p_value is None else pytest.approx(other.p_value))
