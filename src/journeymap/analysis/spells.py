"""What each customer did and when, with a beginning and an end: the rows that questions about waiting take.

Rows are events with a time, ``(case, activity, time)`` or any other form of `journeymap.analysis.paths`, or spells,
``(case, activity, start, end)``, also under these names in mappings. An event is a spell of no length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from attrs import frozen

from journeymap.analysis.calendars import check_order, with_zone, zone
from journeymap.analysis.doors import columns, moment, rows_of
from journeymap.analysis.paths import PathData, paths_of
from journeymap.errors import NotEnoughData


class Spell(NamedTuple):
    """An activity from its start to its end, in UTC."""

    activity: str
    start: datetime
    end: datetime


SpellData: TypeAlias = PathData | Iterable[tuple[str, str, datetime, datetime]]


@frozen
class Spells:
    """By case, what was done in the order of the starts; ``notes`` is what has to be said about the times."""

    cases: Mapping[str, tuple[Spell, ...]]
    notes: tuple[str, ...]
    lasting: bool
    """Whether the ends are known: spells, not events."""

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        return tuple(self.cases.items())


def spells_of(data: object, *, question: str, tz: str = "UTC") -> Spells:
    """The spells in the data; NotEnoughData for data without times."""
    data = rows_of(data)
    if isinstance(data, Iterable) and not isinstance(data, str | bytes | Mapping):
        rows = list(data)
        spells = [columns(row, "case", "activity", "start", "end") if isinstance(row, Mapping) else row for row in rows]
        if rows and all(isinstance(row, tuple | list) and len(row) == 4 and moment(row[2]) and moment(row[3]) for row in spells):
            return _of_rows(spells, question, tz)
        data = rows
    paths = paths_of(data, question=question)
    if not paths.timed:
        raise NotEnoughData(question, "no event has a time", "events as (case, activity, time), or spells as (case, activity, start, end)")
    naive = bool(paths.assumptions)  # without a zone they were read as UTC, and may be meant otherwise
    where = zone(tz)
    cases = {}
    for path in paths.paths:
        times = [(moment.replace(tzinfo=where) if naive else moment).astimezone(UTC) for moment in path.times]
        cases[path.case] = tuple(Spell(step, moment, moment) for step, moment in zip(path.steps, times, strict=True))
    return Spells(cases, (f"times without a zone are taken as {tz}",) if naive else (), lasting=False)


def _of_rows(rows: Sequence[Sequence[Any]], question: str, tz: str) -> Spells:
    times, notes = with_zone((moment for row in rows for moment in row[2:4]), tz=tz, question=question)
    cases: dict[str, list[Spell]] = {}
    for place, (case, activity, _, _) in enumerate(rows):
        start, end = times[2 * place], times[2 * place + 1]
        check_order(start, end, what=f"{question}: {activity!r} of case {case!r}")
        cases.setdefault(str(case), []).append(Spell(str(activity), start, end))
    return Spells({case: tuple(sorted(found, key=lambda s: s.start)) for case, found in cases.items()}, notes, lasting=True)
