"""The fonts that ship: files for backends that draw with them, slices for pictures that carry them along.

Five cuts of Inter (its optical size pinned to 14): regular, medium, semi-bold, bold and italic. Inter is free under the
SIL Open Font License 1.1, whose text lies beside the fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from attrs import field, frozen

from journeymap.scene.metrics import FONTS, font_data, slices
from journeymap.scene.shapes import Text, Weight

FAMILY = "journeymap Inter"
"""A name of its own, so that a picture never meets another version of Inter that is installed."""

_GROWING = ("basic", "western", "latin")
_OTHERS = ("greek", "cyrillic")
_WEIGHTS: tuple[Weight, ...] = (400, 500, 600, 700)


@frozen(kw_only=True)
class FontFace:
    """One slice of a cut, to be embedded in a picture as it is."""

    weight: Weight
    italic: bool
    unicode_range: str
    """The characters it is for, as css writes them: ``U+20-7E,U+A0``."""
    data: bytes = field(repr=False)
    """A woff2 font."""


def cut_name(weight: Weight, *, italic: bool = False) -> str:
    """The name of the cut that draws text of that weight: italic ships in regular weight alone.

    >>> cut_name(600), cut_name(600, italic=True)
    ('600', '400i')
    """
    return "400i" if italic else str(weight)


def font_file(weight: Weight = 400, italic: bool = False) -> Path:
    """The TrueType file of a cut; every character that journeymap measures as its own is in it."""
    return FONTS / f"inter-{cut_name(weight, italic=italic)}.ttf"


def font_faces(texts: Iterable[Text]) -> tuple[FontFace, ...]:
    """The slices that hold the characters really used, and no others.

    Latin comes in three sizes, each holding the one before; a cut takes the smallest that suffices. Characters that no
    slice holds are left to the fonts of the viewer.
    """
    used: dict[str, set[str]] = {}
    for text in texts:
        used.setdefault(cut_name(text.weight, italic=text.italic), set()).update(*text.lines)
    cuts: list[tuple[Weight, bool]] = [*((weight, False) for weight in _WEIGHTS), (400, True)]
    return tuple(
        FontFace(weight=weight, italic=italic, unicode_range=_unicode_range(part), data=_slice(name, part))
        for weight, italic in cuts
        if (name := cut_name(weight, italic=italic)) in used
        for part in _needed(used[name])
    )


def _needed(used: set[str]) -> Iterator[str]:
    latin = slices()[_GROWING[-1]]
    if used & latin:
        yield next(part for part in _GROWING if used & latin <= slices()[part])
    yield from (part for part in _OTHERS if used & slices()[part] - latin)


@cache
def _slice(name: str, part: str) -> bytes:
    return font_data(f"inter-{name}-{part}.woff2")


@cache
def _unicode_range(part: str) -> str:
    runs: list[list[int]] = []
    for point in sorted(map(ord, slices()[part])):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)
