"""How the customer feels, step by step (A1): the emotion curve, from what the map states, its evidence, or answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, sqrt
from typing import ClassVar, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import absent, known, number
from journeymap.analysis.felt import VALENCE, Basis, EmotionPoint, map_cautions, points_of, spoken, weighted
from journeymap.analysis.guards import MISSING_REFUSED, hidden_groups, missing_some, personas_apart
from journeymap.analysis.result import Result, sealed
from journeymap.errors import AnalysisError, ModelError, NotEnoughData, ScaleMismatch, shown, suggestion
from journeymap.model import Journey, Scale, Stage

Answer: TypeAlias = float | str | None
Answers: TypeAlias = Answer | Iterable[Answer]

_WIDTH = 4.0
"""From -2 to +2."""
_METHODS: Mapping[Basis, str] = {
    "stated": "stated emotions",
    "evidence": "weighted mean of scored evidence",
    "either": "stated emotions, else the weighted mean of scored evidence",
}


@frozen(kw_only=True)
class EmotionCurve(Result):
    """The emotion at each step; the value is the plain mean over the steps that have one."""

    analysis: ClassVar[str] = "emotion_curve"
    subject: ClassVar[str] = "The emotion along the journey"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "points"

    points: tuple[EmotionPoint, ...] = ()
    lowest: str | None = None
    """The id of the lowest step, the first of several."""
    highest: str | None = None
    """The id of the highest step, the first of several."""

    def _told(self) -> str:
        named = {point.id: point for point in self.points}
        low, high = named[self.lowest or ""], named[self.highest or ""]
        if low.valence == high.valence:
            where = f"at {low.name!r}, the only step" if self.n == 1 else "at every step"
            return f"The emotion is {spoken(low.valence)} {where} that is known, on a scale from −2 to +2"
        return (
            f"The emotion lies between {spoken(low.valence)} at {low.name!r} and {spoken(high.valence)} at {high.name!r} "
            f"on a scale from −2 to +2, {spoken(self.value)} on average"
        )


def stage_emotion(stage: Stage, *, persona: str | None = None) -> float | None:
    """The mean valence of a stage, -2 to +2: of its touchpoints that have one, else the stage's own; None if unknown.

    With the id of a persona, only the touchpoints that they meet count, with what they feel there. Every touchpoint
    counts the same, however many people its emotion is the mean of.

    >>> from journeymap.model import Touchpoint
    >>> stage_emotion(Stage("Apply", [Touchpoint("Uploads proof", emotion=-2), Touchpoint("Signs", emotion=1), Touchpoint("Waits")]))
    -0.5
    """
    met = [touchpoint for touchpoint in stage.touchpoints if persona is None or touchpoint.meets(persona)]
    felt = [emotion.valence for emotion in (touchpoint.feeling(persona) for touchpoint in met) if emotion is not None]
    if felt:
        return fsum(felt) / len(felt)
    return stage.emotion.valence if stage.emotion is not None else None


def emotion_curve(
    data: Journey | Mapping[str, Answers] | Iterable[Answers],
    *,
    scale: Scale | None = None,
    lexicon: Mapping[str, float] | None = None,
    persona: str | None = None,
    basis: Basis = "either",
    path: Sequence[str] | None = None,
    strict: bool = False,
) -> EmotionCurve:
    """How does the customer feel step by step?

    From a journey: what the map states at a touchpoint; else the mean of what it states for single personas, weighted by n
    where every one has an n, each once otherwise; else the mean of the scored evidence of the touchpoint and its pains, by
    weight (100 unless stated, 0 leaves it out, a source's weight multiplies), counted once for every persona it concerns.
    A stage without any such touchpoint counts as one step with its own emotion. ``basis`` asks for one of the two alone,
    ``persona`` for one persona, ``path`` for the steps of one way, in order.

    From plain data: per step a number, a word, or many answers, on ``scale`` (-2 to +2 unless said otherwise; a Likert answer
    of 1 to k becomes 2 * (x - mid) / half), or in words that ``lexicon`` gives a valence.

    A step without emotion is a gap, never neutral; with more than 30 % gaps there is no mean. Two-peaked answers
    (bimodality coefficient above 5/9), or personas more than a point apart, are warned of. Unit: points of valence.

    Sources: Russell (1980) for valence; Pfister et al. (2013) for the bimodality coefficient.

    >>> emotion_curve({"Applies": [4, 5, 3], "Waits": [1, 2, 1], "Signs": None}, scale=Scale(1, 5)).points[1].valence
    -1.6666666666666667
    """
    if isinstance(data, Journey):
        points = _along(points_of(data, persona=persona, basis=basis), path)
        cautions = _map_cautions(data, points, persona)
        method = _METHODS[basis]
        assumptions: tuple[str, ...] = ()
        inputs: object = points
    else:
        read = _Reader(scale or Scale(), lexicon)
        rows = _answers(data)
        points = tuple(read.point(name, answers) for name, answers in rows)
        if path is not None:
            points = _along(points, path)
        cautions = tuple(read.cautions)
        method = "mean of the answers of each step"
        assumptions = ("the words have the valence that the lexicon gives them",) if lexicon else ()
        inputs = (points, scale, tuple((lexicon or {}).items()))
    return sealed(_curve(points, cautions, method, assumptions), strict=strict, inputs=inputs)


def _curve(points: tuple[EmotionPoint, ...], cautions: tuple[Caution, ...], method: str, assumptions: tuple[str, ...]) -> EmotionCurve:
    values = known(point.valence for point in points)
    if not values:
        raise NotEnoughData("emotion_curve", f"none of the {len(points)} steps has an emotion", "an emotion on some steps", "MISSING_HEAVY")
    scored = [point for point in points if point.valence is not None]
    gaps = len(points) - len(scored)
    cautions = (*cautions, *missing_some(there=len(scored), expected=len(points), what="steps", value="emotion"))
    refused = gaps / len(points) > MISSING_REFUSED
    return EmotionCurve(
        value=None if refused else fsum(values) / len(values),
        reason=f"{gaps} of {len(points)} steps have no emotion, too many for a mean; the curve itself is there" if refused else "",
        unit=VALENCE,
        n=len(scored),
        missing=gaps,
        method=method,
        assumptions=assumptions,
        warnings=cautions,
        points=points,
        lowest=min(scored, key=lambda point: point.valence or 0.0).id,
        highest=max(scored, key=lambda point: point.valence or 0.0).id,
    )


def _along(points: tuple[EmotionPoint, ...], path: Sequence[str] | None) -> tuple[EmotionPoint, ...]:
    if path is None:
        return points
    named = {point.id: point for point in points}
    for step in path:
        if step not in named:
            raise AnalysisError(f"{shown(step)} is no step of the curve{suggestion(step, named)}; give a path of step ids")
    return tuple(named[step] for step in path)


def _map_cautions(journey: Journey, points: Sequence[EmotionPoint], persona: str | None) -> tuple[Caution, ...]:
    apart: list[Caution] = []
    if persona is None:
        names = {found.id: found.name for found in journey.personas}
        for touchpoint in journey.touchpoints:
            by_persona = {names.get(p, p): emotion.valence for p, emotion in touchpoint.emotions.items()}
            apart.extend(personas_apart(by_persona, what=repr(touchpoint.name)))
    return (*map_cautions(journey, points), *apart)


def _answers(data: Mapping[str, Answers] | Iterable[Answers]) -> list[tuple[str, tuple[Answer, ...]]]:
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise AnalysisError(f"{shown(data)} is not a curve; give one number, word or list of answers for each step")
    pairs = data.items() if isinstance(data, Mapping) else ((str(place), answers) for place, answers in enumerate(data, start=1))
    return [(str(name), (item,) if isinstance(item, str) or not isinstance(item, Iterable) else tuple(item)) for name, item in pairs]


class _Reader:
    """Reads answers of one scale, and remembers what has to be warned of."""

    def __init__(self, scale: Scale, lexicon: Mapping[str, float] | None) -> None:
        self._scale = scale
        self._lexicon = lexicon
        self.cautions: list[Caution] = []

    def point(self, name: str, answers: Sequence[Answer]) -> EmotionPoint:
        valences = [self._valence(answer, name) for answer in answers if answer is not None and not absent(answer)]
        blank = EmotionPoint(id=name, name=name)
        if not valences:
            return blank
        mean, variance = weighted(valences, [1.0] * len(valences))
        self.cautions.extend(hidden_groups(valences, width=_WIDTH, what=repr(name)))
        return EmotionPoint(id=name, name=name, valence=mean, n=len(valences), spread=sqrt(variance), basis="answers")

    def _valence(self, answer: float | str, name: str) -> float:
        if isinstance(answer, str) and self._lexicon is not None:
            if answer not in self._lexicon:
                hint = suggestion(answer, self._lexicon)
                raise AnalysisError(f"{name}: {shown(answer)} is not in the lexicon{hint}; add it with its valence")
            return number(self._lexicon[answer], what=f"lexicon[{shown(answer)}]", low=-2, high=2)
        if isinstance(answer, bool):
            raise AnalysisError(f"{name}: {answer} is no answer; give a number on the scale, or a word")
        try:
            return self._scale.valence(answer if isinstance(answer, str) else float(answer))
        except ModelError as error:
            raise ScaleMismatch(f"{name}: {error}") from error
