"""The swimlane: everything that a map says is in the picture, in its lane, and nothing lies on anything else."""

from __future__ import annotations

import math
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import journeymap as jm
from journeymap.errors import RenderError, UnknownName
from journeymap.model import (
    Activity,
    Emotion,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Range,
    Scale,
    Source,
    Stage,
    Touchpoint,
)
from journeymap.plugins import LANES
from journeymap.renderers.swimlane import Cell, Pen, Step, swimlane
from journeymap.renderers.swimlane.cells import impact_word, quoted
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Circle, Group, Rect, Text, Use
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def loan() -> Journey:
    return Journey(
        "Getting a loan",
        [
            Stage(
                "Apply",
                [
                    Touchpoint("Creates an account", channel="Website", emotion=0, metrics=[Metric("sign up", value=62, unit="%")]),
                    Touchpoint(
                        "Uploads proof",
                        channel="Mobile app",
                        emotion=-2,
                        moment="fmot",
                        thoughts=["I have uploaded this three times."],
                        pains=[PainPoint("Upload fails", severity=4), PainPoint("Only Tom minds", persona="tom")],
                        opportunities=[Opportunity("Live check", impact=5)],
                        activities=[Activity("Clerk checks", layer="backstage"), Activity("Archive", layer="support")],
                    ),
                ],
                goal="Submit once",
                period="Day 4",
                pains=[PainPoint("Nobody says where we are")],
            ),
            Stage("Use", [Touchpoint("Gets the payout", emotion=2, personas=["maya"])]),
        ],
        personas=[Persona("Maya Okafor", id="maya", role="Café owner", goals=["Open a second café"]), Persona("Tom", id="tom")],
        sources=[Source("Interviews", kind="interview", n=14)],
        opportunities=[Opportunity("One tracker", addresses=["nobody-says-where-we-are"]), Opportunity("New strategy")],
        scale=Scale(1, 5),
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def lanes(scene: Scene) -> list[str]:
    roles = [shape.role or "" for shape in scene.walk() if isinstance(shape, Group)]
    return [role.removeprefix("lane:") for role in roles if role.startswith("lane:")]


def words(scene: Scene) -> str:
    return "\n".join(squeezed("".join(shape.lines)) for shape in scene.walk() if isinstance(shape, Text))


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"[\s\u00ad\u2010-]+", "", text))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(swimlane)
    check_renderer(swimlane, theme=DARK)


def test_only_lanes_with_something_in_them_are_drawn() -> None:
    expected = ["stages", "goals", "steps", "emotion", "pains", "opportunities", "metrics", "backstage", "support"]
    assert [lane for lane in lanes(swimlane(loan())) if lane != "thoughts"] == expected
    assert lanes(swimlane(Journey("Bare", [Stage("A", [Touchpoint("B")])]))) == ["stages", "steps"]


def test_lanes_are_chosen_and_ordered() -> None:
    assert lanes(swimlane(loan(), lanes=["pains", "steps"])) == ["stages", "goals", "pains", "steps"]


def test_an_unknown_lane_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"no lane 'pain'; did you mean 'pains'\?"):
        swimlane(loan(), lanes=["pain"])
    with pytest.raises(RenderError, match="without lanes"):
        swimlane(loan(), lanes=[])


def test_a_lane_of_ones_own_has_a_heading_and_cells() -> None:
    def channel_kind(step: Step, pen: Pen) -> Cell | None:
        """What sort of channel it is."""
        return pen.note(step.touchpoint.channel.kind) if step.touchpoint and step.touchpoint.channel else None

    jm.lane("channel-kind")(channel_kind)
    try:
        scene = swimlane(loan(), lanes=["steps", "channel-kind"])
    finally:
        LANES.unregister("channel-kind")
    (lane,) = groups(scene, "lane:channel-kind")
    texts = [" ".join(shape.lines) for shape in Scene(width=1, height=1, shapes=[lane], title="").walk() if isinstance(shape, Text)]
    assert texts == ["Channel kind", "What sort of channel it is", "website", "app"]


def test_a_persona_sees_only_their_own_map() -> None:
    maya, tom = swimlane(loan(), persona="maya"), swimlane(loan(), persona="tom")
    assert squeezed("Gets the payout") in words(maya)
    assert squeezed("Gets the payout") not in words(tom)
    assert squeezed("Only Tom minds") not in words(maya)
    assert squeezed("Only Tom minds") in words(tom)
    assert "Persona: Maya Okafor, Café owner." in maya.description


def test_an_unknown_persona_is_refused() -> None:
    with pytest.raises(RenderError, match="no persona 'maja'; did you mean 'maya'"):
        swimlane(loan(), persona="maja")


def test_what_is_said_of_a_stage_spans_its_columns() -> None:
    scene = swimlane(loan())
    (lane,) = groups(scene, "lane:pains")
    cards = {}
    for cell in lane.shapes:
        if isinstance(cell, Group):
            box = next(shape.box for shape in cell.shapes if isinstance(shape, Rect))
            cards[cell.about] = box
    stage, step = cards["apply"], cards["uploads-proof"]
    assert stage.width > 1.9 * step.width
    assert step.y > stage.bottom


def test_the_journeys_own_opportunities_stand_where_they_help() -> None:
    (lane,) = groups(swimlane(loan()), "lane:opportunities")
    labels = [cell.label for cell in lane.shapes if isinstance(cell, Group)]
    assert labels == ["1 Opportunities: Several steps: One tracker; Whole journey: New strategy", "1.2 Opportunities: Live check (high)"]


def test_a_moment_of_truth_is_marked_three_times() -> None:
    scene = swimlane(loan())
    (card,) = [group for group in groups(scene, "touchpoint") if group.about == "uploads-proof"]
    assert "Moment of truth" in (card.label or "")
    assert any(isinstance(shape, Use) and shape.symbol.startswith("icon-star") for shape in card.shapes)
    assert any(isinstance(shape, Rect) and shape.paint.stroke == LIGHT.truth for shape in card.shapes)
    (point,) = [group for group in groups(scene, "point") if group.about == "uploads-proof"]
    assert any(isinstance(shape, Circle) and shape.paint.stroke == LIGHT.truth for shape in point.shapes)


def test_the_line_of_visibility_stands_over_support_where_nothing_is_backstage() -> None:
    journey = Journey("Any", [Stage("A", [Touchpoint("B", activities=[Activity("Ledger", layer="support")])])])
    assert "Lineofvisibility" in words(swimlane(journey))
    assert "Lineofinternalinteraction" not in words(swimlane(journey))
    assert "Lineofinternalinteraction" in words(swimlane(loan()))


def test_a_stage_kept_as_a_whole_has_one_column_and_no_invented_step() -> None:
    journey = Journey("Coarse", [Stage("A", emotion=1, pains=[PainPoint("Slow")]), Stage("B", emotion=-1)])
    scene = swimlane(journey)
    assert lanes(scene) == ["stages", "emotion", "pains"]
    assert [group.about for group in groups(scene, "point")] == ["a", "b"]
    assert "Lowest point: B. Stage 1: A. Emotion +1 of +2, positive." in scene.description


def test_the_words_say_what_the_curve_shows_where_a_stage_speaks_for_its_steps() -> None:
    journey = Journey(
        "Mixed", [Stage("A", [Touchpoint("One"), Touchpoint("Two")], emotion=-1), Stage("B", [Touchpoint("Three", emotion=2)])]
    )
    description = swimlane(journey).description
    assert "Lowest point: A." in description
    assert "Stage 1: A. Emotion \u22121 of +2, negative. Step 1.1: One. Step 1.2: Two." in description
    assert "unknown" not in description


@pytest.mark.parametrize(
    ("scale", "points", "mean"),
    [
        (Scale(0, 100), (63, 64), "63.5"),
        (Scale(0, 10), (7, 7, 7.3), "7.1"),
        (Scale(1, 10), (2, 3, 7), "4.0"),
        (Scale(1, 5), (2, 3, 3), "2.7"),
    ],
)
def test_the_mean_of_a_stage_is_right_on_every_scale(scale: Scale, points: tuple[float, ...], mean: str) -> None:
    steps = [Touchpoint(f"Step {place}", emotion=scale.emotion(point)) for place, point in enumerate(points)]
    scene = swimlane(Journey("Any", [Stage("A", steps)], scale=scale))
    (row,) = groups(scene, "lane:goals")
    assert [" ".join(shape.lines) for shape in row.shapes if isinstance(shape, Text)] == [mean]


def test_the_axis_tells_quarter_points_as_they_are() -> None:
    found = words(swimlane(Journey("Any", [Stage("A", [Touchpoint("B", emotion=0), Touchpoint("C", emotion=1)])], scale=Scale(1, 10))))
    assert "3.25" in found
    assert "7.75" in found


def test_the_scenario_and_the_expectations_are_told() -> None:
    journey = Journey("Any", personas=[Persona("Ann")], scenario="Ann wants a loan by Friday.", expectations=["A clear answer"])
    found = words(swimlane(journey))
    assert squeezed("Ann wants a loan by Friday.") in found
    assert squeezed("A clear answer") in found


def test_captions_speak_of_grades_only_where_there_are_some() -> None:
    journey = Journey("Any", [Stage("A", [Touchpoint("B", pains=[PainPoint("Slow")])])])
    assert "Severity" not in words(swimlane(journey))
    assert "Severity" in words(swimlane(loan()))


@pytest.mark.parametrize("width", [math.nan, 100, "wide", None, True])
def test_a_width_that_is_none_is_refused(width) -> None:
    with pytest.raises(RenderError, match="max_width="):
        swimlane(loan(), max_width=width)


def test_a_map_without_a_limit_never_breaks() -> None:
    stages = [Stage(f"Stage {s}", [Touchpoint(f"Does {s} {t}", id=f"t{s}-{t}") for t in range(7)]) for s in range(12)]
    assert swimlane(Journey("Long", stages), max_width=math.inf).width > 10_000


@pytest.mark.parametrize("names", ["steps", [None], [5]])
def test_lanes_are_a_list_of_names(names) -> None:
    with pytest.raises(RenderError, match="is not a list of names"):
        swimlane(loan(), lanes=names)


def test_a_lane_that_fails_is_named_with_the_step() -> None:
    def broken(step: Step, pen: Pen) -> Cell | None:
        raise KeyError(step.number)

    def wordy(step: Step, pen: Pen) -> Cell | None:
        return "text"  # type: ignore[return-value]  # what a plug-in's author may do by mistake

    def late(step: Step, pen: Pen) -> Cell | None:
        return Cell(height=10, draw=lambda box: 1 / 0)

    for name, function, message in (
        ("broken", broken, "the lane 'broken' fails at 'apply' with KeyError"),
        ("wordy", wordy, "the lane 'wordy' returned 'text' for 'apply'"),
        ("late", late, "the lane 'late' fails at 'apply' with ZeroDivisionError"),
    ):
        jm.lane(name)(function)
        try:
            with pytest.raises(RenderError, match=message):
                swimlane(loan(), lanes=[name])
        finally:
            LANES.unregister(name)


def test_cards_of_a_lane_are_equally_high_unless_they_stand_in_stacks() -> None:
    def heights(journey: Journey) -> set[float]:
        (lane,) = groups(swimlane(journey), "lane:support")
        return {
            round(shape.box.height, 3)
            for cell in lane.shapes
            if isinstance(cell, Group)
            for shape in cell.shapes
            if isinstance(shape, Rect)
        }

    short = Touchpoint("One", activities=[Activity("Ledger", layer="support")])
    long = Touchpoint("Two", activities=[Activity("Document store with character recognition and archive", layer="support")])
    stack = Touchpoint("Three", activities=[Activity("Mail", layer="support"), Activity("Phone", layer="support")])
    assert len(heights(Journey("Any", [Stage("A", [short, long])]))) == 1
    assert len(heights(Journey("Any", [Stage("A", [short, long, stack])]))) == 2


def test_the_emotion_of_a_stage_is_drawn_where_no_step_has_one() -> None:
    journey = Journey("Mixed", [Stage("A", [Touchpoint("One"), Touchpoint("Two")], emotion=1)])
    assert [group.about for group in groups(swimlane(journey), "point")] == ["a"]


def test_all_columns_are_equally_wide_and_long_maps_break() -> None:
    stages = [Stage(f"Stage {s}", [Touchpoint(f"Does {s} {t}", id=f"t{s}-{t}") for t in range(7)]) for s in range(12)]
    scene = swimlane(Journey("Long", stages))
    cards = [next(shape.box for shape in group.shapes if isinstance(shape, Rect)) for group in groups(scene, "touchpoint")]
    assert len(cards) == 84
    assert {round(card.width, 6) for card in cards} == {128.0}
    assert scene.width <= 3400
    assert len({card.y for card in cards}) == 4
    narrow = swimlane(Journey("Long", stages), max_width=1500)
    assert narrow.width <= 1500
    assert narrow.height > scene.height


def test_a_journey_without_stages_says_so() -> None:
    assert "Thisjourneyhasnostagesyet." in words(swimlane(Journey("Empty")))


def test_the_header_says_how_well_founded_the_map_is() -> None:
    found = words(swimlane(loan(), persona="maya"))
    assert "14\ninterviews" in found
    assert squeezed("Open a second café") in found


def test_the_description_reads_like_sentences() -> None:
    description = swimlane(loan()).description
    assert description.startswith("Customer journey map: Getting a loan. 2 stages: Apply, Use. Lowest point: Uploads proof.")
    assert "Step 1.2: Uploads proof. Channel: Mobile app. Emotion 1 of 5, very negative. Moment of truth." in description


@pytest.mark.parametrize(("impact", "word"), [(5, "High"), (4, "High"), (3, "Medium"), (2, "Low"), (None, ""), (Range(1, 4, 5), "High")])
def test_impact_as_a_word(impact: float | Range | None, word: str) -> None:
    assert impact_word(Opportunity("Any", impact=impact)) == word


def test_thoughts_are_quoted_once() -> None:
    assert quoted("Why?") == "\u201cWhy?\u201d"
    assert quoted("\u00abPourquoi?\u00bb") == "\u00abPourquoi?\u00bb"


def test_an_unknown_emotion_leaves_a_gap_not_a_neutral_face() -> None:
    journey = Journey("Gap", [Stage("A", [Touchpoint("One", emotion=1), Touchpoint("Two"), Touchpoint("Three", emotion=Emotion(2))])])
    points = groups(swimlane(journey), "point")
    assert [point.about for point in points] == ["one", "three"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(journeys())
def test_nothing_that_a_lane_shows_is_lost_and_no_text_lies_on_another(journey: Journey) -> None:
    scene = swimlane(journey)
    assert list(faults(scene)) == []
    found = words(scene)
    shown = [stage.goal for stage in journey.stages]
    shown += [touchpoint.name for touchpoint in journey.touchpoints]
    shown += [pain.description for pain in journey.all_pains()]
    shown += [opportunity.name for opportunity in journey.all_opportunities()] if journey.stages else []
    shown += [thought for touchpoint in journey.touchpoints for thought in touchpoint.thoughts]
    shown += [activity.name for touchpoint in journey.touchpoints for activity in touchpoint.activities]
    shown += [metric.name for touchpoint in journey.touchpoints for metric in touchpoint.metrics]
    for text in shown:
        assert squeezed(text) in found, ascii(text)
