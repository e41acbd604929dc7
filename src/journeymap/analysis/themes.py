"""How many speak of each theme (K4), and whether more interviews would bring new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import ClassVar, TypeAlias

from attrs import frozen

from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

Coded: TypeAlias = Mapping[str, Iterable[str] | None] | Iterable[tuple[str, str]]
"""By comment or interview, the themes it speaks of, none or several; or one pair (comment, theme) a code. None is not coded yet."""


@frozen(kw_only=True)
class ThemeRow:
    """One theme."""

    theme: str
    count: int
    """How many comments or interviews speak of it, each once."""
    share: float
    interval: Interval | None
    """Wilson's."""


@frozen(kw_only=True)
class SaturationPoint:
    """One comment or interview, in order."""

    unit: str
    new: int
    """How many themes it brought that nobody before had."""
    themes: int
    """How many themes there are with it."""


@frozen(kw_only=True)
class ThemeShares(Result):
    """The themes; the value is the share of those who speak of the commonest."""

    analysis: ClassVar[str] = "theme_shares"
    subject: ClassVar[str] = "The share of the commonest theme"
    counted: ClassVar[str] = "coded comments"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "themes"

    themes: tuple[ThemeRow, ...]
    """The commonest first, ties by name."""
    sum_of_shares: float | None
    """More than 1 where comments speak of several themes: the shares are no parts of one whole."""
    saturation: tuple[SaturationPoint, ...]
    since_new: int
    """How many comments in a row, at the end, brought no new theme."""
    alpha: float | None
    """Krippendorff's alpha of two coders, over all pairs of comment and theme; None without a second one, or undefined."""

    def _told(self) -> str:
        named = ", ".join(f"{row.theme!r} ({percent(row.share)})" for row in self.themes[:3])
        told = f"Spoken of most often: {named}; a comment may speak of several"
        return told + (
            f", and the last {self.since_new} brought nothing new" if self.since_new else ", and the last one still brought a new one"
        )


def theme_shares(data: Coded, *, second: Coded | None = None, level: float = LEVEL, strict: bool = False) -> ThemeShares:
    """How many speak of each theme, and would more interviews bring new ones?

    The share of the coded comments that speak of a theme, with Wilson's interval. A comment can speak of several, so the shares can
    sum to more than 1; one that speaks of none counts too, one that nobody has coded (None) is missing. ``saturation`` says in
    order of the data how many new themes each comment brought. With the codes of a ``second`` coder comes Krippendorff's alpha
    over all pairs of comment and theme (`agreement`). Where no comment speaks of any theme, the value is None.

    Sources: Wilson (1927); Guest, Bunce & Johnson (2006) on saturation; Krippendorff (2004).

    >>> [(row.theme, row.count) for row in theme_shares({"a": ["price", "wait"], "b": ["wait"], "c": []}).themes]
    [('wait', 2), ('price', 1)]
    """
    level = check_level(level)
    table = _coded(data)
    kept = {unit: codes for unit, codes in table.items() if codes is not None}
    if not kept:
        raise NotEnoughData("theme_shares", f"none of {len(table)} comments is coded", "the themes of at least one")
    n = len(kept)
    counts = Counter(theme for codes in kept.values() for theme in codes)
    rows = [ThemeRow(theme=theme, count=k, share=k / n, interval=wilson(k, n, level=level)) for theme, k in counts.items()]
    rows.sort(key=lambda row: (-row.count, row.theme))
    curve: list[SaturationPoint] = []
    seen: set[str] = set()
    for unit, codes in kept.items():
        new = len(set(codes) - seen)
        seen |= set(codes)
        curve.append(SaturationPoint(unit=unit, new=new, themes=len(seen)))
    other = None if second is None else _coded(second)
    fresh = [place for place, point in enumerate(curve) if point.new]
    result = ThemeShares(
        value=rows[0].share if rows else None,
        unit="share",
        n=n,
        missing=len(table) - n,
        interval=rows[0].interval if rows else None,
        method="share of coded comments, several themes each",
        assumptions=("each comment comes from another customer",),
        warnings=(*missing_some(there=n, expected=len(table), what="comments"), *small_n(n, what="coded comments")),
        reason="" if rows else "no comment speaks of any theme",
        themes=tuple(rows),
        sum_of_shares=sum(counts.values()) / n if rows else None,
        saturation=tuple(curve),
        since_new=len(curve) - 1 - fresh[-1] if fresh else len(curve),
        alpha=None if other is None else _alpha(kept, other),
    )
    return sealed(result, strict=strict, inputs=(tuple(table.items()), tuple((other or {}).items()), level))


def _coded(data: object) -> dict[str, tuple[str, ...] | None]:
    if isinstance(data, Journey):
        raise NotEnoughData("theme_shares", "a map has no coded comments", 'codes by comment: {"interview 1": ["price", "wait"]}')
    if isinstance(data, Mapping):
        table: dict[str, tuple[str, ...] | None] = {}
        for unit, codes in data.items():
            if isinstance(codes, str) or not (codes is None or isinstance(codes, Iterable)):
                raise AnalysisError(f"{unit}: {shown(codes)} is no list of themes; put it in [ ]")
            table[str(unit)] = None if codes is None else tuple(dict.fromkeys(str(code) for code in codes))
        return table
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise AnalysisError(f'{shown(data)} are no codes; give them by comment: {{"interview 1": ["price", "wait"]}}')
    found: dict[str, dict[str, None]] = {}
    for index, row in enumerate(data):
        if not isinstance(row, tuple | list) or len(row) != 2:
            raise AnalysisError(f"row {index}: {shown(row)} is not (comment, theme)")
        found.setdefault(str(row[0]), {})[str(row[1])] = None
    return {unit: tuple(codes) for unit, codes in found.items()}


def _alpha(first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...] | None]) -> float | None:
    from journeymap.analysis.coding import agreement

    both = {unit: (set(codes), set(other)) for unit, codes in first.items() if (other := second.get(unit)) is not None}
    themes = sorted({theme for sides in both.values() for side in sides for theme in side})
    if not themes:
        return None
    said = [[float(theme in sides[coder]) for sides in both.values() for theme in themes] for coder in (0, 1)]
    return agreement({"first": said[0], "second": said[1]}, draws=100).value
