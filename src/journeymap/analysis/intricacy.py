"""How complex journeys are (G3): the map as a graph, and what customers did as sequences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import mean_and_sd
from journeymap.analysis.paths import PathData, paths_of
from journeymap.analysis.result import Result, amount, sealed
from journeymap.analysis.shape import structure
from journeymap.errors import NotEnoughData
from journeymap.model import END, START, Journey

if TYPE_CHECKING:
    import networkx as nx


@frozen(kw_only=True)
class PathComplexity:
    """How complex what one customer did is."""

    case: str
    steps: int
    index: float
    """0 (always the same) to 1."""
    changes: int
    """How often the next step is another one."""
    entropy: float
    """Of the steps on the path, in bits."""
    count: int = 1


@frozen(kw_only=True)
class Complexity(Result):
    """How complex it is; the value is the cyclomatic number of a map, or the mean complexity index of paths."""

    analysis: ClassVar[str] = "complexity"
    subject: ClassVar[str] = "How complex it is"
    counted: ClassVar[str] = "paths"
    table: ClassVar[str] = "paths"

    paths: tuple[PathComplexity, ...] = ()
    cyclomatic: int | None = None
    """Ways - steps + separate pieces: how many ways there are beside a plain line."""
    path_count: float | None = None
    """How many different ways lead through the map; infinite where one can go round."""

    def _told(self) -> str:
        if self.cyclomatic is not None:
            ways = "no limit to the ways" if math.isinf(self.path_count or 0) else amount(self.path_count, "ways")
            return f"The map has {self.cyclomatic} choice{'' if self.cyclomatic == 1 else 's'} beyond a plain line, and {ways} through it"
        return f"The paths have a complexity of {amount(self.value)} on average, on a scale from 0 (always the same) to 1"


def complexity(data: Journey | PathData, *, strict: bool = False) -> Complexity:
    """How complex is the journey?

    Of paths: for each the complexity index sqrt(changes / (steps - 1) * h / h_max), with h the entropy of its steps and h_max the
    logarithm of the number of different activities in the data; a path of one step has 0 (Gabadinho, Ritschard, Studer & Müller
    2010). The value is the mean. Of a map: the cyclomatic number, ways - steps + separate pieces (McCabe 1976), and how many ways
    lead from an entry to where nothing follows.

    Unit: index 0 to 1, or choices. No steps at all give None with the reason.

    >>> [round(path.index, 4) for path in complexity([["a", "b", "a", "b"], ["a", "a"]]).paths]
    [1.0, 0.0]
    """
    if isinstance(data, Journey):
        return sealed(_of_map(data), strict=strict, inputs=(tuple(data.graph.edges),))
    paths = paths_of(data, question="complexity")
    widest = math.log2(len(paths.activities)) if paths.activities else 0.0
    rows = []
    for path in paths.paths:
        if path.steps:
            changes = sum(before != after for before, after in pairwise(path.steps))
            n = len(path.steps)
            shares = [count / n for count in Counter(path.steps).values()]
            entropy = max(0.0, -math.fsum(share * math.log2(share) for share in shares))
            index = math.sqrt(changes / (n - 1) * entropy / widest) if n > 1 and widest else 0.0
            rows.append(PathComplexity(case=path.case, steps=n, index=min(1.0, index), changes=changes, entropy=entropy, count=path.count))
    values = [row.index for row in rows for _ in range(row.count)]
    result = Complexity(
        value=mean_and_sd(values)[0] if values else None,
        reason="" if values else "there are no paths with a step",
        unit="index 0 to 1",
        n=len(values),
        missing=paths.n - len(values),
        method="mean complexity index of the paths",
        assumptions=paths.assumptions,
        warnings=small_n(len(values), what="paths") if values else (),
        paths=tuple(rows),
    )
    return sealed(result, strict=strict, inputs=paths.inputs)


def _of_map(journey: Journey) -> Complexity:
    import networkx as nx

    if not journey.touchpoints:
        raise NotEnoughData("complexity", "the map has no touchpoints", "touchpoints")
    web = _among(journey.graph, set(journey.graph) - {START, END})
    pieces = nx.number_weakly_connected_components(web)
    shape = structure(journey, most_cycles=1)
    return Complexity(
        value=web.number_of_edges() - web.number_of_nodes() + pieces,
        unit="choices",
        n=1,
        method="cyclomatic number, ways - steps + separate pieces",
        assumptions=shape.assumptions,
        cyclomatic=web.number_of_edges() - web.number_of_nodes() + pieces,
        path_count=_ways(journey, shape.entries),
    )


def _among(graph: nx.DiGraph[str], steps: Collection[str]) -> nx.DiGraph[str]:
    """The graph of some steps, without what stands on it: asking a view of networkx takes many times as long."""
    import networkx as nx

    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(step for step in graph if step in steps)
    found.add_edges_from((source, target) for source, target in graph.edges if source in steps and target in steps)
    return found


def _ways(journey: Journey, entries: tuple[str, ...]) -> float:
    """How many ways lead from an entry to where nothing follows or where customers may leave; infinite with a way round."""
    import networkx as nx

    reached = set(entries).union(*(nx.descendants(journey.graph, entry) for entry in entries))
    web = _among(journey.graph, reached)
    if not nx.is_directed_acyclic_graph(web):
        return math.inf
    ways = dict.fromkeys(reached, 0.0)
    ways.update(dict.fromkeys(entries, 1.0))
    total = 0.0
    for step in nx.topological_sort(web):
        if step != END:
            following = list(web.successors(step))
            total += ways[step] if not following or following == [END] else float(END in following) * ways[step]
            for target in following:
                ways[target] += ways[step]
    return total
