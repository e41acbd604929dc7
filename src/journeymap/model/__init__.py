"""The journey as typed, frozen values: one noun of the field a module."""

from journeymap.model.activity import LAYERS, Activity, Layer
from journeymap.model.atlas import Atlas, AtlasLink, AtlasLinkKind
from journeymap.model.building import Builder
from journeymap.model.channel import Channel, ChannelKind
from journeymap.model.comparison import Added, Change, Changed, Diff, Moved, Place, Removed, diff
from journeymap.model.conflict import Conflict, ConflictKind, Merged
from journeymap.model.emotion import Emotion, Scale
from journeymap.model.evidence import Evidence, Source, SourceKind
from journeymap.model.journey import Journey, JourneyKind, Status
from journeymap.model.links import Link
from journeymap.model.mapping import Extra, FrozenMap
from journeymap.model.merging import merge
from journeymap.model.metric import Metric, MetricKind, Perspective
from journeymap.model.moment import MomentKind, MomentOfTruth
from journeymap.model.opportunity import Horizon, Opportunity
from journeymap.model.pain import SEVERITIES, PainPoint
from journeymap.model.parts import Ref
from journeymap.model.persona import Persona
from journeymap.model.portfolio import Match, Matches, touchpoints
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
    "Added",
    "Atlas",
    "AtlasLink",
    "AtlasLinkKind",
    "Builder",
    "Change",
    "Changed",
    "Channel",
    "ChannelKind",
    "Conflict",
    "ConflictKind",
    "Diff",
    "Emotion",
    "Evidence",
    "Extra",
    "FrozenMap",
    "Horizon",
    "Journey",
    "JourneyKind",
    "Layer",
    "Link",
    "Match",
    "Matches",
    "Merged",
    "Metric",
    "MetricKind",
    "MomentKind",
    "MomentOfTruth",
    "Moved",
    "Opportunity",
    "PainPoint",
    "Persona",
    "Perspective",
    "Place",
    "Range",
    "Ref",
    "Removed",
    "Scale",
    "Source",
    "SourceKind",
    "Span",
    "Stage",
    "Status",
    "Touchpoint",
    "Transition",
    "TransitionKind",
    "diff",
    "merge",
    "touchpoints",
]
