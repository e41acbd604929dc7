"""Journeys and atlases as YAML."""

from __future__ import annotations

from journeymap.io.codec import tree_of
from journeymap.io.examine import examined
from journeymap.io.json import quickly
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.loss import nothing
from journeymap.io.problems import Report
from journeymap.io.tree import nothing_to_collect
from journeymap.io.yaml_text import yaml_text
from journeymap.io.yaml_tree import yaml_tree
from journeymap.model import Atlas, Journey
from journeymap.plugins import Format


@nothing_to_collect()
def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey or atlas that a YAML document holds.

    DocumentError tells all that is wrong with it, each problem with its path and line.
    """
    text = text.removeprefix("\ufeff")
    held = quickly(text, limits) if text.lstrip().startswith("{") else None  # JSON is YAML, and may be indented by tabs
    if held is None:
        report = Report(source, limits.problems)
        built = yaml_tree(text, report, limits)
        held = examined(built.root, built.place, report)
    return held


@nothing_to_collect()
def dumps(held: Journey | Atlas) -> str:
    """The YAML document of a journey or atlas, with quotes only where they are needed; the same for the same journey."""
    return yaml_text(tree_of(held))


YAML = Format(summary="YAML: lossless, for people", suffixes=(".yaml", ".yml"), loads=loads, dumps=dumps, dumps_atlas=dumps, losses=nothing)
