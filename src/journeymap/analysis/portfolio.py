"""One number over several journeys (M1), never a mean of percentages without their n."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, sqrt
from typing import ClassVar, TypeAlias

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import metric_of, number
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, Share, check_level, wilson, z_value
from journeymap.analysis.result import Level, Result, amount, number_of, percent, sealed
from journeymap.analysis.samples import Answers, Kind, Sample, alike, sample_of, sample_of_metric
from journeymap.analysis.strata import mix_shift, simpson, standardised
from journeymap.analysis.weights import kish
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey, MetricKind

Portfolio: TypeAlias = Iterable[Journey] | Mapping[str, Share | tuple[float, int] | Answers]
"""Journeys; or by journey a share as counts, a mean with its n, or answers."""
Strata: TypeAlias = Mapping[str, tuple[Share, Share]]
"""By group, the share now and the share before."""


@frozen(kw_only=True)
class RolledUp:
    """One journey's part."""

    id: str
    value: float
    n: int
    weight: float
    """Its share of the weight."""
    before: float | None = None
    change: float | None = None
    """Now - before."""


@frozen(kw_only=True)
class RollUp(Result):
    """The number of the whole portfolio; the value is the weighted mean."""

    analysis: ClassVar[str] = "roll_up"
    subject: ClassVar[str] = "The portfolio's number"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "journeys"

    n_eff: float
    """How many equally weighted journeys it is worth: (sum of w)² / sum of w² (Kish)."""
    answers_eff: float
    """How many equally weighted answers it is worth; the interval rests on these."""
    change: float | None = None
    """Now - before, over the whole."""
    change_standardised: float | None = None
    """Now - before, as it would be with the same mix of journeys both times."""
    journeys: tuple[RolledUp, ...]
    """The lowest value first, ties by id."""

    def _told(self) -> str:
        say = percent if self.unit == "share" else amount
        over, worst = number_of(len(self.journeys), "journeys"), self.journeys[0]
        told = f"Over {over} it is {say(self.value)}, lowest in {worst.id!r} ({say(worst.value)})"
        if self.change is None:
            return told
        change = amount(100 * self.change, "percentage points") if self.unit == "share" else amount(self.change, "points")
        return f"{told}; it changed by {change}"


def roll_up(
    data: Portfolio,
    *,
    kind: MetricKind = "csat",
    metric: str | None = None,
    weights: Mapping[str, float] | None = None,
    before: Portfolio | None = None,
    by: Mapping[str, Strata] | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> RollUp:
    """What is the number over all journeys, and do the journeys say the same?

    The mean of the journeys' values, weighted by how many answers each rests on, or by ``weights`` (customers, revenue). Kish's
    effective sample size says what that is worth. The interval is Wilson's on the effective number of answers for shares, and
    normal for means whose spread is known; else there is none. With ``before`` each journey's change stands beside the change
    of the whole, and a whole that goes against most of its journeys is told (`SIMPSON`), as is another mix (`MIX_SHIFT`);
    ``by`` runs the same check over other groups: ``{"persona": {"Maya": (Share(8, 10), Share(7, 10))}}``.

    Journeys bring the metric of that ``kind``, or the one with the id ``metric``. Plain data are by journey. A value without n is
    refused: a mean of percentages says nothing without it. Unit: that of the values; shares are 0 to 1.

    Sources: Kish (1965); Simpson (1951).

    >>> round(roll_up({"loan": Share(45, 50), "card": Share(10, 50)}).value, 9)
    0.55
    """
    level = check_level(level)
    samples = _samples(data, kind, metric)
    shape = alike([sample for sample in samples.values() if sample.n])
    shares = _weights(samples, weights)
    value = fsum(shares[name] * sample.value for name, sample in samples.items())
    answers_eff = 1 / fsum(shares[name] ** 2 / (sample.n or 1) for name, sample in samples.items())
    rows = {name: RolledUp(id=name, value=s.value, n=s.n or 0, weight=shares[name]) for name, s in samples.items()}
    warnings: list[Caution] = [*small_n(sum(sample.n or 0 for sample in samples.values()))]
    change = same_mix = None
    earlier: dict[str, Sample] = {}
    if before is not None:
        earlier = _samples(before, kind, metric)
        if earlier.keys() != samples.keys():
            alone = sorted(earlier.keys() ^ samples.keys())
            raise AnalysisError(f"before: {', '.join(alone[:5])} are there only once; give the same journeys both times")
        alike([*samples.values(), *earlier.values()])
        old = _weights(earlier, weights)
        change = value - fsum(old[name] * sample.value for name, sample in earlier.items())
        rows = {name: evolve(row, before=earlier[name].value, change=row.value - earlier[name].value) for name, row in rows.items()}
        same_mix, found = _compared(samples, earlier, shape, change)
        warnings += found
    for name, strata in (by or {}).items():
        warnings += [Caution(w.code, f"by {name}: {w.text}") for w in simpson(strata)]
    result = RollUp(
        value=value,
        unit="share" if shape == "share" else "points",
        n=sum(sample.n or 0 for sample in samples.values()),
        missing=sum(sample.missing for sample in samples.values()),
        interval=_interval(samples, shares, shape, value, answers_eff, level),
        method="mean over journeys, weighted by " + ("n" if weights is None else "the weights given"),
        assumptions=("each answer is counted in one journey",),
        warnings=tuple(warnings),
        n_eff=kish(list(shares.values())),
        answers_eff=answers_eff,
        change=change,
        change_standardised=same_mix,
        journeys=tuple(sorted(rows.values(), key=lambda row: (row.value, row.id))),
    )
    inputs = (tuple(samples.items()), tuple(shares.items()), tuple(earlier.items()), level)
    return sealed(result, strict=strict, inputs=inputs)


def _samples(data: object, kind: MetricKind, metric: str | None) -> dict[str, Sample]:
    if isinstance(data, Mapping):
        found = {str(name): _sample(str(name), given) for name, given in data.items()}
    elif isinstance(data, Iterable) and not isinstance(data, str):
        found = {}
        for journey in data:
            if not isinstance(journey, Journey):
                raise AnalysisError(f"{shown(journey)} is no journey; give journeys, or a mapping of name to Share")
            if journey.id in found:
                raise AnalysisError(f"two journeys have the id {journey.id!r}; give each its own")
            found[journey.id] = _of_journey(journey, kind, metric)
    else:
        raise AnalysisError(f"{shown(data)} is no portfolio; give journeys, or a mapping of name to Share")
    if not found:
        raise NotEnoughData("roll_up", "there are no journeys", "at least one")
    for name, sample in found.items():
        if not sample.n:
            raise NotEnoughData("roll_up", f"{name} has a value without n", "n with every value; percentages without n cannot be averaged")
    return found


def _of_journey(journey: Journey, kind: MetricKind, metric: str | None) -> Sample:
    found = metric_of(journey, question="roll_up", metric=metric, kind=kind)
    if found.kind == "nps" and found.value is not None:
        return Sample("mean", number(found.value, what=found.id, low=-100, high=100), found.n)
    return sample_of_metric(found, question="roll_up")


def _sample(name: str, given: object) -> Sample:
    if isinstance(given, bool | int | float):
        return Sample("mean", float(given), None)
    if isinstance(given, tuple):
        if len(given) != 2:
            raise AnalysisError(f"{name}: {shown(given)} is no mean with its n; give (4.2, 120), or Share(45, 50)")
        n = number(given[1], what=f"the n of {name}", low=0)
        return Sample("mean", number(given[0], what=name), int(n))
    if isinstance(given, Share | Mapping) or (isinstance(given, Iterable) and not isinstance(given, str)):
        return sample_of(given, question="roll_up", side=name)
    raise AnalysisError(f"{name}: {shown(given)} is no value with its n; give Share(45, 50), (4.2, 120), or answers")


def _weights(samples: Mapping[str, Sample], weights: Mapping[str, float] | None) -> dict[str, float]:
    if weights is None:
        given = {name: float(sample.n or 0) for name, sample in samples.items()}
    else:
        lacking = [name for name in samples if name not in weights]
        if lacking:
            raise AnalysisError(f"weights: there is none for {', '.join(lacking[:5])}; give one for each journey")
        given = {name: number(weights[name], what=f"the weight of {name}", low=0) for name in samples}
    total = fsum(given.values())
    if not total:
        raise AnalysisError("weights: all are 0; give some journeys a weight")
    return {name: weight / total for name, weight in given.items()}


def _interval(
    samples: Mapping[str, Sample], shares: Mapping[str, float], shape: Kind, value: float, answers_eff: float, level: float
) -> Interval | None:
    if shape == "share":
        return wilson(value * answers_eff, answers_eff, level=level)
    if any(sample.sd is None for sample in samples.values()):
        return None
    half = z_value(level) * sqrt(fsum((shares[name] * (s.sd or 0.0)) ** 2 / (s.n or 1) for name, s in samples.items()))
    return Interval(value - half, value + half, level, "normal, by journey")


def _compared(
    now: Mapping[str, Sample], earlier: Mapping[str, Sample], shape: Kind, change: float
) -> tuple[float | None, Sequence[Caution]]:
    """The change with the same mix of journeys, and what hides behind that of the whole."""
    mix = mix_shift({name: (float(now[name].n or 0), float(earlier[name].n or 0)) for name in now})
    if shape == "share":
        strata = {name: (now[name].share, earlier[name].share) for name in now}
        same = standardised(strata)
        return (same.difference if same else None), (*simpson(strata), *mix)
    sizes = {name: (now[name].n or 0) + (earlier[name].n or 0) for name in now}
    same_mix = fsum(sizes[name] * (now[name].value - earlier[name].value) for name in now) / sum(sizes.values())
    pointing = [now[name].value - earlier[name].value for name in now if now[name].value != earlier[name].value]
    against = sum(difference * change < 0 for difference in pointing)
    if against * 2 <= len(pointing):
        return same_mix, mix
    told = f"the whole changed by {change:.3g}, but {against} of {len(pointing)} journeys go the other way"
    return same_mix, (caution("SIMPSON", told), *mix)
