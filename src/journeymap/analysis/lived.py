"""The emotions in the order in which customers meet them: one series for a plain map, one for each way through a branching one.

`lived` is the door of every question about the course of emotion: plain values are one way; a map gives each of its ways
(see `routes`) with the share of customers who take it. A branching map has no single order, and none is made up.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution
from journeymap.analysis.chain import chain_of
from journeymap.analysis.doors import Labelled, Point, series
from journeymap.analysis.felt import VALENCE, EmotionPoint, map_cautions, points_of
from journeymap.analysis.guards import missing_heavy
from journeymap.analysis.routes import routes_of
from journeymap.model import Journey

Direction = Literal["better", "worse"]
"""Whether a higher value is better (a valence) or worse (pain, effort, severity)."""


@frozen
class Way:
    """One way through the journey, with the steps on it that have a value and those that have none."""

    share: float
    points: tuple[Point, ...]

    @cached_property
    def known(self) -> tuple[Point, ...]:
        """The steps that have a value."""
        return tuple(point for point in self.points if point.value is not None)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The values that are there, in order."""
        return tuple(point.value for point in self.points if point.value is not None)


@frozen
class Lived:
    """Every way, and what any answer drawn from them has to say."""

    ways: tuple[Way, ...]
    n: int
    """How many steps have a value."""
    missing: int
    unit: str
    assumptions: tuple[str, ...]
    warnings: tuple[Caution, ...]

    @property
    def inputs(self) -> tuple[object, ...]:
        """What the fingerprint of an answer is made of: the ways by the ids and values of their steps, and the names once."""
        names = {point.id: point.name for way in self.ways for point in way.points}
        ways = tuple((way.share, tuple((point.id, point.value) for point in way.points)) for way in self.ways)
        return ways, tuple(names.items())


def lived(data: Journey | Labelled, *, question: str, persona: str | None = None) -> Lived:
    """The ways with their values; NotEnoughData when more than 30 % of the steps have none."""
    if not isinstance(data, Journey):
        points = series(data)
        there = sum(point.value is not None for point in points)
        warnings = missing_heavy(question, there=there, expected=len(points), what="steps")
        return Lived((Way(1.0, points),), there, len(points) - there, "points", (), warnings)
    felt = points_of(data, persona=persona)
    chain = chain_of(data) if data.transitions else None
    there = sum(point.valence is not None for point in felt)
    absent = missing_heavy(question, there=there, expected=len(felt), what="steps", value="emotion")
    warnings = (*absent, *map_cautions(data, felt, chain=chain))
    if chain is None:
        ways: tuple[Way, ...] = (Way(1.0, tuple(_point(point) for point in felt)),)
        notes: tuple[str, ...] = ()
    else:
        found = routes_of(data, persona=persona, chain=chain)
        ways = _ways(data, felt, [(route.share, route.steps) for route in found.routes])
        notes = found.assumptions
        on_ways = {point.id for way in ways for point in way.points}
        aside = [point.name for point in felt if point.valence is not None and point.id not in on_ways]
        if aside:
            notes = (*notes, f"steps that no way passes are left out: {', '.join(aside[:5])}{' ...' if len(aside) > 5 else ''}")
    return Lived(ways, there, len(felt) - there, VALENCE, notes, warnings)


def _ways(journey: Journey, felt: tuple[EmotionPoint, ...], routes: list[tuple[float, tuple[str, ...]]]) -> tuple[Way, ...]:
    """The points along each route; a stage that speaks for its touchpoints does so at the first of them that is passed."""
    own = {point.id: _point(point) for point in felt if point.basis != "stage"}
    for_stage = {point.stage: _point(point) for point in felt if point.basis == "stage"}
    stage_of = {touchpoint.id: stage.id for stage in journey.stages for touchpoint in stage.touchpoints}
    ways = []
    for share, steps in routes:
        if not for_stage:
            ways.append(Way(share, tuple(own[step] for step in steps if step in own)))
            continue
        passed: dict[tuple[str, str], Point] = {}
        for step in steps:
            stage = stage_of[step]
            if stage in for_stage:
                passed.setdefault(("stage", stage), for_stage[stage])
            elif step in own:
                passed["step", step] = own[step]
        ways.append(Way(share, tuple(passed.values())))
    with_values = [way for way in ways if way.known]
    total = sum(way.share for way in with_values)
    return tuple(Way(way.share / total, way.points) for way in with_values)


def _point(point: EmotionPoint) -> Point:
    return Point(point.id, point.name, point.valence)
