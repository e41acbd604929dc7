"""D5: the critical path, and PERT's doubt about it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import critical_path
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Range, Span, Stage, Touchpoint, Transition

HOUR = timedelta(hours=1)


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


# General Foundry, a PERT network printed in Render, Stair & Hanna, Quantitative Analysis for Management: weeks.
FOUNDRY = {
    "A": ((1, 2, 3), []),
    "B": ((2, 3, 4), []),
    "C": ((1, 2, 3), ["A"]),
    "D": ((2, 4, 6), ["B"]),
    "E": ((1, 4, 7), ["C"]),
    "F": ((1, 2, 9), ["C"]),
    "G": ((3, 4, 11), ["D", "E"]),
    "H": ((1, 2, 3), ["F", "G"]),
}


def test_a_textbook_network():
    found = critical_path(FOUNDRY, deadline=16)
    assert found.value == 15
    assert found.paths == (("A", "C", "E", "G", "H"),)
    assert found.variance == pytest.approx(112 / 36)
    assert found.p_by_deadline == pytest.approx(0.7157, abs=2e-3)  # the book rounds z to 0.57
    slack = {task.id: task.slack for task in found.tasks}
    assert slack == {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0, "F": 6, "G": 0, "H": 0}
    f = {task.id: task for task in found.tasks}["F"]
    assert (f.early_start, f.early_finish, f.late_start, f.late_finish, f.duration) == (4, 7, 10, 13, 3)


def test_parallel_critical_paths_are_all_told_and_called_optimistic():
    found = critical_path({"a": (1, []), "b": ((1, 2, 3), ["a"]), "c": ((0, 2, 4), ["a"]), "d": (1, ["b", "c"])}, deadline=4)
    assert found.paths == (("a", "b", "d"), ("a", "c", "d"))
    assert found.variance == pytest.approx(16 / 36)
    assert found.p_by_deadline == 0.5
    assert any("merge bias" in note for note in found.assumptions)


def test_without_doubt_a_deadline_is_kept_or_not():
    assert [critical_path({"a": (3, [])}, deadline=deadline).p_by_deadline for deadline in (2.9, 3, 4)] == [0, 1, 1]
    assert critical_path({"a": (3, [])}).p_by_deadline is None


def test_a_cycle_and_negative_durations_are_refused():
    with pytest.raises(AnalysisError, match="is a cycle"):
        critical_path({"a": (1, ["b"]), "b": (1, ["a"])})
    with pytest.raises(AnalysisError, match="-1 is below 0"):
        critical_path({"a": (-1, [])})


def test_a_map_brings_durations_and_waits():
    mapped = journey(
        Touchpoint("A", duration=HOUR),
        Touchpoint("B", duration=Span(HOUR, 2 * HOUR, 9 * HOUR)),
        Touchpoint("Detour", duration=50 * HOUR),
        Touchpoint("C", duration=HOUR),
        transitions=[
            Transition("a", "b", wait=24 * HOUR),
            Transition("a", "detour", kind="alternative"),
            Transition("b", "c"),
            Transition("c", "a", kind="loop"),
        ],
    )
    found = critical_path(mapped)
    assert found.paths == (("a", "b", "c"),)
    assert found.value == pytest.approx(1 + 24 + 3 + 1)
    assert found.variance == pytest.approx((8 / 6) ** 2)
    assert "1 steps to which no main transition leads are left out" in found.assumptions
    assert any("1 durations or waits that nobody knows" in note for note in found.assumptions)
    assert found.grade == "hypothesis"


def test_entries_and_exits_are_no_steps():
    mapped = journey(Touchpoint("A", duration=HOUR), transitions=[Transition(START, "a"), Transition("a", END)])
    assert critical_path(mapped).value == 1


def test_what_nobody_knows_adds_nothing_and_much_of_it_is_refused():
    found = critical_path({"a": (1, []), "b": (None, ["a"]), "c": (2, ["b"]), "d": (1, ["c"])})
    assert (found.value, found.missing) == (4, 1)
    assert "MISSING_HEAVY" in {warning.code for warning in found.warnings}
    with pytest.raises(NotEnoughData, match=r"1 of 2 durations \(50 %\)"):
        critical_path({"a": (1, []), "b": (None, ["a"])})
    with pytest.raises(NotEnoughData, match="there is no step"):
        critical_path(Journey("J"))


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ({"a": 3}, "3 is no task"),
        ({"a": (1, ["bb"]), "b": (1, [])}, "waits for 'bb', which is no task"),
        ({"a": ((3, 2, 1), [])}, "do not rise"),
        ({"a": ((3, 2), [])}, "is no length of time"),
        ({"a": (1, []), "b": (HOUR, [])}, "mixed"),
        (1, "are no tasks"),
        ([1], "1 has no name"),
    ],
)
def test_what_does_not_fit_is_refused(tasks, message):
    with pytest.raises(AnalysisError, match=message):
        critical_path(tasks)


def test_kinds_of_lengths():
    assert critical_path({"a": (HOUR, [])}).unit == "hours"
    assert critical_path({"a": ((HOUR, HOUR, 7 * HOUR), [])}).value == 2
    assert critical_path({"a": (Range(1, 1, 7), [])}).value == 2


@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 7))), min_size=1, max_size=8))
def test_it_agrees_with_the_longest_path(rows):
    tasks = {f"t{k}": (length, [f"t{b}" for b in sorted(before) if b < k]) for k, (length, before) in enumerate(rows)}
    found = critical_path(tasks)
    graph = nx.DiGraph()
    for name, (length, before) in tasks.items():
        graph.add_edge((name, 0), (name, 1), weight=length)
        graph.add_edges_from((((earlier, 1), (name, 0)) for earlier in before), weight=0)
    assert found.value == nx.dag_longest_path_length(graph)
    length = {name: duration for name, (duration, _) in tasks.items()}
    for path in found.paths:
        assert sum(length[step] for step in path) == found.value
        assert all(before in tasks[after][1] for before, after in pairwise(path))
    assert all(task.slack >= 0 and task.late_finish <= found.value for task in found.tasks)
    assert {step for path in found.paths for step in path} <= {task.id for task in found.tasks if task.critical}


def test_many_parallel_paths_are_bounded():
    tasks = {"s0": (1, [])}
    for k in range(30):
        tasks |= {f"a{k}": (1, [f"s{k}"]), f"b{k}": (1, [f"s{k}"]), f"s{k + 1}": (1, [f"a{k}", f"b{k}"])}
    assert len(critical_path(tasks).paths) == 20
