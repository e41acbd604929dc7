"""F5: what would be lost without a channel or a step."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymap.analysis import ChannelPath, conversion, removal_effects, transition_matrix
from journeymap.errors import AnalysisError, NotEnoughData, ScaleMismatch
from journeymap.model import END, Journey, Stage, Touchpoint, Transition

BRYL = [
    ChannelPath(["C1", "C2", "C3"], value=1000),
    ChannelPath(["C1"], conversions=0, nulls=1),
    ChannelPath(["C2", "C3"], conversions=0, nulls=1),
]


def codes(found):
    return {warning.code for warning in found.warnings}


def test_bryls_example():
    """Bryl (2016), analyzecore.com, attribution model part 1; the method is that of Anderl et al. (2016)."""
    found = removal_effects(BRYL)
    assert found.p_conversion == pytest.approx(1 / 3, abs=1e-9)
    effects = found.by_id
    assert {c: e.without for c, e in effects.items()} == pytest.approx({"C1": 1 / 6, "C2": 0, "C3": 0}, abs=1e-9)
    assert {c: e.effect for c, e in effects.items()} == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1}, abs=1e-9)
    assert {c: e.share for c, e in effects.items()} == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-9)
    assert {c: e.conversions for c, e in effects.items()} == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-9)
    assert {c: e.value for c, e in effects.items()} == pytest.approx({"C1": 200, "C2": 400, "C3": 400}, abs=1e-6)
    assert [e.id for e in found.effects] == ["C2", "C3", "C1"]


def test_what_all_pass_is_unavoidable_and_not_insight():
    found = removal_effects(BRYL)
    assert [e.unavoidable for e in found.effects] == [True, True, False]
    assert {"NOT_CAUSAL", "STRUCTURAL_LIFT", "SMALL_N", "MARKOV_MEMORY"} == codes(found)
    assert found.value == pytest.approx(0.5)
    assert found.explain().startswith(
        "All who convert pass 'C2' and 'C3', which cannot be avoided; of the others 'C1' matters most: without it 50 % of conversions would be missing"
    )
    only = removal_effects([ChannelPath(["a"], conversions=50, nulls=50)])
    assert (only.value, only.effects[0].effect) == (1, 1)
    assert only.explain().startswith("All who convert pass 'a', which cannot be avoided (n = 100 paths)")


def test_without_anyone_who_left_it_says_what_it_means():
    found = removal_effects([ChannelPath(["a"]), ChannelPath(["b"])])
    assert "nobody is known to have left" in " ".join(found.assumptions)
    assert {e.id: e.effect for e in found.effects} == {"a": 0.5, "b": 0.5}


def test_nobody_converts():
    found = removal_effects([ChannelPath(["a"], conversions=0, nulls=9)])
    assert (found.value, found.effects, found.reason) == (None, (), "nobody converts")
    assert removal_effects([ChannelPath([])]).reason == "there are no channels or steps before the goal"
    assert "some converted without any channel" in " ".join(removal_effects([ChannelPath([]), ChannelPath(["a"])]).assumptions)
    assert removal_effects([ChannelPath(["a"], conversions=0), ChannelPath(["b"])]).by_id.keys() == {"b"}


def test_a_channel_that_follows_itself_stays_in_the_chain():
    found = removal_effects([ChannelPath(["a", "a", "b"]), ChannelPath(["a"], conversions=0, nulls=2)])
    # a: to a 1 of 5, to b 1 of 5, left 3 of 5 ... with the self-loop kept: P = (1/4) / (1 - 1/4) over 4 departures.
    assert found.p_conversion == pytest.approx((1 / 4) / (1 - 1 / 4))


def test_higher_orders_are_runs_of_touches():
    paths = [ChannelPath(["a", "b"], conversions=8, nulls=2), ChannelPath(["c", "b"], conversions=1, nulls=9)]
    first, second = removal_effects(paths), removal_effects(paths, order=2)
    assert first.by_id["a"].effect == pytest.approx(0.5)
    assert second.by_id["a"].effect == pytest.approx(8 / 9)
    assert second.by_id["b"].effect == pytest.approx(1)
    assert "MARKOV_MEMORY" in codes(first)
    assert "MARKOV_MEMORY" not in codes(second)
    with pytest.raises(AnalysisError, match="order=0"):
        removal_effects(paths, order=0)


def test_paths_and_events_with_a_goal():
    paths = {"anna": ["ad", "mail", "buy", "mail"], "ben": ["ad"], "cleo": ["mail"]}
    found = removal_effects(paths, goal="buy", worth=50)
    assert found.by_id.keys() == {"ad", "mail"}
    assert found.by_id["mail"].value == pytest.approx(50 * found.by_id["mail"].share)
    events = [("a", "visit", None, "web"), ("a", "buy", None, "shop"), ("b", "call", None, "phone")]
    assert [e.id for e in removal_effects(events, goal="buy", by="channel").effects] == ["web", "phone"]
    with pytest.raises(NotEnoughData, match="nothing says who converted"):
        removal_effects(paths)
    with pytest.raises(AnalysisError, match="nobody ever did 'bye'; did you mean 'buy'"):
        removal_effects(paths, goal="bye")
    with pytest.raises(NotEnoughData, match="no event has a channel"):
        removal_effects(paths, goal="buy", by="channel")
    with pytest.raises(AnalysisError, match="paths say where they start"):
        removal_effects(paths, goal="buy", start="ad")
    with pytest.raises(AnalysisError, match="channel paths say themselves who converted"):
        removal_effects(BRYL, goal="C1")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: ChannelPath("ab"), "'ab' is not a series of channels"),
        (lambda: ChannelPath([""]), "a channel is a text that is not empty"),
        (lambda: ChannelPath(["a"], ages=[1, 2]), "2 ages for 1 channels"),
    ],
)
def test_what_is_no_channel_path(make, told):
    with pytest.raises(AnalysisError) as caught:
        make()
    assert told in str(caught.value)


def test_counts_below_nothing():
    with pytest.raises(ScaleMismatch):
        ChannelPath(["a"], conversions=-1)


TABLE = {"ad": {"site": 0.5, "shop": 0.2}, "site": {"buy": 0.2, "ad": 0.3, "shop": 0.1}, "shop": {"buy": 0.4}}


def test_a_table_of_shares():
    found = removal_effects(TABLE, goal="buy", start="ad", conversions=300, worth=10)
    for step, effect in found.by_id.items():
        rows = {s: {t: p for t, p in row.items() if t != step} for s, row in TABLE.items() if s != step}
        without = conversion(rows, goal="buy", start="ad").value if step != "ad" else 0
        assert effect.without == pytest.approx(without)
        assert effect.value == pytest.approx(effect.share * 3000)
    assert sum(effect.conversions for effect in found.effects) == pytest.approx(300)
    with pytest.raises(NotEnoughData, match="shares say only what follows one step"):
        removal_effects(TABLE, goal="buy", order=2)
    with pytest.raises(NotEnoughData, match="nobody says which state is the goal"):
        removal_effects(TABLE, start="ad")
    with pytest.raises(NotEnoughData, match="nobody says where customers start"):
        removal_effects(TABLE, goal="buy")
    with pytest.raises(NotEnoughData, match="a chain does not say which channel a step has"):
        removal_effects(TABLE, goal="buy", start="ad", by="channel")


def test_a_matrix_of_counts_says_the_same_as_its_paths():
    paths = [["a", "b", "buy"]] * 3 + [["b", "buy"]] + [["a", "b"]] * 2 + [["a"]] * 4
    touched = removal_effects(dict(zip("0123456789", paths, strict=True)), goal="buy")
    counted = removal_effects(transition_matrix(paths), goal="buy")
    assert {e.id: pytest.approx(e.effect) for e in touched.effects} == {e.id: e.effect for e in counted.effects}


def shop(**channels):
    ways = [
        Transition("ad", "site", probability=0.5),
        Transition("ad", "branch", probability=0.5),
        Transition("site", "call", probability=0.5),
        Transition("site", "pay", probability=0.25),
        Transition("call", "pay", probability=0.5),
        Transition("call", "site", probability=0.25, kind="loop"),
        Transition("branch", "pay", probability=0.2),
    ]
    steps = [Touchpoint(step, channel=channels.get(step), goal=step == "pay") for step in ("ad", "site", "call", "branch", "pay")]
    return Journey("J", [Stage("S", steps)], transitions=ways)


def test_a_map_by_channel():
    journey = shop(site="Web", call="Phone", branch="Branch", ad="Web")
    found = removal_effects(journey, by="channel")
    assert found.by_id.keys() == {"Web", "Phone", "Branch"}
    assert found.by_id["Web"].effect == 1
    phone = {"ad": {"site": 0.5, "branch": 0.5}, "site": {"pay": 0.25}, "branch": {"pay": 0.2}}
    assert found.by_id["Phone"].without == pytest.approx(conversion(phone, goal="pay", start="ad").value)
    steps = removal_effects(journey)
    assert steps.by_id["call"].effect == pytest.approx(found.by_id["Phone"].effect)
    assert steps.by_id["branch"].name == "branch"
    with pytest.raises(NotEnoughData, match="no step before the goal has a channel"):
        removal_effects(shop(), by="channel")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from("abc"), max_size=4), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=6))
def test_effects_agree_with_taking_the_channel_out(rows):
    paths = [ChannelPath(channels, conversions=c, nulls=n) for channels, c, n in rows]
    found = removal_effects(paths)
    if found.value is None:
        return
    for effect in found.effects:
        # Whoever comes to the channel is lost: cut each path there, and walk what is left with the shares as they were.
        counts = {}
        for path in paths:
            for source, target in zip(("begin", *path.channels), (*path.channels, None), strict=True):
                row = counts.setdefault(source, {})
                if target is None:
                    row["won"] = row.get("won", 0) + path.conversions
                    row["lost"] = row.get("lost", 0) + path.nulls
                else:
                    row[target] = row.get(target, 0) + path.conversions + path.nulls
        shares = {s: {t: n / sum(row.values()) for t, n in row.items()} for s, row in counts.items() if sum(row.values())}
        without = {s: {("lost" if t == effect.id else t): 0.0 for t in row} for s, row in shares.items() if s != effect.id}
        for source, row in without.items():
            for target, share in shares[source].items():
                row["lost" if target == effect.id else target] += share
        assert effect.without == pytest.approx(conversion(without | {"won": {"won": 1.0}}, goal="won", start="begin").value, abs=1e-9)
        assert 0 <= effect.effect <= 1
    if found.effects and sum(e.effect for e in found.effects):
        assert sum(e.share for e in found.effects) == pytest.approx(1)
        assert sum(e.conversions for e in found.effects) == pytest.approx(sum(p.conversions for p in paths))


@given(st.integers(2, 8))
def test_on_a_line_every_step_is_unavoidable(n):
    rows = {str(k): {str(k + 1): 0.7, END: 0.3} for k in range(n)}
    found = removal_effects(rows, goal=str(n))
    assert all(effect.unavoidable for effect in found.effects)
    assert [effect.id for effect in found.effects] == [str(k) for k in range(n)]
