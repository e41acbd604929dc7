"""F1: how many get how far."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import Event, funnel
from journeymap.errors import AnalysisError, DoubtfulAnswer, NotEnoughData
from journeymap.model import END, START, Journey, Metric, Stage, Touchpoint, Transition

DAY = timedelta(days=1)
BEGIN = datetime(2026, 3, 1, tzinfo=UTC)


def reached(data, steps, **options):
    return [step.reached for step in funnel(data, steps=list(steps), **options).steps]


def at_days(case, *events):
    return [Event(case, activity, BEGIN + day * DAY) for activity, day in events]


def test_a_closed_ordered_funnel():
    """retentioneering-tools 5, tests/tools/funnel_test.py::test_funnel_basic; user_4 comes in at B and is not counted there."""
    events = [("user_1", "A"), ("user_1", "B"), ("user_1", "C"), ("user_2", "A"), ("user_2", "B"), ("user_3", "A"), ("user_4", "B")]
    found = funnel(events, steps=["A", "B", "C"])
    assert [step.reached for step in found.steps] == [3, 2, 1]
    assert [step.drop_off for step in found.steps] == [1, 1, 1]
    assert [step.of_all for step in found.steps] == [0.75, 0.5, 0.25]
    assert [step.of_previous for step in found.steps] == pytest.approx([0.75, 2 / 3, 0.5], abs=1e-9)
    bounds = [
        (0.30064184258240184, 0.9544127391902995),
        (0.2076596008020477, 0.9385080552796037),
        (0.09453120573423074, 0.9054687942657693),
    ]
    for step, (low, high) in zip(found.steps, bounds, strict=True):
        assert (step.of_previous_interval.low, step.of_previous_interval.high) == pytest.approx((low, high), abs=1e-9)
    assert (found.of_all, found.of_first, found.value) == (0.25, pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert found.n == 3
    assert [warning.code for warning in found.warnings] == ["SMALL_N"]
    assert found.explain().startswith(
        "Of 3 at 'A', 1 get to 'C' (33 %); most are lost before 'B' (1) (n = 3 customers; 95 % interval 6.1 % to 79 %)"
    )


def test_counts_by_step():
    found = funnel({"visit": 12000, "product": 5400, "basket": 1620, "checkout": 1134, "paid": 680})
    assert [step.of_previous for step in found.steps] == pytest.approx([1, 0.45, 0.3, 0.7, 0.599647266313933], abs=1e-9)
    assert found.steps[1].of_previous_interval.low == pytest.approx(0.4411162824738763, abs=1e-8)
    assert found.steps[4].of_previous_interval.high == pytest.approx(0.6277821193326771, abs=1e-8)
    assert found.value == pytest.approx(0.056666666666666664)
    assert [step.drop_off for step in found.steps] == [0, 6600, 3780, 486, 454]
    assert found.warnings == ()
    assert found.assumptions == ("those at the first step are taken to be all customers",)


def test_all_customers_may_be_more_than_those_at_the_first_step():
    found = funnel({"visit": 80, "paid": 20}, total=100)
    assert (found.of_all, found.of_first) == (0.2, 0.25)
    assert found.steps[0].of_previous == 0.8


def test_some_of_the_counted_steps():
    assert reached({"visit": 100, "basket": 40, "paid": 10}, ["visit", "paid"]) == [100, 10]
    with pytest.raises(AnalysisError, match="there is no count for 'payed'; did you mean 'paid'"):
        funnel({"visit": 100, "paid": 10}, steps=["visit", "payed"])


def test_a_closed_funnel_cannot_grow():
    with pytest.raises(AnalysisError, match="20 at 'b' are more than the 10 at 'a' before it"):
        funnel({"a": 10, "b": 20})
    with pytest.raises(AnalysisError, match="10 at 'a' are more than the 5 customers in all"):
        funnel({"a": 10}, total=5)
    found = funnel({"a": 10, "b": 20}, closed=False)
    assert found.value == 2
    assert (found.interval, found.steps[1].drop_off) == (None, None)


@pytest.mark.parametrize("counts", [{"a": -1}, {"a": 1.5}, {"a": True}])
def test_what_is_no_count(counts):
    with pytest.raises(AnalysisError, match="is no count of customers"):
        funnel(counts)


def test_nobody_at_the_first_step_is_undefined():
    assert funnel({"anna": ["b", "a"]}, steps=["b"], exclude=["a"]).value == 1
    found = funnel({"a": 0, "b": 0})
    assert found.value is None
    assert found.reason == "nobody took the first step, 'a'"
    assert found.steps[1].of_previous is None
    assert found.explain().startswith("The share of those who start that get to the end is unknown: nobody took the first step, 'a'")


def test_no_customers_at_all():
    found = funnel([], steps=["a", "b"])
    assert (found.value, found.n, found.of_all) == (None, 0, None)


def test_a_repeated_step_counts_once():
    assert reached({"a": list("AABBAB")}, "AB") == [1, 1]


def test_anything_may_happen_between_unless_strict():
    path = {"a": list("AXB"), "b": list("AB"), "c": list("AAB")}
    assert reached(path, "AB") == [3, 3]
    assert reached(path, "AB", order="strict") == [3, 2]


def test_every_occurrence_of_the_first_step_may_start_an_attempt():
    assert reached({"a": list("AXAB")}, "AB", order="strict") == [1, 1]
    assert reached(at_days("a", ("A", 0), ("A", 9), ("B", 10)), "AB", window=2 * DAY) == [1, 1]


def test_any_order_counts_the_longest_prefix_of_steps_present():
    assert reached({"a": list("CBA")}, "ABC", order="any") == [1, 1, 1]
    assert reached({"a": list("CA"), "all": list("CBA")}, "ABC", order="any") == [2, 1, 1]
    assert reached({"a": list("CB"), "all": list("CBA")}, "ABC", order="any") == [1, 1, 1]
    rows = at_days("a", ("B", 0), ("A", 3), ("B", 10), ("C", 11))
    assert reached(rows, "ABC", order="any", window=5 * DAY) == [1, 1, 0]
    assert reached(rows, "ABC", order="any", window=8 * DAY) == [1, 1, 1]


def test_the_window_runs_from_the_first_step_and_holds_its_end():
    rows = at_days("a", ("A", 0), ("B", 2), ("C", 4))
    assert reached(rows, "ABC", window=4 * DAY) == [1, 1, 1]
    assert reached(rows, "ABC", window=3 * DAY) == [1, 1, 0]
    with pytest.raises(NotEnoughData, match="there is a window, but no event has a time"):
        funnel([("a", "A"), ("a", "B")], steps=["A", "B"], window=DAY)


def test_an_excluded_activity_ends_the_attempt():
    path = {"a": list("AXB"), "b": list("AXAB"), "c": list("XAB"), "d": list("ABX")}
    assert reached(path, "AB", exclude=["X"]) == [4, 3]
    assert reached({"a": list("BXA"), "b": list("BA")}, "AB", order="any", exclude=["X"]) == [2, 1]


def test_an_optional_step_may_be_left_out_and_is_no_loss():
    path = {"a": list("ABC"), "b": list("AC"), "c": list("A")}
    found = funnel(path, steps=list("ABC"), optional=["B"])
    assert [step.reached for step in found.steps] == [3, 1, 2]
    assert [step.drop_off for step in found.steps] == [0, None, 1]
    assert [step.of_previous for step in found.steps] == pytest.approx([1, 1 / 3, 2 / 3])
    assert reached(path, "ABC", optional=["B"], order="strict") == [3, 1, 2]
    assert reached({"a": list("ACB")}, "ABC", optional=["B"]) == [1, 0, 1]
    assert reached({"a": list("ACABC")}, "ABC", optional=["B"]) == [1, 1, 1]
    assert reached({"a": list("CBA")}, "ABC", optional=["B"], order="any") == [1, 1, 1]
    assert funnel(path, steps=list("ABC"), optional=["C"]).value == pytest.approx(1 / 3)


def test_an_open_funnel_counts_each_step_by_itself():
    path = {"a": list("BC"), "b": list("A"), "c": list("CBA")}
    found = funnel(path, steps=list("ABC"), closed=False)
    assert [step.reached for step in found.steps] == [2, 2, 2]
    assert [step.of_all for step in found.steps] == pytest.approx([2 / 3] * 3)
    assert {step.drop_off for step in found.steps} == {None}
    assert found.interval is None
    with pytest.raises(AnalysisError, match="order, window, optional and exclude need closed=True"):
        funnel(path, steps=list("AB"), closed=False, order="strict")


def test_times_to_a_step():
    rows = [row for k in (1, 2, 3, 10) for row in at_days(f"c{k}", ("A", 0), ("B", k), ("C", 2 * k))]
    found = funnel(rows, steps=list("ABC"))
    assert found.steps[0].median_since_start == timedelta(0)
    assert found.steps[1].median_since_start == 2.5 * DAY
    assert found.steps[1].p90_since_start == timedelta(days=7.9)  # numpy.quantile([1, 2, 3, 10], 0.9)
    assert found.steps[2].median_since_start == 5 * DAY
    assert found.steps[2].median_since_previous == 2.5 * DAY
    assert funnel(rows, steps=list("ABC"), order="any").steps[2].median_since_previous is None
    assert funnel([("a", "A")], steps=["A"]).steps[0].median_since_start is None


def test_times_are_those_of_who_got_there():
    rows = [*at_days("a", ("A", 0), ("B", 1)), *at_days("b", ("A", 0))]
    codes = {warning.code: warning.text for warning in funnel(rows, steps=["A", "B"]).warnings}
    assert codes["SURVIVORS"].startswith("of 2 who started, 1 reached 'B'")


def test_who_still_had_time_when_watching_ended():
    rows = [
        *at_days("done", ("A", 0), ("B", 1)),
        *at_days("gone", ("A", 0)),
        *at_days("waiting", ("A", 9)),
        *at_days("seen", ("A", 3), ("B", 10)),
    ]
    found = funnel(rows, steps=["A", "B"], window=7 * DAY)
    assert [step.still_open for step in found.steps] == [0, 1]
    assert "CENSORED" in {warning.code for warning in found.warnings}
    assert found.assumptions == ("watching ended with the last event, 2026-03-11T00:00:00+00:00",)
    early = funnel(rows, steps=["A", "B"], window=7 * DAY, until=BEGIN + 9 * DAY)
    assert [step.reached for step in early.steps] == [4, 1]
    assert early.steps[1].still_open == 2
    assert funnel(rows, steps=["A", "B"]).steps[1].still_open is None


def test_strict_refuses_doubt():
    with pytest.raises(DoubtfulAnswer, match="SMALL_N"):
        funnel({"a": 10, "b": 5}, strict=True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"steps": None}, "no steps are named"),
        ({"steps": "AB"}, "no steps are named"),
        ({"steps": ["A", "A"]}, "a step is named twice"),
        ({"steps": ["A", "Z"]}, "nobody ever did 'Z'"),
        ({"steps": ["A"], "exclude": ["Z"]}, "nobody ever did 'Z'"),
        ({"steps": ["A"], "exclude": ["A"]}, "'A' is excluded and a step"),
        ({"steps": ["A"], "optional": ["B"]}, "'B' is optional and no step"),
        ({"steps": ["A", "B"], "optional": ["A"]}, "'A' is the first step and starts every attempt"),
        ({"steps": ["A"], "order": "loose"}, "order='loose' is unknown"),
        ({"steps": ["A"], "level": 2}, "2 is no level of confidence"),
    ],
)
def test_what_cannot_be_asked(options, told):
    with pytest.raises(AnalysisError) as caught:
        funnel({"a": ["A", "B"]}, **options)
    assert told in str(caught.value)


def shop(*transitions, metrics=()):
    held = dict(metrics)
    steps = [
        Touchpoint(step, metrics=[Metric(f"at {step}", kind="count", value=held[step])] if step in held else [])
        for step in ("ad", "site", "pay")
    ]
    return Journey("J", [Stage("S", steps)], transitions=transitions)


def test_a_map_with_counts_on_its_steps():
    found = funnel(shop(metrics={"ad": 1000, "site": 400, "pay": 50}.items()))
    assert [step.reached for step in found.steps] == [1000, 400, 50]
    assert found.grade == "hypothesis"
    assert found.explain().startswith("Hypothesis: Of 1,000 at 'ad', 50 get to 'pay' (5 %)")


def test_a_map_with_counts_on_its_ways():
    ways = [
        Transition(START, "ad", count=1000),
        Transition("ad", "site", count=400),
        Transition("ad", END, count=600),
        Transition("site", "pay", count=50),
        Transition("site", "ad", count=70, kind="loop"),
    ]
    assert reached(shop(*ways), ["ad", "site", "pay"]) == [1000, 400, 50]
    assert "counts on transitions are taken as different customers" in funnel(shop(*ways[:-1])).assumptions
    assert funnel(shop(*ways)).steps == funnel(shop(*ways), steps=["ad", "site", "pay"]).steps
    with pytest.raises(NotEnoughData, match="the map branches, so its steps have no one order"):
        funnel(shop(*ways, Transition("ad", "pay", count=1)))
    assert reached(shop(*ways[1:]), ["ad", "site"]) == [1000, 400]


def test_a_map_that_does_not_say_enough():
    with pytest.raises(NotEnoughData, match="the map does not say how many come to 'ad'"):
        funnel(shop())
    with pytest.raises(AnalysisError, match="the map has no touchpoint 'sight'; did you mean 'site'"):
        funnel(shop(), steps=["sight"])
    with pytest.raises(NotEnoughData, match="counts do not say in which order or when"):
        funnel(shop(metrics={"ad": 10, "site": 4, "pay": 1}.items()), window=DAY)
    with pytest.raises(NotEnoughData, match="the map has no touchpoints"):
        funnel(Journey("J"))


# An oracle that tries every choice of positions, whatever it costs.


def best_by_hand(path, times, steps, *, order, window, exclude, optional):
    required = [place for place, step in enumerate(steps) if step not in optional]
    most = 0
    for k in range(1, len(required) + 1):
        wanted = [steps[place] for place in required[:k]]
        positions = product(*[[p for p, step in enumerate(path) if step == want] for want in wanted])
        for chosen in positions:
            if order != "any" and list(chosen) != sorted(set(chosen)):
                continue
            first, last = min(chosen), max(chosen)
            if window is not None and times[last] - times[first] > window:
                continue
            if any(step in exclude for step in path[first:last]):
                continue
            if order == "strict" and not fills(path[first : last + 1], wanted, steps, optional):
                continue
            most = k
            break
    return most


def fills(piece, wanted, steps, optional):
    until = steps.index(wanted[-1])
    free = [step for step in steps[:until] if step in optional]
    for k in range(len(free) + 1):
        for kept in combinations(free, k):
            if list(piece) == [step for step in steps[: until + 1] if step in wanted or step in kept]:
                return True
    return False


@settings(max_examples=200)
@given(
    path=st.lists(st.sampled_from("ABCX"), max_size=9),
    gaps=st.lists(st.integers(0, 3), min_size=9, max_size=9),
    order=st.sampled_from(["ordered", "strict", "any"]),
    window=st.none() | st.integers(0, 8),
    exclude=st.sampled_from([(), ("X",)]),
    optional=st.sampled_from([(), ("B",)]),
)
def test_the_farthest_attempt_agrees_with_trying_everything(path, gaps, order, window, exclude, optional):
    times = [BEGIN + DAY * sum(gaps[: k + 1]) for k in range(len(path))]
    rows = [Event("case", step, time) for step, time in zip(path, times, strict=True)] + at_days("all", *zip("ABCX", range(4), strict=True))
    limit = None if window is None else window * DAY
    found = funnel(rows, steps=list("ABC"), order=order, window=limit, exclude=exclude, optional=optional, until=BEGIN + 100 * DAY)
    alone = funnel(rows[len(path) :], steps=list("ABC"), order=order, window=limit, exclude=exclude, optional=optional)
    required = [step for step in found.steps if not step.optional]
    gained = sum(step.reached for step in required) - sum(step.reached for step in alone.steps if not step.optional)
    assert gained == best_by_hand(path, times, list("ABC"), order=order, window=limit, exclude=exclude, optional=optional)
    counts = [step.reached for step in required]
    assert counts == sorted(counts, reverse=True)


@given(st.lists(st.lists(st.sampled_from("ABCD"), max_size=6), min_size=1, max_size=8))
def test_shares_are_shares_and_drop_offs_add_up(paths):
    known = [*paths, list("ABC")]
    found = funnel(known, steps=list("ABC"))
    assert sum(step.drop_off for step in found.steps) == len(known) - found.steps[-1].reached
    for step in found.steps:
        assert 0 <= step.of_all <= 1
        assert step.of_previous in step.of_previous_interval
    assert [step.reached for step in funnel(known[::-1], steps=list("ABC")).steps] == [step.reached for step in found.steps]
