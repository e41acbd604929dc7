"""The door of attribution: which channels (or steps) customers met, in order, and whether they converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from numbers import Real
from typing import Literal, TypeAlias

from attrs import field, frozen

from journeymap.analysis.doors import columns, number
from journeymap.analysis.paths import Path, PathData, paths_of
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion

By = Literal["activity", "channel"]


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise AnalysisError(f"{shown(values)} is not a series of channels; give a list such as ['ad', 'email']")
    return tuple(values)


@frozen
class ChannelPath:
    """What customers met before they converted or left, and how many did which.

    >>> ChannelPath(["ad", "email"], conversions=3, nulls=40).channels
    ('ad', 'email')
    """

    channels: tuple[str, ...] = field(converter=_texts)
    """In order; a channel that is met again is there again."""
    conversions: float = field(default=1, kw_only=True)
    """How many converted at its end."""
    nulls: float = field(default=0, kw_only=True)
    """How many left at its end."""
    value: float = field(default=0.0, kw_only=True)
    """What the conversions are worth together."""
    ages: tuple[timedelta, ...] = field(default=(), kw_only=True)
    """How long before the conversion each was met; empty where nobody knows."""

    def __attrs_post_init__(self) -> None:
        for name in ("conversions", "nulls", "value"):
            number(getattr(self, name), what=name, low=0)
        if not all(isinstance(channel, str) and channel for channel in self.channels):
            raise AnalysisError(f"{shown(self.channels)}: a channel is a text that is not empty")
        if self.ages and len(self.ages) != len(self.channels):
            raise AnalysisError(f"{len(self.ages)} ages for {len(self.channels)} channels; give one for each, or none")


TouchData: TypeAlias = Iterable[ChannelPath] | PathData
"""Paths with what came of them: channel paths (or rows with their fields by name), or paths and events together with ``goal=``."""


@frozen
class Touches:
    """All the paths with what came of them."""

    paths: tuple[ChannelPath, ...]
    assumptions: tuple[str, ...] = ()

    @property
    def conversions(self) -> float:
        """How many converted."""
        return sum(path.conversions for path in self.paths)

    @property
    def nulls(self) -> float:
        """How many left."""
        return sum(path.nulls for path in self.paths)

    @property
    def value(self) -> float:
        """What the conversions are worth together."""
        return sum(path.value for path in self.paths)

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of."""
        return tuple((path.channels, path.conversions, path.nulls, path.value, path.ages) for path in self.paths)


def touches_of(data: object, *, question: str, goal: str | None, by: By = "activity", worth: float | None = None) -> Touches:
    """The paths with what came of them; NotEnoughData where nothing says who converted.

    Of paths and events, ``goal`` is the activity that is the conversion: what was met before the first one counts, and who never
    came to it has left. ``by="channel"`` takes the channels of events instead of their activities. ``worth`` is what one
    conversion is worth.
    """
    rows = data if isinstance(data, Sequence) or not isinstance(data, Iterable) or hasattr(data, "keys") else list(data)
    if isinstance(rows, Sequence) and rows and all(isinstance(row, ChannelPath) for row in rows):
        if goal is not None or worth is not None:
            raise AnalysisError(f"{question}: channel paths say themselves who converted and what it is worth; leave goal= and worth= out")
        return Touches(tuple(row for row in rows if isinstance(row, ChannelPath)))
    if isinstance(rows, Sequence) and rows and all(isinstance(row, Mapping) and "conversions" in row for row in rows):
        if goal is not None or worth is not None:
            raise AnalysisError(f"{question}: the rows say themselves who converted and what it is worth; leave goal= and worth= out")
        return Touches(tuple(_of_row(row, question) for row in rows))
    paths = paths_of(rows, question=question)
    if goal is None:
        raise NotEnoughData(question, "nothing says who converted", "goal= with the activity that is the conversion, or channel paths")
    if paths.events and goal not in paths.activities:
        raise AnalysisError(f"{question}: nobody ever did {goal!r}{suggestion(goal, paths.activities)}; give an activity that occurs")
    price = 0.0 if worth is None else number(worth, what="worth", low=0)
    return Touches(tuple(_touched(path, goal, by, price, question) for path in paths.paths), paths.assumptions)


def _of_row(row: Mapping[str, object], question: str) -> ChannelPath:
    """A channel path from a row with named columns."""
    met, *counts = columns(row, "channels|path|steps", "conversions", "nulls", "value")
    if isinstance(met, str | bytes) or not isinstance(met, Iterable):
        raise AnalysisError(f"{question}: {shown(met)} is no path; give a list of channels")
    conversions, nulls, value = (
        number(0 if count is None else count, what=name, low=0)
        for name, count in zip(("conversions", "nulls", "value"), counts, strict=True)
    )
    return ChannelPath(tuple(str(channel) for channel in met), conversions=conversions, nulls=nulls, value=value)


def is_table(data: object) -> bool:
    """Whether the data are shares by source and target, and not paths."""
    if isinstance(data, Mapping):
        rows = list(data.values())
        return bool(rows) and all(hasattr(row, "keys") for row in rows)
    if not isinstance(data, Sequence) or not data:
        return False
    return all(isinstance(row, tuple | list) and len(row) == 3 and isinstance(row[2], Real) for row in data)


def _touched(path: Path, goal: str, by: By, worth: float, question: str) -> ChannelPath:
    converted = goal in path.steps
    end = path.steps.index(goal) if converted else len(path.steps)
    met: Sequence[str | None] = path.channels if by == "channel" else path.steps
    if by == "channel" and not path.channels and end:
        raise NotEnoughData(question, "no event has a channel", "events (case, activity, time, channel)")
    kept = [(channel, place) for place, channel in enumerate(met[:end]) if channel is not None]
    return ChannelPath(
        [channel for channel, _ in kept],
        conversions=path.count if converted else 0,
        nulls=0 if converted else path.count,
        value=worth * path.count if converted else 0.0,
        ages=tuple(path.times[end] - path.times[place] for _, place in kept) if converted and path.times else (),
    )
