"""Did it get better (J6)? Before and after, with or without a comparison group, and what the design allows to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.comparisons import (
    Effect,
    bootstrapped,
    difference_of_shares,
    independent_means,
    independent_shares,
    paired_means,
    paired_shares,
    welch,
)
from journeymap.analysis.doors import metric_of, number
from journeymap.analysis.guards import missing_some, small_n
from journeymap.analysis.intervals import LEVEL, Share, check_level, mean_and_sd
from journeymap.analysis.looks import inflated_alpha, peeking
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.sample_sizes import detectable_mean, detectable_share
from journeymap.analysis.samples import Answers, Kind, Sample, alike, sample_of, sample_of_metric
from journeymap.analysis.strata import mix_shift, simpson, standardised
from journeymap.errors import AnalysisError, NotEnoughData
from journeymap.model import Journey

FEWEST = 5
"""Below this in a group there is no test, only what was seen."""
PRE_PERIODS = 3
"""So many earlier periods make parallel trends a claim that can be looked at."""
Design = Literal["randomised", "difference in differences", "uncontrolled"]


@frozen(kw_only=True)
class BeforeAfter(Result):
    """The change, after minus before; with a comparison group, the change beyond that of the group."""

    analysis: ClassVar[str] = "before_after"
    subject: ClassVar[str] = "The change"
    counted: ClassVar[str] = "answers"
    data_level: ClassVar[Level] = "C"

    kind: Kind
    """Whether a share (0 to 1) or a mean is compared."""
    before: float
    after: float
    control_change: float | None
    """The change in the comparison group."""
    p_value: float | None
    """The two-sided probability of so large a difference by chance alone."""
    test: str
    design: Design
    detectable: float | None
    """The smallest change that so many answers show with a probability of 80 %."""
    inflated_alpha: float | None
    """How likely a chance finding is over all looks."""
    expected_regression: float | None
    """(1 - reliability) * (mean of the chosen - mean of all): what chance put into the choice, and the next measurement loses."""
    standardised_change: float | None
    """The change with the same mix of groups on both sides."""

    @property
    def causal(self) -> bool:
        """Whether the design allows to say that the change caused it: only where chance decided who got it."""
        return self.design == "randomised"

    def _told(self) -> str:
        show = percent if self.kind == "share" else amount
        unit = "percentage points" if self.kind == "share" else "points"
        size = amount(100 * (self.value or 0.0) if self.kind == "share" else self.value)
        beyond = " beyond the comparison group" if self.control_change is not None else ""
        why = {
            "randomised": "customers were assigned at random, so the change did it",
            "difference in differences": "provided that both groups would have moved alike",
            "uncontrolled": "without a comparison group nobody can tell what else has changed",
        }[self.design]
        return f"It went from {show(self.before)} to {show(self.after)}, a change of {size} {unit}{beyond}; {why}"

    def _bound(self, value: float) -> str:
        return amount(100 * value if self.kind == "share" else value)


def before_after(
    data: Journey | Answers,
    after: Journey | Answers | None = None,
    *,
    paired: bool = False,
    control: tuple[Answers, Answers] | None = None,
    randomised: bool = False,
    bootstrap: bool = False,
    metric: str | None = None,
    planned: int | None = None,
    looks: int = 1,
    chosen_as_worst: bool = False,
    reliability: float | None = None,
    population_mean: float | None = None,
    pre_periods: int = 1,
    strata: Mapping[str, tuple[Share, Share]] | None = None,
    level: float = LEVEL,
    draws: int = 2_000,
    seed: int = 0,
    strict: bool = False,
) -> BeforeAfter:
    """Did it get better?

    after - before, with the interval and test that fit. Different people: Newcombe's interval and the pooled z test for shares,
    Welch's t for means (scipy, extra ``stats``), or the percentile ``bootstrap``. The same people (``paired``): McNemar's exact test
    with the adjusted Wald interval, or the paired t. With ``control``, the (before, after) of people whom the change did not
    reach, the difference in differences. Answers are counts (`Share`), or single ones (0 and 1 are a share); as a mapping by respondent
    they can be paired. The same respondents on both sides without ``paired`` are refused. A map gives its metric ``metric``, against
    the same metric of the map ``after``, or against the metric's own baseline (the change alone, since a baseline has no n).

    Fewer than 5 answers in a group give the change without a test (`TOO_SMALL`). Say ``planned`` (the n that was planned for),
    ``looks`` (how often somebody looked), ``chosen_as_worst`` (with ``reliability`` and ``population_mean``, the expected regression to the
    mean), ``pre_periods`` (earlier periods of both groups), ``strata`` ((before, after) by group: Simpson's paradox and mix). What is not
    said is warned of. Only ``randomised`` allows to speak of cause.

    Sources: Newcombe (1998); McNemar (1947); Bonett & Price (2012); Welch (1947).

    >>> found = before_after(Share(48, 80), after=Share(56, 70))
    >>> round(found.value, 3), round(found.interval.low, 3), round(found.p_value, 5), found.design
    (0.2, 0.052, 0.00805, 'uncontrolled')
    """
    check_level(level)
    found = _compared(data, after, control, metric)
    if not paired and _shared_ids(found.before, found.after):
        told = f"{len(_shared_ids(found.before, found.after))} respondents are on both sides"
        raise AnalysisError(f"{told}; compare them with paired=True, or give the answers without ids", "PAIRED_AS_INDEPENDENT")
    n, lost = found.n, 0
    if paired:
        effect, n, lost = _paired(found, level)
    else:
        effect = _independent(found, bootstrap, level, draws, seed)
    detectable = _detectable(found, effect, paired=paired)
    design: Design = "randomised" if randomised else "difference in differences" if found.controls else "uncontrolled"
    same_mix = standardised({name: (later, earlier) for name, (earlier, later) in strata.items()}) if strata else None
    warnings = (
        *_missing_cautions(found),
        *_size_cautions(found),
        *_design_cautions(design, chosen_as_worst, pre_periods),
        *(_unplanned(detectable, found.kind) if planned is None else ()),
        *peeking(looks),
        *_group_cautions(strata),
    )
    result = BeforeAfter(
        value=effect.difference,
        unit="of all" if found.kind == "share" else "points",
        n=n,
        missing=sum(sample.missing for sample in found.everyone) + lost,
        interval=effect.interval,
        method=f"after minus before, {effect.test}",
        assumptions=_assumptions(found),
        warnings=warnings,
        kind=found.kind,
        before=found.before.value,
        after=found.after.value,
        control_change=None if found.controls is None else found.controls[1].value - found.controls[0].value,
        p_value=effect.p_value,
        test=effect.test,
        design=design,
        detectable=detectable,
        inflated_alpha=inflated_alpha(looks) if looks > 1 else None,
        expected_regression=_regression(found.before.value, reliability, population_mean),
        standardised_change=None if same_mix is None else same_mix.difference,
    )
    said = (randomised, planned, looks, chosen_as_worst, reliability, population_mean, pre_periods, strata)
    return sealed(result, strict=strict, inputs=(found, paired, bootstrap, said, level, draws, seed))


@frozen
class _Compared:
    """Both sides, and those of the comparison group."""

    before: Sample
    after: Sample
    controls: tuple[Sample, Sample] | None
    kind: Kind

    @property
    def everyone(self) -> tuple[Sample, ...]:
        return (self.before, self.after, *(self.controls or ()))

    @property
    def smallest(self) -> int | None:
        """How many answered in the smallest group; None where a map does not say."""
        counts = [sample.n for sample in self.everyone]
        return None if None in counts else min(n or 0 for n in counts)

    @property
    def n(self) -> int | None:
        return None if self.smallest is None else sum(sample.n or 0 for sample in self.everyone)

    @property
    def change(self) -> float:
        """The change, beyond that of the comparison group if there is one."""
        control = self.controls[1].value - self.controls[0].value if self.controls else 0.0
        return self.after.value - self.before.value - control

    @property
    def testable(self) -> bool:
        """Whether there are enough answers, and a spread where a mean needs one."""
        spread = self.kind == "share" or all(sample.sd is not None for sample in self.everyone)
        return self.smallest is not None and self.smallest >= FEWEST and spread


def _compared(
    data: Journey | Answers, after: Journey | Answers | None, control: tuple[Answers, Answers] | None, metric: str | None
) -> _Compared:
    before, later = _sides(data, after, metric)
    controls = None
    if control is not None:
        first, second = (sample_of(side, question="before_after", side="in the comparison group") for side in control)
        controls = (first, second)
    return _Compared(before, later, controls, alike([before, later, *(controls or ())]))


def _sides(data: Journey | Answers, after: Journey | Answers | None, metric: str | None) -> tuple[Sample, Sample]:
    question = "before_after"
    if isinstance(data, Journey):
        found = metric_of(data, question=question, metric=metric, kind="conversion")
        if isinstance(after, Journey):
            later = metric_of(after, question=question, metric=metric, kind="conversion")
            if later.unit != found.unit:
                units = f"{found.unit or 'no unit'} before and {later.unit or 'no unit'} after"
                raise AnalysisError(f"{found.id}: {units}; measure both alike")
            return sample_of_metric(found, question=question), sample_of_metric(later, question=question)
        if after is not None:
            raise AnalysisError("after: the first side is a map, so the second has to be one too")
        if found.baseline is None:
            raise NotEnoughData(question, f"the metric {found.id!r} has no baseline", "a baseline, or the map after the change in after=")
        now = sample_of_metric(found, question=question)
        return Sample(now.kind, found.baseline / 100 if found.unit == "%" else found.baseline, None), now
    if after is None:
        raise NotEnoughData(question, "there is only one side", "the other side in after=")
    if isinstance(after, Journey):
        raise AnalysisError("after: the first side is plain data, so the second has to be too")
    return sample_of(data, question=question, side="before"), sample_of(after, question=question, side="after")


def _independent(found: _Compared, bootstrap: bool, level: float, draws: int, seed: int) -> Effect:
    if not found.testable:
        return Effect(found.change, None, None, "no test", None)
    if found.controls and found.kind == "share":
        before, after = found.controls
        return difference_of_shares((found.after.share, found.before.share), (after.share, before.share), level=level)
    if found.controls:
        parts = [((sample.sd or 0.0) ** 2 / (sample.n or 1), (sample.n or 1) - 1) for sample in found.everyone]
        return welch(found.change, parts, level=level, test="difference in differences, Welch's t test")
    if found.kind == "share":
        return independent_shares(found.after.share, found.before.share, level=level)
    if bootstrap:
        return bootstrapped(found.after, found.before, level=level, draws=draws, seed=seed)
    return independent_means(found.after, found.before, level=level)


def _paired(found: _Compared, level: float) -> tuple[Effect, int, int]:
    """The effect among the same people, how many they are, and how many answers have no partner."""
    pairs, lost = _pairs(found.before, found.after)
    changes = [after - before for before, after in pairs]
    mean, sd = mean_and_sd(changes)
    theirs = [after - before for before, after in _pairs(*found.controls)[0]] if found.controls else []
    if len(pairs) < FEWEST or (found.controls and len(theirs) < FEWEST):
        return Effect(mean - (mean_and_sd(theirs)[0] if theirs else 0.0), None, None, "no test", None), len(pairs), lost
    if theirs:
        their_mean, their_sd = mean_and_sd(theirs)
        parts = [((sd or 0.0) ** 2 / len(changes), len(changes) - 1), ((their_sd or 0.0) ** 2 / len(theirs), len(theirs) - 1)]
        effect = welch(mean - their_mean, parts, level=level, test="difference in differences of the same people, Welch's t test")
    elif found.kind == "share":
        effect = paired_shares([(after, before) for before, after in pairs], level=level)
    else:
        effect = paired_means(changes, level=level)
    return effect, len(pairs) + len(theirs), lost


def _pairs(one: Sample, other: Sample) -> tuple[list[tuple[float, float]], int]:
    """The (before, after) of the same people, and how many have no partner."""
    if one.by_id and other.by_id:
        later = dict(other.by_id)
        pairs = [(value, later[key]) for key, value in one.by_id if key in later]
        lost = len(one.by_id) + len(other.by_id) - 2 * len(pairs)
    elif one.answers and len(one.answers) == len(other.answers) and not one.missing and not other.missing:
        pairs, lost = list(zip(one.answers, other.answers, strict=True)), 0
    else:
        raise AnalysisError("paired: nobody can tell who belongs to whom; give both sides by respondent id, or equally long and complete")
    if not pairs:
        raise NotEnoughData("before_after", "nobody is on both sides", "the answers of the same people")
    return pairs, lost


def _shared_ids(one: Sample, other: Sample) -> set[str]:
    return {key for key, _ in one.by_id} & {key for key, _ in other.by_id}


def _detectable(found: _Compared, effect: Effect, *, paired: bool) -> float | None:
    if found.kind == "share" and not paired and not found.controls:
        return detectable_share(found.before.value, found.before.n or 0, found.after.n or 0)
    return detectable_mean(effect.error) if effect.error else None


def _regression(mean: float, reliability: float | None, population_mean: float | None) -> float | None:
    if reliability is None or population_mean is None:
        return None
    return (1 - number(reliability, what="reliability", low=0, high=1)) * (mean - number(population_mean, what="population_mean"))


def _missing_cautions(found: _Compared) -> tuple[Caution, ...]:
    there, lost = sum(sample.n or 0 for sample in found.everyone), sum(sample.missing for sample in found.everyone)
    return missing_some(there=there, expected=there + lost, what="answers", value="score")


def _size_cautions(found: _Compared) -> tuple[Caution, ...]:
    if found.smallest is None:
        return (caution("TOO_SMALL", "the number of answers is not known on every side"),)
    if found.smallest < FEWEST:
        return (caution("TOO_SMALL", f"the smallest group has {found.smallest} answers"),)
    shares = [sample.share for sample in found.everyone] if found.kind == "share" else []
    sides = [count for share in shares for count in (share.successes, share.failures)]
    return small_n(found.smallest, sides=sides, what="answers in the smallest group")


def _design_cautions(design: Design, chosen_as_worst: bool, pre_periods: int) -> tuple[Caution, ...]:
    if design == "uncontrolled" and chosen_as_worst:
        return (caution("REGRESSION_TO_MEAN"),)
    if design == "difference in differences" and pre_periods < PRE_PERIODS:
        return (caution("PARALLEL_TRENDS", f"{pre_periods} earlier period{'' if pre_periods == 1 else 's'}"),)
    return ()


def _unplanned(detectable: float | None, kind: Kind) -> tuple[Caution, ...]:
    if detectable is None:
        return (caution("UNPLANNED", "what change so many answers could show is not known"),)
    size = amount(100 * detectable, "percentage points") if kind == "share" else amount(detectable)
    return (caution("UNPLANNED", f"so many answers could show a change of {size}"),)


def _group_cautions(strata: Mapping[str, tuple[Share, Share]] | None) -> tuple[Caution, ...]:
    if not strata:
        return ()
    after_first = {name: (after, before) for name, (before, after) in strata.items()}
    return (*simpson(after_first), *mix_shift({name: (before.n, after.n) for name, (before, after) in strata.items()}))


def _assumptions(found: _Compared) -> tuple[str, ...]:
    notes = ["both groups would have moved alike without the change"] if found.controls else []
    if not found.testable:
        notes.append(f"the change is reported without a test, which takes {FEWEST} answers in each group, and their spread for a mean")
    return tuple(notes)
