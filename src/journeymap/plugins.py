"""What can be added from outside, and how it is found: renderers, backends, formats, lanes, themes, analyses, rules.

Each kind is a `Registry`. A name is looked up among what code registered, then among what is built in, then among the
entry points of installed packages; nothing is imported before its name is asked for. Two packages that offer one name are
an error when it is asked for, and a package that fails to load breaks only itself.

From code, use the decorators::

    @jm.renderer("bars")
    def bars(journey: jm.Journey, *, theme: Theme = LIGHT) -> Scene: ...

From a package, name the same object in ``pyproject.toml``::

    [project.entry-points."journeymap.renderers"]
    bars = "my_package.bars:bars"
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from attrs import field, frozen

from journeymap.errors import JourneyMapError, PluginError, UnknownName, shown

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from journeymap.model import Journey
    from journeymap.renderers.swimlane.lane import Lane as LaneValue
    from journeymap.renderers.swimlane.lane import LaneFunction
    from journeymap.scene.scene import Scene
    from journeymap.scene.theme import Theme

P = TypeVar("P")

_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

Renderer: TypeAlias = "Callable[..., Scene | Sequence[Scene]]"
"""Draws: called as ``renderer(journey, **options)``; one scene, or several for several pages."""

Backend: TypeAlias = "Callable[..., bytes]"
"""Writes a picture: called as ``backend(scenes, **options)``; the bytes of a file."""

Lane: TypeAlias = "LaneValue | LaneFunction"
"""Draws one lane of a swimlane: a function from a step and a pen to a cell, or such a function with a heading."""

Analysis: TypeAlias = "Callable[..., object]"
"""Answers one question: called with a journey or data, and options; a frozen result."""

Rule: TypeAlias = "Callable[..., object]"
"""Looks for one kind of weakness: called as ``rule(journey)``; findings."""

Display: TypeAlias = "Callable[..., dict[str, str]]"
"""Shows a value in a notebook: called with the value; texts by media type."""


Fits: TypeAlias = "Callable[[object], bool]"
"""Whether a value can be a plug-in of some kind at all."""


def _suffixes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Format:
    """A way to keep a journey as text; without ``loads`` it is only written, without ``dumps`` only read."""

    summary: str
    """One line for those who choose."""
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    """What file names of it end in, with the dot, in lower case: ``(".yaml", ".yml")``."""
    loads: Callable[[str, str], Journey] | None = None
    """The journey in a text; the second argument is what messages call the text, such as its file name."""
    dumps: Callable[[Journey], str] | None = None
    """The text of a journey: the same journey gives the same text."""


class Listing(Mapping[str, str]):
    """What there is of one kind: names, each with one line that says what it is.

    >>> "swimlane" in renderers()
    True
    """

    def __init__(self, names: Callable[[], tuple[str, ...]], summary: Callable[[str], str]) -> None:
        self._names = names
        self._summary = summary

    def __getitem__(self, name: str) -> str:
        if name not in self._names():
            raise KeyError(name)
        return self._summary(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(f"{name:<{width}}  {self[name]}".rstrip() for name in self)


class Registry(Generic[P]):
    """The plug-ins of one kind, by name (kebab-case)."""

    def __init__(self, kind: str, group: str, built_in: Mapping[str, str], fits: Fits = callable, is_a: str = "a function") -> None:
        self.kind = kind
        """What one of them is called in messages: ``renderer``."""
        self.group = group
        """The entry-point group: ``journeymap.renderers``."""
        self._built_in = dict(built_in)
        self._fits = fits
        self._is_a = is_a
        self._registered: dict[str, P] = {}

    def register(self, name: str, plugin: P) -> None:
        """Add one from code.

        The same definition run again (a notebook cell) replaces the old one; PluginError if another holds the name, or the
        name is not kebab-case, or what is to be added is no plug-in of this kind.
        """
        self.check_name(name)
        if not self._fits(plugin):
            raise PluginError(f"{shown(plugin)} cannot be the {self.kind} {name!r}; it has to be {self._is_a}")
        held = self._registered.get(name)
        if held is not None and held != plugin and not _same_definition(held, plugin):
            raise PluginError(f"the {self.kind} {name!r} is registered already, by {_place(held)}; choose another name")
        self._registered[name] = plugin

    def check_name(self, name: object) -> None:
        """PluginError if the name is not kebab-case."""
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            rule = f"use small letters, digits and single hyphens, such as 'my-{self.kind}'"
            raise PluginError(f"{shown(name)} cannot name a {self.kind}; {rule}")

    def unregister(self, name: str) -> None:
        """Take back what `register` added; nothing happens if it did not."""
        self._registered.pop(name, None)

    def __getitem__(self, name: str) -> P:
        """The plug-in of that name; UnknownName if there is none, PluginError if it does not load or is none of this kind."""
        if not isinstance(name, str):
            raise UnknownName(self.kind, name, self.names())
        if name in self._registered:
            return self._registered[name]
        if name in self._built_in:
            module, _, attribute = self._built_in[name].partition(":")
            return self._load(name, "journeymap itself", lambda: getattr(import_module(module), attribute))
        offered = [point for point in self._points() if point.name == name]
        if not offered:
            raise UnknownName(self.kind, name, self.names())
        if len({point.value for point in offered}) > 1:
            packages = " and ".join(sorted(_package(point) for point in offered))
            raise PluginError(f"the {self.kind} {name!r} is offered by {packages}; uninstall one of them")
        if not _NAME.fullmatch(name):
            rule = "names are small letters, digits and single hyphens"
            raise PluginError(f"the {self.kind} {name!r} of {_package(offered[0])} is misnamed; {rule}: tell its makers")
        return self._load(name, _package(offered[0]), offered[0].load)

    def __contains__(self, name: object) -> bool:
        return name in self._registered or name in self._built_in or any(point.name == name for point in self._points())

    def names(self) -> tuple[str, ...]:
        """Every name there is, sorted."""
        return tuple(sorted({*self._registered, *self._built_in, *(point.name for point in self._points())}))

    def summary(self, name: str) -> str:
        """One line on that plug-in: its ``summary``, else how its docstring begins; one that does not load says why.

        Packages that offer a name which is built in are told of too: theirs is not used.
        """
        try:
            plugin = self[name]
        except JourneyMapError as error:
            return f"(unusable) {error}"
        told = getattr(plugin, "summary", None)
        if not isinstance(told, str):
            told = inspect.getdoc(plugin) if callable(plugin) else None
        line = (told or "").partition("\n")[0].removesuffix(".")
        hidden = sorted({_package(point) for point in self._points() if point.name == name}) if name in self._built_in else []
        return f"{line} (unused: that of {' and '.join(hidden)}, since the name is built in)" if hidden else line

    def listing(self) -> Listing:
        """What there is now and later: it looks anew each time."""
        return Listing(self.names, self.summary)

    def _points(self) -> tuple[EntryPoint, ...]:
        from importlib.metadata import entry_points

        return tuple(entry_points(group=self.group))

    def _load(self, name: str, owner: str, load: Callable[[], object]) -> P:
        try:
            found = load()
        except JourneyMapError:
            raise
        except Exception as error:
            problem = " ".join(f"{type(error).__name__}: {error}".split())
            raise PluginError(f"the {self.kind} {name!r} of {owner} does not load: {problem}; update or reinstall that package") from error
        if not self._fits(found):
            kind = type(found).__name__
            raise PluginError(f"the {self.kind} {name!r} of {owner} is a {kind}; it has to be {self._is_a}: update or remove that package")
        return cast("P", found)


def _same_definition(one: object, other: object) -> bool:
    return callable(one) and callable(other) and _place(one) == _place(other)


def _place(plugin: object) -> str:
    named = plugin if hasattr(plugin, "__qualname__") else type(plugin)
    return f"{getattr(named, '__module__', '?')}.{getattr(named, '__qualname__', '?')}"


def _is_a(value: object, module: str, name: str) -> bool:
    """Whether the value is of that class, which is not imported for this: without it there can be no such value."""
    cls = getattr(sys.modules.get(module), name, None)
    return isinstance(cls, type) and isinstance(value, cls)


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
    {"json": "journeymap.io.json:JSON", "yaml": "journeymap.io.yaml:YAML"},
    lambda value: isinstance(value, Format),
    "a journeymap.plugins.Format",
)
THEMES: Registry[Theme] = Registry(
    "theme",
    "journeymap.themes",
    {"dark": "journeymap.scene.theme:DARK", "light": "journeymap.scene.theme:LIGHT"},
    lambda value: _is_a(value, "journeymap.scene.theme", "Theme"),
    "a journeymap.scene.theme.Theme",
)
LANES: Registry[Lane] = Registry(
    "lane",
    "journeymap.lanes",
    {
        "steps": "journeymap.renderers.swimlane.cells:STEPS",
        "emotion": "journeymap.renderers.swimlane.cells:EMOTION",
        "thoughts": "journeymap.renderers.swimlane.cells:THOUGHTS",
        "pains": "journeymap.renderers.swimlane.cells:PAINS",
        "opportunities": "journeymap.renderers.swimlane.cells:OPPORTUNITIES",
        "metrics": "journeymap.renderers.swimlane.cells:METRICS",
        "owners": "journeymap.renderers.swimlane.cells:OWNERS",
        "physical-evidence": "journeymap.renderers.swimlane.cells:PHYSICAL_EVIDENCE",
        "customer-actions": "journeymap.renderers.swimlane.cells:CUSTOMER_ACTIONS",
        "frontstage": "journeymap.renderers.swimlane.cells:FRONTSTAGE",
        "backstage": "journeymap.renderers.swimlane.cells:BACKSTAGE",
        "support": "journeymap.renderers.swimlane.cells:SUPPORT",
    },
    lambda value: callable(value) or _is_a(value, "journeymap.renderers.swimlane.lane", "Lane"),
    "a function of a step and a pen, or a journeymap.renderers.swimlane.Lane",
)
ANALYSES: Registry[Analysis] = Registry("analysis", "journeymap.analyses", {})
RULES: Registry[Rule] = Registry("rule", "journeymap.rules", {})
DISPLAYS: Registry[Display] = Registry("display", "journeymap.displays", {"journey": "journeymap.picture.notebook:journey_display"})
"""How a value that knows nothing of pictures shows itself in a notebook; not a kind for others to add to."""

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


def callable_package(name: str, listing: Callable[[], Listing]) -> None:
    """Let an imported package be called for its listing.

    ``jm.renderers()`` and the package ``journeymap.renderers`` share one name, and importing a package binds it over
    whatever the parent has there; so the package itself answers the call.
    """

    class Package(ModuleType):
        def __call__(self) -> Listing:
            return listing()

    sys.modules[name].__class__ = Package
