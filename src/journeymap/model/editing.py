"""Edits that give a new, checked journey: pure functions behind the methods of `Journey`.

An object is found by its id among stages, touchpoints, personas, pain points, opportunities, metrics, sources and
activities; ``kind`` decides where two of them share one. References follow a rename, and go with what is taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args

from attrs import evolve, fields, has

from journeymap.errors import ModelError, shown, suggestion
from journeymap.model.activity import Activity
from journeymap.model.evidence import Evidence, Source
from journeymap.model.mapping import FrozenMap
from journeymap.model.metric import Metric
from journeymap.model.opportunity import Opportunity
from journeymap.model.pain import PainPoint
from journeymap.model.persona import Persona
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import Transition

if TYPE_CHECKING:
    from journeymap.model.journey import Journey

Kind = Literal["stage", "touchpoint", "persona", "pain", "opportunity", "metric", "source", "activity"]
"""What an id can name."""
KINDS: tuple[Kind, ...] = get_args(Kind)

CLASSES: dict[Kind, type[Any]] = {
    "stage": Stage,
    "touchpoint": Touchpoint,
    "persona": Persona,
    "pain": PainPoint,
    "opportunity": Opportunity,
    "metric": Metric,
    "source": Source,
    "activity": Activity,
}
"""The classes of which an id is unique."""
REFERENCES: dict[type[Any], dict[str, Kind]] = {
    Touchpoint: {"personas": "persona", "emotions": "persona"},
    PainPoint: {"persona": "persona"},
    Opportunity: {"addresses": "pain", "requires": "opportunity"},
    Evidence: {"source": "source"},
    Transition: {"source": "touchpoint", "target": "touchpoint"},
}
"""The fields that hold ids of other objects, and of which kind."""

T = TypeVar("T")


def as_kind(kind: str | None) -> Kind | None:
    """A kind of object, or None for any; ModelError for another word."""
    for known_kind in KINDS:
        if kind == known_kind:
            return known_kind
    if kind is not None:
        raise ModelError(f"{shown(kind)} is not one of {', '.join(KINDS)}{suggestion(kind, KINDS) if isinstance(kind, str) else ''}")
    return None


def changed(value: T, changes: Mapping[str, object]) -> T:
    """The value with those of its fields changed; ModelError for a field that it does not have."""
    names = [field.name for field in fields(cast("Any", type(value)))]
    for key in changes:
        if key not in names:
            one = f"{'an' if type(value).__name__[0] in 'AEIOU' else 'a'} {type(value).__name__}"
            raise ModelError(f"{one} has no field {key!r}{suggestion(key, names)}")
    return cast("T", evolve(cast("Any", value), **changes))


def found(journey: Journey, wanted: str, kind: Kind | None = None) -> tuple[Kind, object]:
    """The object of that id, with its kind; ModelError if there is none, or several and ``kind`` does not say which."""
    if not isinstance(wanted, str):
        raise ModelError(f"{shown(wanted)} is no id; an id is text")
    named: dict[str, list[tuple[Kind, object]]] = {}
    for value in _objects(journey):
        for name, cls in CLASSES.items():
            if isinstance(value, cls) and kind in (None, name):
                named.setdefault(value.id, []).append((name, value))
    held = named.get(wanted, [])
    if not held:
        raise ModelError(f"no {kind or 'object'} {shown(wanted)}{suggestion(wanted, named)}")
    if len(held) > 1:
        kinds = " and of ".join(f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name, _ in held)
        raise ModelError(f"{shown(wanted)} is the id of {kinds}; say which with kind={held[0][0]!r}")
    return held[0]


def replaced(journey: Journey, wanted: str, kind: Kind | None, changes: Mapping[str, object]) -> Journey:
    """The journey with those fields of the object changed; a changed id is followed by its references."""
    name, value = found(journey, wanted, kind)
    new: Any = changed(value, changes)
    return _walked(journey, lambda item: new if item is value else item, {(name, wanted): new.id})


def with_stage(journey: Journey, stage: Stage, *, after: str | None, before: str | None) -> Journey:
    """The journey with one more stage, at the end unless ``after`` or ``before`` names its neighbour."""
    stages = list(journey.stages)
    stages.insert(_place([held.id for held in stages], "stage", after, before), stage)
    return evolve(journey, stages=stages)


def with_touchpoint(journey: Journey, touchpoint: Touchpoint, *, stage: str | None, after: str | None, before: str | None) -> Journey:
    """The journey with one more touchpoint: beside its neighbour, or at the end of a stage, by default the last."""
    home = _home(journey, stage, after, before)
    held = list(home.touchpoints)
    held.insert(_place([item.id for item in held], "touchpoint", after, before), touchpoint)
    return replaced(journey, home.id, "stage", {"touchpoints": held})


def with_transition(journey: Journey, transition: Transition) -> Journey:
    """The journey with that way from one touchpoint to another, in place of one that there was between the two."""
    if not isinstance(transition, Transition):
        raise ModelError(f"{shown(transition)} is not a Transition; write Transition(source, target)")
    pair = (transition.source, transition.target)
    pairs = [(held.source, held.target) for held in journey.transitions]
    if pair in pairs:
        kept = [transition if (held.source, held.target) == pair else held for held in journey.transitions]
        return evolve(journey, transitions=kept)
    return evolve(journey, transitions=[*journey.transitions, transition])


def moved(journey: Journey, wanted: str, *, kind: Kind | None, stage: str | None, after: str | None, before: str | None) -> Journey:
    """The journey with a touchpoint or stage in another place; transitions stay as they are."""
    name, value = found(journey, wanted, kind)
    for neighbour in (after, before):
        if neighbour is not None and not isinstance(neighbour, str):
            raise ModelError(f"{shown(neighbour)} is no id; an id is text")
    if stage is None and after is None and before is None:
        places = "after= or before=" if name == "stage" else "after=, before= or stage="
        raise ModelError(f"nothing says where {shown(wanted)} goes; give {places}")
    if wanted in (after, before):
        raise ModelError(f"{shown(wanted)} cannot stand beside itself; name another neighbour")
    if isinstance(value, Stage):
        if stage is not None:
            raise ModelError(f"{shown(wanted)} is a stage, and stages do not stand in stages; give after= or before=")
        rest = [held for held in journey.stages if held is not value]
        rest.insert(_place([held.id for held in rest], "stage", after, before), value)
        return evolve(journey, stages=rest)
    if not isinstance(value, Touchpoint):
        raise ModelError(f"{shown(wanted)} is a {name}; only stages and touchpoints have a place to move from")
    home = _home(journey, stage, after, before)
    stages = []
    for held in journey.stages:
        points = [item for item in held.touchpoints if item is not value]
        if held is home:
            points.insert(_place([item.id for item in points], "touchpoint", after, before), value)
        stages.append(evolve(held, touchpoints=points) if tuple(points) != held.touchpoints else held)
    return evolve(journey, stages=stages)


def without_all(journey: Journey, gone: Iterable[object]) -> Journey:
    """The journey without those of its objects, what they held, and every reference to any of it.

    What belongs to removed personas alone goes with them: a touchpoint that only they meet, a pain that only they have.
    """
    values = list(gone)
    lost = {held.id for value in values for held in (value, *_objects(value)) if isinstance(held, Persona)}
    for held in _objects(journey) if lost else ():
        theirs = isinstance(held, Touchpoint) and held.personas and lost.issuperset(held.personas)
        if theirs or (isinstance(held, PainPoint) and held.persona in lost):
            values.append(held)
    places = {id(value) for value in values}
    ids: dict[tuple[Kind, str], str | None] = {}
    for value in values:
        for held in (value, *_objects(value)):
            ids.update({(kind, held.id): None for kind, cls in CLASSES.items() if isinstance(held, cls)})
    return _walked(journey, lambda item: None if id(item) in places else item, ids)


def of_persona(journey: Journey, persona: str) -> Journey:
    """The journey of one persona: what they meet, with what they feel there, their pains and those of everybody."""
    found(journey, persona, "persona")
    journey = without_all(journey, [held for held in journey.personas if held.id != persona])
    gone = [t for t in journey.touchpoints if not t.meets(persona)]
    journey = without_all(journey, gone)

    def felt(item: Any) -> Any:
        return evolve(item, emotion=item.feeling(persona), emotions={}) if isinstance(item, Touchpoint) and item.emotions else item

    return _walked(journey, felt, {})


def only(journey: Journey, *, channel: str | None, owner: str | None, stage: str | None) -> Journey:
    """The journey with only the touchpoints of that channel, owner and stage; what is not asked for is not looked at."""
    if channel is not None:
        ids = sorted({t.channel.id for t in journey.touchpoints if t.channel is not None})
        names = [t.channel.name for t in journey.touchpoints if t.channel is not None]
        if channel not in [*ids, *names]:
            raise ModelError(f"no channel {shown(channel)}{suggestion(channel, ids)}")
    if owner is not None:
        owners = sorted({t.owner or held.owner or journey.owner for held in journey.stages for t in held.touchpoints})
        if owner not in owners:
            raise ModelError(f"no owner {shown(owner)}{suggestion(owner, owners)}")
    if stage is not None:
        found(journey, stage, "stage")

    def stays(held: Stage, t: Touchpoint) -> bool:
        meets = channel is None or (t.channel is not None and channel in (t.channel.id, t.channel.name))
        return meets and (owner is None or (t.owner or held.owner or journey.owner) == owner)

    gone: list[object] = [held for held in journey.stages if stage is not None and held.id != stage]
    gone += [t for held in journey.stages for t in held.touchpoints if not stays(held, t)]
    journey = without_all(journey, gone)
    empty = [held for held in journey.stages if not held.touchpoints] if channel is not None or owner is not None else []
    return without_all(journey, empty)


def _objects(value: object) -> Iterator[Any]:
    """Every attrs value inside a value, the outer before the inner; not the value itself."""
    for field in fields(cast("Any", type(value))):
        held = getattr(value, field.name)
        if isinstance(held, tuple):
            for item in held:
                if has(type(item)):
                    yield item
                    yield from _objects(item)


def _walked(value: T, change: Callable[[Any], Any | None], ids: Mapping[tuple[Kind, str], str | None]) -> T:
    changes: dict[str, object] = {}
    for field in fields(cast("Any", type(value))):
        held = getattr(value, field.name)
        if isinstance(held, tuple) and held and has(type(held[0])):
            items = []
            for item in held:
                edited = change(item)
                if edited is not None and (walked := _pointed(_walked(edited, change, ids), ids)) is not None:
                    items.append(walked)
            if len(items) != len(held) or any(new is not old for new, old in zip(items, held, strict=True)):
                changes[field.name] = tuple(items)
    return cast("T", evolve(cast("Any", value), **changes)) if changes else value


def _pointed(value: Any, ids: Mapping[tuple[Kind, str], str | None]) -> Any | None:
    """The value with its references following; None where it is nothing without what it refers to."""
    changes: dict[str, object] = {}
    for name, kind in REFERENCES.get(type(value), {}).items():
        held = getattr(value, name)
        if isinstance(held, tuple):
            new: object = tuple(target for old in held if (target := ids.get((kind, old), old)) is not None)
        elif isinstance(held, FrozenMap):
            new = {target: item for old, item in held.items() if (target := ids.get((kind, old), old)) is not None}
        else:
            new = ids.get((kind, held), held) if held is not None else None
            if new is None and held is not None and name in {"source", "target"}:
                return None
        if new != held:
            changes[name] = new
    return evolve(value, **changes) if changes else value


def _home(journey: Journey, stage: str | None, after: str | None, before: str | None) -> Stage:
    """The stage where a touchpoint goes."""
    neighbour = after or before
    for held in journey.stages:
        if stage == held.id or (stage is None and neighbour in {item.id for item in held.touchpoints}):
            return held
    if stage is not None:
        raise ModelError(f"no stage {shown(stage)}{suggestion(stage, [held.id for held in journey.stages])}")
    if neighbour is not None:
        raise ModelError(f"no touchpoint {shown(neighbour)}{suggestion(neighbour, [item.id for item in journey.touchpoints])}")
    if not journey.stages:
        raise ModelError("the journey has no stage to put a touchpoint in; add one with with_stage")
    return journey.stages[-1]


def _place(ids: list[str], kind: str, after: str | None, before: str | None) -> int:
    """The index where something goes that stands after or before a neighbour, or at the end."""
    if after is not None and before is not None:
        raise ModelError(f"after={after!r} and before={before!r} are both given; one neighbour is enough")
    neighbour = after if after is not None else before
    if neighbour is None:
        return len(ids)
    if neighbour not in ids:
        raise ModelError(f"no {kind} {shown(neighbour)} there{suggestion(neighbour, ids)}")
    return ids.index(neighbour) + (1 if after is not None else 0)
