"""H2: how old the evidence is, and whether the map is due for review."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import staleness
from journeymap.errors import AnalysisError, ScaleMismatch
from journeymap.model import Journey, Source

NOW = date(2026, 1, 1)
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def test_weights_halve_every_half_life():
    dates = {"new": NOW, "year": date(2025, 1, 1), "two": date(2024, 1, 2), "never": None}
    found = staleness(dates, on=NOW)
    assert {row.id: row.weight for row in found.sources} == {"new": 1, "year": 0.5, "two": 0.25, "never": None}
    assert found.value == 1.75
    assert found.mean_weight == pytest.approx(1.75 / 3)
    assert (found.n, found.missing, found.stale, found.unknown) == (3, 1, ("two",), ("never",))


def test_the_half_life_is_given():
    assert staleness({"a": date(2025, 12, 2)}, on=NOW, half_life_days=30).value == 0.5
    with pytest.raises(ScaleMismatch):
        staleness({"a": NOW}, half_life_days=0)


def test_what_comes_later_is_not_older_than_new():
    assert staleness({"a": date(2026, 2, 1)}, on=NOW).value == 1


def test_without_a_day_the_latest_known_one_judges_and_it_says_so():
    found = staleness({"a": date(2025, 1, 1), "b": NOW})
    assert found.on == NOW
    assert found.assumptions == ("judged by 2026-01-01, the latest day that the data know",)
    assert staleness({"a": NOW}, on=NOW).assumptions == ()


def test_no_date_at_all_is_unknown_and_red():
    found = staleness({"a": None}, on=NOW)
    assert (found.value, found.reason, found.status) == (None, "no source from customers has a date", "red")
    assert staleness({}).on is None


def test_only_sources_with_customers_count():
    journey = Journey(
        "J",
        sources=[
            Source("Survey", kind="survey", date=date(2025, 1, 1)),
            Source("Workshop", kind="workshop", date=NOW),
            Source("Left out", kind="survey", date=NOW, weight=0),
        ],
        updated=NOW,
    )
    found = staleness(journey)
    assert (found.value, found.n) == (0.5, 1)
    assert [(row.id, row.empirical) for row in found.sources] == [("survey", True), ("workshop", False)]


def reviewed(updated, every, collected=NOW):
    return Journey("J", sources=[Source("S", kind="survey", date=collected)], updated=updated, review_every=every)


@pytest.mark.parametrize(
    ("journey", "status", "overdue"),
    [
        (reviewed(date(2025, 12, 1), timedelta(days=90)), "green", 0),
        (reviewed(date(2025, 12, 1), timedelta(days=31)), "green", 0),  # due today
        (reviewed(date(2025, 12, 1), timedelta(days=30)), "amber", 1),
        (reviewed(date(2025, 11, 2), timedelta(days=30)), "amber", 30),
        (reviewed(date(2025, 11, 1), timedelta(days=30)), "red", 31),
        (reviewed(date(2025, 12, 1), None), "amber", None),
        (reviewed(None, timedelta(days=30)), "amber", None),
        (reviewed(date(2025, 12, 1), timedelta(days=90), date(2024, 12, 1)), "amber", 0),
        (reviewed(date(2025, 12, 1), timedelta(days=90), date(2023, 12, 1)), "red", 0),
    ],
)
def test_the_light(journey, status, overdue):
    found = staleness(journey, on=NOW)
    assert (found.status, found.overdue_days) == (status, overdue)
    assert bool(found.why) is (status != "green")


def test_more_unknown_than_dated_is_amber():
    dates = {"a": NOW, "b": None, "c": None}
    found = staleness(dates, on=NOW, updated=NOW, review_every=timedelta(days=30))
    assert (found.status, found.why) == ("amber", ("2 of 3 sources have no date",))
    assert "The map is amber: its evidence is worth that of 1 fresh source (2 of 3 sources have no date)" in found.explain()


def test_what_is_no_date_is_refused():
    with pytest.raises(AnalysisError, match="a: '1 January' is no date"):
        staleness({"a": "1 January"})
    with pytest.raises(AnalysisError, match="is no list of dates"):
        staleness([NOW])
    assert staleness({"a": datetime(2025, 1, 1, 12)}, on=NOW).value == 0.5


@given(st.lists(days, min_size=1, max_size=8), days, st.integers(1, 2_000))
def test_the_effective_number_is_between_0_and_n_and_falls_with_time(dates, on, later):
    data = {str(place): day for place, day in enumerate(dates)}
    found = staleness(data, on=on)
    assert 0 < found.value <= found.n == len(dates)
    assert staleness(data, on=min(date(2031, 1, 1), on + timedelta(days=later))).value <= found.value
