"""Which dips are real (A6): the emotion of each persona at each step, with its interval, and shrunk where few answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import known, number, numbers
from journeymap.analysis.felt import map_cautions, points_of
from journeymap.analysis.guards import FEW_ANSWERS, hidden_groups
from journeymap.analysis.intervals import LEVEL, Interval, mean_and_sd, t_interval_of
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Emotion, Journey, Scale

SHRUNK_BELOW = 10
"""Means of fewer answers are drawn towards the persona's mean."""
EVERYONE = "everyone"
"""The group of all customers, where a map has no emotions of single personas."""

Rows: TypeAlias = Mapping[str, Mapping[str, Iterable[float | None]]] | Iterable[tuple[str, str, float | None]]
"""Answers by persona and step; or one row (persona, step, answer) a respondent."""


@frozen(kw_only=True)
class EmotionCell:
    """What one persona feels at one step."""

    persona: str
    step: str
    n: int | None
    mean: float
    sd: float | None
    """Standard deviation of the answers (divisor n - 1)."""
    interval: Interval | None
    shrunk: float
    """The mean, drawn towards the persona's mean where fewer than 10 answered: rank by this one."""
    dip: bool | None
    """Whether the whole interval lies below neutral; None without an interval."""


@frozen(kw_only=True)
class EmotionByPersona(Result):
    """The emotion of each persona at each step; the value is how many dips are real."""

    analysis: ClassVar[str] = "emotion_by_persona"
    subject: ClassVar[str] = "The number of real dips"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "cells"

    cells: tuple[EmotionCell, ...]

    @property
    def dips(self) -> tuple[EmotionCell, ...]:
        """The real dips, the deepest first, by shrunk mean."""
        return tuple(sorted((cell for cell in self.cells if cell.dip), key=lambda cell: (cell.shrunk, cell.persona, cell.step)))

    def _told(self) -> str:
        tested = sum(cell.dip is not None for cell in self.cells)
        if not self.dips:
            return f"None of the {tested} emotions with an interval is clearly below neutral"
        worst = self.dips[0]
        return (
            f"{len(self.dips)} of {tested} emotions are clearly below neutral, the deepest that of {worst.persona} at "
            f"{worst.step!r} ({amount(worst.mean)}, {_bounds(worst.interval)})"
        )


@frozen
class _Group:
    """The answers of one persona at one step, or what the map says of them."""

    persona: str
    step: str
    mean: float
    n: int | None
    sd: float | None
    answers: tuple[float, ...] = ()


def emotion_by_persona(
    data: Journey | Rows,
    *,
    interval: Literal["t", "bca"] = "t",
    neutral: float = 0.0,
    scale: Scale | None = None,
    level: float = LEVEL,
    seed: int = 0,
    strict: bool = False,
) -> EmotionByPersona:
    """Which dips are real?

    The mean of each persona at each step with Student's interval (needs scipy, extra ``stats``) or the BCa bootstrap interval
    of the answers (``interval="bca"``; plain data only, drawn from ``seed``). A dip is real where the whole interval is below
    ``neutral``. Nothing is smoothed. Means of fewer than 10 answers are also given shrunk towards the persona's mean over its
    steps, by the empirical Bayes factor 1 - (k - 3) * variance / S, no less than 0, with k steps, S the sum of squares of their
    means around the persona's, and the pooled variance of the answers over n. Unit: points of valence.

    Answers are -2 to +2, or on ``scale`` (a Likert answer of 1 to k becomes 2 * (x - mid) / half). A map gives what single personas
    feel (`Touchpoint.emotions`), else what everyone does; an emotion without ``n`` and ``spread`` has no interval. NotEnoughData
    where there is no emotion at all.

    Source: Efron & Morris (1975).

    >>> emotion_by_persona({"Maya": {"Waits": [-2, -1, -2, -1, -2], "Signs": [1, 2, 1, 2, 1]}}).dips[0].step
    'Waits'
    """
    neutral = number(neutral, what="neutral")
    if isinstance(data, Journey):
        if interval == "bca":
            raise AnalysisError("interval: 'bca' resamples answers, and a map has only their mean and spread; use 't' or give the answers")
        groups, warnings = _from_map(data)
        missing = 0
    else:
        groups, missing = _from_answers(data, scale or Scale())
        warnings = tuple(w for g in groups for w in hidden_groups(g.answers, width=4.0, what=f"{g.step!r} of {g.persona}"))
    if not groups:
        raise NotEnoughData("emotion_by_persona", "there is no emotion of any persona", "answers by persona and step")
    shrunk = _shrunk(groups)
    cells = []
    for group in groups:
        bounds = _interval(group, interval, level, seed)
        cells.append(
            EmotionCell(
                persona=group.persona,
                step=group.step,
                n=group.n,
                mean=group.mean,
                sd=group.sd,
                interval=bounds,
                shrunk=shrunk[group.persona, group.step],
                dip=None if bounds is None else bounds.high < neutral,
            )
        )
    counts = [group.n for group in groups]
    tested = [cell.dip for cell in cells if cell.dip is not None]
    result = EmotionByPersona(
        value=sum(tested) if tested else None,
        reason="" if tested else "no emotion has an interval, which takes n and spread, or two answers that differ",
        unit="dips",
        n=sum(n for n in counts if n is not None) if any(n is not None for n in counts) else None,
        missing=missing,
        method="mean with " + ("Student's t interval" if interval == "t" else f"BCa bootstrap interval (seed {seed})"),
        assumptions=("the answers at different steps are treated as independent",),
        warnings=(*warnings, *_few(counts)),
        cells=tuple(cells),
    )
    return sealed(result, strict=strict, inputs=(groups, interval, neutral, level, seed))


def shrink(means: Sequence[float], variances: Sequence[float]) -> tuple[float, ...]:
    """Means drawn towards their own mean (James-Stein, as Efron & Morris 1975 use it); ``variances`` are those of the means.

    Three means or fewer, or equal ones, stay as they are.
    """
    k = len(means)
    centre = fsum(means) / k
    square = fsum((mean - centre) ** 2 for mean in means)
    if k <= 3 or square == 0:
        return tuple(means)
    return tuple(
        centre + max(0.0, 1 - (k - 3) * variance / square) * (mean - centre) for mean, variance in zip(means, variances, strict=True)
    )


def _from_map(journey: Journey) -> tuple[tuple[_Group, ...], tuple[Caution, ...]]:
    by_persona: list[_Group] = [
        _stated(persona.id, touchpoint.id, touchpoint.emotions[persona.id])
        for persona in journey.personas
        for touchpoint in journey.touchpoints
        if persona.id in touchpoint.emotions
    ]
    points = points_of(journey, basis="stated")
    if not by_persona:
        by_persona = [
            _stated(EVERYONE, point.id, Emotion(point.valence, n=point.n, spread=point.spread))
            for point in points
            if point.valence is not None
        ]
    return tuple(by_persona), map_cautions(journey, points)


def _stated(persona: str, step: str, emotion: Emotion) -> _Group:
    return _Group(persona, step, emotion.valence, emotion.n, emotion.spread)


def _from_answers(data: Rows, scale: Scale) -> tuple[tuple[_Group, ...], int]:
    answers: dict[tuple[str, str], list[float | None]] = {}
    if isinstance(data, Mapping):
        for persona, steps in data.items():
            if not isinstance(steps, Mapping):
                raise AnalysisError(f'{persona}: {shown(steps)} are no answers by step; give {{"Maya": {{"Pays": [1, -1, 0]}}}}')
            for step, values in steps.items():
                answers[str(persona), str(step)] = _valences(values, scale, what=f"{persona}[{step!r}]")
    elif isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f'{shown(data)} are no answers; give them by persona and step, {{"Maya": {{"Pays": [1, -1, 0]}}}}, or a map')
    else:
        for index, row in enumerate(data):
            if not isinstance(row, tuple | list) or len(row) != 3:
                raise AnalysisError(f"row {index}: {shown(row)} is not (persona, step, answer)")
            persona, step, value = row
            held = answers.setdefault((str(persona), str(step)), [])
            held.extend(_valences([value], scale, what=f"row {index}"))
    groups = []
    missing = 0
    for (persona, step), values in answers.items():
        there = known(values)
        missing += len(values) - len(there)
        if there:
            mean, sd = mean_and_sd(there)
            groups.append(_Group(persona, step, mean, len(there), sd, there))
    return tuple(groups), missing


def _valences(values: Iterable[float | None], scale: Scale, *, what: str) -> list[float | None]:
    found = numbers(values, what=what, low=scale.low, high=scale.high)
    return [None if value is None else scale.valence(value) for value in found]


def _shrunk(groups: Sequence[_Group]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for persona in dict.fromkeys(group.persona for group in groups):
        own = [group for group in groups if group.persona == persona]
        pooled = _pooled_variance(own)
        if pooled is None or any(not group.n for group in own):
            found.update({(persona, group.step): group.mean for group in own})
            continue
        drawn = shrink([group.mean for group in own], [pooled / (group.n or 1) for group in own])
        for group, value in zip(own, drawn, strict=True):
            found[persona, group.step] = value if (group.n or 0) < SHRUNK_BELOW else group.mean
    return found


def _pooled_variance(groups: Sequence[_Group]) -> float | None:
    free = [(group.n - 1, group.sd) for group in groups if group.n and group.n > 1 and group.sd is not None]
    return fsum(df * sd**2 for df, sd in free) / sum(df for df, _ in free) if free else None


def _interval(group: _Group, kind: Literal["t", "bca"], level: float, seed: int) -> Interval | None:
    if kind == "bca":
        import numpy as np

        from journeymap.analysis.bootstrap import bca

        return bca(np.array(group.answers), lambda samples: samples.mean(axis=1), level=level, seed=seed)
    if group.n is None or not group.sd:  # equal answers tell nothing of the spread
        return None
    return t_interval_of(group.mean, group.sd, group.n, level=level)


def _few(counts: Sequence[int | None]) -> tuple[Caution, ...]:
    few = sum(n is not None and n < FEW_ANSWERS for n in counts)
    return (caution("SMALL_N", f"{few} of {len(counts)} means rest on fewer than {FEW_ANSWERS} answers"),) if few else ()


def _bounds(interval: Interval | None) -> str:
    return "" if interval is None else f"{amount(interval.low)} to {amount(interval.high)}"
