"""Three maps become one: what either side changed since they parted, and where the two contradict each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from attrs import evolve

from journeymap.errors import ModelError, suggestion
from journeymap.model.agreement import Apart, agreed, with_leaves
from journeymap.model.channel import Channel
from journeymap.model.comparison import shifted
from journeymap.model.conflict import Conflict, ConflictKind, Merged, Side
from journeymap.model.ordering import merged_order
from journeymap.model.parts import SLOTS, Leaf, Map, Parts, Ref, channels_of, check_alike, differing


def merge(base: Map, ours: Map, theirs: Map, *, prefer: Side | None = None) -> Merged[Map]:
    """Two maps, journeys or atlases, made one: what each side changed since both were ``base``.

    What only one side changed is taken over, and what both changed alike. Where they contradict each other there is a
    conflict and no merged map, unless ``prefer`` says whose word counts; it does not count against a rule of the model.
    ModelError if journeys and atlases are mixed.

    >>> from journeymap.model import Journey, Stage, Touchpoint
    >>> base = Journey("Buy", [Stage("Shop", [Touchpoint("Pay", emotion=-1)])])
    >>> ours, theirs = base.replace("pay", emotion=1), base.replace("pay", emotion=-2, owner="Billing")
    >>> print(merge(base, ours, theirs))
    touchpoint 'pay': emotion: both have changed it, ours +1, theirs -2, before -1
    >>> merge(base, ours, theirs, prefer="ours").result().touchpoints[0].owner
    'Billing'
    """
    check_alike(base, ours, theirs)
    if prefer not in (None, "ours", "theirs"):
        raise ModelError(f"prefer={prefer!r} is not 'ours' or 'theirs'{suggestion(prefer, ('ours', 'theirs'))}")
    merging = _Merging(Parts(base), Parts(ours), Parts(theirs), prefer)
    value, conflicts = merging.value(), merging.sorted_conflicts()
    if prefer is None:
        return Merged(None if conflicts else cast("Map", value), conflicts)
    broken = tuple(conflict for conflict in conflicts if conflict.kind == "rule")
    overruled = tuple(conflict for conflict in conflicts if conflict.kind != "rule")
    return Merged(None if broken else cast("Map", value), broken, overruled=overruled)


class _Merging:
    """One merge: first which parts stay and where, then their order, then the fields of each, then the whole.

    Where nobody is preferred it goes on after a conflict as if the part stayed, so that all conflicts are found.
    """

    def __init__(self, base: Parts, ours: Parts, theirs: Parts, prefer: Side | None) -> None:
        self.base, self.ours, self.theirs, self.prefer = base, ours, theirs, prefer
        self.conflicts: list[Conflict] = []
        self.parents: dict[Ref, Ref] = {}
        """The parts that stay, and in what."""
        self._disputed: set[Ref] = set()
        """Those of which a conflict, of their own or of what is inside, has already told that they may not stay or not stay there."""
        self._wanted: set[Ref] = set()
        """The parts that at least one side wants to stay for their own sake."""
        self._stand: dict[Ref, bool] = {base.root: True}

    def value(self) -> object:
        """The merged map as far as there is one: None after conflicts that nobody has decided."""
        self._choose_parts()
        for ref in list(self.parents):
            self._stands(ref)
        order = self._orders()
        channels = self._channels()
        leaves = {ref: self._leaves(ref) for ref in (self.base.root, *self.parents) if self._stand[ref]}
        if self.conflicts and self.prefer is None:
            return None
        return self._built(self.base.root, order, leaves, channels)

    def sorted_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts in the order of our map, then of theirs."""
        places = {ref: place for place, ref in enumerate(dict.fromkeys((*self.ours.values, *self.theirs.values)))}
        return tuple(sorted(self.conflicts, key=lambda conflict: places.get(conflict.ref, len(places))))

    def _choose_parts(self) -> None:
        moves = [{ref for place in side.children for ref in shifted(self.base, side, place)} for side in (self.ours, self.theirs)]
        for ref in dict.fromkeys((*self.ours.values, *self.theirs.values)):
            here, there = ref in self.ours.values, ref in self.theirs.values
            side = self.ours if here else self.theirs
            if ref == self.base.root:
                continue
            self._wanted.add(ref)
            if here and there:
                self.parents[ref] = self._parent(ref)
            elif ref not in self.base.values:
                self.parents[ref] = side.parents[ref]
            elif (
                ref in moves[0 if here else 1]
                or side.parents[ref] != self.base.parents[ref]
                or any(differing(self.base.values[ref], side.values[ref]))
            ):
                self._disputed.add(ref)
                self._tell("changed-and-removed", ref, "", *(held.values.get(ref) for held in (self.base, self.ours, self.theirs)))
                if self._keeps(side):
                    self.parents[ref] = side.parents[ref]
            else:
                self._wanted.remove(ref)

    def _parent(self, ref: Ref) -> Ref:
        """In what a part stands that both sides have."""
        base, ours, theirs = self.base.parents.get(ref), self.ours.parents[ref], self.theirs.parents[ref]
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        self._disputed.add(ref)
        self._tell("both-changed" if base else "both-added", ref, "place", base, ours, theirs)
        return {"ours": ours, "theirs": theirs}.get(self.prefer or "", min(ours, theirs))

    def _stands(self, ref: Ref) -> bool:
        """Whether a part stays in the end, which takes that what it stands in stays too."""
        if ref not in self._stand:
            parent = self.parents[ref]
            if parent != self.base.root and parent not in self._wanted and ref not in self._disputed:
                sides = (parent if parent in side.values else None for side in (self.base, self.ours, self.theirs))
                self._tell("changed-and-removed", ref, "place", *sides)
            if parent != self.base.root and parent not in self.parents:
                self._settle(ref, parent)
            self._stand[ref] = ref in self.parents and self._stands(self.parents[ref])
        return self._stand[ref]

    def _settle(self, ref: Ref, parent: Ref) -> None:
        """Put back what a part stands in, which one side removed; or, if that side is right, put or take the part elsewhere."""
        holder, remover = (self.ours, self.theirs) if parent in self.ours.values else (self.theirs, self.ours)
        if parent not in self._wanted and (self._keeps(holder) or ref in self._disputed):
            self.parents[parent] = holder.parents[parent]
            self._disputed.add(parent)
        elif ref in remover.values and remover.parents[ref] != parent:
            self.parents[ref] = remover.parents[ref]
            if remover.parents[ref] != self.base.root and remover.parents[ref] not in self.parents:
                self._settle(ref, remover.parents[ref])
        else:
            del self.parents[ref]

    def _keeps(self, side: Parts) -> bool:
        """Whether what that side has stays although the other has removed it."""
        return self.prefer is None or side is (self.ours if self.prefer == "ours" else self.theirs)

    def _orders(self) -> dict[tuple[Ref, str], list[Ref]]:
        """The parts that stay, in order, by where they stand."""
        stay: dict[tuple[Ref, str], list[Ref]] = {}
        for ref, parent in self.parents.items():
            if self._stand[ref]:
                slots = SLOTS[type(self._either(parent))]
                slot = next(slot for slot, kind in slots.items() if kind == ref.kind)
                stay.setdefault((parent, slot), []).append(ref)
        orders = {}
        for place, held in stay.items():
            base, ours, theirs = (side.children.get(place, []) for side in (self.base, self.ours, self.theirs))
            order = merged_order(base, ours, theirs, stay=held)
            if order is None:
                ids = (tuple(item.id for item in side) for side in (base, ours, theirs))
                self._tell("order", place[0], place[1], *ids)
                order = merged_order(ours if self.prefer == "theirs" else theirs, ours, theirs, stay=held)
            orders[place] = order or []
        return orders

    def _leaves(self, ref: Ref) -> list[tuple[Leaf, object]]:
        """The fields in which the merged part is not ours, or not theirs if only theirs has it."""
        ours, theirs = self.ours.values.get(ref), self.theirs.values.get(ref)
        if ours is None or theirs is None or ours is theirs:
            return []
        leaves = []
        base = self.base.values.get(ref)
        for found in agreed(base, ours, theirs):
            if not isinstance(found, Apart):
                leaves.append(found)
                continue
            name, key = found.leaf
            told = partial(self._tell, "both-added" if base is None else "both-changed", ref)
            told(f"{name}.{key}" if key else name, found.base, found.ours, found.theirs)
            if self.prefer == "theirs":
                leaves.append((found.leaf, found.theirs))
        return leaves

    def _channels(self) -> dict[Ref, Channel]:
        """The channels that are not called alike on both sides, as they are called in the end."""
        found = {}
        for ref in (ref for ref in self.ours.channels if ref in self.theirs.channels):
            ours, theirs, base = self.ours.channels[ref], self.theirs.channels[ref], self.base.channels.get(ref)
            called: dict[str, Any] = {}
            for name in ("name", "kind"):
                was, mine, yours = (getattr(side, name, None) for side in (base, ours, theirs))
                called[name] = yours if mine == was else mine
                if mine != yours and was not in (mine, yours):
                    self._tell("both-changed" if base else "both-added", ref, name, was, mine, yours)
                    called[name] = yours if self.prefer == "theirs" else mine
            if ours != theirs or (ours.name, ours.kind) != (theirs.name, theirs.kind):
                found[ref] = evolve(ours, **called)
        return found

    def _built(
        self,
        ref: Ref,
        order: Mapping[tuple[Ref, str], list[Ref]],
        leaves: Mapping[Ref, list[tuple[Leaf, object]]],
        channels: Mapping[Ref, Channel],
    ) -> Any:
        value = self._either(ref)
        changes = with_leaves(value, leaves[ref])
        for slot in SLOTS.get(type(value), ()):
            held = tuple(self._built(inner, order, leaves, channels) for inner in order.get((ref, slot), ()))
            if len(held) != len(before := getattr(value, slot)) or any(new is not old for new, old in zip(held, before, strict=True)):
                changes[slot] = held
        if channels and (channels_of(value) or changes.keys() & {"channel", "channels"}):
            journey = ref.journey
            changes |= _renamed(value, changes, {channel.id: channel for at, channel in channels.items() if at.journey == journey})
        if not changes:
            return value
        try:
            return evolve(value, **changes)
        except ModelError as error:
            if not any(conflict.kind == "rule" for conflict in self.conflicts):
                self.conflicts.append(Conflict("rule", ref, problems=error.problems))
            return value

    def _either(self, ref: Ref) -> Any:
        """The part on our side, or on theirs if only they have it."""
        found = self.ours.values.get(ref)
        return self.theirs.values[ref] if found is None else found

    def _tell(self, kind: ConflictKind, ref: Ref, name: str, base: object, ours: object, theirs: object) -> None:
        self.conflicts.append(Conflict(kind, ref, name, base, ours, theirs))


def _renamed(value: Any, changes: Mapping[str, Any], channels: Mapping[str, Channel]) -> dict[str, object]:
    """The field that names channels, with each called as it is called in the end."""
    name = "channel" if hasattr(value, "channel") else "channels"
    held = changes.get(name, getattr(value, name))
    if held is None:
        return {}
    if isinstance(held, Channel):
        return {name: channels.get(held.id, held)}
    return {name: tuple(channels.get(channel.id, channel) for channel in held)}
