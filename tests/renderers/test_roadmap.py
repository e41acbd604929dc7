"""The roadmap: columns by horizon, rows by owner, what has to come first, and what is not planned."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Opportunity, Persona, Stage, Touchpoint
from journeymap.renderers.roadmap import roadmap
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Rect, Text
from journeymap.scene.theme import DARK
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def planned(*opportunities: Opportunity) -> Journey:
    return Journey("Any", [Stage("One", [Touchpoint("A")])], opportunities=opportunities)


def team() -> Journey:
    return planned(
        Opportunity("Page", horizon="now", owner="Web", impact=5, effort=3, status="in progress", ticket="WEB-7"),
        Opportunity("Mail", horizon="next", owner="Post", impact=2, effort=1, requires=["page"]),
        Opportunity("Robot", horizon="later", owner="Web"),
        Opportunity("Wish", owner="Post"),
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def cards(scene: Scene) -> dict[str, Box]:
    return {group.about or "": group.shapes[0].box for group in groups(scene, "opportunity") if isinstance(group.shapes[0], Rect)}


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(roadmap)
    check_renderer(roadmap, theme=DARK, max_width=500, journeys=[team()])


def test_columns_by_horizon_and_rows_by_owner() -> None:
    found = cards(roadmap(team()))
    assert found["page"].x < found["mail"].x < found["robot"].x < found["wish"].x
    assert found["page"].y == found["robot"].y
    assert found["mail"].y == found["wish"].y > found["page"].bottom


def test_the_heads_count_what_stands_under_them() -> None:
    heads = [group.label for group in groups(roadmap(team()), "column")]
    assert heads == ["Now: 1 opportunity", "Next: 1 opportunity", "Later: 1 opportunity", "Not planned: 1 opportunity"]
    assert len(groups(roadmap(planned(Opportunity("Page", horizon="next"))), "column")) == 3


def test_a_card_says_its_grades_status_ticket_and_what_comes_first() -> None:
    scene = roadmap(team())
    words = said(scene)
    for expected in ("High impact, medium effort", "in progress · WEB-7", "Low impact, low effort", "After “Page”"):
        assert expected in words
    assert "Page. High impact, medium effort. in progress · WEB-7 (Web)." in scene.description
    linked = roadmap(planned(Opportunity("Page", horizon="now", ticket="https://example.org/7")))
    assert [shape.link for shape in linked.walk() if isinstance(shape, Text) and shape.link] == ["https://example.org/7"]


def test_what_requires_something_later_is_told() -> None:
    late = planned(
        Opportunity("App", horizon="now", requires=["api", "idea"]),
        Opportunity("Api", horizon="later"),
        Opportunity("Idea"),
    )
    words = said(roadmap(late))
    assert "After “Api”, which comes later" in words
    assert "After “Idea”, which is not planned" in words
    assert "which comes" not in said(roadmap(team()))


def test_what_others_require_stands_above_them() -> None:
    chain = [Opportunity(f"O{i}", horizon="now", impact=i, requires=[f"o{i - 1}"] if i > 1 else []) for i in range(5, 0, -1)]
    found = cards(roadmap(planned(*chain)))
    assert sorted(found, key=lambda about: found[about].y) == ["o1", "o2", "o3", "o4", "o5"]
    free = cards(roadmap(planned(Opportunity("Weak", horizon="now", impact=1), Opportunity("Strong", horizon="now", impact=5))))
    assert free["strong"].bottom < free["weak"].y


def test_without_owners_there_is_no_room_for_them() -> None:
    scene = roadmap(planned(Opportunity("Page", horizon="now")))
    assert not groups(scene, "owner")
    assert cards(scene)["page"].x < cards(roadmap(team()))["page"].x
    mixed = roadmap(planned(Opportunity("Page", horizon="now"), Opportunity("Mail", horizon="now", owner="Post")))
    assert [group.label for group in groups(mixed, "owner")] == ["Owner: Post", "No owner yet"]


def test_each_owner_is_a_row_that_pages_may_part() -> None:
    assert len(groups(roadmap(team()), "system")) == 2


def test_no_opportunities_are_said_and_not_raised() -> None:
    scene = roadmap(planned())
    assert "This journey has no opportunities yet." in said(scene)
    assert not groups(scene, "column")


def test_a_persona_sees_what_they_meet() -> None:
    people = [Persona("Ada", id="ada"), Persona("Tom", id="tom")]
    step = Touchpoint("A", personas=["ada"], opportunities=[Opportunity("For Ada", horizon="now")])
    journey = Journey("Any", [Stage("One", [step])], personas=people)
    assert set(cards(roadmap(journey, persona="ada"))) == {"for-ada"}
    assert not cards(roadmap(journey, persona="tom"))
    with pytest.raises(RenderError, match="there are: ada, tom"):
        roadmap(journey, persona="eve")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(journeys(), st.sampled_from([500.0, 1600.0]))
def test_every_opportunity_has_a_card_and_no_cards_overlap(journey: Journey, max_width: float) -> None:
    scene = roadmap(journey, max_width=max_width)
    assert not list(faults(scene))
    found = cards(scene)
    assert set(found) == {opportunity.id for opportunity in journey.all_opportunities()}
    boxes = list(found.values())
    for index, one in enumerate(boxes):
        assert 0 <= one.x < one.right <= scene.width
        for other in boxes[index + 1 :]:
            assert one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y
