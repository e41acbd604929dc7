"""The moments of truth (B8): what several signals say of each step, ranked together, beside what the map declares."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import fsum
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import numbers
from journeymap.analysis.grounds import hypothesis
from journeymap.analysis.key_drivers import KeyDrivers
from journeymap.analysis.peaks import peaks_and_valleys
from journeymap.analysis.result import Result, amount, percent, sealed
from journeymap.analysis.traffic import criticality
from journeymap.analysis.ways_in import steps_before, unavoidable
from journeymap.errors import AnalysisError, NotEnoughData, shown, suggestion
from journeymap.model import Journey
from journeymap.model.mapping import FrozenMap

Signals = Mapping[str, Mapping[str, float | None]]
"""By signal, a value for each step: more is more decisive, 0 says nothing, None or a missing step is unknown."""
_Signals: TypeAlias = dict[str, dict[str, float | None]]
Verdict = Literal["confirmed", "contradicted", "undetected", ""]
Ranking = Literal["borda", "reciprocal"]
MOST_FOR_WAYS = 20_000
"""On larger maps the signals that follow every way are left out, and the answer says so."""


@frozen(kw_only=True)
class Moment:
    """What the signals say of one step."""

    id: str
    name: str
    rank: int
    score: float
    """0 to 1: the mean over the signals of its place among the steps."""
    signals: FrozenMap[float | None]
    """The value of each signal; None where it does not speak of this step."""
    declared: bool
    verdict: Verdict
    """Confirmed: declared and found. Contradicted: declared, not found. Undetected: found, and nobody had declared it."""
    reasons: tuple[str, ...]
    """In words."""


@frozen(kw_only=True)
class MomentsOfTruth(Result):
    """The steps, the most decisive first; the value is how many are found."""

    analysis: ClassVar[str] = "moments_of_truth"
    subject: ClassVar[str] = "The number of moments of truth"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "moments"

    moments: tuple[Moment, ...]
    signals: tuple[str, ...]
    """Those that were there."""
    missing_signals: tuple[str, ...]
    """Those that were not, each with its reason."""

    @property
    def found(self) -> tuple[Moment, ...]:
        """The steps that the signals make moments of truth."""
        return tuple(moment for moment in self.moments if moment.verdict in {"confirmed", "undetected"})

    def _told(self) -> str:
        if not self.found:
            return "No signal points to a moment of truth"
        first = self.found[0]
        told = f"{first.name!r} is the most decisive moment ({'; '.join(first.reasons)})"
        declared = sum(moment.declared for moment in self.moments)
        if not declared:
            return f"{told}; nobody has declared any"
        confirmed = sum(moment.verdict == "confirmed" for moment in self.moments)
        more = len(self.found) - confirmed
        return f"{told}; of {declared} declared {confirmed} {'is' if confirmed == 1 else 'are'} confirmed, and {more} more found"


def moments_of_truth(
    data: Journey | Signals,
    *,
    declared: Collection[str] | None = None,
    weights: KeyDrivers | Mapping[str, float] | None = None,
    churn: Mapping[str, float] | None = None,
    top: int = 5,
    k: int = 2,
    ranking: Ranking = "borda",
    strict: bool = False,
) -> MomentsOfTruth:
    """Which moments decide, and are they those that we think?

    Each signal that is there ranks the steps, and the ranks are put together: by Borda's count (the mean share of other steps that a
    step beats, ties half) or by reciprocal ranks (the mean of 1 / rank). A signal that does not know a step has no say on it. There
    is no weighted sum, and every signal is shown. The first ``top`` steps of which some signal speaks are found; what the map
    declares is then confirmed, contradicted, or was undetected.

    Signals of a map: proximity to the goal (1 / hop, up to ``k``), unavoidable (1 or 0), traffic (the share of converting customers
    who pass), prominence of highs and lows of emotion; from data, ``weights`` (relative_weights, or shares by step) and ``churn`` (what
    is lost with a step). Signals that are missing are named with the reason. Plain data are signals by name, ``declared`` the ids.

    Sources: Borda (1781); Cormack, Clarke & Büttcher (2009) for reciprocal ranks; own composition.

    >>> found = moments_of_truth({"weight": {"call": 0.5, "bill": 0.1}, "churn": {"call": 0.2, "bill": 0.0}}, declared=["bill"], top=1)
    >>> [(moment.id, moment.score, moment.verdict) for moment in found.moments]
    [('call', 1.0, 'undetected'), ('bill', 0.0, 'contradicted')]
    """
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise AnalysisError(f"top: {shown(top)} is no number of steps; give 1 or more")
    if ranking not in {"borda", "reciprocal"}:
        raise AnalysisError(f"ranking: {ranking!r} is neither 'borda' nor 'reciprocal'")
    given, warnings = _given(weights, churn)
    if isinstance(data, Journey):
        signals, words, absent, names, notes = _of_map(data, k)
        marked = {touchpoint.id for touchpoint in data.touchpoints if touchpoint.moment is not None and touchpoint.id in names}
        warnings = (*warnings, *hypothesis(data, [touchpoint.evidence for touchpoint in data.touchpoints]))
    else:
        if not isinstance(data, Mapping) or not all(isinstance(values, Mapping) for values in data.values()):
            raise AnalysisError('moments_of_truth: give signals by name, {"weight": {"call": 0.5, "bill": 0.1}}, or a map')
        signals, words, absent, notes, marked = {str(name): dict(values) for name, values in data.items()}, {}, {}, (), set()
        names = {step: step for values in (*signals.values(), *given.values()) for step in values}
    signals |= given
    absent = {name: why for name, why in absent.items() if name not in given}
    known = {name: _known(name, values, names) for name, values in signals.items()}
    declared_ids = marked if declared is None else _declared(declared, names)
    if not known or not names:
        raise NotEnoughData("moments_of_truth", "no signal is there", "a goal, transitions or emotions on the map, or weights=")
    scores = _scores(known, list(names), ranking)
    ordered = sorted(names, key=lambda step: (-scores[step], step))
    speaking = [step for step in ordered if any(values.get(step, 0.0) > 0 for values in known.values())][:top]
    moments = []
    for rank, step in enumerate(ordered, start=1):
        found, said = step in speaking, step in declared_ids
        verdict: Verdict = ("confirmed" if said else "undetected") if found else ("contradicted" if said else "")
        reasons = _reasons(step, known, words) or (("no signal speaks for it",) if said else ())
        moments.append(
            Moment(
                id=step,
                name=names[step],
                rank=rank,
                score=scores[step],
                signals=FrozenMap({name: values.get(step) for name, values in known.items()}),
                declared=said,
                verdict=verdict,
                reasons=reasons,
            )
        )
    result = MomentsOfTruth(
        value=float(len(speaking)),
        unit="moments",
        n=len(names),
        method=f"{'Borda count' if ranking == 'borda' else 'reciprocal ranks'} over {len(known)} signals, the first {top}",
        assumptions=notes,
        warnings=warnings,
        moments=tuple(moments),
        signals=tuple(known),
        missing_signals=tuple(f"{name}: {why}" for name, why in absent.items()),
    )
    inputs = (tuple((name, tuple(values.items())) for name, values in known.items()), tuple(sorted(declared_ids)), top, ranking)
    return sealed(result, strict=strict, inputs=inputs)


def _given(weights: KeyDrivers | Mapping[str, float] | None, churn: Mapping[str, float] | None) -> tuple[_Signals, tuple[Caution, ...]]:
    """The signals that come beside the map, and what they carry."""
    found: _Signals = {}
    warnings: tuple[Caution, ...] = ()
    if isinstance(weights, KeyDrivers):
        found["weight"] = {driver.id: driver.weight for driver in weights.drivers}
        warnings = weights.warnings
    elif weights is not None:
        found["weight"] = dict(weights)
        warnings = (caution("NOT_CAUSAL"),)
    if churn is not None:
        found["churn"] = dict(churn)
    return found, warnings


def _declared(declared: Collection[str], names: Mapping[str, str]) -> set[str]:
    for step in sorted(declared):
        if step not in names:
            raise AnalysisError(f"declared: there is no step {shown(step)}{suggestion(step, names)}; the goal itself is none")
    return set(declared)


def _of_map(journey: Journey, k: int) -> tuple[_Signals, dict[tuple[str, str], str], dict[str, str], dict[str, str], tuple[str, ...]]:
    """The signals of a map, their words by signal and step, the missing ones with their reasons, the names, and the notes."""
    names = {touchpoint.id: touchpoint.name for touchpoint in journey.touchpoints}
    goals = {touchpoint.id for touchpoint in journey.touchpoints if touchpoint.goal}
    signals: _Signals = {}
    words: dict[tuple[str, str], str] = {}
    absent = dict.fromkeys(("weight", "churn"), "not given")
    notes: tuple[str, ...] = ()
    if goals:
        before = steps_before(journey, k=k)
        signals["proximity"] = dict.fromkeys(names, 0.0)
        for step in before.steps:
            signals["proximity"][step.id] = max(signals["proximity"][step.id] or 0.0, 1 / step.hop)
            words.setdefault(("proximity", step.id), f"{step.hop} step{'s' if step.hop > 1 else ''} before {names[step.goal]!r}")
        if len(names) > MOST_FOR_WAYS:
            absent |= dict.fromkeys(("unavoidable", "traffic"), f"left out beyond {MOST_FOR_WAYS:,} steps")
        else:
            around = unavoidable(journey)
            passed = {step.id for step in around.steps}
            signals["unavoidable"] = {step: 1.0 if step in passed else 0.0 for step in names}
            words |= {("unavoidable", step): "everyone who gets to the goal passes it" for step in passed}
            traffic = criticality(journey)
            signals["traffic"] = {step.id: step.passed_if_converted for step in traffic.steps}
            words |= {
                ("traffic", step.id): f"{percent(step.passed_if_converted)} of those who reach the goal pass it"
                for step in traffic.steps
                if step.passed_if_converted
            }
            notes = traffic.assumptions
        notes = (*notes, "the goal itself is left out")
    else:
        absent |= dict.fromkeys(("proximity", "unavoidable", "traffic"), "no step is marked as the goal")
    try:
        felt = peaks_and_valleys(journey)
    except NotEnoughData as error:
        absent["prominence"] = error.given
    else:
        standing = {extreme.id: extreme for extreme in felt.extremes if extreme.id in names}
        signals["prominence"] = {step: standing[step].prominence if step in standing else 0.0 for step in names}
        for place, extreme in standing.items():
            kind = "low" if extreme.kind == "valley" else "high"
            words["prominence", place] = f"an emotional {kind} that stands out by {amount(extreme.prominence, 'points')}"
    for signal in signals.values():
        for goal in goals:
            signal.pop(goal, None)
    return signals, words, absent, {step: name for step, name in names.items() if step not in goals}, notes


def _known(name: str, values: Mapping[str, float | None], names: Mapping[str, str]) -> dict[str, float]:
    """The values that are there, of steps that are there."""
    checked = numbers(values.values(), what=name, low=0)
    return {step: value for step, value in zip(values, checked, strict=True) if value is not None and step in names}


def _scores(known: Mapping[str, Mapping[str, float]], steps: list[str], ranking: Ranking) -> dict[str, float]:
    """The mean of what each signal gives a step; 0 where none speaks of it."""
    given: dict[str, list[float]] = {step: [] for step in steps}
    for values in known.values():
        rising = sorted(values.values())
        below: dict[float, int] = {}
        same: dict[float, int] = {}
        for place, value in enumerate(rising):
            below.setdefault(value, place)
            same[value] = same.get(value, 0) + 1
        others = len(rising) - 1
        for step, value in values.items():
            beaten = below[value] + (same[value] - 1) / 2
            if ranking == "borda":
                given[step].append(beaten / others if others else 0.5)
            else:
                given[step].append(1 / (len(rising) - beaten))
    return {step: fsum(parts) / len(parts) if parts else 0.0 for step, parts in given.items()}


def _reasons(step: str, known: Mapping[str, Mapping[str, float]], words: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    """Why a step is decisive, a reason for each signal that speaks of it."""
    found = []
    for name, values in known.items():
        value = values.get(step, 0.0)
        if value > 0:
            told = {"weight": f"{amount(value)} of the explained satisfaction goes with it", "churn": f"{amount(value)} is lost with it"}
            found.append(words.get((name, step)) or told.get(name, f"{name} is {amount(value)}"))
    return tuple(found)
