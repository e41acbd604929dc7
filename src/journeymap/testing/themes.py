"""The conformance kit for themes: whether every picture that there is can be drawn in one."""

from __future__ import annotations

from attrs import evolve

from journeymap.errors import PluginError, RenderError
from journeymap.picture import render
from journeymap.plugins import LANES, RENDERERS, THEMES, Registry
from journeymap.scene.theme import DARK, HIGH_CONTRAST, LIGHT, PRINT, Theme
from journeymap.testing.journeys import rich
from journeymap.testing.renderers import check_renderer


def check_theme(theme: Theme | str) -> None:
    """Draw a rich sample journey in a theme, given as itself or by name, with every renderer and lane that is built in.

    AssertionError tells what is wrong. It has to be a `journeymap.scene.Theme`, which checks its colours as it is made; to carry the
    name that it is registered under; and to have a summary of its own, for those who choose.
    """
    found: object = THEMES[theme] if isinstance(theme, str) else theme
    if not isinstance(found, Theme):
        raise AssertionError(f"it is a {type(found).__name__} and no journeymap.scene.Theme; make one with attrs.evolve(LIGHT, ...)")
    for fault in _faults(found, theme if isinstance(theme, str) else found.name):
        raise AssertionError(fault)
    journey = rich()
    for renderer in _built_in(RENDERERS):
        more: dict[str, object] = {"swimlane": {"lanes": _built_in(LANES)}, "comparison": {"to": journey}}.get(renderer, {})
        try:
            render(journey, renderer, **more)
        except RenderError:
            continue  # it asks for more than a journey
        check_renderer(renderer, journeys=[journey], theme=found, **more)


def _faults(theme: Theme, registered: str) -> list[str]:
    found = []
    try:
        THEMES.check_name(theme.name)
        evolve(theme)  # whose making looks at every colour
    except (PluginError, RenderError) as error:
        found.append(str(error))
    if theme.name != registered:
        found.append(f"it is registered as {registered!r} and calls itself {theme.name!r}; make it with name={registered!r}")
    if not theme.summary.strip():
        found.append("it has no summary; say in a line what it is for")
    for other in (LIGHT, DARK, PRINT, HIGH_CONTRAST):
        if theme.summary == other.summary and theme.name != other.name:
            found.append(f"its summary is that of {other.name!r}, from which it was made; say in a line what this one is for")
    return found


def _built_in(registry: Registry[object]) -> list[str]:
    added = registry.added()
    return [name for name in registry.names() if name not in added]
