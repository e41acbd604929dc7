"""What a reader sees as one character, though it may be several in the text: letters with marks, flags, families of emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_FLAG_LETTER = "\U0001f1e6-\U0001f1ff"
_TONES = "\U0001f3fb-\U0001f3ff"
_TAGS = "\U000e0020-\U000e007f"
_PICTURE = "[0-9#*\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"

EMOJI = re.compile(f"[{_FLAG_LETTER}]{{2}}|{_PICTURE}(?:[\ufe0f\u20e3{_TONES}{_TAGS}]|\u200d{_PICTURE})+")
"""A picture that several characters make together, which browsers draw as one."""

_DECOMPOSED = re.compile("[A-Za-z\u00c0-\u04ff][\u0300-\u036f]+")
_ZERO_WIDTH_JOINER = "\u200d"
_JOINING = re.compile(f"[\u200c\u200d\u0e33\u0eb3{_TONES}{_TAGS}]")  # with Thai and Lao am, which are written as letters
_MARKS = frozenset(("Mn", "Mc", "Me"))
_VIRAMA = 9  # the combining class of signs that bind two consonants of an Indian script
_HANGUL = re.compile("[\u1100-\u115f\ua960-\ua97c]{2}|[\u1100-\u11ff\ua960-\ua97c\uac00-\ud7fb][\u1160-\u11ff\ud7b0-\ud7fb]")


def clusters(text: str) -> Iterator[str]:
    """The characters of ``text`` as a reader counts them; joined, they are the text.

    >>> [len(cluster) for cluster in clusters("fe\u0302te 🇩🇪")]
    [1, 2, 1, 1, 1, 2]
    """
    if text.isascii():
        yield from text
        return
    start = 0
    flag = False
    for index in range(1, len(text)):
        previous, character = text[index - 1], text[index]
        if flag := not flag and _is_flag_letter(previous) and _is_flag_letter(character):
            continue
        if not _joins(previous, character):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


def composed(text: str) -> str:
    """The text with one character for a letter and the marks on it, where there is one: fonts draw those best.

    >>> composed("cafe\u0301") == "caf\u00e9"
    True
    """
    if text.isascii():
        return text
    return _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _joins(previous: str, character: str) -> bool:
    if character < "\u0300":
        return False
    return (
        unicodedata.category(character) in _MARKS
        or _JOINING.match(character) is not None
        or previous == _ZERO_WIDTH_JOINER
        or (unicodedata.combining(previous) == _VIRAMA and unicodedata.category(character) == "Lo")
        or _HANGUL.match(previous + character) is not None
    )
