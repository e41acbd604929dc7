"""The mean emotion of a stage."""

from __future__ import annotations

import pytest

from journeymap.analysis import stage_emotion
from journeymap.model import Emotion, Stage, Touchpoint


def test_it_is_the_mean_of_what_is_known() -> None:
    stage = Stage("Apply", [Touchpoint("A", emotion=-2), Touchpoint("B", emotion=1), Touchpoint("C")])
    assert stage_emotion(stage) == -0.5


def test_many_answers_count_no_more_than_few() -> None:
    stage = Stage("Apply", [Touchpoint("A", emotion=Emotion(-2, n=1000)), Touchpoint("B", emotion=Emotion(2, n=1))])
    assert stage_emotion(stage) == 0


def test_touchpoints_go_before_the_stage() -> None:
    assert stage_emotion(Stage("Apply", [Touchpoint("A", emotion=1)], emotion=-2)) == 1


@pytest.mark.parametrize("touchpoints", [[], [Touchpoint("A")]])
def test_the_stage_itself_speaks_where_its_touchpoints_are_silent(touchpoints: list[Touchpoint]) -> None:
    assert stage_emotion(Stage("Apply", touchpoints, emotion=-1.5)) == -1.5


def test_unknown_is_none_not_neutral() -> None:
    assert stage_emotion(Stage("Apply")) is None
    assert stage_emotion(Stage("Apply", [Touchpoint("A")])) is None


def test_a_persona_counts_what_they_meet_and_feel() -> None:
    stage = Stage(
        "Apply",
        [
            Touchpoint("A", emotion=-2, personas=["tom"]),
            Touchpoint("B", emotion=0, emotions={"maya": 2}),
            Touchpoint("C", emotion=1, personas=["maya", "tom"]),
        ],
    )
    assert stage_emotion(stage, persona="maya") == 1.5
    assert stage_emotion(stage, persona="tom") == pytest.approx(-1 / 3)
    assert stage_emotion(stage) == pytest.approx(-1 / 3)


def test_tenths_add_up_exactly() -> None:
    stage = Stage("Apply", [Touchpoint(f"T{number}", emotion=0.1) for number in range(10)])
    assert stage_emotion(stage) == 0.1
