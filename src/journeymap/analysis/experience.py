"""How a journey is remembered (A2, the peak-end rule), and how it was lived through (A3, weighted by time)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from math import fsum
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import Labelled, Point, number
from journeymap.analysis.felt import VALENCE, spoken
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.lived import Direction, Lived, Way, lived
from journeymap.analysis.result import Result, amount, sealed
from journeymap.errors import AnalysisError
from journeymap.model import Journey, Span

Durations = Iterable[timedelta | float | None]
_HOUR = timedelta(hours=1)


@frozen(kw_only=True)
class PeakEndPath:
    """The peak and the end along one way."""

    share: float
    """The share of customers who take it."""
    steps: tuple[str, ...]
    value: float
    peak: float
    peak_at: str
    end: float
    end_at: str


@frozen(kw_only=True)
class PeakEnd(Result):
    """The remembered value; on a branching map, the mean over its ways by the share of customers."""

    analysis: ClassVar[str] = "peak_end"
    subject: ClassVar[str] = "How the journey is remembered"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "paths"

    peak: float
    peak_at: str
    """The id of the peak; on a branching map, that of the most taken way."""
    end: float
    end_at: str
    """The id of the last step with a value; on a branching map, that of the most taken way."""
    peak_negative: float | None
    """The worst value, if it is worse than neutral."""
    peak_positive: float | None
    """The best value, if it is better than neutral."""
    mean: float
    """The plain mean of the values: often as good a guide (Cojuharenco & Ryvkin 2008), so it always stands beside."""
    paths: tuple[PeakEndPath, ...]

    peak_name: str = ""
    end_name: str = ""

    def _told(self) -> str:
        several = len(self.paths) > 1
        peak, end = (spoken(value, self.unit) + (" on average" if several else "") for value in (self.peak, self.end))
        where = ", on the most taken way at" if several else " at"
        return (
            f"The journey is likely to be remembered as {_on_scale(self.value, self.unit)}, from its most intense moment "
            f"({peak}{where} {self.peak_name!r}) and its end ({end}{where} {self.end_name!r}); "
            f"the mean of its steps is {spoken(self.mean, self.unit)}"
        )


def peak_end(
    data: Journey | Labelled,
    *,
    neutral: float = 0.0,
    higher_is: Direction = "better",
    weights: tuple[float, float] = (1.0, 1.0),
    persona: str | None = None,
    strict: bool = False,
) -> PeakEnd:
    """How will the journey be remembered?

    The mean of the most intense moment and the last one, (peak + end) / 2, or by ``weights`` for peak and end. The peak is
    the value farthest from ``neutral``, the later one of ties; the end is the last value that is there. A branching map is
    computed way by way and weighted by the share of customers on each. Unit: that of the values; for a map, points of valence.

    ``higher_is`` says what is bad: on a scale of pain "worse". One step gives its own value. NotEnoughData when more than 30 %
    of the steps have no emotion.

    Sources: Kahneman, Fredrickson, Schreiber & Redelmeier (1993); Redelmeier & Kahneman (1996). Later work finds the mean
    about as good (Cojuharenco & Ryvkin 2008), so the answer carries it too.

    >>> peak_end([2, 3, 8, 6, 4, 5, 7, 7], higher_is="worse").value
    7.5
    """
    heavy, late = (number(weight, what="weights", low=0) for weight in weights)
    if heavy + late == 0:
        raise AnalysisError("weights: both are 0; give at least one that is more")
    neutral = number(neutral, what="neutral")
    found = lived(data, question="peak_end", persona=persona)
    paths = tuple(_remembered(way, neutral, heavy, late) for way in found.ways)
    names = {point.id: point.name for point in found.ways[0].points}
    values = tuple(value for way in found.ways for value in way.values)
    low, high = min(values), max(values)
    worst, best = (high, low) if higher_is == "worse" else (low, high)
    sign = -1 if higher_is == "worse" else 1
    result = PeakEnd(
        value=_over(paths, [path.value for path in paths]),
        unit=found.unit,
        n=found.n,
        missing=found.missing,
        method=f"peak-end rule, peak farthest from {neutral:g}, ties to the later" + (", by way" if len(paths) > 1 else ""),
        assumptions=found.assumptions,
        warnings=found.warnings,
        peak=_over(paths, [path.peak for path in paths]),
        peak_at=paths[0].peak_at,
        end=_over(paths, [path.end for path in paths]),
        end_at=paths[0].end_at,
        peak_negative=worst if sign * (worst - neutral) < 0 else None,
        peak_positive=best if sign * (best - neutral) > 0 else None,
        mean=fsum(way.share * fsum(way.values) / len(way.values) for way in found.ways),
        paths=paths,
        peak_name=names[paths[0].peak_at],
        end_name=names[paths[0].end_at],
    )
    return sealed(result, strict=strict, inputs=(found.inputs, neutral, higher_is, heavy, late))


@frozen(kw_only=True)
class DurationWeighted(Result):
    """The emotion as it was lived, each step as long as it lasts."""

    analysis: ClassVar[str] = "duration_weighted"
    subject: ClassVar[str] = "How the journey was lived through"
    counted: ClassVar[str] = "steps"

    total: float | None
    """The sum of value times duration; None where no duration is known."""
    total_unit: str
    duration: float | None
    """The time that counts: that of the steps with both a value and a duration."""
    timed_share: float | None
    """The share of the steps with a value that have a duration too."""
    duration_neglect: bool | None = None
    """Whether memory (peak-end) and total experience disagree on which of two journeys is worse; None without a second one."""

    def _told(self) -> str:
        how = "Minute by minute" if self.duration else "Step by step, since no durations are known,"
        told = f"{how} the journey was lived through at {_on_scale(self.value, self.unit)} on average"
        if self.duration_neglect:
            told += "; memory and experience disagree on which of the two journeys is worse"
        return told


def duration_weighted(
    data: Journey | Labelled,
    durations: Durations | None = None,
    *,
    against: Journey | Labelled | None = None,
    against_durations: Durations | None = None,
    neutral: float = 0.0,
    higher_is: Direction = "better",
    persona: str | None = None,
    strict: bool = False,
) -> DurationWeighted:
    """How was the journey actually lived through?

    Each step holds its value for as long as it lasts: the mean is sum(d * v) / sum(d), the total sum(d * v) (value times
    hours for lengths of time; times whatever unit plain numbers are in). A map brings its durations, the most likely one of a
    range; for plain values ``durations`` has one for each (a wait with a feeling of its own is an entry like any other).

    Steps without a duration drop out, and ``timed_share`` says how many are left; NotEnoughData when more than 30 % drop out.
    Where no duration is known, or all are 0, the mean is unweighted, with a warning. With a second journey ``against`` it
    says whether memory and experience disagree on which is worse (duration neglect).

    Source: Kahneman, Wakker & Sarin (1997).

    >>> duration_weighted([1, -2], durations=[3, 1]).value
    0.25
    """
    found, timed, unit = _timed(data, durations, persona)
    mean, total, length = _weighted_by_time(found, timed)
    scored = {point.id for way in found.ways for point in way.known}
    counted = len(scored & timed.keys())
    neglect = None
    parts: object = (found.inputs, tuple(timed.items()))
    if against is not None:
        other, other_timed, _ = _timed(against, against_durations, persona)
        other_total = _weighted_by_time(other, other_timed)[1]
        sign = -1 if higher_is == "worse" else 1
        neglect = _disagree(
            sign * (_remembers(found, neutral) - _remembers(other, neutral)),
            None if total is None or other_total is None else sign * (total - other_total),
        )
        parts = (parts, other.inputs, tuple(other_timed.items()))
    result = DurationWeighted(
        value=mean,
        unit=found.unit,
        n=counted if length else found.n,
        missing=found.missing,
        method="mean over time, each step holds its value" if length else "plain mean over steps, for want of durations",
        assumptions=(*found.assumptions, *_waits_left_out(data)),
        warnings=(*found.warnings, *_time_cautions(counted, len(scored), length)),
        total=total,
        total_unit=f"{found.unit.split(' of ')[-1]} times {unit}",
        duration=length,
        timed_share=counted / len(scored) if scored else None,
        duration_neglect=neglect,
    )
    return sealed(result, strict=strict, inputs=(parts, neutral, higher_is))


def _on_scale(value: float | None, unit: str) -> str:
    return f"{spoken(value)} on a scale from −2 to +2" if unit == VALENCE else amount(value, unit)


def _remembered(way: Way, neutral: float, heavy: float, late: float) -> PeakEndPath:
    peak = way.known[max(range(len(way.known)), key=[(abs(value - neutral), place) for place, value in enumerate(way.values)].__getitem__)]
    end = way.known[-1]
    high, last = peak.value or 0.0, end.value or 0.0
    return PeakEndPath(
        share=way.share,
        steps=tuple(point.id for point in way.points),
        value=(heavy * high + late * last) / (heavy + late),
        peak=high,
        peak_at=peak.id,
        end=last,
        end_at=end.id,
    )


def _over(paths: Sequence[PeakEndPath], values: Sequence[float]) -> float:
    return values[0] if len(paths) == 1 else fsum(path.share * value for path, value in zip(paths, values, strict=True))


def _remembers(found: Lived, neutral: float) -> float:
    paths = [_remembered(way, neutral, 1.0, 1.0) for way in found.ways]
    return _over(paths, [path.value for path in paths])


def _disagree(memory: float, experience: float | None) -> bool | None:
    """Whether the two differences point in opposite directions; a tie in one of them is no disagreement."""
    return None if experience is None else memory * experience < 0


def _timed(data: Journey | Labelled, durations: Durations | None, persona: str | None) -> tuple[Lived, dict[str, float], str]:
    """The ways, the duration of each step that has one, and the unit of time."""
    found = lived(data, question="duration_weighted", persona=persona)
    if isinstance(data, Journey):
        if durations is not None:
            raise AnalysisError("durations: a journey brings its own; set Touchpoint.duration, or give plain values")
        lengths = {touchpoint.id: touchpoint.duration for touchpoint in data.touchpoints}
        on_ways = {point.id for way in found.ways for point in way.points}
        kept = {step: d.mid if isinstance(d, Span) else d for step, d in lengths.items() if d is not None and step in on_ways}
        return found, {step: length / _HOUR for step, length in kept.items()}, "hours"
    given = list(durations or ())
    points = found.ways[0].points
    if durations is not None and len(given) != len(points):
        raise AnalysisError(f"durations: {len(given)} of them for {len(points)} values; give one for each, None where it is unknown")
    if len({isinstance(length, timedelta) for length in given if length is not None}) > 1:
        raise AnalysisError("durations: lengths of time and plain numbers are mixed; give all of one kind")
    unit = "hours" if any(isinstance(length, timedelta) for length in given) else "time"
    return found, {p.id: _length(d, p) for p, d in zip(points, given, strict=False) if d is not None}, unit


def _length(length: timedelta | float, point: Point) -> float:
    hours = length / _HOUR if isinstance(length, timedelta) else length
    return number(hours, what=f"durations[{point.id!r}]", low=0)


def _weighted_by_time(found: Lived, timed: dict[str, float]) -> tuple[float, float | None, float | None]:
    """The mean, the total and the time, each over the ways by share; no total and no time where none is known."""
    total = length = 0.0
    for way in found.ways:
        total += way.share * fsum(timed[point.id] * (point.value or 0.0) for point in way.known if point.id in timed)
        length += way.share * fsum(timed[point.id] for point in way.known if point.id in timed)
    if length == 0:
        return fsum(way.share * fsum(way.values) / len(way.values) for way in found.ways), None, None
    return total / length, total, length


def _time_cautions(there: int, expected: int, length: float | None) -> tuple[Caution, ...]:
    if not length:
        return (caution("MISSING_HEAVY", "no step has a duration, so each counts the same"),)
    return missing_heavy("duration_weighted", there=there, expected=expected, what="steps", value="duration")


def _waits_left_out(data: object) -> tuple[str, ...]:
    if not isinstance(data, Journey):
        return ()
    waits = sum(transition.wait is not None for transition in data.transitions)
    return (f"{waits} waits between steps have no emotion of their own and are left out",) if waits else ()
