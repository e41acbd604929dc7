"""A theme from one colour of a brand, its contrast mended."""

from __future__ import annotations

import colorsys

from attrs import evolve

from journeymap.errors import RenderError, shown
from journeymap.scene.theme import COLOUR, LIGHT, TEXT_CONTRAST, Theme, contrast, mixed

_TINT = 0.08
"""How much of the brand a tint holds: quiet enough that text on it is read as on paper."""
_STEPS = 256


def brand(colour: str, *, base: Theme = LIGHT, name: str = "brand") -> Theme:
    """A theme whose chevrons and accents are of the brand's colour; all that has another meaning stays the base's.

    A colour too pale to be read (too dark, on a dark base) is made darker (lighter) in its own hue, no further than
    needed: text of it reaches 4.5:1. RenderError if it is no colour.

    >>> brand("#00695C").stage, brand("#FFD400").accent
    ('#00695C', '#867000')
    """
    if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
        raise RenderError(f"{shown(colour)} is not a colour; write it as #RRGGBB, for example #00695C")
    own = colour.upper()
    tint = mixed(own, _TINT, base.card)
    behind = (tint, base.band, base.card, base.paper)
    accent = legible(own, behind)
    return evolve(
        base,
        name=name,
        summary=f"{base.name.capitalize()}, in {own}.",
        stage=legible(own, (base.on_stage, *behind)),
        accent=accent,
        on_accent=tint,
    )


def legible(colour: str, behind: tuple[str, ...], least: float = TEXT_CONTRAST) -> str:
    """The colour, or the nearest of its hue that can be read on (and, as a ground, under) all of the colours behind it.

    >>> legible("#777777", ("#FFFFFF",))
    '#767676'
    """
    light_ground = contrast(behind[-1], "#000000") > contrast(behind[-1], "#FFFFFF")
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    end = 0.0 if light_ground else 1.0
    for step in range(_STEPS + 1):
        candidate = colour if step == 0 else _hex(hue, lightness + (end - lightness) * step / _STEPS, saturation)
        if all(contrast(candidate, other) >= least for other in behind):
            return candidate
    return _hex(hue, end, saturation)


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
