"""One system of a comparison: stages over columns, marked cards, both curves, and what is different in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from journeymap.renderers.columns import CARD_INSET, GUTTER, MARGIN, System
from journeymap.renderers.comparison.aligned import Key, Pair, key_of_step
from journeymap.renderers.comparison.marks import TAB, TAB_PAD, Mark, ink_of, sign, tab, tab_lines
from journeymap.renderers.comparison.told import Line as Difference
from journeymap.renderers.emotion_curve.lines import SAMPLE, Look, drawn_line, sample
from journeymap.renderers.emotion_plot import emotion_plot
from journeymap.renderers.frame import lane_head
from journeymap.renderers.paper import KeyEntry
from journeymap.renderers.stage_heads import Drawing, curve_points, emotion_head, stage_bands, stage_heads
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import STEP_NAME, step_card
from journeymap.renderers.swimlane.lane import SIDE, Cell, Pen
from journeymap.renderers.words import spoken_step
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape
from journeymap.scene.text import Style, text_block
from journeymap.scene.theme import Theme

_LANE_PAD = 14.0
_UNIT = 48.0
_ABOVE, _BELOW = 42.0, 58.0
_TAB_GAP = 4.0
_WORDS = Style(12)
_SIGN_ROOM = 18.0
_BETWEEN_LINES = 5.0
_HEAD = Style(15, weight=700)
_LIST_WIDE = 480.0
_MOST_LISTED = 24


@frozen(kw_only=True)
class Sheet:
    """What all systems of a comparison share."""

    drawing: Drawing
    pen: Pen
    pairs: Mapping[Key, Pair]
    marks: Mapping[Key, tuple[Mark, ...]]
    lines: Mapping[Key, tuple[Difference, ...]]
    names: tuple[str, str]
    """What the two maps are called."""
    notes: Mapping[str, str]


@frozen(kw_only=True)
class _Column:
    step: Step
    left: float
    """Of the card."""
    centre: float


def ghost(theme: Theme) -> Look:
    """How the curve of this map is told from that of the other."""
    return Look(colour=theme.ink_3, dash=(6, 5), mark="ring")


def ghost_entry(sheet: Sheet) -> KeyEntry:
    """The curve of this map in the key."""
    look = ghost(sheet.drawing.theme)
    return KeyEntry(text=f"Emotion: {sheet.names[0]}", width=SAMPLE, draw=sample(look, sheet.drawing.theme))


def curve_entry(sheet: Sheet) -> KeyEntry:
    """The curve of the other map in the key."""
    paint = Paint(stroke=sheet.drawing.theme.ink, width=2.5)
    text = f"Emotion: {sheet.names[1]}"
    return KeyEntry(text=text, width=SAMPLE, draw=lambda x, middle: [Line(x1=x, y1=middle, x2=x + SAMPLE, y2=middle, paint=paint)])


def draw_system(sheet: Sheet, system: System, *, top: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes of a system that begins at ``top``, and the y where it ends."""
    drawing = sheet.drawing
    heads, band_top, y = stage_heads(drawing, system, top=top)
    columns = [
        _Column(step=step, left=part.left(index) + CARD_INSET, centre=part.centre(index))
        for part in system.parts
        for index, step in drawing.steps(part)
    ]
    content: list[Shape] = []
    for draw in (_steps, _emotion, _differences):
        drawn, bottom = draw(sheet, system, columns, y)
        if drawn is None:
            continue
        if content and draw is _differences:
            content.append(Line(x1=MARGIN, y1=y, x2=system.right, y2=y, paint=Paint(stroke=drawing.theme.hairline, width=1.5)))
        content.append(drawn)
        y = bottom
    return (*stage_bands(drawing, system, top=band_top, bottom=y), *heads, *content), y


def _head(sheet: Sheet, title: str, caption: str, icon: str, top: float) -> tuple[tuple[Shape, ...], float]:
    drawing = sheet.drawing
    room = Box(x=MARGIN, y=top, width=GUTTER, height=0)
    return lane_head(title, caption, icon=icon, box=room, theme=drawing.theme, symbols=drawing.symbols, measure=drawing.measure)


def _steps(sheet: Sheet, _: System, columns: Sequence[_Column], top: float) -> tuple[Group | None, float]:
    """The cards, all at one height, under the tabs that mark them."""
    if not columns:
        return None, top
    y = top + _LANE_PAD
    pen, measure = sheet.pen, sheet.drawing.measure
    head, height = _head(sheet, "Steps", "Of both maps", "steps", y)
    tabs = [(column, sheet.marks.get(key_of_step(column.step), ())) for column in columns]
    highs = {mark: len(tab_lines(mark, width=pen.width, measure=measure)) * TAB.leading + 2 * TAB_PAD for _, held in tabs for mark in held}
    over = max(sum(highs[mark] + _TAB_GAP for mark in held) for _, held in tabs)
    cells = [_card(sheet, column.step) for column in columns]
    tall = max(cell.height for cell in cells)
    shapes: list[Shape] = [*head]
    for (column, marks), cell in zip(tabs, cells, strict=True):
        box = Box(x=column.left, y=y + over, width=pen.width, height=tall)
        parts: list[Shape] = []
        at = box.y - sum(highs[mark] + _TAB_GAP for mark in marks)
        for mark in marks:
            parts += tab(mark, box=Box(x=box.x, y=at, width=box.width, height=highs[mark]), theme=pen.theme, measure=measure)
            at += highs[mark] + _TAB_GAP
        drawn = list(cell.draw(box))
        if marks and isinstance(drawn[0], Rect):
            drawn[0] = evolve(drawn[0], paint=_outline(drawn[0].paint, marks, pen.theme))
        said = ", ".join(mark.word for mark in marks)
        label = (f"{said}. " if said else "") + spoken_step(column.step, sheet.drawing.journey)
        shapes.append(Group(shapes=[*parts, *drawn], label=label, role="touchpoint", about=column.step.about))
    return Group(shapes=shapes, label="Steps", role="lane:steps"), max(y + over + tall, y + height) + _LANE_PAD


def _outline(paint: Paint, marks: Sequence[Mark], theme: Theme) -> Paint:
    """A card that is only in one map has the colour of its mark, and is dashed where it is gone."""
    if marks[0].sign == "minus":
        return evolve(paint, fill=theme.band, stroke=theme.pain, dash=(5, 4))
    return evolve(paint, stroke=theme.accent, width=1.75) if marks[0].sign == "plus" else paint


def _card(sheet: Sheet, step: Step) -> Cell:
    """The step's card; of a stage that is kept as a whole, a card that says so."""
    pen = sheet.pen
    cell = step_card(step, pen)
    if cell is not None:
        return cell
    lines = pen.wrap("The stage as a whole", STEP_NAME)

    def draw(box: Box) -> list[Shape]:
        room = Box(x=box.x + SIDE, y=box.y + 12, width=box.width - 2 * SIDE, height=0)
        words = text_block(lines, box=room, style=STEP_NAME, fill=pen.theme.ink, measure=pen.measure, lines_given=True)
        return [Rect(box=box, paint=Paint(fill=pen.theme.card, stroke=pen.theme.card_line), radius=8), words]

    return Cell(height=len(lines) * STEP_NAME.leading + 24, draw=draw, label=step.name)


def _emotion(sheet: Sheet, system: System, columns: Sequence[_Column], top: float) -> tuple[Group | None, float]:
    """The curve of the other map with its faces, and that of this map as a ghost behind it."""
    drawing, theme = sheet.drawing, sheet.drawing.theme
    points = curve_points(drawing, system)
    before = [_before(sheet, column.step) for column in columns]
    if all(point.valence is None for point in points) and all(valence is None for valence in before):
        return None, top
    plot = Box(x=system.left, y=top + _ABOVE, width=system.right - system.left, height=4 * _UNIT)
    xs = [column.centre for column in columns]
    line = drawn_line(xs, before, look=ghost(theme), name=f"Emotion: {sheet.names[0]}", box=plot, theme=theme)
    marks = [(x, plot.y + (2 - valence) / 4 * plot.height) for x, valence in zip(xs, before, strict=True) if valence is not None]
    curve = emotion_plot(points, box=plot, theme=theme, symbols=drawing.symbols, measure=drawing.measure, notes=sheet.notes, marks=marks)
    head = emotion_head(drawing, plot=plot, top=top + _LANE_PAD)
    return Group(shapes=[*head, line, *curve], label="Emotion", role="lane:emotion"), plot.bottom + _BELOW


def _before(sheet: Sheet, step: Step) -> float | None:
    was = sheet.pairs[key_of_step(step)].before
    return was.emotion.valence if was is not None and was.emotion is not None else None


def _differences(sheet: Sheet, _: System, columns: Sequence[_Column], top: float) -> tuple[Group | None, float]:
    """What is different at each step, in words."""
    held = [(column, lines) for column in columns if (lines := sheet.lines.get(key_of_step(column.step), ()))]
    if not held:
        return None, top
    y = top + _LANE_PAD
    head, height = _head(sheet, "What is different", "In the other map", "evidence", y)
    bottom = y + height
    shapes: list[Shape] = [*head]
    for column, lines in held:
        drawn, end = _listed(sheet.drawing, lines, Box(x=column.left + 2, y=y, width=sheet.pen.width - 4, height=0))
        label = f"{column.step.number} {column.step.name}: {'; '.join(line.words for line in lines)}"
        shapes.append(Group(shapes=drawn, label=label, role="cell:differences", about=column.step.about))
        bottom = max(bottom, end)
    return Group(shapes=shapes, label="What is different", role="lane:differences"), bottom + _LANE_PAD


def _listed(drawing: Drawing, lines: Sequence[Difference], box: Box) -> tuple[list[Shape], float]:
    """Differences under one another, each behind its sign; and the y where they end."""
    theme = drawing.theme
    shapes: list[Shape] = []
    y = box.y
    for line in lines:
        shapes += sign(line.sign, x=box.x, middle=y + _WORDS.leading / 2, colour=ink_of(line.tone, theme), size=11)
        room = Box(x=box.x + _SIGN_ROOM, y=y, width=box.width - _SIGN_ROOM, height=0)
        words = text_block(line.words, box=room, style=_WORDS, fill=theme.ink_2, measure=drawing.measure)
        shapes.append(words)
        y = words.box.bottom + _BETWEEN_LINES
    return shapes, y - _BETWEEN_LINES


def elsewhere(drawing: Drawing, lines: Sequence[Difference], *, top: float, width: float) -> tuple[Group, float]:
    """What is different on the map as a whole, in columns under a heading; of very much the rest is counted."""
    theme, measure = drawing.theme, drawing.measure
    box = Box(x=MARGIN, y=top, width=width - 2 * MARGIN, height=0)
    head = text_block("Elsewhere on the map", box=box, style=_HEAD, fill=theme.ink, measure=measure)
    shown = list(_few(lines))
    count = min(max(int(box.width // _LIST_WIDE), 1), len(shown))
    per_column = -(-len(shown) // count)
    each = (box.width - (count - 1) * 32) / count
    shapes: list[Shape] = [head]
    bottom = head.box.bottom
    for place in range(count):
        held = shown[place * per_column : (place + 1) * per_column]
        if held:
            drawn, end = _listed(drawing, held, Box(x=box.x + place * (each + 32), y=head.box.bottom + 10, width=each, height=0))
            shapes += drawn
            bottom = max(bottom, end)
    return Group(shapes=shapes, label="Elsewhere on the map", role="elsewhere"), bottom


def _few(lines: Sequence[Difference]) -> Iterator[Difference]:
    yield from lines[:_MOST_LISTED]
    if len(lines) > _MOST_LISTED:
        yield Difference("delta", "quiet", f"and {len(lines) - _MOST_LISTED} more differences")
