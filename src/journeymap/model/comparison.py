"""What is different between two maps: by id and field by field, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, overload

from attrs import frozen

from journeymap.errors import shown
from journeymap.model.atlas import Atlas
from journeymap.model.journey import Journey
from journeymap.model.ordering import moved
from journeymap.model.parts import SLOTS, Parts, Ref, check_alike, differing
from journeymap.model.wording import Data, listed, plain, told_change


@frozen
class Place:
    """Where a part stands: in what, and behind which other part of its kind."""

    parent: Ref
    after: str | None = None
    """The id of the one before it; None for the first."""


@frozen
class Added:
    """A part that is only in the new map."""

    ref: Ref
    value: object
    """The part itself, with all that it holds."""
    place: Place
    along: tuple[Ref, ...] = ()
    """What came with it: the new parts inside."""

    def __str__(self) -> str:
        along = f", with {listed([f'{ref.kind} {shown(ref.id)}' for ref in self.along])}" if self.along else ""
        inside = "" if self.place.parent.kind in {"journey", "atlas"} else f" to {_part(self.place.parent)}"
        where = _where(self.place) if self.ref.kind in {"stage", "touchpoint"} else ""
        return f"{self.ref}: added{inside}{where}{along}"


@frozen
class Removed:
    """A part that is only in the old map."""

    ref: Ref
    value: object
    """The part itself, with all that it held."""
    place: Place
    along: tuple[Ref, ...] = ()
    """What went with it: the parts inside that are nowhere in the new map."""

    def __str__(self) -> str:
        along = f", with {listed([f'{ref.kind} {shown(ref.id)}' for ref in self.along])}" if self.along else ""
        return f"{self.ref}: removed{along}"


@frozen
class Moved:
    """A part that stands elsewhere: in another stage, or in another order."""

    ref: Ref
    old: Place
    new: Place

    def __str__(self) -> str:
        if self.old.parent != self.new.parent:
            return f"{self.ref}: moved from {_part(self.old.parent)} to {_part(self.new.parent)}{_where(self.new)}"
        return f"{self.ref}: moved{_where(self.new)}".replace(", in front", " to the front")


@frozen
class Changed:
    """A field with another value."""

    ref: Ref
    field: str
    """Its name; in a field that maps names to values, with the name: ``emotions.maya``."""
    old: object
    new: object

    def __str__(self) -> str:
        return f"{self.ref}: {_spoken(self.field)} {told_change(self.old, self.new)}"


Change: TypeAlias = Added | Removed | Moved | Changed


@frozen
class Diff:
    """What is different between two maps, one change after another; false where nothing is.

    >>> from journeymap.model import Stage, Touchpoint
    >>> old = Journey("Buy", [Stage("Shop", [Touchpoint("Pay", emotion=-1)])])
    >>> print(diff(old, old.replace("pay", emotion=1)))
    touchpoint 'pay': emotion -1 -> +1
    """

    changes: tuple[Change, ...] = ()
    """In the order of the new map; what was removed comes last, in the order of the old."""

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __str__(self) -> str:
        return self.explain()

    @property
    def added(self) -> tuple[Added, ...]:
        """What is only in the new map."""
        return tuple(change for change in self.changes if isinstance(change, Added))

    @property
    def removed(self) -> tuple[Removed, ...]:
        """What is only in the old map."""
        return tuple(change for change in self.changes if isinstance(change, Removed))

    @property
    def moved(self) -> tuple[Moved, ...]:
        """What stands elsewhere: as few parts as explain the new order."""
        return tuple(change for change in self.changes if isinstance(change, Moved))

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Fields with another value."""
        return tuple(change for change in self.changes if isinstance(change, Changed))

    def explain(self) -> str:
        """The changes in words, one a line."""
        return "\n".join(str(change) for change in self.changes) or "no difference"

    def to_dict(self) -> dict[str, Data]:
        """The changes as JSON-ready data."""
        return {"changes": [_data(change) for change in self.changes]}


@overload
def diff(a: Journey, b: Journey) -> Diff: ...
@overload
def diff(a: Atlas, b: Atlas) -> Diff: ...
def diff(a: Journey | Atlas, b: Journey | Atlas) -> Diff:
    """What has to happen to the first map, a journey or an atlas, so that it becomes the second.

    Parts are known by their ids, so a part with a new id is another part. ModelError for a journey beside an atlas.

    >>> print(diff(Journey("Buy"), Journey("Buy", owner="Sales")))
    journey: owner none -> 'Sales'
    """
    check_alike(a, b)
    if a is b:
        return Diff()
    return differences(Parts(a), Parts(b))


def differences(old: Parts, new: Parts) -> Diff:
    """What is different between two maps, or two touchpoints, that have been taken apart."""
    return Diff((*_found(old, new), *_gone(old, new)))


def _found(old: Parts, new: Parts) -> Iterator[Change]:
    """What changed, moved and came, in the order of the new map."""
    elsewhere = {ref for place in new.children for ref in shifted(old, new, place)}
    places = _places(new)
    before = _places(old)
    for ref, value in new.values.items():
        if ref not in old.values:
            if new.parents[ref] in old.values:
                yield Added(ref, value, places[ref], tuple(_along(ref, new, old)))
            continue
        if ref in elsewhere or old.parents.get(ref) != new.parents.get(ref):
            yield Moved(ref, before[ref], places[ref])
        for (name, key), was, now in differing(old.values[ref], value):
            yield Changed(ref, f"{name}.{key}" if key else name, was, now)
    for ref, channel in new.channels.items():
        known = old.channels.get(ref, channel)
        for name, was, now in (("name", known.name, channel.name), ("kind", known.kind, channel.kind)):
            if was != now:
                yield Changed(ref, name, was, now)


def _gone(old: Parts, new: Parts) -> Iterator[Removed]:
    places = _places(old)
    for ref, value in old.values.items():
        if ref not in new.values and old.parents[ref] in new.values:
            yield Removed(ref, value, places[ref], tuple(_along(ref, old, new)))


def shifted(old: Parts, new: Parts, place: tuple[Ref, str]) -> list[Ref]:
    """The fewest parts of one place whose move explains the new order of those that were there before."""
    before, after = old.children.get(place, []), new.children[place]
    if before == after:
        return []
    was, now = set(before), set(after)
    return moved([ref for ref in before if ref in now], [ref for ref in after if ref in was])


def _along(ref: Ref, there: Parts, absent: Parts) -> Iterator[Ref]:
    """What is inside a part and not in the other map."""
    for slot in SLOTS.get(type(there.values[ref]), ()):
        for inner in there.children[ref, slot]:
            if inner not in absent.values:
                yield inner
                yield from _along(inner, there, absent)


def _places(parts: Parts) -> dict[Ref, Place]:
    places = {}
    for (parent, _), held in parts.children.items():
        before = None
        for ref in held:
            places[ref] = Place(parent, before)
            before = ref.id
    return places


def _part(parent: Ref) -> str:
    """The part that holds others, as a sentence names it."""
    return f"{parent.kind} {shown(parent.id)}" if parent.id else f"the {parent.kind}"


def _spoken(name: str) -> str:
    """A field's name as people say it."""
    own, dot, key = name.partition(".")
    return own.replace("_", " ") + dot + (key if key.isprintable() else shown(key))


def _where(place: Place) -> str:
    return f" behind {shown(place.after)}" if place.after is not None else ", in front"


def _data(change: Change) -> Data:
    where: dict[str, Data] = {"kind": change.ref.kind, "id": change.ref.id}
    if change.ref.journey:
        where["journey"] = change.ref.journey
    match change:
        case Changed():
            return {"change": "changed", **where, "field": change.field, "old": plain(change.old), "new": plain(change.new)}
        case Moved():
            return {"change": "moved", **where, "old": _place(change.old), "new": _place(change.new)}
        case Added():
            return {"change": "added", **where, "value": plain(change.value), "new": _place(change.place)}
        case Removed():
            return {"change": "removed", **where, "value": plain(change.value), "old": _place(change.place)}


def _place(place: Place) -> Data:
    return {"in": place.parent.kind, "id": place.parent.id, "after": place.after}
