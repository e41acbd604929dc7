"""From an event log to a journey: what customers do, in which order, how long they wait, and where they leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from attrs import frozen

from journeymap.analysis.doors import number
from journeymap.analysis.result import duration_text, number_of, percent
from journeymap.discovery.log import EventLog
from journeymap.discovery.stages import StagePlan, mapped, proposed
from journeymap.discovery.touchpoints import Touch
from journeymap.discovery.transitions import Move, Transitions
from journeymap.discovery.voices import Voice, voices_of
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import END, START, Evidence, Journey, Metric, Scale, Source, Stage, Touchpoint, Transition
from journeymap.model.evidence import SourceKind
from journeymap.model.naming import slug, unique
from journeymap.model.transition import TransitionKind

_LONGEST = 200
_MOST_DRAWN = 500
_SOURCE = "event-log"


@frozen
class _Way:
    """A way on the map, before it has ids: from an activity or the start, to an activity or the end."""

    source: str | None
    target: str | None
    count: int
    move: Move | None = None


def discover(
    log: EventLog,
    *,
    name: str = "",
    stages: Mapping[str, Sequence[str]] | None = None,
    goal: str | Collection[str] = (),
    scale: Scale | None = None,
    rare: float = 0.2,
    met_by: float = 0.01,
    most: int = 40,
    kind: SourceKind = "observation",
) -> Journey:
    """The journey that a log tells: a touchpoint for each activity, with who comes, who leaves, and how long they wait.

    Activities that fewer than the share ``met_by`` of customers meet are left out, and all but the ``most`` met; what remains is
    counted anew. At each touchpoint the rarest ways that together make up at most the share ``rare`` are left out, though each
    touchpoint keeps its most frequent way in. A probability is the share of those who leave by a way that is drawn; a wait is the
    median. Drop-off goes to ``end``, entries come from ``start``; ``goal`` names the activities that the journey leads to.

    ``stages`` maps the name of each stage to its activities; without it stages are proposed from the order in time, and say so.
    Where the log has a ``score``, its mean is the emotion, read on ``scale`` (-2 to +2 unless given). The log is the `Source` that
    everything rests on, of that ``kind``. The answer is a normal journey: draw, analyse, edit and save it.

    AnalysisError for options that do not fit the log, NotEnoughData for one without events, ScaleMismatch for scores off the scale.

    >>> import journeymap as jm
    >>> log = jm.EventLog.read([("anna", "ad", "2026-03-01"), ("anna", "site", "2026-03-02"), ("ben", "ad", "2026-03-02")])
    >>> journey = jm.discover(log)
    >>> [(way.source, way.target, way.probability) for way in journey.transitions]
    [('start', 'ad', 1.0), ('ad', 'site', 0.5), ('ad', 'end', 0.5), ('site', 'end', 1.0)]
    """
    if not isinstance(log, EventLog):
        raise AnalysisError(f"discover: {shown(log)} is no EventLog; make one with EventLog.read")
    rare, met_by = number(rare, what="rare", low=0, high=1), number(met_by, what="met_by", low=0, high=1)
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= _MOST_DRAWN:
        raise AnalysisError(f"discover: most={shown(most)} is no number of touchpoints; give a whole number of 1 to {_MOST_DRAWN}")
    if not log.events:
        raise NotEnoughData("discover", "the log has no events", "events with a case, an activity and a time")
    if scale is not None and "score" not in log.columns:
        raise AnalysisError("discover: there is a scale and the log has no score; name its column with EventLog.read(..., score=)")
    goals = set(log.known([goal] if isinstance(goal, str) else list(goal), "discover") or ())
    all_met = log.touchpoints().touches
    met = [touch for touch in all_met if touch.of_cases >= met_by or touch.activity in goals][:most] or list(all_met[:1])
    names = {touch.activity for touch in met}
    found = log.transitions(only=None if len(names) == len(all_met) else sorted(names))
    in_time = sorted(met, key=lambda touch: (touch.position, touch.mean_position, touch.activity))
    positions = {touch.activity: touch.position for touch in in_time}
    plan = proposed(positions) if stages is None else mapped(stages, list(positions), log.activities)
    ids = _ids(plan)
    ways, left_out = _kept(found, rare)
    voices = voices_of(log, scale or Scale())
    order = log.order
    day = None if order.ended is None else order.ended.date()
    source = Source(log.name, id=_SOURCE, kind=kind, solicited=False, n=found.n, date=day)
    touches = {touch.activity: touch for touch in met}
    return Journey(
        _short(name or f"Journey in {log.name}"),
        [_stage(stage, [_touchpoint(touches[each], ids, voices, goals, day) for each in held], stages is None) for stage, held in plan],
        transitions=_transitions(ways, ids),
        sources=[source],
        scale=scale or Scale(),
        status="draft",
        updated=day,
        notes="\n".join(_notes(log, found, len(all_met) - len(met), left_out, (rare, met_by, most), proposal=stages is None)),
    )


def _kept(found: Transitions, rare: float) -> tuple[list[_Way], tuple[int, int]]:
    """The ways that are drawn; how many ways, and how many transitions on them, are not."""
    ways = [_Way(None, activity, n) for activity, n in found.entries.items()]
    ways += [_Way(move.source, move.target, move.count, move) for move in found.moves]
    ways += [_Way(activity, None, n) for activity, n in found.exits.items()]
    by_source: dict[str | None, list[_Way]] = {}
    best_in: dict[str | None, _Way] = {}
    for way in ways:
        by_source.setdefault(way.source, []).append(way)
        before = best_in.get(way.target)
        if way.source != way.target and (before is None or way.count > before.count):
            best_in[way.target] = way
    kept: list[_Way] = []
    dropped: list[_Way] = []
    for leaving in by_source.values():
        leaving.sort(key=lambda way: (way.count, way.target or ""))
        room = rare * sum(way.count for way in leaving)
        for way in leaving:
            room -= way.count
            (kept if room < 0 or best_in.get(way.target) is way else dropped).append(way)
    return kept, (len(dropped), sum(way.count for way in dropped))


def _ids(plan: StagePlan) -> dict[str, str]:
    """The id of each activity; those of the model's own start and end are numbered."""
    taken = {START, END}
    ids: dict[str, str] = {}
    for _, held in plan:
        for activity in held:
            ids[activity] = unique(slug(activity, fallback="touchpoint"), taken)
            taken.add(ids[activity])
    return ids


def _stage(name: str, touchpoints: list[Touchpoint], proposal: bool) -> Stage:
    told = "Proposed from the order in time: check its name and its borders." if proposal else ""
    return Stage(_short(name), touchpoints, id=f"stage-{touchpoints[0].id}", notes=told)


def _touchpoint(touch: Touch, ids: Mapping[str, str], voices: Mapping[str, Voice], goals: Collection[str], day: date | None) -> Touchpoint:
    voice = voices.get(touch.activity, Voice())
    emotion = voice.emotion
    return Touchpoint(
        _short(touch.activity),
        id=ids[touch.activity],
        channel=None if voice.channel is None else _short(voice.channel),
        emotion=emotion,
        goal=touch.activity in goals,
        metrics=[_customers(touch, ids, day)],
        evidence=[Evidence(_SOURCE, score=None if emotion is None else emotion.valence)],
        notes=f"{percent(touch.of_cases)} of customers meet it; {percent(touch.of_exits)} of its events are a customer's last.",
    )


def _customers(touch: Touch, ids: Mapping[str, str], day: date | None) -> Metric:
    name = f"{ids[touch.activity]}-customers"
    return Metric("customers", id=name, kind="count", value=touch.cases, n=touch.cases, observed=day, evidence=[_SOURCE])


def _transitions(ways: Sequence[_Way], ids: Mapping[str, str]) -> list[Transition]:
    """The ways as transitions, in the order of the map."""
    place: dict[str | None, int] = {activity: at for at, activity in enumerate(ids)}
    by_source: dict[str | None, list[_Way]] = {}
    for way in sorted(ways, key=lambda way: place.get(way.target, len(ids))):
        by_source.setdefault(way.source, []).append(way)
    found = []
    for source in sorted(by_source, key=lambda source: place.get(source, -1)):
        leaving = by_source[source]
        back = [way.target is not None and place[way.target] <= place.get(source, -1) for way in leaving]
        ahead = [way for way, loops in zip(leaving, back, strict=True) if not loops]
        main = max(ahead, key=lambda way: way.count, default=None)
        for way, loops in zip(leaving, back, strict=True):
            kind: TransitionKind = "loop" if loops else "main" if way is main else "alternative"
            found.append(
                Transition(
                    START if source is None else ids[source],
                    END if way.target is None else ids[way.target],
                    kind=kind,
                    count=way.count,
                    probability=way.count / sum(other.count for other in leaving),
                    wait=None if way.move is None else way.move.median_wait,
                    extra={} if way.move is None else _waits(way.move),
                )
            )
    return found


def _waits(move: Move) -> dict[str, str]:
    return {"mean wait": duration_text(move.mean_wait), "90 % wait at most": duration_text(move.p90_wait)}


def _notes(
    log: EventLog, found: Transitions, rarely_met: int, left_out: tuple[int, int], shares: tuple[float, float, int], *, proposal: bool
) -> list[str]:
    rare, met_by, most = shares
    began, ended = log.order.began, log.order.ended
    when = f", {began.date().isoformat()} to {ended.date().isoformat()}" if began and ended else ""
    told = [f"Discovered from {number_of(found.n or 0, 'customers')} with {number_of(log.events, 'events')} in {log.name}{when}."]
    if rarely_met:
        told.append(
            f"{number_of(rarely_met, 'kinds of events')} left out: those that fewer than {percent(met_by)} of customers meet,"
            f" and all but the {most} that most meet."
        )
    if left_out[0]:
        told.append(
            f"{number_of(left_out[0], 'ways')} left out, with {number_of(left_out[1], 'transitions')}: at each touchpoint the rarest,"
            f" which together make up at most {percent(rare)} of those who leave."
        )
    told.append("A probability is the share of those who leave by a way that is drawn; a wait is the median.")
    if proposal:
        told.append("The stages are a proposal from the order in time: check their names and borders.")
    return [*told, *(note[0].upper() + note[1:] + "." for note in log.notes)]


def _short(name: str) -> str:
    """A name that fits on a map: without breaks, and not endless."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in name).split()) or "?"
    return clean if len(clean) <= _LONGEST else clean[: _LONGEST - 1] + "…"
