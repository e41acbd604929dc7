"""What would be lost without a channel or a step (F5): removal effects, also known as Markov attribution."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import ClassVar, Literal

import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.chain import Chain, Remainder
from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.markov import ChainData, Markov, Start, markov_of
from journeymap.analysis.matrices import TransitionMatrix
from journeymap.analysis.memory import memory_cautions, memory_p
from journeymap.analysis.paths import Path, Paths
from journeymap.analysis.result import Level, Result, percent, sealed
from journeymap.analysis.touches import By, TouchData, Touches, is_table, touches_of
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, START, Journey

CONVERSION = "conversion"
_CERTAIN = 1 - 1e-9


@frozen(kw_only=True)
class RemovalEffect:
    """What would be lost without one channel or step."""

    id: str
    name: str
    effect: float
    """The share of the conversions that would be lost, 0 to 1."""
    without: float
    """The share that would still convert."""
    share: float | None
    """Its effect among all effects; they sum to 1."""
    conversions: float | None
    """The conversions that this share makes, where it is known how many there are."""
    value: float | None
    """What those are worth, where it is known."""
    unavoidable: bool
    """Whether all who convert pass here: its effect is then 1 by arithmetic, whatever it is like."""


@frozen(kw_only=True)
class RemovalEffects(Result):
    """The removal effects, the largest first; the value is the largest of what can be avoided, or 1 where nothing can."""

    analysis: ClassVar[str] = "removal_effects"
    subject: ClassVar[str] = "The largest removal effect"
    counted: ClassVar[str] = "paths"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "effects"

    effects: tuple[RemovalEffect, ...]
    p_conversion: float
    """The share that converts with everything in place."""

    @property
    def by_id(self) -> dict[str, RemovalEffect]:
        """The effects by the id of the channel or step."""
        return {effect.id: effect for effect in self.effects}

    def _told(self) -> str:
        certain = [effect.name for effect in self.effects if effect.unavoidable]
        other = next((effect for effect in self.effects if not effect.unavoidable and effect.effect > 0), None)
        told = f"All who convert pass {_listed(certain)}, which cannot be avoided" if certain else ""
        if other is None:
            return told or "Nobody who converts would be lost without any one of them"
        most = f"{'of the others' if told else 'Most conversions go by'} {other.name!r}{' matters most' if told else ''}"
        return f"{f'{told}; ' if told else ''}{most}: without it {percent(other.effect)} of conversions would be missing"


def removal_effects(
    data: ChainData | TouchData,
    *,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    by: Literal["step", "channel"] = "step",
    order: int = 1,
    conversions: float | None = None,
    worth: float | None = None,
    remainder: Remainder = "drop",
    strict: bool = False,
) -> RemovalEffects:
    """What would be lost without each channel or step?

    RE = 1 - P(conversion | whoever would come there is lost) / P(conversion), in closed form on the absorbing chain: the chance of
    ever coming there times the chance of converting from there, over P(conversion). The effects are normalised to shares, and those
    to conversions and value. What flows into the removed channel goes to the drop-off. A channel that follows itself does so in the
    chain too.

    From channel paths, or from paths and events with ``goal``; with ``by="channel"`` the channels of events count. ``order`` 2 and more
    make a state of so many touches in a row. From a map, a `transition_matrix` or a table of shares: by step, or on a map by channel;
    ``conversions`` and ``worth`` of one then turn shares into amounts.

    Unit: share of the conversions. Nobody converts gives None with the reason. Where all who convert pass, the effect is 1 by
    arithmetic: it is marked unavoidable, with the caution STRUCTURAL_LIFT. Without anyone who left, an effect is only a share of the
    converting flow, and the assumptions say so. Always NOT_CAUSAL. Source: Anderl, Becker, von Wangenheim & Schumann (2016).

    >>> from journeymap.analysis import ChannelPath
    >>> found = removal_effects([ChannelPath(["ad", "email"]), ChannelPath(["ad"], conversions=0, nulls=1), ChannelPath(["email"])])
    >>> [(effect.id, effect.effect) for effect in found.effects]
    [('email', 1.0), ('ad', 0.5)]
    """
    if isinstance(order, bool) or not isinstance(order, int) or order < 1:
        raise AnalysisError(f"removal_effects: order={shown(order)}: give a whole number from 1 on")
    rows = list(data) if isinstance(data, Iterator) else data
    if isinstance(rows, Journey | TransitionMatrix | Markov) or is_table(rows):
        if order > 1:
            raise NotEnoughData("removal_effects", "shares say only what follows one step", "paths for an order above 1")
        markov = markov_of(rows, question="removal_effects", goal=goal, start=start, remainder=remainder)
        found = _of_chain(markov, *_groups(rows, markov, by), conversions, worth)
        return sealed(found, strict=strict, inputs=(markov.inputs, by, conversions, worth))
    if start is not None or conversions is not None or not (goal is None or isinstance(goal, str)):
        raise AnalysisError("removal_effects: paths say where they start and who converts; start= and conversions= are for chains")
    source: By = "channel" if by == "channel" else "activity"
    touches = touches_of(rows, question="removal_effects", goal=goal, by=source, worth=worth)
    return sealed(_of_touches(touches, order), strict=strict, inputs=(touches.inputs, order))


def _of_touches(touches: Touches, order: int) -> RemovalEffects:
    named, groups, markov = _chained(touches, order)
    departures: dict[str, int] = {}
    for path in touches.paths:
        for channel in path.channels:
            departures[channel] = departures.get(channel, 0) + round(path.conversions + path.nulls)
    ends = [((CONVERSION,), path.conversions) for path in touches.paths], [((), path.nulls) for path in touches.paths]
    runs = [
        Path(case="", steps=(*path.channels, *end), count=round(n))
        for each in ends
        for path, (end, n) in zip(touches.paths, each, strict=True)
        if round(n)
    ]
    total = round(touches.conversions + touches.nulls)
    notes = list(touches.assumptions)
    if not touches.nulls:
        notes.append("nobody is known to have left, so an effect is only the share of the converting flow that passes a channel")
    if any(not path.channels and path.conversions for path in touches.paths):
        notes.append("some converted without any channel; nothing of that is credited")
    return _result(
        markov,
        named,
        groups,
        amounts=(touches.conversions, touches.value or None),
        n=total,
        notes=(*notes, "the next touch depends on the last one alone" if order == 1 else f"the next touch depends on the last {order}"),
        warnings=(*small_n(total, what="paths"), *(memory_cautions(departures, memory_p(Paths(tuple(runs)))) if order == 1 else ())),
    )


def _chained(touches: Touches, order: int) -> tuple[list[str], list[list[str]], Markov]:
    """The channels, the states of the chain in which each was met last, and the chain.

    A state is a run of touches, at most ``order`` long; removing a channel removes the states that end with it, since whoever
    gets to another state that holds it has been in one of those.
    """
    weights: dict[str, dict[str, float]] = {}
    numbers: dict[tuple[str, ...], str] = {}
    for path in touches.paths:
        if path.conversions + path.nulls == 0:
            continue
        runs = [path.channels[max(0, place - order + 1) : place + 1] for place in range(len(path.channels))]
        states = [numbers.setdefault(run, str(len(numbers))) for run in runs]
        for source, target in pairwise((START, *states)):
            row = weights.setdefault(source, {})
            row[target] = row.get(target, 0.0) + path.conversions + path.nulls
        last = weights.setdefault(states[-1] if states else START, {})
        for end, n in ((CONVERSION, path.conversions), (END, path.nulls)):
            last[end] = last.get(end, 0.0) + n
    totals = {source: math.fsum(row.values()) for source, row in weights.items()}
    rows = {source: {target: n / totals[source] for target, n in row.items() if n > 0} for source, row in weights.items()}
    starts = rows.pop(START, {})
    groups: dict[str, list[str]] = {channel: [] for channel in sorted({run[-1] for run in numbers})}
    for run, state in numbers.items():
        groups[run[-1]].append(state)
    markov = Markov(chain=Chain(starts, rows), ends=(CONVERSION, END), goals=(CONVERSION,), names={})
    return list(groups), list(groups.values()), markov


def _groups(data: object, markov: Markov, by: Literal["step", "channel"]) -> tuple[list[str], list[list[str]]]:
    """What is removed: the names, and the steps that each stands for."""
    if by == "step":
        return list(markov.chain.rows), [[step] for step in markov.chain.rows]
    if not isinstance(data, Journey):
        raise NotEnoughData("removal_effects", "a chain does not say which channel a step has", "a map, channel paths, or by='step'")
    channels: dict[str, list[str]] = {}
    for touchpoint in data.touchpoints:
        if touchpoint.channel is not None and touchpoint.id in markov.chain.rows:
            channels.setdefault(touchpoint.channel.name, []).append(touchpoint.id)
    if not channels:
        raise NotEnoughData("removal_effects", "no step before the goal has a channel", "a channel on the touchpoints, or by='step'")
    return list(channels), list(channels.values())


def _of_chain(
    markov: Markov, named: Sequence[str], groups: Sequence[Sequence[str]], conversions: float | None, worth: float | None
) -> RemovalEffects:
    if not markov.goals:
        raise NotEnoughData("removal_effects", "nobody says which state is the goal", "goal= with its name")
    if not markov.chain.starts:
        raise NotEnoughData("removal_effects", "nobody says where customers start", "start= with a step, or shares of steps")
    total = None if conversions is None else number(conversions, what="conversions", low=0)
    price = None if worth is None or total is None else total * number(worth, what="worth", low=0)
    notes = (*markov.chain.assumptions, "the next step depends on the present one alone")
    return _result(markov, named, groups, amounts=(total, price), n=markov.n, notes=notes, warnings=markov.warnings)


def _result(
    markov: Markov,
    named: Sequence[str],
    groups: Sequence[Sequence[str]],
    *,
    amounts: tuple[float | None, float | None],
    n: int | None,
    notes: tuple[str, ...],
    warnings: tuple[Caution, ...],
) -> RemovalEffects:
    with_all, without = _chances(markov, groups)
    lost = [1 - chance / with_all if with_all > 0 else 0.0 for chance in without]
    whole = math.fsum(lost)
    found = []
    for name, effect, chance in zip(named, lost, without, strict=True):
        share = effect / whole if whole > 0 else None
        credited = [None if amount is None or share is None else share * amount for amount in amounts]
        found.append(
            RemovalEffect(
                id=name,
                name=markov.name(name),
                effect=effect,
                without=chance,
                share=share,
                conversions=credited[0],
                value=credited[1],
                unavoidable=effect >= _CERTAIN,
            )
        )
    found.sort(key=lambda effect: (-round(effect.effect, 12), effect.id))
    certain = [effect.name for effect in found if effect.unavoidable]
    free = [effect.effect for effect in found if not effect.unavoidable]
    structural = (caution("STRUCTURAL_LIFT", f"all who convert pass {_listed(certain)}"),) if certain else ()
    defined = with_all > 0 and bool(found)
    return RemovalEffects(
        value=(free[0] if free else 1.0) if defined else None,
        reason="" if defined else "nobody converts" if found else "there are no channels or steps before the goal",
        unit="share",
        n=n,
        method="removal effects in closed form on the absorbing chain; in-flow of the removed goes to drop-off",
        assumptions=notes,
        warnings=(caution("NOT_CAUSAL"), *warnings, *structural) if defined else warnings,
        effects=tuple(found) if defined else (),
        p_conversion=with_all,
    )


def _chances(markov: Markov, groups: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """The chance of converting, with everything and without each group of steps."""
    solved = markov.solved()
    at_ends = np.array([float(end in markov.goals) for end in solved.ends]).reshape(-1, 1, 1)
    none = np.zeros((1, 1, 1))
    chance = solved.backward(none, at_ends)[:, 0, 0]
    starts = {solved.place[state]: share for state, share in markov.chain.starts.items()}
    direct = math.fsum(share * at_ends[place - len(solved.steps), 0, 0] for place, share in starts.items() if place >= len(solved.steps))
    inside = {place: share for place, share in starts.items() if place < len(solved.steps)}
    with_all = direct + math.fsum(share * float(chance[place]) for place, share in inside.items())
    if all(len(group) == 1 for group in groups):
        started = np.zeros((len(solved.steps) + len(solved.ends), 1, 1))
        for place, share in starts.items():
            started[place, 0, 0] = share
        often = solved.forward(started)[: len(solved.steps), 0, 0]
        returning = solved.returns()[:, 0]
        coming = np.divide(often, returning, out=np.zeros_like(often), where=~solved.trapped)
        places = [solved.place[group[0]] for group in groups]
        return with_all, [min(with_all, max(0.0, with_all - float(coming[place] * chance[place]))) for place in places]
    removed = np.zeros((len(solved.steps), len(groups)), dtype=bool)
    for question, group in enumerate(groups):
        removed[[solved.place[step] for step in group], question] = True
    left = solved.backward(none, np.repeat(at_ends, len(groups), axis=1), removed=removed)[:, :, 0]
    return with_all, [
        direct + math.fsum(share * float(left[place, question]) for place, share in inside.items()) for question in range(len(groups))
    ]


def _listed(names: Sequence[str]) -> str:
    shown_names = [repr(name) for name in names[:3]]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(shown_names) + more if more or len(shown_names) < 2 else f"{', '.join(shown_names[:-1])} and {shown_names[-1]}"
