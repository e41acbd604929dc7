"""F8: does it matter where customers came from?"""

from __future__ import annotations

import math
from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, chi2_contingency

from journeymap.analysis import markov_order
from journeymap.analysis.memory import memory_cautions, memory_p
from journeymap.analysis.paths import paths_of
from journeymap.errors import NotEnoughData
from journeymap.model import Journey, Stage, Touchpoint

paths = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), min_size=2, max_size=12)


def by_contingency_tables(data, order):
    """G² and df of order against order + 1, a table for each shared context, as scipy sees it."""
    tables = {}
    for path in data:
        steps = [None] * (order + 1) + path + ["end"]
        for k in range(order + 1, len(steps)):
            tables.setdefault(tuple(steps[k - order : k]), Counter())[steps[k - order - 1], steps[k]] += 1
    g2 = df = 0
    for counts in tables.values():
        rows, columns = sorted({r for r, _ in counts}, key=str), sorted({c for _, c in counts})
        table = np.array([[counts[r, c] for c in columns] for r in rows])
        if min(table.shape) > 1:
            result = chi2_contingency(table, correction=False, lambda_="log-likelihood")
            g2, df = g2 + result.statistic, df + result.dof
    return g2, df


def test_the_step_before_matters():
    found = markov_order([["a", "b", "a"], ["a", "b", "c"], ["c", "b", "c"]] * 20)
    assert found.value == 2
    assert found.explain().startswith("To foresee the next step, the step before the present one matters too")


def test_the_present_step_is_enough():
    random = Random(3)
    data = []
    for _ in range(400):
        path, at = [], "a"
        while at != "end" and len(path) < 12:
            path.append(at)
            at = random.choices(["a", "b", "end"], weights={"a": [1, 6, 3], "b": [6, 1, 3]}[at])[0]
        data.append(path)
    found = markov_order([path for path in data if len(path) < 12])
    assert found.value == 1
    assert found.by_bic == 1
    assert found.tests[0].p < 1e-6


def test_nothing_matters_and_nothing_there():
    assert markov_order([["a"]] * 40).value == 1  # who is at a leaves, who is outside comes to a
    empty = markov_order([])
    assert (empty.value, empty.reason) == (None, "there are no events")
    with pytest.raises(NotEnoughData, match="a map does not say what single customers did"):
        markov_order(Journey("J", [Stage("S", [Touchpoint("a")])]))


@settings(max_examples=60, deadline=None)
@given(paths)
def test_statistics_agree_with_contingency_tables(data):
    found = markov_order(data)
    for order, test in enumerate(found.tests):
        g2, df = by_contingency_tables(data, order)
        assert test.g2 == pytest.approx(g2, abs=1e-9)
        assert test.df == df
        assert test.p == (pytest.approx(chi2.sf(g2, df), abs=1e-9) if df else None)
    likelihoods = [fit.log_likelihood for fit in found.fits]
    assert likelihoods == sorted(likelihoods)
    for lower, upper, test in zip(found.fits, found.fits[1:], found.tests, strict=False):
        assert 2 * (upper.log_likelihood - lower.log_likelihood) == pytest.approx(test.g2, abs=1e-9)
        assert upper.aic == pytest.approx(2 * upper.parameters - 2 * upper.log_likelihood)
        assert upper.bic == pytest.approx(math.log(found.n) * upper.parameters - 2 * upper.log_likelihood)


@settings(max_examples=40, deadline=None)
@given(paths)
def test_the_quick_p_value_is_near(data):
    g2, df = by_contingency_tables(data, 1)
    quick = memory_p(paths_of(data, question="conversion"))
    assert quick == (pytest.approx(chi2.sf(g2, df), abs=0.02) if df else None)


def test_cautions():
    assert memory_cautions({"a": 30}) == ()
    assert memory_cautions({"a": 29, "b": 99})[0].text.startswith("1 of 2 steps were left fewer than 30 times ('a')")
    assert "p = 0.01" in memory_cautions({"a": 99}, 0.01)[0].text
    assert memory_cautions({"a": 99}, 0.5) == ()
