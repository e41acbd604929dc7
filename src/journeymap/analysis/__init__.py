"""Questions about a journey and their answers: a function a question, a frozen answer each.

Every function takes a `Journey` or plain data first, then what completes these data (the other side of a comparison, the
durations, the overall rating), everything else by keyword, and gives a `Result`: the value with its unit, n, interval, method,
assumptions and warnings, and `Result.explain` for the sentence. What is undefined is None with a reason; too little data raises
`NotEnoughData`; ``strict=True`` refuses an answer that carries warnings.

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
    from journeymap.analysis.actions import Action, NextBestAction, next_best_action
    from journeymap.analysis.ageing import Staleness, staleness
    from journeymap.analysis.associations import DerivedImportance, PenaltyReward, derived_importance, penalty_reward
    from journeymap.analysis.attribution import RuleAttribution, ShapleyAttribution, rule_attribution, shapley_attribution
    from journeymap.analysis.bands import Uncertainty, uncertainty
    from journeymap.analysis.calendars import BusinessTime, Calendar, business_time
    from journeymap.analysis.cautions import DANGERS, Caution
    from journeymap.analysis.channel_scores import ChannelConsistency, channel_consistency
    from journeymap.analysis.channels import ChannelMix, channel_mix
    from journeymap.analysis.coding import Agreement, agreement
    from journeymap.analysis.conversion_time import TimeToConvert, time_to_convert
    from journeymap.analysis.conversions import Conversion, conversion
    from journeymap.analysis.decisive import MomentsOfTruth, moments_of_truth
    from journeymap.analysis.deviations import Conformance, conformance
    from journeymap.analysis.divergence import PersonaDivergence, persona_divergence
    from journeymap.analysis.economics import Clv, ImprovementValue, clv, improvement_value
    from journeymap.analysis.emotion import EmotionCurve, emotion_curve, stage_emotion
    from journeymap.analysis.evidence import EvidenceCoverage, evidence_coverage
    from journeymap.analysis.experience import DurationWeighted, PeakEnd, duration_weighted, peak_end
    from journeymap.analysis.experiments import BeforeAfter, before_after
    from journeymap.analysis.feedback import Sentiment, sentiment
    from journeymap.analysis.flow import FlowEfficiency, flow_efficiency
    from journeymap.analysis.frictions import Friction, friction
    from journeymap.analysis.funnels import Funnel, funnel
    from journeymap.analysis.gaps import TimeGaps, time_gaps
    from journeymap.analysis.handovers import Handoffs, Passing, handoffs
    from journeymap.analysis.health_card import Health, health
    from journeymap.analysis.importance import ImportancePerformance, OpportunityScore, importance_performance, opportunity_score
    from journeymap.analysis.intervals import Interval, Share
    from journeymap.analysis.intricacy import Complexity, complexity
    from journeymap.analysis.kano_model import Kano, kano
    from journeymap.analysis.key_drivers import RelativeWeights, ShapleyWeights, relative_weights, shapley_weights
    from journeymap.analysis.leaving import ChurnRisk, churn_risk
    from journeymap.analysis.lifts import ChannelLift, channel_lift
    from journeymap.analysis.likeness import Similarity, similarity
    from journeymap.analysis.looks import SequentialLooks, sequential_looks
    from journeymap.analysis.losses import Leaks, leaks
    from journeymap.analysis.loyalty import RetentionCurve, retention_curve
    from journeymap.analysis.matrices import TransitionMatrix, transition_matrix
    from journeymap.analysis.memory import MarkovOrder, markov_order
    from journeymap.analysis.monitoring import ControlChart, control_chart
    from journeymap.analysis.pains import PainItem, Pareto, pareto
    from journeymap.analysis.paths import Event
    from journeymap.analysis.peaks import PeaksAndValleys, Volatility, peaks_and_valleys, volatility
    from journeymap.analysis.perceptions import PerceptionGap, perception_gap
    from journeymap.analysis.persona_emotion import EmotionByPersona, emotion_by_persona
    from journeymap.analysis.persona_metrics import ComparePersonas, compare_personas
    from journeymap.analysis.pert import CriticalPath, critical_path
    from journeymap.analysis.planning import PlanItem, Roadmap, roadmap
    from journeymap.analysis.portfolio import RollUp, roll_up
    from journeymap.analysis.possibilities import PossibleAnalyses, possible_analyses
    from journeymap.analysis.priorities import Ice, IceItem, Rice, RiceItem, ice, rice
    from journeymap.analysis.promoters import Nps, NpsDifference, nps, nps_difference
    from journeymap.analysis.quadrants import ImpactEffort, impact_effort
    from journeymap.analysis.recurring import Lifecycle, lifecycle
    from journeymap.analysis.removal import RemovalEffects, removal_effects
    from journeymap.analysis.repeat_buying import BgNbd, GammaGamma, bg_nbd, gamma_gamma
    from journeymap.analysis.result import Result
    from journeymap.analysis.sample_sizes import SampleSize, sample_size
    from journeymap.analysis.satisfaction import Ces, Csat, ces, csat
    from journeymap.analysis.scenarios import Change, WhatIf, what_if
    from journeymap.analysis.segments import StepMatrixDifference, TransitionDifference, step_difference, transition_difference
    from journeymap.analysis.service_levels import SlaCompliance, sla_compliance
    from journeymap.analysis.shape import Structure, structure
    from journeymap.analysis.shared_trouble import SharedPains, shared_pains
    from journeymap.analysis.stepwise import StepMatrix, step_matrix
    from journeymap.analysis.survival import TimeToEvent, time_to_event
    from journeymap.analysis.swings import Tornado, tornado
    from journeymap.analysis.themes import ThemeShares, theme_shares
    from journeymap.analysis.touches import ChannelPath
    from journeymap.analysis.traffic import Criticality, criticality
    from journeymap.analysis.variation import Rework, Variants, rework, variants
    from journeymap.analysis.ways_in import StepsBefore, Unavoidable, steps_before, unavoidable
    from journeymap.analysis.wording import Keyness, KeyPhrases, key_phrases, keyness

__all__ = [
    "DANGERS",
    "Action",
    "Agreement",
    "BeforeAfter",
    "BgNbd",
    "BusinessTime",
    "Calendar",
    "Caution",
    "Ces",
    "Change",
    "ChannelConsistency",
    "ChannelLift",
    "ChannelMix",
    "ChannelPath",
    "ChurnRisk",
    "Clv",
    "ComparePersonas",
    "Complexity",
    "Conformance",
    "ControlChart",
    "Conversion",
    "CriticalPath",
    "Criticality",
    "Csat",
    "DerivedImportance",
    "DurationWeighted",
    "EmotionByPersona",
    "EmotionCurve",
    "Event",
    "EvidenceCoverage",
    "FlowEfficiency",
    "Friction",
    "Funnel",
    "GammaGamma",
    "Handoffs",
    "Health",
    "Ice",
    "IceItem",
    "ImpactEffort",
    "ImportancePerformance",
    "ImprovementValue",
    "Interval",
    "Kano",
    "KeyPhrases",
    "Keyness",
    "Leaks",
    "Lifecycle",
    "MarkovOrder",
    "MomentsOfTruth",
    "NextBestAction",
    "Nps",
    "NpsDifference",
    "OpportunityScore",
    "PainItem",
    "Pareto",
    "Passing",
    "PeakEnd",
    "PeaksAndValleys",
    "PenaltyReward",
    "PerceptionGap",
    "PersonaDivergence",
    "PlanItem",
    "PossibleAnalyses",
    "RelativeWeights",
    "RemovalEffects",
    "Result",
    "RetentionCurve",
    "Rework",
    "Rice",
    "RiceItem",
    "Roadmap",
    "RollUp",
    "RuleAttribution",
    "SampleSize",
    "Sentiment",
    "SequentialLooks",
    "ShapleyAttribution",
    "ShapleyWeights",
    "Share",
    "SharedPains",
    "Similarity",
    "SlaCompliance",
    "Staleness",
    "StepMatrix",
    "StepMatrixDifference",
    "StepsBefore",
    "Structure",
    "ThemeShares",
    "TimeGaps",
    "TimeToConvert",
    "TimeToEvent",
    "Tornado",
    "TransitionDifference",
    "TransitionMatrix",
    "Unavoidable",
    "Uncertainty",
    "Variants",
    "Volatility",
    "WhatIf",
    "agreement",
    "before_after",
    "bg_nbd",
    "business_time",
    "ces",
    "channel_consistency",
    "channel_lift",
    "channel_mix",
    "churn_risk",
    "clv",
    "compare_personas",
    "complexity",
    "conformance",
    "control_chart",
    "conversion",
    "critical_path",
    "criticality",
    "csat",
    "derived_importance",
    "duration_weighted",
    "emotion_by_persona",
    "emotion_curve",
    "evidence_coverage",
    "flow_efficiency",
    "friction",
    "funnel",
    "gamma_gamma",
    "handoffs",
    "health",
    "ice",
    "impact_effort",
    "importance_performance",
    "improvement_value",
    "kano",
    "key_phrases",
    "keyness",
    "leaks",
    "lifecycle",
    "markov_order",
    "moments_of_truth",
    "next_best_action",
    "nps",
    "nps_difference",
    "opportunity_score",
    "pareto",
    "peak_end",
    "peaks_and_valleys",
    "penalty_reward",
    "perception_gap",
    "persona_divergence",
    "possible_analyses",
    "relative_weights",
    "removal_effects",
    "retention_curve",
    "rework",
    "rice",
    "roadmap",
    "roll_up",
    "rule_attribution",
    "sample_size",
    "sentiment",
    "sequential_looks",
    "shapley_attribution",
    "shapley_weights",
    "shared_pains",
    "similarity",
    "sla_compliance",
    "stage_emotion",
    "staleness",
    "step_difference",
    "step_matrix",
    "steps_before",
    "structure",
    "theme_shares",
    "time_gaps",
    "time_to_convert",
    "time_to_event",
    "tornado",
    "transition_difference",
    "transition_matrix",
    "unavoidable",
    "uncertainty",
    "variants",
    "volatility",
    "what_if",
]

_HOMES = {
    "actions": "Action NextBestAction next_best_action",
    "ageing": "Staleness staleness",
    "associations": "DerivedImportance PenaltyReward derived_importance penalty_reward",
    "attribution": "RuleAttribution ShapleyAttribution rule_attribution shapley_attribution",
    "bands": "Uncertainty uncertainty",
    "calendars": "BusinessTime Calendar business_time",
    "cautions": "DANGERS Caution",
    "channel_scores": "ChannelConsistency channel_consistency",
    "channels": "ChannelMix channel_mix",
    "coding": "Agreement agreement",
    "conversion_time": "TimeToConvert time_to_convert",
    "conversions": "Conversion conversion",
    "decisive": "MomentsOfTruth moments_of_truth",
    "deviations": "Conformance conformance",
    "divergence": "PersonaDivergence persona_divergence",
    "economics": "Clv ImprovementValue clv improvement_value",
    "emotion": "EmotionCurve emotion_curve stage_emotion",
    "evidence": "EvidenceCoverage evidence_coverage",
    "experience": "DurationWeighted PeakEnd duration_weighted peak_end",
    "experiments": "BeforeAfter before_after",
    "feedback": "Sentiment sentiment",
    "flow": "FlowEfficiency flow_efficiency",
    "frictions": "Friction friction",
    "funnels": "Funnel funnel",
    "gaps": "TimeGaps time_gaps",
    "handovers": "Handoffs Passing handoffs",
    "health_card": "Health health",
    "importance": "ImportancePerformance OpportunityScore importance_performance opportunity_score",
    "intervals": "Interval Share",
    "intricacy": "Complexity complexity",
    "kano_model": "Kano kano",
    "key_drivers": "RelativeWeights ShapleyWeights relative_weights shapley_weights",
    "likeness": "Similarity similarity",
    "leaving": "ChurnRisk churn_risk",
    "lifts": "ChannelLift channel_lift",
    "looks": "SequentialLooks sequential_looks",
    "losses": "Leaks leaks",
    "loyalty": "RetentionCurve retention_curve",
    "matrices": "TransitionMatrix transition_matrix",
    "memory": "MarkovOrder markov_order",
    "monitoring": "ControlChart control_chart",
    "pains": "PainItem Pareto pareto",
    "paths": "Event",
    "peaks": "PeaksAndValleys Volatility peaks_and_valleys volatility",
    "perceptions": "PerceptionGap perception_gap",
    "persona_emotion": "EmotionByPersona emotion_by_persona",
    "persona_metrics": "ComparePersonas compare_personas",
    "pert": "CriticalPath critical_path",
    "planning": "PlanItem Roadmap roadmap",
    "portfolio": "RollUp roll_up",
    "possibilities": "PossibleAnalyses possible_analyses",
    "priorities": "Ice IceItem Rice RiceItem ice rice",
    "promoters": "Nps NpsDifference nps nps_difference",
    "quadrants": "ImpactEffort impact_effort",
    "recurring": "Lifecycle lifecycle",
    "removal": "RemovalEffects removal_effects",
    "repeat_buying": "BgNbd GammaGamma bg_nbd gamma_gamma",
    "result": "Result",
    "sample_sizes": "SampleSize sample_size",
    "satisfaction": "Ces Csat ces csat",
    "scenarios": "Change WhatIf what_if",
    "segments": "StepMatrixDifference TransitionDifference step_difference transition_difference",
    "service_levels": "SlaCompliance sla_compliance",
    "shape": "Structure structure",
    "shared_trouble": "SharedPains shared_pains",
    "stepwise": "StepMatrix step_matrix",
    "survival": "TimeToEvent time_to_event",
    "swings": "Tornado tornado",
    "themes": "ThemeShares theme_shares",
    "touches": "ChannelPath",
    "traffic": "Criticality criticality",
    "variation": "Rework Variants rework variants",
    "ways_in": "StepsBefore Unavoidable steps_before unavoidable",
    "wording": "KeyPhrases Keyness key_phrases keyness",
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
