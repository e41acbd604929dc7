"""What is different between two maps, in words and as data."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.model import (
    Added,
    Atlas,
    AtlasLink,
    Channel,
    Evidence,
    Journey,
    MomentOfTruth,
    Moved,
    PainPoint,
    Persona,
    Place,
    Range,
    Ref,
    Removed,
    Source,
    Stage,
    Touchpoint,
    Transition,
    diff,
)
from journeymap.model.ordering import moved
from journeymap.testing.edits import edited, edited_atlas
from journeymap.testing.strategies import atlases, journeys

OLD = Journey(
    "Buy",
    [
        Stage("Shop", [Touchpoint("Look"), Touchpoint("Ride", thoughts=["Fast", "Red"]), Touchpoint("Pay", emotion=-1, channel="Till")]),
        Stage("Use", [Touchpoint("Home", channel="Till", pains=[PainPoint("Far"), PainPoint("Wet")])]),
    ],
    personas=[Persona("Ann")],
    sources=[Source("Survey")],
)


def lines(new: Journey, old: Journey = OLD) -> list[str]:
    return str(diff(old, new)).splitlines()


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (OLD.replace("pay", emotion=1), "touchpoint 'pay': emotion -1 -> +1"),
        (OLD.replace("pay", emotion=jm.Emotion(-1, label="cross", n=4)), "touchpoint 'pay': emotion -1 -> -1 (cross, n 4)"),
        (OLD.replace("pay", emotion=0), "touchpoint 'pay': emotion -1 -> 0"),
        (OLD.replace("pay", emotion=None), "touchpoint 'pay': emotion -1 -> none"),
        (OLD.replace("pay", emotions={"ann": 2}), "touchpoint 'pay': emotions.ann none -> +2"),
        (OLD.replace("pay", perceived_owner="The bank"), "touchpoint 'pay': perceived owner none -> 'The bank'"),
        (OLD.replace("pay", goal=True), "touchpoint 'pay': goal no -> yes"),
        (OLD.replace("pay", duration=timedelta(minutes=5)), "touchpoint 'pay': duration none -> 0:05:00"),
        (OLD.replace("pay", moment=MomentOfTruth("fmot", reason="Trust")), "touchpoint 'pay': moment none -> fmot, Trust"),
        (OLD.replace("pay", extra={"room\n": "4"}), "touchpoint 'pay': extra.'room\\n' none -> '4'"),
        (OLD.replace("pay", evidence=[Evidence("survey", score=1)]), "touchpoint 'pay': evidence with 'survey' (+1)"),
        (OLD.replace("ride", thoughts=["Red", "Light"]), "touchpoint 'ride': thoughts without 'Fast', with 'Light'"),
        (OLD.replace("ride", thoughts=["Red", "Fast"]), "touchpoint 'ride': thoughts in another order"),
        (OLD.replace("ride", notes="a" * 99 + "b"), "touchpoint 'ride': notes none -> '" + "a" * 56 + "..."),
        (OLD.replace(updated=date(2026, 3, 1)), "journey: updated none -> 2026-03-01"),
        (OLD.replace(id="purchase"), "journey: id 'buy' -> 'purchase'"),
        (OLD.replace(scale=jm.Scale(1, 5)), "journey: scale -2 to 2 -> 1 to 5"),
        (OLD.replace("far", frequency=0.5), "pain 'far': frequency none -> 0.5"),
        (OLD.move("pay", before="look"), "touchpoint 'pay': moved to the front"),
        (OLD.move("look", after="pay"), "touchpoint 'look': moved behind 'pay'"),
        (OLD.move("pay", stage="use"), "touchpoint 'pay': moved from stage 'shop' to stage 'use' behind 'home'"),
        (OLD.move("pay", before="home"), "touchpoint 'pay': moved from stage 'shop' to stage 'use', in front"),
        (OLD.without("look"), "touchpoint 'look': removed"),
        (OLD.without("use"), "stage 'use': removed, with touchpoint 'home', pain 'far', pain 'wet'"),
        (OLD.with_touchpoint(Touchpoint("Sell")), "touchpoint 'sell': added to stage 'use' behind 'home'"),
        (OLD.with_stage(Stage("Sell", [Touchpoint("Advert")])), "stage 'sell': added behind 'use', with touchpoint 'advert'"),
        (OLD.with_transition(Transition("look", "pay")), "transition 'look to pay': added"),
        (OLD.replace(personas=[]), "persona 'ann': removed"),
    ],
)
def test_a_change_is_told_as_a_designer_reads_it(new, line) -> None:
    assert lines(new) == [line]


def test_a_long_text_that_changes_at_its_end_is_told_as_such() -> None:
    assert lines(OLD.replace("ride", notes="a" * 99), OLD.replace("ride", notes="a" * 98)) == [
        "touchpoint 'ride': notes '" + "a" * 56 + "... -> another one that begins alike"
    ]


def test_an_estimate_is_told_with_its_limits() -> None:
    old = Journey("x", opportunities=[jm.Opportunity("Tracker", impact=3)])
    assert lines(old.replace("tracker", impact=Range(2, 4, 5)), old) == ["opportunity 'tracker': impact 3 -> 2 to 5, likely 4"]


def test_a_channel_called_otherwise_is_one_change() -> None:
    desk = Channel("Cash desk", id="till", kind="in-store")
    new = OLD.replace(stages=OLD.replace("pay", channel=None).replace("home", channel=desk).stages)
    assert lines(new.replace("pay", channel=desk)) == [
        "channel 'till': name 'Till' -> 'Cash desk'",
        "channel 'till': kind 'other' -> 'in-store'",
    ]


def test_nothing_is_different() -> None:
    nothing = diff(OLD, OLD.replace("pay", emotion=-1))
    assert not nothing
    assert (len(nothing), list(nothing), str(nothing), nothing.to_dict()) == (0, [], "no difference", {"changes": []})


def test_changes_are_typed_values() -> None:
    new = OLD.without("look").move("ride", stage="use").with_touchpoint(Touchpoint("Ask"), before="pay").replace("pay", emotion=1)
    found = diff(OLD, new)
    assert found.added == (Added(Ref("touchpoint", "ask"), Touchpoint("Ask"), Place(Ref("stage", "shop"))),)
    assert found.removed == (Removed(Ref("touchpoint", "look"), Touchpoint("Look"), Place(Ref("stage", "shop"))),)
    assert found.moved == (Moved(Ref("touchpoint", "ride"), Place(Ref("stage", "shop"), "look"), Place(Ref("stage", "use"), "home")),)
    assert [(change.field, change.old, change.new) for change in found.changed] == [("emotion", jm.Emotion(-1), jm.Emotion(1))]
    assert len(found) == 4
    assert json.loads(json.dumps(found.to_dict()))["changes"][0] == {
        "change": "added",
        "kind": "touchpoint",
        "id": "ask",
        "value": {"name": "Ask", "id": "ask"},
        "new": {"in": "stage", "id": "shop", "after": None},
    }


def test_data_says_days_and_lengths_as_files_do() -> None:
    old, new = OLD.replace(updated=date(2026, 3, 1)), OLD.replace(review_every=timedelta(days=1, microseconds=5))
    assert [(change["old"], change["new"]) for change in diff(old, new).to_dict()["changes"]] == [
        ("2026-03-01", None),
        (None, "PT86400.000005S"),
    ]


def test_atlases_are_compared_in_all_their_journeys() -> None:
    old = Atlas("Shop", [OLD, Journey("Moan")], links=[AtlasLink("buy", "moan", at="pay")])
    new = (
        old.with_journey(OLD.replace("pay", emotion=1))
        .with_journey(Journey("Sell"))
        .with_link(AtlasLink("buy", "moan", at="pay", kind="exception"))
    )
    assert str(diff(old, new)).splitlines() == [
        "touchpoint 'pay' of 'buy': emotion -1 -> +1",
        "journey 'sell': added",
        "link 'buy to moan at pay': kind 'next' -> 'exception'",
    ]
    with pytest.raises(jm.ModelError, match="an Atlas and a Journey cannot be compared; give journeys, or atlases"):
        diff(old, OLD)


@given(journeys(max_stages=2), journeys(max_stages=2), st.data())
def test_a_diff_is_empty_only_between_equals(one, other, data) -> None:
    assert not diff(one, one)
    for a, b in ((one, other), (one, data.draw(edited(one)))):
        assert bool(diff(a, b)) >= (a != b)
        assert len(diff(a, b).added) == len(diff(b, a).removed)
        assert json.dumps(diff(a, b).to_dict())
        assert len(str(diff(a, b)).splitlines()) == max(1, len(diff(a, b)))


@given(atlases(max_journeys=2), st.data())
def test_a_diff_of_atlases_is_empty_only_between_equals(one, data) -> None:
    other = data.draw(edited_atlas(one))
    assert not diff(one, one)
    assert bool(diff(one, other)) == (one != other)


@given(st.permutations(range(8)))
def test_no_fewer_moves_would_do(order) -> None:
    gone = moved(list(range(8)), order)
    kept = [item for item in order if item not in gone]
    assert kept == sorted(kept)
    longest = max(mask.bit_count() for mask in range(256) if (part := [item for item in order if mask >> item & 1]) == sorted(part))
    assert len(kept) == longest


def test_a_shuffle_of_many_is_compared_without_a_long_wait() -> None:
    steps = [Touchpoint(f"t{i}") for i in range(5000)]
    shuffled = random.Random(1).sample(steps, len(steps))
    found = diff(Journey("x", [Stage("s", steps)]), Journey("x", [Stage("s", shuffled)]))
    assert 4500 < len(found.moved) == len(found) < 5000
