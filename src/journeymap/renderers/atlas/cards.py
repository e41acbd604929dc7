"""The card of a journey in an atlas: what it is, its stages as a strip with the curve over them, and how it feels on the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from attrs import frozen

from journeymap.analysis.emotion import stage_emotion
from journeymap.model import Emotion, Journey
from journeymap.renderers.columns import SPARE
from journeymap.renderers.steps import steps_by_stage
from journeymap.scene.curve import areas, curve_steps, monotone_segments
from journeymap.scene.shapes import Box, Circle, Close, Line, LineTo, MoveTo, Paint, Path, Rect, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import Theme

CARD = 272.0
_PAD = 16.0
_STRIP = 12.0
_CURVE = 30.0
_POINT = 3.0
_MOST_STAGES = 24

_NAME = Style(15, weight=700)
_NUMBER = Style(12, weight=600)
_KIND = Style(12)
_FIGURE = Style(13, weight=700)

_KINDS = {
    "current-state": "Current state",
    "future-state": "Future state",
    "day-in-the-life": "A day in the life",
    "service-blueprint": "Service blueprint",
}


@frozen(kw_only=True)
class Card:
    """A journey's card: how high it is, how it is drawn in its box, and what it says."""

    height: float
    draw: Callable[[Box], Sequence[Shape]]
    said: str


@frozen(kw_only=True)
class Tools:
    """What everything in the picture is drawn with."""

    theme: Theme
    measure: Measure
    symbols: Symbols


def card_of(journey: Journey, number: int, asides: Sequence[str], tools: Tools) -> Card:
    """The card; ``asides`` are the links that are told in words, since they lead to another row or to itself."""
    measure, theme = tools.measure, tools.theme
    inner = CARD - 2 * _PAD
    head = max(measure.width(str(number), _NUMBER) + 10, 22.0)
    names = measure.wrap(journey.name, inner - head, _NAME)
    facts = " \u00b7 ".join(part for part in (_KINDS[journey.kind], journey.status or "") if part)
    about = measure.wrap(facts, inner, _KIND)
    told = [measure.wrap(aside, inner - 18, _KIND) for aside in asides]
    strip = 0 < len(journey.stages) <= _MOST_STAGES
    means = [stage_emotion(stage) for stage in journey.stages]
    curve = strip and sum(mean is not None for mean in means) > 1
    mean = _mean(journey)
    figure = "" if mean is None else journey.scale.print(mean)
    beside = 28 + measure.width(figure, _FIGURE) * SPARE + 6 if figure else 0.0
    under = beside + measure.width(_counted(journey), _KIND) > inner
    tops = [14.0]
    for height in (
        len(names) * _NAME.leading + 4,
        len(about) * _KIND.leading + 10,
        _CURVE + 8 if curve else 0.0,
        _STRIP + 8 if strip else 0.0,
        22.0 + (_KIND.leading + 4 if under else 0.0),
        sum(len(lines) * _KIND.leading + 4 for lines in told),
    ):
        tops.append(tops[-1] + height)

    def draw(box: Box) -> list[Shape]:
        x = box.x + _PAD
        first = box.y + tops[0]
        shapes: list[Shape] = [
            Rect(box=box, paint=Paint(fill=theme.card, stroke=theme.card_line), radius=10),
            text_line(str(number), x=x, middle=first + _NAME.leading / 2, style=_NUMBER, fill=theme.ink_3, measure=measure),
            _text(names, x + head, first, inner - head, _NAME, theme.ink, measure),
            _text(about, x, box.y + tops[1], inner, _KIND, theme.ink_2, measure),
        ]
        if curve:
            shapes += _curve(means, Box(x=x, y=box.y + tops[2], width=inner, height=_CURVE), theme)
        if strip:
            shapes += _chevrons(len(journey.stages), Box(x=x, y=box.y + tops[3], width=inner, height=_STRIP), theme)
        middle = box.y + tops[4] + 9
        if mean is not None:
            shapes.append(tools.symbols.face(Emotion(mean).level, x=x + 10, y=middle, radius=10, theme=theme))
            shapes.append(text_line(figure, x=x + 28, middle=middle, style=_FIGURE, fill=theme.ink, measure=measure, room=inner - 28))
        left, low = (x, middle + 11 + _KIND.leading / 2) if under else (x + beside, middle)
        shapes.append(
            text_line(_counted(journey), x=left, middle=low, style=_KIND, fill=theme.ink_2, measure=measure, room=x + inner - left)
        )
        y = box.y + tops[5]
        for lines in told:
            shapes.append(tools.symbols.icon("link", x=x, y=y + 1, size=12, colour=theme.ink_2))
            shapes.append(_text(lines, x + 18, y, inner - 18, _KIND, theme.ink_2, measure))
            y += len(lines) * _KIND.leading + 4
        return shapes

    said = f"{number} {journey.name}: {facts}, {_counted(journey)}" + (f", mean emotion {figure}" if figure else "")
    return Card(height=tops[-1] + 8, draw=draw, said=said)


def _counted(journey: Journey) -> str:
    stages, steps = len(journey.stages), len(journey.touchpoints)
    if not stages:
        return "no stages yet"
    told = f"{stages} stage{'' if stages == 1 else 's'}"
    return told + (f", {steps} step{'' if steps == 1 else 's'}" if steps else "")


def _mean(journey: Journey) -> float | None:
    felt = [step.emotion.valence for held in steps_by_stage(journey, None) for step in held.felt if step.emotion is not None]
    return round(fmean(felt), 1) if felt else None


def _text(lines: Sequence[str], x: float, y: float, width: float, style: Style, fill: str, measure: Measure) -> Shape:
    return text_block(lines, box=Box(x=x, y=y, width=width, height=0), style=style, fill=fill, measure=measure, lines_given=True)


def _chevrons(count: int, box: Box, theme: Theme) -> list[Shape]:
    """A small chevron for each stage, side by side over the width of the box."""
    tip, gap = 4.0, 2.0
    each = (box.width - tip) / count
    middle = box.y + box.height / 2
    shapes: list[Shape] = []
    for place in range(count):
        x, right = box.x + place * each, box.x + (place + 1) * each - gap
        corners = [LineTo(right, box.y), LineTo(right + tip, middle), LineTo(right, box.bottom), LineTo(x, box.bottom)]
        back = [LineTo(x + tip, middle)] if place else []
        shapes.append(Path(steps=[MoveTo(x, box.y), *corners, *back, Close()], paint=Paint(fill=theme.stage)))
    return shapes


def _curve(means: Sequence[float | None], box: Box, theme: Theme) -> list[Shape]:
    """The means of the stages as a small curve round the neutral line, each over its chevron."""
    each = box.width / len(means)
    points = [(box.x + (place + 0.5) * each, box.y + (2 - mean) / 4 * box.height) for place, mean in enumerate(means) if mean is not None]
    middle = box.y + box.height / 2
    segments = monotone_segments(points)
    found = areas(segments, neutral=middle)
    tints = (
        (found.above, theme.area_positive, theme.area_positive_opacity),
        (found.below, theme.area_negative, theme.area_negative_opacity),
    )
    shapes: list[Shape] = [
        Path(steps=[step for outline in outlines for step in outline], paint=Paint(fill=colour, fill_opacity=opacity), role="emotion-area")
        for outlines, colour, opacity in tints
        if outlines
    ]
    shapes += [
        Line(x1=box.x, y1=middle, x2=box.right, y2=middle, paint=Paint(stroke=theme.hairline, width=1.25, dash=(3, 3))),
        Path(steps=curve_steps(segments), paint=Paint(stroke=theme.ink, width=2), role="spark", round_ends=True),
    ]
    shapes += [Circle(x=x, y=y, radius=_POINT, paint=Paint(fill=theme.ink, stroke=theme.card, width=1)) for x, y in points]
    return shapes
