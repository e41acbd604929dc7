"""Lists in a cell: an item a line, and what an item looks like there.

A line in double quotes is a JSON text, for an item that has line breaks of its own, or would be read as something else. A
mapping has ``key: value`` on its lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from journeymap.errors import ModelError, shown
from journeymap.io.codec import plain_channel
from journeymap.io.tables.numbers import number_of, number_text
from journeymap.io.tree import Tree
from journeymap.model import Channel, Emotion, Evidence, Link, Opportunity, PainPoint

_CHANNEL = re.compile(r"(.*) <([a-z-]+) (\S+)>", re.DOTALL)
_LINK = re.compile(r"(.*) <([^<>\s]+)>", re.DOTALL)
_JSON = json.JSONDecoder()


def lines_text(items: Iterable[object]) -> str:
    r"""The cell of a list.

    >>> lines_text(["Compares prices", 'Says "no"', "two\nlines"])
    'Compares prices\nSays "no"\n"two\\nlines"'
    """
    return "\n".join(_quoted(_line(item)) for item in items)


def map_text(values: Mapping[str, object]) -> str:
    """The cell of a mapping of texts, or of emotions by persona.

    >>> map_text({"Age": "34"}), map_text({"maya": Emotion(-1)})
    ('Age: 34', 'maya: -1')
    """
    said = {key: number_text(value.valence) if isinstance(value, Emotion) else str(value) for key, value in values.items()}
    return "\n".join(f"{_quoted(key, also=':')}: {_quoted(value)}".rstrip() for key, value in said.items())


def is_line(item: object) -> bool:
    """Whether the line of an item says all of it, so that it needs no row of its own in another table."""
    match item:
        case Evidence():
            return Evidence(item.source) == item
        case PainPoint():
            return PainPoint(item.description) == item
        case Opportunity():
            return Opportunity(item.name) == item
        case Emotion():
            return Emotion(item.valence) == item
        case _:
            return True


def lines_of(text: str, kind: type) -> list[Tree]:
    """The items on the lines of a cell, as a document has them; what those of a class look like is `lines_text`'s to say."""
    return [_item(_unquoted(line), kind) for line in text.split("\n") if line.strip()]


def map_of(text: str, kind: type) -> dict[str, Tree]:
    """The mapping on the lines of a cell, as a document has it; ModelError for a line that is no ``key: value``."""
    found: dict[str, Tree] = {}
    for line in text.split("\n"):
        if line.strip():
            key, value = _pair(line.strip())
            if key in found:
                raise ModelError(f"{shown(key)} stands twice; keep one line of it")
            found[key] = number_of(value) if kind is Emotion else value
    return found


def _line(item: object) -> str:
    match item:
        case Evidence():
            return item.source
        case PainPoint():
            return item.description
        case Opportunity():
            return item.name
        case Link():
            return f"{item.name} <{item.url}>" if item.name else item.url
        case Channel():
            plain = plain_channel(item.name)
            is_plain = (plain.id, plain.kind) == (item.id, item.kind) and not _CHANNEL.fullmatch(item.name)
            return item.name if is_plain else f"{item.name} <{item.kind} {item.id}>"
        case _:
            return str(item)


def _item(line: str, kind: type) -> Tree:
    if kind is PainPoint:
        return {"description": line}
    if kind is Opportunity:
        return {"name": line}
    named = _LINK.fullmatch(line) if kind is Link else None
    if named:
        return {"url": named[2], "name": named[1]}
    told = _CHANNEL.fullmatch(line) if kind is Channel else None
    return {"name": told[1], "kind": told[2], "id": told[3]} if told else line


def _quoted(text: str, *, also: str = "") -> str:
    odd = "\n" in text or text != text.strip() or text.startswith('"') or (also and (also in text or not text))
    return json.dumps(text, ensure_ascii=False) if odd else text


def _unquoted(line: str) -> str:
    line = line.strip()
    if line.startswith('"'):
        try:
            text, end = _JSON.raw_decode(line)
        except ValueError:
            return line
        if end == len(line) and isinstance(text, str):
            return text
    return line


def _pair(line: str) -> tuple[str, str]:
    key, colon, rest = line.partition(":")
    if line.startswith('"'):
        try:
            quoted, end = _JSON.raw_decode(line)
        except ValueError:
            pass
        else:
            if line[end : end + 1] == ":":
                key, colon, rest = str(quoted), ":", line[end + 1 :]
    if not colon:
        raise ModelError(f"the line {shown(line)} has no colon; write what it is, a colon, and its value")
    return key if line.startswith('"') else key.strip(), _unquoted(rest)
