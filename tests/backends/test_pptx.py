"""Slides hold native shapes in their places, and every word as text."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator

import pptx as reader
import pytest
from attrs import evolve
from pptx.enum.shapes import MSO_SHAPE_TYPE

import journeymap as jm
from journeymap.backends.pptx import pptx
from journeymap.scene import Box, Circle, Group, Paint, Rect, Scene, Symbol, Text, Use
from journeymap.testing.scenes import HOSTILE_WORDS, hostile, lettering, shapes

EMU = 9525
INK = "#1B2333"


def opened(scenes, **options):
    return reader.Presentation(io.BytesIO(pptx(scenes, **options)))


def walked(held) -> Iterator:
    for shape in held:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from walked(shape.shapes)


def sheet(*held, width=300.0, height=200.0, symbols=()):
    return Scene(width=width, height=height, title="A sheet", shapes=held, symbols=symbols)


def said(words, **changes):
    text = Text(lines=words, x=20, y=40, box=Box(x=20, y=27, width=120, height=17.4 * len(words)), size=13, leading=17.4, fill=INK)
    return evolve(text, **changes)


def test_a_slide_a_page_as_large_as_the_largest():
    made = opened([sheet(), sheet(width=400, height=100)])
    assert (made.slide_width, made.slide_height) == (400 * EMU, 200 * EMU)
    assert len(made.slides) == 2


def test_shapes_stand_where_they_stand_in_the_scene():
    card = Rect(box=Box(x=10, y=20, width=80, height=40), radius=8, paint=Paint(fill="#EEF1FC", stroke=INK, width=2))
    (shape,) = walked(opened([sheet(card)]).slides[0].shapes)
    assert (shape.left, shape.top, shape.width, shape.height) == (10 * EMU, 20 * EMU, 80 * EMU, 40 * EMU)
    assert shape.adjustments[0] == pytest.approx(0.2)
    assert str(shape.fill.fore_color.rgb) == "EEF1FC"
    assert shape.line.width == 2 * EMU


def test_symbols_are_drawn_where_they_are_used():
    dot = Symbol("dot", [Circle(x=0, y=0, radius=5, paint=Paint(fill=INK))])
    group, circle = walked(opened([sheet(Use(symbol="dot", x=100, y=50), symbols=[dot])]).slides[0].shapes)
    for shape in (group, circle):
        assert (shape.left, shape.top, shape.width) == (95 * EMU, 45 * EMU, 10 * EMU)


def test_text_is_editable_with_its_lines_size_weight_and_colour():
    (shape,) = walked(opened([sheet(said(["Pays", "online"], weight=700))]).slides[0].shapes)
    assert shape.text_frame.text == "Pays\vonline"
    run = shape.text_frame.paragraphs[0].runs[0]
    assert run.font.size.pt == 9.75
    assert run.font.bold
    assert run.font.name == "Arial"
    assert str(run.font.color.rgb) == "1B2333"


def test_every_word_of_a_map_is_on_its_slide():
    journey = jm.Journey("Buy", [jm.Stage("Choose", [jm.Touchpoint("Test ride", thoughts=["Wow"], pains=[jm.PainPoint("Rain")])])])
    picture = jm.render(journey)
    slide = reader.Presentation(io.BytesIO(picture.to("pptx"))).slides[0]
    there = "".join(shape.text_frame.text for shape in walked(slide.shapes) if shape.has_text_frame)
    lines = [line for text in picture.scene.walk() if isinstance(text, Text) for line in text.lines]
    assert lines
    assert [line for line in lines if line not in there] == []
    assert slide.notes_slide.notes_text_frame.text == picture.scene.description


def test_groups_and_pictures_are_read_aloud():
    made = opened([sheet(Group(shapes=[said(["x"])], label="Step 1"))])
    assert 'descr="Step 1"' in made.slides[0].shapes[0].element.xml


def test_links_lead_to_web_and_mail_only():
    card = Rect(box=Box(x=1, y=1, width=9, height=9), paint=Paint(fill=INK))
    links = ("https://example.org/a?b=1&c=2", "javascript:alert(1)", "file:///etc/passwd")
    slide = opened([sheet(*(evolve(card, link=link) for link in links))]).slides[0]
    assert [shape.click_action.hyperlink.address for shape in slide.shapes] == [links[0], None, None]


def test_hostile_words_stay_words():
    slide = opened([hostile()]).slides[0]
    there = [shape.text_frame.text for shape in walked(slide.shapes) if shape.has_text_frame]
    assert there[0] == HOSTILE_WORDS[0]
    assert len(there) == len(HOSTILE_WORDS)


def test_a_giant_map_is_made_smaller_and_a_tiny_one_gets_a_slide():
    giant = opened([sheet(Rect(box=Box(x=0, y=0, width=20_000, height=10), paint=Paint(fill=INK)), width=20_000)])
    assert giant.slide_width == 56 * 914_400
    assert giant.slides[0].shapes[0].width == 56 * 914_400
    assert opened([sheet(width=10, height=10)]).slide_width == 914_400


def test_the_same_bytes_whenever_they_are_made():
    made = pptx([shapes(), lettering()])
    assert made == pptx([shapes(), lettering()])
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_font_is_chosen():
    (shape,) = walked(opened([sheet(said(["x"]))], font="Inter").slides[0].shapes)
    assert shape.text_frame.paragraphs[0].runs[0].font.name == "Inter"
    with pytest.raises(jm.RenderError, match="font '' is no name of a font"):
        pptx([sheet()], font="")


def test_without_python_pptx_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(jm.MissingExtra, match=r'pip install "journeymap\[office\]"'):
        pptx([sheet()])
