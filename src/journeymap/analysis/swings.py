"""Where a small change matters most (L3): the tornado."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar, Literal

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from journeymap.analysis.absorbing import Floats
from journeymap.analysis.chain import Remainder
from journeymap.analysis.doors import number
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.scenarios import PROPORTIONALLY, Change, Standing, changed, standing
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import FrozenMap

TENTH = 0.1
_CLOSED = 1e-9
"""Where a change closes a loop to less than this, the chain is solved afresh."""


@frozen(kw_only=True)
class Swing:
    """How much the conversion moves with the share of one way."""

    source: str
    target: str
    probability: float
    """The share of those who leave the source that go this way."""
    low: float
    """The conversion with that share lowered."""
    high: float
    """The conversion with that share raised."""
    lift: float
    """The better of both, less the conversion there is: what acting here could bring."""
    swing: float
    """How far low and high are apart."""
    sensitivity: float
    """How fast the conversion grows with this share, the others giving in proportion."""


@frozen(kw_only=True)
class Tornado(Result):
    """Where acting would bring most; the value is the largest lift."""

    analysis: ClassVar[str] = "tornado"
    subject: ClassVar[str] = "The largest lift of the conversion"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "swings"

    swings: tuple[Swing, ...]
    """The largest lift first."""
    base: float
    """The share that reaches the goal now."""
    names: FrozenMap[str] = field(factory=FrozenMap[str])
    """What a map calls the steps; empty for plain data, whose ids are names."""

    def _told(self) -> str:
        top = self.swings[0]
        act = "more" if top.high >= top.low else "fewer"
        if top.lift <= _CLOSED:
            return "Acting on no single way would change the share that reaches the goal"
        way = f"the way from {self._name(top.source)!r} to {self._name(top.target)!r}"
        return (
            f"Acting on {way} would bring most: if {act} customers took it, the share that reaches the goal would go from "
            f"{percent(self.base)} to {percent(max(top.low, top.high))}"
        )

    def _name(self, step: str) -> str:
        return self.names.get(step, step)


def tornado(
    data: ChainData,
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    change: float | None = None,
    by: Literal["share", "standard-error"] = "share",
    remainder: Remainder = "drop",
    strict: bool = False,
) -> Tornado:
    """On which way from step to step would acting bring most?

    The share of every way is lowered and raised by ``change`` of itself (0.1, ten per cent), or by so many standard errors
    sqrt(p (1 - p) / n) (``by="standard-error"``, 1 unless given, from counts), within 0 to 1; the others that leave the same step give in
    proportion. The new conversion is exact and closed: with d the change of the row of step i,
    P + N[start, i] (d h) / (1 - d N[:, i]). Ways that all take cannot change and are left out. Sorted by lift, then by source and target.

    Unit: share. Nothing that could change gives None with the reason.

    >>> found = tornado({"visit": {"basket": 0.2, "end": 0.8}, "basket": {"pay": 0.5, "end": 0.5}}, goal="pay")
    >>> [(swing.source, swing.target, round(swing.lift, 4)) for swing in found.swings]
    [('visit', 'end', 0.04), ('basket', 'end', 0.01), ('basket', 'pay', 0.01), ('visit', 'basket', 0.01)]
    """
    if by not in {"share", "standard-error"}:
        raise AnalysisError(f"tornado: by={shown(by)} is unknown; give 'share' or 'standard-error'")
    size = number((TENTH if by == "share" else 1.0) if change is None else change, what="change", low=0)
    if size == 0 or (by == "share" and size > 1):
        raise AnalysisError(f"tornado: change={size:g} is no change of a share; give more than 0 and not more than 1")
    markov = markov_of(data, question="tornado", goal=goal, start=start, remainder=remainder)
    now = standing(markov, question="tornado")
    found = _swings(now, _steps(now, size, by, markov))
    of_what = f"{percent(size)} of each share" if by == "share" else f"{size:g} standard errors"
    result = Tornado(
        value=found[0].lift if found else None,
        reason="" if found else "every step leads to one other only, so no share can change",
        unit="share",
        n=markov.n,
        method=f"each share lowered and raised by {of_what}, the others in proportion; closed form",
        assumptions=(*markov.chain.assumptions, "the next step depends on the present one alone"),
        warnings=markov.warnings,
        swings=tuple(found),
        base=now.conversion,
        names=FrozenMap(markov.names),
    )
    return sealed(result, strict=strict, inputs=(markov.inputs, size, by))


def _steps(now: Standing, size: float, by: str, markov: Markov) -> Floats:
    """By edge, how far its share is moved."""
    shares = now.solved.shares[:, 0]
    if by == "share":
        return np.asarray(shares * size)
    if markov.counts is None:
        raise NotEnoughData("tornado", "shares without counts have no standard error", "counts, or by='share'")
    counted = {step: sum(row.values()) for step, row in markov.counts.items()}
    n = np.array([counted.get(source, 0) for source, _ in now.solved.edges], dtype=np.float64)
    errors = np.sqrt(np.divide(shares * (1 - shares), n, out=np.zeros_like(shares), where=n > 0))
    return np.asarray(size * errors)


def _swings(now: Standing, steps: Floats) -> list[Swing]:
    """The largest lift first, ties to twelve digits by source and target."""
    solved = now.solved
    shares, sources, targets = solved.shares[:, 0], solved.sources, solved.targets
    free = (shares > 0) & (shares < 1) & (steps > 0)
    often = now.visits[sources]
    free &= np.isfinite(often)
    others = np.where(free, 1 - shares, 1.0)
    # By unit of change, the others in proportion: the chance of the goal that is won, and how much sooner one is back.
    won = (now.chances[targets] - now.chances[sources]) / others
    returning = np.where(solved.trapped[sources], 1.0, solved.returns()[sources, 0])
    back = (solved.coming_back()[:, 0] - (returning - 1)) / others
    edges = np.flatnonzero(free)
    shares, steps, back, slopes = shares[edges], steps[edges], back[edges], often[edges] * won[edges]
    low, high = (
        _moved(now, edges, change, change * slopes, 1 - change * back)
        for change in (-np.minimum(steps, shares), np.minimum(steps, 1 - shares))
    )
    lift = np.maximum(0.0, np.maximum(low, high) - now.conversion)
    rank = np.empty(len(solved.place), dtype=np.intp)
    rank[[solved.place[name] for name in sorted(solved.place)]] = np.arange(len(rank))
    order = np.lexsort((rank[targets[edges]], rank[sources[edges]], -np.round(lift, 12)))
    columns = [column[order] for column in (shares, low, high, lift, np.abs(high - low), slopes)]
    return [
        Swing(source=source, target=target, probability=share, low=less, high=more, lift=best, swing=swing, sensitivity=slope)
        for (source, target), share, less, more, best, swing, slope in zip(
            (solved.edges[edge] for edge in edges[order].tolist()), *(column.tolist() for column in columns), strict=True
        )
    ]


def _moved(now: Standing, edges: NDArray[np.intp], change: Floats, won: Floats, rest: Floats) -> Floats:
    """The conversion after each of those edges is changed by itself, 0 to 1."""
    closed = np.abs(rest) < _CLOSED
    after = np.clip(now.conversion + np.divide(won, rest, out=np.zeros_like(rest), where=~closed), 0.0, 1.0)
    for place in np.flatnonzero(closed).tolist():
        source, target = now.solved.edges[edges[place]]
        after[place] = _afresh(now, source, target, float(now.solved.shares[edges[place], 0] + change[place]))
    return after


def _afresh(now: Standing, source: str, target: str, share: float) -> float:
    """The conversion after a change that closes a loop, which no closed form can follow."""
    after = changed(now.markov, [Change(source, target, to=share, takes_from=PROPORTIONALLY)], question="tornado")
    return standing(after, question="tornado").conversion
