"""The board: a column a stage, the worst and the best of each, on one slide, in further rows where there are more."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.errors import RenderError
from journeymap.model import Journey, Metric, Opportunity, PainPoint, Persona, Scale, Stage, Touchpoint
from journeymap.renderers.board import board
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Circle, Group, Rect, Text, Use
from journeymap.scene.theme import DARK
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def bands(scene: Scene) -> list[Rect]:
    """The tint of each stage, in order."""
    return [shape for row in groups(scene, "system") for shape in row.shapes if isinstance(shape, Rect)]


def stages(count: int) -> Journey:
    return Journey("Any", [Stage(f"S{number}", [Touchpoint(f"t{number}", emotion=1)], goal="Get on") for number in range(count)])


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(board)
    check_renderer(board, theme=DARK, max_width=500)


def test_worst_pain_best_opportunity_and_one_metric_of_a_stage() -> None:
    steps = [
        Touchpoint("A", pains=[PainPoint("Small", severity=1)], opportunities=[Opportunity("Dear", impact=5, effort=5)]),
        Touchpoint(
            "B",
            pains=[PainPoint("Rare", severity=4, frequency=0.1), PainPoint("Often", severity=4, frequency=0.9)],
            opportunities=[Opportunity("Cheap", impact=5, effort=1), Opportunity("Weak", impact=2, effort=1)],
            metrics=[Metric("give up", value=7, unit="%")],
        ),
    ]
    scene = board(Journey("Any", [Stage("One", steps, metrics=[Metric("no value yet")])]))
    words = said(scene)
    for shown in ("Often", "Critical", "Cheap", "High", "7%", "give up"):
        assert shown in words
    for left_out in ("Small", "Rare", "Dear", "Weak", "no value yet"):
        assert left_out not in words
    assert [(cell.about, cell.label) for cell in groups(scene, "cell")] == [
        ("b", "Worst pain, One: Often (critical)"),
        ("b", "Best bet, One: Cheap (high)"),
        ("b", "Metric, One: 7% give up"),
    ]


def test_the_face_agrees_with_the_number_that_is_printed() -> None:
    steps = [Touchpoint("A", emotion=-1), Touchpoint("B", emotion=0)]
    scene = board(Journey("Any", [Stage("One", steps), Stage("Two", [Touchpoint("C", emotion=1)])], scale=Scale(1, 5)))
    point = next(group for group in groups(scene, "point") if group.about == "one")
    assert [shape.lines for shape in point.shapes if isinstance(shape, Text)] == [("2.5",), ("Lowest point",)]
    assert [shape.symbol.split("-")[1] for shape in point.shapes if isinstance(shape, Use)] == ["2"]


def test_a_mean_does_not_hide_the_lowest_step() -> None:
    steps = [Touchpoint("A", emotion=2), Touchpoint("B", emotion=-2), Touchpoint("C", emotion=1)]
    scene = board(Journey("Any", [Stage("One", steps), Stage("Two", [Touchpoint("D", emotion=1)])], scale=Scale(1, 5)))
    (found,) = groups(scene, "range")
    assert (found.about, found.label) == ("one", "Its steps go from 1 to 5")
    ends = [shape.y for shape in found.shapes if isinstance(shape, Circle)]
    faces = {group.about: shape.y for group in groups(scene, "point") for shape in group.shapes if isinstance(shape, Use)}
    assert ends[1] - ends[0] == pytest.approx(4 * (faces["one"] - faces["two"]) / (1 - 0.3))
    assert "From the lowest to the highest step of the stage" in said(scene)
    assert not groups(board(stages(3)), "range")


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (3, [3]), (5, [5]), (6, [6]), (7, [4, 3]), (12, [4, 4, 4])])
def test_rows_of_equal_length_that_fit_a_slide(count: int, rows: list[int]) -> None:
    scene = board(stages(count))
    assert [len(bands(Scene(width=1, height=1, shapes=[row], title="")) or ()) for row in groups(scene, "system")] == rows
    assert scene.width <= 1600
    assert len({round(band.box.width, 3) for band in bands(scene)}) == 1


def test_a_board_of_one_row_is_one_slide_with_its_key_and_footer() -> None:
    journey = Journey("Any", [Stage(f"S{i}", [Touchpoint(f"a{i}", emotion=1), Touchpoint(f"b{i}", emotion=-1)]) for i in range(5)])
    (slide,) = jm.render(journey, "board", pages="slide").scenes
    assert (round(slide.width), round(slide.height)) == (1280, 720)
    assert "From the lowest to the highest step" in said(slide)
    assert "Sources: none named" in said(slide)
    assert len(jm.render(stages(12), "board", pages="slide").scenes) > 1


def test_few_stages_are_widened_to_the_shape_of_a_slide() -> None:
    assert bands(board(stages(3)))[0].box.width == 340
    assert bands(board(stages(5)))[0].box.width == 232
    assert bands(board(stages(9), max_width=math.inf))[0].box.width == 232


def test_what_is_not_known_takes_no_room() -> None:
    scene = board(Journey("Any", [Stage("One", [Touchpoint("A")])]))
    assert not [shape for shape in scene.walk() if isinstance(shape, Group) and (shape.role or "").startswith("lane:p")]
    assert "Emotion" not in said(scene)
    assert "This journey has no stages yet." in said(board(Journey("Any")))
    assert "Mean emotion: unknown" in scene.description


def test_a_persona_has_a_board_of_their_own() -> None:
    people = [Persona("Ada", id="ada"), Persona("Tom", id="tom")]
    step = Touchpoint("A", emotion=1, emotions={"tom": -2}, pains=[PainPoint("Steps", persona="tom", severity=3)])
    journey = Journey("Any", [Stage("One", [step])], personas=people)
    assert "Steps" in said(board(journey, persona="tom"))
    assert "Steps" not in said(board(journey, persona="ada"))
    assert "−2" in said(board(journey, persona="tom"))
    with pytest.raises(RenderError, match="there are: ada, tom"):
        board(journey, persona="eve")


def test_how_well_founded_it_is_stands_beside_the_title() -> None:
    journey = stages(5)
    known = Journey("Any", journey.stages, metrics=[Metric("NPS", kind="nps", value=18), Metric("median duration", text="11 days")])
    assert [fact.label for fact in groups(board(known), "fact")] == ["+18 NPS", "11 days median duration"]
    assert not groups(board(known, max_width=600), "fact")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(journeys(), st.sampled_from([500.0, 900.0, 1600.0]))
def test_no_words_collide_whatever_the_map(journey: Journey, max_width: float) -> None:
    scene = board(journey, max_width=max_width)
    assert not list(faults(scene))
    for stage in journey.stages:
        assert stage.name.rstrip(".") in scene.description
    found = bands(scene)
    for one in found:
        assert all(one is other or one.box.right <= other.box.x or other.box.right <= one.box.x or one.box.bottom <= other.box.y
                   or other.box.bottom <= one.box.y for other in found)  # fmt: skip
