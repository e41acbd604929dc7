"""The careful reading of JSON (RFC 8259): a tree with places, and everything that is wrong with the text."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from journeymap.errors import shown
from journeymap.io.limits import Limits
from journeymap.io.problems import EMPTY, Lines, Report
from journeymap.io.tree import Builder, Scalar

_SPACES = " \t\n\r"
_SPACE = re.compile(f"[{_SPACES}]*")
_TEXT = re.compile(r'"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*', re.DOTALL)
_WORD = re.compile(r'[^\s,\[\]{}:"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_NOT_FINITE = ("NaN", "Infinity", "-Infinity")


def json_tree(text: str, report: Report, limits: Limits) -> Builder:
    """The tree of a text; DocumentError where it stops being JSON, or goes beyond a limit."""
    return _Scanner(text, report, limits).scan()


class _Scanner:
    def __init__(self, text: str, report: Report, limits: Limits) -> None:
        self._text = text
        self._at = 0
        self._lines = Lines(text)
        self._report = report
        self._builder = Builder(report, limits)
        self._closers: list[str] = []
        self._empty = True
        """Whether nothing stands yet in the list or mapping that was opened last."""

    def scan(self) -> Builder:
        if not self._peek():
            self._report.break_off(EMPTY, (1, 1))
        self._value()
        while self._closers:
            self._next()
        if self._peek():
            self._stop(f"{self._found()} stands after the end of the document; take it out")
        return self._builder

    def _value(self) -> None:
        char = self._peek()
        position = self._lines.position(self._at)
        if char in ("{", "["):
            self._builder.open({} if char == "{" else [], position)
            self._closers.append("}" if char == "{" else "]")
            self._at += 1
            self._empty = True
        elif char == '"':
            self._builder.scalar(self._string(), position)
        else:
            self._word()

    def _next(self) -> None:
        """The next value of the list or mapping that is open, or its end."""
        closer = self._closers[-1]
        char = self._peek()
        if char == closer:
            self._builder.close()
            self._closers.pop()
            self._at += 1
            self._empty = False
            return
        if not self._empty:
            if char != ",":
                self._stop(f"{self._found()} stands where ',' or {closer!r} is expected")
            self._at += 1
            if self._peek() == closer:
                self._stop(f"{closer!r} stands right after a comma; take the comma out")
        self._empty = False
        if closer == "}":
            self._key()
        self._value()

    def _key(self) -> None:
        if self._peek() != '"':
            self._stop(f"{self._found()} stands where a key in double quotes is expected")
        position = self._lines.position(self._at)
        self._builder.key(self._string(), position)
        if self._peek() != ":":
            self._stop(f"{self._found()} stands where ':' is expected after a key")
        self._at += 1

    def _string(self) -> str:
        match = _TEXT.match(self._text, self._at)
        end = match.end() if match else self._at
        if self._text[end : end + 1] in ("", "\\"):
            self._stop('the text that begins here does not end; close it with "')
        if self._text[end] != '"':
            self._at = end
            code = f"{ord(self._text[end]):04x}"
            remedy = f"write it as \\u{code}" if self._text[end] in "\t\n" else "take it out"  # no name or note may have others
            self._stop(f"the control character U+{code.upper()} stands inside a text; {remedy}")
        start, self._at = self._at, end + 1
        raw = self._text[start : self._at]
        if "\\" not in raw:
            return raw[1:-1]
        try:
            return str(json.loads(raw))
        except json.JSONDecodeError as error:
            self._at = start + error.pos
            self._stop(r"a backslash begins an escape that JSON does not know; write the backslash itself as \\")

    def _word(self) -> None:
        position = self._lines.position(self._at)
        match = _WORD.match(self._text, self._at)
        if not match:
            self._stop(f"{self._found()} stands where a value is expected")
        word = match[0]
        self._at = match.end()
        number = _NUMBER.fullmatch(word)
        if word in _WORDS:
            self._builder.scalar(_WORDS[word], position)
        elif number and (number[1] or number[2]):
            self._builder.number(word, position)
        elif number:
            self._builder.whole_number(word, position)
        elif word in _NOT_FINITE:
            self._builder.refuse(f"{word} is not a finite number; leave out what is unknown", position)
        else:
            self._builder.refuse(f"{shown(word)} is neither a number nor true, false or null; put text in double quotes", position)

    def _peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        char = self._text[self._at : self._at + 1]
        if char and char in _SPACES:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            char = self._text[self._at : self._at + 1]
        return char

    def _found(self) -> str:
        return shown(self._peek()) if self._peek() else "the end of the text"

    def _stop(self, message: str) -> NoReturn:
        line, column = self._lines.position(self._at)
        self._report.break_off(f"column {column}: {message}", (line, column))
