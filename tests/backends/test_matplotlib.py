from __future__ import annotations

import io
import sys
import threading

import matplotlib as mpl
import numpy as np
import pytest
from attrs import evolve
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image as Raster

from journeymap.backends.matplotlib import draw, pdf, png
from journeymap.errors import RenderError
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Image, Line, LineTo, MoveTo, Paint, Path, Rect, Text
from journeymap.scene.text import Measure, Style
from journeymap.testing.scenes import PNG, lettering, scripts, shapes


def scene(*held, **fields):
    return Scene(**{"width": 200, "height": 100, "title": "A map", "shapes": held, **fields})


def text(words, **fields):
    box = Box(x=0, y=0, width=200, height=40)
    return Text(**{"lines": [words], "x": 10, "y": 60, "box": box, "size": 24, "fill": "#000000", **fields})


def dots(data):
    return np.asarray(Raster.open(io.BytesIO(data)))


def ink(data):
    """The columns and rows that something dark is drawn in: left, top, right, bottom."""
    found = np.argwhere(dots(data).min(axis=2) < 128)
    (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0)
    return left, top, right, bottom


def test_a_png_has_the_size_and_resolution_that_is_asked_for():
    picture = Raster.open(io.BytesIO(png([scene()], dpi=192)))
    assert picture.size == (400, 200)
    assert picture.info["dpi"] == pytest.approx((192, 192), abs=0.1)
    assert set(picture.info) == {"dpi"}
    assert picture.mode == "RGB"


def test_sizes_that_are_no_whole_dots_are_rounded_up():
    assert Raster.open(io.BytesIO(png([scene()], dpi=200))).size == (417, 209)


def test_shapes_stand_where_the_scene_puts_them():
    left, top, right, bottom = ink(png([scene(Rect(box=Box(x=20, y=30, width=50, height=40), paint=Paint(fill="#000000")))], dpi=96))
    assert (left, top, right, bottom) == (20, 30, 69, 69)


def test_several_scenes_stand_under_one_another_in_one_png():
    one, other = scene(paper="#102030"), scene(paper="#F0E0D0", width=120, height=60)
    found = dots(png([one, other], dpi=96))
    assert found.shape == (184, 200, 3)
    assert tuple(found[50, 100]) == tuple(found[110, 100]) == (0x10, 0x20, 0x30)
    assert tuple(found[150, 60]) == (0xF0, 0xE0, 0xD0)


@pytest.mark.parametrize(("anchor", "edge"), [("start", 0), ("end", 2)])
def test_text_begins_or_ends_at_its_anchor(anchor, edge):
    assert ink(png([scene(text("HIH", x=100, anchor=anchor))], dpi=96))[edge] == pytest.approx(100, abs=3)


def test_capitals_stand_on_the_baseline():
    assert ink(png([scene(text("HIH"))], dpi=192))[3] == 119


def test_dollars_are_money_and_no_maths():
    plain, dollars = (ink(png([scene(text(words))], dpi=96))[2] for words in ("xx", "$x$"))
    assert dollars > plain


def test_dashes_are_as_long_as_the_scene_says_whatever_the_width():
    line = Line(x1=0, y1=50, x2=200, y2=50, paint=Paint(stroke="#000000", width=6, dash=(10, 10)))
    row = dots(png([scene(line)], dpi=96))[50, :, 0] < 128
    assert row[:10].all()
    assert not row[10:20].any()
    assert row[20:30].all()


def test_dashes_of_odd_number_go_on_as_in_svg():
    line = Line(x1=0, y1=50, x2=200, y2=50, paint=Paint(stroke="#000000", width=6, dash=(10,)))
    row = dots(png([scene(line)], dpi=96))[50, :, 0] < 128
    assert row[:10].all()
    assert not row[10:20].any()


def test_pictures_keep_their_proportions():
    found = dots(png([scene(Image(box=Box(x=50, y=0, width=100, height=100), data=PNG, media_type="image/png"))], dpi=96))
    assert (found[10, 50:150] == 255).all()
    assert not (found[50, 52:148] == 255).all(axis=1).any()


@pytest.mark.parametrize("data", [PNG[:60], b"\x89PNG\r\n\x1a\n and no more"])
def test_broken_pictures_are_an_error(data):
    with pytest.raises(RenderError, match="picture 'Maya' cannot be read") as caught:
        png([scene(Image(box=Box(x=0, y=0, width=9, height=9), data=data, media_type="image/png", title="Maya"))])
    assert "0x" not in str(caught.value)


def test_a_broken_jpeg_is_told_without_an_address_in_memory():
    with pytest.raises(RenderError, match="cannot be read: cannot identify image file the data") as caught:
        png([scene(Image(box=Box(x=0, y=0, width=9, height=9), data=b"\xff\xd8\xff and no more", media_type="image/jpeg"))])
    assert "0x" not in str(caught.value)


@pytest.mark.parametrize("dpi", [0.01, 1, 1.5, 2, 4, 9.9])
def test_a_resolution_at_which_nothing_is_told_apart_is_an_error_that_says_the_least(dpi):
    with pytest.raises(RenderError, match=r"dpi .* is below 10"):
        png([shapes()], dpi=dpi)
    assert png([shapes(), lettering()], dpi=10).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", [png, pdf])
def test_text_of_any_size_is_drawn_or_refused(kind):
    assert kind([scene(text("Pays", size=0.001))])
    with pytest.raises(RenderError, match=r"text of 10000000.* px is too large to be drawn; .* px is the most"):
        kind([scene(text("Pays", size=1e7))])


@pytest.mark.parametrize("kind", [png, pdf])
@pytest.mark.parametrize("fallback", ["letters.ttf", 5, None, [None], [3]])
def test_fallback_is_a_list_of_files(kind, fallback):
    with pytest.raises(RenderError, match="font file"):
        kind([scene()], fallback=fallback)


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf"), "200", None])
def test_a_resolution_that_is_none_is_an_error(dpi):
    with pytest.raises(RenderError, match=r"dpi .* is not a number above 0"):
        png([scene()], dpi=dpi)


def test_giant_pictures_are_refused_with_a_resolution_that_works():
    with pytest.raises(RenderError, match=r"too large; use dpi=(\d+) or less") as caught:
        png([scene(width=40_000, height=20_000)])
    works = int(str(caught.value).split("dpi=")[1].split()[0])
    assert (40_000 * works / 96) * (20_000 * works / 96) <= 300_000_000


def test_the_settings_of_matplotlib_neither_change_nor_matter(monkeypatch):
    before = png([lettering()], dpi=96), pdf([lettering()])
    monkeypatch.setitem(mpl.rcParams, "savefig.bbox", "tight")
    monkeypatch.setitem(mpl.rcParams, "font.size", 30)
    monkeypatch.setitem(mpl.rcParams, "pdf.fonttype", 3)
    monkeypatch.setitem(mpl.rcParams, "lines.scale_dashes", False)
    settings = dict(mpl.rcParams)
    assert (png([lettering()], dpi=96), pdf([lettering()])) == before
    assert dict(mpl.rcParams) == settings


def test_threads_do_not_disturb_one_another():
    wanted = {kind: kind([shapes()]) for kind in (png, pdf)}
    settings = dict(mpl.rcParams)
    found = []

    def work(kind):
        found.extend((kind, kind([shapes()])) for _ in range(4))

    threads = [threading.Thread(target=work, args=[kind]) for kind in (png, pdf, png, pdf)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert len(found) == 16
    assert all(wanted[kind] == data for kind, data in found)
    assert dict(mpl.rcParams) == settings


def test_corners_are_sharp_unless_they_are_asked_to_be_round():
    square = Rect(box=Box(x=40, y=20, width=60, height=60), paint=Paint(stroke="#000000", width=20))
    path = Path(steps=[MoveTo(40, 80), LineTo(40, 20), LineTo(100, 20)], paint=square.paint, round_ends=True)
    sharp, rounded = (dots(png([scene(shape)], dpi=96)) for shape in (square, path))
    assert sharp[11, 31].max() < 50
    assert rounded[11, 31].min() > 200


def test_a_pdf_has_a_page_for_each_scene_on_paper_of_its_size():
    data = pdf([scene(), scene(width=960, height=480)])
    assert data.count(b"/Type /Page ") == 2
    assert b"/MediaBox [ 0 0 150 75 ]" in data
    assert b"/MediaBox [ 0 0 720 360 ]" in data


def test_a_pdf_embeds_its_fonts_and_tells_no_date_or_maker():
    data = pdf([scene(text("Pays"), title="Bezahlt (bar)")])
    assert b"/FontFile2" in data
    assert b"/ToUnicode" in data
    assert b"/Title (Bezahlt \\(bar\\))" in data
    for word in (b"CreationDate", b"Producer", b"Creator", b"Matplotlib"):
        assert word not in data


def test_pages_longer_than_readers_can_show_are_made_smaller():
    data = pdf([scene(width=96 * 400, height=9600)])
    assert b"/MediaBox [ 0 0 14400 3600 ]" in data


def test_text_of_a_pdf_leads_where_its_group_links_to():
    linked = Group(shapes=[text("Pays")], link="https://example.org/pay")
    assert b"/URI (https://example.org/pay)" in pdf([scene(linked)])
    assert b"/URI" not in pdf([scene(evolve(linked, link="javascript:alert(1)"))])


def test_characters_without_a_font_are_told_once():
    with pytest.warns(UserWarning, match=r"4 characters are drawn as \ufffd.*U\+5728.*fallback=") as told:
        png([scripts(), scripts()], dpi=48)
    assert len(told) == 1
    assert told[0].filename == __file__


@pytest.mark.filterwarnings("ignore:.*no font has them")
@pytest.mark.parametrize(
    "words",
    [
        "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 3,
        "สวัสดีครับทุกคน",
        "नमस्ते दुनिया",
        "在手机上扫描",
        "Pays สวัสดี",
        "\U0001f642\u200d\u2194" * 4,
    ],
)
@pytest.mark.parametrize("anchor", ["start", "end"])
def test_text_without_a_font_stays_in_the_room_that_was_measured(words, anchor):
    room = Measure().width(words, Style(24))
    left, _, right, _ = ink(png([scene(text(words, x=20 if anchor == "start" else 380, anchor=anchor), width=400)], dpi=96))
    assert (right - 20 if anchor == "start" else 380 - left) <= room + 1


def test_dejavu_stands_in_for_other_scripts_upright_and_slanted_without_a_warning():
    for italic in (False, True):
        png([scene(text("يدفع שלום ✓", italic=italic, rtl=True, anchor="end", x=190))], dpi=48)


def test_fonts_can_be_named_for_characters_that_are_missing():
    named = f"{mpl.get_data_path()}/fonts/ttf/STIXGeneral.ttf"
    sample = scene(text("\u210a"))
    with pytest.warns(UserWarning, match=r"U\+210A"):
        missing = png([sample], dpi=96)
    assert png([sample], dpi=96, fallback=[named]) != missing


def test_a_file_that_is_no_font_is_an_error(tmp_path):
    (tmp_path / "x.ttf").write_bytes(b"no font")
    for path in (tmp_path / "x.ttf", tmp_path / "nothing.ttf"):
        with pytest.raises(RenderError, match="is no font that can be used"):
            png([scene()], fallback=[path])


def on_axes(sample, size, place=(0, 0, 1, 1)):
    figure = Figure(figsize=size, dpi=96, facecolor="#FFFFFF")
    ax = figure.add_axes(place)
    draw(sample, ax=ax)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return ax, np.asarray(canvas.buffer_rgba())[:, :, :3]


def test_a_scene_on_axes_is_the_scene_in_a_png():
    _, found = on_axes(lettering(), (420 / 48, 230 / 48))
    wanted = dots(png([lettering()], dpi=192))
    assert found.shape == wanted.shape
    assert np.abs(found.astype(int) - wanted).mean() < 0.2


def test_what_stands_on_axes_does_not_depend_on_settings_when_it_is_drawn_or_saved():
    def saved(**settings):
        with mpl.rc_context({key.replace("_", "."): value for key, value in settings.items()}):
            stream = io.BytesIO()
            figure.savefig(stream, dpi=72)
        return stream.getvalue()

    figure = Figure(figsize=(4.2, 2.3))
    draw(lettering(), ax=figure.add_axes((0, 0, 1, 1)))
    plain = saved()
    assert saved(text_hinting="force_autohint", path_snap=True, text_antialiased=False) == plain
    assert saved(text_hinting="none", path_simplify=True) == plain


@pytest.mark.parametrize("ax", [None, 5, Figure()])
def test_axes_are_asked_for(ax):
    with pytest.raises(RenderError, match="no Axes of matplotlib; make some"):
        draw(scene(), ax=ax)


def test_letters_and_lines_grow_with_the_axes():
    ax, small = on_axes(lettering(), (4.375, 2.4))
    _, large = on_axes(lettering(), (8.75, 4.8))
    share = [float((found < 128).mean()) for found in (small, large)]
    assert share[1] == pytest.approx(share[0], rel=0.1)
    assert ax.get_xlim() == (0, 420)
    assert ax.get_ylim() == (230, 0)


def test_a_scene_stays_within_its_axes_and_can_be_cut_out():
    figure = Figure(figsize=(4, 4), dpi=96)
    ax = figure.add_axes((0.25, 0.25, 0.5, 0.5))
    draw(scene(Rect(box=Box(x=-500, y=-500, width=2000, height=2000), paint=Paint(fill="#000000"))), ax=ax)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    found = np.asarray(canvas.buffer_rgba())[:, :, 0]
    assert (found[:80] == 255).all()
    assert (found[:, :80] == 255).all()
    buffer = io.BytesIO()
    figure.savefig(buffer, bbox_inches="tight", pad_inches=0)
    assert Raster.open(buffer).size == pytest.approx((192, 96), abs=3)
