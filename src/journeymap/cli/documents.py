"""The journeys that a command is given: in files, or on stdin as ``-``."""

from __future__ import annotations

from journeymap.cli.streams import from_stdin
from journeymap.io import LIMITS, loads, read
from journeymap.model import Journey


def journey_in(file: str, format: str | None = None) -> Journey:
    """The journey in that file, or on stdin, where YAML (and so JSON) is expected unless a format is named.

    DocumentError, FileError and UnknownName as `journeymap.read` has them.
    """
    if file != "-":
        return read(file, format=format)
    return loads(from_stdin(LIMITS.bytes + 1), format=format or "yaml", source="<stdin>")
