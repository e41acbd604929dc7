"""The rules that fields share: validators (`check_x`) and converters (`as_x`) that say what is wrong and how to mend it.

Nothing is coerced: a number in quotes is text, and True is not 1. The one widening is int to float, which Python's own
type system allows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from attrs import Attribute

from journeymap.errors import ModelError, Problem, shown, suggestion

T = TypeVar("T")
Check = Callable[[Any, "Attribute[Any]", Any], None]

LONGEST_TEXT = 100_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LARGEST_WHOLE = 2**53


def fail(name: str, message: str) -> ModelError:
    """The error for the field of that name."""
    return ModelError([Problem(name, message)])


def text_problem(value: object) -> str | None:
    """What is wrong with a text, or None."""
    if not isinstance(value, str):
        return f"{shown(value)} is not text; put it in quotes"
    if len(value) > LONGEST_TEXT:
        return f"{len(value):,} characters are more than {LONGEST_TEXT:,}; shorten it"
    bad = _UNPRINTABLE.search(value)
    if bad:
        return f"{shown(value)} has the control character U+{ord(bad[0]):04X}; take it out"
    return None


def check_text(_: object, attribute: Attribute[Any], value: object) -> None:
    """Text, possibly empty, without control characters or lone surrogates."""
    problem = text_problem(value)
    if problem:
        raise fail(attribute.name, problem)


def check_name(_: object, attribute: Attribute[Any], value: object) -> None:
    """Text that says something."""
    problem = text_problem(value)
    if problem is None and isinstance(value, str) and not value.strip():
        problem = f"{shown(value)} is empty; give it a name that a reader understands"
    if problem:
        raise fail(attribute.name, problem)


def check_id(_: object, attribute: Attribute[Any], value: object) -> None:
    """Text without white space, that other parts of the journey can refer to."""
    problem = text_problem(value)
    if problem is None and isinstance(value, str) and (not value or any(c.isspace() for c in value)):
        problem = f"{shown(value)} is empty or has white space; an id is one word, for example 'pay-online'"
    if problem:
        raise fail(attribute.name, problem)


def check_optional_id(instance: object, attribute: Attribute[Any], value: object) -> None:
    """None, or an id as `check_id` wants it."""
    if value is not None:
        check_id(instance, attribute, value)


def check_optional_flag(instance: object, attribute: Attribute[Any], value: object) -> None:
    """None, True or False."""
    if value is not None:
        check_flag(instance, attribute, value)


def check_flag(_: object, attribute: Attribute[Any], value: object) -> None:
    """True or False, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise fail(attribute.name, f"{shown(value)} is neither true nor false")


def check_date(_: object, attribute: Attribute[Any], value: object) -> None:
    """None, or a day (`datetime.date`, not a time of day)."""
    if value is not None and type(value) is not date:
        raise fail(attribute.name, f"{shown(value)} is not a date; give a datetime.date, in files YYYY-MM-DD")


def check_choice(*allowed: str, required: bool = False) -> Check:
    """One of the words; None too, unless a word is required."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if (value is not None or required) and value not in allowed:
            hint = suggestion(value, allowed) if isinstance(value, str) else ""
            raise fail(attribute.name, f"{shown(value)} is not one of {', '.join(allowed)}{hint}")

    return check


def check_number(low: float = -math.inf, high: float = math.inf, *, remedy: str = "") -> Check:
    """None, or a finite number from ``low`` to ``high``."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None:
            problem = number_problem(value, low, high)
            if problem:
                raise fail(attribute.name, problem + (f"; {remedy}" if remedy else ""))

    return check


def number_problem(value: object, low: float = -math.inf, high: float = math.inf) -> str | None:
    """What is wrong with a number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{shown(value)} is not a number"
    if not math.isfinite(value):
        return f"{value} is not a finite number"
    if not low <= value <= high:
        return f"{value:.15g} is outside {_bounds(low, high)}"
    return None


def check_count(_: object, attribute: Attribute[Any], value: object) -> None:
    """None, or a whole number of 0 or more."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise fail(attribute.name, f"{shown(value)} is not a whole number")
    if not 0 <= value <= _LARGEST_WHOLE:
        raise fail(attribute.name, f"{shown(value)} is outside 0 to {_LARGEST_WHOLE:,}")


def check_duration(_: object, attribute: Attribute[Any], value: object) -> None:
    """None, or a length of time of 0 or more."""
    problem = None if value is None else duration_problem(value)
    if problem:
        raise fail(attribute.name, problem)


def duration_problem(value: object) -> str | None:
    """What is wrong with a length of time, or None."""
    if not isinstance(value, timedelta):
        return f"{shown(value)} is not a length of time; give a datetime.timedelta, in files ISO 8601 such as P3D or PT5M"
    if value < timedelta(0):
        return f"{value} is negative; a length of time is 0 or more"
    return None


def as_number(value: float | None) -> float | None:
    """A whole number as a float; anything else is left for the validator to judge."""
    return float(value) if type(value) is int and abs(value) <= _LARGEST_WHOLE else value


def as_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Texts as a tuple."""
    return tuple_of(str, values)


def check_texts(_: object, attribute: Attribute[Any], value: tuple[object, ...]) -> None:
    """Each of them text that says something."""
    problems = []
    for index, item in enumerate(value):
        problem = text_problem(item)
        if problem is None and isinstance(item, str) and not item.strip():
            problem = f"{shown(item)} is empty; leave it out"
        if problem:
            problems.append(Problem(f"{attribute.name}[{index}]", problem))
    if problems:
        raise ModelError(problems)


def tuple_of(kind: type[T], values: Iterable[T]) -> tuple[T, ...]:
    """The values as a tuple, each of that kind."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ModelError(f"{shown(values)} is not a list of {_plural(kind)}; put it in [ ]")
    items = tuple(values)
    problems = [
        Problem(f"[{index}]", f"{shown(item)} is not {_article(kind)}")
        for index, item in enumerate(items)
        if not isinstance(item, kind)
    ]
    if problems:
        raise ModelError(problems)
    return items


def _plural(kind: type[Any]) -> str:
    return "texts" if kind is str else f"{kind.__name__} objects"


def _article(kind: type[Any]) -> str:
    return "text; put it in quotes" if kind is str else f"a {kind.__name__}"


def _bounds(low: float, high: float) -> str:
    if math.isinf(high):
        return f"{low:g} and above"
    if math.isinf(low):
        return f"{high:g} and below"
    return f"{low:g} to {high:+g}" if low < 0 else f"{low:g} to {high:g}"
