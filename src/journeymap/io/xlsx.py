"""Journeys as Excel workbooks: a sheet for each kind of thing, with nothing lost, and a workbook to fill in at a workshop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import PurePath

from attrs import evolve

from journeymap.errors import Problem, shown, suggestion
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.problems import Report
from journeymap.io.tables.assembly import journey_of
from journeymap.io.tables.grid import Grid, plain_heading, position, told_by
from journeymap.io.tables.layout import TABLES
from journeymap.io.tables.values import is_empty, text_of
from journeymap.io.tree import nothing_to_collect
from journeymap.io.xlsx_book import workbook
from journeymap.io.xlsx_cells import LAST_ROW, address
from journeymap.io.xlsx_names import FIELD, LONG_TEXTS, SHEETS, long_text_number, table_of
from journeymap.io.xlsx_package import Sheet, sheets_in
from journeymap.model import Journey
from journeymap.plugins import Format

Rows = list[tuple[int, Mapping[int, object]]]


@nothing_to_collect()
def from_bytes(data: bytes, source: str = "<workbook>", *, limits: Limits = LIMITS) -> Journey:
    """The journey that a workbook holds, made by us or filled in by people.

    Its sheets are known by their names, its columns by their headings. DocumentError tells all that is wrong, each problem
    with its cell: ``Touchpoints!E7``.
    """
    report = Report(source, limits.problems)
    titles: dict[str, str] = {}

    def wanted(title: str) -> bool:
        table = table_of(title)
        titles.setdefault(table if table in TABLES else "" if table else "?", title)
        return table is not None

    def spot(table: str, row: int, column: int) -> Problem:
        if row > LAST_ROW and column:
            return Problem(f"{titles[table]}!{address(column, row - LAST_ROW)}", "")
        if not row or row > LAST_ROW:
            return Problem(titles.get(table, "") if table else "", "")
        return Problem(f"{titles.get(table, '')}!{address(row, column)}", "")

    with told_by(spot):
        grids: list[Grid] = []
        texts: dict[str, str] = {}
        seen: dict[str, str] = {}
        for sheet in sheets_in(data, report, limits, wanted=wanted):
            table = table_of(sheet.name)
            if table == LONG_TEXTS:
                texts = _long_texts(sheet)
            elif table is None:
                report.add("", _unknown(sheet.name), position("", 0))
            elif table in seen:
                message = f"the sheets {shown(seen[table])} and {shown(sheet.name)} are the same table; join the two"
                report.add("", message, position(table, 0))
            else:
                seen[table] = sheet.name
                grids.extend(_grid(table, sheet, report))
        if not grids and not len(report):
            report.break_off(f"there is nothing to read; the sheets are called {', '.join(SHEETS.values())}", position("", 0))
        return journey_of([_with_texts(grid, texts) for grid in grids], report, _name(source))


def to_bytes(journey: Journey) -> bytes:
    """The workbook of a journey, with all of it; the same bytes for the same journey. MissingExtra without the extra ``office``."""
    return workbook(journey)


def workshop_template(journey: Journey) -> bytes:
    """A workbook to fill in together: what the journey has already, room for more, and a page on how it is done."""
    return workbook(journey, room=40)


def _unknown(title: str) -> str:
    remedy = suggestion(title, SHEETS.values()) or f"; there are: {', '.join(SHEETS.values())}"
    return f"unknown sheet {shown(title)}{remedy}; one that is not to be read begins with '_'"


def _grid(table: str, sheet: Sheet, report: Report) -> Iterator[Grid]:
    """The table on a sheet: its first row that says anything has the headings; the journey's stand in the first column."""
    rows: Rows = [(row, cells) for row, cells in sorted(sheet.rows.items()) if not all(is_empty(cell) for cell in cells.values())]
    if not rows:
        return
    if table == "journey":
        yield from _upright(rows, report)
        return
    (first, heads), *rest = rows
    headings = {column: _heading(cell) for column, cell in heads.items() if not is_empty(cell)}
    for row, cells in rest:
        for column, cell in cells.items():
            if column not in headings and not is_empty(cell):
                report.add("", "this cell has no heading above it; give its column one, or clear it", position(table, row, column))
    if rest:
        yield Grid(TABLES[table], headings, rest, first)


def _upright(rows: Rows, report: Report) -> Iterator[Grid]:
    """The sheet of the journey itself: what is said in the first column, what it is in the second.

    As a table it lies on its side; its rows get numbers beyond all others, from which the columns are told again.
    """
    fields: dict[int, str] = {}
    values: dict[int, object] = {}
    for row, cells in rows:
        said = cells.get(1)
        for column, cell in cells.items():
            if column > 2 and not is_empty(cell):
                message = "this cell is not read; values stand in the second column, so clear it"
                report.add("", message, position("journey", LAST_ROW + column, row))
        if is_empty(said) and not is_empty(cells.get(2)):
            report.add("", "this value has no name beside it; the first column says what it is", position("journey", LAST_ROW + 2, row))
        elif not is_empty(said) and plain_heading(_heading(said)) != plain_heading(FIELD):
            fields[row] = _heading(said)
            values[row] = cells.get(2)
    if fields:
        yield Grid(TABLES["journey"], fields, [(LAST_ROW + 2, values)], LAST_ROW + 1)


def _heading(cell: object) -> str:
    """What stands over a column; a time, which is none, as it is."""
    return str(cell) if isinstance(cell, timedelta) else text_of(cell).strip()


def _long_texts(sheet: Sheet) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, cells in sorted(sheet.rows.items()):
        mark, part = cells.get(1), cells.get(3)
        if isinstance(mark, str) and isinstance(part, str) and long_text_number(mark):
            found[mark] = found.get(mark, "") + part
    return found


def _with_texts(grid: Grid, texts: Mapping[str, str]) -> Grid:
    """The table with long texts in place of what stands for them."""
    if not texts:
        return grid
    rows: Rows = [
        (row, {column: texts.get(cell, cell) if isinstance(cell, str) else cell for column, cell in cells.items()})
        for row, cells in grid.rows
    ]
    return evolve(grid, rows=rows)


def _name(source: str) -> str:
    """What a journey is called that has no name in the workbook: as its file."""
    path = PurePath(source)
    return path.stem if path.suffix.lower() == ".xlsx" and path.stem.strip() and path.stem.isprintable() else "Journey"


XLSX = Format(summary="Excel: lossless, and a sheet for a workshop", suffixes=(".xlsx",), from_bytes=from_bytes, to_bytes=to_bytes)
