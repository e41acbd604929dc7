"""Two groups of customers side by side (F3): which ways and which steps they take differently, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, newcombe
from journeymap.analysis.matrices import TransitionMatrix, transition_matrix
from journeymap.analysis.multiplicity import benjamini_hochberg, share_difference_p
from journeymap.analysis.paths import PathData
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.stepwise import StepMatrix, step_matrix
from journeymap.errors import AnalysisError
from journeymap.model import Journey


@frozen(kw_only=True)
class FlowDifference:
    """How differently two groups go from one step to another."""

    source: str
    target: str
    difference: float | None
    """The share of those who leave the source that go to the target: first group minus second; None where nobody left it."""
    interval: Interval | None
    n_first: int
    """How many of the first group left the source."""
    n_second: int
    p: float | None = None
    """Two-sided, pooled variance; None with fewer than 5 in a group."""
    p_adjusted: float | None = None
    """After Benjamini and Hochberg, over all cells."""


@frozen(kw_only=True)
class StepDifference:
    """How differently two groups are at one step at one place of their path."""

    place: int
    step: str
    difference: float | None
    """First group minus second."""
    interval: Interval | None
    n_first: int
    n_second: int
    p: float | None = None
    p_adjusted: float | None = None


@frozen(kw_only=True)
class TransitionDifference(Result):
    """What two groups do differently from step to step; the value is the largest difference."""

    analysis: ClassVar[str] = "transition_difference"
    subject: ClassVar[str] = "The largest difference of transitions"
    counted: ClassVar[str] = "paths"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "cells"

    cells: tuple[FlowDifference, ...]
    """The largest difference first, whatever its sign."""

    def _told(self) -> str:
        top = self.cells[0]
        return f"The groups differ most from {top.source!r} to {top.target!r}: {_points(top.difference)} of the first group go there"


@frozen(kw_only=True)
class StepMatrixDifference(Result):
    """Where two groups are at different steps; the value is the largest difference."""

    analysis: ClassVar[str] = "step_difference"
    subject: ClassVar[str] = "The largest difference of steps"
    counted: ClassVar[str] = "paths"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "cells"

    cells: tuple[StepDifference, ...]
    """The largest difference first, whatever its sign."""

    def _told(self) -> str:
        top = self.cells[0]
        return f"The groups differ most at place {top.place}: {_points(top.difference)} of the first group are at {top.step!r}"


def transition_difference(
    first: Mapping[str, Mapping[str, int]] | PathData,
    against: Mapping[str, Mapping[str, int]] | PathData,
    *,
    level: float = LEVEL,
    strict: bool = False,
) -> TransitionDifference:
    """What do two groups do differently from one step to the next?

    For each transition of either group the difference of its ``proba_out``, first group minus second, with Newcombe's interval, how
    many left the source in each group, and the two-sided z test with pooled variance, adjusted after Benjamini & Hochberg (1995)
    over all cells. With fewer than 5 in a group there is a difference and no test. Each group is given as `transition_matrix`
    takes it, in counts. Unit: share.

    >>> found = transition_difference([["a", "b"]] * 30 + [["a"]] * 10, against=[["a", "b"]] * 10 + [["a"]] * 30)
    >>> [(cell.source, cell.target, cell.difference) for cell in found.cells[:2]]
    [('a', 'b', 0.5), ('a', 'path_end', -0.5)]
    """
    one, other = transition_matrix(first, level=level), transition_matrix(against, level=level)
    departures = [_departures(each) for each in (one, other)]
    keys = sorted({(flow.source, flow.target) for each in (one, other) for flow in each.flows})
    cells = []
    for source, target in keys:
        sides = [(_count(each, source, target), left.get(source, 0)) for each, left in zip((one, other), departures, strict=True)]
        difference, p = _difference(*sides)
        n_first, n_second = sides[0][1], sides[1][1]
        interval = newcombe(sides[0], sides[1], level=level)
        cells.append(
            FlowDifference(source=source, target=target, difference=difference, interval=interval, n_first=n_first, n_second=n_second, p=p)
        )
    ranked = _ranked(cells)
    top = ranked[0].difference if ranked else None
    result = TransitionDifference(
        value=top,
        reason="" if top is not None else "no step was left in both groups",
        unit="share",
        n=(one.n or 0) + (other.n or 0),
        interval=ranked[0].interval if ranked else None,
        method="first group minus second; pooled z tests, adjusted after Benjamini and Hochberg",
        assumptions=one.assumptions,
        warnings=_cautions(ranked, one, other),
        cells=ranked,
    )
    return sealed(result, strict=strict, inputs=(one.inputs_hash, other.inputs_hash, level))


def step_difference(
    first: PathData, against: PathData, *, steps: int | None = None, anchor: str | None = None, level: float = LEVEL, strict: bool = False
) -> StepMatrixDifference:
    """Where are two groups at different steps of their path?

    For each step and place the difference of the shares of the two step matrices, first group minus second, with Newcombe's interval
    and tests as in `transition_difference`. Unit: share.

    >>> found = step_difference([["a"]] * 10, against=[["a"]] * 5 + [["b"]] * 5)
    >>> [(cell.step, cell.difference) for cell in found.cells]
    [('a', 0.5), ('b', -0.5)]
    """
    if isinstance(first, Journey) or isinstance(against, Journey):
        raise AnalysisError("step_difference: maps have no counts to test; give the paths of two groups")
    one, other = (step_matrix(data, steps=steps, anchor=anchor, level=level) for data in (first, against))
    if steps is None and one.places != other.places:
        longest = max(one.places[-1:] + other.places[-1:], default=1)
        one, other = (step_matrix(data, steps=longest, anchor=anchor, level=level) for data in (first, against))
    counts = [{(cell.place, cell.step): cell.count or 0 for cell in each.cells} for each in (one, other)]
    n_first, n_second = one.n or 0, other.n or 0
    cells = []
    for place, step in sorted(counts[0].keys() | counts[1].keys()):
        sides = (counts[0].get((place, step), 0), n_first), (counts[1].get((place, step), 0), n_second)
        difference, p = _difference(*sides)
        interval = newcombe(*sides, level=level)
        cells.append(
            StepDifference(place=place, step=step, difference=difference, interval=interval, n_first=n_first, n_second=n_second, p=p)
        )
    ranked = _ranked(cells)
    top = ranked[0].difference if ranked else None
    result = StepMatrixDifference(
        value=top,
        reason="" if top is not None else "one of the groups has no paths",
        unit="share",
        n=n_first + n_second,
        interval=ranked[0].interval if ranked else None,
        method="first group minus second; pooled z tests, adjusted after Benjamini and Hochberg",
        assumptions=one.assumptions,
        warnings=_cautions(ranked, one, other),
        cells=ranked,
    )
    return sealed(result, strict=strict, inputs=(one.inputs_hash, other.inputs_hash, level))


Cell = TypeVar("Cell", FlowDifference, StepDifference)


def _ranked(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells with their adjusted p-values; the largest difference first, those without one last, otherwise in order."""
    adjusted = benjamini_hochberg([cell.p for cell in cells])
    done = [evolve(cell, p_adjusted=p) for cell, p in zip(cells, adjusted, strict=True)]
    return tuple(sorted(done, key=lambda cell: (cell.difference is None, -abs(cell.difference or 0.0))))


def _difference(first: tuple[int, int], second: tuple[int, int]) -> tuple[float | None, float | None]:
    if not first[1] or not second[1]:
        return None, None
    return first[0] / first[1] - second[0] / second[1], share_difference_p(first, second)


def _departures(matrix: TransitionMatrix) -> dict[str, int]:
    found: dict[str, int] = {}
    for flow in matrix.flows:
        if flow.count is None:
            raise AnalysisError("transition_difference: shares without counts cannot be tested; give the paths or the counts of two groups")
        found[flow.source] = found.get(flow.source, 0) + flow.count
    return found


def _count(matrix: TransitionMatrix, source: str, target: str) -> int:
    flow = matrix.rows.get(source, {}).get(target)
    return (flow.count or 0) if flow else 0


def _cautions(
    cells: Sequence[FlowDifference | StepDifference], one: TransitionMatrix | StepMatrix, other: TransitionMatrix | StepMatrix
) -> tuple[Caution, ...]:
    tested = sum(cell.p is not None for cell in cells)
    many = (caution("MULTIPLE_TESTS", f"{tested} cells are compared"),) if tested > 1 else ()
    return (*many, *small_n(min(one.n or 0, other.n or 0), what="paths in the smaller group"), caution("NOT_CAUSAL"))


def _points(share: float | None) -> str:
    """A difference of shares: so many points more, or fewer."""
    if share is None:
        return "unknown"
    return f"{percent(abs(share)).replace('%', 'percentage points')} {'fewer' if share < 0 else 'more'}"
