"""An event log: what customers did and when, asked questions without being pulled into Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from journeymap.analysis.attempts import Order as StepOrder
from journeymap.discovery.clock import clock, zone_of
from journeymap.discovery.columns import Role, chosen
from journeymap.discovery.dialect import identifier, is_number
from journeymap.discovery.engine import Engine
from journeymap.discovery.order import Order, order_of
from journeymap.discovery.sources import LogSource, named, relation_of
from journeymap.errors import AnalysisError, DocumentError, Problem, shown
from journeymap.model import FrozenMap
from journeymap.model.naming import unique

if TYPE_CHECKING:
    from journeymap.analysis import Funnel, Variants
    from journeymap.discovery.quality import Quality
    from journeymap.discovery.touchpoints import Touches
    from journeymap.discovery.transitions import Transitions


@frozen(eq=False, kw_only=True)
class EventLog:
    """What customers did, and when: rows of case, activity and time, wherever they are kept.

    A log stays where it is: DuckDB (extra ``events``) counts in it, within the memory that is allowed, and answers are the
    frozen results of `journeymap.analysis`.

    >>> import journeymap as jm
    >>> log = jm.EventLog.read([("anna", "ad", "2026-03-01"), ("anna", "site", "2026-03-02"), ("ben", "ad", "2026-03-02")])
    >>> [(move.source, move.target, move.count, move.median_wait.days) for move in log.transitions().moves]
    [('ad', 'site', 1, 1)]
    """

    name: str
    """The file, or what kind of frame it is."""
    columns: FrozenMap[str]
    """Which column is the case, the activity, the timestamp, and what else was found or named."""
    notes: tuple[str, ...]
    """How times were understood, and which events were left out, in words."""
    order: Order = field(repr=False)

    @classmethod
    def read(
        cls,
        source: LogSource,
        *,
        case: str | None = None,
        activity: str | None = None,
        timestamp: str | None = None,
        channel: str | None = None,
        sequence: str | None = None,
        score: str | None = None,
        lifecycle: str | Literal[False] | None = None,
        tz: str = "UTC",
        time_format: str | None = None,
        memory: str = "1GB",
        disk: str = "20GB",
        threads: int | None = None,
    ) -> EventLog:
        """The log in files, in a frame, or in rows.

        ``source`` is a file or several of one kind (Parquet; CSV, JSON lines and XES, also as .gz; ``*`` stands for many), a dataframe
        of any library with the Arrow capsule, a DuckDB relation, or rows: mappings, or tuples of case, activity, time and perhaps
        channel. Columns are found where they usually stand (``case:concept:name``, ``customer_id``, ``event``, ``timestamp`` ...)
        or named here; ``columns`` says which they are.

        Events are ordered by time, equal times by the whole numbers of ``sequence``, and then by the row. ``tz`` is the zone of
        times that have none; ``time_format`` reads other texts than ISO 8601 (``"%d.%m.%Y %H:%M"``). Where a column says
        ``lifecycle:transition`` and some events are complete, the others (starts, schedules) are left out; ``lifecycle=False``
        counts all. ``score`` is a column of numbers that customers gave. ``memory`` and ``disk`` bound what DuckDB takes.

        FileError and DocumentError for what cannot be read, with the columns there are; ScaleMismatch for times with and without
        a zone; MissingExtra without duckdb.

        >>> import journeymap as jm
        >>> log = jm.EventLog.read([{"Customer ID": "anna", "Event": "ad", "Time": "2026-03-01T10:00"}])
        >>> dict(log.columns)
        {'case': 'Customer ID', 'activity': 'Event', 'timestamp': 'Time'}
        """
        zone = zone_of(tz)
        name = named(source)
        engine = Engine(name, memory=memory, disk=disk, threads=threads)
        engine.set_zone(zone)
        relation = relation_of(source, engine)
        kinds = engine.columns(relation.sql)
        told: dict[Role, str | None] = {
            "case": case,
            "activity": activity,
            "timestamp": timestamp,
            "channel": channel,
            "sequence": sequence,
            "score": score,
            "lifecycle": lifecycle or None,
        }
        found = chosen(told, list(kinds), source=name)
        if lifecycle is False:
            found.pop("lifecycle", None)
        names = [identifier(column) for column in dict.fromkeys(found.values())]
        row = identifier(unique("row", {column.lower() for column in found.values()}))
        if relation.row:
            engine.rows(f"CREATE VIEW source AS SELECT {', '.join(names)}, {relation.row} AS {row} FROM {relation.sql}")
        else:
            # Only what is needed is set down, in DuckDB's own form, where each row knows its number; no column may be called rowid there.
            kept = ", ".join(f"{column} AS c{place}" for place, column in enumerate(names))
            engine.rows(f"CREATE TABLE rows_of_source AS SELECT {kept} FROM {relation.sql}")
            again = ", ".join(f"c{place} AS {column}" for place, column in enumerate(names))
            engine.rows(f"CREATE VIEW source AS SELECT {again}, rowid AS {row} FROM rows_of_source")
        if relation.lent:
            engine.take_back(relation.sql)
        at, notes = clock(engine, found["timestamp"], kinds[found["timestamp"]], zone=zone, time_format=time_format, source=name)
        counts, left_out = _lifecycle(engine, found)
        engine.rows(
            f"CREATE VIEW events AS SELECT {_as_text(found, 'case', kinds)}, {_as_text(found, 'activity', kinds)}, {at} AS us, {row} AS nr,"
            f" {_number(found, 'sequence', kinds, name)}, {_as_text(found, 'channel', kinds)}, {_number(found, 'score', kinds, name)},"
            f" {counts} AS counts FROM source"
        )
        order = order_of(engine, name)
        return cls(
            name=name, columns=FrozenMap({str(role): column for role, column in found.items()}), notes=(*notes, *left_out), order=order
        )

    @property
    def activities(self) -> tuple[str, ...]:
        """What customers did, in order of the alphabet."""
        return self.order.activities

    @property
    def events(self) -> int:
        """How many events count: those with a case, an activity and a time."""
        return self.order.events

    def quality(self) -> Quality:
        """What is wrong or special with the events: what is missing, ties in time, duplicates, each with the rule that was applied."""
        from journeymap.discovery.quality import quality_of

        return quality_of(self)

    def transitions(self, *, only: Sequence[str] | None = None, level: float = 0.95) -> Transitions:
        """What leads to what, how often, and after how long a wait.

        ``only`` leaves all activities but these out before anything is counted. Unit: transitions a customer.
        """
        from journeymap.discovery.transitions import transitions_of

        return transitions_of(self, only=self.known(only, "transitions"), level=level)

    def touchpoints(self, *, level: float = 0.95) -> Touches:
        """How often each activity happens, how many customers meet it, and how many begin and end there."""
        from journeymap.discovery.touchpoints import touchpoints_of

        return touchpoints_of(self, level=level)

    def variants(self, *, top: int = 20, cut: float = 0.8, level: float = 0.95) -> Variants:
        """The most frequent ways that customers go, and what they cover.

        Coverage, entropy and the number of ways are those of all, also of the ways that are not among the ``top``.
        """
        from journeymap.discovery.variants import variants_of

        return variants_of(self, top=top, cut=cut, level=level)

    def funnel(
        self,
        steps: Sequence[str],
        *,
        order: StepOrder = "ordered",
        closed: bool = True,
        window: timedelta | None = None,
        level: float = 0.95,
        strict: bool = False,
    ) -> Funnel:
        """How many get how far, and where they are lost: `journeymap.analysis.funnel` by the same rules, counted in the engine.

        `journeymap.analysis.leaks` takes the answer and says which loss costs most.
        """
        from journeymap.discovery.funnel import funnel_of_log

        return funnel_of_log(self, steps, order=order, closed=closed, window=window, level=level, strict=strict)

    def known(self, names: Sequence[str] | None, question: str) -> tuple[str, ...] | None:
        """The names, if all of them occur; AnalysisError otherwise."""
        if names is None:
            return None
        if isinstance(names, str):
            raise AnalysisError(f"{question}: {shown(names)} is one name; give a list of activities")
        from journeymap.errors import suggestion

        for name in names:
            if name not in self.activities:
                told = f"nobody ever did {shown(name)}{suggestion(name, self.activities)}"
                raise AnalysisError(f"{question}: {told}; name activities that occur in the data")
        return tuple(names)


def _lifecycle(engine: Engine, found: dict[Role, str]) -> tuple[str, tuple[str, ...]]:
    """Which events count by their lifecycle, in SQL, and the words about it."""
    if "lifecycle" not in found:
        return "TRUE", ()
    column = identifier(found["lifecycle"])
    complete = f"coalesce(lower(CAST({column} AS VARCHAR)) = 'complete', FALSE)"
    if not engine.rows(f"SELECT bool_or({complete}) FROM source")[0][0]:
        return "TRUE", ()
    return complete, (f"of events with a lifecycle ({found['lifecycle']}) those count that are complete",)


def _as_text(found: dict[Role, str], role: Role, kinds: dict[str, str]) -> str:
    if role not in found:
        return f"CAST(NULL AS VARCHAR) AS {role}"
    column = identifier(found[role])
    return f'{column if kinds[found[role]] == "VARCHAR" else f"CAST({column} AS VARCHAR)"} AS "{role}"'


def _number(found: dict[Role, str], role: Role, kinds: dict[str, str], source: str) -> str:
    wanted = "BIGINT" if role == "sequence" else "DOUBLE"
    if role not in found:
        return f"CAST(NULL AS {wanted}) AS {role}"
    kind = kinds[found[role]]
    if kind != "VARCHAR" and not is_number(kind):
        raise DocumentError(source, [Problem(role, f"the column {shown(found[role])} holds {kind.lower()}, no numbers; name another")])
    return f"TRY_CAST({identifier(found[role])} AS {wanted}) AS {role}"
