"""L1, L3 and L4: what a change would do, where it would do most, and which action pays."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from journeymap.analysis import Change, conversion, next_best_action, tornado, transition_matrix, what_if
from journeymap.analysis.actions import Action
from journeymap.errors import AnalysisError, DoubtfulAnswer, NotEnoughData, ScaleMismatch
from journeymap.model import END, Journey, Span, Stage, Touchpoint, Transition

HOUR = timedelta(hours=1)
TABLE = {"visit": {"basket": 0.2, "visit": 0.3, END: 0.5}, "basket": {"pay": 0.5, "visit": 0.2, END: 0.3}}


def codes(found):
    return {warning.code for warning in found.warnings}


@st.composite
def tables(draw):
    """Shares between four steps and two ends, with a way out of every step; z, to which nothing leads, keeps the goal there."""
    names = ["a", "b", "c", "d"]
    rows = {}
    for name in names:
        others = draw(st.lists(st.sampled_from([*names, "goal"]), min_size=1, max_size=4, unique=True))
        weights = [draw(st.integers(1, 9)) for _ in range(len(others) + 1)]
        rows[name] = {target: weight / sum(weights) for target, weight in zip([*others, END], weights, strict=True)}
    return rows | {"z": {"goal": 1.0}}


def solved(rows, start, goal="goal"):
    """The chance of the goal, by the textbook matrix."""
    steps = list(rows)
    q = np.array([[rows[s].get(t, 0.0) for t in steps] for s in steps])
    r = np.array([rows[s].get(goal, 0.0) for s in steps])
    return float(np.linalg.solve(np.eye(len(steps)) - q, r)[steps.index(start)])


def test_a_share_taken_from_a_sibling():
    found = what_if(TABLE, goal="pay", start="visit", changes=Change("basket", "pay", by=0.1, takes_from=END))
    after = {"visit": TABLE["visit"], "basket": {"pay": 0.6, "visit": 0.2, END: 0.2}}
    assert found.before == pytest.approx(conversion(TABLE, goal="pay", start="visit").value)
    assert found.after == pytest.approx(conversion(after, goal="pay", start="visit").value)
    assert found.value == pytest.approx(found.after - found.before)
    change = found.changes[0]
    visits = conversion(TABLE, goal="pay", start="visit").by_step["basket"].visits
    assert change.sensitivity == pytest.approx(visits * (1 - 0))
    assert (change.before, change.after, change.takes_from) == (0.5, 0.6, END)
    assert change.alone == pytest.approx(found.value)
    assert "only an experiment can show that" in " ".join(found.assumptions)
    assert found.explain().startswith("The share that reaches the goal would go from 15 % to 18 %")


def test_a_share_taken_proportionally():
    found = what_if(TABLE, goal="pay", start="visit", changes=Change("basket", "pay", to=0.6, takes_from="proportionally"))
    after = {"visit": TABLE["visit"], "basket": {"pay": 0.6, "visit": 0.2 * 0.8, END: 0.3 * 0.8}}
    assert found.after == pytest.approx(conversion(after, goal="pay", start="visit").value)


def test_several_changes_one_after_the_other():
    changes = [Change("basket", "pay", by=0.1, takes_from=END), Change("visit", "basket", to=0.4, takes_from=END)]
    found = what_if(TABLE, goal="pay", start="visit", changes=changes)
    after = {"visit": {"basket": 0.4, "visit": 0.3, END: 0.3}, "basket": {"pay": 0.6, "visit": 0.2, END: 0.2}}
    assert found.after == pytest.approx(conversion(after, goal="pay", start="visit").value)
    assert all(effect.alone < found.value for effect in found.changes)


def test_a_new_way_says_where_its_share_comes_from():
    found = what_if(TABLE, goal="pay", start="visit", changes=Change("visit", "pay", to=0.1, takes_from=END))
    assert found.after > found.before
    with pytest.raises(AnalysisError, match="there is no way from 'visit' to 'pay' yet"):
        what_if(TABLE, goal="pay", start="visit", changes=Change("visit", "pay", to=0.1, takes_from="proportionally"))
    leaving = what_if({"a": {"goal": 1}}, goal="goal", changes=Change("a", "goal", to=0.7, takes_from=END))
    assert leaving.after == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change("basket", "pay", by=0.6, takes_from=END), "the share from 'basket' to 'pay' would become 1.1"),
        (Change("basket", "pay", by=0.4, takes_from=END), "the share from 'basket' to 'end' would become -0.1"),
        (Change("basket", "pay", by=-0.6, takes_from=END), "would become -0.1"),
        (Change("baskt", "pay", by=0.1, takes_from=END), "there is no step 'baskt'; did you mean 'basket'"),
        (Change("pay", "basket", by=0.1, takes_from=END), "nothing leaves 'pay'"),
        (Change("basket", "pai", by=0.1, takes_from=END), "there is no step 'pai'"),
        (Change("basket", "pay", by=0.1, takes_from="ende"), "there is no step 'ende'; did you mean 'end'"),
        (Change("basket", "pay", by=0.1, takes_from="pay"), "cannot come from itself"),
    ],
)
def test_what_cannot_be_changed(change, told):
    with pytest.raises(AnalysisError) as caught:
        what_if(TABLE, goal="pay", start="visit", changes=change)
    assert told in str(caught.value)


def test_what_is_no_change():
    with pytest.raises(AnalysisError, match="changes nothing"):
        Change("a", "b")
    with pytest.raises(AnalysisError, match="has both by= and to="):
        Change("a", "b", by=0.1, to=0.2, takes_from=END)
    with pytest.raises(AnalysisError, match="does not say where its share comes from"):
        Change("a", "b", by=0.1)
    with pytest.raises(AnalysisError, match="has a wait below 0"):
        Change("a", "b", wait=-HOUR)
    with pytest.raises(ScaleMismatch):
        Change("a", "b", by=10, takes_from=END)
    for nothing in ([], ["more"]):
        with pytest.raises(AnalysisError, match="is no change"):
            what_if(TABLE, goal="pay", start="visit", changes=nothing)
    with pytest.raises(AnalysisError, match="is changed twice"):
        what_if(TABLE, goal="pay", start="visit", changes=[Change("basket", "pay", wait=HOUR)] * 2)
    with pytest.raises(AnalysisError, match="all who leave 'a' go to 'goal'"):
        what_if({"a": {"goal": 1}}, goal="goal", changes=Change("a", "goal", to=0.5, takes_from="proportionally"))
    with pytest.raises(NotEnoughData, match="nobody says where customers start"):
        what_if({"a": {"b": 0.5}, "b": {"a": 0.5}}, goal="b", changes=Change("a", "b", by=0.1, takes_from=END))
    with pytest.raises(NotEnoughData, match="nobody says which state is the goal"):
        what_if(TABLE, start="visit", changes=Change("basket", "pay", by=0.1, takes_from=END))


def test_a_change_can_close_a_trap():
    table = {"a": {"b": 0.5, END: 0.5}, "b": {"a": 0.9, "goal": 0.1}}
    found = what_if(
        table, goal="goal", changes=[Change("a", "b", to=1, takes_from=END), Change("b", "a", to=1, takes_from="goal")], start="a"
    )
    assert found.after == 0
    assert "TRAP" in codes(found)


def test_waits():
    table = {"ask": {"answer": 0.8, END: 0.2}, "answer": {"ask": 0.25, "done": 0.75}}
    waits = {("ask", "answer"): 72 * HOUR, ("answer", "ask"): HOUR, ("answer", "done"): 2 * HOUR}
    found = what_if(table, goal="done", start="ask", waits=waits, changes=Change("ask", "answer", wait=24 * HOUR))
    often = 1 / (1 - 0.2)
    assert found.hours_before == pytest.approx(often * 0.8 * (72 + 0.25 * 1 + 0.75 * 2))
    assert found.hours_change == pytest.approx(-often * 0.8 * 48)
    assert (found.value, found.timed_share) == (0, 1)
    assert found.changes[0].sensitivity is None
    assert "waiting would shrink by 2 days" in found.explain()
    few = what_if(table, goal="done", start="ask", waits={("ask", "answer"): HOUR}, changes=Change("ask", "answer", wait=2 * HOUR))
    assert (few.hours_before, few.hours_change) == (None, None)
    assert few.timed_share == pytest.approx(0.5)
    most = what_if(table, goal="done", start="ask", waits=dict(list(waits.items())[::2]), changes=Change("ask", "answer", wait=2 * HOUR))
    assert most.timed_share == pytest.approx(0.875)
    assert "MISSING_HEAVY" in codes(most)
    with pytest.raises(AnalysisError, match="there is a wait for 'ask' to 'done', and no such way"):
        what_if(table, goal="done", start="ask", waits={("ask", "done"): HOUR}, changes=Change("ask", "answer", wait=HOUR))


def shop(*more):
    ways = [
        Transition("ad", "site", probability=0.5, wait=Span(HOUR, 2 * HOUR, 9 * HOUR)),
        Transition("site", "pay", probability=0.25, wait=24 * HOUR),
        *more,
    ]
    return Journey("J", [Stage("S", [Touchpoint("ad"), Touchpoint("site"), Touchpoint("pay", goal=True)])], transitions=ways)


def test_a_map():
    found = what_if(shop(), changes=Change("site", "pay", by=0.25, takes_from=END, wait=12 * HOUR))
    assert (found.before, found.after) == (0.125, 0.25)
    assert found.hours_before == pytest.approx(0.5 * 2 + 0.125 * 24)
    assert found.hours_after == pytest.approx(0.5 * 2 + 0.25 * 12)
    assert found.grade == "hypothesis"


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from("abcd"), st.floats(-0.2, 0.2), st.data())
def test_changes_agree_with_solving_again_and_with_their_slope(rows, source, by, data):
    target, giver = data.draw(st.permutations(list(rows[source])))[:2] if len(rows[source]) > 1 else (None, None)
    assume(target is not None and 0 <= rows[source][target] + by <= 1 and 0 <= rows[source][giver] - by <= 1 and abs(by) > 1e-3)
    after = {s: dict(row) for s, row in rows.items()}
    after[source][target] += by
    after[source][giver] -= by
    try:
        expected = solved(after, "a")
    except np.linalg.LinAlgError:
        return
    found = what_if(rows, goal="goal", start="a", changes=Change(source, target, by=by, takes_from=giver))
    if all(row.get(END, 0) > 0 for step, row in after.items() if step != "z"):
        assert found.after == pytest.approx(expected, abs=1e-9)
    small = what_if(rows, goal="goal", start="a", changes=Change(source, target, by=math.copysign(1e-6, by), takes_from=giver))
    assert small.value / math.copysign(1e-6, by) == pytest.approx(small.changes[0].sensitivity, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(tables(), st.sampled_from([0.1, 0.5, 1.0]))
def test_every_swing_agrees_with_solving_again(rows, change):
    found = tornado(rows, goal="goal", start="a", change=change)
    assert found.base == pytest.approx(solved(rows, "a"))
    assert len(found.swings) == sum(len(row) for row in rows.values() if len(row) > 1)
    for swing in found.swings:
        p = swing.probability
        for share, told in ((p * (1 - change), swing.low), (min(1.0, p * (1 + change)), swing.high)):
            scale = (1 - share) / (1 - p)
            row = {target: share if target == swing.target else q * scale for target, q in rows[swing.source].items()}
            changed = rows | {swing.source: {target: q for target, q in row.items() if q > 1e-12}}
            assert told == pytest.approx(conversion(changed, goal="goal", start="a").value, abs=1e-7)
        assert swing.lift == pytest.approx(max(swing.low, swing.high, found.base) - found.base, abs=1e-9)
        assert swing.swing >= 0
    lifts = [round(swing.lift, 12) for swing in found.swings]
    assert lifts == sorted(lifts, reverse=True)


def test_the_tornado_names_where_to_act():
    found = tornado(shop())
    assert [(s.source, s.target, round(s.lift, 4)) for s in found.swings] == [
        ("site", END, 0.0375),
        ("ad", END, 0.0125),
        ("ad", "site", 0.0125),
        ("site", "pay", 0.0125),
    ]
    assert found.value == pytest.approx(0.0375)
    assert found.explain().startswith(
        "Hypothesis: Acting on the way from 'site' to 'end' would bring most: if fewer customers took it, the share that reaches the goal would go from 12 % to 16 %"
    )
    assert found.swings[0].sensitivity == pytest.approx(-0.5 * 0.25 / 0.25)


def test_a_swing_that_closes_a_trap_is_solved_afresh():
    table = {"a": {"b": 1}, "b": {"a": 0.6, "goal": 0.4}}
    found = tornado(table, goal="goal", start="a", change=1.0)
    by_target = {swing.target: swing for swing in found.swings}
    assert (by_target["a"].high, by_target["a"].low) == (0, 1)
    assert (by_target["goal"].high, by_target["goal"].low) == (1, 0)


def test_standard_errors_need_counts():
    counts = transition_matrix({"path_start": {"a": 100}, "a": {"goal": 20, "path_end": 80}})
    found = tornado(counts, goal="goal", by="standard-error")
    error = math.sqrt(0.2 * 0.8 / 100)
    assert found.swings[0].high - 0.2 == pytest.approx(error) or 0.2 - found.swings[0].high == pytest.approx(error)
    assert "1 standard errors" in found.method
    with pytest.raises(NotEnoughData, match="shares without counts have no standard error"):
        tornado(TABLE, goal="pay", start="visit", by="standard-error")


def test_what_no_tornado_can_move():
    found = tornado({"a": {"goal": 1}}, goal="goal")
    assert (found.value, found.swings) == (None, ())
    for options in ({"change": 0}, {"change": 2}, {"by": "luck"}):
        with pytest.raises(AnalysisError, match="tornado"):
            tornado(TABLE, goal="pay", start="visit", **options)


REMINDER = Action("reminder", Change("basket", "pay", by=0.05, takes_from=END), cost=0.2)
DISCOUNT = Action("discount", Change("basket", "pay", by=0.2, takes_from=END), cost=3)


def test_the_action_that_brings_most_after_its_cost():
    table = {"basket": {"pay": 0.5, END: 0.5}}
    found = next_best_action(table, goal="pay", start="basket", worth=20, actions=[REMINDER, DISCOUNT])
    assert [(a.name, round(a.net, 6)) for a in found.actions] == [("discount", 1.0), ("reminder", 0.8)]
    assert (found.best, found.value) == ("discount", pytest.approx(1))
    assert found.grade == "hypothesis"
    assert "if it does what is assumed" in found.explain()
    assert "what 'discount', 'reminder' changes has not been tested" in found.assumptions
    cheap = next_best_action(table, goal="pay", start="basket", worth=10, actions=[REMINDER, DISCOUNT])
    assert (cheap.best, cheap.value) == ("reminder", pytest.approx(0.3))
    none = next_best_action(table, goal="pay", start="basket", worth=1, actions=[REMINDER, DISCOUNT])
    assert (none.best, none.value) == (None, 0)
    assert "None of the 2 actions pays; the best, 'reminder', would bring −0.15 a customer" in none.explain()


def test_uses_are_expected_visits_after_the_change():
    more = Action("help", Change("basket", "visit", by=0.1, takes_from=END), cost=1, at="visit")
    found = next_best_action(TABLE, goal="pay", start="visit", worth=100, actions=[more]).actions[0]
    after = {"visit": TABLE["visit"], "basket": {"pay": 0.5, "visit": 0.3, END: 0.2}}
    assert found.uses == pytest.approx(conversion(after, goal="pay", start="visit").by_step["visit"].visits)
    assert found.cost == pytest.approx(found.uses)
    assert found.net == pytest.approx(100 * found.gain - found.cost)


def test_ties_go_to_the_cheaper():
    table = {"basket": {"pay": 0.5, END: 0.5}}
    dear = Action("a dear one", Change("basket", "pay", by=0.1, takes_from=END), cost=1)
    free = Action("b free one", Change("basket", "pay", by=0.05, takes_from=END))
    twin = Action("a free one", Change("basket", "pay", by=0.05, takes_from=END))
    found = next_best_action(table, goal="pay", start="basket", worth=20, actions=[dear, free, twin])
    assert [action.name for action in found.actions] == ["a free one", "b free one", "a dear one"]


def test_what_an_experiment_has_shown_is_no_assumption():
    tested = Action("reminder", [Change("basket", "pay", by=0.05, takes_from=END)], tested=True)
    table = {"basket": {"pay": 0.5, END: 0.5}}
    found = next_best_action(table, goal="pay", start="basket", worth=20, actions=[tested], strict=True)
    assert found.grade == "firm"
    with pytest.raises(DoubtfulAnswer, match="ASSUMPTION_ONLY"):
        next_best_action(table, goal="pay", start="basket", worth=20, actions=[REMINDER], strict=True)


def test_what_is_no_action():
    table = {"basket": {"pay": 0.5, END: 0.5}}
    with pytest.raises(AnalysisError, match="are no actions"):
        next_best_action(table, goal="pay", start="basket", worth=20, actions=[])
    with pytest.raises(AnalysisError, match="two actions have the same name"):
        next_best_action(table, goal="pay", start="basket", worth=20, actions=[REMINDER, REMINDER])
    with pytest.raises(AnalysisError, match="the action 'idle' changes nothing"):
        Action("idle", [])
    with pytest.raises(AnalysisError, match="there is no step 'till'"):
        next_best_action(table, goal="pay", worth=1, actions=[Action("x", Change("basket", "pay", by=0.1, takes_from=END), at="till")])
