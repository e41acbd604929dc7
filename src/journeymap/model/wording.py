"""Values of the model in words, for people who read what changed; and as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

from attrs import fields, has

from journeymap.errors import shown
from journeymap.model.channel import Channel
from journeymap.model.emotion import Emotion, Scale
from journeymap.model.evidence import Evidence
from journeymap.model.links import Link
from journeymap.model.moment import MomentOfTruth
from journeymap.model.parts import Ref
from journeymap.model.span import Range, Span

Data: TypeAlias = "bool | int | float | str | list[Data] | dict[str, Data] | None"
"""What JSON can hold."""

LISTED = 5
"""Names told one by one; of more, the rest is counted."""
LONGEST = 200
"""Characters that tell one value."""


def told(value: object) -> str:
    """The value as a sentence holds it, never long.

    >>> told(Emotion(-1, label="annoyed")), told(None), told(timedelta(minutes=5))
    ('-1 (annoyed)', 'none', '0:05:00')
    """
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, Ref):
        return str(value)
    if isinstance(value, tuple):
        return listed([told(item) for item in value])
    words = next((words for cls, words in _WORDS.items() if isinstance(value, cls)), shown)(value)
    return words if words.isprintable() and len(words) <= LONGEST else shown(words, longest=LONGEST)


def _emotion(value: Emotion) -> str:
    about = [value.label, f"n {value.n}" if value.n is not None else "", f"spread {value.spread:g}" if value.spread is not None else ""]
    noted = ", ".join(word for word in about if word)
    valence = f"{value.valence:+.15g}" if value.valence else "0"
    return f"{valence} ({noted})" if noted else valence


def _moment(value: MomentOfTruth) -> str:
    about = [value.kind or "yes", value.reason, f"weight {value.weight:g}" if value.weight is not None else ""]
    return ", ".join(word for word in about if word)


def _evidence(value: Evidence) -> str:
    score = f" ({value.score:+g})" if value.score is not None else ""
    return f"{shown(value.source)}{score}" + (f" {shown(value.quote)}" if value.quote else "")


def _estimate(value: Range | Span) -> str:
    return f"{told(value.low)} to {told(value.high)}, likely {told(value.mid)}"


_WORDS: dict[type[Any], Callable[[Any], str]] = {
    bool: lambda value: "yes" if value else "no",
    float: lambda value: f"{value:.15g}",
    Emotion: _emotion,
    Channel: lambda value: shown(value.name),
    MomentOfTruth: _moment,
    Range: _estimate,
    Span: _estimate,
    Scale: lambda value: ", ".join(value.labels) or f"{value.low:g} to {value.high:g}",
    Evidence: _evidence,
    Link: lambda value: shown(value.url),
    timedelta: str,
    date: str,
}


def told_change(old: object, new: object) -> str:
    """What became of a value: ``-1 -> +1``; of a list, what came and what went."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        gone, come = [item for item in old if item not in new], [item for item in new if item not in old]
        clauses = [f"without {told(tuple(gone))}"] if gone else []
        clauses += [f"with {told(tuple(come))}"] if come else []
        return ", ".join(clauses) or "in another order"
    before, after = told(old), told(new)
    if before == after:  # what differs lies behind the end of a long text, or in a detail that words leave out
        return f"{before} -> another one that begins alike" if isinstance(old, str) else f"{before}, changed in its details"
    return f"{before} -> {after}"


def listed(words: list[str]) -> str:
    """Words with commas between, those beyond the fifth counted."""
    more = len(words) - LISTED
    return ", ".join(words[:LISTED]) + (f" and {more} more" if more > 0 else "")


def plain(value: object) -> Data:
    """The value as JSON-ready data: objects with what is filled in, days and lengths of time as in ISO 8601."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list) and not isinstance(value, Ref):
        return [plain(item) for item in value]
    if isinstance(value, timedelta):
        seconds = value // timedelta(seconds=1)
        return f"PT{seconds}.{value.microseconds:06d}S" if value.microseconds else f"PT{seconds}S"
    return _filled(value) if has(type(value)) else str(value)


def _filled(value: Any) -> Data:
    filled: dict[str, Data] = {}
    for field in fields(type(value)):
        held = getattr(value, field.name)
        if held != field.default and not (isinstance(held, tuple | Mapping | str) and not held):
            filled[field.name] = plain(held)
    return filled
