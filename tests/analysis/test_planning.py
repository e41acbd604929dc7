"""C6: a phased roadmap under capacity and precedence."""

from __future__ import annotations

import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import knapsack, rice, roadmap
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Opportunity, Range


def item(value, effort, *requires):
    return {"value": value, "effort": effort, "requires": list(requires)}


def phases(found):
    return {row.id: row.phase for row in found.rows}


def test_the_textbook_knapsack():
    # Values 60, 100, 120 and weights 10, 20, 30 in 50: the last two, 220 (Cormen et al.).
    found = roadmap({"a": item(60, 10), "b": item(100, 20), "c": item(120, 30)}, capacity=[50])
    assert phases(found) == {"b": 1, "c": 1, "a": None}
    assert found.phases[0].value == 220
    assert found.phases[0].exact
    assert found.value == pytest.approx(220 / 280)


def test_nothing_comes_before_what_it_requires():
    found = roadmap({"app": item(9, 3, "api"), "api": item(0, 3), "faq": item(2, 3)}, capacity=3, phases=3)
    assert phases(found) == {"faq": 1, "api": None, "app": None}
    found = roadmap({"app": item(9, 3, "api"), "api": item(1, 3), "faq": item(2, 3)}, capacity=3, phases=3)
    assert phases(found) == {"faq": 1, "api": 2, "app": 3}
    assert {row.id: row.layer for row in found.rows} == {"faq": 0, "api": 0, "app": 1}
    assert phases(roadmap({"app": item(9, 3, "api"), "api": item(1, 3), "faq": item(2, 3)}, capacity=6, phases=1)) == {
        "api": 1,
        "app": 1,
        "faq": None,
    }


def test_of_equal_choices_the_one_with_less_effort():
    assert phases(roadmap({"a": item(5, 4), "b": item(5, 3)}, capacity=[4])) == {"b": 1, "a": None}


def test_capacities_differ_by_phase():
    found = roadmap({"a": item(5, 4), "b": item(4, 2)}, capacity=[2, 4])
    assert phases(found) == {"b": 1, "a": 2}
    assert [phase.capacity for phase in found.phases] == [2, 4]


def test_what_finds_no_place_says_why():
    found = roadmap({"huge": item(9, 50), "after": item(9, 1, "huge"), "low": item(1, 3), "high": item(5, 3)}, capacity=[3])
    reasons = {row.id: row.reason for row in found.rows}
    assert reasons["huge"] == "its effort of 50 is more than any phase holds (3)"
    assert reasons["after"] == "it requires 'huge', which finds no place"
    assert reasons["low"] == "1 phases are full of what is worth more"
    assert reasons["high"] == ""


def test_a_circle_is_named():
    with pytest.raises(AnalysisError, match="a circle of requirements") as caught:
        roadmap({"a": item(1, 1, "b"), "b": item(1, 1, "c"), "c": item(1, 1, "a"), "d": item(1, 1)}, capacity=1)
    assert str(caught.value).count(" requires ") == 3


def test_an_unknown_requirement_is_named():
    with pytest.raises(AnalysisError, match="app: requires 'apii', which is not among the ideas; did you mean 'api'"):
        roadmap({"app": item(1, 1, "apii"), "api": item(1, 1)}, capacity=1)
    with pytest.raises(AnalysisError, match="app: effort missing"):
        roadmap({"app": {"value": 1}}, capacity=1)


def test_no_value_at_all_is_undefined():
    found = roadmap({"a": item(0, 1)}, capacity=1)
    assert (found.value, found.reason) == (None, "no idea has any value")


@pytest.mark.parametrize("how", [{"capacity": -1}, {"capacity": "5"}, {"capacity": 1, "phases": 0}, {"capacity": 1, "phases": 1.5}])
def test_a_capacity_is_a_number(how):
    with pytest.raises(AnalysisError):
        roadmap({"a": item(1, 1)}, **how)


def mapped():
    return Journey(
        "J",
        opportunities=[
            Opportunity("API", impact=1, effort=2, owner="IT", affects=["Partners"]),
            Opportunity("App", impact=Range(4, 5, 5), effort=3, requires=["api"], reach=10, confidence=1),
            Opportunity("Vague", impact=3),
            Opportunity("Later", impact=4, effort=1, requires=["vague"]),
        ],
    )


def test_a_map_gives_impact_and_person_months():
    found = roadmap(mapped(), capacity=1, phases=2)
    rows = {row.id: row for row in found.rows}
    assert (rows["api"].effort, rows["api"].owner, rows["api"].affects) == (1, "IT", ("Partners",))
    assert (rows["app"].effort, rows["app"].value) == (2, 5)
    assert phases(found) == {"api": 1, "app": None, "later": None}
    assert rows["later"].reason == "it requires 'vague', which has no estimate"
    assert found.unscored == ("vague",)
    with pytest.raises(NotEnoughData, match="there are no ideas"):
        roadmap(Journey("J"), capacity=1)


def test_values_may_come_from_another_answer():
    found = roadmap(mapped(), capacity=3, values={row.id: row.value for row in rice(mapped()).rows})
    assert found.unscored == ("api", "later", "vague")
    assert [(row.id, row.value, row.reason) for row in found.rows] == [("app", 15, "it requires 'api', which has no estimate")]


def closed_subsets(ideas, capacity):
    for size in range(len(ideas) + 1):
        for chosen in combinations(ideas, size):
            if all(set(ideas[name]["requires"]) <= set(chosen) for name in chosen) and sum(ideas[n]["effort"] for n in chosen) <= capacity:
                yield chosen


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_small_plans_agree_with_brute_force(data):
    n = data.draw(st.integers(1, 9))
    ideas = {}
    for k in range(n):
        requires = data.draw(st.sets(st.integers(0, k - 1), max_size=2)) if k else set()
        ideas[str(k)] = item(data.draw(st.integers(0, 9)), data.draw(st.integers(0, 6)), *map(str, sorted(requires)))
    capacity = data.draw(st.integers(0, 20))
    with pytest.MonkeyPatch.context() as patch:
        # Small plans in one piece, and cut in two as large ones are.
        patch.setattr(knapsack, "_LOW_HALF", data.draw(st.sampled_from([3, 13])))
        found = roadmap(ideas, capacity=[capacity])
    best = max(sum(ideas[name]["value"] for name in chosen) for chosen in closed_subsets(ideas, capacity))
    assert found.phases[0].value == best
    assert found.phases[0].effort <= capacity
    for row in found.rows:
        if row.phase is not None:
            assert all(phases(found)[required] is not None for required in row.requires)


def test_twenty_five_are_compared_in_every_combination_and_in_time():
    ideas = {f"{k:02}": item(1000 + 37 * k % 101, 1000 + 37 * k % 101, *([f"{k - 4:02}"] if k % 5 == 4 else [])) for k in range(25)}
    begun = time.process_time()
    found = roadmap(ideas, capacity=[12_345])
    assert time.process_time() - begun < 5
    assert found.phases[0].exact
    assert found.phases[0].value <= 12_345


def test_more_are_chosen_greedily_and_the_gap_is_told():
    ideas = {f"{k:03}": item(1 + k % 7, 1 + k % 5, *([f"{k - 1:03}"] if k % 3 else [])) for k in range(60)}
    found = roadmap(ideas, capacity=[40, 40])
    first = found.phases[0]
    assert not first.exact
    assert 0 <= first.gap < 0.3
    assert first.effort <= 40
    placed = phases(found)
    for row in found.rows:
        if row.phase is not None:
            assert all(placed[required] is not None and placed[required] <= row.phase for required in row.requires)
    assert "greedy" in found.method
