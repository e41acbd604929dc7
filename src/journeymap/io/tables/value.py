"""A table of a journey as a value: plain rows, or a frame of any library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import field, frozen

from journeymap.errors import MissingExtra, ModelError, UnknownName, shown
from journeymap.io.tables.columns import Cell
from journeymap.io.tables.layout import TABLES
from journeymap.io.tables.rows import rows_of
from journeymap.model import Journey
from journeymap.model.mapping import FrozenMap

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_TYPES: Mapping[str, type] = {
    "text": str, "choice": str, "lines": str, "number": float, "whole": int, "flag": bool, "day": date, "length": timedelta
}  # fmt: skip
_PANDAS = {
    str: "string", float: "Float64", int: "Int64", bool: "boolean", date: "datetime64[s]", timedelta: "timedelta64[us]"
}  # fmt: skip


def _as_types(values: Mapping[str, type]) -> FrozenMap[type]:
    return FrozenMap(values)


def _as_rows(values: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in values)


@frozen(repr=False)
class Table:
    """One table of a journey; what is unknown is None. Made by `table`.

    It has the Arrow capsule, so that ``polars.DataFrame(...)``, ``duckdb`` and others take it as it is.
    """

    name: str
    """What it is a table of: ``touchpoints``."""
    types: FrozenMap[type] = field(converter=_as_types)
    """What each column holds: ``str``, ``float``, ``int``, ``bool``, ``date`` or ``timedelta``."""
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_as_rows)
    """The cells of each row, in the order of the columns."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self.types)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.rows):,} rows of {len(self.types)} columns>"

    def to_rows(self) -> list[dict[str, Cell]]:
        """The rows as plain mappings, each with the same columns."""
        return [dict(zip(self.types, row, strict=True)) for row in self.rows]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream (Arrow's PyCapsule interface); MissingExtra without nanoarrow (extra ``events``)."""
        from journeymap.analysis.frame import Frame

        return Frame(self.to_rows(), types=self.types).__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pd.DataFrame:
        """The table for pandas, with its types that know missing values; MissingExtra without pandas (extra ``pandas``)."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtra("a table for pandas", "pandas") from error
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.types)
        told = zip(self.types.items(), columns, strict=True)
        try:
            return pd.DataFrame({name: pd.Series(list(cells), dtype=_PANDAS[kind]) for (name, kind), cells in told})
        except (OverflowError, ValueError) as error:
            raise ModelError(f"pandas does not take it: {shown(str(error))[1:-1]}; use to_rows() or to_polars()") from error

    def to_polars(self) -> pl.DataFrame:
        """The table for polars; MissingExtra without polars (extra ``polars``)."""
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtra("a table for polars", "polars") from error
        return pl.DataFrame(self)


def table(journey: Journey, name: str = "touchpoints") -> Table:
    """One table of a journey: touchpoints, stages, personas, pains, opportunities, metrics, sources, evidence, and others.

    Each row says what it belongs to by id. Lists have an item on each line of their cell, and a range three columns.
    UnknownName if there is no such table.

    >>> from journeymap.model import Stage, Touchpoint
    >>> journey = Journey("Buy a bike", [Stage("Buy", [Touchpoint("Test ride", emotion=2), Touchpoint("Pays")])])
    >>> [(row["stage"], row["name"], row["emotion"]) for row in table(journey).to_rows()]
    [('buy', 'Test ride', 2.0), ('buy', 'Pays', None)]
    """
    if not isinstance(journey, Journey):
        raise ModelError(f"{shown(journey)} is not a Journey; that is what has tables")
    layout = TABLES.get(name) if isinstance(name, str) else None
    if layout is None:
        raise UnknownName("table", name, TABLES)
    return Table(name, {column.name: _TYPES[column.kind] for column in layout.columns}, [row.values() for row in rows_of(journey, layout)])
