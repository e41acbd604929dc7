"""The plug-ins of one kind by name: registered in code, then built in, then offered by installed packages."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar, cast

from journeymap.errors import JourneyMapError, PluginError, UnknownName, shown

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

P = TypeVar("P")

_NAME = re.compile("[a-z0-9]+(-[a-z0-9]+)*")

Fits: TypeAlias = "Callable[[object], bool]"
"""Whether a value can be a plug-in of some kind at all."""


class Listing(Mapping[str, str]):
    """What there is of one kind: names, each with one line that says what it is.

    >>> import journeymap as jm
    >>> "swimlane" in jm.renderers()
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
        self._offered: tuple[tuple[tuple[str, int | None], ...], tuple[EntryPoint, ...]] | None = None

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

    def added(self) -> tuple[str, ...]:
        """The names that are not built in, sorted."""
        return tuple(name for name in self.names() if name not in self._built_in)

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
        """What installed packages offer; they are read again where a folder of ``sys.path`` has changed."""
        from importlib.metadata import entry_points

        state = tuple((place, _changed(place)) for place in sys.path)
        if self._offered is None or self._offered[0] != state:
            self._offered = (state, tuple(entry_points(group=self.group)))
        return self._offered[1]

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


def _changed(place: str) -> int | None:
    """When something was last put into a folder or taken out of it; None where there is none."""
    try:
        return Path(place).stat().st_mtime_ns
    except (OSError, ValueError):
        return None


def _same_definition(one: object, other: object) -> bool:
    return callable(one) and callable(other) and _place(one) == _place(other)


def _place(plugin: object) -> str:
    named = plugin if hasattr(plugin, "__qualname__") else type(plugin)
    return f"{getattr(named, '__module__', '?')}.{getattr(named, '__qualname__', '?')}"


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value
