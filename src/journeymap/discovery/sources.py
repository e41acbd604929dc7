"""Where events come from: files that DuckDB reads itself, frames that it looks into, and rows that are set down for it."""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from journeymap.discovery.dialect import text, texts
from journeymap.discovery.engine import Engine
from journeymap.discovery.xes import events_in
from journeymap.errors import AnalysisError, DocumentError, FileError, Problem, shown

LogSource: TypeAlias = (
    str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | Iterable[Mapping[str, object]] | Iterable[tuple[object, ...]] | object
)
"""Files, a dataframe of any library with the Arrow capsule, a DuckDB relation, or rows."""

_READERS: Mapping[str, str] = {
    ".parquet": "read_parquet",
    ".pq": "read_parquet",
    ".csv": "read_csv",
    ".tsv": "read_csv",
    ".jsonl": "read_json",
    ".ndjson": "read_json",
    ".xes": "xes",
}
_ROW = ("case", "activity", "timestamp", "channel")
_LENT = "lent"


@frozen
class Relation:
    """Something to select from, and whether its rows know their number."""

    sql: str
    row: str = ""
    """The number of a row, in order; empty where the rows have to be set down in order first."""
    lent: bool = False


def named(source: LogSource) -> str:
    """What a message calls it."""
    files = _paths(source)
    if files:
        return Path(files[0]).name + (f" and {len(files) - 1} more" if len(files) > 1 else "")
    return f"<{type(source).__name__}>"


def relation_of(source: LogSource, engine: Engine) -> Relation:
    """The source as something to select from; FileError and DocumentError for what cannot be read, AnalysisError for what is no log."""
    files = _paths(source)
    if files:
        return _of_files(files, engine)
    if isinstance(source, str | bytes) or source is None or isinstance(source, Mapping | int | float):
        raise AnalysisError(f"{shown(source)} is no event log; give a file, a dataframe, a DuckDB relation, or rows")
    kind = type(source)
    if kind.__module__.partition(".")[0] == "pandas":
        engine.lend(_LENT, source)
        return Relation(_LENT, lent=True)
    if hasattr(source, "__arrow_c_stream__"):
        engine.lend(_LENT, _Capsule(source))
        return Relation(_LENT, lent=True)
    if isinstance(source, Iterable):
        return _of_rows(source, engine)
    raise AnalysisError(
        f"what is given is of the type {kind.__name__} and no event log; give a file, a dataframe, a DuckDB relation, or rows"
    )


class _Capsule:
    """Nothing but the Arrow capsule, which DuckDB takes from any library (for those that it knows it would want pyarrow)."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def _paths(source: LogSource) -> list[str]:
    if isinstance(source, str | os.PathLike):
        return [os.fspath(source)]
    if not isinstance(source, list | tuple):
        return []
    found = [os.fspath(item) for item in source if isinstance(item, str | os.PathLike)]
    return found if len(found) == len(source) else []


def _of_files(asked: Sequence[str], engine: Engine) -> Relation:
    files = [file for path in asked for file in _expanded(path)]
    kinds = {_READERS.get(_suffix(file), "") for file in files}
    if len(kinds) > 1 or "" in kinds:
        known = ", ".join(sorted(_READERS))
        wrong = next((file for file in files if _suffix(file) not in _READERS), files[0])
        raise FileError(wrong, f"is of no kind that is read, or is mixed with others; give {known} (each but .parquet also as .gz)")
    (reader,) = kinds
    listed = texts(tuple(glob.escape(str(Path(file).absolute())) for file in files))
    if reader == "read_parquet":
        several = len(files) > 1
        row = "(CAST(file_index AS HUGEINT) << 40) | file_row_number" if several else "file_row_number"
        return Relation(f"read_parquet({listed}, file_row_number = true)", row=row)
    if reader == "read_csv":
        return Relation(f"read_csv({listed}, all_varchar = true, header = true)")
    if reader == "read_json":
        names = engine.columns(f"read_json({listed}, format = 'newline_delimited')")
        return _lines(listed, dict.fromkeys(names, "VARCHAR"))
    place = engine.folder / "events.jsonl"
    kinds_of = _set_down((event for file in files for event in events_in(Path(file))), place)
    if not kinds_of:
        raise DocumentError(Path(files[0]).name, [Problem("", "there are no events in it")])
    return _lines(texts((str(place),)), kinds_of)


def _expanded(path: str) -> list[str]:
    if Path(path).is_file():
        return [path]
    found = sorted(glob.glob(path)) if glob.has_magic(path) else []  # noqa: PTH207  a path of any root, as the caller wrote it
    if not found:
        raise FileError(path, "is a folder; name its files, as in 'folder/*.parquet'" if Path(path).is_dir() else "there is no such file")
    return found


def _suffix(file: str) -> str:
    path = Path(file)
    return (path.with_suffix("") if path.suffix == ".gz" else path).suffix.lower()


def _of_rows(rows: Iterable[object], engine: Engine) -> Relation:
    def as_events() -> Iterable[Mapping[str, object]]:
        for number, row in enumerate(rows, 1):
            if isinstance(row, Mapping) and all(isinstance(key, str) for key in row):
                yield row
            elif isinstance(row, tuple) and 3 <= len(row) <= len(_ROW):
                yield dict(zip(_ROW, row, strict=False))
            else:
                told = "is neither a mapping of column names nor a tuple of case, activity, time and perhaps channel"
                raise AnalysisError(f"row {number}: {shown(row)} {told}")

    place = engine.folder / "events.jsonl"
    kinds = _set_down(as_events(), place)
    return _lines(texts((str(place),)), kinds or dict.fromkeys(_ROW[:3], "VARCHAR"))


def _set_down(events: Iterable[Mapping[str, object]], place: Path) -> dict[str, str]:
    """The events as lines of JSON in a file, and the columns with their types."""
    kinds: dict[str, set[type]] = {}
    with place.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for event in events:
            for name, value in event.items():
                kinds.setdefault(name, set()).add(type(value))
            file.write(json.dumps(event, default=_plain, ensure_ascii=True) + "\n")
    return {name: _kind(found - {type(None)}) for name, found in kinds.items()}


def _kind(found: set[type]) -> str:
    if found == {int}:
        return "BIGINT"
    return "DOUBLE" if found and found <= {int, float} else "VARCHAR"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _lines(listed: str, kinds: Mapping[str, str]) -> Relation:
    # DuckDB knows no capitals in names: of "Resource" and "resource" the first stays.
    once: dict[str, str] = {}
    for name, kind in kinds.items():
        once.setdefault(name.lower(), f"{text(name)}: {text(kind)}")
    columns = ", ".join(once.values())
    return Relation(f"read_json({listed}, format = 'newline_delimited', columns = {{{columns}}})")
