"""Lengths of time as a picture prints them."""

from __future__ import annotations

from datetime import timedelta

from journeymap.model import Span

_UNITS = (("year", 365 * 86_400), ("day", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_INFLECTED = {"year": "years", "day": "days"}
_WITH_REST = {"h": "min", "min": "s"}
"""A length told in the first also tells what is left over in the second, up to 10 of the first."""


def length_words(length: timedelta | Span) -> str:
    """A length of time in one or two units; of a span the most likely length, with its limits.

    >>> length_words(timedelta(minutes=90)), length_words(timedelta(days=3))
    ('1 h 30 min', '3 days')
    >>> length_words(Span(timedelta(days=10), timedelta(days=18), timedelta(days=40)))
    '18 days (10 to 40 days)'
    """
    if isinstance(length, timedelta):
        return _plain(length)
    if length.low == length.high:
        return _plain(length.mid)
    low, high = _plain(length.low), _plain(length.high)
    (first, _, unit), (_, _, other) = low.partition(" "), high.partition(" ")
    alike = unit != "" and unit.rstrip("s") == other.rstrip("s")
    return f"{_plain(length.mid)} ({first if alike else low} to {high})"


def likely(length: timedelta | Span) -> timedelta:
    """The length itself, or the most likely one of a span."""
    return length.mid if isinstance(length, Span) else length


def _plain(length: timedelta) -> str:
    seconds = length.total_seconds()
    if seconds == 0:
        return "no time"
    if seconds < 1:
        return "under 1 s"
    name, size = next((name, size) for name, size in _UNITS if seconds >= size)
    rest = _WITH_REST.get(name)
    if rest is not None and seconds < 10 * size:
        small = dict(_UNITS)[rest]
        whole, left = divmod(round(seconds / small), size // small)
        return f"{whole} {name} {left} {rest}" if left else f"{whole} {name}"
    number = f"{seconds / size:.1f}" if name in _INFLECTED and seconds < 10 * size else f"{seconds / size:,.0f}"
    number = number.removesuffix(".0")
    return f"{number} {_INFLECTED.get(name, name) if number != '1' else name}"
