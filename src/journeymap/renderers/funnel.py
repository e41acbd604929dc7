"""The funnel: how many of those who start get how far, and how many leave where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from attrs import frozen

from journeymap.analysis.intervals import wilson
from journeymap.errors import RenderError, shown
from journeymap.model import Journey
from journeymap.renderers.columns import MARGIN, MAX_WIDTH
from journeymap.renderers.paper import KeyEntry, bar_entry, drawing_of, figures, finished, heading_of, note, row_of, small_note, width_of
from journeymap.renderers.reach import Reach, Reached, reach_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Close, Group, LineTo, MoveTo, Paint, Path, Rect, Shape
from journeymap.scene.text import Style, text_block, text_line
from journeymap.scene.theme import LIGHT, Theme, mixed

_WIDTH, _LEAST_WIDTH = 1280.0, 980.0
_NAMES = 280.0
_NUMBERS = 150.0
_BESIDE_BAR = 800.0
"""What margins, names, numbers and losses take of the sheet."""
_SIDE = 16.0
_ROW_PAD, _CLOSE_PAD = 16.0, 9.0
_BAR_HEIGHT = 32.0
_FEW = 8
"""Up to so many rows have more white round them."""
_BETWEEN = 6.0

_NUMBER = Style(12, weight=600)
_NAME = Style(14, weight=600)
_FIGURE = Style(19, weight=700)
_CAPTION = Style(11.5)
_LOSS = Style(14, weight=600)
_WORST = Style(11.5, weight=600)

By = Literal["stage", "step"]


@frozen(kw_only=True)
class _Row:
    """One bar: a stage or a step, and what is known of it."""

    number: str
    name: str
    about: str
    before: float
    """The share that the row before has."""
    reached: Reached | None


@frozen(kw_only=True)
class _Sheet:
    drawing: Drawing
    rows: tuple[_Row, ...]
    reach: Reach
    worst: str
    """The row that loses the most."""
    width: float
    """Of the sheet."""

    @property
    def bar(self) -> float:
        """How long the bar of all customers is."""
        return self.width - _BESIDE_BAR


def funnel(
    journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, by: By | None = None, max_width: float = MAX_WIDTH
) -> Scene:
    """The share of those who start that get to each stage or step, with the number who leave there in words.

    ``by`` is ``"stage"`` or ``"step"``; without it a map of one way is drawn by steps, one with branches by stages. The numbers
    are those of the map: counts, or what its probabilities lead to expect, for all customers. ``persona`` is the id of the one
    whose steps are shown, ``max_width`` how wide the sheet may be, in px. RenderError if there is no such persona, or for another
    ``by``.
    """
    if by not in {None, "stage", "step"}:
        raise RenderError(f"by={shown(by)} is unknown; give 'stage' or 'step'")
    width = width_of(max_width, wanted=_WIDTH, least=_LEAST_WIDTH)
    drawing = drawing_of(journey, theme, persona)
    chosen = by or ("stage" if _branches(journey) and len(journey.stages) > 1 else "step")
    title, y = heading_of(drawing, f"Funnel by {chosen}", width=width)
    parts = list(_parts(drawing, chosen))
    reach = reach_of(journey, [steps for _, _, _, steps in parts]) if parts else None
    if reach is None:
        said = note(drawing, _nothing(drawing), top=y + 16, width=width)
        told = f"Funnel: {journey.name}. {_nothing(drawing)}"
        return finished(drawing, [title, said], what="funnel", description=told, bottom=said.box.bottom, width=width)
    rows = tuple(_rows(parts, reach))
    worst = max(rows, key=lambda row: row.reached.left if row.reached else 0.0)
    sheet = _Sheet(drawing=drawing, rows=rows, reach=reach, worst=worst.about if worst.reached and worst.reached.left else "", width=width)
    facts, y = figures(drawing, _facts(sheet), top=y + 18, width=width)
    y += 24
    drawn: list[Shape] = []
    for row in rows:
        shapes, y = _bar(sheet, row, top=y)
        drawn.append(row_of([shapes]))
        y += _BETWEEN
    said = small_note(drawing, " ".join(_remarks(sheet)), top=y + 8, width=width)
    return finished(
        drawing,
        [title, facts, *drawn, said],
        what="funnel",
        description=_told(sheet),
        bottom=said.box.bottom,
        width=width,
        entries=_key(sheet),
    )


def _branches(journey: Journey) -> bool:
    targets = [len([target for target in journey.graph.successors(node) if target != "end"]) for node in journey.graph]
    return max(targets, default=0) > 1


def _parts(drawing: Drawing, by: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Number, name, id and steps of each bar."""
    for number, held in enumerate(drawing.stages, start=1):
        steps = [step for step in held.steps if step.touchpoint is not None]
        if by == "stage":
            everybody = tuple(touchpoint.id for touchpoint in held.stage.touchpoints)
            yield str(number), held.stage.name, held.stage.id, everybody
        else:
            yield from ((step.number, step.name, step.about, (step.about,)) for step in steps)


def _rows(parts: Sequence[tuple[str, str, str, tuple[str, ...]]], reach: Reach) -> Iterator[_Row]:
    """The rows; where each is part of the one before, it also shows how far that one got."""
    shares = [reached.share for reached in reach.rows if reached is not None]
    nested = all(later <= earlier + 1e-9 for earlier, later in pairwise(shares))
    before = shares[0] if shares else 0.0
    for (number, name, about, _), reached in zip(parts, reach.rows, strict=True):
        share = reached.share if reached is not None else before
        yield _Row(number=number, name=name, about=about, before=before if nested else share, reached=reached)
        before = share


def _bar(sheet: _Sheet, row: _Row, *, top: float) -> tuple[Group, float]:
    """A row: name, bar, how many get here, and how many leave here; with the y where it ends."""
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    left = MARGIN + _SIDE
    inset = max(30.0, measure.width(row.number, _NUMBER) + 12)
    names = measure.wrap(row.name, _NAMES - inset - _SIDE, _NAME)
    bar_x = MARGIN + _NAMES + _SIDE
    numbers_x = bar_x + sheet.bar + 20
    loss_x = numbers_x + _NUMBERS + 16
    reached = row.reached
    loss = _loss(sheet, row)
    loss_room = sheet.width - MARGIN - _SIDE - loss_x - 26
    losses = [(measure.wrap(words, loss_room, style), style) for words, style in loss]
    figure, caption = (_here(sheet, reached), _of_all(sheet, reached.share)) if reached else ("\u2013", "no steps here")
    captions = measure.wrap(caption, _NUMBERS, _CAPTION)
    figure_lines = measure.wrap(figure, _NUMBERS, _FIGURE)
    heights = (
        len(names) * _NAME.leading,
        _BAR_HEIGHT,
        len(figure_lines) * _FIGURE.leading + len(captions) * _CAPTION.leading,
        sum(len(lines) * style.leading for lines, style in losses),
    )
    height = max(heights) + 2 * (_ROW_PAD if len(sheet.rows) <= _FEW else _CLOSE_PAD)
    middle = top + height / 2
    shapes: list[Shape] = [
        Rect(box=Box(x=MARGIN, y=top, width=sheet.width - 2 * MARGIN, height=height), paint=Paint(fill=theme.band), radius=8)
    ]
    name_top = middle - heights[0] / 2
    shapes += [
        text_line(row.number, x=left, middle=name_top + _NAME.leading / 2, style=_NUMBER, fill=theme.ink_3, measure=measure),
        text_block(
            names,
            box=Box(x=left + inset, y=name_top, width=_NAMES - inset - _SIDE, height=0),
            style=_NAME,
            fill=theme.ink,
            measure=measure,
            lines_given=True,
        ),
    ]
    if reached is not None:
        bar = Box(x=bar_x, y=middle - _BAR_HEIGHT / 2, width=sheet.bar * max(row.before, reached.share), height=_BAR_HEIGHT)
        shapes.append(Rect(box=bar, paint=Paint(fill=_pale(theme)), radius=4))
        solid = Box(x=bar.x, y=bar.y, width=max(sheet.bar * reached.share, 2.0), height=bar.height)
        shapes.append(Rect(box=solid, paint=Paint(fill=theme.stage), radius=min(4.0, solid.width / 2)))
    room = Box(x=numbers_x, y=middle - heights[2] / 2, width=_NUMBERS, height=0)
    large = text_block(figure_lines, box=room, style=_FIGURE, fill=theme.ink, measure=measure, lines_given=True)
    below = Box(x=room.x, y=large.box.bottom, width=room.width, height=0)
    shapes += [large, text_block(captions, box=below, style=_CAPTION, fill=theme.ink_2, measure=measure, lines_given=True)]
    if losses:
        y = middle - heights[3] / 2
        if row.about == sheet.worst:
            card = Box(x=loss_x - 8, y=y - 7, width=loss_room + 42, height=heights[3] + 14)
            shapes.append(Rect(box=card, paint=Paint(fill=theme.on_pain), radius=6))
        shapes.append(_arrow(loss_x + 7, y + losses[0][1].leading / 2, theme.pain))
        for lines, style in losses:
            fill = theme.ink_2 if style is _CAPTION else theme.pain
            room = Box(x=loss_x + 24, y=y, width=loss_room, height=0)
            shapes.append(text_block(lines, box=room, style=style, fill=fill, measure=measure, lines_given=True))
            y += len(lines) * style.leading
    label = f"{row.number} {row.name}: {figure}, {caption}" + "".join(f", {words}" for words, _ in loss)
    return Group(shapes=shapes, label=label, role="bar", about=row.about, title=label), top + height


def _pale(theme: Theme) -> str:
    """For those who got as far as the row before, and no farther."""
    return mixed(theme.stage, 0.16, theme.band)


def _arrow(x: float, middle: float, colour: str) -> Path:
    """An arrow downwards: out of the journey."""
    outline = ((-2.5, -6), (2.5, -6), (2.5, 0), (6, 0), (0, 7), (-6, 0), (-2.5, 0))
    (x0, y0), *others = [(x + dx, middle + dy) for dx, dy in outline]
    return Path(steps=[MoveTo(x0, y0), *(LineTo(px, py) for px, py in others), Close()], paint=Paint(fill=colour))


def _people(sheet: _Sheet, share: float, *, exact: bool) -> str:
    """How many customers a share is; the share itself where the map does not count them."""
    if sheet.reach.n is None:
        return _percent(share)
    return f"{'' if exact else '≈ '}{round(share * sheet.reach.n):,}"


def _here(sheet: _Sheet, reached: Reached) -> str:
    """How many get to a row: counted, or worked out where ways lead back."""
    return _people(sheet, reached.share, exact=sheet.reach.exact or reached.share >= 1)


def _of_all(sheet: _Sheet, share: float) -> str:
    """Under the number: which share of all it is, with its interval where customers are counted."""
    n = sheet.reach.n
    if n is None:
        return "of those who start"
    interval = wilson(round(share * n), n) if sheet.reach.exact and 0 < share < 1 else None
    bounds = f" ({_percent(interval.low)} to {_percent(interval.high)})" if interval else ""
    return f"{_percent(share)}{bounds} of those who start"


def _loss(sheet: _Sheet, row: _Row) -> list[tuple[str, Style]]:
    if row.reached is None or row.reached.left < 1e-9:
        return []
    left = row.reached.left
    words = f"{_people(sheet, left, exact=sheet.reach.counted)} leave here"
    share = f"{_percent(left / row.reached.share)} of those who come" if row.reached.share else ""
    told = [(words, _LOSS), (share, _CAPTION)] if share else [(words, _LOSS)]
    return [*told, ("The largest loss", _WORST)] if row.about == sheet.worst else told


def _percent(share: float) -> str:
    """In whole per cent, finer where it is small, never rounded to nothing or to all."""
    if 0 < share < 0.001:
        return "< 0.1%"
    if share >= 0.995 and share < 1 - 1e-9:
        return f"{min(100 * share, 99.9):.1f}%"
    return f"{100 * share:.0f}%" if share >= 0.1 or share == 0 else f"{100 * share:.1f}%"


def _facts(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    if sheet.reach.n is not None:
        yield f"{sheet.reach.n:,}", "customers start"
    last = next((row for row in reversed(sheet.rows) if row.reached is not None), None)
    if last is not None and last.reached is not None:
        yield _percent(last.reached.share), f"of them get to \u201c{last.name}\u201d"
    worst = next((row for row in sheet.rows if row.about == sheet.worst), None)
    if worst is not None and worst.reached is not None:
        yield _people(sheet, worst.reached.left, exact=sheet.reach.counted), f"leave at \u201c{worst.name}\u201d, the largest loss"


def _remarks(sheet: _Sheet) -> Iterator[str]:
    """What the numbers rest on, and what they take for granted."""
    n = sheet.reach.n
    if n is None:
        yield "The map states shares and not how many customers they rest on, so nothing is said of how sure they are."
    elif sheet.reach.exact:
        yield f"n = {n:,} customers, as the map counts them; in brackets the 95% interval of the share (Wilson)."
    elif not sheet.reach.counted:
        yield f"n = {n:,} customers start. The counts of the map do not add up from step to step, so their shares are taken (\u2248)."
    else:
        yield f"n = {n:,} customers start. Ways lead back, so who gets how far is worked out from the shares of the ways (\u2248)."
    for assumption in sheet.reach.assumptions:
        yield f"{assumption[:1].upper()}{assumption[1:]}."
    if sheet.drawing.persona is not None and len(sheet.drawing.journey.personas) > 1:
        yield "The numbers are those of all customers, not of this persona alone."


def _nothing(drawing: Drawing) -> str:
    if not drawing.stages:
        return "This journey has no stages yet."
    return "How many get how far is not known yet: no transition has a count or a probability."


def _key(sheet: _Sheet) -> Iterator[KeyEntry]:
    theme = sheet.drawing.theme
    yield bar_entry("Get here", Paint(fill=theme.stage))
    if any(row.reached is not None and row.before > row.reached.share for row in sheet.rows):
        yield bar_entry("Got as far as the row above, and not here", Paint(fill=_pale(theme)))
    if sheet.worst:
        yield KeyEntry(text="Leave here", width=14, draw=lambda x, middle: [_arrow(x + 7, middle, theme.pain)])


def _told(sheet: _Sheet) -> str:
    """The picture in sentences."""
    sentences = [f"Funnel: {sheet.drawing.journey.name}."]
    sentences += [f"{figure} {caption}." for figure, caption in _facts(sheet)]
    for row in sheet.rows:
        if row.reached is None:
            sentences.append(f"{row.number} {row.name}: no steps here.")
            continue
        told = [_here(sheet, row.reached), _of_all(sheet, row.reached.share), *(words for words, _ in _loss(sheet, row))]
        sentences.append(f"{row.number} {row.name}: {', '.join(told)}.")
    return " ".join([*sentences, *_remarks(sheet)])
