"""A row of the flow, drawn: heads, ways, their labels, and the cards."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, frozen

from journeymap.renderers.columns import GUTTER, MARGIN
from journeymap.renderers.flow.layers import Slot, spread
from journeymap.renderers.flow.plan import CARD, LANE, TERMINAL, Row, Run
from journeymap.renderers.flow.sheet import CLOCK, ENTRY, EXCEPTION, EXIT, LABEL_CLEAR, NAME, SIDE, Sheet
from journeymap.renderers.frame import lane_head
from journeymap.renderers.lengths import length_words
from journeymap.renderers.stage_heads import stage_bands, stage_heads
from journeymap.renderers.steps import Step
from journeymap.renderers.words import spoken_step
from journeymap.scene.icons import channel_icon
from journeymap.scene.shapes import Anchor, Box, Close, CurveTo, Group, LineTo, MoveTo, Paint, Path, Rect, Shape
from journeymap.scene.shapes import Step as PathStep
from journeymap.scene.text import Style, text_block, text_line

_NUMBER = Style(11, weight=500)
_TERMINAL = Style(11.5, weight=600)
_HEAD = 8.0
_PAD = 20.0
_ROUND = 8.0
_LABEL_GAP = 3.0


@define(eq=False)
class _Label(Slot):
    """A label between two layers."""

    run: Run | None = None
    x: float = 0.0


@frozen(kw_only=True)
class _Ports:
    """Where ways leave and reach the cards, by run: heights at the right and at the left edge."""

    leaving: dict[int, float]
    arriving: dict[int, float]


def draw_row(sheet: Sheet, row: Row, *, top: float) -> tuple[tuple[Shape, ...], float]:
    """The shapes of an arranged row from ``top``, and the y where it ends."""
    drawing = sheet.drawing
    heads, band_top, y = stage_heads(drawing, row.system, top=top)
    labels = [label for layer in range(len(row.layers)) for label in _gap_labels(row, layer)]
    slots = [slot for layer in row.layers for slot in layer]
    highest = min((slot.y - slot.above for slot in [*slots, *labels]), default=0.0)
    lowest = max((slot.y + slot.below for slot in [*slots, *labels]), default=40.0)
    shift = y + _PAD - highest
    for slot in [*slots, *labels]:
        slot.y += shift
    bottom = max(lowest + shift + _PAD, y + 90)
    ports = _ports(sheet, row)
    gutter = Box(x=MARGIN, y=y + _PAD, width=GUTTER - (TERMINAL + 12 if row.layers[0] else 8), height=0)
    head, _ = lane_head("Ways", "", icon="link", box=gutter, theme=drawing.theme, symbols=drawing.symbols, measure=drawing.measure)
    ways = [_way(sheet, row, run, ports) for run in sorted(row.runs, key=lambda run: -(run.way.load or 0.0))]
    words = [_bend_label(sheet, row, run) for run in row.runs if run.bend is not None and run.label.width]
    words += [_label(sheet, label.run, x=label.x, y=label.y, wide=False) for label in labels if label.run is not None]
    cards = [_card(sheet, row, sheet.steps[name], slot) for name, slot in row.steps.items()]
    marks = [_terminal(sheet, row, run) for run in row.runs if run.course in {"out", "in"}]
    bands = stage_bands(drawing, row.system, top=band_top, bottom=bottom)
    content = Group(shapes=[*head, *ways, *words, *marks, *cards], label="Ways", role="lane:flow")
    return (*bands, *heads, content), bottom


def _gap_labels(row: Row, layer: int) -> list[_Label]:
    """The labels right of a layer, none on another; they stand half-way along ways that have no bend."""
    found: list[tuple[float, int, _Label]] = []
    for run in row.runs:
        if run.bend is not None or not run.label.width:
            continue
        left, right = run.slots[0], run.slots[-1]
        if left.layer != layer:
            continue
        same = left.layer == right.layer
        x = row.right(left) + (min(run.label.width / 2 + 14, row.gap / 2) if same else (row.left(right) - row.right(left)) / 2)
        back = run.course == "back"
        y = (_lane(row, left, run) + _lane(row, right, run)) / 2 if back else (left.y + right.y) / 2
        found.append((y, len(found), _Label(layer, run.label.above, run.label.below, run=run, x=x)))
    found.sort(key=lambda entry: entry[:2])
    labels = [label for _, _, label in found]
    spread(labels, [y for y, _, _ in found], between=_LABEL_GAP)
    return labels


def _lane(row: Row, slot: Slot, run: Run) -> float:
    """The height at which a way back runs over a card."""
    return slot.y - slot.above + 6 + LANE * row.lanes[slot.name].index(run)


def _ports(sheet: Sheet, row: Row) -> _Ports:
    """Ways leave a card one under the other, in the order of where they go, each with the room that its width asks for."""
    leaving: dict[int, float] = {}
    arriving: dict[int, float] = {}
    for name, slot in row.steps.items():
        height = sheet.card_height(sheet.steps[name]) - 20
        out = [run for run in row.runs if run.slots[0] is slot and run.course in {"on", "out"}]
        into = [run for run in row.runs if run.slots[-1] is slot and run.course in {"on", "in"}]
        out.sort(key=lambda run: run.slots[1].y)
        into.sort(key=lambda run: run.slots[-2].y)
        for runs, found in ((out, leaving), (into, arriving)):
            widths = [sheet.width(run.way.load) for run in runs]
            total = sum(widths) + 6 * (len(runs) - 1)
            scale = min(1.0, height / total) if total > 0 else 1.0
            at = slot.y - total * scale / 2
            for run, width in zip(runs, widths, strict=True):
                found[id(run)] = at + width * scale / 2
                at += (width + 6) * scale
    return _Ports(leaving=leaving, arriving=arriving)


def _way(sheet: Sheet, row: Row, run: Run, ports: _Ports) -> Group:
    """A way with its arrow head."""
    exception = run.way.transition.kind == "exception"
    width = sheet.width(run.way.load)
    dash = EXCEPTION if exception else ()
    steps, head = _back(row, sheet, run) if run.course == "back" else _on(row, run, ports)
    transition = run.way.transition
    names = {name: step.name for name, step in sheet.steps.items()}
    parts = (run.way.said, f"after {length_words(transition.wait)}" if transition.wait else "", transition.condition)
    told = ", ".join(part for part in parts if part)
    label = f"From {names[transition.source]} to {names[transition.target]}" + (f": {told}" if told else "")
    shapes: list[Shape] = [Path(steps=steps, paint=Paint(stroke=sheet.colour, width=width, dash=dash), role="way")]
    shapes.append(Path(steps=head, paint=Paint(fill=sheet.drawing.theme.ink_2)))
    return Group(shapes=shapes, label=label, role="way", about=f"{transition.source} {transition.target}", title=label)


def _on(row: Row, run: Run, ports: _Ports) -> tuple[list[PathStep], list[PathStep]]:
    """From the right edge of one card through the bends to the left edge of the next, or to where the row ends."""
    first, *bends, last = run.slots
    start = ports.leaving.get(id(run), first.y)
    end = ports.arriving.get(id(run), last.y)
    x, y = row.right(first), start
    steps: list[PathStep] = [MoveTo(x, y)]
    for bend in bends:
        steps += [_curve(x, y, row.left(bend), bend.y), LineTo(row.right(bend), bend.y)]
        x, y = row.right(bend), bend.y
    tip = row.left(last)
    steps += [_curve(x, y, tip - _HEAD, end), LineTo(tip - _HEAD + 1, end)]
    head: list[PathStep] = [MoveTo(tip, end), LineTo(tip - _HEAD, end - _HEAD * 0.6), LineTo(tip - _HEAD, end + _HEAD * 0.6), Close()]
    return steps, head


def _back(row: Row, sheet: Sheet, run: Run) -> tuple[list[PathStep], list[PathStep]]:
    """From the top of a card back over the others, down to the top of an earlier one."""
    earlier, *bends, later = run.slots
    names = row.lanes
    source = later if later.name == run.way.transition.source else earlier
    target = earlier if source is later else later
    x = row.right(source) - 16 - 9 * (names[source.name].index(run) % 3)
    tip = row.right(target) - 44 - 9 * (names[target.name].index(run) % 3)
    height = _lane(row, source, run)
    end = _lane(row, target, run)
    top = source.y - sheet.card_height(sheet.steps[source.name]) / 2
    foot = target.y - sheet.card_height(sheet.steps[target.name]) / 2
    steps: list[PathStep] = [MoveTo(x, top), LineTo(x, height + _ROUND)]
    if source.layer == target.layer:
        out = row.right(source) + 12
        steps += [CurveTo(x, height, x, height, x + _ROUND, height), LineTo(out - _ROUND, height)]
        steps += [_curve_down(out, height, end), LineTo(tip + _ROUND, end)]
    else:
        steps += [CurveTo(x, height, x, height, x - _ROUND, height), LineTo(row.left(source), height)]
        at, y = row.left(source), height
        for bend in reversed(bends):
            steps += [_curve(at, y, row.right(bend), bend.y), LineTo(row.left(bend), bend.y)]
            at, y = row.left(bend), bend.y
        steps += [_curve(at, y, row.right(target), end), LineTo(tip + _ROUND, end)]
    steps += [CurveTo(tip, end, tip, end, tip, end + _ROUND), LineTo(tip, foot - _HEAD + 1)]
    head: list[PathStep] = [MoveTo(tip, foot), LineTo(tip - _HEAD * 0.6, foot - _HEAD), LineTo(tip + _HEAD * 0.6, foot - _HEAD), Close()]
    return steps, head


def _curve(x0: float, y0: float, x1: float, y1: float) -> CurveTo:
    middle = (x0 + x1) / 2
    return CurveTo(middle, y0, middle, y1, x1, y1)


def _curve_down(x: float, y0: float, y1: float) -> CurveTo:
    return CurveTo(x + _ROUND, y0, x + _ROUND, y1, x - _ROUND, y1)


def _bend_label(sheet: Sheet, row: Row, run: Run) -> Group:
    bend = run.bend
    assert bend is not None  # noqa: S101  only runs with a bend come here
    return _label(sheet, run, x=(row.left(bend) + row.right(bend)) / 2, y=bend.y, wide=True)


def _label(sheet: Sheet, run: Run, *, x: float, y: float, wide: bool) -> Group:
    """The number of a way over it, wait and condition under it, so that the way itself is seen between them."""
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    shapes: list[Shape] = []
    top = y - run.label.above
    for number, (lines, style, before) in enumerate(sheet.label(run.way, wide=wide)):
        if number == 1:
            top = y + sheet.width(run.way.load) / 2 + LABEL_CLEAR
        taken = max(measure.width(line, style) for line in lines) + before
        left, height = x - taken / 2, len(lines) * style.leading
        slip = Box(x=left - 3, y=top, width=taken + 6, height=height)
        shapes.append(Rect(box=slip, paint=Paint(fill=theme.band), radius=3))
        if before:
            icon = sheet.drawing.symbols.icon("clock", x=left, y=top + 1.5, size=CLOCK - 3, colour=theme.ink_2)
            shapes.append(icon)
        room = Box(x=left + before, y=top, width=taken - before + 0.5, height=0)
        fill = theme.ink if style.weight == 600 else theme.ink_2
        anchor: Anchor = "start" if before else "middle"
        shapes.append(text_block(lines, box=room, style=style, fill=fill, measure=measure, anchor=anchor, lines_given=True))
        top += height
    return Group(shapes=shapes, role="way-label")


def _terminal(sheet: Sheet, row: Row, run: Run) -> Group:
    """Where a way goes on in another row, or where it comes from."""
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    out = run.course == "out"
    slot = run.slots[-1] if out else run.slots[0]
    other = sheet.steps[run.way.transition.target if out else run.way.transition.source]
    words = f"to {other.number}" if out else f"from {other.number}"
    box = Box(x=row.left(slot), y=slot.y - 11, width=TERMINAL, height=22)
    text = text_line(
        words, x=box.centre, middle=slot.y, style=_TERMINAL, fill=theme.ink, measure=measure, anchor="middle", room=TERMINAL - 6
    )
    label = f"{'Goes on to' if out else 'Comes from'} {other.number} {other.name}"
    frame = Rect(box=box, paint=Paint(fill=theme.paper, stroke=theme.ink_3, width=1.25), radius=11)
    return Group(shapes=[frame, text], label=label, role="terminal", about=other.about, title=label)


def _card(sheet: Sheet, row: Row, step: Step, slot: Slot) -> Group:
    """A step, with who starts there over it and who leaves there under it."""
    drawing, theme, measure = sheet.drawing, sheet.drawing.theme, sheet.drawing.measure
    height = sheet.card_height(step)
    box = Box(x=row.left(slot), y=slot.y - height / 2, width=CARD, height=height)
    truth = step.moment is not None
    paint = Paint(fill=theme.on_truth, stroke=theme.truth, width=1.75) if truth else Paint(fill=theme.card, stroke=theme.card_line)
    left, middle = box.x + SIDE, box.y + 17
    room = Box(x=left, y=box.y + 30, width=CARD - 2 * SIDE, height=0)
    shapes: list[Shape] = [
        Rect(box=box, paint=paint, radius=8),
        text_line(step.number, x=left, middle=middle, style=_NUMBER, fill=theme.truth if truth else theme.ink_3, measure=measure),
        text_block(step.name, box=room, style=NAME, fill=theme.ink, measure=measure),
    ]
    if truth:
        shapes.append(drawing.symbols.icon("star", x=box.right - SIDE - 15, y=middle - 8, size=16, colour=theme.truth))
    channel = step.touchpoint.channel if step.touchpoint else None
    if channel is not None:
        x = box.right - SIDE - 14 - (22 if truth else 0)
        icon = channel_icon(channel.kind)
        shapes.append(drawing.symbols.icon(icon, x=x, y=middle - 7, size=14, colour=theme.ink_2, title=channel.name))
    shapes += _entry(sheet, step, box, room=CARD - (70 if step.about in row.lanes else 16))
    shapes += _exit(sheet, step, box)
    return Group(shapes=shapes, label=spoken_step(step, drawing.journey, unknown=False), role="touchpoint", about=step.about)


def _entry(sheet: Sheet, step: Step, box: Box, *, room: float) -> Iterator[Shape]:
    """Over a card: those who start there."""
    words = sheet.traffic.entries.get(step.about)
    if words is None:
        return
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    x, y = box.x + 6, box.y - 10
    yield Path(steps=[MoveTo(x - 4, y - 4), LineTo(x + 4, y), LineTo(x - 4, y + 4), Close()], paint=Paint(fill=theme.accent))
    yield text_line(words, x=x + 9, middle=y, style=ENTRY, fill=theme.accent, measure=measure, room=room)


def _exit(sheet: Sheet, step: Step, box: Box) -> Iterator[Shape]:
    """Under a card: those who leave there, with an arrow as wide as their number."""
    lines = sheet.exit_lines(step)
    if not lines:
        return
    theme, measure = sheet.drawing.theme, sheet.drawing.measure
    leaving = sheet.traffic.exits.get(step.about)
    if leaving is not None:
        width = max(sheet.width(leaving[1]), 2.0)
        x, top, foot = box.x + 12, box.bottom + 1, box.bottom + 10 + EXIT.leading - 4
        wing = width / 2 + 3
        yield Rect(box=Box(x=x - width / 2, y=top, width=width, height=foot - top - 6), paint=Paint(fill=theme.pain))
        yield Path(steps=[MoveTo(x - wing, foot - 7), LineTo(x + wing, foot - 7), LineTo(x, foot), Close()], paint=Paint(fill=theme.pain))
    room = Box(x=box.x + 26, y=box.bottom + 6, width=CARD - 26, height=0)
    yield text_block(lines, box=room, style=EXIT, fill=theme.pain if leaving else theme.ink_2, measure=measure, lines_given=True)
