"""The persona's card: what is known of a person and nothing else, cards side by side that can be compared."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image as Raster

from journeymap.errors import RenderError
from journeymap.model import Channel, Journey, Persona, Source, Stage, Touchpoint
from journeymap.renderers.persona import persona
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Box, Circle, Group, Image, Rect, Text, Use
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing.renderers import check_renderer, faults
from journeymap.testing.strategies import journeys


def amina() -> Persona:
    return Persona(
        "Amina El-Sayed",
        id="amina",
        role="Nurse, 34",
        segment="Shift workers",
        share=0.25,
        quote="If it takes longer than my break, it will not happen.",
        goals=["Never run out"],
        needs=["A reminder that knows my shifts"],
        frustrations=["Codes that expire"],
        behaviours=["Does it all on the phone"],
        traits=["impatient", "well organised"],
        demographics={"Lives in": "Leeds"},
        channels=["App", Channel("Phone", kind="phone")],
        evidence=["talks"],
    )


def pharmacy(*people: Persona) -> Journey:
    return Journey(
        "Order a prescription",
        [
            Stage("Order", [Touchpoint("Opens the app", emotion=1), Touchpoint("Types the code", emotion=0, emotions={"amina": -2})]),
            Stage("Fetch", [Touchpoint("Fetches the parcel", emotion=2)]),
        ],
        personas=people or [amina(), Persona("Ben Ode", id="ben", goals=["Get well", "Go home"])],
        sources=[Source("Interviews", id="talks", n=12)],
    )


def said(scene: Scene) -> str:
    return "\n".join(" ".join(shape.lines) for shape in scene.walk() if isinstance(shape, Text))


def cards(scene: Scene) -> list[Group]:
    return [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "persona"]


def sections(card: Group) -> dict[str, float]:
    """Where each section of a card begins, by its label."""
    found = {}
    for part in card.shapes:
        if isinstance(part, Group) and part.label:
            found[part.label.partition(" of ")[0]] = min(text.box.y for text in part.shapes if isinstance(text, Text))
    return found


def outline(card: Group) -> Box:
    return next(part.box for part in card.shapes if isinstance(part, Rect))


def test_it_passes_the_kit_for_renderers() -> None:
    check_renderer(persona)
    check_renderer(persona, theme=DARK, max_width=500)
    check_renderer(persona, persona="amina", journeys=[pharmacy()])


def test_a_card_says_all_that_is_known_of_the_persona() -> None:
    words = said(persona(pharmacy(amina())))
    for known in (
        *("Amina El-Sayed", "Nurse, 34", "Shift workers", "25% of customers", "Never run out", "A reminder that knows my shifts"),
        *("Codes that expire", "Does it all on the phone", "impatient", "well organised", "Lives in", "Leeds", "App", "Phone"),
        *("Interviews (n = 12)", "longer than my break"),
    ):
        assert known in words


def test_what_is_not_known_is_left_out() -> None:
    words = said(persona(Journey("Any", personas=[Persona("Ben Ode")])))
    for title in ("Goals", "Needs", "Frustrations", "Behaviours", "Traits", "About", "Channels", "On this journey", "of customers"):
        assert title not in words
    assert "An assumption: no source is named" in words


def test_the_bar_is_as_long_as_the_share() -> None:
    scene = persona(pharmacy(amina()))
    (share,) = (shape for shape in scene.walk() if isinstance(shape, Group) and shape.label == "Share of Amina El-Sayed")
    whole, part = (shape.box for shape in share.shapes if isinstance(shape, Rect))
    assert part.width == pytest.approx(0.25 * whole.width)


def test_the_persona_feels_what_it_feels_and_not_what_others_do() -> None:
    alone = said(persona(pharmacy(), persona="amina"))
    assert "Lowest point: Types the code" in alone
    assert "+0.3" in alone  # (1 - 2 + 2) / 3
    other = said(persona(pharmacy(), persona="ben"))
    assert "Lowest point: Types the code" in other
    assert "+1" in other


def test_a_card_alone_shows_the_curve_over_the_stages() -> None:
    scene = persona(pharmacy(), persona="amina")
    points = [shape for shape in scene.walk() if isinstance(shape, Group) and shape.role == "point"]
    assert [point.about for point in points] == ["order", "fetch"]


def test_several_stand_side_by_side_with_each_section_at_one_height() -> None:
    one, other = cards(persona(pharmacy()))
    assert (one.about, other.about) == ("amina", "ben")
    assert outline(one).y == outline(other).y
    assert outline(one).height == outline(other).height
    assert outline(one).right < outline(other).x
    assert sections(one)["Goals"] == sections(other)["Goals"]
    assert "Needs" not in sections(other)


def test_cards_that_do_not_fit_beside_each_other_stand_in_even_rows() -> None:
    people = [Persona(f"Person {n}", id=f"p-{n}") for n in range(6)]
    tops = [outline(card).y for card in cards(persona(Journey("Crowd", personas=people)))]
    assert len(set(tops)) == 2
    assert tops.count(tops[0]) == 3
    narrow = persona(Journey("Crowd", personas=people), max_width=500)
    assert narrow.width <= 500
    assert len({outline(card).y for card in cards(narrow)}) == 6


def test_a_portrait_is_drawn_and_without_one_a_monogram() -> None:
    file = io.BytesIO()
    Raster.new("RGB", (4, 4), "#336699").save(file, "PNG")
    image = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    drawn = list(persona(Journey("Any", personas=[Persona("Ben Ode", image=image)])).walk())
    assert any(isinstance(shape, Image) for shape in drawn)
    plain = list(persona(Journey("Any", personas=[Persona("Ben Ode")])).walk())
    assert "BO" in [shape.lines[0] for shape in plain if isinstance(shape, Text)]


def test_each_channel_has_its_icon() -> None:
    used = {shape.symbol.rsplit("-", 2)[0] for shape in persona(pharmacy(amina())).walk() if isinstance(shape, Use)}
    assert {"icon-app", "icon-phone"} <= used


def test_lists_in_arabic_have_their_dots_at_the_right() -> None:
    scene = persona(Journey("Any", personas=[Persona("ليلى", goals=["أن أصل في الوقت المحدد"])]))
    (goals,) = (shape for shape in scene.walk() if isinstance(shape, Group) and shape.label == "Goals of ليلى")
    (dot,) = (shape for shape in goals.shapes if isinstance(shape, Circle))
    text = next(shape for shape in goals.shapes if isinstance(shape, Text) and shape.rtl)
    assert dot.x > text.box.right
    assert dot.paint.fill == LIGHT.accent


def test_missing_personas_are_said_and_unknown_ones_refused() -> None:
    assert "This journey has no personas yet." in said(persona(Journey("Any")))
    with pytest.raises(RenderError, match="no persona 'amin'.*did you mean 'amina'"):
        persona(pharmacy(), persona="amin")


def test_the_description_tells_the_card() -> None:
    told = persona(pharmacy(amina())).description
    assert "Amina El-Sayed, Nurse, 34 (Shift workers). 25% of customers." in told
    assert "Frustrations: Codes that expire." in told


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(journeys())
def test_words_stay_in_their_places_in_any_journey(journey: Journey) -> None:
    assert not list(faults(persona(journey)))
