"""K3 and K2: which words stand out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeymap.analysis import key_phrases, keyness
from journeymap.analysis.wording import STOP_WORDS, words_of
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Evidence, Journey, Source, Stage, Touchpoint


def test_words_keep_apostrophes_and_hyphens():
    assert words_of("Didn’t work: e-mail, 3 times – Größe!") == ["didn't", "work", "e-mail", "times", "größe"]


def test_log_likelihood_as_scipy_has_it():
    """Power divergence of the two cells: 17.9894, 8.0753 and 12.5276 in 20,000 and 50,000 words."""
    here = {"wait": 60, "fee": 0, "rude": 5, "rest": 20_000 - 65}
    there = {"wait": 70, "fee": 12, "rude": 0, "rest": 50_000 - 82}
    by_term = {row.term: row for row in keyness(here, there).terms}
    assert by_term["wait"].g2 == pytest.approx(17.989393581524865)
    assert by_term["fee"].g2 == pytest.approx(8.075333678909113)
    assert by_term["rude"].g2 == pytest.approx(12.52762968495368)
    assert by_term["wait"].p_value == pytest.approx(2.221392348545589e-05)
    assert by_term["wait"].log_ratio == pytest.approx(math.log2((60 / 20_000) / (70 / 50_000)))
    assert by_term["rude"].log_ratio == pytest.approx(math.log2((5 / 20_000) / (0.5 / 50_000)))
    assert by_term["fee"].log_ratio == pytest.approx(math.log2((0.5 / 20_000) / (12 / 50_000)))
    assert [by_term["wait"].key, by_term["rude"].key, by_term["fee"].key] == [True, True, False]


def test_p_values_are_adjusted_for_all_words():
    found = keyness({"wait": 30, "fee": 12, "rest": 58}, {"wait": 10, "fee": 10, "rest": 80})
    assert [row.adjusted for row in found.terms] == pytest.approx(list(stats.false_discovery_control([row.p_value for row in found.terms])))
    assert {warning.code for warning in found.warnings} == {"MULTIPLE_TESTS"}
    assert found.key_terms == ("wait",)
    assert "1 words are said more often here: wait" in found.explain()


def test_one_long_rant_makes_no_theme():
    rant = [" ".join(["queue"] * 30), "form lost", "form lost"]
    several = ["queue " * 10, "queue " * 10, "queue " * 10, "form lost"]
    there = ["form lost"] * 40
    assert keyness(rant, there).key_terms == ()
    found = keyness(several, there)
    assert found.key_terms == ("queue",)
    assert (found.terms[0].here, found.terms[0].comments_here, found.terms[0].comments_there) == (30, 3, 0)


def test_stop_words_count_for_the_size_alone():
    found = keyness(["the form was lost"], ["the card was refused"])
    assert {row.term for row in found.terms} == {"form", "lost", "card", "refused"}
    assert (found.n, found.n_there) == (4, 4)
    assert "the" in {row.term for row in keyness(["the form"], ["a card"], stop=()).terms}


def test_keyness_needs_words_on_both_sides():
    with pytest.raises(NotEnoughData, match="there is no word there"):
        keyness(["form"], [None, "..."])
    with pytest.raises(NotEnoughData, match="all words are stop words"):
        keyness(["the"], ["and"])
    with pytest.raises(AnalysisError, match="here: 'form' are no comments"):
        keyness("form", ["card"])
    with pytest.raises(AnalysisError, match="there: 3 is no comment"):
        keyness(["form"], [3])
    with pytest.raises(AnalysisError, match="1.5 is no count"):
        keyness({"a": 1.5}, {"a": 1})
    with pytest.raises(ScaleMismatch):
        keyness({"a": -1}, {"a": 1})


counts = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 30), min_size=1).filter(lambda found: any(found.values()))


@given(counts, counts)
def test_sides_exchanged_turn_the_ratio(one, other):
    there, back = keyness(one, other, stop=()), keyness(other, one, stop=())
    mirrored = {row.term: row for row in back.terms}
    for row in there.terms:
        assert row.g2 == pytest.approx(mirrored[row.term].g2)
        assert row.log_ratio == pytest.approx(-mirrored[row.term].log_ratio)
        assert row.g2 >= 0
    assert keyness(one, one, stop=()).value == 0


def test_tf_idf_as_scikit_learn_has_it():
    """TfidfVectorizer(smooth_idf=False, norm="l2", ngram_range=(1, 2))."""
    found = key_phrases({"A": ["form lost form answers"], "B": ["card refused"], "C": ["form answers card"]})
    score = {(row.group, row.phrase): row.score for row in found.phrases}
    assert score["A", "form"] == pytest.approx(0.5614620708)
    assert score["A", "lost form"] == pytest.approx(0.4191819472)
    assert score["A", "answers"] == pytest.approx(0.2807310354)
    assert score["B", "card"] == pytest.approx(0.4279929227)
    assert score["C", "answers card"] == pytest.approx(0.5982497697)
    assert found.of("A") == ("form", "form lost", "lost", "lost form", "answers", "form answers")


def test_phrases_stay_within_a_comment_and_bridge_stop_words():
    found = key_phrases({"A": ["lost", "again form", "proof of income"]})
    assert "proof income" in found.of("A")
    assert "lost form" not in found.of("A")
    assert all(not set(row.phrase.split()) & STOP_WORDS for row in found.phrases)


def test_comments_alone_are_a_group_each():
    found = key_phrases(["form lost", None, "card refused"], top=1, longest=1)
    assert [(row.group, row.phrase) for row in found.phrases] == [("1", "form"), ("2", "card")]
    assert (found.value, found.n) == (2, 2)
    assert "What marks each: 'form' in '1', 'card' in '2'" in found.explain()


def test_a_map_gives_what_is_said_in_each_stage():
    journey = Journey(
        "J",
        [
            Stage("Apply", [Touchpoint("A", thoughts=["Form lost"], evidence=[Evidence("talks", quote="form again")])]),
            Stage("Pay", [Touchpoint("B", thoughts=["Card refused"])], thoughts=["Card"]),
        ],
        sources=[Source("Talks")],
    )
    found = key_phrases(journey, top=1)
    assert (found.of("Apply"), found.of("Pay")) == (("form",), ("card",))
    with pytest.raises(NotEnoughData, match="there is no word"):
        key_phrases(Journey("J"))


def test_phrases_have_a_length():
    with pytest.raises(AnalysisError, match="longest: 0 is no length of a phrase"):
        key_phrases(["form"], longest=0)


@given(st.lists(st.lists(st.sampled_from(["form", "card", "lost"]), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4))
def test_each_group_has_length_1(texts):
    found = key_phrases(texts, top=100)
    for group in {row.group for row in found.phrases}:
        assert sum(row.score**2 for row in found.phrases if row.group == group) == pytest.approx(1)
