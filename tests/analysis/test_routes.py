"""The ways through a map, with the share of customers on each."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from journeymap.analysis.chain import chain_of
from journeymap.analysis.routes import MOST_ROUTES, routes_of
from journeymap.errors import AnalysisError
from journeymap.model import END, Journey, Persona, Stage, Touchpoint, Transition
from journeymap.testing import strategies


def journey(steps, *transitions, **more):
    return Journey(
        "J", [Stage("S", [Touchpoint(step) if isinstance(step, str) else step for step in steps])], transitions=transitions, **more
    )


def go(source, target, **more):
    return Transition(source, target, **more)


def ways(found):
    return [("".join(route.steps), route.share) for route in found.routes]


def test_a_plain_map_has_one_way():
    assert ways(routes_of(journey("abc"))) == [("abc", 1)]
    assert routes_of(Journey("Empty")).routes == ()


def test_branches_are_listed_with_their_shares():
    found = routes_of(journey("abcd", go("a", "b", probability=0.3), go("a", "c", probability=0.7), go("b", "d"), go("c", "d")))
    assert ways(found) == [("acd", pytest.approx(0.7)), ("abd", pytest.approx(0.3))]
    assert not found.sampled


def test_whoever_drops_out_ends_there():
    found = routes_of(journey("ab", go("a", "b", probability=0.4), go("a", END, probability=0.6)))
    assert ways(found) == [("a", pytest.approx(0.6)), ("ab", pytest.approx(0.4))]


def test_loops_are_walked_past():
    found = routes_of(journey("abc", go("b", "a", kind="loop", probability=0.5), go("b", "c", probability=0.5)))
    assert ways(found) == [("abc", 1)]


def test_a_circle_ends_where_it_began():
    found = routes_of(journey("ab", go("a", "b", probability=1), go("b", "a", probability=1)))
    assert ways(found) == [("ab", 1)]


def test_a_persona_takes_the_branches_that_they_meet():
    personas = [Persona("Maya"), Persona("Tom")]
    steps = [Touchpoint("a"), Touchpoint("b", personas=["maya"]), Touchpoint("c", personas=["tom"]), Touchpoint("d")]
    mapped = journey(steps, go("a", "b"), go("a", "c"), go("b", "d"), go("c", "d"), personas=personas)
    assert ways(routes_of(mapped, persona="maya")) == [("abd", 1)]
    assert ways(routes_of(mapped, persona="tom")) == [("acd", 1)]
    assert ways(routes_of(mapped)) == [("abd", 0.5), ("acd", 0.5)]


def test_a_persona_passes_over_what_only_others_meet():
    steps = [Touchpoint("a"), Touchpoint("b", personas=["maya"]), Touchpoint("c")]
    mapped = journey(steps, go("a", "b", probability=1), personas=[Persona("Maya"), Persona("Tom")])
    assert ways(routes_of(mapped, persona="tom")) == [("ac", 1)]


def ladder(rungs):
    """Two ways at every rung: 2 ** rungs ways."""
    steps, transitions = ["0"], []
    for k in range(rungs):
        steps += [f"{k}l", f"{k}r", f"{k + 1}"]
        transitions += [
            go(str(k), f"{k}l", probability=0.25),
            go(str(k), f"{k}r", probability=0.75),
            go(f"{k}l", str(k + 1)),
            go(f"{k}r", str(k + 1)),
        ]
    return journey(steps, *transitions)


def test_beyond_a_thousand_ways_a_sample_stands_for_all_and_says_so():
    few, many = routes_of(ladder(9)), routes_of(ladder(40))
    assert len(few.routes) == 512
    assert not few.sampled
    assert many.sampled
    assert "drawn at random (seed 0)" in many.assumptions[-1]
    right = sum(route.share * sum(step.endswith("r") for step in route.steps) for route in many.routes) / 40
    assert right == pytest.approx(0.75, abs=4 * math.sqrt(0.25 * 0.75 / 40 / MOST_ROUTES))
    assert routes_of(ladder(40)) == many
    assert routes_of(ladder(40), seed=1) != many


@settings(max_examples=60)
@given(strategies.journeys())
def test_shares_sum_to_one_and_no_way_repeats_a_step(mapped):
    try:
        chain_of(mapped)
    except AnalysisError:
        return
    found = routes_of(mapped)
    if found.routes:
        assert math.fsum(route.share for route in found.routes) == pytest.approx(1)
    for route in found.routes:
        assert len(set(route.steps)) == len(route.steps) > 0
    assert [-route.share for route in found.routes] == sorted(-route.share for route in found.routes)
