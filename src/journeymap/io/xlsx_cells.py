"""The cells of a sheet from its XML, as they come: one after the other, none kept that says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from journeymap.errors import ModelError, shown
from journeymap.io.tables.numbers import number_of

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?")
_ESCAPE = re.compile(r"_x([0-9a-fA-F]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATES = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
_TIMES = frozenset([18, 19, 20, 21, 45, 46, 47])
_WINDOWS, _MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no time zones


def address(row: int, column: int) -> str:
    """What people call a cell; the row alone without a column.

    >>> address(7, 5), address(1048576, 16384), address(3, 0)
    ('E7', 'XFD1048576', '3:3')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}" if letters else f"{row}:{row}"


def place_of(text: str) -> tuple[int, int]:
    """The row and column that an address names; ModelError if it names none that there is.

    >>> place_of("E7")
    (7, 5)
    """
    found = _ADDRESS.fullmatch(text)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2]) if found else 0
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ModelError(f"{shown(text)} is no cell of a spreadsheet")
    return row, column


def plain_text(text: str) -> str:
    """A text without the escapes that Excel writes for what XML has no room for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def clock_of(code: str) -> str:
    """What a format of numbers shows: ``day``, ``time``, or neither.

    >>> clock_of("yyyy-mm-dd"), clock_of("[h]:mm"), clock_of('0.0 "days"')
    ('day', 'time', '')
    """
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    if "general" in plain:
        return ""
    return "day" if set("dy") & set(plain) else "time" if set("hs") & set(plain) else "day" if "m" in plain else ""


def clock_number(number: int) -> str:
    """The same for the formats that every spreadsheet has by number."""
    return "day" if number in _DATES else "time" if number in _TIMES else ""


class CellReader:
    """Makes values of what cells have: their type, their number format, their text."""

    def __init__(self, texts: Sequence[str], clocks: Sequence[str], *, since_1904: bool) -> None:
        self._texts = texts
        self._clocks = clocks
        self._start = _MAC if since_1904 else _WINDOWS

    def value(self, kind: str, style: str, text: str) -> object:
        """The value of a cell; ModelError for what none of ours can hold."""
        if kind == "s":
            index = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else len(self._texts)
            if index >= len(self._texts):
                raise ModelError(f"{shown(text)} is the number of a text that the workbook does not have; save it again")
            return self._texts[index]
        if kind in ("inlineStr", "str"):
            return plain_text(text)
        if kind == "e":
            raise ModelError(f"{shown(text)[1:-1]} is an error of a formula; type the value instead")
        if kind == "b":
            return text == "1"
        if kind == "d":
            return text[:10] if text[10:] in ("", "T00:00:00", "T00:00:00Z", "T00:00:00.000") else text
        if not _NUMBER.fullmatch(text):
            raise ModelError(f"{shown(text)} is not a number; type the value again")
        number = float(number_of(text))
        known = style.isascii() and style.isdigit() and int(style[:9]) < len(self._clocks)
        clock = self._clocks[int(style)] if known else ""
        return self._timed(number, clock) if clock else number

    def _timed(self, number: float, clock: str) -> date | timedelta:
        if clock == "time" and abs(number) < 1e9:
            return timedelta(seconds=round(number * 86_400, 3))
        try:
            if self._start == _WINDOWS and number < 61:
                number += 1  # Excel counts a 29 February 1900, which never was
            day = self._start + timedelta(seconds=round(number * 86_400))
        except (OverflowError, ValueError):
            day = self._start
        if day <= self._start:
            raise ModelError(f"{number:.15g} is beyond the days of the calendar; type the day again")
        return day
