"""A report in Markdown: what the map says stays text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from journeymap.report.figures import Figure
from journeymap.report.values import Cell, Finding, Other, Section, Table
from journeymap.report.wording import HYPOTHESIS, NOTHING_FOUND, care_list, plain, source_of

if TYPE_CHECKING:
    from journeymap.report.page import Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&$@{}])")
_ADDRESS = re.compile(r"(?i)\b(www)(\.)|(:)(//)")
_START = re.compile(r"^(\d+)([.)])|^([-+=])")


def escaped(text: str) -> str:
    r"""A text that no reader of Markdown takes for anything but text.

    >>> print(escaped("<b>1 | 2</b> `x` [a](b)"))
    \<b\>1 \| 2\</b\> \`x\` \[a\](b)
    """
    text = _SPECIAL.sub(r"\\\1", plain(text))
    text = _ADDRESS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}{found[4]}", text)
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)


def markdown(report: Report) -> str:
    """The whole report."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.journey.name)}"
    yield escaped(report.scope)
    if report.journey.scenario:
        yield escaped(report.journey.scenario)
    if report.trust:
        yield f"**How far to trust it.** {escaped(report.trust)}"
    if report.findings or report.is_whole:
        yield "## What matters"
    if report.findings:
        yield "\n".join(_finding(number, finding) for number, finding in enumerate(report.findings, start=1))
    elif report.is_whole:
        yield NOTHING_FOUND
    for section in report.sections:
        yield from _section(section)
    for other in report.others:
        yield from _other(other)
    care = care_list(report.findings, report.sections)
    if care:
        yield "## What to be careful about"
        yield "\n".join(f"- {escaped(line)}" for line in care)
    yield f"*{HYPOTHESIS}*"


def _finding(number: int, finding: Finding) -> str:
    lines = [f"{number}. **{escaped(finding.title)}.** {escaped(finding.sentence)}"]
    if finding.facts:
        lines.append(f"   On the map: {'; '.join(escaped(fact) for fact in finding.facts)}.")
    lines.append(f"   *{escaped(finding.doubt)}* (`{finding.function}`)")
    return "  \n".join(lines)


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    if section.lead:
        yield escaped(section.lead) + (f" *From* {', '.join(f'`{name}`' for name in section.functions)}" if section.functions else "")
    for table in section.tables:
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"### {escaped(table.title)}"
    rule = ["---:" if table.is_number(place) else "---" for place in range(len(table.columns))]
    lines = [_row(table.columns), f"|{'|'.join(rule)}|", *(_row(row) for row in table.rows)]
    yield "\n".join(lines)
    note = f"{escaped(table.note)} " if table.note else ""
    yield f"*{note}{source_of(table.function)}*" if table.function == "journey" else f"*{note}From* `{table.function}`"


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(cell.shown if isinstance(cell, Figure) else escaped(cell) for cell in cells) + " |"


def _other(other: Other) -> Iterator[str]:
    yield f"## {escaped(other.title or other.name)}"
    if other.problem:
        yield f"No answer: {escaped(other.problem)}."
    if other.told:
        yield escaped(other.told)
    if other.rows:
        yield "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in other.rows)
    yield f"*From* `{other.name}`"
