"""Journeys and atlases in documents: JSON, YAML and others; each format is a `journeymap.plugins.Format`."""

from journeymap.io.convert import convert
from journeymap.io.files import read, read_atlas, read_document, write
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.losses import LossReport, losses
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
