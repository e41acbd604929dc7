"""Whether a promise about time is kept (D3): the share of cases within a target, with those still open counted right."""

from __future__ import annotations

from math import fsum
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import metric_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.intervals import LEVEL, Share, wilson
from journeymap.analysis.lengths import Length, Lengths, Measured, measured, one, quantile
from journeymap.analysis.result import Level, Result, lasting, percent, sealed
from journeymap.analysis.samples import sample_of_metric
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

CENSORED_WARNED = 0.1


@frozen(kw_only=True)
class SlaCompliance(Result):
    """The share of cases within the target."""

    analysis: ClassVar[str] = "sla_compliance"
    subject: ClassVar[str] = "The share of cases within the target"
    counted: ClassVar[str] = "cases"
    data_level: ClassVar[Level] = "C"

    within: int | None
    """How many are finished within the target; None where only the share is known."""
    breaches: int | None
    """How many took longer, or are open for longer already."""
    open_breaches: int
    """Those of the breaches that are still open."""
    censored: int
    """How many are open and still within the target: nobody knows yet, so they are in no share."""
    mean_overrun: float | None
    """How far breaches go beyond the target; None without breaches, and where many cases are open."""
    p90: float | None
    """Within this time nine of ten finish; None where so many are open that nobody knows."""
    target: float | None
    time_unit: str

    def _told(self) -> str:
        told = f"{percent(self.value)} of cases keep the target"
        if self.target is not None:
            told += f" of {lasting(self.target, self.time_unit)}"
        if self.mean_overrun is not None:
            told += f"; the others take {lasting(self.mean_overrun, self.time_unit)} longer on average"
        return told


def sla_compliance(
    data: Journey | Share | Lengths,
    *,
    target: Length | None = None,
    still_open: Lengths = (),
    metric: str | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> SlaCompliance:
    """How often is the promise kept?

    The share of cases that finish within ``target`` (a case that takes exactly as long is within), 0 to 1, with Wilson's interval.
    ``data`` is how long finished cases took; ``still_open`` how long open ones have been open. An open case past the target is a
    breach; one within it is censored and in no share, with CENSORED when more than a tenth of all are; then there is no mean overrun
    either, and the 90th percentile is that of Kaplan and Meier. Lengths of time count in hours, plain numbers in their own unit.

    Counts come as `Share`; a map brings the share in a metric, named with ``metric``. With nobody to judge it is undefined.

    Sources: Wilson (1927); Hyndman & Fan (1996, type 7) for the percentile.

    >>> sla_compliance([1, 2, 5, 3], target=4).value
    0.75
    """
    if isinstance(data, Journey):
        if metric is None:
            raise NotEnoughData(
                "sla_compliance", "a map has no cases", "metric= with the id of a share within the target, or lengths of time"
            )
        found = metric_of(data, question="sla_compliance", metric=metric)
        sample = sample_of_metric(found, question="sla_compliance")
        if sample.kind != "share":
            raise AnalysisError(f"sla_compliance: the metric {found.id!r} is no share; give one in %, or of the kind 'share'")
        return _of_share(sample.value, sample.n, level, strict, hypothesis(data, [found.evidence], what="metrics"))
    if isinstance(data, Share):
        return _of_share(data.value, int(data.n), level, strict, ())
    if target is None:
        raise NotEnoughData("sla_compliance", "no target", "the target, such as timedelta(days=2)")
    return _of_lengths(measured(data, what="lengths"), measured(still_open, what="still_open"), target, level, strict)


def _of_share(value: float | None, n: int | None, level: float, strict: bool, warnings: tuple[Caution, ...]) -> SlaCompliance:
    kept = None if n is None or value is None else value * n
    sides = () if kept is None else small_n(n or 0, sides=(kept, (n or 0) - kept), what="cases")
    result = SlaCompliance(
        value=value,
        unit="share",
        n=n,
        interval=None if kept is None else wilson(kept, n or 0, level=level),
        method="share within the target, Wilson interval",
        warnings=(*warnings, *sides),
        reason="there is no case" if value is None else "",
        within=None if kept is None else round(kept),
        breaches=None if kept is None else (n or 0) - round(kept),
        open_breaches=0,
        censored=0,
        mean_overrun=None,
        p90=None,
        target=None,
        time_unit="",
    )
    return sealed(result, strict=strict, inputs=(value, n, level))


def _of_lengths(finished: Measured, waiting: Measured, target: Length, level: float, strict: bool) -> SlaCompliance:
    limit = measured([target], what="target")
    units = {found.unit for found in (finished, waiting, limit) if found.known}
    if len(units) > 1:
        raise AnalysisError("target: lengths of time and plain numbers are mixed; give all of one kind")
    most = one(target, what="target")
    took, opened = sorted(finished.known), sorted(waiting.known)
    within = sum(length <= most for length in took)
    late, late_open = [x for x in took if x > most], [x for x in opened if x > most]
    judged, censored = len(took) + len(late_open), len(opened) - len(late_open)
    everything = len(took) + len(opened)
    many_open = everything > 0 and len(opened) / everything > CENSORED_WARNED
    expected = len(finished.values) + len(waiting.values)
    warnings = missing_some(there=everything, expected=expected, what="cases")
    if many_open:
        warnings = (*warnings, caution("CENSORED", f"{len(opened)} of {everything} cases are open"))
    breaches = [*late, *late_open]
    result = SlaCompliance(
        value=within / judged if judged else None,
        unit="share",
        n=judged,
        missing=expected - everything,
        interval=wilson(within, judged, level=level),
        method="share within the target, Wilson interval; open cases past the target are breaches",
        assumptions=("open breaches count with their time so far",) if late_open and not many_open else (),
        warnings=(*warnings, *(small_n(judged, sides=(within, judged - within), what="cases") if judged else ())),
        reason="" if judged else "no case is finished or past the target",
        within=within,
        breaches=len(breaches),
        open_breaches=len(late_open),
        censored=censored,
        mean_overrun=fsum(x - most for x in breaches) / len(breaches) if breaches and not many_open else None,
        p90=_p90(took, opened),
        target=most,
        time_unit=limit.unit,
    )
    return sealed(result, strict=strict, inputs=(finished.values, waiting.values, most, level))


def _p90(took: list[float], opened: list[float]) -> float | None:
    if not opened:
        return quantile(took, 0.9)
    from journeymap.analysis.survival import steps_of, time_when_left

    cases = [(length, True) for length in took] + [(length, False) for length in opened]
    return time_when_left(steps_of(cases), 0.1)
