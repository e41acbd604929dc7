"""What a map rests on (H1): which steps have evidence from customers, and by how many different methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import fsum
from typing import ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.felt import evidence_of
from journeymap.analysis.grounds import NOT_EMPIRICAL, freshness, is_empirical
from journeymap.analysis.guards import GROUPS_APART
from journeymap.analysis.result import Result, percent, sealed
from journeymap.errors import AnalysisError, shown
from journeymap.model import Evidence, Journey, Source

Grounding = Literal["no evidence", "assumption", "single method", "triangulated"]
"""How well a claim is grounded: in nothing, in sources without customers, in one method, in two or more."""
Methods: TypeAlias = Mapping[str, Iterable[str]]
"""By step, the method of each piece of its evidence."""

_SAME = 1e-9


@frozen(kw_only=True)
class Claim:
    """Something that the map says, and what it rests on."""

    id: str
    name: str
    kind: str
    """touchpoint, stage, pain point, opportunity, persona or metric."""
    grounding: Grounding
    methods: tuple[str, ...] = ()
    """The distinct methods in which customers have a voice, in order of the alphabet."""
    sources: tuple[str, ...] = ()
    """The ids of all the sources that count."""
    stale: bool | None = None
    """Whether all that it has from customers is older than a half-life; None where no date is known, or there is nothing."""
    contradicted: bool = False
    """Whether two sources, or its stated emotion and a source, lie on both sides of neutral and more than a point apart."""


@frozen(kw_only=True)
class EvidenceCoverage(Result):
    """How much of a map has evidence; the value is the share of steps with any."""

    analysis: ClassVar[str] = "evidence_coverage"
    subject: ClassVar[str] = "The share of steps with evidence"
    counted: ClassVar[str] = "steps"
    table: ClassVar[str] = "claims"

    empirical_coverage: float | None
    """The share of steps with evidence in which customers have a voice."""
    triangulated_share: float | None
    """The share of steps with two or more distinct methods."""
    assumption_share: float | None
    """The share of all claims of the map (steps, pains, opportunities, personas, metrics) without any voice of customers."""
    no_evidence: tuple[str, ...]
    """The ids of the steps that have none, sorted; so are those of the next three."""
    assumption_only: tuple[str, ...]
    single_method: tuple[str, ...]
    triangulated: tuple[str, ...]
    stale: tuple[str, ...] = ()
    """The ids of the claims of any kind whose evidence is out of date."""
    contradicted: tuple[str, ...] = ()
    """The ids of the claims of any kind that their evidence does not agree on."""
    claims: tuple[Claim, ...]

    @property
    def coverage(self) -> float | None:
        """The share of steps with any evidence: the value."""
        return self.value

    def _told(self) -> str:
        told = (
            f"{percent(self.value)} of the steps have evidence, {percent(self.empirical_coverage)} from customers and "
            f"{percent(self.triangulated_share)} by two or more methods"
        )
        bare = sorted((*self.no_evidence, *self.assumption_only))
        return told + (f"; still to be asked: {', '.join(bare[:3])}{' ...' if len(bare) > 3 else ''}" if bare else "")


def evidence_coverage(
    data: Journey | Methods, *, kinds: Mapping[str, str] | None = None, half_life_days: float = 365.0, strict: bool = False
) -> EvidenceCoverage:
    """Which claims of the map rest on evidence, and which are assumption, single-source, triangulated, stale or contradicted?

    Shares of touchpoints (0 to 1) with any evidence, with empirical evidence (customers said or did something: neither an
    assumption nor a workshop), and with two or more distinct methods: two interviews are one method. On a map the method is
    the kind of the source, the evidence of a touchpoint is its own and that of its pains, and weight 0 counts as none; where a
    stage has no touchpoints it is a step itself. Every other claim is in ``claims`` too. A claim is stale when all of its
    empirical evidence is older than ``half_life_days`` on the map's ``updated`` day, and contradicted when scores lie on both
    sides of neutral and more than a point apart.

    Plain data is a mapping of step to the methods of its evidence; ``kinds`` says what a method is ("assumption" and "workshop"
    are not empirical). Without any step the shares are None.

    Source: Denzin (1978) on triangulation of methods.

    >>> evidence_coverage({"ad": ["survey", "interview"], "chat": [], "sign": ["interview", "interview"]}).triangulated
    ('ad',)
    """
    if isinstance(data, Journey):
        claims = tuple(_claims(data, half_life_days))
        method = "share of steps with a source; methods are kinds of sources"
    else:
        claims = _plain_claims(data, kinds or {})
        method = "share of steps with evidence; distinct methods as named"
    steps = [claim for claim in claims if claim.kind in {"touchpoint", "stage"}]
    listed = {grounding: _ids(claim for claim in steps if claim.grounding == grounding) for grounding in _GROUNDINGS}

    def share(part: int, whole: Sequence[Claim] = steps) -> float | None:
        return part / len(whole) if whole else None

    empirical = len(listed["single method"]) + len(listed["triangulated"])
    bare = sum(claim.grounding in {"no evidence", "assumption"} for claim in claims)
    result = EvidenceCoverage(
        value=share(len(steps) - len(listed["no evidence"])),
        unit="share",
        n=len(steps),
        method=method,
        reason="" if steps else "the map has no steps",
        empirical_coverage=share(empirical),
        triangulated_share=share(len(listed["triangulated"])),
        assumption_share=share(bare, claims),
        no_evidence=listed["no evidence"],
        assumption_only=listed["assumption"],
        single_method=listed["single method"],
        triangulated=listed["triangulated"],
        stale=_ids(claim for claim in claims if claim.stale),
        contradicted=_ids(claim for claim in claims if claim.contradicted),
        claims=claims,
    )
    return sealed(
        result,
        strict=strict,
        inputs=(tuple((c.kind, c.id, c.grounding, c.sources, c.stale, c.contradicted) for c in claims), half_life_days),
    )


_GROUNDINGS: tuple[Grounding, ...] = ("no evidence", "assumption", "single method", "triangulated")


def _ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted(claim.id for claim in claims))


def _grounding(items: int, methods: Sequence[str]) -> Grounding:
    if not items:
        return "no evidence"
    if not methods:
        return "assumption"
    return "single method" if len(methods) == 1 else "triangulated"


def _plain_claims(data: object, kinds: Mapping[str, str]) -> tuple[Claim, ...]:
    if not isinstance(data, Mapping):
        raise AnalysisError(f'{shown(data)} is no evidence by step; give a mapping such as {{"ad": ["survey", "interview"], "chat": []}}')
    claims = []
    for step, given in data.items():
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise AnalysisError(f"{step}: {shown(given)} is no list of methods; put it in [ ]")
        items = [str(method) for method in given]
        methods = tuple(sorted({method for method in items if kinds.get(method, method) not in NOT_EMPIRICAL}))
        claims.append(
            Claim(
                id=str(step),
                name=str(step),
                kind="touchpoint",
                grounding=_grounding(len(items), methods),
                methods=methods,
                sources=tuple(dict.fromkeys(items)),
            )
        )
    return tuple(claims)


def _claims(journey: Journey, half_life_days: float) -> Iterator[Claim]:
    counting = {source.id: source for source in journey.sources if source.weight > 0}
    judged: dict[tuple[str, ...], tuple[Grounding, tuple[str, ...], bool | None]] = {}

    def claim(kind: str, part: str, name: str, evidence: Sequence[Evidence], stated: float | None = None) -> Claim:
        counted = [item for item in evidence if item.weight > 0 and item.source in counting] if evidence else []
        sources = tuple(dict.fromkeys(item.source for item in counted))
        if sources not in judged:
            judged[sources] = _judged([counting[source] for source in sources], journey.updated, half_life_days)
        grounding, methods, stale = judged[sources]
        return Claim(
            id=part,
            name=name,
            kind=kind,
            grounding=grounding,
            methods=methods,
            sources=sources,
            stale=stale,
            contradicted=len(counted) + (stated is not None) > 1 and _contradicted(counted, stated),
        )

    for stage in journey.stages:
        felt = stage.emotion.valence if stage.emotion else None
        if not stage.touchpoints:
            pains = [item for pain in stage.pains for item in pain.evidence]
            yield claim("stage", stage.id, stage.name, [*stage.evidence, *pains], felt)
        for touchpoint in stage.touchpoints:
            felt = touchpoint.emotion.valence if touchpoint.emotion else None
            yield claim("touchpoint", touchpoint.id, touchpoint.name, evidence_of(touchpoint), felt)
    for pain in journey.all_pains():
        yield claim("pain point", pain.id, pain.description, pain.evidence)
    for opportunity in journey.all_opportunities():
        yield claim("opportunity", opportunity.id, opportunity.name, opportunity.evidence)
    for persona in journey.personas:
        yield claim("persona", persona.id, persona.name, persona.evidence)
    for metric in journey.all_metrics():
        yield claim("metric", metric.id, metric.name, metric.evidence)


def _judged(sources: Sequence[Source], on: date | None, half_life_days: float) -> tuple[Grounding, tuple[str, ...], bool | None]:
    """How well these sources ground a claim, by which methods, and whether all of them that are empirical are old."""
    empirical = [source for source in sources if is_empirical(source)]
    methods = tuple(sorted({str(source.kind) for source in empirical}))
    fresh = [freshness(source, on, half_life_days=half_life_days) for source in empirical]
    dated = [share for share in fresh if share is not None]
    stale = max(dated) < 0.5 - _SAME if dated and len(dated) == len(fresh) else None
    return _grounding(len(sources), methods), methods, stale


def _contradicted(counted: Sequence[Evidence], stated: float | None) -> bool:
    """By source the weighted mean of its scores; the map's own word is one more voice."""
    by_source: dict[str, list[tuple[float, float]]] = {}
    for item in counted:
        if item.score is not None:
            by_source.setdefault(item.source, []).append((item.score, item.weight))
    voices = [fsum(score * weight for score, weight in said) / fsum(weight for _, weight in said) for said in by_source.values()]
    voices += [stated] if stated is not None else []
    return len(voices) > 1 and min(voices) < 0 < max(voices) and max(voices) - min(voices) > GROUPS_APART + _SAME
