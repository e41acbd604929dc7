"""F2: where a funnel leaks, and what it would bring to mend it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import funnel, leaks
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Metric, Stage, Touchpoint

SHOP = {"visit": 12000, "product": 5400, "basket": 1620, "checkout": 1134, "paid": 680}


def test_ranked_by_what_mending_brings():
    found = leaks(SHOP)
    assert [(leak.source, leak.target) for leak in found.leaks] == [
        ("product", "basket"),
        ("visit", "product"),
        ("checkout", "paid"),
        ("basket", "checkout"),
    ]
    gained = {leak.target: leak.gained for leak in found.leaks}
    assert gained == pytest.approx(
        {"product": 831.1111111111111, "basket": 1586.666666666667, "checkout": 291.42857142857144, "paid": 454}, abs=1e-8
    )
    assert {leak.target: leak.lost for leak in found.leaks} == {"product": 6600, "basket": 3780, "checkout": 486, "paid": 454}
    assert found.largest_loss.target == "product"
    assert found.lowest_rate.target == "basket"
    assert found.value == pytest.approx(1586.666666666667)
    basket = found.leaks[0]
    assert (basket.rate_interval.low, basket.rate_interval.high) == pytest.approx((0.2879231701906615, 0.31236118003315383), abs=1e-8)
    assert found.explain() == (
        "The leak that costs most is from 'product' to 'basket': 30 % go on, and at 100 % 1,587 more would get to the end "
        "(n = 12,000 customers at the first step)."
    )


def test_an_aim_and_a_price():
    found = leaks(SHOP, aim={"basket": 0.35}, worth=10)
    by_target = {leak.target: leak for leak in found.leaks}
    assert by_target["basket"].gained == pytest.approx(680 / 0.3 * 0.35 - 680)
    assert by_target["basket"].worth == pytest.approx(10 * (680 / 0.3 * 0.35 - 680))
    assert by_target["paid"].aim == 1
    assert "worth 8,311" in found.explain()


def test_a_rate_better_than_the_aim_gains_nothing():
    assert {leak.gained for leak in leaks({"a": 100, "b": 90, "c": 80}, aim=0.5).leaks} == {0.0}


def test_a_rate_of_nothing_is_unknown_and_comes_last():
    found = leaks({"a": 100, "b": 50, "c": 0})
    assert [(leak.target, leak.gained) for leak in found.leaks] == [("b", 0.0), ("c", None)]
    found = leaks({"a": 100, "b": 0})
    assert found.value is None
    assert "is above 0 and rests on 10 customers or more" in found.explain()


def test_few_customers_do_not_rank():
    found = leaks({"a": 100, "b": 8, "c": 1})
    assert [(leak.target, leak.gained) for leak in found.leaks] == [("b", pytest.approx(11.5)), ("c", None)]
    assert found.lowest_rate.target == "b"
    assert any("too few to rank by" in warning.text or "more like this" in warning.text for warning in found.warnings)


def test_it_takes_whatever_funnel_takes():
    paths = {"anna": ["ad", "site", "buy"], "ben": ["ad", "site"], "cleo": ["ad"]} | {f"c{k}": ["ad", "site", "buy"] for k in range(10)}
    steps = ["ad", "site", "buy"]
    assert leaks(paths, steps=steps).leaks == leaks(funnel(paths, steps=steps)).leaks
    optional = funnel(paths, steps=steps, optional=["site"])
    assert [(leak.source, leak.target) for leak in leaks(optional).leaks] == [("ad", "buy")]
    numbers = zip(("ad", "site", "buy"), (100, 40, 10), strict=True)
    steps = [Touchpoint(name, metrics=[Metric(f"at {name}", kind="count", value=n)]) for name, n in numbers]
    assert leaks(Journey("J", [Stage("S", steps)])).leaks[0].target == "buy"


def test_what_cannot_leak():
    with pytest.raises(NotEnoughData, match="there is one step only"):
        leaks({"a": 10})
    with pytest.raises(AnalysisError, match="in an open funnel nobody is lost"):
        leaks(funnel({"a": 10, "b": 5}, closed=False))
    with pytest.raises(AnalysisError, match="aim names 'payd', to which no way leads; did you mean 'paid'"):
        leaks({"visit": 10, "paid": 5}, aim={"payd": 0.5})


@given(st.lists(st.integers(10, 10_000), min_size=2, max_size=6), st.floats(0, 1))
def test_mending_brings_what_a_rerun_of_the_funnel_would(counts, aim):
    counts = sorted(counts, reverse=True)
    found = leaks({str(k): n for k, n in enumerate(counts)}, aim=aim)
    gains = [leak.gained for leak in found.leaks]
    assert gains == sorted(gains, reverse=True)
    for leak in found.leaks:
        rates = [b / a for a, b in pairwise(counts)]
        place = int(leak.target) - 1
        mended = counts[0]
        for k, rate in enumerate(rates):
            mended *= max(rate, aim) if k == place else rate
        assert leak.gained == pytest.approx(mended - counts[-1], rel=1e-9, abs=1e-6)
    assert sum(leak.lost for leak in found.leaks) == counts[0] - counts[-1]
