"""What adds a plug-in from code, and what lists those there are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from journeymap.plugins.kinds import ANALYSES, BACKENDS, FORMATS, LANES, RENDERERS, THEMES, Analysis, Backend, Format, Lane, Renderer
from journeymap.plugins.registry import Listing

if TYPE_CHECKING:
    from journeymap.scene.theme import Theme

A = TypeVar("A", bound=Analysis)
R = TypeVar("R", bound=Renderer)
B = TypeVar("B", bound=Backend)
L = TypeVar("L", bound=Lane)


def renderer(name: str) -> Callable[[R], R]:
    """The decorator that adds a function as a renderer.

    The function gets a journey and keyword options, and returns a `journeymap.scene.scene.Scene`, or several for several
    pages. ``theme`` reaches those that have such a parameter. The first line of the docstring stands in the listing.
    """
    RENDERERS.check_name(name)

    def add(function: R) -> R:
        RENDERERS.register(name, function)
        return function

    return add


def backend(name: str) -> Callable[[B], B]:
    """The decorator that adds a function as a backend; the name is the suffix of its files: ``"svg"``.

    The function gets all scenes of a picture and keyword options, and returns the bytes of a file.
    """
    BACKENDS.check_name(name)

    def add(function: B) -> B:
        BACKENDS.register(name, function)
        return function

    return add


def lane(name: str) -> Callable[[L], L]:
    """The decorator that adds a function as a lane of the swimlane."""
    LANES.check_name(name)

    def add(function: L) -> L:
        LANES.register(name, function)
        return function

    return add


def question(name: str) -> Callable[[A], A]:
    """The decorator that adds a function as an analysis: a question that `journeymap.report` asks of every journey.

    The function gets a journey and returns a `journeymap.analysis.Result`, a mapping of names to values, or a text. The first
    line of the docstring, best the question itself, is its heading.
    """
    ANALYSES.check_name(name)

    def add(function: A) -> A:
        ANALYSES.register(name, function)
        return function

    return add


def format(name: str) -> Callable[[Format], Format]:
    """Adds a `Format` under a name: ``jm.format("ini")(Format(...))``."""
    FORMATS.check_name(name)

    def add(value: Format) -> Format:
        FORMATS.register(name, value)
        return value

    return add


def theme(name: str) -> Callable[[Theme], Theme]:
    """Adds a theme under a name: ``jm.theme("brand")(attrs.evolve(LIGHT, accent="#00695C"))``."""
    THEMES.check_name(name)

    def add(value: Theme) -> Theme:
        THEMES.register(name, value)
        return value

    return add


def renderers() -> Listing:
    """The renderers there are, each with one line."""
    return RENDERERS.listing()


def analyses() -> Listing:
    """The questions that can be asked, built in or added, each with one line."""
    return ANALYSES.listing()


def backends() -> Listing:
    """The backends there are, by the suffix of their files, each with one line."""
    return BACKENDS.listing()


def formats() -> Listing:
    """The formats that a journey is read from or written to, each with one line."""
    return FORMATS.listing()


def themes() -> Listing:
    """The themes there are, each with one line."""
    return THEMES.listing()


def lanes() -> Listing:
    """The lanes of the swimlane, each with one line."""
    return LANES.listing()


def callable_package(name: str, answer: Callable[..., object]) -> None:
    """Let an imported package be called, and answer as that function does.

    ``jm.renderers()`` and the package ``journeymap.renderers`` share one name, and importing a package binds it over
    whatever the parent has there; so the package itself answers the call.
    """

    class Package(ModuleType):
        def __call__(self, *given: object, **options: object) -> object:
            return answer(*given, **options)

    sys.modules[name].__class__ = Package
