"""What is important and badly served (C2, Ulwick's opportunity score), and the quadrants of both ratings (C7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, cast

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import by_name, number, parts_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval
from journeymap.analysis.result import Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

if TYPE_CHECKING:
    from journeymap.analysis.bootstrap import Floats

Band = Literal["extreme", "high", "solid", "appropriately served", "overserved"]
Quadrant = Literal["concentrate here", "keep up the good work", "low priority", "possible overkill"]
Pair: TypeAlias = tuple[float | None, float | None]
Named: TypeAlias = Mapping[str, float | None]
"""The same pair under its names, "importance" and "satisfaction"."""
Ratings: TypeAlias = Mapping[str, Pair] | Mapping[str, Named] | Mapping[str, Sequence[Pair]] | Iterable[Mapping[str, object]]
"""By item (or in rows with a name), a pair (importance, satisfaction), both 0 to 10; or one pair of answers, both 1 to 5, a respondent."""

_PAIR = ("importance", "satisfaction")
_TOP = 4
"""From which answer of 1 to 5 on somebody finds it important, or is satisfied."""


@frozen(kw_only=True)
class OpportunityRow:
    """One item with its two ratings."""

    id: str
    name: str
    value: float
    importance: float
    """0 to 10."""
    satisfaction: float
    """0 to 10."""
    band: Band
    n: int | None = None
    """How many respondents rated both."""
    interval: Interval | None = None


@frozen(kw_only=True)
class OpportunityScore(Result):
    """The items by opportunity score, the most underserved first; the value is the highest score."""

    analysis: ClassVar[str] = "opportunity_score"
    subject: ClassVar[str] = "The highest opportunity score"
    counted: ClassVar[str] = "items"
    table: ClassVar[str] = "rows"

    rows: tuple[OpportunityRow, ...]

    @property
    def overserved(self) -> tuple[str, ...]:
        """The ids of what satisfies more than it matters."""
        return tuple(row.id for row in self.rows if row.band == "overserved")

    def _told(self) -> str:
        first = self.rows[0]
        worth = sum(row.value >= 10 for row in self.rows)
        return (
            f"The most underserved is {first.name!r} with an opportunity score of {amount(first.value)} out of 20 ({first.band}); "
            f"{worth} of {len(self.rows)} score 10 or more"
        )


def opportunity_score(
    data: Journey | Ratings, *, level: float = LEVEL, draws: int = 2_000, seed: int = 0, strict: bool = False
) -> OpportunityScore:
    """What is important to customers and badly served?

    importance + max(importance - satisfaction, 0), with both from 0 to 10: above 15 extreme, above 12 high, from 10 on solid,
    below that appropriately served. Where satisfaction is higher, the score is the importance and the item is overserved.

    Plain data are pairs from 0 to 10; or the answers of respondents from 1 to 5, of which the share of 4 and 5 times 10 counts,
    with a percentile bootstrap interval from 20 respondents on (``draws``, ``seed``; an answer without its partner is left out).
    A map gives the touchpoints with both ratings, stretched from 1..5 to 0..10: a mean of ratings is no share of answers, so
    the bands are approximate, which the assumptions say. Values of another scale are refused.

    Sources: Ulwick (2002, 2005).

    >>> [(row.id, row.value, row.band) for row in opportunity_score({"exit": (7, 8), "restenosis": (9.5, 3.2)}).rows]
    [('restenosis', 15.8, 'extreme'), ('exit', 7.0, 'overserved')]
    """
    warnings: tuple[Caution, ...]
    assumptions: tuple[str, ...] = ()
    if isinstance(data, Journey):
        pairs, names, missing, warnings = rated(data, question="opportunity_score")
        rows = [_scored(item, names[item], 2.5 * (i - 1), 2.5 * (s - 1)) for item, (i, s) in pairs.items()]
        assumptions = ("ratings from 1 to 5 are stretched to 0 to 10, where the method counts shares of answers",)
        inputs: object = tuple(pairs.items())
    else:
        rows, missing, warnings, inputs = _from_plain(data, level, draws, seed)
    if not rows:
        raise NotEnoughData("opportunity_score", "nothing is rated by both", "importance and satisfaction of some items")
    rows.sort(key=lambda row: (-row.value, row.id))
    result = OpportunityScore(
        value=rows[0].value,
        unit="of 20",
        n=len(rows),
        missing=missing,
        interval=rows[0].interval,
        method="importance + max(importance - satisfaction, 0)",
        assumptions=assumptions,
        warnings=warnings,
        rows=tuple(rows),
    )
    return sealed(result, strict=strict, inputs=(inputs, level, draws, seed))


@frozen(kw_only=True)
class ImportanceRow:
    """One item in its quadrants."""

    id: str
    name: str
    importance: float
    satisfaction: float
    gap: float
    """Importance minus satisfaction: above the diagonal where it is positive."""
    by_mean: Quadrant
    """With the grand means as the borders."""
    by_midpoint: Quadrant
    """With the middle of the scale as the borders."""


@frozen(kw_only=True)
class ImportancePerformance(Result):
    """The items in their quadrants, the widest gap first; the value is how many to concentrate on, by the means."""

    analysis: ClassVar[str] = "importance_performance"
    subject: ClassVar[str] = "The number of items to concentrate on"
    counted: ClassVar[str] = "items"
    table: ClassVar[str] = "rows"

    rows: tuple[ImportanceRow, ...]
    mean_importance: float
    mean_satisfaction: float

    def _told(self) -> str:
        named = [row.name for row in self.rows if row.by_mean == "concentrate here"]
        where = f": {', '.join(repr(name) for name in named[:3])}" if named else ""
        return f"{len(named)} of {len(self.rows)} items matter more than average and satisfy less{where}"


def importance_performance(
    data: Journey | Mapping[str, Pair] | Mapping[str, Named] | Iterable[Mapping[str, object]],
    *,
    scale: tuple[float, float] = (1.0, 5.0),
    strict: bool = False,
) -> ImportancePerformance:
    """What matters and disappoints, and what pleases although it hardly matters?

    Quadrants of importance and satisfaction with two sets of borders: the grand means, and the middle of ``scale``; on the
    border counts as high. The gap is importance minus satisfaction (the diagonal of equal ratings). Importance is what customers
    state; derived importance can be given as plain data instead. A map gives the touchpoints with both ratings.

    Sources: Martilla & James (1977); Bacon (2003) for the diagonal.

    >>> importance_performance({"price": (5, 2), "logo": (2, 4)}).rows[0].by_mean
    'concentrate here'
    """
    low, high = scale
    if isinstance(data, Journey):
        pairs, names, missing, warnings = rated(data, question="importance_performance")
    else:
        named = by_name(data, question="importance_performance")
        for item, value in named.items():
            if not isinstance(value, Mapping | tuple | list):
                raise AnalysisError(f"{item}: {shown(value)} is not a pair (importance, satisfaction)")
        given = {item: cast("Pair", parts_of(value, _PAIR, what=item)) for item, value in named.items()}
        pairs = {item: _rating(item, pair, low, high) for item, pair in given.items() if None not in pair}
        names, missing, warnings = {item: item for item in pairs}, len(given) - len(pairs), ()
    if len(pairs) < 2:
        raise NotEnoughData("importance_performance", f"{len(pairs)} items have both ratings", "at least 2")
    mean_i = fsum(i for i, _ in pairs.values()) / len(pairs)
    mean_s = fsum(s for _, s in pairs.values()) / len(pairs)
    middle = (low + high) / 2
    rows = [
        ImportanceRow(
            id=item,
            name=names[item],
            importance=i,
            satisfaction=s,
            gap=i - s,
            by_mean=_quadrant(i >= mean_i, s >= mean_s),
            by_midpoint=_quadrant(i >= middle, s >= middle),
        )
        for item, (i, s) in pairs.items()
    ]
    result = ImportancePerformance(
        value=sum(row.by_mean == "concentrate here" for row in rows),
        unit="items",
        n=len(rows),
        missing=missing,
        method="quadrants at the grand means and at the middle of the scale; on the border is high",
        assumptions=("importance is as stated, not derived",),
        warnings=warnings,
        rows=tuple(sorted(rows, key=lambda row: (-row.gap, row.id))),
        mean_importance=mean_i,
        mean_satisfaction=mean_s,
    )
    return sealed(result, strict=strict, inputs=(tuple(pairs.items()), scale))


def rated(journey: Journey, *, question: str) -> tuple[dict[str, tuple[float, float]], dict[str, str], int, tuple[Caution, ...]]:
    """The touchpoints with importance and satisfaction: their ratings, their names, how many have only one, and the cautions."""
    pairs: dict[str, tuple[float, float]] = {}
    names, half, claims = {}, 0, []
    for touchpoint in journey.touchpoints:
        if touchpoint.importance is not None and touchpoint.satisfaction is not None:
            pairs[touchpoint.id] = (touchpoint.importance, touchpoint.satisfaction)
            names[touchpoint.id] = touchpoint.name
            claims.append(touchpoint.evidence)
        elif touchpoint.importance is not None or touchpoint.satisfaction is not None:
            half += 1
    if not pairs:
        raise NotEnoughData(question, "no touchpoint has both importance and satisfaction", "both ratings on some touchpoints")
    return pairs, names, half, hypothesis(journey, claims)


def _quadrant(important: bool, satisfying: bool) -> Quadrant:
    if important:
        return "keep up the good work" if satisfying else "concentrate here"
    return "possible overkill" if satisfying else "low priority"


def _scored(
    item: str, name: str, importance: float, satisfaction: float, n: int | None = None, interval: Interval | None = None
) -> OpportunityRow:
    value = importance + max(importance - satisfaction, 0.0)
    return OpportunityRow(
        id=item,
        name=name,
        value=value,
        importance=importance,
        satisfaction=satisfaction,
        band=_band(value, overserved=satisfaction > importance),
        n=n,
        interval=interval,
    )


def _band(value: float, *, overserved: bool) -> Band:
    if overserved:
        return "overserved"
    if value > 15:
        return "extreme"
    if value > 12:
        return "high"
    return "solid" if value >= 10 else "appropriately served"


def _from_plain(data: Ratings, level: float, draws: int, seed: int) -> tuple[list[OpportunityRow], int, tuple[Caution, ...], object]:
    rows: list[OpportunityRow] = []
    warnings: list[Caution] = []
    inputs: list[object] = []
    missing = 0
    for item, given in by_name(data, question="opportunity_score").items():
        value = _rated(item, given)
        if not isinstance(value, Iterable) or isinstance(value, str):
            raise AnalysisError(f"{item}: {shown(value)} is neither a pair (importance, satisfaction) nor a list of such pairs")
        if not any(isinstance(part, Iterable) for part in value):
            pair = cast("Pair", value)
            if None in pair:
                missing += 1
                continue
            rows.append(_scored(item, item, *_rating(item, pair, 0, 10)))
            inputs.append((item, pair))
            continue
        pairs = cast("Sequence[Pair]", value)
        answers = [_rating(item, pair, 1, 5) for pair in pairs if None not in pair]
        missing += len(pairs) - len(answers)
        if answers:
            kinds = Counter((i >= _TOP, s >= _TOP) for i, s in answers)
            counts = [kinds[kind] for kind in _KINDS]
            importance, satisfaction = (10 * share for share in _shares(counts))
            rows.append(_scored(item, item, importance, satisfaction, len(answers), _interval(counts, level, draws, seed)))
            warnings.extend(small_n(len(answers), what=f"answers on {item!r}"))
            inputs.append((item, tuple(counts)))
    return rows, missing, tuple(warnings), tuple(inputs)


def _rated(item: str, given: object) -> object:
    """The pair, or one pair a respondent; a mapping names both sides."""
    value = parts_of(given, _PAIR, what=item)
    if not isinstance(given, Mapping) or not isinstance(value, tuple) or not all(isinstance(side, list | tuple) for side in value):
        return value
    important, satisfied = value
    if len(important) != len(satisfied):
        raise AnalysisError(f"{item}: {len(important)} answers on importance and {len(satisfied)} on satisfaction; give one each")
    return list(zip(important, satisfied, strict=True))


_KINDS = ((True, True), (True, False), (False, True), (False, False))


def _shares(counts: Sequence[float]) -> tuple[float, float]:
    """The shares who find it important, and who are satisfied."""
    both, important, satisfied, _ = counts
    return (both + important) / sum(counts), (both + satisfied) / sum(counts)


def _interval(counts: Sequence[int], level: float, draws: int, seed: int) -> Interval | None:
    from journeymap.analysis.bootstrap import percentile_of_counts

    def score(drawn: Floats) -> Floats:
        n = sum(counts)
        importance = 10 * (drawn[:, 0] + drawn[:, 1]) / n
        satisfaction = 10 * (drawn[:, 0] + drawn[:, 2]) / n
        found: Floats = importance + (importance - satisfaction).clip(min=0)
        return found

    return percentile_of_counts(counts, score, level=level, draws=draws, seed=seed)


def _rating(item: str, pair: Pair, low: float, high: float) -> tuple[float, float]:
    if len(pair) != 2:
        raise AnalysisError(f"{item}: {shown(pair)} is not a pair (importance, satisfaction)")
    importance, satisfaction = (number(part, what=item, low=low, high=high) for part in pair)
    return importance, satisfaction
