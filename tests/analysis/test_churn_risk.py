"""L5: who is likely to leave."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import churn_risk, conversion
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Stage, Touchpoint, Transition

WAITS = [1, 5, 2, 6, 1, 7, 3, 4, 2, 6] * 10
LEFT = [0, 1, 0, 0, 0, 1, 1, 0, 0, 1] * 10
TRIAL = {"trial": {"pays": 0.25, "end": 0.75}}


def shop():
    steps = [Touchpoint("Looks"), Touchpoint("Asks"), Touchpoint("Buys", goal=True), Touchpoint("Rides")]
    ways = [
        Transition("looks", "asks", probability=0.5),
        Transition("asks", "buys", probability=0.4),
        Transition("buys", "rides", probability=1),
    ]
    return Journey("Bike", [Stage("All", steps)], transitions=ways)


def test_a_yes_or_no_predictor_gives_the_odds_of_the_table():
    # 30 of 50 who complained left, 10 of 50 others: odds 1.5 and 0.25, so six times the odds for one more complaint
    complained = ([1] * 5 + [0] * 5) * 20
    left = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0] * 20
    found = churn_risk({"complained": complained}, left)
    assert found.predictors[0].coefficient == pytest.approx(math.log(6) / 2)  # the standard deviation is one half
    assert {round(risk.risk, 9) for risk in found.risks} == {0.6, 0.2}
    assert found.value == 0.4
    assert found.auc == pytest.approx(0.5 + (0.75 - 1 / 3) / 2)  # sensitivity 3/4, false alarms 1/3
    assert found.brier == pytest.approx((0.6 * 0.4 + 0.2 * 0.8) / 2)
    assert found.calibration_slope == pytest.approx(1)
    assert (found.n, found.tested) == (200, 60)


def test_on_a_map_it_is_one_minus_the_chance_of_the_goal():
    found = churn_risk(shop())
    assert found.value == pytest.approx(0.8)
    assert [(risk.name, round(risk.risk, 9)) for risk in found.risks] == [("Looks", 0.8), ("Asks", 0.6)]
    assert "never reach 'Buys'" in found.explain()
    assert churn_risk(TRIAL, goal="pays", start="trial").value == 1 - conversion(TRIAL, goal="pays", start="trial").value


def test_what_is_recorded_with_the_outcome_is_refused():
    for when in (date(2026, 3, 31), "2026-04-01", datetime(2026, 3, 31, 12, 0)):
        with pytest.raises(AnalysisError, match="'waits' recorded at or after the cut-off") as caught:
            churn_risk({"waits": WAITS}, LEFT, recorded={"waits": when}, cutoff="2026-03-31")
        assert caught.value.code == "TARGET_LEAK"
    assert churn_risk({"waits": WAITS}, LEFT, recorded={"waits": "2026-03-30"}, cutoff=date(2026, 3, 31)).auc > 0.5
    with pytest.raises(AnalysisError, match="cutoff"):
        churn_risk({"waits": WAITS}, LEFT, recorded={"waits": "2026-03-30"})
    with pytest.raises(ScaleMismatch, match="zone"):
        churn_risk({"waits": WAITS}, LEFT, recorded={"waits": datetime(2026, 3, 1, tzinfo=UTC)}, cutoff="2026-03-31")


def test_what_tells_the_outcome_without_fail_is_refused():
    with pytest.raises(AnalysisError, match="know the outcome already") as caught:
        churn_risk({"farewell_letter": LEFT}, LEFT)
    assert caught.value.code == "TARGET_LEAK"


def test_too_few_are_refused_and_few_are_warned_of():
    with pytest.raises(NotEnoughData, match="left, for 1 predictors") as caught:
        churn_risk({"waits": WAITS[:10]}, LEFT[:10])
    assert caught.value.code == "TOO_SMALL"
    codes = [warning.code for warning in churn_risk({"waits": WAITS[:30]}, LEFT[:30]).warnings]
    assert codes == ["NOT_CAUSAL", "SMALL_N"]


def test_rows_of_customers_with_gaps():
    rows = [{"waits": wait, "gone": gone} for wait, gone in zip(WAITS, LEFT, strict=True)]
    rows[3]["waits"] = None
    found = churn_risk(rows, "gone")
    assert (found.n, found.missing) == (99, 1)
    assert "4" not in {risk.id for risk in found.risks}
    for row in rows[:40]:
        row["waits"] = float("nan")
    with pytest.raises(NotEnoughData, match="never filled in"):
        churn_risk(rows, "gone")


def test_yes_and_no_are_one_and_nothing():
    plain, gone = churn_risk({"waits": WAITS}, LEFT), [bool(one) for one in LEFT]
    assert churn_risk({"waits": WAITS}, gone) == plain
    assert churn_risk({"waits": WAITS, "gone": gone}, "gone") == plain
    assert churn_risk([{"waits": wait, "gone": one} for wait, one in zip(WAITS, gone, strict=True)], "gone") == plain


@pytest.mark.parametrize(
    ("predictors", "left", "told"),
    [
        ({"waits": WAITS}, [2] * 100, "1 for who left"),
        ({"waits": [3] * 100}, LEFT, "the same for all"),
        ({"waits": WAITS, "again": WAITS}, LEFT, "exactly alike"),
        ({"waits": WAITS}, LEFT[:50], "one for each"),
        ({"waits": ["long"] * 100}, LEFT, "not a number"),
        ({"waits": WAITS}, None, "nobody says who left"),
        ({"waits": WAITS}, "gone", "no question 'gone'"),
    ],
)
def test_what_cannot_be_used_is_named(predictors, left, told):
    with pytest.raises(AnalysisError, match=told):
        churn_risk(predictors, left)


def test_later_customers_who_all_stayed_teach_nothing():
    found = churn_risk({"waits": WAITS}, LEFT[:70] + [0] * 30)
    assert (found.auc, found.calibration_slope, found.lift) == (None, None, None)
    assert "cannot be told" in found.explain()


@given(st.floats(-1e3, 1e3), st.floats(0.01, 1e3))
def test_the_unit_of_a_predictor_changes_nothing(shift, scale):
    found = churn_risk({"waits": [shift + scale * wait for wait in WAITS]}, LEFT)
    plain = churn_risk({"waits": WAITS}, LEFT)
    assert found.predictors[0].coefficient == pytest.approx(plain.predictors[0].coefficient, rel=1e-6)
    assert all(0 <= risk.risk <= 1 for risk in found.risks)
    assert found.auc == pytest.approx(plain.auc)


def test_the_guide_knows_the_code():
    page = (Path(__file__).parents[2] / "docs" / "guide" / "warnings.md").read_text("utf-8")
    assert "`churn_risk`" in page.partition("## TARGET_LEAK")[2].partition("## ")[0]
