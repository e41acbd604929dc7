"""I4: whether personas really differ in what they answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeymap.analysis import compare_personas
from journeymap.analysis.persona_metrics import cliffs_delta
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Emotion, Journey, Persona, Stage, Touchpoint

MAYA = [2, 3, 2, 4, 1, 2, 3, 2]
TOM = [4, 5, 3, 4, 5, 4, 3, 5, 4]


def codes(result):
    return {warning.code for warning in result.warnings}


def test_means_as_scipy_has_them():
    row = compare_personas({"Maya": MAYA, "Tom": TOM}).comparisons[0]
    test = stats.ttest_ind(MAYA, TOM, equal_var=False)
    bounds = test.confidence_interval(0.95)
    assert row.difference == pytest.approx(sum(MAYA) / 8 - sum(TOM) / 9)
    assert row.p_value == row.adjusted == pytest.approx(test.pvalue)
    assert (row.interval.low, row.interval.high) == pytest.approx((bounds.low, bounds.high))
    ranks = stats.mannwhitneyu(MAYA, TOM)
    assert row.rank_p == pytest.approx(ranks.pvalue)
    assert row.cliffs_delta == pytest.approx(2 * ranks.statistic / (8 * 9) - 1)
    assert (row.n_first, row.n_second, row.differs) == (8, 9, True)


def test_shares_have_newcombes_interval_and_need_no_scipy():
    """Newcombe (1998): 56 of 70 against 48 of 80."""
    found = compare_personas({"Maya": [1] * 56 + [0] * 14, "Tom": [True] * 48 + [False] * 32})
    row = found.comparisons[0]
    assert (row.interval.low, row.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert row.test == "z test with pooled variance"
    assert row.rank_p is None
    assert found.warnings == ()
    assert "1 of 1 differences between personas hold, the clearest between Maya and Tom (0.2)" in found.explain()


def test_all_comparisons_are_adjusted_together():
    data = {"Maya": {"a": MAYA, "b": TOM}, "Tom": {"a": TOM, "b": TOM[::-1]}, "Ida": {"a": [3, 4, 3, 4, 3]}}
    found = compare_personas(data)
    assert found.n == 4
    tested = sorted(row.p_value for row in found.comparisons)
    assert [row.adjusted for row in found.comparisons] == pytest.approx(sorted(stats.false_discovery_control(tested)))
    assert codes(found) == {"MULTIPLE_TESTS", "SMALL_N"}
    assert (found.comparisons[0].step, found.comparisons[0].first, found.comparisons[0].second) == ("a", "Maya", "Tom")


def test_fewer_than_five_have_the_difference_alone():
    found = compare_personas({"Maya": [1, 2, 3, 2], "Tom": TOM})
    row = found.comparisons[0]
    assert (row.p_value, row.interval, row.differs, row.test) == (None, None, None, "no test")
    assert row.difference == pytest.approx(2 - sum(TOM) / 9)
    assert codes(found) == {"TOO_SMALL", "SMALL_N"}
    assert "No difference between personas could be tested" in found.explain()


def test_no_spread_has_no_test():
    row = compare_personas({"Maya": [3] * 6, "Tom": [3] * 6}).comparisons[0]
    assert (row.difference, row.p_value, row.rank_p, row.cliffs_delta) == (0, None, None, 0)


def test_rows_are_the_same_data_and_missing_is_counted():
    rows = [("Maya", "a", v) for v in MAYA] + [("Tom", "a", v) for v in TOM] + [("Tom", "a", None)]
    found = compare_personas(rows)
    assert found.comparisons == compare_personas({"Maya": {"a": MAYA}, "Tom": {"a": TOM}}).comparisons
    assert found.missing == 1


def test_the_mix_of_touchpoints_is_taken_out():
    """Both answer alike at each touchpoint; Maya only answers more often where it is bad."""
    found = compare_personas({"Maya": {"bad": [1] * 9 + [2], "good": [5] * 2}, "Tom": {"bad": [1, 1], "good": [5] * 10}})
    maya, tom = found.means
    assert maya.mean == pytest.approx(21 / 12)
    assert tom.mean == pytest.approx(52 / 12)
    assert maya.standardised == pytest.approx((12 * 1.1 + 12 * 5) / 24)
    assert tom.standardised == 3
    assert compare_personas({"Maya": {"a": MAYA, "b": MAYA}, "Tom": {"a": TOM}}).means[1].standardised is None


def test_a_map_brings_means_and_spreads():
    felt = {"maya": Emotion(-1, n=20, spread=1), "tom": Emotion(0.5, n=25, spread=0.8)}
    journey = Journey(
        "J",
        [Stage("S", [Touchpoint("A", emotions=felt), Touchpoint("B", emotions={"maya": 1})])],
        personas=[Persona("Maya"), Persona("Tom")],
    )
    found = compare_personas(journey)
    row = found.comparisons[0]
    test = stats.ttest_ind_from_stats(-1, 1, 20, 0.5, 0.8, 25, equal_var=False)
    assert row.p_value == pytest.approx(test.pvalue)
    assert (row.cliffs_delta, row.rank_p) == (None, None)
    assert "ASSUMPTION_ONLY" in codes(found)


def test_one_persona_is_not_enough():
    for data in ({"Maya": MAYA}, {"Maya": {"a": MAYA}, "Tom": {"b": TOM}}, Journey("J")):
        with pytest.raises(NotEnoughData, match="no touchpoint has answers of two personas"):
            compare_personas(data)
    with pytest.raises(AnalysisError, match="are no answers; put them in"):
        compare_personas({"Maya": 3})
    with pytest.raises(AnalysisError, match=r"row 0: \('Maya', 3\) is not \(persona, touchpoint, answer\)"):
        compare_personas([("Maya", 3)])


answers = st.lists(st.integers(1, 5), min_size=1, max_size=8)


@given(answers, answers)
def test_cliffs_delta_by_brute_force(one, other):
    expected = sum((a > b) - (a < b) for a in one for b in other) / (len(one) * len(other))
    assert cliffs_delta(one, other) == pytest.approx(expected)
    assert cliffs_delta(one, other) == pytest.approx(-cliffs_delta(other, one))
