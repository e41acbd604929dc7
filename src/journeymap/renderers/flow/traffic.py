"""How many customers go which way: what the widths of a flow picture stand for, and what is printed on its ways."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Literal

from attrs import frozen

from journeymap.analysis.chain import chain_of, visits
from journeymap.model import END, START, Journey, Transition

Measured = Literal["counts", "shares", "nothing"]
"""What is known of the ways: how many take them, which share of customers does, or neither."""


@frozen
class Way:
    """A transition between two steps that are shown, with its part of the traffic."""

    transition: Transition
    load: float | None
    """How many customers take it, or which share of all; None where that is not known."""
    said: str
    """The number as it is printed; empty where there is none."""


@frozen
class Traffic:
    """Every way of a journey, entries and drop-off apart."""

    ways: tuple[Way, ...]
    entries: Mapping[str, str]
    """By step, what is said of those who start there."""
    exits: Mapping[str, tuple[str, float | None]]
    """By step, what is said of those who leave there, and how many they are."""
    again: Mapping[str, str]
    """By step, what is said of those who repeat it at once."""
    measured: Measured


def traffic_of(journey: Journey, shown: Collection[str]) -> Traffic:
    """The traffic between the steps that are shown.

    Where the map has counts they are taken as they stand. Where it has probabilities, a way carries the share of customers who
    start that are expected to take it.
    """
    items: list[Transition] = [data["item"] for _, _, data in journey.graph.edges(data=True)]
    measured: Measured = "counts" if any(way.count for way in items) else "nothing"
    loads: dict[tuple[str, str], float] = {}
    if measured == "nothing" and any(way.probability for way in items):
        loads = _shares(journey)
        measured = "shares" if loads else "nothing"
    ways: list[Way] = []
    entries: dict[str, str] = {}
    exits: dict[str, tuple[str, float | None]] = {}
    again: dict[str, str] = {}
    for item in items:
        load = float(item.count) if item.count is not None and measured == "counts" else loads.get((item.source, item.target))
        said = _said(item, measured)
        if item.source == START and item.target in shown:
            entries[item.target] = f"{said} start" if said else "start"
        elif item.target == END and item.source in shown:
            words = f"{said} leave" if said else "some leave"
            exits[item.source] = (f"{words}: {item.condition}" if item.condition else words, load)
        elif item.source == item.target and item.source in shown:
            words = f"{said} do it again" if said else "may do it again"
            again[item.source] = f"{words}: {item.condition}" if item.condition else words
        elif item.source in shown and item.target in shown:
            ways.append(Way(item, load, said))
    return Traffic(tuple(ways), entries, exits, again, measured)


def _said(way: Transition, measured: Measured) -> str:
    if measured == "counts" and way.count is not None:
        return f"{way.count:,}"
    return f"{100 * way.probability:.3g}%" if way.probability is not None else ""


def _shares(journey: Journey) -> dict[tuple[str, str], float]:
    """Of those who start, the expected passages of each way; nothing where customers go round without end."""
    chain = chain_of(journey)
    expected = visits(chain)
    found = {(source, target): expected[source] * share for source, row in chain.rows.items() for target, share in row.items()}
    found |= {(START, step): share for step, share in chain.starts.items()}
    return found if all(math.isfinite(load) for load in found.values()) else {}
