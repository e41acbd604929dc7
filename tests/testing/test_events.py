"""Synthetic logs: the same for the same seed, and like real ones."""

from collections import Counter

import journeymap as jm
from journeymap.testing.events import synthetic_events, write_events


def test_the_seed_decides():
    assert list(synthetic_events(20, seed=3)) == list(synthetic_events(20, seed=3))
    assert list(synthetic_events(20, seed=3)) != list(synthetic_events(20, seed=4))
    assert list(synthetic_events(40, seed=3))[: len(list(synthetic_events(20, seed=3)))] == list(synthetic_events(20, seed=3))


def test_logs_have_what_real_ones_have():
    events = list(synthetic_events(400))
    assert len({event.customer_id for event in events}) == 400
    assert {event.rating for event in events} == {None, 1, 2, 3, 4, 5}
    assert len(Counter(event.channel for event in events)) == 6
    times = [event.timestamp for event in events]
    assert times != sorted(times)
    quality = jm.EventLog.read(event._asdict() for event in events).quality()
    assert 0 < quality.ties < 0.5


def test_a_file_is_read_back(tmp_path):
    place = tmp_path / "bikes.csv"
    count = write_events(place, 50)
    log = jm.EventLog.read(place, score="rating")
    assert (log.events, log.quality().cases, log.notes) == (count, 50, ())
    assert dict(log.columns) == {
        "case": "customer_id",
        "activity": "event",
        "timestamp": "timestamp",
        "channel": "channel",
        "score": "rating",
    }
