"""Text broken into lines: nothing lost, nothing too wide, few lines, even lines, and no break where none belongs."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.scene import Measure, Style
from journeymap.scene.clusters import clusters

STYLE = Style(13)
MEASURE = Measure()

WHOLE = ["👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "e\u0301", "क्षि", "กำ", "각", "か\u3099"]
"""Each is one character for its reader."""
FRAGMENTS = [
    *WHOLE,
    " ",
    "  ",
    "\u00a0",
    "\n",
    "\t",
    "-",
    "/",
    "—",
    "the",
    "customer",
    "Donaudampfschifffahrt",
    "漢字",
    "「かな」",
    "。",
    "12",
    "https://example.org/a?b=c",
    "é",
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*FRAGMENTS, "\u00ad"]), max_size=30).map("".join))
widths = st.floats(min_value=0, max_value=400)
words = st.lists(st.text("abcmWi.", min_size=1, max_size=9), min_size=1, max_size=9)


def width(line):
    return MEASURE.width(line, STYLE)


def wrap(text, room, **options):
    return MEASURE.wrap(text, room, STYLE, **options)


def letters(text):
    """All that must not be lost; a letter and its marks may have become one character."""
    seen = (character for character in text if not character.isspace() and character != "\u00ad")
    return unicodedata.normalize("NFC", "".join(seen))


@given(texts, widths)
def test_no_line_is_too_wide_unless_a_single_character_is(text, room):
    for line in wrap(text, room):
        assert width(line) <= room + 0.02 or len(list(clusters(line))) == 1


@pytest.mark.parametrize(
    "text", ["ї" * 40, "Kre\u00addit\u00adan\u00adtrag\u00ad" * 9, "Kre\u00addit\u00ad" * 400, "漢字。" * 30, "Wir warten " * 20]
)
@pytest.mark.parametrize("most", [None, 2])
def test_lines_keep_within_every_width(text, most):
    for room in range(40, 140):
        assert max(map(width, wrap(text, room, max_lines=most))) <= room + 0.01


@given(texts, widths)
def test_nothing_is_lost_but_white_space(text, room):
    found = letters("".join(wrap(text, room)))
    if "\u00ad" in text:
        assert found.replace("-", "") == letters(text).replace("-", "")
    else:
        assert found == letters(text)


@given(texts, widths)
def test_lines_have_no_white_space_at_their_ends_nor_soft_hyphens(text, room):
    for line in wrap(text, room):
        assert line == line.strip(" \t\n")
        assert "\u00ad" not in line
        assert "  " not in line


@given(texts, widths)
def test_the_same_text_always_breaks_the_same_way(text, room):
    assert wrap(text, room) == Measure().wrap(text, room, Style(13))


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=12), widths)
def test_no_line_break_divides_what_is_one_character_for_its_reader(whole, room):
    lines = wrap("".join(whole), room)
    assert [letters(cluster) for line in lines for cluster in clusters(line)] == list(map(letters, whole))


@given(words, widths)
def test_text_takes_as_few_lines_as_can_be(row, room):
    if max(map(width, row)) <= room:
        filled = [row[0]]
        for word in row[1:]:
            filled = [*filled[:-1], f"{filled[-1]} {word}"] if width(f"{filled[-1]} {word}") <= room + 0.01 else [*filled, word]
        assert len(wrap(" ".join(row), room)) == len(filled)


@given(words, st.floats(min_value=80, max_value=200))
def test_of_all_ways_with_few_lines_the_least_ragged_is_taken(row, room):
    def ragged(lines):
        *others, last = [room + 0.01 - width(line) for line in lines]
        orphan = " " not in lines[-1] and last > 2 / 3 * (room + 0.01)
        return sum(slack**2 for slack in others) + ((0.63 if orphan else 0.35) * last) ** 2

    if max(map(width, row)) > room:
        return
    ways = []
    for stops in itertools.product([False, True], repeat=len(row) - 1):
        lines = [row[0]]
        for word, stop in zip(row[1:], stops, strict=True):
            lines = [*lines, word] if stop else [*lines[:-1], f"{lines[-1]} {word}"]
        if max(map(width, lines)) <= room + 0.01:
            ways.append(lines)
    fewest = min(map(len, ways))
    found = wrap(" ".join(row), room)
    assert len(found) == fewest
    assert ragged(found) == pytest.approx(min(ragged(lines) for lines in ways if len(lines) == fewest), rel=1e-6, abs=1e-3)


@given(texts.filter(lambda text: not set(text) & set("\n\v\f\r\x85\u2028\u2029\u00ad")))
def test_a_text_fits_into_its_own_width(text):
    (line,) = wrap(text, 10**6)
    assert wrap(text, width(line)) == (line,)
    assert wrap(text, round(width(line), 2)) == (line,)


@given(texts, widths, st.integers(min_value=1, max_value=4))
def test_beyond_the_last_line_an_ellipsis_tells_that_there_is_more(text, room, most):
    whole, found = wrap(text, room), wrap(text, room, max_lines=most)
    if len(whole) <= most:
        assert found == whole
        return
    assert len(found) <= most
    assert found[-1].endswith("…")
    assert letters(text).replace("-", "").startswith(letters("".join(found))[:-1].replace("-", ""))
    for line in found:
        assert width(line) <= room + 0.02 or len(list(clusters(line))) == 1


def test_empty_text_is_one_empty_line():
    assert wrap("", 100) == wrap(" \n ", 100) == ("",)


def test_lines_are_even_and_no_word_stands_alone_at_the_end():
    assert wrap("Compares prices with two other lenders", 150) == ("Compares prices with", "two other lenders")
    assert wrap("Compares prices with two other lenders", 200) == ("Compares prices with two", "other lenders")


def test_explicit_line_breaks_stay_and_white_space_collapses():
    assert wrap("one\n\n  two\t\tthree \r\nfour\n", 500) == ("one", "", "two three", "four")


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("self-service kiosk", 60, ("self-", "service", "kiosk")),
        ("input/output", 50, ("input/", "output")),
        ("calls—waits", 44, ("calls—", "waits")),
        ("by e-mail", 45, ("by", "e-mail")),
        ("24/7 or km/h", 46, ("24/7 or", "km/h")),
        ("on 2024-05-12", 80, ("on", "2024-05-12")),
        ("a price\u00a0list", 56, ("a", "price\u00a0list")),
    ],
)
def test_where_western_text_breaks(text, room, lines):
    assert wrap(text, room) == lines


def test_chinese_and_japanese_break_between_characters_but_not_before_closing_or_after_opening_marks():
    for room in range(40, 120, 3):
        lines = wrap("彼は「便利だ。」と言った、スーパーで（安い）", room)
        assert not any(line[0] in "。、」）ー" for line in lines), lines
        assert not any(line[-1] in "「（" for line in lines), lines
    assert wrap("漢字漢字漢字", 52) == ("漢字漢字", "漢字")


def test_korean_breaks_at_its_spaces():
    assert wrap("모든 인간은 태어날", 70) == ("모든 인간은", "태어날")


def test_a_soft_hyphen_is_drawn_only_where_a_line_breaks():
    text = "Kredit\u00adantrag\u00adsteller"
    assert wrap(text, 500) == ("Kreditantragsteller",)
    assert wrap(text, 90) == ("Kreditantrag-", "steller")
    assert wrap("die neue Kredit\u00adlinie ist da", 108) == ("die neue", "Kreditlinie ist da")
    assert wrap("\u00ad\u00ad", 50) == ("",)


def test_a_web_address_stays_whole_if_it_fits_and_else_breaks_after_a_separator():
    address = "https://example.org/loans/apply?step=2&lang=en"
    assert wrap(f"See {address}", 320) == ("See", address)
    assert wrap(address, 160) == ("https://example.org/", "loans/apply?step=2&", "lang=en")


def test_a_word_wider_than_its_line_is_cut_without_a_hyphen():
    lines = wrap("Donaudampfschifffahrtsgesellschaft", 100)
    assert "".join(lines) == "Donaudampfschifffahrtsgesellschaft"
    assert len(lines) == 3


def test_a_shortened_line_ends_after_a_whole_word_unless_that_leaves_much_room():
    assert wrap("Uploads proof of income again and again", 100, max_lines=1) == ("Uploads proof…",)
    assert wrap("Income verification", 90, max_lines=1) == ("Income verif…",)
    assert wrap("Wait, and wait, and wait", 75, max_lines=1) == ("Wait, and…",)
    assert wrap("one\ntwo\nthree", 500, max_lines=2) == ("one", "two…")


def test_one_line_is_as_long_as_its_room():
    assert MEASURE.line("Uploads\n proof  of", STYLE) == "Uploads proof of"
    assert MEASURE.line("Uploads proof of", STYLE, room=width("Uploads proof of")) == "Uploads proof of"
    assert MEASURE.line("Uploads proof of", STYLE, room=70) == "Uploads…"
    assert MEASURE.line("Kre\u00addit", STYLE) == "Kredit"


@pytest.mark.parametrize("room", [0, -5, float("nan"), float("inf")])
def test_a_room_that_is_none_still_gives_lines(room):
    lines = wrap("a bc", room)
    assert lines == (("a bc",) if room == float("inf") else ("a", "b", "c"))


@pytest.mark.parametrize(
    "text", ["word " * 20_000, "x" * 100_000, "漢" * 100_000, "\u200d" * 100_000, "👩‍👧" * 30_000, "a\u00ad" * 50_000, "\n" * 100_000]
)
@pytest.mark.parametrize("room", [0, 108, 10**7])
def test_long_texts_come_to_an_end(text, room):
    assert letters("".join(wrap(text, room))).replace("-", "") == letters(text)
