"""The command line, ``journeymap``: one module a command."""

from journeymap.cli.program import main

__all__ = ["main"]
