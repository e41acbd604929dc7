"""A mapping that cannot change, so that it can live in a frozen, hashable value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from journeymap.errors import ModelError, Problem, shown
from journeymap.model.checks import text_problem

V_co = TypeVar("V_co", covariant=True)


class FrozenMap(Mapping[str, V_co]):
    """A mapping of text to values that keeps its order, cannot change and can be hashed.

    >>> FrozenMap({"city": "Leeds"})["city"]
    'Leeds'
    """

    __slots__ = ("_items",)
    _items: dict[str, V_co]

    def __init__(self, items: Mapping[str, V_co] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items or {}))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot change")

    def __getitem__(self, key: str) -> V_co:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, FrozenMap) else super().__eq__(other)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return repr(self._items)

    def __reduce__(self) -> tuple[type[FrozenMap[V_co]], tuple[dict[str, V_co]]]:
        return type(self), (self._items,)


Extra = FrozenMap[str]
"""Text by name: what a user wants to keep that the model has no field for."""


def as_extra(values: Mapping[str, str]) -> Extra:
    """A mapping of text to text, frozen."""
    if not isinstance(values, Mapping):
        raise ModelError(f"{shown(values)} is not a mapping of text to text; put it in {{ }}")
    problems = []
    for key, value in values.items():
        problem = text_problem(key) or text_problem(value)
        if problem:
            problems.append(Problem(f"[{shown(key)}]", problem))
    if problems:
        raise ModelError(problems)
    return FrozenMap(values)
