"""The bar that says whose journey it is, and how well founded: persona, quote, goals, needs, facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from journeymap.model import Journey, Persona, SourceKind
from journeymap.renderers.swimlane.cells import quoted
from journeymap.renderers.swimlane.portraits import embedded
from journeymap.scene.shapes import Box, Circle, Group, Image, Line, Paint, Rect, Shape
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import Theme

_PAD = 24.0
_BETWEEN = 56.0
"""Between two blocks, with the hairline in the middle."""
_ROW_GAP = 16.0
_PORTRAIT = 72.0
_NAME = Style(19, weight=700)
_ROLE = Style(13)
_DETAIL = Style(11.5)
_QUOTE = Style(17, italic=True, leading=24)
_HEAD = Style(13, weight=600)
_ITEM = Style(13, leading=20)
_FACT = Style(26, weight=700, leading=32)
_FACT_NAME = Style(11.5, leading=15)
_LONGEST_QUOTE = 300.0
_LONGEST_LIST = 300.0
_MOST_FACTS = 6

_COUNTED: dict[SourceKind, tuple[str, str]] = {
    "interview": ("interview", "interviews"),
    "survey": ("survey reply", "survey replies"),
    "focus-group": ("focus group voice", "focus group voices"),
    "observation": ("observation", "observations"),
    "web-analytics": ("web visit", "web visits"),
    "crm": ("CRM record", "CRM records"),
    "support-tickets": ("support ticket", "support tickets"),
    "social-media": ("social post", "social posts"),
    "review": ("review", "reviews"),
    "workshop": ("workshop voice", "workshop voices"),
}


@frozen(kw_only=True)
class _Block:
    """A part of the header: its size, and how it is drawn with its top left at (x, y)."""

    width: float
    height: float
    listed: bool = False
    """Whether it is a list: the heads of lists side by side stand at one height."""
    draw: Callable[[float, float], Sequence[Shape]]


def header(
    journey: Journey, persona: Persona | None, *, box: Box, theme: Theme, measure: Measure, symbols: Symbols
) -> tuple[tuple[Shape, ...], float]:
    """The shapes of the header from the box's top, and its height; no shapes and 0 where there is nothing to say."""
    room = box.width - 2 * _PAD
    blocks = _persona_blocks(persona, journey.expectations, room, theme, measure, symbols) if persona else _cast(journey, theme, measure)
    facts = _facts(journey, theme, measure)
    rows = _rows(blocks, room)
    if facts:
        last = rows[-1] if rows else None
        if last and sum(b.width + _BETWEEN for b in last) + sum(f.width + 32 for f in facts) <= room:
            right: list[_Block] = list(facts)
        else:
            rows.extend(_rows(facts, room))
            right = []
    else:
        right = []
    if not rows:
        return (), 0.0
    heights = [max(block.height for block in row) for row in rows]
    if right:
        heights[-1] = max(heights[-1], *(fact.height for fact in right))
    height = sum(heights) + _ROW_GAP * (len(rows) - 1) + 2 * _PAD - 16
    shapes: list[Shape] = [Rect(box=Box(x=box.x, y=box.y, width=box.width, height=height), paint=Paint(fill=theme.band), radius=12)]
    top = box.y + _PAD - 8
    for row, row_height in zip(rows, heights, strict=True):
        x = box.x + _PAD
        longest = max((block.height for block in row if block.listed), default=0.0)
        for index, block in enumerate(row):
            if index:
                shapes.append(_hairline(x - _BETWEEN / 2, top, row_height, theme))
            shapes.extend(block.draw(x, top + (row_height - (longest if block.listed else block.height)) / 2))
            x += block.width + _BETWEEN
        top += row_height + _ROW_GAP
    if right:
        top -= heights[-1] + _ROW_GAP
        x = box.right - _PAD - sum(fact.width + 32 for fact in right) + 32
        shapes.append(_hairline(x - _BETWEEN / 2, top, heights[-1], theme))
        for fact in right:
            shapes.extend(fact.draw(x, top + (heights[-1] - fact.height) / 2))
            x += fact.width + 32
    return (Group(shapes=shapes, label=_said(persona, journey), role="header", about=persona.id if persona else None),), height


def _persona_blocks(
    persona: Persona, expectations: Sequence[str], room: float, theme: Theme, measure: Measure, symbols: Symbols
) -> list[_Block]:
    blocks = [_who(persona, min(room, 420.0), theme, measure)]
    if persona.quote:
        blocks.append(_quote(persona.quote, min(room, _LONGEST_QUOTE), theme, measure, symbols))
    lists = (
        ("Goals", persona.goals),
        ("Needs", persona.needs),
        ("Frustrations", persona.frustrations),
        ("Expectations", expectations),
    )
    for head, items in lists:
        if items:
            blocks.append(_list(head, items, min(room, _LONGEST_LIST), theme, measure))
    return blocks


def _cast(journey: Journey, theme: Theme, measure: Measure) -> list[_Block]:
    """Several personas share the map: each with portrait, name and role."""
    return [_who(persona, 320.0, theme, measure) for persona in journey.personas]


def _who(persona: Persona, room: float, theme: Theme, measure: Measure) -> _Block:
    names = measure.wrap(persona.name, room - _PORTRAIT - 20, _NAME)
    roles = measure.wrap(persona.role, room - _PORTRAIT - 20, _ROLE) if persona.role else ()
    details = " \u00b7 ".join(f"{name}: {value}" for name, value in persona.demographics.items() if value not in persona.role)
    facts = measure.wrap(details, room - _PORTRAIT - 20, _DETAIL) if details else ()
    widths = [(line, style) for lines, style in ((names, _NAME), (roles, _ROLE), (facts, _DETAIL)) for line in lines]
    text_width = max(measure.width(line, style) for line, style in widths) + 1
    role_top = len(names) * _NAME.leading + 4
    fact_top = role_top + (len(roles) * _ROLE.leading + 3 if roles else 0)
    text_height = fact_top + len(facts) * _DETAIL.leading if facts or roles else role_top - 4
    height = max(_PORTRAIT, text_height)

    def draw(x: float, y: float) -> list[Shape]:
        left, top = x + _PORTRAIT + 20, y + (height - text_height) / 2
        shapes = portrait(persona, x=x, y=y + (height - _PORTRAIT) / 2, size=_PORTRAIT, theme=theme, measure=measure)
        shapes.append(_block(names, left, top, text_width, _NAME, theme.ink, measure))
        if roles:
            shapes.append(_block(roles, left, top + role_top, text_width, _ROLE, theme.ink_2, measure))
        if facts:
            shapes.append(_block(facts, left, top + fact_top, text_width, _DETAIL, theme.ink_3, measure))
        return shapes

    return _Block(width=_PORTRAIT + 20 + text_width, height=height, draw=draw)


def portrait(persona: Persona, *, x: float, y: float, size: float, theme: Theme, measure: Measure) -> list[Shape]:
    """The persona's picture, or a monogram in its place, with its top left at (x, y)."""
    picture = embedded(persona.image)
    if picture is not None:
        media_type, data = picture
        return [Image(box=Box(x=x, y=y, width=size, height=size), data=data, media_type=media_type, title=persona.name)]
    initials = "".join(word[0] for word in persona.name.split() if word[0].isalnum())[:2].upper() or "\u2022"
    radius = size / 2
    return [
        Circle(x=x + radius, y=y + radius, radius=radius, paint=Paint(fill=theme.stage)),
        text_line(
            initials,
            x=x + radius,
            middle=y + radius,
            style=Style(size / 3, weight=600),
            fill=theme.on_stage,
            measure=measure,
            anchor="middle",
            room=size - 8,
        ),
    ]


def _quote(quote: str, room: float, theme: Theme, measure: Measure, symbols: Symbols) -> _Block:
    lines = measure.wrap(quoted(quote).strip("\u201c\u201d"), room - 28, _QUOTE)
    width = max(measure.width(line, _QUOTE) for line in lines) + 1
    height = len(lines) * _QUOTE.leading

    mirrored = reads_from_right(lines)

    def draw(x: float, y: float) -> list[Shape]:
        mark, left = (x + width + 10, x) if mirrored else (x, x + 28)
        return [
            symbols.icon("quote", x=mark, y=y + 1, size=18, colour=theme.accent),
            _block(lines, left, y, width, _QUOTE, theme.quote, measure),
        ]

    return _Block(width=28 + width, height=height, draw=draw)


def _list(head: str, items: Sequence[str], room: float, theme: Theme, measure: Measure) -> _Block:
    wrapped = [measure.wrap(item, room - 14, _ITEM) for item in items]
    longest = max(measure.width(line, _ITEM) for lines in wrapped for line in lines)
    width = max(measure.width(head, _HEAD), 14 + longest) + 1
    height = _HEAD.leading + 3 + sum(len(lines) for lines in wrapped) * _ITEM.leading

    def draw(x: float, y: float) -> list[Shape]:
        shapes: list[Shape] = [_block((head,), x, y, width, _HEAD, theme.ink_2, measure)]
        top = y + _HEAD.leading + 3
        for lines in wrapped:
            dot, left = (x + width - 3, x) if reads_from_right(lines) else (x + 3, x + 14)
            shapes.append(Circle(x=dot, y=top + _ITEM.leading / 2, radius=2.25, paint=Paint(fill=theme.accent)))
            shapes.append(_block(lines, left, top, width - 14, _ITEM, theme.ink, measure))
            top += len(lines) * _ITEM.leading
        return shapes

    return _Block(width=width, height=height, listed=True, draw=draw)


def known_facts(journey: Journey) -> list[tuple[str, str]]:
    """How well founded a map is, as figures with captions: how many people were asked, then the journey's own metrics."""
    counted: dict[SourceKind, int] = {}
    for source in journey.sources:
        if source.kind in _COUNTED and source.n is not None:
            counted[source.kind] = counted.get(source.kind, 0) + source.n
    pairs = [(f"{n:,}", _COUNTED[kind][0 if n == 1 else 1]) for kind, n in counted.items()]
    return pairs + [(metric.printed, metric.name) for metric in journey.metrics if metric.printed]


def _facts(journey: Journey, theme: Theme, measure: Measure) -> list[_Block]:
    return [_fact(figure, name, theme, measure) for figure, name in known_facts(journey)[:_MOST_FACTS]]


def _fact(figure: str, name: str, theme: Theme, measure: Measure) -> _Block:
    figures = measure.wrap(figure, 200, _FACT)
    names = measure.wrap(name, 140, _FACT_NAME)
    width = max([measure.width(f, _FACT) for f in figures] + [measure.width(n, _FACT_NAME) for n in names]) + 1
    height = len(figures) * _FACT.leading + len(names) * _FACT_NAME.leading

    def draw(x: float, y: float) -> list[Shape]:
        return [
            _block(figures, x, y, width, _FACT, theme.ink, measure),
            _block(names, x, y + len(figures) * _FACT.leading, width, _FACT_NAME, theme.ink_2, measure),
        ]

    return _Block(width=width, height=height, draw=draw)


def _rows(blocks: Sequence[_Block], room: float) -> list[list[_Block]]:
    """The blocks in as many rows as they need, in order."""
    rows: list[list[_Block]] = []
    used = 0.0
    for block in blocks:
        if rows and used + _BETWEEN + block.width <= room:
            rows[-1].append(block)
            used += _BETWEEN + block.width
        else:
            rows.append([block])
            used = block.width
    return rows


def _hairline(x: float, top: float, height: float, theme: Theme) -> Line:
    return Line(x1=x, y1=top + 2, x2=x, y2=top + height - 2, paint=Paint(stroke=theme.hairline))


def _block(lines: Sequence[str], x: float, y: float, width: float, style: Style, fill: str, measure: Measure) -> Shape:
    return text_block(lines, box=Box(x=x, y=y, width=width, height=0), style=style, fill=fill, measure=measure, lines_given=True)


def _said(persona: Persona | None, journey: Journey) -> str:
    if persona is None:
        return "Personas: " + ", ".join(p.name for p in journey.personas) if journey.personas else "How well founded"
    parts = [f"Persona: {persona.name}", persona.role, persona.quote]
    return ". ".join(part for part in parts if part)
