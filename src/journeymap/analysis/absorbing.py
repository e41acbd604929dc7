"""A chain that ends, solved: how often each step is visited, where customers end up, and what a visit is worth.

Everything that needs the fundamental matrix N = (I - Q)^-1 of an absorbing chain (Kemeny & Snell 1960) comes from here, and
nothing inverts a whole map: the chain is taken apart into steps that loop among themselves and those that do not. Those that do
not are solved one after the other, exactly and in any number; a loop is inverted by itself. So a map of 100,000 steps is as
easy as its largest loop, and a set of steps that nothing leaves (a trap) is found before it could make a matrix singular.

Shares may come in several draws at once, which are then solved side by side: the last axis of every array.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from journeymap.analysis.chain import Chain, parts
from journeymap.errors import AnalysisError

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
LARGEST_LOOP = 1_500
"""So many steps may loop among themselves."""


class Absorbing:
    """The steps of a chain (``rows``), with the states that are left no more (``ends``: every target that is no step).

    ``shares`` are those of `edges`, in that order, one column a draw; without it those of the rows.
    """

    def __init__(self, rows: Mapping[str, Mapping[str, float]], *, ends: Sequence[str], shares: Floats | None = None) -> None:
        self.steps = tuple(rows)
        self.ends = tuple(ends)
        self.place = {name: place for place, name in enumerate((*self.steps, *self.ends))}
        self.edges = [(step, target) for step, row in rows.items() for target in row]
        if shares is None:
            shares = np.fromiter((share for row in rows.values() for share in row.values()), np.float64, len(self.edges)).reshape(-1, 1)
        self.shares = shares
        self.draws = shares.shape[1]
        self._targets = np.fromiter((self.place[target] for _, target in self.edges), np.intp, len(self.edges))
        self._bounds: list[int] = np.cumsum([0, *(len(row) for row in rows.values())]).tolist()
        self._only = self._single_ways()
        """By step, where all go from there for good; -1 where customers can go several ways, or come back."""
        self._within = np.zeros(len(self.place), dtype=np.intp)
        """By step, its place in its loop."""
        self._order: list[int] = []
        """The steps, every one after those that lead to it; of those that loop among themselves only the first."""
        self._members: dict[int, NDArray[np.intp]] = {}
        """By the first step of a loop or a trap, all its steps."""
        self._inside: dict[int, NDArray[np.intp]] = {}
        """By the first step of a loop, the edges within it; and those that leave it."""
        self._away: dict[int, NDArray[np.intp]] = {}
        self._loops: dict[int, Floats] = {}
        """By that step, I - Q within the loop: one matrix a draw."""
        self._inverses: dict[int, Floats] = {}
        """By that step, N within the loop."""
        self.trapped = np.zeros(len(self.steps), dtype=bool)
        """Which steps can never be left for good."""
        self._take_apart(rows)
        self.invert_loops()

    def backward(self, gain: Floats, at_ends: Floats, *, removed: Flags | None = None) -> Floats:
        """What a customer at each step will collect: ``gain`` at every visit, and ``at_ends`` where they end up; 0 in a trap.

        ``gain`` has the shape (steps, questions, draws), ``at_ends`` (ends, questions, draws), the answer (steps, questions, draws).
        Whoever comes to a step that is ``removed``, of shape (steps, questions), is lost.
        """
        worth = np.concatenate([np.broadcast_to(gain, (len(self.steps), *at_ends.shape[1:])), at_ends]).astype(np.float64)
        for first in reversed(self._order):
            only = self._only[first]
            if only >= 0:
                worth[first] += self.shares[self._bounds[first]] * worth[only]
            elif first in self._inverses:
                block, away = self._members[first], self._away[first]
                np.add.at(worth, self.sources[away], self.shares[away][:, np.newaxis, :] * worth[self._targets[away]])
                cut = None if removed is None or not removed[block].any() else removed[block]
                worth[block] = self._around(first, worth[block], cut)
            elif first in self._members:
                worth[self._members[first]] = 0.0
            else:
                targets, shares = self.row(first)
                worth[first] += (shares[:, np.newaxis, :] * worth[targets]).sum(axis=0)
            if removed is not None:
                taken = self._members.get(first, first)
                worth[taken] = np.where(removed[taken][..., np.newaxis], 0.0, worth[taken])
        return worth[: len(self.steps)]

    def forward(self, starting: Floats) -> Floats:
        """How often each step and end is visited by customers who start as ``starting`` says; infinite in a trap that they get into.

        ``starting`` has the shape (steps and ends, questions, draws), and so has the answer.
        """
        often = np.array(np.broadcast_to(starting, (*starting.shape[:2], self.draws)), dtype=np.float64)
        for first in self._order:
            only = self._only[first]
            if only >= 0:
                often[only] += self.shares[self._bounds[first]] * often[first]
            elif first in self._inverses:
                block, away = self._members[first], self._away[first]
                often[block] = _times(self._inverses[first].transpose(0, 2, 1), often[block])
                np.add.at(often, self._targets[away], self.shares[away][:, np.newaxis, :] * often[self.sources[away]])
            elif first in self._members:
                block = self._members[first]
                often[block] = np.where(often[block].sum(axis=0) > 0, np.inf, 0.0)
            else:
                targets, shares = self.row(first)
                often[targets] += shares[:, np.newaxis, :] * often[first]
        return often

    def returns(self) -> Floats:
        """How often a customer who is at a step will be there, this time included: the diagonal of N, of shape (steps, draws)."""
        found = np.ones((len(self.steps), self.draws))
        found[self.trapped] = np.inf
        for first, inverse in self._inverses.items():
            found[self._members[first]] = np.einsum("dii->id", inverse)
        return found

    def coming_back(self) -> Floats:
        """By edge, how often a customer who goes that way will be at its source again, of shape (edges, draws)."""
        found = np.zeros((len(self.edges), self.draws))
        for first, inverse in self._inverses.items():
            edges = self._inside[first]
            found[edges] = inverse[:, self._within[self._targets[edges]], self._within[self.sources[edges]]].T
        return found

    @property
    def loop_sizes(self) -> list[int]:
        """How many steps each loop has."""
        return [len(self._members[first]) for first in self._inside]

    def with_shares(self, shares: Floats) -> Absorbing:
        """The same chain with other shares, of shape (edges, draws)."""
        found = copy(self)
        found.shares, found.draws = shares, shares.shape[1]
        found.invert_loops()
        return found

    def invert_loops(self) -> None:
        """Solve each loop by itself, with the shares as they are."""
        self._loops = {first: self._loop(first) for first in self._inside}
        self._inverses = {first: self._inverse(first) for first in self._inside}

    @cached_property
    def sources(self) -> NDArray[np.intp]:
        """By edge, the place of the step that it leaves."""
        return np.repeat(np.arange(len(self.steps)), np.diff(self._bounds))

    @property
    def targets(self) -> NDArray[np.intp]:
        """By edge, the place of the step or end that it leads to."""
        return self._targets

    def row(self, step: int) -> tuple[NDArray[np.intp], Floats]:
        """Where one can go from a step, and with which shares."""
        low, high = self._bounds[step], self._bounds[step + 1]
        return self._targets[low:high], self.shares[low:high]

    def _single_ways(self) -> list[int]:
        targets = self._targets.tolist()
        single = (targets[low] if high - low == 1 else -1 for low, high in pairwise(self._bounds))
        return [-1 if target == step else target for step, target in enumerate(single)]

    def _around(self, first: int, worth: Floats, cut: Flags | None) -> Floats:
        """What is collected within a loop, going round, question by question where some of its steps are removed."""
        if cut is None:
            return _times(self._inverses[first], worth)
        found = np.zeros_like(worth)
        for question in range(worth.shape[1]):
            kept = np.flatnonzero(~cut[:, question])
            if len(kept) < len(worth):
                inner = self._loops[first][:, kept[:, np.newaxis], kept]
                found[kept, question] = np.linalg.solve(inner, worth[kept, question].T[:, :, np.newaxis])[:, :, 0].T
            else:
                found[:, question] = np.einsum("dij,jd->id", self._inverses[first], worth[:, question])
        return found

    def _take_apart(self, rows: Mapping[str, Mapping[str, float]]) -> None:
        """The order of the steps, their loops with the edges in and out of each, and the traps."""
        block_of = [-1] * len(self.place)
        looping: dict[int, int] = {}
        for number, part in enumerate(parts(Chain({}, rows))):
            block = sorted(self.place[step] for step in part)
            first = block[0]
            self._order.append(first)
            for place, step in enumerate(block):
                block_of[step] = number
                self._within[step] = place
            if len(block) > 1 or (self._only[first] < 0 and self.steps[first] in rows[self.steps[first]]):
                looping[first] = number
                self._only[first] = -1
                self._members[first] = np.array(block, dtype=np.intp)
        blocks = np.array(block_of, dtype=np.intp)
        leaving = blocks[self.sources]
        away = leaving != blocks[self._targets]
        by_block = np.argsort(leaving, kind="stable")
        numbers = np.fromiter(looping.values(), np.intp, len(looping))
        low, high = (np.searchsorted(leaving, numbers, side=side, sorter=by_block).tolist() for side in ("left", "right"))
        for first, start, stop in zip(looping, low, high, strict=True):
            edges = by_block[start:stop]
            members = self._members[first]
            if not away[edges].any():
                self.trapped[members] = True
                continue
            if len(members) > LARGEST_LOOP:
                told = f"{len(members):,} steps loop among themselves, more than {LARGEST_LOOP:,}"
                raise AnalysisError(f"{told}, which is too many to solve exactly; look at a part of the map")
            self._inside[first], self._away[first] = edges[~away[edges]], edges[away[edges]]

    def _loop(self, first: int) -> Floats:
        """I - Q within a loop. The diagonal is summed from what leaves, so that a loop that is hardly ever left keeps its digits."""
        inside, away = self._inside[first], self._away[first]
        inside = inside[self.sources[inside] != self._targets[inside]]
        rows = self._within[self.sources[inside]]
        size = len(self._members[first])
        leaving = np.zeros((size, self.draws))
        np.add.at(leaving, rows, self.shares[inside])
        np.add.at(leaving, self._within[self.sources[away]], self.shares[away])
        inner = np.zeros((self.draws, size, size))
        inner[:, rows, self._within[self._targets[inside]]] = -self.shares[inside].T
        inner[:, np.arange(size), np.arange(size)] = leaving.T
        return inner

    def _inverse(self, first: int) -> Floats:
        inner = self._loops[first]
        try:
            found = np.linalg.inv(inner)
        except np.linalg.LinAlgError:
            found = np.full_like(inner, np.inf)
        if not np.isfinite(found).all() or found.min() < -1e-6:
            told = f"the loop around {self.steps[first]!r} is left too rarely to compute anything"
            raise AnalysisError(f"{told}; raise the shares that leave it, or cut them")
        return np.asarray(np.maximum(found, 0.0), dtype=np.float64)


def _times(matrices: Floats, worth: Floats) -> Floats:
    """Each draw's matrix times what each question says of its rows."""
    return np.asarray(np.matmul(matrices, worth.transpose(2, 0, 1)).transpose(1, 2, 0))
