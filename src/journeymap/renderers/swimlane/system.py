"""One system of the swimlane: chevrons over columns, and the lanes under them, drawn from the top down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from journeymap.errors import JourneyMapError, RenderError, shown
from journeymap.renderers.columns import CARD_INSET, GUTTER, MARGIN, System
from journeymap.renderers.emotion_plot import PlotPoint, emotion_plot
from journeymap.renderers.frame import lane_head
from journeymap.renderers.stage_heads import Drawing, curve_points, emotion_head, stage_bands, stage_heads
from journeymap.renderers.steps import Step, doer
from journeymap.renderers.swimlane.cells import EMOTION
from journeymap.renderers.swimlane.grouped import GROUP, STEPS
from journeymap.renderers.swimlane.lane import Cell, Lane, Pen
from journeymap.renderers.words import spoken_step
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape
from journeymap.scene.text import Style, text_line
from journeymap.scene.theme import Theme

_LANE_PAD = 14.0
_BETWEEN_CARDS = 8.0
_LINE_PAD = 4.0
"""More room around a blueprint line, so that its pill keeps away from the cards."""
_UNIT = 48.0
"""Between two rules of the emotion plot: one point of valence."""
_ABOVE, _BELOW = 42.0, 58.0
"""Room for numbers over and under the plot."""
_PILL = Style(11, weight=600)
_PILL_HEIGHT = 20.0
_UNEMBEDDED = 1.12
"""A pill is this much wider than its text, for viewers that draw with another font."""


@frozen(kw_only=True)
class Sheet:
    """What all systems of a swimlane share."""

    drawing: Drawing
    lanes: tuple[Lane, ...]
    pen: Pen
    notes: Mapping[str, str]
    """Points of the curve that have a name, by id."""


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
    heads, band_top, y = stage_heads(sheet.drawing, system, top=top)
    theme = sheet.drawing.theme
    content: list[Shape] = []
    card_bottom: float | None = None
    ruled = False
    for lane in sheet.lanes:
        if lane is EMOTION:
            points = curve_points(sheet.drawing, system)
            if all(point.valence is None for point in points):
                continue
            if ruled:
                content.append(_rule(system, y, theme))
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
                content.append(_rule(system, y, theme))
            drawn, y = _lane(sheet, lane, places, y)
        content.append(drawn)
        card_bottom = y - _LANE_PAD if holds_steps(lane) else y
        ruled = lane.name != STEPS
    return (*stage_bands(sheet.drawing, system, top=band_top, bottom=y), *heads, *content), y


def holds_steps(lane: Lane) -> bool:
    """Whether the cards of a lane are the steps themselves."""
    return lane.name == STEPS or lane.name.startswith(GROUP)


def _places(sheet: Sheet, system: System, lane: Lane) -> Iterator[_Place]:
    """The cells of a lane: what a stage says of itself over all its columns, then what each step says, under it."""
    for part in system.parts:
        whole = sheet.drawing.stages[part.stage].whole
        under = 0.0
        if whole is not None and not part.continued and not holds_steps(lane):
            width = part.width - 2 * CARD_INSET
            cell = _cell(lane, whole, evolve(sheet.pen, width=width))
            if cell is not None:
                yield _Place(step=whole, cell=cell, x=part.x + CARD_INSET, width=width, under=0.0)
                under = cell.height + _BETWEEN_CARDS
        for index, step in sheet.drawing.steps(part):
            cell = _cell(lane, step, sheet.pen)
            if cell is not None:
                yield _Place(step=step, cell=cell, x=part.left(index) + CARD_INSET, width=sheet.pen.width, under=under)


def _cell(lane: Lane, step: Step, pen: Pen) -> Cell | None:
    """What the lane shows of a step; RenderError names a lane that fails."""
    try:
        cell: object = lane.cell(step, pen)
    except JourneyMapError:
        raise
    except Exception as error:
        raise _faulty(lane, step, error) from error
    if cell is not None and not isinstance(cell, Cell):
        raise RenderError(f"the lane {lane.name!r} returned {shown(cell)} for {step.about!r}; it has to be a Cell, or None")
    return cell


def _drawn(lane: Lane, place: _Place, box: Box) -> tuple[Shape, ...]:
    try:
        return tuple(place.cell.draw(box))
    except JourneyMapError:
        raise
    except Exception as error:
        raise _faulty(lane, place.step, error) from error


def _faulty(lane: Lane, step: Step, error: Exception) -> RenderError:
    return RenderError(f"the lane {lane.name!r} fails at {step.about!r} with {type(error).__name__}: {error}; mend the lane")


def _lane(sheet: Sheet, lane: Lane, places: Sequence[_Place], top: float) -> tuple[Group, float]:
    alone = lane.equal and all(place.cell.cards == 1 and not place.under for place in places)
    tallest = max(place.cell.height for place in places)
    y = top + _LANE_PAD
    heads, height = _head(sheet, lane.title, _caption(sheet, lane), lane.icon, y)
    bottom = y + height
    shapes: list[Shape] = [*heads]
    for place in places:
        tall = tallest if alone else place.cell.height
        box = Box(x=place.x, y=y + place.under, width=place.width, height=tall)
        if holds_steps(lane):
            label, role = spoken_step(place.step, sheet.drawing.journey), "touchpoint"
        else:
            label, role = f"{place.step.number} {lane.title}: {place.cell.label}", f"cell:{lane.name}"
        shapes.append(Group(shapes=_drawn(lane, place, box), label=label, role=role, about=place.step.about))
        bottom = max(bottom, box.bottom)
    return Group(shapes=shapes, label=lane.title, role=f"lane:{lane.name}"), bottom + _LANE_PAD


def _emotion(sheet: Sheet, system: System, points: Sequence[PlotPoint], top: float, card_bottom: float | None) -> tuple[Group, float]:
    drawing = sheet.drawing
    plot = Box(x=system.left, y=top + _ABOVE, width=system.right - system.left, height=4 * _UNIT)
    heads = emotion_head(drawing, plot=plot, top=top + _LANE_PAD)
    curve = emotion_plot(
        points,
        box=plot,
        theme=drawing.theme,
        symbols=drawing.symbols,
        measure=drawing.measure,
        drop_from=card_bottom,
        notes=sheet.notes,
    )
    return Group(shapes=[*heads, *curve], label="Emotion", role="lane:emotion"), plot.bottom + _BELOW


def _head(sheet: Sheet, title: str, caption: str, icon: str | None, top: float) -> tuple[tuple[Shape, ...], float]:
    drawing = sheet.drawing
    room = Box(x=MARGIN, y=top, width=GUTTER, height=0)
    return lane_head(title, caption, icon=icon, box=room, theme=drawing.theme, symbols=drawing.symbols, measure=drawing.measure)


def _caption(sheet: Sheet, lane: Lane) -> str:
    if lane.name == STEPS:
        return f"What {doer(sheet.drawing.persona)} does"
    journey = sheet.drawing.journey
    graded = {
        "pains": any(pain.severity for pain in journey.all_pains()),
        "opportunities": any(opportunity.impact for opportunity in journey.all_opportunities()),
    }
    return lane.caption if graded.get(lane.name, True) else ""


def _line_name(sheet: Sheet, system: System, lane: Lane) -> str:
    """The blueprint line over a lane: support stands right under the line of visibility where nothing is backstage."""
    backstage = next((other for other in sheet.lanes if other.name == "backstage"), None)
    if lane.name != "support" or backstage is None or any(_places(sheet, system, backstage)):
        return lane.line_above
    return backstage.line_above


def _rule(system: System, y: float, theme: Theme) -> Line:
    return Line(x1=MARGIN, y1=y, x2=system.right, y2=y, paint=Paint(stroke=theme.hairline))


def _blueprint_line(sheet: Sheet, system: System, name: str, y: float) -> tuple[Shape, ...]:
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    width = measure.width(name, _PILL) * _UNEMBEDDED + 20
    pill = Box(x=system.right - width, y=y - _PILL_HEIGHT / 2, width=width, height=_PILL_HEIGHT)
    return (
        Line(x1=MARGIN, y1=y, x2=pill.x, y2=y, paint=Paint(stroke=theme.ink_3, width=1.75, dash=(9, 5))),
        Rect(box=pill, paint=Paint(fill=theme.paper, stroke=theme.ink_3, width=1.25), radius=_PILL_HEIGHT / 2),
        text_line(name, x=pill.centre, middle=y, style=_PILL, fill=theme.ink_2, measure=measure, anchor="middle"),
    )
