"""The rules that fields share: validators that say what is wrong and how to mend it.

Nothing is coerced: a number in quotes is text, and True is not 1. The one widening is int to float, which Python's own
type system allows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from attrs import Attribute

from journeymap.errors import ModelError, Problem, shown, suggestion

Check = Callable[[Any, "Attribute[Any]", Any], None]

LONGEST_TEXT = 100_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
LARGEST_WHOLE = 2**53
"""Up to here every whole number is a float too."""


def fail(name: str, message: str) -> ModelError:
    """The error for the field of that name."""
    return ModelError([Problem(name, message)])


def text_problem(value: object, *, longest: int = LONGEST_TEXT) -> str | None:
    """What is wrong with a text, or None."""
    if value.__class__ is str and not value:
        return None
    if not isinstance(value, str):
        return f"{shown(value)} is not text; put it in quotes"
    if len(value) > longest:
        return f"{len(value):,} characters are more than {longest:,}; shorten it"
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
    if problem is None and isinstance(value, str) and (not value or value.split() != [value]):
        problem = f"{shown(value)} is empty or has white space; an id is one word, for example 'pay-online'"
    if problem:
        raise fail(attribute.name, problem)


def check_language(_: object, attribute: Attribute[Any], value: object) -> None:
    """A language tag: letters and digits in groups of at most eight, joined by hyphens."""
    problem = text_problem(value)
    if problem is None and isinstance(value, str) and not _LANGUAGE.fullmatch(value):
        problem = f"{shown(value)} is not a language tag; for example 'en', 'de' or 'pt-BR'"
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


def check_number(low: float = -math.inf, high: float = math.inf, *, remedy: str = "", required: bool = False) -> Check:
    """A finite number from ``low`` to ``high``; None too, unless a number is required."""

    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if value is not None or required:
            problem = number_problem(value, low, high)
            if problem:
                raise fail(attribute.name, problem + (f"; {remedy}" if remedy else ""))

    return check


def number_problem(value: object, low: float = -math.inf, high: float = math.inf) -> str | None:
    """What is wrong with a number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{shown(value)} is not a number"
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is not a finite number"
    if not low <= value <= high:
        number = f"{value:.15g}" if isinstance(value, float) else shown(value)
        return f"{number} is outside {_bounds(low, high)}"
    if isinstance(value, int) and abs(value) > LARGEST_WHOLE:
        return f"{shown(value)} is too large; whole numbers beyond {LARGEST_WHOLE:,} lose digits"
    return None


def check_count(_: object, attribute: Attribute[Any], value: object) -> None:
    """None, or a whole number of 0 or more."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise fail(attribute.name, f"{shown(value)} is not a whole number")
    if not 0 <= value <= LARGEST_WHOLE:
        raise fail(attribute.name, f"{shown(value)} is outside 0 to {LARGEST_WHOLE:,}")


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


def check_texts(_: object, attribute: Attribute[Any], value: tuple[object, ...]) -> None:
    """Each of them text that says something."""
    check_each(attribute.name, value, text_problem)


def check_each(name: str, values: tuple[object, ...], problem_of: Callable[[object], str | None]) -> None:
    """None of them empty or wrong; ModelError tells all that are."""
    if not values:
        return
    problems = []
    for index, item in enumerate(values):
        empty = isinstance(item, str) and not item.strip()
        problem = f"{shown(item)} is empty; leave it out" if empty else problem_of(item)
        if problem:
            problems.append(Problem(f"{name}[{index}]", problem))
    if problems:
        raise ModelError(problems)


def _bounds(low: float, high: float) -> str:
    if math.isinf(high):
        return f"{low:g} and above"
    if math.isinf(low):
        return f"{high:g} and below"
    return f"{low:g} to {high:+g}" if low < 0 else f"{low:g} to {high:g}"
