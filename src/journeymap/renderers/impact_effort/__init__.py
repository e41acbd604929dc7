"""Opportunities by impact and effort: quick wins, big bets, fill-ins and time sinks, doubt as bars, and the Pareto front."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from journeymap.analysis.quadrants import ImpactEffort
from journeymap.analysis.quadrants import impact_effort as quadrants_of
from journeymap.errors import NotEnoughData, RenderError, shown
from journeymap.model import Journey, Opportunity
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, widest
from journeymap.renderers.impact_effort.lists import Item, lists
from journeymap.renderers.impact_effort.plot import Idea, Plot, draw_plot, idea_of
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, finished, heading_of, note, row_of
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Line, Paint, Shape
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["impact_effort"]

Borders = Literal["midpoint", "median"]

_AXIS = 40.0
_UNDER = 62.0
_LIST = 280.0
_BETWEEN = 32.0
_SMALLEST, _LARGEST = 640.0, 1400.0
_SHAPE = 0.64
"""Height over width."""
_PLURAL = {"quick win": "Quick wins", "big bet": "Big bets", "fill-in": "Fill-ins", "thankless": "Time sinks"}


def impact_effort(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    borders: Borders = "midpoint",
    max_width: float = MAX_WIDTH,
) -> Scene:
    """The opportunities by effort (to the right) and impact (upwards), in four quadrants; a range is a bar.

    The borders of the quadrants are the middle of the scale, or with ``borders="median"`` the medians. Filled marks stand on the Pareto
    front: nothing else gives more for less. Names that find no room in the plot have a number there, and stand in a list; so do
    opportunities that lack impact or effort. ``persona`` is the id of the one whose opportunities are shown. RenderError if there is
    no such persona.
    """
    if borders not in get_args(Borders):
        raise RenderError(f"borders={shown(borders)} is unknown; give 'midpoint' or 'median'")
    drawing = drawing_of(journey, theme, persona)
    limit = widest(max_width)
    part = journey if persona is None else journey.for_persona(persona)
    opportunities = {opportunity.id: opportunity for opportunity in part.all_opportunities()}
    try:
        answer: ImpactEffort | None = quadrants_of(part, borders=borders)
    except NotEnoughData:
        answer = None
    ideas = [idea_of(row, opportunities[row.id]) for row in answer.rows] if answer else []
    count = max(len(ideas), 1)
    wanted = min(max(240 * math.sqrt(count) + 100, _SMALLEST), _LARGEST)
    room = limit - 2 * MARGIN - _AXIS
    missing = [Item(opportunity.id, "", opportunity.name, _lacks(opportunity)) for opportunity in _unplaced(part)]
    beside = bool(missing) and answer is not None and room - _LIST - _BETWEEN >= min(wanted, _SMALLEST)
    across = min(wanted, room - (_LIST + _BETWEEN if beside else 0))
    tall = max(across * _SHAPE, min(120 * math.sqrt(count) + 100, _LARGEST))
    width = 2 * MARGIN + _AXIS + across + (_LIST + _BETWEEN if beside else 0)
    width = max(width, min(LEAST_WIDE + 2 * MARGIN, limit))
    title, y = heading_of(drawing, "Impact and effort", width=width)
    shapes: list[Shape] = [title]
    y += 26
    if answer is None:
        said = note(drawing, _nothing(len(opportunities)), top=y, width=width)
        shapes.append(said)
        y = said.box.bottom + 16
    numbered: list[Item] = []
    under = y
    if answer is not None:
        box = Box(x=MARGIN + _AXIS, y=y + 30, width=across, height=tall)
        drawn, numbered = draw_plot(drawing, Plot(box=box, answer=answer), ideas)
        shapes.append(row_of(drawn, label="Opportunities by impact and effort"))
        under = box.bottom + _UNDER
    top, left = (y + 30, width - MARGIN - _LIST) if beside else (under, MARGIN)
    columns = 1 if beside else max(int((width - 2 * MARGIN + _BETWEEN) // (_LIST + _BETWEEN)), 1)
    listed, bottom = lists(drawing, [("Named by number", numbered), ("Not placed", missing)], x=left, top=top, wide=_LIST, columns=columns)
    shapes += listed
    bottom = max(bottom, under) if listed else under
    told = _told(part, answer, ideas)
    return finished(drawing, shapes, what="impact and effort", description=told, bottom=bottom, width=width, entries=_key(theme, ideas))


def _unplaced(journey: Journey) -> list[Opportunity]:
    return [one for one in journey.all_opportunities() if one.impact is None or one.effort is None]


def _lacks(opportunity: Opportunity) -> str:
    lacking = [name for name in ("impact", "effort") if getattr(opportunity, name) is None]
    return f"No {' and no '.join(lacking)} yet"


def _nothing(count: int) -> str:
    if not count:
        return "This journey has no opportunities yet."
    return "No opportunity has both an impact and an effort yet."


def _key(theme: Theme, ideas: Sequence[Idea]) -> Iterator[KeyEntry]:
    def mark(fill: str, stroke: str) -> KeyEntry:
        text = "On the Pareto front: nothing else gives more for less" if fill == stroke else "Another gives more, or costs less"
        paint = Paint(fill=fill, stroke=stroke, width=2)
        return KeyEntry(text=text, width=14, draw=lambda x, middle: [Circle(x=x + 7, y=middle, radius=6, paint=paint)])

    if any(idea.row.on_front for idea in ideas):
        yield mark(theme.accent, theme.accent)
    if any(not idea.row.on_front for idea in ideas):
        yield mark(theme.card, theme.ink_2)
    if any(idea.doubtful for idea in ideas):
        paint = Paint(stroke=theme.ink_3, width=1.5)
        yield KeyEntry(
            text="Range of an estimate",
            width=26,
            draw=lambda x, middle: [
                Line(x1=x, y1=middle, x2=x + 26, y2=middle, paint=paint),
                *(Line(x1=end, y1=middle - 4, x2=end, y2=middle + 4, paint=paint) for end in (x, x + 26)),
            ],
        )


def _told(journey: Journey, answer: ImpactEffort | None, ideas: Sequence[Idea]) -> str:
    """The picture in sentences, quadrant by quadrant."""
    unplaced = _unplaced(journey)
    sentences = [f"Opportunities of {journey.name} by impact and effort."]
    if answer is None:
        sentences.append(_nothing(len(unplaced)))
    for corner, plural in _PLURAL.items():
        held = [idea.told for idea in ideas if idea.row.quadrant == corner]
        if held:
            sentences.append(f"{plural}: {'; '.join(held)}.")
    if unplaced:
        sentences.append(f"Not placed: {'; '.join(f'{one.name} ({_lacks(one).lower()})' for one in unplaced)}.")
    return " ".join(sentences)
