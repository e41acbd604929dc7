"""Where the journeys of an atlas stand: in layers, what leads to something left of it, the words of every link in a place of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, define, field, frozen

from journeymap.model import Atlas, AtlasLink
from journeymap.renderers.flow.layers import Slot, arrange, join

_BETWEEN = 20.0
_BEND = 9.0


@define(eq=False)
class Route:
    """A link with the places that it goes through, from left to right."""

    link: AtlasLink
    back: bool
    """Whether it leads from right to left."""
    slots: list[Slot] = field(default=Factory(list))
    label: Slot = field(default=Factory(lambda: Slot(0, 0.0, 0.0)))


@frozen(kw_only=True)
class Block:
    """Journeys that hang together, or as many of their layers as fit beside each other."""

    layers: tuple[tuple[Slot, ...], ...]
    """Journeys in those of even number, words of links in those between."""
    journeys: Mapping[str, Slot]
    routes: tuple[Route, ...]


def blocks_of(
    atlas: Atlas, heights: Mapping[str, float], labels: Mapping[tuple[str, str, str], float], *, most: int
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks, each at most so many layers of journeys wide; and the journeys that no link joins to another."""
    links = [link for link in atlas.links if link.source != link.target]
    levels = _levels(atlas, links)
    found: list[Block] = []
    alone: list[str] = []
    for together in _components(atlas, links):
        if len(together) == 1:
            alone += together
            continue
        lowest = min(levels[name] for name in together)
        deepest = max(levels[name] for name in together) - lowest
        for first in range(0, deepest + 1, most):
            here = {name: levels[name] - lowest - first for name in together if first <= levels[name] - lowest < first + most}
            inner = [link for link in links if link.source in here and link.target in here]
            found.append(_block(here, inner, heights, labels))
    return tuple(found), tuple(alone)


def _components(atlas: Atlas, links: Sequence[AtlasLink]) -> Iterator[list[str]]:
    """The ids of journeys that hang together, in the order of the atlas."""
    beside: dict[str, list[str]] = {journey.id: [] for journey in atlas.journeys}
    for link in links:
        beside[link.source].append(link.target)
        beside[link.target].append(link.source)
    seen: set[str] = set()
    for first in beside:
        if first in seen:
            continue
        together, waiting = {first}, [first]
        while waiting:
            for name in beside[waiting.pop()]:
                if name not in together:
                    together.add(name)
                    waiting.append(name)
        seen |= together
        yield [name for name in beside if name in together]


def _levels(atlas: Atlas, links: Sequence[AtlasLink]) -> dict[str, int]:
    """Each journey one layer behind the last that leads to it; where links go round, those that lead back do not count."""
    following: dict[str, list[str]] = {journey.id: [] for journey in atlas.journeys}
    for link in links:
        following[link.source].append(link.target)
    reached = {link.target for link in links}
    order = _order(following, [*(name for name in following if name not in reached), *following])
    place = {name: number for number, name in enumerate(order)}
    levels = dict.fromkeys(order, 0)
    for name in order:
        for target in following[name]:
            if place[target] > place[name]:
                levels[target] = max(levels[target], levels[name] + 1)
    return levels


def _order(following: Mapping[str, Sequence[str]], starts: Sequence[str]) -> list[str]:
    """The journeys so that links lead onwards, but for those that close a circle: depth first, without recursion."""
    done: list[str] = []
    seen: set[str] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        trail = [(start, iter(following[start]))]
        while trail:
            name, rest = trail[-1]
            target = next((target for target in rest if target not in seen), None)
            if target is None:
                done.append(name)
                trail.pop()
            else:
                seen.add(target)
                trail.append((target, iter(following[target])))
    return done[::-1]


def _block(
    here: Mapping[str, int], links: Sequence[AtlasLink], heights: Mapping[str, float], labels: Mapping[tuple[str, str, str], float]
) -> Block:
    layers: list[list[Slot]] = [[] for _ in range(2 * max(here.values()) + 1)]
    journeys: dict[str, Slot] = {}
    for name, level in here.items():
        journeys[name] = Slot(2 * level, heights[name] / 2, heights[name] / 2, name)
        layers[2 * level].append(journeys[name])
    routes = []
    for link in links:
        back = here[link.source] > here[link.target]
        ends = (link.target, link.source) if back else (link.source, link.target)
        first, last = (2 * here[end] for end in ends)
        route = Route(link=link, back=back)
        worded = last - 1 if back else first + 1
        for layer in range(first + 1, last):
            half = labels[link.key] / 2 if layer == worded else _BEND
            slot = Slot(layer, half, half)
            layers[layer].append(slot)
            route.slots.append(slot)
            if layer == worded:
                route.label = slot
        route.slots = [journeys[ends[0]], *route.slots, journeys[ends[1]]]
        join(route.slots, 1.0)
        routes.append(route)
    arrange(layers, between=_BETWEEN)
    return Block(layers=tuple(tuple(layer) for layer in layers), journeys=journeys, routes=tuple(routes))
