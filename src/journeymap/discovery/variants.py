"""In how many different ways customers go, counted in the log."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from journeymap.analysis import Variants
from journeymap.analysis.doors import number
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import check_level, wilson
from journeymap.analysis.result import percent, sealed
from journeymap.analysis.variation import Variant
from journeymap.errors import AnalysisError, shown

if TYPE_CHECKING:
    from journeymap.discovery.log import EventLog


def variants_of(log: EventLog, *, top: int, cut: float, level: float) -> Variants:
    """The variants of a log: the ``top`` with their steps, the rest by how many customers each has."""
    check_level(level)
    cut = number(cut, what="cut", low=0, high=1)
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise AnalysisError(f"variants: top={shown(top)} is no number of variants; give a whole number of 1 or more")
    order = log.order
    order.engine.rows(
        f"CREATE OR REPLACE TEMP TABLE ways AS WITH keyed AS ({order.keyed()}),"
        f" ways AS (SELECT list_transform(list_sort(list(k)), lambda x: {order.code('x')}) AS codes FROM keyed GROUP BY h)"
        " SELECT codes, count(*) AS n FROM ways GROUP BY codes"
    )
    # Codes are in the order of the names, so ties come in the order of their steps.
    best = order.engine.rows(f"SELECT codes, n FROM ways ORDER BY n DESC, codes LIMIT {top}")
    sizes = order.engine.rows("SELECT n, count(*) FROM ways GROUP BY n ORDER BY n DESC")
    order.engine.rows("DROP TABLE ways")
    cases = sum(n * often for n, often in sizes)
    shares = [n / cases for _, n in best]
    covered = list(accumulate(n for _, n in best))
    entropy = max(0.0, -math.fsum(often * n / cases * math.log2(n / cases) for n, often in sizes)) if cases else None
    distinct = sum(often for _, often in sizes)
    result = Variants(
        value=_needed(sizes, cases, cut),
        reason="" if cases else "there are no customers",
        unit="variants",
        n=cases,
        method=f"distinct paths; the smallest number whose cumulative share reaches {percent(cut)}",
        assumptions=log.notes,
        warnings=small_n(cases, what="customers") if cases else (),
        variants=tuple(
            Variant(
                steps=tuple(order.activities[code] for code in codes),
                count=n,
                share=share,
                interval=wilson(n, cases, level=level),
                cumulative=so_far / cases,
            )
            for (codes, n), share, so_far in zip(best, shares, covered, strict=True)
        ),
        distinct=distinct,
        cut=cut,
        entropy=entropy,
        normalised_by_customers=None if entropy is None or cases < 2 else entropy / math.log2(cases),
        normalised_by_variants=None if entropy is None or distinct < 2 else entropy / math.log2(distinct),
    )
    return sealed(result, inputs=(tuple(sizes), tuple((tuple(codes), n) for codes, n in best), cut, level))


def _needed(sizes: list[tuple[int, ...]], cases: int, cut: float) -> int | None:
    """How many of the most frequent variants cover that share."""
    found, covered = 0, 0
    for n, often in sizes:
        missing = max(1, math.ceil((cut - 1e-12) * cases - covered))
        fewest = max(1, -(-missing // n))
        if fewest <= often:
            return found + fewest
        found, covered = found + often, covered + n * often
    return found or None
