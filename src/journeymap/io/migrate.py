"""Documents of older versions of the form, brought to the present one step by step.

A version that changes what documents mean gets a step here, from the version before it; nobody's file is left behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from journeymap.io.codec import VERSION
from journeymap.io.problems import Place
from journeymap.io.tree import Tree

Step: TypeAlias = "Callable[[dict[str, Tree]], dict[str, Tree]]"
"""What turns a document of one version into one of the next; it leaves alone what it does not know."""

STEPS: dict[int, Step] = {}
"""The steps, by the version that they start from; none yet, since the first version is the present one."""


def can_migrate(version: int, steps: Mapping[int, Step] = STEPS) -> bool:
    """Whether there is a way from that version to the present one."""
    return version < VERSION and all(each in steps for each in range(version, VERSION))


def migrated(tree: dict[str, Tree], version: int, steps: Mapping[int, Step] = STEPS) -> dict[str, Tree]:
    """The document as the present version has it."""
    for each in range(version, VERSION):
        tree = steps[each](tree)
    return tree


def places_of(tree: Tree, before: Place) -> Place:
    """Where the parts of a migrated document stood; what is new stands where the thing around it stood."""
    old = before.parts
    parts: dict[str, Place] | list[Place] | None = None
    if isinstance(tree, dict):
        known = old if isinstance(old, dict) else {}
        parts = {key: places_of(value, known.get(key, Place(before.position))) for key, value in tree.items()}
    elif isinstance(tree, list):
        listed = old if isinstance(old, list) else []
        parts = [places_of(value, listed[at] if at < len(listed) else Place(before.position)) for at, value in enumerate(tree)]
    return Place(before.position, parts)
