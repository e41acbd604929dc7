"""The persona: a card of one customer, or of several side by side, with what they want and what is in their way."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from journeymap.model import Journey, Persona
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, widest
from journeymap.renderers.paper import LEAST_WIDE, drawing_of, finished, heading_of, note, row_of
from journeymap.renderers.persona.sections import (
    QUOTE_ALONE,
    QUOTE_BESIDE,
    Section,
    channels,
    curve,
    demographics,
    evidence,
    feeling,
    listed,
    quote,
    share,
    told,
    traits,
    who,
)
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Paint, Rect, Shape
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


@frozen(kw_only=True)
class _Card:
    """A persona with the sections that there is something to say in, each measured for the width that it will have."""

    persona: Persona
    head: tuple[Section, ...]
    """Who it is."""
    quote: Section | None
    lists: tuple[Section, ...]
    curve: Section | None
    """Only on a card that stands alone."""
    facts: tuple[Section, ...]
    said: str


def persona(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = MAX_WIDTH) -> Scene:
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
    theme = drawing.theme
    lists = (
        ("Goals", "goal", one.goals, theme.accent),
        ("Needs", "in-person", one.needs, theme.accent),
        ("Frustrations", "pains", one.frustrations, theme.pain),
        ("Behaviours", "steps", one.behaviours, theme.ink_3),
    )
    held = [entry for entry in lists if entry[2]]
    column = (right - 2 * _PAD) / 2 if wide else inner
    of_all = share(drawing, one, inner)
    facts = [draw(drawing, one, inner) for draw in (feeling, traits, demographics, channels, evidence)]
    return _Card(
        persona=one,
        head=(who(drawing, one, inner, beside=not wide), *([of_all] if of_all else [])),
        quote=quote(drawing, one, right if wide else inner, QUOTE_ALONE if wide else QUOTE_BESIDE),
        lists=tuple(listed(drawing, title, icon, items, dot, column) for title, icon, items, dot in held),
        curve=curve(drawing, one, right) if wide else None,
        facts=tuple(section for section in facts if section is not None),
        said=told(drawing, one),
    )


def _wide_width(card: _Card) -> float:
    return _WHO + (_ALONE if card.quote or card.lists or card.curve else 0.0)


def _wide_card(drawing: Drawing, card: _Card, top: float) -> tuple[list[Shape], float]:
    """Who it is at the left; in their words, what they want and how they feel at the right."""
    theme = drawing.theme
    left = Box(x=MARGIN + _PAD, y=top + _PAD, width=_WHO - 2 * _PAD, height=0)
    shapes, bottom = _stack(card, [*card.head, *card.facts], left)
    x, y = MARGIN + _WHO + _PAD, top + _PAD
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
    if card.curve is not None:
        drawn, y = _stack(card, [card.curve], Box(x=x, y=y + 4, width=_ALONE - 2 * _PAD, height=0))
        shapes += drawn
        y += _SECTION
    bottom = max(bottom, y - _SECTION) + _PAD
    whole = Box(x=MARGIN, y=top, width=_wide_width(card), height=bottom - top)
    tinted = Box(x=MARGIN, y=top, width=_WHO, height=bottom - top)
    return [_framed(card, theme, whole, tinted, shapes)], bottom


def _row(drawing: Drawing, cards: Sequence[_Card], width: float, top: float) -> tuple[list[Shape], float]:
    """Cards side by side: equally high, and each section at one height in all of them."""
    inner = width - 2 * _PAD
    rows = [*(_titled(card.head) for card in cards)]
    parts: list[list[Shape]] = [[] for _ in cards]
    y = _aligned(cards, rows, parts, inner, width, top + _PAD)
    head = y - _SECTION + _PAD - 6
    rest = [_titled([*([card.quote] if card.quote else []), *card.lists, *card.facts]) for card in cards]
    bottom = _aligned(cards, rest, parts, inner, width, head + _SECTION) - _SECTION + _PAD if any(rest) else head
    shapes: list[Shape] = []
    for place, card in enumerate(cards):
        whole = Box(x=_left(place, width) - _PAD, y=top, width=width, height=bottom - top)
        tinted = Box(x=whole.x, y=top, width=width, height=head - top)
        shapes.append(_framed(card, drawing.theme, whole, tinted, parts[place]))
    return shapes, bottom


def _titled(sections: Sequence[Section]) -> dict[str, Section]:
    return {section.title: section for section in sections}


def _aligned(
    cards: Sequence[_Card], rows: Sequence[dict[str, Section]], parts: Sequence[list[Shape]], inner: float, width: float, top: float
) -> float:
    """Draw the sections of cards side by side, those of one title at one height; the y where the next would begin."""
    y = top
    for title in sorted({title for row in rows for title in row}, key=_ORDER.index):
        here = [(place, row[title]) for place, row in enumerate(rows) if title in row]
        for place, section in here:
            drawn, _ = _stack(cards[place], [section], Box(x=_left(place, width), y=y, width=inner, height=0))
            parts[place].extend(drawn)
        y += max(section.height for _, section in here) + _SECTION
    return y


_ORDER = (
    *("Name and role", "Share", "Quote", "Goals", "Needs", "Frustrations", "Behaviours"),
    *("On this journey", "Traits", "About", "Channels", "Evidence"),
)


def _left(place: int, width: float) -> float:
    return MARGIN + place * (width + _BETWEEN) + _PAD


def _framed(card: _Card, theme: Theme, whole: Box, tinted: Box, shapes: Sequence[Shape]) -> Group:
    """The card round its parts: outlined, and tinted behind who it is."""
    inside = Box(x=tinted.x + 0.5, y=tinted.y + 0.5, width=tinted.width - 1, height=tinted.height - 1)
    behind: list[Shape] = [
        Rect(box=whole, paint=Paint(fill=theme.card), radius=12),
        Rect(box=inside, paint=Paint(fill=theme.band), radius=11.5),
        Rect(box=whole, paint=Paint(stroke=theme.card_line), radius=12),
    ]
    return Group(shapes=[*behind, *shapes], label=f"Persona: {card.persona.name}", role="persona", about=card.persona.id)


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
