from __future__ import annotations

import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from journeymap.backends.svg import svg
from journeymap.backends.svg_shapes import number
from journeymap.errors import RenderError
from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import Box, Circle, CurveTo, Group, LineTo, MoveTo, Paint, Path, Rect, Text, Use
from journeymap.testing.scenes import HOSTILE_WORDS, hostile, lettering, sample_scenes, shapes
from journeymap.testing.values import texts as any_texts

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def drawn(*scenes, **options):
    return etree.fromstring(svg(scenes, **{"font": "system", **options}))


def scene(*held, **fields):
    return Scene(**{"width": 200, "height": 100, "title": "A map", "shapes": held, **fields})


def text(*lines, **fields):
    box = Box(x=10, y=10, width=100, height=40)
    return Text(**{"lines": lines, "x": 10, "y": 20, "box": box, "size": 13, "leading": 17.42, "fill": "#1B2333", **fields})


def test_the_root_tells_what_the_picture_is():
    root = drawn(scene(title="Buy a bike", description="Two stages.", language="de-AT"))
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Buy a bike")
    assert (desc.tag, desc.text) == (f"{SVG}desc", "Two stages.")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert root.get("lang") == root.get(LANG) == "de-AT"
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("200", "100", "0 0 200 100")
    assert root.get("font-family").startswith("'journeymap Inter', Inter, ")


def test_a_scene_without_description_is_described_by_its_title():
    assert drawn(scene(title="Buy a bike"))[1].text == "Buy a bike"


def test_groups_and_titles_are_read_aloud():
    root = drawn(
        scene(Group(shapes=[Circle(x=1, y=1, radius=1, paint=Paint(), title="Dot")], label="Step 1", role="touchpoint", about="pay"))
    )
    group = root.find(f".//{SVG}g[@aria-label]")
    assert (group.get("role"), group.get("aria-label"), group.get("data-role"), group.get("data-about")) == (
        "group",
        "Step 1",
        "touchpoint",
        "pay",
    )
    assert group[0].find(f"{SVG}title").text == "Dot"


def test_the_title_of_a_text_is_not_part_of_its_words():
    root = drawn(scene(text("Pays", title="Pays online")))
    said = root.find(f".//{SVG}text")
    assert said.text == "Pays"
    assert said.getparent().find(f"{SVG}title").text == "Pays online"


def test_every_line_is_placed_and_the_box_is_told():
    root = drawn(scene(text("Uploads proof", "of income", anchor="middle", x=60, weight=600)))
    said = root.find(f".//{SVG}text")
    assert [(line.get("x"), line.get("y"), line.text) for line in said] == [("60", "20", "Uploads proof"), ("60", "37.42", "of income")]
    assert (said.get("text-anchor"), said.get("font-weight")) == ("middle", "600")
    x, y, width, height = map(float, said.get("data-box").split())
    assert x <= 10
    assert x + width >= 110
    assert (y, height) == (10, 40)


def test_lines_without_leading_do_not_stand_on_one_another():
    lines = drawn(scene(text("one", "two", leading=0))).find(f".//{SVG}text")
    assert float(lines[1].get("y")) - float(lines[0].get("y")) > 13


def test_text_from_right_to_left_is_isolated_and_ends_at_its_anchor():
    said = drawn(scene(text("يدفع", rtl=True, anchor="end", x=110))).find(f".//{SVG}text")
    assert said.text == "\u2067يدفع\u2069"
    assert (said.get("text-anchor"), said.get("x"), said.get("direction")) == ("end", "110", None)


def test_italic_text_is_never_made_bold_since_no_such_cut_ships():
    said = drawn(scene(text("quote", italic=True, weight=700))).find(f".//{SVG}text")
    assert (said.get("font-style"), said.get("font-weight")) == ("italic", None)


@pytest.mark.parametrize("line", ["  two  spaces  ", " before", "after ", "tab\tstop"])
def test_spaces_are_kept(line):
    said = drawn(scene(text(line))).find(f".//{SVG}text")
    assert said.text == line
    assert said.get(SPACE) == "preserve"


@given(any_texts())
def test_all_text_comes_back_from_the_file(words):
    root = drawn(scene(text(words, title=words), title=f"x{words}", description=words))
    said = root.find(f".//{SVG}text")
    assert "".join(said.itertext()) == words
    assert root[0].text == f"x{words}"


@given(st.text(st.characters(exclude_categories=())))
def test_no_character_makes_the_file_invalid(words):
    group = Group(shapes=[text(words, about=words, title=words, link=words)], label=words, role=words, about=words, title=words, link=words)
    root = drawn(scene(group, title=f"x{words}", description=words, language=words))
    assert root.tag == f"{SVG}svg"


def test_what_no_file_can_hold_becomes_a_replacement_character():
    said = drawn(scene(text("a\x00b\ud800c\uffffd\x7f"))).find(f".//{SVG}text")
    assert said.text == "a\ufffdb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize("link", ["https://example.org/a?b=1&c=2", "http://example.org", "mailto:a@example.org", "HTTPS://EXAMPLE.ORG"])
def test_links_of_the_web_and_of_mail_are_followed(link):
    anchor = drawn(scene(text("Pays", link=link))).find(f".//{SVG}a")
    assert (anchor.get(HREF), anchor.get("rel")) == (link, "noopener")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd", "//example.org", " https://x", "#a"]
)
def test_other_links_are_dropped_and_their_text_stays(link):
    root = drawn(scene(Group(shapes=[text("Pays", link=link)], link=link)))
    assert root.find(f".//{SVG}a") is None
    assert root.find(f".//{SVG}text").text == "Pays"


def test_a_link_in_a_link_is_dropped_and_links_have_names():
    inner = Circle(x=5, y=5, radius=5, paint=Paint(fill="#000000"), link="https://example.org/inner")
    root = drawn(scene(Group(shapes=[inner], label="Step 1", link="https://example.org/outer"), inner))
    assert [(a.get(HREF), a.get("aria-label")) for a in root.iter(f"{SVG}a")] == [
        ("https://example.org/outer", "Step 1"),
        ("https://example.org/inner", "https://example.org/inner"),
    ]


def test_hostile_words_stay_words():
    root = drawn(hostile(), font="embed")
    assert not {etree.QName(e).localname for e in root.iter()} & {"script", "foreignObject", "iframe", "object"}
    assert not any(key.lower().startswith("on") for element in root.iter() for key in element.keys())  # noqa: SIM118 - an element, no dict
    said = "".join(root.itertext())
    assert all(words in said for words in HOSTILE_WORDS if words.isprintable())


def test_all_ids_of_a_picture_share_a_prefix_that_only_the_same_picture_has():
    one, other = svg([shapes()]), svg([evolve(shapes(), paper="#FFFFFE")])
    assert one == svg([shapes()])
    ids = [{e.get("id") for e in etree.fromstring(file).iter() if e.get("id")} for file in (one, other)]
    assert len({i.partition("-")[0] for i in ids[0]}) == 1
    assert not ids[0] & ids[1]


def test_every_reference_points_to_something():
    for file in (svg(sample_scenes()), *(svg([sample]) for sample in sample_scenes())):
        root = etree.fromstring(file)
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        uses = [use.get(HREF) for use in root.iter(f"{SVG}use")]
        assert {use[1:] for use in uses} <= set(ids)


def test_several_scenes_stand_under_one_another_each_with_its_name_and_symbols():
    dot = Symbol("dot", [Circle(x=0, y=0, radius=3, paint=Paint(fill="#112233"))])
    blob = Symbol("dot", [Circle(x=0, y=0, radius=9, paint=Paint(fill="#112233"))])
    use = Use(symbol="dot", x=5, y=5)
    root = drawn(
        scene(use, symbols=[dot], title="First", description="One."),
        scene(use, symbols=[blob], title="Second", description="Two.", width=300, paper="#000000", language="de"),
    )
    assert (root.get("width"), root.get("height")) == ("300", "224")
    assert root[1].text == "One.\nTwo."
    pages = root.findall(f"{SVG}g[@aria-label]")
    assert [(page.get("aria-label"), page.get("transform")) for page in pages] == [
        ("First", "translate(0 0)"),
        ("Second", "translate(0 124)"),
    ]
    assert pages[1].get(LANG) == "de"
    assert pages[1][0].get("fill") == "#000000"
    radii = {g.get("id"): g[0].get("r") for g in root.find(f"{SVG}defs")}
    assert [radii[page.find(f"{SVG}use").get(HREF)[1:]] for page in pages] == ["3", "9"]


def test_only_the_slices_of_the_font_that_are_used_travel_along():
    plain = drawn(scene(text("Pays")), font="embed").findtext(f".//{SVG}style")
    assert plain.count("@font-face") == 1
    assert "font-weight:400" in plain
    assert "url(data:font/woff2;base64," in plain
    mixed = drawn(scene(text("Pays"), text("Платит", weight=700), text("quote", italic=True)), font="embed").findtext(f".//{SVG}style")
    assert mixed.count("@font-face") == 3
    assert "http" not in mixed


def test_a_picture_without_fonts_has_no_style():
    assert drawn(scene(text("Pays"))).find(f".//{SVG}style") is None
    assert drawn(scene(), font="embed").find(f".//{SVG}style") is None


def test_another_font_is_an_error():
    with pytest.raises(RenderError, match="'embedded' is not one of embed, system; did you mean 'embed'"):
        svg([scene()], font="embedded")


def curve(y):
    return Path(steps=[MoveTo(10, y), CurveTo(20, y, 30, 50, 40, 50), LineTo(60, y)], paint=Paint(stroke="#1B2333"), role="emotion-curve")


def face(x, y):
    return Group(shapes=[Use(symbol="face", x=x, y=y)], role="point", label="Pays")


def test_the_points_of_the_only_curve_can_be_found():
    symbols = [Symbol("face", [Circle(x=0, y=0, radius=9, paint=Paint(fill="#112233"))])]
    ringed = Group(shapes=[Circle(x=60, y=20, radius=14, paint=Paint()), Use(symbol="face", x=60, y=20)], role="point")
    root = drawn(scene(curve(20), face(10, 20), ringed, symbols=symbols))
    path = root.find(f".//{SVG}path")
    assert (path.get("class"), path.get("data-bounds")) == ("curve", "10 20 50 30")
    points = root.findall(f".//{SVG}g[@class='pt']")
    assert [(p.get("data-cx"), p.get("data-cy")) for p in points] == [("10", "20"), ("60", "20")]


def test_the_points_of_several_curves_cannot_be_told_apart_and_are_left_out():
    symbols = [Symbol("face", [Circle(x=0, y=0, radius=9, paint=Paint(fill="#112233"))])]
    root = drawn(scene(curve(20), curve(70), face(10, 20), symbols=symbols))
    assert root.find(f".//{SVG}g[@class='pt']") is None
    assert root.find(f".//{SVG}g[@data-role='point']") is not None


@given(st.floats(-1e9, 1e9))
def test_numbers_have_two_decimals_and_no_exponent(value):
    written = number(value)
    assert float(written) == pytest.approx(value, abs=0.00501)
    assert "e" not in written
    assert written != "-0"
    assert len(written.partition(".")[2]) <= 2


def test_groups_nested_too_deep_are_an_error_and_not_a_crash():
    nested = Rect(box=Box(x=0, y=0, width=1, height=1), paint=Paint())
    for _ in range(2000):
        nested = Group(shapes=[nested])
    with pytest.raises(RenderError, match="more than 100 deep"):
        svg([scene(nested)])


def test_other_users_of_the_standard_library_notice_nothing():
    code = (
        "import xml.etree.ElementTree as ET\n"
        "tree = ET.fromstring('<a b=\"1 &amp; &#10;2\"><c>&lt;]]&gt;</c>t<!-- x --></a>')\n"
        "before = ET.tostring(tree)\n"
        "import journeymap.backends.svg, sys\n"
        "assert ET.tostring(tree) == before\n"
        "heavy = sorted({'matplotlib', 'numpy', 'fontTools', 'PIL', 'networkx', 'cattrs'} & set(sys.modules))\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_lettering_uses_no_css_but_the_fonts():
    root = drawn(lettering(), font="embed")
    assert not root.xpath("//@style")
    assert "@font-face" in root.findtext(f".//{SVG}style")
