"""Hypothesis strategies for the single values of the model: words, numbers, lengths of time."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TypeVar

from journeymap.errors import MissingExtra
from journeymap.model import END, START, Extra, FrozenMap, Range, Span

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra("making journeys up for tests (journeymap.testing.strategies)", "testing") from error

__all__ = [
    "AWKWARD",
    "counts",
    "durations",
    "estimates",
    "extras",
    "few",
    "ids",
    "lengths",
    "names",
    "numbers",
    "or_none",
    "st",
    "texts",
    "urls",
]

T = TypeVar("T")

AWKWARD = (
    "null", "~", "true", "no", "Off", "1", "1e3", "0x1F", ".inf", "2024-02-30", "12:30:45", "- item", "a: b", "a #b",
    "#FF", "{", "[", "&a", "*a", "!x", "|", ">", "%", "@", "`", "'", '"', "\\", "\\n", "=", "<<", "...", "---",
    " leading", "trailing ", "two\nlines", "ends\n", "\ttab", "<b>&amp;</b>", "]]>", "<!--", "javascript:alert(1)",
    "$x^2$", "${7*7}", "{{ 7 }}", "%s", "Grüße", "Ελληνικά", "مرحبا بالعالم", "שלום", "नमस्ते", "你好,世界", "สวัสดี",
    "👩🏽\u200d🚀", "🇩🇪", "e\u0301", "\u202eabc", "\ufeffbom", "\u2028", "soft\u00adhyphen", "non\u00a0breaking",
)  # fmt: skip
"""Words that readers, writers and drawers trip over."""


@cache
def texts(*, max_size: int = 30) -> st.SearchStrategy[str]:
    """Text as the model takes it, possibly empty: any script, tabs and line feeds, and words of `AWKWARD`."""
    letters = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n")
    return st.text(letters, max_size=max_size) | st.sampled_from([word for word in AWKWARD if len(word) <= max_size])


@cache
def names(*, max_size: int = 30) -> st.SearchStrategy[str]:
    """Text that says something."""
    return texts(max_size=max_size).filter(lambda text: bool(text.strip()))


@cache
def ids() -> st.SearchStrategy[str]:
    """Text without white space, none of the reserved words."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
    return st.text(letters, min_size=1, max_size=12).filter(lambda text: text not in (START, END))


@cache
def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Finite numbers from ``low`` to ``high``."""
    return st.floats(low, high, allow_nan=False)


@cache
def counts() -> st.SearchStrategy[int]:
    """Whole numbers of 0 or more."""
    return st.integers(0, 2**53)


@cache
def durations() -> st.SearchStrategy[timedelta]:
    """Lengths of time of 0 or more."""
    return st.timedeltas(timedelta(0))


@cache
def lengths() -> st.SearchStrategy[timedelta | Span | None]:
    """Lengths of time, exact, as a span, or unknown."""
    three = st.lists(durations(), min_size=3, max_size=3).map(sorted)
    return st.none() | durations() | three.map(lambda lengths: Span(*lengths))


@cache
def estimates(low: float, high: float) -> st.SearchStrategy[float | Range | None]:
    """Numbers from ``low`` to ``high``, exact, as a range, or unknown."""
    three = st.lists(numbers(low, high), min_size=3, max_size=3).map(sorted)
    return st.none() | numbers(low, high) | three.map(lambda values: Range(*values))


@cache
def urls() -> st.SearchStrategy[str]:
    """Addresses that are safe to click."""
    return st.sampled_from(["https://example.org/pay?a=1&b=2#top", "http://example.org/ü/'x'", "MAILTO:help@example.org"])


@cache
def extras() -> st.SearchStrategy[Extra]:
    """What users keep beside the fields."""
    return st.dictionaries(texts(max_size=8), texts(max_size=8), max_size=2).map(FrozenMap)


def or_none(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """The same, or None."""
    return st.none() | strategy


def few(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """Lists of up to two."""
    return st.lists(strategy, max_size=2)
