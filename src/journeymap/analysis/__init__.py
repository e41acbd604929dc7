"""Questions about a journey and their answers: a function a question, a frozen answer each.

Every function takes a `Journey` or plain data first, everything else by keyword, and gives a `Result`: the value with its
unit, n, interval, method, assumptions and warnings, and `Result.explain` for the sentence. What is undefined is None with a
reason; too little data raises `NotEnoughData`; ``strict=True`` refuses an answer that carries warnings.

>>> import journeymap as jm
>>> print(jm.analysis.peak_end([1, -2, 1]).value)
-0.5

The names load on first use, each with its module alone. For those who add a question: `result` says what an answer is,
`doors` how data comes in, `cautions` and `guards` what to warn of, `intervals` and `bootstrap` how far to trust a number,
`chain`, `routes` and `lived` where customers go on a map, `grounds` what evidence a map has, `extras` how an optional package
is asked for. A module must not be named like a function of this package: importing it would hide the function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeymap.analysis.cautions import DANGERS, Caution
    from journeymap.analysis.economics import Clv, ImprovementValue, clv, improvement_value
    from journeymap.analysis.emotion import EmotionCurve, emotion_curve, stage_emotion
    from journeymap.analysis.experience import DurationWeighted, PeakEnd, duration_weighted, peak_end
    from journeymap.analysis.experiments import BeforeAfter, before_after
    from journeymap.analysis.importance import ImportancePerformance, OpportunityScore, importance_performance, opportunity_score
    from journeymap.analysis.intervals import Interval, Share
    from journeymap.analysis.kano_model import Kano, kano
    from journeymap.analysis.looks import SequentialLooks, sequential_looks
    from journeymap.analysis.monitoring import ControlChart, control_chart
    from journeymap.analysis.pains import Pareto, pareto
    from journeymap.analysis.peaks import PeaksAndValleys, Volatility, peaks_and_valleys, volatility
    from journeymap.analysis.persona_emotion import EmotionByPersona, emotion_by_persona
    from journeymap.analysis.planning import PlanItem, Roadmap, roadmap
    from journeymap.analysis.priorities import Ice, IceItem, Rice, RiceItem, ice, rice
    from journeymap.analysis.promoters import Nps, NpsDifference, nps, nps_difference
    from journeymap.analysis.quadrants import ImpactEffort, impact_effort
    from journeymap.analysis.result import Result
    from journeymap.analysis.sample_sizes import SampleSize, sample_size
    from journeymap.analysis.satisfaction import Ces, Csat, ces, csat

__all__ = [
    "DANGERS",
    "BeforeAfter",
    "Caution",
    "Ces",
    "Clv",
    "ControlChart",
    "Csat",
    "DurationWeighted",
    "EmotionByPersona",
    "EmotionCurve",
    "Ice",
    "IceItem",
    "ImpactEffort",
    "ImportancePerformance",
    "ImprovementValue",
    "Interval",
    "Kano",
    "Nps",
    "NpsDifference",
    "OpportunityScore",
    "Pareto",
    "PeakEnd",
    "PeaksAndValleys",
    "PlanItem",
    "Result",
    "Rice",
    "RiceItem",
    "Roadmap",
    "SampleSize",
    "SequentialLooks",
    "Share",
    "Volatility",
    "before_after",
    "ces",
    "clv",
    "control_chart",
    "csat",
    "duration_weighted",
    "emotion_by_persona",
    "emotion_curve",
    "ice",
    "impact_effort",
    "importance_performance",
    "improvement_value",
    "kano",
    "nps",
    "nps_difference",
    "opportunity_score",
    "pareto",
    "peak_end",
    "peaks_and_valleys",
    "rice",
    "roadmap",
    "sample_size",
    "sequential_looks",
    "stage_emotion",
    "volatility",
]

_HOMES = {
    "cautions": "DANGERS Caution",
    "economics": "Clv ImprovementValue clv improvement_value",
    "emotion": "EmotionCurve emotion_curve stage_emotion",
    "experience": "DurationWeighted PeakEnd duration_weighted peak_end",
    "experiments": "BeforeAfter before_after",
    "importance": "ImportancePerformance OpportunityScore importance_performance opportunity_score",
    "intervals": "Interval Share",
    "kano_model": "Kano kano",
    "looks": "SequentialLooks sequential_looks",
    "monitoring": "ControlChart control_chart",
    "pains": "Pareto pareto",
    "peaks": "PeaksAndValleys Volatility peaks_and_valleys volatility",
    "persona_emotion": "EmotionByPersona emotion_by_persona",
    "planning": "PlanItem Roadmap roadmap",
    "priorities": "Ice IceItem Rice RiceItem ice rice",
    "promoters": "Nps NpsDifference nps nps_difference",
    "quadrants": "ImpactEffort impact_effort",
    "result": "Result",
    "sample_sizes": "SampleSize sample_size",
    "satisfaction": "Ces Csat ces csat",
}
"""The module of each public name."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names.split():
            value: object = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
