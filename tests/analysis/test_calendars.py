"""D1, opening hours: how much of a stretch of time the business was open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Calendar, business_time
from journeymap.errors import AnalysisError, ScaleMismatch

BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.sampled_from([UTC, BERLIN, ZoneInfo("America/New_York")]))
office = Calendar(hours=[(9, 12), (12.5, 17)], special={5: [(10, 14)]}, holidays=[date(2026, 1, 1)], tz="Europe/Berlin")


@pytest.mark.parametrize(
    ("start", "end", "opening", "business", "calendar", "days"),
    [
        ("2026-01-09T16:00:00", "2026-01-12T10:00:00", (9, 17), 2.0, 66.0, 0.25),
        ("2026-01-05T08:00:00", "2026-01-09T16:00:00", (8, 16), 40.0, 104.0, 5.0),
        ("2026-01-10T11:00:00", "2026-01-11T15:00:00", (9, 17), 0.0, 28.0, 0.0),
        ("2026-01-06T08:30:00", "2026-01-09T09:30:00", (9, 17), 24.5, 73.0, 3.0625),
    ],
)
def test_worked_gaps(start, end, opening, business, calendar, days):
    found = business_time(datetime.fromisoformat(start), datetime.fromisoformat(end), calendar=Calendar(hours=[opening]))
    assert found.value == pytest.approx(business, abs=1e-9)
    assert found.calendar_hours == pytest.approx(calendar, abs=1e-9)
    assert found.business_days == pytest.approx(days, abs=1e-9)
    assert found.calendar_days == pytest.approx(calendar / 24, abs=1e-9)


def test_times_without_a_zone_are_taken_as_utc_and_it_says_so():
    found = business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10))
    assert found.assumptions == ("times without a zone are taken as UTC",)
    there = business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10), calendar=Calendar(tz="Europe/Berlin"))
    assert there.value == 2  # an hour later on the clock of Berlin: Friday 17 to Monday 11
    local = business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10), calendar=Calendar(tz="Europe/Berlin"), tz="Europe/Berlin")
    assert local.value == 2
    assert local.assumptions == ("times without a zone are taken as Europe/Berlin",)
    assert business_time(datetime(2026, 1, 9, 16, tzinfo=UTC), datetime(2026, 1, 12, 10, tzinfo=UTC)).assumptions == ()


def test_a_time_with_and_one_without_a_zone_are_refused():
    with pytest.raises(ScaleMismatch, match="give all of them a zone") as caught:
        business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10, tzinfo=UTC))
    assert caught.value.code == "SCALE_MISMATCH"


def test_an_end_before_its_start_is_an_error_in_the_data():
    with pytest.raises(AnalysisError, match="a negative gap is an error in the data"):
        business_time(datetime(2026, 1, 9), datetime(2026, 1, 8))
    with pytest.raises(AnalysisError, match="negative gap"):  # a minute later on the clock, 59 minutes earlier in truth
        business_time(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime(2026, 10, 25, 2, 31, tzinfo=BERLIN))


def test_summer_time_counts_as_it_passes():
    around_the_clock = Calendar(hours=[(0, 24)], weekdays=range(7), tz="Europe/Berlin")
    spring = business_time(datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 3, 30, tzinfo=BERLIN), calendar=around_the_clock)
    autumn = business_time(datetime(2026, 10, 25, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN), calendar=around_the_clock)
    assert (spring.value, spring.calendar_hours, autumn.value, autumn.calendar_hours) == (23, 23, 25, 25)
    # nine o'clock is nine o'clock on the clock of the business, before and after the change
    office_hours = Calendar(weekdays=range(7), tz="Europe/Berlin")
    found = business_time(datetime(2026, 3, 28, 9, tzinfo=BERLIN), datetime(2026, 3, 29, 17, tzinfo=BERLIN), calendar=office_hours)
    assert (found.value, found.calendar_hours) == (16, 31)


def test_holidays_lunch_and_saturdays():
    found = business_time(datetime(2025, 12, 31, 12, tzinfo=BERLIN), datetime(2026, 1, 3, 11, tzinfo=BERLIN), calendar=office)
    assert found.value == 4.5 + 0 + 7.5 + 1  # Wednesday afternoon, New Year, Friday, Saturday morning
    assert found.business_days == pytest.approx(13 / 7.5)
    assert office.open_share == pytest.approx((5 * 7.5 + 4) / 168)


def test_openings_are_half_open():
    assert business_time(datetime(2026, 1, 9, 17), datetime(2026, 1, 12, 9)).value == 0
    assert business_time(datetime(2026, 1, 9, 17), datetime(2026, 1, 9, 17)).value == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"hours": [(17, 9)]}, "17 to 9 is no opening"),
        ({"hours": [(9, 13), (12, 17)]}, "overlap"),
        ({"hours": []}, "a usual day needs an opening"),
        ({"hours": [9]}, "give pairs of hours"),
        ({"weekdays": [7]}, "no weekdays"),
        ({"special": {9: []}}, "no weekdays"),
        ({"holidays": ["2026-01-01"]}, "give dates"),
        ({"tz": "Europe/Bielefeld"}, "'Europe/Bielefeld' is no time zone"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(AnalysisError, match=message):
        Calendar(**arguments)


def test_what_is_no_time_or_calendar_is_refused():
    with pytest.raises(AnalysisError, match="is no time; give a datetime"):
        business_time("tomorrow", datetime(2026, 1, 12))
    with pytest.raises(AnalysisError, match="is no Calendar"):
        business_time(datetime(2026, 1, 9), datetime(2026, 1, 12), calendar="office")
    with pytest.raises(AnalysisError, match="edge of the calendar"):
        business_time(datetime.min, datetime(2026, 1, 9), tz="Asia/Tokyo")


def test_the_sentence_gives_both():
    told = business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10)).explain()
    assert told == "66 hours passed, of which 2 hours (0.25 business days) in opening hours (n = 1 gap)."


@given(moments, moments, moments)
def test_open_time_adds_up_and_is_never_more_than_passed(a, b, c):
    a, b, c = sorted([a, b, c], key=lambda moment: moment.astimezone(UTC))
    whole = business_time(a, c, calendar=office)
    assert 0 <= whole.value <= whole.calendar_hours
    assert whole.value == pytest.approx(business_time(a, b, calendar=office).value + business_time(b, c, calendar=office).value, abs=1e-9)


@given(moments, st.integers(0, 3_000))
def test_it_agrees_with_counting_minutes(start, minutes):
    start = start.replace(second=0, microsecond=0)
    utc = start.astimezone(UTC)
    local = [(utc + timedelta(minutes=k)).astimezone(BERLIN) for k in range(minutes)]
    opening = [office.openings_on(m.date()) for m in local]
    counted = sum(any(low <= m.hour + m.minute / 60 < high for low, high in day) for m, day in zip(local, opening, strict=True))
    assert business_time(utc, utc + timedelta(minutes=minutes), calendar=office).value == pytest.approx(counted / 60, abs=1e-9)
