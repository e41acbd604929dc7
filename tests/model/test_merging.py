"""Two people's work on one map made one: nothing is lost, and what contradicts is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import journeymap as jm
from journeymap.model import (
    Added,
    Atlas,
    AtlasLink,
    Changed,
    Channel,
    Evidence,
    Journey,
    Moved,
    PainPoint,
    Persona,
    Removed,
    Source,
    Stage,
    Touchpoint,
    Transition,
    diff,
    merge,
)
from journeymap.model.parts import Parts
from journeymap.testing.edits import edited, edited_atlas
from journeymap.testing.strategies import atlases, journeys

BASE = Journey(
    "Buy",
    [
        Stage(
            "Shop",
            [
                Touchpoint("Look"),
                Touchpoint("Ride", thoughts=["Fast", "Red"]),
                Touchpoint("Ask"),
                Touchpoint("Pay", emotion=-1, channel="Till"),
            ],
        ),
        Stage("Use", [Touchpoint("Home"), Touchpoint("Mend", pains=[PainPoint("Slow")])]),
    ],
    personas=[Persona("Ann"), Persona("Bob")],
    sources=[Source("Survey")],
)


@st.composite
def small_maps(draw) -> Journey:
    """Maps of so few ids that any three of them have much to quarrel about."""
    stages = draw(st.lists(st.sampled_from("STUV"), min_size=1, unique=True))
    homes = draw(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(stages)))
    pains = draw(st.dictionaries(st.sampled_from("pqr"), st.sampled_from([*stages, *homes])))
    channels = [None, Channel("Till", id="c"), Channel(draw(st.sampled_from(["Desk", "Till"])), id="d")]

    def held(place: str) -> list[PainPoint]:
        return [PainPoint(pain) for pain, home in pains.items() if home == place]

    def step(name: str) -> Touchpoint:
        thoughts = draw(st.lists(st.sampled_from("xyz"), unique=True))
        return Touchpoint(
            name, owner=draw(st.sampled_from("AB")), channel=draw(st.sampled_from(channels)), thoughts=thoughts, pains=held(name)
        )

    kept = [Stage(s, [step(name) for name, home in homes.items() if home == s], id=s, pains=held(s)) for s in stages]
    return Journey("x", kept, owner=draw(st.sampled_from(["", "O", "P"])))


def steps(journey: Journey) -> list[list[str]]:
    return [[step.id for step in stage.touchpoints] for stage in journey.stages]


def told(ours: Journey, theirs: Journey, base: Journey = BASE) -> list[str]:
    return [str(conflict) for conflict in merge(base, ours, theirs).conflicts]


def test_what_each_side_changed_is_in_the_result() -> None:
    ours = BASE.replace("pay", emotion=1).with_touchpoint(Touchpoint("Leave"), after="pay").replace(owner="Sales")
    theirs = BASE.replace("pay", owner="Billing").without("home").move("ride", before="look")
    merged = merge(BASE, ours, theirs)
    assert merged.conflicts == ()
    result = merged.result()
    assert steps(result) == [["ride", "look", "ask", "pay", "leave"], ["mend"]]
    pay = result.touchpoints[3]
    assert (pay.emotion, pay.owner, result.owner) == (jm.Emotion(1), "Billing", "Sales")
    assert merged.explain() == "no conflict"


@pytest.mark.parametrize(
    ("ours", "theirs", "conflict"),
    [
        (
            BASE.replace("pay", emotion=1),
            BASE.replace("pay", emotion=-2),
            "touchpoint 'pay': emotion: both have changed it, ours +1, theirs -2, before -1",
        ),
        (
            BASE.replace("pay", emotion=1),
            BASE.without("pay"),
            "touchpoint 'pay': ours has changed it, and theirs has removed it",
        ),
        (
            BASE.without("pay"),
            BASE.move("pay", stage="use"),
            "touchpoint 'pay': theirs has changed it, and ours has removed it",
        ),
        (
            BASE.without("use"),
            BASE.with_touchpoint(Touchpoint("Sell"), stage="use"),
            "touchpoint 'sell': theirs has put it in stage 'use', and ours has removed that",
        ),
        (
            BASE.with_touchpoint(Touchpoint("Sell", owner="A")),
            BASE.with_touchpoint(Touchpoint("Sell", owner="B")),
            "touchpoint 'sell': owner: both have added it, ours 'A', theirs 'B', before none",
        ),
        (
            BASE.move("pay", before="look"),
            BASE.move("pay", stage="use"),
            None,
        ),
        (
            BASE.move("look", after="pay"),
            BASE.move("look", after="ask"),
            "stage 'shop': ours and theirs have put the touchpoints in different orders",
        ),
        (
            BASE.replace("ride", thoughts=["Quick", "Red"]),
            BASE.replace("ride", thoughts=["Speedy", "Red"]),
            "touchpoint 'ride': thoughts: both have changed it, ours 'Quick', 'Red', theirs 'Speedy', 'Red', before 'Fast', 'Red'",
        ),
        (
            BASE.replace("ride", personas=["ann"]),
            BASE.replace("ride", personas=["bob"]),
            "touchpoint 'ride': personas: both have changed it, ours 'ann', theirs 'bob', before none",
        ),
        (
            BASE.replace("ride", extra={"a": "1"}),
            BASE.replace("ride", extra={"a": "2"}),
            "touchpoint 'ride': extra.a: both have changed it, ours '1', theirs '2', before none",
        ),
        (
            BASE.replace("pay", channel=Channel("Desk", id="till")),
            BASE.replace("pay", channel=Channel("Cash desk", id="till")),
            "channel 'till': name: both have changed it, ours 'Desk', theirs 'Cash desk', before 'Till'",
        ),
        (
            BASE.without("ann"),
            BASE.replace("pay", personas=["ann"]),
            "journey: merged, it breaks a rule: stages[0].touchpoints[3].personas[0]: no persona 'ann'; there are: bob",
        ),
        (
            BASE.with_transition(Transition("look", "pay", probability=0.6)),
            BASE.with_transition(Transition("look", "home", probability=0.6)),
            "journey: merged, it breaks a rule: transitions[1].probability: the ways out of 'look' sum to 1.2, more than 1; they share the whole",
        ),
    ],
)
def test_what_contradicts_is_told(ours, theirs, conflict) -> None:
    assert told(ours, theirs) == ([conflict] if conflict else [])
    if conflict:
        with pytest.raises(jm.MergeConflict) as error:
            merge(BASE, ours, theirs).result()
        assert conflict in str(error.value)
        assert error.value.conflicts == merge(BASE, ours, theirs).conflicts


def test_a_move_to_another_stage_wins_over_a_move_in_the_old_one() -> None:
    for sides in ((BASE.move("pay", before="look"), BASE.move("pay", stage="use")), (BASE.move("pay", stage="use"), BASE)):
        assert steps(merge(BASE, *sides).result()) == [["look", "ride", "ask"], ["home", "mend", "pay"]]


def test_lists_take_what_both_sides_put_in() -> None:
    ours = BASE.replace("ride", thoughts=["Fast", "Light", "Red"], evidence=[Evidence("survey", score=1)])
    theirs = BASE.replace("ride", thoughts=["Red", "Loud"])
    ride = merge(BASE, ours, theirs).result().touchpoints[1]
    assert ride.thoughts == ("Light", "Red", "Loud")
    assert ride.evidence == (Evidence("survey", score=1),)


def test_a_channel_called_otherwise_is_so_everywhere() -> None:
    ours = BASE.replace("pay", channel=Channel("Cash desk", id="till"))
    theirs = BASE.replace("home", channel="Till")
    result = merge(BASE, ours, theirs).result()
    assert [step.channel.name for step in result.touchpoints if step.channel] == ["Cash desk", "Cash desk"]


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_preferred_side_decides_and_the_other_is_still_heard(prefer) -> None:
    ours = BASE.replace("pay", emotion=1).without("use").move("look", after="pay")
    theirs = BASE.replace("pay", emotion=-2, owner="Billing").with_touchpoint(Touchpoint("Sell"), stage="use").move("look", after="ask")
    merged = merge(BASE, ours, theirs, prefer=prefer)
    assert merged.conflicts == ()
    assert [(conflict.kind, str(conflict.ref)) for conflict in merged.overruled] == [
        ("order", "stage 'shop'"),
        ("both-changed", "touchpoint 'pay'"),
        ("changed-and-removed", "touchpoint 'sell'"),
    ]
    result = merged.result()
    assert steps(result) == ([["ride", "ask", "pay", "look"]] if prefer == "ours" else [["ride", "ask", "look", "pay"], ["sell"]])
    pay = next(step for step in result.touchpoints if step.id == "pay")
    assert (pay.emotion, pay.owner) == (jm.Emotion(1 if prefer == "ours" else -2), "Billing")
    assert "overruled: touchpoint 'pay': emotion" in merged.explain()


def test_a_preference_does_not_count_against_a_rule() -> None:
    merged = merge(BASE, BASE.without("ann"), BASE.replace("pay", personas=["ann"]), prefer="ours")
    assert (merged.value, [conflict.kind for conflict in merged.conflicts]) == (None, ["rule"])
    with pytest.raises(jm.ModelError, match="prefer='our' is not 'ours' or 'theirs'; did you mean 'ours'?"):
        merge(BASE, BASE, BASE, prefer="our")


def test_atlases_merge_in_all_their_journeys() -> None:
    base = Atlas("Shop", [BASE, Journey("Complain")], links=[AtlasLink("buy", "complain", at="pay")])
    ours = base.with_journey(BASE.replace("pay", emotion=1))
    theirs = base.with_journey(BASE.replace("pay", owner="Billing")).with_journey(Journey("Sell")).replace("complain", owner="Care")
    result = merge(base, ours, theirs).result()
    assert [journey.id for journey in result.journeys] == ["buy", "complain", "sell"]
    pay = result.journey("buy").touchpoints[3]
    assert (pay.emotion, pay.owner, result.journey("complain").owner) == (jm.Emotion(1), "Billing", "Care")
    gone = merge(base, base.without("buy"), theirs)
    assert [str(conflict) for conflict in gone.conflicts] == ["touchpoint 'pay' of 'buy': theirs has changed it, and ours has removed it"]
    with pytest.raises(jm.ModelError, match="an Atlas and a Journey and an Atlas cannot be compared"):
        merge(base, BASE, base)


def test_conflicts_are_told_in_one_order_whatever_the_hashes() -> None:
    program = (
        "from journeymap.model import *\n"
        "def shop(word): return Journey('x', [Stage('s', [Touchpoint(c, channel=Channel(c + word, id=c), owner=word) for c in 'abcdef'])])\n"
        "print(merge(shop(''), shop('1'), shop('2')))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "123"
    }
    assert [len(text.splitlines()) for text in told] == [12]


def test_conflicts_are_data_too() -> None:
    merged = merge(BASE, BASE.replace("pay", emotion=1, extra={"d": "x"}), BASE.replace("pay", emotion=-2))
    assert json.loads(json.dumps(merged.to_dict())) == {
        "conflicts": [
            {
                "conflict": "both-changed",
                "kind": "touchpoint",
                "id": "pay",
                "field": "emotion",
                "base": {"valence": -1.0},
                "ours": {"valence": 1.0},
                "theirs": {"valence": -2.0},
                "problems": [],
            }
        ],
        "overruled": [],
    }
    assert json.dumps(diff(BASE, BASE.replace(updated=date(2026, 3, 1))).to_dict())


@given(journeys(max_stages=2, max_touchpoints=2), st.data())
def test_one_side_alone_is_the_result(base, data) -> None:
    other = data.draw(edited(base))
    for ours, theirs in ((base, other), (other, base), (other, other)):
        merged = merge(base, ours, theirs)
        assert merged.result() == other
        assert not diff(merged.result(), other)


@given(atlases(max_journeys=2), st.data())
def test_one_side_alone_is_the_result_for_atlases(base, data) -> None:
    other = data.draw(edited_atlas(base))
    for ours, theirs in ((base, other), (other, base), (other, other)):
        assert merge(base, ours, theirs).result() == other


@given(small_maps(), small_maps())
def test_a_base_that_has_nothing_to_do_with_it(base, other) -> None:
    assert merge(base, other, base).result() == other


@given(small_maps(), small_maps(), small_maps())
def test_the_sides_are_equal_in_conflicts(base, ours, theirs) -> None:
    def found(merged: jm.Merged[Journey], *, turned: bool) -> set[tuple[object, ...]]:
        return {
            (c.kind, c.ref, c.field, c.base, *((c.theirs, c.ours) if turned else (c.ours, c.theirs)), len(c.problems))
            for c in merged.conflicts
        }

    assert found(merge(base, ours, theirs), turned=False) == found(merge(base, theirs, ours), turned=True)


@given(small_maps(), small_maps(), small_maps(), st.sampled_from(["ours", "theirs"]))
def test_a_preference_overrules_just_what_is_in_conflict(base, ours, theirs, prefer) -> None:
    conflicts = {conflict for conflict in merge(base, ours, theirs).conflicts if conflict.kind != "rule"}
    merged = merge(base, ours, theirs, prefer=prefer)
    assert {*merged.overruled} == conflicts
    assert {conflict.kind for conflict in merged.conflicts} <= {"rule"}


@given(small_maps(), small_maps(), small_maps(), st.sampled_from([None, "ours", "theirs"]))
def test_no_change_of_either_side_is_lost_in_small_maps(base, ours, theirs, prefer) -> None:
    check_nothing_lost(base, ours, theirs, merge(base, ours, theirs, prefer=prefer))


@given(journeys(max_stages=2, max_touchpoints=2), st.data(), st.sampled_from([None, "ours", "theirs"]))
def test_no_change_of_either_side_is_lost(base, data, prefer) -> None:
    ours, theirs = data.draw(edited(base)), data.draw(edited(base))
    check_nothing_lost(base, ours, theirs, merge(base, ours, theirs, prefer=prefer))


def around(parts: Parts, ref: jm.model.Ref) -> list[jm.model.Ref]:
    """A part, what it stands in, and so on."""
    found = [ref]
    while found[-1] in parts.parents:
        found.append(parts.parents[found[-1]])
    return found


def check_nothing_lost(base: Journey, ours: Journey, theirs: Journey, merged: jm.Merged[Journey]) -> None:
    """Every change of each side is in the result, unless a conflict that was overruled is about just this."""
    if merged.value is None:
        assert merged.conflicts
        return
    result, sides = Parts(merged.value), [Parts(side) for side in (ours, theirs)]
    fields = {(conflict.ref, conflict.field) for conflict in merged.overruled}
    places = {conflict.ref for conflict in merged.overruled if conflict.kind == "changed-and-removed" or conflict.field == "place"}
    known = (*sides, Parts(base))
    near = {above for parts in known for ref in places & parts.values.keys() for above in around(parts, ref)} - {result.root}

    def disputed(parts: Parts, ref: jm.model.Ref) -> bool:
        return ref in near or bool(places & {*around(parts, ref)})

    for parts, side in zip(sides, (ours, theirs), strict=True):
        for change in diff(base, side).changes:
            match change:
                case Added():
                    assert all(disputed(parts, ref) for ref in {change.ref, *change.along} - result.values.keys())
                case Removed():
                    assert all(disputed(result, ref) for ref in {change.ref, *change.along} & result.values.keys())
                case Moved() | Changed() if change.ref.kind != "channel" and change.ref not in result.values:
                    assert disputed(parts, change.ref)
                case Moved() if change.old.parent != change.new.parent:
                    assert result.parents[change.ref] == change.new.parent or disputed(parts, change.ref)
                case Changed() if change.ref.kind == "channel" or (change.ref, change.field) in fields:
                    continue
                case Changed() if isinstance(change.new, tuple):
                    held, old = getattr(result.values[change.ref], change.field), change.old
                    assert {item for item in change.new if item not in old} <= set(held)
                    assert not {item for item in old if item not in change.new} & set(held)
                case Changed():
                    name, _, key = change.field.partition(".")
                    value = getattr(result.values[change.ref], name)
                    assert (value.get(key) if name in {"extra", "emotions", "demographics"} else value) == change.new


def test_large_maps_merge_without_a_long_wait() -> None:
    base = Journey("Big", [Stage(f"s{i}", [Touchpoint(f"t{i}-{k}") for k in range(200)]) for i in range(10)])
    ours = evolve(base, stages=[evolve(s, touchpoints=[evolve(t, emotion=1) for t in reversed(s.touchpoints)]) for s in base.stages])
    theirs = evolve(base, stages=[evolve(s, touchpoints=[*s.touchpoints, Touchpoint(f"new-{s.id}")]) for s in base.stages])
    result = merge(base, ours, theirs).result()
    assert len(result.touchpoints) == 2010
    assert result.stages[0].touchpoints[0].id == "t0-199"
