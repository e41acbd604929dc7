"""A report as data for programs: nothing rounded, and the whole answer behind each number."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.analysis.result import Json
from journeymap.report.figures import Figure
from journeymap.report.values import Answer, Cell, Finding, Other, Section, Table


def report_data(
    *,
    name: str,
    scope: str,
    trust: str,
    findings: Sequence[Finding],
    sections: Sequence[Section],
    others: Sequence[Other],
    answers: Sequence[Answer],
) -> dict[str, Json]:
    """Everything as JSON-ready data; findings and tables name the functions whose answers stand under ``answers``."""
    return {
        "journey": name,
        "scope": scope,
        "trust": trust,
        "findings": [_finding(finding) for finding in findings],
        "sections": [_section(section) for section in sections],
        "others": [_other(other) for other in others],
        "answers": [_answer(answer) for answer in answers],
    }


def _finding(finding: Finding) -> Json:
    return {
        "title": finding.title,
        "sentence": finding.sentence,
        "topic": finding.topic,
        "function": finding.function,
        "bite": finding.bite,
        "certainty": finding.certainty,
        "weight": finding.weight,
        "doubt": finding.doubt,
        "cautions": list(finding.cautions),
        "facts": list(finding.facts),
        "figures": [_figure(figure) for figure in finding.figures],
        "result": finding.result.to_dict(),
    }


def _section(section: Section) -> Json:
    return {
        "title": section.title,
        "lead": section.lead,
        "figures": [_figure(figure) for figure in section.figures],
        "tables": [_table(table) for table in section.tables],
        "cautions": list(section.cautions),
    }


def _table(table: Table) -> Json:
    return {
        "title": table.title,
        "function": table.function,
        "columns": list(table.columns),
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "note": table.note,
    }


def _cell(cell: Cell) -> Json:
    return cell if isinstance(cell, str) else _figure(cell)


def _figure(figure: Figure) -> Json:
    return {
        "shown": figure.shown,
        "value": figure.value,
        "function": figure.function,
        "options": _options(figure.options),
        "path": figure.path,
    }


def _answer(answer: Answer) -> Json:
    return {
        "function": answer.function,
        "options": _options(answer.options),
        "result": None if answer.result is None else answer.result.to_dict(),
        "refused": answer.refused,
    }


def _options(options: object) -> Json:
    """Options are numbers, texts and rows of numbers."""
    assert hasattr(options, "items")  # noqa: S101  made by `as_options`
    return {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}


def _other(other: Other) -> Json:
    return {
        "name": other.name,
        "title": other.title,
        "told": other.told,
        "rows": [list(row) for row in other.rows],
        "data": other.data,
        "problem": other.problem,
    }
