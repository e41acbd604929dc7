"""Texts within a line of Markdown: every character that would mean something there is escaped, and comes back."""

from __future__ import annotations

import html
import re

_SPECIAL = re.compile(
    r"[\\`*_\[\]<#~|]|&(?=[#A-Za-z])"  # means something anywhere
    r"|^[-+=>]|(?<=\d)[.)](?=\s|\Z)"  # begins a list or a quotation, or underlines a heading
)
_EDGES = re.compile(r"\A\s|\s\Z|[\n\t]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WHOLE_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)((?:[^*_`\\]|\\.)++)(?<=\S)\1")


def escaped(text: str) -> str:
    r"""The text as a line of Markdown shows it.

    >>> escaped("*Buy* <now>\n")
    '\\*Buy\\* \\<now>&#10;'
    """
    marked = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    return _EDGES.sub(lambda found: f"&#{ord(found[0])};", marked)


def unescaped(line: str) -> str:
    r"""What a line of Markdown shows: without escapes, and without emphasis around all of it.

    >>> unescaped("**Buy** \\*now\\* &amp; here"), unescaped("**Buy now**")
    ('**Buy** *now* & here', 'Buy now')
    """
    whole = _WHOLE_EMPHASIS.fullmatch(line)
    return _ESCAPED.sub(_character, whole[2] if whole else line)


def paragraphs(text: str) -> list[str]:
    """The text as paragraphs, a line that ends in a backslash being continued on the next; one line where that cannot be."""
    parts = text.split("\n\n")
    if any(not line.strip() for part in parts for line in part.split("\n")):
        return [escaped(text)]
    return ["\\\n".join(map(escaped, part.split("\n"))) for part in parts]


def _character(found: re.Match[str]) -> str:
    return found[1] or html.unescape(found[0])
