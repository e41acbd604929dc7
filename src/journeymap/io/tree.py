"""The tree of lists, mappings and plain values in a text, built piece by piece, with the limits kept and places noted."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum
from typing import Final, Literal

from attrs import define, field

from journeymap.errors import shown
from journeymap.io.limits import Limits
from journeymap.io.problems import ROOT, Place, Position, Report, step
from journeymap.model.links import LONGEST_IMAGE


class Mark(Enum):
    """What stands in a tree where there is no value."""

    REFUSED = "refused"
    """Something that was reported already."""


REFUSED: Final = Mark.REFUSED

Scalar = str | int | float | bool | Literal[Mark.REFUSED] | None
Tree = Scalar | list["Tree"] | dict[str, "Tree"]


@contextmanager
def nothing_to_collect() -> Generator[None, None, None]:
    """No search for cycles of garbage: a tree is many new objects and no cycle, and it would take a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@define
class _Open:
    """A list or mapping that is not closed yet."""

    value: list[Tree] | dict[str, Tree]
    place: Place
    name: str | int | None
    """Its key or index in what stands around it; None for the whole, and for what is dropped."""
    is_key: bool = False
    """Whether it stands where a key should."""
    key: str | Mark | None = None
    """The key whose value comes next; None where a key comes next, REFUSED where that value is dropped."""
    key_position: Position = field(default=(1, 1))

    @property
    def next(self) -> str | int | None:
        """The key or index of the value that comes next."""
        if isinstance(self.value, list):
            return len(self.value)
        return self.key if isinstance(self.key, str) else None


class Builder:
    """Takes the pieces of a text in their order, and reports what no journey may hold.

    DocumentError, from any method, at the piece that goes beyond a limit.
    """

    def __init__(self, report: Report, limits: Limits) -> None:
        self._report = report
        self._limits = limits
        self._nodes = 0
        self._open: list[_Open] = []
        self.root: Tree = REFUSED
        self.place = Place((1, 1))

    @property
    def depth(self) -> int:
        """How many lists and mappings are open."""
        return len(self._open)

    @property
    def wants_key(self) -> bool:
        """Whether a key of a mapping comes next."""
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    @property
    def path(self) -> str:
        """The path of the value that comes next, or of the mapping whose key comes next."""
        names = [part.name for part in self._open] + [part.next for part in self._open[-1:]]
        return ROOT + "".join(step(name) for name in names if name is not None)

    def open(self, value: list[Tree] | dict[str, Tree], position: Position) -> None:
        """A list or mapping begins."""
        if self.depth >= self._limits.depth:
            self._stop(f"lists and mappings are nested deeper than {self._limits.depth}", position)
        is_key = self.wants_key
        if is_key and not any(part.is_key for part in self._open):
            self.report("a list or mapping is no key; a key is text", position)
        place = Place(position, {} if isinstance(value, dict) else [])
        name = self._open[-1].next if self._open else None
        self._attach(value, place)
        self._open.append(_Open(value, place, name, is_key))

    def close(self) -> None:
        """The list or mapping that was opened last ends."""
        if self._open.pop().is_key:
            self._open[-1].key = REFUSED

    def key(self, key: str, position: Position) -> None:
        """A key of the mapping that is open."""
        top = self._open[-1]
        if self._too_long(key, position):
            top.key = REFUSED
        elif key in top.value:
            first = top.place.parts[key].position[0] if isinstance(top.place.parts, dict) else position[0]
            self.refuse_key(f"the key {shown(key)} stands twice, first on line {first}; keep one", position)
        else:
            top.key, top.key_position = key, position

    def refuse_key(self, message: str, position: Position) -> None:
        """A key that no journey may hold; its value is dropped."""
        self.report(message, position)
        self._open[-1].key = REFUSED

    def scalar(self, value: Scalar, position: Position) -> None:
        """A plain value."""
        if isinstance(value, str) and self._too_long(value, position):
            value = REFUSED
        self._attach(value, Place(position))

    def whole_number(self, digits: str, position: Position) -> None:
        """A whole number, by its digits."""
        count = len(digits.lstrip("+-"))
        if count > self._limits.digits:
            self.refuse(f"a whole number of {count:,} digits has more than {self._limits.digits}; round it", position)
        else:
            self.scalar(int(digits), position)

    def number(self, text: str, position: Position) -> None:
        """A number with a fraction or exponent."""
        value = float(text)
        if value in (float("inf"), float("-inf")):
            self.refuse(f"{shown(text)[1:-1]} is beyond what a number can hold; write a smaller one", position)
        else:
            self.scalar(value, position)

    def refuse(self, message: str, position: Position) -> None:
        """A value that no journey may hold."""
        self.report(message, position)
        self.scalar(REFUSED, position)

    def report(self, message: str, position: Position) -> None:
        """Something is wrong with what comes next."""
        self._report.add(self.path, message, position)

    def _attach(self, value: Tree, place: Place) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            self._stop(f"there are more than {self._limits.nodes:,} values", place.position)
        if not self._open:
            self.root, self.place = value, place
            return
        top = self._open[-1]
        if isinstance(top.value, list) and isinstance(top.place.parts, list):
            top.value.append(value)
            top.place.parts.append(place)
        elif isinstance(top.value, dict) and isinstance(top.place.parts, dict):
            if isinstance(top.key, str):
                top.value[top.key] = value
                top.place.parts[top.key] = Place(top.key_position, place.parts)
            top.key = None

    def _too_long(self, text: str, position: Position) -> bool:
        most = max(self._limits.text, LONGEST_IMAGE) if text.startswith("data:image/") else self._limits.text
        too_long = len(text) > most
        if too_long:
            self.report(f"a text of {len(text):,} characters is longer than {most:,}; shorten it", position)
        return too_long

    def _stop(self, message: str, position: Position) -> None:
        self._report.break_off(f"{message}; raise the limit if this is meant", position)
