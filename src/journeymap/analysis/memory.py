"""Does it matter where customers came from? The test of the Markov assumption (F8)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from statistics import NormalDist
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import small_n
from journeymap.analysis.paths import PathData, Paths, paths_of
from journeymap.analysis.result import Level, Result, amount, sealed

REJECTED_BELOW = 0.05
"""Below this p-value a lower order is rejected."""
ORDERS = (0, 1, 2)
_OUTSIDE = ""
"""Before the first step and after the last; no step is called so."""
_Context = tuple[str, ...]


@frozen(kw_only=True)
class OrderTest:
    """Whether one more step back tells more about the next step."""

    order: int
    """The lower order, which is held against the one above."""
    against: int
    g2: float
    """The likelihood ratio statistic, 2 * sum(n * ln(n / expected))."""
    df: int
    p: float | None
    """None where there is nothing to compare."""


@frozen(kw_only=True)
class OrderFit:
    """How well a chain of one order fits, and what it costs."""

    order: int
    log_likelihood: float
    parameters: int
    aic: float
    bic: float


@frozen(kw_only=True)
class MarkovOrder(Result):
    """How many steps back matter; the value is the lowest order that the test with the next one does not reject."""

    analysis: ClassVar[str] = "markov_order"
    subject: ClassVar[str] = "How many steps back matter for the next one"
    counted: ClassVar[str] = "transitions"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "tests"

    tests: tuple[OrderTest, ...]
    fits: tuple[OrderFit, ...]
    by_aic: int
    """The order with the smallest AIC."""
    by_bic: int
    """The order with the smallest BIC, which is the stricter judge of long memories."""

    def _told(self) -> str:
        words = {
            0: "the step before makes no difference",
            1: "the present step is enough",
            2: "the step before the present one matters too",
        }
        return f"To foresee the next step, {words[int(self.value or 0)]} (by the test; order {self.by_bic} by BIC)"


def markov_order(data: PathData, *, strict: bool = False) -> MarkovOrder:
    """Does the next step depend on the present one alone, or also on the one before?

    Likelihood ratio tests of order 0 against 1 and 1 against 2: G² = 2 * sum(n * ln(n * n_context / (n_longer * n_next))) over the
    runs of steps that occur, each path with its beginning and its end, chi-squared with the sum of (rows - 1)(columns - 1) over the
    contexts, rows and columns that occur (Anderson & Goodman 1957). AIC and BIC count the same parameters. The value is the lowest
    order that is not rejected at 5 % (2 if both are). Order 1 rejected is what the caution MARKOV_MEMORY of conversion,
    removal_effects and attribution means.

    MissingExtra without scipy (extra ``stats``). No events give None with the reason. Chi-squared is rough where counts are small.

    >>> markov_order([["a", "b", "a"], ["a", "b", "c"]] * 30).value
    2.0
    """
    paths = paths_of(data, question="markov_order")
    counts = {order: _runs(paths, order) for order in ORDERS}
    n = sum(counts[0].values())
    tests, fits = [], []
    for order in ORDERS:
        likelihood, parameters = _likelihood(counts[order])
        fits.append(_fit(order, likelihood, parameters, n))
    for lower, upper in ((0, 1), (1, 2)):
        g2, df = _against(counts[upper])
        p = float(extra("scipy.stats", "the test of the Markov order").chi2.sf(g2, df)) if df else None
        tests.append(OrderTest(order=lower, against=upper, g2=g2, df=df, p=p))
    rejected = [test.p is not None and test.p < REJECTED_BELOW for test in tests]
    result = MarkovOrder(
        value=None if not paths.events else 2.0 if rejected[1] else 1.0 if rejected[0] else 0.0,
        reason="" if paths.events else "there are no events",
        unit="steps back",
        n=n,
        method="likelihood ratio tests of nested orders, chi-squared over contexts that occur",
        assumptions=(*paths.assumptions, "all customers follow the same chain"),
        warnings=small_n(paths.n, what="customers") if paths.events else (),
        tests=tuple(tests),
        fits=tuple(fits),
        by_aic=min(fits, key=lambda fit: (fit.aic, fit.order)).order,
        by_bic=min(fits, key=lambda fit: (fit.bic, fit.order)).order,
    )
    return sealed(result, strict=strict, inputs=paths.inputs)


def memory_p(paths: Paths) -> float | None:
    """The p-value of order 1 against 2, by the cube-root approximation of chi-squared (Wilson & Hilferty 1931); None without a test.

    Good to two digits, which a caution needs, and without scipy.
    """
    g2, df = _against(_runs(paths, 2))
    if df == 0:
        return None
    spread = 2 / (9 * df)
    return 1 - NormalDist().cdf(((g2 / df) ** (1 / 3) - (1 - spread)) / math.sqrt(spread))


def memory_cautions(departures: Mapping[str, int], p: float | None = None) -> tuple[Caution, ...]:
    """The caution of everything that takes the next step to depend on the present one alone, where the data speak against it.

    ``departures`` says how often each step was left; fewer than 30 are too few to tell.
    """
    if p is not None and p < REJECTED_BELOW:
        return (caution("MARKOV_MEMORY", f"the step before the present one makes a difference (p = {amount(p)})"),)
    few = sorted(step for step, n in departures.items() if n < 30)
    if not few:
        return ()
    named = ", ".join(repr(step) for step in few[:3]) + (" ..." if len(few) > 3 else "")
    return (caution("MARKOV_MEMORY", f"{len(few)} of {len(departures)} steps were left fewer than 30 times ({named})"),)


def _runs(paths: Paths, order: int) -> Counter[tuple[_Context, str]]:
    """How often each step followed each context of that many steps; beginning and end count as steps."""
    counts: Counter[tuple[_Context, str]] = Counter()
    for path in paths.paths:
        steps = (_OUTSIDE,) * order + path.steps + (_OUTSIDE,)
        for place in range(order, len(steps)):
            counts[steps[place - order : place], steps[place]] += path.count
    return counts


def _against(counts: Mapping[tuple[_Context, str], int]) -> tuple[float, int]:
    """G² and its degrees of freedom of the order below against that of the counts: does the earliest step of the context matter?"""
    whole: Counter[_Context] = Counter()
    longer: Counter[_Context] = Counter()
    following: Counter[tuple[_Context, str]] = Counter()
    for (context, step), n in counts.items():
        whole[context[1:]] += n
        longer[context] += n
        following[context[1:], step] += n
    g2 = math.fsum(
        2 * n * math.log(n * whole[context[1:]] / (longer[context] * following[context[1:], step])) for (context, step), n in counts.items()
    )
    rows, columns = Counter(context[1:] for context in longer), Counter(context for context, _ in following)
    return max(0.0, g2), sum((rows[context] - 1) * (columns[context] - 1) for context in whole)


def _likelihood(counts: Mapping[tuple[_Context, str], int]) -> tuple[float, int]:
    whole: Counter[_Context] = Counter()
    for (context, _), n in counts.items():
        whole[context] += n
    return math.fsum(n * math.log(n / whole[context]) for (context, _), n in counts.items()), len(counts) - len(whole)


def _fit(order: int, likelihood: float, parameters: int, n: int) -> OrderFit:
    return OrderFit(
        order=order,
        log_likelihood=likelihood,
        parameters=parameters,
        aic=2 * parameters - 2 * likelihood,
        bic=parameters * math.log(max(n, 1)) - 2 * likelihood,
    )
