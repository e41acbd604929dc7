"""Days and lengths of time as ISO 8601 writes them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from journeymap.errors import ModelError, shown

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEAP_YEARS = r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
IN_CALENDAR = (
    r"(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    rf"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEARS}-02-29)"
)
"""The days that there are, for those who have a pattern and no calendar."""
DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,15})W)?(?:([0-9]{1,15})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,15})H)?(?:([0-9]{1,15})M)?(?:([0-9]{1,15})(?:\.([0-9]{1,6}))?S)?)?"
)


def as_date(text: str) -> date:
    """The day that a ``YYYY-MM-DD`` names; ModelError if it names none."""
    if not DATE.fullmatch(text):
        raise ModelError(f"{shown(text)} is not a day; write it as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ModelError(f"{shown(text)} is not in the calendar; check the month and the day") from None


def as_duration(text: str) -> timedelta:
    """The length of time that a text such as ``P3D`` or ``PT1H30M`` names; ModelError if it names none.

    >>> as_duration("P1DT30M")
    datetime.timedelta(days=1, seconds=1800)
    """
    match = DURATION.fullmatch(text)
    if not match:
        raise ModelError(
            f"{shown(text)} is not a length of time; write weeks, days, hours, minutes and seconds as P2W, P3D, PT1H30M or PT0.5S"
        )
    weeks, days, hours, minutes, seconds, fraction = match.groups(default="0")
    try:
        return timedelta(
            weeks=int(weeks),
            days=int(days),
            hours=int(hours),
            minutes=int(minutes),
            seconds=int(seconds),
            microseconds=int(fraction.ljust(6, "0")),
        )
    except OverflowError:
        raise ModelError(f"{shown(text)} is too long; the longest is {timedelta.max.days:,} days") from None


def duration_text(length: timedelta) -> str:
    """A length of time as ISO 8601, to the microsecond.

    >>> duration_text(timedelta(days=3)), duration_text(timedelta(hours=1, minutes=30)), duration_text(timedelta(0))
    ('P3D', 'PT1H30M', 'PT0S')
    """
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    day = f"{length.days}D" if length.days else ""
    clock = "".join(
        (f"{hours}H" if hours else "", f"{minutes}M" if minutes else "", f"{seconds}{fraction}S" if seconds or fraction else "")
    )
    return f"P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"
