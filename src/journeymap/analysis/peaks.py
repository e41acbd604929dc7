"""How bumpy the journey is (A4), and where the highs and lows that stand out are (A5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import fsum, sqrt
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.doors import Labelled, Point, known, number
from journeymap.analysis.felt import spoken
from journeymap.analysis.intervals import mean_and_sd
from journeymap.analysis.lived import Direction, Lived, Way, lived
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.model import Journey

NO_TREND = 0.5
"""A drift over the whole journey of fewer points than this is no trend worth a word."""
STANDS_OUT = 0.25
"""The share of the range that a peak has to rise above its surroundings."""


@frozen(kw_only=True)
class Volatility(Result):
    """How much the emotion jumps from step to step; the value is the RMSSD."""

    analysis: ClassVar[str] = "volatility"
    subject: ClassVar[str] = "The size of the jumps from step to step"
    counted: ClassVar[str] = "steps"

    mssd: float | None
    """Mean squared successive difference."""
    rmssd: float | None
    """Its root, in points: the size of a typical jump."""
    sd: float | None
    """Standard deviation of the values (divisor n - 1)."""
    range: float
    """From the lowest value to the highest."""
    von_neumann: float | None
    """MSSD over the variance: below 2 neighbours are alike, above 2 they alternate; None for a constant series."""
    sign_changes: float
    """How often the values cross neutral; those at neutral do not count."""
    turns: float
    """How often the course turns from up to down or back."""
    slope: float | None
    """The trend: points per step, by least squares."""

    def _told(self) -> str:
        drift = (self.slope or 0.0) * ((self.n or 1) - 1)
        way = "rises" if drift > 0 else "falls"
        whole = f"it {way} by {amount(abs(drift))}" if abs(drift) >= NO_TREND else "it neither rises nor falls"
        if self.range == 0:
            return "The emotion stays the same from step to step"
        often = "once" if self.sign_changes == 1 else amount(self.sign_changes, "times")
        crossing = f"crosses neutral {often}" if self.sign_changes else "never crosses neutral"
        jumps = f"From one step to the next the emotion jumps by {amount(self.rmssd, 'points')} and {crossing}"
        return f"{jumps}; over the whole journey {whole}"


def volatility(data: Journey | Labelled, *, neutral: float = 0.0, persona: str | None = None, strict: bool = False) -> Volatility:
    """How bumpy is the journey?

    MSSD = mean((v[i+1] - v[i])²) over the n - 1 successive differences, RMSSD its root, the standard deviation (divisor n - 1),
    the range, the von Neumann ratio MSSD / variance, crossings of ``neutral``, turns, and the least-squares slope per step. A
    difference across a step without a value is no successive one and is left out. A branching map is computed way by way and
    weighted by the share of customers. Unit: points.

    Fewer than two values in a row give None with the reason; a constant series has 0 and no ratio. NotEnoughData when more than
    30 % of the steps have no value.

    Sources: von Neumann et al. (1941); Jahng, Wood & Trull (2008).

    >>> round(volatility([1, -1, 2, 0]).mssd, 3)
    5.667
    """
    neutral = number(neutral, what="neutral")
    found = lived(data, question="volatility", persona=persona)
    mssd = _over(found, lambda way: _mssd(way.points))
    variance = _over(found, lambda way: (mean_and_sd(way.values)[1] or 0.0) ** 2 if len(way.values) > 1 else None)
    result = Volatility(
        value=None if mssd is None else sqrt(mssd),
        reason="no two steps in a row have a value" if mssd is None else "",
        unit=found.unit,
        n=found.n,
        missing=found.missing,
        method="root mean square of successive differences" + (", by way" if len(found.ways) > 1 else ""),
        assumptions=found.assumptions,
        warnings=found.warnings,
        mssd=mssd,
        rmssd=None if mssd is None else sqrt(mssd),
        sd=None if variance is None else sqrt(variance),
        range=_over(found, lambda way: max(way.values) - min(way.values)) or 0.0,
        von_neumann=None if mssd is None or not variance else mssd / variance,
        sign_changes=_over(found, lambda way: float(_changes([value - neutral for value in way.values]))) or 0.0,
        turns=_over(found, lambda way: float(_changes(_steps(way.values)))) or 0.0,
        slope=_over(found, lambda way: _slope(way.points)),
    )
    return sealed(result, strict=strict, inputs=(found.inputs, neutral))


@frozen(kw_only=True)
class Extreme:
    """A high or low of the curve."""

    id: str
    name: str
    kind: Literal["peak", "valley"]
    place: int
    """Which of the steps with a value it is, counted from 0; of a plateau the middle one."""
    value: float
    prominence: float
    """How far it rises above (or sinks below) the higher saddle on the way to a higher peak (or a deeper valley)."""
    share: float = 1.0
    """The share of customers on whose way it stands out."""


@frozen(kw_only=True)
class PeaksAndValleys(Result):
    """The highs and lows that stand out, the most prominent first; the value is how many there are."""

    analysis: ClassVar[str] = "peaks_and_valleys"
    subject: ClassVar[str] = "The number of highs and lows that stand out"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "extremes"

    extremes: tuple[Extreme, ...]
    first: Point
    """The first step with a value: no interior point, and often what matters most."""
    last: Point
    threshold: float
    """How prominent one had to be."""
    scale: str
    """The unit of the values."""

    @property
    def peaks(self) -> tuple[Extreme, ...]:
        """The highs."""
        return tuple(extreme for extreme in self.extremes if extreme.kind == "peak")

    @property
    def valleys(self) -> tuple[Extreme, ...]:
        """The lows."""
        return tuple(extreme for extreme in self.extremes if extreme.kind == "valley")

    def _told(self) -> str:
        first, last = (spoken(point.value, self.scale) for point in (self.first, self.last))
        ends = f"it starts at {first} ({self.first.name!r}) and ends at {last} ({self.last.name!r})"
        if not self.extremes:
            return f"No high or low between the ends stands out; {ends}"
        words = {"peak": "the high", "valley": "the low"}
        named = [f"{words[e.kind]} at {e.name!r} ({spoken(e.value, self.scale)}{_on(e.share)})" for e in self.extremes[:3]]
        return f"What stands out is {', '.join(named)}; {ends}"


def peaks_and_valleys(
    data: Journey | Labelled,
    *,
    stands_out: float = STANDS_OUT,
    threshold: float = 0.0,
    higher_is: Direction = "better",
    persona: str | None = None,
    strict: bool = False,
) -> PeaksAndValleys:
    """Where are the highs and lows that stand out?

    A peak is an interior step higher than its neighbours, a valley one that is lower; a plateau counts once, at the floor of its
    middle. The prominence is the height above the higher of the two lowest saddles on the way to higher ground (valleys are
    peaks upside down). Those with a prominence of at least ``stands_out`` (a share of the range, 0.25) and ``threshold`` points are
    kept, the most prominent first, then by place. The two ends are never among them and are reported beside. Steps without a
    value are passed over. On a branching map each is found way by way and carries the share of customers on whose way it stands
    out. Unit of the prominence: points.

    With ``higher_is="worse"`` a peak of the numbers is a low of the experience and is reported as a valley.

    NotEnoughData when more than 30 % of the steps have no value. Definition of prominence as in `scipy.signal.find_peaks`.

    >>> [(e.kind, e.id) for e in peaks_and_valleys({"a": 0, "b": 2, "c": -2, "d": 1}).extremes]
    [('valley', 'c'), ('peak', 'b')]
    """
    stands_out = number(stands_out, what="stands_out", low=0, high=1)
    threshold = number(threshold, what="threshold", low=0)
    found = lived(data, question="peaks_and_valleys", persona=persona)
    everything = known(point.value for way in found.ways for point in way.points)
    needed = max(stands_out * (max(everything) - min(everything)), threshold)
    up: Literal["peak", "valley"] = "valley" if higher_is == "worse" else "peak"
    down: Literal["peak", "valley"] = "peak" if higher_is == "worse" else "valley"
    merged: dict[tuple[str, str], Extreme] = {}
    for way in found.ways:
        points, values = way.known, way.values
        for kind, sign in ((up, 1.0), (down, -1.0)):
            for place, prominence in _prominent([sign * value for value in values], needed):
                point = points[place]
                before = merged.get((kind, point.id))
                share = way.share + (before.share if before else 0.0)
                mean = prominence if before is None else (before.prominence * before.share + prominence * way.share) / share
                merged[kind, point.id] = Extreme(
                    id=point.id,
                    name=point.name,
                    kind=kind,
                    place=before.place if before else place,
                    value=point.value or 0.0,
                    prominence=mean,
                    share=share,
                )
    extremes = tuple(sorted(merged.values(), key=lambda e: (-e.prominence, e.place, e.id)))
    result = PeaksAndValleys(
        value=len(extremes),
        unit="highs and lows",
        n=found.n,
        missing=found.missing,
        method=f"interior extremes with a prominence of {needed:.3g} points or more",
        assumptions=found.assumptions,
        warnings=found.warnings,
        extremes=extremes,
        first=found.ways[0].known[0],
        last=found.ways[0].known[-1],
        threshold=needed,
        scale=found.unit,
    )
    return sealed(result, strict=strict, inputs=(found.inputs, stands_out, threshold, higher_is))


def _over(found: Lived, measure: Callable[[Way], float | None]) -> float | None:
    """The mean of a measure over the ways where it is defined, by the share of customers."""
    measured = [(way.share, value) for way in found.ways if (value := measure(way)) is not None]
    if len(measured) == 1:
        return measured[0][1]
    total = fsum(share for share, _ in measured)
    return fsum(share * value for share, value in measured) / total if total else None


def _mssd(points: Sequence[Point]) -> float | None:
    squares = [
        (after.value - before.value) ** 2 for before, after in pairwise(points) if before.value is not None and after.value is not None
    ]
    return fsum(squares) / len(squares) if squares else None


def _steps(values: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(values)]


def _changes(values: Sequence[float]) -> int:
    signs = [value > 0 for value in values if value != 0]
    return sum(before != after for before, after in pairwise(signs))


def _slope(points: Sequence[Point]) -> float | None:
    pairs = [(float(place), point.value) for place, point in enumerate(points) if point.value is not None]
    if len(pairs) < 2:
        return None
    x_mean = fsum(x for x, _ in pairs) / len(pairs)
    y_mean = fsum(y for _, y in pairs) / len(pairs)
    return fsum((x - x_mean) * (y - y_mean) for x, y in pairs) / fsum((x - x_mean) ** 2 for x, _ in pairs)


def _prominent(values: Sequence[float], needed: float) -> list[tuple[int, float]]:
    """The interior peaks with at least that prominence: place and prominence, in one pass each way."""
    peaks = _plateaus(values)
    left = _saddles(values)
    right = _saddles(values[::-1])[::-1]
    found = [(place, values[place] - max(left[place], right[place])) for place in peaks]
    return [(place, prominence) for place, prominence in found if prominence >= needed and prominence > 0]


def _plateaus(values: Sequence[float]) -> list[int]:
    """The places of the interior maxima; a plateau counts once, at the floor of its middle."""
    places, start = [], 1
    while start < len(values) - 1:
        end = start
        while end < len(values) - 1 and values[end + 1] == values[start]:
            end += 1
        if values[start - 1] < values[start] and end < len(values) - 1 and values[end + 1] < values[start]:
            places.append((start + end) // 2)
        start = end + 1
    return places


def _saddles(values: Sequence[float]) -> list[float]:
    """For each place the lowest value between it and the nearest higher one before it (or the beginning)."""
    lowest: list[float] = []
    higher: list[tuple[float, float]] = []
    for value in values:
        low = value
        while higher and higher[-1][0] <= value:
            low = min(low, higher.pop()[1])
        higher.append((value, low))
        lowest.append(low)
    return lowest


def _on(share: float) -> str:
    return "" if share > 1 - 1e-9 else f", for {percent(share)} of customers"
