"""The title in the front matter of a Mermaid text: YAML between dashes, of which the rest is how to draw."""

from __future__ import annotations

import re

import yaml

from journeymap.errors import DocumentError, shown
from journeymap.io.limits import Limits
from journeymap.io.problems import Report
from journeymap.io.yaml_tree import LOADERS

_NO_TITLE = frozenset(["", "~", "null", "Null", "NULL", "false", "False", "FALSE"])
_LETTERS = {0x85: 0xE085, 0x2028: 0xE028, 0x2029: 0xE029}
"""Ends of lines to YAML 1.1, which is what is parsed here, and letters to 1.2, which Mermaid parses."""
_BACK = {there: here for here, there in _LETTERS.items()}
_WHOLE = re.compile("[-+]?[0-9]{1,15}")


def front_title(matter: str, report: Report, limits: Limits) -> str:
    """The title that front matter gives, or nothing; DocumentError if it is no YAML, or nested beyond the limit."""
    depth = 0
    keys: list[str | None] = []
    title = ""
    try:
        for event in yaml.parse(matter.translate(_LETTERS), Loader=LOADERS[0]):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent | yaml.ScalarEvent | yaml.AliasEvent) and depth == 1:
                scalar = event if isinstance(event, yaml.ScalarEvent) else None
                if len(keys) % 2 == 0 and scalar is not None and scalar.value in keys[::2]:
                    line = 2 + (scalar.start_mark.line if scalar.start_mark is not None else 0)
                    report.break_off(f"the front matter says {shown(scalar.value)} twice; keep one", (line, 1))
                if len(keys) % 2 and keys[-1] == "title" and scalar is not None:
                    title = _as_text(scalar.value.translate(_BACK), plain=not scalar.style)
                keys.append(scalar.value if scalar is not None else None)
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
                if depth > limits.depth:
                    report.break_off(f"the front matter is nested deeper than {limits.depth}; raise the limit if this is meant", (1, 1))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
    except DocumentError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark is not None else 0)
        report.break_off(f"the front matter is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}", (line, 1))
    return title


def _as_text(value: str, *, plain: bool) -> str:
    """A scalar as JavaScript turns it into text; what counts as false there is no title."""
    if plain and value in _NO_TITLE:
        return ""
    if plain and _WHOLE.fullmatch(value):
        return str(int(value)) if int(value) else ""
    return value
