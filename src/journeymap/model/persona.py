"""Whose journey it is."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from journeymap.model.channel import Channel, as_channels
from journeymap.model.checks import check_id, check_name, check_number, check_text, check_texts
from journeymap.model.conversion import as_number, as_texts, tell_field, tuple_of
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.links import check_image
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from


@frozen(field_transformer=tell_field)
class Persona:
    """One kind of customer, told as a person.

    >>> Persona("Maya Okafor", role="Café owner", needs=["Clear eligibility up front"]).id
    'maya-okafor'
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="persona"), kw_only=True, validator=check_id)
    role: str = field(default="", kw_only=True, validator=check_text)
    segment: str = field(default="", kw_only=True, validator=check_text)
    share: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(0, 1))
    """The share of all customers, 0 to 1."""
    quote: str = field(default="", kw_only=True, validator=check_text)
    goals: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    needs: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    frustrations: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    behaviours: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    traits: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    demographics: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)
    """Age, place, household ...: text by name."""
    channels: tuple[Channel, ...] = field(default=(), kw_only=True, converter=as_channels)
    """The channels that they like to use."""
    image: str = field(default="", kw_only=True, validator=check_image)
    """A portrait: a ``data:image/png;base64,`` or ``data:image/jpeg;base64,`` address is drawn; others are only kept."""
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)


def as_personas(values: Iterable[Persona]) -> tuple[Persona, ...]:
    """Personas as a tuple."""
    return tuple_of(Persona, values)
