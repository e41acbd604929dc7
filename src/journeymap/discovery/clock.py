"""What a column of times means, decided before anything is counted, and said."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from journeymap.discovery.dialect import identifier, instant, is_number, is_time
from journeymap.discovery.engine import Engine
from journeymap.errors import AnalysisError, DocumentError, Problem, ScaleMismatch, shown

_ZONE = r":\d\d([.,]\d+)?\s*([Zz]|[+-]\d\d(:?\d\d)?|[A-Za-z]+(/[A-Za-z_]+)*)$"
_SINCE_1970 = ((1e11, "seconds", 1_000_000), (1e14, "milliseconds", 1_000), (1e17, "microseconds", 1), (float("inf"), "nanoseconds", 0.001))
"""What numbers up to a size count: each reaches from 1970 to the year 5138 and beyond."""


def zone_of(name: str) -> str:
    """The name of a time zone; AnalysisError for what is none."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError, TypeError):
        raise AnalysisError(f"tz: {shown(name)} is no time zone; give a name such as 'Europe/Rome', or 'UTC'") from None


def clock(engine: Engine, column: str, kind: str, *, zone: str, time_format: str | None, source: str) -> tuple[str, tuple[str, ...]]:
    """The SQL of the time of an event in microseconds since 1970, and what has to be said about it.

    ``kind`` is the column's type in SQL. ScaleMismatch where times with a zone and without are mixed; DocumentError for a
    column of which nothing can be read as a time.
    """
    name = identifier(column)
    naive = f"times without a zone are taken as {zone}"
    if time_format is not None:
        if kind != "VARCHAR":
            raise AnalysisError(f"time_format: the column {shown(column)} holds {kind.lower()}, not text; leave it out")
        return instant(name, f"FORMAT {time_format}"), (naive,)
    if is_number(kind):
        return _number(engine, name)
    if is_time(kind):
        return instant(name, kind), () if kind == "TIMESTAMP WITH TIME ZONE" else (naive,)
    if kind != "VARCHAR":
        raise DocumentError(
            source, [Problem("timestamp", f"the column {shown(column)} holds {kind.lower()}, which is no time; name another")]
        )
    there, times, numbers, zoned = engine.rows(
        f"SELECT count({name}), count({instant(name, kind)}), count(TRY_CAST({name} AS DOUBLE)),"
        f" count(*) FILTER (regexp_matches({name}, '{_ZONE}')) FROM source"
    )[0]
    if numbers > times:
        return _number(engine, name)
    if there and not times:
        example = engine.rows(f"SELECT {name} FROM source WHERE {name} IS NOT NULL LIMIT 1")[0][0]
        told = (
            f"{shown(example)} in the column {shown(column)} is no time in ISO 8601; say how to read it, as in time_format='%d.%m.%Y %H:%M'"
        )
        raise DocumentError(source, [Problem("timestamp", told)])
    if 0 < zoned < times:
        told = f"{zoned:,} times of the column {shown(column)} have a time zone and {times - zoned:,} have none"
        raise ScaleMismatch(f"{source}: {told}; give all of them a zone, or none")
    return instant(name, kind), () if zoned else (naive,)


def _number(engine: Engine, name: str) -> tuple[str, tuple[str, ...]]:
    most = engine.rows(f"SELECT max(abs(TRY_CAST({name} AS DOUBLE))) FROM source")[0][0] or 0.0
    word, factor = next((word, factor) for bound, word, factor in _SINCE_1970 if most < bound)
    return instant(name, f"NUMBER {factor}"), (f"times are numbers, taken as {word} since 1970 in UTC",)
