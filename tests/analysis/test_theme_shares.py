"""K4: how many speak of each theme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import agreement, theme_shares
from journeymap.analysis.intervals import wilson
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

FIVE = {"i1": ["wait", "price"], "i2": ["wait"], "i3": ["form", "wait"], "i4": [], "i5": ["price", "price"]}


def codes(result):
    return {warning.code for warning in result.warnings}


def test_shares_are_of_all_coded_comments_and_sum_to_more_than_one():
    found = theme_shares(FIVE)
    assert [(row.theme, row.count, row.share) for row in found.themes] == [("wait", 3, 0.6), ("price", 2, 0.4), ("form", 1, 0.2)]
    assert found.sum_of_shares == 1.2
    assert found.value == 0.6
    assert found.interval == found.themes[0].interval == wilson(3, 5)
    assert codes(found) == {"SMALL_N"}
    assert "Spoken of most often: 'wait' (60 %), 'price' (40 %), 'form' (20 %); a comment may speak of several" in found.explain()


def test_saturation_counts_what_is_new():
    found = theme_shares(FIVE)
    assert [(point.new, point.themes) for point in found.saturation] == [(2, 2), (0, 2), (1, 3), (0, 3), (0, 3)]
    assert found.since_new == 2
    assert theme_shares({"a": ["x"]}).since_new == 0


def test_pairs_are_the_same_data():
    rows = [("i1", "wait"), ("i1", "price"), ("i2", "wait"), ("i1", "wait")]
    assert theme_shares(rows).themes == theme_shares({"i1": ["wait", "price"], "i2": ["wait"]}).themes


def test_what_nobody_coded_is_missing_and_silence_is_not():
    found = theme_shares({"a": ["x"], "b": None, "c": []})
    assert (found.n, found.missing, found.value) == (2, 1, 0.5)
    assert "MISSING_HEAVY" in codes(found)
    silent = theme_shares({"a": [], "b": []})
    assert (silent.value, silent.sum_of_shares, silent.reason) == (None, None, "no comment speaks of any theme")
    assert silent.since_new == 2
    with pytest.raises(NotEnoughData, match="none of 1 comments is coded"):
        theme_shares({"a": None})


def test_a_second_coder_gives_alpha():
    other = {"i1": ["wait"], "i2": ["wait"], "i3": ["form", "wait"], "i4": ["price"], "i9": ["x"]}
    found = theme_shares(FIVE, second=other)
    first = [1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0]  # wait, price, form by interview 1 to 4
    second = [1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0]
    assert found.alpha == pytest.approx(agreement({"a": first, "b": second}).value)
    assert theme_shares(FIVE).alpha is None
    assert theme_shares({"a": []}, second={"a": []}).alpha is None
    assert theme_shares({"a": ["x"]}, second={"a": ["x"]}).alpha is None


def test_what_are_no_codes_is_told():
    with pytest.raises(NotEnoughData, match="a map has no coded comments"):
        theme_shares(Journey("J"))
    with pytest.raises(AnalysisError, match="a: 'wait' is no list of themes"):
        theme_shares({"a": "wait"})
    with pytest.raises(AnalysisError, match="'wait' are no codes"):
        theme_shares("wait")
    with pytest.raises(AnalysisError, match=r"row 0: \('a',\) is not \(comment, theme\)"):
        theme_shares([("a",)])


@given(st.dictionaries(st.text("ab", min_size=1, max_size=4), st.lists(st.sampled_from("xyz"), max_size=4), min_size=1))
def test_the_curve_rises_to_the_number_of_themes(data):
    found = theme_shares(data)
    assert sum(point.new for point in found.saturation) == len(found.themes) == found.saturation[-1].themes
    assert all(0 < row.share <= 1 and row.share in row.interval for row in found.themes)
    assert found.since_new <= found.n
