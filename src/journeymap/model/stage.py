"""A part of the journey: what happens until the customer's aim changes."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from journeymap.model.checks import check_id, check_name, check_text, check_texts
from journeymap.model.conversion import as_texts, tell_field, tuple_of
from journeymap.model.emotion import Emotion, as_emotion
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.metric import Metric, as_metrics
from journeymap.model.naming import id_from
from journeymap.model.opportunity import Opportunity, as_opportunities
from journeymap.model.pain import PainPoint, as_pains
from journeymap.model.touchpoint import Touchpoint, as_touchpoints


@frozen(field_transformer=tell_field)
class Stage:
    """A part of the journey with an aim of its own; a coarse map says here what finer ones say of touchpoints.

    >>> Stage("Apply", [Touchpoint("Creates an account")], goal="Submit once, correctly").id
    'apply'
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="stage"), kw_only=True, validator=check_id)
    phase: str = field(default="", kw_only=True, validator=check_text)
    """A heading over several neighbouring stages."""
    goal: str = field(default="", kw_only=True, validator=check_text)
    """What the customer wants to reach here."""
    period: str = field(default="", kw_only=True, validator=check_text)
    """When it happens, as a picture prints it: ``Day 4 to 9``."""
    owner: str = field(default="", kw_only=True, validator=check_text)
    emotion: Emotion | None = field(default=None, kw_only=True, converter=as_emotion)
    """For maps kept at the level of stages; where touchpoints have emotions of their own, those are drawn."""
    thoughts: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    pains: tuple[PainPoint, ...] = field(default=(), kw_only=True, converter=as_pains)
    opportunities: tuple[Opportunity, ...] = field(default=(), kw_only=True, converter=as_opportunities)
    metrics: tuple[Metric, ...] = field(default=(), kw_only=True, converter=as_metrics)
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)
    touchpoints: tuple[Touchpoint, ...] = field(default=(), converter=as_touchpoints)


def as_stages(values: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages as a tuple."""
    return tuple_of(Stage, values)
