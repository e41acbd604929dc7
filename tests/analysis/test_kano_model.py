"""C5: the Kano classification."""

from __future__ import annotations

import pytest

from journeymap.analysis import kano
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

LIKE, MUST, NEUTRAL, LIVE, DISLIKE = range(1, 6)


def only(answers):
    return kano({"x": answers}).rows[0]


@pytest.mark.parametrize(
    ("with_it", "without_it", "category"),
    [
        (LIKE, LIKE, "Q"), (LIKE, MUST, "A"), (LIKE, LIVE, "A"), (LIKE, DISLIKE, "O"),
        (MUST, LIKE, "R"), (MUST, NEUTRAL, "I"), (MUST, DISLIKE, "M"), (LIVE, DISLIKE, "M"),
        (DISLIKE, LIKE, "R"), (DISLIKE, LIVE, "R"), (DISLIKE, DISLIKE, "Q"),
    ],
)  # fmt: skip
def test_the_table_of_kano(with_it, without_it, category):
    row = only([(with_it, without_it)] * 20)
    assert row.category == category
    assert row.counts[category] == 20


def test_coefficients_leave_out_reverse_and_questionable():
    # Matzler & Hinterhuber (1998), edge grip of skis: A 7, O 33, M 49, I 10, Q 0, R 0 per cent give 0.40 and -0.83.
    row = only({"A": 7, "O": 33, "M": 49, "I": 10, "R": 1})
    assert (row.better, row.worse) == (pytest.approx(40 / 99), pytest.approx(-82 / 99))


def test_a_narrow_lead_is_undecided():
    # |a - b| < 1.65 * sqrt((a + b)(2n - a - b) / 2n): 60 answers, 24 against 22 need a lead of 8.8.
    row = only({"M": 24, "O": 22, "A": 14})
    assert (row.category, row.mode, row.clear) == (None, "M", False)
    assert only({"M": 40, "O": 12, "A": 8}).category == "M"


def test_ties_go_to_the_graver_class():
    assert only({"I": 10, "A": 10, "O": 10, "M": 10}).mode == "M"


def test_all_reverse_has_no_coefficients():
    row = only({"R": 20})
    assert (row.category, row.better, row.worse) == ("R", None, None)


def test_contradictions_question_the_question():
    found = kano({"x": {"M": 20, "Q": 4}})
    assert found.rows[0].questionable == pytest.approx(1 / 6)
    assert "17% of the answers on 'x' contradict themselves" in found.assumptions[0]


def test_fewer_than_twenty_are_refused():
    with pytest.raises(NotEnoughData, match="19 pairs of answers on 'x'; it needs 20 or more") as caught:
        kano({"x": {"M": 19}})
    assert caught.value.code == "TOO_SMALL"
    assert [w.code for w in kano({"x": {"M": 20}}).warnings] == ["SMALL_N"]


def test_incomplete_pairs_are_left_out_and_counted():
    found = kano({"x": [(LIKE, DISLIKE)] * 20 + [(LIKE, None)]})
    assert (found.rows[0].n, found.missing) == (20, 1)


@pytest.mark.parametrize("bad", [{}, {"x": {"Z": 20}}, {"x": [(0, 1)] * 20}, {"x": [(1, 2, 3)] * 20}, {"x": "MMM"}, Journey("J")])
def test_what_is_no_kano_data_is_refused(bad):
    with pytest.raises(AnalysisError):
        kano(bad)


def test_features_come_with_the_worst_to_lack_first():
    found = kano({"a": {"A": 30}, "b": {"M": 30}, "c": {"O": 20, "I": 10}})
    assert [row.id for row in found.rows] == ["b", "c", "a"]
    assert found.value == 1
    assert found.to_rows()[0]["counts_M"] == 30
