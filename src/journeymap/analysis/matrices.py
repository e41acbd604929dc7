"""How often one step leads to another (F3): counts, the shares of those who leave and of those who arrive, and what each path holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from numbers import Integral
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import chain_of, visits
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.memory import memory_p
from journeymap.analysis.paths import PathData, Paths, paths_of
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, START, FrozenMap, Journey

PATH_START, PATH_END = "path_start", "path_end"
"""Where every path comes from, and where it ends: no steps, but rows and columns of the matrix."""
Kind = Literal["count", "proba_out", "proba_in", "share", "per_path"]


@frozen(kw_only=True)
class Flow:
    """From one step to the next."""

    source: str
    target: str
    count: int | None
    """How often it happened; None where a map gives shares only."""
    proba_out: float
    """Of those who leave the source, how many go to the target."""
    proba_out_interval: Interval | None
    proba_in: float | None
    """Of those who arrive at the target, how many come from the source."""
    share: float | None
    """Of all transitions."""
    per_path: float | None
    """How often it happens on one path, on average; None where nobody knows how many paths there are."""


@frozen(kw_only=True)
class TransitionMatrix(Result):
    """What leads to what; the value is how many transitions a path has on average, its beginning and its end included."""

    analysis: ClassVar[str] = "transition_matrix"
    subject: ClassVar[str] = "The number of transitions on a path"
    counted: ClassVar[str] = "paths"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "flows"

    states: tuple[str, ...]
    """path_start, the steps, path_end."""
    flows: tuple[Flow, ...]
    """Those that occur, the most frequent first."""
    n_transitions: int | None
    """How many transitions were counted, beginnings and ends included."""
    starts: FrozenMap[int]
    """How often paths begin at a step."""
    ends: FrozenMap[int]
    """How often paths end at a step."""
    memory_p: float | None = None
    """The p-value of the test whether the step before the present one matters as well; None where it cannot be tested."""

    @cached_property
    def rows(self) -> dict[str, dict[str, Flow]]:
        """The flows by source and target."""
        found: dict[str, dict[str, Flow]] = {state: {} for state in self.states}
        for flow in self.flows:
            found[flow.source][flow.target] = flow
        return found

    def matrix(self, kind: Kind = "count") -> dict[str, dict[str, float | None]]:
        """The whole matrix by source and target, 0 where nothing flows; the row of path_end and the column of path_start are 0."""
        rows = self.rows
        return {
            source: {target: getattr(rows[source][target], kind) if target in rows[source] else 0 for target in self.states}
            for source in self.states
        }

    def _told(self) -> str:
        inner = [flow for flow in self.flows if flow.source != PATH_START and flow.target != PATH_END]
        told = f"A path has {amount(self.value)} transitions on average"
        if not inner:
            return told
        top = inner[0]
        return f"{told}; the most frequent is from {top.source!r} to {top.target!r}, which {percent(top.proba_out)} of those who leave take"


def transition_matrix(
    data: Journey | Mapping[str, Mapping[str, int]] | PathData, *, level: float = LEVEL, strict: bool = False
) -> TransitionMatrix:
    """What leads to what, and how often?

    Of paths or events: each step with the one right after it, path_start before the first and path_end after the last. ``count``;
    ``proba_out`` is count / sum of the row, with its Wilson interval; ``proba_in`` count / sum of the column; ``share`` count / all;
    ``per_path`` count / number of paths. The row of path_end is all zero: nothing follows. Also from counts by source and target
    or rows of both with their count ("path_start" and "path_end" are names as others), and from a map: the counts on its
    transitions, or else its shares, in which case ``per_path`` is how often a customer is expected to take a transition and there
    are no counts.

    Unit: transitions a path. No paths give None with the reason. Sorted by count, then by source and target.

    >>> found = transition_matrix([["ad", "site", "site"], ["site"]])
    >>> found.rows["site"]["path_end"].count, found.rows["site"]["site"].proba_out
    (2, 0.3333333333333333)
    """
    check_level(level)
    if isinstance(data, Journey):
        return sealed(_of_map(data, level), strict=strict, inputs=(data.transitions, level))
    table = _table(data)
    if table is not None:
        return sealed(_counted(table, level), strict=strict, inputs=(tuple(table.items()), level))
    paths = paths_of(data, question="transition_matrix")
    found = _counted(_count(paths), level, memory=memory_p(paths), assumptions=paths.assumptions, n=paths.n)
    return sealed(found, strict=strict, inputs=(paths.inputs, level))


def _count(paths: Paths) -> dict[tuple[str, str], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for path in paths.paths:
        for pair in pairwise((PATH_START, *path.steps, PATH_END)):
            counts[pair] += path.count
    reserved = {PATH_START, PATH_END} & set(paths.activities)
    if reserved:
        raise AnalysisError(f"transition_matrix: an activity is called {min(reserved)!r}, which is the name of a row; rename it")
    return dict(counts)


def _table(data: object) -> dict[tuple[str, str], int] | None:
    """The counts by source and target, where the data are counts; None where they are something else."""
    if isinstance(data, list | tuple) and all(isinstance(row, tuple | list) and len(row) == 3 and type(row[2]) is int for row in data):
        rows: dict[str, dict[str, int]] = {}
        for source, target, n in data:
            rows.setdefault(source, {})[target] = rows.get(source, {}).get(target, 0) + n
        data = rows
    if not isinstance(data, Mapping) or not data or not all(isinstance(row, Mapping) for row in data.values()):
        return None
    found = {}
    for source, row in data.items():
        for target, n in row.items():
            if isinstance(n, bool) or not isinstance(n, Integral) or int(n) < 0:
                raise AnalysisError(
                    f"transition_matrix: {shown(n)} from {shown(source)} to {shown(target)} is no count; give whole numbers"
                )
            if source == PATH_END or target == PATH_START:
                raise AnalysisError(
                    "transition_matrix: nothing follows 'path_end' and nothing leads to 'path_start'; leave such counts out"
                )
            found[str(source), str(target)] = int(n)
        if row and not any(row.values()):
            raise AnalysisError(f"transition_matrix: all counts from {shown(source)} are 0; leave its row out, and it is an end")
    return found


def _counted(
    counts: Mapping[tuple[str, str], int],
    level: float,
    *,
    memory: float | None = None,
    assumptions: tuple[str, ...] = (),
    warnings: tuple[Caution, ...] = (),
    n: int | None = None,
    order: tuple[str, ...] = (),
) -> TransitionMatrix:
    """The matrix of counts; ``n`` is how many paths they come from, or else how many begin."""
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for (source, target), count in counts.items():
        out[source] += count
        into[target] += count
    total = sum(out.values())
    paths = n if n is not None else out.get(PATH_START)
    flows = [
        Flow(
            source=source,
            target=target,
            count=count,
            proba_out=count / out[source],
            proba_out_interval=wilson(count, out[source], level=level),
            proba_in=count / into[target],
            share=count / total,
            per_path=count / paths if paths else None,
        )
        for (source, target), count in counts.items()
        if count
    ]
    flows.sort(key=lambda flow: (-(flow.count or 0), flow.source, flow.target))
    steps = order or tuple(sorted((out.keys() | into.keys()) - {PATH_START, PATH_END}))
    return TransitionMatrix(
        value=total / paths if paths else None,
        reason="" if paths else "there are no paths" if n == 0 else "nobody says how many paths begin",
        unit="transitions a path",
        n=paths,
        method="each step with the one right after it, path_start and path_end included",
        assumptions=assumptions,
        warnings=(*warnings, *(small_n(paths, what="paths") if paths else ())),
        states=(PATH_START, *steps, PATH_END),
        flows=tuple(flows),
        n_transitions=total,
        starts=FrozenMap({flow.target: flow.count or 0 for flow in flows if flow.source == PATH_START}),
        ends=FrozenMap({flow.source: flow.count or 0 for flow in flows if flow.target == PATH_END}),
        memory_p=memory,
    )


def _of_map(journey: Journey, level: float) -> TransitionMatrix:
    stamped = hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints])
    order = tuple(touchpoint.id for touchpoint in journey.touchpoints)
    if not order:
        raise NotEnoughData("transition_matrix", "the map has no touchpoints", "touchpoints with transitions")
    reserved = {PATH_START, PATH_END} & set(order)
    if reserved:
        raise AnalysisError(f"transition_matrix: a touchpoint has the id {min(reserved)!r}, which is the name of a row; rename it")
    names = {START: PATH_START, END: PATH_END}
    counts = {
        (names.get(way.source, way.source), names.get(way.target, way.target)): way.count
        for way in journey.transitions
        if way.count is not None
    }
    if any(counts.values()):
        return _counted(counts, level, warnings=stamped, order=order, assumptions=("transitions without a count are left out",))
    chain = chain_of(journey)
    expected = visits(chain)
    into: dict[str, float] = {}
    ways = [(PATH_START, names.get(step, step), share, share) for step, share in chain.starts.items()]
    ways += [(step, names.get(to, to), share, expected[step] * share) for step, row in chain.rows.items() for to, share in row.items()]
    for _, target, _, often in ways:
        into[target] = into.get(target, 0.0) + often
    total = sum(into.values())
    endless = total == float("inf")
    flows = [
        Flow(
            source=source,
            target=target,
            count=None,
            proba_out=share,
            proba_out_interval=None,
            proba_in=None if endless or not into[target] else often / into[target],
            share=None if endless else often / total,
            per_path=None if endless else often,
        )
        for source, target, share, often in ways
    ]
    flows.sort(key=lambda flow: (-(flow.per_path or 0.0), flow.source, flow.target))
    return TransitionMatrix(
        value=total,
        unit="transitions a path",
        method="expected transitions of the map's chain, path_start and path_end included",
        assumptions=chain.assumptions,
        warnings=(*stamped, *((caution("TRAP"),) if endless else ())),
        states=(PATH_START, *order, PATH_END),
        flows=tuple(flows),
        n_transitions=None,
        starts=FrozenMap(),
        ends=FrozenMap(),
    )
