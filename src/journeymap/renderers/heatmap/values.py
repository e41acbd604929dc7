"""What stands in the cells of a heatmap: rows, columns, and the value where they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import fsum
from typing import Literal

from attrs import field, frozen

from journeymap.model import Channel, Journey, Metric, Persona, Touchpoint
from journeymap.renderers.stage_heads import Drawing
from journeymap.renderers.steps import Step
from journeymap.scene.icons import channel_icon

Rows = Literal["stages", "touchpoints"]
Columns = Literal["persona", "channel", "metric"]
Score = Literal["emotion", "satisfaction", "importance", "engagement"]

SCORES: dict[Score, str] = {
    "emotion": "Emotion",
    "satisfaction": "Satisfaction",
    "importance": "Importance",
    "engagement": "Engagement",
}
_KINDS = {
    "nps": "NPS",
    "csat": "CSAT",
    "ces": "CES",
    "clv": "Lifetime value",
    "conversion": "Conversion",
    "duration": "Duration",
    "count": "Count",
    "share": "Share",
}


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Value:
    """What a cell shows."""

    value: float
    kind: Literal["emotion", "score", "measure"]
    """How it is drawn: a face, points of five, or a bar in proportion to the column."""
    printed: str = ""
    """For measures: the number as it is printed."""
    measures: str = ""
    """For measures: what is measured; empty where it is several things, which cannot be compared."""
    part: float | None = None
    """For measures: how much of 100% it is."""
    captions: tuple[str, ...] = field(default=(), converter=_texts)
    """What is said under it."""


@frozen(kw_only=True)
class Row:
    """A stage, or a touchpoint."""

    number: str
    name: str
    about: str
    stage: str
    """The name of its stage."""
    steps: tuple[Step, ...]
    """Those whose values it holds."""
    whole: Step | None
    """What the stage says of itself, in rows of stages."""


@frozen(kw_only=True)
class Column:
    """A persona, a channel or a measure, and the value that it has in a row."""

    name: str
    caption: str
    icon: str | None
    about: str | None
    value: Callable[[Row], Value | None]


def rows_of(drawing: Drawing, rows: Rows) -> tuple[Row, ...]:
    """The rows in the order of the map."""
    return tuple(_rows(drawing, rows))


def columns_of(drawing: Drawing, columns: Columns, of: Score) -> tuple[Column, ...]:
    """The columns, in the order in which the map names them."""
    journey = drawing.journey
    if columns == "persona":
        people = [drawing.persona] if drawing.persona is not None and len(journey.personas) > 1 else journey.personas
        return (_everybody("Customers in general", of), *(_of_persona(persona) for persona in people))
    steps = [step for held in drawing.stages for step in held.steps]
    if columns == "channel":
        channels = dict.fromkeys(step.touchpoint.channel for step in steps if step.touchpoint and step.touchpoint.channel)
        return tuple(_of_channel(channel, of) for channel in channels)
    return (*(_everybody(name, score) for score, name in SCORES.items()), *_measures(journey))


def _rows(drawing: Drawing, rows: Rows) -> Iterator[Row]:
    for number, held in enumerate(drawing.stages, start=1):
        steps = tuple(step for step in held.steps if step.touchpoint is not None)
        whole = held.whole or next((step for step in held.steps if step.touchpoint is None), None)
        stage = held.stage
        if rows == "stages":
            yield Row(number=str(number), name=stage.name, about=stage.id, stage=stage.name, steps=steps, whole=whole)
        else:
            for step in steps:
                yield Row(number=step.number, name=step.name, about=step.about, stage=stage.name, steps=(step,), whole=None)


def _everybody(name: str, of: Score) -> Column:
    return Column(name=name, caption="", icon=None, about=None, value=lambda row: _mean_score(row, of, lambda _: True))


def _of_channel(channel: Channel, of: Score) -> Column:
    def value(row: Row) -> Value | None:
        return _mean_score(row, of, lambda touchpoint: touchpoint.channel is not None and touchpoint.channel.id == channel.id)

    return Column(name=channel.name, caption="", icon=channel_icon(channel.kind), about=channel.id, value=value)


def _of_persona(persona: Persona) -> Column:
    """What the persona is known to feel; what customers feel in general is not taken for it."""

    def value(row: Row) -> Value | None:
        felt = [
            step.touchpoint.emotions[persona.id].valence for step in row.steps if step.touchpoint and persona.id in step.touchpoint.emotions
        ]
        return _mean(felt, "emotion", row)

    return Column(name=persona.name, caption=persona.role, icon=None, about=persona.id, value=value)


def _mean_score(row: Row, of: Score, chosen: Callable[[Touchpoint], bool]) -> Value | None:
    """The mean over the steps that are chosen; of a stage whose steps are silent, what it says of itself."""
    touchpoints = [step.touchpoint for step in row.steps if step.touchpoint is not None and chosen(step.touchpoint)]
    if of == "emotion":
        felt = [touchpoint.emotion.valence for touchpoint in touchpoints if touchpoint.emotion is not None]
        if not felt and row.whole is not None and row.whole.emotion is not None and len(touchpoints) == len(row.steps):
            return Value(value=row.whole.emotion.valence, kind="emotion", captions=("of the stage",) if row.steps else ())
        return _mean(felt, "emotion", row)
    scores = [score for touchpoint in touchpoints if (score := getattr(touchpoint, of)) is not None]
    return _mean(scores, "score", row)


def _mean(values: Sequence[float], kind: Literal["emotion", "score"], row: Row) -> Value | None:
    if not values:
        return None
    several = row.whole is not None
    return Value(
        value=fsum(values) / len(values),
        kind=kind,
        captions=(f"{len(values)} of {len(row.steps)} steps",) if several else (),
    )


def _measures(journey: Journey) -> Iterator[Column]:
    """A column for each kind of metric at stages and touchpoints, or for each name where there is no kind."""
    found: dict[tuple[str, str], None] = {}
    for stage in journey.stages:
        for metric in (*stage.metrics, *(metric for touchpoint in stage.touchpoints for metric in touchpoint.metrics)):
            if metric.value is not None:
                found.setdefault(_measure(metric))
    for name, unit in found:

        def value(row: Row, wanted: tuple[str, str] = (name, unit)) -> Value | None:
            steps = [*row.steps, *([row.whole] if row.whole is not None else [])]
            held = [metric for step in steps for metric in step.metrics if metric.value is not None and _measure(metric) == wanted]
            values = [metric.value for metric in held if metric.value is not None]
            if not values:
                return None
            captions = [f"{metric.printed} {metric.name}" if len(held) > 1 else metric.name for metric in held]
            alone = len(held) == 1
            return Value(
                value=fsum(values) / len(values),
                kind="measure",
                printed=held[0].printed if alone else f"{len(held)} numbers",
                captions=captions,
                measures=held[0].name if alone else "",
                part=values[0] / 100 if alone and wanted[1] == "%" and 0 <= values[0] <= 100 else None,
            )

        yield Column(name=name, caption=unit, icon=None, about=None, value=value)


def _measure(metric: Metric) -> tuple[str, str]:
    return _KINDS.get(metric.kind or "", metric.name), metric.unit
