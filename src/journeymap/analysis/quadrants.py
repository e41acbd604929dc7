"""Quick wins and big bets (C4): ideas by impact and effort, in quadrants, and the Pareto front that needs no borders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import Estimate, Spread, by_name, estimate, parts_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some
from journeymap.analysis.result import Result, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

Corner = Literal["quick win", "big bet", "fill-in", "thankless"]
"""High impact with low or high effort; low impact with low or high effort."""


@frozen(kw_only=True)
class IdeaRow:
    """One idea in its quadrant."""

    id: str
    name: str
    impact: float
    effort: float
    quadrant: Corner
    settled: bool
    """Whether every corner of its ranges lies in the same quadrant."""
    on_front: bool
    """Whether no other idea has as much impact for less effort, or more for as little."""


@frozen(kw_only=True)
class ImpactEffort(Result):
    """The ideas, quick wins first; the value is how many quick wins there are."""

    analysis: ClassVar[str] = "impact_effort"
    subject: ClassVar[str] = "The number of quick wins"
    counted: ClassVar[str] = "ideas"
    table: ClassVar[str] = "rows"

    rows: tuple[IdeaRow, ...]
    impact_border: float
    effort_border: float
    unscored: tuple[str, ...] = ()
    """The ids of ideas that lack impact or effort."""

    @property
    def front(self) -> tuple[str, ...]:
        """The ids on the Pareto front, the least effort first."""
        return tuple(row.id for row in sorted(self.rows, key=lambda row: (row.effort, row.id)) if row.on_front)

    def _told(self) -> str:
        wins = [row for row in self.rows if row.quadrant == "quick win"]
        unsettled = sum(not row.settled for row in wins)
        named = f": {', '.join(repr(row.name) for row in wins[:3])}{' and others' if len(wins) > 3 else ''}" if wins else ""
        doubt = f"; for {unsettled} of them the estimates allow another reading" if unsettled else ""
        return f"{len(wins)} of {len(self.rows)} ideas are quick wins{named}{doubt}"


def impact_effort(
    data: Journey | Mapping[str, tuple[Estimate, Estimate]] | Mapping[str, Mapping[str, Estimate]] | Iterable[Mapping[str, object]],
    *,
    borders: Literal["midpoint", "median"] = "midpoint",
    scale: tuple[float, float] = (1.0, 5.0),
    strict: bool = False,
) -> ImpactEffort:
    """Which ideas are quick wins, which are big bets?

    Quadrants of impact and effort, by their most likely values. The borders are the middle of ``scale`` (1 to 5: 3), or the medians,
    which always fill both halves, whatever the ideas are worth; on the border counts as high. An idea whose range crosses a border
    is not ``settled``. The front holds the ideas that none beats on both counts. Plain data are pairs (impact, effort) by name, each a
    number, or low, most likely and high, within ``scale``.

    Sorted by quadrant (quick win, big bet, fill-in, thankless), then impact, then less effort, then id. Ideas that lack an estimate
    are listed as unscored.

    >>> found = impact_effort({"tracker": (5, 2), "portal": (5, 5), "logo": (1, 1)})
    >>> [(row.id, row.quadrant, row.on_front) for row in found.rows]
    [('tracker', 'quick win', True), ('portal', 'big bet', False), ('logo', 'fill-in', True)]
    """
    low, high = scale
    unscored: list[str] = []
    warnings: tuple[Caution, ...] = ()
    ideas: list[tuple[str, str, Spread, Spread]] = []
    if isinstance(data, Journey):
        claims = []
        for opportunity in data.all_opportunities():
            if opportunity.impact is None or opportunity.effort is None:
                unscored.append(opportunity.id)
                continue
            impact, effort = (estimate(part, what=opportunity.id) for part in (opportunity.impact, opportunity.effort))
            ideas.append((opportunity.id, opportunity.name, impact, effort))
            claims.append(opportunity.evidence)
        some = missing_some(there=len(ideas), expected=len(ideas) + len(unscored), what="opportunities", value="estimate")
        warnings = (*hypothesis(data, claims, what="ideas"), *some)
    else:
        for key, given_pair in by_name(data, question="impact_effort").items():
            pair = parts_of(given_pair, ("impact", "effort"), what=key)
            if not isinstance(pair, tuple | list) or len(pair) != 2:
                raise AnalysisError(f"{key}: {shown(pair)} is no pair of impact and effort")
            impact, effort = (estimate(part, what=key, low=low, high=high) for part in pair)
            ideas.append((key, key, impact, effort))
    if not ideas:
        given = f"none of {len(unscored)} ideas has both estimates" if unscored else "there are no ideas"
        raise NotEnoughData("impact_effort", given, "impact and effort of some ideas")
    middle = (low + high) / 2
    by_median = borders == "median"
    impact_border = median(impact.mid for _, _, impact, _ in ideas) if by_median else middle
    effort_border = median(effort.mid for _, _, _, effort in ideas) if by_median else middle
    front = _front([(impact.mid, effort.mid) for _, _, impact, effort in ideas])
    rows = []
    for (key, name, impact, effort), best in zip(ideas, front, strict=True):
        corners = {_corner(i >= impact_border, e >= effort_border) for i in (impact.low, impact.high) for e in (effort.low, effort.high)}
        rows.append(
            IdeaRow(
                id=key,
                name=name,
                impact=impact.mid,
                effort=effort.mid,
                quadrant=_corner(impact.mid >= impact_border, effort.mid >= effort_border),
                settled=len(corners) == 1,
                on_front=best,
            )
        )
    result = ImpactEffort(
        value=sum(row.quadrant == "quick win" for row in rows),
        unit="ideas",
        n=len(rows),
        missing=len(unscored),
        method=f"quadrants with borders at the {'medians' if by_median else 'middle of the scale'}; on the border is high",
        assumptions=("the medians fill both halves whatever the ideas are worth",) if by_median else (),
        warnings=warnings,
        rows=tuple(sorted(rows, key=lambda row: (_ORDER.index(row.quadrant), -row.impact, row.effort, row.id))),
        impact_border=impact_border,
        effort_border=effort_border,
        unscored=tuple(sorted(unscored)),
    )
    return sealed(result, strict=strict, inputs=(tuple(ideas), borders, scale))


_ORDER: tuple[Corner, ...] = ("quick win", "big bet", "fill-in", "thankless")


def _corner(impact_high: bool, effort_high: bool) -> Corner:
    if impact_high:
        return "big bet" if effort_high else "quick win"
    return "thankless" if effort_high else "fill-in"


def _front(pairs: Sequence[tuple[float, float]]) -> list[bool]:
    """Whether each pair (impact, effort) is beaten by none; equal pairs do not beat one another."""
    best_below = float("-inf")
    on_front = set()
    by_effort: dict[float, float] = {}
    for impact, effort in pairs:
        by_effort[effort] = max(by_effort.get(effort, float("-inf")), impact)
    for effort in sorted(by_effort):
        if by_effort[effort] > best_below:
            best_below = by_effort[effort]
            on_front.add((best_below, effort))
    return [pair in on_front for pair in pairs]
