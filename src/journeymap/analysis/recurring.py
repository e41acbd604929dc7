"""Journeys that never end (F7): where customers are in the long run, and how long until they are back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from attrs import frozen

from journeymap.analysis.absorbing import Floats
from journeymap.analysis.chain import Chain, parts
from journeymap.analysis.markov import ChainData, markov_of
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, FrozenMap

MOST_STATES = 1_500


@frozen(kw_only=True)
class Stay:
    """One state in the long run."""

    id: str
    group: int
    """Which closed group of states it belongs to, counted from 1; 0 for one that is left for good some day."""
    share: float
    """Of all visits in its group, in the long run; 0 where it is left for good."""
    returns_after: float
    """How many steps until a customer is back, on average: 1 / share; infinite where they do not come back for certain."""
    first_passage: FrozenMap[float]
    """By state of the same group, how many steps until a customer first gets there; empty where it is left for good."""


@frozen(kw_only=True)
class Group:
    """States among which customers go round for ever."""

    number: int
    states: tuple[str, ...]
    entropy_rate: float
    """How unforeseeable the next step is in the long run, in bits a step."""
    period: int
    """1 where the shares settle; more where customers come by in a fixed rhythm, and only the mean over time settles."""


@frozen(kw_only=True)
class Lifecycle(Result):
    """Where customers are in the long run; the value is the entropy rate of the only closed group, in bits a step."""

    analysis: ClassVar[str] = "lifecycle"
    subject: ClassVar[str] = "How unforeseeable the next step is"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "stays"

    stays: tuple[Stay, ...]
    groups: tuple[Group, ...]

    @property
    def shares(self) -> dict[str, float]:
        """The share of each state in the long run."""
        return {stay.id: stay.share for stay in self.stays}

    def _told(self) -> str:
        top = max(self.stays, key=lambda stay: stay.share)
        return (
            f"In the long run customers are most often at {top.id!r} ({percent(top.share)} of the time) and are back there after "
            f"{amount(top.returns_after, 'steps')}; the next step holds {amount(self.value)} bits of surprise"
        )


def lifecycle(data: ChainData, *, strict: bool = False) -> Lifecycle:
    """Where are customers in the long run, if the journey goes on for ever?

    For each group of states that is never left: the stationary shares pi = pi P, the mean recurrence 1 / pi, the mean first
    passages m[i, j] = (z[j, j] - z[i, j]) / pi[j] with Z = (I - P + 1 pi)^-1, the entropy rate -sum(pi[i] p[i, j] log2 p[i, j]), and
    the period. States that are left for good have the share 0. With several closed groups each has its own shares, and the value
    is None with the reason; with a period above 1 the shares are those over time, to which single moments do not settle.

    Unit: bits a step. NotEnoughData where customers leave: `conversion` answers for journeys that end. Source: Kemeny & Snell
    (1960); Grinstead & Snell (1997), chapter 11.

    >>> found = lifecycle({"active": {"active": 0.9, "asleep": 0.1}, "asleep": {"active": 0.5, "asleep": 0.5}})
    >>> round(found.shares["active"], 4)
    0.8333
    """
    markov = markov_of(data, question="lifecycle", goal=(), goal_needed=False)
    rows = dict(markov.chain.rows)
    rows.update({state: {state: 1.0} for state in markov.ends if state != END})
    if any(END in row for row in rows.values()):
        raise NotEnoughData("lifecycle", "customers leave, so in the long run nobody is there", "a journey that goes round")
    if len(rows) > MOST_STATES:
        raise AnalysisError(f"lifecycle: {len(rows):,} states are more than {MOST_STATES:,}; look at a part of the journey")
    closed = [part for part in parts(Chain({}, rows)) if all(target in part for state in part for target in rows[state])]
    place = {state: index for index, state in enumerate(rows)}
    closed.sort(key=lambda part: place[part[0]])
    stays: dict[str, Stay] = {}
    groups = []
    for number, part in enumerate(closed, start=1):
        shares, passages = _long_run(part, rows)
        for index, state in enumerate(part):
            passage = FrozenMap(dict(zip(part, passages[index].tolist(), strict=True)))
            stays[state] = Stay(id=state, group=number, share=shares[index], returns_after=1 / shares[index], first_passage=passage)
        groups.append(Group(number=number, states=part, entropy_rate=_entropy_rate(part, shares, rows), period=_period(part, rows)))
    only = groups[0] if len(groups) == 1 else None
    for state in rows.keys() - stays.keys():
        stays[state] = Stay(id=state, group=0, share=0.0, returns_after=math.inf, first_passage=FrozenMap())
    result = Lifecycle(
        value=None if only is None else only.entropy_rate,
        reason="" if only else f"there are {len(groups)} closed groups, and where customers get to depends on where they start",
        unit="bits a step",
        n=markov.n,
        method="stationary shares of each closed group of states",
        assumptions=(*markov.chain.assumptions, "the next step depends on the present one alone, and the shares stay as they are"),
        warnings=markov.warnings,
        stays=tuple(stays[state] for state in rows),
        groups=tuple(groups),
    )
    return sealed(result, strict=strict, inputs=markov.inputs)


def _long_run(part: Sequence[str], rows: Mapping[str, Mapping[str, float]]) -> tuple[list[float], Floats]:
    """The stationary shares of a closed group, and its mean first passages (on the diagonal, recurrence)."""
    place = {state: index for index, state in enumerate(part)}
    shares = np.zeros((len(part), len(part)))
    for state, index in place.items():
        for target, share in rows[state].items():
            shares[index, place[target]] = share
    staying = _stationary(shares)
    key = np.linalg.inv(np.eye(len(part)) - shares + staying[np.newaxis, :])
    passages = (np.diag(key)[np.newaxis, :] - key) / staying[np.newaxis, :]
    np.fill_diagonal(passages, 1 / staying)
    return staying.tolist(), passages


def _stationary(shares: Floats) -> Floats:
    """The solution of pi = pi P, by elimination without subtraction (Grassmann, Taksar & Heyman 1985): small shares keep their digits."""
    left = shares.copy()
    size = len(left)
    for last in range(size - 1, 0, -1):
        out = left[last, :last].sum()
        left[:last, last] /= out
        left[:last, :last] += np.outer(left[:last, last], left[last, :last])
    found = np.ones(size)
    for state in range(1, size):
        found[state] = found[:state] @ left[:state, state]
    return np.asarray(found / found.sum(), dtype=np.float64)


def _entropy_rate(part: Sequence[str], shares: Sequence[float], rows: Mapping[str, Mapping[str, float]]) -> float:
    bits = (staying * p * math.log2(p) for state, staying in zip(part, shares, strict=True) for p in rows[state].values() if p > 0)
    return max(0.0, -math.fsum(bits))


def _period(part: Sequence[str], rows: Mapping[str, Mapping[str, float]]) -> int:
    """The greatest common divisor of the lengths of all ways back."""
    level = {part[0]: 0}
    open_states, period = [part[0]], 0
    while open_states:
        state = open_states.pop()
        for target in rows[state]:
            if target in level:
                period = math.gcd(period, level[state] + 1 - level[target])
            else:
                level[target] = level[state] + 1
                open_states.append(target)
    return period
