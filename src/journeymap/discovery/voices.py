"""What a log says of each activity beside its order: the channel, and the scores that customers gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from journeymap.errors import ScaleMismatch
from journeymap.model import Emotion, Scale
from journeymap.model.naming import slug

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog

_WIDTH = 4.0


@frozen
class Voice:
    """The channel by which an activity mostly happens, and how customers felt; None where the log does not say."""

    channel: str | None = None
    emotion: Emotion | None = None


def voices_of(log: EventLog, scale: Scale) -> dict[str, Voice]:
    """The voice of each activity; ScaleMismatch for scores that are not on the scale."""
    found: dict[str, Voice] = {}
    called: dict[str, str] = {}
    engine, kept = log.order.engine, log.order.kept
    if "channel" in log.columns:
        for activity, channel in engine.rows(
            "SELECT activity, first(channel ORDER BY n DESC, channel) FROM (SELECT activity, channel, count(*) AS n FROM events"
            f" WHERE {kept} AND channel <> '' GROUP BY activity, channel) GROUP BY activity ORDER BY activity"
        ):
            # "Web" and "web" are one channel, called as it is first.
            found[activity] = Voice(called.setdefault(slug(channel), channel))
    if "score" in log.columns:
        if scale.labels:
            raise ScaleMismatch("discover: the scale has words and scores are numbers; give a scale of numbers, such as Scale(1, 5)")
        for activity, n, mean, spread, low, high in engine.rows(
            "SELECT activity, count(score), avg(score), stddev_samp(score), min(score), max(score) FROM events"
            f" WHERE {kept} AND score IS NOT NULL AND isfinite(score) GROUP BY activity"
        ):
            if low < scale.low or high > scale.high:
                told = f"scores at {activity!r} go from {low:g} to {high:g}"
                raise ScaleMismatch(f"discover: {told}, and the scale from {scale.low:g} to {scale.high:g}; give scale=Scale(low, high)")
            width = None if spread is None else min(_WIDTH, spread * _WIDTH / (scale.high - scale.low))
            # The mean of floats may miss the end of the scale by its last digit.
            emotion = evolve(scale.emotion(min(max(mean, scale.low), scale.high)), n=n, spread=width)
            found[activity] = evolve(found.get(activity, Voice()), emotion=emotion)
    return found
