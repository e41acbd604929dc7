"""Who takes part in a journey as CJML sees it: every touchpoint has somebody who begins, and most have one who receives."""

from __future__ import annotations

from attrs import frozen

from journeymap.io.cjml import names as cjml
from journeymap.io.numbering import Ids
from journeymap.model import Journey, Touchpoint


@frozen
class Actor:
    """Somebody who takes part: a customer, or a company."""

    id: str
    name: str
    end_user: bool


class Parties:
    """The actors of a journey, and who meets whom at each touchpoint.

    Personas are end users. Owners of touchpoints are companies, unless ``extra`` of the journey names those. A touchpoint
    with a channel or an owner is communication, begun by its first persona; any other is an action.
    """

    def __init__(self, journey: Journey) -> None:
        named = {key: name for key, name in journey.extra.items() if key.startswith(cjml.PROVIDER_KEY)}
        ids = Ids([cjml.CUSTOMER, cjml.COMPANY], fallback="actor")
        self._personas: dict[str, str] = {}
        self.actors: dict[str, Actor] = {}
        for persona in journey.personas:
            identifier = ids.give(persona.name, exact=persona.extra.get(cjml.ACTOR_KEY, persona.id))
            self._personas[persona.id] = identifier
            self._add(Actor(identifier, persona.name, True))
        for key, name in named.items():
            self._add(Actor(key.removeprefix(cjml.PROVIDER_KEY), name, False))
        self._companies = {actor.name: actor.id for actor in reversed(self.actors.values()) if not actor.end_user}
        for touchpoint in journey.touchpoints:
            if touchpoint.owner and touchpoint.owner not in self._companies:
                self._companies[touchpoint.owner] = ids.give(touchpoint.owner)
                self._add(Actor(self._companies[touchpoint.owner], touchpoint.owner, False))
        sides = {side for touchpoint in journey.touchpoints for side in self.of(touchpoint)}
        for identifier in (cjml.CUSTOMER, cjml.COMPANY):
            if identifier in sides:
                self._add(Actor(identifier, "", identifier == cjml.CUSTOMER))

    def _add(self, actor: Actor) -> None:
        self.actors.setdefault(actor.id, actor)

    def of(self, touchpoint: Touchpoint) -> tuple[str, str]:
        """The ids of who begins a touchpoint and who receives; the second is empty for an action."""
        told = touchpoint.extra.get(cjml.INITIATOR_KEY, ""), touchpoint.extra.get(cjml.RECEIVER_KEY, "")
        if any(told):
            return told
        first = next(iter(touchpoint.personas or self._personas), "")
        customer = self._personas.get(first, cjml.CUSTOMER)
        if touchpoint.channel is None and not touchpoint.owner:
            return customer, ""
        return customer, self._companies.get(touchpoint.owner, cjml.COMPANY)


def customer_begins(initiator: str, receiver: str, actors: dict[str, Actor]) -> bool:
    """Whether the customer's is the side that begins: it is not where only the receiver is an end user."""
    first, second = actors.get(initiator), actors.get(receiver)
    return not (second is not None and second.end_user and not (first is not None and first.end_user))
