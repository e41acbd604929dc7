"""Journeys from tables of other programs: dataframes of any library, or plain rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from journeymap.errors import DocumentError, MissingExtra, ModelError, Problem, UnknownName, shown
from journeymap.io.limits import LIMITS, Limits, check_limits
from journeymap.io.problems import Report
from journeymap.io.tables.assembly import journey_of
from journeymap.io.tables.grid import Grid, position, told_by
from journeymap.io.tables.layout import TABLES
from journeymap.io.tables.value import Table
from journeymap.io.tree import nothing_to_collect
from journeymap.model import Journey

_MISSING = {"NAType", "NaTType"}
_Given = tuple[list[str], list[Sequence[object]]]
"""The names of columns, and rows of cells."""


@nothing_to_collect()
def from_table(
    touchpoints: object,
    *,
    name: str = "Journey",
    columns: Mapping[str, str | None] | None = None,
    tables: Mapping[str, object] | None = None,
    limits: Limits = LIMITS,
) -> Journey:
    """The journey that a table of touchpoints tells, one row each.

    A table is a frame of pandas, polars, pyarrow or whatever has the Arrow capsule, a `Table`, a mapping of columns, or a
    list of mappings.

    Columns are known by their usual names; ``columns`` says what others mean (``{"Step": "name"}``), or with None that they
    are left out. ``tables`` has further tables, by their names in `table`. Stages, personas and sources that no table of
    theirs tells are made where they are named. DocumentError tells all that is wrong, each problem with its row (counted
    from 1) and column.

    >>> journey = from_table([{"Stage": "Buy", "Step": "Test ride", "Emotion": 2}, {"Stage": "Buy", "Step": "Pays"}], name="Bike")
    >>> journey.touchpoints[0].emotion.valence
    2.0
    """
    check_limits(limits)
    for word, mapping in (("columns", columns), ("tables", tables)):
        if mapping is not None and not isinstance(mapping, Mapping):
            raise ModelError(f"{word}={shown(mapping)} is not a mapping; put it in {{ }}")
    given = {"touchpoints": touchpoints, **(tables or {})}
    unknown = next((table for table in given if table not in TABLES), None)
    if unknown is not None:
        raise UnknownName("table", unknown, TABLES)
    report = Report("<table>", limits.problems)
    headings: dict[str, list[str]] = {}

    def spot(table: str, row: int, column: int) -> Problem:
        where = [f"row {row}"] if row else []
        names = headings.get(table, [])
        where += [f"column {shown(names[column - 1])}"] if 0 < column <= len(names) else []
        where = [table, *where] if table != "touchpoints" else where
        return Problem(", ".join(where), "")

    with told_by(spot):
        grids = []
        room = limits.cells
        for table, frame in given.items():
            heads, rows = _given(frame, table)
            headings[table] = heads
            room -= len(heads) * len(rows)
            if room < 0:
                report.break_off(f"there are more than {limits.cells:,} cells; raise the limit if this is meant", position(table, 0))
            clear = [(row, _cells(cells, table, row, report, limits)) for row, cells in enumerate(rows, 1)]
            _refuse_mixed_clocks(clear, table, report)
            grids.append(Grid(TABLES[table], dict(enumerate(heads, 1)), clear, 0))
        return journey_of(grids, report, name, columns)


def _given(frame: object, table: str) -> _Given:
    """What is in a table of whatever kind; DocumentError for what is none."""
    if isinstance(frame, Table):
        return [*frame.columns], [*frame.rows]
    if isinstance(frame, Mapping):
        return _of_columns(frame, table)
    if isinstance(frame, list | tuple):
        return _of_rows(frame, table)
    return _of_frame(frame, table)


def _of_rows(rows: Sequence[object], table: str) -> _Given:
    found: dict[str, None] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping) or not all(isinstance(key, str) for key in row):
            raise _refused(f"{shown(row)}, row {number} of {table}, is not a mapping of column names to cells")
        found.update(dict.fromkeys(row))
    return [*found], [[row.get(key) for key in found] for row in rows if isinstance(row, Mapping)]


def _of_columns(frame: Mapping[Any, Any], table: str) -> _Given:
    columns = {}
    for key, values in frame.items():
        if not isinstance(key, str) or isinstance(values, str) or not isinstance(values, Sequence):
            raise _refused(f"{shown(key)} of {table} is not the name of a column, with a list of cells")
        columns[key] = values
    if len({len(values) for values in columns.values()}) > 1:
        raise _refused(f"the columns of {table} are not of one length")
    return [*columns], [*zip(*columns.values(), strict=True)]


def _of_frame(frame: Any, table: str) -> _Given:
    try:
        import narwhals as nw
    except ImportError as error:
        if hasattr(frame, "__arrow_c_stream__"):
            return _of_arrow(frame, table)
        raise MissingExtra("reading a dataframe", "events") from error
    _refuse_same_names([*getattr(frame, "columns", ())], table)
    try:
        held = nw.from_native(frame, eager_only=True)
    except (TypeError, ValueError):  # it is none that narwhals knows, or one whose columns share a name
        if hasattr(frame, "__arrow_c_stream__"):
            return _of_arrow(frame, table)
        raise _refused(_no_table(frame, table)) from None
    names = [*held.columns]
    if not all(isinstance(name, str) for name in names):
        raise _refused(f"the columns of {table} need names of text; rename them")
    is_pandas = held.implementation.is_pandas_like()
    rows: list[Sequence[object]] = [[_native(cell, nan_is_missing=is_pandas) for cell in row] for row in held.iter_rows()]
    return names, rows


def _of_arrow(frame: Any, table: str) -> _Given:
    try:
        import nanoarrow as na
    except ImportError as error:
        raise MissingExtra("reading an Arrow table", "events") from error
    try:
        stream = na.ArrayStream(frame)
        names = [stream.schema.field(at).name for at in range(stream.schema.n_fields)]
        rows = [[_native(cell) for cell in row.values()] for row in stream.to_pylist()]
    except Exception as error:  # noqa: BLE001 - whatever it is that offers the capsule, it gave no table
        raise _refused(f"{_no_table(frame, table)} ({shown(str(error))[1:-1]})") from None
    _refuse_same_names(names, table)
    return [str(name) for name in names], [*rows]


def _refuse_same_names(names: Sequence[object], table: str) -> None:
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise _refused(f"the column {shown(twice)} of {table} stands twice; rename one")


def _native(cell: Any, *, nan_is_missing: bool = False) -> object:
    """A cell as Python's own value; what a library means by missing as None."""
    if type(cell).__name__ in _MISSING:
        return None
    if nan_is_missing and isinstance(cell, float) and math.isnan(cell):
        return None
    return cell.item() if type(cell).__module__ == "numpy" and hasattr(cell, "item") else cell


def _cells(cells: Sequence[object], table: str, row: int, report: Report, limits: Limits) -> dict[int, object]:
    """The cells of a row that say something; texts that are too long are reported, lists become lines."""
    found: dict[int, object] = {}
    for number, cell in enumerate(cells, 1):
        if isinstance(cell, str) and len(cell) > limits.text:
            message = f"a text of {len(cell):,} characters is longer than {limits.text:,}; shorten it"
            report.add("", message, position(table, row, number))
        elif cell is not None:
            found[number] = cell
    return found


def _refuse_mixed_clocks(rows: Sequence[tuple[int, Mapping[int, object]]], table: str, report: Report) -> None:
    """Times with a zone beside times without one are days of different clocks."""
    aware: dict[int, bool] = {}
    zone = {True: "with", False: "without"}
    for row, cells in rows:
        for number, cell in cells.items():
            if isinstance(cell, datetime) and aware.setdefault(number, cell.tzinfo is not None) != (cell.tzinfo is not None):
                message = f"{cell.isoformat()} stands beside times {zone[aware[number]]} a time zone; give all one, or none"
                report.add("", message, position(table, row, number))


def _no_table(frame: object, table: str) -> str:
    kinds = "a dataframe, a list of mappings, or a mapping of columns"
    return f"what is given for {table} is of the type {type(frame).__name__}; give {kinds}"


def _refused(message: str) -> DocumentError:
    return DocumentError("<table>", [Problem("", message)], unreadable=True)
