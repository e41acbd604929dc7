"""How a picture was drawn, so that it can be drawn again in another theme or for another persona."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from journeymap.errors import RenderError
from journeymap.model import Atlas, Journey
from journeymap.picture.options import called, check_options, takes
from journeymap.picture.sheets import fitted, paged
from journeymap.picture.themes import as_theme
from journeymap.plugins import Renderer
from journeymap.scene.scene import Scene
from journeymap.scene.theme import Theme


def _items(values: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    return tuple(values.items())


@frozen(kw_only=True)
class Recipe:
    """What was drawn, by what, and with which options."""

    journey: Journey | Atlas
    what: str
    """What messages call the renderer."""
    draw: Renderer
    theme: Theme
    persona: str | None
    options: tuple[tuple[str, object], ...] = field(converter=_items)
    """The renderer's own, without theme and persona."""
    named: bool = False
    """Whether the renderer was asked for by name, so that whoever drew need not have written it."""
    pages: tuple[float, float] | None = None
    """The paper that a long map is broken on, in px."""
    fit: tuple[float, float] | None = None
    """The paper that the whole picture is made to fit, in px."""

    @property
    def themed(self) -> bool:
        """Whether the renderer has themes."""
        return takes(self.draw, "theme")

    @property
    def by_persona(self) -> bool:
        """Whether the renderer draws a map as one persona lives it."""
        return takes(self.draw, "persona")

    def drawn(self, *, theme: Theme | str | None = None, persona: str | None = None) -> tuple[Scene, ...]:
        """The scenes in that theme (or in its own), for that persona.

        RenderError if the renderer does not take an option, or gives something that is no scene; PluginError if it fails.
        """
        options = dict(self.options)
        chosen = self.theme if theme is None else as_theme(theme)
        if self.themed:
            options["theme"] = chosen
        if persona is not None:
            options["persona"] = persona
        check_options(self.what, self.draw, options)
        if self.pages is not None and takes(self.draw, "max_width", by_name=True):
            return paged(lambda width: self._given(options | {"max_width": width}), self.pages, chosen)
        paper = self.pages or self.fit
        scenes = self._given(options)
        return scenes if paper is None else fitted(scenes, paper)

    def _given(self, options: Mapping[str, object]) -> tuple[Scene, ...]:
        drawn = called(self.what, self.draw, self.journey, options) if self.named else self.draw(self.journey, **options)
        return _scenes(self.what, drawn)


def _scenes(what: str, drawn: object) -> tuple[Scene, ...]:
    """The scenes that a renderer gave; this is where the promise of somebody else's function is checked."""
    found = (drawn,) if isinstance(drawn, Scene) else tuple(drawn) if isinstance(drawn, Sequence) and not isinstance(drawn, str) else None
    if found is None:
        raise RenderError(f"{what} gave a {type(drawn).__name__}; a renderer gives a Scene, or several for several pages")
    scenes = tuple(scene for scene in found if isinstance(scene, Scene))
    if not scenes or len(scenes) < len(found):
        raise RenderError(f"{what} gave {'no scene' if not found else 'something that is no Scene'}; a renderer gives a Scene, or several")
    return scenes
