"""The theme: a pale cork wall and the brown of a pin board."""

from attrs import evolve

from journeymap.scene import LIGHT

CORKBOARD = evolve(
    LIGHT,
    name="corkboard",
    summary="Warm paper and dark wood: for a wall of notes.",
    paper="#FFFAF0",
    band="#FBF3E2",
    card="#FFFFFF",
    stage="#5B3A1A",
    accent="#7A4A12",
    on_accent="#FFF1CC",
)
