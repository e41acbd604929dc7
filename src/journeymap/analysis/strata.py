"""What hides behind a total: groups that say something else, and waves in which other people answered."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.intervals import Share, chi_square_p
from journeymap.analysis.result import percent
from journeymap.errors import NotEnoughData

MIX_P = 0.01


@frozen
class Standardised:
    """Two shares as they would be if both sides had the same mix of groups."""

    first: float
    second: float

    @property
    def difference(self) -> float:
        """First minus second."""
        return self.first - self.second


def standardised(strata: Mapping[str, tuple[Share, Share]]) -> Standardised | None:
    """Both shares weighted to the mix of all together (direct standardisation); None where a group lacks one side.

    >>> found = standardised({"young": (Share(1, 10), Share(2, 10)), "old": (Share(8, 10), Share(9, 10))})
    >>> round(found.difference, 6)
    -0.1
    """
    rates = [(one.value, other.value, one.n + other.n) for one, other in strata.values()]
    total = fsum(weight for _, _, weight in rates)
    if not rates or any(one is None or other is None for one, other, _ in rates):
        return None
    first = fsum((one or 0.0) * weight for one, _, weight in rates) / total
    second = fsum((other or 0.0) * weight for _, other, weight in rates) / total
    return Standardised(first, second)


def pooled(strata: Mapping[str, tuple[Share, Share]]) -> tuple[Share, Share]:
    """Both sides summed over the groups."""
    first = Share(fsum(one.successes for one, _ in strata.values()), fsum(one.n for one, _ in strata.values()))
    second = Share(fsum(other.successes for _, other in strata.values()), fsum(other.n for _, other in strata.values()))
    return first, second


def simpson(strata: Mapping[str, tuple[Share, Share]]) -> tuple[Caution, ...]:
    """A caution where most groups point another way than the total; groups without a difference have no say."""
    first, second = pooled(strata)
    if first.value is None or second.value is None or first.value == second.value:
        return ()
    total = first.value - second.value
    differences = [one.value - other.value for one, other in strata.values() if one.value is not None and other.value is not None]
    pointing = [difference for difference in differences if difference]
    against = sum(difference * total < 0 for difference in pointing)
    if against * 2 <= len(pointing) or not pointing:
        return ()
    told = (
        f"the total goes from {percent(second.value)} to {percent(first.value)}, but {against} of {len(pointing)} groups go the other way"
    )
    same_mix = standardised(strata)
    if same_mix is not None:
        told += f"; with the same mix it would be {percent(same_mix.second)} to {percent(same_mix.first)}"
    return (caution("SIMPSON", told),)


def mix_shift(counts: Mapping[str, tuple[float, float]]) -> tuple[Caution, ...]:
    """A caution where the mix of groups differs between two waves (chi-square of homogeneity, p < 0.01)."""
    kept = {group: pair for group, pair in counts.items() if sum(pair) > 0}
    if len(kept) < 2:
        return ()
    sides = [fsum(pair[side] for pair in kept.values()) for side in (0, 1)]
    if not all(sides):
        raise NotEnoughData("the mix of groups", "one wave has nobody in it", "counts of both waves by group")
    total = fsum(sides)
    statistic = fsum(
        (pair[side] - sum(pair) * sides[side] / total) ** 2 / (sum(pair) * sides[side] / total) for pair in kept.values() for side in (0, 1)
    )
    p = chi_square_p(statistic, len(kept) - 1)
    return (caution("MIX_SHIFT", f"the mix of {len(kept)} groups differs between the waves (p = {p:.2g})"),) if p < MIX_P else ()
