"""How loose arguments become tight fields: lists become tuples, whole numbers floats; an error names its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from attrs import NOTHING, Attribute

from journeymap.errors import ModelError, Problem, shown
from journeymap.model.checks import LARGEST_WHOLE

T = TypeVar("T")

_NO_LISTS = (str, bytes, dict, set, frozenset)
"""Can be walked through, but text is one thing and the others are not in an order that the user wrote."""


def tell_field(_: type, attributes: list[Attribute[Any]]) -> list[Attribute[Any]]:
    """For attrs' ``field_transformer``: what a converter finds wrong is told under its field's name."""
    return [a if a.converter is None else a.evolve(converter=_telling(a.name, a.converter, a.default)) for a in attributes]


def _telling(name: str, convert: Any, default: object) -> Callable[[object], object]:
    usual = default if default is NOTHING else convert(default)

    @wraps(convert)
    def told(value: object) -> object:
        if value is default:  # most fields of most objects are left as they are
            return usual
        try:
            return convert(value)
        except ModelError as error:
            raise ModelError(under(name, error.problems)) from None

    return told


def under(place: str, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a part as the whole tells them: ``[0].name`` under ``stages`` is ``stages[0].name``."""
    return [p._replace(path=f"{place}.{p.path}" if p.path and p.path[0] != "[" else f"{place}{p.path}") for p in problems]


def as_number(value: float | None) -> float | None:
    """Whole numbers, and numpy's kind of float, as a plain float; anything else is left for the validator to judge.

    Zero has no sign: values that are equal are also written alike.
    """
    if isinstance(value, bool) or not isinstance(value, float | int):
        return value
    return value if isinstance(value, int) and abs(value) > LARGEST_WHOLE else float(value) + 0.0


def as_texts(values: Iterable[str]) -> tuple[str, ...]:
    """Texts as a tuple."""
    return tuple_of(str, values)


def tuple_of(kind: type[T], values: Iterable[T | str], *, from_text: Callable[[str], T] | None = None) -> tuple[T, ...]:
    """The values as a tuple, each of that kind; ``from_text`` makes one of a plain string."""
    if type(values) is tuple and all(type(value) is kind for value in values):
        return cast("tuple[T, ...]", values)
    if isinstance(values, _NO_LISTS) or not isinstance(values, Iterable):
        raise ModelError(f"{shown(values)} is not a list of {_plural(kind)}; put it in [ ]")
    items: list[T] = []
    problems: list[Problem] = []
    for index, value in enumerate(values):
        if isinstance(value, kind):
            items.append(value)
        elif isinstance(value, str) and from_text is not None:
            try:
                items.append(from_text(value))
            except ModelError as error:
                problems.extend(under(f"[{index}]", error.problems))
        else:
            problems.append(Problem(f"[{index}]", _not_one(value, kind, text_too=from_text is not None)))
    if problems:
        raise ModelError(problems)
    return tuple(items)


def _not_one(value: object, kind: type[Any], *, text_too: bool) -> str:
    if kind is str:
        return f"{shown(value)} is not text; put it in quotes"
    one = f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"
    if text_too:
        return f"{shown(value)} is neither text nor {one}"
    return f"{shown(value)} is not {one}" + (f"; write {kind.__name__}({shown(value)})" if isinstance(value, str) else "")


def _plural(kind: type[Any]) -> str:
    return "texts" if kind is str else f"{kind.__name__} objects"
