"""How much a document may hold before it is refused: what keeps a hostile file from taking the machine with it."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from journeymap.errors import ModelError, shown
from journeymap.model.checks import Check, fail

_MOST_DIGITS = 640  # the fewest at which Python, for its own protection, may decline to read a number


def _check_limit(high: float = float("inf")) -> Check:
    def check(_: object, attribute: Attribute[Any], value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= high:
            raise fail(attribute.name, f"{shown(value)} is no limit; give a whole number of 1 {'or more' if high > 1e9 else f'to {high}'}")

    return check


@frozen(kw_only=True)
class Limits:
    """The largest document that is read; give others as ``limits=Limits(depth=10)``.

    >>> Limits().nodes
    2000000
    """

    bytes: int = field(default=64 * 2**20, validator=_check_limit())
    """How long the text is, in UTF-8."""
    depth: int = field(default=64, validator=_check_limit())
    """How many lists and mappings stand in one another."""
    nodes: int = field(default=2_000_000, validator=_check_limit())
    """How many values there are, lists and mappings among them."""
    text: int = field(default=100_000, validator=_check_limit())
    """How many characters a single text or key has; the model itself takes no more than the default. A picture that stands in
    its address itself may have 10 million."""
    digits: int = field(default=20, validator=_check_limit(_MOST_DIGITS))
    """How many digits a whole number has; the model itself takes no more than 16."""
    unpacked: int = field(default=100 * 2**20, validator=_check_limit())
    """How many bytes a document that is packed, as a spreadsheet is, has unpacked."""
    cells: int = field(default=2_000_000, validator=_check_limit())
    """How many cells a table or spreadsheet has."""
    problems: int = field(default=100, validator=_check_limit())
    """How many problems are reported; reading stops there."""


def check_limits(limits: object) -> None:
    """ModelError for anything but `Limits`."""
    if not isinstance(limits, Limits):
        raise ModelError(f"limits={shown(limits)} is not Limits; write limits=Limits(depth=10), or leave it out")


LIMITS = Limits()
"""The published limits, which hold where no others are given."""
