"""Text broken into lines: as few as can be, and so even that they look set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from journeymap.scene.breaking import SOFT_HYPHEN, pieces, separated
from journeymap.scene.clusters import clusters
from journeymap.scene.metrics import Cut

ELLIPSIS = "\u2026"

_HAND_SET = 300  # pieces: beyond, lines are simply filled, which takes linear time, and nobody sees the difference
_LAST_LINE = 0.35**2
_ORPHAN = 2 / 3  # of the last line empty, beside a single word: that is worse than other short last lines
_ORPHAN_LINE = 0.63**2  # but better than a hole in the first line, which the eye sees sooner
_HYPHEN = 0.5**2  # a word is rather kept whole, unless that leaves half a line empty
_WORD_KEPT = 0.6
_STRANDED = " \u00a0,;:.\u2026-\u2013\u2014/(\u201c\u2018"

_LONG = 64


class _Piece(NamedTuple):
    text: str
    glue: str
    """What follows it: a space, a soft hyphen or nothing."""
    width: int
    hyphen: int
    """How much wider a line that ends here is by the hyphen it is drawn with."""


class Strip:
    """A paragraph's pieces laid end to end, to be broken into lines of at most ``limit`` units."""

    def __init__(self, paragraph: str, cut: Cut, limit: float) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        """Each with the space or the soft hyphen that follows it."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._hyphens: list[int] = []
        position = 0
        before = behind = ""
        for text, glue, width, hyphen in _fitting(paragraph, cut, limit):
            if before:
                position += cut.joint(before, behind, text)
            self._pieces.append(text + glue)
            self._starts.append(position)
            position += width
            self._ends.append(position)
            self._hyphens.append(hyphen)
            before, behind = text, glue

    def lines(self) -> list[str]:
        """As few lines as can be, and of those ways the one with the least ragged edge."""
        return self._cut(self._even() if len(self._pieces) <= _HAND_SET else self._full())

    def first_lines(self, count: int) -> list[str]:
        """At most so many lines, each as full as can be; the last of them goes on with all that is left."""
        stops = self._full()
        return self._cut([*stops[: count - 1], len(self._pieces)] if len(stops) > count else stops)

    def _cut(self, stops: list[int]) -> list[str]:
        return [self._line(first, stop) for first, stop in pairwise([0, *stops])] or [""]

    def _line(self, first: int, stop: int) -> str:
        text = "".join(self._pieces[first:stop])
        hyphen = "-" if text.endswith(SOFT_HYPHEN) else ""
        return text.replace(SOFT_HYPHEN, "").rstrip(" ") + hyphen

    def _full(self) -> list[int]:
        """Where lines stop if each takes as many pieces as fit."""
        stops: list[int] = []
        first, count = 0, len(self._pieces)
        while first < count:
            stop = first + 1
            for index in range(stop, count):
                width = self._ends[index] - self._starts[first]
                if width > self._limit:
                    break
                if width + self._hyphens[index] <= self._limit:
                    stop = index + 1
            stops.append(stop)
            first = stop
        return stops

    def _even(self) -> list[int]:
        """Where lines stop if they are few first and even second: dynamic programming from the last piece to the first."""
        limit, starts, ends, hyphens = self._limit, self._starts, self._ends, self._hyphens
        count = farthest = len(starts)
        lines, costs, stops = [0] * (count + 1), [0.0] * (count + 1), [count] * (count + 1)
        for first in reversed(range(count)):
            room_after = limit + starts[first]
            while ends[farthest - 1] > room_after and farthest > first + 1:
                farthest -= 1
            for stop in range(farthest, first, -1):
                room = room_after - ends[stop - 1] - hyphens[stop - 1]
                alone = stop == first + 1
                if room < 0 and not alone:
                    continue
                if lines[first] and lines[stop] >= lines[first]:
                    break  # the sooner a line stops, the more lines follow
                orphan = alone and room > _ORPHAN * limit
                weight = 1 if stop < count else _ORPHAN_LINE if orphan else _LAST_LINE
                cost = costs[stop] + room * room * weight
                if hyphens[stop - 1]:
                    cost += _HYPHEN * limit * limit
                if not lines[first] or cost < costs[first]:
                    lines[first], costs[first], stops[first] = lines[stop] + 1, cost, stop
        return list(_followed(stops))


def shorten(text: str, cut: Cut, limit: float) -> str:
    """As much of the text as fits into ``limit`` units together with the ellipsis that ends it.

    It ends after a whole word, unless that would give away much of the room.
    """
    room = limit - cut.advances[ELLIPSIS]
    kept = ""
    width = 0
    for cluster in clusters(text):
        width += cut.word(cluster) + (cut.joint(kept, "", cluster) if kept else 0)
        if width + cut.joint(cluster, "", ELLIPSIS) > room:
            break
        kept += cluster
    space = kept.rfind(" ")
    if not text.startswith(kept + " ") and space >= _WORD_KEPT * len(kept):
        kept = kept[:space]
    return kept.rstrip(_STRANDED) + ELLIPSIS


def _followed(stops: list[int]) -> Iterator[int]:
    stop, count = 0, len(stops) - 1
    while stop < count:
        stop = stops[stop]
        yield stop


def _fitting(paragraph: str, cut: Cut, limit: float) -> Iterator[_Piece]:
    """The pieces of a paragraph; those wider than a line are cut."""
    for word in paragraph.split(" "):
        for piece in _measured(word, cut) if len(word) <= _LONG else _measured.__wrapped__(word, cut):
            if piece.width + piece.hyphen <= limit:
                yield piece
            else:
                yield from _small(piece, cut, limit)


@lru_cache(maxsize=20_000)
def _measured(word: str, cut: Cut) -> tuple[_Piece, ...]:
    return tuple(_Piece(text, glue, cut.length(text), cut.hyphen(text) if glue == SOFT_HYPHEN else 0) for text, glue in pieces(word))


def _small(piece: _Piece, cut: Cut, limit: float) -> Iterator[_Piece]:
    parts = [small for part in separated(piece.text) for small in ((part,) if cut.length(part) <= limit else clusters(part))]
    yield from (_Piece(part, "", cut.word(part), 0) for part in parts[:-1])
    last = piece._replace(text=parts[-1], width=cut.word(parts[-1]))
    yield last if last.width + last.hyphen <= limit else last._replace(glue=last.glue.strip(SOFT_HYPHEN), hyphen=0)
