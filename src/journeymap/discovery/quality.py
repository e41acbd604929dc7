"""What is wrong or special with the events of a log, and the rule that was applied to it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from journeymap.analysis.result import Level, Result, number_of, percent, sealed

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog


@frozen(kw_only=True)
class Finding:
    """One kind of trouble, how often it occurs, and what is done about it."""

    what: str
    count: int
    of: int
    """The denominator: how many events or transitions there are of which it could be true."""
    rule: str


@frozen(kw_only=True)
class Quality(Result):
    """How sound a log is; the value is the share of its rows that count as events."""

    analysis: ClassVar[str] = "quality"
    subject: ClassVar[str] = "The share of rows that count as events"
    counted: ClassVar[str] = "rows"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "findings"

    rows: int
    events: int
    cases: int
    activities: int
    first: datetime | None
    """When the first event was, in UTC; None without events, or beyond the years 1 to 9999."""
    last: datetime | None
    ties: float | None
    """The share of the transitions that join events of the same time."""
    findings: tuple[Finding, ...]

    def _told(self) -> str:
        told = f"{percent(self.value)} of the rows count: {number_of(self.events, 'events')} of {number_of(self.cases, 'customers')}"
        return told if not self.ties else f"{told}; {percent(self.ties)} of the transitions join events of the same time"


def quality_of(log: EventLog) -> Quality:
    """What is missing, tied, doubled or left out in a log."""
    order = log.order
    engine = order.engine
    ties = "the row" if "sequence" not in log.columns else f"{log.columns['sequence']}, then the row,"
    rows, case, activity, time, incomplete = engine.rows(
        "SELECT count(*), count(*) FILTER (\"case\" IS NULL OR \"case\" = ''), count(*) FILTER (activity IS NULL OR activity = ''),"
        " count(*) FILTER (us IS NULL), count(*) FILTER (NOT counts) FROM events"
    )[0]
    cases, tied, unsorted, doubled = engine.rows(
        f"WITH keyed AS ({order.keyed(also=', nr')}),"
        " pairs AS (SELECT k, nr, lag(k) OVER ahead AS before, lag(nr) OVER ahead AS above FROM keyed"
        " WINDOW ahead AS (PARTITION BY h ORDER BY k)),"
        f" same AS (SELECT count(*) - 1 AS n FROM keyed GROUP BY h, {order.time('k')}, {order.code('k')} HAVING count(*) > 1)"
        f" SELECT count(*) FILTER (before IS NULL), count(*) FILTER ({order.time('k')} = {order.time('before')}),"
        " count(*) FILTER (above > nr), (SELECT coalesce(sum(n), 0) FROM same) FROM pairs"
    )[0]
    moves = order.events - cases
    unfinished = "they are left out (lifecycle=False counts them)"
    copies = "they count; remove them if they are copies"
    findings = (
        Finding(what="rows without a case", count=case, of=rows, rule="they are left out"),
        Finding(what="rows without an activity", count=activity, of=rows, rule="they are left out"),
        Finding(what="rows without a time that can be read", count=time, of=rows, rule="they are left out"),
        Finding(what="rows of a lifecycle that are not complete", count=incomplete, of=rows, rule=unfinished),
        Finding(what="transitions between events of the same time", count=tied, of=moves, rule=f"{ties} decides which came first"),
        Finding(what="transitions against the order of the rows", count=unsorted, of=moves, rule="the time decides"),
        Finding(what="events of the same case, activity and time as another", count=int(doubled), of=order.events, rule=copies),
    )
    result = Quality(
        value=order.events / rows if rows else None,
        reason="" if rows else "there are no rows",
        unit="share",
        n=rows,
        missing=rows - order.events,
        method="rows with a case, an activity and a time",
        assumptions=log.notes,
        rows=rows,
        events=order.events,
        cases=cases,
        activities=len(order.activities),
        first=order.began,
        last=order.ended,
        ties=tied / moves if moves else None,
        findings=findings,
    )
    return sealed(result, inputs=(rows, order.events, cases, tuple((finding.what, finding.count) for finding in findings)))
