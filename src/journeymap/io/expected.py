"""What a document should have said, in the words of documents: for a value of the wrong type."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Literal, get_args, get_origin

from attrs import NOTHING

from journeymap.errors import shown
from journeymap.io.codec import fields_of, members
from journeymap.io.tree import Tree
from journeymap.model import FrozenMap, Range, Span

_PLAIN: dict[object, str] = {
    str: "text; put it in quotes",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: "a day; write it as YYYY-MM-DD",
    timedelta: "a length of time; write it as P3D or PT1H30M",
}
_SHORT_FORMS = {
    "Channel": "its name, or ",
    "Emotion": "a number from -2 to +2, or ",
    "Evidence": "the id of a source, or ",
    "Link": "its address, or ",
    "MomentOfTruth": "true, its kind, or ",
}
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")


def said(value: Tree) -> str:
    """A value as its document has it: ``null``, ``true``, ``a list``.

    >>> said(None), said("x"), said([1])
    ('null', "'x'", 'a list')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return shown(value)


def article(kind: type) -> str:
    """A class as a word of the field: ``a pain point``, ``an emotion``."""
    noun = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def expected(kind: Any, value: Tree) -> str:
    """The message for a value that no field of that type takes."""
    return f"{said(value)} is not {_rule(kind, value)}"


def _rule(kind: Any, value: Tree) -> str:
    first, *others = members(kind)
    if value is None:
        return f"{_rule(kind, '').partition(';')[0]}; leave it out"
    if get_origin(first) is tuple:
        return "a list; put it in [ ]"
    if get_origin(first) is FrozenMap:
        return "a mapping; put it in { }"
    if get_origin(first) is Literal:
        return f"one of {', '.join(get_args(first))}"
    if first in _PLAIN:
        remedy = ""
        if first in (int, float) and isinstance(value, str) and _NUMBER.fullmatch(value):
            remedy = "; take it out of the quotes"
        elif {Range, Span} & set(others):
            remedy = "; a mapping of low, mid and high may stand for it"
        rule = _PLAIN[first]
        return (rule.partition(";")[0] if isinstance(value, dict | list) and not remedy else rule) + remedy
    fields = fields_of(first)
    names = [name for name, field in fields.items() if field.default is NOTHING] or list(fields)
    return f"{article(first)}; give {_SHORT_FORMS.get(first.__name__, '')}a mapping with {', '.join(names)}"
