"""B4 and B7: correlations with the overall satisfaction, and penalty and reward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import derived_importance, penalty_reward
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Sixty made-up respondents: call, visit, bill, and overall, 1 to 5 each. The expected values are those of scipy and statsmodels.
ROWS = (
    "3333 5444 4423 2242 3323 2322 4434 3324 4434 1121 5324 4223 4445 3333 4324 5435 2413 4354 3313 4435 1242 3122 2333 3242 2132 1231 2342 1232 "
    "2132 5334 5445 1321 2342 4323 5324 3434 3454 4544 3423 2242 3434 4334 4434 2212 2232 1221 1122 4324 3312 1221 5444 4454 5434 3444 3433 1212 "
    "5334 5434 1131 3433"
).split()
CALL, VISIT, BILL, OVERALL = ([int(row[k]) for row in ROWS] for k in range(4))
RATED = {"call": CALL, "visit": VISIT, "bill": BILL}


def codes(found):
    return [warning.code for warning in found.warnings]


def test_correlations_as_scipy_has_them():
    found = derived_importance(RATED, overall=OVERALL)
    assert [(one.id, one.r, one.spearman) for one in found.touchpoints] == [
        ("call", pytest.approx(0.8617704819752632), pytest.approx(0.8625293124751451)),
        ("visit", pytest.approx(0.7547696748265834), pytest.approx(0.7623277226616438)),
        ("bill", pytest.approx(0.2977345180985285), pytest.approx(0.2971824229642321)),
    ]
    call, _, bill = found.touchpoints
    assert (call.interval.low, call.interval.high) == (pytest.approx(0.7781171110179322), pytest.approx(0.9153860114420467))
    assert (bill.p, bill.p_adjusted) == (pytest.approx(0.020866314511597612), pytest.approx(0.020866314511597612))
    assert found.value == call.r
    assert call.explained == pytest.approx(0.8617704819752632**2)
    assert codes(found) == ["NOT_CAUSAL", "MULTIPLE_TESTS"]


def test_a_negative_association_counts_by_its_size():
    found = derived_importance({"wait": [5, 4, 3, 2, 1], "call": [1, 2, 3, 5, 4]}, overall=[1, 2, 3, 4, 5])
    assert [(one.id, one.r) for one in found.touchpoints] == [("wait", -1), ("call", pytest.approx(0.9))]
    assert (found.touchpoints[0].interval.low, found.touchpoints[0].interval.high) == (-1, -1)
    assert found.value == 1


def test_pairs_are_counted_touchpoint_by_touchpoint():
    found = derived_importance({"call": [1, 2, None, 4, 5, 3], "visit": [1, None, None, 4, None, 3]}, overall=[1, 2, 3, 4, None, 3])
    by_id = {one.id: one for one in found.touchpoints}
    assert (by_id["call"].n, by_id["visit"].n) == (4, 3)
    assert (by_id["call"].p, by_id["visit"].interval) == (None, None)
    assert "TOO_SMALL" in codes(found)
    assert found.missing == 4


def test_what_does_not_vary_is_undefined():
    found = derived_importance({"call": [3, 3, 3, 3, 3], "visit": [1, 2, 3, 4, 5]}, overall=[1, 2, 3, 4, 5])
    assert (found.touchpoints[1].id, found.touchpoints[1].r) == ("call", None)
    alone = derived_importance({"call": [3, 3, 3, 3, 3]}, overall=[1, 2, 3, 4, 5])
    assert (alone.value, alone.reason) == (None, "no touchpoint and the overall satisfaction vary together")
    with pytest.raises(NotEnoughData, match="a map does not say"):
        derived_importance(Journey("J"), overall="all")


def test_penalty_and_reward_as_statsmodels_has_them():
    found = penalty_reward({"call": CALL}, overall=OVERALL, low=2, high=4).touchpoints[0]
    assert (found.penalty, found.reward) == (pytest.approx(-1.3238095238), pytest.approx(0.9083333333))
    assert (found.low_n, found.high_n, found.n) == (21, 24, 60)
    assert found.asymmetry == pytest.approx((0.9083333333 - 1.3238095238) / (0.9083333333 + 1.3238095238))
    assert found.factor == "basic"


@pytest.mark.parametrize(
    ("low", "high", "factor", "asymmetry"),
    [(1, 4, "basic", -1 / 3), (2, 4, "performance", 0), (2.5, 6, "excitement", 5 / 7), (3, 3, None, None)],
)
def test_three_kinds(low, high, factor, asymmetry):
    found = penalty_reward({"a": [1] * 10 + [3] * 10 + [5] * 10}, overall=[low] * 10 + [3] * 10 + [high] * 10, low=2, high=4)
    assert found.touchpoints[0].factor == factor
    assert found.value == (None if asymmetry is None else pytest.approx(asymmetry))


def test_too_few_low_or_high_answers_are_refused():
    rated = [1] * 9 + [3] * 10 + [5] * 10
    with pytest.raises(NotEnoughData, match="9 low and 10 high answers on 'a'") as caught:
        penalty_reward({"a": rated}, overall=rated, low=2, high=4)
    assert caught.value.code == "TOO_SMALL"
    beside = penalty_reward({"a": rated, "b": [1] * 10 + [3] * 9 + [5] * 10}, overall=rated, low=2, high=4)
    assert [item.id for item in beside.touchpoints] == ["b", "a"]
    assert beside.touchpoints[1].penalty is None
    assert codes(beside) == ["NOT_CAUSAL", "TOO_SMALL"]
    with pytest.raises(AnalysisError, match="4 is not below 2"):
        penalty_reward({"a": rated}, overall=rated, low=4, high=2)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=30))
def test_correlations_keep_their_bounds(rows):
    x, y = [a for a, _ in rows], [b for _, b in rows]
    found = derived_importance({"x": x}, overall=y).touchpoints[0]
    assert (found.r is None) == (len(set(x)) == 1 or len(set(y)) == 1)
    if found.r is not None:
        assert -1 <= found.interval.low <= found.r <= found.interval.high <= 1
        mirrored = derived_importance({"x": [6 - a for a in x]}, overall=y).touchpoints[0]
        assert mirrored.r == pytest.approx(-found.r, abs=1e-9)
