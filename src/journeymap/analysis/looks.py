"""Looking at a result while data still come in (J9): how likely a chance finding becomes, and what to ask for instead."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import number
from journeymap.analysis.intervals import normal_p, normal_quantile
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

MOST_LOOKS = 50
Spending = Literal["pocock", "obrien-fleming"]


@frozen(kw_only=True)
class Look:
    """What a finding has to reach at one look."""

    look: int
    z: float
    """The difference in standard errors that counts as a finding."""
    nominal_alpha: float
    """The two-sided p-value that it amounts to."""


@frozen(kw_only=True)
class SequentialLooks(Result):
    """How likely a chance finding is over all looks; the value is the inflated error probability."""

    analysis: ClassVar[str] = "sequential_looks"
    subject: ClassVar[str] = "The probability of a chance finding"
    counted: ClassVar[str] = "looks"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "boundaries"

    alpha: float
    """What each look alone would have."""
    boundaries: tuple[Look, ...]
    """What to ask for at each look so that all together keep to ``alpha``."""

    def _told(self) -> str:
        times = "once" if self.n == 1 else f"{self.n} times"
        return (
            f"Whoever looks {times} and stops at the first p below {self.alpha:g} finds something where there is nothing "
            f"in {percent(self.value)} of cases"
        )


def sequential_looks(
    data: Journey | int, *, alpha: float = 0.05, spending: Spending = "pocock", metric: str | None = None, strict: bool = False
) -> SequentialLooks:
    """How much more likely is a chance finding when we look more than once?

    The probability that at one of so many equally spaced looks |z| exceeds the two-sided critical value of ``alpha``, although
    there is no difference, by the recursion of Armitage, McPherson & Rowe (1969): 0.083 for 2 looks, 0.142 for 5, 0.193 for
    10. ``boundaries`` keep the whole to ``alpha``: the same at every look (Pocock 1977), or strict first and nearly the usual last
    (``"obrien-fleming"``, O'Brien & Fleming 1979). More than one look warns (`PEEKING`).

    Data are the number of looks; a map gives the dated values of one metric (by name, ``metric``), each of which is a look. The looks
    have to be planned, and the boundaries used from the first on.

    >>> found = sequential_looks(5)
    >>> round(found.value, 3), round(found.boundaries[0].z, 3)
    (0.142, 2.413)
    """
    alpha = number(alpha, what="alpha", low=1e-6, high=0.5)
    looks = _looks_of(data, metric)
    if isinstance(looks, bool) or not isinstance(looks, int) or not 1 <= looks <= MOST_LOOKS:
        raise AnalysisError(f"{shown(looks)} is no number of looks; give 1 to {MOST_LOOKS}")
    wanted = _constant(looks, alpha, spending)
    heights = [_height(wanted, look, looks, spending) for look in range(1, looks + 1)]
    result = SequentialLooks(
        value=inflated_alpha(looks, alpha),
        unit="",
        n=looks,
        method="recursive integration over equally spaced looks",
        assumptions=("the looks are equally spaced and two-sided, and each stops at the first finding",),
        warnings=peeking(looks, alpha),
        alpha=alpha,
        boundaries=tuple(Look(look=k, z=z, nominal_alpha=normal_p(z)) for k, z in enumerate(heights, start=1)),
    )
    return sealed(result, strict=strict, inputs=(looks, alpha, spending))


def inflated_alpha(looks: int, alpha: float = 0.05) -> float:
    """The probability of a chance finding over so many looks, each at ``alpha``."""
    return _crossing((normal_quantile(1 - alpha / 2),) * looks)


def peeking(looks: int, alpha: float = 0.05) -> tuple[Caution, ...]:
    """A caution for more than one look, with the error probability that it makes."""
    if looks <= 1:
        return ()
    return (caution("PEEKING", f"{looks} looks at {alpha:g} make a chance finding {percent(inflated_alpha(looks, alpha))} likely"),)


def _looks_of(data: Journey | int, metric: str | None) -> int:
    if not isinstance(data, Journey):
        return data
    dated = [found for found in data.all_metrics() if found.value is not None and found.observed is not None]
    names = {found.name for found in dated}
    if metric is None and len(names) > 1:
        raise NotEnoughData("sequential_looks", f"{len(names)} metrics have dated values", "metric= with the name of one")
    looks = sum(metric is None or metric in {found.name, found.id} for found in dated)
    if looks == 0:
        raise NotEnoughData("sequential_looks", "no metric has dated values", "the dated values of one metric, or the number of looks")
    return looks


def _height(constant: float, look: int, looks: int, spending: Spending) -> float:
    return constant if spending == "pocock" else constant * math.sqrt(looks / look)


@lru_cache(maxsize=256)
def _constant(looks: int, alpha: float, spending: Spending) -> float:
    """The constant with which the boundaries keep to alpha, by bisection."""
    low, high = normal_quantile(1 - alpha / 2), normal_quantile(1 - alpha / (2 * looks)) + 0.5
    for _ in range(40):
        middle = (low + high) / 2
        if _crossing(tuple(_height(middle, look, looks, spending) for look in range(1, looks + 1))) > alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2


@lru_cache(maxsize=256)
def _crossing(heights: tuple[float, ...]) -> float:
    """The probability that a random walk of normal steps leaves the heights (in standard errors) at one of the looks.

    The density of those still inside is kept at Gauss-Legendre nodes and carried from look to look.
    """
    import numpy as np

    crossed, nodes, density = 0.0, np.zeros(1), np.ones(1)
    for look, height in enumerate(heights, start=1):
        edge = height * math.sqrt(look)
        outside = [math.erfc((edge - x) / math.sqrt(2)) / 2 + math.erfc((edge + x) / math.sqrt(2)) / 2 for x in nodes]
        crossed += float(np.dot(density, outside))
        if look < len(heights):
            points, weights = _gauss(max(32, math.ceil(8 * edge)))
            steps = edge * np.asarray(points)[:, np.newaxis] - nodes[np.newaxis, :]
            density = edge * np.asarray(weights) * (np.exp(-(steps**2) / 2) @ density) / math.sqrt(2 * math.pi)
            nodes = edge * np.asarray(points)
    return crossed


@lru_cache(maxsize=512)
def _gauss(n: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    from numpy.polynomial.legendre import leggauss

    points, weights = leggauss(n)
    return tuple(map(float, points)), tuple(map(float, weights))
