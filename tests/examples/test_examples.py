"""The example maps: each reads, comes back as it was, and says what its source says."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from journeymap import io
from journeymap.model import Evidence, Journey, Stage, Touchpoint

FOLDER = Path(__file__).resolve().parents[2] / "examples"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
MADE_UP = {"bike-shop", "small-business-loan"}


def example(name: str) -> Journey:
    return io.read(FOLDER / f"{name}.yaml")


def valences(journey: Journey) -> list[list[float | None]]:
    """What is felt at each step, stage by stage."""
    return [[step.emotion.valence if step.emotion else None for step in stage.touchpoints] for stage in journey.stages]


def parts(journey: Journey) -> list[Stage | Touchpoint]:
    """The stages and the steps."""
    return [*journey.stages, *journey.touchpoints]


def test_the_readme_lists_exactly_the_files_there_are() -> None:
    rows = (line for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `"))
    assert sorted(row.split("`")[1] for row in rows) == [f"{name}.yaml" for name in NAMES]


@pytest.mark.parametrize("notation", ["yaml", "json"])
@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_back_as_it_was(name: str, notation: str) -> None:
    journey = example(name)
    text = io.dumps(journey, format=notation)
    assert io.loads(text, format=notation) == journey
    assert io.dumps(io.loads(text, format=notation), format=notation) == text


@pytest.mark.parametrize("name", NAMES)
def test_every_stage_has_a_goal_and_every_source_is_used(name: str) -> None:
    journey = example(name)
    assert all(stage.goal for stage in journey.stages)
    named: list[Evidence] = [evidence for part in parts(journey) for evidence in part.evidence]
    named += [evidence for persona in journey.personas for evidence in persona.evidence]
    named += [evidence for pain in journey.all_pains() for evidence in pain.evidence]
    named += [evidence for opportunity in journey.all_opportunities() for evidence in opportunity.evidence]
    if named:
        assert {evidence.source for evidence in named} == {source.id for source in journey.sources}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MADE_UP])
def test_a_map_from_a_source_says_where_each_step_comes_from_and_what_is_assumed(name: str) -> None:
    journey = example(name)
    assert all(part.evidence for part in parts(journey))
    assert [source.name for source in journey.sources if source.kind == "assumption"] == ["Assumption of the map’s author"]


def test_the_loan_has_twenty_scored_steps_and_these_means() -> None:
    journey = example("small-business-loan")
    felt = [[journey.scale.value(step.emotion) for step in stage.touchpoints if step.emotion] for stage in journey.stages]
    assert felt == [[4, 4, 5, 3], [3, 4, 2, 3], [3, 1, 2, 4], [5, 4, 2, 5], [4, 1, 4, 5]]
    assert [mean(float(value) for value in values) for values in felt] == [4.0, 3.0, 2.5, 4.0, 3.5]


def test_the_loan_prints_its_numbers_and_words() -> None:
    journey = example("small-business-loan")
    assert [(metric.printed, metric.name) for metric in journey.all_metrics()] == [
        ("11 days", "median duration"),
        ("+18", "relationship NPS"),
        ("18%", "of traffic"),
        ("62%", "read to the end"),
        ("3.4", "scenarios tried"),
        ("41%", "unresolved"),
        ("37%", "abandon here"),
        ("5.2 days", "to decision"),
        ("94%", "sign same day"),
        ("71%", "first-time success"),
        ("< 2 h", "after signing"),
        ("3.1", "contacts per case"),
        ("+42", "NPS after fix"),
    ]
    assert [pain.severity_word for pain in journey.all_pains()] == ["medium", "major", "critical", "major", "medium", "critical"]
    assert [opportunity.impact for opportunity in journey.all_opportunities()] == [3, 5, 5, 5, 5, 3, 5, 3]


def test_the_loan_marks_its_moments_of_truth_and_fills_the_blueprint() -> None:
    journey = example("small-business-loan")
    marked = [f"{i}.{k}" for i, stage in enumerate(journey.stages, 1) for k, step in enumerate(stage.touchpoints, 1) if step.moment]
    assert marked == ["2.4", "3.2", "4.4", "5.2"]
    layers = [activity.layer.split("-")[0] for step in journey.touchpoints for activity in step.activities]
    assert {layer: layers.count(layer) for layer in ("frontstage", "backstage", "support")} == {
        "frontstage": 11,
        "backstage": 10,
        "support": 18,
    }
    channels = dict.fromkeys(step.channel.name for step in journey.touchpoints if step.channel)
    assert list(channels) == ["Social media", "Website", "Mobile app", "Chat", "Phone", "E-mail", "In person"]


def test_the_rental_has_the_21_scores_of_its_source() -> None:
    assert valences(example("car-rental")) == [
        [-1, -2, 1],
        [-1, -1, 0, 1],
        [2, 2, 2, 1, 2],
        [2, 0, -2, -1, 2],
        [-1, -1, 0, 1],
    ]


def test_the_veterans_map_has_its_phases_stages_and_moments_that_matter() -> None:
    journey = example("veterans")
    assert [stage.phase for stage in journey.stages] == [
        *["Serving and separating"] * 3,
        *["Living civilian life"] * 4,
        *["Retiring and aging"] * 3,
    ]
    assert [len(stage.touchpoints) for stage in journey.stages] == [5, 4, 3, 5, 4, 5, 7, 3, 4, 2]
    moments = [[step.moment for step in stage.touchpoints if step.moment] for stage in journey.stages]
    assert [len(found) for found in moments] == [1, 1, 1, 2, 2, 1, 1, 1, 2, 1]
    assert all(moment.reason for found in moments for moment in found)
    assert [transition.notes for transition in journey.transitions] == ["Enlist", "Separate", "Retire"]


@pytest.mark.parametrize("name", ["jumping-jamie", "veterans", "hiring-first-employee", "streetlight-repair"])
def test_where_the_source_scores_no_feelings_the_map_has_none(name: str) -> None:
    assert not any(part.emotion for part in parts(example(name)))


def test_jamie_has_the_eight_actions_in_four_phases() -> None:
    journey = example("jumping-jamie")
    assert [(stage.name, len(stage.touchpoints)) for stage in journey.stages] == [
        ("Define", 2),
        ("Compare", 3),
        ("Negotiate", 2),
        ("Select", 1),
    ]
    owners = [opportunity.owner for opportunity in journey.all_opportunities() if opportunity.owner]
    assert owners == ["Marketing team", "Web team", "Customer support team"]


def test_the_medication_map_scores_its_stages_not_its_steps() -> None:
    journey = example("medication-app")
    felt = [(journey.scale.print(stage.emotion), stage.emotion.label) for stage in journey.stages if stage.emotion]
    assert felt == [("2", "frustrated"), ("3.5", "cautiously optimistic"), ("4.5", "confident"), ("4", "reassured")]
    assert not any(step.emotion for step in journey.touchpoints)


def test_the_electricity_curve_keeps_the_order_of_its_source_and_leaves_the_rest_open() -> None:
    felt = [[value for value in stage if value is not None] for stage in valences(example("electricity-connection"))]
    (discover,), apply, (quotation,), construction, (energised,) = felt
    assert apply == construction == []
    assert quotation < 0 < discover < energised


def test_the_hiring_journey_is_handed_from_body_to_body() -> None:
    journey = example("hiring-first-employee")
    assert [stage.owner for stage in journey.stages] == [
        "Department for Work and Pensions",
        "HM Revenue & Customs",
        "Home Office",
        "Disclosure and Barring Service",
        "The Pensions Regulator",
    ]
    stage_of = {step.id: stage.id for stage in journey.stages for step in stage.touchpoints}
    assert all(stage_of[handoff.source] != stage_of[handoff.target] and handoff.manual for handoff in journey.transitions)


def test_the_streetlight_has_two_ways_to_report_and_an_owner_whom_citizens_mistake() -> None:
    journey = example("streetlight-repair")
    ticket, hotline = journey.stages[0].touchpoints
    assert (ticket.owner, ticket.perceived_owner) == ("City 311", "The city’s repair crew")
    assert set(journey.graph.successors("start")) == {ticket.id, hotline.id}
    assert not journey.graph.has_edge(ticket.id, hotline.id)
