"""Where customers go next: the shares that leave a step, and how often each is visited."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis.chain import Chain, chain_of, visits, whole_row
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, Journey, Stage, Touchpoint, Transition


def journey(steps, *transitions):
    return Journey("J", [Stage("S", [Touchpoint(step) for step in steps])], transitions=[Transition(*t[:2], **t[2]) for t in transitions])


def go(source, target, **more):
    return source, target, more


def test_a_plain_map_is_a_line():
    chain = chain_of(journey("abc"))
    assert chain.starts == {"a": 1}
    assert chain.rows == {"a": {"b": 1}, "b": {"c": 1}, "c": {END: 1}}
    assert not chain.branches
    assert not chain.leaks
    assert chain.assumptions == ()


def test_stated_probabilities_count_and_the_rest_is_drop_off():
    chain = chain_of(journey("ab", go("a", "b", probability=0.6)))
    assert chain.rows["a"] == pytest.approx({"b": 0.6, END: 0.4})
    assert chain.leaks
    with pytest.raises(AnalysisError, match=r"add up to 0\.6, not to 1") as caught:
        chain_of(journey("ab", go("a", "b", probability=0.6)), remainder="error")
    assert caught.value.code == "ROW_SUM"


def test_a_way_without_probability_takes_what_is_left():
    chain = chain_of(journey("abc", go("a", "b", probability=0.6), go("a", "c", kind="alternative")), guess=False)
    assert chain.rows["a"] == pytest.approx({"b": 0.6, "c": 0.4})


def test_a_sum_above_one_is_refused():
    with pytest.raises(AnalysisError, match=r"from 'a' add up to 1.2; they may not exceed 1 \[ROW_SUM\]"):
        whole_row("a", {"b": 0.6, "c": 0.6})
    assert whole_row("a", {"b": 0.7, "c": 0.1 + 0.2}) == pytest.approx({"b": 0.7, "c": 0.3})
    assert whole_row("a", {"b": 0.5, END: 0.25}) == {"b": 0.5, END: 0.5}


def test_counts_become_shares():
    chain = chain_of(journey("abc", go("a", "b", count=30), go("a", "c", count=60), go("a", END, count=10)))
    assert chain.rows["a"] == pytest.approx({"b": 0.3, "c": 0.6, END: 0.1})


def test_unknown_shares_are_equal_and_said_so_or_refused():
    branching = journey("abcd", go("a", "b"), go("a", "c"), go("b", "d"), go("c", "d"))
    chain = chain_of(branching)
    assert chain.rows["a"] == {"b": 0.5, "c": 0.5}
    assert chain.assumptions == ("ways without probability or count are taken equally often",)
    with pytest.raises(NotEnoughData, match="the 2 ways from 'a' have neither probability nor count"):
        chain_of(branching, guess=False)


def test_loops_and_exceptions_without_a_number_are_left_out():
    chain = chain_of(journey("ab", go("b", "a", kind="loop"), go("a", "b", kind="main"), go("b", END, kind="exception")))
    assert chain.rows == {"a": {"b": 1}, "b": {END: 1}}


def test_entries_are_those_of_start():
    chain = chain_of(journey("abc", go("start", "a", probability=0.7), go("start", "b", probability=0.3)))
    assert chain.starts == pytest.approx({"a": 0.7, "b": 0.3})
    assert visits(chain) == pytest.approx({"a": 0.7, "b": 1, "c": 1})


def test_a_loop_is_visited_more_than_once():
    chain = chain_of(journey("abc", go("b", "a", kind="loop", probability=0.25), go("b", "c", probability=0.75)))
    assert visits(chain) == pytest.approx({"a": 4 / 3, "b": 4 / 3, "c": 1})


def test_a_trap_is_visited_for_ever_and_nothing_breaks():
    chain = chain_of(journey("abc", go("a", "b", probability=0.5), go("a", "c", probability=0.5), go("b", "b", probability=1.0)))
    assert visits(chain) == {"a": 1, "b": math.inf, "c": 0.5}


def test_no_customers_means_no_visits_even_in_a_trap():
    chain = Chain({"a": 1.0}, {"a": {END: 1.0}, "b": {"b": 1.0}})
    assert visits(chain) == {"a": 1, "b": 0}


def test_the_drunkard_visits_as_grinstead_and_snell_say():
    """Example 11.13: the fundamental matrix from the middle state is (1, 2, 1)."""
    rows = {"1": {END: 0.5, "2": 0.5}, "2": {"1": 0.5, "3": 0.5}, "3": {"2": 0.5, END: 0.5}}
    assert visits(Chain({"2": 1.0}, rows)) == pytest.approx({"1": 1, "2": 2, "3": 1})


def test_a_long_loop_settles():
    steps = [str(k) for k in range(3000)]
    rows = {step: {after: 1.0} for step, after in pairwise(steps)} | {steps[-1]: {steps[0]: 0.2, END: 0.8}}
    found = visits(Chain({"0": 1.0}, rows))
    assert {round(count, 9) for count in found.values()} == {1.25}


@st.composite
def chains(draw):
    n = draw(st.integers(1, 6))
    names = [str(k) for k in range(n)]
    rows = {}
    for name in names:
        weights = draw(st.lists(st.integers(0, 4), min_size=n, max_size=n))
        leaving = draw(st.integers(1, 4))
        total = sum(weights) + leaving
        rows[name] = {target: w / total for target, w in zip(names, weights, strict=True) if w} | {END: leaving / total}
    return Chain({names[draw(st.integers(0, n - 1))]: 1.0}, rows)


@given(chains())
def test_visits_agree_with_the_inverse(chain):
    names = list(chain.rows)
    stay = np.array([[chain.rows[a].get(b, 0.0) for b in names] for a in names])
    start = np.array([chain.starts.get(name, 0.0) for name in names])
    expected = start @ np.linalg.inv(np.eye(len(names)) - stay)
    assert list(visits(chain).values()) == pytest.approx(list(expected), abs=1e-9)
