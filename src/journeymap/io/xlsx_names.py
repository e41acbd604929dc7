"""What the sheets of a workbook are called, and how a text is told that is too long for a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journeymap.io.tables.grid import plain_heading
from journeymap.io.tables.layout import TABLES

HOW_TO = "How to"
LONG_TEXTS = "Long texts"
FIELD = "Field"
"""The heading over what is said on the sheet of the journey itself."""
SHEETS = {name: "Pain points" if name == "pains" else name.capitalize() for name in TABLES}
"""What the sheet of each table is called."""

_TITLES = {
    **{name: name for name in TABLES},
    **{plain_heading(title): name for name, title in SHEETS.items()},
    plain_heading(LONG_TEXTS): LONG_TEXTS,
}

_LONGEST = 32_767
"""What a cell of Excel holds, in units of UTF-16."""
_MARK = re.compile(r"\(long text ([0-9]{1,9})\)")
_MARKUP = re.compile(r"<r>.*</r>", re.DOTALL)
_ESCAPES = re.compile(r"(?<=_x[0-9a-fA-F]{4})(?=_x[0-9a-fA-F]{4}_)")
"""Two of Excel's own escapes that share an underscore, which no reader could tell apart."""


def table_of(title: str) -> str | None:
    """The table that a sheet is, or the sheet of long texts; None for a sheet that nobody knows.

    >>> table_of("Pain points"), table_of("touchpoint"), table_of("Sheet1")
    ('pains', 'touchpoints', None)
    """
    plain = plain_heading(title)
    return _TITLES.get(plain) or _TITLES.get(f"{plain}s")


def is_ignored(title: str) -> bool:
    """Whether a sheet is there for people only."""
    return title.startswith("_") or title.strip().casefold() == HOW_TO.casefold()


def long_text(number: int) -> str:
    """What stands in a cell for a text that is on a sheet of its own."""
    return f"(long text {number})"


def long_text_number(text: str) -> int:
    """Which long text a cell stands for; 0 if it stands for none."""
    found = _MARK.fullmatch(text)
    return int(found[1]) if found else 0


def fits(text: str) -> bool:
    """Whether a cell gives the text back as it is."""
    short = len(text) <= _LONGEST // 2 or len(text.encode("utf-16-le")) <= 2 * _LONGEST
    return short and not (_MARK.fullmatch(text) or _MARKUP.fullmatch(text) or _ESCAPES.search(text))


def parts_of(text: str) -> Iterator[str]:
    """The pieces of a long text, each of which fits into a cell."""
    for piece in _ESCAPES.split(text):
        head = piece[:1] if piece.startswith("<r>") else ""
        if head:
            yield head
        rest = piece[len(head) :]
        yield from (rest[start : start + 16_000] for start in range(0, len(rest), 16_000))
