"""The tokens of the look: every colour that a picture uses, checked for contrast."""

from __future__ import annotations

import re
from itertools import product

from attrs import asdict, evolve, frozen

from journeymap.errors import Problem, RenderError, shown

TEXT_CONTRAST = 4.5
"""Least contrast of text with what lies behind it (WCAG 2.2, 1.4.3)."""
GRAPHICS_CONTRAST = 3.0
"""Least contrast of a graphic that carries meaning (WCAG 2.2, 1.4.11)."""

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
"""How a colour is written."""

_TEXT = (
    *product(("ink", "ink_2", "ink_3"), ("paper", "band", "card")),
    *product(("ink",), ("on_accent", "on_pain", "on_truth", "backstage")),
    *product(("ink_2",), ("on_truth", "backstage")),
    *product(("quote",), ("paper", "band")),
    *product(("pain",), ("on_pain", "band")),
    *product(("accent",), ("on_accent", "band")),
    ("truth", "on_truth"),
    ("on_stage", "stage"),
)
_GRAPHICS = tuple(product(("truth", "stage"), ("paper", "band")))


@frozen(kw_only=True)
class Theme:
    """Every colour that a picture uses; swapping the tokens is the whole of a theme.

    A theme that could not be read is refused when it is made: RenderError names the tokens, their contrast, the least
    that is allowed and what to do. Make one of your own from one that is there:

    >>> from attrs import evolve
    >>> evolve(LIGHT, name="house", stage="#004D40", accent="#00695C").stage
    '#004D40'
    """

    name: str
    summary: str = ""
    """One line for those who choose."""
    paper: str
    band: str
    """The tint that a stage's columns stand on."""
    ink: str
    ink_2: str
    """For text that supports: goals, channels, captions."""
    ink_3: str
    """For text that may be overlooked: sub-labels, the footer."""
    hairline: str
    card: str
    card_line: str
    stage: str
    on_stage: str
    """Text on a chevron."""
    accent: str
    on_accent: str
    """The tint behind accent text."""
    pain: str
    on_pain: str
    """The tint behind a pain point."""
    truth: str
    on_truth: str
    """The tint of a moment of truth."""
    backstage: str
    quote: str
    area_positive: str
    area_positive_opacity: float
    area_negative: str
    area_negative_opacity: float
    levels: tuple[str, str, str, str, str]
    """The faces from very negative to very positive; a face on a tint has a ring of paper round it."""
    on_level: str
    """The strokes of a face."""

    def __attrs_post_init__(self) -> None:
        problems = _token_problems(self) or _contrast_problems(self)
        if problems:
            raise RenderError(f"the theme {self.name!r} cannot be used:", problems)


def contrast(a: str, b: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black and white), as WCAG 2.2 defines it.

    >>> contrast("#FFFFFF", "#000000"), round(contrast("#1B2333", "#FFFFFF"), 1)
    (21.0, 15.7)
    """
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, opacity: float, behind: str) -> str:
    """The colour that is seen where one lies over another.

    >>> mixed("#000000", 0.5, "#FFFFFF")
    '#808080'
    """
    parts = (opacity * over + (1 - opacity) * under for over, under in zip(_rgb(colour), _rgb(behind), strict=True))
    return "#" + "".join(f"{round(part):02X}" for part in parts)


def _contrast_problems(theme: Theme) -> list[Problem]:
    tokens = {name: value for name, value in asdict(theme, recurse=False).items() if isinstance(value, str)}
    tokens |= {f"levels[{number}]": colour for number, colour in enumerate(theme.levels)}
    for sign in ("positive", "negative"):
        tokens[f"area_{sign} on band"] = mixed(tokens[f"area_{sign}"], getattr(theme, f"area_{sign}_opacity"), theme.band)
    levels = [f"levels[{number}]" for number in range(5)]
    areas = ("area_positive on band", "area_negative on band")
    text = [*_TEXT, *product(("ink", "pain"), areas)]
    graphics = [*_GRAPHICS, *product(levels, ("paper",)), *product(("on_level",), levels)]
    problems = []
    for pairs, least, what in ((text, TEXT_CONTRAST, "text"), (graphics, GRAPHICS_CONTRAST, "graphics")):
        for front, back in pairs:
            found = contrast(tokens[front], tokens[back])
            if found < least:
                problems.append(
                    Problem(
                        f"{front} on {back}",
                        f"the contrast of {tokens[front]} on {tokens[back]} is {found:.2f}, {what} needs {least:g}; "
                        f"make {front} {_direction(tokens[back])}",
                    )
                )
    return problems


def _direction(behind: str) -> str:
    return "darker" if contrast(behind, "#000000") > contrast(behind, "#FFFFFF") else "lighter"


def _token_problems(theme: Theme) -> list[Problem]:
    problems: list[Problem] = []
    for name, value in asdict(theme, recurse=False).items():
        if name == "levels":
            problems.extend(_level_problems(value))
        elif name.endswith("_opacity"):
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                problems.append(Problem(name, f"{shown(value)} is not an opacity; give a number from 0 to 1"))
        elif name not in {"name", "summary"}:
            problems.extend(_colour_problems(name, value))
    return problems


def _level_problems(levels: object) -> list[Problem]:
    if isinstance(levels, tuple) and len(levels) == 5:
        return [problem for number, colour in enumerate(levels) for problem in _colour_problems(f"levels[{number}]", colour)]
    return [Problem("levels", f"{shown(levels)} is not a tuple of five colours; give one a level, from very negative to very positive")]


def _colour_problems(name: str, value: object) -> list[Problem]:
    if isinstance(value, str) and COLOUR.fullmatch(value):
        return []
    return [Problem(name, f"{shown(value)} is not a colour; write it as #RRGGBB, for example #24304F")]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = ((c / 255) / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in _rgb(colour))
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


LIGHT = Theme(
    name="light",
    summary="Dark ink on white paper: for print and for the wall.",
    paper="#FFFFFF",
    band="#F6F8FB",
    ink="#1B2333",
    ink_2="#455064",
    ink_3="#5B6475",
    hairline="#DFE4EC",
    card="#FFFFFF",
    card_line="#CBD3DF",
    stage="#24304F",
    on_stage="#FFFFFF",
    accent="#2F3E9E",
    on_accent="#EEF1FC",
    pain="#9D0F16",
    on_pain="#FDF0EC",
    truth="#B45309",
    on_truth="#FFF6E0",
    backstage="#E7EBF2",
    quote="#3B4658",
    area_positive="#1797AE",
    area_positive_opacity=0.16,
    area_negative="#F0652B",
    area_negative_opacity=0.18,
    levels=("#9D0F16", "#F0652B", "#6A6F7B", "#1797AE", "#06455E"),
    on_level="#FFFFFF",
)
"""Dark ink on white paper."""

DARK = Theme(
    name="dark",
    summary="Light ink on near-black: for screens.",
    paper="#10151F",
    band="#161D2A",
    ink="#F2F5FA",
    ink_2="#C3CCDA",
    ink_3="#A3AEBF",
    hairline="#2A3446",
    card="#1A2231",
    card_line="#3A465B",
    stage="#DCE3F0",
    on_stage="#10151F",
    accent="#A9B6FF",
    on_accent="#1D2542",
    pain="#FF9C8A",
    on_pain="#331B1C",
    truth="#F5B83D",
    on_truth="#33290F",
    backstage="#1E2736",
    quote="#C3CCDA",
    area_positive="#4CC3DA",
    area_positive_opacity=0.18,
    area_negative="#FF9A5C",
    area_negative_opacity=0.2,
    levels=("#FF5D5D", "#FF9A5C", "#A3AEBF", "#4CC3DA", "#9BE7F5"),
    on_level="#10151F",
)
"""Light ink on near-black, for screens."""

PRINT = evolve(
    LIGHT,
    name="print",
    summary="Black, white and greys: for laser printers and copies.",
    band="#F7F7F7",
    ink="#000000",
    ink_2="#333333",
    ink_3="#555555",
    hairline="#DADADA",
    card_line="#8A8A8A",
    stage="#1A1A1A",
    accent="#222222",
    on_accent="#F0F0F0",
    pain="#000000",
    on_pain="#F0F0F0",
    truth="#000000",
    on_truth="#FFFFFF",
    backstage="#E4E4E4",
    quote="#333333",
    area_positive="#000000",
    area_positive_opacity=0.06,
    area_negative="#000000",
    area_negative_opacity=0.22,
    levels=("#000000", "#3C3C3C", "#5C5C5C", "#767676", "#8C8C8C"),
)
"""Black, white and greys."""

HIGH_CONTRAST = evolve(
    LIGHT,
    name="high-contrast",
    summary="Black on white, text at 7:1 and more, firm outlines: for weak eyes and weak projectors.",
    band="#FFFFFF",
    ink="#000000",
    ink_2="#1A1A1A",
    ink_3="#333333",
    hairline="#A6A6A6",
    card_line="#333333",
    stage="#000000",
    accent="#0A1A8C",
    on_accent="#FFFFFF",
    pain="#8A0008",
    on_pain="#FFFFFF",
    truth="#6B2E00",
    on_truth="#FFFBEA",
    backstage="#E6E6E6",
    quote="#1A1A1A",
    area_positive="#00596B",
    area_positive_opacity=0.14,
    area_negative="#B23A00",
    area_negative_opacity=0.14,
    levels=("#8A0008", "#B23A00", "#4A4F5A", "#006B80", "#00303F"),
)
"""Black on white with firm outlines."""
