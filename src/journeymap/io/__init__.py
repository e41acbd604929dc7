"""Journeys and atlases in documents: JSON, YAML and others; each format is a `journeymap.plugins.Format`.

The names below are loaded on first use: who writes a picture to a file needs none of what reads journeys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymap.io.conversion import convert
    from journeymap.io.files import read, read_atlas, read_document, write
    from journeymap.io.limits import LIMITS, Limits
    from journeymap.io.loss import LossReport, losses
    from journeymap.io.schema import json_schema
    from journeymap.io.tables import Table, from_table, table
    from journeymap.io.texts import dumps, loads, loads_atlas, loads_document
    from journeymap.plugins import Format

__all__ = [
    "LIMITS",
    "Format",
    "Limits",
    "LossReport",
    "Table",
    "convert",
    "dumps",
    "from_table",
    "json_schema",
    "loads",
    "loads_atlas",
    "loads_document",
    "losses",
    "read",
    "read_atlas",
    "read_document",
    "table",
    "write",
]

_HOMES = {
    "io.conversion": "convert",
    "io.files": "read read_atlas read_document write",
    "io.limits": "LIMITS Limits",
    "io.loss": "LossReport losses",
    "io.schema": "json_schema",
    "io.tables": "Table from_table table",
    "io.texts": "dumps loads loads_atlas loads_document",
    "plugins": "Format",
}

if not TYPE_CHECKING:  # else a type checker would take any name for one that is there

    def __getattr__(name: str) -> object:
        from importlib import import_module

        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"journeymap.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return list(__all__)
