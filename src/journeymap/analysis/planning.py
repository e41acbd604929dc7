"""What fits into the next phases (C6): a roadmap under capacity, in which nothing comes before what it requires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from math import fsum
from typing import ClassVar, NotRequired, TypedDict

from attrs import frozen

from journeymap.analysis.doors import by_name, estimate, ids, number
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.knapsack import TINY, best, greedy, relaxed
from journeymap.analysis.priorities import EFFORTS, scaled
from journeymap.analysis.result import Result, amount, number_of, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import Evidence, Journey

PHASES = 3
EXACT_UP_TO = 25
"""So many candidates are compared in every combination; more are chosen greedily, and the gap is reported."""


class PlanItem(TypedDict):
    """What a roadmap needs of one idea."""

    value: float
    effort: float
    requires: NotRequired[Sequence[str]]
    """The names of the ideas that have to come first."""


@frozen(kw_only=True)
class RoadmapRow:
    """One idea on the roadmap."""

    id: str
    name: str
    phase: int | None
    """Counted from 1; None where it finds no place, and ``reason`` says why."""
    value: float
    effort: float
    requires: tuple[str, ...] = ()
    layer: int
    """How many steps of requirements come before it, at least."""
    owner: str = ""
    affects: tuple[str, ...] = ()
    """Who else feels the change."""
    reason: str = ""


@frozen(kw_only=True)
class Phase:
    """One phase of the roadmap."""

    number: int
    capacity: float
    effort: float
    value: float
    items: tuple[str, ...]
    exact: bool
    """Whether every combination was compared."""
    gap: float
    """How much more value, as a share of the most that could be thought of, another choice might hold; 0 if exact."""


@frozen(kw_only=True)
class Roadmap(Result):
    """The ideas by phase; the value is the share of the total value that finds a place."""

    analysis: ClassVar[str] = "roadmap"
    subject: ClassVar[str] = "The share of the value that finds a place"
    counted: ClassVar[str] = "ideas"
    table: ClassVar[str] = "rows"

    rows: tuple[RoadmapRow, ...]
    phases: tuple[Phase, ...]
    unscored: tuple[str, ...] = ()
    """The ids of ideas that lack impact or effort."""

    def _told(self) -> str:
        placed = sum(row.phase is not None for row in self.rows)
        first = [row.name for row in self.rows if row.phase == 1]
        named = ", ".join(repr(name) for name in first[:3]) + (" and others" if len(first) > 3 else "")
        start = f", beginning with {named}" if first else ""
        phases = number_of(len(self.phases), "phases")
        return f"{placed} of {len(self.rows)} ideas, {percent(self.value)} of the value, fit into {phases}{start}"


@frozen
class _Item:
    id: str
    name: str
    value: float
    effort: float
    requires: tuple[str, ...]
    owner: str = ""
    affects: tuple[str, ...] = ()


def roadmap(
    data: Journey | Mapping[str, PlanItem] | Iterable[Mapping[str, object]],
    *,
    capacity: float | Sequence[float],
    phases: int = PHASES,
    values: Mapping[str, float] | None = None,
    strict: bool = False,
) -> Roadmap:
    """What fits into the next phases?

    Phase by phase the choice of ideas with the greatest total value whose effort stays within the capacity, and in which nothing
    comes before what it requires (requirements within the same phase are met). ``capacity`` is one number for each of the ``phases``,
    or a sequence with one for each. Up to 25 candidates in a phase every combination is compared; of more the best value for effort
    is taken first, each with what it requires, and ``gap`` says how far from the best that can be at most. Of equal choices the one with
    less effort is taken. Each phase is best by itself; the sequence of phases need not be.

    A map gives as value the impact of its opportunities (1 to 5), or what ``values`` has by id (RICE scores, say), and as
    effort person-months by `EFFORTS`; ranges count with their most likely value. An idea larger than any capacity, or behind such a
    one, is reported with the reason. AnalysisError names a circle of requirements.

    >>> app = PlanItem(value=5, effort=3, requires=["api"])
    >>> ideas = {"api": PlanItem(value=1, effort=2), "app": app, "faq": PlanItem(value=3, effort=2)}
    >>> [(row.id, row.phase) for row in roadmap(ideas, capacity=5).rows]
    [('api', 1), ('app', 1), ('faq', 2)]
    """
    capacities = _capacities(capacity, phases)
    if isinstance(data, Journey):
        items, unscored, claims = _from_map(data, values)
        warnings = hypothesis(data, claims, what="ideas")
        assumptions: tuple[str, ...] = ("effort 1 to 5 is " + ", ".join(f"{months:g}" for months in EFFORTS.values()) + " person-months",)
    else:
        items = _from_plain(by_name(data, question="roadmap"))
        unscored, warnings, assumptions = (), (), ()
    if not items:
        given = f"none of {len(unscored)} ideas has both value and effort" if unscored else "there are no ideas"
        raise NotEnoughData("roadmap", given, "value and effort of some ideas")
    layers = _layers(items)
    placed, found = _placed(items, capacities, layers)
    reasons = _reasons(items, unscored, placed, capacities)
    rows = [
        RoadmapRow(
            id=item.id,
            name=item.name,
            phase=placed.get(item.id),
            value=item.value,
            effort=item.effort,
            requires=item.requires,
            layer=layers[item.id],
            owner=item.owner,
            affects=item.affects,
            reason=reasons.get(item.id, ""),
        )
        for item in items
    ]
    total = fsum(item.value for item in items)
    exact = all(phase.exact for phase in found)
    result = Roadmap(
        value=fsum(row.value for row in rows if row.phase is not None) / total if total > 0 else None,
        reason="" if total > 0 else "no idea has any value",
        unit="of the value",
        n=len(items),
        missing=len(unscored),
        method="knapsack with precedence, phase by phase, " + ("exact" if exact else "greedy where there are more than 25 candidates"),
        assumptions=(*assumptions, "effort adds up, and value does not depend on the phase"),
        warnings=warnings,
        rows=tuple(sorted(rows, key=lambda row: (row.phase or len(capacities) + 1, row.layer, -row.value, row.id))),
        phases=found,
        unscored=unscored,
    )
    return sealed(result, strict=strict, inputs=(tuple(items), capacities))


def _capacities(capacity: float | Sequence[float], phases: int) -> tuple[float, ...]:
    if isinstance(phases, bool) or not isinstance(phases, int) or phases < 1:
        raise AnalysisError(f"phases: {shown(phases)} is no number of phases; give 1 or more")
    given = tuple(capacity) if isinstance(capacity, Sequence) and not isinstance(capacity, str) else (capacity,) * phases
    return tuple(number(value, what="capacity", low=0) for value in given)


def _from_map(journey: Journey, values: Mapping[str, float] | None) -> tuple[list[_Item], tuple[str, ...], list[tuple[Evidence, ...]]]:
    items, unscored, claims = [], [], []
    for found in journey.all_opportunities():
        worth = found.impact if values is None else values.get(found.id)
        if worth is None or found.effort is None:
            unscored.append(found.id)
            continue
        value = estimate(worth, what=found.id, low=0).mid
        effort = scaled(estimate(found.effort, what=found.id), EFFORTS).mid
        items.append(_Item(found.id, found.name, value, effort, found.requires, found.owner, found.affects))
        claims.append(found.evidence)
    return items, tuple(sorted(unscored)), claims


def _from_plain(data: Mapping[str, object]) -> list[_Item]:
    items = []
    for key, given in data.items():
        if not isinstance(given, Mapping):
            raise AnalysisError(f"{key}: {shown(given)} is no idea; it needs value and effort by name")
        for name in ("value", "effort"):
            if name not in given:
                raise AnalysisError(f"{key}: {name} missing; an idea needs value and effort")
        requires = ids(given.get("requires"))
        for required in requires:
            if required not in data:
                raise AnalysisError(f"{key}: requires {shown(required)}, which is not among the ideas{suggestion(required, data)}")
        value, effort = (
            number(part, what=f"{key}.{name}", low=0) for name, part in (("value", given["value"]), ("effort", given["effort"]))
        )
        items.append(_Item(key, key, value, effort, requires))
    return items


def _layers(items: Sequence[_Item]) -> dict[str, int]:
    """How many steps of requirements come before each; AnalysisError names a circle."""
    names = {item.id for item in items}
    sorter = TopologicalSorter({item.id: [r for r in item.requires if r in names] for item in items})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " requires ".join(repr(name) for name in reversed(error.args[1]))
        raise AnalysisError(f"{circle}: a circle of requirements; take one of them out") from error
    layers: dict[str, int] = {}
    layer = 0
    while sorter.is_active():
        ready = sorter.get_ready()
        layers.update(dict.fromkeys(ready, layer))
        sorter.done(*ready)
        layer += 1
    return layers


def _placed(items: Sequence[_Item], capacities: Sequence[float], layers: Mapping[str, int]) -> tuple[dict[str, int], tuple[Phase, ...]]:
    placed: dict[str, int] = {}
    phases = []
    ordered = sorted(items, key=lambda item: (layers[item.id], item.id))
    for place, capacity in enumerate(capacities, start=1):
        candidates = _candidates(ordered, placed, capacity)
        exact = len(candidates) <= EXACT_UP_TO
        chosen = best(candidates, placed, capacity) if exact else greedy(candidates, placed, capacity)
        placed.update(dict.fromkeys((item.id for item in chosen), place))
        value = fsum(item.value for item in chosen)
        most = relaxed(candidates, capacity)
        phases.append(
            Phase(
                number=place,
                capacity=capacity,
                effort=fsum(item.effort for item in chosen),
                value=value,
                items=tuple(item.id for item in chosen),
                exact=exact,
                gap=0.0 if exact or most == 0 else max(0.0, (most - value) / most),
            )
        )
    return placed, tuple(phases)


def _candidates(ordered: Sequence[_Item], placed: Mapping[str, int], capacity: float) -> list[_Item]:
    """What is not placed yet and could be, in an order in which requirements come first."""
    able = set(placed)
    found = []
    for item in ordered:
        if item.id not in placed and item.effort <= capacity + TINY and all(required in able for required in item.requires):
            able.add(item.id)
            found.append(item)
    return found


def _reasons(items: Sequence[_Item], unscored: Sequence[str], placed: Mapping[str, int], capacities: Sequence[float]) -> dict[str, str]:
    most = max(capacities, default=0.0)
    reasons: dict[str, str] = {}
    for item in items:
        if item.id in placed:
            continue
        waiting = [required for required in item.requires if required not in placed]
        if item.effort > most + TINY:
            reasons[item.id] = f"its effort of {amount(item.effort)} is more than any phase holds ({amount(most)})"
        elif waiting:
            lacking = [required for required in waiting if required in unscored]
            told = ", which has no estimate" if lacking else ", which finds no place"
            reasons[item.id] = f"it requires {(lacking or waiting)[0]!r}{told}"
        else:
            reasons[item.id] = f"{len(capacities)} phases are full of what is worth more"
    return reasons
