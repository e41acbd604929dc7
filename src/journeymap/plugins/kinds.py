"""The kinds of plug-ins: what each one is, and what is built in of it, by its address in text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from journeymap.plugins.registry import Registry

if TYPE_CHECKING:
    from journeymap.errors import Problem
    from journeymap.model import Atlas, Journey
    from journeymap.renderers.swimlane.lane import Lane as LaneValue
    from journeymap.renderers.swimlane.lane import LaneFunction
    from journeymap.scene.scene import Scene
    from journeymap.scene.theme import Theme

Renderer: TypeAlias = "Callable[..., Scene | Sequence[Scene]]"
"""Draws: called as ``renderer(journey, **options)``; one scene, or several for several pages."""

Backend: TypeAlias = "Callable[..., bytes]"
"""Writes a picture: called as ``backend(scenes, **options)``; the bytes of a file."""

Lane: TypeAlias = "LaneValue | LaneFunction"
"""Draws one lane of a swimlane: a function from a step and a pen to a cell, or such a function with a heading."""

Analysis: TypeAlias = "Callable[..., object]"
"""Answers one question: called with a journey or data, and options; a frozen result."""

Rule: TypeAlias = "Callable[..., object]"
"""Looks for one kind of weakness: called as ``rule(journey)``; findings."""

Display: TypeAlias = "Callable[..., dict[str, str]]"
"""Shows a value in a notebook: called with the value; texts by media type."""


def _suffixes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Format:
    """A way to keep a journey in a document; without ``loads`` it is only written, without ``dumps`` only read."""

    summary: str
    """One line for those who choose."""
    suffixes: tuple[str, ...] = field(converter=_suffixes)
    """What file names of it end in, with the dot, in lower case: ``(".yaml", ".yml")``."""
    loads: Callable[..., Journey | Atlas] | None = None
    """The journey in a text; the second argument is what messages call the text, such as its file name."""
    dumps: Callable[[Journey], str] | None = None
    """The text of a journey: the same journey gives the same text."""
    dumps_atlas: Callable[[Atlas], str] | None = None
    """The text of an atlas, for formats that hold many journeys too; their ``loads`` gives back what the text holds."""
    from_bytes: Callable[..., Journey] | None = None
    """In place of ``loads``, where a document is no text, as a spreadsheet is none."""
    to_bytes: Callable[[Journey], bytes] | None = None
    """In place of ``dumps``, where a document is no text."""
    losses: Callable[[Journey], Sequence[Problem]] | None = None
    """What a document of this format cannot hold of the journey, each with its path. Only for formats that cannot be read,
    or need not be: where it is None, a journey is written, read back and compared."""


def _is_a(value: object, module: str, name: str) -> bool:
    """Whether the value is of that class, which is not imported for this: without it there can be no such value."""
    cls = getattr(sys.modules.get(module), name, None)
    return isinstance(cls, type) and isinstance(value, cls)


RENDERERS: Registry[Renderer] = Registry(
    "renderer",
    "journeymap.renderers",
    {
        "atlas": "journeymap.renderers.atlas:atlas",
        "blueprint": "journeymap.renderers.blueprint:blueprint",
        "board": "journeymap.renderers.board:board",
        "comparison": "journeymap.renderers.comparison:comparison",
        "emotion-curve": "journeymap.renderers.emotion_curve:emotion_curve",
        "flow": "journeymap.renderers.flow:flow",
        "funnel": "journeymap.renderers.funnel:funnel",
        "heatmap": "journeymap.renderers.heatmap:heatmap",
        "persona": "journeymap.renderers.persona:persona",
        "impact-effort": "journeymap.renderers.impact_effort:impact_effort",
        "roadmap": "journeymap.renderers.roadmap:roadmap",
        "storyboard": "journeymap.renderers.storyboard:storyboard",
        "swimlane": "journeymap.renderers.swimlane:swimlane",
        "timeline": "journeymap.renderers.timeline:timeline",
    },
)
BACKENDS: Registry[Backend] = Registry(
    "backend",
    "journeymap.backends",
    {
        "html": "journeymap.picture.page:html",
        "pdf": "journeymap.backends.matplotlib:pdf",
        "png": "journeymap.backends.matplotlib:png",
        "pptx": "journeymap.backends.pptx:pptx",
        "svg": "journeymap.backends.svg:svg",
    },
)
FORMATS: Registry[Format] = Registry(
    "format",
    "journeymap.formats",
    {
        "cjml": "journeymap.io.cjml:CJML",
        "csv": "journeymap.io.csv:CSV",
        "dot": "journeymap.io.dot:DOT",
        "graphml": "journeymap.io.graphml:GRAPHML",
        "json": "journeymap.io.json:JSON",
        "markdown": "journeymap.io.markdown:MARKDOWN",
        "mermaid": "journeymap.io.mermaid:MERMAID",
        "mermaid-strict": "journeymap.io.mermaid:STRICT",
        "node-link": "journeymap.io.node_link:NODE_LINK",
        "xlsx": "journeymap.io.xlsx:XLSX",
        "yaml": "journeymap.io.yaml:YAML",
    },
    lambda value: isinstance(value, Format),
    "a journeymap.plugins.Format",
)
THEMES: Registry[Theme] = Registry(
    "theme",
    "journeymap.themes",
    {
        "dark": "journeymap.scene.theme:DARK",
        "high-contrast": "journeymap.scene.theme:HIGH_CONTRAST",
        "light": "journeymap.scene.theme:LIGHT",
        "print": "journeymap.scene.theme:PRINT",
    },
    lambda value: _is_a(value, "journeymap.scene.theme", "Theme"),
    "a journeymap.scene.theme.Theme",
)
LANES: Registry[Lane] = Registry(
    "lane",
    "journeymap.lanes",
    {
        "steps": "journeymap.renderers.swimlane.cells:STEPS",
        "actions": "journeymap.renderers.swimlane.facts:ACTIONS",
        "channels": "journeymap.renderers.swimlane.facts:CHANNELS",
        "evidence": "journeymap.renderers.swimlane.facts:EVIDENCE",
        "emotion": "journeymap.renderers.swimlane.cells:EMOTION",
        "thoughts": "journeymap.renderers.swimlane.cells:THOUGHTS",
        "pains": "journeymap.renderers.swimlane.cells:PAINS",
        "opportunities": "journeymap.renderers.swimlane.cells:OPPORTUNITIES",
        "metrics": "journeymap.renderers.swimlane.cells:METRICS",
        "owners": "journeymap.renderers.swimlane.cells:OWNERS",
        "physical-evidence": "journeymap.renderers.swimlane.cells:PHYSICAL_EVIDENCE",
        "customer-actions": "journeymap.renderers.swimlane.cells:CUSTOMER_ACTIONS",
        "frontstage": "journeymap.renderers.swimlane.cells:FRONTSTAGE",
        "backstage": "journeymap.renderers.swimlane.cells:BACKSTAGE",
        "support": "journeymap.renderers.swimlane.cells:SUPPORT",
    },
    lambda value: callable(value) or _is_a(value, "journeymap.renderers.swimlane.lane", "Lane"),
    "a function of a step and a pen, or a journeymap.renderers.swimlane.Lane",
)
_QUESTIONS = (
    "agreement before_after bg_nbd business_time ces channel_consistency channel_lift channel_mix churn_risk clv compare_personas "
    "complexity conformance control_chart conversion critical_path criticality csat derived_importance duration_weighted "
    "emotion_by_persona emotion_curve evidence_coverage flow_efficiency friction funnel gamma_gamma handoffs health ice "
    "impact_effort importance_performance improvement_value kano key_phrases keyness leaks lifecycle markov_order "
    "moments_of_truth next_best_action nps nps_difference opportunity_score pareto peak_end peaks_and_valleys "
    "penalty_reward perception_gap persona_divergence possible_analyses relative_weights removal_effects retention_curve "
    "rework rice roadmap roll_up rule_attribution sample_size sentiment sequential_looks shapley_attribution "
    "shapley_weights shared_pains similarity sla_compliance staleness step_difference step_matrix steps_before structure "
    "theme_shares time_gaps time_to_convert time_to_event tornado transition_difference transition_matrix unavoidable "
    "uncertainty variants volatility what_if"
)
"""The functions of `journeymap.analysis`, which plug-ins and the command line name in kebab-case."""
ANALYSES: Registry[Analysis] = Registry(
    "analysis", "journeymap.analyses", {name.replace("_", "-"): f"journeymap.analysis:{name}" for name in _QUESTIONS.split()}
)
RULES: Registry[Rule] = Registry("rule", "journeymap.rules", {})
DISPLAYS: Registry[Display] = Registry("display", "journeymap.displays", {"journey": "journeymap.picture.notebook:journey_display"})
"""How a value that knows nothing of pictures shows itself in a notebook; not a kind for others to add to."""
