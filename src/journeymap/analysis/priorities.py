"""What to do first (C3): RICE and ICE, with the doubt of the estimates carried through to the ranks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, NotRequired, TypedDict, TypeVar, cast

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Estimate, Spread, by_name, estimate
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some
from journeymap.analysis.intervals import LEVEL, Interval, check_level
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch, shown
from journeymap.model import Journey, Opportunity, Range

IMPACTS: Mapping[float, float] = {1: 0.25, 2: 0.5, 3: 1, 4: 2, 5: 3}
"""What an impact of 1 to 5 on a map is in RICE (McBride's minimal, low, medium, high, massive); in between, in proportion."""
EFFORTS: Mapping[float, float] = {1: 0.5, 2: 1, 3: 2, 4: 4, 5: 8}
"""What an effort of 1 to 5 on a map is in person-months; in between, in proportion."""
_DRAWS = 10_000
_FEWEST_DRAWS = 100
_CELLS = 5_000_000
"""So many scores are drawn at most, so that a hundred thousand ideas take seconds; the answer says how often it drew."""


class RiceItem(TypedDict):
    """What RICE needs of one idea; each a number, or low, most likely and high."""

    reach: Estimate
    """Customers (or events) in the period."""
    impact: Estimate
    confidence: Estimate
    effort: Estimate
    """Person-months, above 0."""
    period: NotRequired[str]
    """What the reach is counted over; the same for all."""


class IceItem(TypedDict):
    """What ICE needs of one idea; each a number, or low, most likely and high."""

    impact: Estimate
    confidence: Estimate
    ease: Estimate


@frozen(kw_only=True)
class RankedRow:
    """One idea in the order of its score."""

    id: str
    name: str
    rank: int
    value: float
    """The score from the most likely estimates."""
    interval: Interval | None
    """The range of the score that the ranges of the estimates make; None without ranges."""
    in_top: float | None
    """The probability to be among the first ``top`` ones; None where no idea has a range."""


@frozen(kw_only=True)
class Ranking(Result):
    """Ideas in order; the value is the highest score."""

    subject: ClassVar[str] = "The highest score"
    counted: ClassVar[str] = "ideas"
    table: ClassVar[str] = "rows"

    rows: tuple[RankedRow, ...]
    top: int
    """How many places ``in_top`` looks at."""
    draws: int
    """How many draws the probabilities come from; 0 without ranges."""
    monte_carlo_error: float | None
    """The standard error that the draws leave in ``in_top``, at most."""
    unscored: tuple[str, ...] = ()
    """The ids of ideas for which an estimate is missing."""

    def _told(self) -> str:
        first = self.rows[0]
        sure = "" if first.in_top is None else f", among the first {self.top} with a probability of {percent(first.in_top)}"
        return f"First comes {first.name!r} with a score of {amount(first.value)}{sure}"


@frozen(kw_only=True)
class Rice(Ranking):
    """Ideas by RICE score."""

    analysis: ClassVar[str] = "rice"


@frozen(kw_only=True)
class Ice(Ranking):
    """Ideas by ICE score."""

    analysis: ClassVar[str] = "ice"


K = TypeVar("K", bound=Ranking)


@frozen
class _Idea:
    id: str
    name: str
    parts: tuple[Spread, ...]


def rice(
    data: Journey | Mapping[str, RiceItem] | Iterable[Mapping[str, object]],
    *,
    top: int = 3,
    level: float = LEVEL,
    draws: int = _DRAWS,
    seed: int = 0,
    strict: bool = False,
) -> Rice:
    """Which ideas give most for their effort?

    reach * impact * confidence / effort. In McBride's scales the impact is 0.25, 0.5, 1, 2 or 3, the confidence 0 to 1, the
    effort person-months; other scales are taken as they are. A map gives reach (customers a month) and confidence as they stand, and
    impact and effort of 1 to 5 by `IMPACTS` and `EFFORTS`. Sorted by score, ties by id.

    Plain data are ideas by name, or rows with a name. An estimate may be low, most likely and high: the ranges are drawn (triangular,
    ``draws`` times, from ``seed``) and give each score an interval and each idea the probability to be among the first ``top``.
    Without ranges that doubt is unknown, which the assumptions say. Effort of 0 or less and different periods are refused; ideas
    that lack an estimate are listed as unscored. The score multiplies ratings: it helps to rank, nothing more (`ORDINAL_MATH`).

    Source: McBride (2016).

    >>> tracker = RiceItem(reach=500, impact=2, confidence=0.8, effort=2)
    >>> chat = RiceItem(reach=900, impact=1, confidence=0.5, effort=4)
    >>> [(row.id, row.value) for row in rice({"tracker": tracker, "chat": chat}).rows]
    [('tracker', 400.0), ('chat', 112.5)]
    """
    if isinstance(data, Journey):
        ideas, unscored, warnings = _from_map(data, lambda o: (o.reach, o.impact, o.confidence, o.effort), "rice")
        ideas = [_Idea(i.id, i.name, (i.parts[0], scaled(i.parts[1], IMPACTS), i.parts[2], scaled(i.parts[3], EFFORTS))) for i in ideas]
        assumptions: tuple[str, ...] = (f"impact 1 to 5 counts {_table(IMPACTS)}, effort 1 to 5 is {_table(EFFORTS)} person-months",)
    else:
        items = by_name(data, question="rice")
        periods = {str(item.get("period", "")) for item in items.values() if isinstance(item, Mapping)}
        if len(periods) > 1:
            told = " and ".join(shown(period) for period in sorted(periods))
            raise ScaleMismatch(f"period: reach is counted over {told}; give all over one period")
        ideas = _from_plain(items, ("reach", "impact", "confidence", "effort"))
        unscored, warnings = (), ()
        usual = all(idea.parts[2].high <= 1 and {idea.parts[1].low, idea.parts[1].high} <= set(IMPACTS.values()) for idea in ideas)
        assumptions = () if usual else ("impact or confidence are on scales of their own, not McBride's",)
    for idea in ideas:
        if idea.parts[3].low <= 0:
            raise AnalysisError(f"{idea.id}: effort {idea.parts[3].low:g} is not above 0; give person-months, however few")
    result = _answer(Rice, ideas, _Draw(top, level, draws, seed), by_last=True)
    result = evolve(
        result,
        method="reach * impact * confidence / effort" + result.method,
        assumptions=(*assumptions, *result.assumptions),
        warnings=(*warnings, caution("ORDINAL_MATH")),
        missing=len(unscored),
        unscored=unscored,
    )
    return sealed(result, strict=strict, inputs=(tuple(ideas), top, level, draws, seed))


def ice(
    data: Journey | Mapping[str, IceItem] | Iterable[Mapping[str, object]],
    *,
    top: int = 3,
    level: float = LEVEL,
    draws: int = _DRAWS,
    seed: int = 0,
    strict: bool = False,
) -> Ice:
    """Which ideas are worth a quick try?

    impact * confidence * ease, each on the scale that it comes in. A map gives the impact from 1 to 5, the confidence from 0 to 1,
    and as ease 6 minus the effort. Ranges, ties and warnings as in `rice`.

    Source: Ellis & Brown (2017).

    >>> ice({"copilot": IceItem(impact=5, confidence=3, ease=4), "export": IceItem(impact=2, confidence=5, ease=5)}).rows[0].value
    60.0
    """
    if isinstance(data, Journey):
        ideas, unscored, warnings = _from_map(data, lambda o: (o.impact, o.confidence, o.effort), "ice")
        ideas = [_Idea(i.id, i.name, (i.parts[0], i.parts[1], _ease(i.parts[2]))) for i in ideas]
        assumptions: tuple[str, ...] = ("ease is 6 minus the effort",)
    else:
        ideas, unscored, warnings, assumptions = _from_plain(by_name(data, question="ice"), ("impact", "confidence", "ease")), (), (), ()
    result = _answer(Ice, ideas, _Draw(top, level, draws, seed), by_last=False)
    result = evolve(
        result,
        method="impact * confidence * ease" + result.method,
        assumptions=(*assumptions, *result.assumptions),
        warnings=(*warnings, caution("ORDINAL_MATH")),
        missing=len(unscored),
        unscored=unscored,
    )
    return sealed(result, strict=strict, inputs=(tuple(ideas), top, level, draws, seed))


def _from_map(
    journey: Journey, parts: Callable[[Opportunity], tuple[float | Range | None, ...]], question: str
) -> tuple[list[_Idea], tuple[str, ...], tuple[Caution, ...]]:
    ideas, unscored, claims = [], [], []
    for opportunity in journey.all_opportunities():
        found = parts(opportunity)
        if any(part is None for part in found):
            unscored.append(opportunity.id)
            continue
        ranges = tuple(estimate(cast("float | Range", part), what=opportunity.id) for part in found)
        ideas.append(_Idea(opportunity.id, opportunity.name, ranges))
        claims.append(opportunity.evidence)
    if not ideas:
        needed = "impact, confidence and effort"
        given = f"none of {len(unscored)} opportunities has every estimate" if unscored else "the journey has no opportunities"
        raise NotEnoughData(question, given, f"reach, {needed}" if question == "rice" else needed)
    some = missing_some(there=len(ideas), expected=len(ideas) + len(unscored), what="opportunities", value="estimate")
    return ideas, tuple(sorted(unscored)), (*hypothesis(journey, claims, what="ideas"), *some)


def _from_plain(data: Mapping[str, object], names: Sequence[str]) -> list[_Idea]:
    ideas = []
    for key, item in data.items():
        if not isinstance(item, Mapping):
            raise AnalysisError(f"{key}: {shown(item)} is no idea; it needs {', '.join(names)} by name")
        given = cast("Mapping[str, Estimate]", item)
        absent = [name for name in names if name not in given]
        if absent:
            raise AnalysisError(f"{key}: {', '.join(absent)} missing; an idea needs {', '.join(names)}")
        ideas.append(_Idea(key, key, tuple(estimate(given[name], what=f"{key}.{name}") for name in names)))
    if not ideas:
        raise NotEnoughData("the ranking", "no ideas", "at least one")
    return ideas


def scaled(value: Spread, table: Mapping[float, float]) -> Spread:
    """An estimate on another scale, by a table for its whole numbers; in between in proportion."""
    return Spread(*(_between(part, table) for part in (value.low, value.mid, value.high)))


def _between(value: float, table: Mapping[float, float]) -> float:
    below = math.floor(value)
    above = math.ceil(value)
    return table[below] + (value - below) * (table[above] - table[below])


def _table(table: Mapping[float, float]) -> str:
    return ", ".join(f"{value:g}" for value in table.values())


def _ease(effort: Spread) -> Spread:
    return Spread(6 - effort.high, 6 - effort.mid, 6 - effort.low)


@frozen
class _Draw:
    """How the ranges are drawn."""

    top: int
    level: float
    draws: int
    seed: int


def _answer(kind: type[K], ideas: Sequence[_Idea], how: _Draw, *, by_last: bool) -> K:
    """The ideas by score, ties by id, with intervals and probabilities where any of them has a range."""
    if isinstance(how.top, bool) or not isinstance(how.top, int) or how.top < 1:
        raise AnalysisError(f"top: {shown(how.top)} is no number of places; give 1 or more")
    ordered = sorted(ideas, key=lambda idea: idea.id)
    scores = [float(_score([part.mid for part in idea.parts], by_last)) for idea in ordered]
    uncertain = any(part.low < part.high for idea in ideas for part in idea.parts)
    drawn, intervals, in_top = _drawn(ordered, how, by_last) if uncertain else (0, [None] * len(ordered), [None] * len(ordered))
    order = sorted(range(len(ordered)), key=lambda k: (-scores[k], ordered[k].id))
    rows = tuple(
        RankedRow(id=ordered[k].id, name=ordered[k].name, rank=rank, value=scores[k], interval=intervals[k], in_top=in_top[k])
        for rank, k in enumerate(order, start=1)
    )
    note = "estimates are triangular between low and high, and independent" if uncertain else "no estimate has a range: doubt unknown"
    return kind(
        value=rows[0].value,
        interval=rows[0].interval,
        n=len(ideas),
        method=f", ranges drawn {drawn:,} times (seed {how.seed})" if uncertain else "",
        assumptions=(note,),
        rows=rows,
        top=how.top,
        draws=drawn,
        monte_carlo_error=0.5 / math.sqrt(drawn) if drawn else None,
    )


def _drawn(ideas: Sequence[_Idea], how: _Draw, by_last: bool) -> tuple[int, list[Interval | None], list[float | None]]:
    """How often was drawn, the interval of each score, and how often each idea came among the first."""
    import numpy as np

    random = np.random.default_rng(how.seed)
    draws = max(_FEWEST_DRAWS, min(how.draws, _CELLS // len(ideas)))

    def draw(part: int) -> Any:
        low, mid, high = np.array([idea.parts[part] for idea in ideas]).T
        wide = np.flatnonzero(low < high)
        if not len(wide):
            return mid[np.newaxis]
        values = np.tile(mid, (draws, 1))
        values[:, wide] = random.triangular(low[wide], mid[wide], high[wide], (draws, len(wide)))
        return values

    scores = _score([draw(part) for part in range(len(ideas[0].parts))], by_last)
    share = _in_top(scores, how.top) / draws
    tail = (1 - check_level(how.level)) / 2
    low, high = np.quantile(scores, [tail, 1 - tail], axis=0).tolist()
    ranged = [any(part.low < part.high for part in idea.parts) for idea in ideas]
    bounds = [Interval(a, b, how.level, "range of the estimates") if wide else None for a, b, wide in zip(low, high, ranged, strict=True)]
    return draws, bounds, [float(value) for value in share]


def _in_top(scores: Any, top: int) -> Any:
    """How often each column is among the first so many of its row; of equal ones at the edge those further left."""
    import numpy as np

    columns = scores.shape[1]
    if top >= columns:
        return np.full(columns, float(len(scores)))
    edge = np.partition(scores, columns - top, axis=1)[:, columns - top, np.newaxis]
    above = scores > edge
    counts = above.sum(axis=0).astype(float)
    for row, taken in enumerate(above.sum(axis=1)):
        counts[np.flatnonzero(scores[row] == edge[row])[: top - taken]] += 1
    return counts


def _score(parts: Sequence[Any], by_last: bool) -> Any:
    """The product of the parts, divided by the last one if asked; of numbers, or of arrays of draws."""
    return math.prod(parts[:-1]) / parts[-1] if by_last else math.prod(parts)
