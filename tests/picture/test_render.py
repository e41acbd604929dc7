"""How a journey becomes a picture: the renderer is found, its options are checked, its promise is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import evolve

import journeymap as jm
from journeymap.plugins import RENDERERS, THEMES
from journeymap.scene.scene import Scene
from journeymap.scene.theme import DARK, LIGHT, Theme

JOURNEY = jm.Journey(
    "Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2)])], personas=[jm.Persona("Jamie"), jm.Persona("Sam")]
)


def sheet(title: str, *, paper: str = "#FFFFFF") -> Scene:
    return Scene(width=100, height=50, shapes=[], title=title, paper=paper)


@pytest.fixture(autouse=True)
def plain() -> Iterator[None]:
    """Renderers of each shape, for the time of a test."""

    def plain(journey: jm.Journey) -> Scene:
        return sheet(journey.name)

    def themed(journey: jm.Journey, *, theme: Theme) -> Scene:
        return sheet(journey.name, paper=theme.paper)

    def personal(journey: jm.Journey, *, persona: str | None = None, rows: int = 1) -> list[Scene]:
        return [sheet(f"{journey.name} for {persona}, {row}") for row in range(rows)]

    def anything(journey: jm.Journey, /, **options: object) -> Scene:
        return sheet(" ".join([journey.id, *sorted(options)]))

    def comparing(journey: jm.Journey, *, to: jm.Journey) -> Scene:
        return sheet(f"{journey.name} and {to.name}")

    renderers = (plain, themed, personal, anything, comparing)
    for renderer in renderers:
        RENDERERS.register(renderer.__name__, renderer)
    yield
    for renderer in renderers:
        RENDERERS.unregister(renderer.__name__)


def test_a_renderer_by_name_or_as_a_function() -> None:
    assert jm.render(JOURNEY, "plain").scene == sheet("Buy a bike")
    assert jm.render(JOURNEY, lambda journey: sheet(journey.id)).scene.title == "buy-a-bike"


def test_the_theme_reaches_those_that_take_one() -> None:
    assert jm.render(JOURNEY, "themed").scene.paper == LIGHT.paper
    assert jm.render(JOURNEY, "themed", theme="dark").scene.paper == DARK.paper
    assert jm.render(JOURNEY, "themed", theme=evolve(LIGHT, paper="#FFFFF0")).scene.paper == "#FFFFF0"
    assert jm.render(JOURNEY, "plain", theme="dark").scene.paper == "#FFFFFF"


def test_a_theme_of_ones_own_by_name() -> None:
    jm.theme("cream")(evolve(LIGHT, name="cream", paper="#FFFFF0"))
    try:
        assert jm.render(JOURNEY, "themed", theme="cream").scene.paper == "#FFFFF0"
    finally:
        THEMES.unregister("cream")


@pytest.mark.parametrize("renderer", ["themed", "plain"])
def test_an_unknown_theme_is_an_error_whoever_draws(renderer: str) -> None:
    with pytest.raises(jm.UnknownName, match=r"no theme 'drak'; did you mean 'dark'\?; there are: .*light"):
        jm.render(JOURNEY, renderer, theme="drak")


def test_an_unknown_renderer_tells_which_there_are() -> None:
    with pytest.raises(jm.UnknownName, match=r"no renderer 'swimlan'; did you mean 'swimlane'\?; there are: .*emotion-curve"):
        jm.render(JOURNEY, "swimlan")


def test_a_persona_is_one_of_the_journey() -> None:
    assert jm.render(JOURNEY, "personal", persona="jamie").scene.title == "Buy a bike for jamie, 0"
    assert jm.render(JOURNEY, "personal").scene.title == "Buy a bike for None, 0"
    with pytest.raises(jm.UnknownName, match=r"no persona 'jami'; did you mean 'jamie'\?; there are: jamie, sam"):
        jm.render(JOURNEY, "personal", persona="jami")
    with pytest.raises(jm.UnknownName, match="no persona 'jamie'; there are none"):
        jm.render(jm.Journey("Empty"), "personal", persona="jamie")


@pytest.mark.parametrize("theme", [None, [], 5, b"light"])
@pytest.mark.parametrize("renderer", ["themed", "plain", "swimlane"])
def test_a_theme_is_one_or_the_name_of_one(renderer: str, theme: object) -> None:
    with pytest.raises(jm.RenderError, match="is neither a Theme nor the name of one; there are: dark, high-contrast, light, print"):
        jm.render(JOURNEY, renderer, theme=theme)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("persona", [5, ["jamie"], JOURNEY.personas[0]])
def test_a_persona_is_named_by_its_id(persona: object) -> None:
    with pytest.raises(jm.RenderError, match="is not the id of one; the journey has: jamie, sam"):
        jm.render(JOURNEY, "personal", persona=persona)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("lane", [None, 5, []])
def test_a_lane_that_is_no_name_is_told(lane: object) -> None:
    with pytest.raises(jm.JourneyMapError) as caught:
        jm.render(JOURNEY, lanes=["steps", lane])
    assert repr(lane) in str(caught.value)


def test_a_persona_is_not_silently_ignored() -> None:
    with pytest.raises(jm.RenderError, match="the renderer 'plain' takes no option 'persona'; it takes none"):
        jm.render(JOURNEY, "plain", persona="jamie")


def test_an_option_that_is_not_taken_is_named_with_those_that_are() -> None:
    with pytest.raises(jm.RenderError) as caught:
        jm.render(JOURNEY, "personal", row=2)
    assert str(caught.value) == "the renderer 'personal' takes no option 'row'; did you mean 'rows'?; it takes: persona, rows"


def test_an_option_that_is_needed_is_asked_for() -> None:
    with pytest.raises(jm.RenderError, match=r"the renderer 'comparing' needs the option 'to'; give it as to=\.\.\."):
        jm.render(JOURNEY, "comparing")
    assert jm.render(JOURNEY, "comparing", to=jm.Journey("Walk")).scene.title == "Buy a bike and Walk"


def test_a_renderer_that_takes_anything_gets_everything() -> None:
    assert jm.render(JOURNEY, "anything", rows=1, persona="sam").scene.title == "buy-a-bike persona rows theme"


def test_the_name_of_a_file_is_not_a_journey() -> None:
    with pytest.raises(jm.RenderError, match=r"'bike\.yaml' is not a Journey; read one with journeymap\.read"):
        jm.render("bike.yaml")  # type: ignore[arg-type]  # that is the test


def test_an_atlas_is_drawn_by_a_renderer_of_atlases_and_a_journey_by_one_of_journeys() -> None:
    atlas = jm.Atlas("Shop", [JOURNEY])
    assert jm.render(atlas, "atlas", theme="dark").scene.paper == DARK.paper
    with pytest.raises(jm.RenderError, match=r"'swimlane' draws one journey, and 'Shop' is an Atlas.*atlas\.journey\('buy-a-bike'\)"):
        jm.render(atlas)
    with pytest.raises(jm.RenderError, match="'atlas' draws an Atlas, and 'Buy a bike' is a Journey"):
        jm.render(JOURNEY, "atlas")
    with pytest.raises(jm.RenderError, match="leave persona= out"):
        jm.render(atlas, "atlas", persona="jamie")


def test_a_renderer_says_by_its_annotation_what_it_draws() -> None:
    def both(drawn: jm.Journey | jm.Atlas) -> Scene:
        return sheet(drawn.name)

    def silent(drawn):  # type: ignore[no-untyped-def]  # what users write
        return sheet(drawn.name)

    assert jm.render(JOURNEY, both).scene.title == jm.render(JOURNEY, silent).scene.title == "Buy a bike"
    assert jm.render(jm.Atlas("Shop"), both).scene.title == "Shop"
    with pytest.raises(jm.RenderError, match="is an Atlas"):
        jm.render(jm.Atlas("Shop"), silent)


def test_several_scenes_are_pages() -> None:
    picture = jm.render(JOURNEY, "personal", rows=3)
    assert [scene.title for scene in picture.scenes] == [f"Buy a bike for None, {page}" for page in range(3)]
    assert picture.scene == picture.scenes[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("<svg/>", "gave a str; a renderer gives a Scene"),
        (None, "gave a NoneType"),
        (7, "gave a int"),
        ([], "gave no scene"),
        ([sheet("one"), "two"], "gave something that is no Scene"),
    ],
)
def test_a_renderer_that_breaks_its_promise_is_named(given: object, told: str) -> None:
    RENDERERS.register("broken", lambda _: given)  # type: ignore[arg-type, return-value]  # that is the test
    try:
        with pytest.raises(jm.RenderError, match=f"the renderer 'broken' {told}"):
            jm.render(JOURNEY, "broken")
    finally:
        RENDERERS.unregister("broken")


def test_what_a_renderer_raises_itself_is_not_hidden() -> None:
    def failing(journey: jm.Journey) -> Scene:
        raise KeyError(journey.name)

    with pytest.raises(KeyError, match="Buy a bike"):
        jm.render(JOURNEY, failing)
