"""The text of a CSV file to rows of cells, strictly, and back (RFC 4180)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journeymap.io.limits import Limits
from journeymap.io.problems import Report
from journeymap.io.tables.grid import LARGEST, position

_BOM = "\ufeff"
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_LINE = re.compile(r"\r\n?|\n")
_TO_QUOTE = re.compile(r'[",;\t\r\n]|^\s|\s$')
_TABLE = "touchpoints"
_MOST_CELLS = 16_384


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """The text of rows: commas between cells, quotes where they are needed, and a mark by which Excel knows UTF-8."""
    lines = (",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if _TO_QUOTE.search(cell) else cell for cell in row) for row in rows)
    return _BOM + "".join(f"{line}\r\n" for line in lines)


def csv_rows(text: str, separator: str, report: Report, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text, each with the number of the line that it begins on; DocumentError where it is no table."""
    field = re.compile(rf'"((?:[^"]|"")*)"|([^"{separator}\r\n][^{separator}\r\n]*)?')
    at, line, cells = 0, 1, 0
    while at < len(text):
        row: list[str] = []
        first = line
        while True:
            if len(row) >= _MOST_CELLS:
                report.break_off(f"this row has more than {len(row):,} cells; no spreadsheet has", position(_TABLE, first))
            found = field.match(text, at)
            quoted = found[1] if found else None
            if found is None or (found[0] == "" and text[at : at + 1] == '"'):
                report.break_off(
                    "the quote that begins here does not end; close it, and double quotes inside", position(_TABLE, line, len(row) + 1)
                )
            cell = found[2] or "" if quoted is None else quoted.replace('""', '"')
            if len(cell) > limits.text:
                report.add(
                    "",
                    f"a text of {len(cell):,} characters is longer than {limits.text:,}; shorten it",
                    position(_TABLE, line, len(row) + 1),
                )
                cell = ""
            row.append(cell)
            if quoted is not None:
                line += len(_LINE.findall(quoted))
            at = found.end()
            if text[at : at + 1] != separator:
                break
            at += 1
        end = _LINE.match(text, at)
        if end is None and at < len(text):
            report.break_off("text stands behind a closing quote; put all of the cell in quotes", position(_TABLE, line, len(row)))
        at = end.end() if end else at
        line += 1
        cells += len(row)
        if cells > limits.cells:
            report.break_off(f"there are more than {limits.cells:,} cells; raise the limit if this is meant", position(_TABLE, first))
        yield first, row


def separator_of(text: str, report: Report) -> str:
    """What stands between the cells of the first line that says anything, outside of quotes.

    A comma, a semicolon or a tab; DocumentError for two of them.
    """
    head = re.match(r'(?:"(?:[^"]|"")*"|[^"\r\n])*', text[:LARGEST].lstrip("\r\n"))
    bare = re.sub(r'"(?:[^"]|"")*"', "", head[0] if head else "")
    there = [separator for separator in _SEPARATORS if separator in bare]
    if len(there) > 1:
        said = " and ".join(_SEPARATORS[separator] for separator in there)
        report.break_off(
            f"{said} stand between the headings; keep one of them, and put headings that have one in quotes", position(_TABLE, 1)
        )
    return there[0] if there else ","
