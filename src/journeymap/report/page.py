"""The report: one page that a team would read in a meeting, with the way back from each number to the question that gave it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from html import escape
from pathlib import Path

from attrs import frozen

from journeymap.analysis import EmotionCurve, EvidenceCoverage
from journeymap.analysis.result import Json
from journeymap.errors import AnalysisError, UnknownName, shown
from journeymap.io.files import write_atomically
from journeymap.model import Journey
from journeymap.report.asking import Book, asked
from journeymap.report.data import report_data
from journeymap.report.findings import found
from journeymap.report.others import as_names, others
from journeymap.report.remedies import remedies_section
from journeymap.report.sections import evidence_section, handoffs_section, missing_section, moments_section, waits_section
from journeymap.report.values import Answer, Finding, Other, Section

SUFFIXES = (".md", ".html", ".json")
"""What a report can be saved as."""


@frozen(kw_only=True, repr=False)
class Report:
    """What a journey's data say, for a meeting. `journeymap.report` makes one.

    In a notebook it shows itself.
    """

    journey: Journey
    """The map that was asked: that of one persona, where one is named."""
    scope: str
    """Whose journey it is, which version, from when."""
    trust: str
    """How far to trust it, in a sentence or two."""
    findings: tuple[Finding, ...]
    """What matters most, five at most; `journeymap.report.findings` says by which rule."""
    sections: tuple[Section, ...]
    """The parts under the findings."""
    others: tuple[Other, ...]
    """What plug-ins answer, and what was asked for by name beyond the standard page."""
    answers: tuple[Answer, ...]
    """Every question that was asked, with its whole answer or the reason why there is none."""
    is_whole: bool = True
    """Whether everything was asked, not only what ``only`` named."""

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The questions whose answers ``strict`` refused for their warnings."""
        refused = [answer.function for answer in self.answers if answer.doubtful]
        return tuple(dict.fromkeys([*refused, *(other.name.replace("-", "_") for other in self.others if other.doubtful)]))

    def to_dict(self) -> dict[str, Json]:
        """Everything as JSON-ready data, with the whole answer behind each number."""
        return report_data(
            name=self.journey.name,
            scope=self.scope,
            trust=self.trust,
            findings=self.findings,
            sections=self.sections,
            others=self.others,
            answers=self.answers,
        )

    def to_json(self) -> str:
        """`to_dict` as a JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def to_markdown(self) -> str:
        """The report in Markdown, without the picture."""
        from journeymap.report.markdown import markdown

        return markdown(self)

    def to_text(self, *, width: int = 80) -> str:
        """The report for a terminal of so many columns."""
        from journeymap.report.terminal import terminal

        return terminal(self, width=width)

    def to_html(self) -> str:
        """The report as a page by itself: light or dark as the reader's screen is, and fit to be printed on A4."""
        from journeymap.report.html import html

        return html(self)

    def to(self, suffix: str) -> bytes:
        """The bytes of a file of that kind: ``.md``, ``.html`` or ``.json``; UnknownName for another."""
        makers = dict(zip(SUFFIXES, (self.to_markdown, self.to_html, self.to_json), strict=True))
        name = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
        if name not in makers:
            raise UnknownName("kind of report", suffix, SUFFIXES)
        return makers[name]().encode("utf-8", "backslashreplace")

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the report to a file, whole or not at all; its suffix, ``.md``, ``.html`` or ``.json``, chooses.

        UnknownName for another suffix, FileError if the file cannot be written.
        """
        write_atomically(path, self.to(Path(path).suffix))

    def __repr__(self) -> str:
        count = len(self.findings)
        return f"<Report on {self.journey.name!r}: {count} finding{'' if count == 1 else 's'}, {len(self.sections)} sections>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that neither its styles nor those of the notebook disturb the other."""
        page, title = escape(self.to_html(), quote=True), escape(repr(self), quote=True)
        return f'<iframe title="{title}" srcdoc="{page}" style="width:100%;height:48rem;border:0"></iframe>'


def report(
    journey: Journey,
    *,
    persona: str | None = None,
    capacity: float | Sequence[float] | None = None,
    only: Collection[str] | None = None,
    strict: bool = False,
) -> Report:
    """What a journey's data say, on one page: the findings that matter, what to do, and what it all rests on.

    ``persona`` is the id of the one whose journey it is about; ``capacity`` how many person-months fit into a phase of the
    roadmap (one number, or one for each phase; unless given, a third of all effort). ``only`` names the questions that are
    asked, as `journeymap.analyses` lists them; ``strict`` leaves out every answer that carries a warning. Analyses that
    were added by `journeymap.question` or by a package are asked too. UnknownName for a persona or question that is not there.

    >>> import journeymap as jm
    >>> journey = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=1), jm.Touchpoint("Pays", emotion=-2)])])
    >>> jm.report(journey).findings[0].title
    'The low point is ‘Pays’'
    """
    if not isinstance(journey, Journey):
        raise AnalysisError(f"{shown(journey)} is not a Journey; read one with journeymap.read, or make one")
    if isinstance(only, str):
        only = [only]
    subject = journey if persona is None else _of_persona(journey, persona)
    names = None if only is None else as_names(only)
    wanted = None if names is None else {name.replace("-", "_") for name in names}
    book = asked(subject, only=wanted, strict=strict, capacity=capacity)
    makers = (remedies_section, waits_section, moments_section, handoffs_section, evidence_section, missing_section)
    return Report(
        journey=subject,
        scope=_scope(journey, persona),
        trust=_trust(book),
        findings=found(book),
        sections=tuple(section for maker in makers for section in maker(book)),
        others=tuple(others(subject, only=names, strict=strict)),
        answers=book.answers,
        is_whole=only is None,
    )


def _of_persona(journey: Journey, persona: str) -> Journey:
    known = [known.id for known in journey.personas]
    if persona not in known:
        raise UnknownName("persona", persona, known)
    return journey.for_persona(persona)


def _scope(journey: Journey, persona: str | None) -> str:
    who = [known.name for known in journey.personas if persona is None or known.id == persona]
    count = f"{len(journey.stages)} stage{'' if len(journey.stages) == 1 else 's'}"
    steps = f"{len(journey.touchpoints)} step{'' if len(journey.touchpoints) == 1 else 's'}"
    told = [
        journey.organisation,
        " and ".join(who) if 0 < len(who) <= 2 else f"{len(who)} personas" if who else "",
        f"{count}, {steps}",
        f"version {journey.version}" if journey.version else "",
        f"updated {journey.updated.isoformat()}" if journey.updated else "",
        f"owner: {journey.owner}" if journey.owner else "",
    ]
    return " · ".join(part for part in told if part)


def _trust(book: Book) -> str:
    coverage, curve = book.of(EvidenceCoverage), book.of(EmotionCurve)
    if coverage is None or coverage.empirical_coverage is None:
        return ""
    if coverage.empirical_coverage == 0:
        return "No step has evidence from customers: read everything below as a hypothesis, good for deciding what to ask them."
    if coverage.empirical_coverage < 1:
        return "Some steps have no evidence from customers; what rests mostly on those is called a hypothesis."
    firm = "Every step has evidence from customers."
    if not coverage.triangulated_share:
        firm += " All of it comes from one method, so what that method cannot see is missing."
    return firm if curve is None or curve.grade == "firm" else f"{firm} What to be careful about stands beside each finding."
