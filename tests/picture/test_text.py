"""The text alternative says all that the picture says, once, in the order in which it is read."""

from __future__ import annotations

from hypothesis import given

import journeymap as jm
from journeymap.scene import Group, Scene, Text
from journeymap.testing.strategies import journeys

MAP = jm.Journey(
    "Buy a bike",
    [
        jm.Stage("Discover", [jm.Touchpoint("Sees an advert", channel="social", emotion=1, thoughts=["Red!"])], goal="Find one"),
        jm.Stage("Buy", [jm.Touchpoint("Pays", emotion=-2, pains=[jm.PainPoint("The card is refused", severity=4)])]),
    ],
)


def seen(scene: Scene) -> list[str]:
    return [line.strip() for shape in scene.walk() if isinstance(shape, Text) for line in shape.lines]


def test_prose_says_each_thing_in_words() -> None:
    prose = jm.render(MAP).text.prose
    for words in ("Buy a bike", "Sees an advert. Channel: social", "Red!", "The card is refused", "Critical", "Find one", "very negative"):
        assert words in prose
    assert prose.count("Step 1.1: Sees an advert") == 1


def test_every_word_of_the_picture_stands_in_the_table() -> None:
    for renderer in jm.renderers():
        drawn = jm.Atlas("All", [MAP]) if renderer == "atlas" else MAP
        picture = jm.render(drawn, renderer, **({"to": MAP} if renderer == "comparison" else {}))
        head, *rows = picture.text.table
        assert head == ("Part", "Says", "Shows")
        words = " ".join(" ".join(row) for row in rows)
        assert [line for line in seen(picture.scene) if line not in words] == []


def test_a_cell_names_the_lane_that_it_stands_in() -> None:
    rows = [row for row in jm.render(MAP).text.rows if "The card is refused" in row.says]
    assert [row.part for row in rows] == ["Pain points"]


def test_several_pages_are_told_after_one_another() -> None:
    scenes = [
        Scene(width=10, height=10, title="T", description=f"Page {number}.", shapes=[Group(shapes=[], label=f"Part {number}")])
        for number in (1, 2)
    ]
    assert jm.Picture(scenes).text.prose == "T. Page 1. Page 2. Part 1. Part 2."


@given(journeys())
def test_whatever_the_journey_no_visible_line_is_lost(journey: jm.Journey) -> None:
    picture = jm.render(journey)
    words = "".join("".join(" ".join(row).split()) for row in picture.text.table)
    lost = [line for line in seen(picture.scene) if "".join(line.split()).strip("\u2026") not in words]
    assert lost == []
