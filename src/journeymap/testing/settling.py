"""A journey from pieces that do not know one another: ids made unique, references pointed to what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

from journeymap.model import (
    END,
    START,
    Activity,
    Channel,
    Emotion,
    Evidence,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Source,
    Stage,
    Touchpoint,
    Transition,
)
from journeymap.model.naming import unique

T = TypeVar("T")
_NAMED = (Persona, Source, Stage, Touchpoint, Activity, PainPoint, Opportunity, Metric)


def settled(name: str, stages: Iterable[Stage], *, transitions: Iterable[Transition], **fields: Any) -> Journey:
    """The journey of these pieces. A reference is any text of digits: 5 points to the sixth that there is, counting round."""
    settler = _Settler()
    first: dict[str, Any] = settler.named({**fields, "stages": tuple(stages), "transitions": ()})
    whole: dict[str, Any] = {**settler.pointed(first), "transitions": settler.joined(transitions)}
    return Journey(name, **whole)


class _Settler:
    """What has been found in the pieces so far."""

    def __init__(self) -> None:
        self._ids: dict[type[object], list[str]] = defaultdict(list)
        self._channels: dict[str, Channel] = {}

    def named(self, value: T) -> T:
        """The value, every id in it free in its class, and channels of one id the same."""
        if isinstance(value, Channel):
            return cast("T", self._channels.setdefault(value.id, value))
        value = _inside(value, self.named)
        if isinstance(value, _NAMED):
            taken = self._ids[type(value)]
            free = unique(value.id, {START, END, *taken})
            taken.append(free)
            return cast("T", attrs.evolve(value, id=free))
        return value

    def pointed(self, value: T) -> T:
        """The value, every reference in it pointing to something."""
        value = _inside(value, self.pointed)
        changed: Any = value
        if isinstance(value, Touchpoint):
            felt = {self._one(Persona, place): emotion for place, emotion in value.emotions.items()}
            emotions: Mapping[str, Emotion] = {who: emotion for who, emotion in felt.items() if who is not None}
            changed = attrs.evolve(value, personas=self._some(Persona, value.personas), emotions=emotions)
        elif isinstance(value, PainPoint) and value.persona is not None:
            changed = attrs.evolve(value, persona=self._one(Persona, value.persona))
        elif isinstance(value, Opportunity):
            changed = attrs.evolve(
                value, addresses=self._some(PainPoint, value.addresses), requires=self._some(Opportunity, value.requires)
            )
        evidence: tuple[Evidence, ...] = getattr(changed, "evidence", ())
        if evidence:
            known = [attrs.evolve(item, source=found) for item in evidence if (found := self._one(Source, item.source)) is not None]
            changed = attrs.evolve(changed, evidence=known)
        return cast("T", changed)

    def joined(self, transitions: Iterable[Transition]) -> tuple[Transition, ...]:
        """The transitions between touchpoints that there are, one a pair, those out of one step sharing at most the whole."""
        found: dict[tuple[str, str], Transition] = {}
        given = tuple(transitions)
        for transition in given:
            source = transition.source if transition.source == START else self._one(Touchpoint, transition.source)
            target = transition.target if transition.target == END else self._one(Touchpoint, transition.target)
            if source is not None and target is not None:
                share = None if transition.probability is None else transition.probability / len(given)
                found[source, target] = attrs.evolve(transition, source=source, target=target, probability=share)
        return tuple(found.values())

    def _one(self, kind: type[object], place: str) -> str | None:
        known = self._ids[kind]
        return known[int(place) % len(known)] if known else None

    def _some(self, kind: type[object], places: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found for place in places if (found := self._one(kind, place)) is not None))


def _inside(value: T, change: Any) -> T:
    """The value with what it holds changed: the items of a list, tuple or dict, the fields of a value of the model."""
    held: Any = value
    if isinstance(value, list | tuple):
        held = tuple(change(item) for item in value)
    elif isinstance(value, dict):
        held = {key: change(item) for key, item in value.items()}
    elif isinstance(value, _NAMED):
        pieces = {f.name: getattr(value, f.name) for f in attrs.fields(type(value))}
        held = attrs.evolve(value, **{key: change(item) for key, item in pieces.items() if isinstance(item, tuple | Channel)})
    return cast("T", held)
