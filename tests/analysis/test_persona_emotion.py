"""A6: which dips are real."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import emotion_by_persona
from journeymap.analysis.persona_emotion import shrink
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Emotion, Journey, Persona, Source, Stage, Touchpoint

# Efron & Morris (1975, 1977): 18 batting averages after 45 at-bats.
BATTING = [0.400, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222, 0.222, 0.222, 0.200, 0.178, 0.156]


def codes(result):
    return {warning.code for warning in result.warnings}


def test_the_baseball_players_shrink_as_published():
    centre = sum(BATTING) / 18
    drawn = shrink(BATTING, [centre * (1 - centre) / 45] * 18)
    factor = (drawn[0] - centre) / (BATTING[0] - centre)
    assert factor == pytest.approx(0.212, abs=0.002)
    assert drawn[0] == pytest.approx(0.294, abs=0.0005)  # Clemente
    assert drawn[-1] == pytest.approx(0.242, abs=0.0005)  # Alvis


def test_three_means_or_fewer_stay():
    assert shrink([1, 2, 3], [9, 9, 9]) == (1, 2, 3)
    assert shrink([2, 2, 2, 2], [9, 9, 9, 9]) == (2, 2, 2, 2)


def test_noise_shrinks_to_the_middle_and_no_further():
    assert shrink([0, 0.1, -0.1, 0], [5, 5, 5, 5]) == (0, 0, 0, 0)


def test_a_dip_is_real_where_the_whole_interval_is_below_neutral():
    found = emotion_by_persona({"Maya": {"Waits": [-2, -1, -2, -1, -2], "Signs": [0, 0, 1, 0, 0], "Pays": [1]}})
    by_step = {cell.step: cell for cell in found.cells}
    assert by_step["Waits"].dip is True
    assert by_step["Signs"].dip is False
    assert by_step["Pays"].dip is None
    assert by_step["Pays"].interval is None
    interval = by_step["Waits"].interval
    # The bounds are scipy's.
    assert (interval.low, interval.high) == pytest.approx((-2.280087, -0.919913), abs=1e-6)
    assert (found.value, found.n) == (1, 11)
    assert codes(found) == {"SMALL_N"}
    assert "1 of 2 emotions are clearly below neutral, the deepest that of Maya at 'Waits'" in found.explain()


def test_rows_of_respondents_are_the_same_data():
    rows = [("Maya", "Waits", -2), ("Tom", "Waits", 1), ("Maya", "Waits", -1), ("Tom", "Waits", None)]
    found = emotion_by_persona(rows)
    assert [(c.persona, c.n, c.mean) for c in found.cells] == [("Maya", 2, -1.5), ("Tom", 1, 1)]
    assert found.missing == 1
    assert found.cells == emotion_by_persona({"Maya": {"Waits": [-2, -1]}, "Tom": {"Waits": [1, None]}}).cells
    with pytest.raises(AnalysisError, match=r"row 0: \('Maya', 'Waits'\) is not \(persona, step, answer\)"):
        emotion_by_persona([("Maya", "Waits")])


def test_few_answers_are_shrunk_and_many_are_not():
    few, many = [-2, -1, 0], [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]
    found = emotion_by_persona({"Maya": {"A": few, "B": many, "C": [0, 1, 0], "D": [1, 0, 0], "E": [0, 0, 1]}})
    by_step = {cell.step: cell for cell in found.cells}
    assert by_step["B"].shrunk == by_step["B"].mean
    centre = sum(cell.mean for cell in found.cells) / 5
    assert by_step["A"].mean < by_step["A"].shrunk < centre


def test_the_bootstrap_needs_no_scipy_and_a_seed():
    answers = {"Maya": {"Waits": [-2, -1, -2, -1, -2, 0, -1, -2, -1, -1]}}
    found = emotion_by_persona(answers, interval="bca", seed=3)
    assert found == emotion_by_persona(answers, interval="bca", seed=3)
    assert found.cells[0].interval.method == "BCa bootstrap"
    assert found.cells[0].interval.error > 0
    with pytest.raises(AnalysisError, match="'bca' resamples answers"):
        emotion_by_persona(Journey("J"), interval="bca")


def mapped(*touchpoints):
    return Journey("J", [Stage("S", touchpoints)], personas=[Persona("Maya"), Persona("Tom")], sources=[Source("Survey", kind="survey")])


def test_a_map_gives_what_its_personas_feel():
    journey = mapped(
        Touchpoint("A", emotions={"maya": Emotion(-1.6, n=5, spread=0.5477225575051661), "tom": 1}, evidence=["survey"]),
        Touchpoint("B", emotion=-2, evidence=["survey"]),
    )
    found = emotion_by_persona(journey)
    assert [(c.persona, c.step, c.n, c.dip) for c in found.cells] == [("maya", "a", 5, True), ("tom", "a", None, None)]
    assert found.cells[0].interval.low == pytest.approx(-2.280087, abs=1e-6)
    assert found.n == 5


def test_a_map_without_personas_speaks_of_everyone():
    found = emotion_by_persona(mapped(Touchpoint("A", emotion=Emotion(-1, n=40, spread=1), evidence=["survey"])))
    assert [(c.persona, c.step, c.dip) for c in found.cells] == [("everyone", "a", True)]
    assert found.warnings == ()
    unknown = emotion_by_persona(mapped(Touchpoint("A", emotion=-1)))
    assert (unknown.value, unknown.cells[0].mean) == (None, -1)
    assert "no emotion has an interval" in unknown.reason


def test_nothing_felt_is_not_enough():
    with pytest.raises(NotEnoughData, match="no emotion of any persona"):
        emotion_by_persona(mapped(Touchpoint("A")))
    with pytest.raises(NotEnoughData):
        emotion_by_persona({"Maya": {"A": [None]}})


def test_another_scale_is_refused():
    with pytest.raises(ScaleMismatch, match="4 is outside -2 to 2"):
        emotion_by_persona({"Maya": {"A": [4]}})


def test_two_groups_in_one_persona_are_warned_of():
    assert "HIDDEN_GROUPS" in codes(emotion_by_persona({"Maya": {"A": [-2, -2, -2, 2, 2, 2]}}))


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=9), st.floats(0.01, 10))
def test_shrinking_keeps_the_order_and_the_middle(means, variance):
    drawn = shrink(means, [variance] * len(means))
    assert sum(drawn) == pytest.approx(sum(means), abs=1e-9)
    assert max(drawn) - min(drawn) <= max(means) - min(means) + 1e-9
    for (before, after), (other, other_after) in zip(
        list(zip(means, drawn, strict=True))[:-1], list(zip(means, drawn, strict=True))[1:], strict=True
    ):
        assert (before - other) * (after - other_after) >= -1e-12
