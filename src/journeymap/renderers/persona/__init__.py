"""The persona: a card of one customer, or of several side by side, with what they want and what is in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from attrs import frozen

from journeymap.model import Emotion, Persona
from journeymap.model import Journey as JourneyMap
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, SPARE, widest
from journeymap.renderers.paper import LEAST_WIDE, drawing_of, finished, heading_of, note, row_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step, steps_by_stage
from journeymap.renderers.swimlane.cells import quoted
from journeymap.renderers.swimlane.header import portrait
from journeymap.scene.icons import channel_icon
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Group, Paint, Rect, Shape
from journeymap.scene.text import Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["persona"]

_WHO = 336.0
"""The left part of a card that stands alone."""
_ALONE = 760.0
"""Its right part."""
_NARROWEST, _WIDEST = 320.0, 440.0
"""A card beside others."""
_MOST_BESIDE = 4
_BETWEEN = 24.0
_PAD = 28.0
_SECTION = 22.0
"""White between two sections."""
_HEAD_ROW = 25.0
_PORTRAIT = 88.0
_BAR = 8.0

@frozen(kw_only=True)
class _Card:
    """A persona with the sections that there is something to say in, each measured for the width that it will have."""

    persona: Persona
    who: Section
    quote: Section | None
    lists: tuple[Section, ...]
    facts: tuple[Section, ...]
    said: str


def persona(journey: JourneyMap, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = MAX_WIDTH) -> Scene:
    """A card of the persona with that id; without one, of the journey's only persona, or of all of them side by side.

    A card has the portrait or a monogram, role, segment and share, the quote, goals, needs, frustrations, behaviours, demographics,
    traits, channels, how the persona feels on the way, and what all that rests on; what is not known is left out. Cards that do not
    fit beside each other in ``max_width`` px stand in further rows. RenderError if there is no such persona.
    """
    drawing = drawing_of(journey, theme, persona)
    room = widest(max_width) - 2 * MARGIN
    people = journey.personas if drawing.persona is None else (drawing.persona,)
    wide = len(people) == 1 and room >= _WHO + _ALONE
    per_row, each = _shape(len(people), room)
    cards = [_card(drawing, one, wide=wide, width=each) for one in people]
    taken = _wide_width(cards[0]) if wide else per_row * each + (per_row - 1) * _BETWEEN
    width = 2 * MARGIN + max(taken, min(LEAST_WIDE, room))
    what = "Personas" if len(people) > 1 else "Persona"
    title, y = heading_of(drawing, what, width=width)
    shapes: list[Shape] = [title]
    y += 26
    for first in range(0, len(cards), per_row):
        row = cards[first : first + per_row]
        top = y + (_BETWEEN if first else 0)
        drawn, y = _wide_card(drawing, row[0], top) if wide else _row(drawing, row, each, top)
        shapes.append(row_of(drawn))
    if not cards:
        said = note(drawing, "This journey has no personas yet.", top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    told = " ".join([f"{what} of the journey {journey.name}.", *([card.said for card in cards] or ["There are none yet."])])
    return finished(drawing, shapes, what=what.lower(), description=told, bottom=y, width=width)


def _shape(count: int, room: float) -> tuple[int, float]:
    """How many cards stand in a row, all rows as even as can be, and how wide each is."""
    most = min(max(int((room + _BETWEEN) // (_NARROWEST + _BETWEEN)), 1), _MOST_BESIDE)
    rows = max(-(-count // most), 1)
    per_row = max(-(-count // rows), 1)
    return per_row, min((room - (per_row - 1) * _BETWEEN) / per_row, _WIDEST)


def _card(drawing: Drawing, one: Persona, *, wide: bool, width: float) -> _Card:
    inner = (_WHO if wide else width) - 2 * _PAD
    right = _ALONE - 2 * _PAD
    lists = [
        ("Goals", "goal", one.goals, drawing.theme.accent),
        ("Needs", "emotion", one.needs, drawing.theme.accent),
        ("Frustrations", "pains", one.frustrations, drawing.theme.pain),
        ("Behaviours", "steps", one.behaviours, drawing.theme.ink_3),
    ]
    held = [entry for entry in lists if entry[2]]
    column = (right - 2 * _PAD) / 2 if wide and len(held) > 1 else right if wide else inner
    facts = (share(drawing, one, inner), feeling(drawing, one, inner), traits(drawing, one, inner), demographics(drawing, one, inner))
    known = (*facts, channels(drawing, one, inner), evidence(drawing, one, inner))
    return _Card(
        persona=one,
        who=who(drawing, one, inner, beside=not wide),
        quote=quote(drawing, one, right if wide else inner, QUOTE_ALONE if wide else QUOTE_BESIDE),
        lists=tuple(listed(drawing, title, icon, items, dot, column) for title, icon, items, dot in held),
        facts=tuple(section for section in known if section is not None),
        said=told(drawing, one),
    )


def _wide_width(card: _Card) -> float:
    return _WHO + (_ALONE if card.quote or card.lists else 0.0)


def _wide_card(drawing: Drawing, card: _Card, top: float) -> tuple[list[Shape], float]:
    """Who it is at the left; in their words, and what they want, at the right."""
    theme = drawing.theme
    left = Box(x=MARGIN + _PAD, y=top + _PAD, width=_WHO - 2 * _PAD, height=0)
    shapes, bottom = _stack(card, [card.who, *card.facts], left)
    x = MARGIN + _WHO + _PAD
    y = top + _PAD
    if card.quote is not None:
        drawn, y = _stack(card, [card.quote], Box(x=x, y=y, width=_ALONE - 2 * _PAD, height=0))
        shapes += drawn
        y += _SECTION + 8
    column = (_ALONE - 4 * _PAD) / 2
    for first in range(0, len(card.lists), 2):
        ends = []
        for place, section in enumerate(card.lists[first : first + 2]):
            drawn, end = _stack(card, [section], Box(x=x + place * (column + 2 * _PAD), y=y, width=column, height=0))
            shapes += drawn
            ends.append(end)
        y = max(ends) + _SECTION
    bottom = max(bottom, y - _SECTION) + _PAD
    whole = Box(x=MARGIN, y=top, width=_wide_width(card), height=bottom - top)
    side = Box(x=MARGIN + 1, y=top + 1, width=_WHO - 1, height=bottom - top - 2)
    behind = [Rect(box=whole, paint=Paint(fill=theme.card, stroke=theme.card_line), radius=12)]
    behind.append(Rect(box=side, paint=Paint(fill=theme.band), radius=11))
    return [_grouped(card, [*behind, *shapes])], bottom


def _row(drawing: Drawing, cards: Sequence[_Card], width: float, top: float) -> tuple[list[Shape], float]:
    """Cards side by side: equally high, and each section at one height in all of them."""
    theme = drawing.theme
    inner = width - 2 * _PAD
    parts: list[list[Shape]] = [[] for _ in cards]
    y = top + _PAD
    y += max(card.who.height for card in cards)
    head = y + _PAD - 8
    for place, card in enumerate(cards):
        parts[place], _ = _stack(card, [card.who], Box(x=_left(place, width), y=top + _PAD, width=inner, height=0))
    y = head + _SECTION
    held = [{section.title: section for section in (*([card.quote] if card.quote else []), *card.lists, *card.facts)} for card in cards]
    order = ("Quote", "Goals", "Needs", "Frustrations", "Behaviours", "Share", *_FACTS)
    for title in order:
        here = [(place, sections[title]) for place, sections in enumerate(held) if title in sections]
        for place, section in here:
            drawn, _ = _stack(cards[place], [section], Box(x=_left(place, width), y=y, width=inner, height=0))
            parts[place] += drawn
        if here:
            y += max(section.height for _, section in here) + _SECTION
    bottom = y - _SECTION + _PAD if any(held) else head
    shapes: list[Shape] = []
    for place, card in enumerate(cards):
        box = Box(x=_left(place, width) - _PAD, y=top, width=width, height=bottom - top)
        who = Box(x=box.x + 1, y=top + 1, width=width - 2, height=head - top - 1)
        behind = [Rect(box=box, paint=Paint(fill=theme.card, stroke=theme.card_line), radius=12)]
        behind.append(Rect(box=who, paint=Paint(fill=theme.band), radius=11))
        shapes.append(_grouped(card, [*behind, *parts[place]]))
    return shapes, bottom


def _left(place: int, width: float) -> float:
    return MARGIN + place * (width + _BETWEEN) + _PAD


def _grouped(card: _Card, shapes: Sequence[Shape]) -> Group:
    return Group(shapes=shapes, label=f"Persona: {card.persona.name}", role="persona", about=card.persona.id)


def _stack(card: _Card, sections: Sequence[Section], box: Box) -> tuple[list[Shape], float]:
    """The sections under one another from the top of the box, and the y where they end."""
    shapes: list[Shape] = []
    y = box.y
    for section in sections:
        drawn = section.draw(Box(x=box.x, y=y, width=box.width, height=section.height))
        label = f"{section.title} of {card.persona.name}"
        shapes.append(Group(shapes=drawn, label=label, role="section", about=card.persona.id))
        y += section.height + _SECTION
    return shapes, y - _SECTION


