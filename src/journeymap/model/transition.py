"""From one touchpoint to the next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, get_args

from attrs import field, frozen

from journeymap.model.checks import check_choice, check_count, check_flag, check_id, check_number, check_text, fail
from journeymap.model.conversion import as_number, tell_field, tuple_of
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.span import Span, check_span

TransitionKind = Literal["main", "alternative", "loop", "exception"]

START = "start"
"""The reserved id where every customer is before the first touchpoint: its transitions are entries."""
END = "end"
"""The reserved id where a customer is who has left: transitions to it are drop-off."""


@frozen(field_transformer=tell_field)
class Transition:
    """How customers get from one touchpoint to another, how many, and how long they wait in between.

    >>> Transition("apply", "decision", probability=0.63).kind
    'main'
    """

    source: str = field(validator=check_id)
    """A touchpoint's id, or ``start``."""
    target: str = field(validator=check_id)
    """A touchpoint's id, or ``end``."""
    kind: TransitionKind = field(default="main", kw_only=True, validator=check_choice(*get_args(TransitionKind), required=True))
    probability: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(0, 1))
    """The share of those at the source who go this way, 0 to 1."""
    count: int | None = field(default=None, kw_only=True, validator=check_count)
    """How many went this way."""
    wait: timedelta | Span | None = field(default=None, kw_only=True, validator=check_span)
    """How long it takes until the target begins."""
    condition: str = field(default="", kw_only=True, validator=check_text)
    """When this way is taken, in words."""
    manual: bool = field(default=False, kw_only=True, validator=check_flag)
    """Whether the handoff is done by hand."""
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    def __attrs_post_init__(self) -> None:
        if self.source == END:
            raise fail("source", "nothing follows 'end'; a transition to it is drop-off, none comes from it")
        if self.target == START:
            raise fail("target", "nothing leads to 'start'; a transition from it is an entry, none goes to it")


def as_transitions(values: Iterable[Transition]) -> tuple[Transition, ...]:
    """Transitions as a tuple."""
    return tuple_of(Transition, values)
