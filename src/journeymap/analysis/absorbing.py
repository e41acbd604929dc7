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
        self._bounds = np.cumsum([0, *(len(row) for row in rows.values())])
        self._blocks: list[NDArray[np.intp]] = []
        self._looping: list[int] = []
        """The first step of each loop."""
        self._loops: dict[int, Floats] = {}
        """By that step, I - Q within the loop: one matrix a draw."""
        self._inverses: dict[int, Floats] = {}
        """By that step, N within the loop."""
        self.trapped = np.zeros(len(self.steps), dtype=bool)
        """Which steps can never be left for good."""
        self._block_of = np.zeros(len(self.steps) + len(self.ends), dtype=np.intp) - 1
        self._only = [int(self._targets[low]) if high - low == 1 else -1 for low, high in pairwise(self._bounds.tolist())]
        """By step, where all go from there; -1 where customers can go several ways."""
        for number, part in enumerate(parts(Chain({}, rows))):
            self._add(number, np.array([self.place[step] for step in part], dtype=np.intp))
        self.invert_loops()

    def backward(self, gain: Floats, at_ends: Floats, *, removed: Flags | None = None) -> Floats:
        """What a customer at each step will collect: ``gain`` at every visit, and ``at_ends`` where they end up; 0 in a trap.

        ``gain`` has the shape (steps, questions, draws), ``at_ends`` (ends, questions, draws), the answer (steps, questions, draws).
        Whoever comes to a step that is ``removed``, of shape (steps, questions), is lost.
        """
        worth = np.concatenate([np.broadcast_to(gain, (len(self.steps), *at_ends.shape[1:])), at_ends]).astype(np.float64)
        for block in reversed(self._blocks):
            first = int(block[0])
            if self._passed(block):
                worth[first] += self.shares[self._bounds[first]] * worth[self._only[first]]
            elif self.trapped[first]:
                worth[block] = 0.0
            elif first in self._inverses:
                inside = self._block_of[first]
                for step in block:
                    onward, shares = self._leaving(int(step), inside)
                    worth[step] += (shares[:, np.newaxis, :] * worth[onward]).sum(axis=0)
                cut = None if removed is None or not removed[block].any() else removed[block]
                worth[block] = self._around(first, worth[block], cut)
            else:
                low, high = self._bounds[first], self._bounds[first + 1]
                worth[first] += (self.shares[low:high, np.newaxis, :] * worth[self._targets[low:high]]).sum(axis=0)
            if removed is not None:
                worth[block] = np.where(removed[block][:, :, np.newaxis], 0.0, worth[block])
        return worth[: len(self.steps)]

    def forward(self, starting: Floats) -> Floats:
        """How often each step and end is visited by customers who start as ``starting`` says; infinite in a trap that they get into.

        ``starting`` has the shape (steps and ends, questions, draws), and so has the answer.
        """
        often = np.array(np.broadcast_to(starting, (*starting.shape[:2], self.draws)), dtype=np.float64)
        for block in self._blocks:
            first = int(block[0])
            if self._passed(block):
                often[self._only[first]] += self.shares[self._bounds[first]] * often[first]
                continue
            if self.trapped[first]:
                often[block] = np.where(often[block].sum(axis=0) > 0, np.inf, 0.0)
                continue
            if first in self._inverses:
                often[block] = np.einsum("dji,jkd->ikd", self._inverses[first], often[block], optimize=True)
            for step in block:
                onward, shares = self._leaving(int(step), self._block_of[first])
                often[onward] += shares[:, np.newaxis, :] * often[step]
        return often

    def returns(self) -> Floats:
        """How often a customer who is at a step will be there, this time included: the diagonal of N, of shape (steps, draws)."""
        found = np.ones((len(self.steps), self.draws))
        found[self.trapped] = np.inf
        for first, inverse in self._inverses.items():
            block = self._blocks[self._block_of[first]]
            found[block] = np.einsum("dii->id", inverse)
        return found

    def coming_back(self) -> Floats:
        """By edge, how often a customer who goes that way will be at its source again, of shape (edges, draws)."""
        found = np.zeros((len(self.edges), self.draws))
        for first, inverse in self._inverses.items():
            number = self._block_of[first]
            block = self._blocks[number]
            for column, step in enumerate(block):
                low, high = self._bounds[step], self._bounds[step + 1]
                inside = np.flatnonzero(self._block_of[self._targets[low:high]] == number)
                rows = np.searchsorted(block, self._targets[low:high][inside])
                found[low + inside] = inverse[:, rows, column].T
        return found

    @property
    def loop_sizes(self) -> list[int]:
        """How many steps each loop has."""
        return [len(self._blocks[self._block_of[first]]) for first in self._looping]

    def with_shares(self, shares: Floats) -> Absorbing:
        """The same chain with other shares, of shape (edges, draws)."""
        found = copy(self)
        found.shares, found.draws = shares, shares.shape[1]
        found.invert_loops()
        return found

    def invert_loops(self) -> None:
        """Solve each loop by itself, with the shares as they are."""
        self._loops = {first: self._loop(self._blocks[self._block_of[first]], int(self._block_of[first])) for first in self._looping}
        self._inverses = {first: self._inverse(first) for first in self._looping}

    @property
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

    def _passed(self, block: NDArray[np.intp]) -> bool:
        """Whether it is a single step from which all go to one other, as most steps of a map are."""
        return len(block) == 1 and self._only[block[0]] not in {-1, block[0]}

    def _leaving(self, step: int, inside: int) -> tuple[NDArray[np.intp], Floats]:
        targets, shares = self.row(step)
        away = self._block_of[targets] != inside
        return targets[away], shares[away]

    def _around(self, first: int, worth: Floats, cut: Flags | None) -> Floats:
        """What is collected within a loop, going round, question by question where some of its steps are removed."""
        if cut is None:
            return np.asarray(np.einsum("dij,jkd->ikd", self._inverses[first], worth, optimize=True))
        found = np.zeros_like(worth)
        for question in range(worth.shape[1]):
            kept = np.flatnonzero(~cut[:, question])
            if len(kept) < len(worth):
                inner = self._loops[first][:, kept[:, np.newaxis], kept]
                found[kept, question] = np.linalg.solve(inner, worth[kept, question].T[:, :, np.newaxis])[:, :, 0].T
            else:
                found[:, question] = np.einsum("dij,jd->id", self._inverses[first], worth[:, question])
        return found

    def _add(self, number: int, block: NDArray[np.intp]) -> None:
        if self._passed(block):
            self._blocks.append(block)
            self._block_of[block[0]] = number
            return
        block.sort()
        self._blocks.append(block)
        self._block_of[block] = number
        first = int(block[0])
        if len(block) == 1 and first not in self.row(first)[0]:
            return
        if all(not len(self._leaving(int(step), number)[0]) for step in block):
            self.trapped[block] = True
            return
        if len(block) > LARGEST_LOOP:
            told = f"{len(block):,} steps loop among themselves, more than {LARGEST_LOOP:,}"
            raise AnalysisError(f"{told}, which is too many to solve exactly; look at a part of the map")
        self._looping.append(first)

    def _loop(self, block: NDArray[np.intp], number: int) -> Floats:
        """I - Q within a loop. The diagonal is summed from what leaves, so that a loop that is hardly ever left keeps its digits."""
        inner = np.zeros((self.draws, len(block), len(block)))
        for row, step in enumerate(block):
            targets, shares = self.row(int(step))
            other = targets != step
            inside = other & (self._block_of[targets] == number)
            inner[:, row, np.searchsorted(block, targets[inside])] = -shares[inside].T
            inner[:, row, row] = shares[other].sum(axis=0)
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
