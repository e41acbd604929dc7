"""Trees as YAML that people like to read: block style, quotes only where they are needed, long texts as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from journeymap.io.tree import Tree
from journeymap.io.yaml_tree import is_text

_ESCAPED = re.compile("[\t\u2028\u2029\ufeff]")
"""What readers take for a line break or for nothing at all, unless it is escaped."""
_NOT_PLAIN = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`=\s]|\s$|: |:$| #")
_LONGEST_KEY = 900
"""A key on one line with its value has less than 1,024 characters, says YAML."""
_OLD_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_OLD_NUMBER = re.compile(
    r"[-+]?(?:\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?)",
    re.IGNORECASE,
)


def yaml_text(tree: dict[str, Tree]) -> str:
    """The YAML document of a mapping that is not empty, each of its lists and mappings in block style."""
    return "".join(f"{line}\n" for line in _mapping(tree, ""))


def _mapping(values: dict[str, Tree], indent: str) -> Iterator[str]:
    for key, value in values.items():
        said = _flow(key)
        if len(said) > _LONGEST_KEY:
            yield f"{indent}? {said}"
            said = ""
        if isinstance(value, dict) and value:
            yield f"{indent}{said}:"
            yield from _mapping(value, indent + "  ")
        elif isinstance(value, list | tuple) and value:
            yield f"{indent}{said}:"
            yield from _items(value, indent + "  ")
        else:
            yield from _scalar(f"{indent}{said}: ", value, indent + "  ")


def _items(values: list[Tree] | tuple[Tree, ...], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict) and value:
            inner = _mapping(value, indent + "  ")
        elif isinstance(value, list | tuple) and value:
            inner = _items(value, indent + "  ")
        else:
            inner = _scalar(f"{indent}  ", value, indent + "  ")
        yield f"{indent}- {next(inner)[len(indent) + 2 :]}"
        yield from inner


def _scalar(head: str, value: Tree, indent: str) -> Iterator[str]:
    """A value behind what stands before it on its line; a text of several lines as a literal block below."""
    if isinstance(value, str) and _is_block(value):
        yield head + ("|" if value.endswith("\n") else "|-")
        yield from (indent + line if line else "" for line in value.removesuffix("\n").split("\n"))
    else:
        yield head + _flow(value)


def _flow(value: Tree) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        mantissa, e, exponent = repr(value).partition("e")
        return f"{mantissa}{'' if '.' in mantissa else '.0'}{e}{exponent}"
    return json.dumps(value)


def _quoted(text: str) -> str:
    if "\n" in text or _ESCAPED.search(text):
        return _ESCAPED.sub(lambda bad: f"\\u{ord(bad[0]):04x}", json.dumps(text, ensure_ascii=False))
    if text and not _NOT_PLAIN.search(text) and is_text(text) and text.lower() not in _OLD_WORDS and not _OLD_NUMBER.fullmatch(text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_block(text: str) -> bool:
    """Whether a literal block gives back the text exactly, and shows all of it."""
    lines = text.removesuffix("\n").split("\n")
    visible = all(line == line.rstrip() for line in lines)
    return "\n" in text and visible and bool(lines[0]) and not lines[0].startswith(" ") and bool(lines[-1]) and not _ESCAPED.search(text)
