"""Which lines an emotion curve holds: taken from the journey, and from the map that it is to become."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from attrs import field, frozen

from journeymap.analysis.intervals import z_value
from journeymap.errors import RenderError, shown
from journeymap.model import Emotion, Journey, Touchpoint
from journeymap.renderers.emotion_curve.lines import EmotionLine, Look, persona_looks
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step, persona_of
from journeymap.scene.theme import Theme

MOST_PERSONAS = 5
"""More lines cannot be told apart."""

Bounds = tuple[float, float] | None


def _lines(values: Iterable[EmotionLine]) -> tuple[EmotionLine, ...]:
    return tuple(values)


def _bounds(values: Iterable[Bounds]) -> tuple[Bounds, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Chosen:
    """What is drawn beside the stages: the curve itself, and lines over it."""

    curve: bool
    """Whether the journey's own curve is there, with its faces; several personas have a line each instead."""
    lines: tuple[EmotionLine, ...] = field(default=(), converter=_lines)
    believed: EmotionLine | None = None
    """The one among the lines between which and the curve the gap is shaded."""
    bounds: tuple[Bounds, ...] = field(default=(), converter=_bounds)
    """Of the 95 % interval at each step, where it is known."""
    only_there: tuple[str, ...] = ()
    """Steps of the map to be that this map does not have."""


def chosen_lines(drawing: Drawing, *, personas: Sequence[str], to: Journey | None, believed: bool, engagement: bool) -> Chosen:
    """The lines as asked; RenderError for personas that are not there or too many, or a map to be that shares no step."""
    steps = [step for held in drawing.stages for step in held.steps]
    theme = drawing.theme
    lines: list[EmotionLine] = []
    for look, persona in zip(persona_looks(theme), _checked(drawing.journey, personas), strict=False):
        lines.append(_persona_line(drawing.journey, steps, persona, look))
    only_there: tuple[str, ...] = ()
    if to is not None:
        ghost, only_there = _to_be(drawing, steps, to)
        lines.append(ghost)
    thought = _believed(drawing.journey, steps, theme) if believed else None
    if thought is not None:
        lines.append(thought)
    if engagement:
        lines.extend(_engagement(steps, theme))
    bounds = () if personas else [_interval(step.emotion) for step in steps]
    return Chosen(curve=not personas, lines=lines, believed=thought, bounds=bounds, only_there=only_there)


def _checked(journey: Journey, personas: Sequence[str]) -> tuple[str, ...]:
    if isinstance(personas, str) or not all(isinstance(persona, str) for persona in personas):
        raise RenderError(f"personas={shown(personas)} is not a list of ids; for example personas=['ana', 'ben']")
    if len(personas) > MOST_PERSONAS:
        raise RenderError(f"{len(personas)} personas are more than can be told apart; give up to {MOST_PERSONAS}")
    return tuple(found.id for found in (persona_of(journey, persona) for persona in dict.fromkeys(personas)) if found)


def _persona_line(journey: Journey, steps: Sequence[Step], persona: str, look: Look) -> EmotionLine:
    def felt(step: Step) -> Emotion | None:
        if step.touchpoint is None:
            return step.stage.emotion
        return step.touchpoint.feeling(persona) if step.touchpoint.meets(persona) else None

    name = next(known.name for known in journey.personas if known.id == persona)
    return EmotionLine(name=name, short=name, look=look, valences=[_valence(felt(step)) for step in steps], text=journey.scale.print)


def _to_be(drawing: Drawing, steps: Sequence[Step], to: object) -> tuple[EmotionLine, tuple[str, ...]]:
    if not isinstance(to, Journey):
        raise RenderError(f"to={shown(to)} is not a Journey; give the map that this one is to become")
    who = drawing.persona.id if drawing.persona else None
    there = {touchpoint.id: touchpoint for touchpoint in to.touchpoints}
    here = {step.about for step in steps}
    if not here & there.keys():
        raise RenderError(f"{to.name!r} shares no step with {drawing.journey.name!r}; steps are matched by their ids")

    def felt(step: Step) -> Emotion | None:
        touchpoint: Touchpoint | None = there.get(step.about)
        return touchpoint.feeling(who) if touchpoint is not None else None

    line = EmotionLine(
        name=f"To be: {to.name}",
        short="To be",
        look=Look(colour=drawing.theme.ink_3, dash=(6, 5), mark="ring"),
        valences=[_valence(felt(step)) for step in steps],
        text=drawing.journey.scale.print,
    )
    return line, tuple(touchpoint.name for touchpoint in to.touchpoints if touchpoint.id not in here)


def _believed(journey: Journey, steps: Sequence[Step], theme: Theme) -> EmotionLine | None:
    values = [_valence(step.touchpoint.believed_emotion) if step.touchpoint else None for step in steps]
    if all(value is None for value in values):
        return None
    look = Look(colour=theme.truth, dash=(2, 5), mark="diamond")
    return EmotionLine(name="What the business believes", short="Believed", look=look, valences=values, text=journey.scale.print)


def _engagement(steps: Sequence[Step], theme: Theme) -> Iterable[EmotionLine]:
    """How gripping each step is, 1 to 5, on the same rules: 1 on the lowest, 5 on the highest."""
    values = [step.touchpoint.engagement if step.touchpoint else None for step in steps]
    if any(value is not None for value in values):
        yield EmotionLine(
            name="Engagement, 1 to 5 (the dramatic arc)",
            short="Engagement",
            look=Look(colour=theme.accent, dash=(10, 4), mark="square"),
            valences=[None if value is None else value - 3 for value in values],
            text=lambda valence: f"{valence + 3:g}",
        )


def _interval(emotion: Emotion | None) -> Bounds:
    """The 95 % interval of a mean whose n and spread are known (normal)."""
    if emotion is None or emotion.spread is None or emotion.n is None or emotion.n < 2:
        return None
    half = z_value() * emotion.spread / math.sqrt(emotion.n)
    return max(-2.0, emotion.valence - half), min(2.0, emotion.valence + half)


def _valence(emotion: Emotion | None) -> float | None:
    return None if emotion is None else emotion.valence
