"""The atlas: how the journeys of one service hang together, and where one leads into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from journeymap.model import Atlas, AtlasLink, Journey
from journeymap.renderers.atlas.cards import CARD, Card, Tools, card_of
from journeymap.renderers.atlas.layout import Block, Route, blocks_of
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, SPARE, widest
from journeymap.renderers.flow.layers import Slot
from journeymap.renderers.frame import title_block
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, key_of, note, row_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Close, CurveTo, Dash, Group, Line, LineTo, MoveTo, Paint, Path, Rect, Shape, Step
from journeymap.scene.symbols import Symbols
from journeymap.scene.text import Measure, Style, text_block
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["atlas"]

_LABEL = 176.0
_LEAD = 30.0
"""Between a card and the words of a link beside it."""
_GAP = _LABEL + 2 * _LEAD
_BETWEEN = 44.0
_GRID = 24.0
_HEAD = 8.0
_PORT = 18.0
_INSET = 10.0

_KIND = Style(12, weight=600)
_WORDS = Style(12)
_TITLE = Style(15, weight=700)

_WORD = {"next": "Next", "exception": "Exception", "sub-journey": "In detail"}
_MEANING = {
    "next": "Next: what customers do afterwards",
    "exception": "Exception: where they go when something fails",
    "sub-journey": "In detail: a step of it seen closely",
}
_DASH: dict[str, Dash] = {"next": (), "exception": (7, 4), "sub-journey": (2, 4)}

Words = tuple[tuple[tuple[str, ...], Style], ...]


@frozen(kw_only=True)
class _Sheet:
    atlas: Atlas
    tools: Tools
    cards: Mapping[str, Card]
    words: Mapping[tuple[str, str, str], Words]


def atlas(atlas: Atlas, /, *, theme: Theme = LIGHT, max_width: float = MAX_WIDTH) -> Scene:
    """Each journey as a card, its stages as a strip with the curve over them, and the links as arrows named by their kind.

    Journeys stand in layers from left to right, behind those that lead to them; those without links stand by themselves below. An
    atlas wider than ``max_width`` px breaks into rows, where cards say in words which links lead on.
    """
    room = widest(max_width) - 2 * MARGIN
    most = max(int((room + _GAP) // (CARD + _GAP)), 1)
    tools = Tools(theme=theme, measure=Measure(), symbols=Symbols())
    sheet = _sheet(atlas, tools, most)
    heights = {name: card.height for name, card in sheet.cards.items()}
    labels = {key: _high(words) for key, words in sheet.words.items()}
    blocks, alone = blocks_of(atlas, heights, labels, most=most)
    layers = max([(len(block.layers) + 1) // 2 for block in blocks], default=0)
    per_row = max(min(int((room + _GRID) // (CARD + _GRID)), max(len(alone), 1), 6), 1)
    taken = max(layers * (CARD + _GAP) - _GAP, per_row * (CARD + _GRID) - _GRID if alone else 0.0)
    width = 2 * MARGIN + max(taken, min(LEAST_WIDE, room))
    title, height = title_block(
        atlas.name, "Atlas: how journeys hang together", box=Box(x=MARGIN, y=40, width=width - 2 * MARGIN, height=0), theme=theme,
        measure=tools.measure,
    )  # fmt: skip
    shapes: list[Shape] = [Group(shapes=title, role="title")]
    y = 40 + height + 26
    for number, block in enumerate(blocks):
        drawn, y = _block(sheet, block, top=y + (_BETWEEN if number else 0))
        shapes.append(row_of(drawn))
    if alone:
        drawn, y = _alone(sheet, alone, per_row, top=y + (_BETWEEN if blocks else 0), named=bool(blocks), width=width)
        shapes += drawn
    drawing = _drawing(atlas, tools)
    if not atlas.journeys:
        said = note(drawing, "This atlas has no journeys yet.", top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    kinds = [kind for kind in _WORD if any(link.kind == kind and link.source != link.target for link in atlas.links)]
    key, y = key_of(drawing, [_entry(kind, theme) for kind in kinds], top=y + 20, width=width)
    foot = text_block(
        _summary(atlas), box=Box(x=MARGIN, y=y + 10, width=width - 2 * MARGIN, height=0), style=_WORDS, fill=theme.ink_3,
        measure=tools.measure,
    )  # fmt: skip
    return Scene(
        width=width,
        height=foot.box.bottom + 36,
        shapes=[*shapes, key, Group(shapes=[foot], role="footer")],
        title=f"{atlas.name}: atlas",
        description=_told(sheet),
        language=drawing.journey.language,
        paper=theme.paper,
        symbols=tools.symbols.collected(),
    )


def _drawing(atlas: Atlas, tools: Tools) -> Drawing:
    """What notes and keys are drawn with, in the language of the first journey."""
    language = atlas.journeys[0].language if atlas.journeys else "en"
    whole = Journey(atlas.name, id=atlas.id, language=language)
    return Drawing(journey=whole, persona=None, stages=(), theme=tools.theme, measure=tools.measure, symbols=tools.symbols)


def _sheet(atlas: Atlas, tools: Tools, most: int) -> _Sheet:
    """The cards and the words of links, measured; a link between rows is told on both of its cards."""
    numbers = {journey.id: number for number, journey in enumerate(atlas.journeys, start=1)}
    names = {journey.id: journey.name for journey in atlas.journeys}
    plain = {journey.id: 0.0 for journey in atlas.journeys}
    blocks, _ = blocks_of(atlas, plain, {link.key: 0.0 for link in atlas.links}, most=most)
    drawn = {route.link.key for block in blocks for route in block.routes}
    asides: dict[str, list[str]] = {name: [] for name in names}
    for link in atlas.links:
        if link.source == link.target:
            asides[link.source].append(f"{_WORD[link.kind]}: the same again")
        elif link.key not in drawn:
            asides[link.source].append(f"{_WORD[link.kind]}: {numbers[link.target]} {names[link.target]}")
            asides[link.target].append(f"From {numbers[link.source]} {names[link.source]}")
    return _Sheet(
        atlas=atlas,
        tools=tools,
        cards={journey.id: card_of(journey, numbers[journey.id], asides[journey.id], tools) for journey in atlas.journeys},
        words={link.key: _words(atlas, link, tools) for link in atlas.links},
    )


def _place(atlas: Atlas, link: AtlasLink) -> str:
    """The name of the step, or else of the stage, where a link leaves."""
    source = atlas.journey(link.source)
    names = {stage.id: stage.name for stage in source.stages} | {step.id: step.name for step in source.touchpoints}
    return names.get(link.at, "") if link.at else ""


def _words(atlas: Atlas, link: AtlasLink, tools: Tools) -> Words:
    wide = _LABEL - 2 * _INSET
    where = _place(atlas, link)
    texts = ((_WORD[link.kind], _KIND), (f"at {where}" if where else "", _WORDS), (link.condition, _WORDS))
    return tuple((tools.measure.wrap(text, wide - _inset(link, place), style), style) for place, (text, style) in enumerate(texts) if text)


def _inset(link: AtlasLink, place: int) -> float:
    """Room for the warning before the first words of an exception."""
    return 18.0 if place == 0 and link.kind == "exception" else 0.0


def _high(words: Words) -> float:
    return sum(len(lines) * style.leading for lines, style in words) + 10


def _block(sheet: _Sheet, block: Block, *, top: float) -> tuple[list[Shape], float]:
    """The journeys of a block and their links from ``top``, and the y where it ends."""
    slots = [slot for layer in block.layers for slot in layer]
    shift = top - min(slot.y - slot.above for slot in slots)
    for slot in slots:
        slot.y += shift
    leaving, arriving = _ports(block.routes)
    links = [_link(sheet, route, leaving[id(route)], arriving[id(route)]) for route in block.routes]
    labels = [_label(sheet, route) for route in block.routes]
    cards = [
        _card(sheet, name, Box(x=_left(slot), y=slot.y - slot.above, width=CARD, height=slot.above + slot.below))
        for name, slot in block.journeys.items()
    ]
    return [*links, *labels, *cards], max(slot.y + slot.below for slot in slots)


def _alone(sheet: _Sheet, names: Sequence[str], per_row: int, *, top: float, named: bool, width: float) -> tuple[list[Shape], float]:
    """Journeys without links, in rows; with a heading where others have links."""
    shapes: list[Shape] = []
    y = top
    if named:
        box = Box(x=MARGIN, y=y, width=width - 2 * MARGIN, height=0)
        head = text_block("Not linked yet", box=box, style=_TITLE, fill=sheet.tools.theme.ink, measure=sheet.tools.measure)
        shapes.append(head)
        y = head.box.bottom + 12
    for first in range(0, len(names), per_row):
        row = names[first : first + per_row]
        high = max(sheet.cards[name].height for name in row)
        places = [Box(x=MARGIN + place * (CARD + _GRID), y=y, width=CARD, height=high) for place in range(len(row))]
        shapes.append(row_of([_card(sheet, name, box) for name, box in zip(row, places, strict=True)]))
        y += high + _GRID
    return shapes, y - _GRID


def _card(sheet: _Sheet, name: str, box: Box) -> Group:
    card = sheet.cards[name]
    return Group(shapes=card.draw(box), label=card.said, role="journey", about=name, title=card.said)


def _left(slot: Slot) -> float:
    """Where the card, or the words of a link, begin in that layer."""
    return MARGIN + slot.layer // 2 * (CARD + _GAP) + (CARD + _LEAD if slot.layer % 2 else 0.0)


def _right(slot: Slot) -> float:
    return _left(slot) + (_LABEL if slot.layer % 2 else CARD)


def _ports(routes: Sequence[Route]) -> tuple[dict[int, float], dict[int, float]]:
    """Where links touch the cards: one under the other, in the order of where they go."""
    found: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for ends, (card, beside) in zip(found, ((0, 1), (-1, -2)), strict=True):
        held: dict[int, list[Route]] = {}
        for route in routes:
            held.setdefault(id(route.slots[card]), []).append(route)
        for together in held.values():
            slot = together[0].slots[card]
            step = min(_PORT, (slot.above + slot.below - 20) / len(together))
            ordered = sorted(together, key=lambda route: route.slots[beside].y)
            ends.update({id(route): slot.y + (place - (len(ordered) - 1) / 2) * step for place, route in enumerate(ordered)})
    return found


def _link(sheet: _Sheet, route: Route, start: float, end: float) -> Group:
    """The arrow of a link, through the places that are kept for it."""
    link, theme = route.link, sheet.tools.theme
    first, *between, last = route.slots
    x, y = _right(first) + (_HEAD if route.back else 0.0), start
    tip = _left(last) - (0.0 if route.back else _HEAD)
    steps: list[Step] = [MoveTo(x, y)]
    for slot in between:
        steps += [_curved(x, y, _left(slot), slot.y), LineTo(_right(slot), slot.y)]
        x, y = _right(slot), slot.y
    steps.append(_curved(x, y, tip, end))
    at, to, height = (_right(first), _right(first) + _HEAD, start) if route.back else (_left(last), tip, end)
    head: list[Step] = [MoveTo(at, height), LineTo(to, height - _HEAD * 0.6), LineTo(to, height + _HEAD * 0.6), Close()]
    colour = _colour(link.kind, theme)
    said = _said(sheet, link)
    return Group(
        shapes=[
            Path(steps=steps, paint=Paint(stroke=colour, width=2, dash=_DASH[link.kind]), role="link"),
            Path(steps=head, paint=Paint(fill=colour)),
        ],
        label=said,
        role="link",
        about=f"{link.source} {link.target}",
        title=said,
    )


def _curved(x0: float, y0: float, x1: float, y1: float) -> CurveTo:
    middle = (x0 + x1) / 2
    return CurveTo(middle, y0, middle, y1, x1, y1)


def _colour(kind: str, theme: Theme) -> str:
    return {"next": theme.ink_2, "exception": theme.pain, "sub-journey": theme.accent}[kind]


def _label(sheet: _Sheet, route: Route) -> Group:
    """The words of a link on a pill that stands on its line."""
    link, theme, measure = route.link, sheet.tools.theme, sheet.tools.measure
    slot = route.label
    wanted = max(
        measure.width(line, style) + _inset(link, place) for place, (lines, style) in enumerate(sheet.words[link.key]) for line in lines
    )
    wide = min(wanted * SPARE + 2 * _INSET, _LABEL)
    box = Box(x=_left(slot) + (_LABEL - wide) / 2, y=slot.y - slot.above, width=wide, height=slot.above + slot.below)
    colour = _colour(link.kind, theme)
    shapes: list[Shape] = [Rect(box=box, paint=Paint(fill=theme.paper, stroke=theme.card_line), radius=8)]
    y = box.y + 5
    for place, (lines, style) in enumerate(sheet.words[link.key]):
        inset = _inset(link, place)
        if inset:
            shapes.append(sheet.tools.symbols.icon("pains", x=box.x + _INSET, y=y + 1, size=13, colour=colour))
        room = Box(x=box.x + _INSET + inset, y=y, width=wide - 2 * _INSET - inset, height=0)
        fill = colour if place == 0 else theme.ink_2
        text = text_block(lines, box=room, style=style, fill=fill, measure=measure, lines_given=True)
        shapes.append(text)
        y = text.box.bottom
    return Group(shapes=shapes, label=_said(sheet, link), role="link-words", about=f"{link.source} {link.target}")


def _said(sheet: _Sheet, link: AtlasLink) -> str:
    names = {journey.id: journey.name for journey in sheet.atlas.journeys}
    where = _place(sheet.atlas, link)
    told = f"{_WORD[link.kind]}: from {names[link.source]}" + (f", at {where}," if where else "") + f" to {names[link.target]}"
    return told + (f", {link.condition.rstrip('.')}" if link.condition else "")


def _entry(kind: str, theme: Theme) -> KeyEntry:
    colour = _colour(kind, theme)

    def draw(x: float, middle: float) -> list[Shape]:
        tip = x + 34
        head: list[Step] = [MoveTo(tip, middle), LineTo(tip - _HEAD, middle - 5), LineTo(tip - _HEAD, middle + 5), Close()]
        line = Line(x1=x, y1=middle, x2=tip - _HEAD, y2=middle, paint=Paint(stroke=colour, width=2, dash=_DASH[kind]))
        return [line, Path(steps=head, paint=Paint(fill=colour))]

    return KeyEntry(text=_MEANING[kind], width=34, draw=draw)


def _summary(atlas: Atlas) -> str:
    journeys, links = len(atlas.journeys), len(atlas.links)
    return f"{journeys} journey{'' if journeys == 1 else 's'} \u00b7 {links} link{'' if links == 1 else 's'}"


def _told(sheet: _Sheet) -> str:
    """The picture in sentences: every journey, then every link."""

    def parts() -> Iterator[str]:
        yield f"Atlas: {sheet.atlas.name}"
        yield from (card.said for card in sheet.cards.values())
        yield from (_said(sheet, link) for link in sheet.atlas.links)
        if not sheet.atlas.journeys:
            yield "It has no journeys yet"

    return " ".join(f"{part.rstrip('.')}." for part in parts())
