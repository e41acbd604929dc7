"""Names in a hand-written document: ids that were not given, and references by name instead of id."""

from __future__ import annotations

from collections import defaultdict

from journeymap.io.markdown.words import FALLBACKS, main_field
from journeymap.io.numbering import Ids
from journeymap.io.problems import Place
from journeymap.io.tree import Tree
from journeymap.model import END, START, Evidence, PainPoint, Persona, Source, Stage, Touchpoint
from journeymap.model.naming import slug

Mapping = dict[str, Tree]

_REFERENCES: dict[tuple[type, str], type] = {
    (Touchpoint, "personas"): Persona,
    (Touchpoint, "emotions"): Persona,
    (PainPoint, "persona"): Persona,
    (Evidence, "source"): Source,
    **{(kind, "evidence"): Source for kind in (Touchpoint, PainPoint, Persona, Stage)},
}


class Names:
    """Collects what has a name and what refers to one, and settles both in the end."""

    def __init__(self) -> None:
        self._named: dict[type, list[tuple[Mapping, dict[str, Place]]]] = defaultdict(list)
        self._referring: list[tuple[type, str, Mapping, Place]] = []

    def note(self, kind: type, tree: Mapping, parts: dict[str, Place]) -> None:
        """Something that may have an id."""
        if kind in FALLBACKS:
            self._named[kind].append((tree, parts))

    def refer(self, kind: type, name: str, tree: Mapping, place: Place) -> None:
        """A field that may refer to something."""
        if (kind, name) in _REFERENCES:
            self._referring.append((_REFERENCES[kind, name], name, tree, place))

    def settle(self) -> None:
        """Number what shares a name, and put ids where names stand."""
        ids: dict[type, set[str]] = {}
        by_name: dict[type, dict[str, str]] = {}
        for kind, named in self._named.items():
            main = main_field(kind)
            given = [tree["id"] for tree, _ in named if isinstance(tree.get("id"), str)]
            reserved = [START, END] if kind is Touchpoint else []
            free = Ids([*map(str, given), *reserved], fallback=FALLBACKS[kind])
            for tree, parts in named:
                name = tree.get(main)
                if "id" not in tree and isinstance(name, str):
                    found = free.give(name)
                    if found != slug(name, fallback=FALLBACKS[kind]):
                        tree["id"], parts["id"] = found, parts[main]
            ids[kind] = {str(tree.get("id", slug(str(tree.get(main)), fallback=FALLBACKS[kind]))) for tree, _ in named}
            by_name[kind] = {
                str(tree.get(main)): str(tree.get("id", slug(str(tree.get(main)), fallback=FALLBACKS[kind]))) for tree, _ in named
            }
        for kind, field, tree, place in self._referring:
            _resolve(tree, field, place, ids.get(kind, set()), by_name.get(kind, {}))


def _resolve(tree: Mapping, field: str, place: Place, ids: set[str], by_name: dict[str, str]) -> None:
    def settled(value: str) -> str:
        return value if value in ids else by_name.get(value, value)

    value = tree[field]
    if isinstance(value, list):
        value[:] = [settled(item) if isinstance(item, str) else item for item in value]
    elif isinstance(value, dict) and isinstance(place.parts, dict):
        for key in list(value):  # each in its turn, so that they keep their order
            value[settled(key)] = value.pop(key)
            place.parts[settled(key)] = place.parts.pop(key)
    elif isinstance(value, str):
        tree[field] = settled(value)
