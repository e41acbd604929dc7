"""One frame of a storyboard: the picture, the bubble over it, and the caption under it."""

from __future__ import annotations

from attrs import frozen

from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import quoted
from journeymap.renderers.swimlane.portraits import MediaType, embedded, size_of
from journeymap.renderers.words import spoken_step
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Circle, Close, CurveTo, Group, Image, Line, LineTo, MoveTo, Paint, Path, Rect, Shape
from journeymap.scene.shapes import Step as PathStep
from journeymap.scene.text import Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import mixed

_SIDE = 12.0
_PICTURE = 148.0
"""The height of what is drawn or shown."""
_INSET = 8.0
"""Between the edge of a frame and its picture."""
_BUBBLE_PAD = 9.0
_TAIL = 10.0
_HEAD = 21.0
_PERSON = 58.0
"""From the left of the picture to the middle of the person."""
_TILE = 72.0
_ICON = 40.0
_FLOOR = 20.0

_QUOTE = Style(13, italic=True)
_NUMBER = Style(12, weight=600)
_NAME = Style(14, weight=600)
_CHANNEL = Style(12)
_ICON_ROOM = 20.0


@frozen(kw_only=True)
class Shot:
    """A step as a frame: its words already in lines, its picture already found."""

    step: Step
    width: float
    thought: tuple[str, ...]
    name: tuple[str, ...]
    channel: tuple[str, ...]
    picture: tuple[MediaType, bytes] | None
    label: str

    @property
    def bubble_height(self) -> float:
        """Of the bubble with its tail and the white over it; 0 without a thought."""
        return len(self.thought) * _QUOTE.leading + 2 * _BUBBLE_PAD + _TAIL + 4 if self.thought else 0.0

    @property
    def caption_height(self) -> float:
        """Of number, name and channel."""
        return 12 + len(self.name) * _NAME.leading + len(self.channel) * _CHANNEL.leading + (8 if self.channel else 0) + 12


def shot_of(drawing: Drawing, step: Step, *, width: float) -> Shot:
    """The frame of a step, so wide."""
    measure = drawing.measure
    thoughts = "\n".join(quoted(thought) for thought in step.thoughts)
    channel = step.touchpoint.channel if step.touchpoint is not None else None
    images = step.touchpoint.images if step.touchpoint is not None else ()
    said = spoken_step(step, drawing.journey) + (f" They think: {' '.join(step.thoughts)}" if step.thoughts else "")
    return Shot(
        step=step,
        width=width,
        thought=measure.wrap(thoughts, width - 2 * _INSET - 2 * _SIDE, _QUOTE) if thoughts else (),
        name=measure.wrap(step.name, width - 2 * _SIDE - _number_room(drawing, step), _NAME),
        channel=measure.wrap(channel.name, width - 2 * _SIDE - _ICON_ROOM, _CHANNEL) if channel else (),
        picture=next((found for image in images if (found := embedded(image)) is not None), None),
        label=said,
    )


def draw_shot(drawing: Drawing, shot: Shot, *, x: float, top: float, bubble: float, caption: float) -> tuple[Group, Box]:
    """The frame with room for a bubble and a caption so high, which it shares with its neighbours; and its box."""
    theme = drawing.theme
    box = Box(x=x, y=top, width=shot.width, height=_INSET + bubble + _PICTURE + caption)
    panel = Box(x=x + _INSET, y=top + _INSET, width=shot.width - 2 * _INSET, height=bubble + _PICTURE)
    ground = Box(x=panel.x, y=panel.bottom - _PICTURE, width=panel.width, height=_PICTURE)
    truth = shot.step.moment is not None
    outline = Paint(fill=theme.card, stroke=theme.truth, width=1.75) if truth else Paint(fill=theme.card, stroke=theme.card_line)
    shapes: list[Shape] = [Rect(box=box, paint=outline, radius=10), Rect(box=panel, paint=Paint(fill=_mood(drawing, shot.step)), radius=6)]
    shapes += _shown(drawing, shot, ground) if shot.picture is not None else _drawn(drawing, shot.step, ground)
    if shot.thought:
        shapes += _bubble(drawing, shot, panel, ground)
    shapes += _caption(drawing, shot, Box(x=x + _SIDE, y=panel.bottom + 12, width=shot.width - 2 * _SIDE, height=caption - 24))
    step = shot.step
    return Group(shapes=shapes, label=shot.label, role="touchpoint", about=step.about, title=shot.label), box


def _number_room(drawing: Drawing, step: Step) -> float:
    return drawing.measure.width(step.number, _NUMBER) + 9 + (24 if step.moment is not None else 0)


def _mood(drawing: Drawing, step: Step) -> str:
    """The tint behind a picture: that of the areas of the curve."""
    theme = drawing.theme
    level = step.emotion.level if step.emotion is not None else 3
    if level > 3:
        return mixed(theme.area_positive, theme.area_positive_opacity, theme.band)
    return mixed(theme.area_negative, theme.area_negative_opacity, theme.band) if level < 3 else theme.backstage


def _shown(drawing: Drawing, shot: Shot, ground: Box) -> list[Shape]:
    """The touchpoint's own picture, whole and in its shape, with the face in its corner."""
    if shot.picture is None:
        return []
    media_type, data = shot.picture
    wide, high = size_of(data)
    scale = min(ground.width / wide, ground.height / high)
    box = Box(x=ground.centre - wide * scale / 2, y=ground.y + (ground.height - high * scale) / 2, width=wide * scale, height=high * scale)
    image = Image(box=box, data=data, media_type=media_type, title=shot.step.name)
    return [image, *_face(drawing, shot.step, ground.x + _HEAD + 6, ground.bottom - _HEAD - 6)]


def _face(drawing: Drawing, step: Step, x: float, y: float) -> list[Shape]:
    theme = drawing.theme
    if step.emotion is None:
        return []
    ring = Circle(x=x, y=y, radius=_HEAD + 2, paint=Paint(fill=theme.paper))
    return [ring, drawing.symbols.face(step.emotion.level, x=x, y=y, radius=_HEAD, theme=theme)]


def _drawn(drawing: Drawing, step: Step, ground: Box) -> list[Shape]:
    """The customer, and the channel that they meet: no more than says where it happens and how it feels."""
    theme = drawing.theme
    floor = ground.bottom - _FLOOR
    channel = step.touchpoint.channel if step.touchpoint is not None else None
    x = ground.x + _PERSON if channel is not None else ground.centre
    y = ground.y + _HEAD + 12
    shapes: list[Shape] = [
        Line(x1=ground.x + 14, y1=floor, x2=ground.right - 14, y2=floor, paint=Paint(stroke=theme.ink_3, width=1.5)),
        _body(x, y + _HEAD + 4, floor, theme.stage),
    ]
    shapes += _face(drawing, step, x, y) or [
        Circle(x=x, y=y, radius=_HEAD, paint=Paint(fill=theme.card, stroke=theme.ink_3, width=1.5, dash=(3, 3)))
    ]
    if channel is not None:
        tile = Box(x=ground.right - 24 - _TILE, y=floor - _TILE - 8, width=_TILE, height=_TILE)
        foot = Paint(stroke=theme.ink_3, width=1.5)
        shapes += [
            Line(x1=tile.centre, y1=tile.bottom, x2=tile.centre, y2=floor, paint=foot),
            Rect(box=tile, paint=Paint(fill=theme.card, stroke=theme.ink_3, width=1.5), radius=10),
        ]
        inner = (_TILE - _ICON) / 2
        shapes.append(drawing.symbols.icon(channel_icon(channel.kind), x=tile.x + inner, y=tile.y + inner, size=_ICON, colour=theme.ink_2))
    return shapes


def _body(x: float, top: float, floor: float, colour: str) -> Path:
    """Shoulders down to the floor."""
    half, round_by = 30.0, 22.0
    return Path(
        steps=[
            MoveTo(x - half, floor),
            LineTo(x - half, top + round_by),
            CurveTo(x - half, top + 4, x - half + 10, top, x - half + round_by, top),
            LineTo(x + half - round_by, top),
            CurveTo(x + half - 10, top, x + half, top + 4, x + half, top + round_by),
            LineTo(x + half, floor),
            Close(),
        ],
        paint=Paint(fill=colour),
    )


def _bubble(drawing: Drawing, shot: Shot, panel: Box, ground: Box) -> list[Shape]:
    """What the customer thinks, in a bubble whose tail points to them; narrow where the words are few."""
    theme, measure = drawing.theme, drawing.measure
    widest = max(measure.width(line, _QUOTE) for line in shot.thought)
    room = panel.width - 2 * _INSET
    wide = min(max(widest + 2 * _SIDE - _INSET, 2 * _PERSON), room)
    high = shot.bubble_height - _TAIL - 4
    box = Box(x=panel.x + _INSET, y=ground.y - _TAIL - high, width=wide, height=high)
    speaker = panel.x + _HEAD + 6 if shot.picture is not None else panel.x + _PERSON if shot.channel else panel.centre
    if speaker > box.right - 24:
        box = Box(x=panel.centre - wide / 2, y=box.y, width=wide, height=high)
    paint = Paint(fill=theme.card, stroke=theme.ink_3, width=1.25)
    tail: list[PathStep] = [MoveTo(speaker - 8, box.bottom - 1), LineTo(speaker, box.bottom + _TAIL), LineTo(speaker + 8, box.bottom - 1)]
    words = Box(x=box.x + (wide - widest - 2) / 2, y=box.y + _BUBBLE_PAD, width=widest + 2, height=0)
    return [
        Rect(box=box, paint=paint, radius=9),
        Path(steps=[*tail, Close()], paint=Paint(fill=theme.card)),
        Path(steps=tail, paint=Paint(stroke=theme.ink_3, width=1.25)),
        text_block(shot.thought, box=words, style=_QUOTE, fill=theme.ink, measure=measure, lines_given=True),
    ]


def _caption(drawing: Drawing, shot: Shot, box: Box) -> list[Shape]:
    """Number and name, and at the foot of the frame the channel."""
    theme, measure = drawing.theme, drawing.measure
    step = shot.step
    first = box.y + _NAME.leading / 2
    shapes: list[Shape] = [text_line(step.number, x=box.x, middle=first, style=_NUMBER, fill=theme.ink_3, measure=measure)]
    inset = measure.width(step.number, _NUMBER) + 9
    room = Box(x=box.x + inset, y=box.y, width=box.width - _number_room(drawing, step), height=0)
    shapes.append(text_block(shot.name, box=room, style=_NAME, fill=theme.ink, measure=measure, lines_given=True))
    if step.moment is not None:
        shapes.append(drawing.symbols.icon("star", x=box.right - 18, y=box.y, size=18, colour=theme.truth))
    channel = step.touchpoint.channel if step.touchpoint is not None else None
    if channel is not None:
        mirrored = reads_from_right(shot.channel)
        y = box.bottom - len(shot.channel) * _CHANNEL.leading
        icon = box.right - 14 if mirrored else box.x
        shapes.append(drawing.symbols.icon(channel_icon(channel.kind), x=icon, y=y + 1, size=14, colour=theme.ink_2))
        place = Box(x=box.x + (0 if mirrored else _ICON_ROOM), y=y, width=box.width - _ICON_ROOM, height=0)
        shapes.append(text_block(shot.channel, box=place, style=_CHANNEL, fill=theme.ink_2, measure=measure, lines_given=True))
    return shapes
