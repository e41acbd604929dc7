"""The findings of a report: what each answer says in a headline, and the rule by which five are chosen.

**The rule.** A topic has one candidate or two; of two the weightier counts. Its *bite* says how much it matters on a scale of
its own, from 0 to 1; the table below has them. Its *certainty* is 1 for a firm answer, 0.8 for one that carries cautions, and 0.6
for a hypothesis, which has no evidence from customers. Candidates are ranked by bite times certainty, ties in the order of the
table. Those below 0.1 are not worth a meeting's time and are left out; of the others the first five stand on the page. There is
no finding without data, so a map that permits no answer has no findings.

| topic | function | bite |
|---|---|---|
| low | `emotion_curve` | how far the lowest step lies below neutral, of the 2 points there are |
| pains | `pareto` | the share of the trouble that the vital few make, where they are at most half of the pains |
| unmet needs | `opportunity_score` | the highest score out of 20, from 10 on |
| lost customers | `leaks`, `conversion` | the share of customers who are lost at the worst step, or who never reach the goal |
| waits | `time_gaps`, else `flow_efficiency` | the share of the whole time that the longest wait, or all waiting, takes |
| belief | `perception_gap` | by how much the business overrates the step that it overrates most, of 4 points |
| personas | `emotion_curve` of each persona | how far two personas are apart at one step, of 4 points |
| memory | `peak_end` | how far memory and the mean of the steps are apart, of 2 points, from half a point on |
| handoffs | `friction`, `handoffs` | the share of handoffs that hurt for two reasons or more, or of ways that change a named owner |
| moments | `moments_of_truth` | of the moments marked or found, the share that is missed or not confirmed, halved |
| evidence | `evidence_coverage` | the share of steps without any voice of customers, halved |
| map | `structure` | weak places a step, loops and what comes after the goal aside, halved |

The last three are halved because they are about the map, not about the journey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from journeymap.analysis import (
    Conversion,
    EmotionCurve,
    EvidenceCoverage,
    FlowEfficiency,
    Friction,
    Handoffs,
    Leaks,
    MomentsOfTruth,
    OpportunityScore,
    Pareto,
    PeakEnd,
    PerceptionGap,
    Result,
    Structure,
    TimeGaps,
)
from journeymap.report.asking import Book
from journeymap.report.figures import Figure
from journeymap.report.values import Finding
from journeymap.report.wording import changes_between, doubt, facts_at, listed, plain_cautions, quoted

MOST = 5
"""So many findings a meeting can discuss."""
LEAST_WEIGHT = 0.1
"""What weighs less is left out."""
CERTAINTY = {"firm": 1.0, "with caution": 0.8, "hypothesis": 0.6}
"""How much a finding counts, by the grade of its answer."""

_HALF_POINT = 0.5
_WORTH_A_SCORE = 10


def found(book: Book) -> tuple[Finding, ...]:
    """The findings that matter, the weightiest first."""
    best: dict[str, Finding] = {}
    for candidate in candidates(book):
        if candidate.topic not in best or candidate.weight > best[candidate.topic].weight:
            best[candidate.topic] = candidate
    worth = [finding for finding in best.values() if finding.weight >= LEAST_WEIGHT]
    return tuple(sorted(worth, key=lambda finding: -round(finding.weight, 9))[:MOST])


def candidates(book: Book) -> Iterator[Finding]:
    """Every finding that there is data for, in the order of the table."""
    for find in _FINDERS:
        finding = find(book)
        if finding is not None:
            yield finding


def _finding(
    result: Result, topic: str, title: str, sentence: str, bite: float, figures: Sequence[Figure], facts: Sequence[str] = ()
) -> Finding:
    return Finding(
        title=title,
        sentence=sentence,
        topic=topic,
        function=result.analysis,
        result=result,
        figures=figures,
        facts=facts,
        doubt=doubt(result),
        cautions=plain_cautions(result),
        bite=min(1.0, bite),
        certainty=CERTAINTY[result.grade],
    )


def _low(book: Book) -> Finding | None:
    curve = book.of(EmotionCurve)
    if curve is None:
        return None
    felt = [(point.valence, place) for place, point in enumerate(curve.points) if point.valence is not None]
    lowest = min(valence for valence, _ in felt)
    if lowest >= 0:
        return None
    at = [place for valence, place in felt if valence == lowest]
    there = book.figure(curve, f"points[{at[0]}].valence", "emotion")
    figures = [there]
    answers = ""
    if len(at) == 1 and curve.points[at[0]].n:
        figures.append(book.figure(curve, f"points[{at[0]}].n", "count"))
        answers = f" (n = {figures[-1]})"
    names = listed([curve.points[place].name for place in at])
    scale = book.journey.scale
    told = f"Customers feel {there} there{answers}, on a scale from {scale.print(-2)} (very bad) to {scale.print(2)} (very good)"
    if curve.value is not None:
        figures.append(book.figure(curve, "value", "emotion"))
        told += f"; the average over the journey is {figures[-1]}"
    facts = facts_at(book, [curve.points[place].id for place in at])
    title = f"The low point is {names}" if len(at) == 1 else f"The low points are {names}"
    return _finding(curve, "low", title, f"{told}.", -lowest / 2, figures, facts)


def _pains(book: Book) -> Finding | None:
    pareto = book.of(Pareto)
    if pareto is None or pareto.value is None or len(pareto.vital_few) * 2 > len(pareto.rows):
        return None
    few, share = book.figure(pareto, "value", "count"), book.figure(pareto, "vital_few_share", "share")
    pains = book.figure(pareto, "n", "count")
    names = listed([row.name for row in pareto.rows if row.vital])
    told = f"{few} of {pains} pain points make {share} of the trouble (how severe, times how many meet it): {names}."
    title = "One pain makes most of the trouble" if len(pareto.vital_few) == 1 else "A few pains make most of the trouble"
    return _finding(pareto, "pains", title, told, pareto.vital_few_share, [few, pains, share])


def _unmet(book: Book) -> Finding | None:
    needs = book.of(OpportunityScore)
    if needs is None or needs.rows[0].value < _WORTH_A_SCORE:
        return None
    first = needs.rows[0]
    score, importance, satisfaction = (book.figure(needs, f"rows[0].{part}", "score") for part in ("value", "importance", "satisfaction"))
    told = (
        f"Customers rate it {importance} out of ten for importance and {satisfaction} for satisfaction. That makes an opportunity score "
        f"of {score}; ten and more means important and badly served."
    )
    title = f"{quoted(first.name)} is important and badly served"
    return _finding(needs, "unmet needs", title, told, first.value / 20, [score, importance, satisfaction])


def _lost(book: Book) -> Finding | None:
    leaks = book.of(Leaks)
    if leaks is not None and leaks.leaks:
        worst = max(range(len(leaks.leaks)), key=lambda place: (leaks.leaks[place].lost, -place))
        leak = leaks.leaks[worst]
        if leak.lost and leak.n_source:
            lost, came = (book.figure(leaks, f"leaks[{worst}].{part}", "count") for part in ("lost", "n_source"))
            source, target = quoted(book.name(leak.source)), quoted(book.name(leak.target))
            told = f"Of {came} customers who come to {source}, {lost} never get to {target}."
            title = f"Most customers are lost after {source}"
            return _finding(leaks, "lost customers", title, told, leak.lost / leak.n_source, [came, lost])
    return None


def _goal(book: Book) -> Finding | None:
    chain = book.of(Conversion)
    if chain is None or chain.value is None or chain.value > 1 - 1e-9:
        return None
    share = book.figure(chain, "value", "share")
    goal = listed([book.name(goal) for goal in chain.goals])
    told = f"{share} of those who start get to {goal}, if customers go the ways that the map says."
    return _finding(chain, "lost customers", f"Not everyone gets to {goal}", told, 1 - chain.value, [share])


def _waits(book: Book) -> Finding | None:
    gaps = book.of(TimeGaps)
    first = gaps.gaps[0] if gaps is not None and gaps.gaps else None
    if gaps is not None and first is not None and first.share:
        wait, share = book.figure(gaps, "gaps[0].median", "hours"), book.figure(gaps, "gaps[0].share", "share")
        source, target = quoted(book.name(first.source)), quoted(book.name(first.target))
        told = (
            f"Customers wait {wait} between {source} and {target}: {share} of all the time that the journey takes, as far as it is known."
        )
        return _finding(gaps, "waits", f"The longest wait comes before {target}", told, first.share, [wait, share])
    return None


def _idle(book: Book) -> Finding | None:
    flow = book.of(FlowEfficiency)
    if flow is None or flow.value is None or _waits(book) is not None:
        return None
    share = book.figure(flow, "value", "share")
    told = f"Something happens for the customer in {share} of the time; the rest is waiting."
    return _finding(flow, "waits", "Most of the time customers wait", told, 1 - flow.value, [share]) if flow.value < 0.5 else None


def _belief(book: Book) -> Finding | None:
    gap = book.of(PerceptionGap)
    if gap is None or not gap.rows or gap.rows[0].gap <= 0:
        return None
    business, customer = (book.figure(gap, f"rows[0].{side}", "emotion") for side in ("business", "customer"))
    name = quoted(gap.rows[0].name)
    told = f"The business believes that customers feel {business} at {name}; they feel {customer}."
    return _finding(gap, "belief", f"{name} is worse than the business believes", told, gap.rows[0].gap / 4, [business, customer])


def _personas(book: Book) -> Finding | None:
    curves = [(persona, book.of(EmotionCurve, persona=persona.id)) for persona in book.journey.personas]
    known = [(persona, curve) for persona, curve in curves if curve is not None]
    best: tuple[float, tuple[int, int], tuple[int, int]] | None = None
    for one, (_, first) in enumerate(known):
        for other, (_, second) in enumerate(known[one + 1 :], start=one + 1):
            places = {point.id: place for place, point in enumerate(second.points) if point.valence is not None}
            for place, point in enumerate(first.points):
                if point.valence is None or point.id not in places:
                    continue
                apart = abs(point.valence - (second.points[places[point.id]].valence or 0.0))
                if apart > 1 and (best is None or apart > best[0]):
                    best = (apart, (one, place), (other, places[point.id]))
    if best is None:
        return None
    apart, (one, here), (other, there) = best
    (a, first), (b, second) = known[one], known[other]
    felt = book.figure(first, f"points[{here}].valence", "emotion"), book.figure(second, f"points[{there}].valence", "emotion")
    step = quoted(first.points[here].name)
    told = f"At {step} {a.name} feels {felt[0]}, {b.name} feels {felt[1]}; an average describes neither."
    return _finding(first, "personas", f"{a.name} and {b.name} do not feel the same", told, apart / 4, felt)


def _memory(book: Book) -> Finding | None:
    memory = book.of(PeakEnd)
    if memory is None or memory.value is None or abs(memory.value - memory.mean) < _HALF_POINT:
        return None
    value, mean, peak, end = (book.figure(memory, part, "emotion") for part in ("value", "mean", "peak", "end"))
    better = memory.value > memory.mean
    where = f"the strongest moment ({quoted(memory.peak_name)}, {peak}) and the end ({quoted(memory.end_name)}, {end})"
    if memory.peak_at == memory.end_at:
        where = f"the end, which is also its strongest moment ({quoted(memory.end_name)}, {end})"
    told = f"People remember a journey by {where}: {value} in memory, against {mean} step by step."
    told += " A good end hides the lows from whoever asks afterwards." if better else " What went well in between is forgotten."
    title = f"The journey is remembered {'better' if better else 'worse'} than it is lived"
    return _finding(memory, "memory", title, told, abs(memory.value - memory.mean) / 2, [value, mean, peak, end])


def _moments(book: Book) -> Finding | None:
    moments = book.of(MomentsOfTruth)
    if moments is None or not any(moment.declared for moment in moments.moments):
        return None  # where nobody has marked any, none has been missed
    names = {verdict: [m.name for m in moments.moments if m.verdict == verdict] for verdict in ("confirmed", "contradicted", "undetected")}
    missed, doubted = names["undetected"], names["contradicted"]
    wrong = len(missed) + len(doubted)
    if not wrong:
        return None
    told = f"Marked and confirmed: {listed(names['confirmed'])}. " if names["confirmed"] else ""
    told += f"Decisive by the data, but not marked: {listed(missed)}. " if missed else ""
    told += f"Marked, though the data point to others: {listed(doubted)}. " if doubted else ""
    title = "Some moments that decide are not marked on the map" if missed else "Not all moments of truth are confirmed"
    return _finding(moments, "moments", title, told.strip(), wrong / (wrong + len(names["confirmed"])) / 2, [])


def _handoffs(book: Book) -> Finding | None:
    friction = book.of(Friction)
    worse = [point for point in friction.points if len(point.reasons) > 1] if friction is not None else []
    if friction is not None and friction.n and worse:
        first = worse[0]
        hurt, handed = book.figure(friction, "value", "count"), book.figure(friction, "n", "count")
        way = f"from {quoted(book.name(first.source))} to {quoted(book.name(first.target))}"
        told = f"Of {handed} handoffs {hurt} hurt; the worst for several reasons at once, such as {way}: {changes_between(book, first)}."
        return _finding(friction, "handoffs", "Customers are handed on, and it hurts", told, len(worse) / friction.n, [handed, hurt])
    return None


def _passed(book: Book) -> Finding | None:
    passed = book.of(Handoffs)
    if passed is None or not passed.value or passed.with_unknown:
        return None
    share = book.figure(passed, "value", "share", n=passed.n)
    of = "" if " of " in share.shown else "of the "
    told = f"At {share} {of}ways from one step to the next the customer is passed on to somebody else."
    return _finding(passed, "handoffs", "The customer changes hands often", told, passed.value, [share])


def _evidence(book: Book) -> Finding | None:
    coverage = book.of(EvidenceCoverage)
    if coverage is None or coverage.empirical_coverage is None or coverage.empirical_coverage == 1:
        return None
    asked = book.figure(coverage, "empirical_coverage", "share", n=coverage.n)
    named = book.figure(coverage, "value", "share", n=coverage.n)
    of = "" if " of " in asked.shown else "of the "
    told = f"{asked} {of}steps rest on something that customers said or did; {named} name any source at all."
    if not coverage.value:
        told += " The map lists sources, but its steps do not say which they rest on." if book.journey.sources else ""
    elif coverage.no_evidence or coverage.assumption_only:
        told += " The rest is assumption, or comes from sources that do not say what kind they are."
    title = "The map does not say what customers said" if not coverage.empirical_coverage else "Parts of the map rest on assumption"
    return _finding(coverage, "evidence", title, told, (1 - coverage.empirical_coverage) / 2, [asked, named])


def _map(book: Book) -> Finding | None:
    structure = book.of(Structure)
    if structure is None or not structure.weaknesses or not structure.n:
        return None
    before = _before_the_goal(book, structure)
    ends = [step for step in structure.dead_ends if step in before]
    open_ends: dict[str, Sequence[str]] = {
        "No way leads to {}.": structure.unreachable,
        "It ends without saying why at {}.": ends,
        "From {} no way leads to the goal.": [step for step in structure.cannot_reach_goal if step in before and step not in ends],
        "It does not say at which of {} customers begin.": structure.of_kind("several-entries"),
        "No step meets {}.": structure.of_kind("orphan-persona"),
        "It states neither a value nor a target for {}.": structure.of_kind("orphan-metric"),
    }
    names = {persona.id: persona.name for persona in book.journey.personas}
    names |= {metric.id: metric.name for metric in book.journey.all_metrics()}
    told = [words.format(listed([names.get(one, book.name(one)) for one in weak])) for words, weak in open_ends.items() if weak]
    places = sum(map(len, open_ends.values()))
    return _finding(structure, "map", "The map leaves questions open", " ".join(told), places / structure.n / 2, []) if told else None


def _before_the_goal(book: Book, structure: Structure) -> set[str]:
    """The steps to which customers come who have not been at the goal yet: what comes after it need lead nowhere."""
    reached, waiting = set(structure.entries), list(structure.entries)
    while waiting:
        step = waiting.pop()
        following = set() if step in structure.goals else set(book.journey.graph.successors(step))
        waiting += following - reached
        reached |= following
    return reached


_FINDERS: tuple[Callable[[Book], Finding | None], ...] = (
    _low,
    _pains,
    _unmet,
    _lost,
    _goal,
    _waits,
    _idle,
    _belief,
    _personas,
    _memory,
    _handoffs,
    _passed,
    _moments,
    _evidence,
    _map,
)
