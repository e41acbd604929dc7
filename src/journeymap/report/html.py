"""A report as a page by itself: no script, nothing loaded from elsewhere, light or dark, on screen and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from journeymap.analysis import EmotionCurve
from journeymap.picture import render
from journeymap.report.figures import Figure
from journeymap.report.glance import glance
from journeymap.report.wording import HYPOTHESIS, NOTHING_FOUND, care_list, plain

if TYPE_CHECKING:
    from journeymap.report.page import Report

_MOST_POINTS = 300
"""The curve of more steps than this says nothing on a page."""
_MOST_SMALL = 6
"""So many personas stand side by side."""
_MOST_STEPS = 60
"""More steps are not named on the page where there is no curve."""


@frozen(kw_only=True)
class _Drawn:
    """A picture for readers with a light screen, and for those with a dark one."""

    name: str
    light: str
    dark: str


def html(report: Report) -> str:
    """The whole page."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["plain"] = plain
    template = environment.from_string(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
    whole = next((a.result for a in report.answers if isinstance(a.result, EmotionCurve) and not a.options), None)
    too_long = whole is not None and len(whole.points) > _MOST_POINTS
    return template.render(
        report=report,
        picture=None if whole is None or too_long else _drawn(report, report.journey.name, whole),
        too_long=too_long,
        personas=() if too_long else _personas(report),
        stages=report.journey.stages if whole is None and 0 < len(report.journey.touchpoints) <= _MOST_STEPS else (),
        care=care_list(report.findings, report.sections),
        nothing=NOTHING_FOUND,
        hypothesis=HYPOTHESIS,
        is_number=lambda cell: isinstance(cell, Figure),
    )


def _personas(report: Report) -> list[_Drawn]:
    """What each persona feels, side by side, where they do not all feel the same."""
    curves = [(a.options["persona"], a.result) for a in report.answers if isinstance(a.result, EmotionCurve) and "persona" in a.options]
    if len({tuple((point.id, point.valence) for point in curve.points) for _, curve in curves}) < 2:
        return []
    names = {persona.id: persona.name for persona in report.journey.personas}
    return [_drawn(report, names[str(persona)], curve, small=True) for persona, curve in curves[:_MOST_SMALL]]


def _drawn(report: Report, name: str, curve: EmotionCurve, *, small: bool = False) -> _Drawn:
    light, dark = (_svg(report, curve, theme, small=small) for theme in ("light", "dark"))
    return _Drawn(name=name, light=light, dark=dark)


def _svg(report: Report, curve: EmotionCurve, theme: str, *, small: bool) -> str:
    data = render(report.journey, glance, theme=theme, curve=curve, small=small).to("svg", font="system").decode()
    return data[data.index("<svg") :]
