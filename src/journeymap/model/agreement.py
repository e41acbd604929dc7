"""One field of three maps: what it becomes when two people changed it, if they agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from journeymap.model.channel import Channel
from journeymap.model.evidence import Evidence
from journeymap.model.links import Link
from journeymap.model.mapping import FrozenMap
from journeymap.model.ordering import merged_order
from journeymap.model.parts import Leaf, differing


class Apart:
    """What two sides made of one field, and cannot both have."""

    def __init__(self, leaf: Leaf, base: object, ours: object, theirs: object) -> None:
        self.leaf = leaf
        self.base, self.ours, self.theirs = base, ours, theirs


def agreed(base: Any | None, ours: Any, theirs: Any) -> Iterator[tuple[Leaf, object] | Apart]:
    """The fields in which the merged part is not ours, with their values; and those in which the sides stand apart.

    Without a base both sides have added the part, and then every field that differs stands apart.
    """
    if base is None:
        for leaf, mine, yours in differing(ours, theirs):
            if not leaf[1] or (mine is not None and yours is not None):
                yield Apart(leaf, None, mine, yours)
            elif mine is None:
                yield leaf, yours
        return
    changed = {leaf: (was, now) for leaf, was, now in differing(base, ours)}
    for leaf, was, now in differing(base, theirs):
        if leaf not in changed:
            yield leaf, now
        elif changed[leaf][1] != now:
            mine = changed[leaf][1]
            both = _items(was, mine, now, every=leaf[0] != "personas") if isinstance(was, tuple) else None
            yield Apart(leaf, was, mine, now) if both is None else (leaf, both)


def with_leaves(value: Any, leaves: Iterable[tuple[Leaf, object]]) -> dict[str, object]:
    """The fields to change in a part so that it has those values."""
    changes: dict[str, Any] = {}
    for (name, key), now in leaves:
        if not key and not isinstance(getattr(value, name), FrozenMap):
            changes[name] = now
            continue
        held = changes.setdefault(name, dict(getattr(value, name)))
        if now is None:
            held.pop(key, None)
        else:
            held[key] = now
    return changes


def _items(base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...], *, every: bool) -> tuple[Any, ...] | None:
    """The list with what came and went on both sides; None if the sides made different things of one item or of the order.

    Without ``every`` an empty list does not mean nothing, so it cannot be added to or taken from.
    """
    was, mine, yours = (_by_key(items) for items in (base, ours, theirs))
    if was is None or mine is None or yours is None or not (every or (was and mine and yours)):
        return None
    if (
        (was.keys() - mine.keys() - yours.keys())
        and (mine.keys() - was.keys() - yours.keys())
        and (yours.keys() - was.keys() - mine.keys())
    ):
        return None  # both have put something of their own in place of the same item
    kept: dict[object, Any] = {}
    for key in (*mine, *(key for key in yours if key not in mine)):
        old, one, other = was.get(key), mine.get(key), yours.get(key)
        if one != other and old not in (one, other):
            return None
        found = other if old == one else one
        if found is not None:
            kept[key] = found
    order = merged_order(list(was), list(mine), list(yours), stay=kept)
    return None if order is None else tuple(kept[key] for key in order)


def _by_key(items: tuple[Any, ...]) -> dict[object, Any] | None:
    """The items by what tells them apart; None if something stands twice."""
    found = {_key(item): item for item in items}
    return found if len(found) == len(items) else None


def _key(item: object) -> object:
    if isinstance(item, Evidence):
        return item.source
    if isinstance(item, Channel):
        return item.id
    return item.url if isinstance(item, Link) else item
