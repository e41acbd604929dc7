"""Tables to the journey that they tell: rows find what they belong to, and names become ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from journeymap.io.codec import document_in
from journeymap.io.examine import examined
from journeymap.io.problems import Place, Position, Report
from journeymap.io.tables.columns import columns_of
from journeymap.io.tables.grid import Grid, position
from journeymap.io.tables.layout import CLAIMS, TABLES
from journeymap.io.tables.objects import Node, nodes_of
from journeymap.io.tree import Tree
from journeymap.model import END, START, Atlas, Journey
from journeymap.model.naming import slug
from journeymap.model.references import Register

_KEYS = {"pains": "description", "opportunities": "name", "evidence": "source"}
_TABLE_OF = {layout.word: name for name, layout in TABLES.items()}


def journey_of(grids: Sequence[Grid], report: Report, name: str, also: Mapping[str, str | None] | None = None) -> Journey:
    """The journey that tables tell; DocumentError with all that is wrong with them.

    ``name`` is what it is called where no table says. ``also`` says what unusual headings of the first table mean.
    """
    nodes = {grid.layout.name: list(nodes_of(grid, report, also if grid is grids[0] else None)) for grid in grids}
    root = _Assembly(nodes, report).whole(name)
    held = _quickly(root.tree) if not len(report) else None
    if held is None:
        held = examined(root.tree, root.place, report)
    assert isinstance(held, Journey)  # noqa: S101  tables have no way to say that they are an atlas
    return held


def _quickly(tree: dict[str, Tree]) -> Journey | Atlas | None:
    """The journey in a document if all is right with it; None if anything is wrong, or might be."""
    try:
        return document_in(tree)
    except Exception:  # noqa: BLE001 - whatever it was, the careful reading says it in words, with its place
        return None


class _Assembly:
    def __init__(self, nodes: Mapping[str, list[Node]], report: Report) -> None:
        self._nodes = {name: nodes.get(name, []) for name in TABLES}
        self._report = report
        self._known: dict[str, _Names] = {}
        self._made: set[str] = set()
        """What is made where it is named, since it has no table."""

    def whole(self, name: str) -> Node:
        """The whole document."""
        given = self._nodes["journey"]
        root = given[0] if given else Node(TABLES["journey"], position("journey", 1))
        for second in given[1:]:
            self._report.add("", "a second journey begins here; one file holds one", second.where)
        if "name" not in root.tree:
            root.put("name", name, root.where)
        for word in ("persona", "source"):
            self._made.update({word} if not self._nodes[_TABLE_OF[word]] else ())
            self._know(word, self._nodes[_TABLE_OF[word]])
        self._stages()
        for table in ("activities", "pains", "opportunities", "metrics"):
            self._belong(table, root)
        self._emotions()
        self._evidence()
        self._refer()
        for table in ("personas", "sources", "stages", "transitions"):
            for node in self._nodes[table]:
                root.append(table, node.tree, node.place)
        return root

    def _stages(self) -> None:
        """Touchpoints in their stages; a stage that has no row of its own is made, unless others have."""
        stages = self._nodes["stages"]
        told = bool(stages)
        names = self._know("stage", stages)
        current: Node | None = None
        kept: list[Node] = []
        for node in self._nodes["touchpoints"]:
            said, where = node.owners.get("stage", ("", node.where))
            if said:
                current = names.find(said)
                if current is None and told:
                    self._missing("stage", said, where)
                elif current is None:
                    current = Node(TABLES["stages"], where)
                    current.put("name", said, where)
                    stages.append(current)
                    names.add(current)
            elif current is None and not kept:
                self._report.add("", "there is no stage; name one in the first row, it holds for those below", node.where)
            if node.tree or node.later:
                kept.append(node)
                node.owners["stage"] = (current.id if current else "", where)
        self._nodes["touchpoints"] = kept
        self._know("touchpoint", kept)
        for node in kept:
            stage = names.find(node.owners["stage"][0])
            if stage is not None:
                stage.append("touchpoints", node.tree, node.place)

    def _belong(self, table: str, root: Node) -> None:
        """Pains and such in the touchpoint or stage that they belong to; those on a line of a cell after those with rows."""
        for node in self._nodes[table]:
            owner = self._owner(node, root if table in ("opportunities", "metrics") else None)
            if owner is not None:
                owner.append(table, node.tree, node.place)
        if table in _KEYS:
            self._nodes[table].extend(self._from_cells(table, [*self._nodes["stages"], *self._nodes["touchpoints"]]))
        self._know(TABLES[table].word, self._nodes[table])

    def _owner(self, node: Node, root: Node | None) -> Node | None:
        for word in ("touchpoint", "stage"):
            said, where = node.owners.get(word, ("", node.where))
            if said:
                found = self._known[word].find(said)
                if found is None:
                    self._missing(word, said, where)
                return found
        if root is None:
            places = " or ".join(column.name for column in reversed(node.layout.owners))
            self._report.add("", f"a row of {node.layout.name} has to name its {places}", node.where)
        return root

    def _from_cells(self, table: str, owners: Iterable[Node]) -> Iterator[Node]:
        key = _KEYS[table]
        for owner in owners:
            items, where = owner.later.get(table, ([], owner.where))
            rows = owner.tree.get(table, [])
            there = {row.get(key) for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()
            for item in items:
                said = item.get(key) if isinstance(item, dict) else item
                if said in there:
                    continue
                node = Node(TABLES[table], where)
                if isinstance(said, str):
                    node.put(key, said, where)
                    yield node
                    owner.append(table, node.tree, node.place)

    def _emotions(self) -> None:
        for node in self._nodes["emotions"]:
            owner = self._owner(node, None)
            persona, where = node.owners.get("persona", ("", node.where))
            if not persona:
                self._report.add("", "an emotion in this table is that of a persona; name one", node.where)
            elif owner is not None:
                key = self._id("persona", persona, where)
                owner.put("emotions", node.tree, where, key)
                held = owner.parts["emotions"].parts
                if isinstance(held, dict):
                    held[key] = node.place

    def _evidence(self) -> None:
        for node in self._nodes["evidence"]:
            word, where = node.owners.get("claim", ("", node.where))
            said, id_where = node.owners.get("claim_id", ("", node.where))
            if word not in CLAIMS:
                self._report.add("", f"evidence stands on one of {', '.join(CLAIMS)}; name which, and its id", where)
                continue
            claim = self._known[word].find(said)
            if claim is None:
                self._missing(word, said, id_where)
            else:
                claim.append("evidence", node.tree, node.place)
        claims = [node for word in CLAIMS for node in self._nodes[_TABLE_OF[word]]]
        self._nodes["evidence"].extend(self._from_cells("evidence", claims))

    def _refer(self) -> None:
        """Ids in place of names; what is neither is left for those who check the whole."""
        for table, layout in TABLES.items():
            columns = [column for column in columns_of(layout.kind) if column.refers]
            for node in list(self._nodes[table]):
                for column in columns:
                    if column.field in node.tree:
                        where = node.parts[column.field].position
                        node.tree[column.field] = self._ids(column.refers, node.tree[column.field], where)
        for node in self._nodes["touchpoints"]:
            held, places = node.tree.get("emotions"), node.parts.get("emotions")
            if isinstance(held, dict) and places is not None and isinstance(places.parts, dict):
                ids = {key: self._id("persona", key, places.position) for key in held}
                node.tree["emotions"] = {ids[key]: value for key, value in held.items()}
                node.parts["emotions"] = Place(places.position, {ids[key]: place for key, place in places.parts.items()})

    def _ids(self, word: str, value: Tree, where: Position) -> Tree:
        if isinstance(value, list):
            return [self._ids(word, item, where) for item in value]
        return self._id(word, value, where) if isinstance(value, str) else value

    def _id(self, word: str, said: str, where: Position) -> str:
        found = self._known[word].find(said)
        if found is None and word in self._made and said.strip():
            found = Node(TABLES[_TABLE_OF[word]], where)
            found.put("name", said, where)
            self._nodes[_TABLE_OF[word]].append(found)
            self._known[word].add(found)
        return found.id if found else said

    def _know(self, word: str, nodes: Sequence[Node]) -> _Names:
        self._known[word] = _Names(word, nodes)
        return self._known[word]

    def _missing(self, word: str, said: str, where: Position) -> None:
        there = Register({word: [node.id for node in self._nodes[_TABLE_OF[word]]]})
        self._report.add("", there.nothing(word, said), where)


class _Names:
    """What there is of one class, by id and by name; those that have no id of their own are given one that is free."""

    def __init__(self, word: str, nodes: Sequence[Node]) -> None:
        self._word = word
        self._reserved = {START, END} if word == "touchpoint" else set()
        self._taken = {str(node.tree["id"]) for node in nodes if "id" in node.tree} | self._reserved
        self._numbers: dict[str, int] = {}
        self._by_id: dict[str, Node] = {}
        self._by_name: dict[str, Node] = {}
        for node in nodes:
            self.add(node)

    def add(self, node: Node) -> None:
        """One more of them."""
        if "id" not in node.tree and node.name:
            wanted = free = slug(node.name, fallback=self._word)
            while free in self._taken:
                self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
                free = f"{wanted}-{self._numbers[wanted]}"
            self._taken.add(free)
            node.put("id", free, node.where)
        self._by_id.setdefault(node.id, node)
        if node.name.strip():
            self._by_name.setdefault(node.name.strip().casefold(), node)

    def find(self, said: str) -> Node | None:
        """What has that id, or else that name."""
        named = None if said in self._reserved else self._by_name.get(said.strip().casefold())
        return self._by_id.get(said) or named
