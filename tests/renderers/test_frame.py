"""What frames a map: names fit their chevrons, the key shows what is used, the footer says what it rests on."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.model import Channel, Journey, Persona, Scale, Source
from journeymap.renderers.frame import (
    CHEVRON_HEIGHT,
    chevron,
    footer,
    footer_line,
    heading,
    key_items,
    key_row,
    lane_head,
    least_column,
    scope_line,
    stage_mean,
    stage_row,
    title_block,
)
from journeymap.scene.shapes import Box, Circle, Path, Shape, Text, Use
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure
from journeymap.scene.theme import LIGHT

LONG = "Understanding the process of separating from everything that was known before"


def box(width: float, height: float = 0.0) -> Box:
    return Box(x=100, y=50, width=width, height=height)


def texts(shapes: tuple[Shape, ...]) -> list[Text]:
    return [shape for shape in shapes if isinstance(shape, Text)]


def fit(name: str, width: float, period: str = "") -> tuple[float, int, bool, bool]:
    found = heading(name, width=width, measure=Measure(), period=period)
    return found.style.size, len(found.lines), found.ring, found.period


@pytest.mark.parametrize(
    ("name", "width", "period", "expected"),
    [
        ("Discover", 544, "Day 0 to 2", (17, 1, True, True)),
        ("Appointment booking", 270, "Day 0 to 2", (14, 2, True, True)),
        ("Appointment booking", 200, "Day 0 to 2", (14, 2, True, False)),
        ("Appointment booking", 136, "", (14, 2, False, False)),
        (LONG, 400, "", (14, 2, True, False)),
        (LONG, 320, "", (14, 2, False, False)),
    ],
)
def test_a_stage_name_gives_way_step_by_step(name: str, width: float, period: str, expected: tuple[float, int, bool, bool]) -> None:
    assert fit(name, width, period) == expected


def test_a_name_that_cannot_fit_is_cut_and_says_so() -> None:
    found = heading(LONG, width=120, measure=Measure())
    assert len(found.lines) == 3
    assert found.lines[-1].endswith("\u2026")


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(codec="latin-1", categories=["L", "Zs"]), min_size=1, max_size=80).filter(str.strip),
    st.sampled_from([120.0, 200.0, 544.0]),
    st.sampled_from(["", "Day 0 to 2"]),
    st.booleans(),
    st.booleans(),
)
def test_nothing_leaves_the_chevron(name: str, width: float, period: str, first: bool, last: bool) -> None:
    measure = Measure()
    group = chevron(name, number="12", box=box(width, CHEVRON_HEIGHT), theme=LIGHT, measure=measure, period=period, first=first, last=last)
    boxes = [text.box for text in texts(group.shapes)]
    for one in boxes:
        assert one.x >= 100
        assert one.right <= 100 + width + 1e-6
        assert one.y >= 50 - 1e-6
        assert one.bottom <= 50 + CHEVRON_HEIGHT + 1e-6
    for one, other in itertools.pairwise(boxes):
        assert one.right <= other.x + 1e-6


def test_the_first_chevron_has_no_notch_and_the_last_no_point() -> None:
    def corners(*, first: bool, last: bool) -> int:
        group = chevron("A", number="1", box=box(300, 52), theme=LIGHT, measure=Measure(), first=first, last=last)
        outline = group.shapes[0]
        assert isinstance(outline, Path)
        return len(outline.steps) - 1

    assert [corners(first=True, last=True), corners(first=True, last=False), corners(first=False, last=False)] == [4, 5, 6]


def test_a_chevron_says_the_whole_name_even_where_it_is_cut() -> None:
    group = chevron(LONG, number="3", box=box(120, 52), theme=LIGHT, measure=Measure(), period="Day 3", about="separating")
    assert group.label == f"Stage 3: {LONG}. Day 3."
    assert group.about == "separating"


def test_a_column_is_wide_enough_for_the_words_of_its_stage() -> None:
    measure = Measure()
    least = least_column([("Appointment booking", 1), ("Transformation", 4)], measure=measure)
    found = heading("Appointment booking", width=least, measure=measure)
    assert found.ring
    assert found.lines == ("Appointment", "booking")
    assert least_column([], measure=measure) == 0


def test_a_mean_shows_the_face_of_the_number_that_is_printed() -> None:
    def drawn(valence: float) -> tuple[str, str]:
        shapes = stage_mean(valence, scale=Scale(1, 5), right=400, middle=50, theme=LIGHT, symbols=Symbols(), measure=Measure())
        face = next(shape for shape in shapes if isinstance(shape, Use))
        (text,) = texts(shapes)
        assert text.box.right <= 400
        return face.symbol.split("-")[1], text.lines[0]

    assert drawn(-0.5) == ("2", "2.5")
    assert drawn(-0.46) == ("2", "2.5")
    assert drawn(-0.44) == ("3", "2.6")
    assert drawn(1.0) == ("4", "4.0")


@pytest.mark.parametrize("scale", [Scale(), Scale.words("terrible", "disappointing", "acceptable", "pleasing", "wonderful")])
@pytest.mark.parametrize("width", [120, 240, 544])
def test_goal_and_mean_do_not_touch(scale: Scale, width: float) -> None:
    goal = "Find out whether a loan is realistic at all"
    shapes, height = stage_row(goal, -1.0, scale=scale, box=box(width), theme=LIGHT, symbols=Symbols(), measure=Measure())
    number, text = texts(shapes)
    face = next(shape for shape in shapes if isinstance(shape, Circle))
    assert text.box.right <= face.x - face.radius or text.box.y >= number.box.bottom
    assert text.box.bottom <= 50 + height


def test_a_stage_without_goal_and_mean_takes_no_room() -> None:
    assert stage_row("", None, scale=Scale(), box=box(200), theme=LIGHT, symbols=Symbols(), measure=Measure()) == ((), 0)


def test_the_title_stands_over_the_scope() -> None:
    shapes, height = title_block("A name", "A scope", box=box(600), theme=LIGHT, measure=Measure())
    name, scope = texts(shapes)
    assert name.box.bottom <= scope.box.y
    assert height == pytest.approx(scope.box.bottom - 50)
    assert title_block("A name", "", box=box(600), theme=LIGHT, measure=Measure())[1] < height


def test_the_scope_says_kind_organisation_and_persona() -> None:
    journey = Journey("Loan", kind="future-state", organisation="Northbank")
    assert scope_line(journey, persona=Persona("Maya", role="Café owner")) == "Future-state journey · Northbank · Maya, Café owner"


def test_the_key_shows_what_is_used_and_each_channel_once() -> None:
    channels = [Channel("Phone"), Channel("Website"), Channel("Phone")]
    items = key_items(levels=[4, 1, 4], scale=Scale(1, 5), moments=True, channels=channels)
    assert [item.text for item in items] == ["1 Very negative", "4 Positive", "Moment of truth", "Phone", "Website"]


def test_a_scale_of_words_names_the_faces_itself() -> None:
    items = key_items(levels=range(1, 6), scale=Scale.words("a", "b", "c", "d", "e"))
    assert [item.text for item in items] == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("width", [200, 400, 3000])
def test_the_key_takes_as_many_rows_as_it_needs(width: float) -> None:
    items = key_items(levels=range(1, 6), scale=Scale(), moments=True, channels=[Channel(f"Channel number {n}") for n in range(12)])
    shapes, height = key_row(items, box=box(width), theme=LIGHT, symbols=Symbols(), measure=Measure())
    for text in texts(shapes):
        assert text.box.right <= 100 + width + 1e-6
        assert text.box.bottom <= 50 + height + 1e-6
    assert (height < 30) == (width == 3000)


def test_an_empty_key_is_not_drawn() -> None:
    assert key_row((), box=box(500), theme=LIGHT, symbols=Symbols(), measure=Measure()) == ((), 0)


def test_the_footer_says_what_the_map_rests_on() -> None:
    journey = Journey(
        "Loan",
        sources=[Source("Contextual interviews", n=14), Source("Survey", n=1312), Source("CRM events")],
        status="validated",
        version="3",
        updated=date(2026, 5, 12),
        owner="Lending",
    )
    said = footer_line(journey)
    assert said == (
        "Sources: Contextual interviews (n = 14); Survey (n = 1,312); CRM events · Version 3, validated, updated 12 May 2026 · Owner: Lending"
    )
    shapes, height = footer(journey, box=box(200), theme=LIGHT, measure=Measure())
    assert len(texts(shapes)[0].lines) > 1
    assert height == pytest.approx(texts(shapes)[0].box.height)


def test_a_map_that_rests_on_nothing_says_so() -> None:
    assert footer_line(Journey("Loan", status="hypothesis")) == "Sources: none named · Hypothesis"


def test_a_lane_has_its_name_beside_its_icon() -> None:
    shapes, height = lane_head("Emotion", "1 to 5", icon="emotion", box=box(168), theme=LIGHT, symbols=Symbols(), measure=Measure())
    name, caption = texts(shapes)
    icon = next(shape for shape in shapes if isinstance(shape, Use))
    assert icon.x + 16 < name.box.x
    assert name.box.bottom <= caption.box.y
    assert height == pytest.approx(caption.box.bottom - 50)
