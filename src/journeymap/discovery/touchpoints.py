"""How often each thing happens in a log, to how many, and where journeys begin and end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import Interval, check_level, wilson
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.discovery.dialect import quantiles

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog


@frozen(kw_only=True)
class Touch:
    """One activity, and who meets it."""

    activity: str
    events: int
    of_events: float
    """Of all events."""
    cases: int
    """How many customers meet it."""
    of_cases: float
    """Of all customers."""
    of_cases_interval: Interval | None
    again: int
    """How many events are a customer's second or later one of it."""
    entries: int
    """How many customers begin here."""
    exits: int
    """How many customers end here."""
    of_exits: float
    """Of the events here, how many are the customer's last: the drop-off, where it is not the goal."""
    position: float
    """As their how-manieth event customers first meet it, from 1 on: the median over the customers who meet it."""
    mean_position: float


@frozen(kw_only=True)
class Touches(Result):
    """The activities by the customers who meet them; the value is how many events a customer has on average."""

    analysis: ClassVar[str] = "touchpoints"
    subject: ClassVar[str] = "The number of events of a customer"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "touches"

    touches: tuple[Touch, ...]
    """Those that most customers meet first, ties by the name."""

    @property
    def by_activity(self) -> dict[str, Touch]:
        """The touches by their activity."""
        return {touch.activity: touch for touch in self.touches}

    def _told(self) -> str:
        top = max(self.touches, key=lambda touch: (touch.exits, touch.activity))
        return (
            f"A customer has {amount(self.value)} events on average; most journeys end at {top.activity!r}, "
            f"{percent(top.exits / (self.n or 1))} of them"
        )


def touchpoints_of(log: EventLog, *, level: float) -> Touches:
    """The activities of a log, each with its events, customers, beginnings, ends and place on the way."""
    check_level(level)
    order = log.order
    keyed = order.keyed()
    # The least number of a customer is that of the first event, the greatest that of the last.
    ends = order.engine.rows(
        f"WITH keyed AS ({keyed}), ends AS (SELECT min(k) AS first, max(k) AS last FROM keyed GROUP BY h)"
        f" SELECT {order.code('first')}, {order.code('last')}, count(*) FROM ends GROUP BY 1, 2"
    )
    entries: Counter[int] = Counter()
    exits: Counter[int] = Counter()
    for first, last, n in ends:
        entries[first] += n
        exits[last] += n
    rows = order.engine.rows(
        f"WITH keyed AS ({keyed}),"
        f" placed AS (SELECT h, {order.code('k')} AS code, row_number() OVER (PARTITION BY h ORDER BY k) AS place FROM keyed),"
        " met AS (SELECT code, count(*) AS n, min(place) AS first FROM placed GROUP BY h, code)"
        f" SELECT code, sum(n), count(*), {quantiles('first', at=(0.5,))}[1], avg(first) FROM met GROUP BY code"
    )
    cases, events = entries.total(), order.events
    touches = [
        Touch(
            activity=order.activities[code],
            events=int(n),
            of_events=int(n) / events,
            cases=met,
            of_cases=met / cases,
            of_cases_interval=wilson(met, cases, level=level),
            again=int(n) - met,
            entries=entries[code],
            exits=exits[code],
            of_exits=exits[code] / int(n),
            position=position,
            mean_position=mean,
        )
        for code, n, met, position, mean in rows
    ]
    touches.sort(key=lambda touch: (-touch.cases, touch.activity))
    result = Touches(
        value=events / cases if cases else None,
        reason="" if cases else "there are no events",
        unit="events a customer",
        n=cases,
        method="events and customers by activity; the position is that of the first time",
        assumptions=log.notes,
        warnings=small_n(cases, what="customers") if cases else (),
        touches=tuple(touches),
    )
    return sealed(result, inputs=tuple(touches))
