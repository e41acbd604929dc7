"""The emotion curve with its faces and numbers: the one loud line of a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from journeymap.model import Emotion
from journeymap.renderers.columns import SPARE
from journeymap.scene.curve import Segment, areas, curve_steps, monotone_segments
from journeymap.scene.shapes import Anchor, Box, Circle, Group, Line, Paint, Path, Shape, Step
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_line
from journeymap.scene.theme import Theme, mixed

FACE = 15.0
"""The radius of a face on the curve."""

_AXIS_FACE = 9.0
_CURVE = 2.5
_RING = 2.0
"""Paper between a face and what lies behind it."""
_MOMENT_RING = 5.0
"""From the edge of a face to the ring of a moment of truth."""
_TO_NUMBER = 6.5
"""Between a face and its number."""
_TO_NOTE = 17.0
"""From the middle of a number to the middle of the note under it."""
_SHIFTED = 2 / 3
"""How much of its room a label may take that stands beside the middle, so that it stays clear of its neighbour's."""
_MARK = 8.0
"""How far a mark of another line reaches."""
_CLEAR = 3.0
"""Between a label and the curve."""
_MOST_NOTES = 3
_LOWEST = "Lowest point"
_NOTE_STYLE = Style(11.5, weight=600)
_AXIS = Style(12, weight=500)
AXIS_ROOM = 118.0
"""How wide the words of a scale may be beside the plot."""


@frozen(kw_only=True)
class PlotPoint:
    """A step on the curve."""

    x: float
    valence: float | None
    """-2 to +2; None leaves a gap."""
    text: str
    """The number as it is printed, on the journey's scale."""
    about: str
    """The id of the touchpoint or stage."""
    label: str
    """What a screen reader says of it."""
    moment: bool = False
    """Whether it is a moment of truth."""


@frozen(kw_only=True)
class _Knot:
    """A point whose emotion is known, with the curve to its left and right."""

    point: PlotPoint
    valence: float
    y: float
    room: float
    """The width that its label may take."""
    before: Segment | None
    after: Segment | None


@frozen(kw_only=True)
class _Pen:
    box: Box
    theme: Theme
    symbols: Symbols
    measure: Measure
    radius: float
    marks: tuple[tuple[float, float], ...] = ()
    """Where marks of other lines stand, which a label keeps clear of."""

    def style(self, knot: _Knot) -> Style:
        """Numbers are large; the words of a scale of words are longer, and so smaller."""
        number = any(character.isdigit() for character in knot.point.text)
        return Style(self.radius, weight=700) if number else Style(13, weight=600)

    def y(self, valence: float) -> float:
        return self.box.y + (2 - valence) / 4 * self.box.height


def emotion_plot(
    points: Sequence[PlotPoint],
    *,
    box: Box,
    theme: Theme,
    symbols: Symbols,
    measure: Measure,
    drop_from: float | None = None,
    notes: Mapping[str, str] | None = None,
    radius: float = FACE,
    marks: Sequence[tuple[float, float]] = (),
) -> tuple[Shape, ...]:
    """Rules, areas, curve, faces and numbers; the upper edge of ``box`` is the valence +2, the lower edge -2.

    Faces, numbers and notes stand up to 42 px above the box and 58 px below it (for faces of 15 px). Points without a
    valence leave a gap, bridged by a dashed line. ``notes`` names points by their ids, as `lowest_notes` does for the whole map,
    where this is one system of several; by default the lowest of these points are named. Moments of truth have a ring, and a
    dotted line from ``drop_from`` down to it. Numbers keep clear of ``marks``, the points of other lines, where they can.
    """
    pen = _Pen(box=box, theme=theme, symbols=symbols, measure=measure, radius=radius, marks=tuple(marks))
    known = [(index, point, point.valence) for index, point in enumerate(points) if point.valence is not None]
    segments = monotone_segments([(point.x, pen.y(valence)) for _, point, valence in known])
    joined = [after[0] - before[0] == 1 for before, after in pairwise(known)]
    solid = [segment for segment, drawn in zip(segments, joined, strict=True) if drawn]
    bridges = [segment for segment, drawn in zip(segments, joined, strict=True) if not drawn]
    knots = [
        _Knot(
            point=point,
            valence=valence,
            y=pen.y(valence),
            room=_room(points, index, box),
            before=segments[place - 1] if place else None,
            after=segments[place] if place < len(segments) else None,
        )
        for place, (index, point, valence) in enumerate(known)
    ]
    lone = [_stub(knot) for place, knot in enumerate(knots) if not any(joined[max(place - 1, 0) : place + 1])]
    noted = lowest_notes(points) if notes is None else notes
    return (
        *_rules(pen),
        *_areas(solid, pen),
        *_drop_lines(knots, drop_from, pen),
        *_curve(solid, bridges, lone, theme),
        *(_point(knot, pen, note=noted.get(knot.point.about, "")) for knot in knots),
    )


def lowest_notes(points: Sequence[PlotPoint]) -> dict[str, str]:
    """The lowest points named, by id."""
    return dict.fromkeys(lowest_points(points), _LOWEST)


def turning_notes(points: Sequence[PlotPoint]) -> dict[str, str]:
    """The lowest points named, and the highest, and the end: what people remember (Fredrickson and Kahneman 1993)."""
    known = [(point.valence, point.about) for point in points if point.valence is not None]
    found = lowest_notes(points)
    if found:
        highest = max(known, key=lambda one: one[0])[1]
        found.setdefault(highest, "Highest point")
        found.setdefault(known[-1][1], "End")
    return found


def lowest_points(points: Sequence[PlotPoint]) -> tuple[str, ...]:
    """The ids of the points to be named lowest: none where all are alike, only the first where more than three tie."""
    known = [(point.valence, point.about) for point in points if point.valence is not None]
    least = min(known, default=(0.0, ""))[0]
    found = [about for valence, about in known if valence == least]
    if len(found) == len(known):
        return ()
    return tuple(found if len(found) <= _MOST_NOTES else found[:1])


def emotion_axis(
    *,
    right: float,
    box: Box,
    labels: Sequence[str],
    theme: Theme,
    symbols: Symbols,
    measure: Measure,
    room: float = AXIS_ROOM,
) -> tuple[Shape, ...]:
    """The scale beside the plot: a small face and its label for each level, lowest first, the labels ending at ``right``.

    Labels wider than ``room`` are shortened. `axis_width` tells how wide it all is.
    """
    widest = _widest(labels, measure, room)
    shapes: list[Shape] = []
    for place, label in enumerate(labels):
        y = box.bottom - place * box.height / 4
        shapes.append(symbols.face(place + 1, x=right - widest - 7 - _AXIS_FACE, y=y, radius=_AXIS_FACE, theme=theme))
        shapes.append(text_line(label, x=right, middle=y, style=_AXIS, fill=theme.ink_2, measure=measure, anchor="end", room=widest))
    return tuple(shapes)


def axis_width(labels: Sequence[str], *, measure: Measure, room: float = AXIS_ROOM) -> float:
    """How wide the scale beside the plot is, with its faces."""
    return _widest(labels, measure, room) + 7 + 2 * _AXIS_FACE


def _widest(labels: Sequence[str], measure: Measure, room: float) -> float:
    return min(max((measure.width(label, _AXIS) for label in labels), default=0.0) + 2, room)


def _rules(pen: _Pen) -> Iterator[Shape]:
    box, theme = pen.box, pen.theme
    for valence in (2, 1, -1, -2):
        y = pen.y(valence)
        yield Line(x1=box.x, y1=y, x2=box.right, y2=y, paint=Paint(stroke=theme.hairline, width=1.25))
    y = pen.y(0)
    yield Line(x1=box.x, y1=y, x2=box.right, y2=y, paint=Paint(stroke=theme.ink_3, width=1.25, dash=(4, 4)))


def _areas(segments: Sequence[Segment], pen: _Pen) -> Iterator[Shape]:
    found = areas(segments, neutral=pen.y(0))
    theme = pen.theme
    for outlines, colour, opacity in (
        (found.above, theme.area_positive, theme.area_positive_opacity),
        (found.below, theme.area_negative, theme.area_negative_opacity),
    ):
        steps: list[Step] = [step for outline in outlines for step in outline]
        if steps:
            yield Path(steps=steps, paint=Paint(fill=colour, fill_opacity=opacity), role="emotion-area")


def _drop_lines(knots: Sequence[_Knot], drop_from: float | None, pen: _Pen) -> Iterator[Shape]:
    for knot in knots:
        top = knot.y - pen.radius - _MOMENT_RING
        if knot.point.moment and drop_from is not None and drop_from < top:
            x = knot.point.x
            yield Line(x1=x, y1=drop_from, x2=x, y2=top, paint=Paint(stroke=pen.theme.truth, width=1.5, dash=(2.5, 3)))


def _stub(knot: _Knot) -> Segment:
    """The curve at a point that stands alone between gaps: no longer than its face, so that the curve meets all points."""
    x, y = knot.point.x, knot.y
    return Segment(x - FACE / 2, y, y, y, x + FACE / 2, y)


def _curve(solid: Sequence[Segment], bridges: Sequence[Segment], lone: Sequence[Segment], theme: Theme) -> Iterator[Shape]:
    if bridges:
        yield Path(steps=curve_steps(bridges), paint=Paint(stroke=theme.ink_3, width=2, dash=(2, 6)), role="emotion-gap", round_ends=True)
    if solid:
        steps = curve_steps(sorted([*solid, *lone], key=lambda segment: segment.x0))
        yield Path(steps=steps, paint=Paint(stroke=theme.ink, width=_CURVE), role="emotion-curve", round_ends=True)


def _point(knot: _Knot, pen: _Pen, *, note: str) -> Group:
    point, theme = knot.point, pen.theme
    shapes: list[Shape] = []
    if point.moment:
        ring = Paint(fill=theme.paper, stroke=theme.truth, width=2)
        shapes.append(Circle(x=point.x, y=knot.y, radius=pen.radius + _MOMENT_RING, paint=ring))
    else:
        shapes.append(Circle(x=point.x, y=knot.y, radius=pen.radius + _RING, paint=Paint(fill=theme.paper)))
    level = Emotion(knot.valence).level
    shapes.append(pen.symbols.face(level, x=point.x, y=knot.y, radius=pen.radius, theme=theme))
    shapes.extend(_label(knot, pen, note=note))
    return Group(shapes=shapes, about=point.about, label=point.label, role="point", title=point.label)


def _label(knot: _Knot, pen: _Pen, *, note: str) -> Iterator[Shape]:
    """The number where the curve leaves room for it, and the note beyond it, or under a low point."""
    theme, measure, point = pen.theme, pen.measure, knot.point
    style = pen.style(knot)
    width = min(measure.width(point.text, style), knot.room)
    above, anchor = _place(knot, pen, width)
    middle = _middle(knot, pen, above=above)
    x = point.x if anchor == "middle" else point.x + (pen.radius if anchor == "start" else -pen.radius) / 3
    halo = _behind(knot, theme, above=above)
    room = knot.room if anchor == "middle" else min(width * SPARE, knot.room)
    yield text_line(point.text, x=x, middle=middle, style=style, fill=theme.ink, measure=measure, anchor=anchor, room=room, halo=halo)
    if note:
        under = not above or note == _LOWEST
        beyond = _middle(knot, pen, above=False) if above and under else middle + (_TO_NOTE if under else -_TO_NOTE)
        yield text_line(
            note,
            x=point.x,
            middle=beyond,
            style=_NOTE_STYLE,
            fill=theme.pain if (point.valence or 0) < 0 else theme.ink_2,
            measure=measure,
            anchor="middle",
            room=knot.room,
            halo=_behind(knot, theme, above=not under),
        )


def _behind(knot: _Knot, theme: Theme, *, above: bool) -> str:
    """The colour behind a label: that of the area, where it stands between its point and the neutral line."""
    if above and knot.valence < 0:
        return mixed(theme.area_negative, theme.area_negative_opacity, theme.band)
    if not above and knot.valence > 0:
        return mixed(theme.area_positive, theme.area_positive_opacity, theme.band)
    return theme.band


def _place(knot: _Knot, pen: _Pen, width: float) -> tuple[bool, Anchor]:
    """Whether the number stands above, and how it is anchored: the first place that the curve does not run through."""
    wanted = knot.valence > 0 and not knot.point.moment
    sides = (False,) if knot.point.moment else (wanted, not wanted)
    anchors: tuple[Anchor, ...] = ("middle", "end", "start") if width <= knot.room * _SHIFTED else ("middle",)
    for anchor in anchors:
        for above in sides:
            if not _crossed(knot, pen, width, above=above, anchor=anchor):
                return above, anchor
    return wanted, "middle"


def _crossed(knot: _Knot, pen: _Pen, width: float, *, above: bool, anchor: Anchor) -> bool:
    x = knot.point.x
    left = {"middle": x - width / 2, "end": x - width - pen.radius / 3, "start": x + pen.radius / 3}[anchor] - _CLEAR
    right = left + width + 2 * _CLEAR
    if left < pen.box.x - _CLEAR or right > pen.box.right + _CLEAR:
        return True
    middle = _middle(knot, pen, above=above)
    half = pen.measure.cap_height(pen.style(knot)) / 2 + _CLEAR
    if any(left - _MARK < mark < right + _MARK and abs(y - middle) < half + _MARK for mark, y in pen.marks):
        return True
    for segment, start, stop in ((knot.before, left, min(right, x)), (knot.after, max(left, x), right)):
        if segment is not None and start < stop:
            ends = sorted((segment.y(start), segment.y(stop)))
            if ends[0] < middle + half and ends[1] > middle - half:
                return True
    return False


def _middle(knot: _Knot, pen: _Pen, *, above: bool) -> float:
    away = pen.radius + _TO_NUMBER + pen.measure.cap_height(pen.style(knot)) / 2 + (_MOMENT_RING - 1 if knot.point.moment else 0)
    return knot.y - away if above else knot.y + away


def _room(points: Sequence[PlotPoint], index: int, box: Box) -> float:
    x = points[index].x
    gaps = [abs(points[near].x - x) for near in (index - 1, index + 1) if 0 <= near < len(points)]
    return max(min([*gaps, 2 * (x - box.x) + 8, 2 * (box.right - x) + 8]) - 8, 24.0)
