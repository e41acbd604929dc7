"""What is felt at each step of a map: stated, pooled over personas, or from its scored evidence.

`points_of` reads the steps with their emotion; everything about emotion (`emotion`, `experience`, `peaks`,
`persona_emotion`) starts from it, and says what `map_cautions` has to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, sqrt
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.result import amount, percent
from journeymap.errors import AnalysisError, shown, suggestion
from journeymap.model import Emotion, Evidence, Journey, Stage, Touchpoint

if TYPE_CHECKING:
    from journeymap.analysis.chain import Chain

Basis = Literal["stated", "evidence", "either"]
"""Where an emotion comes from: what the map says, its scored evidence, or the evidence only where the map says nothing."""


VALENCE = "points of valence"
"""The unit of a map's emotions, from -2 to +2."""


@frozen(kw_only=True)
class EmotionPoint:
    """One step of the curve."""

    id: str
    name: str
    stage: str = ""
    """The id of its stage."""
    valence: float | None = None
    """-2 to +2; None where nobody knows, a gap in the curve."""
    n: int | None = None
    """How many people, answers or scored pieces of evidence it is the mean of."""
    spread: float | None = None
    """The standard deviation around the mean (divisor n), in points of valence."""
    basis: str = ""
    """Where it comes from: stated, personas, evidence, stage or answers; empty for a gap."""


def spoken(value: float | None, unit: str = VALENCE) -> str:
    """An emotion as a sentence gives it: signed, to the tenth that such a number can bear; values of other units as `amount` does.

    >>> spoken(0.2857), spoken(-2), spoken(7.5, "points")
    ('+0.3', '−2', '7.5')
    """
    if value is None or unit != VALENCE:
        return amount(value)
    text = f"{value:+.1f}".removesuffix(".0").replace("-", "−")
    return "0" if text in {"+0", "−0"} else text


def points_of(journey: Journey, *, persona: str | None = None, basis: Basis = "either") -> tuple[EmotionPoint, ...]:
    """The steps of a map in order, each with its emotion; AnalysisError for a persona that the map does not have."""
    personas = tuple(found.id for found in journey.personas)
    if persona is not None and persona not in personas:
        raise AnalysisError(f"{shown(persona)} is no persona of the map{suggestion(persona, personas)}; give the id of one")
    weights = {source.id: source.weight for source in journey.sources}
    points: list[EmotionPoint] = []
    for stage in journey.stages:
        own = [
            _touchpoint_point(touchpoint, stage.id, persona, personas, weights, basis)
            for touchpoint in stage.touchpoints
            if persona is None or touchpoint.meets(persona)
        ]
        if stage.emotion is not None and basis != "evidence" and not any(point.valence is not None for point in own):
            felt = stage.emotion
            own = [_stated(stage, stage.id, felt, "stage")]
        points.extend(own)
    return tuple(points)


def felt_at(journey: Journey) -> list[tuple[str, bool]]:
    """The ids of the steps that `points_of` gives, and whether anything is known of the emotion there: quicker than the emotion."""
    personas = tuple(found.id for found in journey.personas)
    weights = {source.id: source.weight for source in journey.sources}
    found: list[tuple[str, bool]] = []
    for stage in journey.stages:
        own = [
            (touchpoint.id, touchpoint.emotion is not None or bool(touchpoint.emotions or _scores(touchpoint, None, personas, weights)))
            for touchpoint in stage.touchpoints
        ]
        found.extend([(stage.id, True)] if stage.emotion is not None and not any(known for _, known in own) else own)
    return found


def map_cautions(journey: Journey, points: Sequence[EmotionPoint], *, chain: Chain | None = None) -> tuple[Caution, ...]:
    """What every answer about the emotions of a map has to say: no evidence, and steps that not everybody reaches.

    ``chain`` is that of the journey, where the caller has it already.
    """
    touchpoints = {touchpoint.id: touchpoint for touchpoint in journey.touchpoints}
    stages = {stage.id: stage for stage in journey.stages}
    scored = [point for point in points if point.valence is not None]
    claims = [stages[point.id].evidence if point.basis == "stage" else evidence_of(touchpoints[point.id]) for point in scored]
    return (*hypothesis(journey, claims), *_survivors(journey, scored, chain))


def evidence_of(touchpoint: Touchpoint) -> tuple[Evidence, ...]:
    """The evidence of a touchpoint and of its pains."""
    return (*touchpoint.evidence, *(item for pain in touchpoint.pains for item in pain.evidence))


def _touchpoint_point(
    touchpoint: Touchpoint, stage: str, persona: str | None, personas: tuple[str, ...], weights: Mapping[str, float], basis: Basis
) -> EmotionPoint:
    if basis != "evidence":
        felt = touchpoint.feeling(persona)
        if felt is not None:
            return _stated(touchpoint, stage, felt, "stated")
        if persona is None and touchpoint.emotions:
            return _pooled(touchpoint, stage, list(touchpoint.emotions.values()))
        if basis == "stated":
            return EmotionPoint(id=touchpoint.id, name=touchpoint.name, stage=stage)
    return _from_evidence(touchpoint, stage, _scores(touchpoint, persona, personas, weights))


def _stated(step: Touchpoint | Stage, stage: str, felt: Emotion, basis: str) -> EmotionPoint:
    return EmotionPoint(id=step.id, name=step.name, stage=stage, valence=felt.valence, n=felt.n, spread=felt.spread, basis=basis)


def _pooled(step: Touchpoint, stage: str, emotions: Sequence[Emotion]) -> EmotionPoint:
    counts = [emotion.n for emotion in emotions]
    weights = [float(n or 0) for n in counts] if all(counts) else [1.0] * len(emotions)
    mean, between = weighted([emotion.valence for emotion in emotions], weights)
    within = fsum(w * (e.spread or 0.0) ** 2 for w, e in zip(weights, emotions, strict=True)) / fsum(weights)
    n = sum(n or 0 for n in counts) if all(counts) else None
    return EmotionPoint(id=step.id, name=step.name, stage=stage, valence=mean, n=n, spread=sqrt(between + within), basis="personas")


def _scores(
    touchpoint: Touchpoint, persona: str | None, personas: tuple[str, ...], weights: Mapping[str, float]
) -> list[tuple[float, float]]:
    """The scored evidence with its weight; in the aggregate an item counts once for every persona that it concerns."""
    meeting = [p for p in personas if touchpoint.meets(p)]
    items = [(item, meeting) for item in touchpoint.evidence]
    items += [(item, [pain.persona] if pain.persona else meeting) for pain in touchpoint.pains for item in pain.evidence]
    found = []
    for item, concerned in items:
        weight = item.weight * weights.get(item.source, 100.0) / 100.0
        if item.score is not None and weight > 0 and (persona is None or not concerned or persona in concerned):
            found.append((item.score, weight * (max(1, len(concerned)) if persona is None else 1)))
    return found


def _from_evidence(step: Touchpoint, stage: str, scores: Sequence[tuple[float, float]]) -> EmotionPoint:
    if not scores:
        return EmotionPoint(id=step.id, name=step.name, stage=stage)
    mean, variance = weighted([score for score, _ in scores], [weight for _, weight in scores])
    return EmotionPoint(id=step.id, name=step.name, stage=stage, valence=mean, n=len(scores), spread=sqrt(variance), basis="evidence")


def weighted(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """The weighted mean and the weighted variance around it."""
    total = fsum(weights)
    mean = fsum(w * v for w, v in zip(weights, values, strict=True)) / total
    return mean, fsum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True)) / total


def _survivors(journey: Journey, scored: Sequence[EmotionPoint], chain: Chain | None) -> tuple[Caution, ...]:
    """A caution where the map says that customers leave on the way."""
    if not journey.transitions:
        return ()
    from journeymap.analysis.chain import chain_of, visits

    chain = chain or chain_of(journey)
    if not chain.leaks:
        return ()
    reached = visits(chain)
    last = next((point for point in reversed(scored) if point.id in reached), None)
    if last is None or reached[last.id] >= 1:
        return ()
    return (caution("SURVIVORS", f"{percent(reached[last.id])} of those who start get to {last.name!r}"),)
