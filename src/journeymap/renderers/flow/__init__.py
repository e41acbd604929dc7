"""The flow: which ways customers take, how many take each, where they wait, and where they leave."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.model import Journey
from journeymap.renderers.columns import MARGIN, MAX_WIDTH, widest
from journeymap.renderers.flow.draw import draw_row
from journeymap.renderers.flow.layers import arrange
from journeymap.renderers.flow.plan import CARD, rows_of
from journeymap.renderers.flow.sheet import EXCEPTION, Sheet, gap_of
from journeymap.renderers.flow.traffic import traffic_of
from journeymap.renderers.lengths import length_words
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, finished, heading_of, icon_entry, note, row_of
from journeymap.renderers.words import description
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Line, Paint, Shape
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["flow"]

_WHAT = "Flow"
_BETWEEN_SLOTS = 16.0
_BETWEEN_ROWS = 44.0


def flow(journey: Journey, /, *, theme: Theme = LIGHT, persona: str | None = None, max_width: float = MAX_WIDTH) -> Scene:
    """The journey as a graph: branches, ways back, entries and drop-off, each way as wide as the traffic on it.

    Widths are counts where the map has them, else what its probabilities lead to expect, else all alike. ``persona`` is the id of
    the one whose steps are shown; RenderError if there is none such. A flow wider than ``max_width`` px breaks into rows; where a way
    leaves a row it says to which step it goes.
    """
    limit = widest(max_width)
    drawing = drawing_of(journey, theme, persona)
    steps = {step.about: step for held in drawing.stages for step in held.steps if step.touchpoint is not None}
    traffic = traffic_of(journey, steps.keys())
    sheet = Sheet(drawing=drawing, steps=steps, traffic=traffic, gap=gap_of(drawing, traffic))
    rooms = {name: sheet.room(step) for name, step in steps.items()}
    rows = rows_of(drawing.stages, traffic.ways, rooms, sheet.extent, column=CARD + sheet.gap, limit=limit)
    width = max([row.right_edge for row in rows] + [MARGIN + min(LEAST_WIDE, limit - 2 * MARGIN)]) + MARGIN
    title, y = heading_of(drawing, _WHAT, width=width)
    shapes: list[Shape] = [title]
    y += 26
    for index, row in enumerate(rows):
        arrange(row.layers, between=_BETWEEN_SLOTS)
        drawn, y = draw_row(sheet, row, top=y + (_BETWEEN_ROWS if index else 0))
        shapes.append(row_of(drawn))
    if not rows:
        said = note(drawing, "This journey has no stages yet.", top=y, width=width)
        shapes.append(said)
        y = said.box.bottom
    return finished(drawing, shapes, what="flow", description=_told(sheet), bottom=y, width=width, entries=_key(sheet))


def _key(sheet: Sheet) -> Iterator[KeyEntry]:
    theme, traffic = sheet.drawing.theme, sheet.traffic
    widths = {
        "counts": "Width and number: how many customers go this way",
        "shares": "Width: the share of all customers expected to go this way; number: of those at the step",
        "nothing": "A way; how many take it is not known",
    }

    def line(text: str, paint: Paint) -> KeyEntry:
        return KeyEntry(text=text, width=26, draw=lambda x, middle: [Line(x1=x, y1=middle, x2=x + 26, y2=middle, paint=paint)])

    if traffic.ways:
        yield line(widths[traffic.measured], Paint(stroke=sheet.colour, width=6 if traffic.measured != "nothing" else 2))
    if any(way.transition.kind == "exception" for way in traffic.ways):
        yield line("Exception", Paint(stroke=sheet.colour, width=3, dash=EXCEPTION))
    if any(way.transition.wait for way in traffic.ways):
        yield icon_entry(sheet.drawing, "clock", "Wait", colour=theme.ink_2)
    if any(step.moment for step in sheet.steps.values()):
        yield icon_entry(sheet.drawing, "star", "Moment of truth", colour=theme.truth)


def _told(sheet: Sheet) -> str:
    """The picture in sentences: the steps, then every way with its number and wait, then who comes in and who leaves."""
    drawing, traffic = sheet.drawing, sheet.traffic
    names = {name: step.name for name, step in sheet.steps.items()}
    sentences = [description(drawing.journey, drawing.persona, drawing.stages).replace("Customer journey map:", "Flow:", 1)]
    sentences += [f"{names[name]}: {words}." for name, words in traffic.entries.items()]
    for way in traffic.ways:
        transition = way.transition
        parts = (way.said, f"after {length_words(transition.wait)}" if transition.wait else "", transition.condition.rstrip("."))
        told = ", ".join(part for part in parts if part)
        sentences.append(f"From {names[transition.source]} to {names[transition.target]}{': ' + told if told else ''}.")
    sentences += [f"{names[name]}: {words}." for name, words in traffic.again.items()]
    sentences += [f"{names[name]}: {words.rstrip('.')}." for name, (words, _) in traffic.exits.items()]
    return " ".join(sentences)
