"""Where a funnel leaks (F2): how many are lost before each step, and what it would bring to keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import number
from journeymap.analysis.funnels import Funnel, FunnelStep, funnel
from journeymap.analysis.intervals import LEVEL, Interval
from journeymap.analysis.paths import PathData
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, suggestion
from journeymap.model import Journey

FEWEST_TO_RANK = 10
"""A rate among fewer customers is too shaky to rank by."""


@frozen(kw_only=True)
class Leak:
    """The way from one step to the next, and who is lost on it."""

    source: str
    target: str
    n_source: int
    n_target: int
    rate: float | None
    """The share of those at the source who get to the target."""
    rate_interval: Interval | None
    lost: int
    aim: float
    """The rate that it is held against."""
    gained: float | None
    """How many more would get to the last step at that rate; None where the rate is 0 or rests on fewer than 10."""
    worth: float | None = None
    """What they are worth, if it is said what one is worth."""


@frozen(kw_only=True)
class Leaks(Result):
    """The leaks, the one that costs most first; the value is how many more would get to the end if that one were mended."""

    analysis: ClassVar[str] = "leaks"
    subject: ClassVar[str] = "What mending the largest leak would bring"
    counted: ClassVar[str] = "customers at the first step"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "leaks"

    leaks: tuple[Leak, ...]

    @property
    def largest_loss(self) -> Leak:
        """Where most customers are lost, however many there were; the first of several."""
        return max(self.leaks, key=lambda leak: leak.lost)

    @property
    def lowest_rate(self) -> Leak | None:
        """Where the smallest share goes on, of the leaks with at least 10 customers; rarely the one that costs most."""
        rated = [(leak.rate, place) for place, leak in enumerate(self.leaks) if leak.rate is not None and leak.n_source >= FEWEST_TO_RANK]
        return self.leaks[min(rated)[1]] if rated else None

    def _told(self) -> str:
        top = self.leaks[0]
        money = f", worth {amount(top.worth)}" if top.worth is not None else ""
        return (
            f"The leak that costs most is from {top.source!r} to {top.target!r}: {percent(top.rate)} go on, and at {percent(top.aim)} "
            f"{amount(top.gained)} more would get to the end{money}"
        )


def leaks(
    data: Funnel | Journey | Mapping[str, int] | PathData,
    *,
    steps: Sequence[str] | None = None,
    aim: float | Mapping[str, float] = 1.0,
    worth: float | None = None,
    level: float = LEVEL,
    strict: bool = False,
) -> Leaks:
    """Which leak costs most, and what would it bring to mend it?

    For each way from one step to the next: how many are lost, the rate with its Wilson interval, and how many more would get to the
    last step if the rate were ``aim`` (for all, or by the step it leads to; 1 by default): last / rate * aim - last, not below 0.
    ``worth`` is what one who gets to the end is worth. Ranked by what it would bring, not by the lowest rate; ties by the order of
    the steps. The data are a funnel, or whatever `funnel` takes.

    Unit: customers. A rate of 0 gives None, since nobody knows what those kept would do next; so does one of fewer than 10
    customers, which is too shaky to rank by. NotEnoughData for fewer than two steps, AnalysisError for an open funnel.

    >>> found = leaks({"visit": 1000, "basket": 100, "paid": 20})
    >>> [(leak.target, leak.lost, leak.gained) for leak in found.leaks]
    [('basket', 900, 180.0), ('paid', 80, 80.0)]
    """
    found = data if isinstance(data, Funnel) else funnel(data, steps=steps, level=level)
    required = [step for step in found.steps if not step.optional]
    if len(required) < 2:
        raise NotEnoughData("leaks", "there is one step only", "two steps or more")
    if any(step.drop_off is None for step in required):
        raise AnalysisError("leaks: in an open funnel nobody is lost between steps, each is counted by itself; give a closed one")
    aims = _aims(aim, required)
    price = None if worth is None else number(worth, what="worth")
    everyone = required[-1].reached
    rows = [_leak(before, step, aims[step.step], everyone, price) for before, step in pairwise(required)]
    rows.sort(key=lambda leak: (leak.gained is None, -(leak.gained or 0.0)))
    top = rows[0].gained
    result = Leaks(
        value=top,
        reason="" if top is not None else "no rate between two steps is above 0 and rests on 10 customers or more",
        unit="customers",
        n=required[0].reached,
        method="customers at the last step, times aim over rate, less those there already",
        assumptions=(*found.assumptions, "those who are kept go on afterwards at the same rates as the others"),
        warnings=(*found.warnings, *(shaky for leak in rows for shaky in _shaky(leak))),
        leaks=tuple(rows),
    )
    return sealed(result, strict=strict, inputs=(found.inputs_hash, tuple(aims.items()), price))


def _aims(aim: float | Mapping[str, float], required: Sequence[FunnelStep]) -> dict[str, float]:
    targets = [step.step for step in required[1:]]
    if not isinstance(aim, Mapping):
        return dict.fromkeys(targets, number(aim, what="aim", low=0, high=1))
    for name in aim:
        if name not in targets:
            raise AnalysisError(f"leaks: aim names {name!r}, to which no way leads{suggestion(name, targets)}; name steps after the first")
    return {name: number(aim.get(name, 1.0), what=f"aim[{name!r}]", low=0, high=1) for name in targets}


def _leak(before: FunnelStep, step: FunnelStep, aim: float, last: int, worth: float | None) -> Leak:
    rate = step.of_previous
    known = rate and before.reached >= FEWEST_TO_RANK
    gained = max(0.0, last / rate * aim - last) if rate and known else None
    return Leak(
        source=before.step,
        target=step.step,
        n_source=before.reached,
        n_target=step.reached,
        rate=rate,
        rate_interval=step.of_previous_interval,
        lost=before.reached - step.reached,
        aim=aim,
        gained=gained,
        worth=None if worth is None or gained is None else gained * worth,
    )


def _shaky(leak: Leak) -> tuple[Caution, ...]:
    if leak.n_source >= FEWEST_TO_RANK:
        return ()
    return (caution("SMALL_N", f"{leak.n_source} customers at {leak.source!r} are too few to rank by"),)
