"""M3: the state of a map on one card."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journeymap.analysis import evidence_coverage, health, possible_analyses, staleness, structure
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Source, Stage, Touchpoint, Transition

BARE = Journey("Bare", [Stage("S", [Touchpoint("A"), Touchpoint("B")])])


def well(**more):
    steps = [Touchpoint(f"T{k}", emotion=1, evidence=["survey"], goal=k == 9) for k in range(10)]
    given = {
        "sources": [Source("Survey", kind="survey", date=date(2026, 1, 1))],
        "owner": "CX team",
        "updated": date(2026, 2, 1),
        "review_every": timedelta(days=90),
    }
    return Journey("Well", [Stage("S", steps)], **(given | more))


def lights(journey, **more):
    return {row.check: row.light for row in health(journey, **more).checks}


def test_a_bare_map_is_red_and_a_good_one_is_not():
    assert lights(BARE) == {
        "evidence": "red",
        "freshness": "red",
        "emotion": "red",
        "analyses": "red",
        "structure": "green",
        "owner": "amber",
    }
    good = lights(well())
    assert {check: good[check] for check in ("evidence", "freshness", "emotion", "structure", "owner")} == dict.fromkeys(
        ("evidence", "freshness", "emotion", "structure", "owner"), "green"
    )


def test_every_number_is_that_of_its_function():
    journey = well()
    by_check = {row.check: row for row in health(journey).checks}
    assert by_check["evidence"].value == evidence_coverage(journey).empirical_coverage
    assert by_check["freshness"].value == staleness(journey).mean_weight
    assert by_check["structure"].value == structure(journey).value
    map_level = [question for question in possible_analyses(journey).questions if question.level == "M"]
    assert by_check["analyses"].value == sum(q.possible for q in map_level) / len(map_level)
    assert all((row.owner, row.updated, row.journey) == ("CX team", date(2026, 2, 1), "well") for row in by_check.values())


def test_the_day_of_judgement_is_given():
    assert lights(well(), on=date(2026, 5, 3))["freshness"] == "amber"
    assert lights(well(), on=date(2027, 5, 3))["freshness"] == "red"


@pytest.mark.parametrize(("felt", "light"), [(10, "green"), (7, "green"), (6, "amber"), (5, "amber"), (4, "red")])
def test_shares_have_their_bounds(felt, light):
    steps = [Touchpoint(f"T{k}", emotion=1 if k < felt else None) for k in range(10)]
    assert lights(Journey("J", [Stage("S", steps)]))["emotion"] == light


def test_a_step_without_a_way_to_the_goal_is_red():
    lost = [Transition("t0", "t9"), Transition("t1", "t2"), Transition("t2", "t1")]
    assert lights(well(transitions=lost))["structure"] == "red"
    assert lights(Journey("J"))["structure"] == "red"


def test_the_card_has_no_overall_score():
    found = health(BARE)
    assert (found.value, found.n, found.unit) == (5, 6, "checks")
    assert found.explain().startswith(
        "1 of 6 checks are green, 1 amber and 4 red; first to mend: evidence: 0 % of the steps have evidence from customers; freshness:"
    )


def test_several_maps_have_a_card_each():
    found = health([BARE, well()])
    assert [row.journey for row in found.checks] == ["bare"] * 6 + ["well"] * 6
    assert "evidence of 'bare'" in found.explain()
    assert len(found.to_rows()) == 12


def test_what_is_no_journey_is_told():
    with pytest.raises(NotEnoughData, match="there are no journeys"):
        health([])
    with pytest.raises(AnalysisError, match="3 is no journey; give journeys alone"):
        health([3])
    with pytest.raises(AnalysisError, match="'x' is no journey; give one"):
        health("x")
