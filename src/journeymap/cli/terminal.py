"""A map in characters: the curve and the lanes, as wide as the terminal, in colour or without."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from journeymap.model import Journey
from journeymap.renderers.steps import Step, persona_of, steps_by_stage
from journeymap.renderers.words import spoken_emotion
from journeymap.scene.clusters import clusters
from journeymap.scene.curve import monotone_segments

_GUTTER = 12
_NARROWEST, _WIDEST = 16, 26
"""Of a column, in characters."""
_ROWS = 9
"""Of the curve: two for a point of valence, and the lowest."""
_NEUTRAL = 4
_JOINERS = "\u200c\u200d"
"""What makes one emoji of several, and parts letters of Persian; neither is seen by itself."""
_SEVERITIES = ("minor", "medium", "major", "critical")
_LEVELS = ("38;5;160", "38;5;208", "38;5;245", "38;5;37", "38;5;30")
"""Red, orange, grey, cyan, teal: the colours of the pictures, as near as 256 come."""
_BOLD, _DIM, _ITALIC, _PAIN, _IDEA, _MOMENT = "1", "2", "3", "38;5;160", "38;5;62", "38;5;172"


@frozen(kw_only=True)
class Marks:
    """The characters that the curve is drawn with."""

    point: str
    moment: str
    level: str
    up: tuple[str, str, str]
    """Leaving the row below, passing, arriving above."""
    down: tuple[str, str, str]
    neutral: str
    rule: str
    pain: str
    idea: str


UNICODE = Marks(
    point="\u25cf", moment="\u2605", level="\u2500", up=("\u256f", "\u2502", "\u256d"), down=("\u256e", "\u2502", "\u2570"),
    neutral="\u2508", rule="\u2501", pain="\u25b2", idea="\u25c6",
)  # fmt: skip
ASCII = Marks(point="o", moment="*", level="-", up=("'", "|", "."), down=(".", "|", "'"), neutral=".", rule="=", pain="!", idea="+")


@frozen
class Words:
    """A text in one style, such as a word in red."""

    text: str
    style: str = ""


Cell = tuple[Words, ...]
"""What stands in one column of a lane, a part under the other."""


def _columns(values: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(values)


@frozen(kw_only=True)
class _Row:
    """As many columns as stand side by side."""

    columns: tuple[Step, ...] = field(converter=_columns)


def terminal_view(journey: Journey, *, width: int, colour: bool, persona: str | None = None, marks: Marks = UNICODE) -> str:
    """The map in lines of at most ``width`` characters (40 at least); without colour, shapes and words say the same."""
    return "\n".join(_View(journey=journey, width=max(width, 40), colour=colour, persona=persona, marks=marks).lines()) + "\n"


@frozen(kw_only=True)
class _View:
    journey: Journey
    width: int
    colour: bool
    persona: str | None
    marks: Marks

    def lines(self) -> Iterator[str]:
        who = persona_of(self.journey, self.persona)
        yield from self._text(self.journey.name, _BOLD)
        scope = [self.journey.kind.capitalize().replace("-", " "), self.journey.organisation, who.name if who else ""]
        yield from self._text(" \u00b7 ".join(part for part in scope if part), _DIM)
        yield from self._text(self.journey.scenario, "")
        stages = steps_by_stage(self.journey, who.id if who else None)
        groups = [list(held.steps) for held in stages]
        count = sum(map(len, groups))
        if not count:
            yield "This journey has no stages yet."
            return
        column = min(_WIDEST, max(_NARROWEST, (self.width - _GUTTER) // count))
        for row in _rows(groups, max(1, (self.width - _GUTTER) // column)):
            yield ""
            yield from self._heads(row, column)
            yield from self._curve(row, column)
            for title, cells in self._lanes(row):
                yield from self._lane(title, cells, column)

    def _text(self, text: str, style: str) -> Iterator[str]:
        for line in wrapped(text, self.width) if text else ():
            yield self._styled(line, style)

    def _heads(self, row: _Row, column: int) -> Iterator[str]:
        runs: list[list[Step]] = []
        for step in row.columns:
            if runs and runs[-1][-1].stage is step.stage:
                runs[-1].append(step)
            else:
                runs.append([step])
        names, goals = " " * _GUTTER, " " * _GUTTER
        for run in runs:
            room = len(run) * column - 1
            number = run[0].number.partition(".")[0]
            head = cut(f"{number} {run[0].stage.name} ", room)
            names += self._styled(head + self.marks.rule * (room - cells_of(head)), _BOLD) + " "
            goal = cut(run[0].stage.goal, room)
            goals += self._styled(goal, _DIM) + " " * (room + 1 - cells_of(goal))
        yield names.rstrip()
        if any(run[0].stage.goal for run in runs):
            yield goals.rstrip()

    def _curve(self, row: _Row, column: int) -> Iterator[str]:
        known = [(column * place + column // 2, step) for place, step in enumerate(row.columns) if step.emotion is not None]
        if not known:
            return
        wide = column * len(row.columns)
        grid = [[Words(" ")] * wide for _ in range(_ROWS)]
        grid[_NEUTRAL] = [Words(self.marks.neutral, _DIM)] * wide
        for run in _runs(row.columns, column):
            self._draw(grid, run)
        for x, step in known:
            assert step.emotion is not None  # noqa: S101 - said above, for the type checker
            mark = self.marks.moment if step.moment else self.marks.point
            grid[_row_of(step.emotion.valence)][x] = Words(mark, f"{_BOLD};{_LEVELS[step.emotion.level - 1]}")
        scale = self.journey.scale
        for index, drawn in enumerate(grid):
            label = cut(scale.print(2.0 - index / 2, decimals=scale.decimals + 1), _GUTTER - 2) if index % 2 == 0 else ""
            head = "Emotion" if index == 0 and cells_of(label) <= 3 else ""
            gutter = head + " " * (_GUTTER - 1 - cells_of(head) - cells_of(label)) + label + " "
            yield (self._styled(gutter, "") + "".join(self._styled(words.text, words.style) for words in drawn)).rstrip()

    def _draw(self, grid: list[list[Words]], points: Sequence[tuple[float, float]]) -> None:
        for segment in monotone_segments(points):
            valences = [segment.y(float(x)) for x in range(int(segment.x0), int(segment.x3) + 1)]
            for x, (one, other) in enumerate(pairwise(valences), start=int(segment.x0) + 1):
                self._stroke(grid, x, _row_of(one), _row_of(other), _style_of(other))

    def _stroke(self, grid: list[list[Words]], x: int, one: int, other: int, style: str) -> None:
        if one == other:
            grid[one][x] = Words(self.marks.level, style)
            return
        leave, passing, arrive = self.marks.up if other < one else self.marks.down
        grid[one][x] = Words(leave, style)
        for between in range(min(one, other) + 1, max(one, other)):
            grid[between][x] = Words(passing, style)
        grid[other][x] = Words(arrive, style)

    def _lanes(self, row: _Row) -> Iterator[tuple[str, list[Cell]]]:
        makers: tuple[tuple[str, Callable[[Step], Cell]], ...] = (
            ("Feels", self._feels),
            ("Steps", self._names),
            ("Thoughts", lambda step: tuple(Words(f"\u201c{thought}\u201d", _ITALIC) for thought in step.thoughts)),
            ("Pain points", self._pains),
            ("Ideas", lambda step: tuple(Words(f"{self.marks.idea} {note.about.name}", _IDEA) for note in step.opportunities)),
        )
        for title, make in makers:
            cells = [make(step) for step in row.columns]
            if any(cells):
                yield title, cells

    def _feels(self, step: Step) -> Cell:
        if step.emotion is None:
            return ()
        said = spoken_emotion(step.emotion, self.journey).removeprefix("Emotion ")
        number, _, words = said.partition(", ")
        return (Words(f"{number.partition(' of ')[0]} {words.partition(',')[0]}", _LEVELS[step.emotion.level - 1]),)

    def _names(self, step: Step) -> Cell:
        moment = (Words(f"{self.marks.moment} moment of truth", _MOMENT),) if step.moment else ()
        channel = step.touchpoint.channel if step.touchpoint else None
        return (Words(f"{step.number} {step.name}", _BOLD), *([Words(channel.name, _DIM)] if channel else []), *moment)

    def _pains(self, step: Step) -> Cell:
        def said(description: str, severity: int | None) -> str:
            return f"{self.marks.pain} {description}" + (f" ({_SEVERITIES[severity - 1]})" if severity else "")

        return tuple(Words(said(note.about.description, note.about.severity), _PAIN) for note in step.pains)

    def _lane(self, title: str, cells: Sequence[Cell], column: int) -> Iterator[str]:
        yield ""
        columns = [[(line, words.style) for words in cell for line in wrapped(words.text, column - 2)] for cell in cells]
        for index in range(max(map(len, columns))):
            line = (title if index == 0 else "").ljust(_GUTTER)
            for held in columns:
                text, style = held[index] if index < len(held) else ("", "")
                line += self._styled(text, style) + " " * (column - cells_of(text))
            yield line.rstrip()

    def _styled(self, text: str, style: str) -> str:
        safe = "".join(map(_safe, text))
        return f"\x1b[{style}m{safe}\x1b[0m" if self.colour and style and safe.strip() else safe


def _safe(character: str) -> str:
    """The character if it can do no harm: none that steers the terminal or turns the direction of what follows."""
    if character.isprintable() or character in _JOINERS:
        return character
    return "" if unicodedata.category(character) == "Cf" else "\ufffd"


def cells_of(text: str) -> int:
    """How many cells of a terminal the text takes: two for what is wide, none for marks.

    >>> cells_of("Kauf"), cells_of("在线"), cells_of("e\u0301")
    (4, 4, 1)
    """
    return sum(map(_cells, clusters(text)))


def _cells(cluster: str) -> int:
    if unicodedata.category(cluster[0]) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if (len(cluster) > 1 and not cluster[0].isalpha()) or unicodedata.east_asian_width(cluster[0]) in "WF" else 1


def cut(text: str, room: int) -> str:
    """The text, or as much of it as fits, with an ellipsis.

    >>> cut("Compares prices", 10)
    'Compares \u2026'
    """
    if cells_of(text) <= room:
        return text
    kept, taken = "", 0
    for cluster in clusters(text):
        if taken + _cells(cluster) > room - 1:
            break
        kept, taken = kept + cluster, taken + _cells(cluster)
    return f"{kept}\u2026" if room > 0 else ""


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines that fit; a word that is longer than a line is broken.

    >>> wrapped("Sees a friend's recommendation", 14)
    ['Sees a', "friend's", 'recommendation']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and cells_of(line) + 1 + cells_of(word) > room:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while cells_of(line) > room:
            head = ""
            for cluster in clusters(line):
                if cells_of(head) + _cells(cluster) > room:
                    break
                head += cluster
            head = head or line[0]
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line] if line else lines


def _rows(groups: Sequence[Sequence[Step]], most: int) -> Iterator[_Row]:
    """Rows of at most so many columns; a stage is broken only if it is longer than a row."""
    row: list[Step] = []
    for group in groups:
        if row and len(row) + len(group) > most:
            yield _Row(columns=row)
            row = []
        row += group
        while len(row) > most:
            yield _Row(columns=row[:most])
            row = row[most:]
    if row:
        yield _Row(columns=row)


def _runs(columns: Sequence[Step], column: int) -> Iterator[list[tuple[float, float]]]:
    """The points between two gaps: nothing is drawn where nothing is known."""
    run: list[tuple[float, float]] = []
    for place, step in enumerate(columns):
        if step.emotion is None:
            if run:
                yield run
            run = []
        else:
            run.append((float(column * place + column // 2), step.emotion.valence))
    if run:
        yield run


def _row_of(valence: float) -> int:
    return round((2.0 - min(2.0, max(-2.0, valence))) * 2)


def _style_of(valence: float) -> str:
    return _LEVELS[min(4, max(0, round(valence) + 2))]
