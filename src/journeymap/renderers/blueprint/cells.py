"""What the lanes of a blueprint show of a step: its card, what happens behind it, where it fails, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from attrs import evolve

from journeymap.model import END, Activity, Journey, Layer, PainPoint, Transition
from journeymap.renderers.lengths import length_words
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import pains, stacked, step_card
from journeymap.renderers.swimlane.lane import SIDE, SMALL, Cell, Pen
from journeymap.scene.shapes import Box, Paint, Rect, Shape
from journeymap.scene.text import Style, reads_from_right, text_block

_FAIL_SEVERITY = 3
"""From this severity on a pain point is a fail point."""

_ACTIVITY = Style(12)
_MARK = 18.0
_WAIT = Style(13, weight=600)
_ICON = 14.0
_ICON_ROOM = 20.0
_LEADS = {"main": "then", "alternative": "or", "loop": "again", "exception": "if it goes wrong"}


def is_fail_point(pain: PainPoint) -> bool:
    """Whether the pain is major or critical."""
    return (pain.severity or 0) >= _FAIL_SEVERITY


def fails(step: Step) -> bool:
    """Whether the step holds a fail point."""
    return any(is_fail_point(held.about) for held in step.pains)


def blueprint_card(step: Step, pen: Pen) -> Cell | None:
    """The step's card, with a warning triangle where it fails."""
    cell = step_card(step, pen)
    if cell is None or not fails(step):
        return cell
    plain = cell.draw

    def draw(box: Box) -> list[Shape]:
        x = box.right - SIDE - _MARK - (_MARK + 4 if step.moment is not None else 0) + 2
        return [*plain(box), pen.symbols.icon("pains", x=x, y=box.y + 9, size=_MARK, colour=pen.theme.pain)]

    return Cell(height=cell.height, draw=draw, label=cell.label)


def fail_points(step: Step, pen: Pen) -> Cell | None:
    """The pains that are major or critical."""
    return pains(evolve(step, pains=tuple(held for held in step.pains if is_fail_point(held.about))), pen)


def activities(*layers: Layer) -> Callable[[Step, Pen], Cell | None]:
    """The cell of the activities on those layers: what, by whom, with which system, how long, and whether by hand."""

    def cell(step: Step, pen: Pen) -> Cell | None:
        held = step.touchpoint.activities if step.touchpoint else ()
        return stacked([_activity(activity, pen) for activity in held if activity.layer in layers])

    return cell


def _activity(activity: Activity, pen: Pen) -> Cell:
    hidden = activity.layer in {"backstage", "support"}
    lines = pen.wrap(activity.name, _ACTIVITY)
    who = " \u00b7 ".join(part for part in (activity.owner, activity.system) if part)
    how = " \u00b7 ".join(
        part for part in (length_words(activity.duration) if activity.duration else "", "by hand" if activity.manual else "") if part
    )
    below = [pen.wrap(words, SMALL) for words in (who, how) if words]
    height = 16 + len(lines) * _ACTIVITY.leading + sum(3 + len(said) * SMALL.leading for said in below)

    def draw(box: Box) -> list[Shape]:
        theme = pen.theme
        paint = Paint(fill=theme.backstage) if hidden else Paint(fill=theme.card, stroke=theme.card_line)
        fill = theme.ink_2 if hidden else theme.ink
        room = Box(x=box.x + SIDE, y=box.y + 8, width=box.width - 2 * SIDE, height=0)
        text = text_block(lines, box=room, style=_ACTIVITY, fill=fill, measure=pen.measure, lines_given=True)
        shapes: list[Shape] = [Rect(box=box, paint=paint, radius=6), text]
        top = text.box.bottom + 3
        for said in below:
            room = Box(x=room.x, y=top, width=room.width, height=0)
            shapes.append(text_block(said, box=room, style=SMALL, fill=theme.ink_2, measure=pen.measure, lines_given=True))
            top += len(said) * SMALL.leading + 3
        return shapes

    return Cell(height=height, draw=draw, label=", ".join(part for part in (activity.name, who, how) if part))


def what_follows(journey: Journey, order: Sequence[Step]) -> Callable[[Step, Pen], Cell | None]:
    """The cell of the waits after a step, and of the ways that do not lead to the next step."""
    numbers = {step.about: step.number for step in order if step.touchpoint is not None}
    following = {before.about: after.about for before, after in pairwise(order)}
    places = {name: place for place, name in enumerate(numbers)}
    leaving: dict[str, list[Transition]] = {}
    for way in journey.transitions:
        leaving.setdefault(way.source, []).append(way)

    def cell(step: Step, pen: Pen) -> Cell | None:
        ways = leaving.get(step.about, ()) if step.touchpoint is not None else ()
        told = [(way, _way(way, numbers, places, following.get(step.about))) for way in ways]
        return stacked([_follows(way, words, pen) for way, words in told if way.wait or words])

    return cell


def _way(way: Transition, numbers: Mapping[str, str], order: Mapping[str, int], following: str | None) -> str:
    """Where a way leads, in words; empty for the next step, and for those who leave without a reason."""
    condition = f": {way.condition}" if way.condition else ""
    if way.target == END:
        return f"some leave{condition}" if way.condition else ""
    if way.target not in numbers:
        return ""
    by_hand = ", handed on by hand" if way.manual else ""
    if way.target == following:
        return f"then {numbers[way.target]}{by_hand}{condition}" if way.wait or by_hand or condition else ""
    back = order[way.target] <= order.get(way.source, -1)
    lead = "back to" if back else _LEADS[way.kind]
    return f"{lead} {numbers[way.target]}{by_hand}{condition}"


def _follows(way: Transition, words: str, pen: Pen) -> Cell:
    wait = pen.wrap(length_words(way.wait), _WAIT, width=pen.width - 2 * SIDE - _ICON_ROOM) if way.wait else ()
    said = pen.wrap(words, SMALL, width=pen.width - 2 * SIDE - (_ICON_ROOM if wait else 0)) if words else ()
    height = len(wait) * _WAIT.leading + len(said) * SMALL.leading

    def draw(box: Box) -> list[Shape]:
        theme = pen.theme
        shapes: list[Shape] = []
        mirrored = reads_from_right(wait or said)
        inset = _ICON_ROOM if wait else 0.0
        left = box.x + SIDE + (0 if mirrored else inset)
        width = box.width - 2 * SIDE - inset
        if wait:
            icon = box.right - SIDE - _ICON if mirrored else box.x + SIDE
            shapes.append(pen.symbols.icon("clock", x=icon, y=box.y + 2, size=_ICON, colour=theme.ink_2))
            room = Box(x=left, y=box.y, width=width, height=0)
            shapes.append(text_block(wait, box=room, style=_WAIT, fill=theme.ink, measure=pen.measure, lines_given=True))
        if said:
            room = Box(x=left, y=box.y + len(wait) * _WAIT.leading, width=width, height=0)
            shapes.append(text_block(said, box=room, style=SMALL, fill=theme.ink_2, measure=pen.measure, lines_given=True))
        return shapes

    label = ", ".join(part for part in (f"waits {length_words(way.wait)}" if way.wait else "", words) if part)
    return Cell(height=height, draw=draw, label=label)
