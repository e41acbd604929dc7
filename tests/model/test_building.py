"""Maps made part by part: names for ids, numbers where names repeat, all problems at the end."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import fields
from hypothesis import given

import journeymap as jm
from journeymap.model import Activity, Evidence, Journey, Opportunity, PainPoint, Persona, Source, Stage, Touchpoint, Transition
from journeymap.testing.strategies import journeys


def test_names_do_for_ids_and_later_ones_too() -> None:
    build = Journey.build("Buy a bike", owner="Sales")
    build.transition("Sees an advert", "Pays", probability=0.4).transition("start", "Sees an advert")
    build.stage("Discover").touchpoint("Sees an advert", channel="social", emotion=1, personas=["Maya Okafor"], evidence=["Exit survey"])
    build.stage("Buy", owner="Till").touchpoint("Pays", emotions={"Maya Okafor": -2}).pain("Card refused", persona="Maya Okafor")
    build.activity("Bank checks", layer="support").opportunity("New terminal", addresses=["Card refused"], at="Pays")
    build.opportunity("Train staff", requires=["New terminal"]).metric("NPS", kind="nps").touchpoint("Looks", stage="Discover")
    build.persona("Maya Okafor", role="Café owner").source("Exit survey", date=date(2026, 3, 1))
    assert build.done() == Journey(
        "Buy a bike",
        [
            Stage(
                "Discover",
                [
                    Touchpoint("Sees an advert", channel="social", emotion=1, personas=["maya-okafor"], evidence=[Evidence("exit-survey")]),
                    Touchpoint("Looks"),
                ],
            ),
            Stage(
                "Buy",
                [
                    Touchpoint(
                        "Pays",
                        emotions={"maya-okafor": -2},
                        pains=[PainPoint("Card refused", persona="maya-okafor")],
                        activities=[Activity("Bank checks", layer="support")],
                        opportunities=[Opportunity("New terminal", addresses=["card-refused"])],
                    )
                ],
                owner="Till",
            ),
        ],
        owner="Sales",
        personas=[Persona("Maya Okafor", role="Café owner")],
        sources=[Source("Exit survey", date=date(2026, 3, 1))],
        metrics=[jm.Metric("NPS", kind="nps")],
        opportunities=[Opportunity("Train staff", requires=["new-terminal"])],
        transitions=[Transition("sees-an-advert", "pays", probability=0.4), Transition("start", "sees-an-advert")],
    )


def test_ids_are_numbered_where_names_repeat() -> None:
    build = Journey.build("x").stage("Start").touchpoint("Start").touchpoint("Pays").touchpoint("Pays", pains=["Slow", PainPoint("Slow")])
    build.touchpoint("Pays", id="pays-2").stage("Start", touchpoints=[Touchpoint("Pays")]).transition("pays", "pays-3")
    journey = build.done()
    assert [stage.id for stage in journey.stages] == ["start", "start-2"]
    assert [step.id for step in journey.touchpoints] == ["start-2", "pays", "pays-2", "pays-2-2", "pays-3"]
    assert [pain.id for pain in journey.all_pains()] == ["slow", "slow-2"]


def test_a_builder_goes_on_after_it_was_done() -> None:
    build = Journey.build("x").stage("Buy")
    first = build.done()
    assert [step.id for step in build.touchpoint("Pays").done().touchpoints] == ["pays"]
    assert first.touchpoints == ()


def test_everything_that_is_wrong_is_told_at_once() -> None:
    build = Journey.build("x", nam="y", kind="z").stage("Buy").touchpoint("Pays").touchpoint("Pays", emotion=7, engagement=9, colour="red")
    build.touchpoint("Looks", personas=["Bob"], evidence=["Survey"]).activity("Checks").pain("Slow", at="Byu").metric("NPS", at="Pays")
    build.transition("Lokks", "end").transition("Looks", "start").transition("Looks", "end", probability=0.7)
    build.transition("Looks", "pays", probability=0.7).activity("Asks", at="Buy", layer="support").stage("")
    with pytest.raises(jm.ModelError) as told:
        build.done()
    assert sorted(str(problem) for problem in told.value.problems) == sorted(
        [
            "there is no field 'nam'; did you mean 'name'?",
            "kind: 'z' is not one of current-state, future-state, day-in-the-life, service-blueprint",
            "touchpoint('Pays').emotion.valence: 7 is outside -2 to +2; convert other scales with Scale",
            "touchpoint('Pays').engagement: 9 is outside 1 to 5",
            "touchpoint('Pays'): there is no field 'colour'",
            "touchpoint('Looks').personas: no persona 'Bob'; the journey has no persona at all",
            "touchpoint('Looks').evidence: no source 'Survey'; the journey has no source at all",
            "activity('Checks').layer: it is missing; give one of physical-evidence, customer, frontstage-people, frontstage-technology, backstage, support",
            "pain('Slow'): no touchpoint 'Byu'; there are: Looks, Pays, looks, pays, pays-2",
            "metric('NPS'): 2 touchpoints are called 'Pays'; say which: pays, pays-2",
            "transition('Lokks', 'end').source: no touchpoint 'Lokks'; did you mean 'Looks'?",
            "transition('Looks', 'start').target: nothing leads to 'start'; a transition from it is an entry, none goes to it",
            "transitions[1].probability: the ways out of 'looks' sum to 1.4, more than 1; they share the whole",
            "activity('Asks'): no touchpoint 'Buy'; there are: Looks, Pays, looks, pays, pays-2",
            "stage('').name: '' is empty; give it a name that a reader understands",
        ]
    )


def test_a_part_without_a_place_is_told() -> None:
    with pytest.raises(jm.ModelError) as told:
        Journey.build("x").pain("Slow").touchpoint("Pays").pain("Dear", at=3).done()
    assert [str(problem) for problem in told.value.problems] == [
        "pain('Slow'): there is no touchpoint yet to put it in; add one first",
        "touchpoint('Pays'): there is no stage yet to put it in; add one first",
        "pain('Dear'): at: 3 is not text; give a name or an id",
    ]


@pytest.mark.parametrize("wrong", [None, 7, "", " ", ["Pays"], b"x"])
def test_whatever_is_given_only_our_errors_come_out(wrong) -> None:
    for build in (
        Journey.build(wrong),
        Journey.build("x").stage(wrong),
        Journey.build("x").stage("y").touchpoint(wrong, pains=wrong or 7, evidence=[wrong], personas=wrong or 7, id=wrong or 7),
        Journey.build("x").stage("y").touchpoint("z").transition(wrong, wrong),
        Journey.build("x", personas=[wrong]),
        Journey.build("x").stage("y").touchpoint("z", personas=[wrong], emotions={"a": wrong, "b": 1}).pain("p", persona=wrong or 7),
    ):
        with pytest.raises(jm.ModelError):
            build.done()


@given(journeys(max_stages=2))
def test_any_journey_can_be_built_from_its_fields(journey) -> None:
    given = {field.name: getattr(journey, field.name) for field in fields(Journey)}
    assert Journey.build(given.pop("name"), **given).done() == journey
