"""The door of every question about a chain with a goal: a map, counted transitions, or a table of shares.

A table is a mapping of mappings, ``{"ad": {"site": 0.4}, "site": {"buy": 0.1}}``, rows ``("ad", "site", 0.4)``, or a square matrix,
whose states are named by their place, "1", "2" ... Whole numbers above 1 make it a table of counts. Its rules:

- A state without a row, or one that only leads to itself, is left no more: an end. The others are steps.
- What is missing in a row is drop-off to ``end`` (or an error, ``remainder="error"``).
- ``start`` may be given as a state, as shares of states, or as the row of the state ``start``; otherwise customers start
  where nothing leads to, equally; where there is no such state, nobody says where they start.

On a map the goal is the touchpoint marked ``goal=True``; whoever reaches a goal has converted, and what follows is not counted.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from numbers import Real
from typing import TypeAlias

from attrs import frozen

from journeymap.analysis.absorbing import Absorbing
from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import ROW_TOLERANCE, Chain, Remainder, chain_of, whole_row
from journeymap.analysis.doors import ids, number
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.matrices import PATH_END, PATH_START, TransitionMatrix, transition_matrix
from journeymap.analysis.memory import memory_cautions
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, START, Journey

Table: TypeAlias = Mapping[str, Mapping[str, float]] | Iterable[tuple[str, str, float]] | Sequence[Sequence[float]]
"""Shares, or counts, by source and target."""
ChainData: TypeAlias = "Journey | TransitionMatrix | Table | Markov"
Start: TypeAlias = str | Mapping[str, float]
Counts: TypeAlias = Mapping[str, Mapping[str, int]]


@frozen(kw_only=True)
class Markov:
    """A chain whose customers start somewhere and end up somewhere."""

    chain: Chain
    """Its rows are those of the steps; ends have none."""
    ends: tuple[str, ...]
    """The goals, other states that are left no more, and ``end`` last."""
    goals: tuple[str, ...]
    names: Mapping[str, str]
    """What a state is called, where that is not its id."""
    counts: Counts | None = None
    """How often each way was taken, where everything was counted."""
    n: int | None = None
    """How many customers were counted."""
    warnings: tuple[Caution, ...] = ()

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        rows = tuple((step, tuple(row), tuple(row.values())) for step, row in self.chain.rows.items())
        return tuple(self.chain.starts.items()), rows, self.goals

    def name(self, state: str) -> str:
        """What a state is called."""
        return self.names.get(state, state)

    def solved(self) -> Absorbing:
        """The chain, ready to be asked."""
        return Absorbing(self.chain.rows, ends=self.ends)

    def check_state(self, state: str, *, question: str) -> str:
        """The state itself; AnalysisError if the chain has none of that name."""
        if state in self.chain.rows or state in self.ends:
            return state
        hint = suggestion(str(state), [*self.chain.rows, *self.ends])
        raise AnalysisError(f"{question}: there is no step {shown(state)}{hint}; give the id of one")


@frozen
class _Read:
    """What the data say, whatever they are."""

    rows: Mapping[str, Mapping[str, float]]
    starts: Mapping[str, float]
    assumptions: tuple[str, ...] = ()
    counts: Counts | None = None
    n: int | None = None
    warnings: tuple[Caution, ...] = ()
    states: tuple[str, ...] = ()
    """States that may occur in no row."""


def markov_of(
    data: object,
    *,
    question: str,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    smoothing: float = 0.0,
    goal_needed: bool = True,
) -> Markov:
    """The chain in the data.

    NotEnoughData for a map that marks no goal where one is needed, AnalysisError for what is no chain. ``smoothing`` is added to
    the count of every way from a step to any other or to the end (Laplace); where customers start stays as it was counted.
    """
    if isinstance(data, Markov):
        return data
    smoothing = number(smoothing, what="smoothing", low=0)
    data = _counted(data, question)
    if smoothing and not isinstance(data, TransitionMatrix):
        raise AnalysisError(f"{question}: smoothing needs counts; give a transition_matrix, or leave it at 0")
    names: dict[str, str] = {}
    if isinstance(data, Journey):
        read = _of_map(data, remainder)
        names = {touchpoint.id: touchpoint.name for touchpoint in data.touchpoints}
        goal = [touchpoint.id for touchpoint in data.touchpoints if touchpoint.goal] if goal is None else goal
        if goal_needed and not goal:
            raise NotEnoughData(question, "the map marks no touchpoint as its goal", "goal=True on a touchpoint, or goal= with its id")
    elif isinstance(data, TransitionMatrix):
        read = _of_matrix(data, smoothing)
    else:
        read = _of_table(data, question, remainder)
    goals = ids(goal)
    targets = (target for row in read.rows.values() for target in row)
    known = dict.fromkeys([*read.rows, *targets, *read.starts, *read.states])
    for name in goals:
        if name not in known:
            raise AnalysisError(f"{question}: there is no step {shown(name)}{suggestion(str(name), known)}; give the id of the goal")
    rows = {step: row for step, row in read.rows.items() if step not in goals}
    others = [state for state in known if state not in rows and state not in goals and state not in {START, END}]
    found = Markov(
        chain=Chain(read.starts, rows, read.assumptions),
        ends=(*goals, *others, *((END,) if END in known and END not in goals else ())),
        goals=goals,
        names=names,
        counts=read.counts,
        n=read.n,
        warnings=read.warnings,
    )
    return found if start is None else _started(found, start, question)


def _of_map(journey: Journey, remainder: Remainder) -> _Read:
    chain = chain_of(journey, remainder=remainder)
    counts: dict[str, dict[str, int]] = {}
    for way in journey.transitions:
        if way.count and way.target in (chain.starts if way.source == START else chain.rows.get(way.source, {})):
            counts.setdefault(way.source, {})[way.target] = way.count
    stated = {way.source for way in journey.transitions if way.probability is not None}
    guessed = [step for step, row in chain.rows.items() if len(row) > 1 and (step not in counts or step in stated)]
    if not counts or guessed or (len(chain.starts) > 1 and (START not in counts or START in stated)):
        warnings = hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints])
        return _Read(chain.rows, chain.starts, chain.assumptions, warnings=warnings)
    warnings = memory_cautions({step: sum(row.values()) for step, row in counts.items() if len(row) > 1})
    return _Read(chain.rows, chain.starts, chain.assumptions, counts, sum(counts.get(START, {}).values()) or None, warnings)


def _of_matrix(matrix: TransitionMatrix, smoothing: float) -> _Read:
    called = {PATH_START: START, PATH_END: END}
    shares: dict[str, dict[str, float]] = {}
    counts: dict[str, dict[str, int]] = {}
    for flow in sorted(matrix.flows, key=lambda flow: (flow.source, flow.target)):
        source, target = called.get(flow.source, flow.source), called.get(flow.target, flow.target)
        shares.setdefault(source, {})[target] = flow.proba_out
        if flow.count is not None:
            counts.setdefault(source, {})[target] = flow.count
    if smoothing:
        if not counts:
            raise AnalysisError("smoothing needs counts, and this matrix has shares alone; leave it at 0")
        targets = sorted(({target for row in counts.values() for target in row} | counts.keys()) - {START})
        for source, row in counts.items():
            if source == START:
                continue
            total = sum(row.values()) + smoothing * len(targets)
            shares[source] = {target: (row.get(target, 0) + smoothing) / total for target in targets}
    departures = {step: sum(row.values()) for step, row in counts.items() if len(row) > 1}
    warnings = (*matrix.warnings, *memory_cautions(departures, matrix.memory_p))
    starts = shares.pop(START, None)
    if starts is not None:
        return _Read(shares, starts, matrix.assumptions, counts or None, matrix.n, warnings)
    starts, notes = _unsaid(counts or shares)
    left = {step: sum(counts.get(step, {}).values()) for step in starts}
    n = sum(left.values())
    if n:  # nobody comes to these but from outside, so as many start there as leave
        starts, notes = {step: times / n for step, times in left.items()}, ("whole numbers are taken as counts",)
    return _Read(shares, starts, (*matrix.assumptions, *notes), counts or None, matrix.n or n or None, warnings)


def _of_table(data: object, question: str, remainder: Remainder) -> _Read:
    table: dict[str, dict[str, float]] = {}
    for source, target, share in _entries(data, question):
        row = table.setdefault(source, {})
        if target in row:
            raise AnalysisError(f"{question}: the way from {shown(source)} to {shown(target)} is there twice; add its shares up")
        if type(share) is float and 0 <= share <= 1:  # nearly all of them, and the words below cost more than the check
            row[target] = share
            continue
        what = f"{question}: the share from {shown(source)} to {shown(target)}"
        row[target] = number(share, what=what, low=0, high=1 + ROW_TOLERANCE)
    rows: dict[str, Mapping[str, float]] = {}
    for source, row in table.items():
        if source == END and set(row) != {END}:
            raise AnalysisError(f"{question}: nothing follows {END!r}, which is where customers are who have left; rename that step")
        if not any(row.values()):
            raise AnalysisError(f"{question}: all shares from {source!r} are 0; leave its row out, or say where customers go", "ROW_SUM")
        if set(row) != {source} or row[source] < 1 - ROW_TOLERANCE:
            rows[source] = whole_row(source, row, remainder=remainder)
    starts = rows.pop(START, None)
    if not rows and starts is None:
        raise NotEnoughData(question, "no step leads to another", "shares by source and target")
    if starts is not None:
        return _Read(rows, starts, states=tuple(table))
    entries, notes = _unsaid(rows)
    return _Read(rows, entries, notes, states=tuple(table))


def _unsaid(rows: Mapping[str, Mapping[str, float]]) -> tuple[dict[str, float], tuple[str, ...]]:
    """Where customers start if nobody says so, and what that takes for granted."""
    reached = {target for source, row in rows.items() for target in row if target != source}
    entries = [step for step in rows if step not in reached]
    notes = ("customers start equally at the steps to which nothing leads",) if len(entries) > 1 else ()
    return {step: 1 / len(entries) for step in entries}, notes


def _counted(data: object, question: str) -> object:
    """A table of counts as a `TransitionMatrix`; anything else as it is."""
    if isinstance(data, Journey | TransitionMatrix) or not isinstance(data, Iterable) or isinstance(data, str | bytes):
        return data
    rows = data if isinstance(data, Mapping | Sequence) else list(data)
    if isinstance(rows, Mapping) and not all(isinstance(row, Mapping) for row in rows.values()):
        return rows
    if not isinstance(rows, Mapping) and not all(isinstance(row, tuple | list) and len(row) == 3 for row in rows):
        return rows
    called = {START: PATH_START, END: PATH_END}
    table: dict[str, dict[str, int]] = {}
    above = False
    for source, target, n in _entries(rows, question):
        if type(n) is not int:
            return rows
        row = table.setdefault(called.get(source, source), {})
        if called.get(target, target) in row:
            raise AnalysisError(f"{question}: the way from {shown(source)} to {shown(target)} is there twice; add its counts up")
        row[called.get(target, target)] = n
        above = above or n > 1
    return transition_matrix(table) if above else rows


def _entries(data: object, question: str) -> Iterator[tuple[str, str, object]]:
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"{question}: {shown(data)} is no chain; give shares by source and target, a transition_matrix, or a map")
    if isinstance(data, Mapping):
        for source, row in data.items():
            if not isinstance(row, Mapping):
                raise AnalysisError(f"{question}: {shown(row)} is no row of shares; map each target of {shown(source)} to its share")
            yield from ((str(source), str(target), share) for target, share in row.items())
        return
    rows = list(data)
    if _is_square(rows):
        yield from ((str(i), str(j), float(share)) for i, row in enumerate(rows, start=1) for j, share in enumerate(row, start=1) if share)
        return
    for entry in rows:
        if not isinstance(entry, tuple | list) or len(entry) != 3:
            raise AnalysisError(f"{question}: {shown(entry)} is no row (source, target, share)")
        yield str(entry[0]), str(entry[1]), entry[2]


def _is_square(rows: Sequence[object]) -> bool:
    """Whether these are the rows of a matrix of shares, and not rows of source, target and share."""
    if not rows or isinstance(rows[0], str | Mapping) or not isinstance(rows[0], Iterable) or isinstance(next(iter(rows[0]), ""), str):
        return False
    sizes = [list(row) if isinstance(row, Iterable) else [] for row in rows]
    return all(
        len(row) == len(rows) and all(isinstance(share, Real) and 0 <= float(share) <= 1 for share in row) and sum(row) <= 1 + ROW_TOLERANCE
        for row in sizes
    )


def _started(found: Markov, start: Start, question: str) -> Markov:
    shares = {str(state): share for state, share in start.items()} if isinstance(start, Mapping) else {str(start): 1.0}
    for state, share in shares.items():
        found.check_state(state, question=question)
        number(share, what=f"{question}: start[{state!r}]", low=0, high=1)
    if abs(math.fsum(shares.values()) - 1) > ROW_TOLERANCE:
        raise AnalysisError(f"{question}: the shares of start add up to {math.fsum(shares.values()):.6g}, not to 1", "ROW_SUM")
    kept = {state: share for state, share in shares.items() if share > 0}
    chain = Chain(kept, found.chain.rows, found.chain.assumptions)
    return Markov(chain=chain, ends=found.ends, goals=found.goals, names=found.names, counts=found.counts, n=None, warnings=found.warnings)
