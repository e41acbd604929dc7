"""Numbers that a journey is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from attrs import field, frozen

from journeymap.model.checks import check_choice, check_count, check_date, check_id, check_name, check_number, check_text
from journeymap.model.conversion import as_number, tell_field, tuple_of
from journeymap.model.evidence import Evidence, as_evidence
from journeymap.model.mapping import Extra, FrozenMap, as_extra
from journeymap.model.naming import id_from

_PLAIN = (1e-9, 1e15)
"""Numbers between these are printed digit by digit, others with an exponent."""

MetricKind = Literal["nps", "csat", "ces", "clv", "conversion", "duration", "count", "share", "other"]
Perspective = Literal["customer", "business"]


@frozen(field_transformer=tell_field)
class Metric:
    """A measured number, and what it is measured against.

    >>> Metric("abandon here", value=37, unit="%", n=1204).printed
    '37%'
    >>> Metric("NPS after fix", kind="nps", value=42).printed
    '+42'
    """

    name: str = field(validator=check_name)
    """What is measured; the caption under the number."""
    id: str = field(default=id_from("name", fallback="metric"), kw_only=True, validator=check_id)
    kind: MetricKind | None = field(default=None, kw_only=True, validator=check_choice(*get_args(MetricKind)))
    value: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number())
    n: int | None = field(default=None, kw_only=True, validator=check_count)
    """How many people, replies or events it rests on."""
    unit: str = field(default="", kw_only=True, validator=check_text)
    text: str = field(default="", kw_only=True, validator=check_text)
    """How the value is printed where number and unit do not say it: ``< 2 h``."""
    baseline: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number())
    target: float | None = field(default=None, kw_only=True, converter=as_number, validator=check_number())
    observed: date | None = field(default=None, kw_only=True, validator=check_date)
    """The day of the measurement; the last one of a period."""
    perspective: Perspective | None = field(default=None, kw_only=True, validator=check_choice(*get_args(Perspective)))
    """Whose success it is."""
    evidence: tuple[Evidence, ...] = field(default=(), kw_only=True, converter=as_evidence)
    notes: str = field(default="", kw_only=True, validator=check_text)
    extra: Extra = field(default=FrozenMap(), kw_only=True, converter=as_extra)

    @property
    def printed(self) -> str:
        """The value with its unit as a picture prints it; empty where there is no value."""
        if self.text:
            return self.text
        if self.value is None:
            return ""
        sign = "+" if self.kind == "nps" and self.value else ""
        plain = self.value == 0 or _PLAIN[0] <= abs(self.value) < _PLAIN[1]
        number = format(Decimal(repr(self.value)).normalize(), f"{sign},f") if plain else f"{self.value:{sign}g}"
        number = number.replace("-", "\u2212")
        if not self.unit:
            return number
        return f"{number}{self.unit}" if self.unit in {"%", "\u00b0", "\u2030"} else f"{number} {self.unit}"


def as_metrics(values: Iterable[Metric]) -> tuple[Metric, ...]:
    """Metrics as a tuple."""
    return tuple_of(Metric, values)
