"""Where a handoff hurts (E4): those with a wait, another channel, work done twice or a mood that falls, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import ClassVar

from attrs import field, fields_dict, frozen

from journeymap.analysis.doors import number
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.handovers import Passing, passings_of
from journeymap.analysis.lengths import Length, one
from journeymap.analysis.result import Result, amount, lasting, sealed
from journeymap.errors import AnalysisError, shown, suggestion
from journeymap.model import FrozenMap, Journey

DAY = timedelta(days=1)


@frozen(kw_only=True)
class FrictionPoint:
    """A handoff that hurts."""

    source: str
    target: str
    within: str = ""
    reasons: tuple[str, ...]
    """What makes it hurt: wait, channel, re-entry, emotion."""
    words: tuple[str, ...]
    """The same for readers, with the numbers."""


@frozen(kw_only=True)
class Friction(Result):
    """How many handoffs hurt; there is no composite score."""

    analysis: ClassVar[str] = "friction"
    subject: ClassVar[str] = "The number of handoffs that hurt"
    counted: ClassVar[str] = "handoffs"
    table: ClassVar[str] = "points"

    points: tuple[FrictionPoint, ...]
    """Those with the most reasons first."""
    names: FrozenMap[str] = field(factory=FrozenMap[str])
    """What a map calls the steps; empty for plain data, whose ids are names."""

    def _told(self) -> str:
        if not self.points:
            return "No handoff hurts, as far as is known"
        first = self.points[0]
        hurt = "1 handoff hurts" if self.value == 1 else f"{amount(self.value)} handoffs hurt"
        return f"{hurt}, first of all {self._name(first.source)!r} to {self._name(first.target)!r}: {'; '.join(first.words)}"

    def _name(self, step: str) -> str:
        return self.names.get(step, step)


def friction(
    data: Journey | Iterable[Passing] | Iterable[Mapping[str, object]], *, sla: Length = DAY, drop: float = 1.0, strict: bool = False
) -> Friction:
    """Which handoffs hurt, and why?

    A handoff is a known change of owner, channel, system or layer, or work by hand. It hurts if customers wait longer than ``sla``
    (hours, or a length of time; a day unless asked otherwise), if the channel changes, if it is done by hand, so that data are entered
    again, or if the emotion falls by ``drop`` points or more. The answer is the list with its reasons, most reasons first, ties by
    the ids: no composite number. What nobody knows is no reason.

    Own definition. Plain data are `Passing` values, or mappings with their fields.

    >>> friction([Passing(source="call", target="visit", channel_from="phone", channel_to="branch", wait=72)]).points[0].reasons
    ('wait', 'channel')
    """
    limit, least = one(sla, what="sla"), number(drop, what="drop", low=0)
    if isinstance(data, Journey):
        passings = passings_of(data)
        warnings = hypothesis(data, [touchpoint.evidence for touchpoint in data.touchpoints])
        names = {touchpoint.id: touchpoint.name for touchpoint in data.touchpoints}
        names |= {activity.id: activity.name for touchpoint in data.touchpoints for activity in touchpoint.activities}
    else:
        passings, warnings, names = _checked(data), (), {}
    handed = [passing for passing in passings if passing.is_handoff]
    found = [(passing, _reasons(passing, limit, least)) for passing in handed]
    points = [
        FrictionPoint(source=p.source, target=p.target, within=p.within, reasons=tuple(why), words=tuple(why.values()))
        for p, why in found
        if why
    ]
    result = Friction(
        value=float(len(points)) if passings else None,
        unit="handoffs",
        n=len(handed),
        method=f"handoffs with a wait of more than {lasting(limit)}, another channel, work by hand, or a fall of {least:g} points",
        assumptions=("handoffs by hand mean that data are entered again",),
        warnings=warnings,
        reason="" if passings else "there is no way from one step to the next",
        names=FrozenMap(names),
        points=tuple(sorted(points, key=lambda point: (-len(point.reasons), point.source, point.target, point.within))),
    )
    return sealed(result, strict=strict, inputs=(passings, limit, least))


def _reasons(passing: Passing, limit: float, least: float) -> dict[str, str]:
    found = {}
    if passing.wait is not None and passing.wait > limit:
        found["wait"] = f"customers wait {lasting(passing.wait)}"
    if "channel" in passing.changes:
        found["channel"] = f"the channel changes from {passing.channel_from} to {passing.channel_to}"
    if passing.manual:
        found["re-entry"] = "it is done by hand, so data are entered again"
    if (
        passing.emotion_from is not None
        and passing.emotion_to is not None
        and passing.emotion_from - passing.emotion_to >= max(least, 1e-9)
    ):
        found["emotion"] = f"the emotion falls from {amount(passing.emotion_from)} to {amount(passing.emotion_to)}"
    return found


def _passing(item: object) -> object:
    """A row with named columns as a `Passing`; anything else as it is."""
    if not isinstance(item, Mapping):
        return item
    known = fields_dict(Passing)
    for name in item:
        if name not in known:
            raise AnalysisError(f"friction: {shown(name)} is nothing that a handoff has{suggestion(str(name), known)}")
    if not item.get("source") or not item.get("target"):
        raise AnalysisError(f"friction: {shown(dict(item))} does not say from where to where; give source and target")
    return Passing(**{str(name): value for name, value in item.items()})


def _checked(data: object) -> tuple[Passing, ...]:
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"friction: {shown(data)} are no handoffs; give Passing values, or a map")
    found = []
    for item in map(_passing, data):
        if not isinstance(item, Passing):
            raise AnalysisError(f"friction: {shown(item)} is no Passing; give Passing(source='call', target='visit', wait=72)")
        found.append(item)
    return tuple(found)
