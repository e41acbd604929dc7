"""Where customer and business meet: the website, the phone, the shop."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, get_args

from attrs import Factory, field, frozen

from journeymap.errors import ModelError, shown
from journeymap.model.checks import check_choice, check_id, check_name
from journeymap.model.conversion import tuple_of
from journeymap.model.naming import id_from

ChannelKind = Literal[
    "website", "app", "email", "phone", "chat", "social", "sms", "post", "in-store", "in-person", "self-service", "partner", "other"
]

_WORDS: tuple[tuple[ChannelKind, str], ...] = (
    ("email", r"e-?mail|newsletter|mailing"),
    ("sms", r"sms|text message"),
    ("social", r"social|instagram|facebook|tiktok|twitter|linkedin|youtube|forum|blog"),
    ("chat", r"chat|chatbot|bot|messenger|whatsapp|messag\w*"),
    ("app", r"app|ios|android"),
    ("website", r"web|web ?site|web ?shop|home ?page|online|portal|internet"),
    ("phone", r"phone|telephone|call|hotline|ivr"),
    ("post", r"(?<!-)post(?!-)|postal|letter|mail|parcel|courier|delivery"),
    ("in-store", r"(?:in-)?store|shop|branch|showroom|counter|outlet|point of sale|rental desk"),
    ("self-service", r"self[- ]service|kiosk|atm|(?:cash|ticket|vending) machine|payment terminal"),
    ("in-person", r"in[- ]person|face[- ]to[- ]face|meeting|visit|on[- ]site|home|clinic|office|word of mouth"),
    ("partner", r"partner|reseller|agency|(?:estate|insurance|travel) agent|third[- ]party|broker|dealer"),
    ("app", r"mobile"),
    ("website", r"site|page|search"),
)
"""From the words that decide wherever they stand ("Chat on the website") to those that others outweigh ("Mobile phone")."""
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})(?:e?s)?\b", re.IGNORECASE)) for kind, words in _WORDS)


def kind_of(name: str) -> ChannelKind:
    """The kind of channel that a name speaks of, "other" where it says nothing known.

    >>> kind_of("Mobile app"), kind_of("Carrier pigeon")
    ('app', 'other')
    """
    return next((kind for kind, pattern in _PATTERNS if pattern.search(name)), "other")


@frozen
class Channel:
    """A way to meet the business. Two channels with the same id are the same channel.

    >>> Channel("Mobile app").kind
    'app'
    """

    name: str = field(validator=check_name, eq=False)
    id: str = field(default=id_from("name", fallback="channel"), kw_only=True, validator=check_id)
    kind: ChannelKind = field(
        default=Factory(lambda self: kind_of(self.name) if isinstance(self.name, str) else "other", takes_self=True),
        kw_only=True,
        eq=False,
        validator=check_choice(*get_args(ChannelKind), required=True),
    )
    """Decides the icon; read from the name where it is not given."""


def as_channel(value: Channel | str | None) -> Channel | None:
    """A channel; a plain string is its name."""
    if value is None or isinstance(value, Channel):
        return value
    if isinstance(value, str):
        return Channel(value)
    raise ModelError(f"{shown(value)} is not a channel; give its name, or a Channel")


def as_channels(values: Iterable[Channel | str]) -> tuple[Channel, ...]:
    """Channels as a tuple; plain strings are names."""
    return tuple_of(Channel, values, from_text=Channel)
