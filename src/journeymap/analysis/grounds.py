"""What an answer stands on: evidence from customers, or the assumptions of those who drew the map."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from journeymap.analysis.cautions import Caution, caution
from journeymap.model import Evidence, Journey, Source

NOT_EMPIRICAL = frozenset({"assumption", "workshop"})
"""Kinds of sources in which customers have no voice. A source without a kind is not counted as empirical either."""
HALF_LIFE_DAYS = 365.0
"""After how many days evidence counts half, unless asked otherwise."""


def is_empirical(source: Source) -> bool:
    """Whether customers said or did something in it."""
    return source.kind is not None and source.kind not in NOT_EMPIRICAL


def freshness(source: Source, on: date | None, *, half_life_days: float = HALF_LIFE_DAYS) -> float | None:
    """How much of its weight a source keeps on a day, ``0.5 ** (age / half-life)``; None where a date is missing."""
    if on is None or source.date is None:
        return None
    return float(0.5 ** (max(0, (on - source.date).days) / half_life_days))


def rests_on_evidence(evidence: Iterable[Evidence], sources: dict[str, Source], on: date | None) -> bool:
    """Whether any of it is empirical, counted at all (weight above 0), and not older than a half-life on that day."""
    for item in evidence:
        source = sources.get(item.source)
        if source is not None and item.weight and _counts(source, on):
            return True
    return False


def _counts(source: Source, on: date | None) -> bool:
    fresh = freshness(source, on)
    return bool(source.weight) and is_empirical(source) and (fresh is None or fresh >= 0.5)


def hypothesis(journey: Journey, claims: Iterable[Iterable[Evidence]], *, what: str = "steps") -> tuple[Caution, ...]:
    """The caution that stamps an answer as a hypothesis: at least half of the claims that it uses rest on no evidence.

    ``claims`` is the evidence of each claim used. The day to judge freshness by is the map's own ``updated``; without it
    age does not count.
    """
    sources = {source.id: source for source in journey.sources}
    firm = {name for name, source in sources.items() if _counts(source, journey.updated)}
    grounded = [any(item.source in firm and item.weight for item in evidence) for evidence in claims]
    bare = grounded.count(False)
    if not grounded or bare * 2 < len(grounded):
        return ()
    return (caution("ASSUMPTION_ONLY", f"{bare} of {len(grounded)} {what} used have no evidence from customers"),)
