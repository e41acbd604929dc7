"""The sheets of an xlsx file: a zip of XML, read with a hard look at how much it unpacks to, and by our own hands.

Nothing of it is handed to a library that would follow its word: entities, links and macros are refused or left alone, and
of all its parts only the few are opened that hold texts, number formats and cells.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from posixpath import dirname, join, normpath
from typing import NoReturn

from attrs import field, frozen

from journeymap.errors import ModelError, shown
from journeymap.io.limits import Limits
from journeymap.io.problems import Report
from journeymap.io.tables.grid import position
from journeymap.io.xlsx_names import is_ignored
from journeymap.io.xlsx_xml import Cells, Elements, Texts, XmlProblem, parse

_MOST_PARTS = 2_000
_DIRECTORY = 2**20
"""Bytes: the list of what is in a zip is never longer in a workbook."""
_MOST_SQUEEZED = 100
"""How many times larger than packed a part may be; spreadsheets are hardly ever 50 times larger."""
_SMALL = 2**20
"""Bytes: parts below that may be squeezed as they like."""
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_KINDS = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a PowerPoint file", "xl/workbook.bin": "an .xlsb file"}
_SAVE = "save it as an Excel workbook (.xlsx)"
_CHUNK = 2**16


@frozen
class Sheet:
    """One sheet: its name, and the cells that say something, by row and column."""

    name: str
    rows: dict[int, dict[int, object]] = field(factory=dict)


def sheets_in(data: bytes, report: Report, limits: Limits, *, wanted: Callable[[str], bool]) -> list[Sheet]:
    """The sheets of a workbook; those that are not wanted without their cells, those for people only not at all.

    DocumentError if it is no workbook, goes beyond a limit, or has a cell that cannot be read.
    """
    return _Workbook(data, report, limits).sheets(wanted)


class _Workbook:
    def __init__(self, data: bytes, report: Report, limits: Limits) -> None:
        self._report = report
        self._limits = limits
        self._cells = 0
        self._zip, self._parts = self._opened(data)

    def sheets(self, wanted: Callable[[str], bool]) -> list[Sheet]:
        book, targets = self._start()
        since_1904 = any(found.get("date1904") in ("1", "true") for found in book.get("workbookPr", []))
        texts, clocks = self._texts(targets.get("sharedStrings", "")), self._clocks(targets.get("styles", ""))
        found = []
        for sheet in book.get("sheet", []):
            name = sheet.get("name", "")
            path = targets.get(next((value for key, value in sheet.items() if key.endswith("}id")), ""), "")
            if is_ignored(name):
                continue
            held = Sheet(name)
            found.append(held)
            if wanted(name):
                if path not in self._parts:
                    self._stop(f"the sheet {shown(name)} is not in the file; save the workbook again")
                reader = Cells(
                    held.name, held.rows, texts, clocks, self._report, since_1904=since_1904, room=self._limits.cells - self._cells
                )
                self._parse(path, reader)
                self._cells += reader.count
                reader.unmerge()
        return found

    def _opened(self, data: bytes) -> tuple[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo]]:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            self._stop(f"it is an old .xls file, or a workbook with a password; {_SAVE} without a password")
        if not data.startswith(b"PK"):
            self._stop(f"it is not an Excel workbook; {_SAVE}")
        tail = data[-(2**16 + 22) :]
        for found in re.finditer(rb"PK\x05\x06", tail):
            size = tail[found.start() + 12 : found.start() + 16]
            if len(size) == 4 and int.from_bytes(size, "little") > _DIRECTORY:
                self._stop("the list of its parts is longer than a workbook's can be; it may be an attack")
        if b"PK\x06\x07" in tail[-(2**10) :]:
            self._stop(f"it is a zip of more than 4 GiB, or says so; {_SAVE}")
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            parts = archive.infolist()
        except Exception as error:  # noqa: BLE001 - a broken zip fails in a dozen ways
            self._stop(f"it cannot be unpacked: {shown(str(error))[1:-1]}; save or send it again")
        self._check(parts, len(data))
        return archive, {part.filename: part for part in parts}

    def _check(self, parts: list[zipfile.ZipInfo], size: int) -> None:
        """What a workbook never does, and a bomb does: each part stands by itself, and none is squeezed beyond belief."""
        if not parts:
            self._stop(f"it is an empty zip; {_SAVE}")
        if len(parts) > _MOST_PARTS:
            self._stop(f"it has {len(parts):,} parts; a workbook has at most {_MOST_PARTS:,}")
        names = {part.filename for part in parts}
        if len(names) < len(parts):
            self._stop("two of its parts have the same name; save the workbook again")
        if any(part.flag_bits & 1 for part in parts):
            self._stop("it has a password; save it without one")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > self._limits.unpacked:
            self._stop(
                f"it has {unpacked:,} bytes unpacked, beyond {self._limits.unpacked:,}; split it, or raise the limit if this is meant"
            )
        ends = [*sorted(part.header_offset for part in parts)[1:], size]
        for part, end in zip(sorted(parts, key=lambda part: part.header_offset), ends, strict=True):
            if part.header_offset < 0 or part.header_offset + part.compress_size > end:
                self._stop("its parts overlap; it may be an attack")
            if part.file_size > max(_SMALL, part.compress_size * _MOST_SQUEEZED):
                self._stop(f"{shown(part.filename)} is {_MOST_SQUEEZED} times larger than packed, or more; it may be an attack")
            if part.compress_type not in _STORED_OR_DEFLATED:
                self._stop(f"it is packed in a way that workbooks are not; {_SAVE}")
        kind = next((said for path, said in _KINDS.items() if path in names), None)
        if kind or "mimetype" in names:
            self._stop(f"it is {kind or 'an OpenDocument file'}; {_SAVE}")

    def _start(self) -> tuple[dict[str, list[dict[str, str]]], dict[str, str]]:
        """The elements of the workbook's first part, and the paths of the others: by their id, and by what they are."""
        links = self._elements("_rels/.rels", "Relationship")
        path = next((link.get("Target", "") for link in links if link.get("Type", "").endswith("/officeDocument")), "xl/workbook.xml")
        path = normpath(path.lstrip("/"))
        if path not in self._parts:
            self._stop(f"it is a zip, but no Excel workbook; {_SAVE}")
        elements = Elements({"sheet", "workbookPr"})
        self._parse(path, elements)
        found = {}
        for link in self._elements(join(dirname(path), "_rels", f"{path.rpartition('/')[2]}.rels"), "Relationship"):
            target = link.get("Target", "")
            target = normpath(target[1:] if target.startswith("/") else join(dirname(path), target))
            found[link.get("Id", "")] = target
            found.setdefault(link.get("Type", "").rpartition("/")[2], target)
        return elements.found, found

    def _elements(self, path: str, name: str) -> list[dict[str, str]]:
        elements = Elements({name})
        if path in self._parts:
            self._parse(path, elements)
        return elements.found.get(name, [])

    def _texts(self, path: str) -> list[str]:
        texts = Texts(self._limits.cells, self._limits.text)
        if path in self._parts:
            self._parse(path, texts)
        return texts.found

    def _clocks(self, path: str) -> list[str]:
        """What each style of cells shows: a day, a time, or neither."""
        from journeymap.io.xlsx_cells import clock_number, clock_of

        if path not in self._parts:
            return []
        elements = Elements({"numFmt", "cellXfs>xf"})
        self._parse(path, elements)
        codes = {found.get("numFmtId", ""): clock_of(found.get("formatCode", "")[:1000]) for found in elements.found.get("numFmt", [])}
        clocks = []
        for style in elements.found.get("cellXfs>xf", []):
            number = style.get("numFmtId", "0")
            known = clock_number(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else ""
            clocks.append(codes.get(number, known))
        return clocks

    def _parse(self, path: str, handler: Elements | Texts | Cells) -> None:
        try:
            with self._zip.open(self._parts[path]) as file:
                parse(iter(lambda: file.read(_CHUNK), b""), handler)
        except XmlProblem as error:
            self._stop(f"{path}: {error}")
        except ModelError as error:
            self._stop(error.problems[0].message)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            self._stop(f"{shown(path)[1:-1]} cannot be unpacked: {shown(str(error))[1:-1]}; save or send the file again")

    def _stop(self, message: str) -> NoReturn:
        self._report.break_off(message, position("", 0))
