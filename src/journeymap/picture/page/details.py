"""What a map says of each of its steps, in words and in full: for panels and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from journeymap.model import Emotion, Journey, Metric, Opportunity, PainPoint, Range, Span, Stage, Touchpoint
from journeymap.renderers.words import spoken_emotion

_SEVERITIES = ("minor", "medium", "major", "critical")
_MOMENTS = {
    "zmot": "zero: the search before",
    "fmot": "first: the choice",
    "smot": "second: the use",
    "tmot": "third: what is told to others",
}


def _facts(values: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(values)


@frozen(kw_only=True)
class Step:
    """One step: where it stands, and what is known of it, each fact under its heading."""

    id: str
    name: str
    stage: str
    facts: tuple[tuple[str, str], ...] = field(converter=_facts)

    def fact(self, heading: str) -> str:
        """What stands under a heading, or nothing."""
        return "; ".join(text for known, text in self.facts if known == heading)


def steps_in_words(journey: Journey) -> tuple[Step, ...]:
    """Every step of the journey, in order."""
    return tuple(
        Step(id=touchpoint.id, name=touchpoint.name, stage=stage.name, facts=_told(journey, stage, touchpoint))
        for stage in journey.stages
        for touchpoint in stage.touchpoints
    )


def _told(journey: Journey, stage: Stage, touchpoint: Touchpoint) -> Iterator[tuple[str, str]]:
    if touchpoint.channel is not None:
        yield "Channel", touchpoint.channel.name
    yield from _felt(journey, touchpoint)
    for action in touchpoint.actions:
        yield "Action", action
    for thought in touchpoint.thoughts:
        yield "Thought", f"\u201c{thought}\u201d"
    for pain in touchpoint.pains:
        yield "Pain point", _pain(pain)
    for opportunity in touchpoint.opportunities:
        yield "Opportunity", _opportunity(opportunity)
    for metric in touchpoint.metrics:
        yield "Metric", _measured(metric)
    yield from _behind(journey, stage, touchpoint)


def _felt(journey: Journey, touchpoint: Touchpoint) -> Iterator[tuple[str, str]]:
    names = {persona.id: persona.name for persona in journey.personas}
    if touchpoint.emotion is not None:
        yield "Emotion", _feeling(journey, touchpoint.emotion)
    for persona, emotion in touchpoint.emotions.items():
        yield f"Emotion of {names.get(persona, persona)}", _feeling(journey, emotion)
    if touchpoint.believed_emotion is not None:
        yield "Believed emotion", _feeling(journey, touchpoint.believed_emotion)
    if touchpoint.moment is not None:
        yield "Moment of truth", touchpoint.moment.reason or _MOMENTS.get(touchpoint.moment.kind or "", "yes")


def _behind(journey: Journey, stage: Stage, touchpoint: Touchpoint) -> Iterator[tuple[str, str]]:
    for activity in touchpoint.activities:
        yield activity.layer.capitalize().replace("-", " "), activity.name
    if touchpoint.owner or stage.owner:
        yield "Owner", touchpoint.owner or stage.owner
    if touchpoint.duration is not None:
        span = touchpoint.duration
        yield "Duration", f"{span.mid}" if isinstance(span, Span) else f"{span}"
    names = {source.id: source.name for source in journey.sources}
    for evidence in touchpoint.evidence:
        source = names.get(evidence.source, evidence.source)
        yield "Evidence", f"{source}: \u201c{evidence.quote}\u201d" if evidence.quote else source
    if touchpoint.notes:
        yield "Notes", touchpoint.notes


def _measured(metric: Metric) -> str:
    value = metric.text or (f"{metric.value:g} {metric.unit}".strip() if metric.value is not None else "")
    return f"{metric.name}: {value}" if value else metric.name


def _feeling(journey: Journey, emotion: Emotion) -> str:
    return spoken_emotion(emotion, journey).removeprefix("Emotion ")


def _pain(pain: PainPoint) -> str:
    return f"{pain.description} ({_SEVERITIES[pain.severity - 1]})" if pain.severity else pain.description


def _opportunity(opportunity: Opportunity) -> str:
    grades = (("impact", opportunity.impact), ("effort", opportunity.effort))
    graded = [f"{word} {_graded(grade)} of 5" for word, grade in grades if grade is not None]
    return f"{opportunity.name} ({', '.join(graded)})" if graded else opportunity.name


def _graded(grade: float | Range) -> str:
    return f"{grade.low:g} to {grade.high:g}" if isinstance(grade, Range) else f"{grade:g}"
