"""The emotion curve by itself: how it feels, step by step, under the stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from attrs import frozen

from journeymap.errors import RenderError
from journeymap.model import Journey
from journeymap.renderers.columns import GUTTER, MARGIN, MAX_WIDTH, Part, System, column_width, systems, widest
from journeymap.renderers.emotion_curve.chosen import Chosen, chosen_lines
from journeymap.renderers.emotion_curve.lines import SAMPLE, drawn_line, gap_between, gap_paint, interval_band, interval_paint, sample
from journeymap.renderers.emotion_plot import PlotPoint, emotion_plot, turning_notes
from journeymap.renderers.frame import KeyItem, footer, key_items, key_row, lane_head, least_column, scope_line, title_block
from journeymap.renderers.stage_heads import Drawing, curve_points, emotion_head, stage_bands, stage_heads
from journeymap.renderers.steps import Step, doer, persona_of, steps_by_stage
from journeymap.renderers.words import description
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
_SMALL = Style(12)


@frozen(kw_only=True)
class _Page:
    drawing: Drawing
    chosen: Chosen
    notes: Mapping[str, str]
    places: Mapping[str, int]
    """Where in the order of all steps each stands."""


def emotion_curve(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    personas: Sequence[str] = (),
    to: Journey | None = None,
    believed: bool = False,
    engagement: bool = False,
    max_width: float = MAX_WIDTH,
) -> Scene:
    """The emotion curve over the stages, with every step named under its point.

    ``persona`` is the id of the one whose curve it is. Over it, further lines may be drawn: ``personas`` gives a line to each of
    up to five instead of the one curve; ``to`` is the map that this one is to become, a ghost beside it, steps matched by id;
    ``believed`` shows what the business thinks that customers feel, and shades the gap; ``engagement`` the dramatic arc. Where
    the n and the spread of an emotion are known, a band shows its 95 % interval. A journey wider than ``max_width`` px breaks into
    systems between its stages. RenderError if there is no such persona, or more than five, or if ``to`` shares no step.
    """
    if personas and persona is not None:
        raise RenderError("the curve is that of one persona or has a line for each of several; give persona= or personas=, not both")
    chosen = None if personas else persona_of(journey, persona)
    measure, symbols = Measure(), Symbols()
    stages = steps_by_stage(journey, chosen.id if chosen else None)
    steps = [step for held in stages for step in held.steps]
    drawing = Drawing(journey=journey, persona=chosen, stages=stages, theme=theme, measure=measure, symbols=symbols)
    column = column_width(
        [step.name for step in steps],
        columns=len(steps),
        style=_NAME,
        measure=measure,
        wanted=_COLUMNS_WIDE,
        least=least_column(((held.stage.name, len(held.steps)) for held in stages), measure=measure),
    )
    rows = systems([len(held.steps) for held in stages], column=column, limit=widest(max_width) - MARGIN)
    points = [point for row in rows for point in curve_points(drawing, row)]
    page = _Page(
        drawing=drawing,
        chosen=chosen_lines(drawing, personas=personas, to=to, believed=believed, engagement=engagement),
        notes=turning_notes(points),
        places={step.about: place for place, step in enumerate(steps)},
    )
    right = max([row.right for row in rows] + [MARGIN + _LEAST_WIDE])
    box = Box(x=MARGIN, y=40, width=right - MARGIN, height=0)
    title, height = title_block(
        journey.name, scope_line(journey, persona=chosen), box=box, theme=theme, measure=measure, scenario=journey.scenario
    )
    shapes: list[Shape] = [Group(shapes=title, role="title")]
    y = box.y + height + 26
    for number, row in enumerate(rows):
        drawn, y = _system(page, row, top=y + (_BETWEEN_SYSTEMS if number else 0))
        shapes.append(Group(shapes=drawn, role="system"))
    if not rows:
        shapes.append(text_block("This journey has no stages yet.", box=_at(box, y), style=_NOTE, fill=theme.ink_2, measure=measure))
        y += _NOTE.leading
    if page.chosen.only_there:
        words = f"Only in the map to be: {', '.join(page.chosen.only_there)}."
        told = text_block(words, box=_at(box, y + 8), style=_SMALL, fill=theme.ink_2, measure=measure)
        shapes.append(told)
        y = told.box.bottom
    items = _key(page, felt=any(point.valence is not None for point in points))
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
        description=description(journey, chosen, stages),
        language=journey.language,
        paper=theme.paper,
        symbols=symbols.collected(),
    )


def _key(page: _Page, *, felt: bool) -> tuple[KeyItem, ...]:
    drawing, chosen = page.drawing, page.chosen
    steps = [step for held in drawing.stages for step in held.steps]
    moments = any(step.moment is not None for step in steps)
    faces = key_items(levels=range(1, 6) if felt else (), scale=drawing.journey.scale, moments=moments and chosen.curve)
    lines = [KeyItem(text=line.name, drawn=sample(line.look, drawing.theme), width=SAMPLE) for line in chosen.lines]
    paints = []
    if any(chosen.bounds):
        paints.append(("95% interval of the mean", interval_paint(drawing.theme)))
    if chosen.believed is not None:
        paints.append(("Perception gap", gap_paint(drawing.theme)))
    areas = [KeyItem(text=text, drawn=partial(_swatch, paint), width=26) for text, paint in paints]
    return (*faces, *lines, *areas)


def _swatch(paint: Paint, x: float, middle: float) -> Sequence[Shape]:
    return (Rect(box=Box(x=x, y=middle - 7, width=26, height=14), paint=paint, radius=3),)


def _system(page: _Page, system: System, *, top: float) -> tuple[list[Shape], float]:
    """One row of stages with its curve, and the y where it ends."""
    drawing = page.drawing
    heads, band_top, y = stage_heads(drawing, system, top=top)
    points = curve_points(drawing, system)
    shapes: list[Shape] = []
    if any(point.valence is not None for point in points) or any(_known(page, system)):
        plot = Box(x=system.left, y=y + _ABOVE, width=system.right - system.left, height=4 * _UNIT)
        shapes.append(_emotion(page, system, points, plot, star_middle=plot.y - _ABOVE + 14))
        y = plot.bottom + _BELOW
        shapes.append(Line(x1=MARGIN, y1=y - 12, x2=system.right, y2=y - 12, paint=Paint(stroke=drawing.theme.hairline)))
    else:
        shapes.append(_unknown(page, system, y))
        y += _NOTE.leading + 40
    head, height = _steps_head(page, Box(x=MARGIN, y=y, width=GUTTER, height=0))
    names = [_name(page, step, part, index, y) for part in system.parts for index, step in drawing.steps(part)]
    shapes.append(Group(shapes=[*head, *(group for group, _ in names)], label="Steps", role="lane:steps"))
    bottom = max([y + height, *(name_bottom for _, name_bottom in names)]) + 16
    return [*stage_bands(drawing, system, top=band_top, bottom=bottom), *heads, *shapes], bottom


def _known(page: _Page, system: System) -> Iterator[bool]:
    places = [page.places[step.about] for part in system.parts for _, step in page.drawing.steps(part)]
    return (line.valences[place] is not None for line in page.chosen.lines for place in places)


def _emotion(page: _Page, system: System, points: Sequence[PlotPoint], plot: Box, *, star_middle: float) -> Group:
    drawing, chosen = page.drawing, page.chosen
    columns = [(part.centre(index), page.places[step.about]) for part in system.parts for index, step in drawing.steps(part)]
    xs, places = [x for x, _ in columns], [place for _, place in columns]
    theme, measure, symbols = drawing.theme, drawing.measure, drawing.symbols
    head = emotion_head(drawing, plot=plot, top=plot.y - _ABOVE + 8)
    stars = [
        symbols.icon("star", x=point.x - _STAR / 2, y=star_middle - _STAR / 2, size=_STAR, colour=theme.truth)
        for point in points
        if chosen.curve and point.moment and point.valence is not None
    ]
    below: list[Shape] = []
    if any(chosen.bounds):
        below += interval_band(xs, [chosen.bounds[place] for place in places], box=plot, theme=theme)
    if chosen.believed is not None:
        felt = {point.about: point.valence for point in points}
        own = [felt.get(step.about) for part in system.parts for _, step in drawing.steps(part)]
        below += gap_between(xs, own, [chosen.believed.valences[place] for place in places], box=plot, theme=theme)
    lines = [
        drawn_line(xs, [line.valences[place] for place in places], look=line.look, name=line.name, box=plot, theme=theme)
        for line in chosen.lines
    ]
    rules = emotion_plot((), box=plot, theme=theme, symbols=symbols, measure=measure)
    curve = emotion_plot(
        points if chosen.curve else (),
        marks=[
            (x, plot.y + (2 - valence) / 4 * plot.height)
            for line in chosen.lines
            for x, place in columns
            if (valence := line.valences[place]) is not None
        ],
        box=plot,
        theme=theme,
        symbols=symbols,
        measure=measure,
        drop_from=star_middle + _STAR / 2 + 2,
        notes=page.notes,
        radius=_FACE,
    )
    return Group(shapes=[*head, *rules, *below, *lines, *curve[len(rules) :], *stars], label="Emotion", role="lane:emotion")


def _unknown(page: _Page, system: System, top: float) -> Group:
    """Where nobody knows how it feels, the picture says so in words, in the first stage."""
    drawing, part = page.drawing, system.parts[0]
    room = Box(x=MARGIN, y=top + 20, width=GUTTER, height=0)
    head, _ = lane_head("Emotion", "", icon="emotion", box=room, theme=drawing.theme, symbols=drawing.symbols, measure=drawing.measure)
    box = Box(x=part.x + _SIDE + 2, y=top + 18, width=part.width - 2 * _SIDE, height=0)
    note = text_block("Not known yet", box=box, style=_NOTE, fill=drawing.theme.ink_2, measure=drawing.measure)
    return Group(shapes=[*head, note], label="Emotion: not known yet", role="lane:emotion")


def _steps_head(page: _Page, box: Box) -> tuple[tuple[Shape, ...], float]:
    """In the gutter beside the names; a map kept at the level of stages has feelings there, but no steps."""
    drawing = page.drawing
    steps = any(step.touchpoint is not None for held in drawing.stages for step in held.steps)
    caption = f"What {doer(drawing.persona)} does" if steps else ""
    title, icon = ("Steps", "steps") if steps else ("Feeling", "thoughts")
    return lane_head(title, caption, icon=icon, box=box, theme=drawing.theme, symbols=drawing.symbols, measure=drawing.measure)


def _name(page: _Page, step: Step, part: Part, index: int, top: float) -> tuple[Group, float]:
    """Number, name and feeling of a step under its point, and the y where they end; of a stage only the feeling."""
    theme, measure = page.drawing.theme, page.drawing.measure
    box = Box(x=part.left(index) + _SIDE, y=top, width=part.column - 2 * _SIDE, height=0)
    shapes: list[Shape] = []
    bottom = top
    if step.touchpoint is not None:
        shapes += _number(page, step, box=box)
        lines = _balanced(step.name, box.width, _NAME, measure)
        name = text_block(lines, box=_at(box, top + 20), style=_NAME, fill=theme.ink, measure=measure, anchor="middle", lines_given=True)
        shapes.append(name)
        bottom = name.box.bottom + 4
    if step.emotion is not None and step.emotion.label not in ("", page.drawing.journey.scale.print(step.emotion)):
        style, fill = _FEELING, theme.quote
        feeling = text_block(step.emotion.label, box=_at(box, bottom), style=style, fill=fill, measure=measure, anchor="middle")
        shapes.append(feeling)
        bottom = feeling.box.bottom
    for line in page.chosen.lines:
        valence = line.valences[page.places[step.about]]
        if valence is not None:
            words = f"{line.short} {line.text(valence)}"
            value = text_block(words, box=_at(box, bottom), style=_SMALL, fill=theme.ink_2, measure=measure, anchor="middle")
            shapes.append(value)
            bottom = value.box.bottom
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
    theme, measure = page.drawing.theme, page.drawing.measure
    middle = box.y + 8
    style, room = _NUMBER, box.width
    if step.moment is None:
        yield text_line(
            step.number, x=box.centre, middle=middle, style=style, fill=theme.ink_3, measure=measure, anchor="middle", room=room
        )
        return
    left = box.centre - (measure.width(step.number, style) + 18) / 2
    yield page.drawing.symbols.icon("star", x=left, y=middle - 7, size=14, colour=theme.truth)
    yield text_line(step.number, x=left + 18, middle=middle, style=style, fill=theme.ink, measure=measure, room=box.right - left - 18)


def _at(box: Box, y: float) -> Box:
    return Box(x=box.x, y=y, width=box.width, height=0)
