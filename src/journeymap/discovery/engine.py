"""DuckDB in this process: bounded in memory and disk, out of core, and never downloading anything."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeymap.discovery.dialect import identifier, text
from journeymap.errors import AnalysisError, DocumentError, MissingExtra, Problem, shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIZE = re.compile(r"\d+(\.\d+)?\s*([KMGT]i?B)", re.IGNORECASE)


class Engine:
    """One log's own database in memory, which spills into a folder of its own; the folder goes when the engine does.

    MissingExtra without duckdb (extra ``events``). What DuckDB raises comes out as an error of ours.
    """

    def __init__(self, source: str, *, memory: str, disk: str, threads: int | None) -> None:
        for what, size in (("memory", memory), ("disk", disk)):
            if not isinstance(size, str) or not _SIZE.fullmatch(size):
                raise AnalysisError(f"{what}: {shown(size)} is no size; give a text such as '1GB'")
        if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
            raise AnalysisError(f"threads: {shown(threads)} is no number of threads; give a whole number of 1 or more")
        try:
            import duckdb
        except ImportError as error:
            raise MissingExtra("reading an event log", "events") from error
        self._raised = duckdb
        self._source = source
        self._memory = memory
        self.folder = Path(tempfile.mkdtemp(prefix="journeymap-"))
        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory,
            "temp_directory": str(self.folder / "spilt"),
        }
        self._connection = duckdb.connect(":memory:", config=settings | ({} if threads is None else {"threads": threads}))
        # DuckDB 2.0.0 shows this setting and does not keep to it, if it is given on connecting.
        self._connection.execute(f"SET max_temp_directory_size = {text(disk)}")
        weakref.finalize(self, _close, self._connection, self.folder)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds.

        DocumentError for a source that cannot be read after all, AnalysisError where memory or disk do not suffice.
        """
        duckdb = self._raised
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.OutOfMemoryException:
            told = f"the log needs more than memory={self._memory!r} and the disk that was allowed"
            raise AnalysisError(f"{self._source}: {told}; give more with memory= and disk=") from None
        except (duckdb.Error, RuntimeError, UnicodeError) as error:
            raise DocumentError(self._source, [Problem("", _first_line(str(error)))], unreadable=True) from None

    def columns(self, relation: str) -> dict[str, str]:
        """The columns of a relation with their types, in order."""
        return {name: kind for name, kind, *_ in self.rows(f"DESCRIBE SELECT * FROM {relation}")}

    def lend(self, name: str, frame: object) -> None:
        """Make a frame known under a name, without a copy."""
        try:
            self._connection.register(name, frame)
        except (self._raised.Error, RuntimeError, TypeError, ValueError) as error:
            raise DocumentError(self._source, [Problem("", _first_line(str(error)))], unreadable=True) from None

    def take_back(self, name: str) -> None:
        """Forget a frame."""
        self._connection.unregister(name)

    def set_zone(self, zone: str) -> None:
        """Say what times without a zone mean."""
        self._connection.execute(f"SET TimeZone = {identifier(zone)}")


def _close(connection: DuckDBPyConnection, folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)


def _first_line(message: str) -> str:
    """What is wrong, without DuckDB's own advice and the piece of SQL."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return shown(lines[0], longest=300)[1:-1] if lines else "it cannot be read"
