"""Journeys and atlases as JSON."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import NoReturn

from journeymap.io.codec import document_in, tree_of
from journeymap.io.examine import examined
from journeymap.io.json_tree import json_tree
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.loss import nothing
from journeymap.io.problems import Report
from journeymap.io.tree import Tree, nothing_to_collect
from journeymap.model import Atlas, Journey
from journeymap.model.checks import LONGEST_TEXT
from journeymap.plugins import Format

_DEEPEST = 16
"""More lists and mappings than ever stand in one another in a journey."""
_MOST_DIGITS = 16
"""As many digits as the largest whole number that the model takes."""

_UNSEEN = "\u2028\u2029\ufeff"
"""Escaped, for readers of YAML and of JavaScript, who take the first two for ends of lines."""


@nothing_to_collect()
def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey or atlas that a JSON document holds.

    DocumentError tells all that is wrong with it, each problem with its path and line.
    """
    text = text.removeprefix("\ufeff")
    held = quickly(text, limits)
    if held is None:
        report = Report(source, limits.problems)
        built = json_tree(text, report, limits)
        held = examined(built.root, built.place, report)
    return held


def quickly(text: str, limits: Limits) -> Journey | Atlas | None:
    """What a JSON document holds if all is right with it; None if anything is wrong, or might be."""
    if not _surely_within(limits, text):
        return None
    try:
        return document_in(json.loads(text, object_pairs_hook=_mapping, parse_constant=_no_constant))
    except Exception:  # noqa: BLE001 - whatever it was, the careful reading says it in words, with its place
        return None


@nothing_to_collect()
def dumps(held: Journey | Atlas) -> str:
    """The JSON document of a journey or atlas, indented by two, as it is, not escaped; the same for the same journey."""
    text = _written(tree_of(held), "\n") + "\n"
    for char in _UNSEEN:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _written(value: Tree, end: str) -> str:
    """A value as ``json.dumps`` with an indent of two writes it, three times as fast; ``end`` ends a line where it stands."""
    if isinstance(value, str):
        return encode_basestring(value)
    inside = end + "  "
    if isinstance(value, dict) and value:
        parts = [f"{encode_basestring(key)}: {_written(part, inside)}" for key, part in value.items()]
        return f"{{{inside}{f',{inside}'.join(parts)}{end}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inside}{f',{inside}'.join([_written(part, inside) for part in value])}{end}]"
    return repr(value) if type(value) in (int, float) else json.dumps(value)  # the model holds finite numbers only


def _surely_within(limits: Limits, text: str) -> bool:
    """Whether a journey that the model accepts cannot be beyond the limits."""
    values = text.count(",") + text.count("[") + text.count("{") + 1
    return values <= limits.nodes and limits.depth >= _DEEPEST and limits.text >= LONGEST_TEXT and limits.digits >= _MOST_DIGITS


def _mapping(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a finite number")


JSON = Format(summary="JSON: lossless, for programs", suffixes=(".json",), loads=loads, dumps=dumps, dumps_atlas=dumps, losses=nothing)
