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
    from journeymap.analysis.ageing import Staleness, staleness
    from journeymap.analysis.calendars import BusinessTime, Calendar, business_time
    from journeymap.analysis.cautions import DANGERS, Caution
    from journeymap.analysis.coding import Agreement, agreement
    from journeymap.analysis.economics import Clv, ImprovementValue, clv, improvement_value
    from journeymap.analysis.emotion import EmotionCurve, emotion_curve, stage_emotion
    from journeymap.analysis.evidence import EvidenceCoverage, evidence_coverage
    from journeymap.analysis.experience import DurationWeighted, PeakEnd, duration_weighted, peak_end
    from journeymap.analysis.experiments import BeforeAfter, before_after
    from journeymap.analysis.flow import FlowEfficiency, flow_efficiency
    from journeymap.analysis.gaps import TimeGaps, time_gaps
    from journeymap.analysis.importance import ImportancePerformance, OpportunityScore, importance_performance, opportunity_score
    from journeymap.analysis.intervals import Interval, Share
    from journeymap.analysis.kano_model import Kano, kano
    from journeymap.analysis.likeness import Similarity, similarity
    from journeymap.analysis.looks import SequentialLooks, sequential_looks
    from journeymap.analysis.monitoring import ControlChart, control_chart
    from journeymap.analysis.pains import Pareto, pareto
    from journeymap.analysis.peaks import PeaksAndValleys, Volatility, peaks_and_valleys, volatility
    from journeymap.analysis.persona_emotion import EmotionByPersona, emotion_by_persona
    from journeymap.analysis.planning import PlanItem, Roadmap, roadmap
    from journeymap.analysis.possibilities import PossibleAnalyses, possible_analyses
    from journeymap.analysis.priorities import Ice, IceItem, Rice, RiceItem, ice, rice
    from journeymap.analysis.promoters import Nps, NpsDifference, nps, nps_difference
    from journeymap.analysis.quadrants import ImpactEffort, impact_effort
    from journeymap.analysis.result import Result
    from journeymap.analysis.sample_sizes import SampleSize, sample_size
    from journeymap.analysis.satisfaction import Ces, Csat, ces, csat
    from journeymap.analysis.service_levels import SlaCompliance, sla_compliance
    from journeymap.analysis.survival import TimeToEvent, time_to_event

__all__ = [
    "DANGERS",
    "Agreement",
    "BeforeAfter",
    "BusinessTime",
    "Calendar",
    "Caution",
    "Ces",
    "Clv",
    "ControlChart",
    "Csat",
    "DurationWeighted",
    "EmotionByPersona",
    "EmotionCurve",
    "EvidenceCoverage",
    "FlowEfficiency",
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
    "PossibleAnalyses",
    "Result",
    "Rice",
    "RiceItem",
    "Roadmap",
    "SampleSize",
    "SequentialLooks",
    "Share",
    "Similarity",
    "SlaCompliance",
    "Staleness",
    "TimeGaps",
    "TimeToEvent",
    "Volatility",
    "agreement",
    "before_after",
    "business_time",
    "ces",
    "clv",
    "control_chart",
    "csat",
    "duration_weighted",
    "emotion_by_persona",
    "emotion_curve",
    "evidence_coverage",
    "flow_efficiency",
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
    "possible_analyses",
    "rice",
    "roadmap",
    "sample_size",
    "sequential_looks",
    "similarity",
    "sla_compliance",
    "stage_emotion",
    "staleness",
    "time_gaps",
    "time_to_event",
    "volatility",
]

_HOMES = {
    "ageing": "Staleness staleness",
    "calendars": "BusinessTime Calendar business_time",
    "cautions": "DANGERS Caution",
    "coding": "Agreement agreement",
    "economics": "Clv ImprovementValue clv improvement_value",
    "emotion": "EmotionCurve emotion_curve stage_emotion",
    "evidence": "EvidenceCoverage evidence_coverage",
    "experience": "DurationWeighted PeakEnd duration_weighted peak_end",
    "experiments": "BeforeAfter before_after",
    "flow": "FlowEfficiency flow_efficiency",
    "gaps": "TimeGaps time_gaps",
    "importance": "ImportancePerformance OpportunityScore importance_performance opportunity_score",
    "intervals": "Interval Share",
    "kano_model": "Kano kano",
    "likeness": "Similarity similarity",
    "looks": "SequentialLooks sequential_looks",
    "monitoring": "ControlChart control_chart",
    "pains": "Pareto pareto",
    "peaks": "PeaksAndValleys Volatility peaks_and_valleys volatility",
    "persona_emotion": "EmotionByPersona emotion_by_persona",
    "planning": "PlanItem Roadmap roadmap",
    "possibilities": "PossibleAnalyses possible_analyses",
    "priorities": "Ice IceItem Rice RiceItem ice rice",
    "promoters": "Nps NpsDifference nps nps_difference",
    "quadrants": "ImpactEffort impact_effort",
    "result": "Result",
    "sample_sizes": "SampleSize sample_size",
    "satisfaction": "Ces Csat ces csat",
    "service_levels": "SlaCompliance sla_compliance",
    "survival": "TimeToEvent time_to_event",
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
