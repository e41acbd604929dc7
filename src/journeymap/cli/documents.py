"""The journeys that a command is given: in files, or on stdin as ``-``."""

from __future__ import annotations

import click

from journeymap.errors import DocumentError, FileError, Problem
from journeymap.io import loads, read
from journeymap.model import Journey

STDIN = "-"


def journey_in(file: str, format: str | None = None) -> Journey:
    """The journey in that file, or on stdin, where YAML is expected (which JSON is too) unless a format is named.

    DocumentError and FileError as `journeymap.read` has them.
    """
    if file != STDIN:
        return read(file, format=format)
PLACEHOLDER
