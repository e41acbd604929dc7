"""Journeys and atlases in documents: JSON, YAML and others; each format is a `journeymap.plugins.Format`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.io.convert import convert
from journeymap.io.files import read, read_atlas, read_document, write
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.losses import LossReport, losses
from journeymap.io.tables import Table, from_table, table
from journeymap.io.texts import dumps, loads, loads_atlas, loads_document
from journeymap.plugins import Format

if TYPE_CHECKING:
    from journeymap.io.schema import Node

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


def json_schema() -> Node:
    """The JSON Schema (draft 2020-12) of documents in JSON and YAML, as plain lists and mappings, made from the model.

    ``journeymap schema`` writes it to a file, with which an editor completes and checks a map.
    """
    from journeymap.io.schema import schema

    return schema()
