"""C2 and C7: important and badly served."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import importance_performance, opportunity_score
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Source, Stage, Touchpoint

# Ulwick (2002), angioplasty, and (2005); the last two read where the examples are retold.
ULWICK = {"restenosis": (9.5, 3.2), "accuracy": (8.3, 4.2), "exit": (7.0, 8.0), "mood music": (4.7, 2.1), "friends feed": (2.4, 3.2)}


def test_ulwicks_examples():
    found = opportunity_score(ULWICK)
    assert [(row.id, row.value, row.band) for row in found.rows] == [
        ("restenosis", pytest.approx(15.8), "extreme"),
        ("accuracy", pytest.approx(12.4), "high"),
        ("mood music", pytest.approx(7.3), "appropriately served"),
        ("exit", pytest.approx(7.0), "overserved"),
        ("friends feed", pytest.approx(2.4), "overserved"),
    ]
    assert found.overserved == ("exit", "friends feed")
    assert (found.value, found.n) == (pytest.approx(15.8), 5)
    assert "'restenosis' with an opportunity score of 15.8 out of 20 (extreme); 2 of 5 score 10 or more" in found.explain()


@pytest.mark.parametrize(
    ("pair", "band"),
    [
        ((10, 5), "high"),
        ((10, 4.99), "extreme"),
        ((8, 4), "solid"),
        ((8, 3.99), "high"),
        ((5, 0), "solid"),
        ((5, 5), "appropriately served"),
    ],
)
def test_the_bands_have_sharp_borders(pair, band):
    found = opportunity_score({"x": pair})
    assert found.rows[0].band == band
    assert ("1 of 1 score 10 or more" in found.explain()) == (found.value >= 10)


def test_another_scale_is_refused():
    with pytest.raises(ScaleMismatch, match="x: 95 is outside 0 to 10"):
        opportunity_score({"x": (95, 32)})
    with pytest.raises(ScaleMismatch, match="x: 9 is outside 1 to 5"):
        opportunity_score({"x": [(9, 3), (4, 4)]})


@pytest.mark.parametrize("bad", [{"x": 5}, {"x": "ab"}, {"x": (1, 2, 3)}, {"x": [(1, 2, 3)]}])
def test_what_is_no_pair_is_refused(bad):
    with pytest.raises(AnalysisError, match="pair"):
        opportunity_score(bad)


def test_missing_ratings_are_left_out_and_counted():
    found = opportunity_score({"x": (5, None), "y": (5, 4), "z": [(5, 1), (None, 2), (4, 4)]})
    assert [(row.id, row.n) for row in found.rows] == [("z", 2), ("y", None)]
    assert found.missing == 2
    with pytest.raises(NotEnoughData, match="nothing is rated by both"):
        opportunity_score({"x": (5, None)})


def test_respondents_count_by_their_share_of_4_and_5():
    answers = [(5, 1)] * 15 + [(4, 4)] * 5 + [(3, 5)] * 5 + [(1, 1)] * 5
    found = opportunity_score({"x": answers})
    row = found.rows[0]
    assert (row.importance, row.satisfaction) == (pytest.approx(20 / 3), pytest.approx(10 / 3))
    assert row.value == pytest.approx(10)
    assert row.n == 30
    assert row.interval.low < 10 < row.interval.high
    assert row.interval.method == "percentile bootstrap"
    assert found == opportunity_score({"x": answers})
    assert found != opportunity_score({"x": answers}, seed=1)


def test_few_respondents_have_no_interval_and_a_warning():
    found = opportunity_score({"x": [(5, 1)] * 19})
    assert found.rows[0].interval is None
    assert [warning.code for warning in found.warnings] == ["SMALL_N"]
    assert opportunity_score({"x": [(5, 1)] * 15 + [(1, 5)] * 15}).warnings == ()


def mapped(*touchpoints):
    return Journey("J", [Stage("S", touchpoints)], sources=[Source("Survey", kind="survey")])


def test_a_map_gives_its_rated_touchpoints():
    found = opportunity_score(
        mapped(
            Touchpoint("A", importance=5, satisfaction=2, evidence=["survey"]),
            Touchpoint("B", importance=3, satisfaction=5, evidence=["survey"]),
            Touchpoint("C", importance=4),
            Touchpoint("D"),
        )
    )
    assert [(row.id, row.value, row.band) for row in found.rows] == [("a", 17.5, "extreme"), ("b", 5, "overserved")]
    assert found.missing == 1
    assert "stretched" in found.assumptions[0]
    with pytest.raises(NotEnoughData, match="no touchpoint has both"):
        opportunity_score(mapped(Touchpoint("A")))


@given(st.floats(0, 10), st.floats(0, 10))
def test_the_score_lies_between_importance_and_twice_it(importance, satisfaction):
    value = opportunity_score({"x": (importance, satisfaction)}).rows[0].value
    assert importance <= value <= 2 * importance <= 20


def test_quadrants_by_both_borders():
    found = importance_performance({"a": (5, 2), "b": (5, 5), "c": (3, 2), "d": (2, 5)})
    rows = {row.id: row for row in found.rows}
    assert (found.mean_importance, found.mean_satisfaction) == (3.75, 3.5)
    assert {name: row.by_mean for name, row in rows.items()} == {
        "a": "concentrate here",
        "b": "keep up the good work",
        "c": "low priority",
        "d": "possible overkill",
    }
    assert rows["c"].by_midpoint == "concentrate here"
    assert [row.id for row in found.rows] == ["a", "c", "b", "d"]
    assert [row.gap for row in found.rows] == [3, 1, 0, -3]
    assert found.value == 1
    assert "1 of 4 items matter more than average and satisfy less: 'a'" in found.explain()


def test_one_item_has_no_quadrants():
    with pytest.raises(NotEnoughData, match="1 items have both ratings"):
        importance_performance({"a": (5, 2), "b": (None, 3)})
    assert (
        importance_performance(mapped(Touchpoint("A", importance=5, satisfaction=2), Touchpoint("B", importance=2, satisfaction=4))).n == 2
    )
