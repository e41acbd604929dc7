"""A table as a sheet for people: the columns that they fill in first, those that are used behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from journeymap.io.codec import plain_channel
from journeymap.io.tables.columns import YES, Cell, Column
from journeymap.io.tables.layout import Layout
from journeymap.io.tables.numbers import length_text, number_text


def sheet_columns(layout: Layout, rows: Iterable[Mapping[str, Cell]]) -> list[Column]:
    """The columns of a sheet: those that people expect, and those of the others in which anything stands."""
    by_name = {column.name: column for column in layout.columns}
    first = layout.first.split()
    used = {name for row in rows for name, cell in row.items() if is_said(cell, by_name[name])}
    others = [column for column in layout.columns if column.name in used and column.name not in first]
    return [*(by_name[name] for name in first), *others]


def tidied(row: dict[str, Cell]) -> dict[str, Cell]:
    """The row of a sheet without what the rest of it says already: the usual id of a channel."""
    channel = row.get("channel")
    plain = isinstance(channel, str) and plain_channel(channel).id == row.get("channel_id")
    return {**row, "channel_id": None} if plain else row


def is_said(cell: Cell, column: Column) -> bool:
    """Whether a sheet says it: what is no by default is left blank."""
    return cell is not None and not (cell is False and column.required)


def sheet_text(cell: Cell, column: Column) -> str:
    """A cell as text for people; empty where nothing is said."""
    if not is_said(cell, column):
        return ""
    if isinstance(cell, bool):
        return YES if cell else "no"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, timedelta):
        return length_text(cell)
    return cell.isoformat() if isinstance(cell, date) else cell or ""
