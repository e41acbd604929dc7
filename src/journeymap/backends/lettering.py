"""What backends have in common about words: characters that no file can hold, baselines, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from journeymap.scene.bounds import bound
from journeymap.scene.clusters import clusters
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Group, Shape, Text

HALO = 3.0
"""The width of the outline behind letters with a halo, in px; half of it shows on each side."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
LEADING = 1.34
"""Between baselines, in sizes of the letters, where a text does not say."""
_SPACES = re.compile("[\t\n\u2028\u2029]")
_STEERING = re.compile("[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u034f\u180b-\u180f\u200b\u2060-\u2065\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
"""Characters that matter only where lines are broken and emoji chosen; a pdf would leave gaps for them."""


def clean(text: str) -> str:
    r"""The text with U+FFFD for control characters, lone surrogates and what is no character.

    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def lines(text: Text) -> Iterator[tuple[str, float]]:
    """Each line that says something, clean, with the y of its baseline."""
    leading = text.leading or text.size * LEADING
    for index, line in enumerate(text.lines):
        if line:
            yield clean(line), text.y + index * leading


def plain(line: str) -> str:
    """The line with plain spaces for tabs and line ends and without what nobody sees: for those who draw glyph by glyph."""
    return _INVISIBLE.sub("", _SPACES.sub(" ", line))


def steers(character: str) -> bool:
    """Whether a character only tells how the others are joined and ordered, so that no font needs to have it."""
    return bool(_STEERING.match(character))


def spelt(line: str, has: Callable[[str], bool]) -> str:
    r"""The plain line in the characters that a font has: one U+FFFD for all that a reader sees as one, nothing for marks.

    >>> spelt("नमस्ते, é!", str.isascii) == "\ufffd\ufffd\ufffd, \ufffd!"
    True
    >>> spelt("e\u0301!", str.isascii)
    'e!'
    """
    said = plain(line)
    if all(map(has, said)):
        return said
    return "".join(_spelt(cluster, has) for cluster in clusters(said))


def _spelt(cluster: str, has: Callable[[str], bool]) -> str:
    found = "".join(character for character in cluster if has(character))
    lacking = [character for character in cluster if not has(character)]
    if all(unicodedata.category(character).startswith("M") or not bound(character) for character in lacking):
        return found
    return "\ufffd"


def texts(scene: Scene) -> Iterator[Text]:
    """Every text of the scene, those of its symbols too."""
    yield from _texts(scene.shapes)
    for symbol in scene.symbols:
        yield from _texts(symbol.shapes)


def safe_link(link: str | None) -> str | None:
    """The address if it is one of the web or of mail; None for any other, so that no picture runs code."""
    return clean(link) if link and _SAFE.fullmatch(link) else None


def _texts(shapes: Iterable[Shape]) -> Iterator[Text]:
    for shape in shapes:
        if isinstance(shape, Text):
            yield shape
        elif isinstance(shape, Group):
            yield from _texts(shape.shapes)
