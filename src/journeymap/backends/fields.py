"""Whether the fields of a shape hold what they are declared to hold, whoever filled them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from numbers import Real
from operator import attrgetter
from types import NoneType, UnionType
from typing import Literal, NamedTuple, Union, cast, get_args, get_origin, get_type_hints

import attrs

from journeymap.errors import shown
from journeymap.scene.shapes import Box, CurveTo, Group, LineTo, MoveTo, Paint

Kinds = tuple[type, ...]

_NUMBER = "a number"
_WORDS = {
    float: _NUMBER,
    int: _NUMBER,
    Real: _NUMBER,
    str: "text",
    bytes: "bytes",
    bool: "True or False",
    NoneType: "None",
    tuple: "a series",
}
_OPENED = (Box, Paint, MoveTo, LineTo, CurveTo)
"""What stands in shapes and has fields itself; shapes within shapes are looked at one by one."""


def misfit(value: object) -> str | None:
    """The first field that holds something else than its type says, by name, with what it holds; None if all is well."""
    return None if _fits(value) else next(_misfits(value), None)


class _Plan(NamedTuple):
    """How a class is looked at quickly: all its fields at once, and then those that have fields of their own."""

    held: Callable[[object], tuple[object, ...]]
    kinds: tuple[Kinds, ...]
    opened: tuple[int, ...]
    series: tuple[tuple[int, Kinds], ...]


def _fits(value: object) -> bool:
    """Whether all is well: what nearly always is, and is asked of every shape."""
    plan = _plan(cast("type[attrs.AttrsInstance]", type(value)))
    held = plan.held(value)
    if not all(map(isinstance, held, plan.kinds)):
        return False
    if not all(_fits(held[place]) for place in plan.opened if isinstance(held[place], _OPENED)):
        return False
    for place, items in plan.series:
        series = held[place]
        if isinstance(series, tuple):
            for item in series:
                if not isinstance(item, items) or (isinstance(item, _OPENED) and not _fits(item)):
                    return False
    return True


@cache
def _plan(cls: type[attrs.AttrsInstance]) -> _Plan:
    fields = _fields(cls)
    names = [name for name, _, _ in fields]
    take = attrgetter(*names)
    return _Plan(
        held=take if len(names) > 1 else lambda value: (take(value),),
        kinds=tuple(kinds for _, kinds, _ in fields),
        opened=tuple(place for place, (_, kinds, _) in enumerate(fields) if set(kinds) & set(_OPENED)),
        series=tuple((place, items) for place, (_, _, items) in enumerate(fields) if items),
    )


def _misfits(value: object, path: str = "") -> Iterator[str]:
    for name, kinds, items in _fields(cast("type[attrs.AttrsInstance]", type(value))):
        held = getattr(value, name)
        if not isinstance(held, kinds):
            yield _told(f"{path}{name}", held, kinds)
        elif isinstance(held, _OPENED):
            yield from _misfits(held, f"{path}{name}.")
        elif items and isinstance(held, tuple):
            for index, item in enumerate(held):
                if not isinstance(item, items):
                    yield _told(f"{path}{name}[{index}]", item, items)
                elif isinstance(item, _OPENED):
                    yield from _misfits(item, f"{path}{name}[{index}].")


@cache
def _fields(cls: type[attrs.AttrsInstance]) -> tuple[tuple[str, Kinds, Kinds], ...]:
    """Each field with the types that it may hold, and those of its items where it holds several."""
    hints = get_type_hints(cls)
    names = [field.name for field in attrs.fields(cls)]
    return tuple((name, _kinds(hints[name]), _items(hints[name])) for name in names)


def _kinds(hint: object) -> Kinds:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return tuple(kind for part in get_args(hint) for kind in _kinds(part))
    if origin is Literal:
        return tuple(dict.fromkeys(type(word) for word in get_args(hint)))
    if hint is float:
        return (float, int, Real)
    return (cast("type", origin or hint),)


def _items(hint: object) -> Kinds:
    items = _kinds(get_args(hint)[0]) if get_origin(hint) is tuple else ()
    return () if Group in items else items


def _told(path: str, held: object, kinds: Kinds) -> str:
    words = dict.fromkeys(_WORDS.get(kind, kind.__name__) for kind in kinds)
    return f"{path} {shown(held)} is not {' or '.join(words)}; give that instead"
