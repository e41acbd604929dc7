"""XML as plain elements with their lines; what could do harm is refused before it does any.

No document type, no entities but the five of XML, nothing from outside, nothing nested or repeated beyond the limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from attrs import define, field

from journeymap.errors import shown
from journeymap.io.limits import Limits
from journeymap.io.problems import Position, Report

_BLANK = " \t\r\n"
_KEEPS = "xml:space"
_TOO_FAR = "raise the limit if this is meant"


@define
class Element:
    """One element, with its name as it is without a prefix."""

    name: str
    attributes: dict[str, str]
    position: Position
    children: list[Element] = field(factory=list)
    pieces: list[str] = field(factory=list)
    asked: set[str] = field(factory=set)
    """The attributes that somebody has looked at; an empty name for the text."""
    known: bool = False
    """Whether somebody has looked at it at all."""

    @property
    def text(self) -> str:
        """What it says, without the blanks around it, unless it asks to keep them."""
        text = "".join(self.pieces)
        return text if self.attributes.get(_KEEPS) == "preserve" else text.strip(_BLANK)

    def all(self, name: str) -> list[Element]:
        """Its children of that name."""
        found = [child for child in self.children if child.name == name]
        for child in found:
            child.known = True
        return found

    def first(self, *path: str) -> Element | None:
        """The first child of the first name, in it the first of the next, and so on."""
        found: Element | None = self
        for name in path:
            found = next((child for child in found.children if child.name == name), None) if found is not None else None
            if found is not None:
                found.known = True
        return found

    def says(self, *path: str) -> str:
        """The text of what `first` finds; nothing if there is none."""
        found = self.first(*path)
        if found is None:
            return ""
        found.asked.add("")
        return found.text

    def attribute(self, name: str) -> str:
        """What an attribute says; nothing if there is none."""
        self.asked.add(name)
        return self.attributes.get(name, "")

    def unread(self) -> Iterator[str]:
        """What of it nobody has looked at, but for its children: its text, and attributes that are not about the XML itself."""
        if "" not in self.asked and self.text.strip():
            yield f"the text {shown(self.text)} of {shown(self.name)} is not read"
        for name in self.attributes:
            if name not in self.asked and ":" not in name and name != "xmlns":
                yield f"the attribute {shown(name)} of {shown(self.name)} is not read"


def root_of(text: str, report: Report, limits: Limits) -> Element:
    """The outermost element of a document; DocumentError where it is no XML, goes beyond a limit, or could do harm."""
    return _Reader(report, limits).root(text.removeprefix("\ufeff"))


class _Reader:
    def __init__(self, report: Report, limits: Limits) -> None:
        self._report = report
        self._limits = limits
        self._nodes = 0
        self._open: list[Element] = []
        self._root: Element | None = None
        self._length = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def root(self, text: str) -> Element:
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            self._stop(f"this is not XML: {said}", (error.lineno, error.offset + 1))
        except UnicodeEncodeError as error:
            before = text[: error.start]
            position = (before.count("\n") + 1, error.start - before.rfind("\n"))
            self._stop(f"the lone surrogate U+{ord(text[error.start]):04X} stands in the text; take it out", position)
        if self._root is None:
            self._stop("this is not XML: no element found", (1, 1))
        return self._root

    def _doctype(self, name: str, *_: object) -> None:
        self._stop(f"a document type or entity, {shown(name)}, is declared, which is not read; take the declaration out")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= self._limits.depth:
            self._stop(f"elements are nested deeper than {self._limits.depth}; {_TOO_FAR}")
        self._nodes += 1 + len(attributes)
        if self._nodes > self._limits.nodes:
            self._stop(f"there are more than {self._limits.nodes:,} elements and attributes; {_TOO_FAR}")
        if any(len(value) > self._limits.text for value in attributes.values()):
            self._too_long()
        element = Element(name.rpartition(":")[2], attributes, self._position)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._length = 0

    def _end(self, _: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > self._limits.text:
            self._too_long()
        self._open[-1].pieces.append(text)

    def _too_long(self) -> NoReturn:
        self._stop(f"a text is longer than {self._limits.text:,} characters; {_TOO_FAR}")

    @property
    def _position(self) -> Position:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _stop(self, message: str, position: Position | None = None) -> NoReturn:
        line, column = position or self._position
        self._report.break_off(f"column {column}: {message}", (line, column))
