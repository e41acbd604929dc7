"""The flow: every way drawn as wide as its traffic, round the cards and never through them, with nothing on anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.model import Journey, Persona, Span, Stage, Touchpoint, Transition, TransitionKind
from journeymap.renderers.flow import flow
from journeymap.renderers.flow.layers import Slot, arrange, join, spread
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, CurveTo, Group, LineTo, MoveTo, Path, Rect, Text
from journeymap.scene.theme import DARK
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def shop() -> Journey:
    return Journey(
        "Buying a lamp",
        [
            Stage("Look", [Touchpoint("Sees it"), Touchpoint("Asks a friend"), Touchpoint("Reads the page")]),
            Stage("Buy", [Touchpoint("Pays", personas=["tom"]), Touchpoint("Calls")]),
        ],
        personas=[Persona("Tom", id="tom"), Persona("Ada", id="ada")],
        transitions=[
            Transition("start", "sees-it", count=1000),
            Transition("sees-it", "asks-a-friend", kind="alternative", count=200),
            Transition("sees-it", "reads-the-page", count=800, wait=Span(timedelta(days=1), timedelta(days=2), timedelta(days=9))),
            Transition("asks-a-friend", "reads-the-page", count=150, condition="Still likes it"),
            Transition("asks-a-friend", "end", kind="alternative", count=50, condition="Too dear"),
            Transition("reads-the-page", "reads-the-page", kind="loop", count=30),
            Transition("reads-the-page", "pays", count=400),
            Transition("reads-the-page", "calls", kind="exception", count=100),
            Transition("pays", "end", count=400),
            Transition("calls", "sees-it", kind="loop", count=40),
        ],
    )


def chain(length: int) -> Journey:
    return Journey(
        "Long", [Stage(f"Stage {n}", [Touchpoint(f"Step {n}.{k}", id=f"t-{n}-{k}") for k in range(5)]) for n in range(length // 5)]
    )


def groups(scene: Scene, role: str) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == role]


def said(scene: Scene) -> list[str]:
    return [" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text)]


def cards(scene: Scene) -> dict[str, Box]:
    return {group.about or "": next(part.box for part in group.shapes if isinstance(part, Rect)) for group in groups(scene, "touchpoint")}


def lines(scene: Scene) -> Iterator[tuple[str, Path]]:
    for group in groups(scene, "way"):
        yield group.about or "", next(part for part in group.shapes if isinstance(part, Path))


def points(path: Path) -> Iterator[tuple[float, float]]:
    """Points along a way, some twenty on each piece."""
    x, y = 0.0, 0.0
    for step in path.steps:
        if isinstance(step, CurveTo):
            for number in range(21):
                t = number / 20
                u = 1 - t
                yield (
                    u**3 * x + 3 * u * u * t * step.x1 + 3 * u * t * t * step.x2 + t**3 * step.x,
                    u**3 * y + 3 * u * u * t * step.y1 + 3 * u * t * t * step.y2 + t**3 * step.y,
                )
            x, y = step.x, step.y
        elif isinstance(step, MoveTo | LineTo):
            if isinstance(step, LineTo):
                yield from ((x + (step.x - x) * n / 20, y + (step.y - y) * n / 20) for n in range(21))
            x, y = step.x, step.y


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.5 and down > 0.5


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(flow)
    check_renderer(flow, theme=DARK, journeys=[shop()])


def test_every_way_is_drawn_as_wide_as_its_count() -> None:
    widths = {about: path.paint.width for about, path in lines(flow(shop()))}
    assert set(widths) == {
        "sees-it asks-a-friend",
        "sees-it reads-the-page",
        "asks-a-friend reads-the-page",
        "reads-the-page pays",
        "reads-the-page calls",
        "calls sees-it",
    }
    assert widths["sees-it reads-the-page"] == pytest.approx(2 * widths["reads-the-page pays"])
    assert widths["sees-it reads-the-page"] == pytest.approx(4 * widths["sees-it asks-a-friend"])


def test_numbers_waits_conditions_entries_and_drop_off_are_told() -> None:
    words = said(flow(shop()))
    for expected in ("800", "2 days", "Still likes it", "1,000 start", "50 leave: Too dear", "30 do it again"):
        assert expected in words
    told = flow(shop()).description
    assert "From Sees it to Reads the page: 800, after 2 days (1 to 9 days)." in told
    assert "Asks a friend: 50 leave: Too dear." in told


def test_probabilities_become_shares_of_all_who_start() -> None:
    ways = [Transition("a", "b", probability=0.8), Transition("a", "c", probability=0.2), Transition("b", "c", probability=0.5)]
    scene = flow(Journey("Any", [Stage("S", [Touchpoint(name, id=name) for name in "abc"])], transitions=ways))
    widths = {about: path.paint.width for about, path in lines(scene)}
    assert widths["a b"] == pytest.approx(4 * widths["a c"])
    assert widths["a b"] == pytest.approx(2 * widths["b c"])
    assert "80%" in said(scene)


def test_without_numbers_all_ways_are_alike_and_the_key_says_so() -> None:
    scene = flow(chain(5))
    assert {path.paint.width for _, path in lines(scene)} == {2.0}
    assert "A way; how many take it is not known" in said(scene)


def test_a_trap_that_nobody_leaves_draws_ways_all_alike() -> None:
    ways = [Transition("a", "b", probability=1), Transition("b", "a", probability=1)]
    scene = flow(Journey("Any", [Stage("S", [Touchpoint(name, id=name) for name in "ab"])], transitions=ways))
    assert {path.paint.width for _, path in lines(scene)} == {2.0}


def test_steps_stand_behind_the_steps_that_lead_to_them() -> None:
    boxes = cards(flow(shop()))
    assert boxes["sees-it"].right < boxes["asks-a-friend"].x
    assert boxes["asks-a-friend"].right < boxes["reads-the-page"].x
    assert boxes["pays"].x == boxes["calls"].x


def test_a_way_back_leaves_and_arrives_at_the_top() -> None:
    scene = flow(shop())
    path = dict(lines(scene))["calls sees-it"]
    boxes = cards(scene)
    first, last = path.steps[0], path.steps[-1]
    assert isinstance(first, MoveTo)
    assert isinstance(last, LineTo)
    assert first.y == pytest.approx(boxes["calls"].y)
    assert last.y == pytest.approx(boxes["sees-it"].y - 7)


def test_an_exception_is_dashed_and_named_in_the_key() -> None:
    scene = flow(shop())
    assert dict(lines(scene))["reads-the-page calls"].paint.dash
    assert not dict(lines(scene))["reads-the-page pays"].paint.dash
    assert "Exception" in said(scene)


def test_a_long_flow_breaks_and_says_where_it_goes_on() -> None:
    scene = flow(chain(60))
    assert scene.width <= 3400
    assert len(cards(scene)) == 60
    marks = said(scene)
    going = [words.removeprefix("to ") for words in marks if words.startswith("to ")]
    coming = [words.removeprefix("from ") for words in marks if words.startswith("from ")]
    assert len(going) == len(coming) >= 3


def test_a_persona_sees_their_own_steps_alone() -> None:
    assert "pays" in cards(flow(shop(), persona="tom"))
    assert "pays" not in cards(flow(shop(), persona="ada"))
    with pytest.raises(RenderError, match="no persona 'tim'; did you mean 'tom'"):
        flow(shop(), persona="tim")


def test_a_journey_without_stages_says_so() -> None:
    assert "This journey has no stages yet." in said(flow(Journey("Any")))


def test_ways_that_cross_are_untangled() -> None:
    left = [Slot(0, 10, 10, name=name) for name in "abc"]
    right = [Slot(1, 10, 10, name=name) for name in "xyz"]
    for one, other in zip(left, reversed(right), strict=True):
        join((one, other), 1.0)
    layers = [left, right]
    arrange(layers, between=5)
    assert [slot.name for slot in layers[1]] in (["z", "y", "x"], ["x", "y", "z"])
    assert all(one.after[0][0].y == pytest.approx(one.y) for one in left)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 40)), max_size=12))
def test_spread_slots_keep_their_order_and_their_room(wanted: list[tuple[float, float]]) -> None:
    slots = [Slot(0, half, half) for _, half in wanted]
    spread(slots, [want for want, _ in wanted], between=4)
    for upper, lower in pairwise(slots):
        assert lower.y - lower.above >= upper.y + upper.below + 4 - 1e-6
    if len(slots) == 1:
        assert slots[0].y == pytest.approx(wanted[0][0])


@st.composite
def tangles(draw: st.DrawFn) -> Journey:
    """Up to sixteen steps with any ways between them."""
    count = draw(st.integers(2, 16))
    ids = [f"t-{n}" for n in range(count)]
    per = draw(st.integers(1, 6))
    kinds: list[TransitionKind] = ["main", "alternative", "loop", "exception"]
    pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from([*ids, "end"])), unique=True, max_size=24))
    ways = [
        Transition(
            *pair,
            kind=draw(st.sampled_from(kinds)),
            count=draw(st.none() | st.integers(0, 9999)),
            wait=draw(st.none() | st.timedeltas(timedelta(), timedelta(days=99))),
            condition=draw(st.sampled_from(["", "Late", "When nobody answers the phone for a day"])),
        )
        for pair in pairs
    ]
    steps = [Touchpoint(f"Does the step of number {n}", id=name) for n, name in enumerate(ids)]
    return Journey("Tangle", [Stage(f"S{n}", steps[n : n + per]) for n in range(0, count, per)], transitions=ways)


def test_the_words_of_a_way_between_cards_of_one_column_keep_clear_of_the_next() -> None:
    steps = [Touchpoint(f"Does the step of number {n}", id=f"t-{n}") for n in range(3)]
    ways = [
        Transition("t-0", "t-1"),
        Transition("t-1", "t-0"),
        Transition("t-2", "t-0", condition="When nobody answers the phone for a day", wait=timedelta(microseconds=1)),
    ]
    scene = flow(Journey("Tangle", [Stage("S", steps)], transitions=ways))
    slips = [part.box for group in groups(scene, "way-label") for part in group.shapes if isinstance(part, Rect)]
    assert slips
    assert not [slip for slip in slips for box in cards(scene).values() if overlap(slip, box)]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(tangles())
def test_in_any_tangle_cards_and_words_keep_apart_and_no_way_runs_through_a_card(journey: Journey) -> None:
    scene = flow(journey)
    assert not list(faults(scene))
    boxes = cards(scene)
    assert set(boxes) == {touchpoint.id for touchpoint in journey.touchpoints}
    for one, other in combinations(boxes.values(), 2):
        assert not overlap(one, other)
    for group in groups(scene, "way-label"):
        for part in group.shapes:
            if isinstance(part, Rect):
                assert not any(overlap(part.box, box) for box in boxes.values())
    drawn = {about for about, _ in lines(scene)}
    assert {f"{source} {target}" for source, target in journey.graph.edges if target not in {"end", source}} == drawn
    for about, path in lines(scene):
        for x, y in points(path):
            for name, box in boxes.items():
                inside = box.x + 1 < x < box.right - 1 and box.y + 1 < y < box.bottom - 1
                assert not inside, (about, name)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(journeys())
def test_any_journey_is_drawn_without_a_fault(journey: Journey) -> None:
    assert not list(faults(flow(journey)))


def test_on_the_narrowest_sheet_each_column_has_a_row_of_its_own() -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    journey = Journey("Way", [Stage(f"Stage {n}", [Touchpoint(f"{long} {n}", id=f"step-{n}")]) for n in range(4)])
    scene = flow(journey, max_width=500)
    assert sum(isinstance(shape, Group) and shape.role == "system" for shape in scene.walk()) == 4
