"""K1: what comments sound like."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import extras, sentiment
from journeymap.analysis.intervals import wilson
from journeymap.errors import AnalysisError, MissingExtra, NotEnoughData, ScaleMismatch
from journeymap.model import Evidence, Journey, Source, Stage, Touchpoint

# Comments as customers write them, with the tone that people hear; where VADER hears another, it stands third.
PHRASES = [
    ("Great service, very friendly staff!", "positive", None),
    ("The form kept losing my answers. Terrible.", "negative", None),
    ("I love how easy it is", "positive", None),
    ("Rude and slow, I am so disappointed", "negative", None),
    ("The parcel arrived on Tuesday", "neutral", None),
    ("Not bad at all", "positive", None),
    ("Not good.", "negative", None),
    ("Finally, plain English.", "positive", "neutral"),
    ("I waited three days and nobody called back", "negative", "neutral"),
    ("The app crashed twice.", "negative", "neutral"),
    ("Horrible experience, worst bank ever", "negative", None),
    ("Thank you for the quick help", "positive", None),
    ("Still no answer after two weeks", "negative", None),
    ("I want my money back", "negative", "positive"),
    ("It does what it should", "neutral", None),
]


def codes(result):
    return {warning.code for warning in result.warnings}


def test_what_vader_hears_in_what_customers_write():
    found = {comment.text: comment.tone for comment in sentiment([text for text, _, _ in PHRASES]).comments}
    assert found == {text: vader or tone for text, tone, vader in PHRASES}


def test_the_compound_score_as_published():
    """vaderSentiment's readme, first examples."""
    found = sentiment(["VADER is smart, handsome, and funny.", "VADER is smart, handsome, and funny!", "Today SUX!"])
    assert [comment.compound for comment in found.comments] == [-0.5461, 0.8316, 0.8439]


def test_means_and_shares_by_touchpoint():
    data = {"site": ["I love it", "Great"], "phone": ["Terrible", "Horrible", "The parcel arrived on Tuesday"]}
    found = sentiment(data)
    assert [row.id for row in found.rows] == ["phone", "site"]
    phone = found.rows[0]
    assert (phone.n, phone.share_negative) == (3, 2 / 3)
    assert phone.negative_interval == wilson(2, 3)
    assert phone.interval is None
    assert (found.share_negative, found.share_positive) == (0.4, 0.4)
    assert found.value == pytest.approx(sum(comment.compound for comment in found.comments) / 5)
    assert "40 % of the comments sound negative" in found.explain()
    assert "lowest at 'phone'" in found.explain()


def test_from_20_comments_on_there_is_an_interval():
    comments = ["Great"] * 12 + ["Terrible"] * 8
    found = sentiment(comments, seed=1)
    assert found.interval == sentiment(comments, seed=1).interval
    assert found.interval.low < found.value < found.interval.high


def test_words_of_your_own():
    assert sentiment(["The app crashed twice."]).comments[0].tone == "neutral"
    found = sentiment(["The app crashed twice."], lexicon={"Crashed": -2.5})
    assert found.comments[0].tone == "negative"
    assert "1 words of your own" in found.method
    assert sentiment(["The app crashed twice."]).comments[0].tone == "neutral"  # the list itself is as before
    with pytest.raises(ScaleMismatch, match="lexicon\\['x'\\]: 9 is outside -4 to 4"):
        sentiment(["a"], lexicon={"x": 9})


def test_it_is_no_metric_before_50_labels():
    assert codes(sentiment(["Great"] * 60)) == {"LEXICON_UNVALIDATED"}
    few = sentiment(["Great"] * 49, labels=["positive"] * 49)
    assert codes(few) == {"LEXICON_UNVALIDATED"}
    found = sentiment(["Great"] * 50, labels=["positive"] * 40 + ["neutral"] * 10)
    assert codes(found) == set()
    assert found.accuracy == 0.8
    assert found.accuracy_interval == wilson(40, 50)
    with pytest.raises(AnalysisError, match="labels: 1 of them for 2 comments"):
        sentiment(["a", "b"], labels=["neutral"])
    with pytest.raises(AnalysisError, match="labels: 'good' is no tone"):
        sentiment(["a"], labels=["good"])


def test_known_misreadings_are_counted():
    found = sentiment(["No problems whatsoever", "Kindly reply", "Fine"])
    assert found.assumptions[-1] == "2 comments hold words that the list is known to misread"


def test_empty_comments_are_missing():
    found = sentiment(["Great", None, "  ", float("nan")], labels=["positive", "neutral", "neutral", "neutral"])
    assert (found.n, found.missing, found.accuracy) == (1, 3, 1)
    with pytest.raises(NotEnoughData, match="there are no comments"):
        sentiment([None])


def test_a_map_gives_its_thoughts_and_quotes():
    steps = [
        Touchpoint("A", thoughts=["I love it"], evidence=[Evidence("talks", quote="Terrible")]),
        Touchpoint("B"),
    ]
    journey = Journey("J", [Stage("S", steps)], sources=[Source("Talks")])
    assert [comment.text for comment in sentiment(journey).comments] == ["Terrible", "I love it"]
    with pytest.raises(AnalysisError, match="the map is in 'de-AT', and the word list knows English only"):
        sentiment(Journey("J", language="de-AT"))


def test_without_vader_the_extra_is_named(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    monkeypatch.delitem(sys.modules, "vaderSentiment.vaderSentiment", raising=False)
    with pytest.raises(MissingExtra, match="stats"):
        sentiment(["Great"])


def test_what_are_no_comments_is_told():
    with pytest.raises(AnalysisError, match="'Great' are no comments"):
        sentiment("Great")
    with pytest.raises(AnalysisError, match="site: 'Great' is no list of comments"):
        sentiment({"site": "Great"})
    with pytest.raises(AnalysisError, match="all: 3 is no comment"):
        sentiment([3])


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_any_text_has_a_tone_within_bounds(texts):
    if not any(text.strip() for text in texts):
        return
    found = sentiment(texts)
    assert -1 <= found.value <= 1
    assert found.n + found.missing == len(texts)
    assert 0 <= found.share_negative + found.share_positive <= 1
