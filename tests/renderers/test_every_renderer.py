"""Every renderer there is, over every example: words in their boxes, on the paper, on no other words."""

from __future__ import annotations

from pathlib import Path

import pytest

import journeymap as jm
from journeymap.plugins import RENDERERS
from journeymap.scene import Scene
from journeymap.testing.journeys import overfull, rich, scripts, wide
from journeymap.testing.renderers import faults

EXAMPLES = sorted(Path("examples").glob("*.yaml"))
STRESS = {"scripts": scripts, "overfull": overfull, "two hundred columns": lambda: wide(200)}


def drawn(journey: jm.Journey, renderer: str) -> tuple[Scene, ...]:
    """The pages; a comparison is with another map, an atlas holds the journey and one more."""
    if renderer == "atlas":
        other = rich()
        return jm.render(jm.Atlas("Two", [journey, other], links=[jm.AtlasLink(journey.id, other.id)]), renderer).scenes
    return jm.render(journey, renderer, **({"to": rich()} if renderer == "comparison" else {})).scenes


@pytest.mark.parametrize("renderer", RENDERERS.names())
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_drawn_without_fault(renderer: str, example: Path) -> None:
    assert [fault for scene in drawn(jm.read(example), renderer) for fault in faults(scene)] == []


@pytest.mark.parametrize("renderer", RENDERERS.names())
@pytest.mark.parametrize("stress", STRESS)
def test_a_hard_journey_is_drawn_without_fault(renderer: str, stress: str) -> None:
    assert [fault for scene in drawn(STRESS[stress](), renderer) for fault in faults(scene)] == []
