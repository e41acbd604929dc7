"""XES (IEEE 1849): logs of traces of events, read as a stream, so that a log of any length takes little memory.

A document type is refused: nothing in a log needs one, and it is what makes XML dangerous.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from xml.parsers import expat

from journeymap.errors import DocumentError, FileError, Problem, shown

_TYPES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_PIECE = 1 << 18
_CASE = "case:"


class _Reader:
    """Collects what expat tells, event by event."""

    def __init__(self, source: str) -> None:
        self.events: list[dict[str, object]] = []
        self._source = source
        self._trace: dict[str, object] = {}
        self._event: dict[str, object] = {}
        self._traces = 0
        self._depth = 0
        self._inside: dict[str, object] | None = None
        """What is being told about: a trace or an event."""
        self._inside_at = 0
        self._prefix = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise self.problem("a document type is not read, since it can make a small file endless; remove the <!DOCTYPE ...>")

    def problem(self, message: str) -> DocumentError:
        """What is wrong, with its line."""
        return DocumentError(self._source, [Problem("", message, self.parser.CurrentLineNumber)], unreadable=True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag in _TYPES:
            # An attribute of an attribute, or of a list, says nothing of the event itself.
            if self._inside is not None and self._depth == self._inside_at + 1 and (key := attributes.get("key")):
                self._inside[self._prefix + key] = attributes.get("value")
            return
        if self._depth == 1 and tag != "log":
            raise self.problem(f"it begins with <{shown(tag)[1:-1]}>, and a log in XES with <log>")
        if tag == "event":
            self._event = {}
            self._inside, self._inside_at, self._prefix = self._event, self._depth, ""
        elif tag == "trace":
            self._traces += 1
            self._trace = {}
            self._inside, self._inside_at, self._prefix = self._trace, self._depth, _CASE

    def _end(self, _: str) -> None:
        if self._depth == self._inside_at:
            if self._inside is self._event:
                # A trace without a name is a case all the same; it is called by its number.
                self.events.append({"case:concept:name": f"trace {self._traces}", **self._trace, **self._event})
                self._inside, self._inside_at, self._prefix = self._trace, self._depth - 1, _CASE
            else:
                self._inside, self._inside_at = None, 0
        self._depth -= 1


def events_in(path: Path) -> Iterator[dict[str, object]]:
    """The events of a log, each with the attributes of its trace as ``case:...``, all as text.

    FileError for a file that cannot be read; DocumentError for one that is no XES, with the line.
    """
    reader = _Reader(path.name)
    try:
        with _opened(path) as file:
            while piece := file.read(_PIECE):
                reader.parser.Parse(piece, False)
                yield from reader.events
                reader.events.clear()
            reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise reader.problem(f"it is no XML: {expat.ErrorString(error.code)}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DocumentError(path.name, [Problem("", f"it is no whole gzip file: {error}")], unreadable=True) from None
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error


def _opened(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")
