"""What leads to what in a log, and after how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from journeymap.analysis import TransitionMatrix, transition_matrix
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import Interval, check_level, wilson
from journeymap.analysis.matrices import PATH_END, PATH_START
from journeymap.analysis.result import Level, Result, amount, lasting, percent, sealed
from journeymap.discovery.dialect import quantiles
from journeymap.model import FrozenMap

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


@frozen(kw_only=True)
class Move:
    """From one activity to the next one of the same customer."""

    source: str
    target: str
    count: int
    of_source: float
    """Of all who leave the source, those whose journey ends there included, how many go this way."""
    of_source_interval: Interval | None
    of_target: float
    """Of all who come to the target, those who begin there included, how many come this way."""
    mean_wait: timedelta
    median_wait: timedelta
    p90_wait: timedelta


@frozen(kw_only=True)
class Transitions(Result):
    """What leads to what; the value is how many transitions a customer makes on average, the beginning and the end included."""

    analysis: ClassVar[str] = "transitions"
    subject: ClassVar[str] = "The number of transitions of a customer"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "moves"

    moves: tuple[Move, ...]
    """The most frequent first, ties by the names."""
    visits: FrozenMap[int]
    """How many events there are of each activity: those who come, and those who leave."""
    entries: FrozenMap[int]
    """How many customers begin with an activity; the denominator is n."""
    exits: FrozenMap[int]
    """How many customers end with an activity."""
    ties: int
    """How many of the transitions join events of the same time, so that rows (or a sequence) alone say what was first."""

    @cached_property
    def matrix(self) -> TransitionMatrix:
        """The same counts as `journeymap.analysis.transition_matrix`, with which the chain of conversions and the like are asked."""
        counts: dict[str, dict[str, int]] = {PATH_START: dict(self.entries)} if self.entries else {}
        for move in self.moves:
            counts.setdefault(move.source, {})[move.target] = move.count
        for activity, n in self.exits.items():
            counts.setdefault(activity, {})[PATH_END] = n
        return transition_matrix(counts)

    def _told(self) -> str:
        told = f"A customer makes {amount(self.value)} transitions on average"
        if not self.moves:
            return told
        top = self.moves[0]
        wait = _lasting(top.median_wait)
        return (
            f"{told}; the most frequent is from {top.source!r} to {top.target!r}, which {percent(top.of_source)} of those who leave take, "
            f"half of them after {wait} or less"
        )


def _lasting(wait: timedelta) -> str:
    """A wait as a sentence gives it: in seconds, minutes, hours or days."""
    if wait >= 2 * _HOUR:
        return lasting(wait / _HOUR)
    return amount(wait / _MINUTE, "minutes") if wait >= 2 * _MINUTE else amount(wait.total_seconds(), "seconds")


def transitions_of(log: EventLog, *, only: Collection[str] | None, level: float) -> Transitions:
    """The transitions of a log, or of what is left of it with ``only`` these activities.

    Entries and exits are what the transitions leave over of the events of an activity: no second pass is needed for them.
    """
    check_level(level)
    order = log.order
    names = order.activities
    wait = f"({order.time('k')} - {order.time('before')})"
    rows = order.engine.rows(
        f"WITH keyed AS ({order.keyed(only)}),"
        " moves AS (SELECT k, lag(k) OVER (PARTITION BY h ORDER BY k) AS before FROM keyed)"
        f" SELECT {order.code('before')}, {order.code('k')}, count(*), sum({wait}), count(*) FILTER ({wait} = 0),"
        f" {quantiles(wait, at=(0.5, 0.9))} FROM moves WHERE before IS NOT NULL GROUP BY 1, 2"
    )
    visits = {name: n for name, n in zip(names, order.counts, strict=True) if only is None or name in only}
    out: Counter[str] = Counter()
    into: Counter[str] = Counter()
    for source, target, count, *_ in rows:
        out[names[source]] += count
        into[names[target]] += count
    moves = [
        Move(
            source=names[source],
            target=names[target],
            count=count,
            of_source=count / visits[names[source]],
            of_source_interval=wilson(count, visits[names[source]], level=level),
            of_target=count / visits[names[target]],
            mean_wait=timedelta(microseconds=int(waited) * order.resolution) / count,
            median_wait=timedelta(microseconds=median * order.resolution),
            p90_wait=timedelta(microseconds=p90 * order.resolution),
        )
        for source, target, count, waited, _, (median, p90) in rows
    ]
    moves.sort(key=lambda move: (-move.count, move.source, move.target))
    entries = {name: n - into[name] for name, n in visits.items() if n > into[name]}
    exits = {name: n - out[name] for name, n in visits.items() if n > out[name]}
    cases, total = sum(entries.values()), sum(visits.values())
    result = Transitions(
        value=(total + cases) / cases if cases else None,
        reason="" if cases else "there are no events",
        unit="transitions a customer",
        n=cases,
        method="each event with the next one of the same customer; exact waits, quantiles of type 7",
        assumptions=(*log.notes, *(() if only is None else (f"only {len(visits)} of {len(names)} activities are looked at",))),
        warnings=small_n(cases, what="customers") if cases else (),
        moves=tuple(moves),
        visits=FrozenMap(visits),
        entries=FrozenMap(entries),
        exits=FrozenMap(exits),
        ties=sum(row[4] for row in rows),
    )
    return sealed(result, inputs=(tuple((move.source, move.target, move.count, move.mean_wait) for move in moves), tuple(visits.items())))
