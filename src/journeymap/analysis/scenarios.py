"""What if something were changed (L1): the conversion and the waiting of a changed journey, against the one there is."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from journeymap.analysis.absorbing import Absorbing, Floats
from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import ROW_TOLERANCE, Chain, Remainder
from journeymap.analysis.doors import number
from journeymap.analysis.guards import MISSING_REFUSED, MISSING_WARNED
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.result import Level, Result, lasting, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, Journey, Span

PROPORTIONALLY = "proportionally"
"""The others that leave the same step give (or take) in proportion to their shares."""
_NOTHING = 1e-12
"""A share below this is what rounding leaves of none."""
Waits = Mapping[tuple[str, str], timedelta]


@frozen
class Change:
    """A change on the way from one step to another: of its share, of its wait, or of both.

    >>> Change("basket", "pay", by=0.05, takes_from="end").by
    0.05
    """

    source: str
    target: str
    by: float | None = field(default=None, kw_only=True)
    """How much is added to the share of those who go this way."""
    to: float | None = field(default=None, kw_only=True)
    """What the share becomes."""
    takes_from: str | None = field(default=None, kw_only=True)
    """Where the share comes from (or goes to): another target of the same step, or "proportionally" all of them."""
    wait: timedelta | None = field(default=None, kw_only=True)
    """How long the wait on this way becomes."""

    def __attrs_post_init__(self) -> None:
        where = f"the change from {self.source!r} to {self.target!r}"
        if self.by is not None and self.to is not None:
            raise AnalysisError(f"{where} has both by= and to=; give one")
        share = self.by if self.by is not None else self.to
        if share is None and self.wait is None:
            raise AnalysisError(f"{where} changes nothing; give by=, to= or wait=")
        if share is not None:
            number(share, what=where, low=-1, high=1)
            if self.takes_from is None:
                raise AnalysisError(f"{where} does not say where its share comes from; give takes_from= a target, or 'proportionally'")
        if self.wait is not None and self.wait < timedelta(0):
            raise AnalysisError(f"{where} has a wait below 0; give a length of time")


@frozen(kw_only=True)
class ChangeEffect:
    """What one of the changes does by itself."""

    source: str
    target: str
    takes_from: str
    """Empty where only the wait changes."""
    before: float
    """The share that goes this way."""
    after: float
    sensitivity: float | None
    """How fast the conversion grows with this share, N[start, source] (h[target] - h[taken from]); None where only the wait changes."""
    alone: float
    """By how much the conversion changes if this is the only change: after - before."""


@frozen(kw_only=True)
class WhatIf(Result):
    """The change of the conversion, after - before."""

    analysis: ClassVar[str] = "what_if"
    subject: ClassVar[str] = "The change of the conversion"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "changes"

    before: float
    """The share that reaches the goal now."""
    after: float
    """The share that would."""
    changes: tuple[ChangeEffect, ...]
    hours_before: float | None
    """How long a customer is expected to wait in all; None where too few waits are known."""
    hours_after: float | None
    hours_change: float | None
    """After - before."""
    timed_share: float
    """Of the ways that customers take now, how many have a known wait."""

    def _told(self) -> str:
        told = f"The share that reaches the goal would go from {percent(self.before)} to {percent(self.after)}"
        if not self.hours_change:
            return told
        return f"{told}, and waiting would {'grow' if self.hours_change > 0 else 'shrink'} by {lasting(abs(self.hours_change))}"


@frozen
class Standing:
    """A chain with what matters of it: how often its steps are visited, and the chance of the goal from each."""

    markov: Markov
    solved: Absorbing
    visits: Floats
    """By step, from where customers start."""
    chances: Floats
    """By step and end."""

    @cached_property
    def conversion(self) -> float:
        """The share of those who start that reaches the goal."""
        starts = self.markov.chain.starts.items()
        return min(1.0, math.fsum(share * float(self.chances[self.solved.place[state]]) for state, share in starts))

    def chance(self, state: str) -> float:
        """The chance of the goal from a step or an end; 0 from one that the chain does not have."""
        return float(self.chances[self.solved.place[state]]) if state in self.solved.place else 0.0

    def often(self, step: str) -> float:
        """How often a step is visited; infinite in a trap that customers get into."""
        return float(self.visits[self.solved.place[step]])


def standing(markov: Markov, *, question: str) -> Standing:
    """The chain, solved; NotEnoughData where nobody says which state is the goal or where customers start."""
    if not markov.goals:
        raise NotEnoughData(question, "nobody says which state is the goal", "goal= with its name")
    if not markov.chain.starts:
        raise NotEnoughData(question, "nobody says where customers start", "start= with a step, or shares of steps")
    solved = markov.solved()
    at_ends = np.array([float(end in markov.goals) for end in solved.ends])
    chances = solved.backward(np.zeros((1, 1, 1)), at_ends.reshape(-1, 1, 1))[:, 0, 0]
    started = np.zeros((len(solved.steps) + len(solved.ends), 1, 1))
    for state, share in markov.chain.starts.items():
        started[solved.place[state], 0, 0] = share
    visits = solved.forward(started)[:, 0, 0]
    return Standing(markov, solved, visits, np.concatenate([chances, at_ends]))


def changed(markov: Markov, changes: Sequence[Change], *, question: str) -> Markov:
    """The chain after the changes, one after the other; AnalysisError where a share would leave 0 to 1 or its source is not said."""
    rows = dict(markov.chain.rows)
    ends = list(markov.ends)
    touched: set[tuple[str, str]] = set()
    for change in changes:
        markov.check_state(change.source, question=question)
        if change.source not in rows:
            raise AnalysisError(f"{question}: nothing leaves {change.source!r}; change a way that leaves another step")
        for state in (change.target, change.takes_from):
            if state not in {END, None, PROPORTIONALLY} | rows.keys():
                markov.check_state(str(state), question=question)
        if (change.source, change.target) in touched:
            raise AnalysisError(f"{question}: the way from {change.source!r} to {change.target!r} is changed twice; give one change")
        touched.add((change.source, change.target))
        if change.by is not None or change.to is not None:
            rows[change.source] = _moved(rows[change.source], change, question)
    if END not in ends and any(END in rows[change.source] for change in changes):
        ends.append(END)
    return evolve(markov, chain=Chain(markov.chain.starts, rows, markov.chain.assumptions), ends=tuple(ends))


def _moved(row: Mapping[str, float], change: Change, question: str) -> dict[str, float]:
    """The row with the share moved; shares of 0 drop out, so that no way is left that nobody takes."""
    old = row.get(change.target, 0.0)
    new = _share(old + change.by if change.by is not None else change.to or 0.0, change, change.target, question)
    after = dict(row)
    after[change.target] = new
    if change.takes_from == change.target:
        raise AnalysisError(f"{question}: the share of {change.target!r} cannot come from itself; name another target")
    if change.takes_from == PROPORTIONALLY:
        others = math.fsum(share for target, share in row.items() if target != change.target)
        if old == 0 and new > 0:
            told = f"{question}: there is no way from {change.source!r} to {change.target!r} yet"
            raise AnalysisError(f"{told}; say with takes_from= a target which share becomes it")
        if others == 0 and new < 1:
            raise AnalysisError(
                f"{question}: all who leave {change.source!r} go to {change.target!r}; name with takes_from= where others go"
            )
        after.update({target: share * (1 - new) / others for target, share in row.items() if target != change.target})
    else:
        giver = str(change.takes_from)
        after[giver] = _share(row.get(giver, 0.0) - (new - old), change, giver, question)
    return {target: share for target, share in after.items() if share > 0}


def _share(value: float, change: Change, target: str, question: str) -> float:
    if not -ROW_TOLERANCE <= value <= 1 + ROW_TOLERANCE:
        told = f"{question}: the share from {change.source!r} to {target!r} would become {value:.4g}"
        raise AnalysisError(f"{told}; it has to stay within 0 to 1, so change less")
    return 0.0 if value < _NOTHING else min(1.0, value)


def what_if(
    data: ChainData,
    *,
    changes: Change | Sequence[Change],
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    waits: Waits | None = None,
    remainder: Remainder = "drop",
    strict: bool = False,
) -> WhatIf:
    """What would become of the conversion, and of the waiting, if something were changed?

    The absorbing chain is solved before and after, exactly. A `Change` adds to a share (``by``) or sets it (``to``), and says where the
    share comes from: another target of the same step, or proportionally all of them; the row then sums to 1 again. For each change
    also how fast the conversion grows with it, dP/dp = N[start, source] * (h[target] - h[taken from]), and what it does alone. The
    wait is the expected sum of visits * share * wait, in hours, over the waits that are known (``waits`` by pair of steps; on a map
    those of its transitions, the most likely one); None where fewer than 70 % of the ways taken have one.

    Unit: share, after - before. AnalysisError for a share that would leave 0 to 1, and for a new way whose share comes from nowhere.
    What a change really does is an assumption until an experiment has shown it.

    >>> table = {"visit": {"basket": 0.2, "end": 0.8}, "basket": {"pay": 0.5, "end": 0.5}}
    >>> found = what_if(table, goal="pay", changes=Change("basket", "pay", by=0.1, takes_from="end"))
    >>> round(found.before, 4), round(found.after, 4), round(found.changes[0].sensitivity, 4)
    (0.1, 0.12, 0.2)
    """
    markov = markov_of(data, question="what_if", goal=goal, start=start, remainder=remainder)
    wanted = [changes] if isinstance(changes, Change) else list(changes)
    if not wanted or not all(isinstance(change, Change) for change in wanted):
        raise AnalysisError(f"what_if: {shown(changes)} is no change; give Change(source, target, by=..., takes_from=...)")
    now = standing(markov, question="what_if")
    then = standing(changed(markov, wanted, question="what_if"), question="what_if")
    known = _waits(data, waits, markov)
    new_waits = dict(known) | {(change.source, change.target): change.wait for change in wanted if change.wait is not None}
    hours_before, timed = _hours(now, known)
    hours_after, timed_after = _hours(then, new_waits)
    enough = 1 - min(timed, timed_after) <= MISSING_REFUSED
    effects = tuple(_effect(now, change, then if len(wanted) == 1 else None) for change in wanted)
    result = WhatIf(
        value=then.conversion - now.conversion,
        unit="share",
        n=markov.n,
        method="absorbing Markov chain before and after, solved exactly",
        assumptions=(
            *markov.chain.assumptions,
            "the change does what it is said to do; only an experiment can show that",
            "the next step depends on the present one alone",
        ),
        warnings=(*markov.warnings, *_trap(then), *_untimed(timed if enough and known else 1.0)),
        before=now.conversion,
        after=then.conversion,
        changes=effects,
        hours_before=hours_before if enough else None,
        hours_after=hours_after if enough else None,
        hours_change=_less(hours_after, hours_before) if enough else None,
        timed_share=timed,
    )
    told = tuple((c.source, c.target, c.by, c.to, c.takes_from, c.wait) for c in wanted)
    return sealed(result, strict=strict, inputs=(markov.inputs, told, tuple(sorted(known.items()))))


def _effect(now: Standing, change: Change, then: Standing | None) -> ChangeEffect:
    """What the change does by itself; ``then`` is the chain after it, where it is the only one."""
    row = now.markov.chain.rows[change.source]
    before = row.get(change.target, 0.0)
    if change.by is None and change.to is None:
        return ChangeEffect(
            source=change.source, target=change.target, takes_from="", before=before, after=before, sensitivity=None, alone=0.0
        )
    alone = then or standing(changed(now.markov, [change], question="what_if"), question="what_if")
    if change.takes_from == PROPORTIONALLY:
        others = math.fsum(share for target, share in row.items() if target != change.target)
        from_there = math.fsum(share * now.chance(target) for target, share in row.items() if target != change.target) / (others or 1.0)
    else:
        from_there = now.chance(str(change.takes_from))
    often = now.often(change.source)
    return ChangeEffect(
        source=change.source,
        target=change.target,
        takes_from=str(change.takes_from),
        before=before,
        after=alone.markov.chain.rows[change.source].get(change.target, 0.0),
        sensitivity=0.0 if math.isinf(often) else often * (now.chance(change.target) - from_there),
        alone=alone.conversion - now.conversion,
    )


def _waits(data: object, waits: Waits | None, markov: Markov) -> dict[tuple[str, str], timedelta]:
    found: dict[tuple[str, str], timedelta] = {}
    if isinstance(data, Journey):
        for way in data.transitions:
            if way.wait is not None and way.target in markov.chain.rows.get(way.source, {}):
                found[way.source, way.target] = way.wait.mid if isinstance(way.wait, Span) else way.wait
    for (source, target), wait in (waits or {}).items():
        if target not in markov.chain.rows.get(source, {}):
            raise AnalysisError(f"what_if: there is a wait for {source!r} to {target!r}, and no such way; mend waits=")
        found[source, target] = wait
    return found


def _hours(found: Standing, waits: Waits) -> tuple[float | None, float]:
    """The expected waiting in hours, and the share of the ways taken whose wait is known; leaving takes no time."""
    hours = timed = taken = 0.0
    for step, row in found.markov.chain.rows.items():
        often = found.often(step)
        for target, share in row.items():
            wait = waits.get((step, target))
            if often > 0 and (target != END or wait is not None):
                often_taken = 1.0 if math.isinf(often) else often * share
                taken += often_taken
                if wait is not None:
                    timed += often_taken
                    hours += often * share * wait.total_seconds() / 3600 if wait else 0.0
    return (hours if timed else None), timed / taken if taken else 0.0


def _less(after: float | None, before: float | None) -> float | None:
    if after is None or before is None or (math.isinf(after) and math.isinf(before)):
        return None
    return after - before


def _trap(then: Standing) -> tuple[Caution, ...]:
    caught = [step for step, trapped in zip(then.solved.steps, then.solved.trapped.tolist(), strict=True) if trapped]
    return (caution("TRAP", f"nothing leads on from {then.markov.name(caught[0])!r}"),) if caught else ()


def _untimed(timed: float) -> tuple[Caution, ...]:
    if 1 - timed < MISSING_WARNED:
        return ()
    return (caution("MISSING_HEAVY", f"{percent(1 - timed)} of the ways taken have no wait"),)
