"""Where things stand in a text, and what is wrong with them: every problem of a document in one error, in its order."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NoReturn

from attrs import field, frozen

from journeymap.errors import DocumentError, Problem, shown

ROOT = "$"
"""The path of the whole document."""

EMPTY = "the document is empty; a journey has at least a name"

Position = tuple[int, int]
"""Line and column, both counted from 1."""

_LONGEST = 1_000
_PLAIN_KEY = re.compile(r"[^\W\d][\w-]{0,59}")
_STEP = re.compile(r"\.?([^.\[\]]+)|\[([0-9]{1,9})\]")


@frozen
class Place:
    """Where a value begins, and where its parts do; a part of a mapping begins with its key."""

    position: Position
    parts: dict[str, Place] | list[Place] | None = field(default=None)
    """By key, by index, or None where there are none."""


def step(key: str | int) -> str:
    """How a key or index stands in a path.

    >>> step("stages"), step(0), step("a b")
    ('.stages', '[0]', "['a b']")
    """
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{shown(key, longest=40)}]"


def join(path: str, rest: str) -> str:
    """The path of a part, as the model names it, below a path of the document."""
    return path + (f".{rest}" if rest and rest[0] not in ".[" else rest)


def position_of(place: Place, path: str) -> Position:
    """Where the part with that path (``stages[0].name``) stands, or the nearest thing around it that stands anywhere."""
    path = join("", path)
    while path and place.parts:
        found = _part(place.parts, path)
        if found is None:
            break
        place, path = found
    return place.position


def _part(parts: dict[str, Place] | list[Place], path: str) -> tuple[Place, str] | None:
    match = _STEP.match(path)
    if isinstance(parts, list):
        index = int(match[2]) if match and match[2] else len(parts)
        return (parts[index], path[match.end() :]) if match and index < len(parts) else None
    if match and match[1] in parts:
        return parts[match[1]], path[match.end() :]
    for key, place in parts.items():
        for said in (step(key), f".{key}"):
            if path == said or path.startswith((f"{said}.", f"{said}[")):
                return place, path[len(said) :]
    return None


class Lines:
    """Finds the line and column of a character by its index."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]

    def position(self, index: int) -> Position:
        """The line and column of the character at that index."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


class Report:
    """Collects what is wrong with one document; once there are as many problems as are wanted, that is the error."""

    def __init__(self, source: str, most: int) -> None:
        self.source = source
        self._most = most
        self._found: list[tuple[Position, Problem]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, path: str, message: str, position: Position) -> None:
        """One more problem; DocumentError if it is the last that is wanted."""
        self._found.append((position, Problem(_printable(path), _printable(message), position[0])))
        if len(self._found) >= self._most:
            self.stop()

    def add_all(self, problems: list[tuple[Position, Problem]]) -> None:
        """Problems that were found together: the first ones in the order of the text are wanted."""
        for position, problem in sorted(problems, key=lambda found: found[0]):
            self.add(problem.path, problem.message, position)

    def stop(self, *, unreadable: bool = False) -> NoReturn:
        """Raise the DocumentError of all problems so far, in the order in which they stand in the text."""
        raise DocumentError(self.source, [problem for _, problem in sorted(self._found, key=lambda found: found[0])], unreadable)

    def break_off(self, message: str, position: Position) -> NoReturn:
        """Raise the DocumentError for a text that cannot be read any further."""
        self._most += 1
        self.add("", message, position)
        self.stop(unreadable=True)


def _printable(text: str) -> str:
    """The text on one line that any terminal can show; documents may have put anything into it."""
    safe = text if text.isprintable() else ascii(text)[1:-1]
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 3]}..."
