"""How wide text is: what stands on something takes no room, what belongs together counts once, and nothing is too small."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.scene import Measure, Style

EM = Style(1)


def width(text, style=EM):
    return Measure().width(text, style)


def test_width_grows_with_the_size_and_the_weight():
    assert width("Compares prices", Style(26)) == 2 * width("Compares prices", Style(13))
    assert width("Compares prices", Style(13)) < width("Compares prices", Style(13, 600)) < width("Compares prices", Style(13, 700))


@pytest.mark.parametrize(
    ("text", "em"),
    [
        ("", 0),
        ("漢字", 2),
        ("カナ", 2),
        ("！", 1),
        ("가나", 2),
        ("👍", 1.25),
        ("👍🏽", 1.25),
        ("❤️", 1.25),
        ("1️⃣", 1.25),
        ("👩‍👩‍👧‍👦", 1.25),
        ("👨🏿‍🚀", 1.25),
        ("🇩🇪🇫🇷", 2.5),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1.25),
        ("\ue000", 1),
        ("\U000f0000", 1),
    ],
)
def test_characters_of_other_fonts_have_a_safe_width(text, em):
    assert width(text) == pytest.approx(em, abs=0.001)


@pytest.mark.parametrize(
    "mark",
    ["\u0301", "\u0323", "\u0340", "\u200d", "\u200b", "\u2060", "\ufe0f", "\u00ad", "\u202e", "\u05b0", "\u064b", "\u093f\u0902"[1:]],
)
def test_marks_and_what_is_not_drawn_take_no_room(mark):
    assert width("a" + mark) == width("a")


@pytest.mark.parametrize("pair", ["її", "ïï", "_j", "(j", "AA", "rr"])
def test_neighbours_that_kerning_moves_apart_take_the_room_between_them(pair):
    assert width(pair) > width(pair[0]) + width(pair[1])


def test_kerning_that_moves_together_is_left_out():
    assert width("AV") == width("A") + width("V")


@pytest.mark.parametrize("letter", ["é", "Ί", "ї", "Ế", "ẅ"])
def test_a_letter_is_as_wide_however_its_marks_are_written(letter):
    assert width(unicodedata.normalize("NFD", letter)) == width(letter)
    assert Measure().wrap(unicodedata.normalize("NFD", letter), 99, Style(13)) == (letter,)


@given(st.text(st.characters(exclude_categories=["M"])), st.text(st.characters(exclude_categories=["M"])))
def test_text_is_never_wider_than_it_seems_from_its_parts_but_for_kerning(one, other):
    assert width(one + other) <= width(one) + width(other) + 0.2


@given(st.text())
def test_every_text_has_a_width(text):
    assert 0 <= width(text) <= 8 * len(text)


def test_heights_follow_the_font():
    style = Style(2048)
    assert (Measure().ascent(style), Measure().descent(style), Measure().cap_height(style)) == (1984, 494, 1490)


def test_leading_follows_the_size_unless_given():
    assert Style(13).leading == 17.42
    assert Style(13, leading=16).leading == 16


@pytest.mark.parametrize("size", [0, -1, float("nan"), float("inf")])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(RenderError, match="is no size of text"):
        Style(size)
    with pytest.raises(RenderError, match="is no size of text"):
        Style(13, leading=size)


def test_the_longest_word_is_what_only_force_would_cut():
    measure, style = Measure(), Style(13)
    assert measure.longest_word("an easy self-service", style) == measure.width("service", style)
    assert measure.longest_word("漢字の本", style) == measure.width("字", style)
    assert measure.longest_word("Zins\u00adsatz", style) == measure.width("Zins-", style)
    assert measure.longest_word("", style) == 0
