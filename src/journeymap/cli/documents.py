"""The journeys that a command is given: in files, or on stdin as ``-``."""

from __future__ import annotations

import sys

from journeymap.io import LIMITS, loads, read
from journeymap.model import Journey


def journey_in(file: str, format: str | None = None) -> Journey:
    """The journey in that file, or on stdin, where YAML (and so JSON) is expected unless a format is named.

    DocumentError, FileError and UnknownName as `journeymap.read` has them.
    """
    if file != "-":
        return read(file, format=format)
    data = sys.stdin.buffer.read(LIMITS.bytes + 1)
    return loads(data, format=format or "yaml", source="<stdin>")
