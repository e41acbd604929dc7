"""What hurts in several journeys (M2), and the few fixes that would ease most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import fsum, log
from typing import ClassVar, TypeAlias

from attrs import frozen

from journeymap.analysis.doors import number
from journeymap.analysis.result import Result, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey, PainPoint

ByJourney: TypeAlias = Mapping[str, Iterable[str]]
"""By journey, the pains in it."""


@frozen(kw_only=True)
class SharedPain:
    """One pain, wherever it hurts."""

    id: str
    name: str
    journeys: tuple[str, ...]
    """The ids of the journeys that have it, sorted."""
    personas: tuple[str, ...]
    """The personas whom it hurts, sorted; all those of a journey where it says none."""
    weight: float
    """How much it weighs, summed over the journeys: severity times frequency from maps, each 1 where that is unknown."""
    fixes: tuple[str, ...]
    """The opportunities that ease it, sorted."""


@frozen(kw_only=True)
class Fix:
    """One chosen fix, in the order of choice."""

    id: str
    eases: tuple[str, ...]
    """The pains that it is the first to ease."""
    gain: float
    """The share of all weight that it adds."""
    covered: float
    """The share of all weight that is eased with it and those before."""


@frozen(kw_only=True)
class SharedPains(Result):
    """The pains of a portfolio; the value is how many hurt in more than one journey."""

    analysis: ClassVar[str] = "shared_pains"
    subject: ClassVar[str] = "The number of shared pains"
    counted: ClassVar[str] = "pains"
    table: ClassVar[str] = "pains"

    pains: tuple[SharedPain, ...]
    """Those of most journeys first, then of most weight, ties by id."""
    fixes: tuple[Fix, ...]
    """A small set of fixes that eases ``cut`` of the weight, or as much as there are fixes for."""
    covered: float
    """The share of the weight that they ease."""
    bound: float | None
    """No set that eases as much is smaller by more than this factor; None without fixes."""
    unfixed: tuple[str, ...]
    """The ids of the pains that nothing eases, sorted."""

    @property
    def shared(self) -> tuple[SharedPain, ...]:
        """Those that hurt in more than one journey."""
        return tuple(pain for pain in self.pains if len(pain.journeys) > 1)

    def _told(self) -> str:
        told = f"{len(self.shared)} of {len(self.pains)} pains hurt in more than one journey"
        if self.shared:
            told += f", most of all {self.shared[0].name!r} in {len(self.shared[0].journeys)}"
        if self.fixes:
            told += (
                f"; {len(self.fixes)} fixes would ease {percent(self.covered)} of the trouble: {', '.join(f.id for f in self.fixes[:3])}"
            )
        return told + (" ..." if len(self.fixes) > 3 else "")


def shared_pains(
    data: Iterable[Journey] | ByJourney,
    *,
    fixes: Mapping[str, Iterable[str]] | None = None,
    weights: Mapping[str, float] | None = None,
    cut: float = 0.8,
    strict: bool = False,
) -> SharedPains:
    """What hurts in several journeys, and which few fixes ease most of it?

    Pains with the same id are the same pain. From maps a pain weighs severity times frequency in each journey, 1 where one of them
    is unknown; the fixes are the opportunities, by id, with the pains that they address. Plain data are the pains by journey,
    the pains that each of ``fixes`` eases, and ``weights`` (1 unless given). The set of fixes is chosen greedily, always the one
    that adds most weight (ties by id), until ``cut`` of the weight is eased. It has at most ``bound`` times as many fixes as are
    needed, 1 + ln(weight to ease / weight still to ease before the last fix). Unit: pains.

    Sources: Johnson (1974) on set cover; Wolsey (1982) for the bound.

    >>> found = shared_pains({"loan": ["wait", "form"], "card": ["wait"]}, fixes={"tracker": ["wait"], "prefill": ["form"]}, cut=0.6)
    >>> found.value, [fix.id for fix in found.fixes]
    (1, ['tracker'])
    """
    cut = number(cut, what="cut", low=0, high=1)
    if isinstance(data, Mapping):
        named: Mapping[str, Iterable[str]] = {name: held for name, held in data.items() if isinstance(name, str)}
        pains = _of_names(named, fixes or {}, weights or {})
        counted = len(named)
    else:
        if fixes is not None or weights is not None:
            raise AnalysisError("fixes, weights: maps bring their own; leave them out, or give plain data")
        journeys = _journeys(data)
        pains = _of_maps(journeys)
        counted = len(journeys)
    if not pains:
        raise NotEnoughData("shared_pains", f"{counted} journeys have no pain points", "pain points")
    easing: dict[str, list[str]] = {}
    for pain in pains:
        for fix in pain.fixes:
            easing.setdefault(fix, []).append(pain.id)
    chosen = _cover(easing, {pain.id: pain.weight for pain in pains}, cut)
    result = SharedPains(
        value=sum(len(pain.journeys) > 1 for pain in pains),
        unit="pains",
        n=len(pains),
        method="pains with the same id; greedy set cover",
        assumptions=("a fix eases the whole of each pain that it addresses",) if easing else (),
        pains=tuple(sorted(pains, key=lambda pain: (-len(pain.journeys), -pain.weight, pain.id))),
        fixes=chosen,
        covered=chosen[-1].covered if chosen else 0.0,
        bound=_bound(chosen, cut),
        unfixed=tuple(sorted(pain.id for pain in pains if not pain.fixes)),
    )
    return sealed(result, strict=strict, inputs=(tuple((p.id, p.journeys, p.personas, p.weight, p.fixes) for p in pains), cut))


def _cover(easing: Mapping[str, Sequence[str]], weights: Mapping[str, float], cut: float) -> tuple[Fix, ...]:
    total = fsum(weights.values())
    eased: set[str] = set()
    weight = Fraction(0)  # exact, so that the sum does not depend on the order of the fixes
    chosen: list[Fix] = []
    # What a fix adds only falls while others are chosen: one whose gain still stands at the head of the heap is the best.
    heap = [(-fsum(weights[pain] for pain in pains), fix) for fix, pains in easing.items()]
    heapify(heap)
    while heap and total > 0 and (not chosen or chosen[-1].covered < cut - 1e-12) and cut > 0:
        known, best = heap[0]
        gain = fsum(weights[pain] for pain in easing[best] if pain not in eased)
        if gain < -known:
            heapreplace(heap, (-gain, best))
            continue
        if gain <= 0:
            break
        heappop(heap)
        new = tuple(sorted(set(easing[best]) - eased))
        eased.update(new)
        weight += sum(Fraction(weights[pain]) for pain in new)
        chosen.append(Fix(id=best, eases=new, gain=gain / total, covered=float(weight) / total))
    return tuple(chosen)


def _bound(chosen: Sequence[Fix], cut: float) -> float | None:
    if not chosen:
        return None
    target = min(cut, chosen[-1].covered)
    return 1 + log(target / (target - chosen[-2].covered)) if len(chosen) > 1 else 1.0


def _of_names(
    data: Mapping[str, Iterable[str]], fixes: Mapping[str, Iterable[str]], weights: Mapping[str, float]
) -> tuple[SharedPain, ...]:
    where: dict[str, list[str]] = {}
    for journey, pains in data.items():
        if isinstance(pains, str) or not isinstance(pains, Iterable):
            raise AnalysisError(f"{journey}: {shown(pains)} is no list of pains; put it in [ ]")
        for pain in dict.fromkeys(map(str, pains)):
            where.setdefault(pain, []).append(str(journey))
    eased = {str(fix): set(map(str, pains)) for fix, pains in fixes.items()}
    unknown = sorted({pain for pains in eased.values() for pain in pains} - where.keys())
    if unknown:
        raise AnalysisError(f"fixes: no journey has the pain {shown(unknown[0])}; name pains as the journeys do")
    return tuple(
        SharedPain(
            id=pain,
            name=pain,
            journeys=tuple(sorted(journeys)),
            personas=(),
            weight=number(weights.get(pain, 1.0), what=f"the weight of {pain}", low=0) * len(journeys),
            fixes=tuple(sorted(fix for fix, pains in eased.items() if pain in pains)),
        )
        for pain, journeys in where.items()
    )


def _journeys(data: object) -> list[Journey]:
    if isinstance(data, str | Journey) or not isinstance(data, Iterable):
        raise AnalysisError(f"{shown(data)[:40]} is no portfolio; give several journeys in [ ], or pains by journey")
    found = list(data)
    wrong = [one for one in found if not isinstance(one, Journey)]
    if wrong:
        raise AnalysisError(f"{shown(wrong[0])} is no journey; give journeys alone")
    twice = [one for one, count in Counter(journey.id for journey in found).items() if count > 1]
    if twice:
        raise AnalysisError(f"two journeys have the id {twice[0]!r}; give each its own")
    return found


def _of_maps(journeys: Sequence[Journey]) -> tuple[SharedPain, ...]:
    held: dict[str, list[tuple[Journey, PainPoint, tuple[str, ...]]]] = {}
    fixes: dict[str, set[str]] = {}
    for journey in journeys:
        for pain, met in _pains(journey):
            held.setdefault(pain.id, []).append((journey, pain, met))
        for idea in journey.all_opportunities():
            for eased in idea.addresses:
                fixes.setdefault(eased, set()).add(idea.id)
    return tuple(
        SharedPain(
            id=pain,
            name=found[0][1].description,
            journeys=tuple(sorted({journey.id for journey, _, _ in found})),
            personas=tuple(sorted({persona for *_, personas in found for persona in personas})),
            weight=fsum(_weight(one) for _, one, _ in found),
            fixes=tuple(sorted(fixes.get(pain, ()))),
        )
        for pain, found in held.items()
    )


def _pains(journey: Journey) -> Iterator[tuple[PainPoint, tuple[str, ...]]]:
    """Each pain with the personas whom it hurts."""
    everyone = tuple(persona.id for persona in journey.personas)
    for stage in journey.stages:
        yield from ((pain, (pain.persona,) if pain.persona else everyone) for pain in stage.pains)
        for touchpoint in stage.touchpoints:
            met = touchpoint.personas or everyone
            yield from ((pain, (pain.persona,) if pain.persona else met) for pain in touchpoint.pains)


def _weight(pain: PainPoint) -> float:
    return 1.0 if pain.severity is None or pain.frequency is None else pain.severity * pain.frequency
