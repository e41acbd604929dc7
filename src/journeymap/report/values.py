"""What a report is made of: answers, findings, tables and sections, as frozen values that any page can be set from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from attrs import field, frozen

from journeymap.analysis import Result
from journeymap.analysis.result import Json
from journeymap.model import FrozenMap
from journeymap.report.figures import Figure, as_options

_NARROW = 4
"""So many columns fit into half a page."""
Cell: TypeAlias = str | Figure
"""What stands in a table: words, or a number that can be traced."""


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _figures(values: Iterable[Figure]) -> tuple[Figure, ...]:
    return tuple(values)


def _pairs(values: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(values)


def _rows(values: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row) for row in values)


@frozen(kw_only=True)
class Answer:
    """A question that was asked, and what came of it."""

    function: str
    """The function of `journeymap.analysis`."""
    options: FrozenMap[object] = field(factory=FrozenMap, converter=as_options)
    """What it was asked with, beside the journey."""
    result: Result | None = None
    refused: str = ""
    """Why there is no answer."""
    doubtful: bool = False
    """Whether there was one, which ``strict`` refused for its warnings."""


@frozen(kw_only=True)
class Finding:
    """One thing that the map says and that matters."""

    title: str
    """The finding in a headline."""
    sentence: str
    """The same with its numbers."""
    topic: str
    """What it is about; a report has one finding a topic."""
    function: str
    """The function of `journeymap.analysis` that gave it."""
    result: Result
    """The whole answer."""
    figures: tuple[Figure, ...] = field(default=(), converter=_figures)
    """Every number of the title and the sentence."""
    facts: tuple[str, ...] = field(default=(), converter=_texts)
    """What the map itself says there: a quote, a pain, a metric."""
    doubt: str = ""
    """What it rests on, in a few words: how many values, what interval, how firm."""
    cautions: tuple[str, ...] = field(default=(), converter=_texts)
    """What to be careful about, in plain words."""
    bite: float
    """How much it matters by itself, 0 (not at all) to 1 (as much as can be)."""
    certainty: float
    """How firmly it stands, 0 to 1."""

    @property
    def weight(self) -> float:
        """What findings are ranked by: bite times certainty."""
        return self.bite * self.certainty


@frozen(kw_only=True)
class Table:
    """Rows with the question that gave them."""

    columns: tuple[str, ...] = field(converter=_texts)
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    function: str
    """The function of `journeymap.analysis`; ``journey`` where the map itself says it."""
    title: str = ""
    note: str = ""
    """What stands under it: what was left out, what was assumed."""

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which stand at its right edge."""
        return any(isinstance(row[column], Figure) for row in self.rows)


def _tables(values: Iterable[Table]) -> tuple[Table, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Section:
    """A part of the page under a heading."""

    title: str
    lead: str = ""
    """What it says, in a sentence or two."""
    figures: tuple[Figure, ...] = field(default=(), converter=_figures)
    """Every number of the lead."""
    tables: tuple[Table, ...] = field(default=(), converter=_tables)
    cautions: tuple[str, ...] = field(default=(), converter=_texts)

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of a page of paper."""
        return any(len(table.columns) > _NARROW for table in self.tables)

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions of `journeymap.analysis` that gave the numbers of the lead, each once, where no table below names them."""
        told = {table.function for table in self.tables}
        return tuple(dict.fromkeys(figure.function for figure in self.figures if figure.function not in told))


@frozen(kw_only=True)
class Other:
    """What an analysis answered that is no part of the standard page: asked for by name, or brought by a plug-in."""

    name: str
    """As it is listed: ``churn-by-step``."""
    title: str
    """Its line in the listing: often the question."""
    told: str = ""
    """The answer in words; empty where there is none."""
    rows: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    """An answer that is a mapping: names with values."""
    data: Json = None
    """The answer for programs."""
    problem: str = ""
    """Why there is no answer."""
    doubtful: bool = False
    """Whether there was one, which ``strict`` refused for its warnings."""
