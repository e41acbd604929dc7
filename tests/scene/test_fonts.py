"""The fonts that ship: which slices a picture carries along, and that what is measured is what the files hold."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from journeymap.errors import FileError
from journeymap.scene import Box, Measure, Style, Text, font_faces, font_file, metrics

CUTS = [(400, False), (500, False), (600, False), (700, False), (400, True)]


def drawn(*lines, weight=400, italic=False):
    return Text(lines=lines, x=0, y=0, box=Box(x=0, y=0, width=99, height=20), size=13, fill="#000000", weight=weight, italic=italic)


def slices(*texts):
    return [(face.weight, face.italic, len(face.data)) for face in font_faces(texts)]


def covered(face, character):
    ranges = [part.removeprefix("U+").split("-") for part in face.unicode_range.split(",")]
    return any(int(ends[0], 16) <= ord(character) <= int(ends[-1], 16) for ends in ranges)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Compares prices", 1),
        ("Größe: 12 €", 1),
        ("Việt Nam", 1),
        ("cafe\u0301", 1),
        ("Ελλάδα", 1),
        ("Їжак", 1),
        ("Їжак & Größe", 2),
        ("漢字", 0),
        ("", 0),
    ],
)
def test_a_picture_carries_only_the_slices_it_needs(line, count):
    faces = font_faces([drawn(line)])
    assert len(faces) == count
    latin = [character for character in line if character < "\u3000"]
    assert all(any(covered(face, character) for face in faces) for character in latin)


def test_plain_english_takes_the_smallest_latin_slice():
    (english,), (german,), (vietnamese,) = (font_faces([drawn(line)]) for line in ("the price", "der größte", "Việt Nam"))
    assert len(english.data) < len(german.data) < len(vietnamese.data)
    assert covered(english, "e")
    assert not covered(english, "ö")
    assert covered(german, "e")


def test_no_character_is_in_two_faces_of_a_cut_but_marks_that_combine():
    faces = font_faces([drawn("Việt Nam", "Ελλάδα", "Їжак")])
    assert len(faces) == 3
    assert [c for c in map(chr, range(0x20, 0x2800)) if sum(covered(face, c) for face in faces) > 1] == list(
        "\u0300\u0301\u0304\u0306\u0308"
    )


def test_faces_come_by_cut_whatever_the_order_of_the_texts():
    texts = [drawn("Bold", weight=700), drawn("Slanted", italic=True), drawn("Plain"), drawn("Slanted too", weight=700, italic=True)]
    assert slices(*texts) == slices(*reversed(texts))
    assert [(face.weight, face.italic) for face in font_faces(texts)] == [(400, False), (700, False), (400, True)]
    assert all(face.data.startswith(b"wOF2") for face in font_faces(texts))


@pytest.mark.parametrize(("weight", "italic"), CUTS)
def test_what_is_measured_is_what_the_file_of_the_cut_holds(weight, italic):
    font = TTFont(font_file(weight, italic))
    cmap = font.getBestCmap()
    marks = font["GDEF"].table.GlyphClassDef.classDefs
    measure, style = Measure(), Style(font["head"].unitsPerEm, weight, italic)
    invisible = {"\u00ad", "\u200b", "\u2060"}
    for point, glyph in cmap.items():
        advance = 0 if chr(point) in invisible or marks.get(glyph) == 3 else font["hmtx"][glyph][0]
        assert measure.width(chr(point), style) == advance, hex(point)
    assert measure.ascent(style) == font["hhea"].ascent
    assert measure.descent(style) == -font["hhea"].descent
    assert measure.cap_height(style) == font["OS/2"].sCapHeight
    assert font["OS/2"].usWeightClass == weight


def test_every_cut_can_be_told_apart_by_its_name():
    names = {TTFont(font_file(weight, italic))["name"].getDebugName(6) for weight, italic in CUTS}
    assert len(names) == len(CUTS)


def test_italic_has_one_cut_whatever_the_weight():
    assert font_file(700, italic=True) == font_file(400, italic=True)
    assert Measure().width("Price", Style(13, 700, italic=True)) == Measure().width("Price", Style(13, italic=True))


def test_fonts_that_were_never_made_are_told_with_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(metrics, "FONTS", tmp_path)
    with pytest.raises(FileError, match=r"the fonts are missing; install journeymap with pip, or run build_fonts\.py"):
        metrics.font_data("inter-400-basic.woff2")


def test_the_licence_of_the_fonts_lies_beside_them():
    assert "SIL OPEN FONT LICENSE" in (font_file().parent / "OFL.txt").read_text(encoding="utf-8").upper()


def test_measuring_loads_no_font_library():
    program = (
        "import sys; from journeymap.scene import Measure, Style, font_faces; Measure().wrap('Compares prices', 50, Style(13));"
        "print([name for name in ('fontTools', 'matplotlib', 'numpy', 'PIL') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == "[]\n"


@pytest.fixture
def build_fonts(monkeypatch):
    spec = importlib.util.spec_from_file_location("build_fonts", Path(__file__).parents[2] / "build_fonts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "_stamp", lambda: "these tools")
    return module


def test_the_build_makes_the_fonts_once_and_leaves_nothing_else_behind(build_fonts, monkeypatch, tmp_path):
    runs = []

    def fonts():
        runs.append("run")
        yield "inter-400.ttf", b"a font"

    monkeypatch.setattr(build_fonts, "fonts", fonts)
    (tmp_path / "inter-300.ttf").write_bytes(b"of an older version")
    build_fonts.build(tmp_path)
    build_fonts.build(tmp_path)
    assert len(runs) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inter-400.ttf", "stamp.txt"]
    monkeypatch.setattr(build_fonts, "_stamp", lambda: "newer tools")
    build_fonts.build(tmp_path)
    assert len(runs) == 2


def test_a_build_that_was_broken_off_is_done_again(build_fonts, monkeypatch, tmp_path):
    def broken():
        yield "inter-400.ttf", b"a font"
        raise KeyboardInterrupt

    monkeypatch.setattr(build_fonts, "fonts", broken)
    with pytest.raises(KeyboardInterrupt):
        build_fonts.build(tmp_path)
    monkeypatch.setattr(build_fonts, "fonts", lambda: iter([("inter-400.ttf", b"the font")]))
    build_fonts.build(tmp_path)
    assert (tmp_path / "inter-400.ttf").read_bytes() == b"the font"
