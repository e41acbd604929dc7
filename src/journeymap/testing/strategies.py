"""Hypothesis strategies for the model: valid journeys with every field in use, awkward words included.

For tests of whatever reads, writes or draws journeys:

    @given(journeys())
    def test_comes_back(journey):
        assert loads(dumps(journey)) == journey
"""

from __future__ import annotations

from functools import cache
from typing import get_args

from attrs import evolve

from journeymap.model import (
    END,
    LAYERS,
    START,
    Activity,
    Atlas,
    AtlasLink,
    AtlasLinkKind,
    Channel,
    ChannelKind,
    Emotion,
    Evidence,
    Horizon,
    Journey,
    JourneyKind,
    Link,
    Metric,
    MetricKind,
    MomentKind,
    MomentOfTruth,
    Opportunity,
    PainPoint,
    Persona,
    Perspective,
    Scale,
    Source,
    SourceKind,
    Stage,
    Status,
    Touchpoint,
    Transition,
    TransitionKind,
)
from journeymap.testing.settling import settled
from journeymap.testing.values import (
    AWKWARD,
    counts,
    durations,
    estimates,
    extras,
    few,
    ids,
    lengths,
    names,
    numbers,
    or_none,
    st,
    texts,
    urls,
)

__all__ = [
    "AWKWARD", "activities", "atlases", "channels", "emotions", "ids", "journeys", "metrics", "moments", "names", "opportunities", "pains",
    "personas", "scales", "sources", "stages", "texts", "touchpoints", "transitions",
]  # fmt: skip

_PLACES = "01234567"
"""References of pieces on their own: `settled` points them to what a journey holds."""


@cache
def emotions() -> st.SearchStrategy[Emotion]:
    """Emotions from -2 to +2."""
    return st.builds(Emotion, numbers(-2, 2), label=texts(max_size=10), n=or_none(counts()), spread=or_none(numbers(0, 4)))


@cache
def scales() -> st.SearchStrategy[Scale]:
    """Scales of numbers and scales of words."""
    ends = st.lists(numbers(-1e6, 1e6), min_size=2, max_size=2, unique=True).map(sorted)
    words = st.lists(names(max_size=10), min_size=2, max_size=7, unique=True)
    return ends.map(lambda pair: Scale(pair[0], pair[1])) | words.map(lambda labels: Scale.words(*labels))


@cache
def channels() -> st.SearchStrategy[Channel]:
    """Channels, of the kind that their name says or of another."""
    return names(max_size=12).map(Channel) | st.builds(Channel, names(max_size=12), id=ids(), kind=st.sampled_from(get_args(ChannelKind)))


@cache
def sources() -> st.SearchStrategy[Source]:
    """Sources of every kind."""
    return st.builds(
        Source,
        names(),
        id=ids(),
        kind=or_none(st.sampled_from(get_args(SourceKind))),
        solicited=or_none(st.booleans()),
        n=or_none(counts()),
        date=or_none(st.dates()),
        weight=numbers(0, 1e6),
        quote=texts(),
        url=st.just("") | urls(),
        notes=texts(),
        extra=extras(),
    )


@cache
def personas() -> st.SearchStrategy[Persona]:
    """Personas with every field in use."""
    return st.builds(
        Persona,
        names(),
        id=ids(),
        role=texts(),
        segment=texts(),
        share=or_none(numbers(0, 1)),
        quote=texts(),
        goals=few(names()),
        needs=few(names()),
        frustrations=few(names()),
        behaviours=few(names()),
        traits=few(names()),
        demographics=extras(),
        channels=few(channels()),
        image=texts(),
        evidence=_evidence(),
        notes=texts(),
        extra=extras(),
    )


@cache
def activities() -> st.SearchStrategy[Activity]:
    """What happens behind a touchpoint, in every layer."""
    return st.builds(
        Activity,
        names(),
        id=ids(),
        layer=st.sampled_from(LAYERS),
        owner=texts(),
        system=texts(),
        manual=st.booleans(),
        duration=lengths(),
        notes=texts(),
        extra=extras(),
    )


@cache
def pains() -> st.SearchStrategy[PainPoint]:
    """Pain points of every severity."""
    return st.builds(
        PainPoint,
        names(),
        id=ids(),
        severity=or_none(st.integers(1, 4)),
        frequency=or_none(numbers(0, 1)),
        persona=or_none(st.sampled_from(_PLACES)),
        evidence=_evidence(),
        notes=texts(),
        extra=extras(),
    )


@cache
def opportunities() -> st.SearchStrategy[Opportunity]:
    """Opportunities, their estimates as numbers or ranges."""
    return st.builds(
        Opportunity,
        names(),
        id=ids(),
        addresses=_places(),
        impact=estimates(1, 5),
        effort=estimates(1, 5),
        confidence=estimates(0, 1),
        reach=estimates(0, 1e9),
        requires=_places(),
        horizon=or_none(st.sampled_from(get_args(Horizon))),
        owner=texts(),
        status=texts(),
        ticket=texts(),
        affects=few(names()),
        evidence=_evidence(),
        notes=texts(),
        extra=extras(),
    )


@cache
def metrics() -> st.SearchStrategy[Metric]:
    """Metrics, measured or only named."""
    values = or_none(numbers(-1e300, 1e300))
    return st.builds(
        Metric,
        names(),
        id=ids(),
        kind=or_none(st.sampled_from(get_args(MetricKind))),
        value=values,
        n=or_none(counts()),
        unit=texts(max_size=8),
        text=texts(max_size=8),
        baseline=values,
        target=values,
        observed=or_none(st.dates()),
        perspective=or_none(st.sampled_from(get_args(Perspective))),
        evidence=_evidence(),
        notes=texts(),
        extra=extras(),
    )


@cache
def moments() -> st.SearchStrategy[MomentOfTruth]:
    """Moments of truth of every kind."""
    return st.builds(MomentOfTruth, or_none(st.sampled_from(get_args(MomentKind))), reason=texts(), weight=or_none(numbers(0, 1e6)))


@st.composite
def touchpoints(draw: st.DrawFn) -> Touchpoint:
    """Touchpoints with every field in use; the personas, sources and pains that they name live in no journey."""
    return draw(_touchpoints())


@cache
def _touchpoints() -> st.SearchStrategy[Touchpoint]:
    degrees = or_none(numbers(1, 5))
    return st.builds(
        Touchpoint,
        names(),
        id=ids(),
        channel=or_none(channels()),
        personas=_places(),
        actions=few(names()),
        thoughts=few(names()),
        emotion=or_none(emotions()),
        emotions=st.dictionaries(st.sampled_from(_PLACES), emotions(), max_size=2),
        believed_emotion=or_none(emotions()),
        engagement=degrees,
        pains=few(pains()),
        opportunities=few(opportunities()),
        metrics=few(metrics()),
        moment=or_none(moments()),
        goal=st.booleans(),
        activities=few(activities()),
        owner=texts(),
        perceived_owner=texts(),
        duration=lengths(),
        satisfaction=degrees,
        importance=degrees,
        importance_to_organisation=degrees,
        evidence=_evidence(),
        images=few(names()),
        links=few(st.builds(Link, urls(), name=texts())),
        notes=texts(),
        extra=extras(),
    )


@st.composite
def stages(draw: st.DrawFn, *, max_touchpoints: int = 3) -> Stage:
    """Stages with every field in use, of up to ``max_touchpoints`` touchpoints."""
    return draw(_stages(max_touchpoints))


@cache
def _stages(max_touchpoints: int) -> st.SearchStrategy[Stage]:
    return st.builds(
        Stage,
        names(),
        st.lists(touchpoints(), max_size=max_touchpoints),
        id=ids(),
        phase=texts(),
        goal=texts(),
        period=texts(),
        owner=texts(),
        emotion=or_none(emotions()),
        thoughts=few(names()),
        pains=few(pains()),
        opportunities=few(opportunities()),
        metrics=few(metrics()),
        evidence=_evidence(),
        notes=texts(),
        extra=extras(),
    )


@cache
def transitions() -> st.SearchStrategy[Transition]:
    """Transitions with every field in use; the touchpoints that they join live in no journey."""
    return st.builds(
        Transition,
        st.sampled_from([START, *_PLACES]),
        st.sampled_from([*_PLACES, END]),
        kind=st.sampled_from(get_args(TransitionKind)),
        probability=or_none(numbers(0, 1)),
        count=or_none(counts()),
        wait=lengths(),
        condition=texts(),
        manual=st.booleans(),
        notes=texts(),
        extra=extras(),
    )


@st.composite
def journeys(draw: st.DrawFn, *, max_stages: int = 3, max_touchpoints: int = 3) -> Journey:
    """Valid journeys with every field in use and references that point to something."""
    return draw(_journeys(max_stages, max_touchpoints))


@cache
def _journeys(max_stages: int, max_touchpoints: int) -> st.SearchStrategy[Journey]:
    return st.builds(
        settled,
        names(),
        st.lists(stages(max_touchpoints=max_touchpoints), max_size=max_stages),
        id=ids(),
        kind=st.sampled_from(get_args(JourneyKind)),
        organisation=texts(),
        scenario=texts(),
        expectations=few(names()),
        status=or_none(st.sampled_from(get_args(Status))),
        owner=texts(),
        version=texts(),
        updated=or_none(st.dates()),
        review_every=or_none(durations()),
        based_on=or_none(ids()),
        language=st.sampled_from(["en", "de-AT", "ar", "zh-Hans"]),
        scale=scales(),
        personas=few(personas()),
        metrics=few(metrics()),
        sources=few(sources()),
        opportunities=few(opportunities()),
        transitions=st.lists(transitions(), max_size=4),
        notes=texts(),
        extra=extras(),
    )


@st.composite
def atlases(draw: st.DrawFn, *, max_journeys: int = 3) -> Atlas:
    """Valid atlases of up to ``max_journeys`` journeys, linked in every way that makes no journey a part of itself."""
    held = draw(st.lists(journeys(max_stages=2, max_touchpoints=2), max_size=max_journeys, unique_by=lambda journey: journey.id))
    held = [evolve(journey, based_on=draw(st.sampled_from([None, *(base.id for base in held[:i])]))) for i, journey in enumerate(held)]
    links: dict[tuple[str, str, str], AtlasLink] = {}
    for _ in range(draw(st.integers(0, 3)) if held else 0):
        source, target = sorted(draw(st.lists(st.integers(0, len(held) - 1), min_size=2, max_size=2)))
        places = [*(stage.id for stage in held[source].stages), *(step.id for step in held[source].touchpoints)]
        kind = draw(st.sampled_from([kind for kind in get_args(AtlasLinkKind) if source != target or kind != "sub-journey"]))
        at = draw(st.sampled_from([None, *places]))
        link = AtlasLink(held[source].id, held[target].id, kind=kind, at=at, condition=draw(texts()), notes=draw(texts()))
        links[link.key] = evolve(link, extra=draw(extras()))
    return Atlas(draw(names()), held, id=draw(ids()), links=list(links.values()), notes=draw(texts()), extra=draw(extras()))


@cache
def _evidence() -> st.SearchStrategy[list[Evidence]]:
    return few(st.builds(Evidence, st.sampled_from(_PLACES), score=or_none(numbers(-2, 2)), weight=numbers(0, 1e6), quote=texts()))


@cache
def _places() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(_PLACES), max_size=2)
