"""Journeys as plain lists and mappings, and back: the form that JSON and YAML write down.

What equals its default is left out; ids always stand. Some values have a short form: an emotion that is only a valence is
a number, a channel that says no more than its name is that name, a link its address, evidence the id of its source, a
moment of truth ``true`` or its kind.

A document holds a journey, or an atlas of many: that one has ``journeys``.

`document_in` is quick, and only good for what is right in every respect; `journeymap.io.examine` says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import Attribute, fields, has
from cattrs import BaseConverter, Converter, override
from cattrs.gen import make_dict_structure_fn_from_attrs, make_dict_unstructure_fn_from_attrs

from journeymap.errors import ModelError
from journeymap.io.times import as_date, as_duration, duration_text
from journeymap.io.tree import Tree
from journeymap.model import Atlas, Channel, Emotion, Evidence, FrozenMap, Journey, Link, MomentOfTruth, Range, Scale, Span
from journeymap.model.checks import LARGEST_WHOLE

VERSION_KEY = "journeymap"
"""The key under which a document says which version of this form it has."""
VERSION = 1

SHORT: dict[type, tuple[str, tuple[type, ...]]] = {
    Channel: ("name", (str,)),
    Emotion: ("valence", (int, float)),
    Evidence: ("source", (str,)),
    Link: ("url", (str,)),
    MomentOfTruth: ("kind", (str, bool)),
}
"""Which classes have a short form: the field that it gives, and the types it has."""

_PLAIN = (str, int, float, bool)


@cache
def members(kind: Any) -> tuple[Any, ...]:
    """The alternatives that a type allows, None apart."""
    if get_origin(kind) in (Union, UnionType):
        return tuple(member for member in get_args(kind) if member is not type(None))
    return (kind,)


@cache
def fields_of(kind: type) -> dict[str, Attribute[Any]]:
    """The fields of a class of the model, by name, with their types resolved.

    Only theirs: what else the class annotates may name packages that are not loaded.
    """
    told = {"__annotations__": {field.name: field.type for field in fields(kind)}, "__module__": kind.__module__}
    types = get_type_hints(type(kind.__name__, (), told))
    return {field.name: field.evolve(type=types[field.name]) for field in fields(kind)}


def kind_in(tree: dict[str, Tree]) -> type[Journey | Atlas]:
    """What a document holds."""
    return Atlas if "journeys" in tree or "links" in tree else Journey


def document_in(tree: Tree) -> Journey | Atlas:
    """The journey or atlas that a document holds; any exception at all if it holds none.

    What the model's own validators and converters refuse, or turn into what it should be, is handed to them as it is.
    """
    if type(tree) is not dict:
        raise ModelError("the document is not a mapping")
    version = tree.pop(VERSION_KEY, VERSION)
    if type(version) is not int or version != VERSION:
        raise ModelError("the document has another version")
    held: Journey | Atlas = _reader.structure(tree, kind_in(tree))
    return held


def tree_of(held: Journey | Atlas) -> dict[str, Tree]:
    """The document of a journey or an atlas."""
    return {VERSION_KEY: VERSION, **_writer.unstructure(held, type(held))}


def plain_channel(name: str) -> Channel:
    """The channel that a plain name gives: the same few stand at every touchpoint, and finding out the kind takes time."""
    return _short_channel(name) if len(name) <= 100 else Channel(name)


@lru_cache(maxsize=1024)
def _short_channel(name: str) -> Channel:
    return Channel(name)


@lru_cache(maxsize=1024)
def _plain_emotion(valence: float) -> Emotion:
    """The emotion that a plain number gives: the same few stand at every touchpoint."""
    return Emotion(valence)


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _is_map(kind: Any) -> bool:
    return FrozenMap in (kind, get_origin(kind))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and has(kind)


def _is_optional_model(kind: Any) -> bool:
    return type(None) in get_args(kind) and len(members(kind)) == 1 and _is_model(members(kind)[0])


def _is_plain(kind: Any) -> bool:
    return all(member in _PLAIN or get_origin(member) is Literal for member in members(kind))


def _is_time(kind: Any) -> bool:
    return bool({date, timedelta} & set(members(kind)))


def _is_estimate(kind: Any) -> bool:
    return Range in members(kind) and kind is not Range


def _as_it_is(value: Any, _: Any) -> Any:
    return value


def _not_null(value: Any, _: Any) -> Any:
    if value is None:
        raise ModelError("nothing is given")
    return value


def _read_plain(kind: Any) -> Callable[[Any, Any], Any]:
    return _as_it_is if type(None) in get_args(kind) else _not_null


def _read_object(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    whole = make_dict_structure_fn_from_attrs(
        [*fields_of(kind).values()], kind, converter, _cattrs_detailed_validation=False, _cattrs_forbid_extra_keys=True
    )
    if kind is Channel:
        return lambda value, _: plain_channel(value) if type(value) is str else whole(value, kind)
    if kind is Emotion:
        return lambda value, _: _plain_emotion(value) if type(value) in (int, float) else whole(value, kind)
    if kind in SHORT:
        short = SHORT[kind][1]
        return lambda value, _: value if type(value) in short else whole(value, kind)
    return whole


def _read_optional(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    (one,) = members(kind)
    read = converter.get_structure_hook(one)
    return lambda value, _: None if value is None else read(value, one)


def _read_list(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    item = get_args(kind)[0]
    read = converter.get_structure_hook(item)

    def items(values: Any, _: Any) -> Any:
        if type(values) is not list:
            raise ModelError("not a list")
        return tuple(values) if item is str else tuple([read(value, item) for value in values])

    return items


def _read_map(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    item = get_args(kind)[0]
    read = converter.get_structure_hook(item)
    return lambda values, _: {key: read(value, item) for key, value in values.items()}


def _read_time(kind: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    read = as_date if date in members(kind) else as_duration

    def time(value: Any, _: Any) -> Any:
        if type(value) is str:
            return read(value)
        return converter.structure(value, Span) if type(value) is dict and Span in members(kind) else value

    return time


def _read_estimate(_: Any, converter: BaseConverter) -> Callable[[Any, Any], Any]:
    return lambda value, _: converter.structure(value, Range) if type(value) is dict else value


def _write_object(kind: Any, converter: BaseConverter) -> Callable[[Any], Any]:
    own = fields_of(kind)
    needed = {Channel: {"id", "kind"}, Atlas: {"id", "journeys"}}.get(kind, {"id"})  # ids come from names by rules that may change
    always: dict[str, Any] = {name: override(omit_if_default=False) for name in own if name in needed}
    whole = make_dict_unstructure_fn_from_attrs([*own.values()], kind, converter, _cattrs_omit_if_default=True, **always)
    if kind is Channel:
        return lambda value: value.name if _is_plain_channel(value) else whole(value)
    if kind is Scale:
        return lambda value: {**_limits_of(value), **whole(value)}
    if kind is MomentOfTruth:
        return lambda value: _short(whole(value), "kind") or True
    return (lambda value: _short(whole(value), SHORT[kind][0])) if kind in SHORT else whole


def _short(whole: dict[str, Tree], name: str) -> Tree:
    return whole[name] if len(whole) == 1 and name in whole else whole


def _is_plain_channel(channel: Channel) -> bool:
    plain = plain_channel(channel.name)
    return plain.id == channel.id and plain.kind == channel.kind


def _limits_of(scale: Scale) -> dict[str, Tree]:
    return {} if (scale.low, scale.high) == (-2, 2) else {"low": _number(scale.low), "high": _number(scale.high)}


def _number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) <= LARGEST_WHOLE else value


def _write_map(_: Any, converter: BaseConverter) -> Callable[[Any], Any]:
    return lambda values: {key: converter.unstructure(value) for key, value in values.items()}


_reader = Converter(detailed_validation=False)
_reader.register_structure_hook_factory(_is_model, _read_object)
_reader.register_structure_hook_factory(_is_optional_model, _read_optional)
_reader.register_structure_hook_factory(_is_list, _read_list)
_reader.register_structure_hook_factory(_is_map, _read_map)
_reader.register_structure_hook_factory(_is_time, _read_time)
_reader.register_structure_hook_factory(_is_estimate, _read_estimate)
_reader.register_structure_hook_factory(_is_plain, _read_plain)
for plain in _PLAIN:
    _reader.register_structure_hook(plain, _not_null)  # cattrs has hooks of its own for these, which turn 1 into "1"

_writer = Converter()
_writer.register_unstructure_hook_factory(_is_model, _write_object)
_writer.register_unstructure_hook_factory(_is_map, _write_map)
_writer.register_unstructure_hook(float, _number)
_writer.register_unstructure_hook(date, date.isoformat)
_writer.register_unstructure_hook(timedelta, duration_text)
