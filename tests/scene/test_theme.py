"""A theme refuses to be unreadable, and says which tokens to mend."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.scene.theme import DARK, HIGH_CONTRAST, LIGHT, PRINT, Theme, contrast, mixed

COLOURS = st.from_regex(r"\A#[0-9A-F]{6}\Z")


@pytest.mark.parametrize("theme", [LIGHT, DARK, PRINT, HIGH_CONTRAST], ids=lambda theme: theme.name)
def test_the_themes_that_ship_can_be_read(theme: Theme) -> None:
    for text in (theme.ink, theme.ink_2, theme.ink_3):
        for behind in (theme.paper, theme.band, theme.card):
            assert contrast(text, behind) >= 4.5
    for level in theme.levels:
        assert contrast(level, theme.paper) >= 3
        assert contrast(theme.on_level, level) >= 3


def test_too_little_contrast_names_tokens_value_rule_and_remedy() -> None:
    with pytest.raises(RenderError) as caught:
        evolve(LIGHT, name="pale", ink_3="#B0B7C3")
    message = str(caught.value)
    assert "the theme 'pale'" in message
    assert "ink_3 on band: the contrast of #B0B7C3 on #F6F8FB is 1.90, text needs 4.5; make ink_3 darker" in message
    assert "truth" not in message


def test_the_least_contrast_is_exact() -> None:
    assert evolve(LIGHT, band="#FFFFFF", ink_3="#767676").ink_3 == "#767676"
    with pytest.raises(RenderError, match=r"is 4\.48, text needs 4\.5"):
        evolve(LIGHT, band="#FFFFFF", ink_3="#777777")


def test_on_a_dark_ground_the_remedy_is_lighter() -> None:
    with pytest.raises(RenderError, match="make ink_2 lighter"):
        evolve(DARK, ink_2="#444444")


def test_graphics_may_be_paler_than_text() -> None:
    pale = "#F0652B"
    assert 3 < contrast(pale, LIGHT.paper) < 4.5
    assert evolve(LIGHT, levels=(pale,) * 5).levels[0] == pale
    with pytest.raises(RenderError, match=r"levels\[2\] on paper: .* graphics needs 3"):
        evolve(LIGHT, levels=(pale, pale, "#F8C0A0", pale, pale))


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(RenderError) as caught:
        evolve(LIGHT, quote="#CCCCCC", on_stage="#24304F")
    assert "quote on paper" in str(caught.value)
    assert "on_stage on stage" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ink": "black"}, "ink: 'black' is not a colour; write it as #RRGGBB"),
        ({"paper": None}, "paper: None is not a colour"),
        ({"band": "#FFF"}, "band: '#FFF' is not a colour"),
        ({"levels": ("#000000", "#000000")}, "is not a tuple of five colours"),
        ({"levels": ("#000000", "red", "#000000", "#000000", "#000000")}, r"levels\[1\]: 'red' is not a colour"),
        ({"area_positive_opacity": 16}, "area_positive_opacity: 16 is not an opacity; give a number from 0 to 1"),
        ({"area_negative_opacity": True}, "area_negative_opacity: True is not an opacity"),
    ],
)
def test_what_is_no_colour_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RenderError, match=said):
        evolve(LIGHT, **change)


def test_an_area_may_not_swallow_the_numbers_on_it() -> None:
    with pytest.raises(RenderError, match="ink on area_negative on band"):
        evolve(LIGHT, area_negative="#000000", area_negative_opacity=0.9)


def test_a_theme_survives_pickle() -> None:
    assert pickle.loads(pickle.dumps(DARK)) == DARK
    assert asdict(DARK)["name"] == "dark"


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@given(COLOURS, COLOURS)
def test_mixing_ends_at_either_colour(one: str, other: str) -> None:
    assert mixed(one, 1, other) == one
    assert mixed(one, 0, other) == other
