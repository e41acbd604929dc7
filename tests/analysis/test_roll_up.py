"""M1: one number over several journeys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Share, roll_up
from journeymap.analysis.intervals import wilson
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric


def codes(result):
    return {warning.code for warning in result.warnings}


def test_counts_are_pooled():
    found = roll_up({"loan": Share(90, 100), "card": Share(20, 50), "help": Share(40, 50)})
    assert found.value == pytest.approx(150 / 200)
    pooled = wilson(150, 200)
    assert (found.interval.low, found.interval.high) == pytest.approx((pooled.low, pooled.high))
    assert found.answers_eff == pytest.approx(200)
    assert found.n_eff == pytest.approx(200**2 / (100**2 + 50**2 + 50**2))
    assert [row.id for row in found.journeys] == ["card", "help", "loan"]
    assert found.explain() == ("Over 3 journeys it is 75 %, lowest in 'card' (40 %) (n = 200 answers; 95 % interval 69 % to 80 %).")


def test_other_weights_cost_precision():
    """Kish (1965): four journeys of weights 3, 1, 1, 1 are worth three."""
    data = {name: Share(30, 60) for name in "abcd"}
    found = roll_up(data, weights={"a": 3, "b": 1, "c": 1, "d": 1})
    assert found.n_eff == pytest.approx(3)
    assert found.answers_eff == pytest.approx(180)
    assert found.interval.width > roll_up(data).interval.width


def test_means_need_their_spread_for_an_interval():
    found = roll_up({"loan": (4.0, 30), "card": (3.0, 10)})
    assert (found.value, found.interval, found.unit) == (3.75, None, "points")
    answers = roll_up({"loan": [4, 5, 4, 3, 4], "card": [2, 3, 3, 2, 5, None]})
    assert answers.value == pytest.approx(35 / 10)
    assert answers.interval.method == "normal, by journey"
    assert (answers.missing, codes(answers)) == (1, {"SMALL_N"})


def test_no_mean_of_percentages_without_n():
    with pytest.raises(NotEnoughData, match="card has a value without n; it needs n with every value"):
        roll_up({"loan": Share(9, 10), "card": 0.8})
    with pytest.raises(NotEnoughData, match="without n"):
        roll_up([Journey("A", metrics=[Metric("CSAT", kind="csat", value=80, unit="%")])])


def test_journeys_bring_their_metric():
    def journey(name, value, n):
        return Journey(
            name, metrics=[Metric("CSAT", kind="csat", value=value, unit="%", n=n), Metric("NPS", kind="nps", value=value - 60, n=n)]
        )

    found = roll_up([journey("A", 80, 100), journey("B", 60, 300)])
    assert found.value == pytest.approx(0.65)
    nps = roll_up([journey("A", 80, 100), journey("B", 60, 300)], kind="nps")
    assert (nps.value, nps.interval) == (5, None)
    with pytest.raises(AnalysisError, match="two journeys have the id 'a'"):
        roll_up([journey("A", 80, 100), journey("A", 60, 300)])
    with pytest.raises(NotEnoughData, match="no metric of the kind 'ces'"):
        roll_up([journey("A", 80, 100)], kind="ces")


def test_a_whole_that_goes_against_its_journeys_is_told():
    """Charig et al. (1986): kidney stones, open surgery against the new way."""
    now = {"small": Share(81, 87), "large": Share(192, 263)}
    before = {"small": Share(234, 270), "large": Share(55, 80)}
    found = roll_up(now, before=before)
    assert found.value == pytest.approx(273 / 350)
    assert found.change == pytest.approx(273 / 350 - 289 / 350)
    assert all(row.change > 0 for row in found.journeys)
    assert found.change_standardised == pytest.approx((357 * (81 / 87 - 234 / 270) + 343 * (192 / 263 - 55 / 80)) / 700)
    assert codes(found) == {"SIMPSON", "MIX_SHIFT"}
    assert "it changed by −4.57 percentage points" in found.explain()


def test_means_are_checked_alike():
    now, before = {"a": (2.0, 90), "b": (5.0, 10)}, {"a": (1.5, 10), "b": (4.5, 90)}
    found = roll_up(now, before=before)
    assert found.change == pytest.approx(2.3 - 4.2)
    assert found.change_standardised == pytest.approx(0.5)
    assert codes(found) == {"SIMPSON", "MIX_SHIFT"}
    assert codes(roll_up({"a": (2.0, 90)}, before={"a": (1.5, 90)})) == set()


def test_other_groups_are_checked_too():
    strata = {"persona": {"small": (Share(81, 87), Share(234, 270)), "large": (Share(192, 263), Share(55, 80))}}
    found = roll_up({"loan": Share(273, 350)}, by=strata)
    assert found.warnings[0].text.startswith("by persona: the total goes from 83 % to 78 %")
    assert codes(found) == {"SIMPSON"}


def test_what_is_no_portfolio_is_told():
    with pytest.raises(NotEnoughData, match="there are no journeys"):
        roll_up([])
    with pytest.raises(AnalysisError, match="'abc' is no portfolio"):
        roll_up("abc")
    with pytest.raises(AnalysisError, match="3 is no journey"):
        roll_up([3])
    with pytest.raises(AnalysisError, match="b are there only once"):
        roll_up({"a": Share(1, 2)}, before={"a": Share(1, 2), "b": Share(1, 2)})
    with pytest.raises(AnalysisError, match="weights: there is none for a"):
        roll_up({"a": Share(1, 2)}, weights={})
    with pytest.raises(AnalysisError, match="weights: all are 0"):
        roll_up({"a": Share(1, 2)}, weights={"a": 0})
    with pytest.raises(AnalysisError, match="a: 'x' is no value with its n"):
        roll_up({"a": "x"})


shares = st.dictionaries(
    st.sampled_from("abcde"), st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda p: Share(min(p), max(p))), min_size=1
)


@given(shares)
def test_the_whole_lies_between_its_parts(data):
    found = roll_up(data)
    values = [share.value for share in data.values()]
    assert min(values) - 1e-12 <= found.value <= max(values) + 1e-12
    assert 1 - 1e-9 <= found.n_eff <= len(data) + 1e-9
    assert found.answers_eff == pytest.approx(found.n)
    assert sum(row.weight for row in found.journeys) == pytest.approx(1)
