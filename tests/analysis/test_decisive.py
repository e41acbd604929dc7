"""B8: the moments of truth, those declared beside those that the signals find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import moments_of_truth, relative_weights
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, Journey, Stage, Touchpoint, Transition

LOAN = Journey(
    "Loan",
    [
        Stage(
            "S",
            [
                Touchpoint("Advert", emotion=0, moment="zmot"),
                Touchpoint("Website", emotion=1),
                Touchpoint("Call", emotion=-2),
                Touchpoint("Branch", emotion=1, moment="fmot"),
                Touchpoint("Contract", emotion=0, goal=True),
            ],
        )
    ],
    transitions=[
        Transition("advert", "website"),
        Transition("website", "call", probability=0.7),
        Transition("website", "branch", probability=0.2),
        Transition("website", END, probability=0.1),
        Transition("call", "branch"),
        Transition("branch", "contract"),
    ],
)
signals = st.dictionaries(
    st.sampled_from(["weight", "churn", "own"]), st.dictionaries(st.sampled_from("abcde"), st.integers(0, 4), min_size=1), min_size=1
)


def test_a_map_is_ranked_by_its_signals():
    found = moments_of_truth(LOAN, top=2)
    assert found.signals == ("proximity", "unavoidable", "traffic", "prominence")
    assert found.missing_signals == ("weight: not given", "churn: not given")
    by_id = {moment.id: moment for moment in found.moments}
    assert set(by_id) == {"advert", "website", "call", "branch"}
    assert dict(by_id["branch"].signals) == {"proximity": 1, "unavoidable": 1, "traffic": pytest.approx(1), "prominence": 1}
    assert dict(by_id["call"].signals) == {"proximity": 0.5, "unavoidable": 0, "traffic": pytest.approx(7 / 9), "prominence": 3}
    assert [moment.id for moment in found.moments] == ["branch", "website", "call", "advert"]
    assert by_id["branch"].verdict == "confirmed"
    assert by_id["advert"].verdict == "contradicted"
    assert "1 step before 'Contract'" in by_id["branch"].reasons
    assert "everyone who gets to the goal passes it" in by_id["branch"].reasons
    assert any("an emotional low that stands out by" in reason for reason in by_id["call"].reasons)
    assert (found.value, found.grade) == (2, "hypothesis")
    assert "is the most decisive moment" in found.explain()


def test_large_maps_leave_out_what_follows_every_way(monkeypatch):
    monkeypatch.setattr("journeymap.analysis.decisive.MOST_FOR_WAYS", 4)
    found = moments_of_truth(LOAN)
    assert found.signals == ("proximity", "prominence")
    assert "traffic: left out beyond 4 steps" in found.missing_signals


def test_borda_by_hand():
    found = moments_of_truth({"one": {"a": 3, "b": 2, "c": 1}, "two": {"a": 5, "b": 7, "c": 5}})
    # of two others a beats 2 and then a half of one, b 1 and 2, c 0 and a half
    assert {moment.id: moment.score for moment in found.moments} == {"a": 0.625, "b": 0.75, "c": 0.125}
    assert [moment.rank for moment in found.moments] == [1, 2, 3]
    reciprocal = moments_of_truth({"one": {"a": 3, "b": 2, "c": 1}, "two": {"a": 5, "b": 7, "c": 5}}, ranking="reciprocal")
    # ranks 1 and 2.5, 2 and 1, 3 and 2.5
    assert {moment.id: moment.score for moment in reciprocal.moments} == {"a": 0.7, "b": 0.75, "c": pytest.approx((1 / 3 + 0.4) / 2)}


def test_a_signal_has_no_say_on_a_step_that_it_does_not_know():
    found = moments_of_truth({"one": {"a": 2, "b": 1}, "two": {"a": 1, "c": 3, "b": None}})
    scores = {moment.id: moment.score for moment in found.moments}
    assert scores == {"a": 0.5, "b": 0, "c": 1}
    assert {moment.id: moment.signals["two"] for moment in found.moments} == {"a": 1, "b": None, "c": 3}


def test_declared_ones_are_confirmed_contradicted_or_were_missed():
    found = moments_of_truth({"churn": {"a": 3, "b": 2, "c": 1, "d": 0}}, declared=["a", "c", "d"], top=2)
    assert {moment.id: moment.verdict for moment in found.moments} == {
        "a": "confirmed",
        "b": "undetected",
        "c": "contradicted",
        "d": "contradicted",
    }
    assert [moment.id for moment in found.found] == ["a", "b"]
    assert found.moments[3].reasons == ("no signal speaks for it",)
    assert "of 3 declared 1 is confirmed, and 1 more found" in found.explain()
    silent = moments_of_truth({"churn": {"a": 0}})
    assert (silent.value, silent.explain()) == (0, "No signal points to a moment of truth (n = 1 step).")


def test_weights_of_drivers_join_and_carry_their_cautions():
    call, visit = [1, 2, 3, 4, 5, 3, 2, 4, 1, 5] * 3, [2, 1, 4, 3, 5, 3, 3, 4, 2, 4] * 3
    weights = relative_weights({"call": call, "branch": visit}, overall=[1, 2, 4, 4, 5, 3, 2, 5, 1, 5] * 3, draws=100)
    found = moments_of_truth(LOAN, weights=weights, churn={"call": 0.2})
    assert found.signals == ("proximity", "unavoidable", "traffic", "prominence", "weight", "churn")
    assert found.missing_signals == ()
    assert {w.code for w in weights.warnings} <= {w.code for w in found.warnings}
    call_moment = next(moment for moment in found.moments if moment.id == "call")
    assert "0.2 is lost with it" in call_moment.reasons
    assert "NOT_CAUSAL" in {w.code for w in moments_of_truth({}, weights={"a": 1}).warnings}


def test_a_map_without_a_goal_or_emotions_says_what_is_missing():
    mapped = Journey("J", [Stage("S", [Touchpoint("A", emotion=1), Touchpoint("B", emotion=-1), Touchpoint("C", emotion=1)])])
    found = moments_of_truth(mapped)
    assert found.signals == ("prominence",)
    assert "proximity: no step is marked as the goal" in found.missing_signals
    assert found.found[0].id == "b"
    with pytest.raises(NotEnoughData, match="no signal is there"):
        moments_of_truth(Journey("J", [Stage("S", [Touchpoint("A"), Touchpoint("B")])]))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"top": 0}, "top: 0 is no number of steps"),
        ({"ranking": "mean"}, "neither 'borda' nor 'reciprocal'"),
        ({"declared": ["bb"]}, "there is no step 'bb'"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(AnalysisError, match=message):
        moments_of_truth({"churn": {"b": 1, "c": 2}}, **arguments)
    with pytest.raises(AnalysisError, match="give signals by name"):
        moments_of_truth({"churn": 3})
    with pytest.raises(AnalysisError, match="below 0"):
        moments_of_truth({"churn": {"a": -1}})


@given(signals, st.integers(1, 4))
def test_scores_are_shares_and_depend_on_the_order_alone(given_signals, top):
    found = moments_of_truth(given_signals, top=top)
    scores = [moment.score for moment in found.moments]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len(found.found) <= top
    stretched = {name: {step: 3 * value**2 for step, value in values.items()} for name, values in given_signals.items()}
    assert [(m.id, m.score) for m in moments_of_truth(stretched, top=top).moments] == [(m.id, m.score) for m in found.moments]
