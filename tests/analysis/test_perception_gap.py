"""I3: what the business believes against what customers feel."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeymap.analysis import perception_gap
from journeymap.analysis.perceptions import signed_rank
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Stage, Touchpoint

BUSINESS = {"ad": 4.2, "site": 4.5, "quote": 4.1, "call": 4.4, "sign": 3.9, "bill": 4.0, "help": 4.6}
CUSTOMER = {"ad": 4.1, "site": 3.9, "quote": 3.2, "call": 4.6, "sign": 3.9, "bill": 2.8, "help": 3.1}


def codes(result):
    return {warning.code for warning in result.warnings}


def test_seven_touchpoints_as_scipy_has_them():
    found = perception_gap(BUSINESS, CUSTOMER)
    business, customer = list(BUSINESS.values()), list(CUSTOMER.values())
    test = stats.ttest_rel(business, customer)
    bounds = test.confidence_interval(0.95)
    assert found.value == pytest.approx(4.1 / 7)
    assert found.p_value == pytest.approx(test.pvalue)
    assert (found.interval.low, found.interval.high) == pytest.approx((bounds.low, bounds.high))
    assert found.correlation == pytest.approx(stats.pearsonr(business, customer)[0])
    signed = stats.wilcoxon([0.1, 0.6, 0.9, -0.2, 1.2, 1.5], method="exact")
    assert (found.wilcoxon, found.wilcoxon_p) == (signed.statistic, pytest.approx(signed.pvalue))
    assert found.rms == pytest.approx((sum(g * g for g in (0.1, 0.6, 0.9, 0.2, 0, 1.2, 1.5)) / 7) ** 0.5)
    assert codes(found) == set()


def test_the_biggest_overestimate_comes_first():
    found = perception_gap(BUSINESS, CUSTOMER)
    assert found.overestimated == ("help", "bill", "quote", "site", "ad")
    assert [row.id for row in found.rows][-2:] == ["sign", "call"]
    assert "more favourably than customers do, by 0.586 points; it overestimates 'help' most (4.6 against 3.1)" in found.explain()


def test_differences_are_rounded_before_they_are_ranked():
    """4.5 - 4.4 and 4.2 - 4.1 differ in binary and are tied all the same."""
    assert 4.5 - 4.4 != 4.2 - 4.1
    assert signed_rank([4.5 - 4.4, 4.1 - 4.2, 1.0]) == signed_rank([0.1, -0.1, 1.0]) == (1.5, 0.75)


def test_five_touchpoints_have_an_effect_and_no_test():
    few = {step: BUSINESS[step] for step in list(BUSINESS)[:5]}
    found = perception_gap(few, CUSTOMER)
    assert found.value == pytest.approx(1.4 / 5)
    assert (found.p_value, found.wilcoxon_p, found.interval) == (None, None, None)
    assert codes(found) == {"TOO_SMALL", "MISSING_HEAVY"}
    assert (found.n, found.missing) == (5, 2)


def test_plain_values_stand_beside_each_other():
    assert perception_gap([4, 5, None], [3, 3, 1]).value == 1.5
    with pytest.raises(AnalysisError, match="2 values of the business and 1 of customers"):
        perception_gap([1, 2], [1])


def test_a_side_that_never_varies_has_no_correlation():
    assert perception_gap([4, 4, 4], [1, 2, 3]).correlation is None


def test_equal_sides_have_no_gap_and_no_test():
    found = perception_gap([1] * 6, [1] * 6)
    assert (found.value, found.rms, found.p_value, found.wilcoxon_p) == (0, 0, None, None)
    assert "as favourably as customers do" in found.explain()


def test_answers_of_respondents_have_welchs_test_by_touchpoint():
    business = {"a": [4, 5, 4, 5, 4], "b": [3, 4, 3, 4, 3, None], "c": [5, 5]}
    customer = {"a": [2, 3, 2, 1, 2, 2], "b": [3, 3, 4, 4, 3], "c": [1, 2, 3, 1, 2]}
    found = perception_gap(business, customer)
    by_id = {row.id: row for row in found.rows}
    p = [
        stats.ttest_ind(business["a"], customer["a"], equal_var=False).pvalue,
        stats.ttest_ind([3, 4, 3, 4, 3], customer["b"], equal_var=False).pvalue,
    ]
    assert [by_id["a"].p_value, by_id["b"].p_value] == pytest.approx(p)
    adjusted = stats.false_discovery_control(p)
    assert [by_id["a"].adjusted, by_id["b"].adjusted] == pytest.approx(list(adjusted))
    assert by_id["c"].p_value is None
    assert codes(found) == {"TOO_SMALL", "MULTIPLE_TESTS"}
    with pytest.raises(ScaleMismatch, match="give both alike"):
        perception_gap(business, {"a": 2})


def test_a_map_brings_both_sides():
    journey = Journey(
        "J",
        [
            Stage(
                "S",
                [
                    Touchpoint("A", emotion=-1, believed_emotion=1),
                    Touchpoint("B", emotion=1, believed_emotion=1),
                    Touchpoint("C", believed_emotion=2),
                ],
            )
        ],
    )
    found = perception_gap(journey)
    assert [(row.id, row.gap) for row in found.rows] == [("a", 2), ("b", 0)]
    assert (found.n, found.missing, found.unit) == (2, 1, "points of valence")
    assert codes(found) == {"TOO_SMALL", "MISSING_HEAVY", "ASSUMPTION_ONLY"}
    with pytest.raises(AnalysisError, match="a journey brings both sides"):
        perception_gap(journey, [1])


def test_one_side_is_not_enough():
    with pytest.raises(NotEnoughData, match="only what the business believes"):
        perception_gap({"a": 1})
    with pytest.raises(NotEnoughData, match="none of 2 touchpoints has both sides"):
        perception_gap({"a": 1}, {"b": 1})
    with pytest.raises(NotEnoughData):
        perception_gap(Journey("J"))


@given(st.lists(st.integers(-4, 4).map(lambda v: v / 2), min_size=1, max_size=9))
def test_signed_ranks_by_all_ways_to_set_the_signs(differences):
    kept = [d for d in differences if d]
    found = signed_rank(differences)
    if not kept:
        assert found is None
        return
    ranks = stats.rankdata([abs(d) for d in kept])
    observed = min(sum(r for r, d in zip(ranks, kept, strict=True) if d > 0), sum(r for r, d in zip(ranks, kept, strict=True) if d < 0))
    sums = [sum(r for r, up in zip(ranks, signs, strict=True) if up) for signs in product((False, True), repeat=len(kept))]
    p = min(1, 2 * sum(s <= observed + 1e-9 for s in sums) / len(sums))
    assert found == (pytest.approx(observed), pytest.approx(p))


def test_many_differences_are_normal():
    differences = [(k * 7919 % 1_009) - 450 for k in range(1_000)]
    exact = stats.wilcoxon(differences, correction=False, method="asymptotic")
    assert signed_rank(differences) == (exact.statistic, pytest.approx(exact.pvalue))


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5)), min_size=6, max_size=12))
def test_sides_exchanged_change_the_sign_alone(pairs):
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = perception_gap(one, other), perception_gap(other, one)
    assert there.value == pytest.approx(-back.value)
    assert there.rms == pytest.approx(back.rms)
    assert abs(there.value) <= there.rms + 1e-12
    assert there.wilcoxon_p == back.wilcoxon_p
