"""F7: where customers are in the long run, if the journey goes on for ever."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import lifecycle
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import START, Journey, Stage, Touchpoint, Transition

OZ = {"R": {"R": 0.5, "N": 0.25, "S": 0.25}, "N": {"R": 0.5, "S": 0.5}, "S": {"R": 0.25, "N": 0.25, "S": 0.5}}
"""The weather in the Land of Oz: Grinstead & Snell (1997), examples 11.1 and 11.22 to 11.28."""


def test_the_land_of_oz():
    found = lifecycle(OZ)
    stays = {stay.id: stay for stay in found.stays}
    assert found.shares == pytest.approx({"R": 0.4, "N": 0.2, "S": 0.4})
    assert {s: stay.returns_after for s, stay in stays.items()} == pytest.approx({"R": 2.5, "N": 5, "S": 2.5})
    assert stays["R"].first_passage == pytest.approx({"R": 2.5, "N": 4, "S": 10 / 3})
    assert stays["N"].first_passage == pytest.approx({"R": 8 / 3, "N": 5, "S": 8 / 3})
    assert stays["S"].first_passage == pytest.approx({"R": 10 / 3, "N": 4, "S": 2.5})
    assert found.value == pytest.approx(0.4 * 1.5 + 0.2 * 1 + 0.4 * 1.5)
    assert found.groups[0].period == 1
    assert found.explain().startswith(
        "In the long run customers are most often at 'R' (40 % of the time) and are back there after 2.5 steps"
    )


def test_ehrenfests_urn_has_a_rhythm():
    """Grinstead & Snell (1997), example 11.8 and section 11.5: four balls; the fixed vector is binomial."""
    urn = {str(k): {str(k - 1): k / 4, str(k + 1): 1 - k / 4} for k in range(1, 4)} | {"0": {"1": 1}, "4": {"3": 1}}
    found = lifecycle(urn)
    assert found.shares == pytest.approx({str(k): math.comb(4, k) / 16 for k in range(5)})
    assert found.groups[0].period == 2


def test_states_that_are_left_for_good():
    found = lifecycle({"new": {"a": 0.5, "b": 0.5}, "a": {"a": 0.5, "a2": 0.5}, "a2": {"a": 1}, "b": {"b": 1}})
    assert found.value is None
    assert "there are 2 closed groups" in found.reason
    assert [group.states for group in found.groups] == [("a", "a2"), ("b",)]
    stays = {stay.id: stay for stay in found.stays}
    assert (stays["new"].share, stays["new"].returns_after, stays["new"].group) == (0, math.inf, 0)
    assert stays["a"].share == pytest.approx(2 / 3)
    assert (stays["b"].share, stays["b"].returns_after) == (1, 1)
    assert set(stays["a"].first_passage) == {"a", "a2"}


def test_a_map_that_goes_round():
    ways = [
        Transition(START, "use"),
        Transition("use", "renew", probability=0.2),
        Transition("use", "use", probability=0.8),
        Transition("renew", "use"),
    ]
    journey = Journey("J", [Stage("S", [Touchpoint("use"), Touchpoint("renew")])], transitions=ways)
    assert lifecycle(journey).shares == pytest.approx({"use": 5 / 6, "renew": 1 / 6})
    assert lifecycle(journey).grade == "hypothesis"


def test_journeys_that_end_have_no_long_run():
    with pytest.raises(NotEnoughData, match="customers leave, so in the long run nobody is there"):
        lifecycle({"a": {"a": 0.5}})
    with pytest.raises(AnalysisError, match="1,501 states are more than 1,500"):
        lifecycle({str(k): {str((k + 1) % 1501): 1.0} for k in range(1501)})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(1, 9), min_size=4, max_size=4), min_size=4, max_size=4))
def test_it_agrees_with_powers_of_the_matrix(weights):
    p = np.array(weights) / np.sum(weights, axis=1, keepdims=True)
    rows = {str(i): {str(j): float(p[i, j]) for j in range(4)} for i in range(4)}
    found = lifecycle(rows)
    assert list(found.shares.values()) == pytest.approx(np.linalg.matrix_power(p, 200)[0].tolist())
    assert sum(found.shares.values()) == pytest.approx(1)
    for target in range(4):  # first passage by its own equations, m = 1 + P without the target, m
        q = np.delete(np.delete(p, target, 0), target, 1)
        steps = np.linalg.solve(np.eye(3) - q, np.ones(3))
        others = [str(i) for i in range(4) if i != target]
        passages = {stay.id: stay.first_passage[str(target)] for stay in found.stays}
        assert [passages[i] for i in others] == pytest.approx(steps.tolist())
    assert 0 <= found.value <= 2
