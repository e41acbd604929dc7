"""What frames a map: title block, stage chevrons, stage means, key and footer. Pure functions from content to shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from attrs import frozen

from journeymap.model import Channel, Emotion, Journey, Persona, Scale, Source
from journeymap.renderers.columns import SPARE
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Circle, Close, Group, LineTo, MoveTo, Paint, Path, Rect, Shape, Step
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block, text_line
from journeymap.scene.theme import Theme

CHEVRON_HEIGHT = 52.0
LANE_HEAD_INSET = 36.0
"""What the icon of a lane's head, and the white behind its name, take of its width."""
TIP = 14.0
"""How far a chevron points beyond its box."""
MEAN_WIDTH = 64.0
"""Room that a stage mean usually wants left of its right edge."""
_SIDE = 10.0
_STAGE_ROW = 32.0
_NARROW = 96.0
"""A goal with less room than this stands under the mean."""

TITLE = Style(size=34, weight=700)
SCOPE = Style(size=15)
_SCENARIO = Style(size=13)
_SCENARIO_WIDE = 1000.0
"""A line longer than that is hard to read."""
_NAME = Style(size=17, weight=700)
_NAME_IN_TWO = Style(size=14, weight=700, leading=17.5)
_NAME_IN_THREE = Style(size=12, weight=700, leading=14.5)
_PERIOD = Style(size=12)
_NUMBER = Style(size=12, weight=700)
_MEAN = Style(size=13, weight=700)
_GOAL = Style(size=13)
_LANE = Style(size=13, weight=700)
_CAPTION = Style(size=11)
_KEY = Style(size=12)
_KEY_HEADING = Style(size=13, weight=700)
_FOOTER = Style(size=12)

_KINDS = {
    "current-state": "Current-state journey",
    "future-state": "Future-state journey",
    "day-in-the-life": "A day in the life",
    "service-blueprint": "Service blueprint",
}
_FEELINGS = ("Very negative", "Negative", "Neutral", "Positive", "Very positive")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def scope_line(journey: Journey, *, persona: Persona | None = None) -> str:
    """What the map is of, in a line: its kind, whose service it is, whose journey.

    >>> scope_line(Journey("Get a loan", organisation="Northbank"))
    'Current-state journey · Northbank'
    """
    named = persona.name + (f", {persona.role}" if persona.role else "") if persona else ""
    return _joined((_KINDS[journey.kind], journey.organisation, named))


def title_block(title: str, scope: str, *, box: Box, theme: Theme, measure: Measure, scenario: str = "") -> tuple[tuple[Shape, ...], float]:
    """The map's name over its scope and scenario, from the top of ``box`` and as wide; with the height that they take."""
    shapes = [text_block(title, box=box, style=TITLE, fill=theme.ink, measure=measure)]
    for words, style, fill in ((scope, SCOPE, theme.ink_2), (scenario, _SCENARIO, theme.ink_3)):
        if words:
            below = Box(x=box.x, y=shapes[-1].box.bottom + 2, width=min(box.width, _SCENARIO_WIDE), height=0)
            shapes.append(text_block(words, box=below, style=style, fill=fill, measure=measure))
    return tuple(shapes), shapes[-1].box.bottom - box.y


@frozen(kw_only=True)
class Heading:
    """How a stage's name fits its chevron."""

    lines: tuple[str, ...]
    style: Style
    ring: bool
    """Whether the number stands before it."""
    period: bool
    """Whether the period stands at its right; if there is one and this is false, show it elsewhere."""


def heading(name: str, *, width: float, measure: Measure, period: str = "", first: bool = False, last: bool = False) -> Heading:
    """How a stage's name fits a chevron of that width.

    It is large in one line or smaller in two; if need be without the period, without the number, in three lines, or cut.
    """
    tries = [(_NAME, 1, True, True), (_NAME_IN_TWO, 2, True, True)] if period else []
    tries += [(_NAME, 1, False, True), (_NAME_IN_TWO, 2, False, True), (_NAME, 1, False, False), (_NAME_IN_TWO, 2, False, False)]
    for style, most, with_period, ring in (*tries, (_NAME_IN_THREE, 3, False, False)):
        room = _room(width, period if with_period else "", ring=ring, first=first, last=last, measure=measure)
        lines = measure.wrap(name, room, style)
        if measure.longest_word(name, style) <= room and len(lines) <= most:
            return Heading(lines=lines, style=style, ring=ring, period=with_period)
    return Heading(lines=measure.wrap(name, room, style, max_lines=most), style=style, ring=ring, period=with_period)


def least_column(names: Iterable[tuple[str, int]], *, measure: Measure) -> float:
    """The width that a column needs so that no stage's name is cut: for each stage its name and how many columns it has."""
    beside = _inset(ring=True, first=False) + _outset(last=True)
    return max(((measure.longest_word(name, _NAME_IN_TWO) + beside) / max(count, 1) for name, count in names), default=0.0)


def chevron(
    name: str,
    *,
    number: str,
    box: Box,
    theme: Theme,
    measure: Measure,
    period: str = "",
    first: bool = False,
    last: bool = False,
    about: str | None = None,
) -> Group:
    """A stage's chevron over ``box`` (`CHEVRON_HEIGHT` high), pointing `TIP` px beyond it into the gap.

    The ``first`` has a straight left edge, the ``last`` a straight right edge. `heading` tells how the name fits.
    """
    fitted = heading(name, width=box.width, measure=measure, period=period, first=first, last=last)
    middle = box.y + box.height / 2
    shapes: list[Shape] = [_arrow(box, first=first, last=last, paint=Paint(fill=theme.stage))]
    if fitted.ring:
        radius = max(11.5, measure.width(number, _NUMBER) / 2 + 4)
        x = box.x + (29 if first else 41)
        shapes.append(Circle(x=x, y=middle, radius=radius, paint=Paint(stroke=theme.on_stage, width=1.5)))
        inside = 2 * radius - 2
        shapes.append(
            text_line(number, x=x, middle=middle, style=_NUMBER, fill=theme.on_stage, measure=measure, anchor="middle", room=inside)
        )
    left = box.x + _inset(ring=fitted.ring, first=first)
    room = _room(box.width, period if fitted.period else "", ring=fitted.ring, first=first, last=last, measure=measure)
    if len(fitted.lines) == 1:
        shapes.append(
            text_line(fitted.lines[0], x=left, middle=middle, style=fitted.style, fill=theme.on_stage, measure=measure, room=room)
        )
    else:
        top = middle - len(fitted.lines) * fitted.style.leading / 2
        shapes.append(
            text_block(
                fitted.lines,
                box=Box(x=left, y=top, width=room, height=0),
                style=fitted.style,
                fill=theme.on_stage,
                measure=measure,
                lines_given=True,
            )
        )
    if fitted.period:
        right, spare = box.right - _outset(last=last), measure.width(period, _PERIOD) + 11
        shapes.append(
            text_line(period, x=right, middle=middle, style=_PERIOD, fill=theme.on_stage, measure=measure, anchor="end", room=spare)
        )
    label = f"Stage {number}: {name}." + (f" {period}." if period else "")
    return Group(shapes=shapes, label=label, role="stage", about=about, title=label)


def stage_mean(
    valence: float, *, scale: Scale, right: float, middle: float, theme: Theme, symbols: Symbols, measure: Measure
) -> tuple[Shape, ...]:
    """The mean emotion of a stage, a small face and its number, ending at ``right`` and centred on ``middle``."""
    level = Emotion(round(valence, 1)).level
    text = _mean_text(valence, scale)
    room = measure.width(text, _MEAN) + 3
    number = text_line(text, x=right, middle=middle, style=_MEAN, fill=theme.ink, measure=measure, anchor="end", room=room)
    x = right - room - 15
    ring = Circle(x=x, y=middle, radius=10.75, paint=Paint(fill=theme.paper))
    return (ring, symbols.face(level, x=x, y=middle, radius=9, theme=theme), number)


def stage_row(
    goal: str, mean: float | None, *, scale: Scale, box: Box, theme: Theme, symbols: Symbols, measure: Measure
) -> tuple[tuple[Shape, ...], float]:
    """Under a chevron, from the top of ``box`` and as wide: the customer's goal and the stage's mean; with their height."""
    shapes: list[Shape] = []
    middle = box.y + 9 + _GOAL.leading / 2
    top, room = box.y + 9, box.width - 2 * _SIDE
    if mean is not None:
        shapes += stage_mean(mean, scale=scale, right=box.right - _SIDE, middle=middle, theme=theme, symbols=symbols, measure=measure)
        beside = room - measure.width(_mean_text(mean, scale), _MEAN) - 42
        top, room = (top, beside) if beside >= _NARROW else (top + 26, room)
    if not goal:
        return tuple(shapes), _STAGE_ROW if shapes else 0.0
    text = text_block(goal, box=Box(x=box.x + _SIDE, y=top, width=room, height=0), style=_GOAL, fill=theme.ink_2, measure=measure)
    return (*shapes, text), max(text.box.bottom + 6 - box.y, _STAGE_ROW)


def lane_head(
    title: str, caption: str, *, icon: str | None, box: Box, theme: Theme, symbols: Symbols, measure: Measure
) -> tuple[tuple[Shape, ...], float]:
    """A lane's icon, name and caption in the gutter, from the top of ``box`` and as wide; with their height."""
    room = Box(x=box.x + 28, y=box.y, width=box.width - LANE_HEAD_INSET, height=0)
    name = text_block(title, box=room, style=_LANE, fill=theme.ink, measure=measure)
    mark = [symbols.icon(icon, x=box.x, y=box.y, size=16, colour=theme.ink_2)] if icon else []
    shapes: list[Shape] = [*mark, name]
    if not caption:
        return tuple(shapes), name.box.height
    below = Box(x=room.x, y=name.box.bottom + 2, width=room.width, height=0)
    said = text_block(caption, box=below, style=_CAPTION, fill=theme.ink_3, measure=measure)
    return (*shapes, said), said.box.bottom - box.y


@frozen(kw_only=True)
class KeyItem:
    """An entry of the key: a face, an icon or the star of a moment of truth, and what it means."""

    text: str
    face: int | None = None
    icon: str | None = None
    """An icon's name; with neither face nor icon nor drawing it is the star."""
    drawn: Callable[[float, float], Sequence[Shape]] | None = None
    """Draws a mark of its own, from x round a height."""
    width: float = 26.0
    """Of the star or of a mark of its own."""


def key_items(*, levels: Iterable[int], scale: Scale, moments: bool = False, channels: Iterable[Channel] = ()) -> tuple[KeyItem, ...]:
    """The entries for what a map uses: faces by level, the star, each channel once in the order of first use."""
    faces = [KeyItem(text=_feeling(level, scale), face=level) for level in sorted(set(levels))]
    star = [KeyItem(text="Moment of truth")] if moments else []
    icons = [KeyItem(text=channel.name, icon=channel_icon(channel.kind)) for channel in dict.fromkeys(channels)]
    return (*faces, *star, *icons)


def key_row(items: Sequence[KeyItem], *, box: Box, theme: Theme, symbols: Symbols, measure: Measure) -> tuple[tuple[Shape, ...], float]:
    """The key, from the top left of ``box``, in as many rows as its width asks for; with the height that they take."""
    if not items:
        return (), 0.0
    middle = box.y + 12
    room = measure.width("Key", _KEY_HEADING) * SPARE
    shapes: list[Shape] = [text_line("Key", x=box.x, middle=middle, style=_KEY_HEADING, fill=theme.ink, measure=measure, room=room)]
    start = box.x + room + 25
    x = start
    for item in items:
        mark = item.width if item.face is None and item.icon is None else 20.0
        room = measure.width(item.text, _KEY) * SPARE
        if x > start and x + mark + 8 + room > box.right:
            x, middle = start, middle + 26
        room = min(room, max(box.right - x - mark - 8, 24.0))
        shapes.extend(_key_mark(item, x=x, middle=middle, theme=theme, symbols=symbols))
        shapes.append(text_line(item.text, x=x + mark + 8, middle=middle, style=_KEY, fill=theme.ink_2, measure=measure, room=room))
        x += mark + 8 + room + 20
    return tuple(shapes), middle + 12 - box.y


def footer_line(journey: Journey) -> str:
    """What the map rests on, and how old it is: sources, version and status, date, owner, in a line.

    >>> footer_line(Journey("Get a loan", version="3", updated=date(2026, 5, 12)))
    'Sources: none named · Version 3, updated 12 May 2026'
    """
    sources = "; ".join(_source(source) for source in journey.sources) or "none named"
    version = f"Version {journey.version}" if journey.version else ""
    updated = f"updated {_day(journey.updated)}" if journey.updated else ""
    state = ", ".join(part for part in (version, journey.status or "", updated) if part)
    owner = f"Owner: {journey.owner}" if journey.owner else ""
    return _joined((f"Sources: {sources}", state[:1].upper() + state[1:], owner))


def footer(journey: Journey, *, box: Box, theme: Theme, measure: Measure) -> tuple[tuple[Shape, ...], float]:
    """The footer from the top of ``box`` and as wide, in as many lines as it takes; with their height."""
    text = text_block(footer_line(journey), box=box, style=_FOOTER, fill=theme.ink_3, measure=measure)
    return (text,), text.box.height


def _inset(*, ring: bool, first: bool) -> float:
    return (50.0 if ring else 18.0) + (0.0 if first else 12.0)


def _outset(*, last: bool) -> float:
    return 14.0 if last else 6.0


def _room(width: float, period: str, *, ring: bool, first: bool, last: bool, measure: Measure) -> float:
    taken = measure.width(period, _PERIOD) + 12 if period else 0.0
    return max(width - _inset(ring=ring, first=first) - _outset(last=last) - taken, 1.0)


def _arrow(box: Box, *, first: bool, last: bool, paint: Paint) -> Path:
    middle = box.y + box.height / 2
    steps: list[Step] = [MoveTo(box.x, box.y), LineTo(box.right, box.y)]
    if not last:
        steps.append(LineTo(box.right + TIP, middle))
    steps += [LineTo(box.right, box.bottom), LineTo(box.x, box.bottom)]
    if not first:
        steps.append(LineTo(box.x + TIP, middle))
    return Path(steps=[*steps, Close()], paint=paint)


def _mean_text(valence: float, scale: Scale) -> str:
    """A mean has a decimal even where it is 0, so that means stand alike beside each other."""
    text = scale.print(valence)
    return text if scale.labels or "." in text else f"{text}.0"


def _key_mark(item: KeyItem, *, x: float, middle: float, theme: Theme, symbols: Symbols) -> tuple[Shape, ...]:
    if item.drawn is not None:
        return tuple(item.drawn(x, middle))
    if item.face is not None:
        return (symbols.face(item.face, x=x + 10, y=middle, radius=10, theme=theme),)
    if item.icon is not None:
        return (symbols.icon(item.icon, x=x + 3, y=middle - 7, size=14, colour=theme.ink_2),)
    frame = Rect(
        box=Box(x=x, y=middle - 10, width=26, height=20), radius=4, paint=Paint(fill=theme.on_truth, stroke=theme.truth, width=1.5)
    )
    return (frame, symbols.icon("star", x=x + 6, y=middle - 7, size=14, colour=theme.truth))


def _feeling(level: int, scale: Scale) -> str:
    point = scale.print(float(level - 3), decimals=scale.decimals + 1)
    return point if scale.labels else f"{point} {_FEELINGS[level - 1]}"


def _source(source: Source) -> str:
    return f"{source.name} (n = {source.n:,})" if source.n is not None else source.name


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _joined(parts: Iterable[str]) -> str:
    return " \u00b7 ".join(part for part in parts if part)
