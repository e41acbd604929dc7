"""E1: which channels a journey uses, and how often customers change them."""

from __future__ import annotations

import math
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import channel_mix
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey, Stage, Touchpoint, Transition


def journey(*touchpoints, **more):
    return Journey("J", [Stage("S", touchpoints)], **more)


def test_by_hand():
    found = channel_mix(["web", "web", "phone", "web", "branch", "branch", "branch", "web"])
    # the entropy of 4, 3 and 1 of 8, as scipy has it
    assert found.value == pytest.approx(1.4056390622295662)
    assert found.normalised == pytest.approx(1.4056390622295662 / math.log2(3))
    assert (found.switches, found.switching_rate, found.longest_run) == (4, 4 / 7, 3)
    assert [(use.channel, use.count, use.share, use.longest_run) for use in found.channels] == [
        ("web", 4, 0.5, 2),
        ("branch", 3, 0.375, 3),
        ("phone", 1, 0.125, 1),
    ]
    assert [(s.source, s.target, s.count) for s in found.switching] == [
        ("branch", "web", 1),
        ("phone", "web", 1),
        ("web", "branch", 1),
        ("web", "phone", 1),
    ]


def test_one_channel_has_no_normalised_entropy():
    found = channel_mix(["web", "web"])
    assert (found.value, found.normalised, found.switching_rate) == (0, None, 0)
    assert channel_mix(["web"]).switching_rate is None


def test_equal_use_is_the_most_even():
    assert channel_mix(["a", "b", "c", "d"]).value == 2
    assert channel_mix(["a", "b", "c", "d"]).normalised == 1


def test_unknown_channels_are_in_no_pair():
    found = channel_mix(["web", None, "phone", "web"])
    assert (found.n, found.missing, found.switches, found.switching_rate) == (3, 1, 1, 1)
    assert [warning.code for warning in found.warnings] == ["MISSING_HEAVY"]
    with pytest.raises(NotEnoughData, match="no step has a channel"):
        channel_mix([None])


def test_several_journeys_in_any_form():
    lists = channel_mix([["web", "phone"], ["phone", "phone"]])
    cases = channel_mix({"a": ["web", "phone"], "b": ["phone", "phone"]})
    day = datetime(2026, 1, 5)
    events = channel_mix([("a", "ask", day, "web"), ("b", "ask", day, "phone"), ("a", "call", day, "phone"), ("b", "call", day, "phone")])
    assert lists.channels == cases.channels == events.channels
    assert (lists.switches, lists.switching_rate) == (1, 0.5)


def test_a_branching_map_counts_ways_by_their_share():
    mapped = journey(
        Touchpoint("A", channel="web"),
        Touchpoint("B", channel="phone"),
        Touchpoint("C", channel="web"),
        transitions=[Transition("a", "b", probability=0.25), Transition("a", "c", probability=0.75), Transition("b", "c")],
    )
    found = channel_mix(mapped)
    assert {use.channel: use.count for use in found.channels} == {"web": 2, "phone": 0.25}
    assert found.switches == 0.5
    assert found.switching_rate == pytest.approx(0.5 / 1.25)
    assert found.explain().startswith("Hypothesis: Customers use 2 channels, most of all 'web' (89 % of steps)")


@pytest.mark.parametrize(
    ("data", "message"), [("web", "are no channels"), (["web", 3], "3 is no channel"), ([["web"], "phone"], "no list of channels")]
)
def test_what_does_not_fit_is_refused(data, message):
    with pytest.raises(AnalysisError, match=message):
        channel_mix(data)
    with pytest.raises(AnalysisError, match="only a map knows personas"):
        channel_mix(["web"], persona="maya")


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=30))
def test_bounds_and_counts(channels):
    found = channel_mix(channels)
    assert 0 <= found.value <= math.log2(max(2, len(set(channels)))) + 1e-9
    assert found.switches == sum(a != b for a, b in pairwise(channels))
    assert sum(use.share for use in found.channels) == pytest.approx(1)
    assert channel_mix(channels[::-1]).value == pytest.approx(found.value)
    assert channel_mix(channels[::-1]).switches == found.switches
    mapped = journey(*(Touchpoint(f"S{k}", channel=c) for k, c in enumerate(channels)))
    assert channel_mix(mapped).channels == found.channels
