"""L2: how sure the numbers of a chain are."""

from __future__ import annotations

import pytest
from scipy.stats import beta

from journeymap.analysis import bands, removal_effects, transition_matrix, uncertainty
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import END, START, Journey, Stage, Touchpoint, Transition

COUNTS = {
    "path_start": {"ad": 120, "mail": 80},
    "ad": {"site": 70, "path_end": 50},
    "mail": {"site": 60, "path_end": 20},
    "site": {"buy": 40, "ad": 10, "path_end": 90},
}


def test_one_choice_is_a_beta_distribution():
    found = uncertainty(transition_matrix({"path_start": {"a": 100}, "a": {"buy": 40, "path_end": 60}}), goal="buy", draws=20_000)
    truth = beta(40.5, 60.5)
    assert found.value == 0.4
    assert (found.interval.low, found.interval.high) == pytest.approx((truth.ppf(0.025), truth.ppf(0.975)), abs=3 * found.interval.error)
    assert found.interval.error < 0.002
    assert found.mean == pytest.approx(truth.mean(), abs=0.002)
    assert (found.steps, found.n) == (1, 100)


def test_two_choices_in_a_row_multiply():
    counts = {"path_start": {"a": 50}, "a": {"b": 30, "path_end": 20}, "b": {"buy": 10, "path_end": 20}}
    found = uncertainty(transition_matrix(counts), goal="buy", prior=1, draws=20_000)
    mean = 31 / 52 * 11 / 32
    square = 31 * 32 / (52 * 53) * 11 * 12 / (32 * 33)
    assert found.mean == pytest.approx(mean, abs=0.002)
    sd = (square - mean**2) ** 0.5
    assert found.interval.width == pytest.approx(2 * 1.96 * sd, rel=0.05)
    assert found.steps_interval.low > 1


def test_ranks_of_removal_effects():
    found = uncertainty(transition_matrix(COUNTS), goal="buy")
    closed = removal_effects(transition_matrix(COUNTS), goal="buy")
    assert [band.id for band in found.effects] == [effect.id for effect in closed.effects]
    assert [band.effect for band in found.effects] == pytest.approx([effect.effect for effect in closed.effects])
    site, ad, mail = found.effects
    assert (site.id, site.rank, site.rank_low, site.rank_high, site.first) == ("site", 1, 1, 1, 1)
    assert (ad.rank, mail.rank) == (2, 3)
    assert (mail.rank_low, mail.rank_high) == (2, 3)
    for band in found.effects:
        assert band.interval.low <= band.effect <= band.interval.high
    assert found.value in found.interval
    assert found.value == pytest.approx(closed.p_conversion)
    assert found.explain().startswith(
        "19 % of those who start reach the goal; no step matters more than 'site', which holds in 100 % of the samples"
    )


def test_the_seed_decides_and_the_number_of_draws_is_said():
    matrix = transition_matrix(COUNTS)
    assert uncertainty(matrix, goal="buy", draws=200) == uncertainty(matrix, goal="buy", draws=200)
    assert uncertainty(matrix, goal="buy", draws=200).interval != uncertainty(matrix, goal="buy", draws=200, seed=1).interval
    assert (uncertainty(matrix, goal="buy").draws, uncertainty(matrix, goal="buy", draws=300).draws) == (2000, 300)
    assert "300 draws" in uncertainty(matrix, goal="buy", draws=300).method


def test_where_customers_start_may_be_fixed():
    matrix = transition_matrix(COUNTS)
    drawn, fixed = (uncertainty(matrix, goal="buy", start=start) for start in (None, {"ad": 0.6, "mail": 0.4}))
    assert fixed.value == pytest.approx(drawn.value)
    assert fixed.interval != drawn.interval


def test_ways_that_all_take_stay_as_they_are():
    found = uncertainty(transition_matrix({"path_start": {"a": 9}, "a": {"b": 9}, "b": {"buy": 9}}), goal="buy")
    assert (found.value, found.interval.low, found.interval.high, found.steps_interval.width) == (1, 1, 1, 0)


def test_traps():
    counts = {"path_start": {"a": 100}, "a": {"t": 50, "buy": 50}, "t": {"u": 10}, "u": {"t": 10}}
    found = uncertainty(transition_matrix(counts), goal="buy")
    assert (found.steps, found.steps_interval) == (None, None)
    assert {"TRAP", "NOT_CAUSAL"} <= {warning.code for warning in found.warnings}
    assert found.value == 0.5


def test_a_counted_map():
    ways = [Transition(START, "a", count=100), Transition("a", "b", count=60), Transition("a", END, count=40)]
    found = uncertainty(Journey("J", [Stage("S", [Touchpoint("a"), Touchpoint("b", goal=True)])], transitions=ways))
    assert found.value == 0.6
    assert 0.49 < found.interval.low < 0.52


def test_what_has_no_counts():
    with pytest.raises(NotEnoughData, match="nothing says how many customers the shares rest on"):
        uncertainty({"a": {"b": 0.5}}, goal="b")
    ways = [Transition("a", "b", probability=0.5)]
    with pytest.raises(NotEnoughData, match="nothing says how many"):
        uncertainty(Journey("J", [Stage("S", [Touchpoint("a"), Touchpoint("b", goal=True)])], transitions=ways))
    with pytest.raises(AnalysisError, match="10 draws are too few"):
        uncertainty(transition_matrix(COUNTS), goal="buy", draws=10)
    nobody = uncertainty(transition_matrix({"path_start": {"a": 9}, "a": {"path_end": 9}, "b": {"buy": 3}}), goal="buy")
    assert (nobody.value, nobody.effects) == (0, ())
    assert nobody.explain().startswith("0 % of those who start reach the goal")


def test_large_chains_are_drawn_less_often(monkeypatch):
    counts = {str(k): {str(k + 1): 95, "path_end": 5} for k in range(9_000)} | {"path_start": {"0": 100}}
    found = uncertainty(transition_matrix(counts), goal="50", draws=100)
    assert found.draws == 100
    assert len(found.effects) == 1_000
    monkeypatch.setattr(bands, "_WORK", 1e7)
    loop = {str(k): {str((k + 1) % 30): 95, "buy": 5} for k in range(30)} | {"path_start": {"0": 100}}
    assert uncertainty(transition_matrix(loop), goal="buy").draws == 370
