"""A brand's colour becomes a theme that can be read, whatever the colour."""

from __future__ import annotations

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymap.errors import RenderError
from journeymap.scene import DARK, HIGH_CONTRAST, LIGHT, PRINT, Theme, brand, contrast

COLOURS = st.from_regex(r"\A#[0-9A-Fa-f]{6}\Z")
BASES = (LIGHT, DARK, PRINT, HIGH_CONTRAST)


@given(COLOURS, st.sampled_from(BASES))
def test_any_colour_makes_a_theme_that_can_be_read(colour: str, base: Theme) -> None:
    theme = brand(colour, base=base)
    assert contrast(theme.on_stage, theme.stage) >= 4.5
    for behind in (theme.on_accent, theme.band, theme.card):
        assert contrast(theme.accent, behind) >= 4.5
    assert theme.levels == base.levels


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert brand("#00695c").stage == "#00695C"


@pytest.mark.parametrize(("colour", "base", "darker"), [("#FFD400", LIGHT, True), ("#102A43", DARK, False)])
def test_a_colour_that_cannot_be_read_is_mended_in_its_own_hue(colour: str, base: Theme, darker: bool) -> None:
    def hls(value: str) -> tuple[float, float, float]:
        return colorsys.rgb_to_hls(*(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)))

    mended = brand(colour, base=base).accent
    assert hls(mended)[0] == pytest.approx(hls(colour)[0], abs=0.01)
    assert (hls(mended)[1] < hls(colour)[1]) is darker


@pytest.mark.parametrize("colour", ["teal", "#FFF", "", None, 7])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(RenderError, match="is not a colour; write it as #RRGGBB"):
        brand(colour)
