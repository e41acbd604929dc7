"""Single cells, as they were typed, to what a document has in their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from journeymap.errors import ModelError, shown
from journeymap.io.tables.columns import YES, Column
from journeymap.io.tables.lines import lines_of, map_of
from journeymap.io.tables.numbers import day_of, length_of, number_of, number_text, whole_of, with_points
from journeymap.io.times import duration_text
from journeymap.io.tree import Tree
from journeymap.model import Emotion

_YES = {YES, "y", "true", "x", "1", "\u2713"}
_NO = {"no", "n", "false", "0", "-", "\u2013"}
_COUNTED = {"number", "whole", "length"}
_IDS = {"id", "channel_id", "claim_id", "based_on"}


def is_empty(value: object) -> bool:
    """Whether nothing stands in a cell that anybody could see."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_cell(column: Column, value: object, *, comma: bool = False) -> Tree:
    """What a cell says, as a document has it; None where it says nothing. ModelError if it cannot be what the column holds.

    ``comma`` reads a decimal comma too.
    """
    if value is None or (is_empty(value) and (column.kind != "text" or column.name in _IDS or column.refers)):
        return None
    if comma and isinstance(value, str) and (column.kind in _COUNTED or column.item is Emotion):
        value = with_points(value)
    return _READS[column.kind](value, column)


def text_of(value: object) -> str:
    """A cell as the text that people see in it; ModelError for what is none."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(number_of(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    raise ModelError(f"{shown(value)} is not text")


def _text(value: object, column: Column) -> Tree:
    text = text_of(value)
    return text.strip() if column.name in _IDS or column.refers else text or None


def _choice(value: object, column: Column) -> Tree:
    if value is True:
        return YES
    if value is False:
        return None
    text = text_of(value).strip()
    word = text.casefold()
    if YES in column.choices and word in _YES | _NO:
        return YES if word in _YES else None
    plain = "-".join(word.replace("_", " ").split())
    return plain if plain in column.choices else text


def _number(value: object, _: Column) -> Tree:
    return number_of(value)


def _whole(value: object, _: Column) -> Tree:
    return whole_of(value)


def _flag(value: object, _: Column) -> Tree:
    if isinstance(value, bool):
        return value
    word = text_of(value).strip().casefold()
    if word not in _YES | _NO:
        raise ModelError(f"{shown(value)} is neither yes nor no")
    return word in _YES


def _day(value: object, _: Column) -> Tree:
    return day_of(value).isoformat()


def _length(value: object, _: Column) -> Tree:
    length = length_of(value)
    if length < timedelta(0):
        raise ModelError(f"{length} is negative; a length of time is 0 or more")
    return duration_text(length)


def _lines(value: object, column: Column) -> Tree:
    text = text_of(value)
    item = column.item or str
    return map_of(text, item) if column.part == "map" else lines_of(text, item)


_READS: Mapping[str, Callable[[object, Column], Tree]] = {
    "text": _text, "choice": _choice, "number": _number, "whole": _whole, "flag": _flag, "day": _day, "length": _length, "lines": _lines
}  # fmt: skip
