import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import ModelError
from journeymap.model import Emotion, Scale
from journeymap.testing.strategies import emotions, scales

LIKERT = Scale(1, 5)
WORDS = Scale.words("awful", "poor", "fine", "good", "great")
FOUR = Scale.words("never", "rarely", "often", "always")


@pytest.mark.parametrize("scale", [Scale(), LIKERT, Scale(0, 10), Scale(1, 7), Scale(1, 10), Scale(0, 100), Scale(-3, 3), Scale(0, 1e6)])
def test_every_whole_point_comes_back_as_it_was(scale):
    steps = range(101)
    points = [scale.low + round(step * (scale.high - scale.low) / 100) for step in steps]
    assert [scale.value(scale.emotion(point)) for point in points] == points
    assert [scale.value(scale.valence(point)) for point in points] == points


@given(st.integers(-1000, 1000), st.integers(1, 1000), st.decimals(0, 1, places=6))
def test_points_with_decimals_come_back_as_they_were(low, room, share):
    point = float(round(low + room * share, 5))
    scale = Scale(low, low + room)
    assert scale.value(scale.emotion(min(point, scale.high))) == point


@given(scales())
def test_ends_meet_ends(scale):
    ends = (scale.labels[0], scale.labels[-1]) if scale.labels else (scale.low, scale.high)
    assert [scale.valence(end) for end in ends] == [-2, 2]
    assert scale.value(-2) == pytest.approx(ends[0], abs=1e-9)
    assert scale.value(2) == pytest.approx(ends[1], abs=1e-9)


@given(scales(), st.floats(-2, 2))
def test_more_valence_is_never_a_worse_point(scale, valence):
    worse = scale.value(max(-2.0, valence - 0.1))
    better = scale.value(valence)
    if scale.labels:
        assert scale.labels.index(worse) <= scale.labels.index(better)
    else:
        assert worse <= better


@pytest.mark.parametrize("scale", [WORDS, FOUR, Scale.words("bad", "good"), Scale.words(*"abcdefg")])
def test_every_word_comes_back_as_it_was(scale):
    assert tuple(scale.value(scale.emotion(word)) for word in scale.labels) == scale.labels


def test_a_word_is_kept_as_the_label():
    assert WORDS.emotion("good") == Emotion(1, label="good")
    assert LIKERT.emotion(4) == Emotion(1)


@pytest.mark.parametrize(("valence", "word"), [(0, "fine"), (0.4, "fine"), (0.5, "good"), (-0.5, "poor"), (-1.5, "awful"), (1.5, "great")])
def test_halfway_is_the_word_away_from_neutral(valence, word):
    assert WORDS.value(valence) == word


def test_neutral_between_two_words_is_the_better_one():
    assert FOUR.value(0) == "often"


@pytest.mark.parametrize("number", [Emotion(-0.0).valence, Scale().value(-0.0), Scale().valence(-0.0), Scale(-1, 1).value(Emotion(-0.0))])
def test_zero_has_no_sign(number):
    assert str(number) == "0.0"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: LIKERT.emotion(0), "0 is outside 1 to 5; this scale runs from 1 to 5"),
        (lambda: LIKERT.emotion("fine"), "'fine' is not a number; this scale runs from 1 to 5"),
        (lambda: LIKERT.emotion(True), "True is not a number; this scale runs from 1 to 5"),
        (lambda: WORDS.emotion(3), "3 is not on the scale awful, poor, fine, good, great"),
        (lambda: WORDS.emotion("fien"), "'fien' is not on the scale awful, poor, fine, good, great; did you mean 'fine'?"),
        (lambda: LIKERT.value(5), "valence: 5 is outside -2 to +2; convert other scales with Scale"),
        (lambda: WORDS.value(3), "valence: 3 is outside -2 to +2; convert other scales with Scale"),
        (lambda: Scale(5, 1), "low: 5.0 is not below 1.0; a scale runs from worst to best"),
        (lambda: Scale(None, 1), "low: None is not below 1.0; a scale runs from worst to best"),
        (lambda: Scale(0, math.inf), "high: inf is not a finite number"),
        (lambda: Scale.words("one"), "labels: one word is no scale; give at least two, from worst to best"),
        (lambda: Scale.words("a", "b", "a"), "labels: a word stands twice; each point of a scale needs a word of its own"),
        (lambda: Scale(1, 5, labels=["bad", "good"]), "labels: a scale has numbers or words, not both; leave out 1 and 5, or the words"),
        (lambda: Scale.words("a", 3), "labels[1]: 3 is not text; put it in quotes"),
    ],
)
def test_mixing_scales_is_an_error(ask, message):
    with pytest.raises(ModelError) as told:
        ask()
    assert str(told.value) == message


@pytest.mark.parametrize(
    ("scale", "valence", "printed"),
    [
        (Scale(), 0, "0"),
        (Scale(), 1, "+1"),
        (Scale(), -1.5, "\u22121.5"),
        (Scale(), -0.04, "0"),
        (LIKERT, 2, "5"),
        (LIKERT, -0.5, "2.5"),
        (Scale(0, 10), 2, "10"),
        (Scale(0, 100), 2, "100"),
        (WORDS, -2, "awful"),
    ],
)
def test_as_a_picture_prints_it(scale, valence, printed):
    assert scale.print(valence) == scale.print(Emotion(valence)) == printed


def test_whole_numbers_only():
    assert Scale().print(-0.4, decimals=0) == "0"
    assert LIKERT.print(0.4, decimals=0) == "3"


@pytest.mark.parametrize(
    ("valence", "level"), [(-2, 1), (-1.5, 1), (-1.4, 2), (-0.5, 2), (-0.4, 3), (0, 3), (0.49, 3), (0.5, 4), (1.5, 5), (2, 5)]
)
def test_the_face_that_shows_it(valence, level):
    assert Emotion(valence).level == level


@given(emotions())
def test_levels_are_symmetric(emotion):
    assert Emotion(-emotion.valence).level == 6 - emotion.level
