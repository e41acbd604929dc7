"""What columns a class of the model makes in a table: flat, typed, derived from its fields.

A field that is a small value of its own (an emotion, a range) takes a column for each of its parts, the first of them under
the field's name: ``emotion``, ``emotion_label``, ``emotion_n``, ``emotion_spread``. A field that is a list takes one column,
with an item a line. What has too much to tell for a line has a table of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin

from attrs import frozen, has

from journeymap.io.codec import SHORT, fields_of, members
from journeymap.model import (
    Activity,
    Evidence,
    FrozenMap,
    Journey,
    Metric,
    MomentOfTruth,
    Opportunity,
    PainPoint,
    Persona,
    Range,
    Source,
    Span,
    Stage,
    Touchpoint,
    Transition,
)

Cell = str | int | float | bool | date | timedelta | None
"""What stands in a cell of a table; None where nothing does."""
Kind = Literal["text", "choice", "number", "whole", "flag", "day", "length", "lines"]

_PLAIN: Mapping[object, Kind] = {
    str: "text", Literal: "choice", bool: "flag", int: "whole", float: "number", date: "day", timedelta: "length"
}  # fmt: skip
_OWN_TABLES = (Activity, Metric, Persona, Source, Stage, Touchpoint, Transition)
"""What stands in tables of its own, and never on a line of a cell."""
_LIMITS = ("low", "high")
YES = "yes"
_REFERENCES = {
    (Touchpoint, "personas"): "persona",
    (PainPoint, "persona"): "persona",
    (Opportunity, "addresses"): "pain",
    (Opportunity, "requires"): "opportunity",
    (Evidence, "source"): "source",
    (Transition, "source"): "touchpoint",
    (Transition, "target"): "touchpoint",
}


@frozen
class Column:
    """A column of a table, and the field of the model that it tells."""

    name: str
    kind: Kind
    field: str = ""
    """The field it tells; empty where it says what the row belongs to."""
    part: str = ""
    """Which part of the field, where it has several columns: ``low``, ``label``."""
    item: type | None = None
    """What is on a line of it, or the class of the field that it is a part of."""
    choices: tuple[str, ...] = ()
    refers: str = ""
    """What its ids are the ids of; names are taken for ids in such a column."""
    required: bool = False
    """Whether None is no value of it."""


@cache
def columns_of(kind: type) -> tuple[Column, ...]:
    """The columns of a class of the model, in the order of its fields."""
    found: list[Column] = []
    for name, field in fields_of(kind).items():
        refers = _REFERENCES.get((kind, name), "")
        told: Any = field.type
        first = members(told)[0]
        origin = get_origin(first)
        if origin in (tuple, FrozenMap):
            item = get_args(first)[0]
            if item not in _OWN_TABLES and (kind, item) != (Journey, Opportunity):
                found.append(Column(name, "lines", name, "map" if origin is FrozenMap else "", item, refers=refers))
        elif isinstance(first, type) and has(first):
            found.extend(_parts(name, cast("type[object]", first)))
        else:
            optional = type(None) in get_args(told)
            found.append(_plain(name, name, "", told, refers=refers, required=not optional))
            if {Range, Span} & set(members(told)):
                found.extend(_plain(f"{name}_{part}", name, part, first) for part in _LIMITS)
    return tuple(found)


def _parts(name: str, kind: type) -> list[Column]:
    """The columns of a field that is a small value of its own: the part that it is known by bears the field's name."""
    known_by = SHORT[kind][0] if kind in SHORT else None
    found = []
    for part, field in fields_of(kind).items():
        title = name if part == known_by else f"{name}_{part}"
        if get_origin(field.type) is tuple:
            found.append(Column(title, "lines", name, part, get_args(field.type)[0]))
        else:
            found.append(_plain(title, name, part, field.type, item=kind))
    return found


def _plain(name: str, field: str, part: str, kind: Any, *, item: type | None = None, refers: str = "", required: bool = False) -> Column:
    first = members(kind)[0]
    choices = get_args(first) if get_origin(first) is Literal else ()
    if (item, part) == (MomentOfTruth, "kind"):
        choices = (YES, *choices)
    return Column(name, _PLAIN[get_origin(first) or first], field, part, item, choices, refers, required)
