"""J2: CSAT and CES."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Share, ces, csat
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import Journey, Metric

CSAT = [5, 4, 4, 3, 5, 2, 5, 4, 1, 5, 4, 4, 3, 5, 5]
CES = [7, 6, 5, 7, 3, 2, 6, 7, 5, 6]


def codes(result):
    return {warning.code for warning in result.warnings}


def test_the_worked_case():
    found = csat(CSAT)
    assert (found.value, found.top, found.n) == (pytest.approx(73.33333333333333), 11, 15)
    assert (found.interval.low, found.interval.high) == pytest.approx((48.04956594401942, 89.10254667430763), abs=1e-9)
    assert found.mean == pytest.approx(3.933333333333333)
    easy = ces(CES)
    assert (easy.value, easy.mean, easy.n) == (pytest.approx(80), pytest.approx(5.4), 10)
    assert "73 % are satisfied (n = 15 answers; 95 % interval 48 % to 89 %)" in found.explain()


def test_other_scales_and_boxes():
    assert csat([7, 6, 5, 1], scale=(1, 7)).value == 50
    assert csat([7, 6, 5, 1], scale=(1, 7), top=3).value == 75
    assert ces([5, 4, 1], scale=(1, 5), agree_from=4).value == pytest.approx(200 / 3)
    with pytest.raises(ScaleMismatch, match=r"answers\[0\]: 7 is outside 1 to 5"):
        csat([7, 6])


def test_nobody_asked_is_not_enough():
    with pytest.raises(NotEnoughData, match="csat: nobody answered"):
        csat([None])
    assert csat([5, 4, 3, None]).missing == 1


def test_weights_go_into_share_mean_and_interval():
    found = csat([5, 1], weights=[3, 1])
    assert (found.value, found.mean, found.effective_n) == (75, 4, pytest.approx(1.6))


def test_those_who_left_before_are_not_heard():
    assert "SURVIVORS" in codes(csat(CSAT, started=40))
    (found,) = [w for w in csat(CSAT, started=40).warnings if w.code == "SURVIVORS"]
    assert found.text.startswith("of 40 who started, 15 reached this step; ")
    assert "SURVIVORS" not in codes(csat(CSAT, started=15))


def test_two_peaks_and_few_on_one_side_are_warned_of():
    assert "HIDDEN_GROUPS" in codes(csat([1] * 20 + [5] * 20, response_rate=0.9))
    assert codes(csat([4] * 20 + [3] * 20, response_rate=0.9)) == set()
    assert codes(csat([4] * 40 + [3] * 4, response_rate=0.9)) == {"SMALL_N"}


def metric(kind, **more):
    return Journey("J", metrics=[Metric("M", kind=kind, **more)])


def test_a_map_gives_its_share_or_its_mean():
    found = csat(metric("csat", value=73, unit="%", n=300), response_rate=0.4)
    assert (found.value, found.n, found.mean) == (73, 300, None)
    assert found.interval.low == pytest.approx(67.7, abs=0.1)
    mean = ces(metric("ces", value=5.4, n=80))
    assert (mean.value, mean.mean) == (None, 5.4)
    assert "is a mean; the share needs the answers" in mean.reason
    assert csat(metric("csat", value=73, unit="%")).interval is None
    with pytest.raises(ScaleMismatch):
        csat(metric("csat", value=73))
    with pytest.raises(NotEnoughData, match="has no value"):
        csat(metric("csat"))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=50))
def test_the_share_lies_in_its_interval(answers):
    found = csat(answers)
    assert 0 <= found.interval.low <= found.value <= found.interval.high <= 100
    assert 1 <= found.mean <= 5


def test_an_index_of_which_much_is_missing_is_refused():
    for ask in (csat, ces):
        with pytest.raises(NotEnoughData, match="2 of 5 answers") as caught:
            ask([5, 4, 3, None, None])
        assert caught.value.code == "MISSING_HEAVY"
        assert "MISSING_HEAVY" in {warning.code for warning in ask([5, 4, 3, 2, 5, 4, 4, 3, 1, None]).warnings}


def test_counts_are_enough_for_the_share():
    counted, answered = csat(Share(11, 15)), csat(CSAT)
    assert (counted.value, counted.interval, counted.n) == (answered.value, answered.interval, answered.n)
    assert counted.mean is None
    assert csat({f"customer {place}": answer for place, answer in enumerate(CSAT)}) == answered
    with pytest.raises(AnalysisError, match="only single answers can be weighted"):
        csat(Share(11, 15), weights=[1])
    with pytest.raises(NotEnoughData, match="nobody answered"):
        ces(Share(0, 0))
