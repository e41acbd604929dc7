"""Edits: each gives a new journey that is checked as a whole, and the old one stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeymap.errors import ModelError
from journeymap.model import Evidence, Journey, Opportunity, PainPoint, Persona, Source, Stage, Touchpoint, Transition
from journeymap.testing.strategies import journeys


def bike() -> Journey:
    return Journey(
        "Buy a bike",
        [
            Stage("Discover", [Touchpoint("Advert", channel="TV", emotion=1), Touchpoint("Shop", channel="Store", owner="Sales")]),
            Stage(
                "Buy",
                [
                    Touchpoint("Ride", channel="Store", emotion=2, emotions={"ann": -1}, evidence=["survey"]),
                    Touchpoint("Pay", channel="Website", personas=["ann"], pains=[PainPoint("Slow"), PainPoint("Dear", persona="bob")]),
                ],
                owner="Sales",
            ),
        ],
        personas=[Persona("Ann"), Persona("Bob")],
        sources=[Source("Survey")],
        opportunities=[Opportunity("Faster till", addresses=["slow"]), Opportunity("Later", requires=["faster-till"])],
        transitions=[Transition("advert", "ride", kind="alternative"), Transition("pay", "end", probability=0.2)],
    )


def ids(journey: Journey) -> list[str]:
    return [touchpoint.id for touchpoint in journey.touchpoints]


def test_replace_changes_one_object_and_nothing_else() -> None:
    before = bike()
    after = before.replace("ride", emotion=-2, name="Test ride")
    ride = after.touchpoints[2]
    assert (ride.name, ride.id, ride.emotion.valence if ride.emotion else None) == ("Test ride", "ride", -2)
    assert before == bike()
    assert after.replace("ride", emotion=2, name="Ride") == before


def test_replace_reaches_everything_that_has_an_id() -> None:
    journey = bike().replace("slow", severity=4).replace("survey", kind="survey").replace("faster-till", impact=5).replace("ann", share=0.4)
    assert [pain.severity for pain in journey.all_pains()] == [4, None]
    assert journey.sources[0].kind == "survey"
    assert journey.opportunities[0].impact == 5
    assert journey.personas[0].share == 0.4


def test_replace_without_an_id_changes_the_journey_itself() -> None:
    assert bike().replace(version="2", kind="future-state").kind == "future-state"


def test_a_shared_id_needs_its_kind() -> None:
    journey = Journey("Any", [Stage("Pay", [Touchpoint("Pay")])])
    with pytest.raises(ModelError, match="'pay' is the id of a stage and of a touchpoint; say which with kind='stage'"):
        journey.replace("pay", name="Pays")
    assert journey.replace("pay", kind="touchpoint", name="Pays").touchpoints[0].name == "Pays"
    assert journey.without("pay", kind="touchpoint").stages[0].touchpoints == ()


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda j: j.replace("rid", name="x"), "no object 'rid'; did you mean 'ride'?"),
        (lambda j: j.replace("ride", nam="x"), "a Touchpoint has no field 'nam'; did you mean 'name'?"),
        (lambda j: j.replace(nam="x"), "a Journey has no field 'nam'; did you mean 'name'?"),
        (lambda j: j.without("ride", kind="step"), "'step' is not one of stage, touchpoint"),
        (lambda j: j.move("ride", after="ride"), "cannot stand beside itself"),
        (lambda j: j.move("ann", after="ride"), "only stages and touchpoints have a place"),
        (lambda j: j.move("ride", after="shop", before="pay"), "one neighbour is enough"),
        (lambda j: j.move("buy", stage="discover"), "stages do not stand in stages"),
        (lambda j: j.move("buy"), "nothing says where 'buy' goes; give after= or before="),
        (lambda j: j.move("ride"), "nothing says where 'ride' goes; give after=, before= or stage="),
        (lambda j: j.with_touchpoint(Touchpoint("New"), stage="by"), "no stage 'by'; did you mean 'buy'?"),
        (lambda j: j.with_touchpoint(Touchpoint("New"), after="sop"), "no touchpoint 'sop'; did you mean 'shop'?"),
        (lambda j: j.with_touchpoint(Touchpoint("Pay")), "the touchpoint id 'pay' is taken"),
        (lambda j: j.for_persona("an"), "no persona 'an'; did you mean 'ann'?"),
        (lambda j: j.only(channel="Shop"), "no channel 'Shop'"),
        (lambda j: j.only(channel=["TV"]), "no channel ['TV']"),
        (lambda j: j.only(owner="Sale"), "no owner 'Sale'; did you mean 'Sales'?"),
        (lambda j: j.without(["ride"]), "['ride'] is no id"),
        (lambda j: j.move("ride", after=["shop"]), "['shop'] is no id"),
        (lambda j: j.with_transition("ride"), "'ride' is not a Transition"),
        (lambda j: Journey("Bare").with_touchpoint(Touchpoint("New")), "add one with with_stage"),
        (lambda j: j.replace("ride", emotion=9), "outside -2 to"),
    ],
)
def test_what_cannot_be_done_is_said_clearly(edit, message) -> None:
    with pytest.raises(ModelError) as error:
        edit(bike())
    assert message in str(error.value)


def test_rename_takes_references_along() -> None:
    journey = (
        bike().rename("pay", "till").rename("slow", "queue").rename("faster-till", "quick").rename("ann", "anna").rename("survey", "poll")
    )
    assert ids(journey) == ["advert", "shop", "ride", "till"]
    assert journey.transitions[1].source == "till"
    assert journey.opportunities[0].addresses == ("queue",)
    assert journey.opportunities[1].requires == ("quick",)
    assert journey.touchpoints[3].personas == ("anna",)
    assert list(journey.touchpoints[2].emotions) == ["anna"]
    assert journey.touchpoints[2].evidence == (Evidence("poll"),)


def test_without_takes_references_away() -> None:
    journey = bike().without("pay")
    assert ids(journey) == ["advert", "shop", "ride"]
    assert journey.transitions == (Transition("advert", "ride", kind="alternative"),)
    assert journey.opportunities[0].addresses == ()
    assert bike().without("survey").touchpoints[2].evidence == ()


def test_without_a_persona_goes_what_was_theirs_alone() -> None:
    journey = bike().without("ann")
    assert ids(journey) == ["advert", "shop", "ride"]
    assert dict(journey.touchpoints[2].emotions) == {}
    assert [pain.id for pain in bike().without("bob").all_pains()] == ["slow"]


def test_with_a_stage_and_touchpoints_in_their_places() -> None:
    journey = bike().with_stage(Stage("Use"), after="discover").with_touchpoint(Touchpoint("Call"), before="ride")
    assert [stage.id for stage in journey.stages] == ["discover", "use", "buy"]
    assert ids(journey) == ["advert", "shop", "call", "ride", "pay"]
    assert ids(bike().with_touchpoint(Touchpoint("Last"))) == ["advert", "shop", "ride", "pay", "last"]
    assert ids(bike().with_touchpoint(Touchpoint("Last"), stage="discover")) == ["advert", "shop", "last", "ride", "pay"]


def test_with_a_transition_in_place_of_the_one_there_was() -> None:
    journey = bike().with_transition(Transition("pay", "end", probability=0.4)).with_transition(Transition("shop", "pay"))
    assert [(t.source, t.target, t.probability) for t in journey.transitions] == [
        ("advert", "ride", None),
        ("pay", "end", 0.4),
        ("shop", "pay", None),
    ]


def test_move_within_and_between_stages() -> None:
    assert ids(bike().move("pay", before="ride")) == ["advert", "shop", "pay", "ride"]
    assert ids(bike().move("pay", after="advert")) == ["advert", "pay", "shop", "ride"]
    assert ids(bike().move("advert", stage="buy")) == ["shop", "ride", "pay", "advert"]
    assert [stage.id for stage in bike().move("buy", before="discover").stages] == ["buy", "discover"]


def test_the_map_of_one_persona() -> None:
    ann = bike().for_persona("ann")
    assert [persona.id for persona in ann.personas] == ["ann"]
    assert ids(ann) == ["advert", "shop", "ride", "pay"]
    assert ann.touchpoints[2].emotion is not None
    assert ann.touchpoints[2].emotion.valence == -1
    assert [pain.id for pain in ann.all_pains()] == ["slow"]
    assert ids(bike().for_persona("bob")) == ["advert", "shop", "ride"]


def test_the_map_of_one_channel_owner_or_stage() -> None:
    assert ids(bike().only(channel="Store")) == ["shop", "ride"]
    assert ids(bike().only(channel="store")) == ["shop", "ride"]
    assert [stage.id for stage in bike().only(channel="TV").stages] == ["discover"]
    assert ids(bike().only(owner="Sales")) == ["shop", "ride", "pay"]
    assert ids(bike().replace(owner="Brand").only(owner="Brand")) == ["advert"]
    assert ids(bike().only(stage="buy")) == ["ride", "pay"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(journeys(), st.data())
def test_any_object_of_any_journey_can_be_renamed_and_taken_out(journey: Journey, data: st.DataObject) -> None:
    kinds = {"touchpoint": journey.touchpoints, "stage": journey.stages, "persona": journey.personas, "source": journey.sources}
    objects = [(kind, held.id) for kind, all_of_it in kinds.items() for held in all_of_it]
    if not objects:
        return
    kind, name = data.draw(st.sampled_from(objects))
    renamed = journey.rename(name, "quite-new", kind=kind)
    assert renamed.rename("quite-new", name, kind=kind) == journey
    without = journey.without(name, kind=kind)
    assert name not in {
        held.id
        for held in {"touchpoint": without.touchpoints, "stage": without.stages, "persona": without.personas, "source": without.sources}[
            kind
        ]
    }
