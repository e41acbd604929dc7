"""Opening hours (D1): how much of a stretch of time the business was open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import ClassVar, TypeAlias
from zoneinfo import ZoneInfo

from attrs import field, frozen

from journeymap.analysis.doors import moment, number
from journeymap.analysis.lengths import HOUR
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, ScaleMismatch, shown

Opening: TypeAlias = tuple[float, float]
"""From and to, in hours of the day: (9, 17), or (8.5, 12)."""
_WEEKDAYS = range(7)


def _openings(value: Iterable[Opening] | Opening) -> tuple[Opening, ...]:
    found = []
    given = tuple(value)
    single = len(given) == 2 and all(isinstance(hour, int | float) for hour in given)
    for opening in (given,) if single else given:
        if not isinstance(opening, tuple | list) or len(opening) != 2:
            raise AnalysisError(f"hours: {shown(opening)} is no opening; give pairs of hours, such as [(9, 12), (13, 17)]")
        low, high = (number(hour, what="hours", low=0, high=24) for hour in opening)
        if low >= high:
            raise AnalysisError(f"hours: {low:g} to {high:g} is no opening; it has to close later than it opens, at 24 at the latest")
        found.append((low, high))
    found.sort()
    if any(after[0] < before[1] for before, after in pairwise(found)):
        raise AnalysisError(f"hours: {shown(found)} overlap; give openings that follow one another")
    return tuple(found)


def _by_weekday(
    given: Mapping[int, Iterable[Opening]] | Iterable[tuple[int, Iterable[Opening]]],
) -> tuple[tuple[int, tuple[Opening, ...]], ...]:
    value = dict(given)
    if any(isinstance(day, bool) or day not in _WEEKDAYS for day in value):
        raise AnalysisError(f"special: {shown(list(value))} are no weekdays; 0 is Monday and 6 is Sunday")
    return tuple(sorted((day, _openings(openings)) for day, openings in value.items()))


def _weekdays(value: Iterable[int]) -> tuple[int, ...]:
    found = tuple(sorted(set(value)))
    if any(isinstance(day, bool) or day not in _WEEKDAYS for day in found):
        raise AnalysisError(f"weekdays: {shown(list(found))} are no weekdays; 0 is Monday and 6 is Sunday")
    return found


def _holidays(value: Iterable[date]) -> frozenset[date]:
    found = frozenset(value)
    if any(not isinstance(day, date) or isinstance(day, datetime) for day in found):
        raise AnalysisError("holidays: give dates, such as date(2026, 12, 25)")
    return found


def zone(name: str | tzinfo) -> tzinfo:
    """The time zone of that name; AnalysisError if there is none."""
    if isinstance(name, tzinfo):
        return name
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError) as error:
        raise AnalysisError(f"{shown(name)} is no time zone; give a name such as 'Europe/Berlin', or 'UTC'") from error


@frozen(kw_only=True)
class Calendar:
    """When a business is open: hours of the day, weekdays, holidays, and the time zone in which all of these are meant.

    >>> Calendar(hours=[(9, 12), (13, 17)]).day_length
    7.0
    """

    hours: tuple[Opening, ...] = field(default=((9.0, 17.0),), converter=_openings)
    """The openings of a usual day, each from the first hour up to, but not including, the second."""
    weekdays: tuple[int, ...] = field(default=(0, 1, 2, 3, 4), converter=_weekdays)
    """On which days these hold: 0 is Monday."""
    special: tuple[tuple[int, tuple[Opening, ...]], ...] = field(default=(), converter=_by_weekday)
    """Weekdays with other openings: ``{5: [(10, 14)]}`` for Saturdays."""
    holidays: frozenset[date] = field(default=frozenset(), converter=_holidays)
    """Days on which it is closed."""
    tz: str = field(default="UTC")
    """The time zone of the business."""

    def __attrs_post_init__(self) -> None:
        zone(self.tz)
        if not self.hours:
            raise AnalysisError("hours: a usual day needs an opening, such as (9, 17); holidays and weekdays say when it is closed")

    @property
    def day_length(self) -> float:
        """The open hours of a usual day: what a business day is."""
        return sum(high - low for low, high in self.hours)

    @property
    def open_share(self) -> float:
        """The share of a week without holidays in which it is open."""
        week = dict.fromkeys(self.weekdays, self.hours) | dict(self.special)
        return sum(high - low for openings in week.values() for low, high in openings) / 168

    def openings_on(self, day: date) -> tuple[Opening, ...]:
        """The openings of that day, in hours of the day."""
        if day in self.holidays:
            return ()
        weekday = day.weekday()
        for special, openings in self.special:
            if special == weekday:
                return openings
        return self.hours if weekday in self.weekdays else ()


OFFICE = Calendar()
"""Monday to Friday, 9 to 17, UTC: the calendar where none is given."""


class OpenTime:
    """Counts open time; the openings of a day are worked out once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._zone = zone(calendar.tz)
        self._days: dict[date, tuple[tuple[datetime, datetime], ...]] = {}

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How long it was open from a moment to a later one, both with a time zone."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day, last = start.astimezone(self._zone).date(), end.astimezone(self._zone).date()
        found = timedelta(0)
        while day <= last:
            for opens, closes in self._on(day):
                found += max(timedelta(0), min(end, closes) - max(start, opens))
            if day == date.max:
                break
            day += timedelta(days=1)
        return found

    def _on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        if day not in self._days:
            midnight = datetime.combine(day, time(), tzinfo=self._zone)
            # Adding to a time with a zone moves its clock, not the seconds that pass: 9 is 9 o'clock on a day of 23 hours too.
            self._days[day] = tuple(
                ((midnight + timedelta(hours=low)).astimezone(UTC), (midnight + timedelta(hours=high)).astimezone(UTC))
                for low, high in self._calendar.openings_on(day)
            )
        return self._days[day]


@frozen(kw_only=True)
class BusinessTime(Result):
    """The open time between two moments, in hours."""

    analysis: ClassVar[str] = "business_time"
    subject: ClassVar[str] = "The time in opening hours"
    counted: ClassVar[str] = "gaps"
    data_level: ClassVar[Level] = "M"

    business_days: float
    """The same in days of the calendar's length, not of 24 hours."""
    calendar_hours: float
    """All the hours that passed, open or not."""
    calendar_days: float
    """The same in days of 24 hours."""

    def _told(self) -> str:
        return (
            f"{amount(self.calendar_hours, 'hours')} passed, of which {amount(self.value, 'hours')} "
            f"({amount(self.business_days, 'business days')}) in opening hours"
        )


def business_time(
    start: datetime | str, end: datetime | str, *, calendar: Calendar = OFFICE, tz: str = "UTC", strict: bool = False
) -> BusinessTime:
    """How long did it take in opening hours?

    The sum of the open time between both moments, in hours; openings are half-open intervals on the clock of the calendar's time
    zone, so that summer time counts as it passes. A business day is a usual day of the calendar (8 hours, not 24). Both ends in
    closed hours with nothing open between give 0. An end before its start is an error in the data and refused.

    Times are datetimes, or text in ISO 8601. Those without a zone are taken as ``tz``, and the answer says so; one with and one
    without is refused (SCALE_MISMATCH).

    Own definition; the conversion by the calendar's day is what process mining tools have got wrong (pm4py issue 559).

    >>> business_time(datetime(2026, 1, 9, 16), datetime(2026, 1, 12, 10)).value
    2.0
    """
    (begun, ended), notes = with_zone((start, end), tz=tz, question="business_time")
    check_order(begun, ended, what="business_time")
    calendar_hours = (ended - begun) / HOUR
    hours = open_hours(OpenTime(checked(calendar)), begun, ended)
    result = BusinessTime(
        value=hours,
        unit="hours",
        n=1,
        method=f"open hours between both moments, in {calendar.tz}",
        assumptions=notes,
        business_days=hours / calendar.day_length,
        calendar_hours=calendar_hours,
        calendar_days=calendar_hours / 24,
    )
    return sealed(result, strict=strict, inputs=(begun, ended, told(calendar)))


def checked(calendar: object) -> Calendar:
    """The calendar; AnalysisError for anything else."""
    if not isinstance(calendar, Calendar):
        raise AnalysisError(f"calendar: {shown(calendar)} is no Calendar; give one, such as Calendar(hours=[(9, 17)], tz='Europe/Berlin')")
    return calendar


def told(calendar: Calendar) -> tuple[object, ...]:
    """A calendar as part of a fingerprint."""
    return calendar.hours, calendar.weekdays, calendar.special, tuple(sorted(calendar.holidays)), calendar.tz


def open_hours(open_time: OpenTime, start: datetime, end: datetime) -> float:
    """The open hours between two moments; AnalysisError beyond what a calendar can count."""
    try:
        return open_time.between(start, end) / HOUR
    except OverflowError as error:
        raise AnalysisError(f"{start} to {end} lies at the edge of the calendar; give times of the years 2 to 9998") from error


def with_zone(times: Iterable[datetime | str], *, tz: str, question: str) -> tuple[tuple[datetime, ...], tuple[str, ...]]:
    """The times in UTC, so that differences are what passed, and what has to be said about it.

    ScaleMismatch where some have a zone and some have none.
    """
    given: list[datetime] = []
    for value in times:
        found = moment(value)
        if found is None:
            raise AnalysisError(f"{question}: {shown(value)} is no time; give a datetime, or text such as '2026-01-09T16:00'")
        given.append(found)
    bare = [found.utcoffset() is None for found in given]
    if any(bare) and not all(bare):
        raise ScaleMismatch(f"{question}: times with a time zone and times without are mixed; give all of them a zone")
    where = zone(tz)
    notes = (f"times without a zone are taken as {tz}",) if any(bare) else ()
    try:
        naive = any(bare)
        return tuple((found.replace(tzinfo=where) if naive else found).astimezone(UTC) for found in given), notes
    except OverflowError as error:
        raise AnalysisError(f"{question}: a time lies at the edge of the calendar; give times of the years 2 to 9998") from error


def check_order(start: datetime, end: datetime, *, what: str) -> None:
    """AnalysisError for a negative gap, which is an error in the data."""
    if end < start:
        raise AnalysisError(f"{what}: {end} comes before {start}; a negative gap is an error in the data, correct the times")
