"""Journeys as JSON."""

from __future__ import annotations

import json
from typing import NoReturn

from journeymap.io.codec import journey_in, tree_of
from journeymap.io.examine import examined
from journeymap.io.json_tree import json_tree
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.problems import Report
from journeymap.io.tree import Tree, nothing_to_collect
from journeymap.model import Journey
from journeymap.model.checks import LONGEST_TEXT
from journeymap.plugins import Format

_DEEPEST = 16
"""More lists and mappings than ever stand in one another in a journey."""
_MOST_DIGITS = 16
"""As many digits as the largest whole number that the model takes."""

_UNSEEN = "\u2028\u2029\ufeff"
"""Escaped, for readers of YAML and of JavaScript, who take the first two for ends of lines."""


@nothing_to_collect()
def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey:
    """The journey that a JSON document holds.

    DocumentError tells all that is wrong with it, each problem with its path and line.
    """
    text = text.removeprefix("\ufeff")
    journey = quickly(text, limits)
    if journey is None:
        report = Report(source, limits.problems)
        built = json_tree(text, report, limits)
        journey = examined(built.root, built.place, report)
    return journey


def quickly(text: str, limits: Limits) -> Journey | None:
    """The journey that a JSON document holds if all is right with it; None if anything is wrong, or might be."""
    if not _surely_within(limits, text):
        return None
    try:
        return journey_in(json.loads(text, object_pairs_hook=_mapping, parse_constant=_no_constant))
    except Exception:  # noqa: BLE001 - whatever it was, the careful reading says it in words, with its place
        return None


@nothing_to_collect()
def dumps(journey: Journey) -> str:
    """The JSON document of a journey, indented by two, as it is, not escaped; the same for the same journey."""
    text = json.dumps(tree_of(journey), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    for char in _UNSEEN:
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


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


JSON = Format(summary="JSON: lossless, for programs", suffixes=(".json",), loads=loads, dumps=dumps)
