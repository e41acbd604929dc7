"""How long the questions of `journeymap.analysis` take: on chains of 500 states, on answers, and on maps of 100,000 touchpoints.

Prints for each question its size, its seconds on the clock and on the processor, and whether the latter keep to the bar.
``python benchmarks/analyse.py [WORD ...]`` asks only those questions whose name or size contains one of the words. A family
joins by a function in GROUPS that gives its questions.
"""

from __future__ import annotations

import gc
import inspect
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeAlias

import journeymap as jm
from journeymap import analysis as ask
from journeymap.analysis import Action, Change, Result
from journeymap.errors import AnalysisError
from journeymap.model import END

STATES = 500
TOUCHPOINTS = 100_000
CHAIN_SECONDS = 2.0
MAP_SECONDS = 5.0
DRIVERS_SECONDS = 5.0

Ask: TypeAlias = Callable[[], object]


class Question(NamedTuple):
    """One question, asked once."""

    name: str
    size: str
    limit: float
    """How many seconds it may take."""
    ask: Ask


def table(states: int, ways: int) -> dict[str, dict[str, float]]:
    """Shares between so many states, each with so many ways on: all of them loop among themselves."""
    random = Random(1)  # noqa: S311  a repeatable sample, not a secret
    rows: dict[str, dict[str, float]] = {}
    for state in range(states):
        targets = random.sample(range(states), ways)
        weights = [random.random() for _ in targets]
        scale = 0.95 / sum(weights)
        shares = {str(target): weight * scale for target, weight in zip(targets, weights, strict=True)}
        rows[str(state)] = shares | {"goal": 0.02, END: 0.03}
    return rows


def chains() -> Iterator[Question]:
    """The absorbing chain and what rests on it."""
    for name, ways in (("sparse", 5), ("dense", STATES - 1)):
        rows = table(STATES, ways)
        counts = {"path_start": {"0": 1_000}} | {
            source: {"path_end" if target == END else target: 1 + int(1e4 * share) for target, share in row.items()}
            for source, row in rows.items()
        }
        matrix = ask.transition_matrix(counts)
        change = Change("0", "goal", by=0.01, takes_from=END)
        waits = {(source, target): timedelta(hours=1) for source, row in rows.items() for target in row}
        found: list[tuple[str, Ask]] = [
            ("conversion", lambda rows=rows: ask.conversion(rows, goal="goal", start="0")),
            ("removal_effects", lambda rows=rows: ask.removal_effects(rows, goal="goal", start="0")),
            ("tornado", lambda rows=rows: ask.tornado(rows, goal="goal", start="0")),
            ("what_if", lambda rows=rows, change=change: ask.what_if(rows, goal="goal", start="0", changes=change)),
            ("time_to_convert", lambda rows=rows, waits=waits: ask.time_to_convert(rows, goal="goal", start="0", waits=waits)),
            ("criticality", lambda rows=rows: ask.criticality(rows, goal="goal", start="0")),
            ("lifecycle", lambda: ask.lifecycle({str(k): {str((k + j) % STATES): 0.25 for j in (1, 2, 5, 11)} for k in range(STATES)})),
            ("uncertainty", lambda matrix=matrix: ask.uncertainty(matrix, goal="goal", draws=100)),
        ]
        for question, asked in found:
            limit = 60.0 if question == "uncertainty" else CHAIN_SECONDS
            yield Question(question, f"{STATES} states, {name}", limit, asked)


def answers() -> Iterator[Question]:
    """Key drivers of 1,000 respondents' satisfaction."""
    random = Random(2)  # noqa: S311
    moods = [random.gauss(0, 1) for _ in range(1_000)]
    drivers = {f"step {k}": [mood + random.gauss(0, 1) for mood in moods] for k in range(10)}
    overall = [sum(row) / 5 + random.gauss(0, 1) for row in zip(*drivers.values(), strict=True)]
    size = "10 drivers x 1,000 rows"
    yield Question(
        "relative_weights",
        f"{size}, 1,000 bootstraps",
        DRIVERS_SECONDS,
        lambda: ask.relative_weights(drivers, overall=overall, draws=1_000),
    )
    yield Question("shapley_weights", size, DRIVERS_SECONDS, lambda: ask.shapley_weights(drivers, overall=overall))
    yield Question("derived_importance", size, DRIVERS_SECONDS, lambda: ask.derived_importance(drivers, overall=overall))


def rich(touchpoints: int, *, branching: bool) -> jm.Journey:
    """A map on which everything is filled in; with shares, waits, ways back and drop-off where it branches."""
    people = [jm.Persona(name, share=share) for name, share in (("Maya", 0.6), ("Tom", 0.4))]
    names = [person.id for person in people]
    sources = [
        jm.Source("Interviews", kind="interview", n=12, date=date(2026, 3, 1)),
        jm.Source("Survey", kind="survey", n=300, date=date(2026, 5, 1)),
        jm.Source("Workshop", kind="workshop", date=date(2024, 5, 1)),
    ]
    random = Random(3)  # noqa: S311
    steps = [_step(k, last=k == touchpoints - 1, names=names, random=random) for k in range(touchpoints)]
    stages = [jm.Stage(f"Stage {k}", steps[k : k + 500]) for k in range(0, touchpoints, 500)]
    metrics = [
        jm.Metric("NPS", kind="nps", value=31, n=400),
        jm.Metric("CSAT", kind="csat", value=71, unit="%", n=400),
        jm.Metric("CES", kind="ces", value=64, unit="%", n=400),
        jm.Metric("CLV", kind="clv", value=120),
        jm.Metric("Converted", id="converted", kind="conversion", value=12, unit="%", n=2_000, baseline=10),
        *(jm.Metric("Calls", id=f"calls-{k}", kind="other", value=50 + k % 7, observed=date(2026, 1, 1) + timedelta(k)) for k in range(30)),
    ]
    return jm.Journey(
        "Web" if branching else "Line",
        stages,
        personas=people,
        sources=sources,
        metrics=metrics,
        updated=date(2026, 6, 1),
        review_every=timedelta(days=90),
        transitions=list(_ways(touchpoints)) if branching else [],
    )


def _step(k: int, *, last: bool, names: list[str], random: Random) -> jm.Touchpoint:
    source = ("interviews", "survey", "workshop")[k % 3]
    felt = {name: jm.Emotion(round(random.uniform(-2, 2), 1), n=8 + k % 5, spread=0.8) for name in names}
    pain = jm.PainPoint(
        f"Pain {k % 5_000}",
        id=f"p{k}",
        severity=1 + k % 4,
        frequency=round(random.random(), 2),
        evidence=[jm.Evidence(source)],
    )
    idea = jm.Opportunity(
        f"Idea {k}",
        id=f"o{k}",
        addresses=[pain.id],
        impact=jm.Range(1, 1 + k % 4, 5),
        effort=1 + k % 5,
        confidence=0.5,
        reach=100 + k % 50,
        requires=[f"o{k - 1}"] if k % 7 == 3 else [],
    )
    return jm.Touchpoint(
        f"Step {k}",
        id=f"s{k}",
        channel=("Web", "Phone", "Branch")[k % 3],
        personas=names[:1] if k % 4 == 1 else [],
        emotion=round(random.uniform(-2, 2), 1) if k % 2 else None,
        emotions=felt,
        believed_emotion=1.0,
        pains=[pain],
        opportunities=[idea],
        metrics=[jm.Metric(f"at {k}", kind="count", value=TOUCHPOINTS - k)],
        moment="zmot" if k % 5_000 == 0 else None,
        goal=last,
        owner=("Sales", "Care", "")[k % 3],
        duration=timedelta(minutes=5 + k % 7),
        thoughts=["I wait and wait"] if k % 100 == 0 else [],
        satisfaction=1 + k % 5,
        importance=5 - k % 4,
        evidence=[jm.Evidence(source, score=round(random.uniform(-2, 2), 1)), jm.Evidence("survey", score=0.5)],
    )


def _ways(touchpoints: int) -> Iterator[jm.Transition]:
    """Straight on, but for a choice at every tenth step and a way back five steps after it."""
    for k in range(touchpoints - 3):
        wait = timedelta(hours=k % 48)
        if k % 10 == 0:
            yield jm.Transition(f"s{k}", f"s{k + 1}", probability=0.6, wait=wait)
            yield jm.Transition(f"s{k}", f"s{k + 2}", kind="alternative", probability=0.39999, wait=wait)
        elif k % 10 == 5:
            yield jm.Transition(f"s{k}", f"s{k + 1}", probability=0.8, wait=wait)
            yield jm.Transition(f"s{k}", f"s{k - 3}", kind="loop", probability=0.2, wait=wait)
        else:
            yield jm.Transition(f"s{k}", f"s{k + 1}", wait=wait)


def maps() -> Iterator[Question]:
    """Everything that can be asked of a map."""
    for branching in (False, True):
        journey = rich(TOUCHPOINTS, branching=branching)
        assert journey.graph.number_of_edges() >= TOUCHPOINTS - 1
        gc.collect()
        gc.freeze()  # what the collector would walk of the map by and by is not the questions' cost
        size = f"{TOUCHPOINTS:,} touchpoints, {'branching' if branching else 'plain'}"
        yield from (Question(name, size, MAP_SECONDS, asked) for name, asked in _of_a_map(journey))


def _of_a_map(journey: jm.Journey) -> Iterator[tuple[str, Ask]]:
    """Every question with a map for its data, by its name and what else it has to be told."""
    named = [f"s{k}" for k in range(TOUCHPOINTS)]
    change = Change("s5", "s6", by=-0.05, takes_from="end")
    more: dict[str, dict[str, object]] = {
        "clv": {"first_margin": "now", "discount": 0.1, "retention": 0.8},
        "before_after": {"metric": "converted"},
        "conformance": {"actual": [named[::2], named[::1_000]]},
        "duration_weighted": {"against": journey},
        "funnel": {"steps": named},
        "improvement_value": {"volume": 1_000, "value_each": 5, "metric": "converted"},
        "leaks": {"steps": named},
        "next_best_action": {"actions": [Action("help", change, cost=1)], "worth": 100},
        "nps_difference": {"second": journey},
        "roadmap": {"capacity": 100},
        "sample_size": {"effect": 0.05, "metric": "converted"},
        "similarity": {"other": journey},
        "sla_compliance": {"metric": "converted"},
        "what_if": {"changes": change},
    }
    for name in ask.__all__:
        first = next(iter(inspect.signature(getattr(ask, name)).parameters.values()), None) if name[0].islower() else None
        if first is None or not any(kind in str(first.annotation) for kind in ("Journey", "ChainData", "NpsData", "Portfolio")):
            continue
        data = [journey] if name in {"shared_pains", "roll_up"} else journey
        yield name, lambda name=name, data=data: getattr(ask, name)(data, **more.get(name, {}))


GROUPS: tuple[Callable[[], Iterator[Question]], ...] = (chains, answers, maps)


def main(words: list[str]) -> None:
    """Ask everything once, and print the seconds."""
    print(f"{'clock':>8} {'processor':>10} {'bar':>5}")
    for group in GROUPS:
        for question in group():
            if words and not any(word in f"{question.name}, {question.size}" for word in words):
                continue
            clock, processor = time.perf_counter(), time.process_time()
            try:
                found = question.ask()
                said = f"   {found.reason}" if isinstance(found, Result) and found.value is None else ""
            except AnalysisError as error:
                said = f"   {error}"
            clock, processor = time.perf_counter() - clock, time.process_time() - processor
            verdict = "keeps" if processor <= question.limit else "BREAKS"
            print(f"{clock:8.2f} {processor:10.2f} {question.limit:5.0f}  {verdict:6}  {question.name}, {question.size}{said}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
