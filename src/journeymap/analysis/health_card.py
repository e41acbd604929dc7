"""The state of a map on one card (M3): evidence, age, gaps, structure, each with its owner and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.ageing import Light, staleness
from journeymap.analysis.evidence import evidence_coverage
from journeymap.analysis.felt import felt_at
from journeymap.analysis.possibilities import possible_analyses
from journeymap.analysis.result import Result, percent, sealed
from journeymap.analysis.shape import structure
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

WELL = 0.7
"""From this share on a check of a share is green: what an index needs."""
POOR = 0.5
"""Below this share it is red: most of the map is then a guess."""
_BROKEN = frozenset({"unreachable", "no-way-to-goal"})
"""Weak places at which customers are lost to the map."""


@frozen(kw_only=True)
class HealthRow:
    """One check of one map."""

    journey: str
    """The map's id."""
    check: str
    """evidence, freshness, emotion, analyses, structure or owner."""
    light: Light
    told: str
    """What was found, in words."""
    value: float | None
    """The number behind it; None where it is unknown."""
    owner: str
    updated: date | None


@frozen(kw_only=True)
class Health(Result):
    """The card; the value is how many checks are not green. There is no overall score: each check stands for itself."""

    analysis: ClassVar[str] = "health"
    subject: ClassVar[str] = "The number of checks that ask for work"
    counted: ClassVar[str] = "checks"
    table: ClassVar[str] = "checks"

    checks: tuple[HealthRow, ...]
    """By map, in its order."""

    def of(self, light: Light) -> tuple[HealthRow, ...]:
        """The checks of that light."""
        return tuple(row for row in self.checks if row.light == light)

    def _told(self) -> str:
        red, amber = self.of("red"), self.of("amber")
        several = len({row.journey for row in self.checks}) > 1
        told = f"{len(self.of('green'))} of {len(self.checks)} checks are green, {len(amber)} amber and {len(red)} red"
        urgent = [f"{row.check}{f' of {row.journey!r}' if several else ''}: {row.told}" for row in (*red, *amber)[:3]]
        return told + (f"; first to mend: {'; '.join(urgent)}" if urgent else "")


def health(data: Journey | Iterable[Journey], *, on: date | None = None, strict: bool = False) -> Health:
    """In what state is the map?

    Six checks, each with its light: evidence (share of steps with a voice of customers, `evidence_coverage`), freshness (the light
    of `staleness`, judged by the day ``on``), emotion (share of steps whose emotion is known), analyses (how many are possible
    with the map alone, `possible_analyses`), structure (weaknesses, `structure`), and whether somebody owns it. A share is green
    from 70 % on and red below half; structure is green without weaknesses, else amber, and red where a step cannot be reached or
    has no way to a goal; no owner is amber. Several maps give the card of each. Unit: checks.

    >>> import journeymap as jm
    >>> [row.check for row in health(jm.Journey("J", [jm.Stage("S", [jm.Touchpoint("A")])])).of("red")]
    ['evidence', 'freshness', 'emotion', 'analyses']
    """
    journeys = [data] if isinstance(data, Journey) else _journeys(data)
    if not journeys:
        raise NotEnoughData("health", "there are no journeys", "at least one")
    checks = tuple(row for journey in journeys for row in _checks(journey, on))
    result = Health(
        value=sum(row.light != "green" for row in checks),
        unit="checks",
        n=len(checks),
        method="one light a check, no overall score",
        checks=checks,
    )
    return sealed(result, strict=strict, inputs=checks)


def _journeys(data: object) -> list[Journey]:
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise AnalysisError(f"{shown(data)} is no journey; give one, or several in [ ]")
    found = []
    for journey in data:
        if not isinstance(journey, Journey):
            raise AnalysisError(f"{shown(journey)} is no journey; give journeys alone")
        found.append(journey)
    return found


def _checks(journey: Journey, on: date | None) -> Iterator[HealthRow]:
    def row(check: str, light: Light, told: str, value: float | None) -> HealthRow:
        return HealthRow(journey=journey.id, check=check, light=light, told=told, value=value, owner=journey.owner, updated=journey.updated)

    covered = evidence_coverage(journey).empirical_coverage
    yield row("evidence", _by_share(covered), f"{percent(covered)} of the steps have evidence from customers", covered)
    age = staleness(journey, on=on)
    yield row("freshness", age.status, "; ".join(age.why) or "fresh and reviewed in time", age.mean_weight)
    steps = felt_at(journey)
    felt = sum(known for _, known in steps) / len(steps) if steps else None
    yield row("emotion", _by_share(felt), f"{percent(felt)} of the steps have an emotion", felt)
    asked = possible_analyses(journey)
    map_level = [question for question in asked.questions if question.level == "M"]
    share = sum(question.possible for question in map_level) / len(map_level)
    told = f"{sum(question.possible for question in map_level)} of {len(map_level)} analyses of a map are possible"
    yield row("analyses", _by_share(share), told, share)
    if journey.touchpoints:
        weak = structure(journey).weaknesses
        light: Light = "green" if not weak else "red" if any(weakness.kind in _BROKEN for weakness in weak) else "amber"
        found = ", ".join(dict.fromkeys(w.kind for w in weak))
        yield row("structure", light, f"{len(weak)} weak places: {found}" if weak else "it hangs together", float(len(weak)))
    else:
        yield row("structure", "red", "there are no touchpoints", None)
    owned = bool(journey.owner)
    yield row("owner", "green" if owned else "amber", f"owned by {journey.owner}" if owned else "nobody owns it", float(owned))


def _by_share(share: float | None) -> Light:
    if share is None or share < POOR:
        return "red"
    return "green" if share >= WELL - 1e-9 else "amber"
