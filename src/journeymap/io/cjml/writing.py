"""From a journey to CJML 2.0: planned, unless it says of itself that it really happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from journeymap.io.cjml import names as cjml
from journeymap.io.cjml.parties import Actor, Parties, customer_begins
from journeymap.model import Journey, Stage, Touchpoint

_ATTRIBUTE = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def cjml_text(journey: Journey) -> str:
    """The CJML document of a journey; the same for the same journey."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *_element("CJML", _journey(journey), version=cjml.VERSION)]) + "\n"


def _journey(journey: Journey) -> Iterator[str]:
    actual = journey.extra.get(cjml.KIND_KEY) == cjml.ACTUAL
    yield from _element("actualJourney" if actual else "plannedJourney", _parts(journey, actual))


def _parts(journey: Journey, actual: bool) -> Iterator[str]:
    parties = Parties(journey)
    yield from _leaf("journeyID", journey.id)
    yield from _leaf("journeyTitle", journey.name)
    yield from _leaf("plannedReference", journey.based_on or "")
    phases = [line for stage in journey.stages if stage.name != cjml.NO_PHASE for line in _phase(stage)]
    if phases:
        yield from _element("journeyPhases", phases)
    yield from _leaf("journeyShortSummary", journey.scenario)
    yield from _leaf("journeyLongSummary", journey.notes)
    yield from _leaf("journeyOperators", journey.organisation)
    yield from _element("actors", [line for actor in parties.actors.values() for line in _actor(actor)])
    points = ((stage.id if stage.name != cjml.NO_PHASE else "", touchpoint) for stage in journey.stages for touchpoint in stage.touchpoints)
    yield from _element("touchpoints", [line for phase, touchpoint in points for line in _point(touchpoint, phase, parties, actual)])


def _phase(stage: Stage) -> Iterator[str]:
    yield from _element("journeyPhase", [*_leaf("phaseName", stage.name), *_leaf("phaseDescription", stage.goal)], phaseID=stage.id)


def _actor(actor: Actor) -> Iterator[str]:
    kind, word = ("endUser", "actorName") if actor.end_user else ("serviceProvider", "companyName")
    yield from _element(kind, _leaf(word, actor.name), actorID=actor.id)


def _point(touchpoint: Touchpoint, phase: str, parties: Parties, actual: bool) -> Iterator[str]:
    initiator, receiver = parties.of(touchpoint)
    kind = "CommunicationPoint" if receiver or touchpoint.channel is not None else "Action"
    yield from _element(("actual" if actual else "planned") + kind, _point_parts(touchpoint, phase, parties, actual, initiator, receiver))


def _point_parts(touchpoint: Touchpoint, phase: str, parties: Parties, actual: bool, initiator: str, receiver: str) -> Iterator[str]:
    extra = touchpoint.extra
    other = extra.get(cjml.LABEL_KEY, touchpoint.name)
    begins = customer_begins(initiator, receiver, parties.actors)
    yield from _leaf("touchpointID", touchpoint.id)
    if phase:
        yield from _element("belongsTo", phaseIDref=phase)
    sides = [("initiator", initiator), ("receiver", receiver)]
    labels = [touchpoint.name, other] if begins else [other, touchpoint.name]
    for (side, actor), label in zip(sides, labels, strict=True):
        if actor or side == "initiator":
            reference = _element("refersTo", actorIDref=actor) if actor else ()
            yield from _element(side, [*reference, *_leaf(f"{side}Label", label)])
    if touchpoint.channel is not None:
        yield from _element("channel", _leaf("channelName", touchpoint.channel.name))
    for name, key in cjml.LEAVES.items():
        yield from _leaf(name, extra.get(key, ""))
    yield from _leaf("comment", touchpoint.notes)
    times = [line for name, key in cjml.TIMES.items() for line in _leaf(name, extra.get(key, ""))]
    if times:
        yield from _element("timestamps", times)
    if actual:
        yield from _experience(touchpoint)


def _experience(touchpoint: Touchpoint) -> Iterator[str]:
    """What was felt, which CJML knows of actual journeys only."""
    rating = touchpoint.extra.get(cjml.RATING_KEY, "")
    told = touchpoint.extra.get(cjml.EXPERIENCE_KEY, "")
    if touchpoint.emotion is not None:
        value = cjml.RATING.value(touchpoint.emotion)
        rating = repr(int(value) if float(value).is_integer() else value)
        told = touchpoint.emotion.label
    if rating or told:
        yield from _element("touchpointExperience", [*_leaf("experienceDescription", told), *_leaf("experienceRating", rating)])


def _leaf(name: str, text: str) -> Iterator[str]:
    """An element that holds nothing but a text; nothing where there is none."""
    if text:
        keeps = ' xml:space="preserve"' if text != text.strip(" \t\n") else ""
        yield f"<{name}{keeps}>{escape(text)}</{name}>"


def _element(name: str, inner: Iterable[str] = (), **attributes: str) -> Iterator[str]:
    """An element with the lines in it, indented; texts of several lines are left as they are."""
    told = "".join(f' {key}="{escape(value, _ATTRIBUTE)}"' for key, value in attributes.items())
    lines = list(inner)
    if not lines:
        yield f"<{name}{told}/>"
        return
    yield f"<{name}{told}>"
    yield from (f"  {line}" for line in lines)
    yield f"</{name}>"
