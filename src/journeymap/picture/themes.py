"""A theme, given as itself or by its name."""

from __future__ import annotations

from journeymap.errors import PluginError, RenderError, shown
from journeymap.plugins import THEMES
from journeymap.scene.theme import Theme


def as_theme(theme: Theme | str) -> Theme:
    """The theme of that name; UnknownName if there is none, RenderError if it is no name.

    PluginError if a plug-in offers something else there.
    """
    if isinstance(theme, Theme):
        return theme
    if not isinstance(theme, str):
        raise RenderError(f"theme {shown(theme)} is neither a Theme nor the name of one; there are: {', '.join(THEMES.names())}")
    found = THEMES[theme]
    if not isinstance(found, Theme):
        raise PluginError(f"the theme {theme!r} is a {type(found).__name__}; a theme is a journeymap.scene.theme.Theme")
    return found
