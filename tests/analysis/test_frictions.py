"""E4: which handoffs hurt, each with its reasons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.analysis import Passing, friction
from journeymap.errors import AnalysisError
from journeymap.model import Journey, Stage, Touchpoint, Transition

DAY = timedelta(days=1)


def test_a_map_with_a_three_day_gap():
    mapped = Journey(
        "J",
        [
            Stage(
                "S",
                [
                    Touchpoint("Call", channel="phone", owner="Sales", emotion=1),
                    Touchpoint("Visit", channel="branch", owner="Branch", emotion=-1),
                    Touchpoint("Letter", channel="post", owner="Branch", emotion=-1),
                    Touchpoint("Bill", channel="post", owner="Billing", emotion=-1.5),
                    Touchpoint("Pay", channel="post", owner="Billing", emotion=2),
                ],
            )
        ],
        transitions=[Transition("call", "visit", wait=3 * DAY, manual=True), Transition("letter", "bill", wait=DAY)],
    )
    found = friction(mapped)
    assert [(point.source, point.reasons) for point in found.points] == [
        ("call", ("wait", "channel", "re-entry", "emotion")),
        ("visit", ("channel",)),
    ]
    assert found.points[0].words[0] == "customers wait 3 days"
    assert found.points[0].words[3] == "the emotion falls from 1 to −1"
    assert (found.value, found.n) == (2, 3)  # letter to bill is a handoff that does not hurt, bill to pay is none
    assert "Hypothesis: 2 handoffs hurt, first of all 'Call' to 'Visit': customers wait 3 days" in found.explain()
    assert [point.source for point in friction(mapped, sla=timedelta(hours=3)).points] == ["call", "letter", "visit"]
    assert friction(mapped, drop=0.5).value == 3


def test_a_wait_without_a_handoff_is_none():
    assert friction([Passing(source="a", target="b", owner_from="x", owner_to="x", wait=99)]).n == 0
    assert friction([Passing(source="a", target="b", owner_from="x", owner_to="y", wait=24)]).value == 0
    assert "No handoff hurts" in friction([Passing(source="a", target="b", owner_from="x", owner_to="y")]).explain()


def test_what_nobody_knows_is_no_reason():
    found = friction([Passing(source="a", target="b", owner_from="x", owner_to="y", channel_to="phone", emotion_to=-2)])
    assert (found.value, found.points) == (0, ())


def test_nothing_at_all_is_undefined():
    assert friction([]).value is None
    assert friction(Journey("J")).reason == "there is no way from one step to the next"


@pytest.mark.parametrize(("data", "message"), [("call", "are no handoffs"), ([("a", "b")], "is no Passing")])
def test_what_does_not_fit_is_refused(data, message):
    with pytest.raises(AnalysisError, match=message):
        friction(data)
    with pytest.raises(AnalysisError, match="drop: -1 is below 0"):
        friction([], drop=-1)


passing = st.builds(
    Passing,
    source=st.sampled_from("abc"),
    target=st.sampled_from("abc"),
    channel_from=st.sampled_from(["", "web", "phone"]),
    channel_to=st.sampled_from(["", "web", "phone"]),
    manual=st.booleans(),
    wait=st.none() | st.floats(0, 100),
    emotion_from=st.none() | st.floats(-2, 2),
    emotion_to=st.none() | st.floats(-2, 2),
)


@given(st.lists(passing, max_size=8), st.floats(0, 50), st.floats(0, 50))
def test_a_stricter_promise_never_hurts_less(passings, one, other):
    strict, lax = friction(passings, sla=min(one, other)), friction(passings, sla=max(one, other))
    assert (strict.value or 0) >= (lax.value or 0)
    assert strict.n == lax.n == sum(p.is_handoff for p in passings)
    counts = [len(point.reasons) for point in strict.points]
    assert counts == sorted(counts, reverse=True)
