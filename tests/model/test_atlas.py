"""The atlas: many journeys checked as a whole, and edits that keep it whole."""

import networkx as nx
import pytest
from hypothesis import given

import journeymap as jm
from journeymap.model import Atlas, AtlasLink, Journey, Stage, Touchpoint
from journeymap.testing.strategies import atlases

BUY = Journey("Buy", [Stage("Shop", [Touchpoint("Ride"), Touchpoint("Pay")])])
BUY_BETTER = Journey("Buy better", [Stage("Shop", [Touchpoint("Pay")])], kind="future-state", based_on="buy")
COMPLAIN = Journey("Complain", [Stage("Call", [Touchpoint("Wait")])])
FINANCE = Journey("Finance", [Stage("Apply", [Touchpoint("Form")])])


def shop(*links: AtlasLink) -> Atlas:
    return Atlas("Bike shop", [BUY, BUY_BETTER, COMPLAIN, FINANCE], links=links)


WHOLE = shop(
    AtlasLink("buy", "complain", at="pay", kind="exception"),
    AtlasLink("buy", "finance", at="shop", kind="sub-journey"),
    AtlasLink("buy", "complain", kind="next"),
)


def test_the_links_are_a_graph_of_journeys() -> None:
    assert list(WHOLE.graph) == ["buy", "buy-better", "complain", "finance"]
    assert [(s, t, link.kind) for s, t, link in WHOLE.graph.edges(data="item")] == [
        ("buy", "complain", "exception"),
        ("buy", "complain", "next"),
        ("buy", "finance", "sub-journey"),
    ]
    assert WHOLE.graph is WHOLE.graph
    assert WHOLE.graph.nodes["buy"]["item"] is BUY
    with pytest.raises(nx.NetworkXError):
        WHOLE.graph.add_node("x")


@pytest.mark.parametrize(
    ("links", "message"),
    [
        ([AtlasLink("by", "complain")], "links[0].source: no journey 'by'; did you mean 'buy'?"),
        ([AtlasLink("buy", "zzz")], "links[0].target: no journey 'zzz'; there are: buy, buy-better, complain, finance"),
        ([AtlasLink("buy", "complain", at="pya")], "links[0].at: no touchpoint or stage of 'buy' 'pya'; did you mean 'pay'?"),
        (
            [AtlasLink("buy", "complain", at="pay"), AtlasLink("buy", "complain", at="pay", kind="exception")],
            "links[1]: 'buy' to 'complain' at 'pay' stands already at links[0]; join the two",
        ),
        (
            [AtlasLink("buy", "buy", kind="sub-journey")],
            "links[0]: 'buy' has the sub-journey 'buy': a journey cannot be a part of itself; take one of these out",
        ),
        (
            [AtlasLink(s, t, kind="sub-journey") for s, t in (("buy", "finance"), ("finance", "complain"), ("complain", "buy"))],
            "links[2]: 'buy' has the sub-journey 'finance' has the sub-journey 'complain' has the sub-journey 'buy': a journey cannot",
        ),
    ],
)
def test_a_link_that_cannot_be_is_told(links, message) -> None:
    with pytest.raises(jm.ModelError) as told:
        shop(*links)
    assert message in str(told.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(jm.ModelError) as told:
        Atlas(
            "x",
            [Journey("a", based_on="b"), Journey("b", based_on="a"), Journey("a")],
            links=[AtlasLink("a", "c"), AtlasLink("b", "a", at="z")],
        )
    assert [str(problem) for problem in told.value.problems] == [
        "journeys[2].id: the journey id 'a' is taken; give this one an id of its own, for example 'a-2'",
        "journeys[1].based_on: 'a' is based on 'b' is based on 'a': a map cannot answer itself; take one of these out",
        "links[0].target: no journey 'c'; there are: a, b",
        "links[1].at: no touchpoint or stage of 'b' 'z'; the atlas has no touchpoint or stage of 'b' at all",
    ]


def test_a_long_way_round_is_found_quickly_and_told_shortly() -> None:
    journeys = [Journey(f"j{i}") for i in range(3000)]
    links = [AtlasLink(f"j{i}", f"j{(i + 1) % 3000}", kind="sub-journey") for i in range(3000)]
    assert Atlas("x", journeys, links=links[:-1]).links
    with pytest.raises(jm.ModelError, match=r"'j7' has the sub-journey \.\.\. has the sub-journey 'j0'"):
        Atlas("x", journeys, links=links)


def test_two_ways_to_one_part_are_no_circle() -> None:
    parts = [("buy", "finance"), ("buy", "complain"), ("finance", "buy-better"), ("complain", "buy-better")]
    assert len(shop(*(AtlasLink(s, t, kind="sub-journey") for s, t in parts)).links) == 4
    assert shop(AtlasLink("buy", "complain"), AtlasLink("complain", "buy")).links


def test_many_ways_to_one_part_take_no_long_wait() -> None:
    rungs = [(f"{side}{i}", f"{other}{i + 1}") for i in range(40) for side in "ab" for other in "ab"]
    journeys = [Journey(f"{side}{i}") for i in range(41) for side in "ab"]
    assert len(Atlas("x", journeys, links=[AtlasLink(s, t, kind="sub-journey") for s, t in rungs]).links) == 160


def test_the_base_of_a_map_may_be_elsewhere() -> None:
    assert Atlas("x", [BUY_BETTER]).journeys[0].based_on == "buy"


def test_one_journey_by_its_id() -> None:
    assert WHOLE.journey("finance") is FINANCE
    with pytest.raises(jm.ModelError, match="no journey 'finanse'; did you mean 'finance'?"):
        WHOLE.journey("finanse")
    with pytest.raises(jm.ModelError, match="'finance' is not a Journey"):
        WHOLE.with_journey("finance")
    with pytest.raises(jm.ModelError, match="'finance' is not an AtlasLink"):
        WHOLE.with_link("finance")


def test_references_follow_a_new_id() -> None:
    renamed = WHOLE.rename("buy", "purchase")
    assert [journey.id for journey in renamed.journeys] == ["purchase", "buy-better", "complain", "finance"]
    assert renamed.journey("buy-better").based_on == "purchase"
    assert [link.source for link in renamed.links] == ["purchase"] * 3
    assert renamed.rename("purchase", "buy") == WHOLE
    assert WHOLE.rename("complain", "moan").links[0].target == "moan"


def test_links_follow_what_they_leave_from() -> None:
    paid = WHOLE.rename("pay", "pay-by-card", journey="buy")
    assert [link.at for link in paid.links] == ["pay-by-card", "shop", None]
    assert [step.id for step in paid.journey("buy").touchpoints] == ["ride", "pay-by-card"]
    assert paid.journey("buy-better").touchpoints[0].id == "pay"
    assert paid.rename("pay-by-card", "pay", journey="buy") == WHOLE
    assert [link.at for link in WHOLE.rename("shop", "store", journey="buy").links] == ["pay", "store", None]
    assert WHOLE.rename("wait", "hold", journey="complain").links == WHOLE.links


def test_where_a_stage_and_a_touchpoint_share_an_id_a_link_leaves_from_the_touchpoint() -> None:
    atlas = Atlas("x", [Journey("Buy", [Stage("Pay", [Touchpoint("Pay")])]), COMPLAIN], links=[AtlasLink("buy", "complain", at="pay")])
    assert atlas.rename("pay", "till", journey="buy", kind="stage").links == atlas.links
    assert atlas.rename("pay", "till", journey="buy", kind="touchpoint").links[0].at == "till"
    with pytest.raises(jm.ModelError, match="say which with kind='stage'"):
        atlas.rename("pay", "till", journey="buy")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda: WHOLE.rename("pya", "till", journey="buy"), "no object 'pya'; did you mean 'pay'?"),
        (lambda: WHOLE.rename("pay", "till", journey="by"), "no journey 'by'; did you mean 'buy'?"),
        (
            lambda: WHOLE.rename("pay", "till", kind="touchpoint"),
            "kind='touchpoint' is for objects in a journey; say in which with journey=",
        ),
        (lambda: WHOLE.rename("shop", "ride", journey="buy"), "leaves from the stage 'shop', and 'ride' would be a touchpoint"),
        (lambda: WHOLE.rename("ride", "shop", journey="buy"), "leaves from the stage 'shop', and 'shop' would be a touchpoint"),
        (lambda: WHOLE.without_link(None), "None is not an AtlasLink"),
    ],
)
def test_a_rename_that_cannot_be(edit, message) -> None:
    with pytest.raises(jm.ModelError) as told:
        edit()
    assert message in str(told.value)


def test_fields_of_a_journey_and_of_the_atlas_itself() -> None:
    assert WHOLE.replace("buy", owner="Sales").journey("buy").owner == "Sales"
    assert WHOLE.replace(notes="All we know").notes == "All we know"
    with pytest.raises(jm.ModelError, match="an Atlas has no field 'note'; did you mean 'notes'?"):
        WHOLE.replace(note="x")


def test_an_edited_journey_takes_the_place_of_the_old_one() -> None:
    edited = WHOLE.with_journey(BUY.replace("pay", emotion=-1))
    assert [journey.id for journey in edited.journeys] == [journey.id for journey in WHOLE.journeys]
    assert edited.journey("buy").touchpoints[1].emotion == jm.Emotion(-1)
    assert [journey.id for journey in WHOLE.with_journey(Journey("Sell")).journeys][-1] == "sell"
    with pytest.raises(jm.ModelError, match="'buy' 'pay'"):
        WHOLE.with_journey(BUY.without("pay"))


def test_links_come_change_and_go() -> None:
    changed = WHOLE.with_link(AtlasLink("buy", "complain", kind="exception"))
    assert [link.kind for link in changed.links] == ["exception", "sub-journey", "exception"]
    assert len(WHOLE.with_link(AtlasLink("complain", "buy")).links) == 4
    assert WHOLE.without_link(WHOLE.links[0]).links == WHOLE.links[1:]
    with pytest.raises(jm.ModelError, match="no link from 'buy' to 'complain'"):
        WHOLE.without_link(AtlasLink("buy", "complain", notes="other"))


def test_with_a_journey_go_its_links() -> None:
    left = WHOLE.without("complain")
    assert [link.target for link in left.links] == ["finance"]
    assert WHOLE.without("buy").journey("buy-better").based_on == "buy"
    with pytest.raises(jm.ModelError, match="no journey 'pay'"):
        WHOLE.without("pay")


@given(atlases())
def test_edits_keep_any_atlas_whole(atlas) -> None:
    for journey in atlas.journeys:
        assert atlas.with_journey(journey) == atlas
        assert atlas.rename(journey.id, "quite-new").rename("quite-new", journey.id) == atlas
        left = atlas.without(journey.id)
        assert len(left.journeys) == len(atlas.journeys) - 1
        assert journey.id not in {end for link in left.links for end in (link.source, link.target)}
