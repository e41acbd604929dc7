"""What can be added from outside, and how it is found: renderers, backends, formats, lanes, themes, analyses, rules.

Each kind is a `Registry`. A name is looked up among what code registered, then among what is built in, then among the
entry points of installed packages; nothing is imported before its name is asked for. Two packages that offer one name are
an error when it is asked for, and a package that fails to load breaks only itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from attrs import field, frozen

from journeymap.errors import JourneyMapError, PluginError, UnknownName

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from journeymap.model import Journey
    from journeymap.scene.scene import Scene
    from journeymap.scene.theme import Theme

P = TypeVar("P")
F = TypeVar("F", bound=Callable[..., object])

Renderer: TypeAlias = "Callable[..., Scene | Sequence[Scene]]"
"""Draws: called as ``renderer(journey, **options)``; one scene, or several for several pages."""

Backend: TypeAlias = "Callable[..., bytes]"
"""Writes a picture: called as ``backend(scenes, **options)``; the bytes of a file."""

Lane: TypeAlias = "Callable[..., object]"
"""Draws one lane of a swimlane."""

Analysis: TypeAlias = "Callable[..., object]"
"""Answers one question: called with a journey or data, and options; a frozen result."""

Rule: TypeAlias = "Callable[..., object]"
"""Looks for one kind of weakness in a journey: called as ``rule(journey)``; findings."""

Display: TypeAlias = "Callable[..., dict[str, str]]"
"""Shows a value in a notebook: called with the value; texts by media type."""


def _suffixes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Format:
    """A way to keep a journey as text; without ``loads`` it is only written, without ``dumps`` only read."""

    summary: str
    """One line for those who choose."""
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    """The file names that it is known by, with the dot, lower case: ``(".yaml", ".yml")``."""
    loads: Callable[[str, str], Journey] | None = None
    """The journey in a text; the second argument is what messages call the text, such as its file name."""
    dumps: Callable[[Journey], str] | None = None
    """The text of a journey: the same journey gives the same text."""


class Registry(Generic[P]):
    """The plug-ins of one kind, by name (kebab-case)."""

    def __init__(self, kind: str, group: str, built_in: Mapping[str, str]) -> None:
        self.kind = kind
        """What one of them is called in messages: ``renderer``."""
        self.group = group
        """The entry-point group: ``journeymap.renderers``."""
        self._built_in = dict(built_in)
        self._registered: dict[str, P] = {}

    def register(self, name: str, plugin: P) -> P:
        """Add one from code; PluginError if the name is taken by another."""
        held = self._registered.get(name)
        if held is not None and held is not plugin and not _same_place(held, plugin):
            raise PluginError(f"the {self.kind} {name!r} is registered already, by {_place(held)}; choose another name")
        self._registered[name] = plugin
        return plugin

    def unregister(self, name: str) -> None:
        """Take back what `register` added; nothing happens if it did not."""
        self._registered.pop(name, None)

    def __getitem__(self, name: str) -> P:
        """The plug-in of that name; UnknownName if there is none, PluginError if it does not load."""
        if name in self._registered:
            return self._registered[name]
        if name in self._built_in:
            return self._load(self._built_in[name])
        offered = [point for point in self._points() if point.name == name]
        if not offered:
            raise UnknownName(self.kind, name, self.names())
        if len({point.value for point in offered}) > 1:
            packages = " and ".join(sorted(_package(point) for point in offered))
            raise PluginError(f"the {self.kind} {name!r} is offered by {packages}; uninstall one of them")
        try:
            return cast("P", offered[0].load())
        except JourneyMapError:
            raise
        except Exception as error:
            raise PluginError(
                f"the {self.kind} {name!r} of {_package(offered[0])} does not load: {type(error).__name__}: {error}; "
                "update or uninstall that package"
            ) from error

    def __contains__(self, name: object) -> bool:
        return name in self.names()

    def names(self) -> tuple[str, ...]:
        """Every name there is, sorted."""
        return tuple(sorted({*self._registered, *self._built_in, *(point.name for point in self._points())}))

    def describe(self) -> Iterator[tuple[str, str]]:
        """Each name with the first line of its docstring; a plug-in that does not load says so instead."""
        for name in self.names():
            try:
                plugin = self[name]
            except JourneyMapError as error:
                yield name, f"(unusable) {error}"
            else:
                summary = getattr(plugin, "summary", None) or (inspect.getdoc(plugin) or "").split("\n", 1)[0]
                yield name, str(summary)

    def _points(self) -> tuple[EntryPoint, ...]:
        from importlib.metadata import entry_points

        return tuple(entry_points(group=self.group))

    def _load(self, place: str) -> P:
        module, _, attribute = place.partition(":")
        return cast("P", getattr(import_module(module), attribute))


def _same_place(one: object, other: object) -> bool:
    """Whether both come from the same definition: a notebook cell run again replaces, it does not clash."""
    return _place(one) == _place(other) and not isinstance(one, type(None))


def _place(plugin: object) -> str:
    known = cast("Any", plugin)
    return f"{getattr(known, '__module__', '?')}.{getattr(known, '__qualname__', type(known).__qualname__)}"


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


RENDERERS: Registry[Renderer] = Registry(
    "renderer",
    "journeymap.renderers",
    {
        "emotion-curve": "journeymap.renderers.emotion_curve:emotion_curve",
        "swimlane": "journeymap.renderers.swimlane:swimlane",
    },
)
BACKENDS: Registry[Backend] = Registry(
    "backend",
    "journeymap.backends",
    {
        "pdf": "journeymap.backends.matplotlib:pdf",
        "png": "journeymap.backends.matplotlib:png",
        "svg": "journeymap.backends.svg:svg",
    },
)
FORMATS: Registry[Format] = Registry(
    "format",
    "journeymap.formats",
    {
        "json": "journeymap.io.json:JSON",
        "yaml": "journeymap.io.yaml:YAML",
    },
)
THEMES: Registry[Theme] = Registry(
    "theme",
    "journeymap.themes",
    {
        "dark": "journeymap.scene.theme:DARK",
        "light": "journeymap.scene.theme:LIGHT",
    },
)
LANES: Registry[Lane] = Registry("lane", "journeymap.lanes", {})
ANALYSES: Registry[Analysis] = Registry("analysis", "journeymap.analyses", {})
RULES: Registry[Rule] = Registry("rule", "journeymap.rules", {})
DISPLAYS: Registry[Display] = Registry("display", "journeymap.displays", {"journey": "journeymap.picture.notebook:journey_display"})
"""Not one of the seven kinds: how a value that knows nothing of pictures shows itself in a notebook."""
