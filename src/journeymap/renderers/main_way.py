"""The way through a map that most customers take, as one line of steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from attrs import field, frozen

from journeymap.model import END, START, Journey, Span, Transition
from journeymap.renderers.steps import Step

_KINDS = ("main", "alternative", "loop", "exception")


@frozen(kw_only=True)
class Leg:
    """A step on the way, and the wait before it."""

    step: Step
    before: Transition | None
    """The transition that leads here; None at the first step."""

    @property
    def wait(self) -> timedelta | Span | None:
        """How long customers wait for the step; None if that is not told, or if nothing is before it."""
        return self.before.wait if self.before is not None else None


def _legs(values: Sequence[Leg]) -> tuple[Leg, ...]:
    return tuple(values)


def _steps(values: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(values)


@frozen
class MainWay:
    """The steps that most customers take one after the other, and those beside."""

    legs: tuple[Leg, ...] = field(converter=_legs)
    beside: tuple[Step, ...] = field(converter=_steps)


def main_way(journey: Journey, steps: Sequence[Step]) -> MainWay:
    """From the likeliest entry along the likeliest transition, by probability, count or kind, never twice through a step.

    A way that leads to a step which is not among ``steps`` (because only another persona meets it) is followed past it.
    """
    shown = {step.about: step for step in steps if step.touchpoint is not None}
    graph = journey.graph
    legs: list[Leg] = []
    passed = {END}
    at: str | None = START if START in graph else next(iter(graph), None)
    before: Transition | None = None
    while at is not None:
        passed.add(at)
        if at in shown:
            legs.append(Leg(step=shown[at], before=before if legs else None))
        before = _likeliest([data["item"] for _, target, data in graph.out_edges(at, data=True) if target not in passed])
        at = before.target if before is not None else None
    on_way = {leg.step.about for leg in legs}
    return MainWay(legs, [step for about, step in shown.items() if about not in on_way])


def _likeliest(ways: Sequence[Transition]) -> Transition | None:
    """By what is stated: probabilities, which leave the rest to those without, or else counts; then by kind, the first of equals."""
    stated = [way.probability for way in ways if way.probability is not None]
    unstated = sum(way.probability is None and way.kind in {"main", "alternative"} for way in ways)

    def weight(way: Transition) -> float:
        if not stated:
            return way.count or 0
        if way.probability is not None:
            return way.probability
        return (1 - sum(stated)) / unstated if way.kind in {"main", "alternative"} else 0.0

    return min(ways, key=lambda way: (-weight(way), _KINDS.index(way.kind)), default=None)
