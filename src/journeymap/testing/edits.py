"""Hypothesis strategies for journeys and atlases that somebody has worked on: some edits away from a given one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve

from journeymap.errors import ModelError
from journeymap.model import Atlas, Channel, Journey, PainPoint, Persona, Stage, Touchpoint, Transition
from journeymap.testing.values import few, names, st

__all__ = ["edited", "edited_atlas"]

_FEW_IDS = ("alpha", "beta", "gamma")
"""New parts choose among these, so that two people's edits meet."""


@st.composite
def edited(draw: st.DrawFn, journey: Journey, *, most: int = 4) -> Journey:
    """The journey after up to ``most`` edits of every kind; one that would break a rule is left out."""
    for _ in range(draw(st.integers(0, most))):
        try:
            journey = _edit(draw, journey)
        except ModelError:
            continue
    return journey


@st.composite
def edited_atlas(draw: st.DrawFn, atlas: Atlas, *, most: int = 3) -> Atlas:
    """The atlas after up to ``most`` edits: of its journeys, their number, its links and its own fields."""
    for _ in range(draw(st.integers(0, most))):
        known = [journey.id for journey in atlas.journeys]
        what = draw(st.sampled_from(["add", "notes", *(["journey", "journey", "go", "link"] if known else [])]))
        try:
            if what == "add":
                atlas = atlas.with_journey(Journey(draw(st.sampled_from(_FEW_IDS)), notes=draw(names())))
            elif what == "notes":
                atlas = atlas.replace(notes=draw(names()))
            elif what == "go":
                atlas = atlas.without(draw(st.sampled_from(known)))
            elif what == "link":
                atlas = atlas.replace(links=atlas.links[1:])
            else:
                atlas = atlas.with_journey(draw(edited(atlas.journey(draw(st.sampled_from(known))))))
        except ModelError:
            continue
    return atlas


def _edit(draw: st.DrawFn, journey: Journey) -> Journey:
    """The journey after one edit of its shape, or of one touchpoint."""
    new = draw(st.sampled_from(_FEW_IDS))
    of_step = draw(st.booleans())
    if of_step and journey.touchpoints:
        return _step_edit(draw, journey, new)
    stages = [stage.id for stage in journey.stages]
    shapes: list[Callable[[], Journey]] = [
        lambda: journey.replace(owner=draw(names()), expectations=draw(few(names()))),
        lambda: journey.replace(personas=[*journey.personas, Persona(new)]),
        lambda: journey.with_stage(Stage(new), before=draw(st.sampled_from([*stages, None]))),
        lambda: journey.with_touchpoint(Touchpoint(new, owner=draw(names())), stage=draw(st.sampled_from(stages))),
        lambda: journey.move(draw(st.sampled_from(stages)), kind="stage", after=draw(st.sampled_from(stages))),
        lambda: journey.without(draw(st.sampled_from(stages)), kind="stage"),
    ]
    return draw(st.sampled_from(shapes if stages else shapes[:3]))()


def _step_edit(draw: st.DrawFn, journey: Journey, new: str) -> Journey:
    """The journey after an edit of one touchpoint: its place, its ways, its fields."""
    places = st.integers(0, len(journey.touchpoints) - 1)
    step, other = journey.touchpoints[draw(places)], journey.touchpoints[draw(places)]

    def changed(**changes: Any) -> Journey:
        return journey.replace(step.id, kind="touchpoint", **changes)

    def in_channel() -> Journey:
        channel = Channel(new, id="one", kind=draw(st.sampled_from(["app", "phone"])))
        meets = [held.id for held in journey.touchpoints if held is step or held.channel == channel]
        held = [
            evolve(stage, touchpoints=[evolve(item, channel=channel) if item.id in meets else item for item in stage.touchpoints])
            for stage in journey.stages
        ]
        return journey.replace(stages=held)

    kinds: list[Callable[[], Journey]] = [
        lambda: journey.move(step.id, kind="touchpoint", after=other.id),
        lambda: journey.move(step.id, kind="touchpoint", before=other.id),
        lambda: journey.move(step.id, kind="touchpoint", stage=draw(st.sampled_from(journey.stages)).id),
        lambda: journey.without(step.id, kind="touchpoint"),
        lambda: journey.with_transition(Transition(step.id, other.id, probability=draw(st.sampled_from([None, 0.3, 0.7])))),
        lambda: changed(emotion=draw(st.sampled_from([-2, 0, 2]))),
        lambda: changed(extra={**step.extra, new: draw(names())}),
        lambda: changed(thoughts=draw(st.permutations([*step.thoughts, new]))),
        lambda: changed(actions=step.actions[1:], pains=[*step.pains, PainPoint(new)]),
        lambda: changed(personas=[held.id for held in journey.personas[:1]]),
        in_channel,
    ]
    return draw(st.sampled_from(kinds))()
