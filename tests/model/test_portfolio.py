"""Questions to all maps at once, and all maps in one graph."""

from __future__ import annotations

from datetime import date, datetime

import networkx as nx
import pytest
from hypothesis import given

import journeymap as jm
from journeymap.model import Atlas, Evidence, Journey, Metric, PainPoint, Persona, Source, Stage, Touchpoint, touchpoints
from journeymap.testing.strategies import atlases

MARCH = date(2026, 3, 1)
BUY = Journey(
    "Buy",
    [
        Stage("Shop", [Touchpoint("Look", emotion=1), Touchpoint("Pay", owner="Billing", emotion=-1, evidence=["old"], channel="Till")]),
        Stage("Use", [Touchpoint("Bill", emotion=-2, evidence=["new"]), Touchpoint("Home")], owner="Billing"),
    ],
    personas=[Persona("Ann Lee"), Persona("Bob")],
    sources=[Source("Old", date=date(2026, 2, 28)), Source("New", date=MARCH)],
)
MOAN = Journey(
    "Moan",
    [
        Stage(
            "Call",
            [
                Touchpoint(
                    "Wait", emotion=-0.5, emotions={"ann": 2}, personas=["ann"], pains=[PainPoint("Long", severity=4, evidence=["tickets"])]
                ),
                Touchpoint("Pay", emotion=-1, moment="fmot", goal=True, metrics=[Metric("Share", evidence=["guess"])], owner="Care"),
            ],
        )
    ],
    owner="Billing",
    personas=[Persona("Ann")],
    sources=[Source("Tickets"), Source("Guess", kind="assumption", date=date(2026, 6, 1))],
)
SHOP = Atlas("Bike shop", [BUY, MOAN])


def found(matches: jm.Matches) -> list[str]:
    return [f"{match.journey.id}/{match.touchpoint.id}" for match in matches]


def test_the_question_of_the_portfolio() -> None:
    asked = touchpoints(SHOP).where(owner="Billing", emotion_below=0, no_evidence_since=MARCH)
    assert found(asked) == ["buy/pay", "moan/wait"]
    assert str(asked) == "Buy / Shop / Pay: emotion -1\nMoan / Call / Wait: emotion -0.5"
    assert [(match.journey, match.stage.id, match.touchpoint.id) for match in asked] == [(BUY, "shop", "pay"), (MOAN, "call", "wait")]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, ["buy/look", "buy/pay", "buy/bill", "buy/home", "moan/wait", "moan/pay"]),
        ({"owner": "Billing"}, ["buy/pay", "buy/bill", "buy/home", "moan/wait"]),
        ({"owner": "Care"}, ["moan/pay"]),
        ({"journey": "Moan"}, ["moan/wait", "moan/pay"]),
        ({"journey": "moan", "stage": "Call", "channel": "Till"}, []),
        ({"channel": "till"}, ["buy/pay"]),
        ({"emotion_below": -1}, ["buy/bill"]),
        ({"emotion_above": 0}, ["buy/look"]),
        ({"emotion_known": False}, ["buy/home"]),
        ({"persona": "Ann"}, ["moan/wait", "moan/pay"]),
        ({"persona": "ann", "emotion_above": 1}, ["moan/wait"]),
        ({"persona": "bob", "emotion_below": 0}, ["buy/pay", "buy/bill"]),
        ({"severity_from": 3}, ["moan/wait"]),
        ({"moment": True}, ["moan/pay"]),
        ({"moment": "smot"}, []),
        ({"moment": False, "journey": "moan"}, ["moan/wait"]),
        ({"goal": True}, ["moan/pay"]),
        ({"evidence_since": MARCH}, ["buy/bill"]),
        ({"evidence_since": date(2026, 2, 1)}, ["buy/pay", "buy/bill"]),
        ({"no_evidence_since": MARCH, "journey": "moan"}, ["moan/wait", "moan/pay"]),
    ],
)
def test_each_word_of_a_question(asked, answer) -> None:
    assert found(touchpoints(SHOP).where(**asked)) == answer


def test_what_weighs_nothing_is_no_evidence() -> None:
    silent = BUY.replace("bill", evidence=[Evidence("new", weight=0)])
    assert touchpoints(silent).where(evidence_since=MARCH).found == ()
    assert touchpoints(BUY.replace("new", weight=0)).where(evidence_since=MARCH).found == ()


def test_any_other_question_is_a_function() -> None:
    assert found(touchpoints(BUY).where(lambda match: len(match.touchpoint.name) > 3, emotion_known=True)) == ["buy/look", "buy/bill"]


def test_answers_combine() -> None:
    steps = touchpoints(SHOP)
    hurts, billing = steps.where(emotion_below=0), steps.where(owner="Billing")
    assert found(hurts & billing) == found(hurts.where(owner="Billing")) == ["buy/pay", "buy/bill", "moan/wait"]
    assert found(hurts | billing) == ["buy/pay", "buy/bill", "moan/wait", "moan/pay", "buy/home"]
    assert found(hurts - billing) == ["moan/pay"]
    assert (len(hurts), bool(steps.where(owner="Nobody")), next(iter(hurts)) in billing) == (4, False, True)
    assert str(steps.where(owner="Nobody")) == "no touchpoint"
    assert repr(hurts - billing) == "Matches(moan/pay)"
    assert [step.id for step in hurts.touchpoints] == ["pay", "bill", "wait", "pay"]


def test_answers_as_rows() -> None:
    assert touchpoints([BUY]).where(channel="Till").to_rows() == [
        {
            "journey": "buy",
            "stage": "shop",
            "touchpoint": "pay",
            "name": "Pay",
            "owner": "Billing",
            "channel": "Till",
            "emotion": -1.0,
            "last_evidence": "2026-02-28",
        }
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"emotion_below": "0"}, "emotion_below: '0' is not a number"),
        ({"no_evidence_since": "2026-03-01"}, "no_evidence_since: '2026-03-01' is not a date; give a datetime.date"),
        ({"moment": "fmott"}, "moment: 'fmott' is not one of zmot, fmot, smot, tmot; did you mean 'fmot'?"),
        ({"evidence_since": datetime(2026, 3, 1)}, "evidence_since: datetime.datetime(2026, 3, 1, 0, 0) is not a date"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(asked, message) -> None:
    with pytest.raises(jm.ModelError) as error:
        touchpoints(SHOP).where(**asked)
    assert message in str(error.value)
    with pytest.raises(jm.ModelError, match="is not a Journey"):
        touchpoints(["buy"])


def test_maps_that_share_touchpoints_are_one_graph() -> None:
    joined = SHOP.joined
    assert list(joined) == ["look", "pay", "bill", "home", "wait"]
    assert list(joined.edges(data="implied")) == [
        ("look", "pay", True),
        ("pay", "bill", True),
        ("bill", "home", True),
        ("wait", "pay", True),
    ]
    pay = joined.nodes["pay"]
    assert (pay["item"], dict(pay["stages"])) == (BUY.touchpoints[1], {"buy": "shop", "moan": "call"})
    assert pay["items"]["moan"] is MOAN.touchpoints[1]
    assert list(pay["differences"]) == ["moan"]
    assert "touchpoint 'pay': owner 'Billing' -> 'Care'" in str(pay["differences"]["moan"]).splitlines()
    assert not joined.nodes["look"]["differences"]
    assert nx.has_path(joined, "wait", "home")
    assert joined is SHOP.joined
    with pytest.raises(nx.NetworkXError):
        joined.add_node("x")


@given(atlases(max_journeys=3))
def test_nothing_is_lost_in_the_joined_graph(atlas) -> None:
    joined = atlas.joined
    held = {(name, node): item for node, data in joined.nodes(data=True) for name, item in data["items"].items()}
    assert held == {(journey.id, step.id): step for journey in atlas.journeys for step in journey.touchpoints}
    ways = {(name, source, target) for source, target, data in joined.edges(data=True) for name in data["items"]}
    assert ways == {(journey.id, *edge) for journey in atlas.journeys for edge in journey.graph.edges}
    for node, data in joined.nodes(data=True):
        same = [name for name, item in data["items"].items() if item == data["item"]]
        assert {*data["items"]} - {*data["differences"]} <= {*same}, node
