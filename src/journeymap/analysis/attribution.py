"""Who gets the credit for a conversion (F6): the Shapley value of channels, and the rules of thumb."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.touches import By, ChannelPath, TouchData, Touches, touches_of
from journeymap.errors import AnalysisError, NotEnoughData, shown

Rule = Literal["first", "last", "linear", "position", "time-decay"]
WEEK = timedelta(days=7)
_ENDS = 0.4


@frozen(kw_only=True)
class Credit:
    """What one channel is credited with."""

    channel: str
    conversions: float
    share: float
    """Of all that is credited."""
    value: float | None
    """What its conversions are worth, where it is known."""
    touches: float
    """How often it was met on ways to a conversion."""


@frozen(kw_only=True)
class Attribution(Result):
    """The credit of each channel, the most first; the value is how many conversions are credited."""

    subject: ClassVar[str] = "The number of conversions that are credited"
    counted: ClassVar[str] = "conversions"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "credits"

    credits: tuple[Credit, ...]
    uncredited: float
    """Conversions without any channel."""

    @property
    def by_channel(self) -> dict[str, Credit]:
        """The credit by channel."""
        return {credit.channel: credit for credit in self.credits}

    def _told(self) -> str:
        top = self.credits[0]
        return (
            f"{top.channel!r} is credited most, with {amount(top.conversions)} of {amount(self.value)} conversions ({percent(top.share)})"
        )


@frozen(kw_only=True)
class ShapleyAttribution(Attribution):
    """The Shapley value of each channel."""

    analysis: ClassVar[str] = "shapley_attribution"


@frozen(kw_only=True)
class RuleAttribution(Attribution):
    """The credit of each channel by a rule of thumb."""

    analysis: ClassVar[str] = "rule_attribution"

    rule: str


def shapley_attribution(
    data: TouchData, *, goal: str | None = None, by: By = "activity", worth: float | None = None, strict: bool = False
) -> ShapleyAttribution:
    """What does each channel add, averaged over all orders in which channels could join?

    The Shapley value of the game v(S) = conversions of the paths whose channels all lie in S. In closed form each path splits its
    conversions equally among its distinct channels, however often and in which order they were met (Zhao, Mahboobi & Bagheri
    2018). The data are channel paths, or paths and events with ``goal`` (and ``worth`` of one conversion).

    Unit: conversions. Nobody converts gives None with the reason. Always NOT_CAUSAL: who meets a channel was often about to
    convert anyway.

    >>> from journeymap.analysis import ChannelPath
    >>> found = shapley_attribution([ChannelPath(["ad", "email"], conversions=6), ChannelPath(["ad", "ad"], conversions=2)])
    >>> [(credit.channel, credit.conversions) for credit in found.credits]
    [('ad', 5.0), ('email', 3.0)]
    """
    touches = touches_of(data, question="shapley_attribution", goal=goal, by=by, worth=worth)
    found, value, uncredited = _credited(touches, lambda path: dict.fromkeys(path.channels, 1.0))
    result = ShapleyAttribution(
        value=value,
        reason="" if value is not None else "nobody who met a channel converts",
        unit="conversions",
        n=round(touches.conversions),
        method="Shapley value over sets of channels: an equal split over the distinct channels of a path",
        assumptions=(*touches.assumptions, "neither order nor repetition of channels matters"),
        warnings=(caution("NOT_CAUSAL"), *small_n(touches.conversions, what="conversions")),
        credits=found,
        uncredited=uncredited,
    )
    return sealed(result, strict=strict, inputs=touches.inputs)


def rule_attribution(
    data: TouchData,
    *,
    rule: Rule = "linear",
    half_life: timedelta | float | None = None,
    goal: str | None = None,
    by: By = "activity",
    worth: float | None = None,
    strict: bool = False,
) -> RuleAttribution:
    """Who gets the credit by a rule of thumb?

    ``first`` and ``last``: all to that touch. ``linear``: the same to every touch. ``position``: 40 % to the first, 40 % to the last,
    20 % shared by those between (half each where there are two, all where there is one). ``time-decay``: 0.5 ** (age / half_life),
    with ages before the conversion (a ``half_life`` of 7 days unless given), or counted in touches where ``half_life`` is a number
    (the last touch is 0 back). A channel that is met several times is counted each time.

    Unit: conversions. Nobody converts gives None with the reason. NotEnoughData for time-decay without times. Always NOT_CAUSAL:
    a rule is a convention, not a finding.

    >>> from journeymap.analysis import ChannelPath
    >>> found = rule_attribution([ChannelPath(["ad", "shop", "email"], conversions=10)], rule="position")
    >>> [(credit.channel, round(credit.conversions, 6)) for credit in found.credits]
    [('ad', 4.0), ('email', 4.0), ('shop', 2.0)]
    """
    touches = touches_of(data, question="rule_attribution", goal=goal, by=by, worth=worth)
    if rule not in {"first", "last", "linear", "position", "time-decay"}:
        raise AnalysisError(f"rule={shown(rule)} is unknown; give 'first', 'last', 'linear', 'position' or 'time-decay'")
    if half_life is not None and rule != "time-decay":
        raise AnalysisError(f"half_life has no meaning for the rule {rule!r}; leave it out, or give rule='time-decay'")
    decay = _decay(touches, WEEK if half_life is None else half_life) if rule == "time-decay" else None
    found, value, uncredited = _credited(touches, lambda path: _weights(path, rule, decay))
    result = RuleAttribution(
        value=value,
        reason="" if value is not None else "nobody who met a channel converts",
        unit="conversions",
        n=round(touches.conversions),
        method=f"{rule} rule, repeated touches counted each time" + (f", half-life {half_life or WEEK}" if decay else ""),
        assumptions=(*touches.assumptions, "the rule is a convention"),
        warnings=(caution("NOT_CAUSAL"), *small_n(touches.conversions, what="conversions")),
        credits=found,
        uncredited=uncredited,
        rule=rule,
    )
    return sealed(result, strict=strict, inputs=(touches.inputs, rule, str(half_life)))


_Decay = Callable[[ChannelPath, int], float]


def _decay(touches: Touches, half_life: timedelta | float) -> _Decay:
    if isinstance(half_life, timedelta):
        if half_life <= timedelta(0):
            raise AnalysisError(f"half_life={half_life} is not longer than nothing; give a length of time, or a number of touches")
        if any(path.conversions and path.channels and not path.ages for path in touches.paths):
            raise NotEnoughData("rule_attribution", "nobody knows when the touches were", "events with times, or half_life= in touches")
        length = half_life
        return lambda path, place: -(path.ages[place] / length)
    back = number(half_life, what="half_life", low=0)
    if back == 0:
        raise AnalysisError("half_life=0 is not longer than nothing; give a length of time, or a number of touches")
    return lambda path, place: -(len(path.channels) - 1 - place) / back


def _weights(path: ChannelPath, rule: Rule, decay: _Decay | None) -> dict[str, float]:
    """The weight of each channel of a path."""
    last = len(path.channels) - 1
    match rule:
        case "first":
            each: Sequence[float] = [1.0, *[0.0] * last]
        case "last":
            each = [*[0.0] * last, 1.0]
        case "position" if last > 1:
            each = [_ENDS, *[(1 - 2 * _ENDS) / (last - 1)] * (last - 1), _ENDS]
        case "time-decay" if decay is not None:
            ages = [decay(path, place) for place in range(last + 1)]
            each = [2.0 ** (age - max(ages)) for age in ages]
        case _:
            each = [1.0] * (last + 1)
    found: dict[str, float] = {}
    for channel, weight in zip(path.channels, each, strict=True):
        found[channel] = found.get(channel, 0.0) + weight
    return found


def _credited(touches: Touches, weigh: Callable[[ChannelPath], Mapping[str, float]]) -> tuple[tuple[Credit, ...], float | None, float]:
    """The credits, the most first, how many conversions are credited, and how many have no channel."""
    found: dict[str, list[float]] = {}
    uncredited = 0.0
    for path in touches.paths:
        if not path.channels:
            uncredited += path.conversions
            continue
        weights = weigh(path)
        total = math.fsum(weights.values())
        for channel, weight in weights.items():
            held = found.setdefault(channel, [0.0, 0.0, 0.0])
            held[0] += path.conversions * weight / total
            held[1] += path.value * weight / total
            held[2] += path.conversions * path.channels.count(channel)
    credited = touches.conversions - uncredited
    if credited <= 0:
        return (), None, uncredited
    valued = touches.value > 0
    done = [
        Credit(channel=channel, conversions=each, share=each / credited, value=value if valued else None, touches=often)
        for channel, (each, value, often) in found.items()
    ]
    return tuple(sorted(done, key=lambda credit: (-round(credit.conversions, 9), credit.channel))), credited, uncredited
