"""The journey: the whole map as one value, backed by a graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from attrs import field, frozen

from journeymap.errors import ModelError
from journeymap.model import editing
from journeymap.model.checks import (
    check_choice,
    check_date,
    check_duration,
    check_id,
    check_language,
    check_name,
    check_optional_id,
    check_text,
    check_texts,
)
from journeymap.model.conversion import as_texts, tell_field
from journeymap.model.emotion import Scale, as_scale
from journeymap.model.evidence import Source, as_sources
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.metric import Metric, as_metrics
from journeymap.model.naming import id_from
from journeymap.model.opportunity import Opportunity, as_opportunities
from journeymap.model.pain import PainPoint
from journeymap.model.persona import Persona, as_personas
from journeymap.model.references import reference_problems
from journeymap.model.stage import Stage, as_stages
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import Transition, as_transitions

if TYPE_CHECKING:
    import networkx as nx

    from journeymap.model.building import Builder

JourneyKind = Literal["current-state", "future-state", "day-in-the-life", "service-blueprint"]
Status = Literal["hypothesis", "draft", "validated"]


@frozen(field_transformer=tell_field)
class Journey:
    """What a customer goes through to reach a goal: stages, touchpoints, and how they lead on.

    A journey is checked as a whole when it is made: ids are unique in their class, and every reference points to
    something. ModelError tells all that is wrong at once.

    >>> journey = Journey("Buy a bike", [
    ...     Stage("Discover", [Touchpoint("Sees an advert", emotion=1)]),
    ...     Stage("Buy", [Touchpoint("Test ride", emotion=2), Touchpoint("Pays", emotion=-1)]),
    ... ])
    >>> [touchpoint.id for touchpoint in journey.touchpoints]
    ['sees-an-advert', 'test-ride', 'pays']
    >>> list(journey.graph.edges)
    [('sees-an-advert', 'test-ride'), ('test-ride', 'pays')]
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="journey"), kw_only=True, validator=check_id)
    kind: JourneyKind = field(default="current-state", kw_only=True, validator=check_choice(*get_args(JourneyKind), required=True))
    organisation: str = field(default="", kw_only=True, validator=check_text)
    """Whose service it is: a company, a brand, an agency."""
    scenario: str = field(default="", kw_only=True, validator=check_text)
    expectations: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    status: Status | None = field(default=None, kw_only=True, validator=check_choice(*get_args(Status)))
    owner: str = field(default="", kw_only=True, validator=check_text)
    version: str = field(default="", kw_only=True, validator=check_text)
    updated: date | None = field(default=None, kw_only=True, validator=check_date)
    review_every: timedelta | None = field(default=None, kw_only=True, validator=check_duration)
    based_on: str | None = field(default=None, kw_only=True, validator=check_optional_id)
    """The id of the current-state map that a future-state map answers."""
    language: str = field(default="en", kw_only=True, validator=check_language)
    """The language that the map is written in, as a BCP 47 tag."""
    scale: Scale = field(default=Scale(), kw_only=True, converter=as_scale)
    """How emotion is labelled; the valence itself is always -2 to +2."""
    personas: tuple[Persona, ...] = field(default=(), kw_only=True, converter=as_personas)
    metrics: tuple[Metric, ...] = field(default=(), kw_only=True, converter=as_metrics)
    sources: tuple[Source, ...] = field(default=(), kw_only=True, converter=as_sources)
    stages: tuple[Stage, ...] = field(default=(), converter=as_stages)
    opportunities: tuple[Opportunity, ...] = field(default=(), kw_only=True, converter=as_opportunities)
    """Those that span steps; a touchpoint or stage holds its own."""
    transitions: tuple[Transition, ...] = field(default=(), kw_only=True, converter=as_transitions)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    def __attrs_post_init__(self) -> None:
        problems = reference_problems(self)
        if problems:
            raise ModelError(problems)

    @property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """All touchpoints, in the order of the stages."""
        return tuple(touchpoint for stage in self.stages for touchpoint in stage.touchpoints)

    def all_pains(self) -> Iterator[PainPoint]:
        """Every pain point: those of a stage, then those of its touchpoints."""
        for stage in self.stages:
            yield from stage.pains
            for touchpoint in stage.touchpoints:
                yield from touchpoint.pains

    def all_opportunities(self) -> Iterator[Opportunity]:
        """Every opportunity: of stages and touchpoints, then those that span steps."""
        for stage in self.stages:
            yield from stage.opportunities
            for touchpoint in stage.touchpoints:
                yield from touchpoint.opportunities
        yield from self.opportunities

    def all_metrics(self) -> Iterator[Metric]:
        """Every metric: the journey's own, then those of stages and touchpoints."""
        yield from self.metrics
        for stage in self.stages:
            yield from stage.metrics
            for touchpoint in stage.touchpoints:
                yield from touchpoint.metrics

    @cached_property
    def graph(self) -> nx.DiGraph[str]:
        """The journey as a frozen networkx graph, made on first use.

        Nodes are touchpoint ids, with the touchpoint under ``item`` and its stage's id under ``stage``. Edges are the
        transitions, with the transition under ``item``; ``implied`` is true for the step to the next touchpoint in
        order, which joins a touchpoint that has no main or alternative transition of its own. ``start`` and ``end`` are
        nodes only where a transition names them.
        """
        from journeymap.model.backing import graph_of

        return graph_of(self)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """The swimlane, for a notebook: drawn by whatever is registered for it, since the model knows no pictures."""
        from journeymap.plugins import DISPLAYS

        return DISPLAYS["journey"](self)

    def replace(self, name: str | None = None, /, *, kind: str | None = None, **changes: Any) -> Journey:
        """The journey with fields of one of its objects changed; without an id, with fields of its own changed.

        ``kind`` says which object where two share the id (``"stage"``, ``"touchpoint"`` ...); any other word for it is a new
        value of a field of that name. A changed id is followed by all references. ModelError as for a new journey, or
        if there is no such object or field.

        >>> Journey("Buy", [Stage("Pay", [Touchpoint("Pays")])]).replace("pays", emotion=-1).touchpoints[0].emotion.valence
        -1.0
        """
        if kind is not None and (name is None or kind not in editing.KINDS):
            changes["kind"], kind = kind, None
        if name is None:
            return editing.changed(self, changes)
        return editing.replaced(self, name, editing.as_kind(kind), changes)

    def rename(self, old: str, new: str, *, kind: str | None = None) -> Journey:
        """The journey with an object's id changed, and every reference to it following."""
        return editing.replaced(self, old, editing.as_kind(kind), {"id": new})

    def with_stage(self, stage: Stage, *, after: str | None = None, before: str | None = None) -> Journey:
        """The journey with one more stage, at the end unless a neighbour is named."""
        return editing.with_stage(self, stage, after=after, before=before)

    def with_touchpoint(
        self, touchpoint: Touchpoint, *, stage: str | None = None, after: str | None = None, before: str | None = None
    ) -> Journey:
        """The journey with one more touchpoint: beside a neighbour, or at the end of a stage, by default the last."""
        return editing.with_touchpoint(self, touchpoint, stage=stage, after=after, before=before)

    def with_transition(self, transition: Transition) -> Journey:
        """The journey with one more transition, in place of one between the same two touchpoints."""
        return editing.with_transition(self, transition)

    def without(self, name: str, /, *, kind: str | None = None) -> Journey:
        """The journey without an object, what it holds, and every reference to any of it.

        With a persona go the touchpoints that only this persona meets, and the pains that only this persona has.
        """
        return editing.without_all(self, [editing.found(self, name, editing.as_kind(kind))[1]])

    def move(
        self, name: str, /, *, kind: str | None = None, stage: str | None = None, after: str | None = None, before: str | None = None
    ) -> Journey:
        """The journey with a touchpoint or a stage beside a neighbour, or a touchpoint at the end of a stage; transitions stay.

        ModelError if nothing says where it goes.
        """
        return editing.moved(self, name, kind=editing.as_kind(kind), stage=stage, after=after, before=before)

    def for_persona(self, persona: str) -> Journey:
        """The map of one persona: the touchpoints they meet with what they feel there, their pains and everybody's."""
        return editing.of_persona(self, persona)

    def only(self, *, channel: str | None = None, owner: str | None = None, stage: str | None = None) -> Journey:
        """The map of one channel (its id or name), owner or stage, cut out of this one.

        The owner is whoever answers for the touchpoint, its stage or the journey. ModelError if there is no such channel, owner or
        stage.
        """
        return editing.only(self, channel=channel, owner=owner, stage=stage)

    @classmethod
    def build(cls, name: str, /, **fields: Any) -> Builder:
        """A builder for a map that is made part by part, in a loop or by an importer; its ``done()`` gives the journey."""
        from journeymap.model.building import Builder

        return Builder(name, **fields)

    @classmethod
    def template(cls, name: str) -> Journey:
        """A map to start from: the stages of a model of the field, each with what to ask there as its note.

        There are ``aida``, ``seven-stages``, ``five-stages``, ``e-commerce``, ``support-case``, ``service-blueprint``,
        ``day-in-the-life`` and ``subscription``; ModelError for another name.

        >>> [stage.name for stage in Journey.template("aida").stages]
        ['Attention', 'Interest', 'Desire', 'Action']
        """
        from journeymap.model.templates import template

        return template(name)

    @classmethod
    def from_graph(cls, graph: nx.DiGraph[Any], *, name: str | None = None) -> Journey:
        """The journey that a graph holds: the way back from `graph`, or in from a graph made elsewhere.

        A node is a touchpoint: its ``item`` if it has one, else one named after the node, with what attributes are called
        like fields of `Touchpoint`; ``stage`` puts it in a stage. An edge is a transition, from its ``item``, or from
        attributes called like fields of `Transition`. Other attributes are left behind. ModelError tells all that is wrong
        if the graph cannot be a journey.
        """
        from journeymap.model.backing import journey_of

        return journey_of(graph, name=name)
