"""The careful reading of YAML: a tree with places, from the parser's events; the types of values are decided here.

The types are those of YAML 1.2's core schema in decimal: ``yes``, ``1_000``, ``0x1F``, ``12:30`` and ``2025-03-01`` are
text. Of YAML's ways to say more than a tree can hold (anchors, aliases, tags, merge keys, several documents) none is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from journeymap.errors import shown
from journeymap.io.limits import Limits
from journeymap.io.problems import Lines, Position, Report
from journeymap.io.tree import Builder, Scalar

LOADERS: tuple[Any, ...] = (*([yaml.CBaseLoader] if yaml.__with_libyaml__ else []), yaml.BaseLoader)
"""The parser in C where there is one, then the one in Python; only their events are used."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS: dict[str, Scalar] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_WHOLE = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_TAB_OR_COMMENT = re.compile(r"\t|(?<!\S)#[^\r\n]*")
_VERSIONS = (None, (1, 1), (1, 2))
_MERGE = "<<"


def is_text(plain: str) -> bool:
    """Whether a plain scalar stands for text, and nothing else."""
    return plain not in _WORDS and plain != _MERGE and not (_NUMBER.fullmatch(plain) or _NOT_FINITE.fullmatch(plain))


def yaml_tree(text: str, report: Report, limits: Limits, *, loader: Any = LOADERS[0]) -> Builder:
    """The tree of a text; DocumentError where it stops being YAML, or goes beyond a limit."""
    bad = _UNREADABLE.search(text)
    if bad:
        line, column = Lines(text).position(bad.start())
        report.break_off(f"column {column}: the control character U+{ord(bad[0]):04X} stands in the text; take it out", (line, column))
    builder = Builder(report, limits)
    reader = _Reader(builder, report)
    for event in _events(text, report, loader):
        reader.take(event)
    if "\t" in text:
        _refuse_tabs(text, reader.texts, report)
    if not reader.documents:
        builder.scalar(None, (1, 1))
    return builder


def _refuse_tabs(text: str, texts: list[tuple[int, int]], report: Report) -> None:
    """A tab is read within quotes, literal blocks and comments only: elsewhere, not all parsers take it."""
    end = 0
    for start, next_end in [*texts, (len(text), len(text))]:
        for found in _TAB_OR_COMMENT.finditer(text, end, start):
            if found[0] == "\t":
                line, column = Lines(text).position(found.start())
                report.break_off(f"column {column}: a tab stands here; YAML wants spaces", (line, column))
        end = next_end


def _events(text: str, report: Report, loader: Any) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = error.problem or error.context or "it cannot be read"
        remedy = "check indentation, and quote text that has ': ' or ' #' in it"
        report.break_off(f"column {column}: this is not YAML: {said}; {remedy}", (line, column))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        report.break_off(f"this is not YAML: {error}", (1, 1))


class _Reader:
    """Turns events into the pieces of a tree."""

    def __init__(self, builder: Builder, report: Report) -> None:
        self._builder = builder
        self._report = report
        self.documents = 0
        self.texts: list[tuple[int, int]] = []
        """From where to where there are quoted texts and literal blocks."""

    def take(self, event: Any) -> None:
        position = (event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.ScalarEvent():
                self._scalar(event, position)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_properties(event, position)
                self._builder.open({} if isinstance(event, yaml.MappingStartEvent) else [], position)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._builder.close()
            case yaml.AliasEvent():
                self._refuse(f"the alias *{event.anchor} is not followed; write out what it stands for", position)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._report.break_off("a second document begins here; one text holds one journey", position)
                if event.version not in _VERSIONS:
                    self._report.break_off("this version of YAML is not read; leave out the line with %YAML", position)
            case _:
                pass

    def _scalar(self, event: Any, position: Position) -> None:
        self._refuse_properties(event, position)
        plain = not event.style
        if not plain:
            self.texts.append((event.start_mark.index, event.end_mark.index))
        text = event.value
        if plain and text == _MERGE and self._builder.wants_key:
            self._builder.refuse_key("the merge key << is not followed; write the keys out", position)
        elif self._builder.wants_key:
            if plain and not is_text(text):
                self._builder.refuse_key(f"the key {shown(text)[1:-1] or 'that is empty'} is not text; put it in quotes", position)
            else:
                self._builder.key(text, position)
        elif not plain or is_text(text) or text == _MERGE:
            self._builder.scalar(text, position)
        elif text in _WORDS:
            self._builder.scalar(_WORDS[text], position)
        elif _WHOLE.fullmatch(text):
            self._builder.whole_number(text, position)
        elif _NUMBER.fullmatch(text):
            self._builder.number(text, position)
        else:
            self._builder.refuse(f"{text} is not a finite number; leave out what is unknown", position)

    def _refuse(self, message: str, position: Position) -> None:
        if self._builder.wants_key:
            self._builder.refuse_key(message, position)
        else:
            self._builder.refuse(message, position)

    def _refuse_properties(self, event: yaml.NodeEvent, position: Position) -> None:
        if event.anchor is not None:
            self._builder.report(f"the anchor &{shown(event.anchor)[1:-1]} is not read; take it out", position)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._builder.report(f"the tag {shown(tag)[1:-1]} is not read; take it out", position)
