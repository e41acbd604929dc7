"""Where text may be broken into lines.

After spaces, after hyphens, dashes and slashes between words, round Chinese and Japanese characters (but no line starts
with a closing bracket or ends with an opening one), and at soft hyphens. Inside a word only where it is wider than its
line: a web address after one of its separators, any other word between two characters as a reader counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeymap.scene.clusters import composed

SOFT_HYPHEN = "\u00ad"

_NEWLINES = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_SPACES = re.compile("[ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")  # not those that glue: U+00A0, U+2007, U+202F

_IDEOGRAPHS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u309d-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9d\U00020000-\U0003ffff"
)
_OPENING = "〈《「『【〔〖〘〚（［｛｟〝"  # noqa: RUF001 - the wide brackets are meant
_CLOSING = "、。，．・：；？！｡､･〉》」』】〕〗〙〛）］｝｠〟"  # noqa: RUF001 - the wide signs are meant
_NEVER_FIRST = f"{_CLOSING}’”々〻ー～〜ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｰﾞﾟ"  # noqa: RUF001 - the small letters are meant
_MARKS = "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"  # voicing, and which form of a character is meant

_WITHIN_WORDS = re.compile(
    r"(?<=\w\w[-\u2010\u2013/])(?=[^\W\d_]{2})|(?<=\u2014)(?=\w)|(?<=\u200b)(?=\w)"
    f"|(?<=[{_IDEOGRAPHS}{_CLOSING}{_MARKS}])(?=[{_IDEOGRAPHS}{_OPENING}]|\\w)(?![{_NEVER_FIRST}])"
    f"|(?<=\\w)(?=[{_IDEOGRAPHS}{_OPENING}])(?![{_NEVER_FIRST}])"
)
_SEPARATORS = re.compile(r"(?<=[/?&=.,:;_@#%+~-])(?=\w)")
_ADDRESS = re.compile(r"://|^www\.|@")


def paragraphs(text: str) -> list[str]:
    r"""The parts between explicit line breaks, each with single spaces and composed letters; white space round the whole is dropped.

    >>> paragraphs(" Step  one\n\n two ")
    ['Step one', '', 'two']
    """
    return [_SPACES.sub(" ", part).strip(" ") for part in _NEWLINES.split(composed(text).strip())]


def pieces(word: str) -> Iterator[tuple[str, str]]:
    """What no line break divides in a word, each with what follows: a soft hyphen, nothing, or at last a space.

    >>> list(pieces("self-service"))
    [('self-', ''), ('service', ' ')]
    """
    whole = _ADDRESS.search(word) is not None
    syllables = [syllable for syllable in word.split(SOFT_HYPHEN) if syllable]
    for number, syllable in enumerate(syllables, 1):
        *others, last = [syllable] if whole else _WITHIN_WORDS.split(syllable)
        yield from ((piece, "") for piece in others)
        yield last, " " if number == len(syllables) else SOFT_HYPHEN


def separated(word: str) -> list[str]:
    """The parts of a word that is wider than its line: a web address between its separators, any other word whole.

    >>> separated("example.org/loans?id=7")
    ['example.', 'org/', 'loans?', 'id=', '7']
    """
    return _SEPARATORS.split(word)
