"""From what Mermaid understands to a journey: title, sections, tasks and actors; nothing that Mermaid takes is refused."""

from __future__ import annotations

import re

from journeymap.io.mermaid.diagram import Diagram, Task, sort_key
from journeymap.io.numbering import Ids
from journeymap.model import END, START, Emotion, Journey, Persona, Scale, Stage, Touchpoint

SCORES = Scale(1, 5)
NO_SECTION = "(no section)"
"""The name of the stage of tasks that stand before any section."""
NO_TITLE = "Journey"
UNKNOWN = "?"
"""The score of a task of which nobody knows what is felt: no number to Mermaid."""
SCORE_KEY, ACC_TITLE_KEY = "mermaid-score", "mermaid-acc-title"
"""Under these keys of ``extra`` stand a score that is no point of 1 to 5, and ``accTitle``."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def journey_of(diagram: Diagram) -> Journey:
    """The journey that a diagram tells.

    Neighbouring sections of one name are one stage, as in Mermaid's picture; sections without a task are empty stages.
    Characters that no text of a journey has become U+FFFD, and a name of nothing but spaces says so.
    """
    ids = Ids(fallback="persona")
    actors = sorted({actor for actor in diagram.actors if actor.strip()}, key=sort_key)  # entity codes do not count here
    personas = {actor: Persona(_name(actor), id=ids.give(_name(actor))) for actor in actors}
    title = _fit(diagram.title)
    extra = {ACC_TITLE_KEY: _fit(diagram.acc_title)} if diagram.acc_title else {}
    stages, touchpoints = Ids(fallback="stage"), Ids((START, END), fallback="touchpoint")
    return Journey(
        title if title.strip() else NO_TITLE,
        [
            Stage(name, [_touchpoint(task, touchpoints, personas) for task in tasks], id=stages.give(name))
            for name, tasks in _stages(diagram)
        ],
        scenario=_fit(diagram.acc_description),
        personas=personas.values(),
        extra=extra,
    )


def _stages(diagram: Diagram) -> list[tuple[str, list[Task]]]:
    ends = [*diagram.starts, len(diagram.tasks)]
    found: list[tuple[str, list[Task]]] = []
    if ends[0]:
        found.append((NO_SECTION, list(diagram.tasks[: ends[0]])))
    previous: str | None = None
    for section, start, end in zip(diagram.sections, ends, ends[1:], strict=False):
        if section != previous:
            found.append((_name(section), []))
        found[-1][1].extend(diagram.tasks[start:end])
        previous = section
    return found


def _touchpoint(task: Task, ids: Ids, personas: dict[str, Persona]) -> Touchpoint:
    name = _name(task.name)
    known = 1 <= task.score <= 5
    return Touchpoint(
        name,
        id=ids.give(name),
        personas=list(dict.fromkeys(personas[person].id for person in task.people if person in personas)),
        emotion=Emotion(SCORES.valence(task.score)) if known else None,
        extra={} if known or task.score_text == UNKNOWN else {SCORE_KEY: _fit(task.score_text)},
    )


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)


def _name(text: str) -> str:
    fit = _fit(text)
    return fit if fit.strip() else "(no name)"
