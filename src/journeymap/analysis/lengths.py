"""Lengths of time as the questions about time take them: what a map says, plain lengths, and their quantiles.

A length of time is counted in hours; plain numbers stay in whatever unit they are in, and the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeAlias

from attrs import frozen

from journeymap.analysis.doors import absent, number
from journeymap.errors import AnalysisError, shown
from journeymap.model import Span

HOUR = timedelta(hours=1)
Length: TypeAlias = timedelta | float
Lengths: TypeAlias = Iterable[timedelta | float | None] | timedelta | float
"""Lengths in order, None is missing; or a single one."""


@frozen
class Measured:
    """Lengths as numbers, missing ones as None."""

    values: tuple[float | None, ...]
    unit: str
    """``hours``, or ``units of time`` for plain numbers."""

    @property
    def known(self) -> tuple[float, ...]:
        """Those that are there."""
        return tuple(value for value in self.values if value is not None)


def hours(length: timedelta | Span) -> float:
    """A length of time in hours, the most likely one of a range.

    >>> hours(timedelta(minutes=90))
    1.5
    """
    return (length.mid if isinstance(length, Span) else length) / HOUR


def measured(lengths: Lengths, *, what: str) -> Measured:
    """Lengths of one kind, none below 0, or a single one; AnalysisError where times and plain numbers are mixed."""
    if isinstance(lengths, timedelta | int | float) and not isinstance(lengths, bool):
        lengths = [lengths]
    if isinstance(lengths, str | bytes) or not isinstance(lengths, Iterable):
        raise AnalysisError(f"{what}: {shown(lengths)} is no series of lengths of time; give timedeltas, or numbers of one unit")
    lengths = list(lengths)
    plain = [length for length in lengths if type(length) is timedelta]
    if plain and len(plain) == len(lengths) and min(plain) >= timedelta(0):  # the usual case, and much quicker than the general one
        return Measured(tuple(length / HOUR for length in plain), "hours")
    given = [None if absent(length) else length for length in lengths]
    timed = {isinstance(length, timedelta) for length in given if length is not None}
    if len(timed) > 1:
        raise AnalysisError(f"{what}: lengths of time and plain numbers are mixed; give all of one kind")
    return Measured(
        tuple(None if length is None else one(length, what=f"{what}[{place}]") for place, length in enumerate(given)),
        "hours" if timed == {True} else "units of time",
    )


def one(length: Length, *, what: str) -> float:
    """A single length, in hours if it is a length of time; AnalysisError if it is below 0."""
    return number(length / HOUR if isinstance(length, timedelta) else length, what=what, low=0)


def quantile(rising: Sequence[float], p: float) -> float | None:
    """The quantile of sorted values, linear between neighbours (Hyndman & Fan 1996, type 7); None of nothing.

    >>> quantile([1.0, 2.0, 4.0, 8.0], 0.5)
    3.0
    """
    if not rising:
        return None
    place = p * (len(rising) - 1)
    below = int(place)
    above = min(below + 1, len(rising) - 1)
    return rising[below] + (rising[above] - rising[below]) * (place - below)
