"""Tables as they are given: headings, rows, and where each cell stands, whatever kind of file they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

from attrs import frozen

from journeymap.errors import DocumentError, Problem, shown, suggestion
from journeymap.io.problems import Position, Report
from journeymap.io.tables.columns import Column
from journeymap.io.tables.layout import TABLES, Layout

LARGEST = 1 << 21
"""Beyond any column; rows may be many more."""
_ROWS = 1 << 40
_LONGEST_PATH = 100

_USUAL: Mapping[str, tuple[str, ...]] = {
    "name": ("title", "label", "step", "touch_point", "moment", "touchpoint_name", "stage_name", "task"),
    "stage": ("phase", "section", "journey_stage"),
    "emotion": ("feeling", "mood", "valence", "sentiment", "experience", "score", "rating"),
    "emotion_label": ("feeling_word",),
    "thoughts": ("thinking", "quotes", "customer_thoughts", "mindset"),
    "actions": ("doing", "customer_actions", "activities", "steps"),
    "pains": ("pain_points", "frustrations", "problems", "issues"),
    "description": ("pain_point", "problem", "issue", "name"),
    "opportunities": ("ideas", "improvements", "solutions"),
    "personas": ("actors", "who", "customers"),
    "channel": ("medium", "where"),
    "channel_kind": ("channel_type", "kind_of_channel"),
    "moment": ("moment_of_truth", "mot"),
    "duration": ("time", "how_long", "length"),
    "owner": ("team", "responsible", "owned_by"),
    "notes": ("comments", "remarks"),
    "behaviours": ("behaviors",),
}
"""What other people's tables call a column; the column's own name goes before."""


@frozen
class Grid:
    """One table as it is given; columns and rows are known by their numbers, counted from 1."""

    layout: Layout
    headings: Mapping[int, str]
    rows: Sequence[tuple[int, Mapping[int, object]]]
    """The number of each row, with what stands in its cells, by column."""
    heading_row: int = 1
    comma: bool = False
    """Whether numbers may have a decimal comma."""


def position(table: str, row: int, column: int = 0) -> Position:
    """Where a cell stands, in the order in which tables are read; in no table of ours if its name is empty.

    All is in the first number, which problems keep as their line.
    """
    return ((_order()[table] * _ROWS + row) * LARGEST + column, 0)


@contextmanager
def told_by(spot: Callable[[str, int, int], Problem]) -> Iterator[None]:
    """Errors with their places as the kind of file has them: ``spot`` gives those of a table, row and column (0 for the row)."""
    try:
        yield
    except DocumentError as error:
        names = list(_order())
        problems = []
        for problem in error.problems:
            row, column = divmod(problem.line or 0, LARGEST)
            table, row = divmod(row, _ROWS)
            place = spot(names[table], row, column)
            path = place.path if place.path.isprintable() else ascii(place.path)[1:-1]
            problems.append(Problem(path[:_LONGEST_PATH], problem.message, place.line))
        problems.sort(key=lambda problem: problem.line or 0)
        raise DocumentError(error.source, problems, error.unreadable) from None


def known_columns(grid: Grid, report: Report, also: Mapping[str, str | None] | None = None) -> dict[int, Column]:
    """Which column of the layout each given column is; headings that are unknown or stand twice are reported.

    ``also`` says it for headings that nobody could guess; None leaves a column out.
    """
    names = _names(grid.layout)
    by_name = {column.name: column for column in grid.layout.columns}
    found: dict[int, Column] = {}
    taken: dict[str, str] = {}
    for number, heading in grid.headings.items():
        told = also[heading] if also and heading in also else plain_heading(heading)
        if told is None:
            continue
        column = (by_name if also and heading in also else names).get(told)
        place = position(grid.layout.name, grid.heading_row, number)
        if column is None:
            said = f"unknown column {shown(heading)}" + (f", said to be {shown(told)}" if also and heading in also else "")
            seen = [plain_heading(grid.layout.heading(held)) for held in by_name.values()]
            remedy = suggestion(told, [*seen, *names]) or f"; there are: {', '.join(seen)}"
            report.add("", said + remedy, place)
        elif column.name in taken:
            twice = "stands twice" if taken[column.name] == heading else f"means the same as {shown(taken[column.name])}"
            report.add("", f"the column {shown(heading)} {twice}; keep one", place)
        else:
            taken[column.name] = heading
            found[number] = column
    return found


def plain_heading(heading: str) -> str:
    """A heading without what people write differently: case, spaces, hyphens.

    >>> plain_heading(" Channel-Kind ")
    'channel_kind'
    """
    return re.sub(r"[\W_]+", "_", heading[:200].strip().casefold()).strip("_")


@cache
def _names(layout: Layout) -> Mapping[str, Column]:
    """What the columns of a table may be called, the surest name first."""
    columns = layout.columns
    found: dict[str, Column] = {}
    for column in columns:
        found[plain_heading(layout.heading(column))] = column
    for column in columns:
        found.setdefault(column.name, column)
    for column in columns:
        for name in _USUAL.get(column.name, ()):
            found.setdefault(name, column)
    for name, column in list(found.items()):
        found.setdefault(f"{name}s", column)
        found.setdefault(name.removesuffix("s"), column)
    return found


@cache
def _order() -> Mapping[str, int]:
    return {name: number for number, name in enumerate(["", *TABLES])}
