"""Many comparisons at once: p-values of differences of shares, and what is left of them when many are made."""

from __future__ import annotations

import math
from collections.abc import Sequence

from journeymap.analysis.intervals import normal_p

FEWEST_PER_GROUP = 5
"""With fewer in a group there is no test, only the difference."""


def share_difference_p(first: tuple[int, int], second: tuple[int, int]) -> float | None:
    """The two-sided p-value of a difference of two shares, each (successes, n), with pooled variance.

    None with fewer than 5 in a group. Two shares of 0, or of 1, do not differ: p is 1.

    >>> round(share_difference_p((45, 100), (30, 100)), 4)
    0.0285
    """
    (x, n), (y, m) = first, second
    if min(n, m) < FEWEST_PER_GROUP:
        return None
    pooled = (x + y) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return normal_p((x / n - y / m) / error) if error > 0 else 1.0


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """The p-values adjusted so that at most the share that one accepts of what is found is false (Benjamini & Hochberg 1995).

    None stays None and does not count as a comparison.

    >>> benjamini_hochberg([0.01, None, 0.04, 0.03])
    (0.03, None, 0.04, 0.04)
    """
    made = [(p, place) for place, p in enumerate(p_values) if p is not None]
    adjusted: list[float | None] = [None] * len(p_values)
    lowest = 1.0
    for rank, (p, place) in sorted(enumerate(sorted(made), start=1), reverse=True):
        lowest = min(lowest, p * len(made) / rank)
        adjusted[place] = lowest
    return tuple(adjusted)
