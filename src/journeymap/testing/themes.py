"""The conformance kit for themes: whether every picture that there is can be drawn in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from attrs import evolve

from journeymap.errors import PluginError, RenderError
from journeymap.picture import render
from journeymap.plugins import LANES, RENDERERS, THEMES, Registry
from journeymap.scene.theme import DARK, HIGH_CONTRAST, LIGHT, PRINT, Theme
from journeymap.testing.journeys import rich
from journeymap.testing.renderers import check_renderer

P = TypeVar("P")


def check_theme(theme: Theme | str) -> None:
    """Draw a rich sample journey in a theme, given as itself or by name, with every renderer and lane that is built in.

    AssertionError tells what is wrong. It has to be a `journeymap.scene.Theme`, which checks its colours as it is made; to carry the
    name that it is registered under; and to have a summary of its own, for those who choose.
    """
    found: object = THEMES[theme] if isinstance(theme, str) else theme
    if not isinstance(found, Theme):
        raise AssertionError(f"it is a {type(found).__name__} and no journeymap.scene.Theme; evolve LIGHT")  # noqa: TRY004 - as the other faults
    for fault in _faults(found, theme if isinstance(theme, str) else found.name):
        raise AssertionError(fault)
    journey = rich()
    draw: Callable[..., object] = render
    more: dict[str, dict[str, object]] = {"swimlane": {"lanes": _built_in(LANES)}, "comparison": {"to": journey}}
    for renderer in _built_in(RENDERERS):
        options = more.get(renderer, {})
        try:
            draw(journey, renderer, **options)
        except RenderError:
            continue  # it asks for more than a journey
        check_renderer(renderer, journeys=[journey], theme=found, **options)


def _faults(theme: Theme, registered: str) -> Iterator[str]:
    try:
        THEMES.check_name(theme.name)
        evolve(theme)  # whose making looks at every colour
    except (PluginError, RenderError) as error:
        yield str(error)
    if theme.name != registered:
        yield f"it is registered as {registered!r} and calls itself {theme.name!r}; make it with name={registered!r}"
    if not theme.summary.strip():
        yield "it has no summary; say in a line what it is for"
    for other in (LIGHT, DARK, PRINT, HIGH_CONTRAST):
        if theme.summary == other.summary and theme.name != other.name:
            yield f"its summary is that of {other.name!r}, from which it was made; say in a line what this one is for"


def _built_in(registry: Registry[P]) -> list[str]:
    added = registry.added()
    return [name for name in registry.names() if name not in added]
