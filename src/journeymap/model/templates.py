"""Maps to start from: the stage models of the field, with each stage's question to the mapper as its note.

Sources: AIDA after St. Elmo Lewis (1898); the seven and five stages as marketing teams use them; the e-commerce stages after
Nielsen Norman Group; the lifecycle of a subscription after McClure's AARRR (2007); the blueprint after Shostack (1984).
"""

from __future__ import annotations

from attrs import field, frozen

from journeymap.errors import ModelError, shown, suggestion
from journeymap.model.journey import Journey, JourneyKind
from journeymap.model.stage import Stage

_Stages = tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class _Template:
    name: str
    stages: _Stages = field(repr=False)
    kind: JourneyKind = "current-state"


_TEMPLATES = {
    "aida": _Template(
        name="AIDA",
        stages=(
            ("Attention", "What makes customers notice us?"),
            ("Interest", "What do they want to know next?"),
            ("Desire", "What makes them want it?"),
            ("Action", "What do they do to get it?"),
        ),
    ),
    "seven-stages": _Template(
        name="Customer lifecycle",
        stages=(
            ("Awareness", "How do customers learn that we exist?"),
            ("Consideration", "What do they compare, and where?"),
            ("Decision", "What tips the balance?"),
            ("Purchase", "How do they get it, and what does it take?"),
            ("Onboarding", "How do they get going?"),
            ("Retention", "Why do they stay, or leave?"),
            ("Advocacy", "What do they tell others?"),
        ),
    ),
    "five-stages": _Template(
        name="Purchase",
        stages=(
            ("Awareness", "How do customers learn that we exist?"),
            ("Consideration", "What do they compare, and where?"),
            ("Decision", "What tips the balance?"),
            ("Purchase", "How do they get it, and what does it take?"),
            ("Post-purchase", "What happens after they have it?"),
        ),
    ),
    "e-commerce": _Template(
        name="Buying online",
        stages=(
            ("Discover", "How do customers find the product?"),
            ("Try", "How do they find out whether it suits them?"),
            ("Buy", "How do they order and pay?"),
            ("Use", "What do they do with it?"),
            ("Seek support", "Where do they turn when something is wrong?"),
        ),
    ),
    "support-case": _Template(
        name="Support case",
        stages=(
            ("Trouble", "What goes wrong, and how do customers notice?"),
            ("Search for help", "Where do they look first?"),
            ("Contact", "How do they reach us, and how long do they wait?"),
            ("Diagnosis", "What do they have to explain, and how often?"),
            ("Solution", "What mends it, and who says so?"),
            ("Follow-up", "How do we know that it stayed mended?"),
        ),
    ),
    "service-blueprint": _Template(
        name="Service blueprint",
        kind="service-blueprint",
        stages=(
            ("Before", "What do customers do before the service, and what do we prepare?"),
            ("Begin", "How does the service start, in front and behind?"),
            ("Core", "What is delivered, by whom, with what?"),
            ("End", "How does it close?"),
            ("After", "What follows, on both sides?"),
        ),
    ),
    "day-in-the-life": _Template(
        name="A day in the life",
        kind="day-in-the-life",
        stages=(
            ("Morning", "How does the day begin, with or without us?"),
            ("Midday", "What are they busy with?"),
            ("Afternoon", "What are they busy with?"),
            ("Evening", "How does the day end?"),
            ("Night", "What goes on while they sleep?"),
        ),
    ),
    "subscription": _Template(
        name="Subscription lifecycle",
        stages=(
            ("Acquisition", "Where do customers come from?"),
            ("Activation", "When do they first find it worth it?"),
            ("Retention", "What brings them back?"),
            ("Referral", "When do they bring others?"),
            ("Revenue", "What do they pay for, and when?"),
        ),
    ),
}

TEMPLATES = tuple(_TEMPLATES)
"""The names of the templates."""


def template(name: str) -> Journey:
    """A new journey with the stages of that template; ModelError if there is none of that name."""
    found = _TEMPLATES.get(name) if isinstance(name, str) else None
    if found is None:
        raise ModelError(f"no template {shown(name)}{suggestion(name, TEMPLATES)}; there are: {', '.join(TEMPLATES)}")
    return Journey(found.name, [Stage(stage, notes=question) for stage, question in found.stages], kind=found.kind)
