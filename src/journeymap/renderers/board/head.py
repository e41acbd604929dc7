"""The head of a board: the title, and at its right how well founded the map is."""

from __future__ import annotations

from journeymap.renderers.columns import MARGIN
from journeymap.renderers.paper import heading_of
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.swimlane.header import known_facts
from journeymap.scene.shapes import Box, Group, Shape
from journeymap.scene.text import Style, text_block

_FACT = Style(26, weight=700, leading=32)
_FACT_CAPTION = Style(13)
_FACT_WIDE = 150.0
_MOST_FACTS = 4
_TITLE_WIDE = 560.0
_APART = 40.0


def board_heading(drawing: Drawing, *, width: float) -> tuple[list[Shape], float]:
    """The title, with how well founded the map is at its right where there is room; and the y where they end."""
    facts = known_facts(drawing.journey)[:_MOST_FACTS]
    drawn = [_fact(drawing, figure, caption) for figure, caption in facts]
    taken = sum(wide + _APART for wide, _ in drawn)
    while drawn and width - 2 * MARGIN - taken < _TITLE_WIDE:
        taken -= drawn.pop()[0] + _APART
    title, bottom = heading_of(drawing, "Board", width=width - taken)
    shapes: list[Shape] = [title]
    x = width - MARGIN - taken + _APART
    for (wide, texts), (figure, caption) in zip(drawn, facts, strict=False):
        top = 40.0
        placed: list[Shape] = []
        for lines, style, fill in ((texts[0], _FACT, drawing.theme.ink), (texts[1], _FACT_CAPTION, drawing.theme.ink_2)):
            box = Box(x=x, y=top, width=wide, height=0)
            said = text_block(lines, box=box, style=style, fill=fill, measure=drawing.measure, lines_given=True)
            placed.append(said)
            top = said.box.bottom + 2
        bottom = max(bottom, top)
        shapes.append(Group(shapes=placed, label=f"{figure} {caption}", role="fact"))
        x += wide + _APART
    return shapes, bottom


def _fact(drawing: Drawing, figure: str, caption: str) -> tuple[float, tuple[tuple[str, ...], tuple[str, ...]]]:
    """How wide a fact is, and the lines of its figure and of its caption."""
    measure = drawing.measure
    texts = (measure.wrap(figure, _FACT_WIDE, _FACT), measure.wrap(caption, _FACT_WIDE, _FACT_CAPTION))
    widths = [measure.width(line, style) for lines, style in zip(texts, (_FACT, _FACT_CAPTION), strict=True) for line in lines]
    return max(widths) + 2, texts
