"""D6: how long it takes until customers reach the goal."""

from __future__ import annotations

import math
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import time_to_convert
from journeymap.analysis.conversions import conversion
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Span, Stage, Touchpoint, Transition

HOUR = timedelta(hours=1)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


TABLE = {"ad": {"site": 0.4, "end": 0.6}, "site": {"ad": 0.2, "buy": 0.3, "end": 0.5}}
WAITS = {"ad": {"site": 10.0, "end": 1.0}, "site": {"ad": 5.0, "buy": 2.0, "end": 40.0}}


def test_by_hand():
    found = time_to_convert(TABLE, waits=WAITS, goal="buy", start="ad")
    # m = (4.6, 21.6): t_ad = 4.6 + .4 t_site, t_site = 21.6 + .2 t_ad
    t_ad = (4.6 + 0.4 * 21.6) / (1 - 0.08)
    assert found.time_of_all == pytest.approx(t_ad)
    # those who buy go ad, site and come back k times with chance .08 each: 12 + 15 * .08 / .92
    assert found.value == pytest.approx(12 + 15 * 0.08 / 0.92)
    assert found.conversion == pytest.approx(0.12 / 0.92)
    by_step = {step.id: step for step in found.steps}
    assert by_step["site"].time == pytest.approx(2 + 15 * 0.08 / 0.92)
    assert by_step["site"].time_of_all == pytest.approx(21.6 + 0.2 * t_ad)


def test_a_map_counts_waits_and_the_time_at_steps():
    mapped = journey(
        Touchpoint("A", duration=HOUR),
        Touchpoint("B", duration=Span(HOUR, 2 * HOUR, 3 * HOUR)),
        Touchpoint("C", duration=99 * HOUR, goal=True),
        transitions=[
            Transition(START, "a", wait=HOUR),
            Transition("a", "b", probability=0.5, wait=9 * HOUR),
            Transition("a", END, probability=0.5),
            Transition("b", "c", wait=HOUR),
        ],
    )
    found = time_to_convert(mapped)
    assert found.value == pytest.approx(1 + 10 + 3)  # the goal is reached when it begins
    assert found.time_of_all == pytest.approx(1 + 0.5 * 1 + 0.5 * 13)
    assert (found.unit, found.conversion) == ("hours", 0.5)
    assert "Those who reach the goal take 14 hours on average; all customers together, drop-outs too, take 8" in found.explain()


def test_a_trap_makes_the_time_of_all_infinite_and_no_other():
    table = {"a": {"b": 0.5, "trap": 0.5}, "b": {"goal": 1.0}, "trap": {"hell": 1.0}, "hell": {"trap": 1.0}}
    waits = {(source, target): 1.0 for source, row in table.items() for target in row}
    found = time_to_convert(table, waits=waits, goal="goal", start="a")
    assert (found.value, found.time_of_all, found.conversion) == (2, math.inf, 0.5)
    assert "TRAP" in {warning.code for warning in found.warnings}
    assert "never come to an end" in found.explain()
    assert {step.id: step.time for step in found.steps} == {"a": 2, "b": 1, "trap": None, "hell": None}


def test_a_goal_that_nobody_reaches_has_no_time():
    found = time_to_convert({"a": {"end": 1.0}, "b": {"goal": 1.0}}, waits={"a": {"end": 1}, "b": {"goal": 1}}, goal="goal", start="a")
    assert (found.value, found.reason) == (None, "nobody who starts reaches the goal")
    circle = {"a": {"b": 0.9}, "b": {"a": 0.5, "goal": 0.5}}
    nobody = time_to_convert(circle, waits={"a": {"b": 1}, "b": {"a": 1, "goal": 1}}, goal="goal")
    assert nobody.reason == "nobody says where customers start"
    assert nobody.steps[0].time is not None


def test_ways_without_a_time_are_missing():
    waits = {"ad": {"site": 10.0}, "site": {"ad": 5.0, "end": 40.0}}
    found = time_to_convert(TABLE, waits=waits, goal="buy", start="ad")
    assert (found.n, found.missing) == (3, 1)
    assert any("1 ways without a known time add nothing" in note for note in found.assumptions)
    assert "MISSING_HEAVY" in {warning.code for warning in found.warnings}
    with pytest.raises(NotEnoughData, match=r"2 of 3 ways between steps \(67 %\)"):
        time_to_convert(TABLE, waits={"ad": {"site": 10.0}}, goal="buy", start="ad")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"goal": "buy"}, "no times"),
        ({"waits": WAITS}, "nobody says which state is the goal"),
        ({"waits": {"ad": 3}, "goal": "buy"}, "3 is no row of times"),
        ({"waits": {("ad",): 3}, "goal": "buy"}, "is no way"),
        ({"waits": {"ad": {"site": -3}}, "goal": "buy"}, "is below 0"),
        ({"waits": 3, "goal": "buy"}, "no times by way"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(AnalysisError, match=message):
        time_to_convert(TABLE, **arguments)
    with pytest.raises(AnalysisError, match="a journey brings its own"):
        time_to_convert(journey(Touchpoint("A"), Touchpoint("B", goal=True)), waits=WAITS)


def test_it_agrees_with_customers_sent_through():
    random = Random(7)
    times, converted = [], []
    for _ in range(40_000):
        state, time = "ad", 0.0
        while state in TABLE:
            target = random.choices(list(TABLE[state]), weights=TABLE[state].values())[0]
            time, state = time + WAITS[state][target], target
        times.append(time)
        converted += [time] if state == "buy" else []
    found = time_to_convert(TABLE, waits=WAITS, goal="buy", start="ad")
    assert found.time_of_all == pytest.approx(sum(times) / len(times), rel=0.02)
    assert found.value == pytest.approx(sum(converted) / len(converted), rel=0.02)


@given(st.lists(st.tuples(st.floats(0.05, 0.9), st.floats(0.05, 0.9)), min_size=2, max_size=6))
def test_with_a_time_of_one_it_counts_steps(shares):
    table = {}
    for k, (onward, back) in enumerate(shares):
        total = onward + back + 0.1
        table[f"s{k}"] = {f"s{k + 1}": onward / total, f"s{max(k - 1, 0)}": back / total, "end": 0.1 / total}
    goal = f"s{len(shares)}"
    waits = {source: dict.fromkeys(row, 1.0) for source, row in table.items()}
    found, steps = time_to_convert(table, waits=waits, goal=goal, start="s0"), conversion(table, goal=goal, start="s0")
    assert found.time_of_all == pytest.approx(steps.steps)
    assert found.value == pytest.approx(steps.steps_if_converted)
    assert found.conversion == pytest.approx(steps.value)
