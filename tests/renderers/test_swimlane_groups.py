"""Steps in lanes of their own kind, joined by arrows; and lanes of plain facts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from journeymap.errors import RenderError
from journeymap.model import Activity, Evidence, Journey, Persona, Source, Stage, Touchpoint, Transition
from journeymap.renderers.swimlane import swimlane
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Close, Group, Path, Rect, Shape, Text
from journeymap.testing.strategies import journeys

BUY = Journey(
    "Buy",
    [
        Stage(
            "Look",
            [
                Touchpoint("Sees", channel="Social", owner="Marketing", personas=["ana"], evidence=[Evidence("calls"), Evidence("survey")]),
                Touchpoint("Asks", channel="Phone", owner="Sales", extra={"risk": "Long queue"}, evidence=[Evidence("calls")]),
            ],
        ),
        Stage(
            "Buy",
            [
                Touchpoint(
                    "Pays",
                    channel="Social",
                    owner="Sales",
                    actions=["Opens the app", "Signs"],
                    activities=[
                        Activity("Books it", layer="backstage", owner="Finance"),
                        Activity("Sends mail", layer="support", system="CRM"),
                    ],
                ),
                Touchpoint("Waits"),
            ],
        ),
    ],
    personas=[Persona("Ana"), Persona("Ben")],
    sources=[Source("calls", kind="support-tickets", n=1200), Source("survey", kind="survey")],
    transitions=[Transition("sees", "pays"), Transition("pays", "asks", kind="loop")],
)


def lanes(scene: Scene) -> dict[str, list[str]]:
    """The title of each lane of steps, with the steps in it."""
    return {
        shape.label or "": [held.about or "" for held in shape.shapes if isinstance(held, Group) and held.about]
        for shape in scene.walk()
        if isinstance(shape, Group) and (shape.role or "").startswith(("lane:steps:", "lane:actor:"))
    }


def cards(scene: Scene) -> dict[str, Rect]:
    return {
        shape.about or "": next(part for part in shape.shapes if isinstance(part, Rect))
        for shape in scene.walk()
        if isinstance(shape, Group) and shape.role == "touchpoint"
    }


def arrows(scene: Scene) -> list[Path]:
    return [shape for shape in scene.walk() if isinstance(shape, Path) and shape.role == "arrow"]


def corners(path: Path) -> list[tuple[float, float]]:
    return [(step.x, step.y) for step in path.steps if not isinstance(step, Close)]


def said(shapes: Iterator[Shape]) -> list[str]:
    return [" ".join(shape.lines) for shape in shapes if isinstance(shape, Text)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("channel", {"Social": ["sees", "pays"], "Phone": ["asks"], "No channel": ["waits"]}),
        ("owner", {"Marketing": ["sees"], "Sales": ["asks", "pays"], "No owner": ["waits"]}),
        ("persona", {"Ana": ["sees", "asks", "pays", "waits"], "Ben": ["asks", "pays", "waits"]}),
        ("actor", {"Customer": ["sees", "asks", "pays", "waits"], "Finance": ["pays"], "CRM": ["pays"]}),
    ],
)
def test_each_step_stands_in_its_lane(by: str, expected: dict[str, list[str]]) -> None:
    assert lanes(swimlane(BUY, by=by)) == expected


def test_every_transition_is_an_arrow_from_card_to_card() -> None:
    scene = swimlane(BUY, by="channel")
    starts = {corners(path)[0] for path in arrows(scene)}
    for card in (cards(scene)[name] for name in ("sees", "asks", "pays")):
        assert (card.box.right, card.box.y + card.box.height / 2) in starts
    assert len(arrows(scene)) == len(BUY.graph.edges)
    assert sum(bool(path.paint.dash) for path in arrows(scene)) == 1


def test_no_arrow_runs_through_a_card() -> None:
    scene = swimlane(BUY, by="channel")
    for path in arrows(scene):
        points = corners(path)
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            for card in cards(scene).values():
                inside_x = min(x1, x2) < card.box.right - 0.5 and max(x1, x2) > card.box.x + 0.5
                inside_y = min(y1, y2) < card.box.bottom - 0.5 and max(y1, y2) > card.box.y + 0.5
                assert not (inside_x and inside_y)


def test_the_curve_stands_below_unless_lanes_say_otherwise() -> None:
    felt = BUY.replace("pays", kind="touchpoint", emotion=1)
    roles = [shape.role for shape in swimlane(felt, by="owner").walk() if isinstance(shape, Group)]
    assert "lane:emotion" in roles
    assert "lane:emotion" not in [shape.role for shape in swimlane(felt, by="owner", lanes=["steps"]).walk() if isinstance(shape, Group)]


def test_what_steps_cannot_be_put_by_is_refused() -> None:
    with pytest.raises(RenderError, match=r"by='chanel' is none of channel, owner, actor, persona; did you mean 'channel'\?"):
        swimlane(BUY, by="chanel")


def test_lanes_of_facts_show_them() -> None:
    words = said(swimlane(BUY, lanes=["steps", "actions", "channels", "evidence", "extra:risk"]).walk())
    for expected in (
        "Opens the app",
        "Signs",
        "Phone",
        "Triangulated",
        "One method",
        "Assumption",
        "calls (n = 1,200)",
        "Risk",
        "Long queue",
    ):
        assert expected in words


@settings(max_examples=25)
@given(journeys())
def test_any_journey_can_be_grouped(journey: Journey) -> None:
    for by in ("channel", "owner", "actor", "persona"):
        scene = swimlane(journey, by=by)
        for shape in scene.walk():
            if isinstance(shape, Text):
                assert shape.box.x >= -0.5
                assert shape.box.right <= scene.width + 0.5
