"""What goes with the overall satisfaction, touchpoint by touchpoint: correlations (B4), and penalty and reward (B7)."""

from __future__ import annotations

import math
from typing import ClassVar, Literal

import numpy as np
from attrs import evolve, frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.doors import Numbers, number
from journeymap.analysis.drivers import RatingData, ratings_of
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import missing_some
from journeymap.analysis.intervals import LEVEL, Interval, check_level, z_value
from journeymap.analysis.multiplicity import FEWEST_PER_GROUP, benjamini_hochberg
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData

FEWEST_IN_CLASS = 10
ASYMMETRY = 0.1
Factor = Literal["basic", "performance", "excitement"]


@frozen(kw_only=True)
class Association:
    """How one touchpoint's ratings go with the overall satisfaction."""

    id: str
    r: float | None
    """Pearson's correlation; None where one of the two does not vary."""
    interval: Interval | None
    """By Fisher's transformation; None with fewer than four pairs."""
    spearman: float | None
    explained: float | None
    """r², the share of the variance that goes with it."""
    n: int
    """How many rated both."""
    p: float | None
    """Of Pearson's r; None with fewer than five pairs."""
    p_adjusted: float | None
    """By Benjamini and Hochberg, over all touchpoints."""


@frozen(kw_only=True)
class DerivedImportance(Result):
    """The touchpoints by their correlation with the overall satisfaction; the value is the largest in size."""

    analysis: ClassVar[str] = "derived_importance"
    subject: ClassVar[str] = "The closest association with the overall satisfaction"
    counted: ClassVar[str] = "respondents"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "touchpoints"

    touchpoints: tuple[Association, ...]
    """The closest first, whatever the sign; undefined ones last."""

    def _told(self) -> str:
        first = self.touchpoints[0]
        return (
            f"{first.id!r} goes most closely with the overall satisfaction: it shares {percent(first.explained)} of the differences "
            f"between customers (correlation {amount(first.r)})"
        )


def derived_importance(
    data: RatingData, overall: str | Numbers | None = None, *, level: float = LEVEL, strict: bool = False
) -> DerivedImportance:
    """Which touchpoints' ratings move with the overall satisfaction?

    Pearson's r with Fisher's interval, Spearman's rho and r², from the respondents who rated both (pairwise). p-values are adjusted
    for the number of touchpoints; with fewer than 5 pairs there is none (TOO_SMALL). A column in which nobody differs is undefined. A
    restricted range lowers r, so hygiene factors look unimportant: see `penalty_reward`. Always NOT_CAUSAL. Needs scipy (``stats``).

    Source: the method of derived importance, as the Institute of Customer Service describes it beside stated importance.

    >>> derived_importance({"call": [1, 2, 3, 4, 5]}, overall=[2, 1, 4, 3, 5]).value
    0.8
    """
    check_level(level)
    ratings = ratings_of(data, overall, question="derived_importance")
    stats = extra("scipy.stats", "derived_importance")
    found = []
    for place, name in enumerate(ratings.names):
        column = ratings.scores[:, place]
        both = ~(np.isnan(column) | np.isnan(ratings.overall))
        x, y, n = column[both], ratings.overall[both], int(both.sum())
        if n < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
            found.append(Association(id=name, r=None, interval=None, spearman=None, explained=None, n=n, p=None, p_adjusted=None))
            continue
        r = round(max(-1.0, min(1.0, float(np.corrcoef(x, y)[0, 1]))), 12)
        found.append(
            Association(
                id=name,
                r=r,
                interval=_fisher(r, n, level),
                spearman=float(stats.spearmanr(x, y).statistic),
                explained=r * r,
                n=n,
                p=float(stats.pearsonr(x, y).pvalue) if n >= FEWEST_PER_GROUP else None,
                p_adjusted=None,
            )
        )
    adjusted = benjamini_hochberg([one.p for one in found])
    found = [evolve(one, p_adjusted=p) for one, p in zip(found, adjusted, strict=True)]
    found.sort(key=lambda one: (-abs(one.r) if one.r is not None else 1.0, one.id))
    warnings = [caution("NOT_CAUSAL")]
    tested = sum(one.p is not None for one in found)
    if tested > 1:
        warnings.append(caution("MULTIPLE_TESTS", f"{tested} touchpoints are tested at once"))
    warnings += [caution("TOO_SMALL", f"{one.n} answers on {one.id}") for one in found if one.n < FEWEST_PER_GROUP]
    answered = int((~np.isnan(ratings.scores)).sum())
    warnings += missing_some(there=answered, expected=ratings.scores.size, what="answers")
    value = None if found[0].r is None else abs(found[0].r)
    result = DerivedImportance(
        value=value,
        unit="",
        n=len(ratings.overall),
        missing=ratings.scores.size - answered,
        method="Pearson's r, Fisher's interval, pairwise",
        warnings=tuple(warnings),
        reason="" if value is not None else "no touchpoint and the overall satisfaction vary together",
        touchpoints=tuple(found),
    )
    return sealed(result, strict=strict, inputs=(ratings.inputs, level))


def _moved(change: float | None) -> str:
    """A change of the overall satisfaction, in words."""
    if not change:
        return "the same"
    return f"{amount(abs(change), 'points')} {'lower' if change < 0 else 'higher'}"


def _fisher(r: float, n: int, level: float) -> Interval | None:
    if n < 4:
        return None
    if abs(r) == 1:
        return Interval(r, r, level, "Fisher's z")
    half = z_value(level) / math.sqrt(n - 3)
    return Interval(math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half), level, "Fisher's z")


@frozen(kw_only=True)
class PenaltyRewardItem:
    """What a low and what a high rating of one touchpoint go with."""

    id: str
    penalty: float | None
    """By how much the overall satisfaction differs, with a low rating instead of a middling one."""
    reward: float | None
    """With a high one."""
    asymmetry: float | None
    """(reward - |penalty|) / (reward + |penalty|): below 0 it can rather disappoint, above it can rather delight."""
    factor: Factor | None
    low_n: int
    high_n: int
    n: int


@frozen(kw_only=True)
class PenaltyReward(Result):
    """The touchpoints by their asymmetry; the value is the one that rather disappoints than delights the most."""

    analysis: ClassVar[str] = "penalty_reward"
    subject: ClassVar[str] = "The strongest asymmetry"
    counted: ClassVar[str] = "respondents"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "touchpoints"

    touchpoints: tuple[PenaltyRewardItem, ...]
    """Basic ones first; undefined ones last."""

    def _told(self) -> str:
        first = self.touchpoints[0]
        kinds = {"basic": "taken for granted", "performance": "the better the more", "excitement": "a delight"}
        return (
            f"{first.id!r} is {kinds[first.factor or 'performance']}: with a low rating the overall satisfaction is "
            f"{_moved(first.penalty)}, with a high one {_moved(first.reward)}, each against a middling one"
        )


def penalty_reward(
    data: RatingData, overall: str | Numbers | None = None, *, low: float, high: float, strict: bool = False
) -> PenaltyReward:
    """Is a touchpoint taken for granted, does it count by its performance, or does it delight?

    For each touchpoint the least-squares regression of the overall satisfaction on two dummies, rated ``low`` or less and ``high`` or
    more: penalty p and reward r, and the impact asymmetry (r - |p|) / (r + |p|). Basic below -0.1, excitement above 0.1, performance
    between. The scale is not guessed, so ``low`` and ``high`` have to be said: 2 and 4 on 1 to 5, say.

    A touchpoint with fewer than 10 answers in a class, or none between, is undefined; where that is so for all of them it is refused
    (TOO_SMALL). r + |p| of 0 or less is undefined too. Always NOT_CAUSAL.

    Sources: Brandt (1987); Anderson & Mittal (2000); Mikulić & Prebežac (2008).

    >>> rated = [1] * 10 + [3] * 10 + [5] * 10
    >>> penalty_reward({"bill": rated}, overall=[1] * 10 + [4] * 10 + [5] * 10, low=2, high=4).touchpoints[0].factor
    'basic'
    """
    least, most = number(low, what="low"), number(high, what="high")
    if least >= most:
        raise AnalysisError(f"low and high: {least:g} is not below {most:g}")
    ratings = ratings_of(data, overall, question="penalty_reward")
    found = []
    for place, name in enumerate(ratings.names):
        column = ratings.scores[:, place]
        both = ~(np.isnan(column) | np.isnan(ratings.overall))
        x, y = column[both], ratings.overall[both]
        classes = [y[x <= least], y[(x > least) & (x < most)], y[x >= most]]
        sizes = [len(answers) for answers in classes]
        penalty = reward = asymmetry = None
        factor: Factor | None = None
        if min(sizes[0], sizes[2]) >= FEWEST_IN_CLASS and sizes[1]:
            means = [float(answers.mean()) for answers in classes]  # which is what the regression on both dummies comes to
            penalty, reward = means[0] - means[1], means[2] - means[1]
            width = reward + abs(penalty)
            if width > 1e-12:
                asymmetry = (reward - abs(penalty)) / width
                factor = "basic" if asymmetry < -ASYMMETRY else "excitement" if asymmetry > ASYMMETRY else "performance"
        found.append(
            PenaltyRewardItem(
                id=name, penalty=penalty, reward=reward, asymmetry=asymmetry, factor=factor, low_n=sizes[0], high_n=sizes[2], n=sum(sizes)
            )
        )
    few = [item for item in found if item.penalty is None]
    if len(few) == len(found):
        told = f"{few[0].low_n} low and {few[0].high_n} high answers on {few[0].id!r}"
        needed = f"at least {FEWEST_IN_CLASS} of each, and some between"
        raise NotEnoughData("penalty_reward", told, needed, "TOO_SMALL")
    found.sort(key=lambda item: (item.asymmetry is None, item.asymmetry or 0.0, item.id))
    answered = int((~np.isnan(ratings.scores)).sum())
    warnings = [
        caution("NOT_CAUSAL"),
        *(caution("TOO_SMALL", f"{item.id}: {item.low_n} low and {item.high_n} high answers") for item in few),
    ]
    result = PenaltyReward(
        value=found[0].asymmetry,
        unit="",
        n=len(ratings.overall),
        missing=ratings.scores.size - answered,
        method=f"penalty-reward contrast, low up to {least:g} and high from {most:g}",
        warnings=(*warnings, *missing_some(there=answered, expected=ratings.scores.size, what="answers")),
        reason="" if found[0].asymmetry is not None else "neither penalty nor reward is there",
        touchpoints=tuple(found),
    )
    return sealed(result, strict=strict, inputs=(ratings.inputs, least, most))
