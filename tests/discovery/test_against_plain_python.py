"""What the engine counts is what plain Python counts, ties in time included."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean, median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import journeymap as jm
from journeymap.analysis import funnel, transition_matrix, variants

START = datetime(2026, 3, 1, tzinfo=UTC)
FEW = settings(max_examples=40)
rows = st.lists(
    st.tuples(
        st.sampled_from(["anna", "ben", "cleo", "dora"]),
        st.sampled_from(["ad", "site", "chat", "buy"]),
        st.integers(0, 6).map(lambda hours: START + timedelta(hours=hours)),
    ),
    min_size=1,
    max_size=30,
)


def paths(events):
    by_case = defaultdict(list)
    for case, activity, when in events:
        by_case[case].append((when, activity))
    return {case: sorted(told, key=lambda event: event[0]) for case, told in by_case.items()}  # a stable sort keeps the order of rows


@FEW
@given(rows)
def test_transitions(events):
    found = jm.EventLog.read(events).transitions()
    wanted = transition_matrix(events)
    assert found.n == wanted.n
    assert found.value == pytest.approx(wanted.value)
    assert found.entries == wanted.starts
    assert found.exits == wanted.ends
    assert found.matrix.flows == wanted.flows
    waits = defaultdict(list)
    for told in paths(events).values():
        for (before, source), (after, target) in pairwise(told):
            waits[source, target].append((after - before) / timedelta(hours=1))
    assert {(move.source, move.target) for move in found.moves} == set(waits)
    for move in found.moves:
        told = waits[move.source, move.target]
        lengths = [move.mean_wait, move.median_wait, move.p90_wait]
        assert [length / timedelta(hours=1) for length in lengths] == pytest.approx([mean(told), *np.quantile(told, [0.5, 0.9])])
    assert found.ties == sum(wait == 0 for told in waits.values() for wait in told)


@FEW
@given(rows)
def test_touchpoints(events):
    found = jm.EventLog.read(events).touchpoints()
    told = {case: [activity for _, activity in path] for case, path in paths(events).items()}
    everyone = len(told)
    for touch in found.touches:
        places = [path.index(touch.activity) + 1 for path in told.values() if touch.activity in path]
        assert touch.events == sum(path.count(touch.activity) for path in told.values())
        assert (touch.cases, touch.of_cases) == (len(places), len(places) / everyone)
        assert touch.again == touch.events - touch.cases
        assert touch.entries == sum(path[0] == touch.activity for path in told.values())
        assert touch.exits == sum(path[-1] == touch.activity for path in told.values())
        assert touch.of_exits == touch.exits / touch.events
        assert (touch.position, touch.mean_position) == pytest.approx((median(places), mean(places)))
    assert sum(touch.events for touch in found.touches) == len(events)


@FEW
@given(rows, st.sampled_from([0.0, 0.5, 0.8, 1.0]))
def test_variants(events, cut):
    log = jm.EventLog.read(events)
    wanted, found = variants(events, cut=cut), log.variants(cut=cut)
    assert (found.value, found.n, found.distinct, found.variants) == (wanted.value, wanted.n, wanted.distinct, wanted.variants)
    assert found.entropy == pytest.approx(wanted.entropy)
    assert log.variants(top=1).variants == wanted.variants[:1]


@FEW
@given(
    rows,
    st.permutations(["ad", "site", "buy"]),
    st.sampled_from(["ordered", "strict", "any"]),
    st.sampled_from([None, timedelta(0), timedelta(hours=2), timedelta(hours=3, minutes=30)]),
)
def test_closed_funnels(events, steps, order, window):
    steps = [step for step in steps if step in {activity for _, activity, _ in events}] or [events[0][1]]
    wanted = funnel(events, steps=steps, order=order, window=window)
    found = jm.EventLog.read(events).funnel(steps, order=order, window=window)
    assert found.steps == wanted.steps
    assert (found.n, found.value, found.interval, found.method) == (wanted.n, wanted.value, wanted.interval, wanted.method)
    assert [warning.code for warning in found.warnings] == [warning.code for warning in wanted.warnings]


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
def test_a_window_holds_its_last_moment(order):
    events = [("anna", "ad", START), ("anna", "site", START + timedelta(hours=2)), ("anna", "buy", START + timedelta(hours=2, seconds=1))]
    found = jm.EventLog.read(events).funnel(["ad", "site", "buy"], order=order, window=timedelta(hours=2))
    assert [step.reached for step in found.steps] == [1, 1, 0]
    assert found.steps == funnel(events, steps=["ad", "site", "buy"], order=order, window=timedelta(hours=2)).steps


@FEW
@given(rows)
def test_open_funnels(events):
    steps = sorted({activity for _, activity, _ in events})
    assert jm.EventLog.read(events).funnel(steps, closed=False).steps == funnel(events, steps=steps, closed=False).steps


@FEW
@given(rows, st.randoms(use_true_random=False))
def test_only_time_and_sequence_decide_the_order(events, random):
    numbered = [{"case": case, "activity": what, "time": when, "nr": nr} for nr, (case, what, when) in enumerate(events)]
    shuffled = random.sample(numbered, len(numbered))
    found = jm.EventLog.read(shuffled, sequence="nr")
    assert found.transitions().moves == jm.EventLog.read(events).transitions().moves


@FEW
@given(rows)
def test_quality_counts_ties_and_doubles(events):
    found = {finding.what: finding.count for finding in jm.EventLog.read(events).quality().findings}
    ties = sum(before[0] == after[0] for path in paths(events).values() for before, after in pairwise(path))
    assert found["transitions between events of the same time"] == ties
    assert found["events of the same case, activity and time as another"] == len(events) - len(Counter(events))
