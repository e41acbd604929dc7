"""How old what a map rests on is, and whether the map is due for review (H2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import fsum
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.doors import moment, number
from journeymap.analysis.grounds import HALF_LIFE_DAYS, is_empirical
from journeymap.analysis.result import Result, amount, sealed
from journeymap.errors import AnalysisError, shown
from journeymap.model import Journey

Light = Literal["green", "amber", "red"]
Dates: TypeAlias = Mapping[str, date | None]
"""By source, when it was collected; None where nobody knows."""

FRESH = 0.5
"""From this mean weight on the evidence counts as fresh: no older than one half-life."""
WORN = 0.25
"""Below this mean weight, two half-lives, the map is red."""


@frozen(kw_only=True)
class SourceAge:
    """One source and how much of its weight is left."""

    id: str
    name: str
    date: date | None
    age_days: int | None
    """None where no date is known; a date after the day of judgement is 0 days old."""
    weight: float | None
    """0.5 ** (age / half-life); None where no date is known."""
    empirical: bool
    """Whether customers have a voice in it; only such sources count."""


@frozen(kw_only=True)
class Staleness(Result):
    """The age of the evidence; the value is the effective number of sources."""

    analysis: ClassVar[str] = "staleness"
    subject: ClassVar[str] = "The effective number of sources"
    counted: ClassVar[str] = "dated sources"
    table: ClassVar[str] = "sources"

    status: Light
    """Green: fresh, dated and reviewed in time; red: worn out, or overdue by more than a whole period; amber between."""
    why: tuple[str, ...]
    """What keeps it from green."""
    on: date | None
    """The day by which it is judged."""
    mean_weight: float | None
    """The effective number over the number of dated sources."""
    review_due: date | None
    """When the map had to be looked at again; None without ``updated`` or ``review_every``."""
    overdue_days: int | None
    """Days past that; 0 before it."""
    stale: tuple[str, ...]
    """The ids of the sources that count for less than half."""
    unknown: tuple[str, ...]
    """The ids of the sources without a date: neither fresh nor stale."""
    sources: tuple[SourceAge, ...]

    def _told(self) -> str:
        told = f"The map is {self.status}: its evidence is worth that of {amount(round(self.value or 0.0, 1), 'fresh sources')}"
        return told + (f" ({'; '.join(self.why)})" if self.why else "")


def staleness(
    data: Journey | Dates,
    *,
    on: date | None = None,
    half_life_days: float = HALF_LIFE_DAYS,
    updated: date | None = None,
    review_every: timedelta | None = None,
    strict: bool = False,
) -> Staleness:
    """Is the evidence still fresh, and is the map due for review?

    A source keeps ``0.5 ** (age / half_life_days)`` of its weight; the effective number of sources is the sum over those with a
    date in which customers have a voice (on a map, and with a weight above 0). A source without a date is unknown and listed,
    never fresh. The map is overdue from ``updated + review_every`` on; a map brings both. Green asks for a mean weight of at
    least 0.5, no more unknown sources than dated ones, and a known review day that is not past; red is a mean weight below
    0.25, no dated source at all, or more than a whole period overdue.

    ``on`` is the day to judge by. Without it, it is the latest day that the data know (nothing here looks at the clock), which
    makes everything look as young as it can. Unit: sources. No dated source: None.

    >>> from datetime import date
    >>> staleness({"survey": date(2024, 1, 1), "interviews": None}, on=date(2024, 12, 31)).value
    0.5
    """
    half_life = number(half_life_days, what="half_life_days", low=1e-9)
    if isinstance(data, Journey):
        found = [(s.id, s.name, s.date, is_empirical(s)) for s in data.sources if s.weight > 0]
        updated, review_every = updated or data.updated, review_every or data.review_every
    else:
        found = [(str(name), str(name), _day(name, day), True) for name, day in _checked(data).items()]
    days = [day for _, _, day, _ in found if day is not None]
    notes: tuple[str, ...] = ()
    if on is None:
        on = max([*days, *([updated] if updated else [])], default=None)
        notes = () if on is None else (f"judged by {on.isoformat()}, the latest day that the data know",)
    rows = tuple(_aged(*source, on, half_life) for source in found)
    weights = [row.weight for row in rows if row.empirical and row.weight is not None]
    unknown = tuple(sorted(row.id for row in rows if row.empirical and row.weight is None))
    due = None if updated is None or review_every is None else updated + review_every
    overdue = None if due is None or on is None else max(0, (on - due).days)
    mean = fsum(weights) / len(weights) if weights else None
    status, why = _light(mean, len(weights), len(unknown), overdue, review_every)
    result = Staleness(
        value=fsum(weights) if weights else None,
        unit="sources",
        n=len(weights),
        missing=len(unknown),
        method=f"weight halves every {half_life:g} days",
        assumptions=notes,
        reason="" if weights else "no source from customers has a date",
        status=status,
        why=why,
        on=on,
        mean_weight=mean,
        review_due=due,
        overdue_days=overdue,
        stale=tuple(sorted(row.id for row in rows if row.weight is not None and row.weight < FRESH)),
        unknown=unknown,
        sources=rows,
    )
    return sealed(result, strict=strict, inputs=(rows, on, half_life, updated, review_every))


def _checked(data: object) -> Mapping[str, date | None]:
    if not isinstance(data, Mapping):
        raise AnalysisError(f'{shown(data)} is no list of dates; give a mapping such as {{"survey": date(2026, 3, 31)}}')
    return data


def _day(name: object, day: object) -> date | None:
    if isinstance(day, str):
        read = moment(day)
        day = day if read is None else read.date()
    if day is not None and not isinstance(day, date):
        told = "give a datetime.date, text such as '2026-03-31', or None where it is unknown"
        raise AnalysisError(f"{name}: {shown(day)} is no date; {told}")
    return day.date() if isinstance(day, datetime) else day


def _aged(source: str, name: str, day: date | None, empirical: bool, on: date | None, half_life: float) -> SourceAge:
    age = None if day is None or on is None else max(0, (on - day).days)
    weight = None if age is None else float(0.5 ** (age / half_life))
    return SourceAge(id=source, name=name, date=day, age_days=age, weight=weight, empirical=empirical)


def _light(
    mean: float | None, dated: int, unknown: int, overdue: int | None, review_every: timedelta | None
) -> tuple[Light, tuple[str, ...]]:
    why = []
    red = False
    if mean is None:
        why.append("no source from customers has a date")
        red = True
    elif mean < FRESH:
        why.append(f"its sources keep {100 * mean:.0f} % of their weight on average")
        red = mean < WORN
    if unknown > dated > 0:
        why.append(f"{unknown} of {unknown + dated} sources have no date")
    if overdue is None:
        why.append("nobody knows when it is due for review")
    elif overdue:
        why.append(f"its review is {overdue:,} days overdue")
        red = red or (review_every is not None and overdue > review_every.days)
    return ("red" if red else "amber" if why else "green"), tuple(why)
