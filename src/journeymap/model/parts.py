"""A map taken apart: everything in it that has an id, where it stands, and the fields it has of its own.

What `diff` and `merge` have in common. Ids are unique in their class, so a part keeps its address wherever it moves to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias, TypeVar

from attrs import fields

from journeymap.errors import ModelError, shown
from journeymap.model.atlas import Atlas, AtlasLink
from journeymap.model.channel import Channel
from journeymap.model.journey import Journey
from journeymap.model.mapping import FrozenMap
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import Transition

Map = TypeVar("Map", Journey, Atlas)

_CLAIMS = {"pains": "pain", "opportunities": "opportunity", "metrics": "metric"}
SLOTS: dict[type[object], dict[str, str]] = {
    Atlas: {"journeys": "journey", "links": "link"},
    Journey: {
        "personas": "persona",
        "metrics": "metric",
        "sources": "source",
        "stages": "stage",
        "opportunities": "opportunity",
        "transitions": "transition",
    },
    Stage: {**_CLAIMS, "touchpoints": "touchpoint"},
    Touchpoint: {**_CLAIMS, "activities": "activity"},
}
"""The fields that hold parts with ids, and of which kind."""

_OWN: dict[type[object], tuple[str, ...]] = {}
"""What `own_fields` has found: a class never gets another."""

Leaf: TypeAlias = tuple[str, str]
"""A field's name and, in a field that maps names to values, the name; else an empty one."""


class Ref(NamedTuple):
    """The address of a part: what it is and its id."""

    kind: str
    """``touchpoint``, ``stage`` ... ``journey`` or ``atlas``."""
    id: str
    """Its id; empty for the map as a whole. Of a transition ``pay to end``, of a link ``buy to complain at pay``."""
    journey: str = ""
    """In an atlas, the id of the journey that it stands in."""

    def __str__(self) -> str:
        told = f"{self.kind} {shown(self.id)}" if self.id else self.kind
        return f"{told} of {shown(self.journey)}" if self.journey else told


class Parts:
    """The parts of one map, or of one touchpoint, by address, in the order in which they stand."""

    def __init__(self, whole: Journey | Atlas | Touchpoint) -> None:
        self.root = Ref("touchpoint", whole.id) if isinstance(whole, Touchpoint) else Ref(type(whole).__name__.lower(), "")
        self.values: dict[Ref, Any] = {}
        self.parents: dict[Ref, Ref] = {}
        self.children: dict[tuple[Ref, str], list[Ref]] = {}
        self.channels: dict[Ref, Channel] = {}
        """One for each id, since a journey names a channel the same way throughout."""
        self._gather(whole, self.root, "")

    def _gather(self, value: Any, ref: Ref, journey: str) -> None:
        self.values[ref] = value
        for channel in channels_of(value):
            self.channels.setdefault(Ref("channel", channel.id, journey), channel)
        for slot, kind in SLOTS.get(type(value), {}).items():
            held = self.children[ref, slot] = []
            for item in getattr(value, slot):
                inner = Ref(kind, _key(item), journey)
                held.append(inner)
                self.parents[inner] = ref
                self._gather(item, inner, item.id if kind == "journey" else journey)


def channels_of(value: object) -> tuple[Channel, ...]:
    """The channels that a part names by itself."""
    if isinstance(value, Touchpoint):
        return () if value.channel is None else (value.channel,)
    return getattr(value, "channels", ())


def own_fields(cls: type[Any]) -> tuple[str, ...]:
    """The fields of a class that hold no parts."""
    if cls not in _OWN:
        _OWN[cls] = tuple(field.name for field in fields(cls) if field.name not in SLOTS.get(cls, {}))
    return _OWN[cls]


def differing(one: Any, other: Any) -> Iterator[tuple[Leaf, Any, Any]]:
    """Each field of its own in which a part differs from another of its class, with both values; None where there is none."""
    if one is other:
        return
    for name in own_fields(type(one)):
        old, new = getattr(one, name), getattr(other, name)
        if old is new or old == new:
            continue
        if isinstance(old, FrozenMap) and isinstance(new, FrozenMap):
            for key in dict.fromkeys((*old, *new)):
                if old.get(key) != new.get(key):
                    yield (name, key), old.get(key), new.get(key)
        else:
            yield (name, ""), old, new


def check_alike(*maps: object) -> None:
    """All of them journeys, or all of them atlases; ModelError otherwise."""
    kinds = {type(value) for value in maps}
    if len(kinds) > 1 or not kinds <= {Journey, Atlas}:
        names = " and ".join(f"{'an' if type(value).__name__[0] in 'AEIOU' else 'a'} {type(value).__name__}" for value in maps)
        raise ModelError(f"{names} cannot be compared; give journeys, or atlases")


def _key(value: Any) -> str:
    if isinstance(value, Transition):
        return f"{value.source} to {value.target}"
    if isinstance(value, AtlasLink):
        return f"{value.source} to {value.target}" + (f" at {value.at}" if value.at else "")
    return str(value.id)
