"""Plain data: what is a number, what is missing, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from journeymap.analysis.doors import Point, estimate, metric_of, numbers, series
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric, Range


def test_missing_is_none_and_nan_is_missing():
    assert numbers([1, None, float("nan"), np.float64(2.5), np.int64(3)]) == (1.0, None, None, 2.5, 3.0)
    assert numbers(np.array([1.0, np.nan])) == (1.0, None)
    assert numbers(value for value in (1, 2)) == (1.0, 2.0)


@pytest.mark.parametrize("bad", [["3"], [True], [float("inf")], [object()]])
def test_what_is_no_number_is_named_with_its_place(bad):
    with pytest.raises(AnalysisError, match=r"scores\[0\]: "):
        numbers(bad, what="scores")


@pytest.mark.parametrize("bad", ["345", b"345", 5, Journey("J")])
def test_a_series_is_a_series(bad):
    with pytest.raises(AnalysisError, match="not a series of numbers"):
        numbers(bad)


def test_another_scale_is_no_value_of_this_one():
    with pytest.raises(ScaleMismatch, match=r"scores\[1\]: 11 is outside 0 to 10") as caught:
        numbers([3, 11], what="scores", low=0, high=10)
    assert caught.value.code == "SCALE_MISMATCH"
    with pytest.raises(ScaleMismatch, match="-1 is below 0"):
        numbers([-1], low=0)


def test_values_are_named_by_key_or_place():
    assert series({"a": 1, "b": None}) == (Point("a", "a", 1.0), Point("b", "b", None))
    assert series([5, None]) == (Point("1", "1", 5.0), Point("2", "2", None))


def test_an_estimate_is_a_number_or_a_range():
    assert estimate(3, what="e") == (3, 3, 3)
    assert estimate((1, 2, 5), what="e") == (1, 2, 5) == estimate(Range(1, 2, 5), what="e")
    with pytest.raises(AnalysisError, match="do not rise"):
        estimate((3, 2, 5), what="e")
    with pytest.raises(AnalysisError, match="give a number, or low, most likely and high"):
        estimate((3, 2), what="e")
    with pytest.raises(ScaleMismatch, match="e: 6 is outside 1 to 5"):
        estimate((1, 2, 6), what="e", low=1, high=5)


def test_a_metric_is_found_by_kind_or_id():
    one, two = Metric("NPS", kind="nps", value=12), Metric("Later NPS", kind="nps", value=15)
    journey = Journey("J", metrics=[one, two, Metric("Calls", kind="count", value=3)])
    assert metric_of(journey, question="nps", metric="later-nps") == two
    assert metric_of(journey, question="x", kind="count").value == 3
    with pytest.raises(NotEnoughData, match="has 2 metrics of the kind 'nps'"):
        metric_of(journey, question="nps", kind="nps")
    with pytest.raises(NotEnoughData, match="no metric 'npss'; did you mean 'nps'"):
        metric_of(journey, question="nps", metric="npss")
    with pytest.raises(NotEnoughData, match="no metric of the kind 'csat'"):
        metric_of(journey, question="csat", kind="csat")
