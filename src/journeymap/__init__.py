"""Customer journey maps as typed values: read, analyse, draw.

>>> import journeymap as jm
>>> journey = jm.Journey("Buy a bike", [
...     jm.Stage("Discover", [jm.Touchpoint("Sees an advert", channel="social", emotion=1)]),
...     jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2, moment="fmot"), jm.Touchpoint("Pays", emotion=-1)]),
... ])
>>> picture = jm.render(journey, "swimlane")
>>> picture.to("svg")[:5]
b'<?xml'

The names below are loaded on first use, so importing this package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymap import analysis
    from journeymap.errors import (
        AnalysisError,
        DocumentError,
        DoubtfulAnswer,
        FileError,
        JourneyMapError,
        MissingExtra,
        ModelError,
        NotEnoughData,
        PluginError,
        Problem,
        RenderError,
        ScaleMismatch,
        UnknownName,
    )
    from journeymap.io import dumps, loads, read, write
    from journeymap.model import (
        Activity,
        Channel,
        Emotion,
        Evidence,
        Journey,
        Link,
        Metric,
        MomentOfTruth,
        Opportunity,
        PainPoint,
        Persona,
        Range,
        Scale,
        Source,
        Span,
        Stage,
        Touchpoint,
        Transition,
    )
    from journeymap.picture import Picture, render
    from journeymap.plugins import Format, backend, backends, format, formats, lane, lanes, renderer, renderers, theme, themes

    __version__: str

__all__ = [
    "Activity",
    "AnalysisError",
    "Channel",
    "DocumentError",
    "DoubtfulAnswer",
    "Emotion",
    "Evidence",
    "FileError",
    "Format",
    "Journey",
    "JourneyMapError",
    "Link",
    "Metric",
    "MissingExtra",
    "ModelError",
    "MomentOfTruth",
    "NotEnoughData",
    "Opportunity",
    "PainPoint",
    "Persona",
    "Picture",
    "PluginError",
    "Problem",
    "Range",
    "RenderError",
    "Scale",
    "ScaleMismatch",
    "Source",
    "Span",
    "Stage",
    "Touchpoint",
    "Transition",
    "UnknownName",
    "__version__",
    "analysis",
    "backend",
    "backends",
    "dumps",
    "format",
    "formats",
    "lane",
    "lanes",
    "loads",
    "read",
    "render",
    "renderer",
    "renderers",
    "theme",
    "themes",
    "write",
]

_HOMES = {
    "errors": "AnalysisError DocumentError DoubtfulAnswer FileError JourneyMapError MissingExtra ModelError NotEnoughData PluginError "
    "Problem RenderError ScaleMismatch UnknownName",
    "io": "dumps loads read write",
    "model": "Activity Channel Emotion Evidence Journey Link Metric MomentOfTruth Opportunity PainPoint Persona Range Scale Source Span "
    "Stage Touchpoint Transition",
    "picture": "Picture render",
    "plugins": "Format backend format formats lane lanes renderer theme themes",
}
_PACKAGES = ("analysis", "backends", "renderers")
"""Answer to their own names; the last two are callable (see `journeymap.plugins.callable_package`)."""

if not TYPE_CHECKING:  # else a type checker would take any name for one that is there

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _PACKAGES:
            return import_module(f"{__name__}.{name}")
        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None and name != "__version__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = _version() if home is None else getattr(import_module(f"{__name__}.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return list(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:
        return "0+unknown"
