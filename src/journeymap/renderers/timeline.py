"""The timeline: steps and waits along real time, to one scale, so that one sees where the time goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from attrs import frozen

from journeymap.errors import RenderError, shown
from journeymap.model import Journey, Span
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, SPARE
from journeymap.renderers.lengths import length_words, likely
from journeymap.renderers.main_way import Leg, MainWay, main_way
from journeymap.renderers.paper import KeyEntry, bar_entry, drawing_of, figures, finished, heading_of, note, row_of, small_note, width_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.words import spoken_step
from journeymap.scene.icons import channel_icon
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Anchor, Box, Circle, Group, Line, Paint, Rect, Shape
from journeymap.scene.text import Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

_WHAT = "Timeline"
_WIDTH, _LEAST_WIDTH = 1480.0, 860.0
_NAMES = 300.0
"""Left of the plot: number and name of the step."""
_SIDE = 16.0
_STAGE_ROW = 40.0
_STEP_PAD = 9.0
_WAIT_ROW = 34.0
_STAGE_GAP = 10.0
_BAR = 18.0
_LEAST_BAR = 5.0
_MOST_TICKS = 9

_STAGE = Style(14, weight=700)
_PERIOD = Style(12)
_NUMBER = Style(11.5, weight=600)
_NAME = Style(13, weight=500)
_LENGTH = Style(12)
_GAP = Style(13, weight=700)
_TICK = Style(11)

_ZERO = timedelta()
_TICKS = (
    *(timedelta(seconds=n) for n in (1, 2, 5, 10, 20, 30)),
    *(timedelta(minutes=n) for n in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=n) for n in (1, 2, 3, 6, 12)),
    *(timedelta(days=n) for n in (1, 2, 5, 10, 20, 50, 100)),
    *(timedelta(days=365 * n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500)),
)


@frozen(kw_only=True)
class _Stop:
    """A step on the timeline: when the wait for it begins, when it begins, when it ends."""

    leg: Leg
    waits: timedelta
    begins: timedelta
    ends: timedelta


@frozen(kw_only=True)
class _Plot:
    drawing: Drawing
    box: Box
    """From the first step's beginning to the last one's end; its height does not matter."""
    total: timedelta
    gap: timedelta
    width: float
    """Of the sheet."""

    @property
    def ticks(self) -> list[timedelta]:
        """The times that the axis names, from the start on."""
        unit = next((tick for tick in _TICKS if self.total / tick <= _MOST_TICKS), _TICKS[-1] * 100)
        return [unit * number for number in range(int(self.total / unit) + 1)]

    def x(self, at: timedelta) -> float:
        return self.box.x + self.box.width * (at / self.total if self.total else 0.0)


def timeline(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    gap: timedelta = timedelta(days=3),
    max_width: float = MAX_WIDTH,
) -> Scene:
    """The steps along real time: each as long as it takes, each wait to the same scale, the long ones called out.

    On a map that branches it is the way that most customers take; the other steps are named under it. What has no length takes
    no room, and the picture says so. A wait of ``gap`` or more is called out. ``max_width`` is how wide the sheet may be, in px.
    RenderError if there is no such persona, or if ``gap`` is no length of time.
    """
    if not isinstance(gap, timedelta) or gap <= _ZERO:
        raise RenderError(f"gap={shown(gap)} is no length of time; give a timedelta above 0, for example timedelta(days=3)")
    width = width_of(max_width, wanted=_WIDTH, least=_LEAST_WIDTH)
    drawing = drawing_of(journey, theme, persona)
    way = main_way(journey, [step for held in drawing.stages for step in held.steps])
    stops = tuple(_stops(way.legs))
    total = stops[-1].ends if stops else _ZERO
    title, y = heading_of(drawing, _WHAT, width=width)
    shapes: list[Shape] = [title]
    if total == _ZERO:
        said = note(drawing, _nothing(drawing), top=y + 16, width=width)
        return finished(
            drawing, [*shapes, said], what="timeline", description=_told(drawing, way, stops), bottom=said.box.bottom, width=width
        )
    facts, y = figures(drawing, _facts(stops), top=y + 18, width=width)
    left = MARGIN + _NAMES
    plot = _Plot(drawing=drawing, box=Box(x=left, y=0, width=width - MARGIN - _SIDE - left, height=0), total=total, gap=gap, width=width)
    bodies: list[Shape] = []
    top = y = y + 44
    for stage, members in groupby(stops, key=lambda stop: stop.leg.step.stage.id):
        drawn, y = _stage(plot, list(members), top=y)
        bodies.append(row_of(drawn, about=stage))
        y += _STAGE_GAP
    shapes += [facts, *_axis(plot, top - 12), *bodies, *_axis(plot, y + 4, below=True)]
    y += 30
    said = small_note(drawing, " ".join(_remarks(plot, way, stops)), top=y, width=width)
    shapes.append(said)
    y = said.box.bottom
    return finished(
        drawing, shapes, what="timeline", description=_told(drawing, way, stops), bottom=y, width=width, entries=_key(plot, stops)
    )


def _stops(legs: Sequence[Leg]) -> Iterator[_Stop]:
    at = _ZERO
    for leg in legs:
        begins = at + (likely(leg.wait) if leg.wait else _ZERO)
        duration = leg.step.touchpoint.duration if leg.step.touchpoint else None
        ends = begins + (likely(duration) if duration else _ZERO)
        yield _Stop(leg=leg, waits=at, begins=begins, ends=ends)
        at = ends


def _stage(plot: _Plot, stops: Sequence[_Stop], *, top: float) -> tuple[list[Shape], float]:
    """The rows of one stage on its band, and the y where they end."""
    theme, measure = plot.drawing.theme, plot.drawing.measure
    stage = stops[0].leg.step.stage
    room = plot.width - 2 * MARGIN - 2 * _SIDE
    name = text_block(
        stage.name, box=Box(x=MARGIN + _SIDE, y=top + 10, width=room * 0.7, height=0), style=_STAGE, fill=theme.ink, measure=measure
    )
    shapes: list[Shape] = [name]
    bottom = name.box.bottom
    if stage.period:
        beside = Box(x=MARGIN + _SIDE + room * 0.7 + 20, y=top + 12, width=room * 0.3 - 20, height=0)
        period = text_block(stage.period, box=beside, style=_PERIOD, fill=theme.ink_3, measure=measure, anchor="end")
        shapes.append(period)
        bottom = max(bottom, period.box.bottom)
    y = max(top + _STAGE_ROW - 4, bottom + 8)
    for stop in stops:
        if stop.begins > stop.waits:
            shapes.append(_wait(plot, stop, top=y))
            y += _WAIT_ROW
        row, y = _step(plot, stop, top=y)
        shapes.append(row)
    band = Rect(box=Box(x=MARGIN, y=top, width=plot.width - 2 * MARGIN, height=y + 6 - top), paint=Paint(fill=theme.band), radius=8)
    rules = [Line(x1=x, y1=bottom + 6, x2=x, y2=y, paint=Paint(stroke=theme.hairline)) for x in map(plot.x, plot.ticks)]
    return [band, *rules, *shapes], y + 6


def _wait(plot: _Plot, stop: _Stop, *, top: float) -> Group:
    """The bar of a wait with its length, called out where it is long."""
    theme = plot.drawing.theme
    wait = stop.leg.wait or _ZERO
    long = likely(wait) >= plot.gap
    bar = _bar(plot, stop.waits, stop.begins, middle=top + _WAIT_ROW / 2)
    if long:
        paint = Paint(fill=theme.on_truth, stroke=theme.truth, width=1.25)
        words, style, fill = f"{length_words(wait)} of waiting", _GAP, theme.ink
    else:
        paint = Paint(fill=theme.paper, stroke=theme.ink_3, width=1, dash=(4, 3) if bar.width > _LEAST_BAR else ())
        words, style, fill = f"{length_words(wait)} of waiting", _LENGTH, theme.ink_2
    condition = stop.leg.before.condition if stop.leg.before is not None else ""
    label = f"Wait before {stop.leg.step.name}: {length_words(wait)}" + (f", {condition}" if condition else "")
    shapes: list[Shape] = [
        Rect(box=bar, paint=paint, radius=3),
        *_label(plot, words, bar, style=style, fill=fill, icon="clock" if long else None),
    ]
    return Group(shapes=shapes, label=label, role="gap" if long else "wait", about=stop.leg.step.about, title=label)


def _step(plot: _Plot, stop: _Stop, *, top: float) -> tuple[Group, float]:
    """Number and name of a step, and its bar; a step whose length is not told is a ring."""
    drawing, theme, measure = plot.drawing, plot.drawing.theme, plot.drawing.measure
    step, touchpoint = stop.leg.step, stop.leg.step.touchpoint
    left = MARGIN + _SIDE
    inset = max(34.0, measure.width(step.number, _NUMBER) + 10)
    lines = measure.wrap(step.name, _NAMES - _SIDE - inset - 46, _NAME)
    height = max(len(lines) * _NAME.leading, _BAR) + 2 * _STEP_PAD
    middle = top + _STEP_PAD + max(_NAME.leading, _BAR) / 2
    first = top + _STEP_PAD + (max(_NAME.leading, _BAR) - _NAME.leading) / 2
    room = Box(x=left + inset, y=first, width=_NAMES - _SIDE - inset - 46, height=0)
    shapes: list[Shape] = [
        text_line(step.number, x=left, middle=middle, style=_NUMBER, fill=theme.ink_3, measure=measure),
        text_block(lines, box=room, style=_NAME, fill=theme.ink, measure=measure, lines_given=True),
    ]
    if touchpoint is not None and touchpoint.channel is not None:
        kind = channel_icon(touchpoint.channel.kind)
        shapes.append(
            drawing.symbols.icon(kind, x=MARGIN + _NAMES - 34, y=middle - 7, size=14, colour=theme.ink_2, title=touchpoint.channel.name)
        )
    duration = touchpoint.duration if touchpoint is not None else None
    bar = _bar(plot, stop.begins, stop.ends, middle=middle)
    if duration is None:
        ring = Circle(x=bar.x + _LEAST_BAR, y=middle, radius=_LEAST_BAR, paint=Paint(fill=theme.paper, stroke=theme.stage, width=1.5))
        beside = Box(x=bar.x, y=bar.y, width=2 * _LEAST_BAR, height=bar.height)
        shapes += [ring, *_label(plot, "length not known", beside, style=_LENGTH, fill=theme.ink_3)]
    else:
        shapes.append(Rect(box=bar, paint=Paint(fill=theme.stage), radius=min(3.0, bar.width / 2)))
        shapes += _label(plot, length_words(duration), bar, style=_LENGTH, fill=theme.ink_2, within=theme.on_stage)
    return Group(shapes=shapes, label=spoken_step(step, drawing.journey, unknown=False), role="touchpoint", about=step.about), top + height


def _bar(plot: _Plot, begins: timedelta, ends: timedelta, *, middle: float) -> Box:
    """From when to when, to scale, but never so narrow that it is not seen."""
    width = max(plot.x(ends) - plot.x(begins), _LEAST_BAR)
    x = min(plot.x(begins), plot.box.right - width)
    return Box(x=x, y=middle - _BAR / 2, width=width, height=_BAR)


def _label(
    plot: _Plot, words: str, bar: Box, *, style: Style, fill: str, within: str | None = None, icon: str | None = None
) -> list[Shape]:
    """Words in a bar, where they may take another colour, or beside it where there is more room."""
    drawing, measure = plot.drawing, plot.drawing.measure
    mark = 20.0 if icon else 0.0
    width = measure.width(words, style) * SPARE + mark
    middle = bar.y + bar.height / 2
    right = plot.box.right + _SIDE - 6
    if width + 20 <= bar.width:
        x = bar.x + (bar.width - width) / 2
        fill = within or fill
    elif bar.right + 8 + width <= right:
        x = bar.right + 8
    else:
        x = max(bar.x - 8 - width, plot.box.x + 2)
    shapes: list[Shape] = []
    if x < bar.x or x >= bar.right:
        behind = Box(x=x - 3, y=middle - 9, width=width + 6, height=18)
        shapes.append(Rect(box=behind, paint=Paint(fill=drawing.theme.band)))
    if icon:
        shapes.append(drawing.symbols.icon(icon, x=x, y=middle - 7, size=14, colour=fill))
    anchor: Anchor = "end" if reads_from_right([words]) else "start"
    at = x + (width if anchor == "end" else mark)
    return [*shapes, text_line(words, x=at, middle=middle, style=style, fill=fill, measure=measure, anchor=anchor)]


def _axis(plot: _Plot, y: float, *, below: bool = False) -> Iterator[Shape]:
    """A line with ticks from the start to the end, with the time that has passed."""
    theme, measure = plot.drawing.theme, plot.drawing.measure
    yield Line(x1=plot.box.x, y1=y, x2=plot.box.right, y2=y, paint=Paint(stroke=theme.ink_3))
    end = 0.0
    for tick in plot.ticks:
        x = plot.x(tick)
        yield Line(x1=x, y1=y - 4, x2=x, y2=y, paint=Paint(stroke=theme.ink_3))
        words = length_words(tick) if tick else "Start"
        half = measure.width(words, _TICK) * SPARE / 2
        left = min(max(x - half, plot.box.x - 4), plot.box.right + _SIDE - 2 * half)
        if left > end + 8:
            middle = y + 12 if below else y - 13
            yield text_line(words, x=left + half, middle=middle, style=_TICK, fill=theme.ink_3, measure=measure, anchor="middle")
            end = left + 2 * half


def _facts(stops: Sequence[_Stop]) -> Iterator[tuple[str, str]]:
    total = stops[-1].ends
    waiting = sum((stop.begins - stop.waits for stop in stops), _ZERO)
    yield length_words(total), "from the first step to the end of the last"
    yield length_words(total - waiting), "in the steps themselves"
    yield length_words(waiting), f"of waiting between them ({_percent(waiting, total)})"


def _percent(part: timedelta, whole: timedelta) -> str:
    share = 100 * (part / whole)
    if 99.5 <= share < 100:
        return f"{share:.1f}%" if share < 99.95 else "over 99.9%"
    return f"{share:.0f}%"


def _remarks(plot: _Plot, way: MainWay, stops: Sequence[_Stop]) -> Iterator[str]:
    """What the picture cannot show: what is too short, what has no length, and who is not on this way."""
    smallest = _rounded(plot.total * (_LEAST_BAR / plot.box.width))
    yield f"Drawn to one scale throughout; what takes less than {length_words(smallest)} is a tick."
    silent = sum(leg.wait is None for leg in way.legs[1:])
    unknown = sum(stop.leg.step.touchpoint is None or stop.leg.step.touchpoint.duration is None for stop in stops)
    parts = [(silent, "wait", "waits"), (unknown, "length of a step", "lengths of steps")]
    told = " and ".join(f"{n} {one if n == 1 else more}" for n, one, more in parts if n)
    if told:
        yield f"Not known, and drawn without room: {told}. The times above are the least that it takes."
    if any(isinstance(leg.wait, Span) for leg in way.legs):
        yield "Where a wait has limits, its most likely length is drawn."
    if way.beside:
        yield "Not on the most usual way: " + ", ".join(f"{step.number} {step.name}" for step in way.beside) + "."


def _nothing(drawing: Drawing) -> str:
    if not drawing.stages:
        return "This journey has no stages yet."
    return "When things happen is not known yet: no step says how long it takes, and no transition how long customers wait."


def _key(plot: _Plot, stops: Sequence[_Stop]) -> Iterator[KeyEntry]:
    theme = plot.drawing.theme
    waits = [stop.begins - stop.waits for stop in stops]
    yield bar_entry("Step", Paint(fill=theme.stage))
    if any(_ZERO < wait < plot.gap for wait in waits):
        yield bar_entry("Wait", Paint(fill=theme.paper, stroke=theme.ink_3, dash=(4, 3)))
    if any(wait >= plot.gap for wait in waits):
        yield bar_entry(f"Wait of {length_words(plot.gap)} or more", Paint(fill=theme.on_truth, stroke=theme.truth, width=1.25))


def _rounded(length: timedelta) -> timedelta:
    """To whole units of what it is told in, so that nobody takes it for more exact than it is."""
    for unit in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)):
        if length >= unit:
            return unit * round(length / unit)
    return timedelta(seconds=1)


def _told(drawing: Drawing, way: MainWay, stops: Sequence[_Stop]) -> str:
    """The picture in sentences."""
    journey = drawing.journey
    sentences = [f"Timeline: {journey.name}."]
    if stops and stops[-1].ends:
        sentences += [f"{figure} {caption}." for figure, caption in _facts(stops)]
    else:
        sentences.append(_nothing(drawing))
    for stop in stops:
        if stop.begins > stop.waits and stop.leg.wait:
            sentences.append(f"A wait of {length_words(stop.leg.wait)}.")
        duration = stop.leg.step.touchpoint.duration if stop.leg.step.touchpoint else None
        known = f"takes {length_words(duration)}" if duration is not None else "length not known"
        sentences.append(f"{stop.leg.step.number} {stop.leg.step.name}: {known}.")
    if way.beside:
        sentences.append("Not on the most usual way: " + ", ".join(step.name for step in way.beside) + ".")
    return " ".join(sentences)
