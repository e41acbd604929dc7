from __future__ import annotations

import math

import numpy as np
import pytest

from journeymap.analysis import bg_nbd, gamma_gamma
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

# Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way: the CDNOW sample
CDNOW = (0.243, 4.414, 0.793, 2.426)
# Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value: the same customers
SPENT = (6.25, 3.74, 15.44)


def drawn(n, parameters, weeks, seed=0):
    """Customers who buy and leave as the model says."""
    r, alpha, a, b = parameters
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        rate, chance = random.gamma(r, 1 / alpha), random.beta(a, b)
        now, times, last = 0.0, 0, 0.0
        while True:
            now += random.exponential(1 / rate)
            if now > weeks:
                break
            times, last = times + 1, now
            if random.random() < chance:
                break
        rows.append((times, last, weeks))
    return rows


def test_the_published_customer():
    found = bg_nbd([(2, 30.43, 38.86)], horizon=39, parameters=CDNOW)
    assert found.customers[0].expected == pytest.approx(1.226, abs=2e-3)
    odds = 0.793 / 3.426 * ((4.414 + 38.86) / (4.414 + 30.43)) ** 2.243
    assert found.customers[0].p_alive == pytest.approx(1 / (1 + odds))


def test_who_never_came_back_is_alive_by_construction():
    found = bg_nbd([(0, 0, 38.86)], horizon=39, parameters=CDNOW)
    assert found.customers[0].p_alive == 1
    assert 0 < found.customers[0].expected < found.new_customer


def test_a_new_customer_by_simulation():
    found = bg_nbd([(0, 0, 0)], horizon=39, parameters=CDNOW)
    assert found.value == found.new_customer
    bought = [x for x, _, _ in drawn(5_000, CDNOW, 39)]
    assert found.new_customer == pytest.approx(np.mean(bought), abs=4 * np.std(bought) / math.sqrt(5_000))


def test_the_fit_finds_what_was_drawn():
    rows = drawn(3_000, CDNOW, 39, seed=1)
    found = bg_nbd(rows, horizon=39)
    assert found.r == pytest.approx(CDNOW[0], rel=0.15)
    assert found.alpha == pytest.approx(CDNOW[1], rel=0.25)
    assert found.a / (found.a + found.b) == pytest.approx(0.793 / 3.219, abs=0.08)
    best = found.log_likelihood
    for changed in ((1.02, 1, 1, 1), (1, 1.02, 1, 1), (1, 1, 1.02, 1), (1, 1, 1, 1.02)):
        point = tuple(p * c for p, c in zip((found.r, found.alpha, found.a, found.b), changed, strict=True))
        assert bg_nbd(rows, parameters=point).log_likelihood < best
    assert found.explain().startswith("Within the next 39 periods a customer is expected to buy ")


def test_the_published_worth():
    found = gamma_gamma([(2, 22.35), (1, 11.77), (0, 0)], parameters=SPENT)
    assert found.customers[0].expected == pytest.approx(24.66, abs=0.01)
    assert found.value == pytest.approx(6.25 * 15.44 / 2.74)
    assert found.n == 2
    # between the own mean and that of all
    assert 11.77 < found.customers[1].expected < found.value


def test_the_worth_that_was_drawn():
    random = np.random.default_rng(2)
    rows = []
    for _ in range(2_000):
        x, scale = int(random.integers(1, 8)), random.gamma(3.74, 1 / 15.44)
        rows.append((x, float(random.gamma(6.25, 1 / scale, size=x).mean())))
    found = gamma_gamma(rows)
    assert found.value == pytest.approx(6.25 * 15.44 / 2.74, rel=0.05)
    assert abs(found.correlation) < 0.3
    for changed in ((1.02, 1, 1), (1, 1.02, 1), (1, 1, 1.02)):
        point = tuple(p * c for p, c in zip((found.p, found.q, found.v), changed, strict=True))
        assert gamma_gamma(rows, parameters=point).log_likelihood < found.log_likelihood


def test_customers_who_differ_too_much_have_no_mean():
    found = gamma_gamma([(2, 22.35)], parameters=(6.25, 0.9, 15.44))
    assert found.value is None
    assert "q = 0.9, not above 1" in found.reason


def test_worth_that_goes_with_frequency_is_told():
    rows = [(x, 10.0 * x + place % 3) for place, x in enumerate([1, 2, 3, 4, 5, 6] * 3)]
    assert any("the correlation is" in note for note in gamma_gamma(rows).assumptions)


def test_rows_by_name():
    named = [{"frequency": 2, "recency": 30.43, "age": 38.86}]
    assert bg_nbd(named, parameters=CDNOW) == bg_nbd([(2, 30.43, 38.86)], parameters=CDNOW)
    assert gamma_gamma([{"frequency": 2, "value": 22.35}], parameters=SPENT) == gamma_gamma([(2, 22.35)], parameters=SPENT)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: bg_nbd([(2, 40, 38)], parameters=CDNOW), "lies after"),
        (lambda: bg_nbd([(0, 3, 38)], parameters=CDNOW), "both are 0, or none"),
        (lambda: bg_nbd([(2, 3)], parameters=CDNOW), "is not"),
        (lambda: bg_nbd([(2, 30, 38)], parameters=(1, 2)), "give r, alpha, a, b"),
        (lambda: bg_nbd([(2, 30, 38)], parameters=(1, 2, 0, 1)), "are above 0"),
        (lambda: gamma_gamma([(2, 0)], parameters=SPENT), "more than 0"),
        (lambda: gamma_gamma("abc"), "are no customers"),
    ],
)
def test_what_cannot_be(ask, told):
    with pytest.raises(AnalysisError, match=told):
        ask()


@pytest.mark.parametrize("ask", [bg_nbd, gamma_gamma])
def test_too_little(ask):
    for data in ([], [(0, 0, 38)] * 12 if ask is bg_nbd else [(0, 0)] * 12, Journey("J")):
        with pytest.raises(NotEnoughData):
            ask(data)
