"""A report for a terminal: plain text that fits its width, without the marks of a markup language."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from journeymap.report.values import Finding, Other, Section, Table
from journeymap.report.wording import HYPOTHESIS, NOTHING_FOUND, care_list, joined, plain, source_of

if TYPE_CHECKING:
    from journeymap.report.page import Report

_NARROWEST = 40
_WIDEST = 110
"""Longer lines are hard to read, however wide the screen is."""
_LEAST_COLUMN = 13
"""Narrower columns of words are harder to read than a list."""
_UNBROKEN = "\u00a0"
_BETWEEN = "  "


def terminal(report: Report, *, width: int) -> str:
    """The whole report in lines of at most ``width`` characters (words that are longer stand by themselves)."""
    lines = _lines(report, min(max(width, _NARROWEST), _WIDEST))
    return "\n".join(line.replace(_UNBROKEN, " ").rstrip() for line in lines) + "\n"


def _lines(report: Report, width: int) -> Iterator[str]:
    name = plain(report.journey.name)
    yield from _wrapped(name, width)
    yield "=" * min(len(name), width)
    yield from _wrapped(report.scope, width)
    if report.journey.scenario:
        yield ""
        yield from _wrapped(report.journey.scenario, width)
    if report.trust:
        yield ""
        yield from _wrapped(report.trust, width)
    if report.findings or report.is_whole:
        yield from _heading("What matters", width)
    if not report.findings and report.is_whole:
        yield from _wrapped(NOTHING_FOUND, width)
    for number, finding in enumerate(report.findings, start=1):
        yield from _finding(number, finding, width)
    for section in report.sections:
        yield from _section(section, width)
    for other in report.others:
        yield from _other(other, width)
    care = care_list(report.findings, report.sections)
    if care:
        yield from _heading("What to be careful about", width)
        for line in care:
            yield from _wrapped(line, width, first="- ", rest="  ")
    yield ""
    yield from _wrapped(HYPOTHESIS, width)


def _heading(words: str, width: int) -> Iterator[str]:
    yield ""
    yield ""
    yield from _wrapped(words, width)
    yield "-" * min(len(plain(words)), width)


def _wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(plain(text), width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False)


def _finding(number: int, finding: Finding, width: int) -> Iterator[str]:
    yield from _wrapped(f"{finding.title}.", width, first=f"{number}  ", rest="   ")
    for line in (finding.sentence, *finding.facts, f"[{finding.doubt}; {finding.function}]"):
        yield from _wrapped(line, width, first="   ", rest="   ")
    yield ""


def _section(section: Section, width: int) -> Iterator[str]:
    yield from _heading(section.title, width)
    if section.lead:
        yield from _wrapped(section.lead, width)
    if section.functions:
        yield from _wrapped(f"From {joined(section.functions)}.", width, first="  ", rest="  ")
    for table in section.tables:
        yield ""
        if table.title:
            yield from _wrapped(table.title, width)
        yield from _table(table, width)
        source = source_of(table.function)
        yield from _wrapped(f"{table.note} {source}", width, first="  ", rest="  ")


def _table(table: Table, width: int) -> Iterator[str]:
    texts = [[plain(str(cell)) for cell in row] for row in table.rows]
    widths = _widths(table, texts, width)
    if widths is None:
        yield from _records(table, texts, width)
        return
    right = [table.is_number(place) for place in range(len(table.columns))]
    yield from _cells([*table.columns], widths, right)
    yield _BETWEEN.join("-" * size for size in widths)
    for row in texts:
        yield from _cells(row, widths, right)


def _widths(table: Table, texts: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column is: numbers as they need, words share what is left; None where that is too little for words."""
    natural = [max(map(len, column)) for column in zip(table.columns, *texts, strict=True)]
    room = width - len(_BETWEEN) * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    found = [
        _number_width(table.columns[place], [row[place] for row in texts]) if table.is_number(place) else 0 for place in range(len(natural))
    ]
    words = [place for place, size in enumerate(found) if not size]
    left = room - sum(found)
    while words:
        share = left // len(words)
        small = [place for place in words if natural[place] <= share]
        if not small:
            break
        for place in small:
            found[place] = natural[place]
            left -= natural[place]
        words = [place for place in words if place not in small]
    if words and left // len(words) < _LEAST_COLUMN:
        return None
    for place in words:
        found[place] = left // len(words)
    return found


def _number_width(head: str, cells: Sequence[str]) -> int:
    """Numbers are never broken, their heading may be."""
    return max(map(len, [*cells, *head.split()]))


def _cells(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(row, widths, strict=True)]
    for line in zip_longest(*wrapped, fillvalue=""):
        yield _BETWEEN.join(
            part.rjust(size) if numeric else part.ljust(size) for part, size, numeric in zip(line, widths, right, strict=True)
        )


def _records(table: Table, texts: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """A table too wide for columns: a paragraph for each row."""
    above = ""
    for row in texts:
        told = "; ".join(f"{head.lower()}: {cell}" for head, cell in zip(table.columns[1:], row[1:], strict=True) if cell)
        above = row[0] or above
        yield from _wrapped(f"{above}: {told}", width, first="- ", rest="  ")


def _other(other: Other, width: int) -> Iterator[str]:
    yield from _heading(other.title or other.name, width)
    if other.problem:
        yield from _wrapped(f"No answer: {other.problem}.", width)
    if other.told:
        yield from _wrapped(other.told, width)
    for name, value in other.rows:
        yield from _wrapped(f"{name}: {value}", width, first="- ", rest="  ")
    yield from _wrapped(f"From {other.name}.", width, first="  ", rest="  ")
