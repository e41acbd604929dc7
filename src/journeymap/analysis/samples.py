"""One side of a comparison: a share or a mean, from answers, from counts, or from a metric of a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.doors import Numbers, known, number, numbers
from journeymap.analysis.intervals import Share, mean_and_sd
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Metric

Answers: TypeAlias = Share | Mapping[str, float | None] | Numbers
"""Counts; or answers, by respondent id if the same people can be on both sides. Answers of 0 and 1 (or false and true) are a share."""
Kind = Literal["share", "mean"]


@frozen
class Sample:
    """What one side says."""

    kind: Kind
    value: float
    """The share, 0 to 1, or the mean."""
    n: int | None
    """How many answered; None where a map does not say."""
    sd: float | None = None
    """The standard deviation of the answers (divisor n - 1), for a mean."""
    answers: tuple[float, ...] = ()
    by_id: tuple[tuple[str, float], ...] = ()
    """The answers by respondent, where they have ids."""
    missing: int = 0

    @property
    def share(self) -> Share:
        """A share as counts."""
        n = self.n or 0
        return Share(min(float(n), self.value * n), n)


def sample_of(data: Answers, *, question: str, side: str) -> Sample:
    """One side from plain data; NotEnoughData where nobody answered."""
    if isinstance(data, Share):
        if data.value is None:
            raise NotEnoughData(question, f"nobody was asked {side}", "at least one answer on each side")
        if data.n != int(data.n):
            raise AnalysisError(f"{side}: n is {data.n:g}; a number of people is whole")
        return Sample("share", data.value, int(data.n))
    if isinstance(data, Mapping):
        values = numbers(_plain(data.values()), what=side)
        by_id = tuple((str(key), value) for key, value in zip(data, values, strict=True) if value is not None)
    else:
        values, by_id = numbers(_plain(data), what=side), ()
    answers = known(values)
    if not answers:
        raise NotEnoughData(question, f"nobody answered {side}", "at least one answer on each side")
    mean, sd = mean_and_sd(answers)
    kind: Kind = "share" if set(answers) <= {0.0, 1.0} else "mean"
    return Sample(kind, mean, len(answers), sd, answers, by_id, len(values) - len(answers))


def sample_of_metric(metric: Metric, *, question: str) -> Sample:
    """One side from a metric: a share where its unit is % or its kind says so, else a mean of unknown spread."""
    if metric.kind == "nps":
        raise AnalysisError(f"{metric.id} is an NPS; compare two of them with nps_difference")
    if metric.value is None:
        raise NotEnoughData(question, f"the metric {metric.id!r} has no value", "a value with its n")
    if metric.unit == "%":
        return Sample("share", number(metric.value, what=metric.id, low=0, high=100) / 100, metric.n)
    if metric.kind in {"conversion", "share"}:
        return Sample("share", number(metric.value, what=metric.id, low=0, high=1), metric.n)
    return Sample("mean", metric.value, metric.n)


def alike(samples: list[Sample]) -> Kind:
    """The kind of all of them: a mean as soon as one of them is, unless counts are among them."""
    kinds = {sample.kind for sample in samples}
    if len(kinds) == 1:
        return samples[0].kind
    if any(sample.kind == "share" and not sample.answers for sample in samples):
        raise AnalysisError("one side is a share, the other a mean; give both as the same kind")
    return "mean"


def _plain(values: Numbers) -> list[float | None]:
    """True and false as 1 and 0, which everywhere else are no numbers."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise AnalysisError(f"{shown(values)} is not a series of answers; give a list such as [0, 1, 1], or Share(45, 120)")
    return [float(value) if isinstance(value, bool) else value for value in values]
