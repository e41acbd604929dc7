"""A journey as the rows of tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import cast

from journeymap.io.tables.columns import YES, Cell, Column, columns_of
from journeymap.io.tables.layout import Layout
from journeymap.io.tables.lines import is_line, lines_text, map_text
from journeymap.model import (
    END,
    START,
    Emotion,
    Evidence,
    Journey,
    MomentOfTruth,
    Opportunity,
    PainPoint,
    Range,
    Span,
    Stage,
    Touchpoint,
)

Row = dict[str, Cell]
_TABLES_TOO = (PainPoint, Opportunity, Evidence, Emotion)
"""What may stand on a line of a cell, and has a table of its own where it has more to tell."""


Names = Mapping[str, Mapping[str, str]]
"""What people call each object, by what it is and its id."""


def rows_of(journey: Journey, layout: Layout, *, once: bool = False, names: Names = MappingProxyType({})) -> Iterator[Row]:
    """The rows of one table.

    With ``once``, nothing is told twice: what a cell of another table says wholly has no row, and what has a row is on no
    line of another table. ``names`` stand in place of ids where there are any.
    """
    columns = columns_of(layout.kind)
    for owners, thing in _things(journey, layout.name, once=once):
        named = {key: names.get(_word(owners, key), {}).get(str(said), said) for key, said in owners.items()}
        yield {**named, **{column.name: _cell(thing, column, names, once=once) for column in columns}}


def names_in(journey: Journey) -> Names:
    """What refers to each object as well as its id does: its name, where no other has it too."""
    told: dict[str, list[tuple[str, str]]] = {
        "persona": [(persona.id, persona.name) for persona in journey.personas],
        "source": [(source.id, source.name) for source in journey.sources],
        "stage": [(stage.id, stage.name) for stage in journey.stages],
        "touchpoint": [(START, START), (END, END), *((step.id, step.name) for step in journey.touchpoints)],
        "pain": [(pain.id, pain.description) for pain in journey.all_pains()],
        "opportunity": [(opportunity.id, opportunity.name) for opportunity in journey.all_opportunities()],
        "metric": [(metric.id, metric.name) for metric in journey.all_metrics()],
    }
    return {word: dict(_sure(pairs)) for word, pairs in told.items()}


def _sure(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    ids = {key for key, _ in pairs}
    times = Counter(name.strip().casefold() for _, name in pairs)
    for key, name in pairs:
        if times[name.strip().casefold()] == 1 and name.strip() not in ids and name == name.strip():
            yield key, name


def _word(owners: Row, key: str) -> str:
    return str(owners["claim"]) if key == "claim_id" else key


def _things(journey: Journey, name: str, *, once: bool) -> Iterator[tuple[Row, object]]:
    """What has a row in that table, each with what it belongs to."""
    match name:
        case "journey":
            yield {}, journey
        case "personas" | "sources" | "stages" | "transitions":
            yield from (({}, thing) for thing in getattr(journey, name))
        case "touchpoints":
            for stage in journey.stages:
                yield from _owned({"stage": stage.id}, stage.touchpoints)
        case "activities":
            for step in journey.touchpoints:
                yield from _owned({"touchpoint": step.id}, step.activities)
        case "emotions":
            for step in journey.touchpoints:
                if _has_rows(tuple(step.emotions.values()), once=once):
                    for persona, emotion in step.emotions.items():
                        yield {"touchpoint": step.id, "persona": persona}, emotion
        case "evidence":
            yield from _evidence(journey, once=once)
        case _:
            yield from _spread(journey, name, once=once)


def _evidence(journey: Journey, *, once: bool) -> Iterator[tuple[Row, object]]:
    for word, claim in _claims(journey):
        held: tuple[Evidence, ...] = getattr(claim, "evidence", ())
        if _has_rows(held, once=once):
            yield from _owned({"claim": word, "claim_id": getattr(claim, "id", "")}, held)


def _spread(journey: Journey, name: str, *, once: bool) -> Iterator[tuple[Row, object]]:
    """Pains and such: the journey's own, then those of each stage and touchpoint."""
    yield from _owned({"stage": None, "touchpoint": None}, getattr(journey, name, ()))
    for owners, owner in _places(journey):
        things = getattr(owner, name)
        if _has_rows(things, once=once):
            yield from _owned(owners, things)


def _owned(owners: Row, things: Iterable[object]) -> Iterator[tuple[Row, object]]:
    return ((owners, thing) for thing in things)


def _has_rows(things: Sequence[object], *, once: bool) -> bool:
    return not (once and all(isinstance(thing, _TABLES_TOO) and is_line(thing) for thing in things))


def _places(journey: Journey) -> Iterator[tuple[Row, Stage | Touchpoint]]:
    for stage in journey.stages:
        yield {"stage": stage.id, "touchpoint": None}, stage
        for touchpoint in stage.touchpoints:
            yield {"stage": stage.id, "touchpoint": touchpoint.id}, touchpoint


def _claims(journey: Journey) -> Iterator[tuple[str, object]]:
    yield from (("persona", persona) for persona in journey.personas)
    yield from (("metric", metric) for metric in journey.all_metrics())
    for _, place in _places(journey):
        yield ("stage" if isinstance(place, Stage) else "touchpoint"), place
    yield from (("pain", pain) for pain in journey.all_pains())
    yield from (("opportunity", opportunity) for opportunity in journey.all_opportunities())


def _cell(thing: object, column: Column, names: Names, *, once: bool) -> Cell:
    value = getattr(thing, column.field)
    if column.kind == "lines":
        return _lines(value, column, names, once=once)
    if column.refers:
        return names.get(column.refers, {}).get(value, str(value)) if value else None
    if column.item is not None:
        if value is None:
            return None
        held = getattr(value, column.part)
        return YES if isinstance(value, MomentOfTruth) and column.part == "kind" and held is None else _said(held)
    if isinstance(value, Range | Span):
        return cast("Cell", getattr(value, column.part or "mid"))
    return None if column.part else _said(value)


def _lines(value: object, column: Column, names: Names, *, once: bool) -> Cell:
    if isinstance(value, Mapping):
        known = names.get("persona", {}) if column.item is Emotion else {}
        told = tuple(value.values())
        return None if not value or (once and not all(map(is_line, told))) else map_text({known.get(key, key): value[key] for key in value})
    items: tuple[object, ...] = getattr(value, column.part) if column.part else cast("tuple[object, ...]", value)
    if not items or (once and not all(map(is_line, items))):
        return None
    known = names.get("source" if column.item is Evidence else column.refers, {})
    ids = [item.source if isinstance(item, Evidence) else item for item in items]
    return lines_text(known.get(item, item) if isinstance(item, str) else item for item in ids)


def _said(value: object) -> Cell:
    """A value as a cell has it; an empty text says nothing."""
    return None if value == "" else cast("Cell", value)
