"""The emotion curve by itself: how it feels, step by step, under the stages."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from journeymap.analysis import stage_emotion
from journeymap.model import Journey, Persona, Stage
from journeymap.renderers.columns import GUTTER, MARGIN, Part, System, column_width, systems
from journeymap.renderers.emotion_plot import PlotPoint, emotion_axis, emotion_plot, lowest_points
from journeymap.renderers.frame import (
    CHEVRON_HEIGHT,
    chevron,
    footer,
    heading,
    key_items,
    key_row,
    lane_head,
    least_column,
    scope_line,
    stage_row,
    title_block,
)
from journeymap.renderers.swimlane.lane import Step
from journeymap.renderers.swimlane.steps import StageSteps, persona_of, steps_by_stage
from journeymap.renderers.swimlane.words import description, spoken_step
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

_UNIT = 64.0
"""Between two rules: one point of valence."""
_ABOVE = 60.0
_BELOW = 84.0
"""Room for numbers, stars and notes over and under the plot."""
_FACE = 18.0
_STAR = 16.0
_COLUMNS_WIDE = 1000.0
"""How wide the columns of a short map are together, if they may."""
_LEAST_WIDE = 720.0
"""The sheet without its margins."""
_BETWEEN_SYSTEMS = 44.0
_SIDE = 8.0
"""Between a column's edge and its text."""

_NAME = Style(13, weight=500)
_NUMBER = Style(11.5, weight=600)
_FEELING = Style(12, italic=True)
_NOTE = Style(15)
_STAGE = Style(13, weight=700)


@frozen(kw_only=True)
class _Page:
    journey: Journey
    persona: Persona | None
    stages: tuple[StageSteps, ...]
    lowest: tuple[str, ...]
    theme: Theme
    symbols: Symbols
    measure: Measure


def emotion_curve(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None) -> Scene:
    """The emotion curve over the stages, with every step named under its point.

    ``persona`` is the id of the one whose curve it is; RenderError if there is none such. A journey of many steps breaks
    into systems between its stages.
    """
    chosen = persona_of(journey, persona)
    measure, symbols = Measure(), Symbols()
    stages = steps_by_stage(journey, chosen.id if chosen else None)
    steps = [step for held in stages for step in held.steps]
    points = [_plot_point(journey, step, x=0) for step in steps]
    page = _Page(
        journey=journey,
        persona=chosen,
        stages=stages,
        lowest=lowest_points(points),
        theme=theme,
        symbols=symbols,
        measure=measure,
    )
    column = column_width(
        [step.name for step in steps],
        columns=len(steps),
        style=_NAME,
        measure=measure,
        wanted=_COLUMNS_WIDE,
        least=least_column(((held.stage.name, len(held.steps)) for held in stages), measure=measure),
    )
    rows = systems([len(held.steps) for held in stages], column=column)
    right = max([row.right for row in rows] + [MARGIN + _LEAST_WIDE])
    box = Box(x=MARGIN, y=40, width=right - MARGIN, height=0)
    title, height = title_block(journey.name, scope_line(journey, persona=chosen), box=box, theme=theme, measure=measure)
    shapes: list[Shape] = [Group(shapes=title, role="title")]
    y = box.y + height + 26
    for number, row in enumerate(rows):
        drawn, y = _system(page, row, top=y + (_BETWEEN_SYSTEMS if number else 0))
        shapes += drawn
    if not rows:
        shapes.append(text_block("This journey has no stages yet.", box=_at(box, y), style=_NOTE, fill=theme.ink_2, measure=measure))
        y += _NOTE.leading
    items = key_items(
        levels=[step.emotion.level for step in steps if step.emotion is not None],
        scale=journey.scale,
        moments=any(step.moment is not None and step.emotion is not None for step in steps),
    )
    key, height = key_row(items, box=Box(x=MARGIN, y=y + 16, width=box.width, height=0), theme=theme, symbols=symbols, measure=measure)
    shapes.append(Group(shapes=key, label="Key", role="key"))
    y += 16 + height + 10
    foot, height = footer(journey, box=Box(x=MARGIN, y=y, width=box.width, height=0), theme=theme, measure=measure)
    shapes.append(Group(shapes=foot, role="footer"))
    return Scene(
        width=right + MARGIN,
        height=y + height + 36,
        shapes=shapes,
        title=f"{journey.name}: emotion curve",
        description=description(journey, chosen, steps),
        language=journey.language,
        paper=theme.paper,
        symbols=symbols.collected(),
    )


def _system(page: _Page, system: System, *, top: float) -> tuple[list[Shape], float]:
    """One row of stages with its curve, and the y where it ends."""
    theme = page.theme
    chevrons = [*_chevrons(page, system, top)]
    band_top = top + CHEVRON_HEIGHT + 6
    rows = [_stage_row(page, part, system, band_top) for part in system.parts]
    row_height = max(height for _, height in rows)
    plot = Box(x=system.left, y=band_top + row_height + _ABOVE, width=system.right - system.left, height=4 * _UNIT)
    columns = [
        (part, index, step) for part in system.parts for index, step in enumerate(page.stages[part.stage].steps) if index in part.indices
    ]
    names_top = plot.bottom + _BELOW
    names = [_name(page, step, part, index, names_top) for part, index, step in columns]
    gutter = Box(x=MARGIN, y=names_top, width=GUTTER, height=0)
    head, head_height = _steps_head(page, gutter)
    bottom = max([names_top + head_height, *(name_bottom for _, name_bottom in names)]) + 16
    bands = [
        Rect(box=Box(x=part.x, y=band_top, width=part.width, height=bottom - band_top), paint=Paint(fill=theme.band), radius=8)
        for part in system.parts
    ]
    rule = Line(x1=MARGIN, y1=names_top - 12, x2=system.right, y2=names_top - 12, paint=Paint(stroke=theme.hairline))
    return [
        *bands,
        Group(shapes=chevrons, label="Stages", role="lane:stages"),
        *(Group(shapes=drawn, role="lane:goals") for drawn, _ in rows if drawn),
        _emotion(page, columns, plot, star_middle=plot.y - _ABOVE + 14),
        rule,
        Group(shapes=[*head, *(group for group, _ in names)], label="Steps", role="lane:steps"),
    ], bottom


def _chevrons(page: _Page, system: System, top: float) -> Iterator[Shape]:
    theme, measure = page.theme, page.measure
    middle = top + CHEVRON_HEIGHT / 2
    yield text_line("Stage", x=MARGIN, middle=middle, style=_STAGE, fill=theme.ink, measure=measure, room=GUTTER - 8)
    for part in system.parts:
        stage = page.stages[part.stage].stage
        yield chevron(
            _stage_name(part, stage),
            number=str(part.stage + 1),
            box=Box(x=part.x, y=top, width=part.width, height=CHEVRON_HEIGHT),
            theme=theme,
            measure=measure,
            period=stage.period,
            first=part is system.parts[0],
            last=part is system.parts[-1],
            about=stage.id,
        )


def _stage_row(page: _Page, part: Part, system: System, top: float) -> tuple[tuple[Shape, ...], float]:
    stage, steps = page.stages[part.stage].stage, page.stages[part.stage].steps
    fitted = heading(
        _stage_name(part, stage),
        width=part.width,
        measure=page.measure,
        period=stage.period,
        first=part is system.parts[0],
        last=part is system.parts[-1],
    )
    goal = " \u00b7 ".join(text for text in ("" if fitted.period else stage.period, "" if part.continued else stage.goal) if text)
    felt = sum(step.emotion is not None for step in steps)
    mean = stage_emotion(stage, persona=page.persona.id if page.persona else None) if felt != 1 and not part.continued else None
    return stage_row(
        goal,
        mean,
        scale=page.journey.scale,
        box=Box(x=part.x, y=top, width=part.width, height=0),
        theme=page.theme,
        symbols=page.symbols,
        measure=page.measure,
    )


def _emotion(page: _Page, columns: list[tuple[Part, int, Step]], plot: Box, *, star_middle: float) -> Group:
    theme, measure, symbols = page.theme, page.measure, page.symbols
    labels = [page.journey.scale.print(float(valence)) for valence in (-2, -1, 0, 1, 2)]
    head, _ = lane_head(
        "Emotion",
        f"{labels[0]} to {labels[-1]}",
        icon="emotion",
        box=Box(x=MARGIN, y=plot.y - _ABOVE + 8, width=GUTTER, height=0),
        theme=theme,
        symbols=symbols,
        measure=measure,
    )
    points = [_plot_point(page.journey, step, x=part.centre(index)) for part, index, step in columns]
    stars = [
        symbols.icon("star", x=point.x - _STAR / 2, y=star_middle - _STAR / 2, size=_STAR, colour=theme.truth)
        for point in points
        if point.moment and point.valence is not None
    ]
    axis = emotion_axis(right=plot.x - 12, box=plot, labels=labels, theme=theme, symbols=symbols, measure=measure)
    drop_from = star_middle + _STAR / 2 + 2
    curve = emotion_plot(
        points,
        box=plot,
        theme=theme,
        symbols=symbols,
        measure=measure,
        drop_from=drop_from,
        lowest=page.lowest,
        radius=_FACE,
    )
    shapes: list[Shape] = [*head, *axis, *curve, *stars]
    if all(step.emotion is None for held in page.stages for step in held.steps):
        between = Box(x=plot.x + _SIDE, y=plot.y + 1.5 * _UNIT - _NOTE.leading / 2, width=plot.width - 2 * _SIDE, height=0)
        note = "No step has an emotion yet."
        shapes.append(text_block(note, box=between, style=_NOTE, fill=theme.ink_2, measure=measure, anchor="middle", halo=theme.band))
    return Group(shapes=shapes, label="Emotion", role="lane:emotion")


def _steps_head(page: _Page, box: Box) -> tuple[tuple[Shape, ...], float]:
    """In the gutter beside the names; a map kept at the level of stages has feelings there, but no steps."""
    steps = any(step.touchpoint is not None for held in page.stages for step in held.steps)
    caption = f"What {page.persona.name} does" if page.persona and steps else ""
    title, icon = ("Steps", "steps") if steps else ("Feeling", "thoughts")
    return lane_head(title, caption, icon=icon, box=box, theme=page.theme, symbols=page.symbols, measure=page.measure)


def _name(page: _Page, step: Step, part: Part, index: int, top: float) -> tuple[Group, float]:
    """Number, name and feeling of a step under its point, and the y where they end; of a stage only the feeling."""
    theme, measure = page.theme, page.measure
    box = Box(x=part.left(index) + _SIDE, y=top, width=part.column - 2 * _SIDE, height=0)
    shapes: list[Shape] = []
    bottom = top
    if step.touchpoint is not None:
        shapes += _number(page, step, box=box)
        lines = _balanced(step.name, box.width, _NAME, measure)
        name = text_block(lines, box=_at(box, top + 20), style=_NAME, fill=theme.ink, measure=measure, anchor="middle", lines_given=True)
        shapes.append(name)
        bottom = name.box.bottom + 4
    if step.emotion is not None and step.emotion.label not in ("", page.journey.scale.print(step.emotion)):
        style, fill = _FEELING, theme.quote
        feeling = text_block(step.emotion.label, box=_at(box, bottom), style=style, fill=fill, measure=measure, anchor="middle")
        shapes.append(feeling)
        bottom = feeling.box.bottom
    return Group(shapes=shapes, label=f"{step.number} {step.name}", role="touchpoint", about=step.about), bottom


def _balanced(text: str, width: float, style: Style, measure: Measure) -> tuple[str, ...]:
    """The lines of a centred text: as few as the width allows, and about equally long."""
    lines = measure.wrap(text, width, style)
    if len(lines) == 1:
        return lines
    share = sum(measure.width(line, style) for line in lines) / len(lines)
    for slack in (1.1, 1.25):
        narrower = max(measure.longest_word(text, style), share * slack)
        if narrower < width and len(even := measure.wrap(text, narrower, style)) == len(lines):
            return even
    return lines


def _number(page: _Page, step: Step, *, box: Box) -> Iterator[Shape]:
    theme, measure = page.theme, page.measure
    middle = box.y + 8
    style, room = _NUMBER, box.width
    if step.moment is None:
        yield text_line(
            step.number, x=box.centre, middle=middle, style=style, fill=theme.ink_3, measure=measure, anchor="middle", room=room
        )
        return
    left = box.centre - (measure.width(step.number, style) + 18) / 2
    yield page.symbols.icon("star", x=left, y=middle - 7, size=14, colour=theme.truth)
    yield text_line(step.number, x=left + 18, middle=middle, style=style, fill=theme.ink, measure=measure, room=box.right - left - 18)


def _plot_point(journey: Journey, step: Step, *, x: float) -> PlotPoint:
    return PlotPoint(
        x=x,
        valence=step.emotion.valence if step.emotion is not None else None,
        text=journey.scale.print(step.emotion) if step.emotion is not None else "",
        about=step.about,
        label=spoken_step(step, journey),
        moment=step.moment is not None,
    )


def _stage_name(part: Part, stage: Stage) -> str:
    return f"{stage.name} (continued)" if part.continued else stage.name


def _at(box: Box, y: float) -> Box:
    return Box(x=box.x, y=y, width=box.width, height=0)
