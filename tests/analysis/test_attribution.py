"""F6: the Shapley value of channels, and rules of thumb."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import ChannelPath, rule_attribution, shapley_attribution
from journeymap.errors import AnalysisError, NotEnoughData

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
channel_paths = st.lists(
    st.builds(
        lambda channels, c, v: ChannelPath(channels, conversions=c, nulls=1, value=v),
        st.lists(st.sampled_from("abcd"), max_size=5),
        st.integers(0, 9),
        st.integers(0, 50),
    ),
    min_size=1,
    max_size=6,
)


def credited(found):
    return {credit.channel: credit.conversions for credit in found.credits}


@settings(max_examples=40)
@given(channel_paths)
def test_shapley_is_the_mean_over_all_orders_of_joining(paths):
    channels = sorted({channel for path in paths for channel in path.channels})

    def v(members):
        return sum(path.conversions for path in paths if path.channels and set(path.channels) <= members)

    expected = dict.fromkeys(channels, 0.0)
    orders = list(permutations(channels))
    for order in orders:
        for place, channel in enumerate(order):
            expected[channel] += (v(set(order[: place + 1])) - v(set(order[:place]))) / len(orders)
    found = shapley_attribution(paths)
    assert credited(found) == pytest.approx({c: x for c, x in expected.items() if c in credited(found)})
    assert sum(credited(found).values()) == pytest.approx(sum(p.conversions for p in paths if p.channels))


def test_values_and_touches():
    found = shapley_attribution([ChannelPath(["a", "b", "a"], conversions=2, value=30), ChannelPath([], conversions=1)])
    assert found.by_channel["a"].value == 15
    assert found.by_channel["a"].touches == 4
    assert (found.value, found.uncredited, found.n) == (2, 1, 3)
    assert "NOT_CAUSAL" in {warning.code for warning in found.warnings}
    assert found.explain().startswith("'a' is credited most, with 1 of 2 conversions (50 %)")
    assert shapley_attribution([ChannelPath(["a"])]).by_channel["a"].value is None


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("first", {"a": 10, "b": 0, "c": 0}),
        ("last", {"a": 0, "b": 0, "c": 10}),
        ("linear", {"a": 2.5, "b": 5, "c": 2.5}),
        ("position", {"a": 4, "b": 2, "c": 4}),
    ],
)
def test_rules(rule, expected):
    assert credited(rule_attribution([ChannelPath(["a", "b", "b", "c"], conversions=10)], rule=rule)) == pytest.approx(expected)


def test_position_with_few_touches():
    assert credited(rule_attribution([ChannelPath(["a", "b"])], rule="position")) == {"a": 0.5, "b": 0.5}
    assert credited(rule_attribution([ChannelPath(["a"])], rule="position")) == {"a": 1}


def test_decay_over_time_and_over_touches():
    aged = ChannelPath(["a", "b"], ages=[14 * DAY, 0 * DAY])
    assert credited(rule_attribution([aged], rule="time-decay")) == pytest.approx({"a": 0.25 / 1.25, "b": 1 / 1.25})
    assert credited(rule_attribution([aged], rule="time-decay", half_life=1)) == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    ancient = ChannelPath(["a", "b"], ages=[900_000 * DAY, 899_993 * DAY])
    assert credited(rule_attribution([ancient], rule="time-decay")) == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    events = [("x", "a", NOON), ("x", "b", NOON + 7 * DAY), ("x", "buy", NOON + 7 * DAY)]
    assert credited(rule_attribution(events, goal="buy", rule="time-decay", worth=3)) == pytest.approx({"a": 1 / 3, "b": 2 / 3})


def test_nobody_converts():
    for found in (shapley_attribution([ChannelPath(["a"], conversions=0)]), rule_attribution([ChannelPath([])])):
        assert (found.value, found.credits) == (None, ())
        assert found.reason == "nobody who met a channel converts"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"rule": "middle"}, "rule='middle' is unknown"),
        ({"rule": "first", "half_life": DAY}, "half_life has no meaning for the rule 'first'"),
        ({"rule": "time-decay", "half_life": 0 * DAY}, "is not longer than nothing"),
        ({"rule": "time-decay", "half_life": 0}, "is not longer than nothing"),
    ],
)
def test_what_is_no_rule(options, told):
    with pytest.raises(AnalysisError) as caught:
        rule_attribution([ChannelPath(["a"], ages=[DAY])], **options)
    assert told in str(caught.value)


def test_decay_needs_times():
    with pytest.raises(NotEnoughData, match="nobody knows when the touches were"):
        rule_attribution([ChannelPath(["a"])], rule="time-decay")


@given(channel_paths, st.sampled_from(["first", "last", "linear", "position"]))
def test_every_rule_gives_out_what_there_is(paths, rule):
    found = rule_attribution(paths, rule=rule)
    assert sum(credited(found).values()) + found.uncredited == pytest.approx(sum(p.conversions for p in paths))
    amounts = [round(c.conversions, 9) for c in found.credits]
    assert amounts == sorted(amounts, reverse=True)
