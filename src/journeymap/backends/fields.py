"""Whether the fields of a shape hold what they are declared to hold, whoever filled them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from numbers import Real
from types import NoneType, UnionType
from typing import Literal, Union, cast, get_args, get_origin, get_type_hints

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
    return next(_misfits(value), None)


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
