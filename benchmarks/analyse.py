"""How long the questions of `journeymap.analysis` take: chains of 500 states, and maps of 100,000 touchpoints.

Prints the seconds of each question beside those it may take. A family joins by a function in GROUPS that gives its questions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import NamedTuple

import journeymap as jm
from journeymap.analysis import Action, Change
from journeymap.model import END

STATES = 500
TOUCHPOINTS = 100_000
CHAIN_SECONDS = 2.0
MAP_SECONDS = 5.0


class Question(NamedTuple):
    """One question, asked once."""

    name: str
    limit: float
    """How many seconds it may take."""
    ask: Callable[[], object]


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


def line(touchpoints: int) -> jm.Journey:
    """A map without a choice."""
    steps = [jm.Touchpoint(f"Step {k}", id=f"s{k}", emotion=(k % 9 - 4) / 2, goal=k == touchpoints - 1) for k in range(touchpoints)]
    return jm.Journey("Line", [jm.Stage("All", steps)])


def web(touchpoints: int) -> jm.Journey:
    """A map with shares, waits and counts: branches, ways back, drop-off."""
    steps = [
        jm.Touchpoint(
            f"Step {k}",
            id=f"s{k}",
            channel=("Web", "Phone", "Branch")[k % 3],
            goal=k == touchpoints - 1,
            duration=timedelta(minutes=5),
            metrics=[jm.Metric(f"at {k}", kind="count", value=touchpoints - k)],
        )
        for k in range(touchpoints)
    ]
    ways = []
    for k in range(touchpoints - 3):
        wait = timedelta(hours=k % 48)
        if k % 10 == 0:
            ways.append(jm.Transition(f"s{k}", f"s{k + 1}", probability=0.6, wait=wait))
            ways.append(jm.Transition(f"s{k}", f"s{k + 2}", kind="alternative", probability=0.39999, wait=wait))
        elif k % 10 == 5:
            ways.append(jm.Transition(f"s{k}", f"s{k + 1}", probability=0.8, wait=wait))
            ways.append(jm.Transition(f"s{k}", f"s{k - 3}", kind="loop", probability=0.2, wait=wait))
    return jm.Journey("Web", [jm.Stage("All", steps)], transitions=ways)


def chains() -> Iterator[Question]:
    """The absorbing chain and what rests on it."""
    ask = jm.analysis
    for name, ways in (("sparse", 5), ("dense", STATES - 1)):
        rows = table(STATES, ways)
        counts = {"path_start": {"0": 1_000}} | {
            source: {"path_end" if target == END else target: 1 + int(1e4 * share) for target, share in row.items()}
            for source, row in rows.items()
        }
        matrix = ask.transition_matrix(counts)
        change = Change("0", "goal", by=0.01, takes_from=END)
        found: list[tuple[str, Callable[[], object]]] = [
            ("conversion", lambda rows=rows: ask.conversion(rows, goal="goal", start="0")),
            ("removal_effects", lambda rows=rows: ask.removal_effects(rows, goal="goal", start="0")),
            ("tornado", lambda rows=rows: ask.tornado(rows, goal="goal", start="0")),
            ("what_if", lambda rows=rows, change=change: ask.what_if(rows, goal="goal", start="0", changes=change)),
            ("lifecycle", lambda: ask.lifecycle({str(k): {str((k + j) % STATES): 0.25 for j in (1, 2, 5, 11)} for k in range(STATES)})),
            ("uncertainty", lambda matrix=matrix: ask.uncertainty(matrix, goal="goal", draws=100)),
        ]
        for question, asked in found:
            limit = 60.0 if question == "uncertainty" else CHAIN_SECONDS
            yield Question(f"{question}, {STATES} states, {name}", limit, asked)


def flows_on_maps() -> Iterator[Question]:
    """Funnels, chains, structure and scenarios on maps."""
    ask = jm.analysis
    plain, branching = line(TOUCHPOINTS), web(TOUCHPOINTS)
    assert plain.graph.number_of_edges() == TOUCHPOINTS - 1
    assert branching.graph.number_of_edges() >= TOUCHPOINTS
    far = [f"s{k}" for k in range(0, TOUCHPOINTS, TOUCHPOINTS // 100)]
    change = Change("s5", "s6", by=0.05, takes_from="s2")
    for name, journey in (("line", plain), ("web", branching)):
        found: list[tuple[str, Callable[[], object]]] = [
            ("structure", lambda journey=journey: ask.structure(journey)),
            ("complexity", lambda journey=journey: ask.complexity(journey)),
            ("conformance", lambda journey=journey: ask.conformance(journey, actual=[[f"s{k}" for k in range(0, TOUCHPOINTS, 2)], far])),
            ("transition_matrix", lambda journey=journey: ask.transition_matrix(journey)),
            ("step_matrix", lambda journey=journey: ask.step_matrix(journey)),
            ("rework", lambda journey=journey: ask.rework(journey)),
            ("conversion", lambda journey=journey: ask.conversion(journey)),
            ("removal_effects", lambda journey=journey: ask.removal_effects(journey)),
            ("tornado", lambda journey=journey: ask.tornado(journey)),
        ]
        yield from (Question(f"{question}, {TOUCHPOINTS:,} touchpoints, {name}", MAP_SECONDS, asked) for question, asked in found)
    action = Action("help", change, cost=1)
    more: list[tuple[str, Callable[[], object]]] = [
        ("removal_effects by channel", lambda: ask.removal_effects(branching, by="channel")),
        ("funnel", lambda: ask.funnel(branching, steps=[f"s{k}" for k in range(TOUCHPOINTS)])),
        ("leaks", lambda: ask.leaks(branching, steps=[f"s{k}" for k in range(TOUCHPOINTS)])),
        ("what_if", lambda: ask.what_if(branching, changes=change)),
        ("next_best_action", lambda: ask.next_best_action(branching, actions=[action], worth=100)),
    ]
    yield from (Question(f"{question}, {TOUCHPOINTS:,} touchpoints, web", MAP_SECONDS, asked) for question, asked in more)


GROUPS: tuple[Callable[[], Iterator[Question]], ...] = (chains, flows_on_maps)


def main() -> None:
    """Ask everything once, and print the seconds."""
    for group in GROUPS:
        for question in group():
            began = time.perf_counter()
            question.ask()
            seconds = time.perf_counter() - began
            verdict = "" if seconds <= question.limit else "   TOO SLOW"
            print(f"{seconds:8.2f} s of {question.limit:4.0f}  {question.name}{verdict}", flush=True)


if __name__ == "__main__":
    main()
