"""From Markdown to the tree of a journey, as YAML would have it, with the place of each part; forgiving of what people type."""

from __future__ import annotations

import math
import re
from typing import Any, get_args, get_origin

from journeymap.errors import shown, suggestion
from journeymap.io.codec import SHORT, fields_of, members
from journeymap.io.markdown.blocks import Block
from journeymap.io.markdown.inline import unescaped
from journeymap.io.markdown.naming import Names
from journeymap.io.markdown.words import NOTES, SECTIONS, STAGE, by_word, class_in, main_field, plain
from journeymap.io.problems import Place, Report
from journeymap.io.tree import Tree
from journeymap.model import FrozenMap, Journey, MomentOfTruth, Range, Scale, Span, Stage, Touchpoint, Transition

NO_TITLE = "the document has no title; begin it with '# ' and the name of the journey"

_FIELD = re.compile(r"(\*\*|__)?([^:*]{1,40}?)(?:\*\*|__)?:(?:\*\*|__)?(?:[ \t]+(.*)|\Z)", re.DOTALL)
_NUMBER = re.compile(r"[-+\u2212]?(?:[0-9]{1,20}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?")
_WORDS_FOR_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_ARROWS = ("→", "->", "\\->", "-\\>", "=>")


class Parts:
    """A mapping of the tree, with the places of what it holds."""

    def __init__(self, block: Block) -> None:
        self.tree: dict[str, Tree] = {}
        self.parts: dict[str, Place] = {}
        self.place = Place(block.position, self.parts)

    def put(self, name: str, value: Tree, place: Place) -> None:
        """The value of a field."""
        self.tree[name] = value
        self.parts[name] = place

    def add(self, name: str, value: Tree, place: Place) -> None:
        """One more item of a list."""
        values, places = self.tree.setdefault(name, []), self.parts.setdefault(name, Place(place.position, []))
        if isinstance(values, list) and isinstance(places.parts, list):
            values.append(value)
            places.parts.append(place)

    def say(self, name: str, text: str, block: Block) -> None:
        """One more paragraph of a text."""
        before = self.tree.get(name)
        self.put(name, f"{before}\n\n{text}" if isinstance(before, str) else text, self.parts.get(name, Place(block.position)))


class Reader:
    """Takes the blocks of a document in their order."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._names = Names()

    def journey(self, blocks: list[Block]) -> tuple[dict[str, Tree], Place]:
        """The tree of the journey, and where its parts stand."""
        title = next((block for block in blocks if block.level == 1), None)
        if title is None:
            self._report.break_off(NO_TITLE, blocks[0].position if blocks else (1, 1))
        whole = Parts(title)
        whole.put("name", title.shown, Place(title.position))
        self._whole = whole
        self._within: tuple[str, Any] | None = None
        self._stage: Parts | None = None
        self._item: tuple[type, Parts] | None = None
        for block in blocks:
            if block is title:
                continue
            if block.level == 1:
                self._report.add(
                    "", f"a second title, {shown(block.shown)}, stands here; begin it with '##' if it is a stage", block.position
                )
            elif block.level == 2:
                self._heading(block)
            elif block.level:
                self._item_heading(block)
            elif block.bullet:
                self._bullet(block)
            else:
                self._paragraph(block)
        self._names.settle()
        return whole.tree, whole.place

    def _heading(self, block: Block) -> None:
        """A stage begins, or one of the sections that stand beside the stages."""
        self._item = self._stage = None
        word = plain(block.shown)
        if word in SECTIONS or word == NOTES:
            self._within = (word, SECTIONS.get(word))
            return
        self._within = ("stages", None)
        name = block.text[len(STAGE) :].strip() if block.text.casefold().startswith(STAGE.casefold()) else block.text
        self._stage = Parts(block)
        self._stage.put("name", unescaped(name), Place(block.position))
        self._names.note(Stage, self._stage.tree, self._stage.parts)
        self._whole.add("stages", self._stage.tree, self._stage.place)

    def _item_heading(self, block: Block) -> None:
        """A small heading is an item as a bullet would be, and the bullets below it tell of it."""
        kind = Touchpoint if self._stage is not None else self._within[1] if self._within else None
        if kind is None:
            self._report.add("", f"{shown(block.shown)} stands in no stage; write '##' before the name of one", block.position)
            self._item = None
            return
        self._item = (kind, self._new_item(kind, block))

    def _bullet(self, block: Block) -> None:
        if self._item is not None:
            self._field(*self._item, block)
        elif self._stage is not None:
            found = _FIELD.fullmatch(block.text)
            if found and found[1]:
                self._field(Stage, self._stage, block)
            else:
                self._new_item(Touchpoint, block)
        elif self._within is None:
            self._field(Journey, self._whole, block)
        elif self._within[1] is not None:
            self._new_item(self._within[1], block)
        else:
            self._note(block)

    def _note(self, block: Block) -> None:
        self._whole.say(NOTES, block.shown, block)
        for part in block.parts:
            self._note(part)

    def _paragraph(self, block: Block) -> None:
        if self._item is not None and NOTES in fields_of(self._item[0]):
            self._item[1].say(NOTES, block.shown, block)
        elif self._stage is not None:
            self._stage.say(NOTES, block.shown, block)
        else:
            self._whole.say("scenario" if self._within is None else NOTES, block.shown, block)

    def _new_item(self, kind: type, block: Block) -> Parts:
        item = self._object(kind, block.text, block)
        if self._stage is not None:
            self._stage.add("touchpoints", item.tree, item.place)
        elif self._within is not None:
            self._whole.add(self._within[0], item.tree, item.place)
        return item

    def _object(self, kind: type, text: str, block: Block) -> Parts:
        """An object of the model, from the line that names it and the bullets below."""
        item = Parts(block)
        here = Place(block.position)
        limits = re.fullmatch(r"(\S+)[ \t]+to[ \t]+(\S+)(?:[ \t]+to[ \t]+(\S+))?", text) if kind in (Range, Span, Scale) else None
        words = text.split()
        if limits and (limits[3] is None) == (kind is Scale):
            names = ("low", "high") if kind is Scale else ("low", "mid", "high")
            for name, value in zip(names, limits.groups(), strict=False):
                item.put(name, _scalar(fields_of(kind)[name].type, value), here)
        elif kind is Transition and len(words) == 3 and words[1] in _ARROWS:
            item.put("source", unescaped(words[0]), here)
            item.put("target", unescaped(words[2]), here)
        elif not (kind is Scale and plain(text) == "words") and not (kind is MomentOfTruth and plain(text) in ("yes", "true")):
            main = SHORT[kind][0] if kind in SHORT else main_field(kind)
            item.put(main, _scalar(fields_of(kind)[main].type, text), here)
        self._names.note(kind, item.tree, item.parts)
        for part in block.parts:
            self._field(kind, item, part)
        return item

    def _field(self, kind: type, item: Parts, block: Block) -> None:
        """What a bullet below an object says of it."""
        found = _FIELD.fullmatch(block.text)
        word = plain(unescaped(found[2])) if found else ""
        name = by_word(kind).get(word)
        if found is None or name is None:
            self._no_field(kind, item, block, word)
            return
        declared: Any = fields_of(kind)[name].type
        text = (found[3] or "").strip()
        new = name not in item.tree
        first = members(declared)[0]
        if get_origin(first) is tuple:
            value, place = self._value(get_args(first)[0], text, block)
            item.add(name, value, place)
        elif get_origin(first) is FrozenMap:
            self._pair(item, name, get_args(first)[0], text, block)
        elif name in item.tree and name != main_field(kind):
            self._report.add("", f"{shown(found[2])} stands twice here; keep one", block.position)
        else:
            item.put(name, *self._value(declared, text, block))
        if new and name in item.tree:
            self._names.refer(kind, name, item.tree, item.parts[name])

    def _no_field(self, kind: type, item: Parts, block: Block, word: str) -> None:
        known = by_word(kind)
        if kind is Touchpoint and not (word and suggestion(word, known)):
            item.add("actions", block.shown, Place(block.position))
            self._no_parts(block)
        else:
            remedy = "; write it without stars if it is a touchpoint" if kind is Stage else "; write 'Note: ...'"
            hint = (suggestion(word, known) if word else "") or remedy
            self._report.add("", f"{shown(block.shown)} is nothing that is known of {kind.__name__.lower()}s{hint}", block.position)

    def _no_parts(self, block: Block) -> None:
        for part in block.parts:
            self._report.add("", f"{shown(part.shown)} stands below something that has no parts; move it out", part.position)

    def _pair(self, item: Parts, name: str, kind: Any, text: str, block: Block) -> None:
        """One entry of a mapping: ``key = value``."""
        before, equals, after = text.partition("=")
        if not equals:
            self._report.add("", f"{shown(text)} has no '='; write 'key = value'", block.position)
            return
        value, place = self._value(kind, after.strip(), block)
        values, places = item.tree.setdefault(name, {}), item.parts.setdefault(name, Place(block.position, {}))
        if isinstance(values, dict) and isinstance(places.parts, dict):
            key = unescaped(before.rstrip())
            if key in values:
                self._report.add("", f"{shown(key)} stands twice here; keep one", block.position)
            values[key] = value
            places.parts[key] = place

    def _value(self, declared: Any, text: str, block: Block) -> tuple[Tree, Place]:
        held = class_in(declared)
        estimate = held in (Range, Span) and " to " not in text
        if held is None or estimate:
            self._no_parts(block)
            return _scalar(declared, text), Place(block.position)
        item = self._object(held, text, block)
        if held is MomentOfTruth and not item.tree:
            return True, Place(block.position)
        if held in SHORT and list(item.tree) == [SHORT[held][0]]:
            return item.tree[SHORT[held][0]], Place(block.position)
        return item.tree, item.place


def _scalar(declared: Any, text: str) -> Tree:
    """A value as its field has it; what cannot be one stays text, and is told so later."""
    kinds = members(declared)
    seen = unescaped(text)
    if bool in kinds:
        return _WORDS_FOR_FLAGS.get(plain(seen), seen)
    if (float in kinds or int in kinds) and _NUMBER.fullmatch(seen):
        number = float(seen.replace("\u2212", "-"))
        whole = re.fullmatch(r"[-+\u2212]?[0-9]+", seen)
        return int(seen.replace("\u2212", "-")) if whole else number if math.isfinite(number) else seen
    return seen
