"""The heatmap: a cell where something is known, none where nothing is, and colour, number and shape that agree."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Metric, Persona, Scale, Stage, Touchpoint
from journeymap.renderers.heatmap import heatmap
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Group, Rect, Text, Use
from journeymap.scene.theme import DARK, LIGHT, mixed
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def clinic() -> Journey:
    return Journey(
        "A day at the clinic",
        [
            Stage(
                "Arrive",
                [
                    Touchpoint(
                        "Finds the door",
                        channel="Building",
                        emotion=0,
                        emotions={"tom": 1, "ada": -2},
                        satisfaction=2,
                        metrics=[Metric("get lost", kind="share", value=25, unit="%")],
                    ),
                    Touchpoint("Checks in", channel="Desk", emotion=1, satisfaction=4.4, metrics=[Metric("wait", value=12, unit="min")]),
                ],
            ),
            Stage("See the doctor", [Touchpoint("Talks", channel="Desk", emotions={"tom": 2}), Touchpoint("Is silent")]),
            Stage("Go home", emotion=-1),
        ],
        personas=[Persona("Tom", id="tom", role="Welder"), Persona("Ada", id="ada"), Persona("Unheard", id="unheard")],
        scale=Scale(1, 5),
    )


def cells(scene: Scene) -> dict[tuple[str, str], Group]:
    """The cells by row and column."""
    found = {}
    for shape in scene.walk():
        if isinstance(shape, Group) and shape.role == "cell" and shape.label:
            row, column = shape.label.partition(":")[0].rsplit(", ", 1)
            found[row, column] = shape
    return found


def figures(scene: Scene) -> dict[tuple[str, str], str]:
    return {place: next(part.lines[0] for part in cell.shapes if isinstance(part, Text)) for place, cell in cells(scene).items()}


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def box(cell: Group) -> Box:
    return next(part.box for part in cell.shapes if isinstance(part, Rect))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(heatmap)
    check_renderer(heatmap, theme=DARK, rows="stages", columns="metric")
    check_renderer(heatmap, columns="channel", of="satisfaction", journeys=[clinic()])


def test_cells_hold_what_each_persona_is_known_to_feel_and_nothing_else() -> None:
    assert figures(heatmap(clinic())) == {
        ("Finds the door", "Customers in general"): "3",
        ("Finds the door", "Tom"): "4",
        ("Finds the door", "Ada"): "1",
        ("Checks in", "Customers in general"): "4",
        ("Talks", "Tom"): "5",
    }


def test_rows_and_columns_without_anything_are_left_out() -> None:
    words = said(heatmap(clinic()))
    assert "Is silent" not in words
    assert "Unheard" not in words


def test_colour_face_and_number_say_the_same() -> None:
    cell = cells(heatmap(clinic()))["Talks", "Tom"]
    tints = [part.paint.fill for part in cell.shapes if isinstance(part, Rect)]
    faces = [part.symbol for part in cell.shapes if isinstance(part, Use)]
    assert tints == [mixed(LIGHT.levels[4], 0.2, LIGHT.paper)]
    assert faces[0].startswith("face-5-")


def test_the_lowest_cell_is_marked_by_word_and_outline() -> None:
    cell = cells(heatmap(clinic()))["Finds the door", "Ada"]
    assert "Lowest" in [" ".join(part.lines) for part in cell.shapes if isinstance(part, Text)]
    assert [part.paint.stroke for part in cell.shapes if isinstance(part, Rect)] == [LIGHT.pain]


def test_a_stage_shows_the_mean_of_its_steps_and_of_how_many() -> None:
    scene = heatmap(clinic(), rows="stages")
    assert figures(scene)["Arrive", "Customers in general"] == "3.5"
    assert figures(scene)["See the doctor", "Tom"] == "5"
    assert figures(scene)["Go home", "Customers in general"] == "2"
    assert "2 of 2 steps" in said(scene)


def test_channels_show_the_score_that_is_asked_for() -> None:
    scene = heatmap(clinic(), columns="channel", of="satisfaction")
    assert figures(scene) == {("Finds the door", "Building"): "2", ("Checks in", "Desk"): "4.4"}
    filled = [part for part in cells(scene)["Checks in", "Desk"].shapes if isinstance(part, Circle) and part.paint.fill]
    assert len(filled) == 4


def test_metrics_stand_beside_the_scores_and_per_cent_are_bars_of_a_hundred() -> None:
    scene = heatmap(clinic(), columns="metric")
    found = figures(scene)
    assert found["Finds the door", "Share"] == "25%"
    assert found["Checks in", "wait"] == "12 min"
    assert found["Finds the door", "Satisfaction"] == "2"
    _, whole, part = (shape.box for shape in cells(scene)["Finds the door", "Share"].shapes if isinstance(shape, Rect))
    assert part.width == pytest.approx(0.25 * whole.width)
    assert len([shape for shape in cells(scene)["Checks in", "wait"].shapes if isinstance(shape, Rect)]) == 1


def test_a_persona_has_a_column_of_their_own() -> None:
    columns = {column for _, column in figures(heatmap(clinic(), persona="tom"))}
    assert columns == {"Customers in general", "Tom"}


def test_long_figures_and_scales_of_words_are_wrapped_and_not_cut() -> None:
    metric = Metric("takes", text="between eleven and fourteen working days", value=12)
    step = Touchpoint("Waits", emotion=2, metrics=[metric])
    journey = Journey("Any", [Stage("S", [step])], scale=Scale.words("dreadful", "so and so", "wonderfully relieved"))
    words = said(heatmap(journey, columns="metric"))
    assert "wonderfully relieved" in words
    assert "between eleven and fourteen working days" in words


def test_many_columns_break_into_blocks_that_repeat_the_rows() -> None:
    people = [Persona(f"Person {n}", id=f"p-{n}") for n in range(60)]
    step = Touchpoint("Asks", emotions={person.id: n % 5 - 2 for n, person in enumerate(people)})
    scene = heatmap(Journey("Crowd", [Stage("S", [step])], personas=people))
    assert scene.width <= 3400
    assert len(cells(scene)) == 60
    assert said(scene).count("Asks") == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rows": "steps"}, "rows='steps' is unknown; give 'stages' or 'touchpoints'"),
        ({"columns": "owner"}, "columns='owner' is unknown"),
        ({"columns": "channel", "of": "joy"}, "of='joy' is unknown"),
        ({"of": "importance"}, "of='importance' goes with columns='channel'"),
    ],
)
def test_unknown_words_are_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(RenderError, match=message):
        heatmap(clinic(), **options)  # type: ignore[arg-type]  # what users do


def test_what_is_missing_is_said() -> None:
    bare = Journey("Any", [Stage("S", [Touchpoint("A")])])
    assert "This journey has no stages yet." in said(heatmap(Journey("Any")))
    assert "Emotion is not known yet." in said(heatmap(bare))
    assert "Satisfaction is not known yet at any channel." in said(heatmap(bare, columns="channel", of="satisfaction"))
    assert "Nothing is measured yet" in said(heatmap(bare, columns="metric"))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(journeys(), st.sampled_from(["stages", "touchpoints"]), st.sampled_from(["persona", "channel", "metric"]))
def test_cells_never_overlap_in_any_journey(journey: Journey, rows: str, columns: str) -> None:
    scene = heatmap(journey, rows=rows, columns=columns)  # type: ignore[arg-type]  # one of the two, one of the three
    assert not list(faults(scene))
    boxes = [box(shape) for shape in scene.walk() if isinstance(shape, Group) and shape.role == "cell"]
    for one, other in combinations(boxes, 2):
        apart = one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
        assert apart
