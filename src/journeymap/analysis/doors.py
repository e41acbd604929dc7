"""The two doors of an analysis: a `Journey`, in which it finds its data, or plain data.

Plain numbers come as any iterable (a list, a numpy array, a column of a frame), or as a mapping of names to numbers. None is
a missing value, and so is NaN, which is how frames say it; infinity and text are errors. Nothing is coerced.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from numbers import Real
from typing import NamedTuple, Protocol, TypeAlias, TypeVar, cast, runtime_checkable

from attrs import frozen

from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch, shown, suggestion
from journeymap.model import Journey, Metric, MetricKind, Range

Numbers: TypeAlias = Iterable[float | None]
"""Values in order; None is missing."""
Labelled: TypeAlias = Mapping[str, float | None] | Iterable[float | None]
"""Values by name, in order; or values alone, which are then named by their place: "1", "2" ..."""
Estimate: TypeAlias = float | Range | tuple[float, float, float] | list[float]
"""A number, or a low, a most likely and a high one."""


_LARGEST = 1e60
"""Its fourth power, which the shape of a distribution takes, is still a number."""


@runtime_checkable
class Table(Protocol):
    """A data frame, whoever made it: columns by name."""

    @property
    def columns(self) -> Iterable[object]:
        """The names of the columns."""

    def __getitem__(self, name: str, /) -> Iterable[object]:
        """One column."""


@frozen
class Point:
    """One value of a series, and what it belongs to."""

    id: str
    name: str
    value: float | None


class Spread(NamedTuple):
    """An estimate with its doubt."""

    low: float
    mid: float
    """The most likely value."""
    high: float


def number(value: object, *, what: str, low: float = -math.inf, high: float = math.inf) -> float:
    """A number within the limits.

    AnalysisError for what is no number, ScaleMismatch for one outside.
    """
    if type(value) is not float and (isinstance(value, bool) or not isinstance(value, Real)):
        raise AnalysisError(f"{what}: {shown(value)} is not a number; give one such as 4.5, or None where a value is missing")
    found = float(value)
    if math.isfinite(found) and abs(found) > _LARGEST:
        raise AnalysisError(f"{what}: {found:g} is too large to compute with; give at most {_LARGEST:g}, in a larger unit")
    if not math.isfinite(found):
        raise AnalysisError(f"{what}: {found} is not a finite number; give None where a value is missing")
    if not low <= found <= high:
        limits = f"outside {low:g} to {high:g}" if math.isfinite(high) else f"below {low:g}"
        raise ScaleMismatch(f"{what}: {found:g} is {limits}; values of another scale have to be converted first")
    return found


def numbers(values: Numbers, *, what: str = "values", low: float = -math.inf, high: float = math.inf) -> tuple[float | None, ...]:
    """Values in order, missing ones as None, those of a mapping in its order; errors as `number` raises them, with the place.

    >>> numbers([3, None, float("nan"), 2.5])
    (3.0, None, None, 2.5)
    """
    if isinstance(values, Mapping):
        values = values.values()
    if isinstance(values, str | bytes | set | frozenset | Journey) or not isinstance(values, Iterable):
        raise AnalysisError(f"{what}: {shown(values)} is not a series of numbers; give a list such as [3, 4, None, 5]")
    return tuple(_or_missing(value, f"{what}[{index}]", low, high) for index, value in enumerate(values))


def _or_missing(value: object, what: str, low: float, high: float) -> float | None:
    if absent(value):
        return None
    return number(value, what=what, low=low, high=high)


def absent(value: object) -> bool:
    """Whether it is how lists, arrays and frames say that a value is missing: None, NaN, or their NA and NaT.

    >>> absent(None), absent(float("nan")), absent(0), absent("")
    (True, True, False, False)
    """
    if value is None or isinstance(value, float | Real):
        return value is None or value != value  # noqa: PLR0124  NaN differs from itself
    return type(value).__name__ in {"NAType", "NaTType"}


def series(values: Labelled, *, what: str = "values") -> tuple[Point, ...]:
    """Named values in order; values alone are named by their place, counted from 1."""
    values = by_label(values)
    if isinstance(values, Mapping):
        names = [str(key) for key in values]
        return tuple(Point(n, n, v) for n, v in zip(names, numbers(values.values(), what=what), strict=True))
    return tuple(Point(str(place), str(place), value) for place, value in enumerate(numbers(values, what=what), start=1))


def ids(given: object) -> tuple[str, ...]:
    """The ids that somebody names: one, several, or none.

    >>> ids("pay"), ids(["pay", "sign"]), ids(4), ids(None)
    (('pay',), ('pay', 'sign'), ('4',), ())
    """
    if given is None:
        return ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        return (str(given),)
    return tuple(str(one) for one in given)


def by_name(data: object, *, question: str) -> Mapping[str, object]:
    """Items by their name: a mapping as it is, or rows that say their own name or id; AnalysisError for anything else.

    >>> by_name([{"name": "export", "impact": 2}], question="ice")
    {'export': {'name': 'export', 'impact': 2}}
    """
    data = rows_of(data)
    if isinstance(data, Mapping):
        return {str(name): item for name, item in data.items()}
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"{question}: {shown(data)} are no items; give a mapping of name to item, or rows with a name")
    found: dict[str, object] = {}
    for row in data:
        name = (row.get("name") or row.get("id")) if isinstance(row, Mapping) else None
        if not isinstance(name, str):
            raise AnalysisError(f"{question}: {shown(row)} has no name; give a mapping of name to item, or rows with a name")
        if name in found:
            raise AnalysisError(f"{question}: {name!r} is there twice; give each item a name of its own")
        found[name] = row
    return found


def parts_of(value: object, names: Sequence[str], *, what: str) -> object:
    """What a mapping holds under the names, as a tuple; anything else as it is. AnalysisError where a name is missing.

    >>> parts_of({"name": "exit", "importance": 7, "satisfaction": 8}, ["importance", "satisfaction"], what="exit")
    (7, 8)
    """
    if not isinstance(value, Mapping):
        return value
    lacking = [name for name in names if name not in value]
    if lacking:
        raise AnalysisError(f"{what}: {', '.join(lacking)} missing; an item needs {', '.join(names)}")
    return tuple(value[name] for name in names)


def moment(value: object) -> datetime | None:
    """The time that a value says: a datetime, or text in ISO 8601; None for anything else, and for "no time" of a data frame.

    >>> moment("2026-01-09T16:00:00Z").hour, moment("noon")
    (16, None)
    """
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, datetime) and value == value else None  # noqa: PLR0124  "no time" differs from itself


def columns(row: Mapping[str, object], *names: str) -> tuple[object, ...]:
    """What a row of a table says, by the names of its columns; "time|timestamp" takes whichever is there. None where none is.

    >>> columns({"case": "anna", "timestamp": 3}, "case", "time|timestamp", "channel")
    ('anna', 3, None)
    """
    return tuple(next((row[key] for key in name.split("|") if key in row), None) for name in names)


V = TypeVar("V")


def by_label(values: V) -> V:
    """The values of a column that names each of its rows by a text, by these names; anything else as it is."""
    labels = getattr(values, "index", None)
    if isinstance(values, Mapping) or not isinstance(values, Iterable) or not isinstance(labels, Iterable):
        return values
    names = list(labels)
    if not names or not all(isinstance(name, str) for name in names):
        return values
    return cast("V", dict(zip(names, values, strict=False)))


def columns_of(data: object) -> object:
    """The columns of a data frame by name, missing values as None; anything else as it is."""
    if isinstance(data, Mapping) or not isinstance(data, Table):
        return data
    names = list(data.columns)
    if not all(isinstance(name, str) for name in names):
        return data
    return {str(name): [None if absent(value) else value for value in data[str(name)]] for name in names}


def rows_of(data: object) -> object:
    """The rows of a data frame, each by the names of its columns; anything else as it is."""
    found = columns_of(data)
    if found is data or not isinstance(found, Mapping):
        return data
    return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]


def known(values: Iterable[float | None]) -> tuple[float, ...]:
    """The values that are there."""
    return tuple(value for value in values if value is not None)


def estimate(value: Estimate, *, what: str, low: float = -math.inf, high: float = math.inf) -> Spread:
    """A low, a most likely and a high number; a plain one is all three. They have to rise."""
    if isinstance(value, Range):
        parts: tuple[object, ...] = (value.low, value.mid, value.high)
    elif isinstance(value, tuple | list):
        parts = tuple(value)
    else:
        single = number(value, what=what, low=low, high=high)
        return Spread(single, single, single)
    if len(parts) != 3:
        raise AnalysisError(f"{what}: {shown(value)} is not an estimate; give a number, or low, most likely and high")
    first, middle, last = (number(part, what=what, low=low, high=high) for part in parts)
    if not first <= middle <= last:
        raise AnalysisError(f"{what}: {first:g}, {middle:g}, {last:g} do not rise; give low, most likely and high in that order")
    return Spread(first, middle, last)


def metric_of(journey: Journey, *, question: str, metric: str | None = None, kind: MetricKind | None = None) -> Metric:
    """The metric of that id, or the only one of that kind; NotEnoughData where there is none, or where several could be meant."""
    if metric is not None:
        named = {found.id: found for found in journey.all_metrics()}
        if metric not in named:
            hint = suggestion(metric, named)
            raise NotEnoughData(question, f"the journey has no metric {metric!r}{hint}", "the id of one of its metrics")
        return named[metric]
    found = [candidate for candidate in journey.all_metrics() if candidate.kind == kind]
    wanted = f"a metric of the kind {kind!r}"
    if not found:
        raise NotEnoughData(question, f"the journey has no metric of the kind {kind!r}", f"{wanted} with a value, or plain data")
    if len(found) > 1:
        names = ", ".join(candidate.id for candidate in found[:5])
        raise NotEnoughData(question, f"the journey has {len(found)} metrics of the kind {kind!r} ({names})", "metric= with the id of one")
    return found[0]
