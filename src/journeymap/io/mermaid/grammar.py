"""Mermaid's grammar of user journeys: the same tokens from the same rules in the same order, oddities included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from journeymap.io.mermaid.prepared import SPACE

_RULES = (
    ("comment", r"%(?!\{)[^\n]*"),
    ("comment", r"[^}\U00010000-\U0010ffff]%%[^\n]*"),
    ("newline", r"\n+"),
    ("space", f"[{SPACE}]+"),
    ("comment", r"#[^\n]*"),
    ("journey", r"journey\b"),
    ("title", f"title[{SPACE}][^#\n;]+"),
    ("acc-title", f"accTitle[{SPACE}]*:[{SPACE}]*"),
    ("acc-description", f"accDescr[{SPACE}]*:[{SPACE}]*"),
    ("open", rf"accDescr[{SPACE}]*\{{[{SPACE}]*"),
    ("section", f"section[{SPACE}][^#:\n;]+"),
    ("name", r"[^#:\n;]+"),
    ("data", r":[^#\n;]+"),
    ("colon", r":"),
    ("end", r"\Z"),
    ("invalid", r"."),
)
_LEXER = re.compile("|".join(f"(?P<r{i}>{rule})" for i, (_, rule) in enumerate(_RULES)), re.ASCII | re.IGNORECASE | re.DOTALL)
_REST_OF_LINE = re.compile(r"[^\n]*")
_BLOCK = re.compile(r"[^}]*")

NO_JOURNEY = "the text does not begin with the word 'journey'; Mermaid knows a user journey by it"
_WRONG = {
    "journey": "a line that begins with the word 'journey' is no task to Mermaid; write its first letter as #74;",
    "data": "a section's name ends at its ':', and no task begins there; write #58; for the ':'",
    "colon": "':' stands alone; write a name before it and a score behind it, such as 'Pays: 3'",
    "invalid": "';' ends nothing here; write #59; for it, or begin a new line",
    "stop": "the text ends in the middle; close accDescr with '}', or write something behind accTitle",
}
_VALUES = {"acc-title": "acc-title", "acc-description": "acc-description", "open": "acc-description"}
"""What is followed by a value, and the statement that the two make."""
_NO_DATA = "the task has no score; write one behind it, such as 'Pays: 3'"


class Token(NamedTuple):
    """A piece of a text."""

    kind: str
    text: str
    start: int


class Statement(NamedTuple):
    """A title, accTitle, accDescr, section or task, as Mermaid understands it."""

    kind: str
    head: Token
    """The keyword with what follows it, or the name of a task."""
    body: Token
    """What a task says behind its name, or the text of accTitle and accDescr; else the head."""


Fault = Callable[[Token, str], None]
"""Told of what Mermaid refuses; what follows on the line is passed over if it returns."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a prepared text, comments among them."""
    here = 0
    while (found := _LEXER.match(text, here)) is not None:
        kind = _RULES[int((found.lastgroup or "r0")[1:])][0]
        here = found.end()
        if kind == "open" and text.startswith("}", here):
            here += 1
        elif kind != "space":
            yield Token(kind, found[0], found.start())
            if kind in _VALUES:
                value = (_BLOCK if kind == "open" else _REST_OF_LINE).match(text, here)
                yield Token("value", value[0] if value else "", here)
                here = value.end() if value else here
                if here == len(text):  # such a value takes the end of the text with it
                    yield Token("stop", "", here)
                    return
                here += kind == "open"
            elif kind == "end":
                return


def statements(text: str, fault: Fault, comment: Callable[[Token], None] = lambda _: None) -> list[Statement]:
    """What a prepared text says; ``fault`` is told what Mermaid refuses, ``comment`` each comment that is left in it."""
    found: list[Statement] = []
    stream = _without_comments(tokens(text), comment)
    token = next(stream)
    if token.kind != "journey" or token.text != "journey":  # Mermaid looks for the small letters before it parses
        fault(token, NO_JOURNEY)
        _pass_over(token, stream)
    for token in stream:
        if token.kind in ("title", "section"):
            found.append(Statement(token.kind, token, token))
        elif token.kind in _VALUES:
            found.append(Statement(_VALUES[token.kind], token, next(stream)))
        elif token.kind == "name":
            body = next(stream)
            if body.kind == "data":
                found.append(Statement("task", token, body))
            else:
                fault(token, _NO_DATA)
                _pass_over(body, stream)
        elif token.kind not in ("newline", "end"):
            fault(token, _WRONG[token.kind])
            _pass_over(token, stream)
    return found


def _without_comments(found: Iterator[Token], comment: Callable[[Token], None]) -> Iterator[Token]:
    for token in found:
        if token.kind == "comment":
            comment(token)
        else:
            yield token


def _pass_over(token: Token, stream: Iterator[Token]) -> None:
    """Go to the end of the line, where a token stands that no statement has a use for."""
    while token.kind not in ("newline", "end", "stop"):
        token = next(stream)
