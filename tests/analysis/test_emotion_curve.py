"""A1: the emotion curve."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import emotion_curve
from journeymap.analysis.felt import felt_at, points_of
from journeymap.analysis.guards import bimodality
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Emotion, Evidence, Journey, PainPoint, Persona, Scale, Source, Stage, Touchpoint, Transition
from journeymap.testing import strategies

MAYA, TOM = Persona("Maya"), Persona("Tom")


def journey(*touchpoints, **more):
    return Journey(
        "J",
        [Stage("S", touchpoints)],
        **({"personas": [MAYA, TOM], "sources": [Source("Survey", kind="survey"), Source("Calls", kind="support-tickets")]} | more),
    )


def valences(curve):
    return [point.valence for point in curve.points]


def codes(result):
    return {warning.code for warning in result.warnings}


def test_stated_emotions_in_the_order_of_the_map():
    curve = emotion_curve(
        journey(Touchpoint("A", emotion=1), Touchpoint("B", emotion=Emotion(-2, n=14, spread=0.5)), Touchpoint("C", emotion=0))
    )
    assert valences(curve) == [1, -2, 0]
    assert (curve.points[1].n, curve.points[1].spread, curve.points[1].basis) == (14, 0.5, "stated")
    assert (curve.value, curve.n, curve.lowest, curve.highest) == (pytest.approx(-1 / 3), 3, "b", "a")
    assert "between −2 at 'B' and +1 at 'A'" in curve.explain()
    assert "n = 3 steps" in curve.explain()


def test_a_step_without_emotion_is_a_gap_not_neutral():
    curve = emotion_curve(journey(Touchpoint("A", emotion=1), Touchpoint("B"), Touchpoint("C", emotion=1), Touchpoint("D", emotion=1)))
    assert valences(curve) == [1, None, 1, 1]
    assert (curve.value, curve.missing, curve.missing_share) == (1, 1, 0.25)
    assert "MISSING_HEAVY" in codes(curve)


def test_more_than_thirty_per_cent_gaps_leave_the_curve_but_no_mean():
    curve = emotion_curve([1, None, None, 2, -1, 1])
    assert curve.value is None
    assert "2 of 6 steps" in curve.reason
    assert valences(curve) == [1, None, None, 2, -1, 1]
    assert emotion_curve([1, None, None, None, 2, -1, 1, 1, 1, 1]).value is not None
    with pytest.raises(NotEnoughData, match="none of the 2 steps has an emotion"):
        emotion_curve([None, None])


def test_evidence_is_a_weighted_mean_and_0_leaves_out():
    step = Touchpoint(
        "A",
        evidence=[
            Evidence("survey", score=-2, weight=300),
            Evidence("calls", score=2),
            Evidence("calls", score=2, weight=0),
            Evidence("survey"),
        ],
    )
    (point,) = emotion_curve(journey(step)).points
    assert point.valence == pytest.approx(-1)
    assert (point.n, point.basis) == (2, "evidence")


def test_the_weight_of_a_source_multiplies():
    sources = [Source("Survey", kind="survey", weight=300), Source("Calls", kind="support-tickets", weight=0)]
    step = Touchpoint("A", evidence=[Evidence("survey", score=-1), Evidence("calls", score=2)])
    assert valences(emotion_curve(journey(step, sources=sources))) == [-1]


def test_an_item_counts_once_for_every_persona_that_it_concerns():
    pain = PainPoint("Maya waits", persona="maya", evidence=[Evidence("survey", score=-2)])
    step = Touchpoint("A", pains=[pain], evidence=[Evidence("survey", score=1)])
    mapped = journey(step)
    assert valences(emotion_curve(mapped)) == [pytest.approx((2 * 1 - 2) / 3)]
    assert valences(emotion_curve(mapped, persona="maya")) == [-0.5]
    assert valences(emotion_curve(mapped, persona="tom")) == [1]
    only_tom = journey(Touchpoint("A", personas=["tom"], pains=[pain], evidence=[Evidence("survey", score=1)]))
    assert valences(emotion_curve(only_tom)) == [-0.5]


def test_stated_goes_before_evidence_unless_asked():
    step = Touchpoint("A", emotion=2, evidence=[Evidence("survey", score=-1)])
    bare = Touchpoint("B", evidence=[Evidence("survey", score=-1)])
    mapped = journey(step, bare)
    assert valences(emotion_curve(mapped)) == [2, -1]
    assert valences(emotion_curve(mapped, basis="evidence")) == [-1, -1]
    assert valences(emotion_curve(mapped, basis="stated")) == [2, None]


def test_personas_alone_are_pooled_by_n_or_once_each():
    counted = Touchpoint("A", emotions={"maya": Emotion(-2, n=30, spread=1), "tom": Emotion(2, n=10, spread=0)})
    plain = Touchpoint("B", emotions={"maya": Emotion(-2, n=30), "tom": 2})
    first, second = emotion_curve(journey(counted, plain)).points
    assert (first.valence, first.n) == (-1, 40)
    assert first.spread == pytest.approx(((30 * (1 + 1) + 10 * 9) / 40) ** 0.5)
    assert (second.valence, second.n, second.spread) == (0, None, 2)


def test_a_persona_sees_what_they_meet_and_feel():
    mapped = journey(Touchpoint("A", emotion=1, emotions={"maya": -1}), Touchpoint("B", emotion=2, personas=["tom"]))
    assert [(p.id, p.valence) for p in emotion_curve(mapped, persona="maya").points] == [("a", -1)]
    assert valences(emotion_curve(mapped, persona="tom")) == [1, 2]
    with pytest.raises(AnalysisError, match="'mayo' is no persona of the map; did you mean 'maya'"):
        emotion_curve(mapped, persona="mayo")


def test_a_coarse_map_speaks_through_its_stages():
    mapped = Journey(
        "J", [Stage("One", [Touchpoint("A")], emotion=-1), Stage("Two", emotion=2), Stage("Three", [Touchpoint("B", emotion=0)], emotion=1)]
    )
    assert [(p.id, p.valence, p.basis) for p in emotion_curve(mapped).points] == [
        ("one", -1, "stage"),
        ("two", 2, "stage"),
        ("b", 0, "stated"),
    ]


def test_personas_far_apart_are_warned_of():
    near = journey(Touchpoint("A", emotion=0, emotions={"maya": -0.5, "tom": 0.5}))
    far = journey(Touchpoint("A", emotion=0, emotions={"maya": -0.6, "tom": 0.5}))
    assert "HIDDEN_GROUPS" not in codes(emotion_curve(near))
    (found,) = [w for w in emotion_curve(far).warnings if w.code == "HIDDEN_GROUPS"]
    assert "Tom and Maya are 1.1 points apart on 'A'" in found.text


def test_a_map_without_evidence_is_a_hypothesis():
    bare = journey(Touchpoint("A", emotion=1))
    grounded = journey(Touchpoint("A", emotion=1, evidence=["survey"]))
    assert emotion_curve(bare).grade == "hypothesis"
    assert emotion_curve(grounded).grade == "firm"


def test_drop_off_on_the_way_is_said():
    steps = [Touchpoint("A", emotion=1, evidence=["survey"]), Touchpoint("B", emotion=1, evidence=["survey"])]
    leaky = journey(*steps, transitions=[Transition("a", "b", probability=0.63)])
    (found,) = emotion_curve(leaky).warnings
    assert found.code == "SURVIVORS"
    assert found.text.startswith("63 % of those who start get to 'B'; ")
    assert emotion_curve(journey(*steps, transitions=[Transition("a", "b")])).warnings == ()


def test_answers_are_converted_from_their_scale():
    curve = emotion_curve({"A": [1, 2, 3, 4, 5], "B": 4, "C": []}, scale=Scale(1, 5))
    assert valences(curve) == [0, 1, None]
    assert curve.points[0].spread == pytest.approx(2**0.5)
    assert valences(emotion_curve([[0, 10], [7.5]], scale=Scale(0, 10))) == [0, 1]


def test_words_need_a_scale_or_a_lexicon():
    assert valences(emotion_curve([["awful", "great"], "fine"], scale=Scale.words("awful", "fine", "great"))) == [0, 0]
    told = emotion_curve(["joy", "grief"], lexicon={"joy": 1.8, "grief": -2})
    assert valences(told) == [1.8, -2]
    assert told.assumptions == ("the words have the valence that the lexicon gives them",)
    with pytest.raises(AnalysisError, match="'greif' is not in the lexicon; did you mean 'grief'"):
        emotion_curve(["greif"], lexicon={"joy": 1.8, "grief": -2})
    with pytest.raises(ScaleMismatch):
        emotion_curve(["joy"])


def test_scales_are_never_mixed():
    with pytest.raises(ScaleMismatch, match=r"A: 4 is outside -2 to \+2") as caught:
        emotion_curve({"A": 4})
    assert caught.value.code == "SCALE_MISMATCH"


def test_two_groups_behind_one_mean_are_warned_of():
    assert "HIDDEN_GROUPS" in codes(emotion_curve({"A": [1, 1, 1, 5, 5, 5]}, scale=Scale(1, 5)))
    assert "HIDDEN_GROUPS" not in codes(emotion_curve({"A": [1, 2, 2, 3, 3, 3, 4, 4, 5]}, scale=Scale(1, 5)))


def test_neighbouring_answers_are_no_two_groups():
    assert bimodality([4, 4, 5, 5]) == pytest.approx(1)
    assert "HIDDEN_GROUPS" not in codes(emotion_curve({"A": [4, 4, 5, 5]}, scale=Scale(1, 5)))


def test_bimodality_of_known_shapes():
    assert bimodality(range(100_001)) == pytest.approx(5 / 9, abs=1e-4)
    assert bimodality([3, 3, 3]) is None


def test_a_path_orders_the_steps():
    mapped = journey(Touchpoint("A", emotion=1), Touchpoint("B", emotion=-1), Touchpoint("C", emotion=2))
    assert valences(emotion_curve(mapped, path=["c", "a"])) == [2, 1]
    with pytest.raises(AnalysisError, match="'x' is no step of the curve"):
        emotion_curve(mapped, path=["x"])


@pytest.mark.parametrize("bad", ["abc", 5, None])
def test_what_is_no_curve_is_refused(bad):
    with pytest.raises(AnalysisError, match="is not a curve"):
        emotion_curve(bad)


@given(st.lists(st.lists(st.integers(1, 7), max_size=6), min_size=1, max_size=8))
def test_points_stay_within_bounds_and_mirror_with_the_scale(answers):
    if not any(answers):
        return
    curve = emotion_curve(answers, scale=Scale(1, 7))
    mirrored = emotion_curve([[8 - a for a in step] for step in answers], scale=Scale(1, 7))
    for point, other in zip(curve.points, mirrored.points, strict=True):
        assert (point.valence is None) == (other.valence is None)
        if point.valence is not None:
            assert -2 <= point.valence <= 2
            assert point.valence == pytest.approx(-other.valence, abs=1e-9)


@given(journey=strategies.journeys())
def test_what_is_known_of_emotion_is_known_without_reckoning_it(journey):
    assert felt_at(journey) == [(point.id, point.valence is not None) for point in points_of(journey)]
