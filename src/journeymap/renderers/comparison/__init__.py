"""The comparison: two maps aligned step by step, what changed between them, or what was planned against what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Literal

from attrs import evolve, field, frozen

from journeymap.analysis.deviations import CaseConformance, conformance
from journeymap.errors import RenderError, shown
from journeymap.model import Journey
from journeymap.model.comparison import diff
from journeymap.renderers.blueprint.cells import is_fail_point
from journeymap.renderers.columns import CARD_INSET, MARGIN, MAX_WIDTH, column_width, systems, widest
from journeymap.renderers.comparison.aligned import Aligned, Key, aligned, felt, key_of_step
from journeymap.renderers.comparison.marks import (
    AD_HOC,
    ADDED,
    CHANGED,
    FAILED,
    IRREGULAR,
    MISSING,
    MOVED,
    NOT_TAKEN,
    REMOVED,
    Mark,
    key_entry,
)
from journeymap.renderers.comparison.system import Sheet, curve_entry, draw_system, elsewhere, ghost_entry
from journeymap.renderers.comparison.told import Line, Told, told
from journeymap.renderers.emotion_plot import lowest_notes
from journeymap.renderers.frame import key_items, least_column
from journeymap.renderers.paper import LEAST_WIDE, KeyEntry, drawing_of, face_entry, figures, finished, heading_of, note, row_of
from journeymap.renderers.stage_heads import Drawing, curve_points
from journeymap.renderers.swimlane.cells import STEP_NAME
from journeymap.renderers.swimlane.lane import Pen
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Shape
from journeymap.scene.theme import LIGHT, Theme

__all__ = ["comparison"]

As = Literal["changes", "deviations"]

_BETWEEN_SYSTEMS = 44.0
_AT_LEAST = 1000.0
_COLUMN_AT_LEAST = 160.0
_CHANGES = (ADDED, REMOVED, MOVED, CHANGED)
_DEVIATIONS = (AD_HOC, IRREGULAR, FAILED, MISSING, NOT_TAKEN)


def _marks(values: Mapping[Key, Sequence[Mark]]) -> dict[Key, tuple[Mark, ...]]:
    return {key: tuple(marks) for key, marks in values.items()}


@frozen(kw_only=True)
class _Found:
    """What the comparison has to say."""

    marks: dict[Key, tuple[Mark, ...]] = field(converter=_marks)
    facts: tuple[tuple[str, str], ...]
    told: Told
    missing: str = ""
    """Why there is no answer."""


def comparison(
    journey: Journey,
    /,
    *,
    theme: Theme = LIGHT,
    persona: str | None = None,
    to: Journey | None = None,
    as_: As = "changes",
    max_width: float = MAX_WIDTH,
) -> Scene:
    """This map and another one, step beside step: what was added, removed, moved and changed, and both emotion curves.

    ``to`` is the other map; steps are matched by their ids. ``as_="deviations"`` takes this map for the plan and the other for what
    customers did, and marks the four deviations of Halvorsrud, Kvale and Følstad (2016): ad hoc, irregular sequence, failed (a major
    or critical pain, or an exception behind it) and missing. ``persona`` is the id of the one whose steps are compared. A comparison
    wider than ``max_width`` px breaks into systems. RenderError without ``to``, for another word, or if there is no such persona.
    """
    if not isinstance(to, Journey):
        given = "a comparison needs another map beside this one" if to is None else f"to={shown(to)} is not a Journey"
        raise RenderError(f"{given}; give it as to=, for example to=journeymap.read('to-be.yaml')")
    if as_ not in ("changes", "deviations"):
        raise RenderError(f"as_={shown(as_)} is unknown; give 'changes' or 'deviations'")
    limit = widest(max_width)
    base = drawing_of(journey, theme, persona)
    columns = aligned(journey, to, persona=base.persona.id if base.persona else None)
    drawing = Drawing(journey=journey, persona=base.persona, stages=columns.stages, theme=theme, measure=base.measure, symbols=base.symbols)
    found = _changes(journey, to, columns) if as_ == "changes" else _deviations(journey, to, columns)
    steps = [step for held in columns.stages for step in held.steps]
    column = column_width(
        [step.name for step in steps],
        columns=len(steps),
        style=STEP_NAME,
        measure=drawing.measure,
        wanted=_AT_LEAST,
        least=max(_COLUMN_AT_LEAST, least_column(((held.stage.name, len(held.steps)) for held in columns.stages), measure=drawing.measure)),
    )
    rows = systems([len(held.steps) for held in columns.stages], column=column, limit=limit - MARGIN)
    width = max([row.right for row in rows] + [MARGIN + min(LEAST_WIDE, limit - 2 * MARGIN)]) + MARGIN
    sheet = Sheet(
        drawing=drawing,
        pen=Pen(theme=theme, measure=drawing.measure, symbols=drawing.symbols, width=column - 2 * CARD_INSET),
        pairs=columns.pairs,
        marks=found.marks,
        lines=found.told.of_steps,
        names=_curves(journey, to, as_),
        notes=lowest_notes([point for row in rows for point in curve_points(drawing, row)]),
    )
    what = ("Changes: " if as_ == "changes" else "Planned and actual: ") + " \u2192 ".join(sheet.names)
    title, y = heading_of(drawing, what, width=width)
    shapes: list[Shape] = [title]
    if found.facts:
        facts, y = figures(drawing, found.facts, top=y + 20, width=width)
        shapes.append(facts)
    if found.missing:
        said = note(drawing, found.missing, top=y + 20, width=width)
        shapes.append(said)
        y = said.box.bottom
    y += 26
    for number, row in enumerate(rows):
        drawn, y = draw_system(sheet, row, top=y + (_BETWEEN_SYSTEMS if number else 0))
        shapes.append(row_of(drawn))
    if found.told.elsewhere:
        listed, y = elsewhere(drawing, found.told.elsewhere, top=y + 24, width=width)
        shapes.append(row_of([listed]))
    description = _told(sheet, found, what)
    return finished(drawing, shapes, what="comparison", description=description, bottom=y, width=width, entries=_key(sheet, as_))


def _curves(journey: Journey, to: Journey, as_: As) -> tuple[str, str]:
    """What the two maps are called, so that they can be told apart."""
    if as_ == "deviations":
        return f"planned ({journey.name})", f"actual ({to.name})"
    if journey.name != to.name:
        return journey.name, to.name
    for one, other in ((journey.kind, to.kind), (journey.version, to.version)):
        if one != other:
            return f"{journey.name} ({one or 'no version'})", f"{to.name} ({other or 'no version'})"
    return f"{journey.name} (before)", f"{to.name} (after)"


def _changes(journey: Journey, to: Journey, columns: Aligned) -> _Found:
    words = told(diff(journey, to), journey, to, columns)
    marks: dict[Key, list[Mark]] = {}
    for key, pair in columns.pairs.items():
        if pair.before is None:
            marks[key] = [ADDED]
        elif pair.after is None:
            marks[key] = [REMOVED]
        elif key in words.moved:
            marks[key] = [MOVED, CHANGED] if len(words.of_steps[key]) > 1 else [MOVED]
        elif key in words.of_steps:
            marks[key] = [CHANGED]
    facts = _counted(marks, _CHANGES)
    missing = "" if facts or words.elsewhere else "The two maps say the same: nothing was added, removed, moved or changed."
    return _Found(marks=marks, facts=(*facts, *_means(journey, columns)), told=words, missing=missing)


def _deviations(journey: Journey, to: Journey, columns: Aligned) -> _Found:
    words = told(diff(journey, to), journey, to, columns)
    path = [touchpoint.id for touchpoint in to.touchpoints if ("touchpoint", touchpoint.id) in columns.pairs]
    if not journey.touchpoints or not path:
        which = "planned" if not journey.touchpoints else "actual"
        missing = f"Deviations cannot be told: the {which} map has no steps."
        return _Found(marks={}, facts=_means(journey, columns), told=words, missing=missing)
    result = conformance(journey, [path])
    (case,) = result.cases
    if result.value is None:
        return _Found(marks={}, facts=_means(journey, columns), told=words, missing="The maps are too long to be aligned.")
    marks = _deviating(case, to, columns)
    fit = (f"{100 * result.value:.0f}%", "fit with the plan")
    facts = (fit, *_counted(marks, _DEVIATIONS[:-1]), *_means(journey, columns))
    missing = "" if any(marks.values()) else "Everything was done as planned, in the planned order, and nothing failed."
    return _Found(marks=marks, facts=facts, told=evolve(words, of_steps=_with_failures(words, marks, columns)), missing=missing)


def _with_failures(words: Told, marks: Mapping[Key, Sequence[Mark]], columns: Aligned) -> dict[Key, tuple[Line, ...]]:
    """What is told of each step, and before it why a step counts as failed."""
    of_steps = dict(words.of_steps)
    for key, held in marks.items():
        after = columns.pairs[key].after
        if FAILED in held and after is not None:
            pains = [one.about for one in after.pains if is_fail_point(one.about)]
            why = [Line("cross", "gone", f"{pain.description} ({pain.severity_word})") for pain in pains]
            known = [line for line in of_steps.get(key, ()) if not any(line.words.endswith(pain.description) for pain in pains)]
            of_steps[key] = (*(why or [Line("cross", "gone", "An exception follows")]), *known)
    return of_steps


def _deviating(case: CaseConformance, to: Journey, columns: Aligned) -> dict[Key, list[Mark]]:
    """The deviations of each step; a step that is done may deviate in more than one way."""
    broken = {transition.source for transition in to.transitions if transition.kind == "exception"}
    extra, irregular, missing = ({*case.extra, *case.repeated}, set(case.out_of_order), set(case.missing))
    marks: dict[Key, list[Mark]] = {}
    for key, pair in columns.pairs.items():
        kind, name = key
        if kind == "stage":
            continue
        if pair.after is None:
            marks[key] = [MISSING if name in missing else NOT_TAKEN]
            continue
        failed = name in broken or any(is_fail_point(held.about) for held in pair.after.pains)
        elsewhere_done = name in irregular or (name in extra and pair.before is not None)
        found = [(name in extra and not elsewhere_done, AD_HOC), (elsewhere_done, IRREGULAR), (failed, FAILED)]
        if any(there for there, _ in found):
            marks[key] = [mark for there, mark in found if there]
    return marks


def _counted(marks: Mapping[Key, Sequence[Mark]], order: Sequence[Mark]) -> tuple[tuple[str, str], ...]:
    counts = Counter(mark.word for held in marks.values() for mark in held)
    return tuple((str(counts[mark.word]), mark.word.lower()) for mark in order if counts[mark.word])


def _means(journey: Journey, columns: Aligned) -> tuple[tuple[str, str], ...]:
    """The mean emotion of the steps of both maps, if both are known."""
    before = felt([pair.before for pair in columns.pairs.values()])
    after = felt([pair.after for pair in columns.pairs.values()])
    if not before or not after:
        return ()
    one, other = (journey.scale.print(round(fmean(values), 1)) for values in (before, after))
    return ((f"{one} \u2192 {other}", "mean emotion of the steps"),)


def _key(sheet: Sheet, as_: As) -> Iterator[KeyEntry]:
    steps = [pair for pair in sheet.pairs.values() if pair.before is not None or pair.after is not None]
    if felt([pair.after for pair in steps]):
        for item in key_items(levels=range(1, 6), scale=sheet.drawing.journey.scale):
            if item.face is not None:
                yield face_entry(sheet.drawing, item.face, item.text)
    if felt([pair.before for pair in steps]):
        yield ghost_entry(sheet)
        yield curve_entry(sheet)
    used = {mark.word for held in sheet.marks.values() for mark in held}
    yield from (key_entry(mark, sheet.drawing.theme) for mark in (_CHANGES if as_ == "changes" else _DEVIATIONS) if mark.word in used)


def _told(sheet: Sheet, found: _Found, what: str) -> str:
    """The picture in sentences: how many of what, then every step that differs, then what differs elsewhere."""
    sentences = [f"{what}. {sheet.drawing.journey.name}.", found.missing]
    sentences += [f"{figure} {caption}." for figure, caption in found.facts]
    for held in sheet.drawing.stages:
        for step in held.steps:
            key = key_of_step(step)
            marks = ", ".join(mark.word.lower() for mark in sheet.marks.get(key, ()))
            lines: tuple[Line, ...] = sheet.lines.get(key, ())
            if marks or lines:
                parts = "; ".join([*([marks] if marks else []), *(line.words.rstrip(".") for line in lines)])
                sentences.append(f"{step.number} {step.name}: {parts}.")
    sentences += [f"{line.words.rstrip('.')}." for line in found.told.elsewhere]
    if not sheet.drawing.stages:
        sentences.append("Neither map has stages yet.")
    return " ".join(part for part in sentences if part)
