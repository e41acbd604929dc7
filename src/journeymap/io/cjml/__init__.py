"""Journeys as CJML 2.0, the Customer Journey Modelling Language (SINTEF): planned journeys and actual ones."""

from __future__ import annotations

from journeymap.errors import DocumentError, Problem, shown
from journeymap.io.cjml.elements import root_of
from journeymap.io.cjml.names import VERSION
from journeymap.io.cjml.reading import JOURNEYS, JourneyReader
from journeymap.io.cjml.writing import cjml_text
from journeymap.io.limits import LIMITS, Limits
from journeymap.io.numbering import Ids
from journeymap.io.problems import Report
from journeymap.model import Atlas, Journey
from journeymap.plugins import Format

__all__ = ["CJML", "dumps", "findings", "loads"]


def loads(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> Journey | Atlas:
    """The journey that a CJML document holds, or the atlas of several.

    What refers to nothing is kept, and told under ``cjml-findings`` in the journey's ``extra``. DocumentError tells all that
    is wrong, each problem with its line.
    """
    journeys = [reader.journey() for reader in _readers(text, source, limits)]
    if len(journeys) == 1:
        return journeys[0]
    ids = Ids(fallback="journey")
    return Atlas("CJML", [journey.replace(id=ids.give(journey.name, exact=journey.id)) for journey in journeys])


def findings(text: str, source: str = "<text>", *, limits: Limits = LIMITS) -> tuple[Problem, ...]:
    """What a CJML document refers to and does not hold, and what of it is not read: each with its path and line.

    DocumentError as for reading it.
    """
    readers = _readers(text, source, limits)
    for reader in readers:
        reader.journey()
    found = [finding for reader in readers for finding in reader.findings]
    return tuple(problem for _, problem in sorted(found, key=lambda finding: finding[0]))


def dumps(journey: Journey) -> str:
    """The CJML document of a journey; actual if ``extra["cjml-journey"]`` is ``"actual"``, else planned."""
    return cjml_text(journey)


def _readers(text: str, source: str, limits: Limits) -> list[JourneyReader]:
    report = Report(source, limits.problems)
    root = root_of(text, report, limits)
    if root.name != "CJML":
        report.break_off(f"the outermost element is {shown(root.name)}, not 'CJML'", root.position)
    version = root.attributes.get("version", VERSION)
    if version != VERSION:
        report.add("", f"CJML {shown(version)} is not {VERSION}, the version that is read here", root.position)
        report.stop()
    held = [child for child in root.children if child.name in JOURNEYS]
    if not held:
        raise DocumentError(source, [Problem("", "there is no plannedJourney and no actualJourney in it; give one", root.position[0])])
    return [JourneyReader(child, child.name if len(held) == 1 else f"{child.name}[{i}]", report) for i, child in enumerate(held)]


CJML = Format(summary="CJML 2.0: planned and actual journeys, as XML", suffixes=(".cjml", ".xml"), loads=loads, dumps=dumps)
