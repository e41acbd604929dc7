"""Which channels a journey uses, and how often customers change them (E1)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from math import fsum
from typing import ClassVar, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.doors import absent
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.guards import missing_some
from journeymap.analysis.paths import Paths, paths_of
from journeymap.analysis.result import Result, amount, number_of, percent, sealed
from journeymap.analysis.routes import routes_of
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

ChannelData: TypeAlias = (
    Iterable[str | None] | Iterable[list[str | None]] | Mapping[str, Iterable[str | None]] | Iterable[tuple[object, ...]] | Paths
)
"""The channels of one journey in order; of several, a list each or by case; or events (case, activity, time, channel)."""
_Way: TypeAlias = tuple[float, tuple[str | None, ...]]


@frozen(kw_only=True)
class ChannelUse:
    """How much one channel is used."""

    channel: str
    count: float
    """At how many steps; on a branching map, of a customer on average."""
    share: float
    longest_run: int
    """At most so many steps in a row."""


@frozen(kw_only=True)
class ChannelSwitch:
    """How often customers change from one channel to another."""

    source: str
    target: str
    count: float


@frozen(kw_only=True)
class ChannelMix(Result):
    """How evenly channels are used: the entropy of their shares, in bits."""

    analysis: ClassVar[str] = "channel_mix"
    subject: ClassVar[str] = "The entropy of the channels"
    counted: ClassVar[str] = "steps with a channel"
    table: ClassVar[str] = "channels"

    channels: tuple[ChannelUse, ...]
    """The most used first, ties by name."""
    normalised: float | None
    """The entropy over its largest possible value, log2 of the channels used; None with one channel."""
    switches: float
    switching_rate: float | None
    """Switches over the n - 1 transitions between steps whose channels are known; None without any."""
    switching: tuple[ChannelSwitch, ...]
    """From channel to channel, the most frequent first."""
    longest_run: int

    def _told(self) -> str:
        first = self.channels[0]
        told = f"Customers use {number_of(len(self.channels), 'channels')}, most of all {first.channel!r} ({percent(first.share)} of steps)"
        if self.switching_rate is not None:
            told += f", and change the channel at {percent(self.switching_rate)} of the transitions ({amount(self.switches, 'times')})"
        return told


def channel_mix(data: Journey | ChannelData, *, persona: str | None = None, strict: bool = False) -> ChannelMix:
    """Which channels are used, how evenly, and how often do customers change them?

    H = -sum(p log2 p) over the shares p of the channels, in bits; ``normalised`` divides by log2 of the distinct channels used, and
    is undefined with one. The switching rate is switches / (n - 1), over all journeys; a pair with an unknown channel is in neither.
    Runs are steps in a row by the same channel. A branching map counts each way by the share of customers on it.

    NotEnoughData where no channel is known. Source: Shannon (1948).

    >>> found = channel_mix(["web", "phone", "web", "web"])
    >>> round(found.value, 4), round(found.switching_rate, 4), found.longest_run
    (0.8113, 0.6667, 2)
    """
    notes: tuple[str, ...] = ()
    warnings: tuple[Caution, ...] = ()
    if isinstance(data, Journey):
        by_step = {touchpoint.id: touchpoint.channel.id if touchpoint.channel else None for touchpoint in data.touchpoints}
        routes = routes_of(data, persona=persona)
        ways: list[_Way] = [(route.share, tuple(by_step[step] for step in route.steps)) for route in routes.routes]
        passed = {step for route in routes.routes for step in route.steps}
        known, expected = sum(by_step[step] is not None for step in passed), len(passed)
        notes = routes.assumptions
        warnings = hypothesis(data, [touchpoint.evidence for touchpoint in data.touchpoints if touchpoint.id in passed])
    else:
        if persona is not None:
            raise AnalysisError("persona: only a map knows personas")
        ways = [(1.0, way) for way in _ways(data)]
        known, expected = sum(c is not None for _, way in ways for c in way), sum(len(way) for _, way in ways)
    if not known:
        raise NotEnoughData("channel_mix", "no step has a channel", "a channel on the steps")
    warnings = (*missing_some(there=known, expected=expected, what="channels"), *warnings)
    return sealed(_mixed(ways, known, expected - known, notes, warnings), strict=strict, inputs=tuple(ways))


def _mixed(ways: Sequence[_Way], n: int, missing: int, notes: tuple[str, ...], warnings: tuple[Caution, ...]) -> ChannelMix:
    used: dict[str, float] = defaultdict(float)
    runs: dict[str, int] = {}
    changed: dict[tuple[str, str], float] = defaultdict(float)
    pairs = 0.0
    for share, way in ways:
        for channel, run in groupby(way):
            if channel is not None:
                length = len(list(run))
                used[channel] += share * length
                runs[channel] = max(runs.get(channel, 0), length)
        for before, after in pairwise(way):
            if before is not None and after is not None:
                pairs += share
                if before != after:
                    changed[before, after] += share
    total = fsum(used.values())
    shares = {channel: count / total for channel, count in used.items()}
    entropy = max(0.0, -fsum(p * math.log2(p) for p in shares.values()))
    switches = fsum(changed.values())
    return ChannelMix(
        value=entropy,
        unit="bits",
        n=n,
        missing=missing,
        method="Shannon entropy of the shares of steps by channel",
        assumptions=notes,
        warnings=warnings,
        channels=tuple(
            ChannelUse(channel=channel, count=used[channel], share=shares[channel], longest_run=runs[channel])
            for channel in sorted(used, key=lambda channel: (-used[channel], channel))
        ),
        normalised=min(1.0, entropy / math.log2(len(used))) if len(used) > 1 else None,
        switches=switches,
        switching_rate=switches / pairs if pairs else None,
        switching=tuple(
            ChannelSwitch(source=before, target=after, count=count)
            for (before, after), count in sorted(changed.items(), key=lambda item: (-item[1], item[0]))
        ),
        longest_run=max(runs.values()),
    )


def _ways(data: object) -> list[tuple[str | None, ...]]:
    if isinstance(data, Paths):
        return [path.channels for path in data.paths for _ in range(path.count)]
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"channel_mix: {shown(data)} are no channels; give them in order, such as ['web', 'phone', 'web']")
    if isinstance(data, Mapping):
        return [_names(channels) for channels in data.values()]
    rows = list(data)
    if rows and all(isinstance(row, tuple) for row in rows):
        return [path.channels for path in paths_of(rows, question="channel_mix").paths]
    if any(isinstance(row, list) for row in rows):
        return [_names(row) for row in rows]
    return [_names(rows)]


def _names(channels: object) -> tuple[str | None, ...]:
    if isinstance(channels, str | bytes) or not isinstance(channels, Iterable):
        raise AnalysisError(f"channel_mix: {shown(channels)} is no list of channels; give those of a journey, in order: ['web', 'phone']")
    found = tuple(None if absent(channel) else channel for channel in channels)
    for channel in found:
        if channel is not None and (not isinstance(channel, str) or not channel):
            raise AnalysisError(f"channel_mix: {shown(channel)} is no channel; give a name, or None where nobody knows")
    return found
