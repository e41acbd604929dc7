"""The journeys that a command is given, in files or on stdin as ``-``, and the documents that it gives."""

from __future__ import annotations

import re
from pathlib import Path

import click

from journeymap.cli.streams import from_stdin, to_stdout
from journeymap.io import LIMITS, LossReport, loads, loads_document, losses, read, read_document
from journeymap.io.files import write_atomically
from journeymap.model import Atlas, Journey

_STDIN = "<stdin>"
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
"""How a mapping begins in JSON; in YAML, people leave the quotes out."""


def journey_in(file: str, format: str | None = None) -> Journey:
    """The journey in that file, or on stdin, where YAML or JSON is expected unless a format is named.

    DocumentError, FileError and UnknownName as `journeymap.read` has them.
    """
    if file != "-":
        return read(file, format=format)
    data = from_stdin(LIMITS.bytes + 1)
    return loads(data, format=format or _format_of(data), source=_STDIN)


def document_in(file: str, format: str | None = None) -> Journey | Atlas:
    """The journey or atlas in that file, or on stdin, as `journey_in` reads a journey."""
    if file != "-":
        return read_document(file, format=format)
    data = from_stdin(LIMITS.bytes + 1)
    return loads_document(data, format=format or _format_of(data), source=_STDIN)


def _format_of(data: bytes) -> str:
    """Which of the two it is, so that what is wrong is told in the words of the right one."""
    return "json" if _JSON.match(data) else "yaml"


def told_losses(held: Journey | Atlas, format: str) -> LossReport:
    """What a document of that format cannot hold, told on stderr if it is anything."""
    report = losses(held, format=format)
    if report:
        click.echo(str(report), err=True)
    return report


def put(data: bytes, file: str) -> None:
    """Put a document into that file, as a whole or not at all, or on stdout."""
    if file == "-":
        to_stdout(data)
    else:
        write_atomically(Path(file), data)
