"""A renderer of your own: the emotion of each step as a bar.

``python custom_renderer.py car-rental.yaml`` draws ``bars.svg``, ``bars.png`` and ``bars.pdf``.
"""

import sys
from functools import partial

import journeymap as jm
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Paint, Rect, Shape
from journeymap.scene.text import Measure, Style, text_line
from journeymap.scene.theme import LIGHT, Theme


@jm.renderer("bars")
def bars(journey: jm.Journey, *, theme: Theme = LIGHT) -> Scene:
    """The emotion of each step as a bar: good to the right, bad to the left."""
    sheet = partial(Scene, width=820, title=journey.name, language=journey.language, paper=theme.paper)
    write = partial(text_line, style=Style(14), fill=theme.ink, measure=Measure())
    shapes: list[Shape] = [write(journey.name, x=40, middle=52, room=740, style=Style(26, 700))]
    felt = [(step, step.emotion) for step in journey.touchpoints if step.emotion]
    for row, (step, emotion) in enumerate(felt):
        middle, length, good = 112 + 34 * row, 110 * emotion.valence, emotion.valence >= 0
        bar = Box(x=560 + min(0, length), y=middle - 11, width=max(2, abs(length)), height=22)
        shapes.append(Rect(box=bar, radius=3, paint=Paint(fill=theme.levels[emotion.level - 1]), about=step.id))
        shapes.append(write(step.name, x=40, middle=middle, room=290))
        shapes.append(write(f"{emotion.valence:+g}", x=550 if good else 570, middle=middle, anchor="end" if good else "start"))
    said = [f"{step.name}: {emotion.valence:+g}." for step, emotion in felt]
    return sheet(height=122 + 34 * len(felt), shapes=shapes, description=" ".join(said) or "Nothing is known of the emotions.")


if __name__ == "__main__":
    picture = jm.render(jm.read(sys.argv[1]), "bars")
    for suffix in ("svg", "png", "pdf"):
        picture.save(f"bars.{suffix}")
