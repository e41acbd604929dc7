"""Which features are expected, wished for, or a delight (C5): the Kano classification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import ClassVar, Literal, TypeAlias, get_args

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import FrozenMap, Journey

KanoClass = Literal["M", "O", "A", "I", "R", "Q"]
"""Must-be, one-dimensional, attractive, indifferent, reverse, questionable; ties go to the first in this order."""
NAMES: Mapping[KanoClass, str] = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
FEWEST = 20
QUESTIONABLE = 0.1
_ORDER: tuple[KanoClass, ...] = get_args(KanoClass)
# A row for the answer if the feature is there, a column for the answer if it is not: like, must be, neutral, live with, dislike.
_TABLE: tuple[tuple[KanoClass, ...], ...] = (
    ("Q", "A", "A", "A", "O"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "R", "R", "R", "Q"),
)
_FONG_Z = 1.65

KanoAnswers: TypeAlias = Mapping[KanoClass, int] | Sequence[tuple[int | None, int | None]]
"""Counts by class; or a pair of answers a respondent, 1 like to 5 dislike: if the feature is there, and if it is not."""


@frozen(kw_only=True)
class KanoRow:
    """One feature."""

    id: str
    n: int
    category: KanoClass | None
    """The most frequent class; None where the two most frequent are too close to tell."""
    mode: KanoClass
    """The most frequent class, ties by order."""
    clear: bool
    """Whether the mode is clearly more frequent than the next class (Fong's test)."""
    better: float | None
    """(A + O) / (A + O + M + I): how much having it raises satisfaction, 0 to 1."""
    worse: float | None
    """-(O + M) / (A + O + M + I): how much lacking it lowers satisfaction, 0 to -1."""
    questionable: float
    """The share of contradictory pairs: above 0.1 the question was not understood."""
    counts: Mapping[str, int]


@frozen(kw_only=True)
class Kano(Result):
    """The features, the ones that hurt most to lack first; the value is how many are clearly must-be."""

    analysis: ClassVar[str] = "kano"
    subject: ClassVar[str] = "The number of must-be features"
    counted: ClassVar[str] = "features"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "rows"

    rows: tuple[KanoRow, ...]

    def _told(self) -> str:
        named = [row.id for row in self.rows if row.category == "M"]
        where = f" ({', '.join(repr(name) for name in named[:3])})" if named else ""
        unclear = sum(row.category is None for row in self.rows)
        return f"Customers take {amount(self.value)} of {len(self.rows)} features for granted{where}; undecided: {unclear}"


def kano(data: Journey | Mapping[str, KanoAnswers], *, strict: bool = False) -> Kano:
    """Which features are expected, wished for, or a delight?

    Each respondent's pair of answers is looked up in Kano's 5 x 5 table. A feature has the class that is named most often, ties in
    the order M, O, A, I (then R, Q), and None where the lead over the second is not clear: |a - b| < 1.65 * sqrt((a + b) *
    (2n - a - b) / 2n), Fong's test. ``better`` and ``worse`` leave out R and Q; both are None where nothing else was said. Incomplete
    pairs are left out. NotEnoughData for a feature with fewer than 20 pairs; more than 10 % questionable ones are said in the
    assumptions. It asks about features, so a map alone cannot answer it. Sorted by ``worse``, then ``better``, then name.

    Sources: Kano et al. (1984); Berger et al. (1993); Matzler & Hinterhuber (1998).

    >>> found = kano({"progress bar": {"A": 30, "O": 12, "M": 4, "I": 10}}).rows[0]
    >>> found.category, found.better
    ('A', 0.75)
    """
    if isinstance(data, Journey):
        raise NotEnoughData("kano", "a map has no answers about features", "pairs of answers of respondents, by feature")
    if not isinstance(data, Mapping):
        told = 'give answers by feature, {"progress bar": [(1, 5), (2, 5)]}, or counts, {"progress bar": {"A": 30, "O": 12}}'
        raise AnalysisError(f"kano: {shown(data)} are no answers about features; {told}")
    if not data:
        raise NotEnoughData("kano", "no features", "answers on at least one")
    rows: list[KanoRow] = []
    warnings: list[Caution] = []
    doubtful: list[str] = []
    missing = 0
    for name, answers in data.items():
        counts, lost = _counts(name, answers)
        missing += lost
        n = sum(counts.values())
        if n < FEWEST:
            raise NotEnoughData("kano", f"{n} pairs of answers on {name!r}", f"{FEWEST} or more", "TOO_SMALL")
        warnings.extend(small_n(n, what=f"answers on {name!r}"))
        rows.append(_row(name, counts, n))
        if rows[-1].questionable > QUESTIONABLE:
            doubtful.append(f"{rows[-1].questionable:.0%} of the answers on {name!r} contradict themselves: look at the question")
    result = Kano(
        value=sum(row.category == "M" for row in rows),
        unit="features",
        n=len(rows),
        missing=missing,
        method="Kano table, mode with Fong's test",
        assumptions=tuple(doubtful),
        warnings=tuple(warnings),
        rows=tuple(sorted(rows, key=lambda row: (row.worse or 0.0, -(row.better or 0.0), row.id))),
    )
    return sealed(result, strict=strict, inputs=tuple((row.id, tuple(row.counts.items())) for row in rows))


def _row(name: str, counts: Mapping[KanoClass, int], n: int) -> KanoRow:
    mode, second = sorted(_ORDER, key=lambda c: (-counts[c], _ORDER.index(c)))[:2]
    a, b = counts[mode], counts[second]
    clear = a - b >= _FONG_Z * sqrt((a + b) * (2 * n - a - b) / (2 * n))
    felt = counts["A"] + counts["O"] + counts["M"] + counts["I"]
    return KanoRow(
        id=name,
        n=n,
        category=mode if clear else None,
        mode=mode,
        clear=clear,
        better=(counts["A"] + counts["O"]) / felt if felt else None,
        worse=-(counts["O"] + counts["M"]) / felt if felt else None,
        questionable=counts["Q"] / n,
        counts=FrozenMap({str(key): count for key, count in counts.items()}),
    )


def _counts(name: str, answers: KanoAnswers) -> tuple[dict[KanoClass, int], int]:
    """How often each class was named, and how many pairs are incomplete."""
    counts = dict.fromkeys(_ORDER, 0)
    if isinstance(answers, Mapping):
        for category, count in answers.items():
            if category not in counts:
                raise AnalysisError(f"{name}: {shown(category)} is no Kano class; use {', '.join(_ORDER)}")
            counts[category] = int(number(count, what=f"{name}[{category}]", low=0))
        return counts, 0
    if isinstance(answers, str) or not isinstance(answers, Iterable):
        raise AnalysisError(f"{name}: {shown(answers)} is neither counts by class nor pairs of answers")
    lost = 0
    for pair in answers:
        if len(pair) != 2:
            raise AnalysisError(f"{name}: {shown(pair)} is not a pair of answers")
        if None in pair:
            lost += 1
            continue
        with_it, without_it = (int(number(answer, what=name, low=1, high=5)) for answer in pair)
        counts[_TABLE[with_it - 1][without_it - 1]] += 1
    return counts, lost
