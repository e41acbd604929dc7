"""Whether those who judge the same things agree (H4): coders of comments, sources of a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import fsum
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

if TYPE_CHECKING:
    from journeymap.analysis.bootstrap import Floats

Scaling = Literal["nominal", "ordinal", "interval", "ratio"]
"""What codes are: names, ranks, numbers with equal steps, or numbers with a true zero."""
Code: TypeAlias = str | float
Codings: TypeAlias = (
    Mapping[str, Mapping[str, Code | None]]
    | Mapping[str, Sequence[Code | None]]
    | Iterable[tuple[str, str, Code | None]]
    | Iterable[list[Code | None]]
)
"""By coder, the codes by unit, or in order of the units; a list of codes a coder; or one row (coder, unit, code) a judgement."""

RELIABLE = 0.8
TENTATIVE = 0.667
"""Krippendorff's thresholds (2004)."""


@frozen(kw_only=True)
class CodedUnit:
    """One unit that at least two have judged."""

    id: str
    codes: int
    """How many have judged it."""
    disagreement: float
    """The mean squared difference between two of its codes (0 or 1 for names)."""
    said: tuple[str, ...]
    """Its codes, in order of the coders."""


@frozen(kw_only=True)
class Agreement(Result):
    """How far coders agree beyond chance; the value is Krippendorff's alpha."""

    analysis: ClassVar[str] = "agreement"
    subject: ClassVar[str] = "The agreement of those who judged"
    counted: ClassVar[str] = "units"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "units"

    scale: Scaling
    coders: tuple[str, ...]
    judgements: int
    """How many codes stand on the units that count."""
    observed: float
    """The observed disagreement."""
    expected: float
    """The disagreement expected by chance."""
    verdict: str
    """reliable from 0.8 on, tentative from 0.667 on, else not reliable."""
    same: float
    """The share of pairs of codes of a unit that are equal."""
    cohen_kappa: float | None
    """For two coders, on the units that both have judged; None if more, or if both always say the same one code."""
    fleiss_kappa: float | None
    """Where every unit has the same number of codes; else None."""
    icc: float | None
    """ICC(2,1) on the units that all have judged (Shrout & Fleiss 1979); None for names and ranks."""
    units: tuple[CodedUnit, ...]
    """The most disputed first, ties by id."""

    def _told(self) -> str:
        told = f"Those who judged agree by {amount(self.value)} (1 is always, 0 as by chance), which is {self.verdict}"
        first = self.units[0]
        said = ", ".join(first.said[:5]) + (" ..." if len(first.said) > 5 else "")
        return told + (f"; most disputed is {first.id!r} ({said})" if first.disagreement else "")


def agreement(
    data: Journey | Codings,
    *,
    scale: Scaling | None = None,
    order: Sequence[str] = (),
    level: float = LEVEL,
    draws: int = 2_000,
    seed: int = 0,
    strict: bool = False,
) -> Agreement:
    """Do those who judged the same things agree?

    Krippendorff's alpha, 1 - observed / expected disagreement: 1 is perfect, 0 is chance, below 0 they contradict. Codes may be
    missing; units with fewer than two are dropped. ``scale`` says how far codes are apart: names are equal or not (nominal, the
    default), ranks by how many lie between (ordinal; ``order`` ranks text), numbers by their squared difference (interval,
    the default on a map) or relative to their size (ratio). The interval resamples units, with the expected disagreement as
    it is, from 20 units on. Beside it stand Cohen's and Fleiss' kappa and ICC(2,1), where they are defined. From 0.8 on
    conclusions are reliable, from 0.667 on tentative.

    On a map the sources are the coders, the touchpoints the units, and the mean of a source's scores the code. If all codes are
    the same, alpha is None: there is nothing to agree on. NotEnoughData if no unit has two codes.

    Sources: Krippendorff (2004, 2011); Cohen (1960); Fleiss (1971); Shrout & Fleiss (1979).

    >>> agreement({"Ann": ["bug", "price", "bug"], "Ben": ["bug", "price", "price"]}).cohen_kappa
    0.4
    """
    scale = scale or ("interval" if isinstance(data, Journey) else "nominal")
    table = _of_sources(data) if isinstance(data, Journey) else _codings(data)
    coders = tuple(table)
    names = tuple(dict.fromkeys(unit for codes in table.values() for unit in codes))
    said = {unit: [(coder, table[coder][unit]) for coder in coders if table[coder].get(unit) is not None] for unit in names}
    kept = {unit: codes for unit, codes in said.items() if len(codes) > 1}
    if not kept:
        raise NotEnoughData("agreement", f"no unit has codes of two among {len(coders)} coders", "units that two or more have judged")
    values = _ranked({code for codes in kept.values() for _, code in codes if code is not None}, scale, order)
    counts = Counter(code for codes in kept.values() for _, code in codes if code is not None)
    distance = _Distance(scale, values, [counts[value] for value in values])
    place = {value: index for index, value in enumerate(values)}
    indexed = {unit: tuple(place[code] for _, code in codes if code is not None) for unit, codes in kept.items()}
    apart = {codes: fsum(distance(i, j) for i, j in combinations(codes, 2)) * 2 for codes in set(indexed.values())}
    within = {unit: apart[codes] for unit, codes in indexed.items()}
    total = sum(counts.values())
    observed = fsum(within[unit] / (len(codes) - 1) for unit, codes in indexed.items()) / total
    expected = distance.expected()
    alpha = 1 - observed / expected if expected > 0 else None
    pairs = [i == j for codes in indexed.values() for i, j in combinations(codes, 2)]
    rows = [
        CodedUnit(
            id=unit,
            codes=len(codes),
            disagreement=within[unit] / (len(codes) * (len(codes) - 1)),
            said=tuple(f"{coder}: {code:g}" if isinstance(code, float) else f"{coder}: {code}" for coder, code in kept[unit]),
        )
        for unit, codes in indexed.items()
    ]
    result = Agreement(
        value=alpha,
        n=len(kept),
        missing=len(names) - len(kept),
        interval=_interval(indexed, within, expected, level, draws, seed) if alpha is not None else None,
        method=f"Krippendorff's alpha, {scale}",
        assumptions=("the coders judged without knowing of each other",),
        warnings=small_n(len(kept), what="units"),
        reason="" if alpha is not None else "all codes are the same, so chance alone would agree",
        scale=scale,
        coders=coders,
        judgements=total,
        observed=observed,
        expected=expected,
        verdict=_verdict(alpha),
        same=sum(pairs) / len(pairs),
        cohen_kappa=_cohen(kept, coders),
        fleiss_kappa=_fleiss(list(indexed.values()), len(values)),
        icc=_icc(table, coders, names) if scale in {"interval", "ratio"} else None,
        units=tuple(sorted(rows, key=lambda row: (-row.disagreement, row.id))),
    )
    return sealed(
        result, strict=strict, inputs=(tuple((c, tuple(codes.items())) for c, codes in table.items()), scale, tuple(order), level)
    )


class _Distance:
    """The squared difference of two codes, by their places in the order of values."""

    def __init__(self, scale: Scaling, values: Sequence[Code], counts: Sequence[int]) -> None:
        import numpy as np

        self._scale = scale
        self._counts = np.array(counts, dtype=float)
        if scale in {"interval", "ratio"}:
            self._at = np.array(values, dtype=float)
        else:  # the middle of each rank, so that ranks with many in between are far apart
            self._at = np.cumsum(self._counts) - self._counts / 2

    def __call__(self, i: int, j: int) -> float:
        if i == j or self._scale == "nominal":
            return float(i != j)
        one, other = float(self._at[i]), float(self._at[j])
        return ((one - other) / (one + other) if self._scale == "ratio" else one - other) ** 2

    def expected(self) -> float:
        """The mean over all pairs of two different judgements."""
        total = float(self._counts.sum())
        rows = (float((self._row(i) * self._counts).sum()) * float(count) for i, count in enumerate(self._counts))
        return fsum(rows) / (total * (total - 1))

    def _row(self, i: int) -> Floats:
        import numpy as np

        if self._scale == "nominal":
            different: Floats = (np.arange(len(self._counts)) != i).astype(float)
            return different
        apart: Floats = self._at - self._at[i]
        if self._scale == "ratio":
            sums = self._at + self._at[i]
            apart = np.divide(apart, sums, out=np.zeros_like(apart), where=sums != 0)
        squared: Floats = apart**2
        return squared


def _codings(data: object) -> dict[str, dict[str, Code | None]]:
    table: dict[str, dict[str, Code | None]] = {}
    if isinstance(data, Mapping):
        for coder, codes in data.items():
            if isinstance(codes, str) or not isinstance(codes, Iterable):
                raise AnalysisError(f"{coder}: {shown(codes)} is no list of codes; put it in [ ]")
            named = codes.items() if isinstance(codes, Mapping) else ((str(place), code) for place, code in enumerate(codes, start=1))
            table[str(coder)] = {str(unit): _code(code, f"{coder}[{unit!r}]") for unit, code in named}
        lengths = {len(codes) for codes in data.values() if not isinstance(codes, Mapping)}
        if len(lengths) > 1:
            raise AnalysisError(
                f"the coders have judged {min(lengths)} to {max(lengths)} units; give one code for each, None where missing"
            )
    elif isinstance(data, Iterable) and not isinstance(data, str):
        rows = list(data)
        if rows and all(isinstance(row, list) for row in rows) and any(len(row) != 3 or not isinstance(row[0], str) for row in rows):
            return _codings({str(place): row for place, row in enumerate(rows, start=1)})
        for index, row in enumerate(rows):
            if not isinstance(row, tuple | list) or len(row) != 3:
                raise AnalysisError(f"row {index}: {shown(row)} is not (coder, unit, code)")
            coder, unit, code = row
            codes_of = table.setdefault(str(coder), {})
            if str(unit) in codes_of:
                raise AnalysisError(f"row {index}: {coder} has judged {unit!r} twice; give one code a unit")
            codes_of[str(unit)] = _code(code, f"row {index}")
    else:
        raise AnalysisError(f'{shown(data)} are no codes; give them by coder: {{"Ann": ["a", "b"], "Ben": ["a", "a"]}}')
    return table


def _code(code: object, what: str) -> Code | None:
    if code is None or isinstance(code, str):
        return code
    if isinstance(code, float) and code != code:  # noqa: PLR0124  frames say "missing" with the number that differs from itself
        return None
    return number(int(code) if isinstance(code, bool) else code, what=what)


def _of_sources(journey: Journey) -> dict[str, dict[str, Code | None]]:
    weights = {source.id: source.weight for source in journey.sources}
    scores: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for touchpoint in journey.touchpoints:
        for item in touchpoint.evidence:
            if item.score is not None and item.weight > 0 and weights[item.source] > 0:
                scores.setdefault(item.source, {}).setdefault(touchpoint.id, []).append((item.score, item.weight))
    return {
        source: {step: fsum(s * w for s, w in said) / fsum(w for _, w in said) for step, said in scores[source].items()}
        for source in weights
        if source in scores
    }


def _ranked(codes: Iterable[Code], scale: Scaling, order: Sequence[str]) -> list[Code]:
    found = set(codes)
    texts = sorted(code for code in found if isinstance(code, str))
    if texts and scale in {"interval", "ratio"}:
        raise AnalysisError(f"{shown(texts[0])} is no number; the scale {scale!r} needs numbers, names are 'nominal'")
    if scale == "ordinal" and (texts or order):
        unknown = [code for code in found if code not in order]
        if unknown:
            raise AnalysisError(f"order: {shown(unknown[0])} is not in it; give every code from the lowest to the highest")
        return [code for code in order if code in found]
    numeric = sorted(code for code in found if not isinstance(code, str))
    if scale == "ratio" and numeric and numeric[0] < 0:
        raise AnalysisError(f"{numeric[0]:g} is below 0; a ratio scale has a true zero, others are 'interval'")
    return [*numeric, *texts]


def _verdict(alpha: float | None) -> str:
    if alpha is None:
        return "undefined"
    return "reliable" if alpha >= RELIABLE else "tentative" if alpha >= TENTATIVE else "not reliable"


def _interval(
    indexed: Mapping[str, Sequence[int]], within: Mapping[str, float], expected: float, level: float, draws: int, seed: int
) -> Interval | None:
    import numpy as np

    from journeymap.analysis.bootstrap import percentile_of_counts

    kinds = Counter((within[unit] / (len(codes) - 1), len(codes)) for unit, codes in indexed.items())
    apart, sizes = np.array(list(kinds), dtype=float).T

    def alphas(counts: Floats) -> Floats:
        drawn: Floats = 1 - (counts @ apart) / (counts @ sizes) / expected
        return drawn

    return percentile_of_counts(list(kinds.values()), alphas, level=level, draws=draws, seed=seed)


def _cohen(kept: Mapping[str, Sequence[tuple[str, Code | None]]], coders: Sequence[str]) -> float | None:
    if len(coders) != 2:
        return None
    both = [(first, second) for (_, first), (_, second) in kept.values()]
    n = len(both)
    one, other = Counter(first for first, _ in both), Counter(second for _, second in both)
    same = sum(first == second for first, second in both)
    chance = sum(one[code] * other[code] for code in one)  # times n²
    return (same * n - chance) / (n * n - chance) if chance < n * n else None


def _fleiss(units: Sequence[Sequence[int]], kinds: int) -> float | None:
    m = len(units[0])
    if any(len(codes) != m for codes in units):
        return None
    same = fsum(sum(count * (count - 1) for count in Counter(codes).values()) / (m * (m - 1)) for codes in units) / len(units)
    totals = Counter(code for codes in units for code in codes)
    chance = fsum((totals[kind] / (m * len(units))) ** 2 for kind in range(kinds))
    return (same - chance) / (1 - chance) if len(totals) > 1 else None


def _icc(table: Mapping[str, Mapping[str, Code | None]], coders: Sequence[str], units: Sequence[str]) -> float | None:
    import numpy as np

    whole = [[table[coder].get(unit) for coder in coders] for unit in units]
    rows = np.array([row for row in whole if None not in row], dtype=float)
    if len(rows) < 2:
        return None
    n, k = rows.shape
    centre = rows.mean()
    of_units = k * float(((rows.mean(axis=1) - centre) ** 2).sum())
    of_coders = n * float(((rows.mean(axis=0) - centre) ** 2).sum())
    rest = float(((rows - centre) ** 2).sum()) - of_units - of_coders
    between, among, error = of_units / (n - 1), of_coders / (k - 1), max(0.0, rest) / ((n - 1) * (k - 1))
    bottom = between + (k - 1) * error + k * (among - error) / n
    return (between - error) / bottom if bottom > 0 else None
