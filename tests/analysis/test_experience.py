"""A2 and A3: how a journey is remembered and how it is lived through."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import duration_weighted, peak_end
from journeymap.errors import AnalysisError, DoubtfulAnswer, NotEnoughData
from journeymap.model import END, Journey, Persona, Span, Stage, Touchpoint, Transition

# Two patients of Kahneman (2011, chapter 35): the peak is 8 for both, the end 7 and 1; pain from 0 to 10, once a minute.
PATIENT_A = [2, 3, 8, 6, 4, 5, 7, 7]
PATIENT_B = [1, 2, 3, 8, 6, 5, 4, 4, 3, 3, 3, 2, 2, 2, 3, 4, 3, 2, 2, 2, 2, 2, 2, 1]
valences = st.lists(st.integers(-4, 4).map(lambda v: v / 2), min_size=1, max_size=12)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


def steps(**emotions):
    return [Touchpoint(name, emotion=emotion) for name, emotion in emotions.items()]


def test_kahnemans_patients():
    a, b = peak_end(PATIENT_A, higher_is="worse"), peak_end(PATIENT_B, higher_is="worse")
    assert (a.value, b.value) == (7.5, 4.5)
    assert (a.peak, a.end, a.peak_at, a.end_at) == (8, 7, "3", "8")
    assert a.mean == 5.25
    assert (a.peak_negative, a.peak_positive) == (8, None)


def test_total_pain_says_the_opposite_of_memory():
    a = duration_weighted(PATIENT_A, durations=[1] * 8, against=PATIENT_B, against_durations=[1] * 24, higher_is="worse")
    b = duration_weighted(PATIENT_B, durations=[timedelta(minutes=1)] * 24)
    assert (a.total, a.value, a.duration) == (42, 5.25, 8)
    assert b.total == pytest.approx(71 / 60)
    assert b.value == pytest.approx(71 / 24)
    assert a.duration_neglect is True
    assert "disagree" in a.explain()
    agreeing = duration_weighted([1, -2], durations=[1, 1], against=[2, 2], against_durations=[1, 1])
    assert agreeing.duration_neglect is False


def test_the_later_of_equal_peaks_counts():
    found = peak_end([-2, 1, 2, 0])
    assert (found.peak, found.peak_at, found.end, found.value) == (2, "3", 0, 1)
    assert (found.peak_negative, found.peak_positive) == (-2, 2)


def test_the_end_is_the_last_value_that_is_there():
    found = peak_end({"a": 1, "b": -1, "c": 0.5, "d": None})
    assert (found.end, found.end_at, found.missing) == (0.5, "c", 1)
    assert [w.code for w in found.warnings] == ["MISSING_HEAVY"]


def test_more_than_thirty_per_cent_missing_is_refused():
    with pytest.raises(NotEnoughData, match=r"2 of 6 steps \(33 %\) have no value") as caught:
        peak_end([1, None, None, 2, 1, 0])
    assert caught.value.code == "MISSING_HEAVY"
    assert peak_end([1] * 7 + [None] * 3).value == 1
    with pytest.raises(NotEnoughData, match="there are no steps"):
        peak_end([])


def test_peak_and_end_may_weigh_differently():
    assert peak_end([0, -2, 1], weights=(3, 1)).value == pytest.approx(-1.25)
    with pytest.raises(AnalysisError, match="weights: both are 0"):
        peak_end([1], weights=(0, 0))


def test_neutral_is_where_the_caller_says():
    found = peak_end([1, 3, 5], neutral=3)
    assert found.peak_at == "3"
    assert (found.peak_negative, found.peak_positive) == (1, 5)


def test_one_step_is_its_own_memory():
    found = peak_end(journey(Touchpoint("A", emotion=-1.5)))
    assert (found.value, found.peak, found.end, found.n) == (-1.5, -1.5, -1.5, 1)


def test_a_map_is_a_hypothesis_without_evidence():
    found = peak_end(journey(*steps(A=1, B=-2, C=1)))
    assert found.value == -0.5
    assert found.explain().startswith("Hypothesis: The journey is likely to be remembered as −0.5 on a scale from −2 to +2")
    with pytest.raises(DoubtfulAnswer, match="ASSUMPTION_ONLY"):
        peak_end(journey(*steps(A=1)), strict=True)


def test_a_branching_map_is_weighted_by_the_share_of_customers():
    mapped = journey(
        *steps(A=1, B=-2, C=0.5, D=1),
        transitions=[
            Transition("a", "b", probability=0.25),
            Transition("a", "c", probability=0.75),
            Transition("b", "d"),
            Transition("c", "d"),
        ],
    )
    found = peak_end(mapped)
    by_way = {path.steps: path for path in found.paths}
    assert by_way["a", "b", "d"].value == -0.5
    assert by_way["a", "c", "d"].value == 1
    assert by_way["a", "c", "d"].peak_at == "d"
    assert found.value == pytest.approx(0.25 * -0.5 + 0.75 * 1)
    assert found.value == pytest.approx((found.peak + found.end) / 2)


def test_those_who_drop_out_end_there():
    mapped = journey(*steps(A=0, B=-2, C=2), transitions=[Transition("b", "c", probability=0.5), Transition("b", END, probability=0.5)])
    assert peak_end(mapped).value == pytest.approx(0.5 * -2 + 0.5 * 2)


def test_a_persona_remembers_their_own_way():
    mapped = journey(
        Touchpoint("A", emotion=1),
        Touchpoint("B", emotion=-2, personas=["tom"]),
        Touchpoint("C", emotion=0, emotions={"maya": 2}),
        personas=[Persona("Maya"), Persona("Tom")],
    )
    assert peak_end(mapped, persona="maya").value == 2
    assert peak_end(mapped, persona="tom").value == -1


def test_a_stage_speaks_once_on_every_way():
    stages = [Stage("One", [Touchpoint("A"), Touchpoint("B"), Touchpoint("C")], emotion=-2), Stage("Two", [Touchpoint("D", emotion=1)])]
    transitions = [Transition("a", "b", probability=0.5), Transition("a", "c", probability=0.5), Transition("b", "d"), Transition("c", "d")]
    found = peak_end(Journey("J", stages, transitions=transitions))
    assert [path.steps for path in found.paths] == [("one", "d"), ("one", "d")]
    assert found.value == -0.5


def test_durations_of_the_map_weigh_its_emotions():
    mapped = journey(
        Touchpoint("A", emotion=1, duration=timedelta(hours=3)),
        Touchpoint("B", emotion=-2, duration=Span(timedelta(minutes=30), timedelta(hours=1), timedelta(hours=9))),
        transitions=[Transition("a", "b", wait=timedelta(days=1))],
    )
    found = duration_weighted(mapped)
    assert (found.value, found.total, found.duration, found.total_unit) == (0.25, 1, 4, "valence times hours")
    assert found.assumptions == ("1 waits between steps have no emotion of their own and are left out",)


def test_steps_without_duration_drop_out_and_the_share_is_told():
    found = duration_weighted([1, -2, 2, 1], durations=[1, None, 1, 2])
    assert (found.value, found.timed_share, found.n) == (1.25, 0.75, 3)
    assert [w.code for w in found.warnings] == ["MISSING_HEAVY"]
    with pytest.raises(NotEnoughData, match=r"2 of 4 steps \(50 %\) have no duration"):
        duration_weighted([1, -2, 2, 1], durations=[1, None, None, 2])


@pytest.mark.parametrize("durations", [None, [0, 0], [None, None]])
def test_without_time_the_mean_is_unweighted_and_warned_of(durations):
    found = duration_weighted([1, -2], durations=durations)
    assert (found.value, found.total, found.duration) == (-0.5, None, None)
    assert "plain mean" in found.method
    assert [w.code for w in found.warnings] == ["MISSING_HEAVY"]


@pytest.mark.parametrize(
    ("durations", "message"),
    [([1], "1 of them for 2 values"), ([1, timedelta(1)], "mixed"), ([1, -1], r"durations\['2'\]: -1 is below 0")],
)
def test_durations_that_do_not_fit_are_refused(durations, message):
    with pytest.raises(AnalysisError, match=message):
        duration_weighted([1, -2], durations=durations)
    with pytest.raises(AnalysisError, match="a journey brings its own"):
        duration_weighted(journey(*steps(A=1)), durations=[1])


@given(valences)
def test_the_remembered_value_lies_within_the_values(values):
    found = peak_end(values)
    assert min(values) <= found.value <= max(values)
    assert peak_end([-v for v in values]).value == pytest.approx(-found.value)


@given(valences, st.integers(1, 5))
def test_equal_durations_give_the_plain_mean(values, duration):
    found = duration_weighted(values, durations=[duration] * len(values))
    assert found.value == pytest.approx(sum(values) / len(values), abs=1e-12)
    assert found.total == pytest.approx(sum(values) * duration, abs=1e-12)


@given(valences)
def test_a_map_and_its_values_give_the_same(values):
    mapped = journey(*[Touchpoint(f"Step {k}", emotion=v) for k, v in enumerate(values)])
    assert peak_end(mapped).value == peak_end(values).value
    assert duration_weighted(mapped).value == duration_weighted(values).value
