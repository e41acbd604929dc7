"""What is different, in words: by step, and on the map as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from journeymap.model import Emotion, Journey, PainPoint, Stage, Touchpoint, Transition
from journeymap.model.comparison import Added, Change, Changed, Diff, Moved, Removed
from journeymap.model.parts import Ref
from journeymap.renderers.comparison.aligned import Aligned, Key
from journeymap.renderers.comparison.marks import Sign, Tone

_MOST = 200
"""The longest name that a line quotes."""


@frozen
class Line:
    """One difference in words, behind a sign."""

    sign: Sign
    tone: Tone
    words: str


@frozen(kw_only=True)
class Told:
    """All differences, each where it is told."""

    of_steps: Mapping[Key, tuple[Line, ...]]
    moved: frozenset[Key]
    elsewhere: tuple[Line, ...]
    """What is different, but at no step that is in both maps."""


def told(found: Diff, one: Journey, other: Journey, columns: Aligned) -> Told:
    """The differences of two maps by the step that they are about."""
    owners = {**_owners(one), **_owners(other)}
    names = {**_names(one), **_names(other)}
    whole = {ref for ref, key in columns.pairs.items() if key.before is not None and key.after is not None}
    of_steps: dict[Key, list[Line]] = {}
    elsewhere: list[Line] = []
    moved: set[Key] = set()
    for key, pair in columns.pairs.items():
        if pair.after is None and pair.before is not None and pair.before.emotion is not None:
            of_steps[key] = [Line("minus", "gone", f"Emotion was {one.scale.print(pair.before.emotion)}")]
    for change in found:
        place = (change.ref.kind, change.ref.id)
        key = place if place in whole else owners.get(place, place)
        if isinstance(change, Moved) and place in whole:
            moved.add(place)
            of_steps.setdefault(place, []).append(_moved(columns, place))
        elif key in whole:
            of_steps.setdefault(key, []).append(_line(change, one, names, at_home=place == key))
        elif not _told_already(change, columns):
            elsewhere.append(_line(change, one, names, at_home=False))
    lines = {key: tuple(dict.fromkeys(held)) for key, held in of_steps.items()}
    return Told(of_steps=lines, moved=frozenset(moved), elsewhere=tuple(dict.fromkeys(elsewhere)))


def _told_already(change: Change, columns: Aligned) -> bool:
    """Whether the marks, or the title, say it: steps that came and went with the ways to them, and what the map is called."""
    if isinstance(change, Changed):
        return change.ref.kind == "journey" and change.field in {"name", "id"}
    if isinstance(change, Moved):
        return False
    if isinstance(change.value, Transition):
        ends = [columns.pairs.get(("touchpoint", end)) for end in (change.value.source, change.value.target)]
        return any(pair is not None and (pair.before is None or pair.after is None) for pair in ends)
    return (change.ref.kind, change.ref.id) in columns.pairs


def _owners(journey: Journey) -> dict[Key, Key]:
    """What stands in a step, by kind and id, with the step."""
    held: dict[Key, Key] = {}
    for stage in journey.stages:
        home: list[tuple[Key, Touchpoint | Stage]] = [(("touchpoint", touchpoint.id), touchpoint) for touchpoint in stage.touchpoints]
        for key, part in [*home, (("stage", stage.id), stage)]:
            held.update({("pain", pain.id): key for pain in part.pains})
            held.update({("opportunity", opportunity.id): key for opportunity in part.opportunities})
            held.update({("metric", metric.id): key for metric in part.metrics})
            if isinstance(part, Touchpoint):
                held.update({("activity", activity.id): key for activity in part.activities})
    return held


def _names(journey: Journey) -> dict[Key, str]:
    """What parts are called, by kind and id."""
    found: dict[Key, str] = {("stage", stage.id): stage.name for stage in journey.stages}
    found |= {("touchpoint", touchpoint.id): touchpoint.name for touchpoint in journey.touchpoints}
    found |= {("persona", persona.id): persona.name for persona in journey.personas}
    found |= {("source", source.id): source.name for source in journey.sources}
    found |= {("pain", pain.id): pain.description for pain in journey.all_pains()}
    found |= {("opportunity", opportunity.id): opportunity.name for opportunity in journey.all_opportunities()}
    found |= {("metric", metric.id): metric.name for metric in journey.all_metrics()}
    return found | {("activity", held.id): held.name for touchpoint in journey.touchpoints for held in touchpoint.activities}


def _moved(columns: Aligned, key: Key) -> Line:
    before = columns.pairs[key].before
    after = columns.pairs[key].after
    was = f"Was step {before.number}" if before else "Stands elsewhere"
    other = before is not None and after is not None and before.stage.id != after.stage.id
    return Line("arrow", "quiet", f"{was}, in {before.stage.name}" if before and other else was)


def _line(change: Change, journey: Journey, names: Mapping[Key, str], *, at_home: bool) -> Line:
    if isinstance(change, Added):
        return Line("plus", "new", f"New {_called(change.value, change.ref, names)}")
    if isinstance(change, Removed):
        return Line("minus", "gone", f"Without {_called(change.value, change.ref, names)}")
    rest = _plain(str(change).removeprefix(f"{change.ref}: "))
    if isinstance(change, Changed) and change.field.partition(".")[0] in {"emotion", "emotions", "believed_emotion"}:
        return _feeling(change, journey, names, at_home=at_home)
    if isinstance(change, Changed) and at_home:
        return Line("delta", "quiet", f"{rest[:1].upper()}{rest[1:]}")
    name = names.get((change.ref.kind, change.ref.id), change.ref.id)
    head = f"{change.ref.kind.capitalize()} {_short(name)}" if name else "The map"
    return Line("arrow" if isinstance(change, Moved) else "delta", "quiet", f"{head}: {rest}")


def _feeling(change: Changed, journey: Journey, names: Mapping[Key, str], *, at_home: bool) -> Line:
    """An emotion in the numbers of the map, with the way it went."""
    old, new = change.old, change.new
    field, _, who = change.field.partition(".")
    title = "Believed emotion" if field == "believed_emotion" else "Emotion"
    whose = f" of {_short(names.get(('persona', who), who))}" if who else ""
    where = "" if at_home else f"{change.ref.kind.capitalize()} {_short(names.get((change.ref.kind, change.ref.id), change.ref.id))}: "
    values = [journey.scale.print(value) if isinstance(value, Emotion) else "not known" for value in (old, new)]
    if values[0] == values[1]:
        return Line("delta", "quiet", f"{where}{title}{whose} {values[1]}, told otherwise")
    better = isinstance(old, Emotion) and isinstance(new, Emotion) and new.valence != old.valence
    risen = isinstance(old, Emotion) and isinstance(new, Emotion) and new.valence > old.valence
    sign: Sign = ("up" if risen else "down") if better else "delta"
    tone: Tone = ("new" if risen else "gone") if better else "quiet"
    return Line(sign, tone, f"{where}{title}{whose} {values[0]} \u2192 {values[1]}")


def _called(value: object, ref: Ref, names: Mapping[Key, str]) -> str:
    if isinstance(value, Transition):
        ends = [names.get(("touchpoint", end), end) for end in (value.source, value.target)]
        return f"way from {_short(ends[0])} to {_short(ends[1])}"
    name = value.description if isinstance(value, PainPoint) else getattr(value, "name", "")
    count = len(value.touchpoints) if isinstance(value, Stage) else 0
    inside = f", with {count} step{'' if count == 1 else 's'}" if count else ""
    return f"{ref.kind}: {_short(str(name) or ref.id)}{inside}"


def _short(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[: _MOST - 1]}\u2026"


def _plain(words: str) -> str:
    return words.replace(" -> ", " \u2192 ")
