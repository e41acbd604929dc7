"""Two maps laid beside each other: a column for each step of either, those of one id in one column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from journeymap.model import Journey
from journeymap.model.ordering import interleaved
from journeymap.renderers.steps import StageSteps, Step, steps_by_stage

Key = tuple[str, str]
"""``touchpoint`` or ``stage``, and the id."""


@frozen(kw_only=True)
class Pair:
    """A step in the one map and in the other; at least one of them is there."""

    before: Step | None
    after: Step | None

    @property
    def shown(self) -> Step:
        """The step as its column shows it: as it is in the other map, or, if it is not there, as it was."""
        return self.after or self._gone

    @property
    def _gone(self) -> Step:
        assert self.before is not None  # noqa: S101  one of the two is there
        return self.before


@frozen(kw_only=True)
class Aligned:
    """The stages and steps of both maps in one order, numbered as they stand there."""

    stages: tuple[StageSteps, ...]
    """For the drawing: a step that is gone has no emotion here, since the curve is that of the other map."""
    pairs: Mapping[Key, Pair]
    """In the order of the columns."""


def key_of_step(step: Step) -> Key:
    """What a step is known by in both maps."""
    return ("stage" if step.touchpoint is None else "touchpoint", step.about)


def aligned(one: Journey, other: Journey, *, persona: str | None) -> Aligned:
    """The steps of both maps that the persona meets: in the order of the other map, what is only in the one behind its neighbour."""
    before, after = _stages(one, persona), _stages(other, persona)
    old, new = _by_key(before), _by_key(after)
    stages: list[StageSteps] = []
    pairs: dict[Key, Pair] = {}
    common = [name for name in after if name in before]
    for number, name in enumerate(interleaved(common, list(after), list(before)), start=1):
        here, there = before.get(name), after.get(name)
        held = there or here
        assert held is not None  # noqa: S101  the name comes from one of the two
        keys = _order(here, there, new)
        for key in keys:
            whole = here.whole if here and key[0] == "stage" else None  # a stage that has lost its steps is no new one
            pairs[key] = Pair(before=old.get(key, whole), after=new.get(key))
        steps = [_column(pairs[key], f"{number}.{place}" if key[0] == "touchpoint" else str(number)) for place, key in enumerate(keys, 1)]
        stages.append(StageSteps(stage=held.stage, whole=there.whole if there else None, steps=tuple(steps)))
    return Aligned(stages=tuple(stages), pairs=pairs)


def _stages(journey: Journey, persona: str | None) -> dict[str, StageSteps]:
    known = persona if persona in {each.id for each in journey.personas} else None
    return {held.stage.id: held for held in steps_by_stage(journey, known)}


def _by_key(stages: Mapping[str, StageSteps]) -> dict[Key, Step]:
    return {key_of_step(step): step for held in stages.values() for step in held.steps}


def _order(here: StageSteps | None, there: StageSteps | None, new: Mapping[Key, Step]) -> list[Key]:
    """The columns of a stage; what moved to another stage stands there, and a stage is no step beside steps of its own."""
    ours = [key_of_step(step) for step in (there.steps if there else ())]
    theirs = [key for key in _keys(here) if key in ours or (key not in new and (key[0] == "touchpoint" or there is None))]
    common = [key for key in ours if key in theirs]
    return interleaved(common, ours, theirs)


def _keys(held: StageSteps | None) -> Iterator[Key]:
    return (key_of_step(step) for step in (held.steps if held else ()))


def _column(pair: Pair, number: str) -> Step:
    return evolve(pair.shown, number=number) if pair.after is not None else evolve(pair.shown, number=number, emotion=None)


def felt(pairs: Sequence[Step | None]) -> list[float]:
    """The valences that are known of some steps."""
    return [step.emotion.valence for step in pairs if step is not None and step.emotion is not None]
