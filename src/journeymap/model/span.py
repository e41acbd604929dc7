"""Estimates with honest doubt: low, most likely, high."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import Attribute, field, frozen

from journeymap.errors import ModelError
from journeymap.model.checks import Check, check_number, duration_problem, fail, number_problem
from journeymap.model.conversion import as_number


@frozen
class Range:
    """A number known only within limits.

    >>> Range(2, 3, 5).mid
    3.0
    """

    low: float = field(converter=as_number, validator=check_number())
    mid: float = field(converter=as_number, validator=check_number())
    """The most likely value."""
    high: float = field(converter=as_number, validator=check_number())

    def __attrs_post_init__(self) -> None:
        for name in ("low", "mid", "high"):
            if getattr(self, name) is None:
                raise fail(name, "None is not a number; give low, mid and high")
        if not self.low <= self.mid <= self.high:
            raise ModelError(f"{self.low:g}, {self.mid:g}, {self.high:g} do not rise; give low, mid and high in that order")


@frozen
class Span:
    """A length of time known only within limits.

    >>> from datetime import timedelta
    >>> Span(timedelta(days=1), timedelta(days=2), timedelta(days=5)).mid
    datetime.timedelta(days=2)
    """

    low: timedelta
    mid: timedelta
    """The most likely length."""
    high: timedelta

    def __attrs_post_init__(self) -> None:
        for name in ("low", "mid", "high"):
            problem = duration_problem(getattr(self, name))
            if problem:
                raise fail(name, problem)
        if not self.low <= self.mid <= self.high:
            raise ModelError(f"{self.low}, {self.mid}, {self.high} do not rise; give low, mid and high in that order")


def as_estimate(value: float | Range | None) -> float | Range | None:
    """A number or a range of numbers."""
    return value if isinstance(value, Range) else as_number(value)


def check_span(_: object, attribute: Attribute[Any], value: object) -> None:
    """None, a length of time, or a low-mid-high range of lengths."""
    problem = None if value is None or isinstance(value, Span) else duration_problem(value)
    if problem:
        raise fail(attribute.name, problem)


def check_estimate(low: float, high: float) -> Check:
    """None, or a number or range of numbers from ``low`` to ``high``."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if isinstance(value, Range):
            problem = number_problem(value.low, low, high) or number_problem(value.high, low, high)
        else:
            problem = None if value is None else number_problem(value, low, high)
        if problem:
            raise fail(attribute.name, problem)

    return check
