"""The questions of a report, asked: each with its answer, or with the reason why there is none."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Sequence
from math import fsum
from typing import TypeVar

from attrs import frozen

from journeymap import analysis
from journeymap.analysis import Result
from journeymap.errors import DoubtfulAnswer, JourneyMapError, NotEnoughData
from journeymap.model import Journey, Range, Touchpoint
from journeymap.report.figures import Figure, Form, figure
from journeymap.report.values import Answer

R = TypeVar("R", bound=Result)

STANDARD = (
    "emotion_curve",
    "peak_end",
    "moments_of_truth",
    "pareto",
    "opportunity_score",
    "impact_effort",
    "roadmap",
    "time_gaps",
    "flow_efficiency",
    "handoffs",
    "friction",
    "perception_gap",
    "conversion",
    "leaks",
    "structure",
    "evidence_coverage",
    "staleness",
    "possible_analyses",
)
"""What every report asks, in this order."""

PHASES = 3
"""Into so many phases the roadmap goes where nobody says how much fits into one."""
_ANY_EFFORT = 1e9
_NARROW = "\u00a0"
"""A space at which no line breaks."""


@frozen
class Book:
    """A journey with what was asked of it: where findings and sections look up answers and names."""

    journey: Journey
    answers: tuple[Answer, ...]
    is_capacity_known: bool = True
    """Whether somebody said how much fits into a phase."""

    def of(self, kind: type[R], **options: object) -> R | None:
        """The answer of that kind that was asked with those options (any, where none are given)."""
        for answer in self.answers:
            if isinstance(answer.result, kind) and (not options or dict(answer.options) == options):
                return answer.result
        return None

    def refused(self, function: str) -> str:
        """Why a question has no answer; empty where it has one, or was not asked."""
        return next((answer.refused for answer in self.answers if answer.function == function), "")

    def figure(self, result: Result, path: str, form: Form, *, n: int | None = None) -> Figure:
        """The number at that place of an answer, with emotions on the map's own scale."""
        options = next(answer.options for answer in self.answers if answer.result is result)
        return figure(result, path, form, scale=self.journey.scale, n=n, options=options)

    def name(self, step: str) -> str:
        """A step, or an activity behind one, as the map calls it."""
        for stage in self.journey.stages:
            for touchpoint in stage.touchpoints:
                if touchpoint.id == step:
                    return touchpoint.name
            if stage.id == step:
                return stage.name
        return next((activity.name for t in self.journey.touchpoints for activity in t.activities if activity.id == step), step)

    def touchpoint(self, step: str) -> Touchpoint | None:
        """The touchpoint of that id."""
        return next((touchpoint for touchpoint in self.journey.touchpoints if touchpoint.id == step), None)


def asked(
    journey: Journey, *, only: Collection[str] | None = None, strict: bool = False, capacity: float | Sequence[float] | None = None
) -> Book:
    """The standard questions, and how each persona feels where there are several; ``only`` names those that are wanted."""
    wanted = [name for name in STANDARD if only is None or name in only]
    answers: list[Answer] = []
    for function in wanted:
        if function == "roadmap":
            answers.append(_roadmap(journey, capacity, strict=strict))
        else:
            answers.append(answer(journey, function, strict=strict))
        if function == "emotion_curve" and len(journey.personas) > 1:
            answers += [answer(journey, function, strict=strict, persona=persona.id) for persona in journey.personas]
    return Book(journey, tuple(answers), capacity is not None)


def answer(journey: Journey, function: str, *, strict: bool = False, **options: object) -> Answer:
    """One question, asked; whatever journeymap itself refuses becomes the reason why there is no answer."""
    ask = getattr(analysis, function)
    lacking = sorted(_needed(ask) - set(options))
    if lacking:
        return Answer(function=function, options=options, refused=f"it needs {' and '.join(lacking)}; ask it from Python")
    try:
        result = ask(journey, strict=strict, **options)
    except DoubtfulAnswer as error:
        return Answer(function=function, options=options, refused="; ".join(text for _, text in error.warnings), doubtful=True)
    except NotEnoughData as error:
        return Answer(function=function, options=options, refused=f"{error.given}; it needs {error.needed}")
    except JourneyMapError as error:
        return Answer(function=function, options=options, refused=str(error))
    return Answer(function=function, options=options, result=result)


def _needed(ask: object) -> set[str]:
    """The options without which a question cannot be asked."""
    parameters = list(inspect.signature(ask).parameters.values())[1:] if callable(ask) else []
    return {parameter.name for parameter in parameters if parameter.default is inspect.Parameter.empty}


def _roadmap(journey: Journey, capacity: float | Sequence[float] | None, *, strict: bool) -> Answer:
    given = _third(journey) if capacity is None else capacity if isinstance(capacity, int | float) else tuple(capacity)
    return answer(journey, "roadmap", strict=strict, capacity=given)


def _third(journey: Journey) -> float:
    """An equal part of all effort for each phase, but room for the largest idea: what is planned with where nobody knows better."""
    efforts = _efforts(journey)
    return max(fsum(efforts) / PHASES, max(efforts, default=0.0))


def _efforts(journey: Journey) -> list[float]:
    """What each estimated idea takes, in person-months, as `roadmap` counts it."""
    try:
        return [row.effort for row in analysis.roadmap(journey, capacity=_ANY_EFFORT, phases=1).rows]
    except JourneyMapError:
        return []


def spread(value: float | Range | None) -> str:
    r"""An estimate as it was given: one number, or from its lowest to its highest.

    >>> spread(Range(2, 3, 5)), spread(4.0), spread(None)
    ('3\xa0(2\xa0to\xa05)', '4', '')
    """
    if value is None:
        return ""
    if isinstance(value, Range):
        return f"{value.mid:g}{_NARROW}({value.low:g}{_NARROW}to{_NARROW}{value.high:g})"
    return f"{value:g}"
