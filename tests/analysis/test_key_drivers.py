"""B5 and B6: how what goes with the overall satisfaction is shared among touchpoints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import relative_weights, shapley_weights
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Sixty made-up respondents: call, visit, bill, and overall, 1 to 5 each. The expected values are those of statsmodels and scipy.
ROWS = (
    "3333 5444 4423 2242 3323 2322 4434 3324 4434 1121 5324 4223 4445 3333 4324 5435 2413 4354 3313 4435 1242 3122 2333 3242 2132 1231 2342 1232 "
    "2132 5334 5445 1321 2342 4323 5324 3434 3454 4544 3423 2242 3434 4334 4434 2212 2232 1221 1122 4324 3312 1221 5444 4454 5434 3444 3433 1212 "
    "5334 5434 1131 3433"
).split()
CALL, VISIT, BILL, OVERALL = ([int(row[k]) for row in ROWS] for k in range(4))
RATED = {"call": CALL, "visit": VISIT, "bill": BILL}


def weights(found):
    return {driver.id: driver.weight for driver in found.drivers}


def codes(found):
    return [warning.code for warning in found.warnings]


def test_johnsons_weights_as_computed_with_scipy():
    found = relative_weights(RATED, overall=OVERALL)
    assert weights(found) == pytest.approx({"call": 0.4795935633211107, "visit": 0.3021673595999443, "bill": 0.03738118781671649})
    assert found.value == pytest.approx(0.8191421107377712)
    by_id = {driver.id: driver for driver in found.drivers}
    assert [by_id[name].inflation for name in RATED] == pytest.approx([1.6929577848690123, 1.7398673339095185, 1.0773469388403807])
    assert by_id["call"].share == pytest.approx(100 * 0.4795935633211107 / 0.8191421107377712)
    assert by_id["call"].correlation == pytest.approx(0.8617704819752632)
    assert [driver.rank for driver in found.drivers] == [1, 2, 3]


def test_lmg_as_computed_with_statsmodels():
    found = shapley_weights(RATED, overall=OVERALL)
    assert weights(found) == pytest.approx({"call": 0.47921884094111905, "visit": 0.30421644909495477, "bill": 0.035706820701697395})
    assert found.analysis == "shapley_weights"


def test_the_bootstrap_brackets_weights_and_ranks():
    found = relative_weights(RATED, overall=OVERALL, draws=1_000)
    for driver in found.drivers:
        assert driver.weight in driver.interval
        assert driver.rank_low <= driver.rank <= driver.rank_high
    assert found.drivers[2].rank_low == 3
    assert found.first_share > 0.9
    assert codes(found) == ["NOT_CAUSAL"]
    again = relative_weights(RATED, overall=OVERALL, draws=1_000)
    assert again == found
    other = relative_weights(RATED, overall=OVERALL, draws=1_000, seed=1)
    assert other.drivers[0].interval != found.drivers[0].interval
    assert other.drivers[0].interval.low == pytest.approx(found.drivers[0].interval.low, abs=0.05)


def test_one_touchpoint_has_its_r_squared():
    for question in (relative_weights, shapley_weights):
        found = question({"call": CALL}, overall=OVERALL)
        assert found.drivers[0].weight == pytest.approx(0.8617704819752632**2)


def test_overall_may_be_a_question_and_rows_are_as_good():
    named = relative_weights(RATED | {"all": OVERALL}, overall="all")
    rows = [dict(zip(["call", "visit", "bill", "all"], map(int, row), strict=True)) for row in ROWS]
    assert relative_weights(rows, overall="all") == named
    assert named.drivers == relative_weights(RATED, overall=OVERALL).drivers
    with pytest.raises(AnalysisError, match="there is no question 'al'; did you mean 'all'"):
        relative_weights(rows, overall="al")


def test_respondents_with_a_gap_are_left_out_and_counted():
    found = relative_weights({"call": [None, *CALL], "visit": [3, *VISIT], "bill": [3, *BILL]}, overall=[3, *OVERALL])
    assert (found.n, found.missing) == (60, 1)
    assert found.drivers == relative_weights(RATED, overall=OVERALL).drivers


def test_too_few_are_refused():
    for question in (relative_weights, shapley_weights):
        with pytest.raises(NotEnoughData, match="14 complete answers for 3 touchpoints; it needs at least 15") as caught:
            question({name: column[:14] for name, column in RATED.items()}, overall=OVERALL[:14])
        assert caught.value.code == "TOO_SMALL"
        with pytest.raises(NotEnoughData, match="a map does not say"):
            question(Journey("J"), overall="all")


def test_what_makes_the_order_unsteady_is_told():
    few = relative_weights({name: column[:16] for name, column in RATED.items()}, overall=OVERALL[:16])
    assert "KDA_UNSTABLE" in codes(few)
    assert few.drivers[0].interval is None
    random = np.random.default_rng(3)
    noise = {"a": random.normal(size=60), "b": random.normal(size=60)}
    assert "explain" in next(w.text for w in relative_weights(noise, overall=OVERALL).warnings if w.code == "KDA_UNSTABLE")
    twin = {"call": CALL, "again": [value + 0.01 * k for k, value in enumerate(CALL)], "bill": [v + 0.001 * random.normal() for v in CALL]}
    assert "variance inflation" in next(w.text for w in shapley_weights(twin, overall=OVERALL).warnings if w.code == "KDA_UNSTABLE")
    close = relative_weights(
        {"call": CALL, "echo": CALL[1:] + CALL[:1]}, overall=[a + b for a, b in zip(CALL, CALL[1:] + CALL[:1], strict=True)]
    )
    assert close.first_share < 0.8
    assert any("bootstrap samples" in w.text for w in close.warnings)


@pytest.mark.parametrize(
    ("data", "overall", "message"),
    [
        ({"call": CALL, "twin": CALL}, OVERALL, "rated exactly alike"),
        ({"call": [3] * 60}, OVERALL, "all answers on 'call' are the same"),
        ({"call": CALL}, [4] * 60, "all answers on the overall satisfaction are the same"),
        ({"call": CALL[:59]}, OVERALL, "59 answers on 'call' and 60 overall"),
        ({}, OVERALL, "no touchpoint is rated"),
        ("call", OVERALL, "are no ratings"),
        ([CALL], OVERALL, "one mapping of touchpoint to answer"),
    ],
)
def test_what_does_not_fit_is_refused(data, overall, message):
    with pytest.raises(AnalysisError, match=message):
        relative_weights(data, overall=overall)


def test_more_than_fifteen_are_not_exact():
    random = np.random.default_rng(0)
    many = {f"t{k}": random.normal(size=100) for k in range(16)}
    with pytest.raises(AnalysisError, match="relative_weights takes any number"):
        shapley_weights(many, overall=random.normal(size=100))
    with pytest.raises(AnalysisError, match="99 draws are too few"):
        relative_weights(RATED, overall=OVERALL, draws=99)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_weights_are_parts_of_r_squared(seed, p):
    random = np.random.default_rng(seed)
    common = random.normal(size=(40, 1))
    table = common + random.normal(size=(40, p))
    overall = table.mean(axis=1) + random.normal(size=40)
    data = {f"t{k}": table[:, k] for k in range(p)}
    johnson, shapley = relative_weights(data, overall=overall, draws=100), shapley_weights(data, overall=overall)
    design = np.column_stack([np.ones(40), table])
    residual = overall - design @ np.linalg.lstsq(design, overall, rcond=None)[0]
    explained = 1 - residual @ residual / ((overall - overall.mean()) @ (overall - overall.mean()))
    for found in (johnson, shapley):
        assert found.value == pytest.approx(explained)
        assert sum(weights(found).values()) == pytest.approx(explained)
        assert min(weights(found).values()) >= -1e-12
    # another scale changes nothing
    moved = {name: 7 - 3 * column for name, column in data.items()}
    assert weights(relative_weights(moved, overall=overall, draws=100)) == pytest.approx(weights(johnson))
