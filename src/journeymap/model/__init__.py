"""The journey as typed, frozen values: one noun of the field a module."""

from journeymap.model.activity import LAYERS, Activity, Layer
from journeymap.model.channel import Channel, ChannelKind
from journeymap.model.emotion import Emotion, Scale
from journeymap.model.evidence import Evidence, Source, SourceKind
from journeymap.model.journey import Journey, JourneyKind, Status
from journeymap.model.links import Link
from journeymap.model.mapping import Extra, FrozenMap
from journeymap.model.metric import Metric, MetricKind, Perspective
from journeymap.model.moment import MomentKind, MomentOfTruth
from journeymap.model.opportunity import Horizon, Opportunity
from journeymap.model.pain import SEVERITIES, PainPoint
from journeymap.model.persona import Persona
from journeymap.model.span import Range, Span
from journeymap.model.stage import Stage
from journeymap.model.touchpoint import Touchpoint
from journeymap.model.transition import END, START, Transition, TransitionKind

__all__ = [
    "END",
    "LAYERS",
    "SEVERITIES",
    "START",
    "Activity",
    "Channel",
    "ChannelKind",
    "Emotion",
    "Evidence",
    "Extra",
    "FrozenMap",
    "Horizon",
    "Journey",
    "JourneyKind",
    "Layer",
    "Link",
    "Metric",
    "MetricKind",
    "MomentKind",
    "MomentOfTruth",
    "Opportunity",
    "PainPoint",
    "Persona",
    "Perspective",
    "Range",
    "Scale",
    "Source",
    "SourceKind",
    "Span",
    "Stage",
    "Status",
    "Touchpoint",
    "Transition",
    "TransitionKind",
]
