"""What every answer is: a frozen value that carries its unit, its n, its doubt and its words.

A question's answer is a subclass of `Result` with the fields that the question adds (the one place of this package where
inheritance is right: whatever prints, stores or tabulates answers needs to know only this class). A subclass

- says in class variables which ``analysis`` it answers, its ``subject`` in a sentence, what ``n`` counts (``counted``), the
  lowest ``data_level`` it needs, and in ``table`` the field that holds its rows, if it is table-like;
- writes its sentence in ``_told``, which is asked only where there is a value;
- is made once, at the end of its function, and handed through `sealed`, which fingerprints the inputs and applies ``strict``.

Undefined is None with a ``reason``, never 0; infinity is infinity; there is no NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import ClassVar, Literal, TypeAlias, TypeVar

from attrs import evolve, fields, frozen, has

from journeymap.analysis.cautions import Caution, merged
from journeymap.analysis.frame import Frame
from journeymap.analysis.intervals import Interval
from journeymap.errors import AnalysisError, DoubtfulAnswer

Level = Literal["M", "C", "R", "L"]
"""The lowest level of data: M a map, C counts and aggregates, R rows of respondents, L paths or an event log."""
Grade = Literal["firm", "with caution", "hypothesis"]
Cell: TypeAlias = str | float | int | bool | date | timedelta | None
Json: TypeAlias = "str | float | int | bool | list[Json] | dict[str, Json] | None"


@frozen(kw_only=True)
class Result:
    """One question's answer.

    >>> print(Result(value=0.42, n=120, method="share", interval=Interval(0.34, 0.51)))
    The value is 0.42 (n = 120 values; 95 % interval 0.34 to 0.51).
    >>> print(Result(value=None, method="share", reason="nobody was asked"))
    The value is unknown: nobody was asked.
    """

    analysis: ClassVar[str] = ""
    """The name of the function that answers the question."""
    subject: ClassVar[str] = "The value"
    """How a sentence about it begins."""
    counted: ClassVar[str] = "values"
    """What ``n`` counts."""
    data_level: ClassVar[Level] = "M"
    """The lowest level of data that the question needs."""
    table: ClassVar[str] = ""
    """The field whose values are the rows of a table-like answer."""

    value: float | None
    """The headline; None where it is undefined, and ``reason`` says why."""
    unit: str = ""
    n: int | None = None
    """How many values it rests on; None where nobody can know."""
    missing: int = 0
    """How many values should have been there and are not; they are left out, never filled in."""
    interval: Interval | None = None
    method: str
    """How it was computed, with the conventions chosen."""
    assumptions: tuple[str, ...] = ()
    """What has to be true for it to hold."""
    warnings: tuple[Caution, ...] = ()
    reason: str = ""
    """Why there is no value."""
    inputs_hash: str = ""
    """A fingerprint of what went in: the same inputs give the same one."""

    @property
    def missing_share(self) -> float | None:
        """The share of the values that are missing; None where n is unknown or nothing was expected."""
        expected = (self.n or 0) + self.missing
        return self.missing / expected if self.n is not None and expected else None

    @property
    def grade(self) -> Grade:
        """How firmly it stands: a hypothesis without evidence, an answer with cautions, or a firm one."""
        codes = {warning.code for warning in self.warnings}
        if "ASSUMPTION_ONLY" in codes:
            return "hypothesis"
        return "with caution" if codes else "firm"

    def explain(self) -> str:
        """The answer in one sentence for a manager, with how many values it rests on and what to be careful about."""
        if self.value is None:
            return f"{self.subject} is unknown: {self.reason}{self._care()}."
        doubt = [f"n = {number_of(self.n, self.counted)}" if self.n is not None else "n unknown"]
        if self.interval is not None:
            low, high = self._bound(self.interval.low), self._bound(self.interval.high)
            bounds = f"{low} or more" if self.interval.high == math.inf else f"{low} to {high}"
            doubt.append(f"{self.interval.level * 100:g} % interval {bounds}")
        stamp = "Hypothesis: " if self.grade == "hypothesis" else ""
        return f"{stamp}{self._told()} ({'; '.join(doubt)}){self._care()}."

    def __str__(self) -> str:
        return self.explain()

    def to_dict(self) -> dict[str, Json]:
        """Everything as JSON-ready data: undefined is None, lengths of time and days are ISO 8601, infinity is a word."""
        head: dict[str, Json] = {"analysis": self.analysis}
        body = _json(self)
        assert isinstance(body, dict)  # noqa: S101  an attrs value is always written as an object
        return head | body | {"missing_share": self.missing_share, "grade": self.grade, "explanation": self.explain()}

    def to_rows(self) -> list[dict[str, Cell]]:
        """The table as flat rows, each with the same columns; an answer without a table is one row."""
        if not self.table:
            return _even([_flat(self)])
        return _even([_flat(row) for row in getattr(self, self.table)])

    def to_frame(self) -> Frame:
        """The rows for any dataframe library, through the Arrow capsule; MissingExtra without nanoarrow (extra ``events``)."""
        return Frame(self.to_rows())

    def _told(self) -> str:
        """The answer as a clause; the n and the doubt follow it."""
        return f"{self.subject} is {amount(self.value, self.unit)}"

    def _bound(self, value: float) -> str:
        """A bound of the interval, said as the clause says the value."""
        if self.unit == "hours":
            return lasting(value)
        return percent(value) if self.unit == "share" else amount(value)

    def _care(self) -> str:
        words = list(dict.fromkeys(w.short for w in self.warnings if w.code != "ASSUMPTION_ONLY" or self.value is None))
        return f"; with care: {', '.join(words)}" if words else ""


R = TypeVar("R", bound=Result)
_DAY = 24
_ATOMS = frozenset({str, int, float, bool, type(None)})
_LARGEST_WRITTEN_OUT = 1e15


def sealed(result: R, *, strict: bool = False, inputs: object = ()) -> R:
    """The answer as it leaves its function: checked, one caution a code, with the fingerprint of its inputs.

    ``inputs`` is whatever the core computed from, as tuples of plain values. DoubtfulAnswer if ``strict`` and it carries
    warnings.
    """
    if result.value is None and not result.reason:
        raise AnalysisError(f"{result.analysis}: there is neither a value nor a reason; an undefined answer says why")
    if result.value is not None and math.isnan(result.value):
        raise AnalysisError(f"{result.analysis}: the value is not a number; an undefined answer is None with a reason")
    warnings = merged(result.warnings)
    if strict and warnings:
        raise DoubtfulAnswer(result.analysis, [(w.code, w.text) for w in warnings])
    return evolve(result, warnings=warnings, inputs_hash=fingerprint(inputs))


def fingerprint(inputs: object) -> str:
    """Sixteen hexadecimal digits that change when the inputs do."""
    import hashlib

    return hashlib.sha256(repr(_plain(inputs)).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _plain(value: object) -> object:
    """The same as tuples, as far as it is tuples, lists and frozen values: their own words would take ten times as long."""
    if isinstance(value, tuple | list):
        if _ATOMS.issuperset(map(type, value)):
            return value
        return tuple([item if type(item) in _ATOMS else _plain(item) for item in value])
    kind: type = type(value)
    parts = _repr_parts(kind)
    return value if parts is None else (kind.__name__, _plain(parts(value)))


@lru_cache(maxsize=256)
def _repr_parts(kind: type) -> Callable[[object], object] | None:
    """What gives the fields of a frozen value of that kind; None for any other value."""
    names = [field.name for field in fields(kind) if field.repr] if has(kind) else []
    return attrgetter(*names) if names else None


def amount(value: float | None, unit: str = "") -> str:
    """A number as a sentence gives it: three digits that matter, a real minus, its unit.

    >>> amount(-0.66667, "points"), amount(12345.6), amount(73.333, "%"), amount(1, "hours"), amount(None)
    ('−0.667 points', '12,346', '73.3 %', '1 hour', 'unknown')
    """
    if value is None:
        return "unknown"
    if math.isinf(value):
        text = "infinite" if value > 0 else "−infinite"
    elif abs(value) >= _LARGEST_WRITTEN_OUT:
        text = f"{value:.3g}"
    elif abs(value) >= 100 or value == int(value):
        text = f"{value:,.0f}"
    else:
        text = f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.1e}"
    text = ("0" if text == "-0" else text).replace("-", "−")
    if text in {"1", "−1"}:
        unit = _one(unit)
    return f"{text} {unit}" if unit else text


def lasting(value: float | None, unit: str = "hours") -> str:
    """A length of time as a sentence gives it: from two days on in days of 24 hours; other units as `amount` does.

    >>> lasting(24.5), lasting(66), lasting(3, "units of time")
    ('24.5 hours', '2.75 days', '3 units of time')
    """
    if unit != "hours" or value is None or not 2 * _DAY <= abs(value) < math.inf:
        return amount(value, unit)
    return amount(value / _DAY, "days")


def number_of(n: int, things: str) -> str:
    """So many things, one of them in the singular.

    >>> number_of(1, "steps with a channel"), number_of(12000, "dated sources")
    ('1 step with a channel', '12,000 dated sources')
    >>> number_of(1, "business days")
    '1 business day'
    """
    return f"{n:,} {_one(things) if n == 1 else things}"


def _one(things: str) -> str:
    """The singular: of several words that of the first in the plural."""
    words = things.split(" ")
    for place, word in enumerate(words):
        if word.endswith("s") and not word.endswith("ss") and "'" not in word:
            words[place] = "analysis" if word == "analyses" else word.removesuffix("s")
            break
    return " ".join(words)


def percent(share: float | None) -> str:
    """A share as a sentence gives it.

    >>> percent(0.35), percent(0.0567), percent(0.00123), percent(None)
    ('35 %', '5.7 %', '0.123 %', 'unknown')
    """
    if share is None:
        return "unknown"
    if share in {0, 1} or 0.1 <= share < 0.995:
        return f"{100 * share:.0f} %"
    return amount(round(100 * share, 1) if 0.01 <= share < 0.1 else 100 * share, "%")


def duration_text(length: timedelta) -> str:
    """A length of time as ISO 8601.

    >>> duration_text(timedelta(days=3, hours=4)), duration_text(timedelta(seconds=-90))
    ('P3DT4H', '-PT1M30S')
    """
    sign, length = ("-", -length) if length < timedelta(0) else ("", length)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    part = f"{seconds}.{length.microseconds:06d}".rstrip("0") if length.microseconds else f"{seconds}"
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{part}S" if part != "0" else "")
    day = f"{length.days}D" if length.days else ""
    return f"{sign}P{day}T{clock}" if clock else f"{sign}P{day or '0D'}"


def _json(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            found: Json = value
        case float():
            found = value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")
        case timedelta():
            found = duration_text(value)
        case date():
            found = value.isoformat()
        case Mapping():
            found = {str(key): _json(item) for key, item in value.items()}
        case tuple() | list():
            found = [_json(item) for item in value]
        case _:
            found = {name: _json(item) for name, item in _parts(value)}
    return found


def _parts(value: object) -> list[tuple[str, object]]:
    """The fields of a frozen value, with their names."""
    kind = type(value)
    if not has(kind):
        raise AnalysisError(f"a {kind.__name__} cannot stand in an answer; use numbers, text, times, tuples, mappings or frozen values")
    return [(field.name, getattr(value, field.name)) for field in fields(kind)]


def _flat(row: object) -> dict[str, Cell]:
    """One row: intervals in four columns, texts side by side in one cell, tables within a row left out."""
    cells: dict[str, Cell] = {}
    for name, value in _parts(row):
        if isinstance(value, Interval) or (value is None and name.endswith("interval")):
            cells.update({f"{name}_{part}": getattr(value, part, None) for part in ("low", "high", "level", "method")})
        elif isinstance(value, tuple):
            if all(isinstance(item, str | Caution) for item in value):
                cells[name] = ", ".join(item.code if isinstance(item, Caution) else item for item in value)
        elif isinstance(value, Mapping):
            cells.update({f"{name}_{key}": item for key, item in value.items() if isinstance(item, Cell)})
        elif isinstance(value, Cell):
            cells[name] = value
        else:
            cells.update({f"{name}_{key}": item for key, item in _flat(value).items()})
    return cells


def _even(rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name) for name in columns} for row in rows]
