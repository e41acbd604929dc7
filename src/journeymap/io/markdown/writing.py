"""From a journey to Markdown that people read: stages are headings, touchpoints bullets, and what is known of each stands below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from journeymap.io.codec import SHORT, fields_of, members, tree_of
from journeymap.io.markdown.inline import escaped, paragraphs
from journeymap.io.markdown.words import FALLBACKS, NOTES, SECTIONS, STAGE, class_in, label, main_field, plain
from journeymap.io.tree import Tree
from journeymap.model import FrozenMap, Journey, MomentOfTruth, Range, Scale, Span, Stage, Touchpoint, Transition
from journeymap.model.naming import slug

Object = dict[str, Tree]


def markdown_text(journey: Journey) -> str:
    """The Markdown document of a journey; the same for the same journey."""
    return "\n\n".join(_blocks(tree_of(journey))) + "\n"


def _blocks(tree: Object) -> Iterator[str]:
    yield f"# {escaped(str(tree['name']))}"
    yield from paragraphs(str(tree.get("scenario", ""))) if "scenario" in tree else ()
    own = [name for name in fields_of(Journey) if name not in ("name", "scenario", "stages", NOTES, *SECTIONS)]
    facts = [line for name in own for line in _field(Journey, name, tree, bold=False)]
    if facts:
        yield "\n".join(facts)
    if "personas" in tree:
        yield from _section("personas", tree)
    for stage in _objects(tree.get("stages")):
        yield from _stage(stage)
    for name in SECTIONS:
        if name in tree and name != "personas":
            yield from _section(name, tree)
    if NOTES in tree:
        yield "## Notes"
        yield from paragraphs(str(tree[NOTES]))


def _section(name: str, tree: Object) -> Iterator[str]:
    yield f"## {name.capitalize()}"
    yield "\n".join(line for item in _objects(tree[name]) for line in _bullet("", SECTIONS[name], item))


def _stage(stage: Object) -> Iterator[str]:
    name = str(stage["name"])
    heading = plain(name)
    taken = heading in SECTIONS or heading == NOTES or heading.startswith(plain(STAGE))
    yield f"## {STAGE if taken else ''}{escaped(name)}"
    if NOTES in stage:
        yield from paragraphs(str(stage[NOTES]))
    own = [name for name in fields_of(Stage) if name not in ("name", "touchpoints", NOTES)]
    facts = [line for name in own for line in _field(Stage, name, stage, bold=True)]
    steps = [line for item in _objects(stage.get("touchpoints")) for line in _bullet("", Touchpoint, item)]
    if facts or steps:
        yield "\n".join(facts + steps)


def _field(kind: type, name: str, tree: Object, *, bold: bool) -> Iterator[str]:
    """The bullets for one field of an object; none where it says nothing, or what is clear without."""
    if name not in tree or (
        name == "id" and kind in FALLBACKS and tree["id"] == slug(str(tree[main_field(kind)]), fallback=FALLBACKS[kind])
    ):
        return
    declared: Any = fields_of(kind)[name].type
    word = f"{label(name)}: "
    start = f"**{word.strip()}** " if bold else word
    value = tree[name]
    first = members(declared)[0]
    if get_origin(first) is tuple and isinstance(value, list):
        for item in value:
            yield from _bullet(start, get_args(first)[0], item)
    elif get_origin(first) is FrozenMap and isinstance(value, dict):
        for key, item in value.items():
            before = "&#61;".join(map(escaped, key.split("=")))
            yield from _bullet(f"{start}{before} = ", get_args(first)[0], item)
    else:
        yield from _bullet(start, declared, value)


def _bullet(start: str, kind: Any, value: Tree) -> Iterator[str]:
    """A bullet that says a value, with the rest of it in bullets below."""
    held = class_in(kind)
    if not isinstance(value, dict) or held is None:
        yield f"- {start}{_plain(value)}".rstrip(" ")
        return
    told, said = _main(held, value)
    yield f"- {start}{told}".rstrip(" ")
    for name in fields_of(held):
        if name not in said:
            yield from (f"  {line}" for line in _field(held, name, value, bold=False))


def _main(kind: type, value: Object) -> tuple[str, tuple[str, ...]]:
    """What stands on the line of an object itself, and the fields that this tells."""
    if kind in (Range, Span):
        return " to ".join(_plain(value[name]) for name in ("low", "mid", "high")), ("low", "mid", "high")
    if kind is Scale:
        return ("words" if "low" not in value else f"{_plain(value['low'])} to {_plain(value['high'])}"), ("low", "high")
    if kind is Transition:
        return f"{escaped(str(value['source']))} → {escaped(str(value['target']))}", ("source", "target")
    name = SHORT[kind][0] if kind in SHORT else main_field(kind)
    return ("yes" if kind is MomentOfTruth and name not in value else _plain(value[name])), (name,)


def _plain(value: Tree) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escaped(value) if isinstance(value, str) else repr(value)


def _objects(value: Tree) -> list[Object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
