from __future__ import annotations

import pickle

import attrs
from hypothesis import HealthCheck, given, settings

from journeymap.model import Journey, Touchpoint
from journeymap.testing.strategies import journeys, touchpoints

THOROUGH = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


@given(journeys())
@THOROUGH
def test_journeys_are_valid_and_survive_pickle(journey: Journey) -> None:
    assert pickle.loads(pickle.dumps(journey)) == journey
    assert len({touchpoint.id for touchpoint in journey.touchpoints}) == len(journey.touchpoints)


@given(touchpoints())
@THOROUGH
def test_touchpoints_stand_in_a_journey_of_their_own(touchpoint: Touchpoint) -> None:
    assert touchpoint.name.strip()
    assert attrs.evolve(touchpoint) == touchpoint
