"""Journeys as Markdown: a document that people read and write, of which nothing is lost."""

from __future__ import annotations

from journeymap.io.examine import examined
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.markdown.blocks import blocks
from journeymap.io.markdown.reading import Reader
from journeymap.io.markdown.writing import markdown_text
from journeymap.io.problems import Report
from journeymap.io.tree import nothing_to_collect
from journeymap.model import Atlas, Journey
from journeymap.plugins import Format

__all__ = ["MARKDOWN", "dumps", "loads"]


@nothing_to_collect()
def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey that a Markdown document tells.

    DocumentError tells all that is wrong with it, each problem with its line.
    """
    report = Report(source, limits.problems)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    tree, place = Reader(report).journey(blocks(lines, report, limits))
    return examined(tree, place, report)


@nothing_to_collect()
def dumps(journey: Journey) -> str:
    """The Markdown document of a journey; the same for the same journey."""
    return markdown_text(journey)


MARKDOWN = Format(summary="Markdown: lossless, for people to read", suffixes=(".md", ".markdown"), loads=loads, dumps=dumps)
