"""When a map's answer is a hypothesis."""

from __future__ import annotations

from datetime import date

import pytest

from journeymap.analysis.grounds import freshness, hypothesis, is_empirical
from journeymap.model import Evidence, Journey, Source

SOURCES = [
    Source("Interviews", kind="interview", date=date(2025, 1, 1)),
    Source("Workshop", kind="workshop"),
    Source("Guess", kind="assumption"),
    Source("Unknown"),
    Source("Left out", kind="survey", weight=0),
]


def stamped(*claims, updated=None):
    journey = Journey("J", sources=SOURCES, updated=updated)
    return hypothesis(journey, [[Evidence(source) for source in claim] for claim in claims])


def test_customers_have_a_voice_in_some_kinds_only():
    assert [is_empirical(source) for source in SOURCES] == [True, False, False, False, True]


@pytest.mark.parametrize("bare", ["workshop", "guess", "unknown", "left-out"])
def test_what_is_no_evidence_does_not_count(bare):
    (found,) = stamped([bare])
    assert found.code == "ASSUMPTION_ONLY"
    assert found.text.startswith("1 of 1 steps used have no evidence from customers; ")


def test_half_of_the_claims_decide():
    assert stamped(["interviews"]) == ()
    assert stamped(["interviews", "guess"], [], ["interviews"]) == ()
    assert len(stamped(["interviews"], [])) == 1
    assert stamped() == ()


def test_evidence_of_weight_0_does_not_count():
    journey = Journey("J", sources=SOURCES)
    assert hypothesis(journey, [[Evidence("interviews", weight=0)]])


def test_old_evidence_does_not_hold():
    assert stamped(["interviews"], updated=date(2025, 12, 31)) == ()
    assert len(stamped(["interviews"], updated=date(2026, 1, 3))) == 1
    assert stamped(["interviews"], updated=date(2024, 1, 1)) == ()


def test_freshness_halves_a_year():
    assert freshness(SOURCES[0], date(2026, 1, 1)) == 0.5
    assert freshness(SOURCES[1], date(2026, 1, 1)) is None
    assert freshness(SOURCES[0], None) is None
