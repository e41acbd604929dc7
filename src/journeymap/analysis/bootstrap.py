"""Bootstrap intervals: how much a statistic moves when the same respondents are drawn again and again.

Rows are resampled as a whole, so that what belongs to one respondent stays together. The draws come from a seed, the
same seed gives the same interval, and `Interval.error` says how much another seed would move the bounds (Efron & Tibshirani
1993, chapters 13 and 14).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeAlias

from journeymap.analysis.intervals import LEVEL, Interval, check_level
from journeymap.errors import AnalysisError, shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]

DRAWS = 2_000
"""How many resamples unless asked otherwise."""
FEWEST_FOR_PERCENTILE = 20
"""Below this the percentile interval is too narrow, and none is given."""
_CELLS_AT_ONCE = 4_000_000


def percentile(
    rows: Floats, statistic: Callable[[Floats], Floats], *, level: float = LEVEL, draws: int = DRAWS, seed: int = 0
) -> Interval | None:
    """The percentile interval of a statistic; None for fewer than 20 rows.

    ``rows`` has one respondent a row; ``statistic`` takes resamples of shape (draws, respondents, ...) to one number each.
    """
    if len(rows) < FEWEST_FOR_PERCENTILE:
        return None
    values = _sorted_draws(rows, statistic, draws, seed)
    tail = (1 - check_level(level)) / 2
    return between(values, tail, 1 - tail, level, "percentile bootstrap")


def percentile_of_counts(
    counts: Sequence[int], statistic: Callable[[Floats], Floats], *, level: float = LEVEL, draws: int = DRAWS, seed: int = 0
) -> Interval | None:
    """The percentile interval where rows fall into a few kinds and only their counts matter; None for fewer than 20 rows.

    It draws counts of shape (draws, kinds) at once, which is the same as drawing rows and far quicker.
    """
    import numpy as np

    n = sum(counts)
    if n < FEWEST_FOR_PERCENTILE:
        return None
    random = np.random.default_rng(seed)
    values = np.sort(statistic(random.multinomial(n, np.array(counts) / n, size=_checked(draws)).astype(float)))
    tail = (1 - check_level(level)) / 2
    return between(values, tail, 1 - tail, level, "percentile bootstrap")


def bca(rows: Floats, statistic: Callable[[Floats], Floats], *, level: float = LEVEL, draws: int = DRAWS, seed: int = 0) -> Interval | None:
    """The bias-corrected and accelerated interval (Efron 1987); None for fewer than two rows, or where resampling changes nothing.

    >>> import numpy as np
    >>> interval = bca(np.arange(30.0), lambda samples: samples.mean(axis=1))
    >>> 11 < interval.low < 12 < 17 < interval.high < 18
    True
    """
    import numpy as np

    if len(rows) < 2:
        return None
    values = _sorted_draws(rows, statistic, draws, seed)
    observed = float(statistic(rows[np.newaxis])[0])
    below = (np.searchsorted(values, observed, "left") + np.searchsorted(values, observed, "right")) / 2
    if values[0] == values[-1] or not 0 < below < len(values):
        return None
    normal = NormalDist()
    bias = normal.inv_cdf(float(below) / len(values))
    acceleration = _acceleration(rows, statistic)

    def adjusted(tail: float) -> float:
        shifted = bias + normal.inv_cdf(tail)
        return normal.cdf(bias + shifted / (1 - acceleration * shifted))

    tail = (1 - check_level(level)) / 2
    return between(values, adjusted(tail), adjusted(1 - tail), level, "BCa bootstrap")


def resamples(n: int, *, draws: int, seed: int) -> Iterator[NDArray[np.intp]]:
    """Index arrays of shape (some draws, n), together ``draws`` of them, in pieces that fit into memory."""
    import numpy as np

    draws = _checked(draws)
    random = np.random.default_rng(seed)
    at_once = max(1, _CELLS_AT_ONCE // max(n, 1))
    for start in range(0, draws, at_once):
        yield random.integers(0, n, size=(min(at_once, draws - start), n))


def _checked(draws: int) -> int:
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 100:
        raise AnalysisError(f"{shown(draws)} draws are too few for an interval; give 100 or more")
    return draws


def _sorted_draws(rows: Floats, statistic: Callable[[Floats], Floats], draws: int, seed: int) -> Floats:
    import numpy as np

    return np.sort(np.concatenate([statistic(rows[picked]) for picked in resamples(len(rows), draws=draws, seed=seed)]))


def _acceleration(rows: Floats, statistic: Callable[[Floats], Floats]) -> float:
    """The skewness of the statistic when one row at a time is left out."""
    import numpy as np

    n = len(rows)
    at_once = max(1, _CELLS_AT_ONCE // n)
    left_out = []
    for start in range(0, n, at_once):
        drop = np.arange(start, min(n, start + at_once))
        keep = np.arange(n - 1)[np.newaxis, :]
        left_out.append(statistic(rows[keep + (keep >= drop[:, np.newaxis])]))
    values = np.concatenate(left_out)
    away = values.mean() - values
    square = float((away**2).sum())
    return float((away**3).sum()) / (6 * square**1.5) if square > 0 else 0.0


def between(values: Floats, low: float, high: float, level: float, method: str) -> Interval:
    """The interval between two quantiles of sorted draws, with the error that the draws leave in them."""
    import numpy as np

    def error(p: float) -> float:
        step = math.sqrt(p * (1 - p) / len(values))
        around = np.quantile(values, [max(0.0, p - step), min(1.0, p + step)])
        return float(around[1] - around[0]) / 2

    bounds = np.quantile(values, [low, high])
    return Interval(float(bounds[0]), float(bounds[1]), level, method, max(error(low), error(high)))
