"""Where the steps of a flow stand: which layer each is in, how layers break into rows, and how ways run through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from attrs import Factory, define, field, frozen

from journeymap.renderers.columns import GUTTER, MARGIN, System, systems
from journeymap.renderers.flow.layers import Slot, join
from journeymap.renderers.flow.traffic import Way
from journeymap.renderers.steps import StageSteps

CARD = 136.0
"""The width of a step's card, and of a bend."""
LANE = 14.0
"""From one way back over a card to the next."""
_TERMINAL_HEIGHT = 13.0
_LEAST_BEND = 7.0


@frozen
class Extent:
    """The room of a label: its width, and how far it reaches over and under the way that it stands on."""

    width: float = 0.0
    above: float = 0.0
    below: float = 0.0


Course = Literal["on", "back", "out", "in"]
"""How a piece of a way runs in its row: on to the right, back over the cards, out of the row, or into it."""


@define(eq=False)
class Run:
    """A piece of a way within one row: its slots from left to right."""

    way: Way
    course: Course
    slots: tuple[Slot, ...]
    label: Extent
    """The room of its label; no width for none."""

    @property
    def bend(self) -> Slot | None:
        """The slot that holds its label: the middle one of its bends, if it has any."""
        bends = self.slots[1:-1]
        return bends[(len(bends) - 1) // 2] if bends else None


@define(eq=False)
class Row:
    """One row of the picture: layers of slots, between where ways come in and where they go out."""

    system: System
    gap: float
    """Between two cards that stand side by side."""
    layers: list[list[Slot]]
    """First the ways that come in, then the layers of steps, then the ways that go out."""
    steps: dict[str, Slot]
    runs: list[Run] = field(default=Factory(list))
    lanes: dict[str, list[Run]] = field(default=Factory(dict))
    """By step, the ways back that arrive or leave over it."""

    @property
    def right_edge(self) -> float:
        """The x where the row ends, with the marks of ways that go out."""
        return self.system.right + self.gap / 2 + TERMINAL if self.layers[-1] else self.system.right

    def left(self, slot: Slot) -> float:
        """The x where the slot begins."""
        return self.columns[slot.layer][0]

    def right(self, slot: Slot) -> float:
        """The x where the slot ends."""
        return self.columns[slot.layer][1]

    @cached_property
    def columns(self) -> list[tuple[float, float]]:
        """From where to where each layer reaches, once all ways are in the row."""
        middles = [part.centre(index) for part in self.system.parts for index in part.indices]
        inner = [(middle - CARD / 2, middle + CARD / 2) for middle in middles]
        return [(self.system.left - TERMINAL - 6, self.system.left - 6), *inner, (self.right_edge - TERMINAL, self.right_edge)]


TERMINAL = 62.0
"""The width of a mark where a way leaves its row, or comes into it."""


@frozen
class Room:
    """How much room a step's card takes over and under its middle, without the ways back over it."""

    above: float
    below: float


def layers_of(stages: Sequence[StageSteps], ways: Iterable[Way]) -> tuple[dict[str, int], list[int]]:
    """By step its layer within its stage, behind the steps that lead to it; and by stage the number of its layers.

    A way from a later step to an earlier one does not count, so that ways back make no knot.
    """
    steps = [(place, step.about) for place, held in enumerate(stages) for step in held.steps if step.touchpoint is not None]
    order = {name: index for index, (_, name) in enumerate(steps)}
    stage_of = {name: place for place, name in steps}
    before: dict[str, list[str]] = {}
    for way in ways:
        source, target = way.transition.source, way.transition.target
        if order[source] < order[target] and stage_of[source] == stage_of[target]:
            before.setdefault(target, []).append(source)
    found: dict[str, int] = {}
    counts = [1] * len(stages)
    for place, name in steps:
        found[name] = max((found[source] + 1 for source in before.get(name, ())), default=0)
        counts[place] = max(counts[place], found[name] + 1)
    return found, counts


def rows_of(
    stages: Sequence[StageSteps],
    ways: Sequence[Way],
    rooms: Mapping[str, Room],
    size: Callable[[Way, bool], Extent],
    *,
    column: float,
    limit: float,
) -> list[Row]:
    """The rows with their slots joined, ready to be arranged; a row is as long as a sheet of that ``limit`` allows.

    ``size`` tells how wide and high the label of a way is, where it stands on a bend or else between two cards.
    """
    within, counts = layers_of(stages, ways)
    found: list[Row] = []
    for system in _balanced(counts, column, limit):
        row = Row(
            system=system, gap=column - CARD, layers=[[] for _ in range(2 + sum(len(part.indices) for part in system.parts))], steps={}
        )
        layer = 1
        for part in system.parts:
            for index in part.indices:
                for step in stages[part.stage].steps:
                    if within.get(step.about) == index:
                        room = rooms[step.about]
                        slot = Slot(layer, room.above, room.below, name=step.about)
                        row.steps[step.about] = slot
                        row.layers[layer].append(slot)
                layer += 1
        found.append(row)
    heaviest = max((way.load or 0.0 for way in ways), default=0.0)
    place = {name: number for number, row in enumerate(found) for name in row.steps}
    for way in ways:
        source, target = way.transition.source, way.transition.target
        weight = (0.05 + (way.load or 0.0) / heaviest) ** 2 if heaviest else 1.0 if way.transition.kind == "main" else 0.3
        if place[source] == place[target]:
            _within(found[place[source]], way, source, target, weight, size)
        else:
            _across(found[place[source]], way, source, weight, size, out=True)
            _across(found[place[target]], way, target, weight, lambda _way, _wide: Extent(), out=False)
    return found


def _balanced(counts: Sequence[int], column: float, limit: float) -> tuple[System, ...]:
    """As few rows as the sheet allows, and those about equally long."""
    limit -= MARGIN + TERMINAL + (column - CARD) / 2
    best = systems(counts, column=column, left=MARGIN + GUTTER, limit=limit)
    while len(best) > 1 and limit > MARGIN + GUTTER:
        limit -= column
        narrower = systems(counts, column=column, left=MARGIN + GUTTER, limit=limit)
        if len(narrower) > len(best):
            break
        best = narrower
    return best


def _within(row: Row, way: Way, source: str, target: str, weight: float, size: Callable[[Way, bool], Extent]) -> None:
    first, last = row.steps[source], row.steps[target]
    back = first.layer >= last.layer
    if back:
        first, last = last, first
    room = size(way, last.layer - first.layer > 1)
    slots = (first, *_bends(row, first.layer, last.layer, room), last)
    run = Run(way, "back" if back else "on", slots, room)
    row.runs.append(run)
    join(slots, weight * (0.2 if back else 1.0))
    if back:
        for name in (target, source):
            row.lanes.setdefault(name, []).append(run)
            row.steps[name].above += LANE


def _across(row: Row, way: Way, step: str, weight: float, size: Callable[[Way, bool], Extent], *, out: bool) -> None:
    slot = row.steps[step]
    end = Slot(len(row.layers) - 1 if out else 0, _TERMINAL_HEIGHT, _TERMINAL_HEIGHT)
    row.layers[end.layer].append(end)
    first, last = (slot, end) if out else (end, slot)
    room = size(way, last.layer - first.layer > 1)
    slots = (first, *_bends(row, first.layer, last.layer, room), last)
    row.runs.append(Run(way, "out" if out else "in", slots, room))
    join(slots, weight)


def _bends(row: Row, first: int, last: int, room: Extent) -> list[Slot]:
    """Slots for the layers in between; the middle one has room for the label."""
    found = []
    for layer in range(first + 1, last):
        labelled = layer == first + 1 + (last - first - 2) // 2
        above = max(_LEAST_BEND, room.above if labelled else 0.0)
        below = max(_LEAST_BEND, room.below if labelled else 0.0)
        slot = Slot(layer, above, below)
        row.layers[layer].append(slot)
        found.append(slot)
    return found
