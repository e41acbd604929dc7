"""The words that Markdown has for the fields of the model: ``Pain: ...`` for each of the ``pains``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from attrs import has

from journeymap.io.codec import fields_of, members
from journeymap.model import (
    Activity,
    Journey,
    Metric,
    Opportunity,
    PainPoint,
    Persona,
    Source,
    Stage,
    Touchpoint,
    Transition,
)

SECTIONS = {"personas": Persona, "metrics": Metric, "sources": Source, "opportunities": Opportunity, "transitions": Transition}
"""The fields of a journey that have a heading of their own, and what its bullets are."""
NOTES = "notes"
STAGE = "Stage: "
"""Before the name of a stage that is called like one of those headings."""

FALLBACKS: dict[type, str] = {
    Persona: "persona", Stage: "stage", Touchpoint: "touchpoint", Activity: "activity", PainPoint: "pain", Opportunity: "opportunity",
    Metric: "metric", Source: "source", Journey: "journey",
}  # fmt: skip
"""What has an id, and the id of what has a name that gives none."""

_SINGULAR = {"opportunities": "Opportunity", "activities": "Activity", "emotions": "Felt by"}
_AS_THEY_ARE = frozenset(["addresses", "requires", "affects"])
_NOT_LETTERS = re.compile(r"[\s_-]+")


def label(name: str) -> str:
    """The word for a field.

    >>> label("believed_emotion"), label("pains"), label("emotions")
    ('Believed emotion', 'Pain', 'Felt by')
    """
    if name in _SINGULAR:
        return _SINGULAR[name]
    word = name[:-1] if name.endswith("s") and name not in _AS_THEY_ARE | {"status", "notes"} else name
    return word.replace("_", " ").capitalize()


@cache
def by_word(kind: Any) -> dict[str, str]:
    """The fields of a class by the words for them, in one form: small letters, a space between words."""
    return {plain(word): name for name in fields_of(kind) for word in (name, label(name))} | {
        plain(label(name)): name for name in fields_of(kind)
    }


def plain(word: str) -> str:
    """A word in the form in which words are compared.

    >>> plain("Believed_Emotion ")
    'believed emotion'
    """
    return _NOT_LETTERS.sub(" ", word).strip().casefold()


def class_in(declared: Any) -> Any:
    """The class of the model that a type allows; None if it allows only plain values."""
    return next((kind for kind in members(declared) if has(kind)), None)


def main_field(kind: type) -> str:
    """The field that stands behind the word itself: the name, the description, the valence."""
    return next(iter(fields_of(kind)))
