"""What a map says in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable

from journeymap.model import Emotion, Journey, Persona
from journeymap.renderers.steps import Step

_FEELINGS = ("very negative", "negative", "neutral", "positive", "very positive")


def spoken_emotion(emotion: Emotion | None, journey: Journey) -> str:
    """An emotion in words: the number on the journey's scale, and what it means."""
    if emotion is None:
        return "Emotion unknown"
    number = journey.scale.print(emotion)
    label = f", {emotion.label}" if emotion.label and emotion.label != number else ""
    top = "" if journey.scale.labels else f" of {journey.scale.print(2.0)}"
    return f"Emotion {number}{top}, {_FEELINGS[emotion.level - 1]}{label}"


def spoken_step(step: Step, journey: Journey) -> str:
    """A step in sentences: its name, channel, emotion, and whether it is a moment of truth."""
    parts = [f"Step {step.number}: {step.name}"]
    if step.touchpoint is not None and step.touchpoint.channel is not None:
        parts.append(f"Channel: {step.touchpoint.channel.name}")
    parts.append(spoken_emotion(step.emotion, journey))
    if step.moment is not None:
        parts.append("Moment of truth" + (f", because: {step.moment.reason}" if step.moment.reason else ""))
    return ". ".join(part.rstrip(".") for part in parts) + "."


def description(journey: Journey, persona: Persona | None, steps: Iterable[Step]) -> str:
    """The whole picture in sentences: whose journey, which stages, the lowest point, and every step."""
    held = list(steps)
    sentences = [f"Customer journey map: {journey.name}."]
    if persona is not None:
        sentences.append(f"Persona: {persona.name}" + (f", {persona.role}." if persona.role else "."))
    stages = ", ".join(stage.name for stage in journey.stages)
    count = len(journey.stages)
    sentences.append(f"{count} stage{'' if count == 1 else 's'}: {stages}." if stages else "It has no stages yet.")
    known = [(step.emotion.valence, step) for step in held if step.emotion is not None]
    if known:
        lowest = min(valence for valence, _ in known)
        names = " and ".join(step.name for valence, step in known if valence == lowest)
        sentences.append(f"Lowest point: {names}.")
    sentences.extend(spoken_step(step, journey) for step in held)
    return " ".join(sentences)
