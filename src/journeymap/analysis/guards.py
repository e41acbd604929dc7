"""When to warn and when to refuse: the rules that several questions share, each in one place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real

from journeymap.analysis.cautions import Caution, caution
from journeymap.errors import AnalysisError, NotEnoughData, shown

FEW_ANSWERS = 30
FEW_ON_A_SIDE = 5
MISSING_REFUSED = 0.3
MISSING_WARNED = 0.1
RESPONSE_WARNED = 0.2
BIMODAL = 5 / 9
GROUPS_APART = 1.0


def missing_heavy(question: str, *, there: int, expected: int, what: str, value: str = "value") -> tuple[Caution, ...]:
    """Nothing, or a caution from a tenth missing on; NotEnoughData when more than 30 % of the inputs are missing.

    ``what`` are the things, in the plural, and ``value`` what each of them should have, without an article.
    """
    needed = f"a known {value} for at least 70 % of the {what}"
    if there == 0:
        given = f"no {value} for any of {expected} {what}" if expected else f"there are no {what}"
        raise NotEnoughData(question, given, needed, "MISSING_HEAVY")
    lost = expected - there
    if lost / expected > MISSING_REFUSED:
        told = f"{lost} of {expected} {what} ({100 * lost / expected:.0f} %) have no {value}"
        raise NotEnoughData(question, told, f"{needed}; what is missing is never filled in", "MISSING_HEAVY")
    return missing_some(there=there, expected=expected, what=what, value=value)


def missing_some(*, there: int, expected: int, what: str, value: str = "value") -> tuple[Caution, ...]:
    """A caution from a tenth missing on, for lists in which every item stands by itself and none has to be refused."""
    lost = expected - there
    return (caution("MISSING_HEAVY", f"{lost} of {expected} {what} have no {value}"),) if lost and lost / expected >= MISSING_WARNED else ()


def small_n(n: float, *, sides: Sequence[float] = (), what: str = "answers") -> tuple[Caution, ...]:
    """A caution for fewer than 30 values, or for fewer than 5 on one side (successes and failures)."""
    if n < FEW_ANSWERS:
        return (caution("SMALL_N", f"there are {n:g} {what}"),)
    if sides and min(sides) < FEW_ON_A_SIDE:
        return (caution("SMALL_N", f"of {n:g} {what} only {min(sides):g} are on one side"),)
    return ()


def nonresponse(response_rate: float | None) -> tuple[Caution, ...]:
    """A caution where fewer than a fifth of those asked have answered, or nobody says how many; AnalysisError for what is no share."""
    if response_rate is None:
        return (caution("NONRESPONSE", "the response rate is not stated"),)
    if isinstance(response_rate, bool) or not isinstance(response_rate, Real) or not 0 < response_rate <= 1:
        raise AnalysisError(f"response_rate: {shown(response_rate)} is no share of those asked; give one above 0 and up to 1, such as 0.4")
    return (caution("NONRESPONSE", f"{100 * response_rate:.0f} % have answered"),) if response_rate < RESPONSE_WARNED else ()


def survivors(n: int, started: int | None, *, what: str = "this step") -> tuple[Caution, ...]:
    """A caution where some of those who started never got here."""
    if started is None or started <= n:
        return ()
    return (caution("SURVIVORS", f"of {started:,} who started, {n:,} reached {what}"),)


def bimodality(values: Sequence[float]) -> float | None:
    """The bimodality coefficient, (skewness² + 1) / kurtosis, with moments of divisor n; None where all values are equal.

    5/9 is that of a uniform distribution; two groups go above it, up to 1 (Pfister et al. 2013).
    """
    n = len(values)
    mean = math.fsum(values) / n
    second, third, fourth = (math.fsum((value - mean) ** k for value in values) / n for k in (2, 3, 4))
    if second <= 1e-24:
        return None
    return float(((third / second**1.5) ** 2 + 1) / (fourth / second**2))


def hidden_groups(values: Sequence[float], *, width: float, what: str) -> tuple[Caution, ...]:
    """A caution where answers fall into two groups that lie more than one point of five apart.

    ``width`` is that of the scale. Four answers are the fewest that can show it; answers on two neighbouring points have a
    high coefficient too, and are no two groups.
    """
    if len(values) < 4 or max(values) - min(values) <= GROUPS_APART * width / 4 * (1 + 1e-9):
        return ()
    coefficient = bimodality(values)
    if coefficient is None or coefficient <= BIMODAL:
        return ()
    return (caution("HIDDEN_GROUPS", f"the answers on {what} have two peaks (bimodality {coefficient:.2f}, more than 0.56)"),)


def personas_apart(by_persona: Mapping[str, float], *, what: str) -> tuple[Caution, ...]:
    """A caution where personas differ by more than one point of five."""
    if len(by_persona) < 2:
        return ()
    high, low = max(by_persona, key=lambda p: (by_persona[p], p)), min(by_persona, key=lambda p: (by_persona[p], p))
    apart = by_persona[high] - by_persona[low]
    if apart <= GROUPS_APART * (1 + 1e-9):
        return ()
    return (caution("HIDDEN_GROUPS", f"{high} and {low} are {apart:.1f} points apart on {what}"),)
