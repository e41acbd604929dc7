"""The timeline: bars as long as the time they stand for, long waits called out, and what is not known said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Persona, Span, Stage, Touchpoint, Transition
from journeymap.renderers.lengths import length_words
from journeymap.renderers.main_way import main_way
from journeymap.renderers.steps import steps_by_stage
from journeymap.renderers.timeline import timeline
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Rect, Text
from journeymap.scene.theme import DARK
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def visit() -> Journey:
    return Journey(
        "Seeing a specialist",
        [
            Stage("Ask", [Touchpoint("Calls", duration=10 * DAY), Touchpoint("Gets a date", duration=5 * DAY)], period="May"),
            Stage("See", [Touchpoint("Waits in the room"), Touchpoint("Is seen", duration=5 * DAY), Touchpoint("Is seen by a stand-in")]),
        ],
        transitions=[
            Transition("calls", "gets-a-date", wait=2 * DAY),
            Transition("gets-a-date", "waits-in-the-room", wait=Span(10 * DAY, 20 * DAY, 40 * DAY)),
            Transition("waits-in-the-room", "is-seen", count=9, condition="On time"),
            Transition("waits-in-the-room", "is-seen-by-a-stand-in", count=1, kind="alternative"),
            Transition("is-seen", "end"),
        ],
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def bar(group: Group) -> Box:
    return max((shape.box for shape in group.shapes if isinstance(shape, Rect) and shape.radius), key=lambda box: box.width)


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(timeline)
    check_renderer(timeline, theme=DARK, gap=HOUR)


def test_steps_and_waits_are_as_wide_as_their_time_is_long() -> None:
    scene = timeline(visit())
    steps = {group.about: bar(group) for group in groups(scene, "touchpoint") if group.about != "waits-in-the-room"}
    (wait,), (gap,) = groups(scene, "wait"), groups(scene, "gap")
    unit = steps["calls"].width / 10
    assert steps["gets-a-date"].width == pytest.approx(5 * unit)
    assert bar(wait).width == pytest.approx(2 * unit)
    assert bar(gap).width == pytest.approx(20 * unit)
    assert bar(wait).x == pytest.approx(steps["calls"].right)
    assert bar(gap).right == pytest.approx(steps["is-seen"].x)


def test_a_long_wait_is_called_out_and_what_is_long_can_be_said() -> None:
    scene = timeline(visit())
    assert "20 days (10 to 40 days) of waiting" in said(scene)
    assert "Wait of 3 days or more" in said(scene)
    assert len(groups(timeline(visit(), gap=2 * DAY), "gap")) == 2
    with pytest.raises(RenderError, match="gap=3 is no length of time"):
        timeline(visit(), gap=3)  # type: ignore[arg-type]  # what users do


def test_the_sums_are_told() -> None:
    words = said(timeline(visit()))
    assert "42 days" in words
    assert "20 days\nin the steps themselves" in words
    assert "22 days\nof waiting between them (52%)" in words


def test_what_is_not_known_is_said() -> None:
    words = said(timeline(visit()))
    assert "length not known" in words
    assert "Not known, and drawn without room: 1 wait and 1 length of a step." in words
    assert "When things happen is not known yet" in said(timeline(Journey("Any", [Stage("S", [Touchpoint("A")])])))
    assert "This journey has no stages yet." in said(timeline(Journey("Any")))


def test_the_way_that_most_take_is_drawn_and_the_others_are_named() -> None:
    scene = timeline(visit())
    assert [group.about for group in groups(scene, "touchpoint")] == ["calls", "gets-a-date", "waits-in-the-room", "is-seen"]
    assert "Not on the most usual way: 2.3 Is seen by a stand-in." in said(scene)
    assert "Is seen by a stand-in" in scene.description


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([], "abc"),
        ([Transition("a", "c", count=3), Transition("a", "b", count=2)], "ac"),
        ([Transition("a", "c", probability=0.4), Transition("a", "b")], "abc"),
        ([Transition("a", "c", kind="alternative"), Transition("a", "b")], "abc"),
        ([Transition("start", "b")], "bc"),
        ([Transition("a", "b"), Transition("b", "a", kind="loop", count=9), Transition("b", "c", count=1)], "abc"),
    ],
)
def test_the_main_way_follows_what_is_likeliest(ways: list[Transition], expected: str) -> None:
    journey = Journey("Any", [Stage("S", [Touchpoint(name, id=name) for name in "abc"])], transitions=ways)
    steps = [step for held in steps_by_stage(journey, None) for step in held.steps]
    assert "".join(leg.step.about for leg in main_way(journey, steps).legs) == expected


def test_a_persona_goes_past_steps_of_others() -> None:
    steps = [Touchpoint("A", duration=HOUR), Touchpoint("B", personas=["tom"]), Touchpoint("C")]
    journey = Journey("Any", [Stage("S", steps)], personas=[Persona("Tom", id="tom"), Persona("Ada", id="ada")])
    assert [group.about for group in groups(timeline(journey, persona="ada"), "touchpoint")] == ["a", "c"]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "no time"),
        (timedelta(milliseconds=2), "under 1 s"),
        (45 * timedelta(seconds=1), "45 s"),
        (90 * MINUTE, "1 h 30 min"),
        (11 * HOUR + MINUTE, "11 h"),
        (36 * HOUR, "1.5 days"),
        (DAY, "1 day"),
        (400 * DAY, "1.1 years"),
        (Span(HOUR, DAY, 2 * DAY), "1 day (1 h to 2 days)"),
        (Span(DAY, DAY, DAY), "1 day"),
    ],
)
def test_lengths_are_told_in_words(length: timedelta | Span, words: str) -> None:
    assert length_words(length) == words


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=9999)), min_size=1, max_size=9))
def test_whatever_the_lengths_bars_stay_on_the_plot_in_their_order(lengths: list[timedelta]) -> None:
    steps = [Touchpoint(f"Step {n}", id=f"t-{n}", duration=length) for n, length in enumerate(lengths)]
    scene = timeline(Journey("Any", [Stage("S", steps)]))
    bars = [bar(group) for group in groups(scene, "touchpoint")]
    assert len(bars) in (0, len(lengths))
    assert [box.x for box in bars] == sorted(box.x for box in bars)
    assert all(box.x >= 340 and box.right <= scene.width - 48 for box in bars)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(journeys())
def test_any_journey_is_drawn_without_a_fault(journey: Journey) -> None:
    assert not list(faults(timeline(journey)))
