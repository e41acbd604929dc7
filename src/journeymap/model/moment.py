"""Moments of truth: the few moments that decide."""

from __future__ import annotations

from typing import Literal, get_args

from attrs import field, frozen

from journeymap.errors import ModelError, shown
from journeymap.model.checks import check_choice, check_number, check_text
from journeymap.model.conversion import as_number

MomentKind = Literal["zmot", "fmot", "smot", "tmot"]
"""Zero (research before; Google 2011), first (at the shelf) and second (in use; P&G 2005), third (sharing; Blackshaw 2006)."""


@frozen
class MomentOfTruth:
    """A moment that disproportionately forms what the customer thinks of the business (Carlzon 1987).

    >>> MomentOfTruth("fmot", reason="The only human contact before signing").kind
    'fmot'
    """

    kind: MomentKind | None = field(default=None, validator=check_choice(*get_args(MomentKind)))
    reason: str = field(default="", kw_only=True, validator=check_text)
    """Why it decides, in a sentence."""
    weight: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(0))
    """How much it matters beside other moments of truth."""


def as_moment(value: MomentOfTruth | MomentKind | bool | None) -> MomentOfTruth | None:
    """A moment of truth; True and the name of a kind are short for it."""
    if value is None or value is False:
        return None
    if isinstance(value, MomentOfTruth):
        return value
    if value is True:
        return MomentOfTruth()
    if isinstance(value, str):
        return MomentOfTruth(value)
    raise ModelError(f"{shown(value)} is not a moment of truth; give true, a kind such as 'fmot', or a MomentOfTruth")
