"""What could be done: opportunities."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, get_args

from attrs import field, frozen

from journeymap.model.checks import check_choice, check_id, check_name, check_text, check_texts
from journeymap.model.conversion import as_texts, tell_field, tuple_of
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from
from journeymap.model.span import Range, as_estimate, check_estimate

Horizon = Literal["now", "next", "later"]


@frozen(field_transformer=tell_field)
class Opportunity:
    """Something that could make the journey better.

    >>> Opportunity("Progress tracker", addresses=["silence"], impact=5, effort=2).id
    'progress-tracker'
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="opportunity"), kw_only=True, validator=check_id)
    addresses: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """The ids of the pain points that it eases."""
    impact: float | Range | None = field(default=None, kw_only=True, converter=as_estimate, validator=check_estimate(1, 5))
    """What it does for the customer, 1 (little) to 5 (very much)."""
    effort: float | Range | None = field(default=None, kw_only=True, converter=as_estimate, validator=check_estimate(1, 5))
    """What it costs, 1 (little) to 5 (very much)."""
    confidence: float | Range | None = field(default=None, kw_only=True, converter=as_estimate, validator=check_estimate(0, 1))
    """How sure the estimates are, 0 to 1."""
    reach: float | Range | None = field(default=None, kw_only=True, converter=as_estimate, validator=check_estimate(0, math.inf))
    """How many customers a month it touches."""
    requires: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """The ids of the opportunities that have to come first."""
    horizon: Horizon | None = field(default=None, kw_only=True, validator=check_choice(*get_args(Horizon)))
    owner: str = field(default="", kw_only=True, validator=check_text)
    status: str = field(default="", kw_only=True, validator=check_text)
    ticket: str = field(default="", kw_only=True, validator=check_text)
    """Where the work is tracked: a key or an address."""
    affects: tuple[str, ...] = field(default=(), kw_only=True, converter=as_texts, validator=check_texts)
    """Who else feels the change: teams, partners, other customers."""
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)


def as_opportunities(values: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    """Opportunities as a tuple."""
    return tuple_of(Opportunity, values)
