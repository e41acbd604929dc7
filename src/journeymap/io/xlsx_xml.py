"""The XML of a workbook, read as a stream: nothing is kept but what is asked for, and a DTD is refused where it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol
from xml.parsers import expat

from journeymap.errors import ModelError, shown
from journeymap.io.problems import Report
from journeymap.io.tables.grid import position
from journeymap.io.tables.layout import TABLES
from journeymap.io.xlsx_cells import LAST_COLUMN, LAST_ROW, CellReader, address, place_of, plain_text
from journeymap.io.xlsx_names import table_of

_SPACE = "}"
_MOST_MERGED = 10_000


class XmlProblem(Exception):
    """A part that is no XML, or has what a workbook's never has."""


class Handler(Protocol):
    """What is called as the elements of a text begin and end."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def data(self, text: str) -> None:
        """Text stands in it."""

    def end(self, name: str) -> None:
        """It ends."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Read XML piece by piece; XmlProblem if it is none, or has a DTD."""
    parser = expat.ParserCreate(namespace_separator=_SPACE)
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: handler.start(name.rpartition(_SPACE)[2], attributes)
    parser.CharacterDataHandler = handler.data
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(_SPACE)[2])
    parser.StartDoctypeDeclHandler = _no_dtd
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:
        raise XmlProblem(f"this is not XML: {shown(str(error))[1:-1]}; save the workbook again") from None


def _no_dtd(*_: object) -> None:
    raise XmlProblem("it has a document type or entities, which a workbook never has; it may be an attack")


class Elements:
    """Collects the attributes of elements of some names; ``a>b`` are those right inside of an ``a``."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._open: list[str] = []
        self.found: dict[str, list[dict[str, str]]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep it if it is asked for."""
        inside = f"{self._open[-1]}>{name}" if self._open else name
        for asked in (name, inside):
            if asked in self._names:
                kept = self.found.setdefault(asked, [])
                kept.append(attributes)
                if len(kept) > 2**16:
                    raise XmlProblem(f"it has more than {len(kept) - 1:,} elements {shown(name)}; save the workbook again")
        self._open.append(name)

    def data(self, text: str) -> None:
        """No text is asked for."""

    def end(self, name: str) -> None:  # noqa: ARG002 - what ends is what was open last
        """One less is open."""
        self._open.pop()


class Texts:
    """Collects the texts that cells share, without what says how they are pronounced."""

    def __init__(self, most: int, longest: int) -> None:
        self._most = most
        self._longest = longest
        self._parts: list[str] = []
        self._length = 0
        self._in_text = False
        self._aside = 0
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - texts have none that matter
        """A text begins with ``si``; ``t`` holds its pieces."""
        if name == "si":
            self._parts, self._length = [], 0
        elif name == "rPh":
            self._aside += 1
        self._in_text = name == "t" and not self._aside

    def data(self, text: str) -> None:
        """A piece of it."""
        if self._in_text:
            self._length += len(text)
            if self._length > self._longest + 7 * 32_767:
                raise ModelError(f"a text has more than {self._longest:,} characters; shorten it")
            self._parts.append(text)

    def end(self, name: str) -> None:
        """A text ends."""
        self._in_text = False
        if name == "rPh":
            self._aside -= 1
        elif name == "si":
            if len(self.found) >= self._most:
                raise ModelError(f"there are more than {self._most:,} texts; raise the limit if this is meant")
            self.found.append(plain_text("".join(self._parts)))


class Cells:
    """Collects the cells of one sheet that say something; what cannot be read is reported with its address."""

    def __init__(
        self, sheet: str, rows: dict[int, dict[int, object]], texts: Sequence[str], clocks: Sequence[str], report: Report, *,
        since_1904: bool, room: int,
    ) -> None:  # fmt: skip
        table = table_of(sheet)
        self._table = table if table in TABLES else ""
        self._rows = rows
        self._reader = CellReader(texts, clocks, since_1904=since_1904)
        self._report = report
        self._room = room
        self._merged: list[str] = []
        self._row = self._column = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._in_value = self._formula = False
        self._aside = 0
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row or cell begins, or what is in one."""
        if name in ("c", "row"):
            self.count += 1
            if self.count > self._room:
                raise ModelError("there are more cells than the limit allows; clear empty rows, or raise the limit if this is meant")
            self._begin(name, attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside += 1
        elif name == "mergeCell" and len(self._merged) < _MOST_MERGED:
            self._merged.append(attributes.get("ref", ""))
        self._in_value = name in ("v", "t") and not self._aside

    def data(self, text: str) -> None:
        """A piece of a value."""
        if self._in_value:
            self._parts.append(text)

    def end(self, name: str) -> None:
        """A cell ends, or what is in one."""
        self._in_value = False
        if name == "rPh":
            self._aside -= 1
        elif name == "c":
            self._finish()

    def unmerge(self) -> None:
        """What stands in merged cells of one column holds for each of them."""
        for merged in self._merged:
            first, _, last = merged.partition(":")
            (top, left), (bottom, right) = place_of(first), place_of(last or first)
            value = self._rows.get(top, {}).get(left)
            if value is None:
                continue
            if left != right:
                self._tell("these cells are merged over several columns; take the merging back", top, left)
            below = range(top + 1, bottom + 1)
            for row in below if len(below) < len(self._rows) else [row for row in self._rows if row in below]:
                if row in self._rows:
                    self._rows[row].setdefault(left, value)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        at = attributes.get("r", "")
        if name == "row":
            self._row = int(at) if at.isascii() and at.isdigit() and len(at) < 8 else self._row + 1
            self._column = 0
        else:
            self._row, self._column = place_of(at) if at else (self._row, self._column + 1)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._parts, self._formula = [], False
        if not (1 <= self._row <= LAST_ROW and self._column <= LAST_COLUMN):
            raise ModelError(f"{shown(at)} is no cell of a spreadsheet")

    def _finish(self) -> None:
        text = "".join(self._parts)
        if self._formula:
            self._tell("a formula stands here; copy the cell and paste its value", self._row, self._column)
        elif text:
            try:
                value = self._reader.value(self._kind, self._style, text)
            except ModelError as error:
                self._tell(error.problems[0].message, self._row, self._column)
            else:
                cells = self._rows.setdefault(self._row, {})
                if self._column in cells:
                    raise ModelError(f"the cell {address(self._row, self._column)} stands twice; save the workbook again")
                cells[self._column] = value

    def _tell(self, message: str, row: int, column: int) -> None:
        self._report.add("", message, position(self._table, row, column))
