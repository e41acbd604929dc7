"""What to do next (L4): the action that brings most for what it costs."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from attrs import field, frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.chain import Remainder
from journeymap.analysis.doors import number
from journeymap.analysis.markov import ChainData, Start, markov_of
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.analysis.scenarios import Change, changed, standing
from journeymap.errors import AnalysisError, shown


def _changes(values: Change | Iterable[Change]) -> tuple[Change, ...]:
    return (values,) if isinstance(values, Change) else tuple(values)


@frozen
class Action:
    """Something that could be done for customers, what it would change, and what it costs.

    >>> Action("reminder", Change("basket", "pay", by=0.05, takes_from="end"), cost=0.2).at
    'basket'
    """

    name: str
    changes: tuple[Change, ...] = field(converter=_changes)
    cost: float = field(default=0.0, kw_only=True)
    """Of one use."""
    at: str = field(default="", kw_only=True)
    """The step at which it is used, each time a customer is there; that of the first change unless given."""
    tested: bool = field(default=False, kw_only=True)
    """Whether an experiment has shown what it changes."""

    def __attrs_post_init__(self) -> None:
        number(self.cost, what=f"the cost of {self.name!r}", low=0)
        if not self.changes or not all(isinstance(change, Change) for change in self.changes):
            raise AnalysisError(f"the action {shown(self.name)} changes nothing; give one Change or more")
        if not self.at:
            object.__setattr__(self, "at", self.changes[0].source)


@frozen(kw_only=True)
class ActionValue:
    """What one action brings and costs, for one customer."""

    name: str
    net: float
    """worth * gain - cost * uses."""
    gain: float
    """By how much the chance of reaching the goal grows: after - before."""
    after: float
    """The chance with the action."""
    uses: float
    """How often it is expected to be used."""
    cost: float
    """cost of one use * uses."""
    tested: bool


@frozen(kw_only=True)
class NextBestAction(Result):
    """The actions, the best first; the value is what the best brings for one customer, 0 where none pays."""

    analysis: ClassVar[str] = "next_best_action"
    subject: ClassVar[str] = "What the best action brings"
    counted: ClassVar[str] = "customers"
    data_level: ClassVar[Level] = "C"
    table: ClassVar[str] = "actions"

    actions: tuple[ActionValue, ...]
    best: str | None
    """The name of the best action; None where doing nothing is best."""
    before: float
    """The chance of reaching the goal as it is."""

    def _told(self) -> str:
        top = self.actions[0]
        if self.best is None:
            return f"None of the {len(self.actions)} actions pays; the best, {top.name!r}, would bring {amount(top.net)} a customer"
        sure = "" if top.tested else ", if it does what is assumed"
        return (
            f"Do {top.name!r}: it raises the chance of reaching the goal from {percent(self.before)} to {percent(top.after)} and brings "
            f"{amount(top.net)} a customer after its cost{sure}"
        )


def next_best_action(
    data: ChainData,
    *,
    actions: Sequence[Action],
    worth: float,
    goal: str | Collection[str] | None = None,
    start: Start | None = None,
    remainder: Remainder = "drop",
    strict: bool = False,
) -> NextBestAction:
    """Which action brings most for a customer who is where ``start`` says?

    For each action worth * (P after - P before) - cost * expected uses, with P the chance of reaching the goal and the uses the
    expected visits to the step ``at`` which it is used, both from the chain with its changes. ``worth`` is what a conversion is worth.
    Ties go to the cheaper, then by name. Where no action brings more than 0, doing nothing is best.

    Unit: that of ``worth``, a customer. What an action changes is an assumption unless an experiment has shown it (``tested=True``);
    then the answer carries no ASSUMPTION_ONLY.

    >>> table = {"basket": {"pay": 0.5, "end": 0.5}}
    >>> reminder = Action("reminder", Change("basket", "pay", by=0.05, takes_from="end"), cost=0.2)
    >>> found = next_best_action(table, goal="pay", start="basket", worth=20, actions=[reminder])
    >>> found.best, round(found.value, 4)
    ('reminder', 0.8)
    """
    if not actions or not all(isinstance(action, Action) for action in actions):
        raise AnalysisError(f"next_best_action: {shown(actions)} are no actions; give one Action or more")
    names = [action.name for action in actions]
    if len(set(names)) < len(names):
        raise AnalysisError("next_best_action: two actions have the same name; rename one")
    price = number(worth, what="worth", low=0)
    markov = markov_of(data, question="next_best_action", goal=goal, start=start, remainder=remainder)
    before = standing(markov, question="next_best_action").conversion
    found = []
    for action in actions:
        markov.check_state(action.at, question="next_best_action")
        then = standing(changed(markov, action.changes, question="next_best_action"), question="next_best_action")
        uses = then.often(action.at)
        cost = 0.0 if action.cost == 0 else action.cost * uses
        gain = then.conversion - before
        found.append(
            ActionValue(
                name=action.name, net=price * gain - cost, gain=gain, after=then.conversion, uses=uses, cost=cost, tested=action.tested
            )
        )
    found.sort(key=lambda each: (-round(each.net, 9) if math.isfinite(each.net) else math.inf, each.cost, each.name))
    best = found[0] if found[0].net > 1e-12 else None
    untested = [each.name for each in found if not each.tested]
    told = f"what {', '.join(repr(name) for name in untested[:3])}{' ...' if len(untested) > 3 else ''} changes has not been tested"
    result = NextBestAction(
        value=best.net if best else 0.0,
        unit="a customer",
        n=markov.n,
        method="worth * gain of conversion - cost * expected uses, each from the changed chain",
        assumptions=(*markov.chain.assumptions, *((told,) if untested else ()), "the next step depends on the present one alone"),
        warnings=(*markov.warnings, *((caution("ASSUMPTION_ONLY", told),) if untested else ())),
        actions=tuple(found),
        best=best.name if best else None,
        before=before,
    )
    return sealed(result, strict=strict, inputs=(markov.inputs, price, tuple(repr(action) for action in actions)))
