"""Rows to the objects of a document under way, each value with the cell that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from journeymap.errors import ModelError
from journeymap.io.problems import Place, Position, Report
from journeymap.io.tables.columns import YES, Column
from journeymap.io.tables.grid import Grid, known_columns, position
from journeymap.io.tables.layout import Layout
from journeymap.io.tables.values import is_empty, read_cell
from journeymap.io.tree import REFUSED, Tree
from journeymap.model import Channel, ChannelKind, Evidence, MomentOfTruth, Opportunity, PainPoint
from journeymap.model.naming import slug

LATER = (Evidence, Opportunity, PainPoint)
"""What a line of a cell says shortly, and a row of another table may say at length."""


class Node:
    """An object of the document under way."""

    def __init__(self, layout: Layout, where: Position) -> None:
        self.layout = layout
        self.where = where
        self.tree: dict[str, Tree] = {}
        self.parts: dict[str, Place] = {}
        self.owners: dict[str, tuple[str, Position]] = {}
        """What it says it belongs to, by the name of the column."""
        self.later: dict[str, tuple[list[Tree], Position]] = {}
        """What its cells say shortly of what may have rows of its own."""

    @property
    def place(self) -> Place:
        """Where it stands, with its parts."""
        return Place(self.where, self.parts)

    @property
    def id(self) -> str:
        """Its id, given or from its name as the model makes it; empty if it has neither."""
        given = self.tree.get("id")
        if isinstance(given, str) and given:
            return given
        return slug(self.name, fallback=self.layout.word) if self.name else ""

    @property
    def name(self) -> str:
        """What people call it."""
        said = self.tree.get(self.layout.known_by)
        return said if isinstance(said, str) else ""

    def put(self, field: str, value: Tree, where: Position, part: str = "") -> None:
        """A value of one of its fields, or of a part of one."""
        if not part:
            self.tree[field] = value
            self.parts[field] = _spread(value, where)
            return
        held = self.tree.setdefault(field, {})
        place = self.parts.setdefault(field, Place(where, {}))
        if isinstance(held, dict) and isinstance(place.parts, dict):
            held[part] = value
            place.parts[part] = _spread(value, where)

    def append(self, field: str, value: Tree, place: Place) -> None:
        """One more of a list."""
        held = self.tree.setdefault(field, [])
        around = self.parts.setdefault(field, Place(place.position, []))
        if isinstance(held, list) and isinstance(around.parts, list):
            held.append(value)
            around.parts.append(place)


def nodes_of(grid: Grid, report: Report, also: Mapping[str, str | None] | None = None) -> Iterator[Node]:
    """The objects that the rows of a table tell; what is wrong with a cell is reported."""
    layout = grid.layout
    columns = known_columns(grid, report, also)
    spans = {column.field for column in layout.columns if column.part == "low" and column.item is None}
    for row, cells in grid.rows:
        if all(is_empty(value) for value in cells.values()):
            continue
        node = Node(layout, position(layout.name, row))
        for number, value in cells.items():
            column = columns.get(number)
            if column is not None:
                place = position(layout.name, row, number)
                _take(node, column, value, place, report, is_span=column.field in spans, comma=grid.comma)
        for field in (*spans, *(column.field for column in layout.columns if column.item in (Channel, MomentOfTruth))):
            _shorten(node, field)
        yield node


def _take(node: Node, column: Column, value: object, where: Position, report: Report, *, is_span: bool, comma: bool) -> None:
    try:
        read = read_cell(column, value, comma=comma)
    except ModelError as error:
        for problem in error.problems:
            report.add("", problem.message, where)
        read = REFUSED
    if read is None:
        return
    if not column.field:
        if isinstance(read, str):
            node.owners[column.name] = (read, where)
    elif column.kind == "lines" and column.item in LATER and isinstance(read, list):
        node.later[column.field] = (read, where)
    else:
        part = "mid" if is_span and not column.part else "" if column.part == "map" else column.part
        node.put(column.field, read, where, part)


def _shorten(node: Node, field: str) -> None:
    """Of a small value in several columns: what is not said is not there, and a range of one number is that number."""
    held = node.tree.get(field)
    if not isinstance(held, dict):
        return
    place = node.parts[field]
    if set(held) == {"mid"}:
        node.put(field, held["mid"], place.position)
    elif field == "channel" and held.keys() == {"kind"} and held["kind"] in get_args(ChannelKind):
        node.put(field, held["kind"], place.position)
    elif field == "moment" and held.get("kind") == YES:
        del held["kind"]
        if not held:
            node.put(field, value=True, where=place.position)


def _spread(value: Tree, where: Position) -> Place:
    """All in one cell: every part of what it says stands where the cell does."""
    if isinstance(value, dict):
        return Place(where, {key: _spread(part, where) for key, part in value.items()})
    return Place(where, [_spread(part, where) for part in value] if isinstance(value, list) else None)
