"""The lanes that ship: what each shows of a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeymap.model import Layer, Opportunity, PainPoint, Range
from journeymap.renderers.steps import Note, Step
from journeymap.renderers.swimlane.lane import SIDE, SMALL, Cell, Lane, Pen
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Circle, Paint, Rect, Shape
from journeymap.scene.text import Style, reads_from_right, text_block, text_line

STEP_NAME = Style(13, weight=500)
_NUMBER = Style(11, weight=500)
_CAPTION = Style(11)
_QUOTE = Style(13, italic=True)
_FIGURE = Style(17, weight=700)
_ACTIVITY = Style(12)
_BAR = 4.0
_BETWEEN = 8.0
_GRADE_ROW = 18.0


def step_card(step: Step, pen: Pen) -> Cell | None:
    """The step's number, name and channel on a card; amber with a star at a moment of truth."""
    if step.touchpoint is None:
        return None
    lines = pen.wrap(step.name, STEP_NAME)
    channel = step.touchpoint.channel
    channel_lines = pen.wrap(channel.name, SMALL, width=pen.width - 2 * SIDE - 20) if channel else ()
    height = 30 + len(lines) * STEP_NAME.leading + (22 + len(channel_lines) * SMALL.leading if channel_lines else 12)

    def draw(box: Box) -> list[Shape]:
        theme = pen.theme
        truth = step.moment is not None
        paint = Paint(fill=theme.on_truth, stroke=theme.truth, width=1.75) if truth else Paint(fill=theme.card, stroke=theme.card_line)
        room = Box(x=box.x + SIDE, y=box.y + 30, width=box.width - 2 * SIDE, height=0)
        shapes: list[Shape] = [
            Rect(box=box, paint=paint, radius=8),
            text_line(
                step.number,
                x=box.x + SIDE,
                middle=box.y + 18,
                style=_NUMBER,
                fill=theme.truth if truth else theme.ink_3,
                measure=pen.measure,
            ),
            text_block(lines, box=room, style=STEP_NAME, fill=theme.ink, measure=pen.measure, lines_given=True),
        ]
        if truth:
            shapes.append(pen.symbols.icon("star", x=box.right - SIDE - 16, y=box.y + 9, size=18, colour=theme.truth))
        if channel:
            top = box.bottom - 10 - len(channel_lines) * SMALL.leading
            mirrored = reads_from_right(channel_lines)
            icon = box.right - SIDE - 14 if mirrored else box.x + SIDE
            shapes.append(pen.symbols.icon(channel_icon(channel.kind), x=icon, y=top, size=14, colour=theme.ink_2))
            shapes.append(
                text_block(
                    channel_lines,
                    box=Box(x=box.x + SIDE + (0 if mirrored else 20), y=top, width=box.width - 2 * SIDE - 20, height=0),
                    style=SMALL,
                    fill=theme.ink_2,
                    measure=pen.measure,
                    lines_given=True,
                )
            )
        return shapes

    return Cell(height=height, draw=draw, label=step.name)


def thoughts(step: Step, pen: Pen) -> Cell | None:
    """What customers think, in their own words."""
    return stacked([pen.note(quoted(thought), style=_QUOTE, fill=pen.theme.quote) for thought in step.thoughts])


def pains(step: Step, pen: Pen) -> Cell | None:
    """What hurts, and how badly: severity 1 to 4."""
    return stacked([_pain(note, pen) for note in step.pains])


def opportunities(step: Step, pen: Pen) -> Cell | None:
    """What could be done, and how much it would help."""
    return stacked([_opportunity(note, pen) for note in step.opportunities])


def metrics(step: Step, pen: Pen) -> Cell | None:
    """The numbers that the step is judged by."""
    cells = []
    for metric in step.metrics:
        caption = pen.wrap(metric.name, SMALL)
        figure = pen.wrap(metric.printed or "\u2013", _FIGURE)

        def draw(box: Box, figure: tuple[str, ...] = figure, caption: tuple[str, ...] = caption) -> list[Shape]:
            room = Box(x=box.x + SIDE, y=box.y, width=box.width - 2 * SIDE, height=0)
            below = Box(x=room.x, y=box.y + len(figure) * _FIGURE.leading, width=room.width, height=0)
            return [
                text_block(figure, box=room, style=_FIGURE, fill=pen.theme.ink, measure=pen.measure, lines_given=True),
                text_block(caption, box=below, style=SMALL, fill=pen.theme.ink_2, measure=pen.measure, lines_given=True),
            ]

        height = len(figure) * _FIGURE.leading + len(caption) * SMALL.leading
        cells.append(Cell(height=height, draw=draw, label=f"{metric.name}: {metric.printed}"))
    return stacked(cells)


def owners(step: Step, pen: Pen) -> Cell | None:
    """Who answers for the step."""
    return pen.note(step.owner) if step.owner else None


def activities(*layers: Layer) -> Callable[[Step, Pen], Cell | None]:
    """The lane of the activities on those layers of the blueprint."""
    hidden = "backstage" in layers or "support" in layers

    def cell(step: Step, pen: Pen) -> Cell | None:
        held = [a for a in (step.touchpoint.activities if step.touchpoint else ()) if a.layer in layers]
        return stacked([activity_card(a.name, pen, hidden=hidden) for a in held])

    return cell


def stacked(cells: Sequence[Cell], *, between: float = _BETWEEN) -> Cell | None:
    """The cells under one another as one, each as high as it is; None for none."""
    if not cells:
        return None
    if len(cells) == 1:
        return cells[0]

    def draw(box: Box) -> list[Shape]:
        shapes: list[Shape] = []
        top = box.y
        for cell in cells:
            shapes.extend(cell.draw(Box(x=box.x, y=top, width=box.width, height=cell.height)))
            top += cell.height + between
        return shapes

    return Cell(
        height=sum(cell.height for cell in cells) + between * (len(cells) - 1),
        draw=draw,
        label="; ".join(cell.label for cell in cells),
        cards=len(cells),
    )


def quoted(thought: str) -> str:
    """The thought in quotation marks, unless it brings its own."""
    thought = thought.strip()
    return thought if thought[:1] in "\"'\u201c\u2018\u00ab\u201e\u300c" else f"\u201c{thought}\u201d"


def impact_word(opportunity: Opportunity) -> str:
    """The opportunity's impact as low, medium or high; empty where it is not known."""
    return estimate_word(opportunity.impact)


def estimate_word(estimate: float | Range | None) -> str:
    """An estimate of 1 to 5 as low, medium or high; empty where it is not known."""
    value = estimate.mid if isinstance(estimate, Range) else estimate
    if value is None:
        return ""
    return "High" if value >= 4 else "Medium" if value > 2 else "Low"


def impact_bars(word: str, *, x: float, middle: float, colour: str) -> list[Shape]:
    """One, two or three of three bars filled, for low, medium and high, from x round a height."""
    filled = {"Low": 1, "Medium": 2, "High": 3}[word]
    return [
        Rect(
            box=Box(x=x + 7.5 * index + 0.5, y=middle + 5 - high, width=6, height=high),
            paint=Paint(fill=colour if index < filled else None, stroke=colour, width=1.1),
            radius=1.2,
        )
        for index, high in enumerate((4.0, 7.0, 10.0))
    ]


def _pain(note: Note[PainPoint], pen: Pen) -> Cell:
    pain = note.about
    word = pain.severity_word.capitalize()
    colour = pen.theme.pain

    def grade(x: float, middle: float) -> list[Shape]:
        dots: list[Shape] = [
            Circle(
                x=x + 4.5 + 11 * index,
                y=middle,
                radius=3.75,
                paint=Paint(fill=colour if index < (pain.severity or 0) else None, stroke=colour, width=1.25),
            )
            for index in range(4)
        ]
        return [*dots, text_line(word, x=x + 52, middle=middle, style=_word(pen), fill=colour, measure=pen.measure)]

    return _card(note.caption, pain.description, pen, colour=colour, tint=pen.theme.on_pain, grade=grade if word else None, word=word)


def _opportunity(note: Note[Opportunity], pen: Pen) -> Cell:
    opportunity = note.about
    word = impact_word(opportunity)
    colour = pen.theme.accent

    def grade(x: float, middle: float) -> list[Shape]:
        bars = impact_bars(word, x=x, middle=middle, colour=colour)
        return [*bars, text_line(word, x=x + 30, middle=middle, style=_word(pen), fill=colour, measure=pen.measure)]

    return _card(note.caption, opportunity.name, pen, colour=colour, tint=pen.theme.on_accent, grade=grade if word else None, word=word)


def _word(pen: Pen) -> Style:
    return Style(pen.body.size - 1.5, weight=600)


def _card(
    caption: str,
    words: str,
    pen: Pen,
    *,
    colour: str,
    tint: str,
    grade: Callable[[float, float], Sequence[Shape]] | None,
    word: str,
) -> Cell:
    """A tinted card with a bar at its side, the text, and a grade as a shape and a word."""
    inner = pen.width - 2 * SIDE - _BAR
    lines = pen.wrap(words, pen.body, width=inner)
    heading = pen.wrap(caption, _CAPTION, width=inner) if caption else ()
    row = _GRADE_ROW + 2 * (pen.body.size - 13)
    height = 18 + len(heading) * _CAPTION.leading + len(lines) * pen.body.leading + (row if grade else 0)

    def draw(box: Box) -> list[Shape]:
        x, top = box.x + SIDE + _BAR, box.y + 9
        shapes: list[Shape] = [
            Rect(box=box, paint=Paint(fill=tint), radius=6),
            Rect(box=Box(x=box.x, y=box.y, width=_BAR, height=box.height), paint=Paint(fill=colour), radius=2),
        ]
        if heading:
            room = Box(x=x, y=top, width=inner, height=0)
            shapes.append(text_block(heading, box=room, style=_CAPTION, fill=pen.theme.ink_2, measure=pen.measure, lines_given=True))
            top += len(heading) * _CAPTION.leading
        room = Box(x=x, y=top, width=inner, height=0)
        shapes.append(text_block(lines, box=room, style=pen.body, fill=pen.theme.ink, measure=pen.measure, lines_given=True))
        if grade:
            shapes.extend(grade(x, top + len(lines) * pen.body.leading + row / 2 + 2))
        return shapes

    said = f"{caption}: {words}" if caption else words
    return Cell(height=height, draw=draw, label=f"{said} ({word.lower()})" if word else said)


def activity_card(name: str, pen: Pen, *, hidden: bool) -> Cell:
    """What somebody or something does behind the step; grey where customers do not see it."""
    lines = pen.wrap(name, _ACTIVITY)

    def draw(box: Box) -> list[Shape]:
        theme = pen.theme
        paint = Paint(fill=theme.backstage) if hidden else Paint(fill=theme.card, stroke=theme.card_line)
        room = Box(x=box.x + SIDE, y=box.y + 8, width=box.width - 2 * SIDE, height=0)
        fill = theme.ink_2 if hidden else theme.ink
        return [
            Rect(box=box, paint=paint, radius=6),
            text_block(lines, box=room, style=_ACTIVITY, fill=fill, measure=pen.measure, lines_given=True),
        ]

    return Cell(height=16 + len(lines) * _ACTIVITY.leading, draw=draw, label=name)


def _across(_step: Step, _pen: Pen) -> None:
    """The curve has no cells: it runs across the columns."""


EMOTION = Lane(name="emotion", title="Emotion", caption="How it feels", icon="emotion", cell=_across)
STEPS = Lane(name="steps", title="Steps", caption="What the customer does", icon="steps", cell=step_card, equal=True)
THOUGHTS = Lane(name="thoughts", title="Thoughts", caption="In customers\u2019 words", icon="thoughts", cell=thoughts)
PAINS = Lane(name="pains", title="Pain points", caption="Severity 1 to 4", icon="pains", cell=pains)
OPPORTUNITIES = Lane(name="opportunities", title="Opportunities", caption="Impact: low to high", icon="opportunities", cell=opportunities)
METRICS = Lane(name="metrics", title="Metrics", caption="How we know", icon="metrics", cell=metrics)
OWNERS = Lane(name="owners", title="Owners", caption="Who answers for it", icon="owner", cell=owners)
PHYSICAL_EVIDENCE = Lane(
    name="physical-evidence",
    title="Physical evidence",
    caption="What customers see and touch",
    icon="evidence",
    cell=activities("physical-evidence"),
    equal=True,
)
CUSTOMER_ACTIONS = Lane(
    name="customer-actions",
    title="Customer actions",
    caption="What the service asks of them",
    icon="goal",
    cell=activities("customer"),
    equal=True,
)
FRONTSTAGE = Lane(
    name="frontstage",
    title="Frontstage",
    caption="What customers see",
    icon="frontstage",
    cell=activities("frontstage-people", "frontstage-technology"),
    line_above="Line of interaction",
    equal=True,
)
BACKSTAGE = Lane(
    name="backstage",
    title="Backstage",
    caption="Hidden from customers",
    icon="backstage",
    cell=activities("backstage"),
    line_above="Line of visibility",
    equal=True,
)
SUPPORT = Lane(
    name="support",
    title="Support systems",
    caption="Tools and partners",
    icon="support",
    cell=activities("support"),
    line_above="Line of internal interaction",
    equal=True,
)
