"""Whether personas really differ in what they answer (I4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import fsum
from typing import ClassVar, NamedTuple, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.comparisons import Effect, independent_means, independent_shares
from journeymap.analysis.doors import known, numbers
from journeymap.analysis.extras import extra
from journeymap.analysis.felt import map_cautions, points_of
from journeymap.analysis.guards import FEW_ANSWERS
from journeymap.analysis.intervals import LEVEL, Interval, check_level, mean_and_sd
from journeymap.analysis.multiplicity import FEWEST_PER_GROUP, benjamini_hochberg
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.analysis.samples import Sample
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

Answers: TypeAlias = Iterable[float | None]
PersonaRows: TypeAlias = Mapping[str, Answers] | Mapping[str, Mapping[str, Answers]] | Iterable[tuple[str, str, float | None]]
"""Answers by persona; by persona and touchpoint; or one row (persona, touchpoint, answer) a respondent."""

ALL = "all"
"""The touchpoint of answers that belong to none."""


@frozen(kw_only=True)
class PersonaComparison:
    """Two personas at one touchpoint."""

    step: str
    first: str
    second: str
    difference: float
    """First - second: of means, or of shares where all answers are 0 or 1."""
    interval: Interval | None
    n_first: int | None
    n_second: int | None
    test: str
    p_value: float | None
    adjusted: float | None
    """The p-value adjusted for all comparisons (Benjamini & Hochberg)."""
    cliffs_delta: float | None
    """How often the first answers higher than the second, minus how often lower: -1 to 1."""
    rank_p: float | None
    """Of the Mann-Whitney test, unadjusted."""
    differs: bool | None
    """Whether the adjusted p-value is below 1 - level; None without a test."""


@frozen(kw_only=True)
class PersonaMean:
    """One persona over all its touchpoints."""

    persona: str
    mean: float
    """Over its answers as they are."""
    standardised: float | None
    """As it would be if its answers came from the same mix of touchpoints as all; None where it lacks a touchpoint."""
    n: int | None


@frozen(kw_only=True)
class ComparePersonas(Result):
    """Personas compared at each touchpoint; the value is how many differences hold."""

    analysis: ClassVar[str] = "compare_personas"
    subject: ClassVar[str] = "The number of differences between personas that hold"
    counted: ClassVar[str] = "comparisons"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "comparisons"

    comparisons: tuple[PersonaComparison, ...]
    """The smallest adjusted p-value first, then those without a test; ties by touchpoint and personas."""
    means: tuple[PersonaMean, ...]

    def _told(self) -> str:
        tested = sum(row.differs is not None for row in self.comparisons)
        if not tested:
            return "No difference between personas could be tested"
        if not self.value:
            return f"None of {tested} differences between personas stands out from chance"
        first = self.comparisons[0]
        where = "" if first.step == ALL else f" at {first.step!r}"
        return (
            f"{int(self.value)} of {tested} differences between personas hold, the clearest between {first.first} and "
            f"{first.second}{where} ({amount(first.difference)})"
        )


class _Compared(NamedTuple):
    """Two personas at one touchpoint, before all comparisons are adjusted together."""

    step: str
    first: str
    second: str
    n_first: int | None
    n_second: int | None
    effect: Effect
    cliffs_delta: float | None
    rank_p: float | None

    def told(self, adjusted: float | None, level: float) -> PersonaComparison:
        return PersonaComparison(
            step=self.step,
            first=self.first,
            second=self.second,
            difference=self.effect.difference,
            interval=self.effect.interval,
            n_first=self.n_first,
            n_second=self.n_second,
            test=self.effect.test,
            p_value=self.effect.p_value,
            adjusted=adjusted,
            cliffs_delta=self.cliffs_delta,
            rank_p=self.rank_p,
            differs=None if adjusted is None else adjusted < 1 - level,
        )


@frozen
class _Cell:
    persona: str
    step: str
    sample: Sample


def compare_personas(data: Journey | PersonaRows, *, level: float = LEVEL, strict: bool = False) -> ComparePersonas:
    """Do personas really differ, and where?

    At each touchpoint every two personas: the difference of means (first - second) with Welch's interval and test, Cliff's delta
    and the Mann-Whitney test; where all answers are 0 or 1, the difference of shares with Newcombe's interval and the z test
    with pooled variance. All p-values of the tests are adjusted together (Benjamini & Hochberg), and a difference holds where the
    adjusted one is below 1 - ``level``. Fewer than 5 answers on a side have the difference alone (`TOO_SMALL`). ``means`` has each
    persona's mean over everything, as it is and standardised to the mix of touchpoints of all answers together.

    A map brings what single personas feel, with ``n`` and ``spread`` (the standard deviation); it has no ranks to compare.
    Means need scipy (extra ``stats``). NotEnoughData where no touchpoint has two personas.

    Sources: Welch (1947); Mann & Whitney (1947); Cliff (1993); Newcombe (1998); Benjamini & Hochberg (1995).

    >>> compare_personas({"Maya": [1] * 18 + [0] * 2, "Tom": [1] * 6 + [0] * 14}).comparisons[0].differs
    True
    """
    level = check_level(level)
    warnings: list[Caution] = []
    if isinstance(data, Journey):
        cells, missing = _of_map(data), 0
        steps = {cell.step for cell in cells}
        warnings = list(map_cautions(data, [point for point in points_of(data) if point.id in steps]))
    else:
        cells, missing = _of_rows(data)
    order = {cell.persona: None for cell in cells}
    found: list[_Compared] = []
    for step, here in _at(cells).items():
        kept = [persona for persona in order if persona in here]
        found += [_compared(step, first, second, here[first], here[second], level) for first, second in combinations(kept, 2)]
    if not found:
        raise NotEnoughData(
            "compare_personas", "no touchpoint has answers of two personas", "answers of two or more personas at the same one"
        )
    adjusted = benjamini_hochberg([row.effect.p_value for row in found])
    rows = [row.told(p, level) for row, p in zip(found, adjusted, strict=True)]
    tested = sum(p is not None for p in adjusted)
    if tested > 1:
        warnings.append(caution("MULTIPLE_TESTS", f"{tested} differences are tested"))
    if tested < len(rows):
        told = f"in {len(rows) - tested} of {len(rows)} comparisons a side has fewer than {FEWEST_PER_GROUP} answers, or no spread"
        warnings.append(caution("TOO_SMALL", told))
    small = sum(min(row.n_first or 0, row.n_second or 0) < FEW_ANSWERS for row in rows)
    if small:
        warnings.append(caution("SMALL_N", f"in {small} of {len(rows)} comparisons a side has fewer than {FEW_ANSWERS} answers"))
    result = ComparePersonas(
        value=sum(bool(row.differs) for row in rows),
        unit="differences",
        n=len(rows),
        missing=missing,
        method="pairwise tests, adjusted by Benjamini and Hochberg",
        assumptions=("each answer comes from another customer",),
        warnings=tuple(warnings),
        comparisons=tuple(sorted(rows, key=lambda r: (2.0 if r.adjusted is None else r.adjusted, r.step, r.first, r.second))),
        means=_means(cells),
    )
    return sealed(
        result,
        strict=strict,
        inputs=(tuple((c.persona, c.step, c.sample.value, c.sample.n, c.sample.sd, c.sample.answers) for c in cells), level),
    )


def cliffs_delta(first: Sequence[float], second: Sequence[float]) -> float:
    """How often a value of the first is above one of the second, minus how often below, over all pairs (Cliff 1993).

    >>> cliffs_delta([1, 2, 3], [1, 0])
    0.8333333333333334
    """
    from bisect import bisect_left, bisect_right

    others = sorted(second)
    above = sum(bisect_left(others, value) for value in first)
    below = sum(len(others) - bisect_right(others, value) for value in first)
    return (above - below) / (len(first) * len(others))


def _at(cells: Sequence[_Cell]) -> dict[str, dict[str, Sample]]:
    by_step: dict[str, dict[str, Sample]] = {}
    for cell in cells:
        by_step.setdefault(cell.step, {})[cell.persona] = cell.sample
    return by_step


def _compared(step: str, first: str, second: str, one: Sample, other: Sample, level: float) -> _Compared:
    shares = one.kind == other.kind == "share"
    enough = min(one.n or 0, other.n or 0) >= FEWEST_PER_GROUP and (shares or None not in {one.sd, other.sd})
    effect = Effect(one.value - other.value, None, None, "no test", None)
    if enough:
        effect = independent_shares(one.share, other.share, level=level) if shares else independent_means(one, other, level=level)
    delta = rank_p = None
    if one.answers and other.answers:
        delta = cliffs_delta(one.answers, other.answers)
        if enough and not shares and len({*one.answers, *other.answers}) > 1:
            rank_p = float(extra("scipy.stats", "comparing ranks").mannwhitneyu(one.answers, other.answers).pvalue)
    return _Compared(step, first, second, one.n, other.n, effect, delta, rank_p)


def _of_map(journey: Journey) -> list[_Cell]:
    return [
        _Cell(persona.id, touchpoint.id, Sample("mean", felt.valence, felt.n, felt.spread))
        for touchpoint in journey.touchpoints
        for persona in journey.personas
        if (felt := touchpoint.emotions.get(persona.id)) is not None
    ]


def _of_rows(data: object) -> tuple[list[_Cell], int]:
    table: dict[tuple[str, str], list[float | None]] = {}
    if isinstance(data, Mapping):
        for persona, answers in data.items():
            by_step = answers if isinstance(answers, Mapping) else {ALL: answers}
            for step, values in by_step.items():
                if isinstance(values, str) or not isinstance(values, Iterable):
                    raise AnalysisError(f"{persona}[{step!r}]: {shown(values)} are no answers; put them in [ ]")
                table[str(step), str(persona)] = list(numbers(_plain(values), what=f"{persona}[{step!r}]"))
    elif isinstance(data, Iterable) and not isinstance(data, str):
        for index, row in enumerate(data):
            if not isinstance(row, tuple | list) or len(row) != 3:
                raise AnalysisError(f"row {index}: {shown(row)} is not (persona, touchpoint, answer)")
            persona, step, value = row
            table.setdefault((str(step), str(persona)), []).extend(numbers(_plain([value]), what=f"row {index}"))
    else:
        raise AnalysisError(f'{shown(data)} are no answers by persona; give {{"Maya": [4, 5], "Tom": [2, 3]}}')
    binary = {step: True for step, _ in table}
    for (step, _), values in table.items():
        binary[step] = binary[step] and set(known(values)) <= {0.0, 1.0}
    cells = []
    for (step, persona), values in table.items():
        answers = known(values)
        if answers:
            mean, sd = mean_and_sd(answers)
            cells.append(_Cell(persona, step, Sample("share" if binary[step] else "mean", mean, len(answers), sd, answers)))
    return cells, sum(value is None for values in table.values() for value in values)


def _plain(values: Iterable[object]) -> list[float | None]:
    """True and false as 1 and 0; what is no number is told where it is read."""
    return [float(value) if isinstance(value, bool) else value for value in values]  # type: ignore[misc]  # numbers() checks them


def _means(cells: Sequence[_Cell]) -> tuple[PersonaMean, ...]:
    by_persona: dict[str, dict[str, Sample]] = {}
    weights: dict[str, float] = {}
    counted = all(cell.sample.n for cell in cells)
    for cell in cells:
        by_persona.setdefault(cell.persona, {})[cell.step] = cell.sample
        weights[cell.step] = weights.get(cell.step, 0.0) + (cell.sample.n or 1 if counted else 1)
    total = fsum(weights.values())
    found = []
    for persona, steps in by_persona.items():
        sizes = {step: float(sample.n or 1) if counted else 1.0 for step, sample in steps.items()}
        found.append(
            PersonaMean(
                persona=persona,
                mean=fsum(sizes[step] * sample.value for step, sample in steps.items()) / fsum(sizes.values()),
                standardised=fsum(weights[s] * steps[s].value for s in weights) / total if len(steps) == len(weights) else None,
                n=int(fsum(sizes.values())) if counted else None,
            )
        )
    return tuple(found)
