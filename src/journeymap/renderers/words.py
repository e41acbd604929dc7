"""What a map says in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from journeymap.model import Emotion, Journey, Persona
from journeymap.renderers.steps import StageSteps, Step

_FEELINGS = ("very negative", "negative", "neutral", "positive", "very positive")


def spoken_emotion(emotion: Emotion | None, journey: Journey) -> str:
    """An emotion in words: the number on the journey's scale, and what it means."""
    if emotion is None:
        return "Emotion unknown"
    number = journey.scale.print(emotion)
    label = f", {emotion.label}" if emotion.label and emotion.label != number else ""
    top = "" if journey.scale.labels else f" of {journey.scale.print(2.0)}"
    return f"Emotion {number}{top}, {_FEELINGS[emotion.level - 1]}{label}"


def spoken_step(step: Step, journey: Journey, *, unknown: bool = True) -> str:
    """A step in sentences: its name, channel, emotion, and whether it is a moment of truth.

    That its emotion is not known is said only if ``unknown``: not where its stage speaks for it.
    """
    parts = [f"{'Stage' if step.touchpoint is None else 'Step'} {step.number}: {step.name}"]
    if step.touchpoint is not None and step.touchpoint.channel is not None:
        parts.append(f"Channel: {step.touchpoint.channel.name}")
    if step.emotion is not None or unknown:
        parts.append(spoken_emotion(step.emotion, journey))
    if step.moment is not None:
        parts.append("Moment of truth" + (f", because: {step.moment.reason}" if step.moment.reason else ""))
    return ". ".join(part.rstrip(".") for part in parts) + "."


def description(journey: Journey, persona: Persona | None, stages: Sequence[StageSteps]) -> str:
    """The whole picture in sentences: whose journey, which stages, the lowest point, and every step."""
    sentences = [f"Customer journey map: {journey.name}."]
    if persona is not None:
        sentences.append(f"Persona: {persona.name}" + (f", {persona.role}." if persona.role else "."))
    if journey.scenario:
        sentences.append(f"Scenario: {journey.scenario.rstrip('.')}.")
    names = ", ".join(stage.name for stage in journey.stages)
    count = len(journey.stages)
    sentences.append(f"{count} stage{'' if count == 1 else 's'}: {names}." if names else "It has no stages yet.")
    known = [(step.emotion.valence, step) for held in stages for step in held.felt if step.emotion is not None]
    if known:
        lowest = min(valence for valence, _ in known)
        names = " and ".join(step.name for valence, step in known if valence == lowest)
        sentences.append(f"Lowest point: {names}.")
    for held in stages:
        if held.whole is not None and held.whole in held.felt:
            sentences.append(spoken_step(held.whole, journey))
        sentences.extend(spoken_step(step, journey, unknown=held.whole not in held.felt) for step in held.steps)
    return " ".join(sentences)
