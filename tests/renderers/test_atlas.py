"""The atlas: every journey a card, every link an arrow from left to right that is named, nothing on anything else."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings

from journeymap.model import Atlas, AtlasLink, Journey, Stage, Touchpoint
from journeymap.renderers.atlas import atlas
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Group, MoveTo, Path, Rect, Text, Use
from journeymap.scene.theme import DARK
from journeymap.testing.journeys import sample_journeys
from journeymap.testing.renderers import faults
from journeymap.testing.strategies import atlases


def shop() -> Atlas:
    return Atlas(
        "Shop",
        [
            Journey(
                "Buy", [Stage("Look", [Touchpoint("Looks", emotion=1)]), Stage("Pay", [Touchpoint("Pays", emotion=-1)])], status="draft"
            ),
            Journey("Complain", [Stage("Call", [Touchpoint("Calls", emotion=-2)])]),
            Journey("Pay by instalments", [Stage("Sign")]),
            Journey("Repair", kind="future-state"),
            Journey("Rent"),
        ],
        links=[
            AtlasLink("buy", "complain", at="pays", kind="exception", condition="If the card is charged twice"),
            AtlasLink("buy", "pay-by-instalments", at="pay", kind="sub-journey"),
            AtlasLink("complain", "repair"),
            AtlasLink("repair", "buy", condition="When it is beyond repair"),
        ],
    )


def cards(scene: Scene) -> dict[str, Box]:
    held = (shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "journey" and shape.about)
    return {card.about or "": next(part.box for part in card.shapes if isinstance(part, Rect)) for card in held}


def card(scene: Scene, name: str) -> Group:
    return next(shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "journey" and shape.about == name)


def pills(scene: Scene) -> list[Box]:
    held = (shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "link-words")
    return [next(part.box for part in pill.shapes if isinstance(part, Rect)) for pill in held]


def links(scene: Scene) -> dict[str, list[Path]]:
    """The line and the head of every arrow, by where it leads."""
    held = (shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "link" and shape.about)
    return {link.about or "": [part for part in link.shapes if isinstance(part, Path)] for link in held}


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def apart(one: Box, other: Box) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def tip(head: Path) -> float:
    start = head.steps[0]
    assert isinstance(start, MoveTo)
    return start.x


def crowd(count: int) -> Atlas:
    journeys = [Journey(f"Journey {n}", id=f"j-{n}") for n in range(count)]
    ways = [AtlasLink(f"j-{n}", f"j-{n * 7 % count}", condition=f"Way {n}") for n in range(count) if n * 7 % count != n]
    return Atlas("Crowd", journeys, links=ways)


def test_every_journey_has_a_card_and_every_link_an_arrow() -> None:
    scene = atlas(shop())
    assert set(cards(scene)) == {"buy", "complain", "pay-by-instalments", "repair", "rent"}
    assert set(links(scene)) == {"buy complain", "buy pay-by-instalments", "complain repair", "repair buy"}


def test_what_leads_to_a_journey_stands_left_of_it() -> None:
    held = cards(atlas(shop()))
    assert held["buy"].right < held["complain"].x == held["pay-by-instalments"].x
    assert held["complain"].right < held["repair"].x


def test_arrows_end_at_the_card_that_they_lead_to_on_the_side_that_they_come_from() -> None:
    scene = atlas(shop())
    held, arrows = cards(scene), links(scene)
    assert tip(arrows["buy complain"][1]) == held["complain"].x
    assert tip(arrows["repair buy"][1]) == held["buy"].right  # it leads back


def test_kinds_of_links_differ_in_dashes_and_words_and_not_in_colour_alone() -> None:
    scene = atlas(shop())
    dashes = {name: paths[0].paint.dash for name, paths in links(scene).items()}
    assert len({dashes["buy complain"], dashes["buy pay-by-instalments"], dashes["complain repair"]}) == 3
    words = said(scene)
    for word in ("Exception", "In detail", "Next", "at Pays", "at Pay", "If the card is charged twice", "When it is beyond repair"):
        assert word in words


def test_journeys_without_links_stand_below_by_themselves() -> None:
    scene = atlas(shop())
    held = cards(scene)
    assert "Not linked yet" in said(scene)
    assert all(held["rent"].y > box.bottom for name, box in held.items() if name != "rent")
    assert "Not linked yet" not in said(atlas(Atlas("One", [Journey("Buy")])))


def test_a_card_tells_kind_status_size_and_mean() -> None:
    scene = atlas(shop())
    words = [" ".join(part.lines) for part in card(scene, "buy").shapes if isinstance(part, Text)]
    assert "Current state \u00b7 draft" in words
    assert "2 stages, 2 steps" in words
    assert "0" in words
    faces = [part.symbol for part in card(scene, "buy").shapes if isinstance(part, Use)]
    assert faces[0].startswith("face-3-")
    assert "no stages yet" in [" ".join(part.lines) for part in card(scene, "rent").shapes if isinstance(part, Text)]


def test_a_card_shows_its_stages_and_the_curve_where_there_is_one() -> None:
    scene = atlas(shop())

    def curves(name: str) -> int:
        return sum(isinstance(part, Path) and part.role == "spark" for part in card(scene, name).shapes)

    assert (curves("buy"), curves("complain")) == (1, 0)


def test_no_card_or_label_stands_on_another() -> None:
    for whole in (shop(), crowd(40)):
        scene = atlas(whole)
        boxes = [*cards(scene).values(), *pills(scene)]
        assert all(apart(one, other) for one, other in combinations(boxes, 2))
        assert not list(faults(scene))


def test_the_words_of_a_link_stand_on_their_label() -> None:
    held = [shape for shape in atlas(shop()).walk() if isinstance(shape, Group) and shape.role == "link-words"]
    assert len(held) == 4
    for label in held:
        pill = next(part.box for part in label.shapes if isinstance(part, Rect))
        words = [part.box for part in label.shapes if isinstance(part, Text)]
        assert all(pill.x < box.x and box.right < pill.right and pill.y < box.y and box.bottom < pill.bottom for box in words)


def test_a_long_chain_breaks_into_rows_and_cards_say_where_it_goes_on() -> None:
    names = [f"j-{n}" for n in range(20)]
    chain = Atlas("Chain", [Journey(f"Journey {n}", id=f"j-{n}") for n in range(20)], links=[*map(AtlasLink, names, names[1:])])
    scene = atlas(chain, max_width=1400)
    assert scene.width <= 1400
    words = said(scene)
    assert "Next: 4 Journey 3" in words
    assert "From 3 Journey 2" in words
    assert len(links(scene)) == 13  # of 19, six lead into another row


def test_a_link_to_the_same_journey_is_told_on_its_card() -> None:
    scene = atlas(Atlas("Again", [Journey("Buy")], links=[AtlasLink("buy", "buy")]))
    assert "Next: the same again" in said(scene)


def test_the_samples_are_drawn_without_fault_in_any_theme() -> None:
    whole = Atlas("All kinds", sample_journeys(), links=[AtlasLink(one.id, other.id) for one, other in combinations(sample_journeys(), 2)])
    assert atlas(whole) == atlas(whole)
    assert not list(faults(atlas(whole, theme=DARK)))


def test_an_empty_atlas_says_so() -> None:
    scene = atlas(Atlas("Yet to be"))
    assert "This atlas has no journeys yet." in said(scene)
    assert "It has no journeys yet." in scene.description


def test_the_description_tells_journeys_and_links() -> None:
    told = atlas(shop()).description
    assert "1 Buy: Current state \u00b7 draft, 2 stages, 2 steps, mean emotion 0." in told
    assert "Exception: from Buy, at Pays, to Complain, If the card is charged twice." in told


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(atlases(max_journeys=5))
def test_any_atlas_is_drawn_without_fault(whole: Atlas) -> None:
    scene = atlas(whole, max_width=1200)
    assert not list(faults(scene))
    assert set(cards(scene)) == {journey.id for journey in whole.journeys}


@pytest.mark.parametrize("count", [2, 25, 150])
def test_atlases_of_every_size_have_a_card_for_each_journey(count: int) -> None:
    scene = atlas(crowd(count))
    assert len(cards(scene)) == count
    assert scene.width <= 3400
