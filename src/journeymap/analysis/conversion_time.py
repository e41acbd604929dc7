"""How long it takes to reach the goal (D6): a chain in which every step and every way has its time."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from math import fsum
from typing import ClassVar, TypeAlias

import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import Remainder
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.lengths import Length, hours, measured
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Level, Result, lasting, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, START, Journey

Waits: TypeAlias = Mapping[str, Mapping[str, Length]] | Mapping[tuple[str, str], Length]
"""How long it takes from a step to the next: ``{"ad": {"site": 2.0}}``, or ``{("ad", "site"): 2.0}``."""


@frozen(kw_only=True)
class StepTime:
    """The time that is left from a step on."""

    id: str
    name: str
    conversion: float
    """The share of those here who reach the goal."""
    time: float | None
    """How long those take who reach it; None where nobody does."""
    time_of_all: float
    """How long all take, until they reach it or leave; infinite where some never come to an end."""


@frozen(kw_only=True)
class TimeToConvert(Result):
    """The expected time of those who reach the goal."""

    analysis: ClassVar[str] = "time_to_convert"
    subject: ClassVar[str] = "The time until the goal"
    counted: ClassVar[str] = "ways with a known time"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "steps"

    time_of_all: float | None
    """The expected time of all who start, drop-outs included: until the goal or until they leave."""
    conversion: float | None
    """The share of those who start that reach the goal."""
    steps: tuple[StepTime, ...]

    def _told(self) -> str:
        rest = (
            "some of the others never come to an end"
            if self.time_of_all == math.inf
            else (f"all customers together, drop-outs too, take {lasting(self.time_of_all, self.unit)}")
        )
        return f"Those who reach the goal take {lasting(self.value, self.unit)} on average; {rest}"


def time_to_convert(
    data: ChainData,
    *,
    waits: Waits | None = None,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    strict: bool = False,
) -> TimeToConvert:
    """How long does it take until customers reach the goal?

    A semi-Markov chain: t = (I - Q)^-1 m with m_i the mean time of the ways that leave step i. That mixes in those who drop out, so
    the value is the time of those who convert, on the chain conditioned by h, p'_ij = p_ij h_j / h_i, with h the chance of the
    goal; ``time_of_all`` stands beside. Hours for lengths of time (and on a map), else the unit given.

    A map brings its waits, and a way takes the duration of the step that it leaves too; other data come with ``waits`` by way. A way
    without a known time adds nothing, which makes the answer a lower bound; more than 30 % of the ways missing are refused. Where
    nobody can reach the goal the time is undefined; where a trap can be reached, that of all is infinite (TRAP).

    Sources: Kemeny & Snell (1960); Howard (1971) for the semi-Markov chain; Doob's h-transform.

    >>> time_to_convert({"ad": {"buy": 0.5, "end": 0.5}}, waits={"ad": {"buy": 3, "end": 1}}, goal="buy").value
    3.0
    """
    markov = markov_of(data, question="time_to_convert", goal=goal, start=start, remainder=remainder)
    if isinstance(data, Journey):
        if waits is not None:
            raise AnalysisError("waits: a journey brings its own; set Transition.wait and Touchpoint.duration, or give plain data")
        times, unit = _of_map(data), "hours"
    elif waits is None:
        raise NotEnoughData("time_to_convert", "no times", "waits= with the time from each step to the next")
    else:
        times, unit = _of_waits(waits)
    if not markov.goals:
        raise NotEnoughData("time_to_convert", "nobody says which state is the goal", "goal= with its name")
    edges = [(source, target) for source, row in markov.chain.rows.items() for target, share in row.items() if share > 0]
    timed = [edge for edge in edges if times.get(edge) is not None]
    leaving = [edge for edge in edges if edge[1] == END and edge not in times]  # leaving takes no time unless somebody says so
    expected = len(edges) - len(leaving)
    warnings = missing_heavy("time_to_convert", there=len(timed), expected=expected, what="ways between steps")
    steps, overall, of_all, chance, trap = _solved(markov, times)
    notes = [*markov.chain.assumptions, "the next step and its time depend on the present step alone"]
    if len(timed) < expected:
        notes.append(f"{expected - len(timed)} ways without a known time add nothing, so it takes at least this long")
    reason = ""
    if overall is None:
        reason = "nobody says where customers start" if chance is None else "nobody who starts reaches the goal"
    result = TimeToConvert(
        value=overall,
        unit=unit,
        n=len(timed),
        missing=expected - len(timed),
        method="semi-Markov chain, conditioned on reaching the goal",
        assumptions=tuple(notes),
        warnings=(*warnings, *markov.warnings, *trap),
        reason=reason,
        time_of_all=of_all,
        conversion=chance,
        steps=steps,
    )
    return sealed(result, strict=strict, inputs=(markov.inputs, tuple(timed), tuple(times[edge] for edge in timed)))


def _solved(
    markov: Markov, times: Mapping[tuple[str, str], float]
) -> tuple[tuple[StepTime, ...], float | None, float | None, float | None, tuple[Caution, ...]]:
    """The times by step, of those who convert, of all, the share who convert, and what to warn of."""
    solved = markov.solved()
    width, ends = len(solved.steps), len(solved.ends)
    at_ends = np.ones((ends, 2, 1))
    at_ends[:, 0, 0] = [end in markov.goals for end in solved.ends]
    ending = solved.backward(np.zeros((1, 1, 1)), at_ends)[:, :, 0]
    chance = np.concatenate([ending[:, 0], at_ends[:, 0, 0]])
    gain = np.zeros((width, 2, 1))
    for (source, target), share in zip(solved.edges, solved.shares[:, 0], strict=True):
        time = times.get((source, target), 0.0)
        place = solved.place[source]
        gain[place, 0, 0] += share * time
        gain[place, 1, 0] += share * time * chance[solved.place[target]]
    spent = solved.backward(gain, np.zeros((ends, 2, 1)))[:, :, 0]
    endless = ending[:, 1] < 1 - 1e-9
    of_all = np.where(endless, np.inf, spent[:, 0])
    steps = tuple(
        StepTime(
            id=step,
            name=markov.name(step),
            conversion=min(1.0, float(chance[place])),
            time=float(spent[place, 1] / chance[place]) if chance[place] > 0 else None,
            time_of_all=float(of_all[place]),
        )
        for place, step in enumerate(solved.steps)
    )
    trapped = [markov.name(step) for step, caught in zip(solved.steps, solved.trapped.tolist(), strict=True) if caught]
    trap = (caution("TRAP", f"nothing leads on from {', '.join(repr(name) for name in trapped[:3])}"),) if trapped else ()
    starts = {state: share for state, share in markov.chain.starts.items() if share > 0}
    if not starts:
        return steps, None, None, None, trap
    joined = {state: (float(chance[solved.place[state]]), times.get((START, state), 0.0)) for state in starts}
    whole = fsum(share * joined[state][0] for state, share in starts.items())
    after = {
        state: (float(spent[solved.place[state], 1]), float(of_all[solved.place[state]])) for state in starts if solved.place[state] < width
    }
    for_goal = fsum(share * (after.get(state, (0.0, 0.0))[0] + joined[state][0] * joined[state][1]) for state, share in starts.items())
    for_all = fsum(share * (after.get(state, (0.0, 0.0))[1] + joined[state][1]) for state, share in starts.items())
    return steps, for_goal / whole if whole else None, for_all, min(1.0, whole), trap


def _of_map(journey: Journey) -> dict[tuple[str, str], float]:
    """The time of each way that says one: its wait and the duration of the step that it leaves."""
    lasting = {touchpoint.id: touchpoint.duration for touchpoint in journey.touchpoints}
    times = {}
    for source, target, data in journey.graph.edges(data=True):
        known = [length for length in (lasting.get(source), data["item"].wait) if length is not None]
        if known:
            times[source, target] = fsum(hours(length) for length in known)
    for step, duration in lasting.items():
        if duration is not None:
            times.setdefault((step, END), hours(duration))
    return times


def _of_waits(waits: Waits) -> tuple[dict[tuple[str, str], float], str]:
    if not isinstance(waits, Mapping):
        raise AnalysisError(f'waits: {shown(waits)} are no times by way; give {{"ad": {{"site": 2.0}}}}')
    flat: dict[tuple[str, str], Length] = {}
    for key, value in waits.items():
        if isinstance(key, tuple):
            if len(key) != 2 or isinstance(value, Mapping):
                raise AnalysisError(f"waits: {shown(key)} is no way; give a source and a target")
            flat[str(key[0]), str(key[1])] = value
        elif isinstance(value, Mapping):
            flat.update({(str(key), str(target)): time for target, time in value.items()})
        else:
            raise AnalysisError(f"waits: {shown(value)} is no row of times; map each target of {shown(key)} to its time")
    found = measured(flat.values(), what="waits")
    return {way: time for way, time in zip(flat, found.values, strict=True) if time is not None}, found.unit
