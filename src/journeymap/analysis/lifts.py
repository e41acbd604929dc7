"""Do customers who use a channel convert more often (E5)? The lift of each channel on the goal, as an association."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from attrs import evolve, frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, Share, check_level, newcombe
from journeymap.analysis.multiplicity import benjamini_hochberg, share_difference_p
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.strata import simpson, standardised
from journeymap.analysis.touches import By, ChannelPath, TouchData, touches_of
from journeymap.errors import NotEnoughData
from journeymap.model import Journey


@frozen(kw_only=True)
class Lift:
    """What goes with using one channel."""

    channel: str
    used: Share
    """How many of those who used it converted."""
    not_used: Share
    """How many of the others did."""
    lift: float | None
    """The difference of both shares; None where all who convert use it, or where everybody or nobody does."""
    interval: Interval | None
    p: float | None
    p_adjusted: float | None
    """By Benjamini and Hochberg, over all channels."""
    same_length: float | None
    """The difference among customers with equally many touches, each length weighted by its customers; None where no length has both."""


@frozen(kw_only=True)
class ChannelLift(Result):
    """The channels by their lift; the value is the largest."""

    analysis: ClassVar[str] = "channel_lift"
    subject: ClassVar[str] = "The largest lift"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "channels"

    channels: tuple[Lift, ...]
    """The largest lift first, undefined ones last, ties by name."""

    @property
    def by_channel(self) -> dict[str, Lift]:
        """The lift by channel."""
        return {lift.channel: lift for lift in self.channels}

    def _told(self) -> str:
        top = self.channels[0]
        told = (
            f"{percent(top.used.value)} of those who used {top.channel!r} converted, against {percent(top.not_used.value)} of the others, "
            f"a difference of {amount(100 * (top.lift or 0.0), 'percentage points')}"
        )
        if top.same_length is None:
            return told
        return f"{told}; among customers with as many touches it is {amount(100 * top.same_length, 'percentage points')}"

    def _bound(self, value: float) -> str:
        return amount(100 * value)


def channel_lift(
    data: TouchData, *, goal: str | None = None, by: By = "activity", level: float = LEVEL, strict: bool = False
) -> ChannelLift:
    """Do customers who use a channel convert more often than others?

    For each channel the share who converted of those who used it minus that of those who did not, with Newcombe's interval and p-values
    adjusted for the number of channels (Benjamini & Hochberg). Who has more touches has more occasions for everything, so the difference
    among customers with equally many touches stands beside. Where all who convert used the channel its lift is refused
    (STRUCTURAL_LIFT). Always NOT_CAUSAL; a total that most lengths contradict is SIMPSON. Data and ``by`` as for `shapley_attribution`.

    Unit: share. Source: Newcombe (1998).

    >>> paths = [["ad", "buy"]] * 30 + [["ad"]] * 20 + [["mail", "buy"]] * 10 + [["mail"]] * 40
    >>> found = channel_lift(paths, goal="buy")
    >>> found.channels[0].channel, round(found.value, 3)
    ('ad', 0.4)
    """
    check_level(level)
    if isinstance(data, Journey):
        raise NotEnoughData("channel_lift", "a map does not say what single customers did", "paths with what came of them")
    touches = touches_of(data, question="channel_lift", goal=goal, by=by)
    paths = [path for path in touches.paths if path.conversions + path.nulls > 0]
    names = sorted({channel for path in paths for channel in path.channels})
    found = [_lift(name, paths, level) for name in names]
    adjusted = benjamini_hochberg([lift.p for lift, _ in found])
    lifts = [evolve(lift, p_adjusted=p) for (lift, _), p in zip(found, adjusted, strict=True)]
    lifts.sort(key=lambda lift: (lift.lift is None, -(lift.lift or 0.0), lift.channel))
    warnings = [caution("NOT_CAUSAL"), *(doubt for _, doubts in found for doubt in doubts)]
    tested = sum(p is not None for p in adjusted)
    if tested > 1:
        warnings.append(caution("MULTIPLE_TESTS", f"{tested} channels are compared"))
    n = round(touches.conversions + touches.nulls)
    value = lifts[0].lift if lifts else None
    result = ChannelLift(
        value=value,
        reason=""
        if value is not None
        else "there are no channels"
        if not lifts
        else "no channel has both users who convert and others who do",
        unit="share",
        n=n,
        interval=lifts[0].interval if value is not None else None,
        method="share of converts among users minus among others, Newcombe's interval",
        assumptions=(*touches.assumptions, "customers choose their channels, so users may differ in other ways"),
        warnings=(*warnings, *(small_n(n, what="customers") if n else ())),
        channels=tuple(lifts),
    )
    return sealed(result, strict=strict, inputs=(touches.inputs, level))


def _lift(name: str, paths: Sequence[ChannelPath], level: float) -> tuple[Lift, tuple[Caution, ...]]:
    strata: dict[str, tuple[Share, Share]] = {}
    for length in sorted({len(path.channels) for path in paths}):
        alike = [path for path in paths if len(path.channels) == length]
        strata[f"{length} touches"] = _sides(name, alike)
    used, other = _sides(name, paths)
    both = {label: sides for label, sides in strata.items() if sides[0].n and sides[1].n}
    same = standardised(both)
    blank = Lift(
        channel=name,
        used=used,
        not_used=other,
        lift=None,
        interval=None,
        p=None,
        p_adjusted=None,
        same_length=same.difference if same else None,
    )
    if not used.n or not other.n:
        return blank, ()
    if used.successes and not other.successes:
        return blank, (caution("STRUCTURAL_LIFT", f"all who convert use {name!r}"),)
    lift = evolve(
        blank,
        lift=used.successes / used.n - other.successes / other.n,
        interval=newcombe((used.successes, used.n), (other.successes, other.n), level=level),
        p=share_difference_p((round(used.successes), round(used.n)), (round(other.successes), round(other.n))),
    )
    return lift, simpson(both)


def _sides(name: str, paths: Sequence[ChannelPath]) -> tuple[Share, Share]:
    """How many converted, of those who used the channel and of the others."""
    groups: tuple[list[ChannelPath], list[ChannelPath]] = ([], [])
    for path in paths:
        groups[name not in path.channels].append(path)
    used, other = (Share(sum(p.conversions for p in group), sum(p.conversions + p.nulls for p in group)) for group in groups)
    return used, other
