"""What each question needs: one table that `possible_analyses` reads, and that other packages may add to.

A `Holding` is a kind of data that one may have; `HOLDINGS` says how to find it in a map, where a map can have it at all.
`NEEDS` says for each question which holdings it takes: all of those in the tuple, and one of each inner tuple. Somebody who
registers a question of their own adds it with ``NEEDS["mine"] = Need("M", ("emotion",))``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from journeymap.analysis.felt import felt_at
from journeymap.analysis.guards import MISSING_REFUSED
from journeymap.analysis.result import Level
from journeymap.model import Journey, Metric, MetricKind, Touchpoint


@frozen
class Holding:
    """A kind of data."""

    words: str
    """What is missing where it is not there."""
    amount: Callable[[Journey], tuple[int, int]] | None = None
    """How much of it a map has, and how much it could have; None where no map has it."""
    least_share: float = 0.0
    """The share of it that has to be there."""
    least: int = 1
    """How many of it have to be there."""

    def in_map(self, journey: Journey) -> bool:
        """Whether that map has enough of it."""
        if self.amount is None:
            return False
        there, of = self.amount(journey)
        return there >= self.least and there >= self.least_share * of - 1e-9


@frozen
class Need:
    """What a question takes."""

    level: Level
    """The lowest level of data: M a map, C counts, R rows of respondents, L paths or an event log."""
    holdings: tuple[str | tuple[str, ...], ...]
    """Names of holdings: all of them, and one of each inner tuple."""


def _filled(field: str) -> Callable[[Journey], tuple[int, int]]:
    """On how many touchpoints a field is filled."""

    def amount(journey: Journey) -> tuple[int, int]:
        values = [getattr(touchpoint, field) for touchpoint in journey.touchpoints]
        return sum(value is not None and value not in ("", (), False) for value in values), len(values)

    return amount


def _where(condition: Callable[[Touchpoint], bool]) -> Callable[[Journey], tuple[int, int]]:
    def amount(journey: Journey) -> tuple[int, int]:
        return sum(map(condition, journey.touchpoints)), len(journey.touchpoints)

    return amount


def _felt(journey: Journey) -> tuple[int, int]:
    steps = felt_at(journey)
    return sum(known for _, known in steps), len(steps)


def _counted_emotions(touchpoint: Touchpoint) -> bool:
    """Whether what some persona feels comes with how many said so, and how far they differ."""
    return any(emotion.n and emotion.spread for emotion in touchpoint.emotions.values())


def _gaps(journey: Journey) -> tuple[int, int]:
    """On how many touchpoints both what the business believes and what customers feel is known."""
    believed = {touchpoint.id for touchpoint in journey.touchpoints if touchpoint.believed_emotion is not None}
    felt = felt_at(journey) if believed else ()
    return sum(known and step in believed for step, known in felt), len(journey.touchpoints)


def _pains(journey: Journey) -> tuple[int, int]:
    pains = list(journey.all_pains())
    return sum(pain.severity is not None and pain.frequency is not None for pain in pains), len(pains)


def _estimated(*fields: str) -> Callable[[Journey], tuple[int, int]]:
    """How many opportunities have all those estimates."""

    def amount(journey: Journey) -> tuple[int, int]:
        ideas = list(journey.all_opportunities())
        return sum(all(getattr(idea, field) is not None for field in fields) for idea in ideas), len(ideas)

    return amount


def _ways(journey: Journey) -> tuple[int, int]:
    """How many branching steps say which share goes which way; a straight map needs none."""
    leading: dict[str, list[bool]] = {}
    for way in journey.transitions:
        leading.setdefault(way.source, []).append(way.probability is not None or way.count is not None)
    branching = [known for known in leading.values() if len(known) > 1]
    drops = sum(any(known) for known in leading.values())
    return (sum(map(any, branching)) if branching else drops), len(branching)


def _metrics(test: Callable[[Metric], bool]) -> Callable[[Journey], tuple[int, int]]:
    def amount(journey: Journey) -> tuple[int, int]:
        found = [metric for metric in journey.all_metrics() if metric.value is not None]
        return sum(map(test, found)), len(found)

    return amount


def _of_kind(*kinds: MetricKind) -> Holding:
    words = f"a metric of the kind {' or '.join(repr(str(kind)) for kind in kinds)} with a value"
    return Holding(words, _metrics(lambda metric: metric.kind in kinds))


def _dated(journey: Journey) -> tuple[int, int]:
    """How often the metric that was measured most often was."""
    times: dict[str, int] = {}
    for metric in journey.all_metrics():
        if metric.observed is not None and metric.value is not None:
            times[metric.name] = times.get(metric.name, 0) + 1
    return max(times.values(), default=0), len(times)


def _voices(journey: Journey) -> tuple[int, int]:
    """On how many touchpoints two sources score the emotion."""
    scored = [{item.source for item in touchpoint.evidence if item.score is not None} for touchpoint in journey.touchpoints]
    return sum(len(sources) > 1 for sources in scored), len(scored)


_INDEX = 1 - MISSING_REFUSED
"""The share without which an index is refused."""

HOLDINGS: dict[str, Holding] = {
    "touchpoints": Holding("touchpoints", lambda journey: (len(journey.touchpoints), len(journey.touchpoints))),
    "emotion": Holding("an emotion on at least 70 % of the steps", _felt, least_share=_INDEX),
    "persona emotions": Holding("what single personas feel (emotions), with n and spread", _where(_counted_emotions)),
    "both sides": Holding("what the business believes that customers feel (believed_emotion), beside what they feel", _gaps),
    "durations": Holding("a duration on at least 70 % of the touchpoints", _filled("duration"), least_share=_INDEX),
    "waits": Holding("a wait on a transition", lambda j: (sum(t.wait is not None for t in j.transitions), len(j.transitions))),
    "channels": Holding("a channel on a touchpoint", _filled("channel")),
    "owners": Holding("an owner on a touchpoint or an activity", _where(lambda t: bool(t.owner) or any(a.owner for a in t.activities))),
    "ratings": Holding("importance and satisfaction of a touchpoint", _where(lambda t: None not in {t.importance, t.satisfaction})),
    "goal": Holding("a touchpoint that is the goal (goal=True)", _filled("goal")),
    "shares of ways": Holding("probabilities or counts on the transitions", _ways),
    "counts": Holding("counts of customers by step", lambda j: (sum(t.count is not None for t in j.transitions), len(j.transitions))),
    "pains": Holding("pain points with severity and frequency, on at least 70 % of them", _pains, least_share=_INDEX),
    "shared pains": Holding("pain points", lambda journey: (len(list(journey.all_pains())),) * 2),
    "impact and effort": Holding("an opportunity with impact and effort", _estimated("impact", "effort")),
    "confidence": Holding("an opportunity with impact, confidence and effort", _estimated("impact", "confidence", "effort")),
    "reach": Holding("an opportunity with reach, impact, confidence and effort", _estimated("reach", "impact", "confidence", "effort")),
    "personas": Holding("two personas or more", lambda journey: (len(journey.personas),) * 2, least=2),
    "dated sources": Holding("a source with a date", lambda j: (sum(s.date is not None for s in j.sources), len(j.sources))),
    "two voices": Holding("two sources that score the emotion of the same touchpoint", _voices),
    "nps metric": _of_kind("nps"),
    "csat metric": _of_kind("csat"),
    "ces metric": _of_kind("ces"),
    "clv metric": _of_kind("clv"),
    "share metric": Holding("a metric in shares with a value", _metrics(lambda m: m.kind in {"conversion", "share"} or m.unit == "%")),
    "baseline": Holding("a metric with a value and a baseline", _metrics(lambda metric: metric.baseline is not None)),
    "dated metrics": Holding("a metric with values of several days (observed)", _dated, least=2),
    "answers": Holding("rows of respondents"),
    "paths": Holding("paths of single customers, or an event log"),
    "comments": Holding("comments in customers' own words"),
    "codes": Holding("codes that people gave to the same units"),
    "second journey": Holding("a second journey to compare with"),
    "several journeys": Holding("several journeys"),
    "amounts": Holding("an amount: what a customer, a change or a period is worth"),
}
"""Every kind of data by name."""


def _table(level: Level, rows: Mapping[str, tuple[str | tuple[str, ...], ...]]) -> dict[str, Need]:
    return {name: Need(level, holdings) for name, holdings in rows.items()}


NEEDS: dict[str, Need] = {
    **_table(
        "M",
        {
            "importance_performance": (("ratings", "answers"),),
            "emotion_curve": (("emotion", "answers"),),
            "peak_end": ("emotion",),
            "duration_weighted": ("emotion", "durations"),
            "volatility": ("emotion",),
            "peaks_and_valleys": ("emotion",),
            "steps_before": ("touchpoints", "goal"),
            "unavoidable": ("touchpoints", "goal"),
            "criticality": ("touchpoints", "goal"),
            "moments_of_truth": ("touchpoints", "goal"),
            "pareto": ("pains",),
            "opportunity_score": (("ratings", "answers"),),
            "rice": ("reach",),
            "ice": ("confidence",),
            "impact_effort": ("impact and effort",),
            "roadmap": ("impact and effort",),
            "time_gaps": (("waits", "paths"),),
            "flow_efficiency": ("durations", ("waits", "paths")),
            "critical_path": ("durations",),
            "channel_mix": (("channels", "paths"),),
            "handoffs": (("owners", "channels", "paths"),),
            "friction": ("touchpoints", ("owners", "channels")),
            "structure": ("touchpoints",),
            "complexity": (("touchpoints", "paths"),),
            "evidence_coverage": ("touchpoints",),
            "staleness": ("dated sources",),
            "possible_analyses": (),
            "persona_divergence": ("touchpoints", "personas"),
            "similarity": ("touchpoints", "second journey"),
            "perception_gap": (("both sides", "answers"),),
            "shared_pains": ("shared pains", "several journeys"),
            "health": ("touchpoints",),
        },
    ),
    **_table(
        "C",
        {
            "sample_size": (("share metric", "answers"),),
            "nps": (("nps metric", "answers"),),
            "before_after": (("baseline", "answers"),),
            "sla_compliance": (("share metric", "paths"),),
            "time_to_convert": ("goal", "shares of ways", ("waits", "durations")),
            "funnel": (("counts", "paths"),),
            "leaks": (("counts", "paths"),),
            "conversion": ("goal", ("shares of ways", "paths")),
            "removal_effects": ("goal", ("shares of ways", "paths")),
            "lifecycle": (("shares of ways", "paths"),),
            "what_if": ("goal", "shares of ways"),
            "uncertainty": ("goal", "counts"),
            "tornado": ("goal", "shares of ways"),
            "next_best_action": ("goal", "shares of ways", "amounts"),
            "clv": (("clv metric", "amounts"),),
            "retention_curve": (("counts", "paths"),),
            "control_chart": ("dated metrics",),
            "improvement_value": ("baseline", "amounts"),
            "sequential_looks": ("dated metrics",),
            "nps_difference": (("nps metric", "answers"), "second journey"),
            "roll_up": (("share metric", "csat metric", "ces metric", "nps metric", "answers"), "several journeys"),
        },
    ),
    **_table(
        "R",
        {
            "emotion_by_persona": (("persona emotions", "answers"),),
            "churn_risk": (("goal", "answers"), ("shares of ways", "answers")),
            "derived_importance": ("answers",),
            "relative_weights": ("answers",),
            "shapley_weights": ("answers",),
            "penalty_reward": ("answers",),
            "kano": ("answers",),
            "channel_consistency": ("answers",),
            "agreement": (("two voices", "codes"),),
            "compare_personas": (("persona emotions", "answers"),),
            "csat": (("csat metric", "answers"),),
            "ces": (("ces metric", "answers"),),
            "sentiment": ("comments",),
            "key_phrases": ("comments",),
            "keyness": ("comments",),
            "theme_shares": ("codes",),
        },
    ),
    **_table(
        "L",
        {
            "time_to_event": ("paths",),
            "channel_lift": ("paths",),
            "transition_matrix": (("shares of ways", "paths"),),
            "step_matrix": ("paths",),
            "step_difference": ("paths",),
            "transition_difference": ("paths",),
            "shapley_attribution": ("paths",),
            "rule_attribution": ("paths",),
            "markov_order": ("paths",),
            "rework": ("paths",),
            "variants": ("paths",),
            "conformance": ("touchpoints", "paths"),
            "bg_nbd": ("paths",),
            "gamma_gamma": ("paths", "amounts"),
        },
    ),
}
"""What every question needs, by the name of its function."""
