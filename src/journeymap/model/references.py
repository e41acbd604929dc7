"""What has to hold between the parts of a journey: unique ids, and references that point to something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from journeymap.errors import Problem, shown, suggestion
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

FEW = 8
"""Names listed where none is near the one that was meant."""
MOST_COMPARISONS = 20_000
"""Looking for the near one takes about 20 microseconds a name; beyond this a broken import would take minutes to refuse."""


def reference_problems(journey: Journey) -> list[Problem]:
    """All that is wrong between the parts of a journey, in the order of its fields."""
    found = _Names(journey)
    register = Register(found.ids)
    dangling = [Problem(path, register.nothing(kind, wanted)) for kind, wanted, path in found.references if wanted not in found.ids[kind]]
    return [*found.clashes, *dangling, *_transitions(journey, register)]


class _Names:
    """The ids of each class, the clashes among them, and the references to check against them."""

    def __init__(self, journey: Journey) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.clashes: list[Problem] = []
        self.references: list[tuple[str, str, str]] = []
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

    def _touchpoint(self, touchpoint: Touchpoint, path: str) -> None:
        self._name("touchpoint", touchpoint.id, path)
        if touchpoint.id in (START, END):
            self.clashes.append(
                Problem(f"{path}.id", f"{touchpoint.id!r} is reserved for where customers {touchpoint.id}; give another id")
            )
        if touchpoint.channel is not None:
            self._channel(touchpoint.channel, f"{path}.channel")
        for i, persona in enumerate(touchpoint.personas):
            self.references.append(("persona", persona, f"{path}.personas[{i}]"))
        for persona in touchpoint.emotions:
            self.references.append(("persona", persona, f"{path}.emotions.{persona}"))
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
        self._name("pain point", pain.id, path)
        if pain.persona is not None:
            self.references.append(("persona", pain.persona, f"{path}.persona"))
        self._evidence(pain.evidence, path)

    def _opportunities(self, opportunities: Iterable[Opportunity], path: str) -> None:
        for i, opportunity in enumerate(opportunities):
            self._name("opportunity", opportunity.id, f"{path}[{i}]")
            for k, pain in enumerate(opportunity.addresses):
                self.references.append(("pain point", pain, f"{path}[{i}].addresses[{k}]"))
            for k, other in enumerate(opportunity.requires):
                self.references.append(("opportunity", other, f"{path}[{i}].requires[{k}]"))
            self._evidence(opportunity.evidence, f"{path}[{i}]")

    def _metrics(self, metrics: Iterable[Metric], path: str) -> None:
        for i, metric in enumerate(metrics):
            self._name("metric", metric.id, f"{path}[{i}]")
            self._evidence(metric.evidence, f"{path}[{i}]")

    def _evidence(self, evidence: Iterable[Evidence], path: str) -> None:
        for i, item in enumerate(evidence):
            self.references.append(("source", item.source, f"{path}.evidence[{i}]"))

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


class Register:
    """What there is of each class in a whole, for telling of a reference that points to nothing."""

    def __init__(self, ids: Mapping[str, Collection[str]], *, whole: str = "journey") -> None:
        self._whole = whole
        self._there = {kind: sorted(found) for kind, found in ids.items()}
        self._comparisons = 0

    def there(self, kind: str) -> Sequence[str]:
        """The ids of that class, sorted."""
        return self._there.get(kind, [])

    def nothing(self, kind: str, wanted: str) -> str:
        """The message: what was meant, if one is near; else what there is."""
        there = self.there(kind)
        self._comparisons += len(there)
        near = suggestion(wanted, there) if self._comparisons <= MOST_COMPARISONS else ""
        listed = ", ".join(there[:FEW]) + (f" and {len(there) - FEW:,} more" if len(there) > FEW else "")
        return f"no {kind} {shown(wanted)}{near or (f'; there are: {listed}' if there else f'; the {self._whole} has no {kind} at all')}"


def _transitions(journey: Journey, register: Register) -> Iterator[Problem]:
    touchpoints = frozenset(register.there("touchpoint"))
    pairs: dict[tuple[str, str], int] = {}
    shares: dict[str, float] = defaultdict(float)
    for i, transition in enumerate(journey.transitions):
        path = f"transitions[{i}]"
        if transition.source != START and transition.source not in touchpoints:
            yield Problem(f"{path}.source", register.nothing("touchpoint", transition.source))
        if transition.target != END and transition.target not in touchpoints:
            yield Problem(f"{path}.target", register.nothing("touchpoint", transition.target))
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
