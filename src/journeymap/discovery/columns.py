"""Which column says what: found where it usually stands, or named by the caller."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from journeymap.errors import DocumentError, Problem, shown, suggestion

Role = Literal["case", "activity", "timestamp", "channel", "sequence", "lifecycle", "score"]
REQUIRED: tuple[Role, ...] = ("case", "activity", "timestamp")

USUAL: Mapping[Role, tuple[str, ...]] = {
    "case": (
        *("case:concept:name", "case_id", "caseid", "case", "customer_id", "customerid", "customer", "user_id", "userid", "client_id"),
        *("visitor_id", "contact_id", "account_id", "patient_id", "journey_id", "trace_id", "session_id", "user", "client", "patient"),
    ),
    "activity": (
        *("concept:name", "activity", "activity_name", "event", "event_name", "event_type", "touchpoint", "action", "task", "step"),
        *("handling", "page"),
    ),
    "timestamp": (
        *("time:timestamp", "timestamp", "event_time", "event_timestamp", "time", "datetime", "date_time", "occurred_at", "created_at"),
        *("ts", "start_time", "start_timestamp", "end_time", "date"),
    ),
    "channel": ("channel", "touchpoint_channel", "event_channel", "medium", "platform", "device"),
    "lifecycle": ("lifecycle:transition", "lifecycle", "registration_type"),
}
"""The names that each column usually has, the most telling first; capitals and signs make no difference."""


def chosen(told: Mapping[Role, str | None], there: Sequence[str], *, source: str) -> dict[Role, str]:
    """The column of each role; DocumentError names every role without one, and the columns there are.

    >>> chosen({}, ["Customer ID", "Event", "Time", "note"], source="web.csv")
    {'case': 'Customer ID', 'activity': 'Event', 'timestamp': 'Time'}
    """
    found: dict[Role, str] = {}
    problems: list[Problem] = []
    columns = f"the columns are {', '.join(shown(name) for name in there[:40])}{' ...' if len(there) > 40 else ''}"
    for role in get_args(Role):
        name = told.get(role)
        if name is not None and name not in there:
            problems.append(Problem(role, f"there is no column {shown(name)}{suggestion(name, there)}; {columns}"))
        elif name is None:
            name = _usual(role, [other for other in there if other not in told.values()])
            if name is None and role in REQUIRED:
                problems.append(Problem(role, f"no column has a usual name for it; name one with {role}=; {columns}"))
        if name is not None:
            found[role] = name
    if problems:
        raise DocumentError(source, problems)
    return found


def _usual(role: Role, there: Sequence[str]) -> str | None:
    plain = {_plain(name): name for name in reversed(there)}
    return next((plain[_plain(usual)] for usual in USUAL.get(role, ()) if _plain(usual) in plain), None)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
