"""How differently personas go through the journey (I1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import fsum, log2
from typing import ClassVar, Literal, TypeAlias

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import number
from journeymap.analysis.guards import FEW_ANSWERS
from journeymap.analysis.multiplicity import benjamini_hochberg
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

By = Literal["touchpoints", "channels", "transitions"]
Distributions: TypeAlias = Mapping[str, Mapping[str, float]] | Mapping[str, Sequence[float]]
"""By persona, how often each touchpoint, channel or way is met: counts, or shares, by name or in the same order."""

DRAWS = 2_000


@frozen(kw_only=True)
class Divergence:
    """Two personas."""

    first: str
    second: str
    divergence: float | None
    """Jensen-Shannon divergence in bits: 0 the same, 1 nothing in common; None where one of them meets nothing."""
    jaccard: float | None
    """The share of what either meets that both meet."""
    p_value: float | None = None
    """Of the permutation test; None where the data are no counts."""
    adjusted: float | None = None
    """The p-value adjusted for the number of pairs (Benjamini & Hochberg)."""


@frozen(kw_only=True)
class PersonaDivergence(Result):
    """How far personas are apart; the value is the divergence of the two that are farthest apart."""

    analysis: ClassVar[str] = "persona_divergence"
    subject: ClassVar[str] = "The divergence of the personas"
    counted: ClassVar[str] = "pairs of personas"
    table: ClassVar[str] = "pairs"

    by: str
    """What is compared."""
    pairs: tuple[Divergence, ...]
    """The farthest apart first, ties by id."""
    monte_carlo_error: float | None = None
    """How much another seed would move a p-value near 0.05; None without a test."""

    def _told(self) -> str:
        first = self.pairs[0]
        return (
            f"In their {self.by}, {first.first} and {first.second} are the farthest apart: {amount(self.value)} from 0 (alike) to 1, with "
            f"{percent(first.jaccard)} in common"
        )


def persona_divergence(
    data: Journey | Distributions, *, by: By = "touchpoints", draws: int = DRAWS, seed: int = 0, strict: bool = False
) -> PersonaDivergence:
    """Do personas take different journeys?

    The Jensen-Shannon divergence of two distributions, in bits: H((P + Q) / 2) - (H(P) + H(Q)) / 2, from 0 (the same) to 1
    (nothing in common); a divergence, not its root, the distance. Beside it Jaccard's index of what they meet at all. For whole
    counts a permutation test (``draws`` random exchanges of what the two did, from ``seed``) says how often chance alone makes
    as much; p-values of several pairs are adjusted (Benjamini & Hochberg).

    A map says which touchpoints a persona meets, not how often: each counts once, so do the channels there and the ways between
    two of them, and there is no test. A persona who meets nothing has no divergence (None). NotEnoughData with one persona.

    Source: Lin (1991).

    >>> persona_divergence({"Maya": {"phone": 3, "web": 1}, "Tom": {"web": 4}}).pairs[0].jaccard
    0.5
    """
    if isinstance(data, Journey):
        table: dict[str, dict[str, float]] = {p.id: _met(data, p.id, by) for p in data.personas}
        names = {persona.id: persona.name for persona in data.personas}
        assumptions: tuple[str, ...] = ("each touchpoint that a persona meets counts once",)
    else:
        table = _checked(data)
        names = {persona: persona for persona in table}
        assumptions = ("what a customer did at one time is independent of what they did at others",)
    if len(table) < 2:
        raise NotEnoughData("persona_divergence", f"{len(table)} personas", "two or more")
    counted = not isinstance(data, Journey) and all(value == int(value) for row in table.values() for value in row.values())
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 100:
        raise AnalysisError(f"{shown(draws)} draws are too few for a p-value; give 100 or more")
    found = []
    warnings: list[Caution] = []
    for first, second in combinations(table, 2):
        one, other = table[first], table[second]
        value = jensen_shannon(one, other)
        either = {key for row in (one, other) for key, share in row.items() if share > 0}
        both = {key for key in either if one.get(key, 0) > 0 and other.get(key, 0) > 0}
        p = _permuted(one, other, value, draws, seed) if counted and value is not None else None
        found.append(
            Divergence(
                first=names[first], second=names[second], divergence=value, jaccard=len(both) / len(either) if either else None, p_value=p
            )
        )
    if counted:
        few = [name for name, row in table.items() if sum(row.values()) < FEW_ANSWERS]
        warnings += [caution("SMALL_N", f"{names[name]} has {sum(table[name].values()):g} events") for name in few]
    adjusted = benjamini_hochberg([pair.p_value for pair in found])
    found = [evolve(pair, adjusted=p) for pair, p in zip(found, adjusted, strict=True)]
    if sum(p is not None for p in adjusted) > 1:
        warnings.append(caution("MULTIPLE_TESTS", f"{len(found)} pairs of personas are compared"))
    ordered = tuple(sorted(found, key=lambda pair: (-(pair.divergence if pair.divergence is not None else -1.0), pair.first, pair.second)))
    known = sum(pair.divergence is not None for pair in found)
    result = PersonaDivergence(
        value=ordered[0].divergence,
        unit="bits",
        n=known,
        missing=len(found) - known,
        method="Jensen-Shannon divergence" + (f", permutation test (seed {seed})" if counted else ""),
        assumptions=assumptions,
        warnings=tuple(warnings),
        reason="" if known else "no two personas meet anything",
        by=by,
        pairs=ordered,
        monte_carlo_error=(0.05 * 0.95 / draws) ** 0.5 if counted else None,
    )
    return sealed(result, strict=strict, inputs=(tuple((p, tuple(row.items())) for p, row in table.items()), by, draws, seed))


def jensen_shannon(first: Mapping[str, float], second: Mapping[str, float]) -> float | None:
    """The divergence of two distributions in bits, each given as counts or shares; None where one is empty.

    >>> jensen_shannon({"a": 1}, {"b": 1})
    1.0
    """
    one, other = fsum(first.values()), fsum(second.values())
    if not one or not other:
        return None
    parts = []
    for key in dict.fromkeys([*first, *second]):
        p, q = first.get(key, 0.0) / one, second.get(key, 0.0) / other
        middle = (p + q) / 2
        parts += [share * log2(share / middle) / 2 for share in (p, q) if share > 0]
    return min(1.0, max(0.0, fsum(parts)))


def _permuted(first: Mapping[str, float], second: Mapping[str, float], observed: float, draws: int, seed: int) -> float:
    """The share of random exchanges, and the one that was observed, that diverge as much."""
    import numpy as np

    keys = list(dict.fromkeys([*first, *second]))
    pooled = np.array([int(first.get(key, 0) + second.get(key, 0)) for key in keys])
    size, total = int(fsum(first.values())), int(pooled.sum())
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(pooled, size, size=draws, method="marginals")
    one, other = drawn / size, (pooled - drawn) / (total - size)
    middle = (one + other) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(side > 0, side * np.log2(side / middle), 0.0) for side in (one, other)]
    values = (parts[0] + parts[1]).sum(axis=1) / 2
    return (1 + int((values >= observed - 1e-9).sum())) / (draws + 1)


def _met(journey: Journey, persona: str, by: By) -> dict[str, float]:
    steps = [touchpoint for touchpoint in journey.touchpoints if touchpoint.meets(persona)]
    if by == "touchpoints":
        met: Sequence[str] = [touchpoint.id for touchpoint in steps]
    elif by == "channels":
        met = [touchpoint.channel.id for touchpoint in steps if touchpoint.channel is not None]
    elif by == "transitions":
        there = {touchpoint.id for touchpoint in steps}
        met = [f"{source} -> {target}" for source, target in journey.graph.edges if source in there and target in there]
    else:
        raise AnalysisError(f"by: {shown(by)} cannot be compared; give 'touchpoints', 'channels' or 'transitions'")
    return {key: float(count) for key, count in Counter(met).items()}


def _checked(data: object) -> dict[str, dict[str, float]]:
    if isinstance(data, Mapping):
        data = {name: dict(enumerate(row, start=1)) if isinstance(row, list | tuple) else row for name, row in data.items()}
    if not isinstance(data, Mapping) or not all(isinstance(row, Mapping) for row in data.values()):
        raise AnalysisError(f'{shown(data)} is no count by persona; give {{"Maya": {{"phone": 3, "web": 1}}, "Tom": {{"web": 4}}}}')
    return {
        str(persona): {str(key): number(value, what=f"{persona}[{key!r}]", low=0) for key, value in row.items()}
        for persona, row in data.items()
    }
