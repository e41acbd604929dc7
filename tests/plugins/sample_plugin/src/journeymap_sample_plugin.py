"""A plug-in as another package would bring it: a renderer, a theme and analyses, named in its pyproject.toml."""

from attrs import evolve

from journeymap import Journey
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box
from journeymap.scene.text import Measure, Style, text_block
from journeymap.scene.theme import LIGHT, Theme

SEPIA = evolve(LIGHT, name="sepia", summary="Warm paper: for rooms with soft light.", paper="#FFFDF8")


def postcard(journey: Journey, *, theme: Theme = LIGHT, greeting: str = "Greetings from") -> Scene:
    """The journey's name on a card."""
    box = Box(x=40, y=60, width=400, height=180)
    words = text_block([greeting, journey.name], box=box, style=Style(24), fill=theme.ink, measure=Measure(), lines_given=True)
    return Scene(width=480, height=300, shapes=[words], title=journey.name, paper=theme.paper)


def longest_name(journey: Journey) -> dict[str, object]:
    """Which step has the longest name?"""
    step = max(journey.touchpoints, key=lambda touchpoint: len(touchpoint.name))
    return {"step": step.name, "letters": len(step.name)}


def never_works(journey: Journey) -> str:
    """What happens if it breaks?"""
    raise KeyError(journey.name)
