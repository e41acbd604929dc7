"""Who passes the customer on to whom (E3): every change of owner, channel, system and layer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from math import fsum, isfinite
from typing import ClassVar, TypeAlias, cast

from attrs import frozen

from journeymap.analysis.calendars import with_zone
from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import chain_of, visits
from journeymap.analysis.doors import columns
from journeymap.analysis.felt import points_of
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.lengths import hours
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, START, Activity, Journey, Touchpoint
from journeymap.model.mapping import FrozenMap

UNKNOWN = "unknown"
"""The owner whom nobody names; equal to nobody, not even to another unknown one."""
Owners: TypeAlias = (
    Mapping[str, Iterable[str | None]]
    | Iterable[list[str | None]]
    | Iterable[tuple[str, str, str | None]]
    | Iterable[tuple[str, str, str | None, datetime]]
    | Iterable[Mapping[str, object]]
)
"""Who had the customer, in order: by case, one list a case, or events (case, activity, owner) with or without a time."""


@frozen(kw_only=True)
class Passing:
    """From one step to the next, with what changes on the way; what nobody knows is empty or None."""

    source: str
    target: str
    within: str = ""
    """The touchpoint behind which it happens, where it is between two of its activities."""
    owner_from: str = ""
    owner_to: str = ""
    channel_from: str = ""
    channel_to: str = ""
    system_from: str = ""
    system_to: str = ""
    layer_from: str = ""
    layer_to: str = ""
    manual: bool = False
    """Whether it is done by hand."""
    wait: float | None = None
    """In hours."""
    emotion_from: float | None = None
    emotion_to: float | None = None
    customers: float = 1.0
    """How often a customer who starts comes by; infinite in a loop that nobody leaves."""

    @property
    def owner_changes(self) -> bool:
        """Whether the owner changes; one whom nobody names is somebody else."""
        return not self.owner_from or self.owner_from != self.owner_to

    @property
    def changes(self) -> tuple[str, ...]:
        """What is known to change: owner, channel, system, layer."""
        pairs = {
            "owner": (self.owner_from, self.owner_to),
            "channel": (self.channel_from, self.channel_to),
            "system": (self.system_from, self.system_to),
            "layer": (self.layer_from, self.layer_to),
        }
        return tuple(what for what, (before, after) in pairs.items() if before and after and before != after)

    @property
    def is_handoff(self) -> bool:
        """Whether anything is known to change, or it is done by hand."""
        return bool(self.changes) or self.manual


@frozen(kw_only=True)
class Handover:
    """How often one owner passes on to another."""

    source: str
    target: str
    count: float
    """In the log; or on the map, between how many steps."""
    share: float
    """Of all transitions, those that stay with their owner included."""


@frozen(kw_only=True)
class Handoffs(Result):
    """The share of transitions at which the owner changes."""

    analysis: ClassVar[str] = "handoffs"
    subject: ClassVar[str] = "The share of transitions that are handoffs"
    counted: ClassVar[str] = "transitions"
    table: ClassVar[str] = "matrix"

    handoffs: int
    """How many transitions change the owner."""
    matrix: tuple[Handover, ...]
    """From owner to owner, the most frequent first; without those that stay."""
    stays: tuple[Handover, ...]
    """Those that stay with their owner."""
    with_unknown: int
    """How many of the handoffs have an owner whom nobody names."""
    per_journey: float | None
    """How many a customer meets on average; None where some never get out of a loop."""
    by_case: Mapping[str, int]
    """By case; empty for a map."""
    manual: int | None = None
    """How many of the handoffs on a map are done by hand; None for a log."""
    manual_share: float | None = None
    passings: tuple[Passing, ...] = ()
    """On a map, everything that changes hands in any way: owner, channel, system, layer, or by hand."""
    mistaken: tuple[str, ...] = ()
    """Touchpoints that customers think belong to somebody else."""

    def _told(self) -> str:
        told = f"At {percent(self.value)} of the transitions the customer is handed on to somebody else"
        if self.per_journey is not None:
            told += f", {amount(self.per_journey, 'times')} a journey"
        if self.matrix:
            told += f", most often from {self.matrix[0].source!r} to {self.matrix[0].target!r}"
        return told


def handoffs(data: Journey | Owners, *, tz: str = "UTC", strict: bool = False) -> Handoffs:
    """Who hands the customer on to whom, and how often?

    The share of transitions whose owner changes, 0 to 1, with the matrix from owner to owner (pairs of the same owner stand aside,
    and count among all transitions). An owner whom nobody names is "unknown" and equal to nobody; where none is known at all it is
    refused. No transition at all is undefined.

    On a map the owner is that of the touchpoint, else of its stage, and ``passings`` also lists changes of channel, system and
    layer, between steps and between the activities behind one, with those by hand. Plain data says who had the customer, in order.

    Source: van der Aalst, Reijers & Song (2005), handover of work.

    >>> found = handoffs([["sales", "sales", "billing"], ["sales", "billing"]])
    >>> found.handoffs, round(found.value, 3)
    (2, 0.667)
    """
    if isinstance(data, Journey):
        return _of_map(data, strict)
    cases, notes = _cases(data, tz)
    pairs = [(before, after) for owners in cases.values() for before, after in pairwise(owners)]
    owners = [owner for held in cases.values() for owner in held]
    if not any(owners):
        raise NotEnoughData("handoffs", "no owner is known", "who has the customer at each step")
    by_case = {case: sum(not before or before != after for before, after in pairwise(held)) for case, held in cases.items()}
    warnings = missing_some(there=sum(map(bool, owners)), expected=len(owners), what="owners")
    if pairs:
        warnings = (*warnings, *small_n(len(pairs), what="transitions"))
    result = _answer(pairs, by_case=by_case, per_journey=fsum(by_case.values()) / len(by_case), notes=notes, warnings=warnings)
    return sealed(result, strict=strict, inputs=tuple(cases.items()))


def passings_of(journey: Journey) -> tuple[Passing, ...]:
    """Every way from one step to the next, and from one activity to the next behind a step, whether anything changes or not."""
    touchpoints = {touchpoint.id: touchpoint for touchpoint in journey.touchpoints}
    owners = {t.id: t.owner or stage.owner for stage in journey.stages for t in stage.touchpoints}
    felt = {point.id: point.valence for point in points_of(journey)}
    chain = chain_of(journey)
    often = visits(chain)
    found = []
    for source, target, data in journey.graph.edges(data=True):
        if source == START or target == END:
            continue
        before, after, way = touchpoints[source], touchpoints[target], data["item"]
        share = chain.rows[source].get(target, 0.0)
        system_from, system_to = _systems(before, after)
        found.append(
            Passing(
                source=source,
                target=target,
                owner_from=owners[source],
                owner_to=owners[target],
                channel_from=before.channel.id if before.channel else "",
                channel_to=after.channel.id if after.channel else "",
                system_from=system_from,
                system_to=system_to,
                manual=way.manual,
                wait=None if way.wait is None else hours(way.wait),
                emotion_from=felt.get(source),
                emotion_to=felt.get(target),
                customers=often[source] * share if share else 0.0,
            )
        )
    for touchpoint in journey.touchpoints:
        for one, other in pairwise(touchpoint.activities):
            found.append(_behind(touchpoint, one, other, often[touchpoint.id]))
    return tuple(found)


def _behind(touchpoint: Touchpoint, one: Activity, other: Activity, customers: float) -> Passing:
    return Passing(
        source=one.id,
        target=other.id,
        within=touchpoint.id,
        owner_from=one.owner,
        owner_to=other.owner,
        system_from=one.system,
        system_to=other.system,
        layer_from=one.layer,
        layer_to=other.layer,
        customers=customers,
    )


def _systems(before: Touchpoint, after: Touchpoint) -> tuple[str, str]:
    """The systems behind two steps, where they have none in common; else nothing changes."""
    one = sorted({activity.system for activity in before.activities if activity.system})
    other = sorted({activity.system for activity in after.activities if activity.system})
    return ("", "") if set(one) & set(other) else (", ".join(one), ", ".join(other))


def _answer(
    pairs: Sequence[tuple[str, str]],
    *,
    by_case: Mapping[str, int],
    per_journey: float | None,
    notes: tuple[str, ...],
    warnings: tuple[Caution, ...],
    passings: tuple[Passing, ...] = (),
    mistaken: tuple[str, ...] = (),
) -> Handoffs:
    counted = Counter((before or UNKNOWN, after or UNKNOWN) for before, after in pairs)
    rows = [
        Handover(source=before, target=after, count=count, share=count / len(pairs))
        for (before, after), count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    ]
    moving = tuple(row for row in rows if row.source != row.target or row.source == UNKNOWN)
    changed = int(sum(row.count for row in moving))
    by_hand = sum(passing.manual for passing in passings)
    handed = [passing for passing in passings if not passing.within]
    return Handoffs(
        value=changed / len(pairs) if pairs else None,
        unit="share",
        n=len(pairs),
        method="share of transitions whose owner changes; unknown owners are equal to nobody",
        assumptions=notes,
        warnings=warnings,
        reason="" if pairs else "there is no transition",
        handoffs=changed,
        matrix=moving,
        stays=tuple(row for row in rows if row.source == row.target != UNKNOWN),
        with_unknown=sum(not before or not after for before, after in pairs),
        per_journey=per_journey,
        by_case=FrozenMap(by_case),
        manual=by_hand if passings else None,
        manual_share=by_hand / len(handed) if handed else None,
        passings=passings,
        mistaken=mistaken,
    )


def _of_map(journey: Journey, strict: bool) -> Handoffs:
    found = passings_of(journey)
    between = [passing for passing in found if not passing.within]
    if between and not any(passing.owner_from or passing.owner_to for passing in between):
        raise NotEnoughData("handoffs", "no touchpoint or stage has an owner", "owner= on touchpoints or stages")
    often = fsum(passing.customers for passing in between if passing.owner_changes)
    named = sum(bool(owner) for passing in between for owner in (passing.owner_from, passing.owner_to))
    real = {t.id: t.owner or stage.owner for stage in journey.stages for t in stage.touchpoints}
    perceived = {touchpoint.id: touchpoint.perceived_owner for touchpoint in journey.touchpoints}
    result = _answer(
        [(passing.owner_from, passing.owner_to) for passing in between],
        by_case={},
        per_journey=often if isfinite(often) else None,
        notes=chain_of(journey).assumptions,
        warnings=(
            *missing_some(there=named, expected=2 * len(between), what="owners"),
            *hypothesis(journey, [touchpoint.evidence for touchpoint in journey.touchpoints]),
        ),
        passings=tuple(passing for passing in found if passing.is_handoff),
        mistaken=tuple(step for step, owner in perceived.items() if owner and real[step] and owner != real[step]),
    )
    return sealed(result, strict=strict, inputs=(found, tuple(perceived.items())))


def _cases(data: object, tz: str) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    """The owners of each case in order, unknown ones empty."""
    if isinstance(data, Mapping):
        return {str(case): list(_names(owners)) for case, owners in data.items()}, ()
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"handoffs: {shown(data)} does not say who had the customer; give lists of owners, or (case, activity, owner)")
    rows = list(data)
    if rows and all(isinstance(row, Mapping) for row in rows):
        rows = [columns(row, "case", "activity", "owner|resource", "time|timestamp") for row in rows]
        rows = rows if any(row[3] is not None for row in rows) else [row[:3] for row in rows]
    if not all(isinstance(row, tuple) for row in rows):
        return {str(place): list(_names(row)) for place, row in enumerate(rows, start=1)}, ()
    if any(len(row) not in {3, 4} for row in rows) or len({len(row) for row in rows}) > 1:
        raise AnalysisError("handoffs: events are (case, activity, owner) or (case, activity, owner, time), all alike")
    notes: tuple[str, ...] = ()
    if rows and len(rows[0]) == 4:
        given = [cast("datetime | str", row[3]) for row in rows]  # with_zone says what is no time
        times, notes = with_zone(given, tz=tz, question="handoffs")
        rows = [row for _, _, row in sorted((moment, place, row) for place, (moment, row) in enumerate(zip(times, rows, strict=True)))]
    cases: dict[str, list[str]] = {}
    for row in rows:
        cases.setdefault(str(row[0]), []).extend(_names([row[2]]))
    return cases, notes


def _names(owners: object) -> Iterator[str]:
    if isinstance(owners, str | bytes) or not isinstance(owners, Iterable):
        raise AnalysisError(f"handoffs: {shown(owners)} is no list of owners; give those of a journey, in order: [['sales', 'billing']]")
    for owner in owners:
        if owner is not None and not isinstance(owner, str):
            raise AnalysisError(f"handoffs: {shown(owner)} is no owner; give a text, or None where nobody knows")
        yield owner or ""
