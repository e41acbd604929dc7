import pytest
from attrs import evolve

from journeymap.errors import UnknownName
from journeymap.plugins import THEMES
from journeymap.scene.theme import DARK, LIGHT
from journeymap.testing import check_theme

HOUSE = evolve(LIGHT, name="house", summary="The colours of the house.", stage="#004D40", accent="#00695C")


def test_a_theme_that_keeps_the_rules_passes_as_itself_and_by_name():
    check_theme(HOUSE)
    check_theme("dark")
    with pytest.raises(UnknownName, match="did you mean 'dark'"):
        check_theme("drak")


def unreadable():
    """A theme that somebody has changed in place, past its making."""
    theme = evolve(DARK, name="unreadable", summary="Grey on grey.")
    object.__setattr__(theme, "ink", "#202020")
    return theme


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ({"paper": "#FFFFFF"}, "it is a dict and no journeymap.scene.Theme"),
        (evolve(HOUSE, name="Our House"), "'Our House' cannot name a theme; use small letters"),
        (evolve(HOUSE, name=""), "'' cannot name a theme"),
        (evolve(HOUSE, summary=" "), "it has no summary"),
        (evolve(LIGHT, name="house"), "its summary is that of 'light'"),
        (unreadable(), "the contrast of #202020 on #10151F is 1"),
    ],
)
def test_the_kit_finds_faults(theme, message):
    with pytest.raises(AssertionError, match=message):
        check_theme(theme)


def test_a_theme_is_called_as_it_is_registered():
    THEMES.register("home", HOUSE)
    try:
        with pytest.raises(AssertionError, match="it is registered as 'home' and calls itself 'house'"):
            check_theme("home")
    finally:
        THEMES.unregister("home")
