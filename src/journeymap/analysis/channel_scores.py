"""Whether every channel delivers the same experience (E2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from math import fsum, sqrt
from typing import ClassVar, TypeAlias

import numpy as np
from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.comparisons import independent_means
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.intervals import LEVEL, Interval, check_level, chi_square_p, newcombe
from journeymap.analysis.multiplicity import FEWEST_PER_GROUP
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.samples import Answers, Kind, Sample, alike, sample_of
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

ChannelScores: TypeAlias = Mapping[str, Answers] | Iterable[tuple[str, float | None]] | Iterable[tuple[str, float | None, str]]
"""Answers, or counts, by channel; or rows of channel and answer, with the persona if it is known."""
PERMUTATIONS = 9_999


@frozen(kw_only=True)
class ChannelScore:
    """What customers say of one channel."""

    channel: str
    n: int
    mean: float
    """The share, 0 to 1, where answers are 0 and 1."""
    sd: float | None


@frozen(kw_only=True)
class ChannelConsistency(Result):
    """How much of the differences between customers goes with the channel: eta squared, or Cramér's V for shares."""

    analysis: ClassVar[str] = "channel_consistency"
    subject: ClassVar[str] = "How much goes with the channel"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "channels"

    channels: tuple[ChannelScore, ...]
    """The best first, ties by name."""
    gap: float
    """The largest difference between two channels."""
    gap_between: tuple[str, str]
    """The better one first."""
    gap_interval: Interval | None
    """With Bonferroni's correction for having looked for the largest; None without a test."""
    p: float | None
    """Of the F test, or of the chi-square test; None where a group is too small."""
    f: float | None = None
    kruskal_p: float | None = None
    levene_p: float | None = None
    """Whether the spread differs between channels; a small one makes the F test doubtful."""
    chi_square: float | None = None
    exact: bool = False
    """Whether ``p`` comes from permutations, for want of expected counts of 5."""

    def _told(self) -> str:
        best, worst = self.gap_between
        told = (
            f"{best!r} does better than {worst!r} by {amount(self.gap)}, and {percent(self.value)} of the differences go with the channel"
        )
        if self.unit == "Cramér's V":
            told = f"{best!r} does better than {worst!r} by {amount(100 * self.gap)} percentage points"
        return told + (f" (p = {self.p:.2g})" if self.p is not None else "")


def channel_consistency(data: ChannelScores, *, level: float = LEVEL, seed: int = 0, strict: bool = False) -> ChannelConsistency:
    """Is the same experience delivered everywhere?

    Of scores by channel: one-way analysis of variance, F and eta² = between / total sum of squares, Kruskal and Wallis's test, Levene's
    (around the median). Of shares (answers of 0 and 1, or counts): the chi-square of k samples and Cramér's V = √(chi² / n), by 9,999
    permutations where an expected count is below 5. The largest gap with Welch's or Newcombe's interval, at a level corrected for the
    number of pairs. Fewer than 5 answers in a channel: no test, the effect alone (TOO_SMALL).

    Customers choose their channel, so it is NOT_CAUSAL; rows with a persona are checked for SIMPSON. Needs scipy (extra ``stats``) for
    scores. Sources: Fisher (1925); Kruskal & Wallis (1952); Levene (1960), Brown & Forsythe (1974); Cramér (1946).

    >>> from journeymap.analysis import Share
    >>> channel_consistency({"web": Share(30, 50), "phone": Share(45, 60)}).gap_between
    ('phone', 'web')
    """
    check_level(level)
    if isinstance(data, Journey):
        raise NotEnoughData("channel_consistency", "a map does not say what single customers answered", "answers by channel")
    by_channel, personas = _read(data)
    samples = {name: sample_of(answers, question="channel_consistency", side=name) for name, answers in by_channel.items()}
    if len(samples) < 2:
        raise NotEnoughData("channel_consistency", f"{len(samples)} channel", "answers on two or more")
    kind = alike(list(samples.values()))
    order = sorted(samples, key=lambda name: (-samples[name].value, name))
    best, worst = order[0], order[-1]
    pairs = len(samples) * (len(samples) - 1) // 2
    small = [name for name in samples if (samples[name].n or 0) < FEWEST_PER_GROUP]
    n = sum(sample.n or 0 for sample in samples.values())
    missing = sum(sample.missing for sample in samples.values())
    warnings = (caution("NOT_CAUSAL"), *missing_some(there=n, expected=n + missing, what="answers"), *_simpson(personas, best, worst))
    if small:
        told = f"{small[0]} has {samples[small[0]].n} answers, fewer than {FEWEST_PER_GROUP}"
        warnings = (*warnings, caution("TOO_SMALL", told))
    else:
        fewest = min(samples.values(), key=lambda sample: sample.n or 0)
        warnings = (*warnings, *small_n(fewest.n or 0, what="answers on one of the channels"))
    value, tests = (_shares if kind == "share" else _means)([samples[name] for name in order], tested=not small, seed=seed)
    result = ChannelConsistency(
        value=value,
        unit="Cramér's V" if kind == "share" else "share",
        n=n,
        missing=missing,
        method=_method(kind, exact=tests.exact) + (f", seed {seed}" if tests.exact else ""),
        assumptions=("customers choose their channel, so the groups may differ in other ways",),
        warnings=warnings,
        reason="" if value is not None else "all answers are the same",
        channels=tuple(ChannelScore(channel=name, n=samples[name].n or 0, mean=samples[name].value, sd=samples[name].sd) for name in order),
        gap=samples[best].value - samples[worst].value,
        gap_between=(best, worst),
        gap_interval=None if small else _gap(samples[best], samples[worst], kind, 1 - (1 - level) / pairs),
        p=tests.p,
        f=tests.f,
        kruskal_p=tests.kruskal_p,
        levene_p=tests.levene_p,
        chi_square=tests.chi_square,
        exact=tests.exact,
    )
    return sealed(result, strict=strict, inputs=(tuple((name, samples[name]) for name in samples), tuple(personas), level, seed))


@frozen(kw_only=True)
class _Tests:
    p: float | None = None
    f: float | None = None
    kruskal_p: float | None = None
    levene_p: float | None = None
    chi_square: float | None = None
    exact: bool = False


def _method(kind: Kind, *, exact: bool) -> str:
    if kind == "share":
        return "chi-square of k samples, Cramér's V" + (f", p from {PERMUTATIONS:,} permutations" if exact else "")
    return "one-way analysis of variance, eta squared"


def _means(samples: Sequence[Sample], *, tested: bool, seed: int) -> tuple[float | None, _Tests]:
    del seed  # nothing is drawn
    answers = [sample.answers for sample in samples]
    everything = [value for group in answers for value in group]
    mean = fsum(everything) / len(everything)
    total = fsum((value - mean) ** 2 for value in everything)
    between = fsum(len(group) * (sample.value - mean) ** 2 for group, sample in zip(answers, samples, strict=True))
    if total <= 1e-24:
        return None, _Tests()
    if not tested or total - between <= 1e-12 * total:
        return min(1.0, between / total), _Tests()
    stats = extra("scipy.stats", "channel_consistency")
    free = len(everything) - len(answers)
    f = (between / (len(answers) - 1)) / ((total - between) / free)
    levene = float(stats.levene(*answers, center="median").pvalue)
    found = _Tests(
        p=float(stats.f.sf(f, len(answers) - 1, free)),
        f=f,
        kruskal_p=float(stats.kruskal(*answers).pvalue),
        levene_p=None if math.isnan(levene) else levene,
    )
    return min(1.0, between / total), found


def _shares(samples: Sequence[Sample], *, tested: bool, seed: int) -> tuple[float | None, _Tests]:
    sizes = np.array([sample.n or 0 for sample in samples])
    hits = np.array([sample.share.successes for sample in samples])
    n, whole = int(sizes.sum()), float(hits.sum())
    if not 0 < whole < n:
        return None, _Tests()
    statistic = _chi_square(hits[np.newaxis], sizes, whole)[0]
    effect = min(1.0, sqrt(float(statistic) / n))
    if not tested:
        return effect, _Tests(chi_square=float(statistic))
    if min(whole, n - whole) * int(sizes.min()) / n >= 5:
        return effect, _Tests(p=chi_square_p(float(statistic), len(samples) - 1), chi_square=float(statistic))
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(sizes, round(whole), size=PERMUTATIONS)
    as_far = int((_chi_square(drawn.astype(np.float64), sizes, whole) >= statistic - 1e-9).sum())
    return effect, _Tests(p=(as_far + 1) / (PERMUTATIONS + 1), chi_square=float(statistic), exact=True)


def _chi_square(hits: np.ndarray, sizes: np.ndarray, whole: float) -> np.ndarray:
    share = whole / sizes.sum()
    return np.asarray(((hits - sizes * share) ** 2 / (sizes * share * (1 - share))).sum(axis=1))


def _gap(best: Sample, worst: Sample, kind: Kind, level: float) -> Interval | None:
    if kind == "share":
        return newcombe((best.share.successes, best.n or 0), (worst.share.successes, worst.n or 0), level=level)
    return independent_means(best, worst, level=level).interval


def _read(data: object) -> tuple[dict[str, Answers], list[tuple[str, float, str]]]:
    """The answers by channel, and the rows that have a persona."""
    if isinstance(data, Mapping):
        return {str(channel): answers for channel, answers in data.items()}, []
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise AnalysisError(f"channel_consistency: {shown(data)} are no answers by channel; give {{'web': [4, 5], 'phone': [2, 3]}}")
    found: dict[str, list[float | None]] = {}
    personas = []
    for row in data:
        if not isinstance(row, tuple | list) or len(row) not in {2, 3}:
            raise AnalysisError(f"channel_consistency: {shown(row)} is no row of channel, answer and perhaps persona")
        found.setdefault(str(row[0]), []).append(row[1])
        if len(row) == 3 and row[1] is not None:
            personas.append((str(row[0]), float(row[1]), str(row[2])))
    return dict(found), personas


def _simpson(rows: Sequence[tuple[str, float, str]], best: str, worst: str) -> tuple[Caution, ...]:
    """A caution where within most personas the channel that does worse in total does better."""
    groups: dict[str, dict[str, list[float]]] = {}
    for channel, answer, persona in rows:
        if channel in {best, worst}:
            groups.setdefault(persona, {}).setdefault(channel, []).append(answer)
    means = [{channel: fsum(a) / len(a) for channel, a in group.items()} for group in groups.values() if len(group) == 2]
    pointing = [group[best] - group[worst] for group in means if group[best] != group[worst]]
    against = sum(difference < 0 for difference in pointing)
    if not pointing or against * 2 <= len(pointing):
        return ()
    return (caution("SIMPSON", f"in total {best} does better than {worst}, but for {against} of {len(pointing)} personas it does worse"),)
