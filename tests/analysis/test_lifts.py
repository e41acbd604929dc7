from __future__ import annotations

import pytest

from journeymap.analysis import ChannelPath, channel_lift
from journeymap.analysis.intervals import newcombe
from journeymap.errors import NotEnoughData
from journeymap.model import Journey


def codes(found):
    return {warning.code for warning in found.warnings}


def test_the_lift_by_hand():
    paths = [
        ChannelPath(["ad"], conversions=30, nulls=20),
        ChannelPath(["mail"], conversions=10, nulls=40),
    ]
    found = channel_lift(paths)
    assert [(lift.channel, lift.lift) for lift in found.channels] == [("ad", pytest.approx(0.4)), ("mail", pytest.approx(-0.4))]
    interval = newcombe((30, 50), (10, 50))
    assert (found.interval.low, found.interval.high) == (interval.low, interval.high)
    # the two-sided p of z = 0.4 / sqrt(0.4 * 0.6 * 2 / 50) = 4.0825, and twice the same comparison adjusts to itself
    assert found.channels[0].p == pytest.approx(4.456e-5, rel=1e-3)
    assert found.channels[0].p_adjusted == pytest.approx(found.channels[0].p)
    assert codes(found) == {"NOT_CAUSAL", "MULTIPLE_TESTS"}
    assert "60 % of those who used 'ad' converted, against 20 % of the others, a difference of 40 percentage points" in found.explain()
    assert found.n == 100


def test_more_touches_are_more_occasions():
    """Among customers with one touch, and among those with two, the chat makes no difference; in total it seems to."""
    paths = [
        ChannelPath(["ad"], conversions=20, nulls=180),
        ChannelPath(["chat"], conversions=2, nulls=18),
        ChannelPath(["ad", "ad"], conversions=10, nulls=10),
        ChannelPath(["ad", "chat"], conversions=100, nulls=100),
    ]
    chat = channel_lift(paths).by_channel["chat"]
    assert chat.lift == pytest.approx(102 / 220 - 30 / 220)
    assert chat.same_length == pytest.approx(0)


def test_most_lengths_against_the_total_is_told():
    paths = [
        ChannelPath(["ad"], conversions=40, nulls=160),
        ChannelPath(["chat"], conversions=2, nulls=18),
        ChannelPath(["ad", "ad"], conversions=14, nulls=6),
        ChannelPath(["ad", "chat"], conversions=100, nulls=100),
    ]
    found = channel_lift(paths)
    assert found.by_channel["chat"].lift > 0 > found.by_channel["chat"].same_length
    assert "SIMPSON" in codes(found)


def test_what_everybody_passes_has_no_lift():
    found = channel_lift([["site", "buy"]] * 20 + [["ad"]] * 30, goal="buy")
    assert found.by_channel["site"].lift is None
    assert "STRUCTURAL_LIFT" in codes(found)
    assert found.by_channel["ad"].lift == -1
    nothing = channel_lift([["site", "buy"]] * 20, goal="buy")
    assert (nothing.value, nothing.reason) == (None, "no channel has both users who convert and others who do")
    assert channel_lift([["buy"]] * 20, goal="buy").reason == "there are no channels"


def test_what_it_needs():
    with pytest.raises(NotEnoughData, match="a map does not say"):
        channel_lift(Journey("J"))
    with pytest.raises(NotEnoughData, match="nothing says who converted"):
        channel_lift([["ad"]])
