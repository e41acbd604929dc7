"""How values that know nothing of pictures show themselves in a notebook."""

from __future__ import annotations

from journeymap.model import Journey
from journeymap.picture.rendering import render


def journey_display(journey: Journey) -> dict[str, str]:
    """A journey as its swimlane, with a line of text for terminals."""
    return {"text/plain": f"<Journey {journey.name!r}: {contents(journey)}>", "image/svg+xml": render(journey)._repr_svg_()}


def contents(journey: Journey) -> str:
    """How much a journey holds, in a few words.

    >>> contents(Journey("Buy a bike"))
    '0 stages, 0 touchpoints, 0 personas'
    """
    held = {"stage": len(journey.stages), "touchpoint": len(journey.touchpoints), "persona": len(journey.personas)}
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in held.items())
