"""What happens behind a touchpoint: the layers of a service blueprint (Shostack 1984)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, get_args

from attrs import field, frozen

from journeymap.model.checks import check_choice, check_flag, check_id, check_name, check_text
from journeymap.model.conversion import tell_field, tuple_of
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from
from journeymap.model.span import Span, check_span

Layer = Literal["physical-evidence", "customer", "frontstage-people", "frontstage-technology", "backstage", "support"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
"""From what the customer touches down to what only the organisation knows."""


@frozen(field_transformer=tell_field)
class Activity:
    """Something that people or systems do so that a touchpoint can happen.

    >>> Activity("Underwriter scores the case", layer="backstage", manual=True).id
    'underwriter-scores-the-case'
    """

    name: str = field(validator=check_name)
    id: str = field(default=id_from("name", fallback="activity"), kw_only=True, validator=check_id)
    layer: Layer = field(kw_only=True, validator=check_choice(*LAYERS, required=True))
    owner: str = field(default="", kw_only=True, validator=check_text)
    system: str = field(default="", kw_only=True, validator=check_text)
    manual: bool = field(default=False, kw_only=True, validator=check_flag)
    """Whether somebody does it by hand."""
    duration: timedelta | Span | None = field(default=None, kw_only=True, validator=check_span)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)


def as_activities(values: Iterable[Activity]) -> tuple[Activity, ...]:
    """Activities as a tuple."""
    return tuple_of(Activity, values)
