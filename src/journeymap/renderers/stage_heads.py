"""What stands over the columns of every map: phases, stage chevrons, the stages' goals and means; and the points of the curve."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import frozen

from journeymap.analysis.emotion import stage_emotion
from journeymap.model import Journey, Persona, Stage
from journeymap.renderers.columns import GUTTER, MARGIN, Part, System
from journeymap.renderers.emotion_plot import PlotPoint, axis_width, emotion_axis
from journeymap.renderers.frame import CHEVRON_HEIGHT, LANE_HEAD_INSET, chevron, heading, lane_head, stage_row
from journeymap.renderers.steps import StageSteps, Step
from journeymap.renderers.words import spoken_step
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import Theme

_TITLE = Style(13, weight=700)
_PHASE = Style(13, weight=600)
_CAPTION = Style(11)


@frozen(kw_only=True)
class Drawing:
    """What all systems of a map share."""

    journey: Journey
    persona: Persona | None
    stages: tuple[StageSteps, ...]
    theme: Theme
    measure: Measure
    symbols: Symbols

    def stage(self, part: Part) -> Stage:
        """The stage that a part shows."""
        return self.stages[part.stage].stage

    def steps(self, part: Part) -> Iterator[tuple[int, Step]]:
        """The steps that a part shows, with their place in the stage."""
        held = self.stages[part.stage].steps
        return ((index, held[index]) for index in part.indices if index < len(held))


def stage_heads(drawing: Drawing, system: System, *, top: float) -> tuple[tuple[Shape, ...], float, float]:
    """Phases and chevrons from ``top``, goals and means under them; the y where the bands begin, and where the heads end."""
    phases, top = _phases(drawing, system, top)
    chevrons = Group(shapes=_chevrons(drawing, system, top), label="Stages", role="lane:stages")
    band_top = top + CHEVRON_HEIGHT + 6
    rows = [_row(drawing, system, part, band_top) for part in system.parts]
    goals = Group(shapes=[shape for shapes, _ in rows for shape in shapes], label="Goals and mean emotion of the stages", role="lane:goals")
    return (*phases, chevrons, *([goals] if goals.shapes else [])), band_top, band_top + max(height for _, height in rows)


def stage_bands(drawing: Drawing, system: System, *, top: float, bottom: float) -> tuple[Shape, ...]:
    """The tint that each stage's columns stand on."""
    paint = Paint(fill=drawing.theme.band)
    return tuple(Rect(box=Box(x=part.x, y=top, width=part.width, height=bottom - top), paint=paint, radius=8) for part in system.parts)


def emotion_head(drawing: Drawing, *, plot: Box, top: float) -> tuple[Shape, ...]:
    """The heading of the emotion lane from ``top``, and the scale beside the plot."""
    theme, measure, symbols = drawing.theme, drawing.measure, drawing.symbols
    scale = drawing.journey.scale
    labels = [scale.print(float(level), decimals=scale.decimals + 1) for level in (-2, -1, 0, 1, 2)]
    right = plot.x - 12
    caption = f"{labels[0]} to {labels[-1]}"
    room = Box(x=MARGIN, y=top, width=right - axis_width(labels, measure=measure) - MARGIN, height=0)
    fits = measure.width(caption, _CAPTION) + LANE_HEAD_INSET <= room.width
    wide = Box(x=MARGIN, y=top, width=GUTTER, height=0)
    head, _ = lane_head("Emotion", caption if fits else "", icon="emotion", box=wide, theme=theme, symbols=symbols, measure=measure)
    return (*head, *emotion_axis(right=right, box=plot, labels=labels, theme=theme, symbols=symbols, measure=measure))


def curve_points(drawing: Drawing, system: System) -> tuple[PlotPoint, ...]:
    """A point for each step; for a stage that has an emotion where none of its steps has, one in the stage's middle."""
    return tuple(_points(drawing, system.parts))


def _points(drawing: Drawing, parts: Collection[Part]) -> Iterator[PlotPoint]:
    for part in parts:
        held = drawing.stages[part.stage]
        if held.whole is not None and held.whole in held.felt:
            if not part.continued:
                yield _point(drawing.journey, held.whole, part.x + part.width / 2)
            continue
        for index, step in drawing.steps(part):
            yield _point(drawing.journey, step, part.centre(index))


def _point(journey: Journey, step: Step, x: float) -> PlotPoint:
    return PlotPoint(
        x=x,
        valence=step.emotion.valence if step.emotion else None,
        text=journey.scale.print(step.emotion) if step.emotion else "",
        about=step.about,
        label=spoken_step(step, journey),
        moment=step.moment is not None,
    )


def _phases(drawing: Drawing, system: System, top: float) -> tuple[list[Shape], float]:
    """The headings over neighbouring stages of one phase, and the y under them."""
    runs: list[list[Part]] = []
    for part in system.parts:
        if runs and drawing.stage(runs[-1][-1]).phase == drawing.stage(part).phase:
            runs[-1].append(part)
        else:
            runs.append([part])
    named = [(phase, run[0].x, run[-1].right) for run in runs if (phase := drawing.stage(run[0]).phase)]
    if not named:
        return [], top
    theme, measure = drawing.theme, drawing.measure
    texts = [
        text_block(phase, box=Box(x=x, y=top, width=right - x - 8, height=0), style=_PHASE, fill=theme.ink_2, measure=measure)
        for phase, x, right in named
    ]
    rule = max(text.box.bottom for text in texts) + 5
    shapes = [
        Group(
            shapes=[text, Line(x1=x, y1=rule, x2=right, y2=rule, paint=Paint(stroke=theme.ink_3, width=1.5))],
            label=f"Phase: {phase}",
            role="phase",
        )
        for text, (phase, x, right) in zip(texts, named, strict=True)
    ]
    return [*shapes], rule + 7


def _chevrons(drawing: Drawing, system: System, top: float) -> Iterator[Shape]:
    theme, measure = drawing.theme, drawing.measure
    middle = top + CHEVRON_HEIGHT / 2
    yield text_line("Stage", x=MARGIN, middle=middle, style=_TITLE, fill=theme.ink, measure=measure, room=GUTTER - 8)
    for part in system.parts:
        stage = drawing.stage(part)
        yield chevron(
            _name(part, stage),
            number=str(part.stage + 1),
            box=Box(x=part.x, y=top, width=part.width, height=CHEVRON_HEIGHT),
            theme=theme,
            measure=measure,
            period=stage.period,
            first=part is system.parts[0],
            last=part is system.parts[-1],
            about=stage.id,
        )


def _row(drawing: Drawing, system: System, part: Part, top: float) -> tuple[tuple[Shape, ...], float]:
    """The goal, with the period where the chevron has no room for it, and the mean of more than one emotion."""
    stage = drawing.stage(part)
    fitted = heading(
        _name(part, stage),
        width=part.width,
        measure=drawing.measure,
        period=stage.period,
        first=part is system.parts[0],
        last=part is system.parts[-1],
    )
    goal = " \u00b7 ".join(text for text in ("" if fitted.period else stage.period, "" if part.continued else stage.goal) if text)
    felt = sum(step.emotion is not None for step in drawing.stages[part.stage].steps)
    mean = stage_emotion(stage, persona=drawing.persona.id if drawing.persona else None) if felt > 1 and not part.continued else None
    return stage_row(
        goal,
        mean,
        scale=drawing.journey.scale,
        box=Box(x=part.x, y=top, width=part.width, height=0),
        theme=drawing.theme,
        symbols=drawing.symbols,
        measure=drawing.measure,
    )


def _name(part: Part, stage: Stage) -> str:
    return f"{stage.name} (continued)" if part.continued else stage.name
