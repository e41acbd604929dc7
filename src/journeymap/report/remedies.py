"""What to do: from pains over needs and ideas to the roadmap, each table from its own question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve

from journeymap.analysis import ImpactEffort, OpportunityScore, Pareto, Roadmap
from journeymap.model import SEVERITIES, Opportunity, Range
from journeymap.report.asking import Book, spread
from journeymap.report.figures import Figure
from journeymap.report.sections import MOST_ROWS, more
from journeymap.report.values import Cell, Section, Table
from journeymap.report.wording import listed, plain_cautions, quoted

_BANDS = {
    "extreme": "extremely underserved",
    "high": "highly underserved",
    "solid": "underserved",
    "appropriately served": "served as it should be",
    "overserved": "served more than it matters",
}
_MOST_PLANNED = 8
_CORNERS = {
    "quick win": "quick win: much for little",
    "big bet": "big bet: much for much",
    "fill-in": "fill-in: little for little",
    "thankless": "little for much",
}


def remedies_section(book: Book) -> Iterator[Section]:
    """What to do."""
    tables = [*_pains(book), *_needs(book), *_ideas(book), *_roadmap(book)]
    if not tables:
        return
    found = [result for result in (book.of(Pareto), book.of(OpportunityScore), book.of(ImpactEffort), book.of(Roadmap)) if result]
    lead, figures = _lead(book)
    cautions = dict.fromkeys(line for result in found for line in plain_cautions(result))
    yield Section(title="What to do", lead=lead, figures=figures, tables=tables, cautions=cautions)


def _lead(book: Book) -> tuple[str, list[Figure]]:
    plan, ideas = book.of(Roadmap), book.of(ImpactEffort)
    if plan is not None and plan.phases:
        first = [row.name for row in plan.rows if row.phase == 1]
        if not first:
            return "No idea fits into a phase; give a larger capacity, or cut the ideas smaller.", []
        return f"Begin with {listed(first)}.", []
    if ideas is not None:
        wins = [row.name for row in ideas.rows if row.quadrant == "quick win"]
        return (f"Quick wins: {listed(wins)}." if wins else "There are no quick wins among the ideas."), []
    held = list(book.journey.all_opportunities())
    if held and book.refused("impact_effort"):
        return "The ideas cannot be put in order yet: that takes an estimate of impact and of effort for each.", []
    return "", []


def _pains(book: Book) -> Iterator[Table]:
    eased: dict[str, list[str]] = {}
    for idea in book.journey.all_opportunities():
        for pain in idea.addresses:
            eased.setdefault(pain, []).append(idea.name)
    pareto = book.of(Pareto)
    if pareto is not None:
        rows: list[tuple[Cell, ...]] = []
        for place, row in enumerate(pareto.rows[:MOST_ROWS]):
            share = book.figure(pareto, f"rows[{place}].share", "share")
            often: Cell = "unknown" if row.frequency is None else book.figure(pareto, f"rows[{place}].frequency", "share")
            severity = SEVERITIES[int(row.severity) - 1] if row.severity else "unknown"
            rows.append((row.name, severity, often, share, _by(eased, row.id)))
        columns = ("Pain", "How bad", "Customers who meet it", "Of all trouble", "Eased by")
        yield Table(
            title="What hurts",
            columns=columns,
            rows=rows,
            function="pareto",
            note=f"Trouble is how severe a pain is, times how many meet it, times how many get there. {more(len(pareto.rows))}".strip(),
        )
        return
    if not book.refused("pareto"):
        return
    pains = sorted(book.journey.all_pains(), key=lambda pain: -(pain.severity or 0))
    told = [(pain.description, pain.severity_word or "unknown", _by(eased, pain.id)) for pain in pains[:MOST_ROWS]]
    if told:
        order = "By severity." if pains[0].severity else "In the order of the map."
        note = f"{order} How many customers meet each is not known, so there is no share of the trouble."
        note = f"{note} {more(len(pains))}".strip()
        yield Table(title="What hurts", columns=("Pain", "How bad", "Eased by"), rows=told, function="journey", note=note)


def _by(eased: Mapping[str, Sequence[str]], pain: str) -> str:
    return listed(eased[pain]) if pain in eased else "nothing yet"


def _needs(book: Book) -> Iterator[Table]:
    needs = book.of(OpportunityScore)
    if needs is None:
        return
    rows: list[tuple[Cell, ...]] = [
        (
            row.name,
            *(book.figure(needs, f"rows[{place}].{part}", "score") for part in ("importance", "satisfaction", "value")),
            _BANDS[row.band],
        )
        for place, row in enumerate(needs.rows[:MOST_ROWS])
    ]
    yield Table(
        title="Important and badly served",
        columns=("Step", "Importance", "Satisfaction", "Opportunity score", "In words"),
        rows=rows,
        function="opportunity_score",
        note="Importance plus what satisfaction lacks of it; both from 0 to 10, so the score goes to 20. " + more(len(needs.rows)),
    )


def _ideas(book: Book) -> Iterator[Table]:
    held = {idea.id: idea for idea in book.journey.all_opportunities()}
    if not held:
        return
    pains = {pain.id: pain.description for pain in book.journey.all_pains()}
    ranked = book.of(ImpactEffort)
    if ranked is not None:
        ideas_told: list[tuple[Cell, ...]] = []
        for place, row in enumerate(ranked.rows[:MOST_ROWS]):
            idea = held[row.id]
            impact, effort = (
                evolve(book.figure(ranked, f"rows[{place}].{part}", "score"), shown=spread(getattr(idea, part)))
                for part in ("impact", "effort")
            )
            unsettled = "" if row.settled else " (the estimates leave it open)"
            ideas_told.append((row.name, _eases(idea, pains), impact, effort, _CORNERS[row.quadrant] + unsettled))
        note = "Impact and effort from 1 to 5, as estimated on the map; in brackets from the lowest to the highest estimate."
        if ranked.unscored:
            note += f" Without an estimate: {listed([held[name].name for name in ranked.unscored])}."
        columns = ("Idea", "Eases", "Impact", "Effort", "In words")
        note = f"{note} {more(len(ranked.rows))}".strip()
        yield Table(title="Ideas by impact and effort", columns=columns, rows=ideas_told, function="impact_effort", note=note)
        return
    if not book.refused("impact_effort"):
        return
    ideas = sorted(held.values(), key=lambda idea: -(idea.impact.mid if isinstance(idea.impact, Range) else idea.impact or 0.0))
    told = [(idea.name, _eases(idea, pains), spread(idea.impact) or "not estimated") for idea in ideas[:MOST_ROWS]]
    yield Table(title="Ideas", columns=("Idea", "Eases", "Impact (1 to 5)"), rows=told, function="journey", note=more(len(ideas)))


def _eases(idea: Opportunity, pains: Mapping[str, str]) -> str:
    return listed([pains[pain] for pain in idea.addresses]) if idea.addresses else "–"


def _roadmap(book: Book) -> Iterator[Table]:
    plan = book.of(Roadmap)
    if plan is None:
        return
    rows: list[tuple[Cell, ...]] = []
    shown = plan.rows[:_MOST_PLANNED]
    places = {row.id: place for place, row in enumerate(plan.rows)}
    names = {idea.id: idea.name for idea in book.journey.all_opportunities()}
    for phase, held in groupby(shown, key=lambda row: row.phase):
        for first, row in zip([True, *[False] * len(plan.rows)], held, strict=False):
            label: Cell = "No place" if phase is None else f"Phase\u00a0{phase}"
            after = listed([names[required] for required in row.requires]) if row.requires else ""
            why = row.reason
            for required in row.requires:
                why = why.replace(repr(required), quoted(names[required]))
            who = ", ".join(row.affects) or "–"
            effort = book.figure(plan, f"rows[{places[row.id]}].effort", "months")
            rows.append((label if first else "", row.name, effort, row.owner or "–", who, why or after))
    capacities = sorted({phase.capacity for phase in plan.phases})
    held_by = " to ".join(dict.fromkeys(f"{capacity:.3g}" for capacity in (capacities[0], capacities[-1]))) if capacities else "0"
    guessed = "" if book.is_capacity_known else " That is a guess, since nobody has said what the team has."
    planned = f"Planned with {held_by} person-months a phase.{guessed}"
    note = f"{planned} {more(len(plan.rows), _MOST_PLANNED)}".strip()
    yield Table(
        title="Roadmap",
        columns=("When", "Idea", "Effort", "Owner", "Also affects", "After, or why not"),
        rows=rows,
        function="roadmap",
        note=note,
    )
