"""Journeys as Mermaid's ``journey`` diagrams.

Read as ``mermaid``, a text is exactly what Mermaid makes of it, oddities included; read as ``mermaid-strict``, all that
Mermaid loses or misreads is an error with its line and column.
"""

from __future__ import annotations

from journeymap.io.limits import LIMITS, Limits
from journeymap.io.mermaid.diagram import Diagram, Task, parse
from journeymap.io.mermaid.reading import journey_of
from journeymap.io.mermaid.strict import refuse_losses
from journeymap.io.mermaid.writing import mermaid_text
from journeymap.model import Journey
from journeymap.plugins import Format

__all__ = ["MERMAID", "STRICT", "Diagram", "Task", "dumps", "loads", "loads_strictly", "parse"]


def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey:
    """The journey that Mermaid reads in a text; DocumentError, with line and column, where Mermaid reads none."""
    return journey_of(parse(text, source, limits=limits))


def loads_strictly(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey:
    """The journey in a text of which Mermaid loses nothing; DocumentError tells all that it would lose or misread."""
    refuse_losses(text, source, limits)
    return loads(text, source, limits=limits)


def dumps(journey: Journey) -> str:
    """The Mermaid text of a journey; the same for the same journey."""
    return mermaid_text(journey)


MERMAID = Format(summary="Mermaid: a user journey, read just as Mermaid reads it", suffixes=(".mmd", ".mermaid"), loads=loads, dumps=dumps)
STRICT = Format(summary="Mermaid, read only where nothing gets lost", suffixes=(), loads=loads_strictly)
