"""Ids for what a document names but gives no id: readable, each given once, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterable

from journeymap.model.naming import slug


class Ids:
    """The ids of one class in one journey.

    >>> ids = Ids()
    >>> ids.give("Pays"), ids.give("Pays!")
    ('pays', 'pays-2')
    """

    def __init__(self, taken: Iterable[str] = (), *, fallback: str = "item") -> None:
        self._taken = set(taken)
        self._fallback = fallback
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def give(self, name: str, *, exact: str = "") -> str:
        """An id of its own for something of that name; ``exact`` is the one that it would like best."""
        wanted = exact or slug(name, fallback=self._fallback)
        number, found = self._next.get(wanted, 2), wanted
        while found in self._taken:
            found = f"{wanted}-{number}"
            number += 1
        self._next[wanted] = number
        self._taken.add(found)
        return found
