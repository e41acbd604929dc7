"""A user journey as Mermaid has it after parsing: what it would draw."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable

from attrs import frozen

from journeymap.io.limits import LIMITS, Limits
from journeymap.io.mermaid.front import front_title
from journeymap.io.mermaid.grammar import Statement, Token, statements
from journeymap.io.mermaid.prepared import SPACE, SPACES, Prepared, shown_text
from journeymap.io.problems import Lines, Report
from journeymap.model.checks import LONGEST_TEXT

_DECIMAL = re.compile(r"[+-]?(?:Infinity|(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)")
_OTHER_BASE = re.compile("0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+))")


@frozen
class Task:
    """One task: a step with a score and who takes part."""

    section: str
    """The section that it stands in; empty before the first."""
    name: str
    score: float
    """As JavaScript reads it: 0 for nothing, NaN for what is no number."""
    people: tuple[str, ...]
    """Without the spaces around them, possibly empty, in their order."""
    score_text: str
    """The score as it was written."""


@frozen
class Diagram:
    """Everything that Mermaid knows of a user journey, as its picture shows it."""

    title: str
    acc_title: str
    acc_description: str
    sections: tuple[str, ...]
    """As often as they are begun, those without a task among them."""
    tasks: tuple[Task, ...]
    actors: tuple[str, ...]
    """All people of all tasks, each once, sorted as JavaScript sorts."""
    starts: tuple[int, ...]
    """For each section, how many tasks stand before it."""


def parse(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Diagram:
    r"""What Mermaid makes of a text; DocumentError, with line and column, where it refuses it.

    >>> parse("journey\n title Buy\n Pays: 3: Maya").tasks[0].people
    ('Maya',)
    """
    report = Report(source, limits.problems)
    prepared = Prepared(text)

    def fault(token: Token, message: str) -> None:
        line, column = Lines(text).position(prepared.source_index(token.start))
        report.break_off(f"column {column}: {message}", (line, column))

    def seen(words: str, token: Token) -> str:
        told = shown_text(words)
        if len(told) > longest:
            fault(token, f"a text of {len(told):,} characters is longer than {longest:,}; shorten it")
        return told

    longest = min(limits.text, LONGEST_TEXT)
    title = front_title(prepared.front_matter, report, limits) if prepared.front_matter else ""
    return _diagram(statements(prepared.text, fault), seen(title, Token("title", title, 0)), seen)


def _diagram(said: Iterable[Statement], title: str, seen: Callable[[str, Token], str]) -> Diagram:
    """The diagram that statements make; ``seen`` turns a text into what a reader of the picture sees."""
    texts = {"title": title, "acc-title": "", "acc-description": ""}
    sections: list[str] = []
    starts: list[int] = []
    tasks: list[Task] = []
    people: dict[str, str] = {}
    for statement in said:
        head, body = statement.head, statement.body
        if statement.kind == "title":
            texts["title"] = seen(head.text[6:], head)
        elif statement.kind == "section":
            sections.append(seen(head.text[8:], head))
            starts.append(len(tasks))
        elif statement.kind == "task":
            score, present = task_data(body.text)
            people.update({person: seen(person, body) for person in present})
            names = tuple(people[person] for person in present)
            section = sections[-1] if sections else ""
            tasks.append(Task(section, seen(head.text, head), number(score), names, seen(score.strip(SPACES), body)))
        else:
            texts[statement.kind] = seen(body.text.strip(SPACES), body)
    description = re.sub(f"\n[{SPACE}]+", "\n", texts["acc-description"])
    actors = tuple(people[person] for person in sorted(people, key=sort_key))
    return Diagram(texts["title"], texts["acc-title"], description, tuple(sections), tuple(tasks), actors, tuple(starts))


def sort_key(text: str) -> bytes:
    """What JavaScript sorts texts by: their UTF-16 code units."""
    return text.encode("utf-16-be", "surrogatepass")


def task_data(data: str) -> tuple[str, list[str]]:
    """The score, as it is written, and the people of a task; what comes behind a third colon is dropped."""
    score, *rest = data[1:].split(":")
    return score, [name.strip(SPACES) for name in rest[0].split(",")] if rest else []


def number(text: str) -> float:
    """A text as JavaScript's ``Number`` reads it.

    >>> number(" 0x1F "), number(""), number("1_0")
    (31.0, 0.0, nan)
    """
    text = text.strip(SPACES)
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text.replace("Infinity", "inf"))
    digits = _OTHER_BASE.fullmatch(text)
    if digits is None:
        return math.nan
    try:
        return float(int(digits[digits.lastindex or 0], {1: 16, 2: 8, 3: 2}[digits.lastindex or 0]))
    except OverflowError:
        return math.inf
