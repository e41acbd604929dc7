"""What Mermaid would lose or misread, said before it happens: each thing with its line and column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from journeymap.errors import shown
from journeymap.io.limits import Limits
from journeymap.io.mermaid.diagram import number, task_data
from journeymap.io.mermaid.front import front_title
from journeymap.io.mermaid.grammar import Statement, Token, statements
from journeymap.io.mermaid.prepared import SPACE, SPACES, Prepared, plain_codes, shown_text, unknown_entities
from journeymap.io.problems import Lines, Position, Report
from journeymap.model.checks import text_problem

Finding = tuple[int, str]
"""Where in the prepared text, and what."""

_LIKE_TASK = re.compile(f":[{SPACE}]*[-+]?\\.?[0-9]")
_ONLY_ONE = {"title": "title", "acc-title": "accTitle", "acc-description": "accDescr"}


def refuse_losses(text: str, source: str, limits: Limits) -> None:
    """DocumentError for all of a text that Mermaid refuses, loses or misreads."""
    report = Report(source, limits.problems)
    prepared = Prepared(text)
    lines = Lines(text)
    found: list[Finding] = []
    comments: list[Token] = []
    title = front_title(prepared.front_matter, report, limits) if prepared.front_matter else ""
    said = statements(prepared.text, lambda token, message: found.append((token.start, message)), comments.append)
    if not found:
        found += _sections(said)
    found += _comments(comments, prepared.text)
    found += _repeated(said, bool(title))
    for statement in said:
        found += _of_any(statement)
        found += _task(statement) if statement.kind == "task" else _heading(statement)
    places = [(prepared.source_index(index), message) for index, message in found] + prepared.oddities
    told: dict[tuple[Position, str], None] = dict.fromkeys((lines.position(index), message) for index, message in sorted(places))
    for position, message in told:
        report.add("", f"column {position[1]}: {message}", position)
    if told:
        report.stop()


def _comments(comments: Iterable[Token], text: str) -> Iterator[Finding]:
    for comment in comments:
        if comment.text[0] == "#":
            if text[text.rfind("\n", 0, comment.start) + 1 : comment.start].strip(SPACES):
                yield comment.start, f"what follows '#' is dropped: {_shown(comment.text)}; write #35; for it"
        elif comment.text[0] == "%":
            if not comment.text.startswith("%%"):
                yield comment.start, f"a line that begins with '%' is dropped: {_shown(comment.text)}; write #37; for it"
        elif comment.text[0] not in SPACES:
            yield comment.start, f"this is dropped as a comment: {_shown(comment.text)}; write #37;#37; for '%%'"


def _repeated(said: list[Statement], has_title: bool) -> Iterator[Finding]:
    """Of several titles the last one counts."""
    for kind, word in _ONLY_ONE.items():
        all_of_kind = [statement for statement in said if statement.kind == kind]
        for earlier, _ in pairwise(all_of_kind):
            yield earlier.head.start, f"this {word} is lost, since a later one replaces it; keep one"
        if kind == "title" and has_title and all_of_kind:
            yield all_of_kind[-1].head.start, "this replaces the title of the front matter; keep one"


def _sections(said: list[Statement]) -> Iterator[Finding]:
    parts = [statement for statement in said if statement.kind in ("section", "task")]
    sections = [statement for statement in parts if statement.kind == "section"]
    for one, other in pairwise(sections):
        if one.head.text[8:] == other.head.text[8:]:
            yield other.head.start, f"the section {_shown(other.head.text[8:])} joins the one before, of the same name; name it otherwise"
    for index, part in enumerate(parts):
        if part.kind == "section" and all(after.kind == "section" for after in parts[index + 1 : index + 2]):
            yield part.head.start, f"the section {_shown(part.head.text[8:])} has no task, and is not drawn; give it one"


def _of_any(statement: Statement) -> Iterator[Finding]:
    for token in dict.fromkeys((statement.head, statement.body)):
        comment = token.text.find("%%")
        if comment >= 0:
            rest = _shown(token.text[comment:])
            yield token.start + comment, f"{rest} is no comment here but text; put it on a line of its own, or write #37;#37;"
        for index, code in unknown_entities(token.text):
            yield token.start + index, f"the entity code {code} stands for no character; write one that does, such as #35;"


def _heading(statement: Statement) -> Iterator[Finding]:
    head, body = statement.head, statement.body
    if statement.kind in ("title", "section"):
        text = head.text[len(statement.kind) + 1 :]
        alone = head.text[len(statement.kind)] in "\n\u2028\u2029"
    else:
        text = body.text
        alone = "\n" in head.text and "{" not in head.text
    if alone:
        yield body.start, f"the next line, {_shown(text)}, becomes the {statement.kind.replace('-', ' ')}, since there is none on this one"
    elif statement.kind == "title" and _LIKE_TASK.search(text):
        yield (
            head.start,
            f"a task that begins with 'title' becomes the title: {_shown(head.text)}; write #{ord(head.text[0])}; for its first letter",
        )
    yield from _readable(text, body.start)


def _task(statement: Statement) -> Iterator[Finding]:
    start = statement.body.start
    yield from _readable(statement.head.text, statement.head.start)
    score, people = task_data(statement.body.text)
    value = number(score)
    if not score.strip(SPACES):
        yield start, "there is no score, which Mermaid takes for 0; write one from 1 to 5"
    elif math.isnan(value):
        yield start + 1, f"the score {_shown(score.strip(SPACES))} is not a number; write one from 1 to 5"
    elif not 1 <= value <= 5:
        yield start + 1, f"the score {_shown(score.strip(SPACES))} is drawn outside of the picture's scale; write one from 1 to 5"
    if people == [""]:
        yield start + len(statement.body.text) - 1, "nobody is named behind the last ':', which Mermaid takes for somebody without a name"
    elif "" in people:
        yield start, "between two commas nobody is named, which Mermaid takes for somebody without a name; take a comma out"
    parts = statement.body.text.split(":", 3)
    if len(parts) > 3:
        lost = start + sum(map(len, parts[:3])) + 2
        yield lost, f"what follows the third ':' is lost: {_shown(parts[3].strip(SPACES))}; write #58; for the ':'"
    for person in people:
        if person:
            yield from _readable(person, start)


def _readable(text: str, start: int) -> Iterator[Finding]:
    seen = shown_text(text)
    problem = text_problem(seen)
    if problem:
        yield start, problem
    elif not seen.strip():
        yield start, f"{shown(seen)} is empty; write a name that a reader understands"


def _shown(text: str) -> str:
    return shown(plain_codes(text))
