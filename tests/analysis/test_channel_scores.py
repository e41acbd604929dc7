"""E2: whether every channel delivers the same experience."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Share, channel_consistency
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Three made-up channels with twenty answers each; the expected values are those of scipy.stats.
SCORES = {
    "web": [int(c) for c in "35423244415444352433"],
    "phone": [int(c) for c in "42133243232333342433"],
    "branch": [int(c) for c in "33123222121454431333"],
}


def codes(found):
    return [warning.code for warning in found.warnings]


def test_three_channels_as_scipy_has_them():
    from scipy import stats

    found = channel_consistency(SCORES)
    groups = list(SCORES.values())
    assert found.f == pytest.approx(stats.f_oneway(*groups).statistic)
    assert found.p == pytest.approx(stats.f_oneway(*groups).pvalue)
    assert found.kruskal_p == pytest.approx(stats.kruskal(*groups).pvalue)
    assert found.levene_p == pytest.approx(stats.levene(*groups, center="median").pvalue)
    # eta squared from F: F k / (F k + n - k - 1) with k degrees of freedom between
    assert found.value == pytest.approx(2 * found.f / (2 * found.f + 57))
    interval = stats.ttest_ind(SCORES["web"], SCORES["branch"], equal_var=False).confidence_interval(1 - 0.05 / 3)
    assert found.gap_between == ("web", "branch")
    assert (found.gap_interval.low, found.gap_interval.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert [score.channel for score in found.channels] == ["web", "phone", "branch"]
    assert "NOT_CAUSAL" in codes(found)


def test_a_textbook_analysis_of_variance():
    # Two groups: F is the square of Student's t, here t = 3 with 8 degrees of freedom.
    found = channel_consistency({"a": [5, 6, 7, 8, 9], "b": [2, 3, 4, 5, 6]})
    assert (found.f, found.gap, found.value) == (pytest.approx(9), 3, pytest.approx(9 / 17))


def test_shares_of_k_samples():
    found = channel_consistency({"web": Share(30, 50), "phone": Share(45, 60), "branch": Share(20, 50)})
    assert found.chi_square == pytest.approx(13.862348178137651)
    assert found.p == pytest.approx(0.0009768532820826092)
    assert found.value == pytest.approx(0.2943461841324944)
    assert (found.gap, found.gap_between, found.exact) == (pytest.approx(0.35), ("phone", "branch"), False)
    assert "'phone' does better than 'branch' by 35 percentage points (p = 0.00098)" in found.explain()


def test_small_expected_counts_take_permutations():
    found = channel_consistency({"web": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], "phone": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]})
    assert found.exact
    # Fisher's exact test, which permutes the same margins: p = 0.1409
    assert found.p == pytest.approx(0.1409, abs=0.01)
    assert channel_consistency({"web": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], "phone": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]}) == found


def test_a_small_group_is_not_tested():
    found = channel_consistency({"web": [5, 4, 5, 3], "phone": [1, 2, 1, 2, 3]})
    assert (found.p, found.gap_interval, found.kruskal_p) == (None, None, None)
    assert found.value > 0.5
    assert "TOO_SMALL" in codes(found)


def test_no_difference_at_all_is_undefined():
    found = channel_consistency({"web": [3] * 6, "phone": [3] * 6})
    assert (found.value, found.reason, found.gap) == (None, "all answers are the same", 0)
    assert channel_consistency({"web": [1] * 6, "phone": [1] * 6}).value is None
    apart = channel_consistency({"web": [3] * 6, "phone": [4] * 6})
    assert (apart.value, apart.p) == (1, None)


def test_personas_may_say_something_else():
    rows = [("web", 5, "young")] * 20 + [("web", 2, "old")] * 5 + [("phone", 5.5, "young")] * 5 + [("phone", 2.5, "old")] * 20
    rows += [("web", 4.9, "young"), ("phone", 2.4, "old")]
    found = channel_consistency(rows)
    assert found.gap_between == ("web", "phone")
    assert "SIMPSON" in codes(found)
    assert "for 2 of 2 personas" in next(w.text for w in found.warnings if w.code == "SIMPSON")
    assert "SIMPSON" not in codes(channel_consistency([row[:2] for row in rows]))


def test_what_does_not_fit_is_refused():
    with pytest.raises(NotEnoughData, match="a map does not say"):
        channel_consistency(Journey("J"))
    with pytest.raises(NotEnoughData, match="1 channel"):
        channel_consistency({"web": [1, 2]})
    with pytest.raises(NotEnoughData, match="nobody answered phone"):
        channel_consistency({"web": [1, 2], "phone": [None]})
    with pytest.raises(AnalysisError, match="is no row"):
        channel_consistency([("web",)])
    with pytest.raises(AnalysisError, match="are no answers by channel"):
        channel_consistency("web")


@given(st.lists(st.lists(st.integers(1, 5), min_size=5, max_size=12), min_size=2, max_size=4))
def test_bounds_and_invariance(groups):
    found = channel_consistency({f"c{k}": group for k, group in enumerate(groups)})
    assert found.value is None or 0 <= found.value <= 1
    assert found.gap >= 0
    assert found.p is None or 0 <= found.p <= 1
    moved = channel_consistency({f"c{k}": [10 * value + 3 for value in group] for k, group in enumerate(groups)})
    if found.unit == moved.unit:
        assert moved.value == pytest.approx(found.value)
        assert moved.gap == pytest.approx(10 * found.gap)
