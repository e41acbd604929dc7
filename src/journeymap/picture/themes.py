"""A theme, given as itself or by its name."""

from __future__ import annotations

from journeymap.errors import PluginError
from journeymap.plugins import THEMES
from journeymap.scene.theme import Theme


def as_theme(theme: Theme | str) -> Theme:
    """The theme of that name; UnknownName if there is none, PluginError if a plug-in offers something else there."""
    if isinstance(theme, Theme):
        return theme
    found = THEMES[theme]
    if not isinstance(found, Theme):
        raise PluginError(f"the theme {theme!r} is a {type(found).__name__}; a theme is a journeymap.scene.theme.Theme")
    return found
