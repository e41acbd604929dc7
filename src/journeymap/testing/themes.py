"""The conformance kit for themes: whether every picture that there is can be drawn in one."""

from __future__ import annotations

from attrs import evolve

from journeymap.backends.checked import checked
from journeymap.errors import RenderError
from journeymap.picture import render
from journeymap.plugins import LANES, RENDERERS, THEMES
from journeymap.scene.theme import Theme
from journeymap.testing.journeys import rich


def check_theme(theme: Theme | str) -> None:
    """Draw a sample journey in a theme, given as itself or by name, with every renderer and lane that is built in.

    AssertionError tells what is wrong: a theme has to be a `journeymap.scene.Theme`, called as it is registered, with a line for those
    who choose that is its own, and readable, which its making checks.
    """
    found: object = THEMES[theme] if isinstance(theme, str) else theme
    if not isinstance(found, Theme):
        raise AssertionError(f"it is a {type(found).__name__}, and no journeymap.scene.Theme; make one with attrs.evolve(LIGHT, ...)")
    _check_names(found, theme if isinstance(theme, str) else found.name)
    try:
        evolve(found)  # its making checks all colours, also those that somebody has put in place since
    except RenderError as error:
        raise AssertionError(str(error)) from None
    journey = rich()
    for renderer in _built_in(RENDERERS.names(), RENDERERS.added()):
        options: dict[str, object] = {"lanes": _built_in(LANES.names(), LANES.added())} if renderer == "swimlane" else {}
        for scene in checked(render(journey, renderer, theme=found, **options).scenes):
            if scene.paper != found.paper:
                raise AssertionError(f"the renderer {renderer!r} draws on {scene.paper}, and not on the theme's paper, {found.paper}")


def _check_names(theme: Theme, registered: str) -> None:
    try:
        THEMES.check_name(theme.name)
    except ValueError as error:  # pragma: no cover
        raise AssertionError(str(error)) from None
    if theme.name != registered:
        raise AssertionError(f"it is registered as {registered!r} and calls itself {theme.name!r}; give it name={registered!r}")


def _built_in(names: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in added)
