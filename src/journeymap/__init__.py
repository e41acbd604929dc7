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
    from journeymap import analysis, io
    from journeymap.discovery import EventLog, discover
    from journeymap.errors import (
        AnalysisError,
        DocumentError,
        DoubtfulAnswer,
        FileError,
        JourneyMapError,
        MergeConflict,
        MissingExtra,
        ModelError,
        NotEnoughData,
        PluginError,
        Problem,
        RenderError,
        ScaleMismatch,
        UnknownName,
    )
    from journeymap.io import LossReport, Table, convert, dumps, from_table, loads, loads_atlas, losses, read, read_atlas, table, write
    from journeymap.model import (
        Activity,
        Atlas,
        AtlasLink,
        Channel,
        Conflict,
        Diff,
        Emotion,
        Evidence,
        Journey,
        Link,
        Merged,
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
        diff,
        merge,
        touchpoints,
    )
    from journeymap.picture import Picture, render
    from journeymap.plugins import (
        Format,
        analyses,
        backend,
        backends,
        format,
        formats,
        lane,
        lanes,
        question,
        renderer,
        renderers,
        theme,
        themes,
    )
    from journeymap.report import Report, report

    __version__: str

__all__ = [
    "Activity",
    "AnalysisError",
    "Atlas",
    "AtlasLink",
    "Channel",
    "Conflict",
    "Diff",
    "DocumentError",
    "DoubtfulAnswer",
    "Emotion",
    "EventLog",
    "Evidence",
    "FileError",
    "Format",
    "Journey",
    "JourneyMapError",
    "Link",
    "LossReport",
    "MergeConflict",
    "Merged",
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
    "Report",
    "Scale",
    "ScaleMismatch",
    "Source",
    "Span",
    "Stage",
    "Table",
    "Touchpoint",
    "Transition",
    "UnknownName",
    "__version__",
    "analyses",
    "analysis",
    "backend",
    "backends",
    "convert",
    "diff",
    "discover",
    "dumps",
    "format",
    "formats",
    "from_table",
    "io",
    "lane",
    "lanes",
    "loads",
    "loads_atlas",
    "losses",
    "merge",
    "question",
    "read",
    "read_atlas",
    "render",
    "renderer",
    "renderers",
    "report",
    "table",
    "theme",
    "themes",
    "touchpoints",
    "write",
]

_HOMES = {
    "discovery": "EventLog discover",
    "errors": "AnalysisError DocumentError DoubtfulAnswer FileError JourneyMapError MergeConflict MissingExtra ModelError "
    "NotEnoughData PluginError Problem RenderError ScaleMismatch UnknownName",
    "io": "LossReport Table convert dumps from_table loads loads_atlas losses read read_atlas table write",
    "model": "Activity Atlas AtlasLink Channel Conflict Diff Emotion Evidence Journey Link Merged Metric MomentOfTruth Opportunity "
    "PainPoint Persona Range Scale Source Span Stage Touchpoint Transition diff merge touchpoints",
    "picture": "Picture render",
    "plugins": "Format analyses backend format formats lane lanes question renderer theme themes",
    "report": "Report",
}
_PACKAGES = ("analysis", "io", "backends", "renderers", "report")
"""Answer to their own names; all but the first two are callable (see `journeymap.plugins.callable_package`)."""

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
