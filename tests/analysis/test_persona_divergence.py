"""I1: whether personas take different journeys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon

from journeymap.analysis import persona_divergence
from journeymap.analysis.divergence import jensen_shannon
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Persona, Stage, Touchpoint


def test_bits_by_hand():
    """P = (3/4, 1/4), Q = (0, 1): H(M) - H(P) / 2 with M = (3/8, 5/8)."""
    found = persona_divergence({"Maya": {"phone": 3, "web": 1}, "Tom": {"web": 4}})
    h = stats.entropy([3 / 8, 5 / 8], base=2) - stats.entropy([3 / 4, 1 / 4], base=2) / 2
    assert found.value == pytest.approx(h, abs=1e-12)
    assert found.pairs[0].jaccard == 0.5
    assert "In their touchpoints, Maya and Tom are the farthest apart: 0.549 from 0 (alike) to 1, with 50 % in common" in found.explain()


def test_nothing_in_common_is_one_bit_and_the_same_is_none():
    assert jensen_shannon({"a": 5}, {"b": 2}) == 1
    assert jensen_shannon({"a": 1, "b": 3}, {"a": 10, "b": 30}) == pytest.approx(0, abs=1e-15)
    assert persona_divergence({"A": {"x": 1}, "B": {"y": 1}}).value == 1


def test_counts_are_tested_and_shares_are_not():
    table = {"A": {"x": 60, "y": 40}, "B": {"x": 30, "y": 70}}
    found = persona_divergence(table)
    exact = stats.fisher_exact([[60, 40], [30, 70]]).pvalue
    assert found.pairs[0].p_value < 0.002
    assert exact < 0.0001
    assert found == persona_divergence(table)
    assert found.monte_carlo_error == pytest.approx(0.00487, abs=1e-5)
    shares = persona_divergence({"A": {"x": 0.6, "y": 0.4}, "B": {"x": 0.3, "y": 0.7}})
    assert shares.value == pytest.approx(found.value)
    assert (shares.pairs[0].p_value, shares.monte_carlo_error) == (None, None)


def test_the_permutation_test_is_fishers_for_two_kinds():
    """Of two kinds, exchanges that diverge as much are those at least as far from the middle: here both tails are alike."""
    found = persona_divergence({"A": {"x": 12, "y": 8}, "B": {"x": 7, "y": 13}}, draws=20_000)
    assert found.pairs[0].p_value == pytest.approx(stats.fisher_exact([[12, 8], [7, 13]]).pvalue, abs=0.015)


def test_several_pairs_are_adjusted():
    found = persona_divergence({"A": {"x": 60, "y": 40}, "B": {"x": 30, "y": 70}, "C": {"x": 55, "y": 45}})
    assert [(pair.first, pair.second) for pair in found.pairs] == [("A", "B"), ("B", "C"), ("A", "C")]
    adjusted = stats.false_discovery_control([pair.p_value for pair in found.pairs])
    assert [pair.adjusted for pair in found.pairs] == pytest.approx(list(adjusted))
    assert {warning.code for warning in found.warnings} == {"MULTIPLE_TESTS"}


def test_few_events_are_warned_of():
    assert {w.code for w in persona_divergence({"A": {"x": 3}, "B": {"x": 90}}).warnings} == {"SMALL_N"}


def test_a_persona_who_meets_nothing_has_no_divergence():
    found = persona_divergence({"A": {"x": 1}, "B": {}, "C": {"y": 1}})
    assert [(p.first, p.second, p.divergence) for p in found.pairs] == [("A", "C", 1), ("A", "B", None), ("B", "C", None)]
    assert (found.n, found.missing) == (1, 2)
    nothing = persona_divergence({"A": {}, "B": {}})
    assert (nothing.value, nothing.reason) == (None, "no two personas meet anything")


def test_a_map_says_who_meets_what():
    steps = [
        Touchpoint("A", channel="Phone"),
        Touchpoint("B", personas=["maya"], channel="Web"),
        Touchpoint("C", personas=["tom"], channel="Web"),
        Touchpoint("D"),
    ]
    journey = Journey("J", [Stage("S", steps)], personas=[Persona("Maya"), Persona("Tom")])
    found = persona_divergence(journey)
    assert found.value == pytest.approx(1 / 3)
    assert found.pairs[0].jaccard == 0.5
    assert (found.pairs[0].first, found.pairs[0].p_value) == ("Maya", None)
    assert persona_divergence(journey, by="channels").value == pytest.approx(0, abs=1e-12)
    ways = persona_divergence(journey, by="transitions")
    assert (ways.value, ways.pairs[0].jaccard) == (1, 0)
    with pytest.raises(AnalysisError, match="by: 'owners' cannot be compared"):
        persona_divergence(journey, by="owners")


def test_one_persona_is_not_enough():
    with pytest.raises(NotEnoughData, match="1 personas; it needs two or more"):
        persona_divergence({"A": {"x": 1}})
    with pytest.raises(AnalysisError, match="is no count by persona"):
        persona_divergence({"A": "x"})
    with pytest.raises(ScaleMismatch):
        persona_divergence({"A": {"x": -1}, "B": {"x": 1}})
    with pytest.raises(AnalysisError, match="10 draws are too few"):
        persona_divergence({"A": {"x": 1}, "B": {"x": 1}}, draws=10)


counts = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any)


@given(counts, counts)
def test_it_is_scipys_distance_squared(one, other):
    first, second = (dict(zip("abcd", row, strict=True)) for row in (one, other))
    found = jensen_shannon(first, second)
    assert found == pytest.approx(float(jensenshannon(np.array(one, float), np.array(other, float), base=2)) ** 2, abs=1e-9)
    assert found == pytest.approx(jensen_shannon(second, first))
    assert 0 <= found <= 1
