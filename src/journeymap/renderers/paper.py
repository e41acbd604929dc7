"""What every picture is drawn on: its title above, its key and footer below, and a note where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from journeymap.model import Journey
from journeymap.renderers.columns import MARGIN, SPARE, widest
from journeymap.renderers.frame import footer, scope_line, title_block
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import persona_of, steps_by_stage
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Paint, Rect, Shape, Text
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import Theme

LEAST_WIDE = 720.0
"""The sheet without its margins, so that title and footer have room."""
_TOP = 40.0
_NOTE = Style(15)
_SMALL_NOTE = Style(13)
_KEY = Style(12)
_KEY_HEADING = Style(13, weight=700)
_KEY_ROW = 26.0
_FIGURE = Style(26, weight=700, leading=32)
_CAPTION_WIDE = 300.0


@frozen(kw_only=True)
class KeyEntry:
    """An entry of the key: a mark so wide, drawn from x round a height, and what it means."""

    text: str
    width: float
    draw: Callable[[float, float], Sequence[Shape]]


def width_of(max_width: float, *, wanted: float, least: float) -> float:
    """How wide a sheet is that would be ``wanted`` wide: no wider than it may be, unless it needs that least."""
    return min(wanted, max(widest(max_width), least))


def row_of(shapes: Sequence[Shape], *, label: str | None = None, about: str | None = None) -> Group:
    """Shapes that stay together on a page where a long picture is broken into pages."""
    return Group(shapes=shapes, label=label, role="system", about=about)


def drawing_of(journey: Journey, theme: Theme, persona: str | None) -> Drawing:
    """What a picture draws with; RenderError if there is no such persona."""
    chosen = persona_of(journey, persona)
    stages = steps_by_stage(journey, chosen.id if chosen else None)
    return Drawing(journey=journey, persona=chosen, stages=stages, theme=theme, measure=Measure(), symbols=Symbols())


def heading_of(drawing: Drawing, what: str, *, width: float) -> tuple[Group, float]:
    """The title of a picture and what kind of picture it is, on so wide a sheet; with the y where they end."""
    journey = drawing.journey
    scope = " \u00b7 ".join(part for part in (what, scope_line(journey, persona=drawing.persona)) if part)
    box = Box(x=MARGIN, y=_TOP, width=width - 2 * MARGIN, height=0)
    shapes, height = title_block(journey.name, scope, box=box, theme=drawing.theme, measure=drawing.measure, scenario=journey.scenario)
    return Group(shapes=shapes, role="title"), _TOP + height


def note(drawing: Drawing, words: str, *, top: float, width: float) -> Text:
    """Words in place of what is not known, on so wide a sheet."""
    box = Box(x=MARGIN, y=top, width=min(width - 2 * MARGIN, 900.0), height=0)
    return text_block(words, box=box, style=_NOTE, fill=drawing.theme.ink_2, measure=drawing.measure)


def small_note(drawing: Drawing, words: str, *, top: float, width: float) -> Text:
    """What has to be said of a picture beside it, on so wide a sheet."""
    box = Box(x=MARGIN, y=top, width=min(width - 2 * MARGIN, 900.0), height=0)
    return text_block(words, box=box, style=_SMALL_NOTE, fill=drawing.theme.ink_2, measure=drawing.measure)


def key_of(drawing: Drawing, entries: Iterable[KeyEntry], *, top: float, width: float) -> tuple[Group, float]:
    """The key of a picture on so wide a sheet, in as many rows as it takes; with the y where it ends."""
    theme, measure = drawing.theme, drawing.measure
    middle = top + 12
    room = measure.width("Key", _KEY_HEADING) * SPARE
    shapes: list[Shape] = []
    right = width - MARGIN
    start = x = MARGIN + room + 25
    for entry in entries:
        if not shapes:
            shapes.append(text_line("Key", x=MARGIN, middle=middle, style=_KEY_HEADING, fill=theme.ink, measure=measure, room=room))
        wanted = measure.width(entry.text, _KEY) * SPARE
        if x > start and x + entry.width + 8 + wanted > right:
            x, middle = start, middle + _KEY_ROW
        wanted = min(wanted, max(right - x - entry.width - 8, 24.0))
        shapes += entry.draw(x, middle)
        left = x + entry.width + 8
        shapes.append(text_line(entry.text, x=left, middle=middle, style=_KEY, fill=theme.ink_2, measure=measure, room=wanted))
        x = left + wanted + 20
    return Group(shapes=shapes, label="Key", role="key"), middle + 12 if shapes else top


def finished(
    drawing: Drawing, shapes: Sequence[Shape], *, what: str, description: str, bottom: float, width: float, entries: Iterable[KeyEntry] = ()
) -> Scene:
    """The scene: the shapes, which end at ``bottom``, with key and footer under them."""
    key, y = key_of(drawing, entries, top=bottom + 16, width=width)
    if key.shapes:
        y += 10
    box = Box(x=MARGIN, y=y, width=width - 2 * MARGIN, height=0)
    foot, height = footer(drawing.journey, box=box, theme=drawing.theme, measure=drawing.measure)
    return Scene(
        width=width,
        height=y + height + 36,
        shapes=[*shapes, key, Group(shapes=foot, role="footer")],
        title=f"{drawing.journey.name}: {what}",
        description=description,
        language=drawing.journey.language,
        paper=drawing.theme.paper,
        symbols=drawing.symbols.collected(),
    )


def face_entry(drawing: Drawing, level: int, text: str) -> KeyEntry:
    """The entry of a face."""
    return KeyEntry(
        text=text, width=20, draw=lambda x, middle: [drawing.symbols.face(level, x=x + 10, y=middle, radius=10, theme=drawing.theme)]
    )


def icon_entry(drawing: Drawing, icon: str, text: str, *, colour: str) -> KeyEntry:
    """The entry of an icon."""
    return KeyEntry(text=text, width=16, draw=lambda x, middle: [drawing.symbols.icon(icon, x=x, y=middle - 8, size=16, colour=colour)])


def bar_entry(text: str, paint: Paint) -> KeyEntry:
    """The entry of a bar that is painted so."""
    return KeyEntry(
        text=text, width=26, draw=lambda x, middle: [Rect(box=Box(x=x, y=middle - 7, width=26, height=14), paint=paint, radius=3)]
    )


def figures(drawing: Drawing, facts: Iterable[tuple[str, str]], *, top: float, width: float) -> tuple[Group, float]:
    """Numbers set large over their captions, side by side on so wide a sheet; with the y where they end."""
    measure, theme = drawing.measure, drawing.theme
    shapes: list[Shape] = []
    x, bottom, row = MARGIN, top, top
    right = width - MARGIN
    for figure, caption in facts:
        room = min(max(measure.width(figure, _FIGURE), min(measure.width(caption, _KEY), _CAPTION_WIDE)) + 2, right - MARGIN)
        if x > MARGIN and x + room > right:
            x, row = MARGIN, bottom + 12
        large = text_block(figure, box=Box(x=x, y=row, width=room, height=0), style=_FIGURE, fill=theme.ink, measure=measure)
        below = Box(x=x, y=large.box.bottom + 2, width=room, height=0)
        small = text_block(caption, box=below, style=_KEY, fill=theme.ink_2, measure=measure)
        shapes.append(Group(shapes=[large, small], label=f"{figure} {caption}"))
        bottom = max(bottom, small.box.bottom)
        x += room + 48
    return Group(shapes=shapes, role="facts"), bottom
