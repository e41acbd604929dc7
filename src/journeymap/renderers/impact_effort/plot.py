"""The plot of opportunities: quadrants, axes, marks with their ranges, the front, and names where they find room."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from journeymap.analysis.quadrants import IdeaRow, ImpactEffort
from journeymap.model import Opportunity, Range
from journeymap.renderers.impact_effort.lists import Item
from journeymap.renderers.impact_effort.placing import Placed, Places, Point, Segment, around
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.shapes import Anchor, Box, Circle, Group, Line, LineTo, MoveTo, Paint, Path, Rect, Shape, Step, Text
from journeymap.scene.text import Style, text_block, text_line

MARK = 6.0
"""The radius of a mark."""
_LOW, _HIGH = 1.0, 5.0
_PAD_X, _PAD_Y = 44.0, 64.0
"""Between the edge of the plot and what has the least or the most; the names of the quadrants stand there."""
_NAME = Style(13, weight=500)
_NAME_WIDE = (176.0, 124.0)
"""How wide a name may be; narrower where it stands nearer so."""
_PER_LINE = 7.0
_MOST_LINES = 4
_FEW = 16
"""So many are placed in several orders, of which the best is kept; more would take long."""
_MISSED = 400.0
"""How bad it is that a name finds no room: worse than any distance."""
_CROWD = 130.0
"""Marks nearer than this to one another compete for room."""
_NUMBER = Style(12, weight=600)
_AXIS = Style(13, weight=600)
_TICK = Style(12)
_CORNER = Style(15, weight=700)
_SAYS = Style(12)
_CORNERS = (
    ("Quick wins", "Much impact, little effort"),
    ("Big bets", "Much impact, much effort"),
    ("Fill-ins", "Little impact, little effort"),
    ("Time sinks", "Little impact, much effort"),
)
_CORNER_NAMES = {"quick win": "quick win", "big bet": "big bet", "fill-in": "fill-in", "thankless": "time sink"}


@frozen(kw_only=True)
class Plot:
    """Where it stands, and the answer that it shows."""

    box: Box
    answer: ImpactEffort

    def x(self, effort: float) -> float:
        """Where an effort stands."""
        return self.box.x + _PAD_X + (effort - _LOW) / (_HIGH - _LOW) * (self.box.width - 2 * _PAD_X)

    def y(self, impact: float) -> float:
        """Where an impact stands; upwards is more."""
        return self.box.bottom - _PAD_Y - (impact - _LOW) / (_HIGH - _LOW) * (self.box.height - 2 * _PAD_Y)


@frozen(kw_only=True)
class Idea:
    """An opportunity in its quadrant, with the ranges of its estimates where they have some."""

    row: IdeaRow
    impact: Range | None
    effort: Range | None

    @property
    def doubtful(self) -> bool:
        """Whether an estimate is a range."""
        return self.impact is not None or self.effort is not None

    @property
    def told(self) -> str:
        """It in words."""
        parts = [
            f"impact {_number(self.row.impact, self.impact)}",
            f"effort {_number(self.row.effort, self.effort)}",
            *(["on the Pareto front"] if self.row.on_front else []),
            *(["its ranges reach into another quadrant"] if not self.row.settled else []),
        ]
        return f"{self.row.name} ({', '.join(parts)})"


def idea_of(row: IdeaRow, opportunity: Opportunity) -> Idea:
    """An opportunity in its quadrant."""
    impact, effort = (part if isinstance(part, Range) else None for part in (opportunity.impact, opportunity.effort))
    return Idea(row=row, impact=impact, effort=effort)


def draw_plot(drawing: Drawing, plot: Plot, ideas: Sequence[Idea]) -> tuple[list[Shape], list[Item]]:
    """The shapes of the plot, and the ideas that have only a number in it."""
    theme = drawing.theme
    places = Places(room=plot.box)
    shapes: list[Shape] = [*_ground(drawing, plot, places), *_axes(drawing, plot)]
    points = {idea.row.id: (plot.x(idea.row.effort), plot.y(idea.row.impact)) for idea in ideas}
    front = sorted({points[idea.row.id] for idea in ideas if idea.row.on_front})
    for start, stop in pairwise(front):
        places.cross(start, stop)
    if len(front) > 1:
        steps: list[Step] = [MoveTo(*front[0]), *(LineTo(*point) for point in front[1:])]
        shapes.append(Path(steps=steps, paint=Paint(stroke=theme.accent, width=2, dash=(6, 4)), role="pareto-front"))
    bars = {idea.row.id: _bars(plot, idea) for idea in ideas}
    bar = Paint(stroke=theme.ink_3, width=1.5)
    for idea in ideas:
        drawn = [Line(x1=x1, y1=y1, x2=x2, y2=y2, paint=bar) for (x1, y1), (x2, y2) in bars[idea.row.id]]
        shapes += [Group(shapes=drawn, role="range", about=idea.row.id)] if drawn else []
        places.take(around(points[idea.row.id], MARK + 2))
        for start, stop in bars[idea.row.id]:
            places.cross(start, stop)
    labels, numbered = _labels(drawing, places, ideas, points)
    for idea in ideas:
        at = points[idea.row.id]
        label, leader = labels[idea.row.id]
        colour = theme.accent if idea.row.on_front else theme.ink_2
        parts: list[Shape] = []
        if leader is not None:
            (x1, y1), (x2, y2) = leader
            parts.append(Line(x1=x1, y1=y1, x2=x2, y2=y2, paint=Paint(stroke=theme.ink_3, width=1)))
        mark = Paint(fill=theme.accent if idea.row.on_front else theme.card, stroke=colour, width=2)
        parts.append(Circle(x=at[0], y=at[1], radius=MARK, paint=mark))
        said = f"{idea.told}: {_CORNER_NAMES[idea.row.quadrant]}"
        shapes.append(Group(shapes=[*parts, *label], label=said, role="opportunity", about=idea.row.id, title=said))
    return shapes, numbered


def _labels(
    drawing: Drawing, places: Places, ideas: Sequence[Idea], points: Mapping[str, Point]
) -> tuple[dict[str, tuple[list[Text], Segment | None]], list[Item]]:
    """The label of each idea by id, and the ideas that have only a number: of several orders that in which all stand nearest."""
    tries = [_placed(drawing, places.again(), order, points) for order in _orders(ideas, points)]
    placed, _ = min(tries, key=lambda one: one[1])
    labels: dict[str, tuple[list[Text], Segment | None]] = {}
    numbered: list[Item] = []
    for idea in ideas:
        lines, found = placed[idea.row.id]
        if lines:
            labels[idea.row.id] = _text(drawing, lines, _NAME, found, points[idea.row.id])
            continue
        number = str(len(numbered) + 1)
        caption = f"Impact {_number(idea.row.impact, idea.impact)}, effort {_number(idea.row.effort, idea.effort)}"
        numbered.append(Item(idea.row.id, number, idea.row.name, caption))
        labels[idea.row.id] = _text(drawing, (number,), _NUMBER, found, points[idea.row.id])
    return labels, numbered


def _orders(ideas: Sequence[Idea], points: Mapping[str, Point]) -> list[Sequence[Idea]]:
    """In which order labels may look for room: those with most neighbours first, or across the plot."""

    def neighbours(idea: Idea) -> int:
        at = points[idea.row.id]
        return sum(math.dist(at, other) < _CROWD for other in points.values())

    orders: list[Sequence[Idea]] = [sorted(ideas, key=neighbours, reverse=True)]
    if len(ideas) <= _FEW:
        orders += [sorted(ideas, key=neighbours), ideas, ideas[::-1]]
        for axis in (0, 1):
            orders += [sorted(ideas, key=lambda idea: points[idea.row.id][axis], reverse=back) for back in (False, True)]
    return orders


def _placed(
    drawing: Drawing, places: Places, order: Sequence[Idea], points: Mapping[str, Point]
) -> tuple[dict[str, tuple[tuple[str, ...], Placed | None]], float]:
    """The lines of each name and where they stand, without lines where only a number has room; and how far away all seem."""
    measure = drawing.measure
    held: dict[str, tuple[tuple[str, ...], Placed | None]] = {}
    total = 0.0
    for idea in order:
        at = points[idea.row.id]
        ways = [lines for wide in _NAME_WIDE if len(lines := measure.wrap(idea.row.name, wide, _NAME)) <= _MOST_LINES]
        sizes = [(max(measure.width(line, _NAME) for line in lines) + 2, len(lines) * _NAME.leading) for lines in ways]
        free = [(found, lines) for lines, size in zip(ways, sizes, strict=True) if (found := places.find(at, *size)) is not None]
        place: Placed | None
        if free:
            place, lines = min(free, key=lambda one: one[0].cost + _PER_LINE * len(one[1]))
        else:
            place, lines = places.find(at, measure.width("00", _NUMBER) + 2, _NUMBER.leading), ()
            total += _MISSED
        if place is not None:
            places.keep(place)
        total += place.cost if place is not None else _MISSED
        held[idea.row.id] = lines, place
    return held, total


def _text(drawing: Drawing, lines: Sequence[str], style: Style, found: Placed | None, at: Point) -> tuple[list[Text], Segment | None]:
    if found is None:
        return [], None
    anchor: Anchor = "end" if found.box.right <= at[0] else "start"
    text = text_block(lines, box=found.box, style=style, fill=drawing.theme.ink, measure=drawing.measure, anchor=anchor, lines_given=True)
    return [text], found.leader


def _ground(drawing: Drawing, plot: Plot, places: Places) -> list[Shape]:
    """The plot's tint, the quadrants with their names, and the borders between them."""
    theme, box = drawing.theme, plot.box
    x, y = plot.x(plot.answer.effort_border), plot.y(plot.answer.impact_border)
    paint = Paint(stroke=theme.ink_3, width=1.25, dash=(4, 4))
    shapes: list[Shape] = [
        Rect(box=box, paint=Paint(fill=theme.band), radius=8),
        Rect(box=Box(x=box.x, y=box.y, width=x - box.x, height=y - box.y), paint=Paint(fill=theme.on_accent), radius=8),
        Line(x1=x, y1=box.y, x2=x, y2=box.bottom, paint=paint),
        Line(x1=box.x, y1=y, x2=box.right, y2=y, paint=paint),
    ]
    places.cross((x, box.y), (x, box.bottom))
    places.cross((box.x, y), (box.right, y))
    for number, (name, says) in enumerate(_CORNERS):
        right, low = number % 2 == 1, number >= 2
        wide, high = (box.right - x if right else x - box.x), (box.bottom - y if low else y - box.y)
        shapes += _corner(drawing, places, name, says, (right, low), Box(x=box.x, y=box.y, width=wide, height=high), box)
    return shapes


def _corner(drawing: Drawing, places: Places, name: str, says: str, where: tuple[bool, bool], quadrant: Box, box: Box) -> list[Shape]:
    """The name of a quadrant in the outer corner of the plot, as far as there is room for it."""
    measure, theme = drawing.measure, drawing.theme
    right, low = where
    anchor: Anchor = "end" if right else "start"
    x = box.right - 14 if right else box.x + 14
    room = quadrant.width - 26
    shapes: list[Text] = []
    if measure.width(name, _CORNER) > room or quadrant.height < _PAD_Y:
        return []
    top = box.bottom - 46 if low else box.y + 20
    shapes.append(text_line(name, x=x, middle=top, style=_CORNER, fill=theme.ink, measure=measure, anchor=anchor))
    if measure.width(says, _SAYS) <= room:
        shapes.append(text_line(says, x=x, middle=top + 20, style=_SAYS, fill=theme.ink_2, measure=measure, anchor=anchor))
    for shape in shapes:
        places.take(shape.box)
    return [Group(shapes=shapes, label=f"{name}: {says.lower()}", role="quadrant")]


def _axes(drawing: Drawing, plot: Plot) -> list[Shape]:
    """What is measured along the edges, from 1 to 5."""
    measure, theme, box = drawing.measure, drawing.theme, plot.box
    shapes: list[Shape] = []
    for value in range(int(_LOW), int(_HIGH) + 1):
        x, y = plot.x(value), plot.y(value)
        shapes.append(text_line(str(value), x=x, middle=box.bottom + 14, style=_TICK, fill=theme.ink_2, measure=measure, anchor="middle"))
        shapes.append(text_line(str(value), x=box.x - 10, middle=y, style=_TICK, fill=theme.ink_2, measure=measure, anchor="end"))
    shapes.append(text_line("Impact \u2191", x=box.x, middle=box.y - 14, style=_AXIS, fill=theme.ink, measure=measure))
    end = box.bottom + 36
    borders = (plot.answer.impact_border, plot.answer.effort_border)
    if any(row.impact == borders[0] or row.effort == borders[1] for row in plot.answer.rows):
        shapes.append(text_line("On a border counts as much", x=box.x, middle=end, style=_TICK, fill=theme.ink_2, measure=measure))
    shapes.append(text_line("Effort \u2192", x=box.right, middle=end, style=_AXIS, fill=theme.ink, measure=measure, anchor="end"))
    return [Group(shapes=shapes, label="Impact upwards and effort to the right, each from 1 (little) to 5 (very much)", role="axes")]


def _bars(plot: Plot, idea: Idea) -> list[Segment]:
    """The ranges of the estimates, each a line with a stroke at its ends."""
    x, y = plot.x(idea.row.effort), plot.y(idea.row.impact)
    lines: list[Segment] = []
    if idea.effort is not None:
        low, high = plot.x(idea.effort.low), plot.x(idea.effort.high)
        lines += [((low, y), (high, y)), *(((end, y - 4), (end, y + 4)) for end in (low, high))]
    if idea.impact is not None:
        low, high = plot.y(idea.impact.low), plot.y(idea.impact.high)
        lines += [((x, high), (x, low)), *(((x - 4, end), (x + 4, end)) for end in (high, low))]
    return lines


def _number(value: float, given: Range | None) -> str:
    return f"{value:g}" if given is None else f"{value:g} ({given.low:g} to {given.high:g})"
