"""Numbers on a page: each with the question that gave it, and where in the answer it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from attrs import field, frozen

from journeymap.analysis import Result
from journeymap.errors import AnalysisError, shown
from journeymap.model import FrozenMap, Scale

Form = Literal["count", "share", "emotion", "hours", "open hours", "score", "months"]
"""How a number is printed: how many, what part, on the map's scale of emotion, how long (on the clock, in opening hours), how much."""
Options: TypeAlias = "Mapping[str, object]"

_MINUS = "−"
_COUNTED_UP_TO = 100
"""A share of fewer than so many is told as so many of so many: a percentage would claim a precision that is not there."""
_WORKING_DAY = 8.0
"""Opening hours are counted in days as long as the calendar's, 9 to 17, not in those of the clock."""
_PART = re.compile(r"\.?([a-z_]+)|\[(\d+)\]")


def as_options(values: Options) -> FrozenMap[object]:
    """Options that cannot change."""
    return FrozenMap(dict(values))


@frozen(kw_only=True)
class Figure:
    """A number as it is printed, and the way back to it.

    >>> str(Figure(shown="37 %", value=0.37, form="share", function="evidence_coverage", path="value"))
    '37 %'
    """

    shown: str
    """As it stands on the page, rounded to what it can bear."""
    value: float
    """As the answer has it."""
    form: Form
    function: str
    """The function of `journeymap.analysis` that gave it."""
    options: FrozenMap[object] = field(factory=FrozenMap, converter=as_options)
    """What it was asked with, beside the journey."""
    path: str
    """Where in the answer: ``value``, ``gaps[0].median``."""

    def __str__(self) -> str:
        return self.shown


def figure(
    result: Result, path: str, form: Form, *, scale: Scale | None = None, n: int | None = None, options: Options | None = None
) -> Figure:
    """The number at that place of an answer; ``n`` is what a share is a share of.

    AnalysisError if there is no number.
    """
    value = at(result, path)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnalysisError(f"{result.analysis}: {path} is {shown(value)}; a figure is a number")
    return Figure(
        shown=printed(value, form, scale=scale, n=n),
        value=value,
        form=form,
        function=result.analysis,
        options=as_options(options or {}),
        path=path,
    )


def at(result: object, path: str) -> object:
    """What stands at a place of an answer.

    >>> at(Result(value=2.0, method="counted"), "value")
    2.0
    """
    for name, place in _PART.findall(path):
        result = getattr(result, name) if name else result[int(place)]  # type: ignore[index]  # the path says that it is a sequence
    return result


def printed(value: float, form: Form, *, scale: Scale | None = None, n: int | None = None) -> str:
    r"""A number as readers take it in, with no more digits than it deserves.

    >>> printed(0.35, "share", n=20), printed(0.3519, "share"), printed(76, "hours"), printed(-1.25, "emotion")
    ('7 of 20', '35\xa0%', '3.2 days', '−1.2')
    """
    if math.isinf(value):
        return "without end"
    match form:
        case "share":
            text = _share(value, n)
        case "emotion":
            text = (scale or Scale()).print(value)
        case "hours":
            text = length(value)
        case "open hours":
            text = length(value) if value < 2 * _WORKING_DAY else f"{_short(value / _WORKING_DAY)} working days"
        case "months":
            text = f"{_short(value)} person-month{'' if value == 1 else 's'}"
        case "count" | "score":
            text = _short(value)
    return text


def length(hours: float) -> str:
    """A length of time in the unit that people would use.

    >>> length(0.5), length(1), length(30), length(72), length(24 * 45)
    ('30 minutes', '1 hour', '30 hours', '3 days', '45 days')
    """
    for unit, size, up_to in (("minute", 1 / 60, 1.0), ("hour", 1.0, 48.0), ("day", 24.0, 24.0 * 90), ("week", 168.0, math.inf)):
        if abs(hours) < up_to:
            number = _short(hours / size)
            return f"{number} {unit}{'' if number == '1' else 's'}"
    raise AssertionError(hours)  # weeks have no end


def _share(value: float, n: int | None) -> str:
    if n is not None and n < _COUNTED_UP_TO and abs(value * n - round(value * n)) < 1e-6:
        return f"{round(value * n)} of {n}"
    percent = 100 * value
    if 0 < percent < 1:
        return "less than 1\u00a0%"
    return f"{percent:.0f}\u00a0%" if percent <= 99 or percent == 100 else "more than 99\u00a0%"


def _short(value: float) -> str:
    """Two digits that matter, and no half of a large number."""
    text = f"{value:,.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.1f}".removesuffix(".0")
    return text.replace("-", _MINUS)
