"""The roadmap: opportunities now, next and later by owner, with what has to come before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from journeymap.model import Journey, Opportunity, Range
from journeymap.renderers.columns import GUTTER, MARGIN, MAX_WIDTH
from journeymap.renderers.frame import CHEVRON_HEIGHT, chevron, lane_head
from journeymap.renderers.paper import LEAST_WIDE, drawing_of, finished, heading_of, note, row_of, width_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.swimlane.cells import estimate_word, impact_bars, impact_word
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, Line, Paint, Rect, Shape, Text
from journeymap.scene.text import Style, reads_from_right, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["roadmap"]

_HORIZONS = ("now", "next", "later")
_UNPLANNED = "not planned"
_COLUMN, _LEAST_COLUMN = 272.0, 168.0
_GAP = 20.0
_INSET = 10.0
_PAD = 12.0
_BETWEEN = 8.0

_HEAD = Style(17, weight=600)
_NAME = Style(14, weight=500)
_GRADE = Style(12, weight=500)
_EXTRA = Style(12)
_MARK = 22.0
"""The icon before a line of a card, with its white."""


@frozen(kw_only=True)
class _Row:
    """A line of a card: its words, and what stands before them."""

    lines: tuple[str, ...]
    style: Style
    fill: str
    mark: Callable[[float, float], Sequence[Shape]] | None = None
    """Draws from x round the middle of the first line."""
    inset: float = 0.0
    link: str | None = None

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.leading


@frozen(kw_only=True)
class _Card:
    opportunity: Opportunity
    rows: tuple[_Row, ...]
    said: str

    @property
    def height(self) -> float:
        return 2 * _PAD + sum(row.height for row in self.rows) + 5 * (len(self.rows) - 1)


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class _Sheet:
    drawing: Drawing
    known: Mapping[str, Opportunity]
    horizons: tuple[str, ...] = field(converter=_texts)
    owners: tuple[str, ...] = field(converter=_texts)
    left: float
    column: float

    def x(self, horizon: str) -> float:
        """Where a column begins."""
        return self.left + self.horizons.index(horizon) * (self.column + _GAP)

    @property
    def right(self) -> float:
        return self.left + len(self.horizons) * (self.column + _GAP) - _GAP

    def held(self, owner: str, horizon: str) -> list[Opportunity]:
        """What an owner does in that time: first what others require, then the most impact for the least effort."""
        return _in_order([one for one in self.known.values() if one.owner == owner and _when(one) == horizon])


def roadmap(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = MAX_WIDTH) -> Scene:
    """The opportunities now, next and later, with a row for each owner; those without a horizon have a column of their own.

    Each says its impact and effort in words, what it comes after, its status and ticket. Where it requires what is planned for a later
    time, or not at all, a mark says so. ``persona`` is the id of the one whose opportunities are shown. RenderError if there is no such
    persona.
    """
    drawing = drawing_of(journey, theme, persona)
    part = journey if persona is None else journey.for_persona(persona)
    known = {opportunity.id: opportunity for opportunity in part.all_opportunities()}
    horizons = [*_HORIZONS, *([_UNPLANNED] if any(one.horizon is None for one in known.values()) else [])]
    named = list(dict.fromkeys(one.owner for one in known.values() if one.owner))
    owners = [*named, *([""] if any(not one.owner for one in known.values()) else [])]
    left = MARGIN + (GUTTER if named else 0)
    fixed = left + MARGIN + (len(horizons) - 1) * _GAP
    width = width_of(max_width, wanted=fixed + len(horizons) * _COLUMN, least=fixed + len(horizons) * _LEAST_COLUMN)
    column = (width - fixed) / len(horizons)
    sheet = _Sheet(drawing=drawing, known=known, horizons=horizons, owners=owners, left=left, column=column)
    if not known:
        width = width_of(max_width, wanted=LEAST_WIDE + 2 * MARGIN, least=0)
    title, y = heading_of(drawing, "Roadmap", width=width)
    shapes: list[Shape] = [title]
    y += 26
    if not known:
        said = note(drawing, "This journey has no opportunities yet.", top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    for number, owner in enumerate(owners):
        heads = list(_heads(sheet, top=y)) if not number else []
        drawn, y = _owner(sheet, owner, top=y + (CHEVRON_HEIGHT + 6 if heads else 0))
        shapes.append(row_of([*heads, *drawn]))
    return finished(drawing, shapes, what="roadmap", description=_told(sheet), bottom=y, width=width)


def _when(opportunity: Opportunity) -> str:
    return opportunity.horizon or _UNPLANNED


def _in_order(held: Sequence[Opportunity]) -> list[Opportunity]:
    waiting = sorted(held, key=lambda one: (-(_middle(one.impact) or 0.0), _middle(one.effort) or 6.0))
    found: list[Opportunity] = []
    while waiting:
        ids = {one.id for one in waiting}
        ready = next((one for one in waiting if not ids & (set(one.requires) - {one.id})), waiting[0])
        waiting.remove(ready)
        found.append(ready)
    return found


def _middle(estimate: float | Range | None) -> float | None:
    return estimate.mid if isinstance(estimate, Range) else estimate


def _heads(sheet: _Sheet, *, top: float) -> Iterator[Shape]:
    """What each column is, with how many opportunities it holds."""
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    for horizon in sheet.horizons:
        count = sum(_when(one) == horizon for one in sheet.known.values())
        box = Box(x=sheet.x(horizon), y=top, width=sheet.column, height=CHEVRON_HEIGHT)
        said = f"{horizon.capitalize()}: {count} opportunit{'y' if count == 1 else 'ies'}"
        if horizon == _UNPLANNED:
            words = text_line(
                f"Not planned ({count})", x=box.x + 18, middle=top + CHEVRON_HEIGHT / 2, style=_HEAD, fill=theme.ink, measure=measure
            )
            yield Group(shapes=[Rect(box=box, paint=Paint(fill=theme.backstage)), words], label=said, role="column")
            continue
        arrow = chevron(
            horizon.capitalize(),
            number=str(count),
            box=box,
            theme=theme,
            measure=measure,
            first=horizon == "now",
            last=horizon == "later",
        )
        yield evolve(arrow, label=said, title=said, role="column")


def _owner(sheet: _Sheet, owner: str, *, top: float) -> tuple[list[Shape], float]:
    """The row of an owner, and the y where it ends."""
    drawing, theme = sheet.drawing, sheet.drawing.theme
    shapes: list[Shape] = []
    lowest = top + 40
    if sheet.left > MARGIN:
        room = Box(x=MARGIN, y=top + _PAD + 2, width=GUTTER, height=0)
        head, height = lane_head(
            owner or "No owner yet",
            "",
            icon="owner" if owner else None,
            box=room,
            theme=theme,
            symbols=drawing.symbols,
            measure=drawing.measure,
        )
        shapes.append(Group(shapes=head, label=f"Owner: {owner}" if owner else "No owner yet", role="owner"))
        lowest = max(lowest, room.y + height + _PAD)
    for horizon in sheet.horizons:
        y = top + _INSET
        for opportunity in sheet.held(owner, horizon):
            card = _card(sheet, opportunity)
            box = Box(x=sheet.x(horizon) + _INSET, y=y, width=sheet.column - 2 * _INSET, height=card.height)
            shapes.append(
                Group(shapes=_drawn(sheet, card, box), label=card.said, role="opportunity", about=opportunity.id, title=card.said)
            )
            y += card.height + _BETWEEN
        lowest = max(lowest, y - _BETWEEN + _INSET)
    tint = Paint(fill=theme.band)
    bands = [Rect(box=Box(x=sheet.x(h), y=top, width=sheet.column, height=lowest - top), paint=tint) for h in sheet.horizons]
    above = Line(x1=MARGIN, y1=top, x2=sheet.right, y2=top, paint=Paint(stroke=theme.hairline, width=1.5))
    return [*bands, *([above] if owner != sheet.owners[0] else []), *shapes], lowest


def _card(sheet: _Sheet, opportunity: Opportunity) -> _Card:
    theme, measure, symbols = sheet.drawing.theme, sheet.drawing.measure, sheet.drawing.symbols
    room = sheet.column - 2 * _INSET - 2 * _PAD
    rows = [_Row(lines=measure.wrap(opportunity.name, room, _NAME), style=_NAME, fill=theme.ink)]
    said = [opportunity.name]
    impact, effort = impact_word(opportunity), estimate_word(opportunity.effort)
    words = [f"{word} {what}" for word, what in ((impact, "impact"), (effort, "effort")) if word]
    if words:
        graded = ", ".join([words[0], *(word.lower() for word in words[1:])])
        said.append(graded)
        inset = 30.0 if impact else 0.0

        def bars(x: float, middle: float) -> list[Shape]:
            return impact_bars(impact, x=x, middle=middle, colour=theme.accent)

        lines = measure.wrap(graded, room - inset, _GRADE)
        rows.append(_Row(lines=lines, style=_GRADE, fill=theme.ink_2, mark=bars if impact else None, inset=inset))
    for required in opportunity.requires:
        told, late = _after(sheet, opportunity, required)
        said.append(told)
        icon, colour = ("pains", theme.pain) if late else ("link", theme.ink_2)

        def mark(x: float, middle: float, icon: str = icon, colour: str = colour) -> list[Shape]:
            return [symbols.icon(icon, x=x, y=middle - 7.5, size=15, colour=colour)]

        rows.append(_Row(lines=measure.wrap(told, room - _MARK, _EXTRA), style=_EXTRA, fill=colour, mark=mark, inset=_MARK))
    where = " \u00b7 ".join(part for part in (opportunity.status, opportunity.ticket) if part)
    if where:
        said.append(where)
        link = opportunity.ticket if opportunity.ticket.startswith(("https://", "http://")) else None
        rows.append(_Row(lines=measure.wrap(where, room, _EXTRA), style=_EXTRA, fill=theme.ink_2, link=link))
    return _Card(opportunity=opportunity, rows=tuple(rows), said=". ".join(part.rstrip(".") for part in said) + ".")


def _after(sheet: _Sheet, opportunity: Opportunity, required: str) -> tuple[str, bool]:
    """What it comes after, in words; and whether that is planned for a later time than itself."""
    first = sheet.known.get(required)
    if first is None:
        return f"After \u201c{required}\u201d", False
    named = f"\u201c{first.name}\u201d"
    if opportunity.horizon is None:
        return f"After {named}", False
    if first.horizon is None:
        return f"After {named}, which is not planned", True
    if _HORIZONS.index(first.horizon) > _HORIZONS.index(opportunity.horizon):
        return f"After {named}, which comes {first.horizon}", True
    return f"After {named}", False


def _drawn(sheet: _Sheet, card: _Card, box: Box) -> list[Shape]:
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    shapes: list[Shape] = [Rect(box=box, paint=Paint(fill=theme.card, stroke=theme.card_line), radius=8)]
    y = box.y + _PAD
    room = box.width - 2 * _PAD
    for row in card.rows:
        mirrored = row.mark is not None and reads_from_right(row.lines)
        x = box.x + _PAD + (0 if mirrored else row.inset)
        if row.mark is not None:
            shapes += row.mark(box.right - _PAD - row.inset + 6 if mirrored else box.x + _PAD, y + row.style.leading / 2)
        place = Box(x=x, y=y, width=room - row.inset, height=0)
        text: Text = text_block(row.lines, box=place, style=row.style, fill=row.fill, measure=measure, lines_given=True, link=row.link)
        shapes.append(text)
        y += row.height + 5
    return shapes


def _told(sheet: _Sheet) -> str:
    """The picture in sentences, column by column."""
    sentences = [f"Roadmap of {sheet.drawing.journey.name}."]
    if not sheet.known:
        sentences.append("This journey has no opportunities yet.")
    for horizon in sheet.horizons if sheet.known else ():
        told = [
            f"{card.said.rstrip('.')}{f' ({owner})' if owner else ''}."
            for owner in sheet.owners
            for card in (_card(sheet, one) for one in sheet.held(owner, horizon))
        ]
        sentences.append(f"{horizon.capitalize()}: {' '.join(told) if told else 'nothing.'}")
    return " ".join(sentences)
