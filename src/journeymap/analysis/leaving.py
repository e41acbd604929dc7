"""Who is likely to leave (L5): from where customers stand on a map, or from what was known of them beforehand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from math import exp, fsum
from typing import ClassVar, cast

import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.chain import Remainder
from journeymap.analysis.conversions import conversion
from journeymap.analysis.doors import Numbers, columns_of, moment
from journeymap.analysis.drivers import FEWEST_PER_DRIVER, STEADY_PER_DRIVER, Floats, RatingData, Ratings, ratings_of
from journeymap.analysis.guards import missing_heavy, small_n
from journeymap.analysis.intervals import LEVEL, check_level, wilson
from journeymap.analysis.markov import ChainData, Start
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch, shown
from journeymap.model import Journey

_TESTED = 0.3
_LARGEST_RISK = 0.1
_ROUNDS = 50
_CERTAIN = 50.0
_STEEPEST = 15.0
"""A coefficient beyond this, by standard deviation, tells that the outcome is given away."""


@frozen(kw_only=True)
class Risk:
    """How likely one customer, or one who stands at a step, is to leave."""

    id: str
    """The step; or the place of the customer in the data, from 1."""
    name: str
    risk: float
    """0 to 1."""


@frozen(kw_only=True)
class Predictor:
    """How what was known beforehand goes with leaving."""

    id: str
    odds_ratio: float
    """By how much the odds of leaving multiply for one standard deviation more."""
    coefficient: float
    """The logarithm of that."""


@frozen(kw_only=True)
class ChurnRisk(Result):
    """How likely customers are to leave; the value is the share that does."""

    analysis: ClassVar[str] = "churn_risk"
    subject: ClassVar[str] = "The share of customers who leave"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "risks"

    risks: tuple[Risk, ...]
    """The highest first, ties by the order of the data."""
    goals: tuple[str, ...] = ()
    """On a map, what those who leave never reach."""
    predictors: tuple[Predictor, ...] = ()
    """From data, what goes most closely with leaving first."""
    tested: int = 0
    """On how many later customers the foresight was tried."""
    auc: float | None = None
    """How often one of them who left had a higher risk than one who stayed; 0.5 is chance. None where all did the same."""
    brier: float | None = None
    """The mean squared distance of risk and outcome: 0 is perfect."""
    calibration_slope: float | None = None
    """1 where high and low risks are as far apart as the outcomes; below 1 they are too extreme. None where it cannot be told."""
    lift: float | None = None
    """How many times as often those among the tenth at highest risk left as all of them did."""

    def _told(self) -> str:
        if not self.predictors:
            first = self.risks[0]
            goal = " or ".join(repr(goal) for goal in self.goals)
            highest = f"at highest risk is who stands at {first.name!r} ({percent(first.risk)})"
            return f"{percent(self.value)} of those who start never reach {goal}; {highest}"
        top = self.predictors[0]
        told = (
            f"{percent(self.value)} left; {top.id!r} goes with it most (odds times {amount(top.odds_ratio)} for a standard deviation more)"
        )
        if self.auc is None:
            return f"{told}; whether that foresees anything cannot be told, since all of the {self.tested:,} later ones did the same"
        return f"{told}; of two later customers it finds the one who left in {percent(self.auc)} of cases (half is chance)"


def churn_risk(
    data: ChainData | RatingData,
    left: str | Numbers | None = None,
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    cutoff: datetime | date | str | None = None,
    recorded: Mapping[str, datetime | date | str] | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> ChurnRisk:
    """Who is likely to leave?

    On a map, or a table of shares between steps, who stands at a step leaves with 1 - h, one minus the chance of ever reaching the
    goal from there (`conversion`, with its ``goal``, ``start`` and ``remainder``). Steps to which nobody comes before the goal are
    left out. The value is the share of those who start.

    From data, what was known of each customer beforehand, by name or in rows, **in the order of time**, and in ``left`` who left
    (1) and who stayed (0), or the name of that column. A logistic regression by maximum likelihood on the earlier 70 % of the
    customers, each predictor standardised, foresees the later 30 %: AUC, Brier score, slope of the calibration, and the lift in the
    tenth at highest risk. The value is the share that left, with the Wilson interval. Who lacks a value is left out; with more than
    30 % missing it is refused.

    ``recorded`` says when each predictor was recorded and ``cutoff`` the moment from which outcomes count: what was recorded then or
    later knows the outcome, and is refused (`TARGET_LEAK`); so is a predictor that tells it without fail. NotEnoughData
    (`TOO_SMALL`) with fewer than five who left, or who stayed, for each predictor; fewer than ten are warned of. Association, not
    cause. Unit: share.

    Sources: Cox (1958) for the regression; Kaufman et al. (2012) for leaks; Peduzzi et al. (1996) for events by predictor.

    >>> waits = [1, 5, 2, 6, 1, 7, 3, 4, 2, 6] * 10
    >>> found = churn_risk({"waits": waits}, [0, 1, 0, 0, 0, 1, 1, 0, 0, 1] * 10)
    >>> round(found.value, 2), found.predictors[0].odds_ratio > 1
    (0.4, True)
    """
    level = check_level(level)
    if isinstance(data, Journey) or (isinstance(data, Mapping) and data and all(isinstance(row, Mapping) for row in data.values())):
        return _of_chain(cast("ChainData", data), goal=goal, start=start, remainder=remainder, strict=strict)
    if left is None:
        raise NotEnoughData("churn_risk", "nobody says who left", "left= with 1 or 0 for each customer, or the name of that column")
    known = ratings_of(*_counted(data, left), question="churn_risk")
    _check_leaks(known.names, cutoff, recorded)
    whole = known.complete()
    people = len(known.overall)
    missing = missing_heavy("churn_risk", there=len(whole.overall), expected=people, what="customers", value="complete row")
    if set(np.unique(whole.overall).tolist()) - {0.0, 1.0}:
        wrong = next(value for value in whole.overall.tolist() if value not in {0.0, 1.0})
        raise ScaleMismatch(f"churn_risk: left is {wrong:g} for a customer; give 1 for who left and 0 for who stayed")
    split = len(whole.overall) - round(_TESTED * len(whole.overall))
    rare = _events(whole, split)
    weights, centre, spread = _fitted(whole, split)
    logits = weights[0] + ((whole.scores - centre) / spread) @ weights[1:]
    risks = _share(logits)
    place = np.flatnonzero(~(np.isnan(known.scores).any(axis=1) | np.isnan(known.overall)))
    order = sorted(range(len(risks)), key=lambda k: (-risks[k], k))
    n, gone = len(risks), float(whole.overall.sum())
    later, outcome = risks[split:], whole.overall[split:]
    steady = (caution("SMALL_N", f"{rare} customers for {len(known.names)} predictors are fewer than ten each"),)
    result = ChurnRisk(
        value=gone / n,
        unit="share",
        n=n,
        missing=people - n,
        interval=wilson(gone, n, level=level),
        method=f"logistic regression on the first {split:,} customers, tried on the {n - split:,} after them",
        assumptions=("the customers stand in the order of time", "what goes with leaving adds up on the scale of the log odds"),
        warnings=(
            caution("NOT_CAUSAL"),
            *missing,
            *small_n(n, sides=(gone, n - gone), what="customers"),
            *(steady if rare < STEADY_PER_DRIVER * len(known.names) else ()),
        ),
        risks=tuple(Risk(id=str(place[k] + 1), name=str(place[k] + 1), risk=float(risks[k])) for k in order),
        predictors=_predictors(known.names, weights[1:]),
        tested=n - split,
        auc=_auc(later, outcome),
        brier=float(np.mean((later - outcome) ** 2)),
        calibration_slope=_slope(logits[split:], outcome),
        lift=_lift(later, outcome),
    )
    return sealed(result, strict=strict, inputs=(known.inputs, level))


def _of_chain(data: ChainData, *, goal: str | Collection[str] | None, start: Start | None, remainder: Remainder, strict: bool) -> ChurnRisk:
    found = conversion(data, goal=goal, start=start, remainder=remainder)
    before = [step for step in found.outcomes if step.visits != 0]  # who is past the goal has left nothing
    risks = [Risk(id=step.id, name=step.name, risk=1 - min(1.0, step.conversion or 0.0)) for step in before]
    names = {touchpoint.id: touchpoint.name for touchpoint in data.touchpoints} if isinstance(data, Journey) else {}
    result = ChurnRisk(
        value=None if found.value is None else 1 - found.value,
        reason=found.reason,
        unit="share",
        n=found.n,
        method="one minus the chance of reaching the goal in the absorbing Markov chain",
        assumptions=found.assumptions,
        warnings=(*found.warnings, caution("NOT_CAUSAL")),
        risks=tuple(sorted(risks, key=lambda risk: -risk.risk)),
        goals=tuple(names.get(goal, goal) for goal in found.goals),
    )
    return sealed(result, strict=strict, inputs=found.inputs_hash)


def _counted(data: object, left: str | Numbers) -> tuple[object, str | Numbers]:
    """The same with yes and no as 1 and 0."""
    data = columns_of(data)
    if not isinstance(left, str):
        return data, [_bit(one) for one in left] if isinstance(left, Iterable) and not isinstance(left, Mapping) else left
    if isinstance(data, Mapping):
        return {name: [_bit(one) for one in column] if name == left else column for name, column in data.items()}, left
    if isinstance(data, list | tuple) and all(isinstance(row, Mapping) for row in data):
        return [{**row, left: _bit(row.get(left))} for row in data], left
    return data, left


def _bit(answer: float | None) -> float | None:
    return float(answer) if isinstance(answer, bool | np.bool_) else answer


def _check_leaks(names: Sequence[str], cutoff: datetime | date | str | None, recorded: Mapping[str, datetime | date | str] | None) -> None:
    """AnalysisError with TARGET_LEAK for a predictor that was recorded at the cut-off or later."""
    if not recorded:
        return
    if cutoff is None:
        raise AnalysisError(
            "churn_risk: recorded= says when predictors were recorded, and nobody says cutoff=; give the time of the outcome"
        )
    end = _when(cutoff, "cutoff")
    times = {str(name): _when(given, f"recorded[{shown(name)}]") for name, given in recorded.items()}
    if len({when.tzinfo is None for when in (*times.values(), end)}) > 1:
        raise ScaleMismatch("churn_risk: times with a time zone and times without are mixed; give all of them a zone")
    late = [name for name in names if name in times and times[name] >= end]
    if late:
        told = ", ".join(repr(name) for name in late)
        raise AnalysisError(f"churn_risk: {told} recorded at or after the cut-off; use only what was known before it", "TARGET_LEAK")


def _when(given: object, what: str) -> datetime:
    if isinstance(given, date) and not isinstance(given, datetime):
        return datetime.combine(given, time())
    found = moment(given)
    if found is None:
        raise AnalysisError(f"churn_risk: {what}: {shown(given)} is no time; give a datetime, or text such as '2026-01-09T16:00'")
    return found if found.tzinfo is None else found.astimezone(UTC)


def _events(whole: Ratings, split: int) -> int:
    """How many of the rarer outcome there are to learn from; NotEnoughData where these are too few."""
    gone = int(whole.overall[:split].sum())
    rare = min(gone, split - gone)
    if rare < FEWEST_PER_DRIVER * len(whole.names):
        given = f"of {split} earlier customers {gone} left, for {len(whole.names)} predictors"
        needed = f"at least {FEWEST_PER_DRIVER * len(whole.names)} who left, and as many who stayed"
        raise NotEnoughData("churn_risk", given, needed, "TOO_SMALL")
    return rare


def _fitted(whole: Ratings, split: int) -> tuple[Floats, Floats, Floats]:
    """The coefficients, the constant first, of predictors less their mean by their standard deviation."""
    early, outcome = whole.scores[:split], whole.overall[:split]
    centre, spread = early.mean(axis=0), early.std(axis=0)
    flat = np.flatnonzero(spread == 0)
    if len(flat):
        raise AnalysisError(
            f"churn_risk: {whole.names[flat[0]]!r} is the same for all earlier customers, so it tells nothing; leave it out"
        )
    table = (early - centre) / spread
    if np.linalg.eigvalsh(np.atleast_2d(np.corrcoef(table, rowvar=False)))[0] < 1e-10:
        raise AnalysisError("churn_risk: some predictors are exactly alike, or one follows from others; leave one of them out")
    found = _climbed(np.column_stack([np.ones(split), table]), outcome)
    if found is None:
        raise AnalysisError(
            "churn_risk: the predictors tell without fail who left, so they know the outcome already; leave out what was recorded with it",
            "TARGET_LEAK",
        )
    return found, centre, spread


def _share(logits: Floats) -> Floats:
    """The probabilities of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -_CERTAIN, _CERTAIN))))


def _climbed(table: Floats, outcome: Floats) -> Floats | None:
    """The most likely coefficients, by Newton's method; None where they grow without end."""
    weights = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):
        risk = _share(table @ weights)
        curve = (table * (risk * (1 - risk))[:, None]).T @ table
        try:
            step = np.linalg.solve(curve, table.T @ (outcome - risk))
        except np.linalg.LinAlgError:
            return None
        weights = weights + step
        if np.abs(weights).max() > _STEEPEST:
            return None
        if np.abs(step).max() < 1e-10:
            return np.asarray(weights, dtype=np.float64)
    return None


def _predictors(names: Sequence[str], weights: Floats) -> tuple[Predictor, ...]:
    found = [Predictor(id=name, odds_ratio=exp(weight), coefficient=weight) for name, weight in zip(names, weights.tolist(), strict=True)]
    return tuple(sorted(found, key=lambda row: (-abs(row.coefficient), row.id)))


def _auc(risks: Floats, outcome: Floats) -> float | None:
    """The share of pairs, one who left and one who stayed, in which the first has the higher risk; a tie is half."""
    gone, stayed = risks[outcome == 1], np.sort(risks[outcome == 0])
    if not len(gone) or not len(stayed):
        return None
    below = np.searchsorted(stayed, gone, side="left") + np.searchsorted(stayed, gone, side="right")
    return fsum(below.tolist()) / (2 * len(gone) * len(stayed))


def _slope(logits: Floats, outcome: Floats) -> float | None:
    if np.ptp(logits) == 0 or np.ptp(outcome) == 0:
        return None
    found = _climbed(np.column_stack([np.ones(len(logits)), logits]), outcome)
    return None if found is None else float(found[1])


def _lift(risks: Floats, outcome: Floats) -> float | None:
    """How many times as frequent those who left are among the tenth at highest risk; None where nobody left."""
    if not outcome.any():
        return None
    top = max(1, round(_LARGEST_RISK * len(risks)))
    first = np.argsort(-risks, kind="stable")[:top]
    return float(outcome[first].mean() / outcome.mean())
