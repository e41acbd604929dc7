"""Journeys as CSV: the table of touchpoints, one row each, as people and spreadsheets read it.

Everything that has a table of its own elsewhere is here named in a cell at most: a pain point by its description, a persona
by its name. Texts that a spreadsheet would take for a formula have an apostrophe before them, which is taken off again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import PurePath

from journeymap.errors import Problem, shown
from journeymap.io.csv_text import csv_rows, csv_text, separator_of
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.problems import EMPTY, Report
from journeymap.io.tables.assembly import journey_of
from journeymap.io.tables.columns import Cell, Column
from journeymap.io.tables.grid import Grid, plain_heading, position, told_by
from journeymap.io.tables.layout import TABLES, Layout
from journeymap.io.tables.rows import names_in, rows_of
from journeymap.io.tables.sheet import sheet_columns, sheet_text, tidied
from journeymap.io.tree import nothing_to_collect
from journeymap.model import Journey
from journeymap.plugins import Format

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SAID = re.compile(r"\A\ufeff?(?:sep=[,;\t](?=[\r\n]))?", re.IGNORECASE)
"""A line of its own, known to Excel alone, that says what stands between cells; the headings say it too."""
_JOURNEY = "journey"
_LAYOUT: Layout = TABLES["touchpoints"]


@nothing_to_collect()
def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey:
    """The journey that a table of touchpoints tells; stages and personas that it names are made.

    The first line has the headings; commas, semicolons or tabs stand between cells. Between semicolons, numbers may have a
    decimal comma. DocumentError tells all that is wrong, each problem with its line and column.
    """
    report = Report(source, limits.problems)
    headings: dict[int, str] = {}

    def spot(_: str, row: int, column: int) -> Problem:
        return Problem(headings.get(column, ""), "", row)

    with told_by(spot):
        text = _SAID.sub("", text, count=1)
        separator = separator_of(text, report)
        rows = csv_rows(text, separator, report, limits)
        first, cells = next(((row, held) for row, held in rows if any(cell.strip() for cell in held)), (1, []))
        if not cells:
            report.break_off(EMPTY, position(_LAYOUT.name, 1))
        headings.update((number, cell.strip()) for number, cell in enumerate(cells, 1) if cell.strip())
        kept = _kept(rows, len(cells), headings, report)
        journey_column = next((number for number, heading in headings.items() if plain_heading(heading) == _JOURNEY), 0)
        names = {name.strip(): (row, name) for row, held in kept if (name := held.pop(journey_column, "")).strip()}
        known = {number: heading for number, heading in headings.items() if number != journey_column}
        grids = [Grid(_LAYOUT, known, kept, first, comma=separator == ";")]
        if names:
            grids.append(Grid(TABLES[_JOURNEY], {journey_column: "name"}, [(row, {journey_column: name}) for row, name in names.values()]))
        return journey_of(grids, report, _name(source))


@nothing_to_collect()
def dumps(journey: Journey) -> str:
    """The table of a journey's touchpoints; a stage without any has a row all the same. The same for the same journey."""
    layout = _LAYOUT
    rows = _rows(journey)
    columns = sheet_columns(layout, rows)
    lines = [[_JOURNEY.capitalize(), *(layout.heading(column) for column in columns)]]
    lines += [[_safe(journey.name), *(_written(row[column.name], column) for column in columns)] for row in rows]
    return csv_text(lines)


def _rows(journey: Journey) -> list[dict[str, Cell]]:
    """The rows of touchpoints with names in place of ids, in the order of the stages."""
    names = names_in(journey)
    told = rows_of(journey, _LAYOUT, names=names)
    blank: dict[str, Cell] = {column.name: None for column in _LAYOUT.columns}
    found: list[dict[str, Cell]] = []
    for stage in journey.stages:
        found.extend(tidied(row) for row in islice(told, len(stage.touchpoints)))
        if not stage.touchpoints:
            found.append({**blank, "stage": names["stage"].get(stage.id, stage.id)})
    return found or [blank]


def _kept(
    rows: Iterator[tuple[int, list[str]]], width: int, headings: Mapping[int, str], report: Report
) -> list[tuple[int, dict[int, str]]]:
    """The rows that say something, by column, without the apostrophes that guard against formulas."""
    kept = []
    for row, cells in rows:
        if len(cells) != width and any(cell.strip() for cell in cells):
            message = f"{len(cells):,} cells stand where the headings are {width:,}; check separators and quotes"
            report.add("", message, position(_LAYOUT.name, row))
        else:
            told = {number: cell[1:] if _guarded(cell) else cell for number, cell in enumerate(cells, 1) if cell}
            for number in (number for number, cell in told.items() if number not in headings and cell.strip()):
                message = f"{shown(told[number])} has no heading above it; give its column one, or clear it"
                report.add("", message, position(_LAYOUT.name, row, number))
            if told:
                kept.append((row, told))
    return kept


def _guarded(cell: str) -> bool:
    return cell.startswith("'") and _FORMULA.match(cell) is not None


def _written(cell: Cell, column: Column) -> str:
    text = sheet_text(cell, column)
    return _safe(text) if isinstance(cell, str) else text


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _name(source: str) -> str:
    """What a journey is called that has no name in the table: as its file."""
    path = PurePath(source)
    return path.stem if path.suffix.lower() == ".csv" and path.stem.strip() and path.stem.isprintable() else "Journey"


CSV = Format(summary="CSV: the touchpoints as one table, for spreadsheets", suffixes=(".csv",), loads=loads, dumps=dumps)
