"""Impact and effort: marks where they belong, names that do not collide, the front, doubt, and what has no place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Opportunity, Persona, Range, Stage, Touchpoint
from journeymap.renderers.impact_effort import impact_effort
from journeymap.renderers.impact_effort.placing import Places, around, crosses
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Group, Line, MoveTo, Path, Rect, Text
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def planned(*opportunities: Opportunity) -> Journey:
    return Journey("Any", [Stage("One", [Touchpoint("A")])], opportunities=opportunities)


def four() -> Journey:
    return planned(
        Opportunity("Tracker", impact=5, effort=1),
        Opportunity("Portal", impact=5, effort=5),
        Opportunity("Logo", impact=1, effort=1),
        Opportunity("Statue", impact=1, effort=5),
        Opportunity("Wish", impact=4),
        Opportunity("Dream"),
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def marks(scene: Scene) -> dict[str, Circle]:
    return {group.about or "": shape for group in groups(scene, "opportunity") for shape in group.shapes if isinstance(shape, Circle)}


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(impact_effort)
    check_renderer(impact_effort, theme=DARK, max_width=500, journeys=[four()])


def test_marks_stand_in_proportion_to_impact_and_effort() -> None:
    found = marks(impact_effort(planned(*(Opportunity(f"O{i}", impact=i, effort=6 - i) for i in range(1, 6)))))
    across = [found[f"o{i}"].x for i in range(5, 0, -1)]
    down = [found[f"o{i}"].y for i in range(5, 0, -1)]
    for values in (across, down):
        steps = [after - before for before, after in pairwise(values)]
        assert steps == pytest.approx([steps[0]] * 4)
        assert steps[0] > 0


def test_each_idea_stands_in_the_quadrant_that_names_it() -> None:
    scene = impact_effort(four())
    named = {group.label.partition(":")[0]: group.shapes[0] for group in groups(scene, "quadrant") if group.label}
    found = marks(scene)
    for corner, idea in (("Quick wins", "tracker"), ("Big bets", "portal"), ("Fill-ins", "logo"), ("Time sinks", "statue")):
        name = named[corner]
        assert isinstance(name, Text)
        nearest = min(found, key=lambda about: abs(found[about].x - name.box.centre) + abs(found[about].y - name.y))
        assert nearest == idea
    assert "Time sinks: Statue (impact 1, effort 5)." in scene.description


def test_the_front_runs_through_the_ideas_that_none_beats() -> None:
    assert [about for about, mark in marks(impact_effort(four())).items() if mark.paint.fill == LIGHT.accent] == ["tracker"]
    line = planned(
        Opportunity("Cheap", impact=2, effort=1), Opportunity("Dear", impact=5, effort=4), Opportunity("Bad", impact=2, effort=4)
    )
    scene = impact_effort(line)
    (drawn,) = (shape for shape in scene.walk() if isinstance(shape, Path) and shape.role == "pareto-front")
    found = marks(scene)
    assert [(step.x, step.y) for step in drawn.steps if not isinstance(step, MoveTo)] == [(found["dear"].x, found["dear"].y)]  # type: ignore[union-attr]
    assert drawn.steps[0] == MoveTo(found["cheap"].x, found["cheap"].y)
    assert "Cheap (impact 2, effort 1, on the Pareto front)" in scene.description


def test_ranges_are_bars_from_low_to_high() -> None:
    scene = impact_effort(planned(Opportunity("Sure", impact=1, effort=1), Opportunity("Doubt", impact=Range(2, 3, 5), effort=4)))
    doubt = next(group for group in groups(scene, "opportunity") if group.about == "doubt")
    (ranges,) = groups(scene, "range")
    found = marks(scene)
    unit = (found["sure"].y - found["doubt"].y) / 2
    bar = next(shape for shape in ranges.shapes if isinstance(shape, Line) and shape.x1 == shape.x2 == found["doubt"].x)
    assert bar.y2 - bar.y1 == pytest.approx(3 * unit)
    assert "impact 3 (2 to 5)" in (doubt.label or "")
    assert "its ranges reach into another quadrant" in scene.description
    assert "Range of an estimate" in said(scene)
    assert "Range of an estimate" not in said(impact_effort(four()))


def test_what_lacks_an_estimate_is_listed_beside() -> None:
    scene = impact_effort(four())
    assert "Not placed\nWish\nNo effort yet\nDream\nNo impact and no effort yet" in said(scene)
    assert "Not placed: Wish (no effort yet); Dream (no impact and no effort yet)." in scene.description
    plot = next(shape for shape in scene.walk() if isinstance(shape, Rect))
    (listed,) = groups(scene, "list")
    texts = [text for item in listed.shapes if isinstance(item, Group) for text in item.shapes if isinstance(text, Text)]
    assert all(text.box.x > plot.box.right for text in texts)


@pytest.mark.parametrize("count", [2, 12, 60])
def test_no_name_stands_on_another_or_on_a_mark_or_the_front(count: int) -> None:
    ideas = [Opportunity(f"Idea number {i} of so many", impact=1 + i * 7 % 9 / 2, effort=1 + i * 5 % 7 / 2) for i in range(count)]
    scene = impact_effort(planned(*ideas))
    assert not list(faults(scene))
    circles = [around((mark.x, mark.y), mark.radius) for mark in marks(scene).values()]
    labels = [
        text.box for group in groups(scene, "opportunity") for text in group.shapes if isinstance(text, Text) and len(group.shapes) > 1
    ]
    plot = next(shape for shape in scene.walk() if isinstance(shape, Rect)).box
    for label in (label for label in labels if label.right < plot.right):
        assert not any(
            mark.x < label.right and label.x < mark.right and mark.y < label.bottom and label.y < mark.bottom for mark in circles
        )
    for idea in ideas:
        assert idea.name in said(scene)


def test_names_without_room_have_a_number_and_stand_in_a_list() -> None:
    scene = impact_effort(
        planned(*(Opportunity(f"The same place again and again {i}", impact=3, effort=3) for i in range(40))), max_width=600
    )
    (listed,) = groups(scene, "list")
    assert "Named by number" in said(scene)
    assert {f"The same place again and again {i}" for i in range(40)} <= set(said(scene).split("\n"))
    numbered = [item for item in listed.shapes if isinstance(item, Group)]
    assert [item.shapes[0].lines for item in numbered if isinstance(item.shapes[0], Text)][:2] == [("1",), ("2",)]


def test_borders_may_be_the_medians() -> None:
    journey = planned(*(Opportunity(f"O{i}", impact=4 + i / 10, effort=i + 1) for i in range(5)))
    assert "Fill-ins:" not in impact_effort(journey).description
    assert "Fill-ins:" in impact_effort(journey, borders="median").description
    with pytest.raises(RenderError, match="borders='mean' is unknown; give 'midpoint' or 'median'"):
        impact_effort(journey, borders="mean")  # type: ignore[arg-type]  # what users do


def test_too_little_is_said_and_not_raised() -> None:
    assert "This journey has no opportunities yet." in said(impact_effort(planned()))
    only = impact_effort(planned(Opportunity("Wish", impact=2)))
    assert "No opportunity has both an impact and an effort yet.\nNot placed\nWish\nNo effort yet" in said(only)
    assert not groups(only, "quadrant")


def test_a_persona_sees_what_they_meet() -> None:
    people = [Persona("Ada", id="ada"), Persona("Tom", id="tom")]
    steps = [
        Touchpoint("A", personas=["ada"], opportunities=[Opportunity("For Ada", impact=3, effort=2)]),
        Touchpoint("B", opportunities=[Opportunity("For all", impact=2, effort=2)]),
    ]
    journey = Journey("Any", [Stage("One", steps)], personas=people)
    assert set(marks(impact_effort(journey, persona="tom"))) == {"for-all"}
    assert set(marks(impact_effort(journey))) == {"for-ada", "for-all"}
    with pytest.raises(RenderError, match="there are: ada, tom"):
        impact_effort(journey, persona="eve")


def test_the_nearest_free_place_is_taken() -> None:
    places = Places(room=Box(x=0, y=0, width=400, height=300))
    places.take(around((200, 150), 8))
    first = places.find((200, 150), 60, 16)
    assert first is not None
    assert first.leader is None
    assert first.box.x > 200
    places.keep(first)
    second = places.find((200, 150), 60, 16)
    assert second is not None
    assert second.box.right < first.box.x or second.box.bottom < first.box.y or second.box.y > first.box.bottom
    assert places.find((200, 150), 500, 16) is None


@given(*(st.floats(-50, 50) for _ in range(4)))
@settings(max_examples=25, deadline=None)
def test_a_line_crosses_a_box_if_a_point_of_it_lies_within(x1: float, y1: float, x2: float, y2: float) -> None:
    box = Box(x=-10, y=-10, width=20, height=20)
    points = [(x1 + (x2 - x1) * part / 200, y1 + (y2 - y1) * part / 200) for part in range(201)]
    if any(abs(x) <= 10 and abs(y) <= 10 for x, y in points):
        assert crosses(((x1, y1), (x2, y2)), box)
    elif not any(abs(x) <= 11 and abs(y) <= 11 for x, y in points):
        assert not crosses(((x1, y1), (x2, y2)), box)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(journeys(), st.sampled_from([500.0, 1200.0]))
def test_no_words_collide_whatever_the_map(journey: Journey, max_width: float) -> None:
    scene = impact_effort(journey, max_width=max_width)
    assert not list(faults(scene))
    for opportunity in journey.all_opportunities():
        assert opportunity.name in scene.description
