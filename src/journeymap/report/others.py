"""Answers beyond the standard page: questions that were asked for by name, and those that plug-ins bring."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from journeymap.analysis import Result
from journeymap.analysis.result import Json, duration_text
from journeymap.errors import JourneyMapError, UnknownName, shown
from journeymap.model import Journey
from journeymap.plugins import ANALYSES
from journeymap.report.asking import STANDARD, answer
from journeymap.report.values import Other
from journeymap.report.wording import quoted

_ID = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
_MOST_DEEP = 8
"""So far into an answer somebody else's data is followed."""


def as_names(only: Collection[str]) -> tuple[str, ...]:
    """The questions that were asked for, as they are listed; UnknownName if there is none of a name."""
    names = tuple(dict.fromkeys(name.replace("_", "-") for name in only))
    known = ANALYSES.names()
    for name in names:
        if name not in known:
            raise UnknownName("analysis", name, known)
    return names


def others(journey: Journey, *, only: Collection[str] | None = None, strict: bool = False) -> Iterator[Other]:
    """What is asked beside the standard page: everything that was added, or of what ``only`` names."""
    added = ANALYSES.added()
    for name in added if only is None else only:
        if name in added:
            yield _of_plugin(journey, name)
        elif name.replace("-", "_") not in STANDARD:
            yield _by_name(journey, name, strict=strict)


def _by_name(journey: Journey, name: str, *, strict: bool) -> Other:
    """A question of journeymap's own that is not on the standard page."""
    found = answer(journey, name.replace("-", "_"), strict=strict)
    title = ANALYSES.summary(name)
    if found.result is None:
        return Other(name=name, title=title, problem=found.refused, doubtful=found.doubtful)
    return Other(name=name, title=title, told=_named(found.result.explain(), journey), data=found.result.to_dict())


def _named(told: str, journey: Journey) -> str:
    """The sentence with what the map calls its steps instead of their ids."""
    names = {touchpoint.id: touchpoint.name for touchpoint in journey.touchpoints}
    names |= {activity.id: activity.name for touchpoint in journey.touchpoints for activity in touchpoint.activities}
    return _ID.sub(lambda found: quoted(names.get(str(found[1]), str(found[1]))), told)


def _of_plugin(journey: Journey, name: str) -> Other:
    """Somebody else's answer, whatever it is; one that fails says so, and breaks only itself."""
    title = name if ANALYSES.summary(name).startswith("(unusable)") else ANALYSES.summary(name)
    try:
        given: object = ANALYSES[name](journey)
        if isinstance(given, Result):
            return Other(name=name, title=title, told=given.explain(), data=given.to_dict())
        if isinstance(given, str):
            return Other(name=name, title=title, told=given, data=given)
        if isinstance(given, Mapping):
            rows = [(str(key), _told(value)) for key, value in given.items()]
            return Other(name=name, title=title, rows=rows, data=_data(given))
    except JourneyMapError as error:
        return Other(name=name, title=title, problem=str(error))
    except Exception as error:  # noqa: BLE001  whatever somebody else's function does, the report stands
        told = shown(str(error), longest=300)[1:-1]
        return Other(name=name, title=title, problem=f"it failed with {type(error).__name__}: {told}; tell those who offer it")
    return Other(
        name=name, title=title, problem=f"it gave {shown(given)}; an analysis gives a Result, a mapping or a text: tell those who offer it"
    )


def _told(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "unknown"}[value]
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _data(value: object, depth: int = 0) -> Json:
    """Somebody else's value for programs: what JSON does not know becomes text."""
    match value:
        case None | bool() | int() | str():
            found: Json = value
        case float() if math.isfinite(value):
            found = value
        case timedelta():
            found = duration_text(value)
        case date():
            found = value.isoformat()
        case Mapping() if depth < _MOST_DEEP:
            found = {str(key): _data(item, depth + 1) for key, item in value.items()}
        case list() | tuple() if depth < _MOST_DEEP:
            found = [_data(item, depth + 1) for item in value]
        case _:
            found = str(value)
    return found
