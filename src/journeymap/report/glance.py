"""The journey at a glance: the whole emotion curve in a picture as wide as a page, small enough to stand above a text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from attrs import frozen

from journeymap.analysis import EmotionCurve
from journeymap.model import Journey
from journeymap.scene.curve import Segment, areas, curve_steps, monotone_segments
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Anchor, Box, Circle, Group, Line, Paint, Path, Shape, Step, Text
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

_WIDTH = 880.0
_AXIS = 34.0
"""Room for the numbers of the scale."""
_MARGIN = 12.0
"""On the right, so that no ring is cut."""
_UNIT = 34.0
"""Between two rules: one point of valence."""
_DOT = 5.0
_RING = 9.5
"""Round the dot of a moment of truth."""
_GAP = 6.0
"""Between two stages."""
_STAGE = Style(12, weight=600)
_LABEL = Style(12, weight=500)
_NUMBER = Style(11, weight=400)
_LABEL_ROOM = 150.0
_LABEL_LINES = 2
_MOST_LOWS = 2
_SMALL = 280.0
"""How wide a curve is that stands beside others."""


@frozen(kw_only=True)
class _Point:
    id: str
    name: str
    x: float
    y: float | None
    valence: float | None
    moment: bool


def glance(journey: Journey, /, *, curve: EmotionCurve, small: bool = False, theme: Theme = LIGHT) -> Scene:
    """The emotion curve under the stages, with the lowest and the highest step named; without names where it is ``small``.

    A renderer for `journeymap.render`; ``curve`` is the answer of `journeymap.analysis.emotion_curve`, which it draws.
    """
    measure = Measure()
    whole = _SMALL if small else _WIDTH
    unit = _UNIT / 2 if small else _UNIT
    stages = {stage.id: stage.name for stage in journey.stages}
    moments = {touchpoint.id for touchpoint in journey.touchpoints if touchpoint.moment}
    held = [(stage, list(points)) for stage, points in groupby(curve.points, key=lambda point: point.stage)]
    widths = _shares([len(points) for _, points in held], whole)
    names = [] if small else [stages.get(stage, "") for stage, _ in held]
    head = _heads(names, widths, theme=theme, measure=measure)
    top = 12.0 if small else max((shape.box.bottom for shape in head), default=0.0) + 48
    plot = Box(x=_AXIS, y=top, width=whole - _AXIS - _MARGIN, height=4 * unit)
    points = []
    for (_, inside), (left, width) in zip(held, widths, strict=True):
        for place, point in enumerate(inside):
            x = left + (place + 0.5) * width / len(inside)
            y = None if point.valence is None else plot.y + (2 - point.valence) * unit
            points.append(_Point(id=point.id, name=point.name, x=x, y=y, valence=point.valence, moment=point.id in moments))
    shapes: list[Shape] = [
        *head,
        *_rules(journey, plot, theme, measure),
        *_bands(widths, plot, theme),
        *_drawn(points, plot, theme, small=small),
    ]
    if not small:
        shapes += _labels(points, plot, theme, measure)
    return Scene(
        width=whole,
        height=plot.bottom + (12 if small else 48),
        shapes=[Group(shapes=shapes, label="Emotion curve", role="emotion-curve")],
        title=f"{journey.name}: the journey at a glance",
        description=_told(journey, curve),
        language=journey.language,
        paper=theme.paper,
    )


def _shares(counts: Sequence[int], whole: float) -> list[tuple[float, float]]:
    """Left edge and width of each stage: as many steps, as much room."""
    room = whole - _AXIS - _MARGIN - _GAP * max(0, len(counts) - 1)
    each = room / max(1, sum(counts))
    found, left = [], _AXIS
    for count in counts:
        found.append((left, count * each))
        left += count * each + _GAP
    return found


def _heads(names: Sequence[str], widths: Sequence[tuple[float, float]], *, theme: Theme, measure: Measure) -> list[Text]:
    return [
        text_block(name, box=Box(x=left, y=6, width=width, height=0), style=_STAGE, fill=theme.ink_2, measure=measure, max_lines=3)
        for name, (left, width) in zip(names, widths, strict=False)
    ]


def _rules(journey: Journey, plot: Box, theme: Theme, measure: Measure) -> Iterator[Shape]:
    for valence in (2, 0, -2):
        y = plot.y + (2 - valence) / 4 * plot.height
        dash = (4, 4) if valence == 0 else ()
        yield Line(x1=plot.x, y1=y, x2=plot.right, y2=y, paint=Paint(stroke=theme.ink_3 if valence == 0 else theme.hairline, dash=dash))
        label = journey.scale.print(valence)
        yield text_line(label, x=plot.x - 8, middle=y, style=_NUMBER, fill=theme.ink_3, measure=measure, anchor="end", room=_AXIS - 8)


def _bands(widths: Sequence[tuple[float, float]], plot: Box, theme: Theme) -> Iterator[Shape]:
    for left, _ in widths[1:]:
        x = left - _GAP / 2
        yield Line(x1=x, y1=8, x2=x, y2=plot.bottom + 8, paint=Paint(stroke=theme.hairline))


def _drawn(points: Sequence[_Point], plot: Box, theme: Theme, *, small: bool) -> Iterator[Shape]:
    dot, ring = (_DOT * 0.7, _RING * 0.65) if small else (_DOT, _RING)
    known = [(place, point.x, point.y) for place, point in enumerate(points) if point.y is not None]
    segments = monotone_segments([(x, y) for _, x, y in known])
    joined = [after - before == 1 for (before, _, _), (after, _, _) in pairwise(known)]
    solid = [segment for segment, drawn in zip(segments, joined, strict=True) if drawn]
    yield from _areas(solid, plot.y + plot.height / 2, theme)
    bridges = [segment for segment, drawn in zip(segments, joined, strict=True) if not drawn]
    if bridges:
        yield Path(steps=curve_steps(bridges), paint=Paint(stroke=theme.ink_3, width=1.5, dash=(2, 5)), round_ends=True)
    if solid:
        yield Path(steps=curve_steps(solid), paint=Paint(stroke=theme.ink, width=2), round_ends=True)
    for point in points:
        if point.y is None or point.valence is None:
            continue
        if point.moment:
            yield Circle(x=point.x, y=point.y, radius=ring, paint=Paint(fill=theme.paper, stroke=theme.truth, width=2))
        colour = theme.levels[min(4, max(0, math.floor(point.valence + 2.5)))]
        paint = Paint(fill=colour, stroke=theme.paper, width=1.5)
        yield Circle(x=point.x, y=point.y, radius=dot, paint=paint, about=point.id, title=point.name)


def _areas(solid: Sequence[Segment], neutral: float, theme: Theme) -> Iterator[Shape]:
    found = areas(solid, neutral=neutral)
    for outlines, colour, opacity in (
        (found.above, theme.area_positive, theme.area_positive_opacity),
        (found.below, theme.area_negative, theme.area_negative_opacity),
    ):
        steps: list[Step] = [step for outline in outlines for step in outline]
        if steps:
            yield Path(steps=steps, paint=Paint(fill=colour, fill_opacity=opacity))


def _labels(points: Sequence[_Point], plot: Box, theme: Theme, measure: Measure) -> Iterator[Shape]:
    """The names of the lowest steps below them, and of the highest above it; none where all are alike."""
    felt = [point for point in points if point.valence is not None]
    lows = [point for point in felt if point.valence == min(p.valence for p in felt if p.valence is not None)]
    highs = [point for point in felt if point.valence == max(p.valence for p in felt if p.valence is not None)]
    if len(lows) == len(felt):
        return
    last = -math.inf
    for point in lows[:_MOST_LOWS]:
        if point.x - last > _LABEL_ROOM:
            yield _label(point, plot, below=True, theme=theme, measure=measure)
            last = point.x
    if len(highs) == 1:
        yield _label(highs[0], plot, below=False, theme=theme, measure=measure)


def _label(point: _Point, plot: Box, *, below: bool, theme: Theme, measure: Measure) -> Text:
    left = min(max(point.x - _LABEL_ROOM / 2, plot.x), plot.right - _LABEL_ROOM)
    anchor: Anchor = "middle" if left == point.x - _LABEL_ROOM / 2 else "start" if left == plot.x else "end"
    lines = measure.wrap(point.name, _LABEL_ROOM, _LABEL, max_lines=_LABEL_LINES)
    y = (point.y or 0.0) + 13 if below else (point.y or 0.0) - 12 - len(lines) * _LABEL.leading
    box = Box(x=left, y=y, width=_LABEL_ROOM, height=0)
    fill = theme.pain if (point.valence or 0.0) < 0 else theme.ink_2
    return text_block(
        lines, box=box, style=_LABEL, fill=fill, measure=measure, anchor=anchor, halo=theme.paper, about=point.id, title=point.name
    )


def _told(journey: Journey, curve: EmotionCurve) -> str:
    """Every step with its emotion, for those who cannot see the picture."""
    scale = journey.scale
    said = [f"{point.name}: {scale.print(point.valence) if point.valence is not None else 'not known'}" for point in curve.points]
    return f"Emotion on a scale from {scale.print(-2)} to {scale.print(2)}. " + "; ".join(said) + "."
