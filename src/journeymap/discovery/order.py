"""The order of events within a case, as one whole number an event.

The number holds, from its highest bits to its lowest, the time, the sequence column if there is one, the row, and the code of the
activity. Sorting it sorts by time, ties by sequence and then by row; and whatever a question wants to know of the event is in it
again. So a window over the log sorts and carries a single column. Where 63 bits do not hold all that, 127 do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from attrs import frozen

from journeymap.discovery.dialect import text
from journeymap.discovery.engine import Engine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEPT = "\"case\" IS NOT NULL AND \"case\" <> '' AND activity <> '' AND us IS NOT NULL AND counts"


@frozen(kw_only=True)
class Order:
    """What is known about all events before a question is asked, and the way to ask in order."""

    kept: ClassVar[str] = _KEPT
    """Which events count, in SQL."""

    engine: Engine
    source: str
    activities: tuple[str, ...]
    """By code."""
    counts: tuple[int, ...]
    """How many events of each."""
    first: int
    """The first time, in microseconds since 1970."""
    last: int
    resolution: int
    """Microseconds that a step of time lasts: all times are whole numbers of them."""
    code_bits: int
    row_bits: int
    sequence_low: int
    sequence_bits: int

    @property
    def events(self) -> int:
        """How many events count."""
        return sum(self.counts)

    @property
    def shift(self) -> int:
        """How many bits stand below the time."""
        return self.code_bits + self.row_bits + self.sequence_bits

    @property
    def mask(self) -> int:
        """Leaves the code of a number."""
        return (1 << self.code_bits) - 1

    @property
    def width(self) -> str:
        """The type of the number."""
        steps = (self.last - self.first) // self.resolution
        return "BIGINT" if steps.bit_length() + self.shift <= 62 else "HUGEINT"

    def keyed(self, only: Collection[str] | None = None, *, also: str = "") -> str:
        """A select of the case (``h``, its hash of 64 bits) and the number (``k``) of each event; ``only`` of these activities.

        ``also`` are further columns.
        """
        kind = self.width
        key = f"(((CAST(us AS {kind}) - {self.first}) // {self.resolution}) << {self.shift})"
        if self.sequence_bits:
            above = self.code_bits + self.row_bits
            key += f" | (CAST(coalesce(sequence - {self.sequence_low} + 1, 0) AS {kind}) << {above})"
        key += f" | (CAST(nr AS {kind}) << {self.code_bits}) | code"
        chosen = "" if only is None else f" AND activity IN ({', '.join(map(text, sorted(only)))})"
        return f'SELECT hash("case") AS h, {key} AS k{also} FROM events JOIN codes USING (activity) WHERE {self.kept}{chosen}'

    def time(self, key: str) -> str:
        """The steps of time in a number, in SQL."""
        return f"CAST(({key}) >> {self.shift} AS BIGINT)"

    def code(self, key: str) -> str:
        """The code of the activity in a number, in SQL."""
        return f"CAST(({key}) & {self.mask} AS INTEGER)"

    def lasting(self, steps: float | None) -> timedelta | None:
        """So many steps of time."""
        return None if steps is None else timedelta(microseconds=steps * self.resolution)

    @property
    def began(self) -> datetime | None:
        """When the first event was; None without events, or beyond the years that Python knows."""
        return moment(self.first) if self.counts else None

    @property
    def ended(self) -> datetime | None:
        """When the last event was."""
        return moment(self.last) if self.counts else None


def moment(microseconds: int) -> datetime | None:
    """A time since 1970 in UTC; None before the year 1 and after the year 9999."""
    try:
        return _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return None


def order_of(engine: Engine, source: str) -> Order:
    """One look at all events: the activities with their codes, and how many bits everything takes."""
    engine.rows(
        "CREATE TABLE activities AS SELECT row_number() OVER (ORDER BY activity) - 1 AS code, * FROM ("
        "SELECT activity, count(*) AS n, min(us) AS first, max(us) AS last, max(nr) AS nr, min(sequence) AS low, max(sequence) AS high,"
        " bool_and(us % 1000000 = 0) AS seconds, bool_and(us % 1000 = 0) AS milliseconds"
        f" FROM events WHERE {_KEPT} GROUP BY activity)"
    )
    engine.rows("CREATE VIEW codes AS SELECT activity, code FROM activities")
    found = engine.rows("SELECT activity, n FROM activities ORDER BY code")
    first, last, row, low, high, seconds, milliseconds = engine.rows(
        "SELECT min(first), max(last), max(nr), min(low), max(high), bool_and(seconds), bool_and(milliseconds) FROM activities"
    )[0]
    resolution = 1_000_000 if seconds else 1_000 if milliseconds else 1
    # Python rounds down as a shift does: the first time is the zero, so that no number is negative.
    return Order(
        engine=engine,
        source=source,
        activities=tuple(name for name, _ in found),
        counts=tuple(n for _, n in found),
        first=first or 0,
        last=last or 0,
        resolution=resolution,
        code_bits=max(1, (len(found) - 1).bit_length()) if found else 1,
        row_bits=max(1, int(row or 0).bit_length()),
        sequence_low=low or 0,
        sequence_bits=0 if low is None else (high - low + 1).bit_length(),
    )
