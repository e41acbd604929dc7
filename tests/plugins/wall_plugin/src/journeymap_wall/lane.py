"""The lane: how satisfied customers are with each step, as dots."""

from __future__ import annotations

from collections.abc import Iterator

from journeymap.renderers.swimlane import Cell, Pen, Step
from journeymap.scene import Box, Circle, Paint, Shape

BEST, RADIUS, PITCH, SIDE = 5, 4.5, 13.0, 10.0


def satisfaction(step: Step, pen: Pen) -> Cell | None:
    """How satisfied, 1 to 5"""
    if step.touchpoint is None or step.touchpoint.satisfaction is None:
        return None
    reached = step.touchpoint.satisfaction

    def draw(box: Box) -> Iterator[Shape]:
        left = box.x + SIDE
        words = Box(x=left + BEST * PITCH + 2, y=box.y, width=box.right - left - BEST * PITCH - 2, height=0)
        yield (said := pen.text(f"{reached:g}", words))
        for place in range(BEST):
            fill = pen.theme.accent if place < round(reached) else None
            paint = Paint(fill=fill, stroke=pen.theme.accent, width=1.5)
            yield Circle(x=left + RADIUS + place * PITCH, y=said.box.y + said.box.height / 2, radius=RADIUS, paint=paint)

    return Cell(height=20, draw=lambda box: tuple(draw(box)), label=f"Satisfaction {reached:g} of {BEST}")
