"""What the fonts that ship say of themselves: which characters they hold, how wide those are, how high the letters.

The numbers were taken from the fonts when they were made, so that measuring text loads no font and no font library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from journeymap.errors import FileError
from journeymap.scene.bounds import bound
from journeymap.scene.clusters import EMOJI, composed

FONTS = Path(__file__).parent.parent / "fonts"
"""The folder of the fonts; made when the package is built."""

_KEPT = 50_000
_WORD = 64
_ONE_PICTURE = "\U0001f600"
_INVISIBLE = "\u00ad\u200b\u2060\u0323"  # drawn without width whatever their glyph says; the last is a mark below a letter


def font_data(name: str) -> bytes:
    """One of the files that were made when the package was built; FileError where that did not happen."""
    try:
        return (FONTS / name).read_bytes()
    except OSError as error:
        reason = "the fonts are missing; install journeymap with pip, or run build_fonts.py in a checkout"
        raise FileError(str(FONTS / name), reason) from error


class _Pairs(TypedDict):
    firsts: list[str]
    seconds: list[str]
    units: list[list[int]]


class _Numbers(TypedDict):
    units: int
    ascent: int
    descent: int
    cap_height: int
    characters: str
    advances: dict[str, list[int]]
    apart: _Pairs
    slices: dict[str, str]


class _Advances(dict[str, int]):
    """How far each character moves on, in units; of characters that the font does not hold, at most."""

    def __init__(self, widths: Mapping[str, int], units: int) -> None:
        super().__init__(widths)
        self._units = units

    def __missing__(self, character: str) -> int:
        return round(bound(character) * self._units)


class _Apart(dict[tuple[str, str], int]):
    """How far kerning moves two neighbours apart, in units; 0 for those that stay or move together."""

    def __init__(self, pairs: _Pairs) -> None:
        super().__init__()
        self._first = {character: number for number, characters in enumerate(pairs["firsts"]) for character in characters}
        self._second = {character: number for number, characters in enumerate(pairs["seconds"]) for character in characters}
        self._units = {(first, second): apart for first, second, apart in pairs["units"]}

    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) > _KEPT:
            self.clear()
        first, second = self._first.get(pair[0]), self._second.get(pair[1])
        self[pair] = apart = 0 if first is None or second is None else self._units.get((first, second), 0)
        return apart


class Cut:
    """One cut of the font, such as its bold: lengths in units, of which ``units_per_em`` are the size of the text.

    A length never is less than what a browser draws: advances are summed up, and the kerning that moves letters
    together is left out.
    """

    def __init__(self, name: str) -> None:
        numbers = _numbers()
        self.units_per_em = numbers["units"]
        self.ascent = numbers["ascent"]
        self.descent = numbers["descent"]
        self.cap_height = numbers["cap_height"]
        widths = dict(zip(numbers["characters"], numbers["advances"][name], strict=True))
        self.advances: Mapping[str, int] = _Advances(widths | dict.fromkeys(_INVISIBLE, 0), self.units_per_em)
        self.apart: Mapping[tuple[str, str], int] = _apart()
        self._words = lru_cache(maxsize=_KEPT)(self.length)

    def length(self, text: str) -> int:
        """Of a line of text, in units."""
        if not text.isascii():
            text = EMOJI.sub(_ONE_PICTURE, composed(text))
        return sum(map(self.advances.__getitem__, text)) + sum(map(self.apart.__getitem__, pairwise(text)))

    def word(self, text: str) -> int:
        """`length`, remembered: words come again and again."""
        return self._words(text) if len(text) <= _WORD else self.length(text)

    def hyphen(self, before: str) -> int:
        """What a line grows by, in units, when a hyphen is set at its end."""
        return self.joint(before, "", "-") + self.advances["-"]

    def joint(self, before: str, glue: str, after: str) -> int:
        """What a line grows by, in units, when a space, or else nothing visible, sets two pieces of text side by side."""
        if glue == " ":
            return self.apart[before[-1], " "] + self.advances[" "] + self.apart[" ", after[0]]
        return self.apart[before[-1], after[0]]


@cache
def cut(name: str) -> Cut:
    """The cut of that name: "400", "500", "600", "700" or "400i"."""
    return Cut(name)


@cache
def slices() -> Mapping[str, frozenset[str]]:
    """The characters that each slice of a cut holds, by the slice's name."""
    return {name: frozenset(characters) for name, characters in _numbers()["slices"].items()}


@cache
def _apart() -> _Apart:
    return _Apart(_numbers()["apart"])


@cache
def _numbers() -> _Numbers:
    numbers: _Numbers = json.loads(font_data("metrics.json"))
    return numbers
