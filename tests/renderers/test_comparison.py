"""The comparison: steps matched by their ids, every difference marked and told, deviations from the plan named."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Opportunity, PainPoint, Scale, Stage, Touchpoint, Transition
from journeymap.renderers.comparison import comparison
from journeymap.renderers.comparison.marks import AD_HOC, ADDED, CHANGED, FAILED, IRREGULAR, MISSING, MOVED, REMOVED, Mark
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Circle, Group, Path, Rect, Text
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.edits import edited
from journeymap.testing.journeys import sample_journeys, small
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys

MARKS = (ADDED, REMOVED, MOVED, CHANGED, AD_HOC, IRREGULAR, FAILED, MISSING)


def planned() -> Journey:
    return Journey(
        "See a doctor",
        [
            Stage("Book", [Touchpoint("Calls", emotion=-1, channel="Phone"), Touchpoint("Confirms", emotion=0)]),
            Stage("Visit", [Touchpoint("Waits", emotion=-2, pains=[PainPoint("No chairs", id="chairs")]), Touchpoint("Talks", emotion=1)]),
            Stage("Follow up", [Touchpoint("Gets the letter", emotion=1)]),
        ],
        scale=Scale(1, 5),
    )


def to_be() -> Journey:
    """One step gone, one new, one moved, one changed."""
    return (
        planned()
        .without("confirms")
        .with_touchpoint(Touchpoint("Sees the queue", emotion=1), after="calls")
        .replace("waits", emotion=0, pains=[], opportunities=[Opportunity("Coffee")])
        .move("gets-the-letter", after="talks")  # so that its stage stands for itself
        .replace(name="See a doctor soon")
    )


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def cards(scene: Scene) -> dict[str, Group]:
    return {shape.about: shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "touchpoint" and shape.about}


def marks(scene: Scene) -> dict[str, list[str]]:
    """The words over each card that has some."""
    words = {mark.word for mark in MARKS} | {"Other way"}
    found = {}
    for name, card in cards(scene).items():
        here = [" ".join(part.lines) for part in card.shapes if isinstance(part, Text) and " ".join(part.lines) in words]
        if here:
            found[name] = here
    return found


def told(scene: Scene) -> dict[str, str]:
    groups = [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "cell:differences"]
    return {group.about: group.label or "" for group in groups if group.about}


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(comparison, to=small())
    check_renderer(comparison, to=small(), as_="deviations", theme=DARK)
    check_renderer(comparison, to=to_be(), journeys=[planned()], max_width=900)


def test_each_step_is_marked_by_what_became_of_it() -> None:
    assert marks(comparison(planned(), to=to_be())) == {
        "sees-the-queue": ["Added"],
        "confirms": ["Removed"],
        "waits": ["Changed"],
        "gets-the-letter": ["Moved"],
    }


def test_a_step_has_one_column_wherever_it_stands_in_either_map() -> None:
    scene = comparison(planned(), to=to_be())
    names = [shape.about for shape in scene.walk() if isinstance(shape, Group) and shape.role == "touchpoint"]
    assert names == ["calls", "sees-the-queue", "confirms", "waits", "talks", "gets-the-letter", "follow-up"]


def test_what_is_gone_stands_where_it_stood() -> None:
    scene = comparison(planned(), to=planned().without("calls").without("waits"))
    names = [shape.about for shape in scene.walk() if isinstance(shape, Group) and shape.role == "touchpoint"]
    assert names == ["calls", "confirms", "waits", "talks", "gets-the-letter"]


def test_no_two_marks_look_or_sound_alike() -> None:
    for order in ((ADDED, REMOVED, MOVED, CHANGED), (AD_HOC, IRREGULAR, FAILED, MISSING)):
        assert len({mark.sign for mark in order}) == len({mark.word for mark in order}) == 4


def test_what_is_gone_is_dashed_and_what_is_new_has_an_outline() -> None:
    held = cards(comparison(planned(), to=to_be()))

    def outline(name: str) -> Rect:
        return next(part for part in held[name].shapes if isinstance(part, Rect) and part.paint.stroke)

    assert outline("confirms").paint.dash
    assert not outline("sees-the-queue").paint.dash
    assert outline("sees-the-queue").paint.stroke == LIGHT.accent
    assert outline("talks").paint.stroke == LIGHT.card_line


def test_what_is_different_is_told_in_the_numbers_of_the_map() -> None:
    lines = told(comparison(planned(), to=to_be()))
    assert "Emotion 1 \u2192 3" in lines["waits"]
    assert "Without pain: No chairs" in lines["waits"]
    assert "New opportunity: Coffee" in lines["waits"]
    assert "Was step 3.1, in Follow up" in lines["gets-the-letter"]
    assert "Emotion was 3" in lines["confirms"]
    assert set(lines) == {"waits", "gets-the-letter", "confirms"}


def test_both_curves_stand_over_the_columns() -> None:
    scene = comparison(planned(), to=to_be())
    shapes = list(scene.walk())
    points = {shape.about for shape in shapes if isinstance(shape, Group) and shape.role == "point"}
    assert points == {"calls", "sees-the-queue", "waits", "talks", "gets-the-letter"}
    (line,) = (shape for shape in shapes if isinstance(shape, Group) and shape.role == "line")
    assert len([shape for shape in line.shapes if isinstance(shape, Circle)]) == 5  # all of the plan but what is new
    assert all(shape.paint.dash for shape in line.shapes if isinstance(shape, Path))


def test_it_counts_what_is_different() -> None:
    words = said(comparison(planned(), to=to_be()))
    assert "2.8 \u2192 3.4" in words
    assert "1\nadded\n1\nremoved\n1\nmoved\n1\nchanged" in words


def test_what_differs_at_no_step_is_told_under_the_map() -> None:
    other = to_be().replace(owner="Front desk")
    words = said(comparison(planned(), to=other))
    assert "Elsewhere on the map" in words
    assert "The map: owner none \u2192 'Front desk'" in words
    assert "See a doctor soon'" not in words.partition("Elsewhere")[2]


def test_equal_maps_say_that_they_are() -> None:
    scene = comparison(planned(), to=planned())
    assert "The two maps say the same" in said(scene)
    assert marks(scene) == {}


def test_the_four_deviations_are_named() -> None:
    actual = (
        planned()
        .without("confirms")
        .with_touchpoint(Touchpoint("Asks a friend"), after="calls")
        .replace("talks", pains=[PainPoint("Five minutes only", severity=3)])
        .move("gets-the-letter", after="calls")
    )
    scene = comparison(planned(), to=actual, as_="deviations")
    assert marks(scene) == {
        "asks-a-friend": ["Ad hoc"],
        "gets-the-letter": ["Irregular sequence"],
        "talks": ["Failed"],
        "confirms": ["Missing"],
    }
    assert "fit with the plan" in said(scene)
    assert "Five minutes only (major)" in told(scene)["talks"]


def test_an_exception_behind_a_step_is_a_failure_too() -> None:
    actual = planned().with_transition(Transition("talks", "waits", kind="exception"))
    assert marks(comparison(planned(), to=actual, as_="deviations")) == {"talks": ["Failed"]}


def test_nothing_deviates_where_all_went_as_planned() -> None:
    scene = comparison(planned(), to=planned(), as_="deviations")
    assert "Everything was done as planned" in said(scene)
    assert "100%" in said(scene)


def test_a_map_without_steps_is_said_and_not_raised() -> None:
    words = said(comparison(planned(), to=Journey("Nothing"), as_="deviations"))
    assert "the actual map has no steps" in words


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "a comparison needs another map beside this one; give it as to="),
        ({"to": "to-be.yaml"}, "to='to-be.yaml' is not a Journey"),
        ({"to": planned(), "as_": "diff"}, "as_='diff' is unknown; give 'changes' or 'deviations'"),
        ({"to": planned(), "persona": "nobody"}, "no persona 'nobody'"),
    ],
)
def test_what_cannot_be_compared_is_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(RenderError, match=message):
        comparison(planned(), **options)  # type: ignore[arg-type]  # what users do


def test_the_description_tells_every_step_that_differs() -> None:
    description = comparison(planned(), to=to_be()).description
    assert "1.3 Confirms: removed; Emotion was 3." in description
    assert "2.1 Waits: changed;" in description


def test_the_word_of_a_mark_is_known_from_the_key() -> None:
    words = said(comparison(planned(), to=to_be()))
    used: tuple[Mark, ...] = (ADDED, REMOVED, MOVED, CHANGED)
    assert all(mark.meaning in words for mark in used)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(journeys(), journeys(), st.sampled_from(["changes", "deviations"]))
def test_any_two_maps_are_laid_side_by_side(one: Journey, other: Journey, as_: str) -> None:
    scene = comparison(one, to=other, as_=as_)  # type: ignore[arg-type]  # one of the two
    assert not list(faults(scene))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(sample_journeys()))
def test_a_step_is_unmarked_only_if_nothing_was_done_to_it(data: st.DataObject, journey: Journey) -> None:
    other = data.draw(edited(journey))
    scene = comparison(journey, to=other)
    unmarked = set(cards(scene)) - set(marks(scene))
    before = {touchpoint.id: touchpoint for touchpoint in journey.touchpoints}
    after = {touchpoint.id: touchpoint for touchpoint in other.touchpoints}
    assert all(before[name] == after[name] for name in unmarked if name in before)
