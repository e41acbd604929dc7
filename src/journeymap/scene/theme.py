"""The tokens of the look: every colour that a picture uses, and the fonts' sizes."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class Theme:
    """Every colour that a picture uses; swapping the tokens is the whole of a theme."""

    name: str
    paper: str
    band: str
    """The tint that a stage's columns stand on."""
    ink: str
    ink_2: str
    ink_3: str
    hairline: str
    card: str
    card_line: str
    stage: str
    on_stage: str
    accent: str
    on_accent: str
    """The tint behind accent text."""
    pain: str
    on_pain: str
    truth: str
    on_truth: str
    backstage: str
    quote: str
    area_positive: str
    area_positive_opacity: float
    area_negative: str
    area_negative_opacity: float
    levels: tuple[str, str, str, str, str]
    """The faces from very negative to very positive."""
    on_level: str
    """The strokes of a face."""
