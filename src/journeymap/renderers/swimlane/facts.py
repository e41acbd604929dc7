"""Lanes of plain facts: what the customer does, through which channel, how well founded it is, and what a team adds of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeymap.analysis.grounds import is_empirical
from journeymap.model import Source
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import stacked
from journeymap.renderers.swimlane.lane import BODY, SIDE, SMALL, Cell, Lane, Pen
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Circle, Paint, Shape
from journeymap.scene.text import Style, reads_from_right, text_block, text_line

EXTRA = "extra:"
"""Before the key of a team's own text: ``extra:risk``."""

_WORD = Style(11.5, weight=600)
_ROW = 18.0


def actions(step: Step, pen: Pen) -> Cell | None:
    """What the customer does, in single acts."""
    return stacked([pen.note(action) for action in step.touchpoint.actions] if step.touchpoint else [], between=4)


def channels(step: Step, pen: Pen) -> Cell | None:
    """Where it happens."""
    channel = step.touchpoint.channel if step.touchpoint else None
    if channel is None:
        return None
    lines = pen.wrap(channel.name, BODY, width=pen.width - 2 * SIDE - 22)

    def draw(box: Box) -> list[Shape]:
        mirrored = reads_from_right(lines)
        icon = box.right - SIDE - 16 if mirrored else box.x + SIDE
        room = Box(x=box.x + SIDE + (0 if mirrored else 22), y=box.y, width=box.width - 2 * SIDE - 22, height=0)
        return [
            pen.symbols.icon(channel_icon(channel.kind), x=icon, y=box.y + 1, size=16, colour=pen.theme.ink_2),
            text_block(lines, box=room, style=BODY, fill=pen.theme.ink, measure=pen.measure, lines_given=True),
        ]

    return Cell(height=len(lines) * BODY.leading, draw=draw, label=channel.name)


def evidence(step: Step, pen: Pen) -> Cell | None:
    """How well founded it is: no evidence from customers, one method, or several that agree."""
    if step.touchpoint is None and not step.sources:
        return None
    empirical = [source for source in step.sources if is_empirical(source)]
    level, word = _strength(empirical)
    names = "; ".join(f"{source.name} (n = {source.n:,})" if source.n is not None else source.name for source in step.sources)
    lines = pen.wrap(names, SMALL) if names else ()
    colour = pen.theme.ink_2

    def draw(box: Box) -> list[Shape]:
        shapes: list[Shape] = [
            Circle(
                x=box.x + SIDE + 4.5 + 11 * index,
                y=box.y + 8,
                radius=3.75,
                paint=Paint(fill=colour if index < level else None, stroke=colour, width=1.25),
            )
            for index in range(2)
        ]
        left = box.x + SIDE + 28
        room = box.right - left
        shapes.append(text_line(word, x=left, middle=box.y + 8, style=_WORD, fill=colour, measure=pen.measure, room=room))
        if lines:
            below = Box(x=box.x + SIDE, y=box.y + _ROW, width=box.width - 2 * SIDE, height=0)
            shapes.append(text_block(lines, box=below, style=SMALL, fill=colour, measure=pen.measure, lines_given=True))
        return shapes

    return Cell(height=_ROW + len(lines) * SMALL.leading, draw=draw, label=f"{word}: {names}" if names else word)


def _strength(sources: Sequence[Source]) -> tuple[int, str]:
    methods = len({source.kind for source in sources})
    return min(methods, 2), ("Assumption", "One method", "Triangulated")[min(methods, 2)]


def extra_lane(name: str) -> Lane:
    """The lane of what a team keeps under a key of its own in ``extra``, at the step or at its stage."""
    key = name.removeprefix(EXTRA)
    return Lane(name=name, title=key[:1].upper() + key[1:], caption="", icon=None, cell=_extra(key))


def _extra(key: str) -> Callable[[Step, Pen], Cell | None]:
    def cell(step: Step, pen: Pen) -> Cell | None:
        held = step.touchpoint.extra if step.touchpoint else step.stage.extra
        words = held.get(key, "")
        return pen.note(words) if words.strip() else None

    return cell


ACTIONS = Lane(name="actions", title="Actions", caption="What the customer does", icon="steps", cell=actions)
CHANNELS = Lane(name="channels", title="Channels", caption="Where it happens", icon="website", cell=channels)
EVIDENCE = Lane(name="evidence", title="Evidence", caption="How well founded", icon="evidence", cell=evidence)
