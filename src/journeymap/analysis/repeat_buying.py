"""What customers without a contract will buy (J4): how often (BG/NBD), and for how much (gamma-gamma)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, fsum, lgamma, log
from typing import ClassVar, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from journeymap.analysis.doors import columns, number
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import small_n
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

Buyers: TypeAlias = Iterable[tuple[float, float, float]] | Iterable[Mapping[str, float]]
"""By customer: repeat purchases, when the last one was, how long they are known, both from the first purchase on."""
Spending: TypeAlias = Iterable[tuple[float, float]] | Iterable[Mapping[str, float]]
"""By customer: repeat purchases, and what they were worth on average."""
Floats: TypeAlias = NDArray[np.float64]
FEWEST = 10
"""Fewer customers are too few to fit four parameters."""
RELATED = 0.3
_WIDEST = 15.0
_NUDGE = 1e-9


@frozen(kw_only=True)
class BuyerOutlook:
    """What one customer will do."""

    frequency: float
    recency: float
    age: float
    p_alive: float
    """The probability to be a customer still; 1 by construction without a repeat purchase, since one can only leave after one."""
    expected: float
    """How many purchases are to be expected within the horizon."""


@frozen(kw_only=True)
class BgNbd(Result):
    """How often customers will buy; the value is the mean of their expected purchases within the horizon."""

    analysis: ClassVar[str] = "bg_nbd"
    subject: ClassVar[str] = "The purchases to be expected"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "customers"

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    horizon: float
    new_customer: float
    """How many purchases a new customer will make within the horizon, E[X(t)]."""
    customers: tuple[BuyerOutlook, ...]
    """In the order of the data."""

    def _told(self) -> str:
        alive = fsum(customer.p_alive for customer in self.customers) / len(self.customers)
        often, fresh = amount(self.value, "times"), amount(self.new_customer, "times")
        return (
            f"Within the next {amount(self.horizon, 'periods')} a customer is expected to buy {often} on average, a new one {fresh}; "
            f"{percent(alive)} of them are likely to be customers still"
        )


def bg_nbd(
    data: Buyers, *, horizon: float = 1.0, parameters: tuple[float, float, float, float] | None = None, strict: bool = False
) -> BgNbd:
    """How often will customers buy who can leave without a word, and who of them is a customer still?

    Each customer buys at a rate of their own (gamma distributed: r, alpha) and may leave after each purchase with a chance of their own
    (beta distributed: a, b). Data are (repeat purchases x, time of the last one t_x, time known T) for each, from the first purchase on
    and in one unit of time, or mappings with frequency, recency and age. The parameters are the maximum likelihood unless given
    as ``parameters`` (r, alpha, a, b). For each customer the probability to be one still and the purchases expected within
    ``horizon``; and E[X(horizon)] of a new one.

    Without a repeat purchase the probability is 1 by construction. NotEnoughData for fewer than 10 customers to fit, or none who bought
    again. Needs scipy (extra ``stats``). Source: Fader, Hardie & Lee (2005).

    >>> found = bg_nbd([(2, 30.43, 38.86)], horizon=39, parameters=(0.243, 4.414, 0.793, 2.426))
    >>> round(found.customers[0].expected, 2)
    1.23
    """
    ahead = number(horizon, what="horizon", low=0)
    rows = tuple(_buyer(row, place) for place, row in enumerate(_rows(data, "bg_nbd")))
    if not rows:
        raise NotEnoughData("bg_nbd", "there are no customers", "at least one")
    if parameters is None:
        if len(rows) < FEWEST or not any(x for x, _, _ in rows):
            told = f"{len(rows)} customers, {sum(x > 0 for x, _, _ in rows)} of whom bought again"
            raise NotEnoughData("bg_nbd", told, f"at least {FEWEST} customers, some who bought again, or parameters=")
        scale = max(age for _, _, age in rows) or 1.0
        table: Floats = np.array(rows) / [1, scale, scale]
        fit = _fitted(lambda point: _bg_likelihood(point, table), 4, "bg_nbd")
        r, alpha, a, b = fit[0], fit[1] * scale, fit[2], fit[3]
    else:
        r, alpha, a, b = _given(parameters, ("r", "alpha", "a", "b"))
    special = extra("scipy.special", "bg_nbd")
    chance = a + _NUDGE if abs(a - 1) < _NUDGE else a

    def outlook(row: tuple[float, float, float]) -> BuyerOutlook:
        x, recency, age = row
        odds = a / (b + x - 1) * ((alpha + age) / (alpha + recency)) ** (r + x) if x > 0 else 0.0
        known = alpha + age
        gauss = float(special.hyp2f1(r + x, b + x, chance + b + x - 1, ahead / (known + ahead)))
        expected = (chance + b + x - 1) / (chance - 1) * (1 - (known / (known + ahead)) ** (r + x) * gauss) / (1 + odds)
        return BuyerOutlook(frequency=x, recency=recency, age=age, p_alive=1 / (1 + odds), expected=max(0.0, expected))

    customers = tuple(outlook(row) for row in rows)
    result = BgNbd(
        value=fsum(customer.expected for customer in customers) / len(customers),
        unit="purchases",
        n=len(rows),
        method="BG/NBD, " + ("maximum likelihood" if parameters is None else "parameters as given"),
        assumptions=("customers buy at random times at a rate of their own, and leave only after a purchase",),
        warnings=small_n(len(rows), what="customers") if parameters is None else (),
        r=r,
        alpha=alpha,
        a=a,
        b=b,
        log_likelihood=_bg_likelihood((r, alpha, a, b), np.array(rows)),
        horizon=ahead,
        new_customer=outlook((0.0, 0.0, 0.0)).expected,
        customers=customers,
    )
    return sealed(result, strict=strict, inputs=(rows, ahead, parameters))


@frozen(kw_only=True)
class SpenderOutlook:
    """What the purchases of one customer will be worth."""

    frequency: float
    value: float
    """The mean of the repeat purchases so far."""
    expected: float
    """The mean to be expected: between that and the mean of all customers, nearer to it the more purchases there were."""


@frozen(kw_only=True)
class GammaGamma(Result):
    """What a purchase is worth; the value is the mean over all customers, p v / (q - 1)."""

    analysis: ClassVar[str] = "gamma_gamma"
    subject: ClassVar[str] = "What a purchase is worth"
    counted: ClassVar[str] = "customers who bought again"
    data_level: ClassVar[Level] = "L"
    table: ClassVar[str] = "customers"

    p: float
    q: float
    v: float
    log_likelihood: float
    correlation: float | None
    """Between how often and for how much: the model takes it to be none; None where one of them does not vary."""
    customers: tuple[SpenderOutlook, ...]

    def _told(self) -> str:
        return f"A purchase is worth {amount(self.value)} on average over all customers"


def gamma_gamma(data: Spending, *, parameters: tuple[float, float, float] | None = None, strict: bool = False) -> GammaGamma:
    """What will a purchase of each customer be worth?

    The worth of a customer's purchases varies around a mean of their own (gamma: p), and these means differ (gamma: q, v). Data are
    (repeat purchases x, their mean worth m) for each customer, or mappings with frequency and value; the expected mean is
    (p x m + p v) / (p x + q - 1), and that over all customers p v / (q - 1), undefined (None) for q <= 1. Parameters are the
    maximum likelihood unless given as ``parameters`` (p, q, v).

    Customers without a repeat purchase are left out; a worth of 0 or less is refused. The model takes worth and number of purchases to
    be unrelated: a correlation beyond 0.3 is told in the assumptions. Needs scipy (extra ``stats``). Source: Fader & Hardie (2013).

    >>> found = gamma_gamma([(2, 22.35)], parameters=(6.25, 3.74, 15.44))
    >>> round(found.customers[0].expected, 2), round(found.value, 2)
    (24.66, 35.22)
    """
    given = tuple(_spender(row, place) for place, row in enumerate(_rows(data, "gamma_gamma")))
    rows = tuple(row for row in given if row[0] > 0)
    if not rows or (parameters is None and len(rows) < FEWEST):
        raise NotEnoughData("gamma_gamma", f"{len(rows)} customers who bought again", f"at least {FEWEST}, or one with parameters=")
    if parameters is None:
        scale = fsum(m for _, m in rows) / len(rows)
        table: Floats = np.array(rows) / [1, scale]
        fit = _fitted(lambda point: _gg_likelihood(point, table), 3, "gamma_gamma")
        p, q, v = fit[0], fit[1], fit[2] * scale
    else:
        p, q, v = _given(parameters, ("p", "q", "v"))
    related = _correlation(rows)
    notes = ["what purchases are worth is unrelated to how many there are"]
    if related is not None and abs(related) > RELATED:
        notes.append(f"but in these data the correlation is {related:.2f}, so read the worth of frequent buyers with care")
    result = GammaGamma(
        value=p * v / (q - 1) if q > 1 else None,
        reason="" if q > 1 else f"customers differ so much (q = {q:.3g}, not above 1) that the mean is not defined",
        unit="",
        n=len(rows),
        missing=0,
        method="gamma-gamma, " + ("maximum likelihood" if parameters is None else "parameters as given"),
        assumptions=tuple(notes),
        warnings=small_n(len(rows), what="customers who bought again") if parameters is None else (),
        p=p,
        q=q,
        v=v,
        log_likelihood=_gg_likelihood((p, q, v), np.array(rows)),
        correlation=related,
        customers=tuple(SpenderOutlook(frequency=x, value=m, expected=p * (x * m + v) / (p * x + q - 1)) for x, m in rows),
    )
    return sealed(result, strict=strict, inputs=(rows, parameters))


def _rows(data: object, question: str) -> list[object]:
    if isinstance(data, Journey):
        raise NotEnoughData(question, "a map does not say what single customers bought", "one row for each customer")
    if isinstance(data, str | bytes | Mapping) or not isinstance(data, Iterable):
        raise AnalysisError(f"{question}: {shown(data)} are no customers; give one row for each")
    return list(data)


def _buyer(row: object, place: int) -> tuple[float, float, float]:
    parts = columns(row, "frequency|x", "recency|t_x", "age|T") if isinstance(row, Mapping) else row
    if not isinstance(parts, tuple | list) or len(parts) != 3:
        raise AnalysisError(f"customers[{place}]: {shown(row)} is not (repeat purchases, time of the last one, time known)")
    x, recency, age = (
        number(part, what=f"customers[{place}].{name}", low=0) for name, part in _named(("frequency", "recency", "age"), parts)
    )
    if recency > age:
        raise AnalysisError(f"customers[{place}]: the last purchase at {recency:g} lies after the {age:g} that the customer is known")
    if (x == 0) != (recency == 0):
        raise AnalysisError(f"customers[{place}]: {x:g} repeat purchases and the last one at {recency:g}; both are 0, or none")
    return x, recency, age


def _spender(row: object, place: int) -> tuple[float, float]:
    parts = columns(row, "frequency|x", "value|m") if isinstance(row, Mapping) else row
    if not isinstance(parts, tuple | list) or len(parts) != 2:
        raise AnalysisError(f"customers[{place}]: {shown(row)} is not (repeat purchases, mean worth)")
    x, worth = (number(part, what=f"customers[{place}].{name}", low=0) for name, part in _named(("frequency", "value"), parts))
    if x > 0 and worth <= 0:
        raise AnalysisError(f"customers[{place}]: purchases worth {worth:g} on average; the model needs more than 0")
    return x, worth


def _named(names: Sequence[str], parts: Sequence[object]) -> Iterable[tuple[str, object]]:
    return zip(names, parts, strict=True)


def _given(parameters: Sequence[float], names: Sequence[str]) -> tuple[float, ...]:
    if not isinstance(parameters, tuple | list) or len(parameters) != len(names):
        raise AnalysisError(f"parameters: {shown(parameters)}; give {', '.join(names)}")
    found = tuple(number(value, what=name, low=0) for name, value in _named(names, parameters))
    if 0 in found:
        raise AnalysisError(f"parameters: {shown(parameters)}; {', '.join(names)} are above 0")
    return found


def _fitted(likelihood: Callable[[Sequence[float]], float], width: int, question: str) -> tuple[float, ...]:
    """The parameters of the maximum likelihood, searched on their logarithms."""

    def loss(point: Sequence[float]) -> float:
        if max(abs(float(x)) for x in point) > _WIDEST:
            return math.inf
        return -likelihood([exp(float(x)) for x in point])

    optimize = extra("scipy.optimize", question)
    best = [0.0] * width
    for _ in range(3):
        best = optimize.minimize(loss, best, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4_000}).x
    return tuple(exp(float(x)) for x in best)


def _bg_likelihood(point: Sequence[float], rows: Floats) -> float:
    special = extra("scipy.special", "bg_nbd")
    r, alpha, a, b = point
    x, recency, age = rows.T
    start = r * log(alpha) - lgamma(r) + lgamma(a + b) - lgamma(b)
    staying = -(r + x) * np.log(alpha + age)
    again = np.maximum(b + x - 1, _NUDGE)
    left = np.where(x > 0, log(a) - np.log(again) - (r + x) * np.log(alpha + recency), -np.inf)
    parts = special.gammaln(r + x) + special.gammaln(b + x) - special.gammaln(a + b + x) + np.logaddexp(staying, left)
    return float(start * len(rows) + parts.sum())


def _gg_likelihood(point: Sequence[float], rows: Floats) -> float:
    special = extra("scipy.special", "gamma_gamma")
    p, q, v = point
    x, m = rows.T
    parts = special.gammaln(p * x + q) - special.gammaln(p * x) + (p * x - 1) * np.log(m) + p * x * np.log(x)
    return float((parts - (p * x + q) * np.log(x * m + v)).sum() + len(rows) * (q * log(v) - lgamma(q)))


def _correlation(rows: Sequence[tuple[float, float]]) -> float | None:
    n = len(rows)
    mean_x, mean_m = fsum(x for x, _ in rows) / n, fsum(m for _, m in rows) / n
    across = fsum((x - mean_x) * (m - mean_m) for x, m in rows)
    spread = math.sqrt(fsum((x - mean_x) ** 2 for x, _ in rows) * fsum((m - mean_m) ** 2 for _, m in rows))
    return max(-1.0, min(1.0, across / spread)) if spread > 0 else None
