"""What a board says of each stage: the worst, the best and one number, chosen from all that the map holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from journeymap.analysis.emotion import stage_emotion
from journeymap.model import Emotion, Journey, Metric, Range, Stage
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.renderers.words import spoken_emotion


@frozen(kw_only=True)
class Column:
    """What the board says of a stage."""

    number: int
    stage: Stage
    mean: float | None
    """Rounded as it is printed, so that face and number agree."""
    low: float | None
    """The lowest that a step of the stage has, where one step differs from another."""
    high: float | None
    pain: Step | None
    """The step with the worst pain, and no other pain on it."""
    bet: Step | None
    """The step with the best opportunity, and no other opportunity on it."""
    metric: Metric | None
    measured: str
    """The id of where the metric stands."""


def column_of(drawing: Drawing, index: int) -> Column:
    """What the board says of the stage with that index."""
    held = drawing.stages[index]
    steps = [*([held.whole] if held.whole is not None else []), *held.steps]
    mean = stage_emotion(held.stage, persona=drawing.persona.id if drawing.persona else None)
    felt = [step.emotion.valence for step in held.steps if step.emotion is not None]
    differ = bool(felt) and min(felt) < max(felt)
    painful = [evolve(step, pains=(one,)) for step in steps for one in step.pains]
    promising = [evolve(step, opportunities=(one,)) for step in steps for one in step.opportunities]
    measured = [(metric, step.about) for step in steps for metric in step.metrics if metric.printed]
    metric, about = measured[0] if measured else (None, "")
    return Column(
        number=index + 1,
        stage=held.stage,
        mean=None if mean is None else round(mean, 1),
        low=min(felt) if differ else None,
        high=max(felt) if differ else None,
        pain=max(painful, key=_badness, default=None),
        bet=max(promising, key=_promise, default=None),
        metric=metric,
        measured=about,
    )


def _badness(step: Step) -> tuple[float, float]:
    pain = step.pains[0].about
    return pain.severity or 0.0, pain.frequency or 0.0


def _promise(step: Step) -> tuple[float, float, bool]:
    found = step.opportunities[0]
    impact, effort = (part.mid if isinstance(part, Range) else part for part in (found.about.impact, found.about.effort))
    return impact or 0.0, -(effort or 6.0), not found.caption


def spoken_mean(journey: Journey, column: Column) -> str:
    """The mean emotion of a stage in words."""
    mean = None if column.mean is None else Emotion(column.mean)
    return spoken_emotion(mean, journey).removeprefix("Emotion ")


def told(journey: Journey, columns: Sequence[Column]) -> str:
    """The board in sentences, stage by stage."""
    count = len(columns)
    start = f"{count} stage{'' if count == 1 else 's'}." if count else "It has no stages yet."
    return " ".join([f"Board of the customer journey {journey.name}. {start}", *(_told_of(journey, column) for column in columns)])


def _told_of(journey: Journey, column: Column) -> str:
    def parts() -> Iterator[str]:
        yield f"Stage {column.number}: {column.stage.name}"
        if column.stage.goal:
            yield f"Goal: {column.stage.goal}"
        yield f"Mean emotion: {spoken_mean(journey, column)}"
        if column.low is not None and column.high is not None:
            yield f"Its steps go from {journey.scale.print(column.low)} to {journey.scale.print(column.high)}"
        if column.pain is not None:
            pain = column.pain.pains[0].about
            yield f"Worst pain: {pain.description}{f' ({pain.severity_word})' if pain.severity_word else ''}"
        if column.bet is not None:
            yield f"Best bet: {column.bet.opportunities[0].about.name}"
        if column.metric is not None:
            yield f"Metric: {column.metric.printed} {column.metric.name}"

    return " ".join(f"{part.rstrip('.')}." for part in parts())
