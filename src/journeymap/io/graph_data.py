"""What the formats of graphs hold of a journey: nodes and edges with plain attributes, the rest left out, and told.

All three formats write what `kept` keeps, and nothing else, so that what they lose is the difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from attrs import evolve

from journeymap.errors import Problem
from journeymap.model import Emotion, Journey, MomentOfTruth, Span, Stage, Touchpoint, Transition

Plain: TypeAlias = str | int | float | bool
Attributes: TypeAlias = Mapping[str, Plain]

ANY_MOMENT = "moment of truth"
"""What is said of a moment of truth of which the kind is not known."""


class Node(NamedTuple):
    """A touchpoint, or one of the reserved ends."""

    id: str
    stage: str | None
    """The id of its stage."""
    attributes: Attributes


class Edge(NamedTuple):
    """A transition, given or implied."""

    source: str
    target: str
    attributes: Attributes


class GraphData(NamedTuple):
    """A journey as the formats of graphs write it, in the order of the map."""

    attributes: Attributes
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    stages: Mapping[str, str]
    """The names of the stages by id, in their order."""


def graph_data(journey: Journey) -> GraphData:
    """What is written of a journey."""
    held = kept(journey)
    stages = {stage.id: stage.name for stage in held.stages}
    graph = held.graph
    steps = {step.id: _of_touchpoint(step, stage.id, stages) for stage in held.stages for step in stage.touchpoints}
    nodes = [Node(name, graph.nodes[name]["stage"], steps.get(name, {})) for name in graph]
    edges = [Edge(source, target, _of_transition(data["item"], data["implied"])) for source, target, data in graph.edges(data=True)]
    names = ("name", "id", "kind", "organisation", "scenario", "status", "owner", "version", "language")
    return GraphData(_given((name, getattr(held, name)) for name in names), tuple(nodes), tuple(edges), stages)


def lost(journey: Journey) -> tuple[Problem, ...]:
    """What is left out."""
    from journeymap.io.differences import differences

    return tuple(differences(journey, kept(journey)))


def kept(journey: Journey) -> Journey:
    """The journey with nothing but what is written of it."""
    return Journey(
        journey.name,
        [Stage(stage.name, [_step(step) for step in stage.touchpoints], id=stage.id) for stage in journey.stages if stage.touchpoints],
        id=journey.id,
        kind=journey.kind,
        organisation=journey.organisation,
        scenario=journey.scenario,
        status=journey.status,
        owner=journey.owner,
        version=journey.version,
        language=journey.language,
        transitions=[evolve(each, wait=_exact(each.wait), notes="", extra={}) for each in journey.transitions],
    )


def _step(step: Touchpoint) -> Touchpoint:
    return Touchpoint(
        step.name,
        id=step.id,
        channel=step.channel,
        emotion=step.emotion and Emotion(step.emotion.valence),
        believed_emotion=step.believed_emotion and Emotion(step.believed_emotion.valence),
        engagement=step.engagement,
        moment=step.moment and MomentOfTruth(step.moment.kind),
        goal=step.goal,
        owner=step.owner,
        perceived_owner=step.perceived_owner,
        duration=_exact(step.duration),
        satisfaction=step.satisfaction,
        importance=step.importance,
        importance_to_organisation=step.importance_to_organisation,
    )


def _exact(length: timedelta | Span | None) -> timedelta | None:
    """A length of time that a number of seconds gives back."""
    if isinstance(length, timedelta) and timedelta(seconds=length.total_seconds()) == length:
        return length
    return None


def _of_touchpoint(step: Touchpoint, stage: str, stages: Mapping[str, str]) -> Attributes:
    return _given(
        [
            ("name", step.name),
            ("stage", stage),
            ("stage_name", stages[stage]),
            ("channel", step.channel.name if step.channel else None),
            ("channel_id", step.channel.id if step.channel else None),
            ("channel_kind", step.channel.kind if step.channel else None),
            ("emotion", step.emotion.valence if step.emotion else None),
            ("believed_emotion", step.believed_emotion.valence if step.believed_emotion else None),
            ("engagement", step.engagement),
            ("moment", (step.moment.kind or ANY_MOMENT) if step.moment else None),
            ("goal", step.goal or None),
            ("owner", step.owner),
            ("perceived_owner", step.perceived_owner),
            ("duration_seconds", _seconds(step.duration)),
            ("satisfaction", step.satisfaction),
            ("importance", step.importance),
            ("importance_to_organisation", step.importance_to_organisation),
        ]
    )


def _of_transition(way: Transition, implied: bool) -> Attributes:
    return _given(
        [
            ("kind", way.kind),
            ("implied", implied),
            ("probability", way.probability),
            ("count", way.count),
            ("wait_seconds", _seconds(way.wait)),
            ("condition", way.condition),
            ("manual", way.manual or None),
        ]
    )


def _seconds(length: timedelta | Span | None) -> float | None:
    return length.total_seconds() if isinstance(length, timedelta) else None


def _given(pairs: Iterable[tuple[str, Plain | None]]) -> Attributes:
    """What is known."""
    return {name: value for name, value in pairs if value is not None and value != ""}
