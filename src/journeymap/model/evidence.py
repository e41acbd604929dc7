"""What a map rests on: the sources, and what each says of a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, get_args

from attrs import field, frozen

from journeymap.model.checks import (
    check_choice,
    check_count,
    check_date,
    check_id,
    check_name,
    check_number,
    check_optional_flag,
    check_text,
)
from journeymap.model.conversion import as_number, tell_field, tuple_of
from journeymap.model.links import check_link
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from

SourceKind = Literal[
    "interview",
    "survey",
    "focus-group",
    "observation",
    "web-analytics",
    "crm",
    "support-tickets",
    "social-media",
    "review",
    "workshop",
    "assumption",
]


@frozen(field_transformer=tell_field)
class Source:
    """Where knowledge comes from: an interview study, a survey, a log.

    >>> Source("Exit survey", kind="survey", n=312).id
    'exit-survey'
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="source"), kw_only=True, validator=check_id)
    kind: SourceKind | None = field(default=None, kw_only=True, validator=check_choice(*get_args(SourceKind)))
    solicited: bool | None = field(default=None, kw_only=True, validator=check_optional_flag)
    """Whether customers were asked (a survey) or spoke by themselves (a review); None if unknown."""
    n: int | None = field(default=None, kw_only=True, validator=check_count)
    """How many people, replies or events it rests on."""
    date: dt.date | None = field(default=None, kw_only=True, validator=check_date)
    """When it was collected; the last day if it took several."""
    weight: float = field(default=100.0, kw_only=True, converter=as_number, validator=check_number(0, 1e6, required=True))
    """How much it counts beside the others; 0 leaves it out."""
    quote: str = field(default="", kw_only=True, validator=check_text)
    url: str = field(default="", kw_only=True, validator=check_link)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)


@frozen
class Evidence:
    """What a source says of the claim that this stands on.

    >>> Evidence("exit-survey", score=-1.2).weight
    100.0
    """

    source: str = field(validator=check_id)
    """The id of a `Source` of the journey."""
    score: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(-2, 2))
    """The emotion that it reports, -2 to +2; None if it reports none."""
    weight: float = field(default=100.0, kw_only=True, converter=as_number, validator=check_number(0, 1e6, required=True))
    """How much it counts beside the others; 0 leaves it out."""
    quote: str = field(default="", kw_only=True, validator=check_text)


def as_evidence(values: Iterable[Evidence | str]) -> tuple[Evidence, ...]:
    """Evidence as a tuple; a plain string is a source's id."""
    return tuple_of(Evidence, values, from_text=Evidence)


def as_sources(values: Iterable[Source]) -> tuple[Source, ...]:
    """Sources as a tuple."""
    return tuple_of(Source, values)
