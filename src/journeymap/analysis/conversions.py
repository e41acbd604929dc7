"""How many convert, and how long it takes (F4): the absorbing Markov chain."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import ClassVar

import numpy as np
from attrs import frozen

from journeymap.analysis.absorbing import Absorbing, Floats
from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import Remainder
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError
from journeymap.model import FrozenMap

WHOLE_UP_TO = 200
"""The fundamental matrix is given for so many steps; a larger one nobody reads."""
MOST_CHANCES = 10_000_000


@frozen(kw_only=True)
class StepOutcome:
    """What becomes of customers who are at one step."""

    id: str
    name: str
    visits: float | None
    """How often a customer is expected here; None where nobody says where customers start."""
    conversion: float | None
    """The chance of reaching the goal from here; None where none is named. One minus it is the risk of losing the customer."""
    steps: float
    """How many steps are expected from here until it is over, this one included, whether it ends well or not."""
    variance: float
    """The variance of that number."""
    steps_if_converted: float | None
    """The same of those who reach the goal; None where nobody does."""
    ends: FrozenMap[float]
    """By end, the chance of ending there."""


@frozen(kw_only=True)
class Conversion(Result):
    """How many reach the goal; the value is the share of those who start."""

    analysis: ClassVar[str] = "conversion"
    subject: ClassVar[str] = "The share that reaches the goal"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "outcomes"

    goals: tuple[str, ...]
    outcomes: tuple[StepOutcome, ...]
    """By step, in the order of the data."""
    ends: FrozenMap[float]
    """By end, the share of those who start that ends there; they miss 1 by those caught in traps."""
    steps: float | None
    """How many steps a customer is expected to take, whether it ends well or not."""
    steps_if_converted: float | None
    """How many steps those take who reach the goal: the fairer measure of how long it takes."""
    trapped: tuple[str, ...]
    """Steps from which nothing leads to any end."""
    order: tuple[str, ...]
    """The steps in the order of the fundamental matrix."""
    fundamental: tuple[tuple[float, ...], ...] | None
    """N = (I - Q)^-1: how often who is at the step of the row will be at that of the column. None beyond 200 steps."""

    @property
    def by_step(self) -> dict[str, StepOutcome]:
        """The outcomes by the id of their step."""
        return {outcome.id: outcome for outcome in self.outcomes}

    def _told(self) -> str:
        told = f"{percent(self.value)} of those who start reach {_either(self.goals)}"
        if self.steps_if_converted is None or self.steps is None:
            return told
        everyone = f"all customers together take {amount(self.steps)} until they get there or leave"
        rest = "some of the others never come to an end" if math.isinf(self.steps) else everyone
        return f"{told}, after {amount(self.steps_if_converted, 'steps')} on average; {rest}"


def conversion(
    data: ChainData,
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    smoothing: float = 0.0,
    strict: bool = False,
) -> Conversion:
    """How many reach the goal, and after how many steps?

    The map, or the table of shares, as an absorbing Markov chain with Q the shares between steps and R those that lead to an end:
    N = (I - Q)^-1 (expected visits), t = N 1 (expected steps), Var = (2 N - I) t - t², B = N R (the chance of each end). The steps
    of those who convert are (N h) / h, with h the chance of the goal. ``goal`` may be several states; on a map it is the
    touchpoint with goal=True. ``start`` is where customers are: a step, shares of steps, or where the data say they start. From
    counts (a `transition_matrix`), ``smoothing`` adds as much to every count (Laplace; 0 by default).

    What is missing in a row is drop-off to ``end`` (or an error, ``remainder="error"``); a state without a row is an end. Steps that
    nothing leaves are a trap: the chance of the goal is the smallest solution that is not negative, and where a trap can be
    reached the expected steps are infinite, with the caution TRAP.

    Unit: share. No start, or no goal named in a table, gives None with the reason. NotEnoughData for a map without a goal. No
    interval: `uncertainty` gives it from counts. Sources: Kemeny & Snell (1960); Grinstead & Snell (1997), chapter 11.

    >>> found = conversion({"ad": {"site": 0.5}, "site": {"ad": 0.5, "buy": 0.25}}, goal="buy", start="ad")
    >>> round(found.value, 4), round(found.steps, 4)
    (0.1667, 2.0)
    """
    markov = markov_of(data, question="conversion", goal=goal, start=start, remainder=remainder, smoothing=smoothing)
    solved = markov.solved()
    outcomes = tuple(_outcomes(markov, solved))
    by_step = {outcome.id: outcome for outcome in outcomes}
    starts = {state: share for state, share in markov.chain.starts.items() if share > 0}
    chances = {state: by_step[state].conversion or 0.0 if state in by_step else float(state in markov.goals) for state in starts}
    value = math.fsum(share * chances[state] for state, share in starts.items()) if starts and markov.goals else None
    lasting = {state: (by_step[state].steps_if_converted or 0.0) if state in by_step else 0.0 for state in starts}
    trapped = tuple(step for step, caught in zip(solved.steps, solved.trapped.tolist(), strict=True) if caught)
    result = Conversion(
        value=None if value is None else min(1.0, value),
        reason="" if value is not None else "nobody says which state is the goal" if starts else "nobody says where customers start",
        unit="share",
        n=markov.n,
        method="absorbing Markov chain, solved exactly" + (f", counts smoothed by {smoothing:g}" if smoothing else ""),
        assumptions=(*markov.chain.assumptions, "the next step depends on the present one alone"),
        warnings=(*markov.warnings, *_trap(markov, trapped)),
        goals=markov.goals,
        outcomes=outcomes,
        ends=FrozenMap({end: _ending(end, starts, by_step) for end in markov.ends} if starts else {}),
        steps=math.fsum(share * by_step[state].steps for state, share in starts.items() if state in by_step) if starts else None,
        steps_if_converted=math.fsum(starts[state] * chances[state] * lasting[state] for state in starts) / value if value else None,
        trapped=trapped,
        order=solved.steps,
        fundamental=_fundamental(solved),
    )
    return sealed(result, strict=strict, inputs=(markov.inputs, smoothing))


def _outcomes(markov: Markov, solved: Absorbing) -> Iterator[StepOutcome]:
    width, ends = len(solved.steps), len(solved.ends)
    if width * ends > MOST_CHANCES:
        raise AnalysisError(f"conversion: {width:,} steps with {ends:,} ends are too many to tell the chance of each; merge ends into one")
    none = np.zeros((1, 1, 1))
    ending = solved.backward(none, np.eye(ends).reshape(ends, ends, 1))[:, :, 0]
    goals = [place for place, end in enumerate(solved.ends) if end in markov.goals]
    chance = np.minimum(ending[:, goals].sum(axis=1), 1.0)
    no_worth = np.zeros((ends, 1, 1))
    steps = solved.backward(np.ones((1, 1, 1)), no_worth)
    later = np.concatenate([steps, chance.reshape(width, 1, 1)], axis=1)
    twice = solved.backward(later, np.zeros((ends, 2, 1)))[:, :, 0]
    endless = _endless(markov, solved)
    mean = steps[:, 0, 0]
    variance = np.maximum(2 * twice[:, 0] - mean - mean**2, 0.0)
    started = np.zeros((width + ends, 1, 1))
    for state, share in markov.chain.starts.items():
        started[solved.place[state], 0, 0] = share
    visits = solved.forward(started)[:, 0, 0]
    for place, step in enumerate(solved.steps):
        reached = float(chance[place])
        yield StepOutcome(
            id=step,
            name=markov.name(step),
            visits=float(visits[place]) if markov.chain.starts else None,
            conversion=reached if markov.goals else None,
            steps=math.inf if endless[place] else float(mean[place]),
            variance=math.inf if endless[place] else float(variance[place]),
            steps_if_converted=float(twice[place, 1]) / reached if reached > 0 else None,
            ends=FrozenMap(dict(zip(solved.ends, ending[place].tolist(), strict=True))),
        )


def _endless(markov: Markov, solved: Absorbing) -> list[bool]:
    """Which steps can lead into a trap, so that it may never be over."""
    if not solved.trapped.any():
        return [False] * len(solved.steps)
    before: dict[str, list[str]] = {}
    for step, row in markov.chain.rows.items():
        for target in row:
            before.setdefault(target, []).append(step)
    open_steps = [step for step, caught in zip(solved.steps, solved.trapped.tolist(), strict=True) if caught]
    found = set(open_steps)
    while open_steps:
        fresh = [step for step in before.get(open_steps.pop(), ()) if step not in found]
        found.update(fresh)
        open_steps.extend(fresh)
    return [step in found for step in solved.steps]


def _fundamental(solved: Absorbing) -> tuple[tuple[float, ...], ...] | None:
    width = len(solved.steps)
    if width > WHOLE_UP_TO:
        return None
    starting: Floats = np.zeros((width + len(solved.ends), width, 1))
    starting[np.arange(width), np.arange(width), 0] = 1.0
    return tuple(tuple(row) for row in solved.forward(starting)[:width, :, 0].T.tolist())


def _ending(end: str, starts: dict[str, float], by_step: dict[str, StepOutcome]) -> float:
    return math.fsum(share * (by_step[state].ends[end] if state in by_step else float(state == end)) for state, share in starts.items())


def _trap(markov: Markov, trapped: tuple[str, ...]) -> tuple[Caution, ...]:
    if not trapped:
        return ()
    named = ", ".join(repr(markov.name(step)) for step in trapped[:3]) + (" ..." if len(trapped) > 3 else "")
    return (caution("TRAP", f"nothing leads on from {named}"),)


def _either(goals: tuple[str, ...]) -> str:
    return " or ".join(repr(goal) for goal in goals)
