"""Plain data in the shapes that people have: rows with named columns, pairs, counts, matrices, times as text."""

from __future__ import annotations

from datetime import UTC, datetime

import networkx as nx
import numpy as np
import pytest

from journeymap.analysis import (
    Calendar,
    ChannelPath,
    Passing,
    agreement,
    before_after,
    business_time,
    conversion,
    critical_path,
    criticality,
    flow_efficiency,
    friction,
    funnel,
    handoffs,
    ice,
    impact_effort,
    importance_performance,
    improvement_value,
    leaks,
    nps_difference,
    opportunity_score,
    pareto,
    persona_divergence,
    removal_effects,
    rice,
    roadmap,
    steps_before,
    structure,
    time_to_event,
    transition_matrix,
    unavoidable,
    uncertainty,
    variants,
)
from journeymap.analysis.intervals import Interval, Share
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import END


def test_rows_with_a_name_are_items():
    rows = [{"name": "restenosis", "importance": 9.5, "satisfaction": 3.2}, {"id": "exit", "importance": 7, "satisfaction": 8}]
    assert opportunity_score(rows) == opportunity_score({"restenosis": (9.5, 3.2), "exit": (7, 8)})
    assert importance_performance(rows, scale=(0, 10)) == importance_performance({"restenosis": (9.5, 3.2), "exit": (7, 8)}, scale=(0, 10))
    idea = {"reach": 5, "impact": 3, "confidence": 4, "effort": 1}
    assert rice([{"name": "library", **idea}]) == rice({"library": idea})
    assert ice([{"name": "a", "impact": 5, "confidence": 3, "ease": 4}]).value == 60
    assert impact_effort([{"name": "a", "impact": 5, "effort": [1, 2, 3]}]) == impact_effort({"a": (5, (1, 2, 3))})
    assert roadmap([{"name": "a", "value": 5, "effort": 1}], capacity=1) == roadmap({"a": {"value": 5, "effort": 1}}, capacity=1)
    tasks = [{"name": "a", "duration": 2}, {"name": "b", "duration": (1, 2, 3), "requires": ["a"]}]
    assert critical_path(tasks) == critical_path({"a": (2, []), "b": ((1, 2, 3), ["a"])})


def test_answers_of_both_sides_by_name():
    by_name = opportunity_score({"x": {"importance": [5, 4, 3, 5], "satisfaction": [2, 2, 4, 1]}})
    assert by_name == opportunity_score({"x": [(5, 2), (4, 2), (3, 4), (5, 1)]})
    assert by_name.value == pytest.approx(7.5 + 5)  # 3 of 4 find it important, 1 of 4 is satisfied
    with pytest.raises(AnalysisError, match="4 answers on importance and 1 on satisfaction"):
        opportunity_score({"x": {"importance": [5, 4, 3, 5], "satisfaction": [2]}})


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: opportunity_score([{"importance": 5, "satisfaction": 3}]), "has no name"),
        (lambda: opportunity_score({"x": {"importance": 5}}), "satisfaction missing"),
        (lambda: rice([{"name": "a"}, {"name": "a"}]), "'a' is there twice"),
        (lambda: rice({"a": 5}), "5 is no idea"),
        (lambda: ice("abc"), "'abc' are no items"),
        (lambda: roadmap({"a": 5}, capacity=1), "5 is no idea"),
        (lambda: impact_effort({"a": 5}), "5 is no pair of impact and effort"),
        (lambda: pareto([{"name": "x"}]), "has no score"),
        (lambda: friction([{"source": "a", "targt": "b"}]), "did you mean 'target'"),
        (lambda: friction([{"source": "a"}]), "does not say from where to where"),
        (lambda: variants([("anna", "ad", "noon")]), "'noon' is no time"),
        (lambda: variants([{"steps": ["ad"], "count": -1}]), "-1 is no count"),
        (lambda: removal_effects([{"path": "ad", "conversions": 1}]), "'ad' is no path"),
        (lambda: improvement_value(0.1, interval=(0.2, 0.1), volume=1, value_each=1), "falls; give the low end first"),
        (lambda: improvement_value(0.1, interval=0.2, volume=1, value_each=1), "0.2 is no interval"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(ask, told):
    with pytest.raises(AnalysisError) as caught:
        ask()
    assert told in str(caught.value)


def test_the_score_of_a_pain_is_the_product_of_its_parts():
    pains = {
        "slow reply": {"severity": 4, "frequency": 0.5, "reach": 1.0},
        "unclear form": {"severity": 2, "frequency": 0.9, "reach": 2},
        "broken link": {"severity": 4, "frequency": 0.1},
    }
    found = pareto(pains)
    assert [(row.id, row.value, row.by_severity) for row in found.rows] == [
        ("unclear form", pytest.approx(3.6), 3),
        ("slow reply", pytest.approx(2), 1),
        ("broken link", pytest.approx(0.4), 2),
    ]
    assert "ORDINAL_MATH" in {warning.code for warning in found.warnings}
    assert pareto([{"name": name, **pain} for name, pain in pains.items()]) == found
    with pytest.raises(NotEnoughData, match="1 of 2 pains"):
        pareto({"a": {"severity": 4, "frequency": None}, "b": {"severity": 1, "frequency": 1}})
    assert pareto([("a", 3), ("b", 1)]) == pareto({"a": 3, "b": 1}) == pareto([{"name": "a", "count": 3}, {"name": "b", "count": 1}])


def test_events_and_paths_come_in_rows():
    rows = [
        {"case": "1", "activity": "ask", "resource": "Pete", "timestamp": "2010-12-30T10:02:00+00:00"},
        {"case": "1", "activity": "reply", "resource": "Sue", "timestamp": "2010-12-31T09:06:00+00:00"},
    ]
    times = [datetime(2010, 12, 30, 10, 2, tzinfo=UTC), datetime(2010, 12, 31, 9, 6, tzinfo=UTC)]
    assert variants(rows) == variants([("1", "ask", times[0]), ("1", "reply", times[1])])
    assert variants([(row["case"], row["activity"], row["timestamp"]) for row in rows]) == variants(rows)
    assert handoffs(rows) == handoffs([("1", "ask", "Pete", times[0]), ("1", "reply", "Sue", times[1])])
    assert handoffs([{"case": "1", "activity": "ask", "owner": "Pete"}]).reason == "there is no transition"
    assert transition_matrix([{"trace": ["a", "b"], "count": 3}, {"trace": ["a"]}]).ends == {"b": 3, "a": 1}
    spells = [{"case": "1", "activity": "a", "start": "2026-01-05T09:00", "end": "2026-01-05T10:00"}]
    assert flow_efficiency(spells) == flow_efficiency([("1", "a", datetime(2026, 1, 5, 9), datetime(2026, 1, 5, 10))])
    paths = [{"path": ["C1", "C2"], "conversions": 1, "nulls": 0, "value": 10}, {"path": ["C1"], "conversions": 0, "nulls": 1}]
    told = [ChannelPath(["C1", "C2"], value=10), ChannelPath(["C1"], conversions=0, nulls=1)]
    assert removal_effects(paths).effects == removal_effects(told).effects
    assert friction([{"source": "a", "target": "b", "wait": 72, "manual": True}]) == friction(
        [Passing(source="a", target="b", wait=72, manual=True)]
    )


def test_counts_by_step_come_in_rows():
    rows = [{"step": "visit", "n": 12000}, {"step": "product", "n": 5400}]
    assert funnel(rows) == funnel([("visit", 12000), ("product", 5400)]) == funnel({"visit": 12000, "product": 5400})
    assert leaks(rows) == leaks({"visit": 12000, "product": 5400})


def test_times_as_text():
    found = business_time("2026-01-09T16:00:00", "2026-01-12T10:00:00", calendar=Calendar(hours=(9, 17)))
    assert (found.value, found.calendar_hours, found.business_days) == (2, 66, 0.25)


def test_whole_numbers_are_counts_of_a_chain():
    counts = {"ad": {"site": 90, END: 10}, "mail": {"site": 100}, "site": {"buy": 19, END: 171}}
    found = conversion(counts, goal="buy")
    assert found.value == pytest.approx(0.95 * 0.1)  # half start at the ad, where a tenth leave
    assert found.n == 200
    assert conversion([(source, target, n) for source, row in counts.items() for target, n in row.items()], goal="buy") == found
    assert uncertainty(counts, goal="buy", draws=200).interval is not None
    with pytest.raises(AnalysisError, match="is there twice"):
        conversion([("a", "b", 3), ("a", "b", 4)], goal="b")
    with pytest.raises(ScaleMismatch):
        conversion({"a": {"b": 40.5}}, goal="b")


def test_a_matrix_is_a_chain_whose_states_have_numbers():
    # the drunkard's walk of Grinstead & Snell (1997), example 11.13: corners 0 to 4, here 1 to 5
    walk = [[0, 0, 0, 0, 0], [0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0.5, 0], [0, 0, 0.5, 0, 0.5], [0, 0, 0, 0, 0]]
    found = conversion(walk, goal=5, start=3)
    assert (found.value, found.steps) == (pytest.approx(0.5), pytest.approx(4))
    assert conversion(np.array(walk), goal="5", start="3") == found


def test_betweenness_of_plain_links_counts_steps():
    links = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e"), ("c", "e"), ("b", "d")]
    expected = nx.betweenness_centrality(nx.DiGraph(links))
    found = {step.id: step.betweenness for step in criticality(links, goal="e").steps}
    assert found == {step: pytest.approx(expected[step]) for step in "abcd"}
    after = {"a": ["b", "c"], "b": ["c", "d"], "c": ["d", "e"], "d": ["e"]}
    assert {step.id: step.betweenness for step in criticality(after, goal="e").steps} == found


def test_an_end_that_is_no_goal_is_a_step_of_the_net():
    table = {"a": {"b": 1.0}, "b": {"buy": 0.5, "help": 0.5}}
    found = {step.id: step.betweenness for step in criticality(table, goal="buy").steps}
    assert found == {"a": 0, "b": pytest.approx(2 / 6)}  # from a to buy and to help, of 3 * 2 ordered pairs of the others


def test_numbers_name_steps_too():
    links = [(1, 2), (2, 3), (1, 3)]
    assert steps_before(links, goal=3).hops == {1: ("1", "2")}
    assert unavoidable(links, goal=3).value == 1
    assert structure([("a", "b")], goals=["b"], entries="a").entries == ("a",)


def test_dominators_from_an_entry_that_something_leads_back_to():
    # the irreducible graph of Cooper, Harvey & Kennedy (2001), figure 2; without start= nobody could tell that 5 is the entry
    links = [(1, 2), (2, 1), (3, 2), (4, 1), (5, 3), (5, 4), (1, 5)]
    found = unavoidable(links, goal=1, start=5)
    assert dict(found.idom) == {"1": "5", "2": "5", "3": "5", "4": "5"}
    assert [step.id for step in found.steps] == ["5"]
    with pytest.raises(AnalysisError, match="there is no step '9'"):
        unavoidable(links, goal=1, start=9)


def test_codes_as_a_matrix_of_coders():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: 4 observers, 12 units, 0.743
    gap = None
    coders = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, gap, gap, gap],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, gap, 3],
        [gap, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, gap],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, gap],
    ]
    assert agreement(coders).value == pytest.approx(0.743, abs=5e-4)
    assert agreement([["Ann", "u1", "x"], ["Ben", "u1", "x"], ["Ann", "u2", "y"], ["Ben", "u2", "x"]]).coders == ("Ann", "Ben")


def test_what_completes_the_data_may_come_second():
    after, before = {"promoters": 60, "passives": 20, "detractors": 20}, {"promoters": 45, "passives": 25, "detractors": 30}
    assert nps_difference(after, before) == nps_difference(after, second=before)
    assert before_after(Share(48, 80), Share(56, 70)) == before_after(Share(48, 80), after=Share(56, 70))
    assert time_to_event([6, 7, 9], [1, 0, 1]) == time_to_event([(6, 1), (7, 0), (9, 1)])
    assert flow_efficiency([2, 1], [9]) == flow_efficiency([2, 1], waits=[9])


def test_shares_in_the_same_order():
    assert persona_divergence({"A": [0.5, 0.5], "B": [0.9, 0.1]}).value == pytest.approx(0.14679310243605)


def test_an_interval_as_a_pair():
    pair = improvement_value(0.05, interval=(0.02, 0.08), volume=10_000, value_each=5)
    assert (pair.value, pair.interval.low, pair.interval.high) == (pytest.approx(2500), pytest.approx(1000), pytest.approx(4000))
    assert pair.value == improvement_value(0.05, interval=Interval(0.02, 0.08), volume=10_000, value_each=5).value


def test_the_whole_numbers_of_data_frames_are_counts():
    assert transition_matrix({"a": {"b": np.int64(3)}}) == transition_matrix({"a": {"b": 3}})
    assert funnel({"a": np.int64(30), "b": np.int64(3)}) == funnel({"a": 30, "b": 3})
    assert before_after(Share(np.int64(48), np.int64(80)), Share(56, 70)).value == pytest.approx(0.2)
    assert structure([(1, 2), (2, 3)], goals=3).goals == ("3",)


def test_counts_of_ways_come_in_rows():
    rows = [["path_start", "a", 3], ["a", "b", 2], ["a", "path_end", 1]]
    assert transition_matrix(rows) == transition_matrix({"path_start": {"a": 3}, "a": {"b": 2, "path_end": 1}})
