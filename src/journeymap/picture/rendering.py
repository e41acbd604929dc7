"""Drawing a journey or an atlas: the renderer found, its options checked, its scenes made a picture."""

from __future__ import annotations

import os

from journeymap.errors import PluginError, RenderError, UnknownName, shown
from journeymap.model import Atlas, Journey
from journeymap.picture.options import drawn_kinds
from journeymap.picture.picture import Picture
from journeymap.picture.recipe import Recipe
from journeymap.picture.sheets import Paper, paper_of
from journeymap.picture.themes import as_theme
from journeymap.plugins import RENDERERS, Renderer
from journeymap.scene.theme import Theme


def render(
    journey: Journey | Atlas,
    renderer: str | Renderer = "swimlane",
    *,
    theme: Theme | str | os.PathLike[str] = "light",
    persona: str | None = None,
    pages: Paper | None = None,
    fit: Paper | None = None,
    **options: object,
) -> Picture:
    """A picture of the journey or atlas, drawn by the renderer of that name, or by one given as a function.

    The theme, itself, by name, or in a file, reaches renderers that have one. The id of a persona asks for the map as that persona
    lives it. ``pages="a4"`` breaks a long map into pages of that paper, between stages; ``fit="a3"`` makes the whole picture
    fit one; a paper is a name, or (width, height) in px. Other options are the renderer's own. UnknownName if there is no such
    renderer, theme or persona; RenderError if the renderer does not take an option, if it draws no atlas, or nothing but one, or for
    a paper that is none; PluginError if a renderer that was named fails.

    >>> import journeymap as jm
    >>> journey = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2)])])
    >>> jm.render(journey, "emotion-curve", theme="dark").to("svg")[:5]
    b'<?xml'
    """
    if not isinstance(journey, Journey | Atlas):
        raise RenderError(f"{shown(journey)} is not a Journey; read one with journeymap.read, or make one")
    what, draw = _renderer(renderer)
    _check_kind(journey, what, draw)
    who = None if persona is None else _persona_id(journey, persona)
    if pages is not None and fit is not None:
        raise RenderError("a picture is either broken into pages or made to fit one; give pages= or fit=, not both")
    recipe = Recipe(
        journey=journey,
        what=what,
        draw=draw,
        named=isinstance(renderer, str),
        theme=as_theme(theme),
        persona=who,
        options=options,
        pages=None if pages is None else paper_of("pages", pages),
        fit=None if fit is None else paper_of("fit", fit),
    )
    return Picture(recipe.drawn(persona=who), recipe=recipe)


def _renderer(renderer: str | Renderer) -> tuple[str, Renderer]:
    draw = RENDERERS[renderer] if isinstance(renderer, str) else renderer
    what = f"the renderer {renderer!r}" if isinstance(renderer, str) else f"the renderer {getattr(renderer, '__name__', renderer)}"
    if not callable(draw):
        raise PluginError(f"{what} is a {type(draw).__name__}; a renderer is a function of a journey that returns a Scene")
    return what, draw


def _check_kind(journey: Journey | Atlas, what: str, draw: Renderer) -> None:
    """RenderError for a journey where an atlas is drawn, and the other way round."""
    kinds = drawn_kinds(draw)
    if isinstance(journey, Atlas) and "Atlas" not in kinds:
        first = f", such as atlas.journey({journey.journeys[0].id!r})" if journey.journeys else ""
        raise RenderError(f"{what} draws one journey, and {journey.name!r} is an Atlas; draw one of its journeys{first}, or use 'atlas'")
    if isinstance(journey, Journey) and "Journey" not in kinds:
        raise RenderError(f"{what} draws an Atlas, and {journey.name!r} is a Journey; put it into an atlas, or use 'swimlane'")


def _persona_id(journey: Journey | Atlas, persona: str) -> str:
    if isinstance(journey, Atlas):
        raise RenderError("an atlas is drawn for everybody; leave persona= out")
    known = [known.id for known in journey.personas]
    if not isinstance(persona, str):
        raise RenderError(f"persona {shown(persona)} is not the id of one; the journey has: {', '.join(known) or 'none'}")
    if persona not in known:
        raise UnknownName("persona", persona, known)
    return persona
