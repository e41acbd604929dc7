"""The columns of a journey: which steps there are for a persona, and what each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from attrs import frozen

from journeymap.errors import RenderError, suggestion
from journeymap.model import Emotion, Evidence, Journey, Metric, MomentOfTruth, Opportunity, PainPoint, Persona, Source, Stage, Touchpoint

C = TypeVar("C")
Spanning = dict[tuple[str, str], "list[Note[Opportunity]]"]
"""The journey's own opportunities, by kind and id of where they are shown."""

_WHOLE_JOURNEY = "Whole journey"
_SEVERAL_STEPS = "Several steps"


@frozen(kw_only=True)
class Note(Generic[C]):
    """A claim as a map shows it: what it is about, and a caption where it is not about this step alone."""

    about: C
    caption: str = ""


@frozen(kw_only=True)
class Step:
    """One column of a map: a touchpoint, or a stage that is kept as a whole."""

    number: str
    """As it is printed: ``3.2``."""
    name: str
    about: str
    """The id of the touchpoint or stage."""
    stage: Stage
    touchpoint: Touchpoint | None
    """None where the stage as a whole is the step."""
    emotion: Emotion | None
    moment: MomentOfTruth | None
    owner: str
    thoughts: tuple[str, ...]
    pains: tuple[Note[PainPoint], ...]
    opportunities: tuple[Note[Opportunity], ...]
    metrics: tuple[Metric, ...]
    sources: tuple[Source, ...]
    """What its claims rest on, each once; evidence of weight 0 does not count."""


def persona_of(journey: Journey, persona: str | None) -> Persona | None:
    """The persona of that id; without an id the journey's only one, if it has just one. RenderError if there is none such."""
    if persona is None:
        return journey.personas[0] if len(journey.personas) == 1 else None
    for candidate in journey.personas:
        if candidate.id == persona:
            return candidate
    known = [candidate.id for candidate in journey.personas]
    there = f"; there are: {', '.join(known)}" if known else "; this journey has no personas"
    raise RenderError(f"no persona {persona!r}{suggestion(persona, known)}{there}")


@frozen(kw_only=True)
class StageSteps:
    """A stage with its columns, and what it says of itself as a whole."""

    stage: Stage
    whole: Step | None
    """The stage's own claims, to be shown over all its columns; None where the stage itself is the one column."""
    steps: tuple[Step, ...]

    @property
    def felt(self) -> tuple[Step, ...]:
        """Whose emotions the curve shows: the steps', or the stage's own where it has one and none of its steps has."""
        silent = all(step.emotion is None for step in self.steps)
        return (self.whole,) if self.whole is not None and self.whole.emotion is not None and silent else self.steps


def doer(persona: Persona | None) -> str:
    """Whose acts the steps are, as a caption says it: a person's name where the persona has one, else the customer.

    >>> doer(Persona("Maya Okafor")), doer(Persona("Day tripper")), doer(None)
    ('Maya Okafor', 'the customer', 'the customer')
    """
    words = persona.name.split() if persona else []
    person = len(words) > 1 and all(word[:1] != word[:1].lower() for word in words)
    return persona.name if persona and person else "the customer"


def steps_by_stage(journey: Journey, persona: str | None) -> tuple[StageSteps, ...]:
    """Each stage with its columns: the touchpoints that the persona meets, or the stage itself where it has none at all."""
    spanning = _placed_opportunities(journey, persona)
    known = {source.id: source for source in journey.sources}
    found = []
    for number, stage in enumerate(journey.stages, start=1):
        itself = _stage_step(str(number), stage, persona, spanning, known)
        if stage.touchpoints:
            found.append(StageSteps(stage=stage, whole=itself, steps=tuple(_steps(number, stage, persona, spanning, known))))
        else:
            found.append(StageSteps(stage=stage, whole=None, steps=(itself,)))
    return tuple(found)


def _stage_step(number: str, stage: Stage, persona: str | None, spanning: Spanning, known: Mapping[str, Source]) -> Step:
    return Step(
        number=number,
        name=stage.name,
        about=stage.id,
        stage=stage,
        touchpoint=None,
        emotion=stage.emotion,
        moment=None,
        owner=stage.owner,
        thoughts=stage.thoughts,
        pains=_pains(stage.pains, persona),
        opportunities=(*(Note(about=o) for o in stage.opportunities), *spanning.get(("stage", stage.id), ())),
        metrics=stage.metrics,
        sources=_sources(known, stage.evidence, stage.pains),
    )


def _steps(number: int, stage: Stage, persona: str | None, spanning: Spanning, known: Mapping[str, Source]) -> Iterator[Step]:
    met = (t for t in stage.touchpoints if persona is None or t.meets(persona))
    for index, touchpoint in enumerate(met, start=1):
        yield Step(
            number=f"{number}.{index}",
            name=touchpoint.name,
            about=touchpoint.id,
            stage=stage,
            touchpoint=touchpoint,
            emotion=touchpoint.feeling(persona),
            moment=touchpoint.moment,
            owner=touchpoint.owner,
            thoughts=touchpoint.thoughts,
            pains=_pains(touchpoint.pains, persona),
            opportunities=(*(Note(about=o) for o in touchpoint.opportunities), *spanning.get(("touchpoint", touchpoint.id), ())),
            metrics=touchpoint.metrics,
            sources=_sources(known, touchpoint.evidence, touchpoint.pains),
        )


def _sources(known: Mapping[str, Source], evidence: Iterable[Evidence], pains: Iterable[PainPoint]) -> tuple[Source, ...]:
    cited = [*evidence, *(item for pain in pains for item in pain.evidence)]
    return tuple(known[source] for source in dict.fromkeys(item.source for item in cited if item.weight) if source in known)


def _pains(pains: tuple[PainPoint, ...], persona: str | None) -> tuple[Note[PainPoint], ...]:
    return tuple(Note(about=p) for p in pains if persona is None or p.persona in (None, persona))


def _placed_opportunities(journey: Journey, persona: str | None) -> dict[tuple[str, str], list[Note[Opportunity]]]:
    """The journey's own opportunities by where they are shown: at the first pain they ease, else at the first stage."""
    places: dict[str, tuple[str, str]] = {}
    for stage in journey.stages:
        places.update({pain.id: ("stage", stage.id) for pain in stage.pains})
        for touchpoint in stage.touchpoints:
            if persona is None or touchpoint.meets(persona):
                places.update({pain.id: ("touchpoint", touchpoint.id) for pain in touchpoint.pains})
    placed: dict[tuple[str, str], list[Note[Opportunity]]] = {}
    for opportunity in journey.opportunities:
        place = next((places[pain] for pain in opportunity.addresses if pain in places), None)
        if place is not None:
            placed.setdefault(place, []).append(Note(about=opportunity, caption=_SEVERAL_STEPS))
        elif journey.stages:
            placed.setdefault(("stage", journey.stages[0].id), []).append(Note(about=opportunity, caption=_WHOLE_JOURNEY))
    return placed
