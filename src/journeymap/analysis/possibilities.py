"""Which questions the data permit, and what is missing for the others (H3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.felt import felt_at
from journeymap.analysis.needs import HOLDINGS, NEEDS, Need
from journeymap.analysis.result import Level, Result, sealed
from journeymap.errors import AnalysisError, UnknownName, shown
from journeymap.model import Journey


@frozen(kw_only=True)
class Possibility:
    """One question."""

    analysis: str
    """The name of its function."""
    level: Level
    """The lowest level of data that it needs."""
    possible: bool
    missing: tuple[str, ...] = ()
    """What it lacks, in words."""


@frozen(kw_only=True)
class Completeness:
    """How well one field is filled."""

    field: str
    there: int
    of: int
    share: float | None
    lacking: tuple[str, ...] = ()
    """The ids of the touchpoints without it, in order of the map."""


@frozen(kw_only=True)
class PossibleAnalyses(Result):
    """The questions that can be answered; the value is how many."""

    analysis: ClassVar[str] = "possible_analyses"
    subject: ClassVar[str] = "The number of possible analyses"
    counted: ClassVar[str] = "analyses"
    table: ClassVar[str] = "questions"

    questions: tuple[Possibility, ...]
    """Every question in order of the alphabet."""
    completeness: tuple[Completeness, ...] = ()
    """By field of a touchpoint, how many have it; empty for plain data."""

    @property
    def possible(self) -> tuple[str, ...]:
        """The names of what can be asked."""
        return tuple(row.analysis for row in self.questions if row.possible)

    @property
    def impossible(self) -> Mapping[str, tuple[str, ...]]:
        """What cannot be asked, with what it lacks."""
        return {row.analysis: row.missing for row in self.questions if not row.possible}

    @property
    def worth_adding(self) -> tuple[tuple[str, int], ...]:
        """What is missing, with how many questions lack nothing else; the most useful first."""
        alone = [row.missing[0] for row in self.questions if len(row.missing) == 1]
        return tuple(sorted(((words, alone.count(words)) for words in set(alone)), key=lambda pair: (-pair[1], pair[0])))

    def _told(self) -> str:
        told = f"{int(self.value or 0)} of {self.n} analyses are possible with these data"
        if not self.worth_adding:
            return told
        words, count = self.worth_adding[0]
        return f"{told}; {words} would make {count} more possible"


def possible_analyses(data: Journey | Iterable[str], *, also: Iterable[str] = (), strict: bool = False) -> PossibleAnalyses:
    """Which analyses do the data permit, and what is missing for the others?

    A map is searched for what each analysis needs (`journeymap.analysis.needs`: a table that others may add to), with the share
    of touchpoints that have each field. ``also`` names what there is beside the map, such as "paths" or "answers"; plain data is
    nothing but such names. Where one kind of data can stand for another (an event log for counts), either is enough. Possible
    means that the data are there, not that they are many. UnknownName for a kind of data that no analysis knows.

    >>> possible_analyses(["paths"]).impossible["conversion"]
    ('a touchpoint that is the goal (goal=True)',)
    """
    if isinstance(data, Journey):
        beside = _named(also)
        held = {name for name, holding in HOLDINGS.items() if name in beside or holding.in_map(data)}
        completeness = tuple(_completeness(data))
    else:
        held = {*_named(data), *_named(also)}
        completeness = ()
    questions = tuple(_possibility(name, NEEDS[name], held) for name in sorted(NEEDS))
    result = PossibleAnalyses(
        value=sum(row.possible for row in questions),
        unit="analyses",
        n=len(questions),
        method="the needs of each analysis against the data there are",
        questions=questions,
        completeness=completeness,
    )
    return sealed(result, strict=strict, inputs=(sorted(held), completeness))


def _named(names: Iterable[str]) -> set[str]:
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise AnalysisError(f'{shown(names)} is no list of kinds of data; give a journey, or names such as ["paths", "answers"]')
    found = list(names)
    for name in found:
        if not isinstance(name, str) or name not in HOLDINGS:
            raise UnknownName("kind of data", str(name), sorted(HOLDINGS))
    return set(found)


def _possibility(name: str, need: Need, held: Collection[str]) -> Possibility:
    missing = []
    for wanted in need.holdings:
        either = (wanted,) if isinstance(wanted, str) else wanted
        if not any(one in held for one in either):
            missing.append(", or ".join(HOLDINGS[one].words for one in either))
    return Possibility(analysis=name, level=need.level, possible=not missing, missing=tuple(missing))


_FIELDS = (
    "channel",
    "actions",
    "thoughts",
    "emotion",
    "believed_emotion",
    "engagement",
    "pains",
    "opportunities",
    "metrics",
    "activities",
    "owner",
    "perceived_owner",
    "duration",
    "satisfaction",
    "importance",
    "importance_to_organisation",
    "evidence",
)


def _completeness(journey: Journey) -> Iterable[Completeness]:
    touchpoints = journey.touchpoints
    felt = {step for step, known in felt_at(journey) if known}

    for field in _FIELDS:
        if field == "emotion":
            lacking = tuple(touchpoint.id for touchpoint in touchpoints if touchpoint.id not in felt)
        else:
            values = map(attrgetter(field), touchpoints)
            lacking = tuple(t.id for t, value in zip(touchpoints, values, strict=True) if not value and value in (None, "", ()))
        there = len(touchpoints) - len(lacking)
        share = there / len(touchpoints) if touchpoints else None
        yield Completeness(field=field, there=there, of=len(touchpoints), share=share, lacking=lacking)
