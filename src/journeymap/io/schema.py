"""The JSON Schema of documents (draft 2020-12), made from the model: what an editor completes, explains and checks.

It says what can be said of one value at a time. References, unique ids and sums are left to reading; a document that is
read without an error is always valid.
"""

from __future__ import annotations

import inspect
import json
from datetime import date, timedelta
from math import isfinite
from typing import Any, Literal, get_args, get_origin

from attrs import NOTHING, Attribute

from journeymap.io.codec import SHORT, VERSION, VERSION_KEY, fields_of, members
from journeymap.io.expected import article
from journeymap.io.meanings import meanings
from journeymap.io.times import DURATION, IN_CALENDAR
from journeymap.model import Atlas, FrozenMap, Journey
from journeymap.model.checks import LARGEST_WHOLE, LONGEST_TEXT, check_count, check_id, check_language, check_name, check_optional_id
from journeymap.model.links import check_link

SCHEMA_FILE = "journeymap.schema.json"
"""What the schema is called where it stands beside a map."""

Node = dict[str, Any]

_TEXT: Node = {"type": "string", "maxLength": LONGEST_TEXT}
_LONG_TEXTS = ("image", "images")
"""A picture may stand in its address itself."""
_PLAIN: dict[object, Node] = {
    str: _TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date", "pattern": f"^{IN_CALENDAR}$"},
    timedelta: {"type": "string", "pattern": f"^{DURATION.pattern}$", "examples": ["P3D", "PT1H30M"]},
}
_PATTERNS = {
    check_name: r"\S",
    check_id: r"^\S+$",
    check_optional_id: r"^\S+$",
    check_link: r'^(?:[Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)[^\s<>"]+$',
    check_language: "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$",
}


def json_schema() -> Node:
    """The schema of documents in JSON and YAML, as plain lists and mappings; made anew at each call.

    >>> json_schema()["$defs"]["Touchpoint"]["properties"]["engagement"]["maximum"]
    5
    """
    found: dict[type, Node] = {}
    _define(Atlas, found)
    parts = {kind.__name__: node for kind, node in sorted(found.items(), key=lambda pair: pair[0].__name__)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:journeymap:schema:{VERSION}",
        "title": "journeymap",
        "description": "A customer journey map, or an atlas of many.",
        "if": {"type": "object", "anyOf": [{"required": ["journeys"]}, {"required": ["links"]}]},
        "then": _document(found[Atlas]),
        "else": _document(found[Journey]),
        "$defs": parts,
    }


def schema_text() -> str:
    """The schema as the text of a JSON file: the same text for the same version of journeymap."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _document(whole: Node) -> Node:
    version = {"const": VERSION, "description": "The version of the form that the document has."}
    return {**whole, "properties": {VERSION_KEY: version, **whole["properties"]}}


def _define(kind: type, found: dict[type, Node]) -> None:
    """Adds the class, and all that it holds."""
    if kind in found:
        return
    found[kind] = {}
    told = meanings(kind)
    fields = fields_of(kind)
    found[kind] = {
        "type": "object",
        "description": (inspect.getdoc(kind) or "").partition("\n\n")[0].replace("\n", " "),
        "properties": {name: {"description": told[name], **_property(field, found)} for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.default is NOTHING],
        "additionalProperties": False,
    }


def _property(field: Attribute[Any], found: dict[type, Node]) -> Node:
    given: Any = field.type
    choices = [_ruled(_of(member, found), field) for member in members(given)]
    if type(None) in get_args(given):
        choices.append({"type": "null"})
    node = choices[0] if len(choices) == 1 else _either(choices)
    if isinstance(field.default, str | int | float) and field.default != "":
        node = {**node, "default": field.default}
    return node


def _either(choices: list[Node]) -> Node:
    """One of several; a plain type that may be null is said in one word."""
    first, *others = choices
    if others == [{"type": "null"}] and isinstance(first.get("type"), str):
        also = {"enum": [*first["enum"], None]} if "enum" in first else {}
        return {**first, "type": [first["type"], "null"], **also}
    return {"anyOf": [each for choice in choices for each in choice.get("anyOf", [choice])]}


def _of(kind: Any, found: dict[type, Node]) -> Node:
    """The schema of a type."""
    origin = get_origin(kind)
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if origin is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], found)}
    if origin is FrozenMap:
        return {"type": "object", "additionalProperties": _of(get_args(kind)[0], found)}
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    _define(kind, found)
    whole = {"$ref": f"#/$defs/{kind.__name__}"}
    return {"anyOf": [*_short(kind), whole]} if kind in SHORT else whole


def _short(kind: type) -> list[Node]:
    name, types = SHORT[kind]
    field = fields_of(kind)[name]
    node = {**_property(field, {}), "description": f"{article(kind).capitalize()} by its {name}."}
    return [node, *([{"type": "boolean"}] if bool in types else [])]


def _ruled(node: Node, field: Attribute[Any]) -> Node:
    """The schema of a type with what the field's own rule adds."""
    rule = field.validator
    kind = node.get("type")
    if kind == "array" and node["items"].get("type") == "string":
        return {**node, "items": {"type": "string", "pattern": r"\S", **({} if field.name in _LONG_TEXTS else {"maxLength": LONGEST_TEXT})}}
    if kind == "string" and field.name in _LONG_TEXTS:
        return {"type": "string"}
    if kind == "string" and rule in _PATTERNS:
        return {**node, "pattern": f"^$|{_PATTERNS[rule]}" if field.default == "" else _PATTERNS[rule]}
    if kind in ("number", "integer"):
        bounds = (0, LARGEST_WHOLE) if rule is check_count else _bounds(rule)
        return {**node, **{word: bound for word, bound in zip(("minimum", "maximum"), bounds, strict=True) if isfinite(bound)}}
    return node


def _bounds(rule: object) -> tuple[float, float]:
    """Between what a rule was made for."""
    made_for = inspect.getclosurevars(rule).nonlocals if inspect.isfunction(rule) else {}
    return made_for.get("low", float("-inf")), made_for.get("high", float("inf"))
