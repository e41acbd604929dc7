"""How alike two journeys are, and in what they differ (I2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from attrs import fields_dict, frozen

from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey, Touchpoint, Transition

if TYPE_CHECKING:
    import networkx as nx

Plain: TypeAlias = Sequence[str] | Iterable[tuple[str, str]] | Iterable[list[str]] | Mapping[str, Iterable[str]]
"""Steps in order; or pairs of steps, one a way from the first to the second; or by step the steps that follow."""

FEW_STEPS = 10
"""Without unique names, the exact comparison of more steps than this can run for hours."""
LONGEST_SEQUENCES = 25_000_000
"""The longest two sequences that are compared in a few seconds: the product of their lengths."""


@frozen(kw_only=True)
class Change:
    """One difference; what is added is in the second only, what is removed in the first only."""

    what: Literal["step", "way"]
    change: Literal["added", "removed", "changed"]
    id: str
    """The id of a touchpoint, or ``source -> target`` of a way."""
    field: str = ""
    """Which field is changed."""
    before: str = ""
    after: str = ""


@frozen(kw_only=True)
class Similarity(Result):
    """How alike two journeys are; the value is 1 for the same and 0 for nothing in common."""

    analysis: ClassVar[str] = "similarity"
    subject: ClassVar[str] = "The similarity of the two journeys"
    counted: ClassVar[str] = "steps in either"
    table: ClassVar[str] = "changes"

    distance: float
    """How many single changes (a step or a way added or removed, each 1) make the second of the first."""
    jaccard: float | None
    """The share of the steps of either that both have; None without any step, or without unique names."""
    longest_common: int | None
    """For sequences, how many steps both have in the same order; None for graphs."""
    exact: bool
    """False where the comparison was stopped by ``timeout``: the distance may then be smaller, and the value larger."""
    changes: tuple[Change, ...]
    """Steps, then ways, in order of their ids; empty for sequences and without unique names."""

    @property
    def added(self) -> tuple[str, ...]:
        """The ids of the steps that only the second has."""
        return self._steps("added")

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of the steps that only the first has."""
        return self._steps("removed")

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of the steps that both have, and that say something else."""
        return self._steps("changed")

    def _steps(self, change: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.id for row in self.changes if row.what == "step" and row.change == change))

    def _told(self) -> str:
        told = f"The two journeys are {percent(self.value)} alike, {amount(self.distance, 'changes')} apart"
        return told if self.exact else f"{told} at most"


def similarity(
    data: Journey | Plain,
    other: Journey | Plain,
    *,
    labelled: bool = True,
    directed: bool = True,
    timeout: float | None = None,
    strict: bool = False,
) -> Similarity:
    """How alike are two journeys, and what differs?

    With unique names the graph edit distance is exact and quick: steps plus ways that only one side has, 1 each. What both
    have and what differs in it is listed, second against first; a changed field does not count in the distance. Similarity is
    1 - distance / (steps and ways of both). Plain data in pairs, ``[("ad", "site"), ("site", "buy")]``, or a mapping of step to
    what follows, are graphs.

    Steps in order, ``["ad", "site", "buy"]``, are compared as sequences: the distance is Levenshtein's (insert, delete or
    replace a step, 1 each), similarity 1 - distance / the longer length. Two empty sides are the same, 1.

    ``labelled=False`` compares the shape alone, whatever the steps are called (graph edit distance, where steps may be mapped to
    any others). That is exact up to 10 steps; beyond, it needs ``timeout`` in seconds and gives the best found until then.

    Sources: Levenshtein (1966); Sanfeliu & Fu (1983); Abu-Aisheh et al. (2015).

    >>> similarity([("ad", "site"), ("site", "buy")], [("ad", "site"), ("site", "chat"), ("chat", "buy")]).distance
    4.0
    """
    changed: tuple[Change, ...] = ()
    if isinstance(data, Journey) and isinstance(other, Journey):
        first, second = _graph_of(data), _graph_of(other)
        changed = _changed(data, other)
    elif isinstance(data, Journey) or isinstance(other, Journey):
        raise AnalysisError("one side is a journey and the other plain data; give two of a kind")
    else:
        one, two = _plain(data), _plain(other)
        if isinstance(one, tuple) and isinstance(two, tuple):
            return sealed(_sequences(one, two), strict=strict, inputs=(one, two))
        first, second = _as_graph(one), _as_graph(two)
    if not directed:
        first, second = first.undirected(), second.undirected()
    result = _labelled(first, second, changed) if labelled else _shapes(first, second, directed, timeout)
    return sealed(result, strict=strict, inputs=(first, second, changed, labelled, directed))


@frozen
class _Graph:
    steps: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]

    def undirected(self) -> _Graph:
        return _Graph(self.steps, tuple(dict.fromkeys((min(way), max(way)) for way in self.ways)))

    @property
    def size(self) -> int:
        return len(self.steps) + len(self.ways)


def _graph_of(journey: Journey) -> _Graph:
    """With ``start`` and ``end`` only in ways: they are no steps."""
    return _Graph(tuple(touchpoint.id for touchpoint in journey.touchpoints), tuple(journey.graph.edges))


def _plain(data: object) -> _Graph | tuple[str, ...]:
    if isinstance(data, Mapping):
        for source, targets in data.items():
            if isinstance(targets, str | bytes) or not isinstance(targets, Iterable):
                raise AnalysisError(f"{shown(targets)} are no steps; give a list of what follows {shown(source)}")
        ways = tuple((str(source), str(target)) for source, targets in data.items() for target in targets)
        return _Graph(tuple(dict.fromkeys([*map(str, data), *(step for way in ways for step in way)])), tuple(dict.fromkeys(ways)))
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f'{shown(data)} is no journey; give steps in order, ["ad", "site"], or ways as pairs, [("ad", "site")]')
    rows = list(data)
    pairs = [row for row in rows if isinstance(row, tuple | list) and len(row) == 2]
    if rows and len(pairs) == len(rows):
        ways = tuple((str(source), str(target)) for source, target in pairs)
        return _Graph(tuple(dict.fromkeys(step for way in ways for step in way)), tuple(dict.fromkeys(ways)))
    wrong = [row for row in rows if not isinstance(row, str)]
    if wrong:
        raise AnalysisError(f"{shown(wrong[0])} is neither a step nor a way; give texts, or pairs of texts")
    return tuple(rows)


def _as_graph(side: _Graph | tuple[str, ...]) -> _Graph:
    """An empty list is an empty graph where the other side is one."""
    if isinstance(side, _Graph):
        return side
    if side:
        raise AnalysisError("one side is steps in order and the other a graph; give two of a kind")
    return _Graph((), ())


def _sequences(first: tuple[str, ...], second: tuple[str, ...]) -> Similarity:
    longer = max(len(first), len(second))
    if len(first) * len(second) > LONGEST_SEQUENCES:
        told = f"{len(first):,} and {len(second):,} steps are too long to align"
        raise AnalysisError(f"{told}; compare parts of them, or their graphs")
    distance = _levenshtein(first, second)
    either = set(first) | set(second)
    return Similarity(
        value=1 - distance / longer if longer else 1.0,
        unit="share",
        n=len(either),
        method="1 - Levenshtein distance / longer length",
        distance=float(distance),
        jaccard=len(set(first) & set(second)) / len(either) if either else None,
        longest_common=_longest_common(first, second),
        exact=True,
        changes=(),
    )


def _levenshtein(first: Sequence[str], second: Sequence[str]) -> int:
    above = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        row = [i]
        for j, two in enumerate(second, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one != two)))
        above = row
    return above[-1]


def _longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    above = [0] * (len(second) + 1)
    for one in first:
        row = [0]
        for j, two in enumerate(second, start=1):
            row.append(above[j - 1] + 1 if one == two else max(above[j], row[j - 1]))
        above = row
    return above[-1]


def _labelled(first: _Graph, second: _Graph, changed: Sequence[Change]) -> Similarity:
    steps, ways = set(first.steps) ^ set(second.steps), set(first.ways) ^ set(second.ways)
    either = set(first.steps) | set(second.steps)
    size = first.size + second.size
    changes = [*_only("step", first.steps, second.steps), *_only("way", first.ways, second.ways), *changed]
    return Similarity(
        value=1 - (len(steps) + len(ways)) / size if size else 1.0,
        unit="share",
        n=len(either),
        method="graph edit distance with unique names: steps and ways of one side only",
        distance=float(len(steps) + len(ways)),
        jaccard=1 - len(steps) / len(either) if either else None,
        longest_common=None,
        exact=True,
        changes=tuple(sorted(changes, key=lambda row: (row.what, row.id, row.change, row.field))),
    )


def _only(
    what: Literal["step", "way"], first: Collection[str | tuple[str, str]], second: Collection[str | tuple[str, str]]
) -> Iterator[Change]:
    before, after = set(first), set(second)
    for one in before ^ after:
        name = one if isinstance(one, str) else " -> ".join(one)
        yield Change(what=what, change="added" if one in after else "removed", id=name)


def _changed(first: Journey, second: Journey) -> tuple[Change, ...]:
    """The fields of the steps and ways that both have."""
    steps, ways = {t.id: t for t in first.touchpoints}, {(t.source, t.target): t for t in first.transitions}
    found: list[Change] = []
    for touchpoint in second.touchpoints:
        if touchpoint.id in steps:
            found.extend(_fields("step", touchpoint.id, steps[touchpoint.id], touchpoint))
    stages = [{t.id: stage.name for stage in journey.stages for t in stage.touchpoints} for journey in (first, second)]
    found.extend(
        Change(what="step", change="changed", id=step, field="stage", before=stages[0][step], after=stages[1][step])
        for step in stages[0].keys() & stages[1].keys()
        if stages[0][step] != stages[1][step]
    )
    for way in second.transitions:
        if (way.source, way.target) in ways:
            found.extend(_fields("way", f"{way.source} -> {way.target}", ways[way.source, way.target], way))
    return tuple(found)


def _fields(what: Literal["step", "way"], name: str, before: Touchpoint | Transition, after: Touchpoint | Transition) -> Iterator[Change]:
    if before == after:
        return
    for field in fields_dict(type(before)):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Change(what=what, change="changed", id=name, field=field, before=_text(old), after=_text(new))


def _text(value: object) -> str:
    """A value in a few words: its name if it has one."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(_text(item) for item in value)
    for named in ("name", "description", "valence", "source"):
        if hasattr(value, named):
            return _text(getattr(value, named))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _shapes(first: _Graph, second: _Graph, directed: bool, timeout: float | None) -> Similarity:
    import networkx as nx

    most = max(len(first.steps), len(second.steps))
    if most > FEW_STEPS and timeout is None:
        told = f"{most} steps without unique names"
        raise NotEnoughData("similarity", told, f"timeout= in seconds for more than {FEW_STEPS} steps, or labelled=True")
    one, two = (_networkx(side, directed) for side in (first, second))
    distance = nx.graph_edit_distance(one, two, timeout=timeout)
    size = first.size + second.size
    found = float(size if distance is None else distance)
    return Similarity(
        value=1 - found / size if size else 1.0,
        unit="share",
        n=len(first.steps) + len(second.steps),
        method="graph edit distance of the shapes" + (f", the best within {timeout:g} s" if timeout is not None else ""),
        distance=found,
        jaccard=None,
        longest_common=None,
        exact=timeout is None,
        changes=(),
    )


def _networkx(side: _Graph, directed: bool) -> nx.Graph[str]:
    import networkx as nx

    graph: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(side.steps)
    graph.add_edges_from(side.ways)
    return graph
