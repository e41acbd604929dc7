"""The parts of the page under the findings: what they hold, and which answer each table comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeymap import analysis
from journeymap.analysis import EvidenceCoverage, Friction, Handoffs, MomentsOfTruth, PossibleAnalyses, Staleness, TimeGaps
from journeymap.report.asking import Book
from journeymap.report.figures import Figure
from journeymap.report.values import Cell, Section, Table
from journeymap.report.wording import changes_between, joined, listed, plain_cautions, quoted

MOST_ROWS = 4
"""So many rows of a list stand on the page; the rest is in the data."""

_UNAVOIDABLE = "unavoidable"
_SHORTER = {
    "everyone who gets to the goal passes it": _UNAVOIDABLE,
    "an emotional low": "a striking low",
    "an emotional high": "a striking high",
}
_MOST_GAPS = 4
_ASKED_FIRST = ("conversion", "derived_importance", "funnel", "sentiment", "unavoidable", "variants")
"""Of the questions that some data would answer, those that tell most people why they should get them."""
_MOST_MOMENTS = 5
_VERDICTS = {
    "confirmed": "marked, confirmed",
    "contradicted": "marked, not confirmed",
    "undetected": "not marked",
}


def more(there: int, shown: int = MOST_ROWS) -> str:
    """A note on what a list leaves out; empty where it leaves out nothing."""
    return f"{there - shown:,} more in the data." if there > shown else ""


def moments_section(book: Book) -> Iterator[Section]:
    """Which moments decide, and whether they are those that are marked."""
    moments = book.of(MomentsOfTruth)
    if moments is None:
        marked = [touchpoint.name for touchpoint in book.journey.touchpoints if touchpoint.moment]
        if marked and book.refused("moments_of_truth"):
            lead = (
                f"Marked on the map: {listed(marked)}. Nothing else on the map can confirm them: it names no goal, and not enough emotions."
            )
            yield Section(title="Moments of truth", lead=lead)
        return
    found = [(moment, _reasons(book, moment.reasons)) for moment in moments.moments if moment.verdict]
    rows = [(m.name, _VERDICTS[m.verdict], ", ".join(why)) for m, why in found if m.declared or why != [_UNAVOIDABLE]]
    if not rows:
        return
    yield Section(
        title="Moments of truth",
        lead="The steps that decide: those shortly before the goal, those that nobody can avoid, and those that are felt most.",
        tables=[
            Table(
                columns=("Moment", "On the map", "Why it counts"),
                rows=rows[:_MOST_MOMENTS],
                function="moments_of_truth",
                note=more(len(rows), _MOST_MOMENTS),
            )
        ],
        cautions=plain_cautions(moments),
    )


def _reasons(book: Book, reasons: Sequence[str]) -> list[str]:
    """Each reason once, without the decimals of a height: whatever nobody can avoid, everyone passes."""
    everyone = any(reason.startswith("everyone") for reason in reasons)
    told = [next((short for long, short in _SHORTER.items() if reason.startswith(long)), reason) for reason in reasons]
    for goal in (touchpoint.name for touchpoint in book.journey.touchpoints if touchpoint.goal):
        told = [reason.replace(repr(goal), quoted(goal)) for reason in told]
    return [reason for reason in told if not (everyone and reason.startswith("100 %"))]


def waits_section(book: Book) -> Iterator[Section]:
    """Where customers wait."""
    gaps = book.of(TimeGaps)
    if gaps is None:
        return
    rows: list[tuple[Cell, ...]] = []
    for place, gap in enumerate(gaps.gaps[:MOST_ROWS]):
        share: Cell = "unknown" if gap.share is None else book.figure(gaps, f"gaps[{place}].share", "share")
        ways = [book.figure(gaps, f"gaps[{place}].{part}", "hours") for part in ("median", "longest")]
        ways.append(book.figure(gaps, f"gaps[{place}].business_median", "open hours"))
        rows.append((book.name(gap.source), book.name(gap.target), *ways, share))
    yield Section(
        title="Gaps of time",
        lead="How long customers wait between one step and the next.",
        tables=[
            Table(
                columns=("After", "Before", "Usually", "At most", "Open hours", "Of all time"),
                rows=rows,
                function="time_gaps",
                note=" ".join(
                    part for part in ("Opening hours: Monday to Friday, 9 to 17; a working day has 8 hours.", more(len(gaps.gaps))) if part
                ),
            )
        ],
        cautions=plain_cautions(gaps),
    )


def handoffs_section(book: Book) -> Iterator[Section]:
    """Where customers are passed on, and where it hurts."""
    friction, passed = book.of(Friction), book.of(Handoffs)
    tables = []
    figures: list[Figure] = []
    lead = "Where the customer is passed on, or has to change the channel, and why it hurts."
    if passed is not None and passed.value is not None and passed.value > 0:
        lead, figures = _owners(book, passed)
        if passed.mistaken:
            lead += f" Customers take somebody else for the owner at {listed([book.name(step) for step in passed.mistaken])}."
    if friction is not None and friction.points:
        told = [(book.name(p.source), book.name(p.target), changes_between(book, p)) for p in friction.points[:MOST_ROWS]]
        note = more(len(friction.points))
        tables.append(Table(columns=("From", "To", "Why it hurts"), rows=told, function="friction", note=note))
    if tables or figures:
        cautions = plain_cautions(friction) if friction is not None else plain_cautions(passed) if passed is not None else ()
        yield Section(title="Handoffs", lead=lead, figures=figures, tables=tables, cautions=cautions)


def _owners(book: Book, passed: Handoffs) -> tuple[str, list[Figure]]:
    """How often the owner changes, as far as owners are named."""
    if passed.with_unknown * 2 > passed.handoffs:
        unknown, ways = book.figure(passed, "with_unknown", "count"), book.figure(passed, "n", "count")
        told = f"At {unknown} of {ways} ways from one step to the next the map does not say who owns both sides, so nobody knows how often"
        return f"{told} the owner changes.", [unknown, ways]
    share = book.figure(passed, "value", "share", n=passed.n)
    of = "" if " of " in share.shown else "of the "
    lead = f"The owner changes at {share} {of}ways from one step to the next."
    first = passed.matrix[0] if passed.matrix else None
    if first is None or "unknown" in {first.source, first.target}:
        return lead, [share]
    times = book.figure(passed, "matrix[0].count", "count")
    return f"{lead} Most often from {first.source} to {first.target} (ways on the map: {times}).", [share, times]


def evidence_section(book: Book) -> Iterator[Section]:
    """What the map rests on."""
    coverage, age = book.of(EvidenceCoverage), book.of(Staleness)
    if coverage is None or coverage.value is None:
        return
    figures = [book.figure(coverage, path, "share", n=coverage.n) for path in ("value", "empirical_coverage", "triangulated_share")]
    of = "" if " of " in figures[0].shown else "of the "
    lead = (
        f"{figures[0]} {of}steps have a source, {figures[1]} one in which customers have a voice, {figures[2]} two or more methods that "
        "can confirm each other."
    )
    if coverage.assumption_share is not None:
        figures.append(book.figure(coverage, "assumption_share", "share", n=len(coverage.claims)))
        of = "" if " of " in figures[-1].shown else "of the "
        lead += f" {figures[-1]} {of}claims of the map (steps, pains, ideas, personas, metrics) have no voice of customers behind them."
    if coverage.contradicted:
        lead += f" Sources contradict one another, or the map, on {listed(_claims(coverage, coverage.contradicted))}."
    if coverage.stale:
        lead += f" Out of date: {listed(_claims(coverage, coverage.stale))}."
    tables = [_sources(book, age)] if age is not None and age.sources else []
    yield Section(title="The evidence behind it", lead=lead, figures=figures, tables=tables, cautions=plain_cautions(coverage))


def _claims(coverage: EvidenceCoverage, ids: tuple[str, ...]) -> list[str]:
    names = {claim.id: claim.name for claim in coverage.claims}
    return [names.get(claim, claim) for claim in ids]


def _sources(book: Book, age: Staleness) -> Table:
    kinds = {source.id: (str(source.kind or "kind unknown"), source.n) for source in book.journey.sources}
    rows = []
    for source in age.sources[:MOST_ROWS]:
        kind, n = kinds[source.id]
        day = source.date.isoformat() if source.date else "no date"
        rows.append((source.name, kind, f"{n:,}" if n is not None else "unknown", day))
    note = f"The evidence is {_LIGHTS[age.status]}: {'; '.join(age.why)}." if age.why else f"The evidence is {_LIGHTS[age.status]}."
    return Table(
        title="Sources",
        columns=("Source", "Kind", "How many", "Collected"),
        rows=rows,
        function="staleness",
        note=f"{note} {more(len(age.sources))}".strip(),
    )


_LIGHTS = {"green": "fresh", "amber": "not quite fresh", "red": "worn out or undated"}


def missing_section(book: Book) -> Iterator[Section]:
    """What the data of this map does not permit, and what to add."""
    possible = book.of(PossibleAnalyses)
    if possible is None:
        return
    there, all_of_them = book.figure(possible, "value", "count"), book.figure(possible, "n", "count")
    rows = []
    for words, count in possible.worth_adding[:_MOST_GAPS]:
        unlocked = [row.analysis for row in possible.questions if row.missing == (words,)]
        unlocked.sort(key=lambda name: (name not in _ASKED_FIRST, name))
        question = next(filter(None, map(_question, unlocked)), "")
        rest = f" And {count - 1} more." if count > 1 else ""
        rows.append((words, f"{question}{rest}" if question else joined(unlocked)))
    lead = f"Of {all_of_them} questions that journeymap knows, this map has the data for {there}. What would help most:"
    yield Section(
        title="What this map cannot tell yet",
        lead=lead,
        figures=[there, all_of_them],
        tables=[Table(columns=("Add", "And it can answer"), rows=rows, function="possible_analyses")] if rows else (),
    )


def _question(function: str) -> str:
    """The question that a function answers; empty where its documentation begins otherwise."""
    line = (getattr(getattr(analysis, function, None), "__doc__", None) or "").partition("\n")[0]
    return line if line.endswith("?") else ""
