"""Stages of a discovered journey: as the user maps them, or proposed from the order in time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from journeymap.errors import AnalysisError, shown, suggestion

StagePlan = list[tuple[str, list[str]]]
"""Names of stages with their activities, in order."""
_MOST = 5
_EACH = 3
"""A stage is proposed for about so many touchpoints."""


def mapped(stages: Mapping[str, Sequence[str]], kept: Sequence[str], known: Sequence[str]) -> StagePlan:
    """The stages as they were given, without activities that are too rare; AnalysisError tells all that does not fit, at once.

    >>> mapped({"Look": ["ad", "site"], "Buy": ["pay"]}, ["site", "pay"], ["ad", "site", "pay"])
    [('Look', ['site']), ('Buy', ['pay'])]
    """
    if not isinstance(stages, Mapping) or any(isinstance(names, str) for names in stages.values()):
        raise AnalysisError("discover: stages is a mapping of the name of each stage to its activities, {'Look': ['ad', 'site']}")
    home: dict[str, str] = {}
    wrong: list[str] = []
    for stage, names in stages.items():
        for name in names:
            if name not in known:
                wrong.append(f"nobody ever did {shown(name)}, of the stage {shown(stage)}{suggestion(name, known)}")
            elif name in home:
                wrong.append(f"{shown(name)} stands in {shown(home[name])} and in {shown(stage)}")
            home.setdefault(name, stage)
    wrong += [f"{shown(name)} is in no stage" for name in kept if name not in home]
    if wrong:
        raise AnalysisError("discover: " + "; ".join(wrong) + "; give each activity one stage")
    plan = [(stage, [name for name in names if name in kept]) for stage, names in stages.items()]
    return [(stage, names) for stage, names in plan if names]


def proposed(positions: Mapping[str, float]) -> StagePlan:
    """Stages of activities that happen about as early: those borders that leave the least spread within (Fisher 1958).

    The positions rise. A stage is called by what comes first in it.

    >>> proposed({"ad": 1.0, "site": 1.5, "pay": 6.0, "thanks": 7.0})
    [('From ad', ['ad', 'site']), ('From pay', ['pay', 'thanks'])]
    """
    names = list(positions)
    values = list(positions.values())
    count = min(_MOST, max(1, math.ceil(len(set(values)) / _EACH)))
    borders = _borders(tuple(values), count)
    return [(f"From {names[low]}", names[low:high]) for low, high in zip(borders, [*borders[1:], len(names)], strict=True)]


def _borders(values: tuple[float, ...], count: int) -> list[int]:
    """Where each of so many groups of rising values begins."""
    sums, squares = [0.0], [0.0]
    for value in values:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)

    def spread(low: int, high: int) -> float:
        total = sums[high] - sums[low]
        return squares[high] - squares[low] - total * total / (high - low)

    @cache
    def best(high: int, groups: int) -> tuple[float, int]:
        if groups == 1:
            return spread(0, high), 0
        return min((best(low, groups - 1)[0] + spread(low, high), low) for low in range(groups - 1, high))

    borders: list[int] = []
    high = len(values)
    for groups in range(count, 0, -1):
        high = best(high, groups)[1]
        borders.insert(0, high)
    return borders
