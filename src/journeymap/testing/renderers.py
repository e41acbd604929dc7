"""The conformance kit for renderers: whether what one draws can be read by everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from journeymap.backends.checked import checked
from journeymap.backends.lettering import lines, texts
from journeymap.errors import JourneyMapError, RenderError
from journeymap.model import Journey
from journeymap.plugins import RENDERERS
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Text
from journeymap.scene.text import Measure, Style
from journeymap.testing.journeys import sample_journeys

Renderer = Callable[..., Scene | Sequence[Scene]]

_HAIR = 0.5
"""What rounding may add up to, in px."""


def check_renderer(renderer: Renderer | str, *, journeys: Iterable[Journey] | None = None, **options: object) -> None:
    """Draw the sample journeys with a renderer, given as itself or by name; AssertionError tells what is wrong with a scene.

    A scene has to have a title and a description, and nothing that a backend refuses; every text stands in its own box,
    on the paper, and on no other text; and the same journey gives the same scene again. Journeys come empty, long, and in six
    scripts; whatever error a renderer raises of one, but ours, names that journey. ``journeys`` replaces the sample
    journeys, for renderers that ask for more than those have; ``options`` go to the renderer.
    """
    if isinstance(renderer, str):
        renderer = RENDERERS[renderer]
    for journey in sample_journeys() if journeys is None else journeys:
        where = f"for the journey {journey.name!r}"
        try:
            drawn, again = renderer(journey, **options), renderer(journey, **options)
        except JourneyMapError:
            raise
        except Exception as error:
            raise AssertionError(f"{where}: it fails with {type(error).__name__}: {error}") from error
        if drawn != again:
            raise AssertionError(f"{where}: it draws another scene when it is asked again; take out dates, sets and counters")
        try:
            sheets = checked([drawn] if isinstance(drawn, Scene) else drawn)
        except RenderError as error:
            raise AssertionError(f"{where}: no backend can draw the scene: {error}") from None
        for sheet in sheets:
            for fault in faults(sheet):
                raise AssertionError(f"{where}: {fault}")


def faults(scene: Scene) -> Iterator[str]:
    """What is wrong with the words of a scene: missing, beyond their box or the paper, or on other words."""
    if not scene.description.strip():
        yield "the scene has no description; say in sentences what it shows, for those who hear it"
    placed = [(text, *part) for text in texts(scene) for part in _parts(text)]
    for text, line, ink in placed:
        if not _within(ink, text.box):
            yield f"the text {line!r} leaves its box: {_sides(ink)} is not in {_sides(text.box)}; wrap it, or make the box larger"
        if not _within(ink, Box(x=0, y=0, width=scene.width, height=scene.height)):
            yield f"the text {line!r} leaves the paper: {_sides(ink)}"
    placed.sort(key=lambda part: part[2].x)
    for index, (text, line, ink) in enumerate(placed):
        for other, words, beside in placed[index + 1 :]:
            if beside.x >= ink.right - _HAIR:
                break
            if other is not text and min(ink.bottom, beside.bottom) - max(ink.y, beside.y) > _HAIR:
                yield f"the texts {line!r} and {words!r} stand on one another, at {_sides(beside)}"


def _parts(text: Text) -> Iterator[tuple[str, Box]]:
    """Each line with the room that its letters take, from the top of capitals to the foot of a g."""
    style = Style(size=text.size, weight=text.weight, italic=text.italic)
    measure = Measure()
    above, below = measure.cap_height(style), measure.descent(style) * 0.8
    for line, baseline in lines(text):
        width = measure.width(line.strip(), style)
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        yield line, Box(x=left, y=baseline - above, width=width, height=above + below)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - _HAIR
        and inner.y >= outer.y - _HAIR
        and inner.right <= outer.right + _HAIR
        and inner.bottom <= outer.bottom + _HAIR
    )


def _sides(box: Box) -> str:
    return f"x {box.x:.1f} to {box.right:.1f}, y {box.y:.1f} to {box.bottom:.1f}"
