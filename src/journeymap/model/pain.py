"""What hurts: pain points."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from journeymap.model.checks import check_id, check_name, check_number, check_optional_id, check_text, fail
from journeymap.model.conversion import as_number, tell_field, tuple_of
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from

SEVERITIES = ("minor", "medium", "major", "critical")
"""The words for severity 1 to 4."""


@frozen(field_transformer=tell_field)
class PainPoint:
    """Something that goes wrong for the customer.

    >>> PainPoint("Five days of silence", severity=3).severity_word
    'major'
    """

    description: str = field(validator=check_name)
    id: str = field(default=id_from("description", fallback="pain"), kw_only=True, validator=check_id)
    severity: int | None = field(default=None, kw_only=True, validator=check_number(1, 4))
    """1 minor, 2 medium, 3 major, 4 critical."""
    frequency: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number(0, 1))
    """The share of customers who meet it, 0 to 1."""
    persona: str | None = field(default=None, kw_only=True, validator=check_optional_id)
    """The id of the persona whom it hurts; None for all."""
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    def __attrs_post_init__(self) -> None:
        if self.severity is not None and type(self.severity) is not int:
            raise fail("severity", f"{self.severity} is not a whole number; severity is 1, 2, 3 or 4")

    @property
    def severity_word(self) -> str:
        """The severity as a word; empty where it is not known."""
        return SEVERITIES[self.severity - 1] if self.severity else ""


def as_pains(values: Iterable[PainPoint]) -> tuple[PainPoint, ...]:
    """Pain points as a tuple."""
    return tuple_of(PainPoint, values)
