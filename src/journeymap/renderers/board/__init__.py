"""The board: one column a stage with what matters most in it, so few words that they can be read on a slide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from journeymap.model import Journey, Metric, Stage
from journeymap.renderers.board.chosen import Column, column_of, spoken_mean, told
from journeymap.renderers.board.head import board_heading
from journeymap.renderers.columns import CARD_INSET, GAP, GUTTER, MARGIN, Part, System, systems, widest
from journeymap.renderers.emotion_plot import PlotPoint, axis_width, emotion_axis, emotion_plot, lowest_notes
from journeymap.renderers.frame import CHEVRON_HEIGHT, chevron, heading
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, finished, note, row_of
from journeymap.renderers.stage_heads import Drawing, stage_bands
from journeymap.renderers.swimlane.cells import opportunities, pains
from journeymap.renderers.swimlane.lane import SIDE, Cell, Pen
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Group, Line, Paint, Shape
from journeymap.scene.text import Style, text_block
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["board"]

SLIDE = 1600.0
"""The widest sheet unless asked otherwise: shown on a slide of 13.33 inches, its text has 9 points."""
_USUAL, _NARROWEST, _WIDEST = 232.0, 200.0, 340.0
"""The width of a column: as a rule, where one row holds all stages only so, and where there are few."""
_FULL = 1470.0
"""What a board of few stages is widened to, so that it has the shape of a slide."""
_BODY = Style(15)
_LANE = Style(15, weight=600)
_CAPTION = Style(12)
_FIGURE = Style(19, weight=700)
_FIGURE_CAPTION = Style(13)
_PAD = 13.0
_UNIT = 39.0
_ABOVE, _BELOW = 42.0, 52.0
_AXIS_BESIDE = 58.0
"""The words of a scale that is wider stand under the name of the lane, not beside it."""
_BETWEEN = 40.0
_ASIDE = 48.0
"""From the middle of a column to the range of its steps, clear of the mean's number and note."""
_END = 3.0
"""The radius of the dots at the ends of a range."""


def _columns(values: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(values)


@frozen(kw_only=True)
class _Board:
    drawing: Drawing
    columns: tuple[Column, ...] = field(converter=_columns)
    pen: Pen
    points: tuple[PlotPoint, ...]
    notes: Mapping[str, str]
    """The lowest of all stages by their ids, where it is below neutral."""


def board(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = SLIDE) -> Scene:
    """One column a stage: the customer's goal, the mean emotion, the worst pain, the best opportunity, and one metric.

    The worst pain is the most severe, then the most frequent; the best opportunity that with the most impact, then the least effort;
    the metric is the stage's own, else the first of its steps. What is not known stays empty. ``persona`` is the id of the one whose
    journey is shown. Stages that do not fit beside each other in ``max_width`` px stand in further rows. RenderError if there is no such
    persona.
    """
    drawing = drawing_of(journey, theme, persona)
    columns = [column_of(drawing, index) for index in range(len(drawing.stages))]
    limit = widest(max_width)
    per_row, width = _shape(len(columns), limit)
    rows = systems([1] * len(columns), column=width, limit=MARGIN + GUTTER + per_row * (width + GAP))
    pen = Pen(theme=theme, measure=drawing.measure, symbols=drawing.symbols, width=width - 2 * CARD_INSET, body=_BODY)
    points = [_point(drawing, columns[part.stage], part) for row in rows for part in row.parts]
    notes = lowest_notes(points) if any((point.valence or 0.0) < 0 for point in points) else {}
    sheet = _Board(drawing=drawing, columns=columns, pen=pen, points=tuple(points), notes=notes)
    paper = max([row.right + MARGIN for row in rows] + [2 * MARGIN + min(LEAST_WIDE, limit - 2 * MARGIN)])
    top, y = board_heading(drawing, width=paper)
    shapes: list[Shape] = [*top]
    y += 20
    for number, row in enumerate(rows):
        drawn, y = _system(sheet, row, top=y + (_BETWEEN if number else 0))
        shapes.append(row_of(drawn))
    if not rows:
        said = note(drawing, "This journey has no stages yet.", top=y, width=paper)
        shapes.append(said)
        y = said.box.bottom
    entries = [_range_entry(theme)] if any(column.low is not None for column in columns) else []
    return finished(drawing, shapes, what="board", description=told(journey, columns), bottom=y, width=paper, entries=entries)


def _shape(count: int, limit: float) -> tuple[int, float]:
    """How many stages stand in a row, and how wide each is: all in one row if need be narrower, else rows of equal length."""
    room = limit - 2 * MARGIN - GUTTER
    if count and (one := (min(room, _FULL - 2 * MARGIN - GUTTER) - (count - 1) * GAP) / count) >= _USUAL:
        return count, min(one, _WIDEST)
    if count and (one := (room - (count - 1) * GAP) / count) >= _NARROWEST:
        return count, min(one, _USUAL)
    most = max(int((room + GAP) // (_USUAL + GAP)), 1)
    per_row = -(-count // -(-count // most)) if count else 1
    return per_row, min(_USUAL, room) if per_row == 1 else _USUAL


def _point(drawing: Drawing, column: Column, part: Part) -> PlotPoint:
    return PlotPoint(
        x=part.x + part.width / 2,
        valence=column.mean,
        text="" if column.mean is None else drawing.journey.scale.print(column.mean),
        about=column.stage.id,
        label=f"Stage {column.number}, {column.stage.name}: mean emotion {spoken_mean(drawing.journey, column)}",
    )


def _system(sheet: _Board, row: System, *, top: float) -> tuple[list[Shape], float]:
    """A row of stages from ``top``, lane under lane, and the y where it ends."""
    drawing, theme = sheet.drawing, sheet.drawing.theme
    heads = [_chevron(drawing, row, part, top) for part in row.parts]
    band_top = y = top + CHEVRON_HEIGHT + 6
    content: list[Shape] = []
    for draw in (_goals, _emotion, _pains, _bets, _metrics):
        drawn, bottom = draw(sheet, row, y)
        if not drawn:
            continue
        if content:
            content.append(Line(x1=MARGIN, y1=y, x2=row.right, y2=y, paint=Paint(stroke=theme.hairline, width=1.5)))
        content += drawn
        y = bottom
    bands = stage_bands(drawing, row, top=band_top, bottom=y) if content else ()
    stages = Group(shapes=heads, label="Stages", role="lane:stages")
    return [*bands, stages, *content], y


def _chevron(drawing: Drawing, row: System, part: Part, top: float) -> Group:
    stage = drawing.stage(part)
    return chevron(
        stage.name,
        number=str(part.stage + 1),
        box=Box(x=part.x, y=top, width=part.width, height=CHEVRON_HEIGHT),
        theme=drawing.theme,
        measure=drawing.measure,
        period=stage.period,
        first=part is row.parts[0],
        last=part is row.parts[-1],
        about=stage.id,
    )


def _head(sheet: _Board, title: str, caption: str, icon: str, top: float) -> tuple[list[Shape], float]:
    """The name of a lane beside it, and the y where it ends."""
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    room = Box(x=MARGIN + 30, y=top, width=GUTTER - 42, height=0)
    name = text_block(title, box=room, style=_LANE, fill=theme.ink, measure=measure)
    shapes: list[Shape] = [sheet.drawing.symbols.icon(icon, x=MARGIN, y=top + 1, size=18, colour=theme.ink_2), name]
    if caption:
        below = Box(x=room.x, y=name.box.bottom + 1, width=room.width, height=0)
        name = text_block(caption, box=below, style=_CAPTION, fill=theme.ink_3, measure=measure)
        shapes.append(name)
    return shapes, name.box.bottom


def _lane(
    sheet: _Board, top: float, cells: Sequence[tuple[Part, Cell, str]], *, name: str, title: str, caption: str, icon: str
) -> tuple[list[Shape], float]:
    """A lane of cells from ``top``, each in the column of its stage; nothing where there are none."""
    if not cells:
        return [], top
    head, bottom = _head(sheet, title, caption, icon, top + _PAD)
    shapes: list[Shape] = [*head]
    for part, cell, about in cells:
        box = Box(x=part.x + CARD_INSET, y=top + _PAD, width=sheet.pen.width, height=cell.height)
        stage = sheet.drawing.stage(part).name
        shapes.append(Group(shapes=cell.draw(box), label=f"{title}, {stage}: {cell.label}", role="cell", about=about))
        bottom = max(bottom, box.bottom)
    return [Group(shapes=shapes, label=title, role=f"lane:{name}")], bottom + _PAD


def _goals(sheet: _Board, row: System, top: float) -> tuple[list[Shape], float]:
    cells = [
        (part, sheet.pen.note(text, style=_BODY), stage.id)
        for part in row.parts
        for stage in [sheet.drawing.stage(part)]
        if (text := _goal(sheet, row, part, stage))
    ]
    return _lane(sheet, top, cells, name="goals", title="Goal", caption="", icon="goal")


def _goal(sheet: _Board, row: System, part: Part, stage: Stage) -> str:
    """The goal, and the period where the chevron has no room for it."""
    measure, first, last = sheet.drawing.measure, part is row.parts[0], part is row.parts[-1]
    fitted = heading(stage.name, width=part.width, measure=measure, period=stage.period, first=first, last=last)
    return " \u00b7 ".join(text for text in ("" if fitted.period else stage.period, stage.goal) if text)


def _emotion(sheet: _Board, row: System, top: float) -> tuple[list[Shape], float]:
    drawing, theme, measure, symbols = sheet.drawing, sheet.drawing.theme, sheet.drawing.measure, sheet.drawing.symbols
    here = {drawing.stage(part).id for part in row.parts}
    points = [point for point in sheet.points if point.about in here]
    if all(point.valence is None for point in points):
        return [], top
    scale = drawing.journey.scale
    labels = [scale.print(float(level), decimals=scale.decimals + 1) for level in (-2, -1, 0, 1, 2)]
    beside = axis_width(labels, measure=measure) <= _AXIS_BESIDE
    plot = Box(x=row.left, y=top + _ABOVE + (0 if beside else _LANE.leading), width=row.right - row.left, height=4 * _UNIT)
    head, _ = _head(sheet, "Emotion", "", "emotion", top + _PAD)
    axis = emotion_axis(right=row.left - 12, box=plot, labels=labels, theme=theme, symbols=symbols, measure=measure)
    curve = emotion_plot(points, box=plot, theme=theme, symbols=symbols, measure=measure, notes=sheet.notes)
    ranges = [shape for part in row.parts for shape in _range(sheet, sheet.columns[part.stage], part, plot)]
    return [Group(shapes=[*head, *axis, *ranges, *curve], label="Emotion", role="lane:emotion")], plot.bottom + _BELOW


def _range(sheet: _Board, column: Column, part: Part, plot: Box) -> Iterator[Group]:
    """From the lowest to the highest step of a stage, beside its mean: a mean alone would hide that somebody suffers."""
    if column.low is not None and column.high is not None:
        low, high = (plot.y + (2 - valence) * _UNIT for valence in (column.low, column.high))
        x = part.x + part.width / 2 + _ASIDE
        paint = Paint(stroke=sheet.drawing.theme.ink_3, width=1.5)
        ends = [Circle(x=x, y=y, radius=_END, paint=Paint(fill=paint.stroke)) for y in (high, low)]
        journey = sheet.drawing.journey
        said = f"Its steps go from {journey.scale.print(column.low)} to {journey.scale.print(column.high)}"
        yield Group(shapes=[Line(x1=x, y1=high, x2=x, y2=low, paint=paint), *ends], label=said, role="range", about=column.stage.id)


def _range_entry(theme: Theme) -> KeyEntry:
    def draw(x: float, middle: float) -> list[Shape]:
        paint = Paint(stroke=theme.ink_3, width=1.5)
        ends = [Circle(x=x + 6, y=y, radius=_END, paint=Paint(fill=paint.stroke)) for y in (middle - 8, middle + 8)]
        return [Line(x1=x + 6, y1=middle - 8, x2=x + 6, y2=middle + 8, paint=paint), *ends]

    return KeyEntry(text="From the lowest to the highest step of the stage; the face is their mean", width=12, draw=draw)


def _pains(sheet: _Board, row: System, top: float) -> tuple[list[Shape], float]:
    found = [(part, sheet.columns[part.stage].pain) for part in row.parts]
    cells = [(part, cell, step.about) for part, step in found if step is not None and (cell := pains(step, sheet.pen)) is not None]
    return _lane(sheet, top, cells, name="pains", title="Worst pain", caption="Severity 1 to 4", icon="pains")


def _bets(sheet: _Board, row: System, top: float) -> tuple[list[Shape], float]:
    found = [(part, sheet.columns[part.stage].bet) for part in row.parts]
    cells = [(part, cell, step.about) for part, step in found if step is not None and (cell := opportunities(step, sheet.pen)) is not None]
    return _lane(sheet, top, cells, name="opportunities", title="Best bet", caption="Impact: low to high", icon="opportunities")


def _metrics(sheet: _Board, row: System, top: float) -> tuple[list[Shape], float]:
    found = [(part, sheet.columns[part.stage]) for part in row.parts]
    cells = [(part, _metric(sheet, column.metric), column.measured) for part, column in found if column.metric is not None]
    return _lane(sheet, top, cells, name="metrics", title="Metric", caption="", icon="metrics")


def _metric(sheet: _Board, metric: Metric) -> Cell:
    pen = sheet.pen
    figure, caption = pen.wrap(metric.printed, _FIGURE), pen.wrap(metric.name, _FIGURE_CAPTION)

    def draw(box: Box) -> list[Shape]:
        room = Box(x=box.x + SIDE, y=box.y, width=box.width - 2 * SIDE, height=0)
        below = Box(x=room.x, y=room.y + len(figure) * _FIGURE.leading, width=room.width, height=0)
        return [
            text_block(figure, box=room, style=_FIGURE, fill=pen.theme.ink, measure=pen.measure, lines_given=True),
            text_block(caption, box=below, style=_FIGURE_CAPTION, fill=pen.theme.ink_2, measure=pen.measure, lines_given=True),
        ]

    height = len(figure) * _FIGURE.leading + len(caption) * _FIGURE_CAPTION.leading
    return Cell(height=height, draw=draw, label=f"{metric.printed} {metric.name}")
