"""What has to hold between the parts of a journey: unique ids, and references that point to something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from journeymap.errors import Problem, suggestion
from journeymap.model.naming import unique
from journeymap.model.transition import END, START

if TYPE_CHECKING:
    from journeymap.model.channel import Channel
    from journeymap.model.evidence import Evidence
    from journeymap.model.journey import Journey
    from journeymap.model.metric import Metric
    from journeymap.model.opportunity import Opportunity
    from journeymap.model.pain import PainPoint
    from journeymap.model.stage import Stage
    from journeymap.model.touchpoint import Touchpoint


def reference_problems(journey: Journey) -> list[Problem]:
    """All that is wrong between the parts of a journey, in the order of its fields."""
    found = _Names(journey)
    return [*found.clashes, *found.dangling(), *_transitions(journey, found.ids["touchpoint"])]


class _Names:
    """The ids of each class, the clashes among them, and the references to check against them."""

    def __init__(self, journey: Journey) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.clashes: list[Problem] = []
        self._references: list[tuple[str, str, str]] = []
        self._channels: dict[str, tuple[str, Channel]] = {}
        for i, persona in enumerate(journey.personas):
            self._name("persona", persona.id, f"personas[{i}]")
            self._evidence(persona.evidence, f"personas[{i}]")
            for k, channel in enumerate(persona.channels):
                self._channel(channel, f"personas[{i}].channels[{k}]")
        self._metrics(journey.metrics, "metrics")
        for i, source in enumerate(journey.sources):
            self._name("source", source.id, f"sources[{i}]")
        for i, stage in enumerate(journey.stages):
            self._name("stage", stage.id, f"stages[{i}]")
            self._claims(stage, f"stages[{i}]")
            for k, touchpoint in enumerate(stage.touchpoints):
                self._touchpoint(touchpoint, f"stages[{i}].touchpoints[{k}]")
        self._opportunities(journey.opportunities, "opportunities")

    def dangling(self) -> Iterator[Problem]:
        """The references that point to nothing."""
        for kind, wanted, path in self._references:
            if wanted not in self.ids[kind]:
                yield Problem(path, _nothing(kind, wanted, self.ids[kind]))

    def _touchpoint(self, touchpoint: Touchpoint, path: str) -> None:
        self._name("touchpoint", touchpoint.id, path)
        if touchpoint.id in (START, END):
            self.clashes.append(
                Problem(f"{path}.id", f"{touchpoint.id!r} is reserved for where customers {touchpoint.id}; give another id")
            )
        if touchpoint.channel is not None:
            self._channel(touchpoint.channel, f"{path}.channel")
        for i, persona in enumerate(touchpoint.personas):
            self._references.append(("persona", persona, f"{path}.personas[{i}]"))
        for persona in touchpoint.emotions:
            self._references.append(("persona", persona, f"{path}.emotions.{persona}"))
        for i, activity in enumerate(touchpoint.activities):
            self._name("activity", activity.id, f"{path}.activities[{i}]")
        self._claims(touchpoint, path)

    def _claims(self, owner: Stage | Touchpoint, path: str) -> None:
        for i, pain in enumerate(owner.pains):
            self._pain(pain, f"{path}.pains[{i}]")
        self._opportunities(owner.opportunities, f"{path}.opportunities")
        self._metrics(owner.metrics, f"{path}.metrics")
        self._evidence(owner.evidence, path)

    def _pain(self, pain: PainPoint, path: str) -> None:
        self._name("pain", pain.id, path)
        if pain.persona is not None:
            self._references.append(("persona", pain.persona, f"{path}.persona"))
        self._evidence(pain.evidence, path)

    def _opportunities(self, opportunities: Iterable[Opportunity], path: str) -> None:
        for i, opportunity in enumerate(opportunities):
            self._name("opportunity", opportunity.id, f"{path}[{i}]")
            for k, pain in enumerate(opportunity.addresses):
                self._references.append(("pain", pain, f"{path}[{i}].addresses[{k}]"))
            for k, other in enumerate(opportunity.requires):
                self._references.append(("opportunity", other, f"{path}[{i}].requires[{k}]"))
            self._evidence(opportunity.evidence, f"{path}[{i}]")

    def _metrics(self, metrics: Iterable[Metric], path: str) -> None:
        for i, metric in enumerate(metrics):
            self._name("metric", metric.id, f"{path}[{i}]")
            self._evidence(metric.evidence, f"{path}[{i}]")

    def _evidence(self, evidence: Iterable[Evidence], path: str) -> None:
        for i, item in enumerate(evidence):
            self._references.append(("source", item.source, f"{path}.evidence[{i}]"))

    def _channel(self, channel: Channel, path: str) -> None:
        first_path, first = self._channels.setdefault(channel.id, (path, channel))
        if (first.name, first.kind) != (channel.name, channel.kind):
            self.clashes.append(
                Problem(
                    path,
                    f"channel {channel.id!r} is {channel.name!r} ({channel.kind}) here and {first.name!r} ({first.kind}) "
                    f"at {first_path}; say it the same way or give it another id",
                )
            )

    def _name(self, kind: str, wanted: str, path: str) -> None:
        taken = self.ids[kind]
        if wanted in taken:
            self.clashes.append(
                Problem(
                    f"{path}.id",
                    f"the {kind} id {wanted!r} is taken; give this one an id of its own, for example {unique(wanted, taken)!r}",
                )
            )
        taken.add(wanted)


def _transitions(journey: Journey, touchpoints: set[str]) -> Iterator[Problem]:
    pairs: dict[tuple[str, str], int] = {}
    shares: dict[str, float] = defaultdict(float)
    for i, transition in enumerate(journey.transitions):
        path = f"transitions[{i}]"
        if transition.source != START and transition.source not in touchpoints:
            yield Problem(f"{path}.source", _nothing("touchpoint", transition.source, touchpoints))
        if transition.target != END and transition.target not in touchpoints:
            yield Problem(f"{path}.target", _nothing("touchpoint", transition.target, touchpoints))
        pair = (transition.source, transition.target)
        if pair in pairs:
            yield Problem(
                path, f"{transition.source!r} to {transition.target!r} stands already at transitions[{pairs[pair]}]; join the two"
            )
        pairs.setdefault(pair, i)
        before = shares[transition.source]
        shares[transition.source] += transition.probability or 0.0
        if before <= 1 + 1e-9 < shares[transition.source]:
            yield Problem(
                f"{path}.probability",
                f"the ways out of {transition.source!r} sum to {shares[transition.source]:.6g}, more than 1; they share the whole",
            )


def _nothing(kind: str, wanted: str, known: Iterable[str]) -> str:
    return f"no {kind} {wanted!r}{suggestion(wanted, known)}"
