"""The workbook of a journey, as people fill it in: drop-downs, frozen headings, colours of emotion, room to write."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from journeymap.errors import MissingExtra, ModelError
from journeymap.io.tables.columns import YES, Cell, Column
from journeymap.io.tables.layout import TABLES, Layout
from journeymap.io.tables.rows import names_in, rows_of
from journeymap.io.tables.sheet import is_said, sheet_columns, sheet_text, tidied
from journeymap.io.xlsx_looks import GUIDE, Looks, hint_of, width_of
from journeymap.io.xlsx_names import FIELD, HOW_TO, LONG_TEXTS, SHEETS, fits, long_text, parts_of
from journeymap.model import Journey

_ALWAYS = ("journey", "touchpoints", "stages", "personas", "pains", "opportunities", "sources")
"""What has a sheet whether there is anything on it or not, in their order; others follow if they have rows."""
_FROZEN = {"touchpoints": 2, "pains": 1, "opportunities": 1, "personas": 1, "stages": 1, "sources": 1}
_LAST = 1_048_576
_A3, _A4 = 8, 9
"""What Excel calls these sizes of paper."""
_CHOSEN_FROM = 1_000
"""Rows that have drop-downs."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel believes in a 29 February 1900, so days before are written as text."""
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


class _Exact(float):
    """A number that is written with all its digits: Excel keeps the seventeen that XlsxWriter would round to sixteen."""

    def __format__(self, _: str) -> str:
        return repr(float(self)).removesuffix(".0")


def workbook(journey: Journey, *, room: int = 0) -> bytes:
    """The bytes of a workbook with all of a journey, and with ``room`` a page on how it is done, and empty rows to fill in.

    MissingExtra without XlsxWriter (extra ``office``); ModelError if there are more rows than a sheet has.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise MissingExtra("writing an Excel workbook", "office") from error
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": journey.name[:250], "created": _MADE})
    _Book(book, journey, room).write()
    book.close()
    return buffer.getvalue()


class _Book:
    def __init__(self, book: Any, journey: Journey, room: int) -> None:
        self._book = book
        self._journey = journey
        self._names = names_in(journey)
        self._room = room
        self._looks = Looks(book)
        self._long: list[str] = []

    def write(self) -> None:
        if self._room:
            self._guide()
        tables = {name: self._rows(layout) for name, layout in TABLES.items()}
        for name in (*_ALWAYS, *(name for name in TABLES if name not in _ALWAYS and tables[name])):
            sheet = self._sheet(SHEETS[name], paper=_A3 if name == "touchpoints" else _A4)
            if name == "journey":
                self._upright(sheet, tables[name][0])
            else:
                self._table(sheet, TABLES[name], tables[name])
        if self._long:
            self._long_texts(self._sheet(LONG_TEXTS))

    def _rows(self, layout: Layout) -> list[dict[str, Cell]]:
        rows = [tidied(row) for row in rows_of(self._journey, layout, once=True, names=self._names)]
        if layout.name == "touchpoints" and self._room and not rows:
            blank: dict[str, Cell] = {column.name: None for column in layout.columns}
            rows = [{**blank, "stage": self._names["stage"].get(stage.id, stage.id)} for stage in self._journey.stages]
        if len(rows) >= _LAST:
            raise ModelError(f"{len(rows):,} {layout.name} are more than the {_LAST - 1:,} rows of a sheet; write JSON or YAML")
        return rows

    def _sheet(self, title: str, *, paper: int = _A4) -> Any:
        sheet = self._book.add_worksheet(title)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _table(self, sheet: Any, layout: Layout, rows: Sequence[Mapping[str, Cell]]) -> None:
        columns = sheet_columns(layout, rows)
        end = len(rows) + self._room
        sheet.freeze_panes(1, _FROZEN.get(layout.name, 0))
        sheet.repeat_rows(0)
        sheet.set_row(0, 30)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, width_of(column, layout.known_by))
            sheet.write_string(0, number, layout.heading(column), self._looks.heading)
            for at in range(end):
                cell = rows[at][column.name] if at < len(rows) else None
                self._cell(sheet, at + 1, number, cell, column)
            self._help(sheet, layout, column, number, max(end, _CHOSEN_FROM if self._room else 0))
        sheet.autofilter(0, 0, max(end, 1), len(columns) - 1)

    def _upright(self, sheet: Any, row: Mapping[str, Cell]) -> None:
        """The journey itself: what is said on the left, what it is on the right."""
        layout = TABLES["journey"]
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 90)
        sheet.freeze_panes(1, 1)
        sheet.write_string(0, 0, FIELD, self._looks.heading)
        sheet.write_string(0, 1, "Value", self._looks.heading)
        for at, column in enumerate(layout.columns, 1):
            sheet.write_string(at, 0, layout.heading(column), self._looks.side)
            self._cell(sheet, at, 1, row[column.name], column, look=self._looks.value)
            if column.choices:
                sheet.data_validation(at, 1, at, 1, _choose(column.choices, column))

    def _cell(self, sheet: Any, row: int, number: int, cell: Cell, column: Column, *, look: Any = None) -> None:
        is_day = isinstance(cell, date) and cell >= _FIRST_DAY
        look = self._looks.of(column, is_day=is_day) if look is None or is_day else look
        if not is_said(cell, column):
            sheet.write_blank(row, number, None, look)
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            sheet.write_datetime(row, number, datetime(cell.year, cell.month, cell.day, tzinfo=UTC).replace(tzinfo=None), look)
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.write_number(row, number, _Exact(cell), look)
        else:
            text = sheet_text(cell, column)
            if not fits(text):
                self._long.append(text)
                text = long_text(len(self._long))
            sheet.write_string(row, number, text, look)

    def _help(self, sheet: Any, layout: Layout, column: Column, number: int, end: int) -> None:
        """What to choose from, and the colours of emotion."""
        if end and column.name in ("emotion", "valence", "believed_emotion", "score"):
            sheet.conditional_format(1, number, end, number, self._looks.feelings)
        title, message, choices = hint_of(layout, column)
        if end and (choices or message):
            rule = _choose(choices, column) if choices else {"validate": "any"}
            sheet.data_validation(1, number, end, number, {**rule, "input_title": title, "input_message": message})

    def _guide(self) -> None:
        sheet = self._sheet(HOW_TO)
        sheet.set_portrait()
        sheet.set_column(0, 0, 3)
        sheet.set_column(1, 1, 26)
        sheet.set_column(2, 2, 84)
        sheet.set_row(1, 34)
        sheet.write_string(1, 1, self._journey.name if fits(self._journey.name) else HOW_TO, self._looks.title)
        for row, (what, how) in enumerate(GUIDE, 3):
            sheet.write_string(row, 1, what, self._looks.strong)
            sheet.write_string(row, 2, how, self._looks.plain)

    def _long_texts(self, sheet: Any) -> None:
        for number, (heading, width) in enumerate((("Stands for", 18), ("Part", 8), ("Text", 120))):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, heading, self._looks.heading)
        row = 0
        for number, text in enumerate(self._long, 1):
            for part, piece in enumerate(parts_of(text), 1):
                row += 1
                sheet.write_string(row, 0, long_text(number), self._looks.side)
                sheet.write_number(row, 1, part, self._looks.side)
                sheet.write_string(row, 2, piece, self._looks.piece)


def _choose(choices: Sequence[str | int], column: Column) -> dict[str, object]:
    """A drop-down; what is not in its list is warned of where it may be right all the same."""
    only = column.kind in ("choice", "flag") and YES not in column.choices
    return {
        "validate": "list",
        "source": list(choices),
        "error_type": "stop" if only else "warning",
        "error_title": "Not in the list",
        "error_message": "Please choose one of the list.",
    }
