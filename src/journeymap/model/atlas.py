"""The atlas: many journeys, and how they lead into one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from attrs import evolve, field, frozen

from journeymap.errors import ModelError, Problem, shown
from journeymap.model import editing
from journeymap.model.checks import check_choice, check_id, check_name, check_optional_id, check_text
from journeymap.model.conversion import tell_field, tuple_of
from journeymap.model.journey import Journey
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from, unique
from journeymap.model.references import FEW, Register

if TYPE_CHECKING:
    import networkx as nx

AtlasLinkKind = Literal["sub-journey", "exception", "next"]


@frozen(field_transformer=tell_field)
class AtlasLink:
    """How one journey leads into another: one step of it seen closely, a way out when things go wrong, or what follows.

    >>> AtlasLink("buy-a-bike", "complain", at="pays", kind="exception").kind
    'exception'
    """

    source: str = field(validator=check_id)
    """The id of the journey that it leaves."""
    target: str = field(validator=check_id)
    """The id of the journey that it leads to."""
    kind: AtlasLinkKind = field(default="next", kw_only=True, validator=check_choice(*get_args(AtlasLinkKind), required=True))
    """``sub-journey``: the target tells the source, or its step, in detail. ``exception``: where customers go when something
    fails. ``next``: what they do afterwards."""
    at: str | None = field(default=None, kw_only=True, validator=check_optional_id)
    """The id of the touchpoint of the source where it leaves, or of the stage if no touchpoint has that id."""
    condition: str = field(default="", kw_only=True, validator=check_text)
    """When customers go this way, in words."""
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other links: source, target and ``at``, which is empty for the journey as a whole."""
        return self.source, self.target, self.at or ""


def as_journeys(values: Iterable[Journey]) -> tuple[Journey, ...]:
    """Journeys as a tuple."""
    return tuple_of(Journey, values)


def as_atlas_links(values: Iterable[AtlasLink]) -> tuple[AtlasLink, ...]:
    """Links between journeys as a tuple."""
    return tuple_of(AtlasLink, values)


@frozen(field_transformer=tell_field)
class Atlas:
    """Many journeys of one service or one kind of customer, and the links between them.

    It is checked as a whole when it is made: journeys have ids of their own, links join journeys that are there, no
    journey is a part of itself. ModelError tells all that is wrong at once.

    >>> from journeymap.model import Stage, Touchpoint
    >>> atlas = Atlas("Bike shop", [
    ...     Journey("Buy a bike", [Stage("Buy", [Touchpoint("Pays", emotion=-1)])]),
    ...     Journey("Complain", [Stage("Call", [Touchpoint("Calls the hotline", emotion=-2)])]),
    ... ], links=[AtlasLink("buy-a-bike", "complain", at="pays", kind="exception")])
    >>> list(atlas.graph.edges())
    [('buy-a-bike', 'complain')]
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="atlas"), kw_only=True, validator=check_id)
    journeys: tuple[Journey, ...] = field(default=(), converter=as_journeys)
    links: tuple[AtlasLink, ...] = field(default=(), kw_only=True, converter=as_atlas_links)
    """One for each source, target and place where it leaves."""
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    def __attrs_post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ModelError(problems)

    def journey(self, name: str, /) -> Journey:
        """The journey of that id; ModelError if there is none."""
        for held in self.journeys:
            if held.id == name:
                return held
        raise ModelError(Register({"journey": [held.id for held in self.journeys]}, whole="atlas").nothing("journey", name))

    @cached_property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The atlas as a frozen networkx graph, made on first use: how the journeys hang together.

        Nodes are the ids of journeys, with the journey under ``item``. Edges are the links, with the link under ``item``.
        """
        from journeymap.model.backing import atlas_graph

        return atlas_graph(self)

    @cached_property
    def joined(self) -> nx.DiGraph[str]:
        """All journeys as one frozen graph, made on first use: touchpoints of one id are one node.

        A node has the first touchpoint of its id under ``item``, all of them by journey under ``items``, the ids of their stages
        under ``stages``, and under ``differences`` a `Diff` for each journey whose touchpoint is not the same as the first. An edge
        has the transitions by journey under ``items``; ``implied`` is true where no journey tells it.
        """
        from journeymap.model.backing import joined_graph

        return joined_graph(self)

    def replace(self, name: str | None = None, /, **changes: Any) -> Atlas:
        """The atlas with fields of one of its journeys changed; without an id, with fields of its own changed.

        A changed id is followed by links and by the maps based on that journey. ModelError as for a new atlas, or if
        there is no such journey or field.
        """
        if name is None:
            return editing.changed(self, changes)
        old = self.journey(name)
        new = editing.changed(old, changes)

        def follow(wanted: str) -> str:
            return new.id if wanted == old.id else wanted

        kept = [new if held is old else held for held in self.journeys]
        if new.id == old.id:
            return evolve(self, journeys=kept)
        return evolve(
            self,
            journeys=[evolve(held, based_on=new.id) if held.based_on == old.id else held for held in kept],
            links=[evolve(link, source=follow(link.source), target=follow(link.target)) for link in self.links],
        )

    def rename(self, old: str, new: str, *, journey: str | None = None, kind: str | None = None) -> Atlas:
        """The atlas with a journey's id changed, or that of an object in ``journey``; every reference to it follows.

        Links follow a touchpoint or stage that they leave from. ``kind`` says which object where two share the id, as in
        `Journey.rename`. ModelError if there is no such journey or object, or the new id makes a link leave from elsewhere.
        """
        if journey is None:
            if kind is not None:
                raise ModelError(f"kind={shown(kind)} is for objects in a journey; say in which with journey=")
            return self.replace(old, id=new)
        before = self.journey(journey)
        renamed, _ = editing.found(before, old, editing.as_kind(kind))
        after = before.rename(old, new, kind=renamed)
        follow: dict[tuple[str, str], str] = {(renamed, old): new}
        links = [_following(link, before, after, follow) if link.source == journey and link.at else link for link in self.links]
        return evolve(self, journeys=[after if held is before else held for held in self.journeys], links=links)

    def with_journey(self, journey: Journey) -> Atlas:
        """The atlas with one more journey, or with this one in place of the one that has its id."""
        if not isinstance(journey, Journey):
            raise ModelError(f"{shown(journey)} is not a Journey; write Journey({shown(journey)})")
        if journey.id not in {held.id for held in self.journeys}:
            return evolve(self, journeys=[*self.journeys, journey])
        return evolve(self, journeys=[journey if held.id == journey.id else held for held in self.journeys])

    def with_link(self, link: AtlasLink) -> Atlas:
        """The atlas with one more link, in place of one that leaves the same journey at the same place for the same target."""
        if not isinstance(link, AtlasLink):
            raise ModelError(f"{shown(link)} is not an AtlasLink; write AtlasLink(source, target)")
        if link.key not in {held.key for held in self.links}:
            return evolve(self, links=[*self.links, link])
        return evolve(self, links=[link if held.key == link.key else held for held in self.links])

    def without(self, name: str, /) -> Atlas:
        """The atlas without a journey and its links; a map based on it still says so."""
        gone = self.journey(name)
        return evolve(
            self,
            journeys=[held for held in self.journeys if held is not gone],
            links=[link for link in self.links if name not in (link.source, link.target)],
        )

    def without_link(self, link: AtlasLink, /) -> Atlas:
        """The atlas without that link; ModelError if it is not there."""
        if not isinstance(link, AtlasLink):
            raise ModelError(f"{shown(link)} is not an AtlasLink; take one out of `links`")
        if link not in self.links:
            raise ModelError(f"no link from {link.source!r} to {link.target!r} of that content; take one out of `links`")
        return evolve(self, links=[held for held in self.links if held != link])


def _following(link: AtlasLink, before: Journey, after: Journey, follow: Mapping[tuple[str, str], str]) -> AtlasLink:
    """The link as it leaves the same touchpoint or stage of a journey in which one has a new id."""
    at = link.at or ""
    kind = _leaves_from(before, at)
    new = follow.get((kind, at), at)
    if _leaves_from(after, new) != kind:
        raise ModelError(f"a link to {link.target!r} leaves from the {kind} {at!r}, and {new!r} would be a touchpoint; choose another id")
    return evolve(link, at=new)


def _leaves_from(journey: Journey, at: str) -> str:
    return "touchpoint" if any(held.id == at for held in journey.touchpoints) else "stage"


def _problems(atlas: Atlas) -> Iterator[Problem]:
    """All that is wrong between the parts of an atlas, in the order of its fields."""
    places: dict[str, set[str]] = {}
    bases: dict[str, list[tuple[str, str]]] = {}
    for i, journey in enumerate(atlas.journeys):
        if journey.id in places:
            free = unique(journey.id, set(places))
            yield Problem(
                f"journeys[{i}].id", f"the journey id {journey.id!r} is taken; give this one an id of its own, for example {free!r}"
            )
        elif journey.based_on:
            bases[journey.id] = [(journey.based_on, f"journeys[{i}].based_on")]
        places.setdefault(journey.id, {held.id for held in journey.stages} | {held.id for held in journey.touchpoints})
    for path, circle in _circles(bases):
        yield Problem(path, f"{' is based on '.join(circle)}: a map cannot answer itself; take one of these out")
    yield from _link_problems(atlas.links, places)


def _link_problems(links: Iterable[AtlasLink], places: Mapping[str, set[str]]) -> Iterator[Problem]:
    """All that is wrong with links between journeys of which the ids of stages and touchpoints are known."""
    register = Register({"journey": places, **{f"touchpoint or stage of {name!r}": held for name, held in places.items()}}, whole="atlas")
    parts: dict[str, list[tuple[str, str]]] = {}
    taken: dict[tuple[str, str, str], int] = {}
    for i, link in enumerate(links):
        path = f"links[{i}]"
        for end, wanted in (("source", link.source), ("target", link.target)):
            if wanted not in places:
                yield Problem(f"{path}.{end}", register.nothing("journey", wanted))
        if link.at is not None and link.source in places and link.at not in places[link.source]:
            yield Problem(f"{path}.at", register.nothing(f"touchpoint or stage of {link.source!r}", link.at))
        if link.key in taken:
            at = f" at {link.at!r}" if link.at else ""
            yield Problem(path, f"{link.source!r} to {link.target!r}{at} stands already at links[{taken[link.key]}]; join the two")
        taken.setdefault(link.key, i)
        if link.kind == "sub-journey":
            parts.setdefault(link.source, []).append((link.target, path))
    for path, circle in _circles(parts):
        yield Problem(path, f"{' has the sub-journey '.join(circle)}: a journey cannot be a part of itself; take one of these out")


def _circles(ways: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, list[str]]]:
    """Every way back to where one came from: the path of its last step, and the ids around as a message shows them."""
    done: set[str] = set()
    for first in ways:
        trail: dict[str, Iterator[tuple[str, str]]] = {}
        reached: str | None = None if first in done else first
        while reached is not None or trail:
            if reached is not None:
                done.add(reached)
                trail[reached] = iter(ways.get(reached, ()))
            target, path = next(trail[next(reversed(trail))], ("", ""))
            reached = None
            if not path:
                trail.popitem()
            elif target in trail:
                around = [shown(name) for name in list(trail)[list(trail).index(target) :]]
                yield path, [*around[:FEW], *(["..."] if len(around) > FEW else []), shown(target)]
            elif target not in done:
                reached = target
