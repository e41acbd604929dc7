"""The blueprint: every activity in its layer, the lines where the layers change, arrows, waits and fail points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from journeymap.errors import RenderError
from journeymap.model import LAYERS, Activity, Journey, Layer, PainPoint, Persona, Span, Stage, Touchpoint, Transition
from journeymap.renderers.blueprint import blueprint, line_names
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Line, Rect, Text, Use
from journeymap.scene.theme import DARK
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def repair() -> Journey:
    return Journey(
        "Having a tap mended",
        [
            Stage(
                "Report",
                [
                    Touchpoint(
                        "Calls the landlord",
                        pains=[PainPoint("Nobody answers", severity=4), PainPoint("Music", severity=1)],
                        activities=[
                            Activity("Clerk takes the call", layer="frontstage-people", owner="Office", duration=timedelta(minutes=5)),
                            Activity("Clerk opens a ticket", layer="backstage", manual=True),
                            Activity("Ticket system", layer="support", system="Desk"),
                        ],
                    ),
                    Touchpoint("Gets a date", activities=[Activity("Letter", layer="physical-evidence")]),
                ],
            ),
            Stage(
                "Mend",
                [
                    Touchpoint(
                        "Lets the plumber in",
                        personas=["tom"],
                        activities=[Activity("Signs the slip", layer="customer"), Activity("Plumber mends it", layer="frontstage-people")],
                    )
                ],
            ),
        ],
        personas=[Persona("Tom", id="tom"), Persona("Ada", id="ada")],
        transitions=[
            Transition("calls-the-landlord", "gets-a-date", wait=Span(timedelta(days=1), timedelta(days=2), timedelta(days=9))),
            Transition("gets-a-date", "lets-the-plumber-in", wait=timedelta(hours=3)),
            Transition("lets-the-plumber-in", "calls-the-landlord", kind="loop", condition="It drips again"),
        ],
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def lanes(scene: Scene) -> list[str]:
    roles = [shape.role or "" for shape in scene.walk() if isinstance(shape, Group)]
    return [role.removeprefix("lane:") for role in roles if role.startswith("lane:")]


def said(scene: Scene) -> list[str]:
    return [" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text)]


def cards(scene: Scene) -> Iterator[tuple[str, Box]]:
    """The lane and the box of every card of a step or an activity."""
    for shape in scene.walk():
        if isinstance(shape, Group) and shape.role and (shape.role == "touchpoint" or shape.role.startswith("cell:layer-")):
            for part in shape.shapes:
                if isinstance(part, Rect):
                    yield shape.role, part.box


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(blueprint)
    check_renderer(blueprint, theme=DARK)


def test_layers_stand_in_their_order_and_empty_ones_are_left_out() -> None:
    expected = ["stages", "layer-physical-evidence", "steps", "layer-customer", "layer-frontstage-people"]
    assert lanes(blueprint(repair())) == [*expected, "layer-backstage", "layer-support", "fail-points", "what-follows"]


def test_each_line_stands_between_the_lanes_that_it_parts() -> None:
    scene = blueprint(repair())
    top = {lane: group for lane in lanes(scene) for group in groups(scene, f"lane:{lane}")}
    heights = {words: text.y for text in scene.walk() if isinstance(text, Text) and (words := text.lines[0]).startswith("Line of")}
    tops = {lane: min(box.y for role, box in cards(scene) if role == f"cell:{lane}") for lane in top if lane.startswith("layer-")}
    assert list(heights) == ["Line of interaction", "Line of visibility", "Line of internal interaction"]
    assert tops["layer-customer"] < heights["Line of interaction"] < tops["layer-frontstage-people"]
    assert tops["layer-frontstage-people"] < heights["Line of visibility"] < tops["layer-backstage"]
    assert tops["layer-backstage"] < heights["Line of internal interaction"] < tops["layer-support"]


@pytest.mark.parametrize(
    ("there", "lines"),
    [
        ((), {}),
        (("physical-evidence", "customer"), {}),
        (("frontstage-technology", "backstage"), {"frontstage-technology": "interaction", "backstage": "visibility"}),
        (("frontstage-people", "frontstage-technology"), {"frontstage-people": "interaction"}),
        (("backstage", "support"), {"backstage": "visibility", "support": "internal interaction"}),
        (("frontstage-people", "support"), {"frontstage-people": "interaction", "support": "visibility"}),
        (("support",), {"support": "visibility"}),
    ],
)
def test_the_lines_follow_from_the_layers(there: tuple[Layer, ...], lines: dict[Layer, str]) -> None:
    assert line_names(there) == {layer: f"Line of {name}" for layer, name in lines.items()}


def test_an_activity_says_by_whom_with_what_how_long_and_whether_by_hand() -> None:
    words = said(blueprint(repair()))
    for expected in ("Clerk takes the call", "Office", "5 min", "by hand", "Desk"):
        assert expected in words


def test_fail_points_are_the_major_and_critical_pains_by_shape_and_word() -> None:
    scene = blueprint(repair())
    words = said(scene)
    assert "Nobody answers" in words
    assert "Critical" in words
    assert "Music" not in words
    (card,) = [group for group in groups(scene, "touchpoint") if group.about == "calls-the-landlord"]
    assert any(isinstance(shape, Use) and shape.symbol.startswith("icon-pains") for shape in card.shapes)
    assert "Fail point: a major or critical pain" in words
    assert "fail point, critical: Nobody answers." in scene.description


def test_waits_branches_and_ways_back_are_told() -> None:
    words = said(blueprint(repair()))
    for expected in ("2 days (1 to 9 days)", "then 1.2", "3 h", "back to 1.1: It drips again"):
        assert expected in words


def test_arrows_join_cards_and_cross_none() -> None:
    scene = blueprint(repair())
    boxes = [box for _, box in cards(scene)]
    (arrows,) = groups(scene, "arrows")
    lines = [shape for shape in arrows.shapes if isinstance(shape, Line)]
    assert len(lines) >= 5
    for line in lines:
        for box in boxes:
            across = min(line.x2, box.right - 1) - max(line.x1, box.x + 1)
            down = min(line.y2, box.bottom - 1) - max(line.y1, box.y + 1)
            assert across < 0 or down < 0


def test_a_step_without_a_way_to_its_neighbour_has_no_arrow_to_it() -> None:
    plain = [Touchpoint(name) for name in "ABC"]
    joined = blueprint(Journey("Any", [Stage("S", plain)]))
    skipping = blueprint(Journey("Any", [Stage("S", plain)], transitions=[Transition("a", "c")]))
    assert len(groups(joined, "arrows")[0].shapes) == 2 * len(groups(skipping, "arrows")[0].shapes)


def test_a_persona_sees_their_own_steps_alone() -> None:
    assert "Plumber mends it" in said(blueprint(repair(), persona="tom"))
    assert "Plumber mends it" not in said(blueprint(repair(), persona="ada"))
    with pytest.raises(RenderError, match="no persona 'tim'; did you mean 'tom'"):
        blueprint(repair(), persona="tim")


def test_what_is_missing_is_said() -> None:
    assert "This journey has no stages yet." in said(blueprint(Journey("Any")))
    bare = blueprint(Journey("Any", [Stage("S", [Touchpoint("A")])]))
    assert "What happens behind the steps is not known yet: no step has activities." in said(bare)
    assert lanes(bare) == ["stages", "steps"]


def test_a_long_blueprint_breaks_into_systems_with_its_lines_repeated() -> None:
    steps = [Touchpoint(f"Step {n}", id=f"t-{n}", activities=[Activity("Desk", id=f"a-{n}", layer="support")]) for n in range(60)]
    scene = blueprint(Journey("Long", [Stage("A", steps)]))
    assert scene.width <= 3400
    assert said(scene).count("Line of visibility") == 3
    assert len(groups(scene, "touchpoint")) == 60


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(journeys())
def test_nothing_is_lost_and_cards_never_overlap(journey: Journey) -> None:
    scene = blueprint(journey)
    assert not list(faults(scene))
    if len(journey.personas) != 1:
        shown = {group.about for group in groups(scene, "touchpoint")}
        assert shown == {touchpoint.id for touchpoint in journey.touchpoints}
        layers = {activity.layer for touchpoint in journey.touchpoints for activity in touchpoint.activities}
        assert {lane.removeprefix("layer-") for lane in lanes(scene) if lane.startswith("layer-")} == layers & set(LAYERS)
    boxes = sorted((box for _, box in cards(scene)), key=lambda box: (box.x, box.y))
    for one, other in pairwise(boxes):
        assert one.x != other.x or other.y >= one.bottom - 1e-6
