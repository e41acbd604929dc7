"""Text broken into lines: as few as can be, and so even that they look set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from journeymap.scene.breaking import SOFT_HYPHEN, pieces, separated
from journeymap.scene.clusters import clusters
from journeymap.scene.metrics import Cut

ELLIPSIS = "\u2026"

_HAND_SET = 300  # pieces: beyond, lines are simply filled, which takes linear time, and nobody sees the difference
_LAST_LINE = 0.35**2
_ORPHAN = 2 / 3  # of the last line empty, beside a single word: that is as bad as any other ragged line
_HYPHEN = 0.5**2  # a word is rather kept whole, unless that leaves half a line empty
_WORD_KEPT = 0.6
_STRANDED = " \u00a0,;:.\u2026-\u2013\u2014/(\u201c\u2018"


class Strip:
    """A paragraph's pieces laid end to end, to be broken into lines of at most ``limit`` units."""

    def __init__(self, paragraph: str, cut: Cut, limit: float) -> None:
        self._limit = limit
        self._pieces: list[str] = []
        self._glues: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._hyphens: list[int] = []
        position = 0
        for piece, glue in _fitting(paragraph, cut, limit):
            if self._pieces:
                position += cut.joint(self._pieces[-1], self._glues[-1].strip(SOFT_HYPHEN), piece)
            self._starts.append(position)
            position += cut.word(piece)
            self._ends.append(position)
            self._hyphens.append(cut.hyphen(piece) if glue == SOFT_HYPHEN else 0)
            self._pieces.append(piece)
            self._glues.append(glue)

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
        text = "".join([piece + glue for piece, glue in zip(self._pieces[first:stop], self._glues[first:stop], strict=True)])
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
        count = len(starts)
        lines, costs, stops = [0] * (count + 1), [0.0] * (count + 1), [count] * (count + 1)
        for first in reversed(range(count)):
            start = starts[first]
            lines[first] = count + 1
            for stop in range(first + 1, count + 1):
                room = limit - (ends[stop - 1] - start)
                alone = stop == first + 1
                if room < 0 and not alone:
                    break
                room -= hyphens[stop - 1]
                if lines[stop] >= lines[first] or (room < 0 and not alone):
                    continue
                lenient = stop == count and not (alone and room > _ORPHAN * limit)
                cost = costs[stop] + room * room * (_LAST_LINE if lenient else 1)
                if hyphens[stop - 1]:
                    cost += _HYPHEN * limit * limit
                if lines[stop] + 1 < lines[first] or cost < costs[first]:
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


def _fitting(paragraph: str, cut: Cut, limit: float) -> Iterator[tuple[str, str]]:
    """The pieces of a paragraph; those wider than a line are cut."""
    for piece, glue in pieces(paragraph):
        if cut.word(piece) + (cut.hyphen(piece) if glue == SOFT_HYPHEN else 0) <= limit:
            yield piece, glue
            continue
        *others, last = _small(piece, cut, limit)
        yield from ((other, "") for other in others)
        yield last, glue if glue == " " or cut.word(last) + cut.hyphen(last) <= limit else ""


def _small(word: str, cut: Cut, limit: float) -> Iterator[str]:
    for part in separated(word):
        if cut.word(part) <= limit:
            yield part
        else:
            yield from clusters(part)
