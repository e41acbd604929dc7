"""Words that findings and sections share: names in a row, what an answer rests on, what the map itself says somewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from journeymap.analysis import Result
from journeymap.analysis.frictions import FrictionPoint
from journeymap.analysis.lengths import hours
from journeymap.report.asking import Book
from journeymap.report.figures import Form, length, printed
from journeymap.report.values import Finding, Section

_MOST_NAMED = 3
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
"""Kinds of characters that nobody sees, and that can change how what follows is shown."""
_SPACES = re.compile(" {2,}")
_QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
"""A name as programs quote it."""
_JOINERS = "\u200c\u200d"
"""Letters of many scripts are joined and kept apart with these."""


_COUNTED = {"opportunity_score": "steps", "pareto": "pains"}
"""What answers about plain data count as items is something on a map."""
NOTHING_FOUND = (
    "Nothing can be said about how this journey goes: the map holds too little that could be computed with, or nothing in it stands out. "
    "What to add is said below."
)
HYPOTHESIS = (
    "n is how many values a number rests on. A hypothesis is a statement for which the map names no evidence from customers. "
    "Names such as emotion_curve are the functions of journeymap.analysis that give these numbers."
)


def plain(text: str) -> str:
    r"""A text in one line, without characters that steer a terminal or turn the direction of what follows.

    >>> plain("Pays\x1b[31m\nby card")
    'Pays [31m by card'
    """
    kept = (c if unicodedata.category(c) not in _UNSEEN or c in _JOINERS else " " if unicodedata.category(c) != "Cf" else "" for c in text)
    return _SPACES.sub(" ", "".join(kept)).strip(" ")


def quoted(name: str) -> str:
    """A name in quotation marks.

    >>> quoted("Pays")
    '‘Pays’'
    """
    return f"‘{name}’"


def listed(names: Sequence[str]) -> str:
    """Names in a row, three at most.

    >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ('‘a’ and ‘b’', '‘a’, ‘b’, ‘c’ and others')
    """
    if not names:
        return "nothing"
    shown = [quoted(name) for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(shown)} and others"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def doubt(result: Result) -> str:
    """What an answer rests on: how many values, its interval, and whether it is a hypothesis.

    >>> doubt(Result(value=1.0, n=20, method="mean"))
    'n = 20 values'
    """
    counted = _COUNTED.get(result.analysis, result.counted)
    parts = [f"n = {result.n:,} {counted}" if result.n is not None else "n unknown"]
    if result.interval is not None:
        form: Form = "share" if result.unit == "share" else "score"
        low, high = (printed(bound, form) for bound in (result.interval.low, result.interval.high))
        parts.append(f"{100 * result.interval.level:g} % interval {low} to {high}")
    if result.grade == "hypothesis":
        parts.append("a hypothesis")
    care = [warning.short for warning in result.warnings if warning.code != "ASSUMPTION_ONLY"]
    return " · ".join([*parts, *([f"with care: {joined(care)}"] if care else [])])


def plain_cautions(result: Result) -> tuple[str, ...]:
    """What to be careful about, a sentence for each caution."""
    return tuple(
        _QUOTED.sub(r"‘\1’", f"{warning.text[:1].upper()}{warning.text[1:]}. {warning.remedy[:1].upper()}{warning.remedy[1:]}.")
        for warning in result.warnings
    )


def facts_at(book: Book, steps: Sequence[str]) -> tuple[str, ...]:
    """What the map says at a step: the first quote, the worst pain, the first metric; of several steps the first of these."""
    if len(steps) == 1:
        return tuple(_facts(book, steps[0]))
    first = ((step, next(_facts(book, step), "")) for step in steps[:_MOST_NAMED])
    return tuple(f"{book.name(step)}: {fact}" for step, fact in first if fact)


def _facts(book: Book, step: str) -> Iterator[str]:
    touchpoint = book.touchpoint(step)
    stage = next((stage for stage in book.journey.stages if stage.id == step), None)
    holder = touchpoint or stage
    if holder is None:
        return
    if holder.thoughts:
        yield f"“{holder.thoughts[0]}”"
    pains = sorted(holder.pains, key=lambda pain: -(pain.severity or 0))
    if pains:
        word = f"{pains[0].severity_word} pain".strip().capitalize()
        yield f"{word}: {pains[0].description}"
    for metric in holder.metrics:
        if metric.printed:
            yield f"Measured: {metric.printed} {metric.name}" + (f" (n = {metric.n:,})" if metric.n else "")
            return


def changes_between(book: Book, point: FrictionPoint) -> str:
    """Why a handoff hurts, in words."""
    words = []
    for reason, told in zip(point.reasons, point.words, strict=True):
        before, after = book.touchpoint(point.source), book.touchpoint(point.target)
        if reason == "channel" and before and after and before.channel and after.channel:
            words.append(f"the channel changes from {before.channel.name} to {after.channel.name}")
        elif reason == "emotion":
            words.append("the mood falls")
        elif reason == "re-entry":
            words.append("it is done by hand")
        elif reason == "wait" and (wait := _wait(book, point)):
            words.append(f"customers wait {wait}")
        else:
            words.append(told)
    return joined(words)


def _wait(book: Book, point: FrictionPoint) -> str:
    way = next((w for w in book.journey.transitions if (w.source, w.target) == (point.source, point.target)), None)
    return "" if way is None or way.wait is None else length(hours(way.wait))


def joined(words: Iterable[str]) -> str:
    """Clauses in a row.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    held = list(words)
    return held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}" if held else ""


def source_of(function: str) -> str:
    """Where a table comes from, in words."""
    return "As the map states it." if function == "journey" else f"From {function}."


def care_list(findings: Iterable[Finding], sections: Iterable[Section]) -> tuple[str, ...]:
    """Everything to be careful about on the page, each once."""
    lines = [line for finding in findings for line in finding.cautions]
    lines += [line for section in sections for line in section.cautions]
    return tuple(dict.fromkeys(lines))
