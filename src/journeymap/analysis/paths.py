"""What customers did, in order: the one form in which paths and events come in as plain data.

Data comes as any of these, and `paths_of` makes `Paths` of it:

- events, a tuple each: ``(case, activity)``, ``(case, activity, time)`` or ``(case, activity, time, channel)``, in any order of
  cases (`Event` names the places);
- a mapping of case to what happened, in order: ``{"anna": ["ad", "site"], "ben": ["site"]}``;
- lists of what happened, one a case: ``[["ad", "site"], ["site"]]``; the cases are then "1", "2" ... (a tuple is an event, a
  list is a path: that is the whole difference);
- a mapping of what happened to how often just that happened: ``{("ad", "site"): 36, ("site",): 22}``;
- rows with named columns: of events (case, activity, time or timestamp, channel), or of paths (steps, count).

Times are datetimes, or text in ISO 8601. The events of a case are sorted by time; equal times keep the order of the rows, and so do
events without any times. Times are either all with a zone or all without; those without are taken as UTC, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple, TypeAlias

from attrs import evolve, frozen

from journeymap.analysis.doors import columns, moment, rows_of
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch, shown
from journeymap.model import Journey


class Event(NamedTuple):
    """Something that a customer did, or that happened to them; a plain tuple of the same items does as well."""

    case: str
    """Whose journey it belongs to."""
    activity: str
    """What it was: the id of a touchpoint, or any other name."""
    time: datetime | None = None
    channel: str | None = None


@frozen(kw_only=True)
class Path:
    """What one customer did, in order; or what several did in the same way."""

    case: str
    steps: tuple[str, ...]
    times: tuple[datetime, ...] = ()
    """When each step was; empty where nobody knows."""
    channels: tuple[str | None, ...] = ()
    """By which channel each step was; empty where nobody knows any."""
    count: int = 1
    """How many customers took it."""


@frozen
class Paths:
    """All the paths, and what has to be said about how they were read."""

    paths: tuple[Path, ...]
    assumptions: tuple[str, ...] = ()

    @cached_property
    def n(self) -> int:
        """How many customers there are."""
        return sum(path.count for path in self.paths)

    @cached_property
    def events(self) -> int:
        """How many events there are."""
        return sum(path.count * len(path.steps) for path in self.paths)

    @cached_property
    def activities(self) -> tuple[str, ...]:
        """Every activity there is, in order of the alphabet, so that the order of rows changes nothing."""
        return tuple(sorted({step for path in self.paths for step in path.steps}))

    @cached_property
    def timed(self) -> bool:
        """Whether the times of events are known."""
        return any(path.times for path in self.paths)

    @cached_property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        return tuple((path.case, path.steps, path.times, path.channels, path.count) for path in self.paths)


PathData: TypeAlias = (
    Paths
    | Iterable[Event]
    | Iterable[tuple[str, str]]
    | Iterable[tuple[str, str, datetime | None]]
    | Iterable[tuple[str, str, datetime | None, str | None]]
    | Iterable[list[str]]
    | Mapping[str, Iterable[str]]
    | Mapping[tuple[str, ...], int]
    | Iterable[Mapping[str, object]]
)
"""Paths as plain data, in any of the forms above."""

_FORMS = 'events as tuples, [("anna", "ad"), ("anna", "site")], or what each customer did, {"anna": ["ad", "site"]}'


def paths_of(data: object, *, question: str) -> Paths:
    """The paths in the data; AnalysisError for what has none of the forms above, NotEnoughData for a map, which has no paths.

    >>> [path.steps for path in paths_of([("anna", "ad"), ("ben", "ad"), ("anna", "site")], question="variants").paths]
    [('ad', 'site'), ('ad',)]
    """
    if isinstance(data, Paths):
        return data
    data = rows_of(data)
    if isinstance(data, Journey):
        raise NotEnoughData(question, "a map does not say what single customers did", f"paths: {_FORMS}")
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"{question}: {shown(data)} is no data on paths; give {_FORMS}")
    if isinstance(data, Mapping):
        return _from_mapping(data, question)
    rows = list(data)
    if rows and all(isinstance(row, Mapping) for row in rows):
        return _from_rows(rows, question)
    if all(isinstance(row, tuple) for row in rows):
        return _from_events(rows, question)
    if any(isinstance(row, tuple | str | bytes) or not isinstance(row, Iterable) for row in rows):
        wrong = next(row for row in rows if not isinstance(row, list))
        raise AnalysisError(f"{question}: {shown(wrong)} is neither an event nor a path, or both are mixed; give {_FORMS}")
    return Paths(tuple(_path(str(place), row, question) for place, row in enumerate(rows, start=1)))


def _from_rows(rows: list[Mapping[str, object]], question: str) -> Paths:
    """Rows with named columns: events, or whole paths with how many took them."""
    whole = [columns(row, "steps|path|trace", "count") for row in rows]
    if all(steps is not None for steps, _ in whole):
        found = []
        for place, (steps, count) in enumerate(whole, start=1):
            if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
                raise AnalysisError(f"{question}: {shown(count)} is no count of customers; give a whole number for each path")
            if count != 0:
                found.append(evolve(_path(str(place), steps, question), count=count or 1))
        return Paths(tuple(found))
    return _from_events([columns(row, "case", "activity", "time|timestamp", "channel") for row in rows], question)


def _from_mapping(data: Mapping[object, object], question: str) -> Paths:
    found = []
    for place, (key, value) in enumerate(data.items(), start=1):
        if isinstance(key, tuple):
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise AnalysisError(f"{question}: {shown(value)} is no count of customers; give a whole number for each path")
            if value:
                found.append(evolve(_path(str(place), key, question), count=value))
        else:
            found.append(_path(_name(key, "case", question), value, question))
    return Paths(tuple(found))


def _from_events(rows: Iterable[tuple[object, ...]], question: str) -> Paths:
    by_case: dict[str, list[tuple[str, datetime | None, str | None]]] = {}
    aware: set[bool] = set()
    without = 0
    for row in rows:
        if not 2 <= len(row) <= 4:
            raise AnalysisError(f"{question}: {shown(row)} is no event; give case and activity, then the time and the channel if known")
        case, activity, time, channel = (*row, None, None)[:4]
        when = _time(time, question)
        without += when is None
        if when is not None:
            aware.add(when.utcoffset() is not None)
        by_channel = None if channel is None else _name(channel, "channel", question)
        by_case.setdefault(_name(case, "case", question), []).append((_name(activity, "activity", question), when, by_channel))
    if len(aware) > 1:
        raise ScaleMismatch(f"{question}: times with a time zone and times without are mixed; give all of them a zone")
    if aware and without:
        told = f"{without} events have no time and others have one, so their order is unknown"
        raise NotEnoughData(question, told, "a time for every event, or for none (the order of the rows counts then)")
    notes = ("times without a zone are taken as UTC",) if aware == {False} else ()
    return Paths(tuple(_ordered(case, events) for case, events in by_case.items()), notes)


def _ordered(case: str, events: list[tuple[str, datetime | None, str | None]]) -> Path:
    timed = [(when if when.tzinfo else when.replace(tzinfo=UTC), place) for place, (_, when, _) in enumerate(events) if when is not None]
    timed.sort()
    order = [place for _, place in timed] or range(len(events))
    channels = tuple(events[place][2] for place in order)
    return Path(
        case=case,
        steps=tuple(events[place][0] for place in order),
        times=tuple(when for when, _ in timed),
        channels=channels if any(channels) else (),
    )


def _path(case: str, steps: object, question: str) -> Path:
    if isinstance(steps, str | bytes) or not isinstance(steps, Iterable):
        raise AnalysisError(f"{question}: {shown(steps)} is no path; give a list of activities, such as ['ad', 'site']")
    return Path(case=case, steps=tuple(_name(step, "activity", question) for step in steps))


def _name(value: object, what: str, question: str) -> str:
    if isinstance(value, str) and value:
        return value
    if what == "case" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise AnalysisError(f"{question}: {shown(value)} is no {what}; give a text that is not empty")


def _time(value: object, question: str) -> datetime | None:
    if value is None:
        return None
    found = moment(value)
    if found is None and not isinstance(value, datetime):
        raise AnalysisError(f"{question}: {shown(value)} is no time; give a datetime, or text such as '2026-01-09T16:00'")
    return found
