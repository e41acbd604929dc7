"""The funnel: bars as long as the share that gets there, losses in words, and what the numbers rest on."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.analysis.chain import chain_of, visits
from journeymap.errors import RenderError
from journeymap.model import Journey, Metric, Persona, Stage, Touchpoint, Transition
from journeymap.renderers.funnel import funnel
from journeymap.renderers.reach import reach_of
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Rect, Text
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def straight(*ways: Transition) -> Journey:
    """Three steps in two stages."""
    return Journey("Signing up", [Stage("One", [Touchpoint("A"), Touchpoint("B")]), Stage("Two", [Touchpoint("C")])], transitions=ways)


def counted() -> Journey:
    return straight(
        Transition("start", "a", count=1000),
        Transition("a", "b", count=600),
        Transition("a", "end", count=400),
        Transition("b", "c", count=150),
        Transition("b", "end", count=450),
    )


def bars(scene: Scene) -> dict[str, Box]:
    """The solid bar of each row."""
    found: dict[str, Box] = {}
    for shape in scene.walk():
        if isinstance(shape, Group) and shape.role == "bar":
            solid = [part.box for part in shape.shapes if isinstance(part, Rect) and part.paint.fill == LIGHT.stage]
            found.update((shape.about or "", box) for box in solid)
    return found


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(funnel)
    check_renderer(funnel, theme=DARK, journeys=[counted()])


def test_bars_are_as_long_as_the_share_that_gets_there() -> None:
    found = bars(funnel(counted()))
    assert list(found) == ["a", "b", "c"]
    assert found["b"].width == pytest.approx(0.6 * found["a"].width)
    assert found["c"].width == pytest.approx(0.15 * found["a"].width)
    assert len({box.x for box in found.values()}) == 1


def test_numbers_shares_losses_and_n_are_told() -> None:
    words = said(funnel(counted()))
    for expected in ("600\n60% (57% to 63%) of those who start", "450 leave here\n75% of those who come\nThe largest loss", "n = 1,000"):
        assert expected in words
    assert "15%\nof them get to “C”" in words
    assert "1.2 B: 600, 60% (57% to 63%) of those who start, 450 leave here" in funnel(counted()).description


def test_by_stage_customers_are_counted_once() -> None:
    found = bars(funnel(counted(), by="stage"))
    assert list(found) == ["one", "two"]
    assert found["two"].width == pytest.approx(0.15 * found["one"].width)
    with pytest.raises(RenderError, match="by='phase' is unknown; give 'stage' or 'step'"):
        funnel(counted(), by="phase")  # type: ignore[arg-type]  # what users do


def test_who_goes_from_step_to_step_within_a_stage_comes_to_it_once() -> None:
    steps = [Touchpoint(name) for name in "ABCD"]
    journey = Journey("Any", [Stage("One", steps[:2]), Stage("Two", steps[2:])], transitions=[Transition("b", "c", probability=0.4)])
    found = bars(funnel(journey, by="stage"))
    assert found["two"].width == pytest.approx(0.4 * found["one"].width)


def test_a_branching_map_is_drawn_by_stage_unless_asked() -> None:
    journey = straight(Transition("a", "b", count=3), Transition("a", "c", count=7, kind="alternative"))
    assert list(bars(funnel(journey))) == ["one", "two"]
    assert list(bars(funnel(journey, by="step"))) == ["a", "b", "c"]


def test_shares_alone_claim_no_n() -> None:
    words = said(funnel(straight(Transition("a", "b", probability=0.5), Transition("a", "end", probability=0.5))))
    assert "50%\nof those who start" in words
    assert "The map states shares and not how many customers they rest on" in words


def test_ways_back_make_an_estimate_and_it_says_so() -> None:
    journey = straight(
        Transition("start", "a", count=100),
        Transition("a", "b", count=150),
        Transition("b", "a", kind="loop", count=50),
        Transition("b", "c", count=80),
        Transition("b", "end", count=20),
    )
    words = said(funnel(journey, by="step"))
    assert "≈ 80" in words
    assert "Ways lead back" in words
    reach = reach_of(journey, [["a"], ["b"], ["c"]])
    assert reach is not None
    assert [round(row.share, 6) for row in reach.rows if row] == [1.0, 1.0, 0.8]


def test_counts_that_do_not_add_up_make_an_estimate_and_it_says_so() -> None:
    journey = straight(
        Transition("start", "a", count=100),
        Transition("a", "b", count=60),
        Transition("b", "c", count=80),
        Transition("b", "end", count=40),
    )
    words = said(funnel(journey))
    assert "The counts of the map do not add up from step to step" in words
    assert "\u2248 33 leave here" in words


def test_metrics_of_the_kind_count_make_a_funnel_of_a_plain_map() -> None:
    steps = [Touchpoint(name, metrics=[Metric(f"come to {name}", kind="count", value=n)]) for name, n in (("A", 200), ("B", 50))]
    scene = funnel(Journey("Any", [Stage("S", steps)]))
    assert bars(scene)["b"].width == pytest.approx(0.25 * bars(scene)["a"].width)
    assert "150 leave here" in said(scene)


def test_the_end_of_the_journey_is_no_loss() -> None:
    journey = straight(Transition("a", "b", count=9), Transition("b", "c", count=9), Transition("c", "end", count=9))
    assert "leave here" not in said(funnel(journey)).lower()


def test_what_is_missing_is_said() -> None:
    assert "This journey has no stages yet." in said(funnel(Journey("Any")))
    assert "no transition has a count or a probability" in said(funnel(straight()))
    with_empty = Journey("Any", [*counted().stages, Stage("Empty")], transitions=counted().transitions)
    assert "no steps here" in said(funnel(with_empty, by="stage"))


def test_a_persona_chooses_the_steps_and_not_the_numbers() -> None:
    people = [Persona("Tom", id="tom"), Persona("Ada", id="ada")]
    stages = [Stage("One", [Touchpoint("A"), Touchpoint("B", personas=["tom"])]), Stage("Two", [Touchpoint("C")])]
    scene = funnel(Journey("Any", stages, personas=people, transitions=counted().transitions), persona="ada")
    assert list(bars(scene)) == ["a", "c"]
    assert "The numbers are those of all customers" in said(scene)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.integers(1, 3))
def test_nobody_is_counted_twice_however_ways_lead_back(weights: list[int], size: int) -> None:
    """Against the share found by letting whoever comes to a group stay there."""
    ids = [f"t-{n}" for n in range(6)]
    pairs = [(ids[n % 6], [*ids, "end"][(5 * n + 1 + n // 6) % 7]) for n in range(12)]
    ways = [Transition(*pair, count=weight + 1) for pair, weight in zip(pairs, weights, strict=True)]
    journey = Journey("Any", [Stage("S", [Touchpoint(name, id=name) for name in ids])], transitions=ways)
    groups = [ids[first : first + size] for first in range(0, 6, size)]
    reach = reach_of(journey, groups)
    if reach is None:
        return
    chain = chain_of(journey)
    for group, row in zip(groups, reach.rows, strict=True):
        staying = {step: {"end": 1.0} if step in group else shares for step, shares in chain.rows.items()}
        there = visits(evolve(chain, rows=staying))
        assert row is not None
        assert row.share == pytest.approx(sum(there[step] for step in group))


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8))
def test_a_chain_of_shares_multiplies(shares: list[float]) -> None:
    steps = [Touchpoint(f"Step {n}", id=f"t-{n}") for n in range(len(shares) + 1)]
    ways = [Transition(f"t-{n}", f"t-{n + 1}", probability=share) for n, share in enumerate(shares)]
    reach = reach_of(Journey("Any", [Stage("S", steps)], transitions=ways), [[step.id] for step in steps])
    assert reach is not None
    expected = 1.0
    for row, share in zip(reach.rows, [*shares, 0.0], strict=True):
        assert row is not None
        assert row.share == pytest.approx(expected)
        expected *= share


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(journeys(), st.sampled_from(["stage", "step"]))
def test_any_journey_is_drawn_without_a_fault(journey: Journey, by: str) -> None:
    scene = funnel(journey, by=by)  # type: ignore[arg-type]  # one of the two
    assert not list(faults(scene))
    assert all(box.right <= scene.width - 48 for box in bars(scene).values())
