"""The pieces of SQL that differ between engines, or that have to be put together with care.

Names of columns and texts come from outside; they reach SQL through `identifier` and `text` alone.
"""

from __future__ import annotations

from journeymap.errors import AnalysisError, shown


def identifier(name: str) -> str:
    """A name as SQL quotes it.

    >>> print(identifier('a "b" c'))
    "a ""b"" c"
    """
    return _without_nul(name, '"')


def text(value: str) -> str:
    """A text as SQL quotes it.

    >>> print(text("it's"))
    'it''s'
    """
    return _without_nul(value, "'")


def texts(values: tuple[str, ...]) -> str:
    """A list of texts."""
    return "[" + ", ".join(map(text, values)) + "]"


def quantiles(values: str, *, at: tuple[float, ...]) -> str:
    """Exact quantiles of type 7, as a list: over a collected list, since DuckDB 2.0.0 spills without bound on a grouped quantile."""
    return f"list_aggregate(list({values}), 'quantile_cont', {list(at)})"


def instant(column: str, kind: str) -> str:
    """A time as microseconds since 1970 in UTC, null where it is none; times without a zone are of the session's zone."""
    if kind.startswith("NUMBER"):
        factor = kind.partition(" ")[2]
        return f"TRY_CAST(round(TRY_CAST({column} AS DOUBLE) * {factor}) AS BIGINT)"
    if kind.startswith("FORMAT"):
        parsed = f"try_strptime({column}, {text(kind.partition(' ')[2])})"
        return _finite(f"CAST({parsed} AS TIMESTAMPTZ)")
    if kind == "VARCHAR":
        return _finite(f"TRY_CAST({column} AS TIMESTAMPTZ)")
    if kind == "TIMESTAMP WITH TIME ZONE":
        return _finite(column)
    return _finite(f"CAST(CAST({column} AS TIMESTAMP) AS TIMESTAMPTZ)")


def is_time(kind: str) -> bool:
    """Whether a column of that type holds times or days."""
    return kind.startswith("TIMESTAMP") or kind == "DATE"


def is_number(kind: str) -> bool:
    """Whether a column of that type holds numbers."""
    return kind.startswith("DECIMAL") or kind in {
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE"),
        *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
    }


def _finite(time: str) -> str:
    return f"CASE WHEN isfinite({time}) THEN epoch_us({time}) END"


def _without_nul(value: str, quote: str) -> str:
    if "\0" in value:
        raise AnalysisError(f"{shown(value)} has a NUL in it; rename it")
    return quote + value.replace(quote, quote * 2) + quote
