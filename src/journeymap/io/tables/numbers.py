"""Numbers, lengths of time and days as people type them into a cell, and as they are written there."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from journeymap.errors import ModelError, shown
from journeymap.io.times import as_date, as_duration
from journeymap.model.checks import LARGEST_WHOLE

_NUMBER = re.compile(r"([-+\u2212]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?)[ \u00a0]?(%?)")
_HUGE = 10**300
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_DECIMAL = re.compile(r"(?<![0-9.,])([0-9]+),([0-9]+)(?![0-9.,])")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "min": "minutes", "s": "seconds"}
_WORDS = {
    "week": "w", "weeks": "w", "day": "d", "days": "d", "hour": "h", "hours": "h", "m": "min", "mins": "min", "minute": "min",
    "minutes": "min", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
}  # fmt: skip
_LENGTH = re.compile(r"(?:[0-9]{1,15}(?:\.[0-9]{1,6})?[ \u00a0]*[a-z]+[ ,]*)+")
_PIECE = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,6}))?[ \u00a0]*([a-z]+)")
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?")


def number_text(value: float) -> str:
    """A number as a cell of text has it, every digit of it.

    >>> number_text(3.0), number_text(0.1)
    ('3', '0.1')
    """
    return str(int(value)) if float(value).is_integer() and abs(value) <= LARGEST_WHOLE else repr(value)


def number_of(value: object) -> float:
    """The number in a cell; ModelError if there is none. ``40 %`` is 0.4.

    >>> number_of("40 %"), number_of(3)
    (0.4, 3)
    """
    if isinstance(value, date):  # what a spreadsheet makes of 1-2 or 1.2
        raise ModelError(f"the day {value.isoformat()[:10]} is not a number; type the number as text")
    if isinstance(value, int | float) and not isinstance(value, bool):
        number: float = value if isinstance(value, float) or abs(value) < _HUGE else math.inf
    else:
        found = _NUMBER.fullmatch(value.strip()) if isinstance(value, str) else None
        if not found:
            comma = "; write the decimal point as a full stop" if isinstance(value, str) and _COMMA.fullmatch(value.strip()) else ""
            raise ModelError(f"{shown(value)} is not a number{comma}")
        digits = found[1].replace("\u2212", "-")
        number = float(digits) / 100 if found[2] else int(digits) if digits.lstrip("+-").isdigit() and len(digits) < 17 else float(digits)
    if not math.isfinite(number):
        raise ModelError(f"{shown(value)} is not a finite number; leave out what is unknown")
    return number


def with_points(text: str) -> str:
    """A cell of numbers that have a decimal comma, with points; what stands before a colon is left as it is.

    >>> with_points("-1,5"), with_points("1.234,5"), with_points("Group 1,5: -0,5")
    ('-1.5', '1.234,5', 'Group 1,5: -0.5')
    """
    lines = (line.rpartition(":") for line in text.split("\n"))
    return "\n".join(key + colon + _DECIMAL.sub(r"\1.\2", value) for key, colon, value in lines)


def whole_of(value: object) -> int:
    """The whole number in a cell, where spreadsheets write 3.0 for 3; ModelError if there is none."""
    number = number_of(value)
    if isinstance(number, float) and not number.is_integer():
        raise ModelError(f"{shown(value)} is not a whole number")
    return int(number)


def day_of(value: object) -> date:
    """The day in a cell, where spreadsheets write midnight for a day; ModelError if there is none."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise ModelError(f"{value.isoformat()} has a time of day; give the day alone")
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ModelError(f"{shown(value)} is not a day; write it as YYYY-MM-DD")
    return as_date(value.strip())


def length_text(length: timedelta) -> str:
    """A length of time as people write it, to the microsecond.

    >>> length_text(timedelta(days=2, hours=5, minutes=30)), length_text(timedelta(seconds=0.5)), length_text(timedelta(0))
    ('2 d 5 h 30 min', '0.5 s', '0 min')
    """
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    parts = [(length.days, "d"), (hours, "h"), (minutes, "min")]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join([*said, *([f"{seconds}{fraction} s"] if seconds or fraction else [])]) or "0 min"


def length_of(value: object) -> timedelta:
    """The length of time in a cell: ``25 min``, ``2 d 5 h``, ``1:30`` (hours and minutes), ``PT25M``; ModelError if there is none.

    >>> length_of("1 hour 30 minutes") == length_of("1:30") == length_of("PT1H30M")
    True
    """
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ModelError(f"{shown(value)} has no unit; write it as 25 min, 2 h or 3 d")
    if not isinstance(value, str):
        raise ModelError(f"{shown(value)} is not a length of time; write it as 25 min, 2 h or 3 d")
    text = value.strip().lower()
    clock = _CLOCK.fullmatch(text)
    if clock:
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3] or 0))
    if len(text) > 200 or not _LENGTH.fullmatch(text):
        return as_duration(value.strip())
    return _summed(value, text)


def _summed(value: str, text: str) -> timedelta:
    total = timedelta(0)
    for count, fraction, word in _PIECE.findall(text):
        unit = _UNITS.get(_WORDS.get(word, word))
        if unit is None:
            raise ModelError(f"{shown(value)} is not a length of time: {shown(word)} is no unit; use w, d, h, min or s")
        try:
            total += timedelta(**{unit: int(count)}) + timedelta(**{unit: 1}) * int(fraction or 0) / 10 ** len(fraction)
        except OverflowError:
            raise ModelError(f"{shown(value)} is too long; the longest is {timedelta.max.days:,} days") from None
    return total
