"""Journeys as tables: one place for their rows and columns, whatever they are written to and read from."""

from journeymap.io.tables.frame import from_table
from journeymap.io.tables.value import Table, table

__all__ = ["Table", "from_table", "table"]
