"""Lanes of a kind of their own: each step in the lane of its channel, owner, actor or persona, and arrows across them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from journeymap.model import Activity, Journey
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.renderers.swimlane.cells import activity_card, stacked, step_card
from journeymap.renderers.swimlane.lane import Cell, Lane, Pen
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Box, Close, Group, LineTo, MoveTo, Paint, Path, Rect, Shape
from journeymap.scene.theme import Theme

By = Literal["channel", "owner", "actor", "persona"]
"""What steps are put into lanes by."""

STEPS = "steps"
GROUP = f"{STEPS}:"
"""How the name of a lane of steps begins."""
ARROW_ROOM = 20.0
"""Between a card and the next column, beyond what is there anyway: where arrows turn."""
_NOBODY: dict[By, str] = {"channel": "No channel", "owner": "No owner", "actor": "Nobody named", "persona": "Everyone"}
_HEAD, _WING, _PEN = 6.0, 4.0, 1.5
_TRUNK = 12.0
_TRACK = 8.0


def group_lanes(journey: Journey, steps: Sequence[Step], by: By) -> tuple[Lane, ...]:
    """A lane for each channel, owner, actor or persona, in the order in which they are met."""
    if by == "actor":
        return tuple(_actor_lanes(steps))
    names = {persona.id: persona.name for persona in journey.personas}
    met = [step.touchpoint.channel for step in steps if step.touchpoint and step.touchpoint.channel]
    icons = {channel.name: channel_icon(channel.kind) for channel in met}
    found = dict.fromkeys(name for step in steps for name in _groups(step, by, names))
    return tuple(
        Lane(
            name=f"{GROUP}{name}",
            title=name,
            caption="",
            icon=icons.get(name, "website") if by == "channel" else "owner",
            cell=_within(name, by, names),
            equal=True,
        )
        for name in _nobody_last(found, by)
    )


def _nobody_last(names: Iterable[str], by: By) -> list[str]:
    return sorted(names, key=lambda name: name == _NOBODY[by])


def _groups(step: Step, by: By, names: dict[str, str]) -> Iterator[str]:
    touchpoint = step.touchpoint
    if touchpoint is None:
        return
    if by == "channel":
        yield touchpoint.channel.name if touchpoint.channel else _NOBODY[by]
    elif by == "owner":
        yield touchpoint.owner or step.stage.owner or _NOBODY[by]
    elif touchpoint.personas:
        yield from (names.get(persona, persona) for persona in touchpoint.personas)
    else:
        yield from names.values() or (_NOBODY[by],)


def _within(name: str, by: By, names: dict[str, str]) -> Callable[[Step, Pen], Cell | None]:
    return lambda step, pen: step_card(step, pen) if name in _groups(step, by, names) else None


def _actor_lanes(steps: Sequence[Step]) -> Iterator[Lane]:
    """The customer's lane with the steps, then one for each who does something behind them."""
    yield Lane(name=f"{GROUP}customer", title="Customer", caption="", icon="goal", cell=step_card, equal=True)
    done = [activity for step in steps if step.touchpoint for activity in step.touchpoint.activities]
    for actor in _nobody_last(dict.fromkeys(map(_actor, done)), "actor"):
        yield Lane(name=f"actor:{actor}", title=actor, caption="", icon="owner", cell=_acts(actor), equal=True)


def _actor(activity: Activity) -> str:
    return activity.owner or activity.system or _NOBODY["actor"]


def _acts(actor: str) -> Callable[[Step, Pen], Cell | None]:
    def cell(step: Step, pen: Pen) -> Cell | None:
        held = [activity for activity in (step.touchpoint.activities if step.touchpoint else ()) if _actor(activity) == actor]
        return stacked([activity_card(done.name, pen, hidden=done.layer in {"backstage", "support"}) for done in held])

    return cell


def arrows(drawing: Drawing, drawn: Sequence[Shape]) -> tuple[Shape, ...]:
    """The transitions between the steps that are drawn, as arrows that turn only between the columns; under the cards."""
    cards = list(_cards(drawn))
    steps = [(lane, about, box) for lane, about, box in cards if lane.startswith(GROUP)]
    columns = sorted({box.x for _, _, box in steps})
    shapes: list[Shape] = []
    for source, target in drawing.journey.graph.edges:
        transition = drawing.journey.graph.edges[source, target].get("item")
        aside = transition is not None and transition.kind in {"loop", "exception"}
        for one, other in _pairs(steps, source, target):
            shapes += _arrow(one, other, columns, drawing.theme, dashed=aside)
    for about in dict.fromkeys(about for _, about, _ in cards):
        column = sorted((box for _, known, box in cards if known == about), key=lambda box: box.y)
        if any(not lane.startswith(GROUP) for lane, known, _ in cards if known == about):
            for upper, lower in pairwise(column):
                shapes += _down(upper, lower, drawing.theme)
    return (Group(shapes=shapes, role="arrows"),) if shapes else ()


def _cards(shapes: Iterable[Shape], lane: str = "") -> Iterator[tuple[str, str, Box]]:
    """The lane, the step and the box of every card."""
    for shape in shapes:
        if not isinstance(shape, Group):
            continue
        role = shape.role or ""
        within = role.removeprefix("lane:") if role.startswith("lane:") else lane
        if shape.about is not None and (within.startswith((GROUP, "actor:"))):
            yield from ((within, shape.about, part.box) for part in shape.shapes if isinstance(part, Rect))
        else:
            yield from _cards(shape.shapes, within)


def _pairs(steps: Sequence[tuple[str, str, Box]], source: str, target: str) -> Iterator[tuple[Box, Box]]:
    """From where to where an arrow goes: within each lane that has both, else from the first lane to the first."""
    ones = {lane: box for lane, about, box in steps if about == source}
    others = {lane: box for lane, about, box in steps if about == target}
    shared = [lane for lane in ones if lane in others]
    if shared:
        yield from ((ones[lane], others[lane]) for lane in shared)
    elif ones and others:
        yield next(iter(ones.values())), next(iter(others.values()))


def _arrow(one: Box, other: Box, columns: Sequence[float], theme: Theme, *, dashed: bool) -> Iterator[Shape]:
    start, end = one.y + one.height / 2, other.y + other.height / 2
    tip = other.x - 0.5
    after = columns.index(one.x) + 1
    if after < len(columns) and columns[after] == other.x:
        trunk = one.right + _TRUNK
        corners = [(one.right, start), (trunk, start), (trunk, end), (tip - _HEAD, end)]
    else:
        track = one.bottom + _TRACK
        corners = [(one.right, start), (one.right + _TRUNK - 4, start), (one.right + _TRUNK - 4, track)]
        corners += [(other.x - _TRUNK, track), (other.x - _TRUNK, end), (tip - _HEAD, end)]
    paint = Paint(stroke=theme.ink_3, width=_PEN, dash=(5, 4) if dashed else ())
    (first, *rest) = [point for index, point in enumerate(corners) if index == 0 or point != corners[index - 1]]
    yield Path(steps=[MoveTo(*first), *(LineTo(*point) for point in rest)], paint=paint, role="arrow")
    yield _head(tip, end, theme, down=False)


def _down(upper: Box, lower: Box, theme: Theme) -> Iterator[Shape]:
    x, tip = upper.centre, lower.y - 0.5
    if tip - _HEAD <= upper.bottom:
        return
    yield Path(steps=[MoveTo(x, upper.bottom), LineTo(x, tip - _HEAD)], paint=Paint(stroke=theme.ink_3, width=_PEN), role="arrow")
    yield _head(x, tip, theme, down=True)


def _head(x: float, y: float, theme: Theme, *, down: bool) -> Path:
    wings = ((x - _WING, y - _HEAD), (x + _WING, y - _HEAD)) if down else ((x - _HEAD, y - _WING), (x - _HEAD, y + _WING))
    return Path(steps=[MoveTo(x, y), *(LineTo(*wing) for wing in wings), Close()], paint=Paint(fill=theme.ink_3))
