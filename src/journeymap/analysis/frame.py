"""Rows for any dataframe library: pandas, polars, pyarrow and duckdb all take what has the Arrow capsule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from journeymap.analysis.extras import extra
from journeymap.errors import AnalysisError

_PURPOSE = "a table for dataframe libraries"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ARGUMENTS = {"duration": ("us",), "timestamp": ("us", "UTC")}


class Frame:
    """A table that dataframe libraries take in: ``polars.DataFrame(frame)``, ``pandas.DataFrame.from_arrow(frame)``.

    Every row has the same columns, and a column holds one kind of value (whole numbers beside decimal ones become decimal).
    None is null. ``types`` says what columns hold, which matters where there are no rows, or only nulls. MissingExtra
    without nanoarrow (extra ``events``).
    """

    def __init__(self, rows: Sequence[Mapping[str, object]], *, types: Mapping[str, type] | None = None) -> None:
        extra("nanoarrow", _PURPOSE)
        self._types = types or {}
        self._columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else self._types)}
        self._height = len(rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return self._height

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The Arrow stream, one batch long (Arrow's PyCapsule interface)."""
        na = extra("nanoarrow", _PURPOSE)
        columns = {}
        for name, values in self._columns.items():
            kind, convert = _column_kind(name, values, self._types.get(name))
            kind = getattr(na, kind)(*_ARGUMENTS.get(kind, ()))
            columns[name] = kind, na.c_array([None if value is None else convert(value) for value in values], kind)
        batch = na.c_array_from_buffers(
            na.struct({name: kind for name, (kind, _) in columns.items()}),
            length=self._height,
            buffers=[None],
            children=[array for _, array in columns.values()],
        )
        stream: object = na.c_array_stream(batch).__arrow_c_stream__(requested_schema)
        return stream


_Convert = Callable[..., object]
_KINDS: Mapping[frozenset[type], tuple[str, _Convert]] = {
    frozenset(): ("string", str),
    frozenset({bool}): ("bool_", bool),
    frozenset({int}): ("int64", int),
    frozenset({float}): ("float64", float),
    frozenset({int, float}): ("float64", float),
    frozenset({str}): ("string", str),
    frozenset({timedelta}): ("duration", lambda value: value // _MICROSECOND),
    frozenset({datetime}): ("timestamp", lambda value: (value - _EPOCH) // _MICROSECOND),
    frozenset({date}): ("date32", lambda value: value.toordinal() - _EPOCH.toordinal()),
}


def _column_kind(name: str, values: Sequence[object], told: type | None) -> tuple[str, _Convert]:
    kinds = frozenset(type(value) for value in values if value is not None) | frozenset([told] if told else [])
    if kinds not in _KINDS:
        mixed = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise AnalysisError(f"the column {name!r} mixes {mixed}; a column holds one kind of value")
    return _KINDS[kinds]
