"""F4: the absorbing chain, and the solver behind it."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import conversion, transition_matrix
from journeymap.analysis.absorbing import LARGEST_LOOP, Absorbing
from journeymap.analysis.markov import markov_of
from journeymap.errors import AnalysisError, DoubtfulAnswer, NotEnoughData, ScaleMismatch
from journeymap.model import END, START, Evidence, Journey, Source, Stage, Touchpoint, Transition

DRUNKARD = [("1", "0", 0.5), ("1", "2", 0.5), ("2", "1", 0.5), ("2", "3", 0.5), ("3", "2", 0.5), ("3", "4", 0.5)]


def states(n):
    return [str(k) for k in range(n)]


@st.composite
def tables(draw, n=5):
    """Shares between n steps and two ends; some rows never lead on, and some parts may be traps."""
    rows = {}
    for state in states(n):
        targets = draw(st.lists(st.sampled_from([*states(n), "goal", "left"]), min_size=1, max_size=4, unique=True))
        weights = [draw(st.integers(1, 9)) for _ in targets]
        rows[state] = {target: weight / sum(weights) for target, weight in zip(targets, weights, strict=True)}
    return rows


def dense(rows):
    """The textbook way: Q and R, with closed parts found by powers of the matrix."""
    steps = [s for s, row in rows.items() if set(row) != {s}]
    ends = sorted({t for row in rows.values() for t in row} - set(steps))
    q = np.array([[rows[s].get(t, 0.0) for t in steps] for s in steps])
    r = np.array([[rows[s].get(t, 0.0) for t in ends] for s in steps]).reshape(len(steps), len(ends))
    return steps, ends, q, r


def test_the_drunkards_walk():
    """Grinstead & Snell (1997), examples 11.13 to 11.15; the variance from Kemeny & Snell (1960)."""
    found = conversion(DRUNKARD)
    assert found.order == ("1", "2", "3")
    assert np.array(found.fundamental) == pytest.approx(np.array([[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]]), abs=1e-9)
    outcomes = found.by_step
    assert [outcomes[s].steps for s in "123"] == pytest.approx([3, 4, 3], abs=1e-9)
    assert [outcomes[s].variance for s in "123"] == pytest.approx([8, 8, 8], abs=1e-9)
    assert [outcomes[s].ends["0"] for s in "123"] == pytest.approx([0.75, 0.5, 0.25], abs=1e-9)
    assert [outcomes[s].ends["4"] for s in "123"] == pytest.approx([0.25, 0.5, 0.75], abs=1e-9)
    assert (found.value, found.steps, outcomes["1"].conversion) == (None, None, None)
    assert found.reason == "nobody says where customers start"
    assert conversion(DRUNKARD, start="2").reason == "nobody says which state is the goal"


def test_the_drunkard_gets_home():
    found = conversion(DRUNKARD, goal="4", start={"1": 0.5, "3": 0.5})
    assert found.value == pytest.approx(0.5)
    assert found.steps == pytest.approx(3)
    assert found.ends == pytest.approx({"4": 0.5, "0": 0.5})
    assert found.by_step["2"].visits == pytest.approx(1)
    # From 1 the walks home are 1 2 3 4 with detours; conditional mean from Doob's h-transform, (i (n² - i²) ...) / 3 = (16 - 1) / 3.
    assert conversion(DRUNKARD, goal="4", start="1").steps_if_converted == pytest.approx((16 - 1) / 3)
    assert conversion(DRUNKARD, goal="4", start="4").value == 1
    assert conversion(DRUNKARD, goal=["0", "4"], start="1").value == pytest.approx(1)


def test_rows_that_lead_to_themselves_are_ends():
    table = {"a": {"b": 0.5, "c": 0.5}, "b": {"b": 1}, "c": {"c": 1}}
    assert conversion(table, goal="b").ends == pytest.approx({"b": 0.5, "c": 0.5})


def test_what_is_missing_drops_off():
    found = conversion({"ad": {"site": 0.5}, "site": {"buy": 0.2}}, goal="buy")
    assert found.value == pytest.approx(0.1)
    assert found.ends == pytest.approx({"buy": 0.1, END: 0.9})
    assert found.explain().startswith(
        "10 % of those who start reach 'buy', after 2 steps on average; all customers together take 1.5 until"
    )
    with pytest.raises(AnalysisError, match="the probabilities from 'ad' add up to 0.5, not to 1") as caught:
        conversion({"ad": {"site": 0.5}}, goal="site", remainder="error")
    assert caught.value.code == "ROW_SUM"


def test_a_trap_is_solved_exactly_and_said():
    table = {"a": {"b": 0.5, "t": 0.2, "goal": 0.1, END: 0.2}, "t": {"u": 1}, "u": {"t": 1}, "b": {"a": 1}}
    found = conversion(table, goal="goal", start="a")
    assert found.value == pytest.approx(0.2)
    assert found.trapped == ("t", "u")
    assert found.steps == math.inf
    assert found.steps_if_converted == pytest.approx(3)
    assert found.ends == pytest.approx({"goal": 0.2, END: 0.4})
    assert found.by_step["t"].conversion == 0
    assert found.by_step["t"].visits == math.inf
    assert found.by_step["b"].variance == math.inf
    assert found.by_step["t"].steps_if_converted is None
    assert [warning.code for warning in found.warnings] == ["TRAP"]
    assert "some of the others never come to an end" in found.explain()
    assert conversion(table | {"z": {"goal": 1}}, goal="goal", start="z").steps == 1
    with pytest.raises(DoubtfulAnswer):
        conversion(table, goal="goal", start="a", strict=True)


def test_all_in_a_trap():
    found = conversion({"a": {"b": 1}, "b": {"a": 1}, "c": {"goal": 1}}, goal="goal", start="a")
    assert (found.value, found.steps, found.steps_if_converted) == (0, math.inf, None)
    assert found.explain().startswith("0 % of those who start reach 'goal' (n unknown)")


def test_a_loop_that_is_hardly_ever_left_keeps_its_digits():
    tiny = 1e-14
    found = conversion({"a": {"b": 1}, "b": {"a": 1 - tiny, "goal": tiny}}, goal="goal", start="a")
    assert found.value == pytest.approx(1)
    assert found.steps == pytest.approx(2 / tiny, rel=0.01)


def test_starts_of_a_table():
    table = {"start": {"a": 0.3, "b": 0.7}, "a": {"goal": 1}, "b": {"goal": 0.5}}
    assert conversion(table, goal="goal").value == pytest.approx(0.3 + 0.35)
    several = conversion({"a": {"goal": 1}, "b": {"goal": 0.5}}, goal="goal")
    assert several.value == pytest.approx(0.75)
    assert "customers start equally at the steps to which nothing leads" in several.assumptions


@pytest.mark.parametrize(
    ("data", "options", "told"),
    [
        ({"a": {"b": 0.8, "c": 0.8}}, {}, "add up to 1.6"),
        ({"a": {"b": 0.8, "c": -0.1}}, {}, "is outside 0 to 1"),
        ({"a": {"b": float("nan")}}, {}, "nan is not a finite number"),
        ({"a": {"b": "x"}}, {}, "'x' is not a number"),
        ({"a": {"b": 0.0}}, {}, "all shares from 'a' are 0"),
        ({"a": 0.5}, {}, "0.5 is no row of shares"),
        ([("a", "b")], {}, "is no row (source, target, share)"),
        ([("a", "b", 0.5), ("a", "b", 0.5)], {}, "is there twice"),
        ({END: {"a": 1}}, {}, "nothing follows 'end'"),
        ("abc", {}, "'abc' is no chain"),
        (7, {}, "7 is no chain"),
        ({}, {}, "no step leads to another"),
        ({"a": {"basket": 1}}, {"goal": "baskt"}, "there is no step 'baskt'; did you mean 'basket'"),
        ({"a": {"b": 1}}, {"start": "z"}, "there is no step 'z'"),
        ({"a": {"b": 1}}, {"start": {"a": 0.5}}, "the shares of start add up to 0.5"),
        ({"a": {"b": 1}}, {"smoothing": 1}, "smoothing needs counts"),
        ({"a": {"b": 1}}, {"smoothing": -1}, "is below 0"),
    ],
)
def test_what_is_no_chain(data, options, told):
    with pytest.raises(AnalysisError) as caught:
        conversion(data, **options)
    assert told in str(caught.value)


def test_shares_outside_are_another_scale():
    with pytest.raises(ScaleMismatch):
        conversion({"a": {"b": 1.5}})


def shop(*transitions, goal="pay", evidence=False):
    sources = [Source("s", kind="interview")] if evidence else []
    held = [Evidence("s")] if evidence else []
    steps = [Touchpoint(name, goal=name == goal, evidence=held) for name in ("ad", "site", "basket", "pay", "thanks")]
    return Journey("J", [Stage("S", steps)], transitions=transitions, sources=sources)


WAYS = [
    Transition("ad", "site", probability=0.6),
    Transition("site", "basket", probability=0.5),
    Transition("basket", "pay", probability=0.8),
    Transition("basket", "site", probability=0.1, kind="loop"),
]


def test_a_map():
    found = conversion(shop(*WAYS))
    assert found.value == pytest.approx(0.6 * 0.5 * 0.8 / (1 - 0.05))
    assert found.goals == ("pay",)
    assert "thanks" in found.by_step
    assert found.by_step["thanks"].visits == 0
    assert found.by_step["basket"].name == "basket"
    assert found.grade == "hypothesis"
    assert conversion(shop(*WAYS, evidence=True)).grade == "firm"
    assert conversion(shop(*WAYS), goal="basket").value == pytest.approx(0.3)
    assert conversion(shop(*WAYS), start="basket").value == pytest.approx((0.8) / (1 - 0.05))


def test_a_map_without_goal_or_touchpoints():
    with pytest.raises(NotEnoughData, match="the map marks no touchpoint as its goal"):
        conversion(shop(*WAYS, goal=None))
    with pytest.raises(NotEnoughData, match="marks no touchpoint"):
        conversion(Journey("J"))


def test_a_counted_map_says_how_many_it_rests_on():
    ways = [Transition(START, "ad", count=1000), Transition("ad", "site", count=600), Transition("ad", END, count=400)]
    found = conversion(shop(*ways), goal="site")
    assert (found.value, found.n) == (0.6, 1000)
    assert found.warnings == ()
    few = conversion(shop(*[Transition(w.source, w.target, count=w.count // 100) for w in ways]), goal="site")
    assert [warning.code for warning in few.warnings] == ["MARKOV_MEMORY"]


def test_counts_of_paths():
    paths = [["ad", "site", "pay"]] * 30 + [["ad", "site"]] * 30 + [["ad"]] * 60
    found = conversion(transition_matrix(paths), goal="pay")
    assert found.value == pytest.approx(0.25)
    assert found.n == 120
    smoothed = conversion(transition_matrix(paths), goal="pay", smoothing=1)
    # Four targets ever taken: ad, site, pay, end; customers still start at the ad.
    rows = {"ad": {"ad": 1, "site": 61, "pay": 1, END: 61}, "site": {"ad": 1, "site": 1, "pay": 31, END: 31}}
    shares = {source: {target: n / sum(row.values()) for target, n in row.items()} for source, row in rows.items()}
    assert smoothed.value == pytest.approx(conversion(shares, goal="pay", start="ad").value)
    assert "smoothed by 1" in smoothed.method


def test_memory_is_warned_of():
    paths = [["a", "b", "goal"]] * 50 + [["c", "b", "x"]] * 50
    codes = {w.code: w.text for w in conversion(transition_matrix(paths), goal="goal").warnings}
    assert codes["MARKOV_MEMORY"].startswith("the step before the present one makes a difference (p = ")


def solved_by_iteration(rows, gain, at_ends):
    """h = c + Q h from 0 upwards: the smallest solution, whatever traps there are."""
    worth = dict.fromkeys(rows, 0.0)
    for _ in range(4000):
        worth = {s: gain + sum(p * (worth[t] if t in worth else at_ends(t)) for t, p in row.items()) for s, row in rows.items()}
    return worth


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(states(5)))
def test_chances_are_the_smallest_solution(rows, start):
    found = conversion(rows, goal="goal", start=start) if "goal" in {t for row in rows.values() for t in row} else None
    if found is None or start not in found.by_step:
        return
    steps = {s: row for s, row in rows.items() if set(row) != {s}}
    expected = solved_by_iteration(steps, 0.0, lambda t: float(t == "goal"))
    for step, outcome in found.by_step.items():
        assert outcome.conversion == pytest.approx(expected[step], abs=1e-6)
        assert 0 <= outcome.conversion <= 1
        assert sum(outcome.ends.values()) == pytest.approx(1) or math.isinf(outcome.steps)
        assert outcome.steps >= 1 or step in found.trapped
    assert found.value == pytest.approx(expected[start], abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_without_traps_it_is_the_textbook_matrix(rows):
    rows = {s: {t: 0.9 * p for t, p in row.items()} | {"left": 0.1 + 0.9 * row.get("left", 0.0)} for s, row in rows.items()}
    steps, ends, q, r = dense(rows)
    found = conversion(rows)
    n = np.linalg.inv(np.eye(len(steps)) - q)
    t = n.sum(axis=1)
    assert found.order == tuple(steps)
    assert np.array(found.fundamental) == pytest.approx(n)
    assert [o.steps for o in found.outcomes] == pytest.approx(t.tolist())
    assert [o.variance for o in found.outcomes] == pytest.approx(((2 * n - np.eye(len(steps))) @ t - t**2).tolist(), abs=1e-9)
    chances = n @ r
    for place, outcome in enumerate(found.outcomes):
        assert outcome.ends == pytest.approx(dict(zip(ends, chances[place].tolist(), strict=True)), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(tables(), st.permutations(states(5)))
def test_names_and_order_change_nothing(rows, order):
    found = conversion(rows)
    shuffled = conversion({s: dict(reversed(rows[s].items())) for s in order})
    assert {o.id: pytest.approx(o.steps) for o in found.outcomes} == {o.id: o.steps for o in shuffled.outcomes}


def test_walks_agree():
    random = Random(7)
    rows = {"a": {"b": 0.6, "c": 0.2, END: 0.2}, "b": {"a": 0.3, "goal": 0.3, "c": 0.4}, "c": {"b": 0.5, END: 0.5}}
    lengths, won = [], 0
    for _ in range(20_000):
        at, n = "a", 0
        while at in rows:
            n += 1
            at = random.choices(list(rows[at]), weights=list(rows[at].values()))[0]
        won += at == "goal"
        lengths.append(n)
    found = conversion(rows, goal="goal", start="a")
    assert found.value == pytest.approx(won / 20_000, abs=0.015)
    assert found.steps == pytest.approx(np.mean(lengths), abs=0.1)
    assert found.by_step["a"].variance == pytest.approx(np.var(lengths), rel=0.1)


def test_several_draws_are_solved_side_by_side():
    rows = {"a": {"b": 0.5, END: 0.5}, "b": {"a": 0.4, "goal": 0.6}}
    shares = np.array([[0.5, 0.7, 0.2], [0.5, 0.3, 0.8], [0.4, 0.1, 0.9], [0.6, 0.9, 0.1]])
    side = Absorbing(rows, ends=("goal", END)).with_shares(shares)
    at_ends = np.array([1.0, 0.0]).reshape(2, 1, 1)
    answer = side.backward(np.zeros((1, 1, 1)), np.repeat(at_ends, 3, axis=2))
    start = np.zeros((4, 1, 3))
    start[0] = 1
    for draw in range(3):
        p, q = shares[0, draw], shares[2, draw]
        assert answer[0, 0, draw] == pytest.approx(p * (1 - q) / (1 - p * q))
        assert side.returns()[0, draw] == pytest.approx(1 / (1 - p * q))
        assert side.forward(start)[1, 0, draw] == pytest.approx(p / (1 - p * q))
        assert side.coming_back()[0, draw] == pytest.approx(q / (1 - p * q))


def test_very_large_loops_are_refused():
    n = LARGEST_LOOP + 1
    rows = {str(k): {str((k + 1) % n): 0.9, "goal": 0.1} for k in range(n)}
    with pytest.raises(AnalysisError, match="1,501 steps loop among themselves, more than 1,500"):
        conversion(rows, goal="goal", start="0")


def test_long_chains_are_solved():
    rows = {str(k): {str(k + 1): 0.9999, END: 0.0001} for k in range(20_000)}
    found = conversion(rows, goal="20000", start="0")
    assert found.value == pytest.approx(0.9999**20_000)
    assert found.fundamental is None


def test_a_chain_goes_through_as_it_is():
    markov = markov_of({"a": {"b": 1}}, question="conversion", goal="b")
    assert markov_of(markov, question="conversion") is markov
    assert conversion(markov).value == 1
