"""Where customers are after so many steps (F3): the step matrix."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.chain import chain_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, wilson
from journeymap.analysis.matrices import PATH_END, PATH_START
from journeymap.analysis.paths import PathData, Paths, paths_of
from journeymap.analysis.result import Level, Result, number_of, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import END, Journey

STEPS = 20
BEFORE = 5


@frozen(kw_only=True)
class StepShare:
    """How many are at one step at one place of their path."""

    place: int
    """1 is the first step; with an anchor, 0 is the anchor and those before it are negative."""
    step: str
    share: float
    count: int | None
    interval: Interval | None


@frozen(kw_only=True)
class StepMatrix(Result):
    """Where customers are at each place; the value is the share whose path has ended by the last one."""

    analysis: ClassVar[str] = "step_matrix"
    subject: ClassVar[str] = "The share whose path has ended"
    counted: ClassVar[str] = "paths"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "cells"

    cells: tuple[StepShare, ...]
    """By place, the largest share first; those with nobody are left out."""
    places: tuple[int, ...]
    steps: tuple[str, ...]
    """The steps that occur, those most taken first, and path_end; with an anchor, path_start too."""
    anchor: str | None = None

    @cached_property
    def shares(self) -> dict[str, tuple[float, ...]]:
        """The matrix: by step, the share at each place. The shares at a place sum to 1."""
        found = {(cell.step, cell.place): cell.share for cell in self.cells}
        return {step: tuple(found.get((step, place), 0.0) for place in self.places) for step in self.steps}

    def _told(self) -> str:
        far = number_of(self.places[-1], "steps")
        last = f"after {far}" if self.anchor is None else f"{far} after {self.anchor!r}"
        first = next(cell for cell in self.cells if cell.place == (1 if self.anchor is None else self.places[-1]))
        where = "begin with" if self.anchor is None else "are then at"
        return f"The path of {percent(self.value)} has ended {last}; most, {percent(first.share)}, {where} {first.step!r}"


def step_matrix(
    data: Journey | PathData,
    *,
    steps: int | None = None,
    anchor: str | None = None,
    before: int = BEFORE,
    level: float = LEVEL,
    strict: bool = False,
) -> StepMatrix:
    """Where are customers after so many steps?

    The share of paths that are at each step at place 1, 2, ... up to ``steps`` (as many as the longest path has, 20 at most, unless
    given); a path that is over stays in path_end. With an ``anchor`` the paths are laid over each other at its first occurrence,
    place 0, with ``before`` places before it; a path that has not begun is in path_start, and paths without the anchor are left out
    and counted as missing. Each share has its Wilson interval. On a map the shares are those of its chain, without an anchor.

    Unit: share. No paths give None with the reason. AnalysisError for an anchor that nobody did.

    >>> step_matrix([["ad", "site"], ["ad"]]).shares
    {'ad': (1.0, 0.0), 'site': (0.0, 0.5), 'path_end': (0.0, 0.5)}
    """
    check_level(level)
    for name, wanted in (("steps", steps), ("before", before)):
        if wanted is not None and (isinstance(wanted, bool) or not isinstance(wanted, int) or wanted < (name == "steps")):
            raise AnalysisError(f"step_matrix: {name}={shown(wanted)}: give a whole number of steps")
    if isinstance(data, Journey):
        if anchor is not None:
            raise NotEnoughData("step_matrix", "a map does not say how single customers got to the anchor", "paths or events for an anchor")
        return sealed(_of_map(data, steps or STEPS), strict=strict, inputs=(data.transitions, steps))
    paths = paths_of(data, question="step_matrix")
    counts, places, left_out = _laid_over(paths, steps, anchor, before)
    n = paths.n - left_out
    shares = {key: count / n for key, count in counts.items() if count}
    longest = max((len(path.steps) for path in paths.paths), default=0)
    method = "share of paths by place"
    if anchor is None and steps is None and longest > STEPS:
        method += f", cut after {STEPS} places (the longest path has {longest:,})"
    found = StepMatrix(
        value=shares.get((places[-1], PATH_END), 0.0) if n and places else None,
        reason="" if n and places else "there are no paths",
        unit="share",
        n=n,
        missing=left_out,
        interval=wilson(counts.get((places[-1], PATH_END), 0), n, level=level) if n and places else None,
        method=method,
        assumptions=paths.assumptions,
        warnings=small_n(n, what="paths") if n else (),
        cells=_cells(shares, counts, n, level),
        places=places,
        steps=_steps(shares),
        anchor=anchor,
    )
    return sealed(found, strict=strict, inputs=(paths.inputs, places, anchor, level))


def _laid_over(paths: Paths, steps: int | None, anchor: str | None, before: int) -> tuple[dict[tuple[int, str], int], tuple[int, ...], int]:
    """How many are at each step at each place, the places, and how many paths have no anchor."""
    known = paths.activities
    if anchor is not None and known and anchor not in known:
        raise AnalysisError(f"step_matrix: nobody ever did {anchor!r}{suggestion(anchor, known)}; give an activity that occurs")
    zeros = [(path, -1 if anchor is None else path.steps.index(anchor)) for path in paths.paths if anchor is None or anchor in path.steps]
    longest = max((len(path.steps) - zero - 1 for path, zero in zeros), default=0)
    last = min(longest, STEPS) if steps is None else steps
    places = tuple(range(1, last + 1)) if anchor is None else tuple(range(-before, last + 1))
    counts: dict[tuple[int, str], int] = {}
    for path, zero in zeros:
        for place in places:
            position = zero + place
            at = PATH_START if position < 0 else path.steps[position] if position < len(path.steps) else PATH_END
            counts[place, at] = counts.get((place, at), 0) + path.count
    return counts, places, paths.n - sum(path.count for path, _ in zeros)


def _of_map(journey: Journey, steps: int) -> StepMatrix:
    if not journey.touchpoints:
        raise NotEnoughData("step_matrix", "the map has no touchpoints", "touchpoints")
    chain = chain_of(journey)
    shares: dict[tuple[int, str], float] = {}
    at: Mapping[str, float] = chain.starts
    ended = 0.0
    for place in range(1, steps + 1):
        ended += at.get(END, 0.0)
        shares.update({(place, step): share for step, share in at.items() if step != END and share > 0})
        if ended > 0:
            shares[place, PATH_END] = ended
        following: dict[str, float] = {}
        for step, share in at.items():
            for target, way in (chain.rows[step] if step != END else {}).items():
                following[target] = following.get(target, 0.0) + share * way
        at = following
    return StepMatrix(
        value=ended,
        unit="share",
        method=f"the map's chain, {steps} steps on",
        assumptions=chain.assumptions,
        warnings=hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints]),
        cells=_cells(shares, None, None, LEVEL),
        places=tuple(range(1, steps + 1)),
        steps=_steps(shares),
    )


def _cells(
    shares: Mapping[tuple[int, str], float], counts: Mapping[tuple[int, str], int] | None, n: int | None, level: float
) -> tuple[StepShare, ...]:
    ordered = sorted(shares.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return tuple(
        StepShare(
            place=place,
            step=step,
            share=share,
            count=None if counts is None else counts[place, step],
            interval=None if counts is None or n is None else wilson(counts[place, step], n, level=level),
        )
        for (place, step), share in ordered
    )


def _steps(shares: Mapping[tuple[int, str], float]) -> tuple[str, ...]:
    total: dict[str, float] = {}
    for (_, step), share in shares.items():
        total[step] = total.get(step, 0.0) + share
    inner = sorted(total.keys() - {PATH_START, PATH_END}, key=lambda step: (-total[step], step))
    return (*((PATH_START,) if PATH_START in total else ()), *inner, PATH_END)
