"""A step of the journey: the customer meets the business, or acts without it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attrs import field, frozen

from journeymap.model.activity import Activity, as_activities
from journeymap.model.channel import Channel, as_channel
from journeymap.model.checks import check_flag, check_id, check_name, check_number, check_text, check_texts
from journeymap.model.conversion import as_number, as_texts, tell_field, tuple_of
from journeymap.model.emotion import Emotion, as_emotion, as_emotions
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.links import Link, as_links, check_images
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.metric import Metric, as_metrics
from journeymap.model.moment import MomentOfTruth, as_moment
from journeymap.model.naming import id_from
from journeymap.model.opportunity import Opportunity, as_opportunities
from journeymap.model.pain import PainPoint, as_pains
from journeymap.model.span import Span, check_span


@frozen(field_transformer=tell_field)
class Touchpoint:
    """One step of the journey, with what is felt, thought and done there, and what stands behind it.

    >>> step = Touchpoint("Calls the branch", channel="Phone", emotion=-1, moment="fmot")
    >>> step.id, step.channel.kind, step.emotion.valence
    ('calls-the-branch', 'phone', -1.0)
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="touchpoint"), kw_only=True, validator=check_id)
    channel: Channel | None = field(default=None, kw_only=True, converter=as_channel)
    """One channel; alternatives are parallel touchpoints."""
    personas: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """The ids of the personas who meet it; empty means all."""
    actions: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """What the customer does, in single acts."""
    thoughts: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """What the customer thinks or says, in their own words, without quotation marks."""
    emotion: Emotion | None = field(default=None, kw_only=True, converter=as_emotion)
    """What customers feel here; None is unknown, never neutral."""
    emotions: FrozenMap[Emotion] = field(default=FrozenMap(), kw_only=True, converter=as_emotions)
    """What single personas feel here, by persona id."""
    believed_emotion: Emotion | None = field(default=None, kw_only=True, converter=as_emotion)
    """What the business thinks that customers feel here."""
    engagement: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(1, 5))
    """How gripping it is, 1 to 5: the dramatic arc."""
    pains: tuple[PainPoint, ...] = field(default=(), kw_only=True, converter=as_pains)
    opportunities: tuple[Opportunity, ...] = field(default=(), kw_only=True, converter=as_opportunities)
    metrics: tuple[Metric, ...] = field(default=(), kw_only=True, converter=as_metrics)
    moment: MomentOfTruth | None = field(default=None, kw_only=True, converter=as_moment)
    goal: bool = field(default=False, kw_only=True, validator=check_flag)
    """Whether it is the key engagement that the journey leads to."""
    activities: tuple[Activity, ...] = field(default=(), kw_only=True, converter=as_activities)
    """What happens in front of and behind the line of visibility so that it works."""
    owner: str = field(default="", kw_only=True, validator=check_text)
    perceived_owner: str = field(default="", kw_only=True, validator=check_text)
    """Whom the customer holds responsible."""
    duration: timedelta | Span | None = field(default=None, kw_only=True, validator=check_span)
    satisfaction: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(1, 5))
    """How satisfied customers are, 1 to 5."""
    importance: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(1, 5))
    """How much it matters to customers, 1 to 5."""
    importance_to_organisation: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(1, 5))
    """How much it matters to the organisation, 1 to 5."""
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    images: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_images)
    """Pictures of what is met here: ``data:`` addresses of png or jpeg files are drawn; others are only kept."""
    links: tuple[Link, ...] = field(default=(), kw_only=True, converter=as_links)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    def feeling(self, persona: str | None = None) -> Emotion | None:
        """What that persona feels here, or what customers feel in general; None if it is unknown."""
        if persona is None:
            return self.emotion
        return self.emotions.get(persona, self.emotion)

    def meets(self, persona: str) -> bool:
        """Whether that persona comes by here."""
        return not self.personas or persona in self.personas


def as_touchpoints(values: Iterable[Touchpoint]) -> tuple[Touchpoint, ...]:
    """Touchpoints as a tuple."""
    return tuple_of(Touchpoint, values)
