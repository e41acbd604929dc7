"""What each field of the model means, in a sentence: from the docstrings under the fields, and for the rest from here."""

from __future__ import annotations

import ast
import inspect
from functools import cache

from journeymap.io.codec import fields_of

_USUAL = {
    "baseline": "What it was before.",
    "behaviours": "What they usually do.",
    "description": "What goes wrong, in a sentence.",
    "duration": "How long it takes: a length of time, or low, mid and high.",
    "evidence": "What supports it: ids of sources, or what each of them says.",
    "expectations": "What the customer counts on before it begins.",
    "extra": "Your own data: text by name.",
    "frustrations": "What annoys them.",
    "goals": "What they want to reach.",
    "high": "The highest value.",
    "horizon": "When it is due.",
    "id": "A word by which other parts refer to it; made from the name where it is left out.",
    "journeys": "The journeys, in the order in which they are shown.",
    "kind": "What kind it is.",
    "layer": "Where it stands in a service blueprint, from what the customer touches down to support.",
    "links": "Pages, forms, tickets: addresses, or addresses with names.",
    "low": "The lowest value.",
    "metrics": "What is measured of it.",
    "moment": "Whether it decides what customers think: true, the kind, or the kind with a reason.",
    "name": "What it is called.",
    "needs": "What they need.",
    "notes": "Room for whatever else is worth keeping.",
    "opportunities": "What could make it better.",
    "owner": "Who answers for it.",
    "pains": "What goes wrong for the customer.",
    "personas": "The kinds of customers who make the journey.",
    "quote": "Their own words, without quotation marks.",
    "review_every": "How soon it is to be looked at again.",
    "role": "What they are, in a few words.",
    "scenario": "Who sets out, from where, to reach what.",
    "segment": "The part of all customers that they stand for.",
    "sources": "Where the knowledge comes from.",
    "stages": "The parts of the journey, in order.",
    "status": "How far it has come.",
    "system": "The system that does it.",
    "target": "What it should be.",
    "thoughts": "What the customer thinks or says, in their own words.",
    "touchpoints": "The steps, in order.",
    "traits": "What they are like.",
    "transitions": "How customers get from step to step, where it is not simply the next one.",
    "unit": "What the value is counted in.",
    "updated": "The day of the last change.",
    "url": "A web or mail address.",
    "value": "What was measured.",
    "version": "Which edition it is, in any words.",
}
"""For names that mean the same in every class, and are not told there."""


@cache
def meanings(kind: type) -> dict[str, str]:
    """What each field of a class of the model means, by its name; what is told under the field goes first."""
    (body,) = ast.parse(inspect.getsource(kind)).body
    told, name = {}, ""
    for node in getattr(body, "body", []):
        if isinstance(node, ast.AnnAssign):
            name = ast.unparse(node.target)
        elif name and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told[name], name = " ".join(str(node.value.value).replace("``", "`").split()), ""
        else:
            name = ""
    return {name: told.get(name) or _USUAL.get(name, "") for name in fields_of(kind)}
