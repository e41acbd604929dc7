"""The one door to packages that not everybody has installed: scipy (extra ``stats``) and nanoarrow (extra ``events``)."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

from journeymap.errors import MissingExtra

_EXTRA_OF = {"scipy": "stats", "vaderSentiment": "stats", "nanoarrow": "events"}


def extra(module: str, purpose: str) -> ModuleType:
    """That module of an optional package; MissingExtra names the extra that brings it, and what it was needed for."""
    loaded = sys.modules.get(module)
    if loaded is not None:
        return loaded
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(purpose, _EXTRA_OF[module.partition(".")[0]]) from error
