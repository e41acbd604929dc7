"""Synthetic event logs of any size: a bike shop's customers, online and in the shop. The same seed gives the same events.

The logs have what real ones have: unequal waits, ways back, channels, scores that few give, customers who leave anywhere, and events
that share their time. They are in order within a customer, and customers come one after the other, so the rows are not in order
of time.
"""

from __future__ import annotations

import csv
import math
import os
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from journeymap.model import END, START

BEGIN = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When the first customers come: a Monday morning."""
SPAN = timedelta(days=90)
"""How long new customers keep coming."""


class SyntheticEvent(NamedTuple):
    """One row of a log."""

    customer_id: str
    event: str
    timestamp: datetime
    channel: str
    rating: int | None
    """Stars from 1 to 5, where the customer gave any."""


class _Step(NamedTuple):
    channel: str
    wait: float
    """The median hours before it."""
    rating: float
    """The mean of the stars that are given; 0 where nobody is asked."""
    ways: Mapping[str, float]
    """Where customers go from here, with the shares."""


_STEPS: Mapping[str, _Step] = {
    START: _Step("", 0, 0, {"Sees an advert": 0.5, "Looks at bikes": 0.4, "Visits the shop": 0.1}),
    "Sees an advert": _Step("Social media", 0, 0, {"Looks at bikes": 0.55, END: 0.45}),
    "Looks at bikes": _Step(
        "Website",
        2,
        0,
        {"Looks at bikes": 0.25, "Asks in the chat": 0.15, "Books a test ride": 0.25, "Puts a bike in the basket": 0.1, END: 0.25},
    ),
    "Asks in the chat": _Step("Chat", 0.2, 3.4, {"Looks at bikes": 0.45, "Books a test ride": 0.3, END: 0.25}),
    "Books a test ride": _Step("Website", 1, 0, {"Visits the shop": 0.8, END: 0.2}),
    "Visits the shop": _Step("Shop", 60, 4.2, {"Takes a test ride": 0.8, END: 0.2}),
    "Takes a test ride": _Step("Shop", 0, 4.6, {"Puts a bike in the basket": 0.55, "Looks at bikes": 0.15, END: 0.3}),
    "Puts a bike in the basket": _Step("Website", 20, 0, {"Pays": 0.7, "Looks at bikes": 0.1, END: 0.2}),
    "Pays": _Step("Website", 0.1, 2.9, {"Waits for the bike": 1.0}),
    "Waits for the bike": _Step("E-mail", 0, 0, {"Calls about the order": 0.35, "Collects the bike": 0.6, END: 0.05}),
    "Calls about the order": _Step("Phone", 90, 1.9, {"Calls about the order": 0.2, "Collects the bike": 0.72, END: 0.08}),
    "Collects the bike": _Step("Shop", 160, 4.5, {"Has the first service": 0.4, END: 0.6}),
    "Has the first service": _Step("Shop", 700, 4.1, {END: 1.0}),
}
_ANSWERS = 0.2
"""The share of customers who give stars when they are asked."""
_SPREAD = 0.6
"""Of the logarithm of a wait."""
_WAYS = {name: (tuple(step.ways), tuple(accumulate(step.ways.values()))) for name, step in _STEPS.items()}


def synthetic_events(customers: int, *, seed: int = 1) -> Iterator[SyntheticEvent]:
    """The events of so many customers, about four and a half each, one customer after the other.

    >>> first = next(synthetic_events(100))
    >>> first.customer_id, first.event, first.channel
    ('c0000001', 'Looks at bikes', 'Website')
    """
    chance = random.Random(seed)  # noqa: S311  a log for tests is no secret
    seconds = SPAN.total_seconds()
    for number in range(1, customers + 1):
        case = f"c{number:07d}"
        when = BEGIN + timedelta(seconds=int(chance.random() * seconds))
        at = _next(START, chance.random())
        while at != END:
            step = _STEPS[at]
            if step.wait:
                when += timedelta(seconds=int(3600 * step.wait * math.exp(chance.gauss(0, _SPREAD))))
            stars = min(5, max(1, round(chance.gauss(step.rating, 0.9)))) if step.rating and chance.random() < _ANSWERS else None
            yield SyntheticEvent(case, at, when, step.channel, stars)
            at = _next(at, chance.random())


def write_events(path: str | os.PathLike[str], customers: int, *, seed: int = 1) -> int:
    """Write the events of so many customers as CSV, and say how many they are."""
    count = 0
    with open(path, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123  whatever open() takes is a path
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(SyntheticEvent._fields)
        for case, event, when, channel, rating in synthetic_events(customers, seed=seed):
            rows.writerow((case, event, when.isoformat(), channel, rating))
            count += 1
    return count


def _next(at: str, drawn: float) -> str:
    names, up_to = _WAYS[at]
    return next((name for name, bound in zip(names, up_to, strict=True) if drawn < bound), names[-1])
