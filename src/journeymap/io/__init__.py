"""Journeys as text: JSON, YAML, and what plug-ins add; each format is a `journeymap.plugins.Format`."""

from journeymap.io.files import read, write
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.texts import dumps, loads
from journeymap.plugins import Format

__all__ = ["LIMITS", "Format", "Limits", "dumps", "loads", "read", "write"]
