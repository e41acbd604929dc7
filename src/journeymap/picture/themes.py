"""A theme, given as itself, by its name, or in a file."""

from __future__ import annotations

import os

from journeymap.errors import PluginError, RenderError, shown
from journeymap.picture.theme_files import SUFFIXES, read_theme
from journeymap.plugins import THEMES
from journeymap.scene.theme import Theme


def as_theme(theme: Theme | str | os.PathLike[str]) -> Theme:
    """The theme of that name, or in that file: a path, or a text that ends like one (``"brand.yaml"``).

    UnknownName if there is no theme of that name, RenderError if it is no name, PluginError if a plug-in offers something
    else there; DocumentError and FileError as `journeymap.picture.theme_files.read_theme` has them.
    """
    if isinstance(theme, Theme):
        return theme
    if isinstance(theme, os.PathLike) or (isinstance(theme, str) and theme.lower().endswith(SUFFIXES)):
        return read_theme(theme)
    if not isinstance(theme, str):
        raise RenderError(f"theme {shown(theme)} is neither a Theme nor the name of one; there are: {', '.join(THEMES.names())}")
    found = THEMES[theme]
    if not isinstance(found, Theme):
        raise PluginError(f"the theme {theme!r} is a {type(found).__name__}; a theme is a journeymap.scene.theme.Theme")
    return found
