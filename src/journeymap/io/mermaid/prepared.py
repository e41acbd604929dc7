"""What Mermaid does to a text before its grammar sees it, and where each character of the outcome stood before.

In its order: line ends become line feeds, double quotes within tags become single ones, front matter and directives go,
lines that are comments go, and entity codes such as ``#58;`` are hidden behind signs that the grammar takes for text.
Each step is done in linear time, whatever the text.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from journeymap.errors import shown

SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript takes for white space, for use within the brackets of a regular expression."""
SPACES = "".join(map(chr, [*range(9, 14), 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]))
_LINE_ENDS = "\n\r\u2028\u2029"

_OPEN, _OPEN_NUMBER, _CLOSE = "\ufb02\u00b0", "\ufb02\u00b0\u00b0", "\u00b6\u00df"
"""The signs behind which Mermaid hides an entity code: these stand for ``&``, ``&#`` and ``;``."""

_TAG = re.compile(r"<(\w++)([^>]*+)>", re.ASCII)
_QUOTED = re.compile('="([^"]*+)"')
_FRONT = re.compile(f"---(?=[{SPACE}]*\n)[{SPACE}]*")
_FRONT_END = re.compile(f"\n---(?=(?:(?!\n)[{SPACE}])*+\n)[{SPACE}]*")
_DIRECTIVE = re.compile(
    rf"%%\{{[{SPACE}]*+(?:\w++[{SPACE}]*+:|\w++)[{SPACE}]*+"
    rf"(?:\w++|(?:[^}}\u2028\u2029]++|\}}(?!%%))*+)[{SPACE}]*+(?:\}}%%)?",
    re.ASCII,
)  # fmt: skip
_COMMENT = re.compile(r"%%(?!\{)(?=[^\n])")
_ENTITY = re.compile(r"#(\w++);", re.ASCII)
_HIDDEN = re.compile(rf"{_OPEN}(\u00b0?)(\w*+){_CLOSE}", re.ASCII)
_ZEROS = re.compile("&#0+(?=[0-9])")
_BEYOND = re.compile("&#[0-9]{8,};?")

Edit = tuple[int, int, str]
"""Start, end, and what comes in between."""


class Prepared:
    """A text as Mermaid's grammar gets it."""

    def __init__(self, source: str) -> None:
        self.text = source
        self._length = len(source)
        self.front_matter = ""
        """What stands between the dashes at the beginning, if anything does."""
        self.oddities: list[tuple[int, str]] = []
        """What was changed so that a reader may see something else than the author wrote: places in the source, and words."""
        self._layers: list[tuple[list[int], list[int]]] = []
        self._edit((found.start(), found.end(), "\n") for found in re.finditer("\r\n?", source))
        self._quotes()
        self._front()
        self._edit((found.start(), found.end(), "") for found in _DIRECTIVE.finditer(self.text))
        self._edit(_comments(self.text))
        self._edit([(0, len(self.text) - len(self.text.lstrip(SPACES)), "")])
        self._styles("style")
        self._styles("classDef")
        self._edit((found.start(), found.end(), _hidden(found[1])) for found in _ENTITY.finditer(self.text))
        self.text += "\n"

    def source_index(self, index: int) -> int:
        """Where the character with that index stood in the source."""
        for starts, befores in reversed(self._layers):
            piece = bisect_right(starts, index) - 1
            index = befores[piece] + index - starts[piece]
        return min(index, self._length)

    def _edit(self, edits: Iterable[Edit]) -> None:
        pieces: list[str] = []
        starts, befores = [0], [0]
        here = length = 0
        for start, end, new in edits:
            pieces += [self.text[here:start], new]
            length += start - here + len(new)
            here = end
            starts += [length - len(new), length]
            befores += [start, end]
        if here:
            self.text = "".join([*pieces, self.text[here:]])
            self._layers.append((starts, befores))

    def _quotes(self) -> None:
        def single(tag: re.Match[str]) -> str:
            changed = _QUOTED.sub(r"='\1'", tag[2])
            if changed != tag[2]:
                self._odd(tag.start(), f"Mermaid turns the double quotes in {shown(tag[0])} into single ones; write #34; for them")
            return f"<{tag[1]}{changed}>"

        end = self.text.rfind(">") + 1
        self.text = _TAG.sub(single, self.text[:end]) + self.text[end:]

    def _front(self) -> None:
        """Take the front matter off.

        Of several line ends after the first dashes the last counts, unless the matter ends with the next dashes only so.
        """
        head = _FRONT.match(self.text)
        if head is None:
            return
        start = self.text.rindex("\n", 0, head.end())
        first = self.text.index("\n")
        end = _FRONT_END.search(self.text, start + 1) or (_FRONT_END.match(self.text, start) if first < start else None)
        if end is not None:
            self.front_matter = self.text[start + 1 : end.start()]
            self._edit([(0, self.text.rindex("\n", 0, end.end()) + 1, "")])

    def _styles(self, word: str) -> None:
        """Drop the last semicolon of a line in which that word, and a colon stuck to a hash sign, come before it."""
        edits = []
        here = 0
        for line in re.split(f"[{_LINE_ENDS}]", self.text):
            begin, end = line.find(word), line.rfind(";")
            if 0 <= begin < end and any(_sticks(part) for part in re.split(f"[{SPACE}]", line[begin + len(word) : end])):
                self._odd(here + end, f"Mermaid drops the last ';' of a line that says {word!r} before a ':' and a '#' without a space")
                edits.append((here + end, here + end + 1, ""))
            here += len(line) + 1
        self._edit(edits)

    def _odd(self, index: int, message: str) -> None:
        self.oddities.append((self.source_index(index), message))


def shown_text(text: str) -> str:
    """What a reader of the picture sees of a text: hidden entity codes become what they stand for."""
    if _OPEN not in text and _CLOSE not in text:
        return text
    marked = html.escape(text, quote=False).replace(_OPEN_NUMBER, "&#").replace(_OPEN, "&").replace(_CLOSE, ";")
    return _unescaped(marked)


def _unescaped(marked: str) -> str:
    """The text with its entities as browsers show them, those beyond all characters too, however many digits they have."""
    return html.unescape(_BEYOND.sub("\ufffd", _ZEROS.sub("&#", marked)))


def unknown_entities(text: str) -> Iterator[tuple[int, str]]:
    """Entity codes in a text that stand for nothing: where they begin, and how they were written."""
    for found in _HIDDEN.finditer(text):
        code = "&#" + found[2] + ";" if found[1] else "&" + found[2] + ";"
        if _unescaped(code) in (code, "", "\ufffd"):
            yield found.start(), f"#{found[2]};"


def plain_codes(text: str) -> str:
    """The text as it was written, before its entity codes were hidden."""
    return _HIDDEN.sub(r"#\2;", text)


def _hidden(code: str) -> str:
    return f"{_OPEN_NUMBER if code.isdigit() else _OPEN}{code}{_CLOSE}"


def _sticks(word: str) -> bool:
    """Whether a hash sign follows a colon in a word."""
    colon = word.find(":")
    return colon >= 0 and "#" in word[colon:]


def _comments(text: str) -> Iterator[Edit]:
    """The lines that are comments, each with the blank lines before it."""
    here = seen = 0
    for found in _COMMENT.finditer(text):
        start = found.start()
        if start < here:
            continue
        before = text[seen:start]
        begin = start - (len(before) - len(before.rstrip(SPACES)))
        seen = start
        if begin > 0 and text[begin - 1] not in _LINE_ENDS:
            ends = [place for end in _LINE_ENDS if (place := text.find(end, begin, start)) >= 0]
            if not ends:
                continue
            begin = min(ends) + 1
        line_end = text.find("\n", start + 2)
        here = seen = line_end + 1 if line_end >= 0 else len(text)
        yield begin, here, ""
