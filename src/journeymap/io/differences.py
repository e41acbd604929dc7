"""Where two values of the model say something else, field by field, in words of what became of the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import has

from journeymap.errors import Problem, shown
from journeymap.io.codec import SHORT, fields_of
from journeymap.io.expected import article
from journeymap.io.problems import join, step
from journeymap.model import Evidence, Transition


def differences(before: object, after: object, path: str = "") -> Iterator[Problem]:
    """Where one value of the model says something else than another, in words of what became of it."""
    kind: Any = type(before)
    if has(kind) and kind is type(after):
        for name in fields_of(kind):
            yield from differences(getattr(before, name), getattr(after, name), join(path, name) if path else name)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        yield from _of_lists(before, after, path)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_mappings(before, after, path)
    elif before != after:
        yield Problem(path, _became(before, after))


def _of_lists(before: Sequence[object], after: Sequence[object], path: str) -> Iterator[Problem]:
    """Items are the same by their id, or whatever tells them apart; the others are taken in their order."""
    places: dict[object, list[int]] = defaultdict(list)
    for index, item in enumerate(after):
        places[_key(item)].append(index)
    found = [places[key].pop(0) if places.get(key := _key(item)) else None for item in before]
    left = iter(sorted(index for indices in places.values() for index in indices))
    pairs = [next(left, None) if index is None else index for index in found]
    for index, place in enumerate(pairs):
        if place is None:
            yield Problem(path + step(index), _became(before[index], None))
        else:
            yield from differences(before[index], after[place], path + step(index))
    for place in left:
        yield Problem(path + step(place), _became(None, after[place]))
    order = [place for place in pairs if place is not None]
    if order != sorted(order):
        yield Problem(path, "these come in another order")


def _of_mappings(before: Mapping[str, object], after: Mapping[str, object], path: str) -> Iterator[Problem]:
    for key in [*before, *(key for key in after if key not in before)]:
        yield from differences(before.get(key), after.get(key), path + step(key))
    both = [key for key in after if key in before]
    if both != [key for key in before if key in after]:
        yield Problem(path, "these come in another order")


def _key(item: object) -> object:
    if isinstance(item, Transition):
        return item.source, item.target
    if isinstance(item, Evidence):
        return item.source
    return getattr(item, "id", None) or getattr(item, "url", None) or item


def _became(before: object, after: object) -> str:
    if _is_empty(after):
        return f"{_said(before)} is left out"
    if _is_empty(before):
        return f"nothing is said; {_said(after)} comes in its place"
    return f"{_said(before)} becomes {_said(after)}"


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", ())


def _said(value: object) -> str:
    """A value as a sentence about it has it: ``'Website'``, ``the pain point 'sizes'``."""
    kind = type(value)
    if isinstance(value, tuple):
        return shown(list(value))
    if not has(kind):
        return shown(value)
    noun = article(kind).partition(" ")[2]
    told = getattr(value, "id", None) or (getattr(value, SHORT[kind][0], None) if kind in SHORT else None)
    if isinstance(value, Transition):
        return f"the transition from {shown(value.source)} to {shown(value.target)}"
    return f"the {noun}" if told is None else f"the {noun} {shown(told)}"
