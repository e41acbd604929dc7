"""Text put in its place: blocks that fill their box from the top, lines centred on a height."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.scene import Box, Measure, Style, text_block, text_line

STYLE = Style(13)
MEASURE = Measure()
BOX = Box(x=100, y=50, width=108, height=0)


def block(text, **options):
    return text_block(text, box=options.pop("box", BOX), style=options.pop("style", STYLE), fill="#1B2333", measure=MEASURE, **options)


def line(text, **options):
    return text_line(text, x=100, middle=50, style=options.pop("style", STYLE), fill="#1B2333", measure=MEASURE, **options)


def test_a_block_starts_at_the_top_of_its_box_and_is_as_high_as_its_lines():
    text = block("Compares prices with two other lenders")
    assert text.lines == ("Compares prices", "with two other", "lenders")
    assert text.box == Box(x=100, y=50, width=108, height=3 * 17.42)
    above = text.y - MEASURE.ascent(STYLE) - text.box.y
    below = text.box.y + text.leading - text.y - MEASURE.descent(STYLE)
    assert above == pytest.approx(below)
    assert above > 0


@pytest.mark.parametrize(("anchor", "x"), [("start", 100), ("middle", 154), ("end", 208)])
def test_a_block_is_anchored_in_its_box(anchor, x):
    text = block("Price", anchor=anchor)
    assert (text.anchor, text.x, text.rtl) == (anchor, x, False)


@pytest.mark.parametrize(("anchor", "drawn", "x"), [("start", "end", 208), ("middle", "middle", 154), ("end", "start", 100)])
def test_text_read_from_right_to_left_starts_at_the_right(anchor, drawn, x):
    text = block("12 שקל", anchor=anchor)
    assert (text.anchor, text.x, text.rtl) == (drawn, x, True)
    assert text.box.x == 100


def test_given_lines_stay_as_they_are():
    given_lines = ("Compares prices with two other lenders", "  and more")
    assert block(given_lines).lines == given_lines
    assert block("Compares prices with two\nother lenders", lines_given=True).lines == ("Compares prices with two", "other lenders")
    assert block(()).box.height == 0


def test_what_was_cut_off_is_told_in_the_title():
    text = block("Compares prices with two other lenders", max_lines=2)
    assert text.lines[-1].endswith("…")
    assert text.title == "Compares prices with two other lenders"
    assert block("Compares prices", max_lines=2).title is None
    assert block("Compares prices with two other lenders", max_lines=1, title="Prices").title == "Prices"
    assert block("Waits…\nand waits…", max_lines=2).title is None


def test_bold_italic_is_drawn_by_the_one_italic_cut():
    text = block("Price", style=Style(13, 700, italic=True))
    assert (text.weight, text.italic) == (400, True)
    text = line("Price", style=Style(13, 700, italic=True))
    assert (text.weight, text.italic) == (400, True)


def test_a_line_is_centred_by_its_capitals():
    text = line("Price")
    assert text.y - MEASURE.cap_height(STYLE) / 2 == pytest.approx(50)
    assert text.box.height == STYLE.leading
    assert text.box.y < text.y < text.box.bottom


@pytest.mark.parametrize(("anchor", "left"), [("start", 100), ("middle", 100 - 15), ("end", 100 - 30)])
@pytest.mark.parametrize("word", ["Price", "שקל"])
def test_a_line_takes_the_room_its_anchor_gives_it_in_either_direction(anchor, left, word):
    text = line(word, anchor=anchor)
    share = {"start": 0, "middle": 0.5, "end": 1}[anchor]
    assert text.box.x == pytest.approx(100 - share * text.box.width)
    assert text.box.width == pytest.approx(MEASURE.width(word, STYLE))
    assert text.x == pytest.approx({"start": text.box.x, "middle": text.box.centre, "end": text.box.right}[text.anchor])
    assert text.rtl == (word != "Price")
    assert abs(text.box.x - left) < 10


def test_a_line_is_shortened_to_its_room_and_tells_the_whole():
    text = line("Uploads proof of income", room=100)
    assert text.lines == ("Uploads proof…",)
    assert text.box.width <= 100
    assert text.title == "Uploads proof of income"
    assert line("Uploads", room=90).title is None


@given(st.text(max_size=80), st.floats(min_value=0, max_value=300))
def test_no_text_leaves_its_box(text, room):
    box = Box(x=0, y=0, width=room, height=0)
    found = text_block(text, box=box, style=STYLE, fill="#000000", measure=MEASURE)
    assert found.box.height == pytest.approx(len(found.lines) * STYLE.leading)
    assert found.y - MEASURE.ascent(STYLE) >= found.box.y - 1e-9
    last = found.y + (len(found.lines) - 1) * found.leading
    assert last + MEASURE.descent(STYLE) <= found.box.bottom + 1e-9


def test_everything_else_is_handed_on():
    extras = {"halo": "#FFFFFF", "about": "touchpoint:pay", "title": "Pays", "link": "https://example.org"}
    for text in (block("Pays", **extras), line("Pays", **extras)):
        assert (text.halo, text.about, text.title, text.link, text.fill) == (
            "#FFFFFF",
            "touchpoint:pay",
            "Pays",
            "https://example.org",
            "#1B2333",
        )
