"""The sections of a persona's card: each measured first, and drawn once its place is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from attrs import frozen

from journeymap.analysis.emotion import stage_emotion
from journeymap.model import Emotion, Persona
from journeymap.renderers.columns import SPARE
from journeymap.renderers.emotion_plot import PlotPoint, emotion_plot
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step, steps_by_stage
from journeymap.renderers.swimlane.cells import quoted
from journeymap.renderers.swimlane.header import portrait
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Circle, Paint, Rect, Shape
from journeymap.scene.text import Style, reads_from_right, text_block, text_line

_HEAD_ROW = 25.0
_PORTRAIT = 88.0
_BAR = 8.0
_UNIT = 30.0
_MOST_STAGES = 8

_NAME = Style(22, weight=700, leading=28)
_ROLE = Style(13)
_SEGMENT = Style(12, weight=600)
_HEAD = Style(13, weight=700)
_ITEM = Style(13, leading=19)
_SMALL = Style(12)
_FIGURE = Style(15, weight=700)
QUOTE_ALONE = Style(24, italic=True, leading=33)
QUOTE_BESIDE = Style(17, italic=True, leading=24)


@frozen(kw_only=True)
class Section:
    """A part of a card: what it is, how high, and how it is drawn from the top of a box."""

    title: str
    height: float
    draw: Callable[[Box], Sequence[Shape]]


def who(drawing: Drawing, one: Persona, width: float, *, beside: bool) -> Section:
    """Portrait and name; the name under the portrait, or beside it."""
    theme, measure = drawing.theme, drawing.measure
    room = width - _PORTRAIT - 20 if beside else width
    texts = [(measure.wrap(words, room, style), style, fill) for words, style, fill in (
        (one.name, _NAME, theme.ink), (one.role, _ROLE, theme.ink_2), (one.segment, _SEGMENT, theme.ink_3)
    ) if words]  # fmt: skip
    high = sum(len(lines) * style.leading + 3 for lines, style, _ in texts) - 3

    def draw(box: Box) -> list[Shape]:
        shapes = portrait(one, x=box.x, y=box.y, size=_PORTRAIT, theme=theme, measure=measure)
        x, y = (box.x + _PORTRAIT + 20, box.y + max(_PORTRAIT - high, 0) / 2) if beside else (box.x, box.y + _PORTRAIT + 16)
        for lines, style, fill in texts:
            room_here = Box(x=x, y=y, width=room, height=0)
            shapes.append(text_block(lines, box=room_here, style=style, fill=fill, measure=measure, lines_given=True))
            y += len(lines) * style.leading + 3
        return shapes

    return Section(title="Name and role", height=max(_PORTRAIT, high) if beside else _PORTRAIT + 16 + high, draw=draw)


def quote(drawing: Drawing, one: Persona, width: float, style: Style) -> Section | None:
    """In the persona's own words."""
    if not one.quote:
        return None
    measure, theme = drawing.measure, drawing.theme
    lines = measure.wrap(quoted(one.quote), width, style)

    def draw(box: Box) -> list[Shape]:
        return [text_block(lines, box=box, style=style, fill=theme.quote, measure=measure, lines_given=True)]

    return Section(title="Quote", height=len(lines) * style.leading, draw=draw)


def _headed(drawing: Drawing, title: str, icon: str, height: float, body: Callable[[Box], Sequence[Shape]]) -> Section:
    """A section with its title over it."""
    theme, measure = drawing.theme, drawing.measure

    def draw(box: Box) -> list[Shape]:
        middle = box.y + _HEAD.leading / 2
        mark = drawing.symbols.icon(icon, x=box.x, y=middle - 8, size=16, colour=theme.ink_2)
        words = text_line(title, x=box.x + 24, middle=middle, style=_HEAD, fill=theme.ink, measure=measure, room=box.width - 24)
        below = Box(x=box.x, y=box.y + _HEAD_ROW, width=box.width, height=height)
        return [mark, words, *body(below)]

    return Section(title=title, height=_HEAD_ROW + height, draw=draw)


def listed(drawing: Drawing, title: str, icon: str, items: Sequence[str], dot: str, width: float) -> Section:
    """Items under a title, each behind a dot of that colour."""
    measure = drawing.measure
    wrapped = [measure.wrap(item, width - 24, _ITEM) for item in items]
    height = sum(len(lines) * _ITEM.leading + 3 for lines in wrapped) - 3

    def body(box: Box) -> list[Shape]:
        shapes: list[Shape] = []
        y = box.y
        for lines in wrapped:
            mirrored = reads_from_right(lines)
            x = box.right - 8 if mirrored else box.x + 8
            shapes.append(Circle(x=x, y=y + _ITEM.leading / 2, radius=2.5, paint=Paint(fill=dot)))
            room = Box(x=box.x + (0 if mirrored else 24), y=y, width=box.width - 24, height=0)
            shapes.append(text_block(lines, box=room, style=_ITEM, fill=drawing.theme.ink, measure=measure, lines_given=True))
            y += len(lines) * _ITEM.leading + 3
        return shapes

    return _headed(drawing, title, icon, height, body)


def share(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """A bar of all customers, and the number."""
    if one.share is None:
        return None
    theme, measure, share = drawing.theme, drawing.measure, one.share

    def draw(box: Box) -> list[Shape]:
        track = Box(x=box.x, y=box.y + 26, width=width, height=_BAR)
        shapes: list[Shape] = [
            text_line(_share_words(share), x=box.x, middle=box.y + 9, style=_HEAD, fill=theme.ink, measure=measure, room=width),
            Rect(box=track, paint=Paint(fill=theme.hairline), radius=_BAR / 2),
        ]
        if share > 0:
            part = Box(x=track.x, y=track.y, width=max(share * width, _BAR), height=_BAR)
            shapes.append(Rect(box=part, paint=Paint(fill=theme.stage), radius=_BAR / 2))
        return shapes

    return Section(title="Share", height=26 + _BAR, draw=draw)


def _share_words(share: float) -> str:
    return f"{100 * share:.3g}% of customers"


def _felt(drawing: Drawing, one: Persona) -> list[tuple[float, Step]]:
    held = steps_by_stage(drawing.journey, one.id)
    return [(step.emotion.valence, step) for stage in held for step in stage.felt if step.emotion is not None]


def feeling(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """The mean of what the persona feels on this journey, and where it feels worst."""
    felt = _felt(drawing, one)
    if not felt:
        return None
    theme, measure, scale = drawing.theme, drawing.measure, drawing.journey.scale
    mean = round(fmean(valence for valence, _ in felt), 1)
    figure = scale.print(mean)
    ends = "" if scale.labels else f", {scale.print(-2.0)} to {scale.print(2.0)}"
    caption = f"mean of {len(felt)} step{'' if len(felt) == 1 else 's'}{ends}"
    lines = measure.wrap(_lowest(felt), width - 24, _SMALL) if _lowest(felt) else ()

    def body(box: Box) -> list[Shape]:
        middle = box.y + 13
        room = min(measure.width(figure, _FIGURE) + 2, box.width - 60)
        shapes: list[Shape] = [
            drawing.symbols.face(Emotion(mean).level, x=box.x + 36, y=middle, radius=12, theme=theme),
            text_line(figure, x=box.x + 56, middle=middle, style=_FIGURE, fill=theme.ink, measure=measure, room=room),
        ]
        left = box.x + 56 + room + 8
        if left + 60 < box.right:
            shapes.append(text_line(caption, x=left, middle=middle, style=_SMALL, fill=theme.ink_2, measure=measure, room=box.right - left))
        below = Box(x=box.x + 24, y=box.y + 31, width=box.width - 24, height=0)
        if lines:
            shapes.append(text_block(lines, box=below, style=_SMALL, fill=theme.ink_2, measure=measure, lines_given=True))
        return shapes

    return _headed(drawing, "On this journey", "emotion", 26 + (5 + len(lines) * _SMALL.leading if lines else 0), body)


def curve(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """The means of the stages as a curve, with the stages' names under it; for a journey of two stages or more, but not of many."""
    stages = drawing.journey.stages
    means = [stage_emotion(stage, persona=one.id) for stage in stages]
    if not 2 <= len(stages) <= _MOST_STAGES or sum(mean is not None for mean in means) < 2:
        return None
    theme, measure, scale = drawing.theme, drawing.measure, drawing.journey.scale
    column = width / len(stages)
    names = [measure.wrap(stage.name, column - 12, _SMALL) for stage in stages]
    under = max(len(lines) for lines in names) * _SMALL.leading
    plot_height = 4 * _UNIT

    def body(box: Box) -> list[Shape]:
        plot = Box(x=box.x, y=box.y + 34, width=width, height=plot_height)
        points = []
        for place, (stage, mean) in enumerate(zip(stages, means, strict=True)):
            known = None if mean is None else round(mean, 1)
            text = "" if known is None else scale.print(known)
            x = plot.x + (place + 0.5) * column
            points.append(PlotPoint(x=x, valence=known, text=text, about=stage.id, label=f"{stage.name}: {text or 'not known'}"))
        shapes = [*emotion_plot(points, box=plot, theme=theme, symbols=drawing.symbols, measure=measure, radius=13)]
        for place, lines in enumerate(names):
            room = Box(x=plot.x + place * column + 6, y=plot.bottom + 52, width=column - 12, height=0)
            shapes.append(text_block(lines, box=room, style=_SMALL, fill=theme.ink_2, measure=measure, anchor="middle", lines_given=True))
        return shapes

    return _headed(drawing, "Mean emotion by stage", "emotion", 34 + plot_height + 52 + under, body)


def _lowest(felt: Sequence[tuple[float, Step]]) -> str:
    low, step = min(felt, key=lambda one: one[0])
    return f"Lowest point: {step.name}" if low < max(felt, key=lambda one: one[0])[0] else ""


def traits(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """Traits in pills, as many beside each other as there is room for."""
    if not one.traits:
        return None
    measure, theme = drawing.measure, drawing.theme
    placed: list[tuple[float, float, float, str]] = []
    x, y = 24.0, 0.0
    for trait in one.traits:
        wide = min(measure.width(trait, _SMALL) * SPARE + 20, width - 24)
        if x > 24 and x + wide > width:
            x, y = 24.0, y + 32
        placed.append((x, y, wide, trait))
        x += wide + 8

    def body(box: Box) -> list[Shape]:
        shapes: list[Shape] = []
        for left, down, wide, trait in placed:
            pill = Box(x=box.x + left, y=box.y + down, width=wide, height=26)
            shapes.append(Rect(box=pill, paint=Paint(fill=theme.on_accent), radius=13))
            shapes.append(
                text_line(
                    trait, x=pill.centre, middle=pill.y + 13, style=_SMALL, fill=theme.ink, measure=measure, anchor="middle", room=wide - 16
                )
            )
        return shapes

    return _headed(drawing, "Traits", "thoughts", y + 26, body)


def demographics(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """Age, place, household ...: each value under its name."""
    if not one.demographics:
        return None
    measure, theme = drawing.measure, drawing.theme
    rows = [(measure.wrap(k, width - 24, _SMALL), measure.wrap(v or "\u2013", width - 24, _ITEM)) for k, v in one.demographics.items()]
    heights = [len(name) * _SMALL.leading + len(value) * _ITEM.leading + 5 for name, value in rows]

    def body(box: Box) -> list[Shape]:
        shapes: list[Shape] = []
        y = box.y
        for (name, value), height in zip(rows, heights, strict=True):
            room = Box(x=box.x + 24, y=y, width=box.width - 24, height=0)
            small = text_block(name, box=room, style=_SMALL, fill=theme.ink_3, measure=measure, lines_given=True)
            below = Box(x=room.x, y=small.box.bottom, width=room.width, height=0)
            shapes += [small, text_block(value, box=below, style=_ITEM, fill=theme.ink, measure=measure, lines_given=True)]
            y += height
        return shapes

    return _headed(drawing, "About", "owner", sum(heights) - 5, body)


def channels(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """Each channel with its icon."""
    if not one.channels:
        return None
    measure, theme = drawing.measure, drawing.theme
    rows = [(channel_icon(channel.kind), measure.wrap(channel.name, width - 50, _ITEM)) for channel in one.channels]

    def body(box: Box) -> list[Shape]:
        shapes: list[Shape] = []
        y = box.y
        for icon, lines in rows:
            mirrored = reads_from_right(lines)
            x = box.right - 16 if mirrored else box.x + 24
            shapes.append(drawing.symbols.icon(icon, x=x, y=y + (_ITEM.leading - 16) / 2, size=16, colour=theme.ink_2))
            room = Box(x=box.x + (24 if mirrored else 50), y=y, width=box.width - 50, height=0)
            shapes.append(text_block(lines, box=room, style=_ITEM, fill=theme.ink, measure=measure, lines_given=True))
            y += len(lines) * _ITEM.leading + 5
        return shapes

    return _headed(drawing, "Channels", "link", sum(len(lines) * _ITEM.leading + 5 for _, lines in rows) - 5, body)


def evidence(drawing: Drawing, one: Persona, width: float) -> Section | None:
    """What all that rests on."""
    words = _rests_on(drawing, one)
    lines = drawing.measure.wrap(words, width - 24, _SMALL)

    def body(box: Box) -> list[Shape]:
        room = Box(x=box.x + 24, y=box.y, width=box.width - 24, height=0)
        return [text_block(lines, box=room, style=_SMALL, fill=drawing.theme.ink_2, measure=drawing.measure, lines_given=True)]

    return _headed(drawing, "Evidence", "evidence", len(lines) * _SMALL.leading, body)


def _rests_on(drawing: Drawing, one: Persona) -> str:
    """The sources with how many were asked; a persona without one is an assumption."""
    known = {source.id: source for source in drawing.journey.sources}
    cited = [known[name] for name in dict.fromkeys(item.source for item in one.evidence if item.weight) if name in known]
    told = "; ".join(source.name + (f" (n = {source.n:,})" if source.n is not None else "") for source in cited)
    return told or "An assumption: no source is named"


def told(drawing: Drawing, one: Persona) -> str:
    """The card in sentences."""

    def parts() -> Iterator[str]:
        yield one.name + (f", {one.role}" if one.role else "") + (f" ({one.segment})" if one.segment else "")
        if one.share is not None:
            yield _share_words(one.share)
        if one.quote:
            yield quoted(one.quote)
        lists = (("Goals", one.goals), ("Needs", one.needs), ("Frustrations", one.frustrations), ("Behaviours", one.behaviours))
        channels = tuple(channel.name for channel in one.channels)
        about = tuple(f"{name} {value}" for name, value in one.demographics.items())
        for title, items in (*lists, ("Traits", one.traits), ("About", about), ("Channels", channels)):
            if items:
                yield f"{title}: {'; '.join(item.rstrip('.') for item in items)}"
        felt = _felt(drawing, one)
        if felt:
            mean = drawing.journey.scale.print(round(fmean(valence for valence, _ in felt), 1))
            yield f"Mean emotion on this journey: {mean}" + (f". {_lowest(felt)}" if _lowest(felt) else "")
        yield f"Evidence: {_rests_on(drawing, one)}"

    return " ".join(part if part.endswith((".", "!", "?", "\u201d")) else f"{part}." for part in parts())
