"""One system of the swimlane: chevrons over columns, and the lanes under them, drawn from the top down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from journeymap.analysis.emotion import stage_emotion
from journeymap.model import Journey, Persona, Stage
from journeymap.renderers.columns import CARD_INSET, GUTTER, MARGIN, Part, System
from journeymap.renderers.emotion_plot import PlotPoint, emotion_axis, emotion_plot
from journeymap.renderers.frame import CHEVRON_HEIGHT, MEAN_WIDTH, chevron, heading, stage_mean
from journeymap.renderers.swimlane.lane import BODY, SIDE, SMALL, Cell, Lane, Pen, Step
from journeymap.renderers.swimlane.steps import StageSteps
from journeymap.renderers.swimlane.words import spoken_step
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import Theme

_LANE_PAD = 14.0
_BETWEEN_CARDS = 8.0
_LINE_PAD = 4.0
"""More room around a blueprint line, so that its pill keeps away from the cards."""
_UNIT = 48.0
"""Between two rules of the emotion plot: one point of valence."""
_ABOVE, _BELOW = 42.0, 58.0
"""Room for numbers over and under the plot."""
_TITLE = Style(13, weight=700)
_PHASE = Style(13, weight=600)
_PILL = Style(11, weight=600)
_PILL_HEIGHT = 20.0
_UNEMBEDDED = 1.12
"""A pill is this much wider than its text, for viewers that draw with another font."""
_HEADING_X = 28.0


@frozen(kw_only=True)
class Sheet:
    """What all systems of a map share."""

    journey: Journey
    persona: Persona | None
    stages: tuple[StageSteps, ...]
    lanes: tuple[Lane, ...]
    theme: Theme
    measure: Measure
    symbols: Symbols
    pen: Pen
    right: float
    """Where the widest system ends."""


@frozen(kw_only=True)
class _Place:
    """Where in a lane a cell goes."""

    step: Step
    cell: Cell
    x: float
    width: float
    under: float
    """How far below the lane's top, because something stands over it."""


def draw_system(sheet: Sheet, system: System, *, top: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a system that begins at ``top``, and the y where it ends."""
    shapes: list[Shape] = []
    top = _phases(sheet, system, top, shapes)
    heads, top_of_band = _chevrons(sheet, system, top)
    goals, y = _goals(sheet, system, top_of_band)
    content: list[Shape] = []
    card_bottom: float | None = None
    ruled = False
    for lane in sheet.lanes:
        if lane.name == "emotion":
            points = list(_points(sheet, system))
            if all(point.valence is None for point in points):
                continue
            if ruled:
                content.append(_rule(system, y, sheet.theme))
            drawn, y = _emotion(sheet, system, points, y, card_bottom)
        else:
            places = list(_places(sheet, system, lane))
            if not places:
                continue
            above = _line_name(sheet, system, lane)
            if above:
                y += _LINE_PAD
                content.extend(_blueprint_line(sheet, system, above, y))
                y += _LINE_PAD
            elif ruled:
                content.append(_rule(system, y, sheet.theme))
            drawn, y = _lane(sheet, lane, places, y)
        content.append(drawn)
        if lane.name == "steps":
            card_bottom = y - _LANE_PAD
        ruled = lane.name != "steps"
    shapes.extend(_bands(sheet, system, top_of_band, y))
    return (*shapes, heads, goals, *content), y


def _stage(sheet: Sheet, part: Part) -> Stage:
    return sheet.stages[part.stage].stage


def _places(sheet: Sheet, system: System, lane: Lane) -> Iterator[_Place]:
    """The cells of a lane: what a stage says of itself over all its columns, then what each step says, under it."""
    for part in system.parts:
        held = sheet.stages[part.stage]
        under = 0.0
        if held.whole is not None and not part.continued and lane.name != "steps":
            width = part.width - 2 * CARD_INSET
            cell = lane.cell(held.whole, evolve(sheet.pen, width=width))
            if cell is not None:
                yield _Place(step=held.whole, cell=cell, x=part.x + CARD_INSET, width=width, under=0.0)
                under = cell.height + _BETWEEN_CARDS
        for index in part.indices:
            cell = lane.cell(held.steps[index], sheet.pen) if index < len(held.steps) else None
            if cell is not None:
                x = part.left(index) + CARD_INSET
                yield _Place(step=held.steps[index], cell=cell, x=x, width=sheet.pen.width, under=under)


def _phases(sheet: Sheet, system: System, top: float, shapes: list[Shape]) -> float:
    """The headings over neighbouring stages of one phase; the y under them."""
    runs: list[list[Part]] = []
    for part in system.parts:
        if runs and _stage(sheet, runs[-1][-1]).phase == _stage(sheet, part).phase:
            runs[-1].append(part)
        else:
            runs.append([part])
    named = [(_stage(sheet, run[0]).phase, run) for run in runs if _stage(sheet, run[0]).phase]
    if not named:
        return top
    lines = {id(run): sheet.measure.wrap(phase, run[-1].right - run[0].x - 8, _PHASE) for phase, run in named}
    height = max(len(wrapped) for wrapped in lines.values()) * _PHASE.leading
    for phase, run in named:
        box = Box(x=run[0].x, y=top, width=run[-1].right - run[0].x, height=0)
        rule = top + height + 5
        shapes.append(
            Group(
                shapes=[
                    text_block(lines[id(run)], box=box, style=_PHASE, fill=sheet.theme.ink_2, measure=sheet.measure, lines_given=True),
                    Line(x1=box.x, y1=rule, x2=box.right, y2=rule, paint=Paint(stroke=sheet.theme.ink_3, width=1.5)),
                ],
                label=f"Phase: {phase}",
                role="phase",
            )
        )
    return top + height + 12


def _chevrons(sheet: Sheet, system: System, top: float) -> tuple[Group, float]:
    theme, measure = sheet.theme, sheet.measure
    shapes: list[Shape] = [_heading_line(sheet, "Stage", top + CHEVRON_HEIGHT / 2)]
    for index, part in enumerate(system.parts):
        stage = _stage(sheet, part)
        shapes.append(
            chevron(
                _stage_name(part, stage),
                number=str(part.stage + 1),
                box=Box(x=part.x, y=top, width=part.width, height=CHEVRON_HEIGHT),
                theme=theme,
                measure=measure,
                period=stage.period,
                first=index == 0,
                last=index == len(system.parts) - 1,
                about=stage.id,
            )
        )
    return Group(shapes=shapes, label="Stages", role="lane:stages"), top + CHEVRON_HEIGHT + 6


def _goals(sheet: Sheet, system: System, top: float) -> tuple[Group, float]:
    """Under each chevron the customer's goal, and the stage's mean emotion."""
    theme, measure = sheet.theme, sheet.measure
    shapes: list[Shape] = []
    height = 0.0
    for index, part in enumerate(system.parts):
        stage = _stage(sheet, part)
        fitted = heading(
            _stage_name(part, stage),
            width=part.width,
            measure=measure,
            period=stage.period,
            first=index == 0,
            last=index == len(system.parts) - 1,
        )
        period = stage.period if not fitted.period else ""
        goal = " \u00b7 ".join(text for text in (period, stage.goal) if text)
        mean = stage_emotion(stage, persona=sheet.persona.id if sheet.persona else None) if stage.touchpoints else None
        if goal:
            room = part.width - 2 * SIDE - (MEAN_WIDTH if mean is not None else 0)
            box = Box(x=part.x + SIDE, y=top + 12, width=room, height=0)
            text = text_block(goal, box=box, style=BODY, fill=theme.ink_2, measure=measure)
            shapes.append(text)
            height = max(height, text.box.height + 14)
        if mean is not None:
            middle = top + 12 + BODY.leading / 2
            drawn = stage_mean(
                mean,
                scale=sheet.journey.scale,
                right=part.right - SIDE,
                middle=middle,
                theme=theme,
                symbols=sheet.symbols,
                measure=measure,
            )
            said = f"{stage.name}: mean emotion {sheet.journey.scale.print(mean)}"
            shapes.append(Group(shapes=drawn, label=said, role="stage-mean", about=stage.id))
            height = max(height, 32.0)
    return Group(shapes=shapes, label="Goals and mean emotion of the stages", role="lane:goals"), top + height


def _bands(sheet: Sheet, system: System, top: float, bottom: float) -> Iterator[Shape]:
    for part in system.parts:
        box = Box(x=part.x, y=top, width=part.width, height=bottom - top)
        yield Rect(box=box, paint=Paint(fill=sheet.theme.band), radius=8)


def _lane(sheet: Sheet, lane: Lane, places: Sequence[_Place], top: float) -> tuple[Group, float]:
    equal = max((place.cell.height for place in places if place.cell.cards == 1 and not place.under), default=0.0)
    y = top + _LANE_PAD
    heads, bottom = _lane_head(sheet, lane.title, _caption(sheet, lane), lane.icon, y)
    shapes: list[Shape] = [*heads]
    for place in places:
        tall = equal if lane.equal and place.cell.cards == 1 and not place.under else place.cell.height
        box = Box(x=place.x, y=y + place.under, width=place.width, height=tall)
        if lane.name == "steps":
            label, role = spoken_step(place.step, sheet.journey), "touchpoint"
        else:
            label, role = f"{place.step.number} {lane.title}: {place.cell.label}", f"cell:{lane.name}"
        shapes.append(Group(shapes=place.cell.draw(box), label=label, role=role, about=place.step.about))
        bottom = max(bottom, box.bottom)
    return Group(shapes=shapes, label=lane.title, role=f"lane:{lane.name}"), bottom + _LANE_PAD


def _points(sheet: Sheet, system: System) -> Iterator[PlotPoint]:
    """A point for each step; for a stage whose steps have no emotion but which has one itself, one in its middle."""
    for part in system.parts:
        held = sheet.stages[part.stage]
        if held.whole is not None and held.whole.emotion is not None and all(step.emotion is None for step in held.steps):
            if not part.continued:
                yield _point(sheet, held.whole, part.x + part.width / 2)
            continue
        for index in part.indices:
            if index < len(held.steps):
                yield _point(sheet, held.steps[index], part.centre(index))


def _point(sheet: Sheet, step: Step, x: float) -> PlotPoint:
    return PlotPoint(
        x=x,
        valence=step.emotion.valence if step.emotion else None,
        text=sheet.journey.scale.print(step.emotion) if step.emotion else "",
        about=step.about,
        label=spoken_step(step, sheet.journey),
        moment=step.moment is not None,
    )


def _emotion(
    sheet: Sheet, system: System, points: Sequence[PlotPoint], top: float, card_bottom: float | None
) -> tuple[Group, float]:
    scale = sheet.journey.scale
    plot = Box(x=system.left, y=top + _ABOVE, width=system.right - system.left, height=4 * _UNIT)
    caption = f"{scale.print(-2.0)} to {scale.print(2.0)}"
    heads, _ = _lane_head(sheet, "Emotion", caption, "emotion", top + _LANE_PAD)
    labels = [scale.print(float(level)) for level in (-2, -1, 0, 1, 2)]
    axis = emotion_axis(
        right=system.left - 12, box=plot, labels=labels, theme=sheet.theme, symbols=sheet.symbols, measure=sheet.measure
    )
    curve = emotion_plot(
        points, box=plot, theme=sheet.theme, symbols=sheet.symbols, measure=sheet.measure, drop_from=card_bottom
    )
    return Group(shapes=[*heads, *axis, *curve], label="Emotion", role="lane:emotion"), plot.bottom + _BELOW


def _lane_head(sheet: Sheet, title: str, caption: str, icon: str | None, top: float) -> tuple[list[Shape], float]:
    """The lane's name in the gutter, with the y where it ends."""
    theme = sheet.theme
    x = MARGIN + _HEADING_X
    room = Box(x=x, y=top, width=MARGIN + GUTTER - 8 - x, height=0)
    shapes: list[Shape] = []
    if icon is not None:
        shapes.append(sheet.symbols.icon(icon, x=MARGIN, y=top, size=16, colour=theme.ink_2))
    name = text_block(title, box=room, style=_TITLE, fill=theme.ink, measure=sheet.measure)
    shapes.append(name)
    bottom = name.box.bottom
    if caption:
        below = Box(x=x, y=bottom + 2, width=room.width, height=0)
        text = text_block(caption, box=below, style=SMALL, fill=theme.ink_3, measure=sheet.measure)
        shapes.append(text)
        bottom = text.box.bottom
    return shapes, bottom


def _heading_line(sheet: Sheet, title: str, middle: float) -> Shape:
    return text_line(title, x=MARGIN, middle=middle, style=_TITLE, fill=sheet.theme.ink, measure=sheet.measure)


def _caption(sheet: Sheet, lane: Lane) -> str:
    if lane.name == "steps" and sheet.persona is not None:
        return f"What {sheet.persona.name} does"
    return lane.caption


def _line_name(sheet: Sheet, system: System, lane: Lane) -> str:
    """The blueprint line over a lane: support stands right under the line of visibility where nothing is backstage."""
    backstage = next((other for other in sheet.lanes if other.name == "backstage"), None)
    if lane.name != "support" or backstage is None or any(_places(sheet, system, backstage)):
        return lane.line_above
    return backstage.line_above


def _rule(system: System, y: float, theme: Theme) -> Line:
    return Line(x1=MARGIN, y1=y, x2=system.right, y2=y, paint=Paint(stroke=theme.hairline))


def _blueprint_line(sheet: Sheet, system: System, name: str, y: float) -> tuple[Shape, ...]:
    theme = sheet.theme
    width = sheet.measure.width(name, _PILL) * _UNEMBEDDED + 20
    pill = Box(x=system.right - width, y=y - _PILL_HEIGHT / 2, width=width, height=_PILL_HEIGHT)
    return (
        Line(x1=MARGIN, y1=y, x2=pill.x, y2=y, paint=Paint(stroke=theme.ink_3, width=1.75, dash=(9, 5))),
        Rect(box=pill, paint=Paint(fill=theme.paper, stroke=theme.ink_3, width=1.25), radius=_PILL_HEIGHT / 2),
        text_line(name, x=pill.centre, middle=y, style=_PILL, fill=theme.ink_2, measure=sheet.measure, anchor="middle"),
    )


def _stage_name(part: Part, stage: Stage) -> str:
    return f"{stage.name} (continued)" if part.continued else stage.name
