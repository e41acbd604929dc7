"""Everything that journeymap raises on purpose.

    JourneyMapError
    |-- ModelError (ValueError)        a value breaks a rule of the model
    |-- DocumentError (ValueError)     a file or text cannot become a journey
    |-- MergeConflict (ValueError)     two maps contradict each other, and nobody has said which is right
    |-- RenderError (ValueError)       a picture cannot be drawn as asked
    |-- AnalysisError (ValueError)     a question cannot be answered as asked
    |   |-- NotEnoughData              it needs more data than there is, or data of another kind
    |   |-- ScaleMismatch              values of different scales, periods or clocks are mixed
    |   `-- DoubtfulAnswer             there is an answer, but strict=True refuses its warnings
    |-- UnknownName (LookupError)      no renderer, format, theme ... of that name
    |-- PluginError (RuntimeError)     a plug-in failed to load, or two share a name
    |-- FileError (OSError)            a file cannot be read or written
    `-- MissingExtra (ImportError)     an optional package is not installed

A message is the value, then the rule, then the remedy. The parts are attributes too, and every error survives
``pickle``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from journeymap.model import Conflict

PROBLEMS_SHOWN = 100
MESSAGE_LENGTH = 2_000


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    path: str
    """Where in the value: ``stages[0].touchpoints[1].emotion``; empty for the whole."""
    message: str
    """The value, the rule and the remedy, in one line."""
    line: int | None = None
    """The line of the text, counted from 1, where the format has lines."""

    def __str__(self) -> str:
        where = f"line {self.line}  " if self.line is not None else ""
        return f"{where}{self.path}: {self.message}" if self.path else f"{where}{self.message}"


class JourneyMapError(Exception):
    """The root of every error that journeymap raises on purpose.

    >>> import journeymap as jm
    >>> try:
    ...     jm.Emotion(7)
    ... except jm.JourneyMapError as error:
    ...     print(error)
    valence: 7 is outside -2 to +2; convert other scales with Scale
    """


class ModelError(JourneyMapError, ValueError):
    """A value breaks a rule of the model; ``problems`` says which, all at once."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = (Problem("", problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__(found)
        self.problems: tuple[Problem, ...] = found

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return _bounded(str(self.problems[0]))
        return _listing(f"{len(self.problems)} problems", self.problems)


class DocumentError(JourneyMapError, ValueError):
    """A document cannot become a journey; ``problems`` says why, each with its path and line.

    ``unreadable`` is true where the text is no document of its format at all (broken syntax, not UTF-8, nested without
    end), so that nothing inside it could be checked; it is false where a document was read and breaks the rules.
    """

    def __init__(self, source: str, problems: Iterable[Problem], unreadable: bool = False) -> None:
        found = tuple(problems)
        super().__init__(source, found, unreadable)
        self.source = source
        self.problems: tuple[Problem, ...] = found
        self.unreadable = unreadable

    def __str__(self) -> str:
        count = len(self.problems)
        return _listing(f"{self.source}: {count} problem{'' if count == 1 else 's'}", self.problems)


class MergeConflict(JourneyMapError, ValueError):
    """Two maps cannot be merged without a decision; ``conflicts`` are the `journeymap.model.Conflict` values, all of them."""

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        found = tuple(conflicts)
        super().__init__(found)
        self.conflicts: tuple[Conflict, ...] = found

    def __str__(self) -> str:
        count = len(self.conflicts)
        head = f"{count} conflict{'' if count == 1 else 's'}; decide each, or give prefer='ours' or prefer='theirs'"
        return _listing(head, tuple(Problem("", str(conflict)) for conflict in self.conflicts))


class RenderError(JourneyMapError, ValueError):
    """A picture cannot be drawn as asked; ``problems`` holds what is wrong with a theme, token by token."""

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        found = tuple(problems)
        super().__init__(message, found)
        self.message = message
        self.problems: tuple[Problem, ...] = found

    def __str__(self) -> str:
        return "\n  ".join([self.message, *map(str, self.problems)])


class AnalysisError(JourneyMapError, ValueError):
    """A question cannot be answered as asked; ``code`` is the stable code of the danger, where it has one."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code

    def __str__(self) -> str:
        return _bounded(f"{self.message} [{self.code}]" if self.code else self.message)


class NotEnoughData(AnalysisError):
    """A question needs more data than there is: ``given`` says what was there, ``needed`` what it takes."""

    def __init__(self, question: str, given: str, needed: str, code: str = "") -> None:
        super().__init__(f"{question}: {given}; it needs {needed}", code)
        self.args = (question, given, needed, code)
        self.question = question
        self.given = given
        self.needed = needed


class ScaleMismatch(AnalysisError):
    """Values of different scales, periods or clocks are mixed; they are never converted by guess."""

    def __init__(self, message: str, code: str = "SCALE_MISMATCH") -> None:
        super().__init__(message, code)


class DoubtfulAnswer(AnalysisError):
    """There is an answer, but it carries warnings and ``strict=True`` refuses those; ``warnings`` has each code with its text."""

    def __init__(self, question: str, warnings: Iterable[tuple[str, str]]) -> None:
        found = tuple(warnings)
        super().__init__(f"{question}: " + "; ".join(f"{text} [{code}]" for code, text in found) + "; look at it with strict=False")
        self.args = (question, found)
        self.question = question
        self.warnings: tuple[tuple[str, str], ...] = found


class UnknownName(JourneyMapError, LookupError):
    """Nothing of that name is there; the message says what is."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        there = tuple(known)
        super().__init__(kind, name, there)
        self.kind = kind
        self.name = name
        self.known = there

    def __str__(self) -> str:
        there = f"there are: {', '.join(self.known)}" if self.known else "there are none"
        return _bounded(f"no {self.kind} {shown(self.name)}{suggestion(self.name, self.known)}; {there}")


class PluginError(JourneyMapError, RuntimeError):
    """A plug-in failed to load, or two plug-ins share a name."""


class FileError(JourneyMapError, OSError):
    """A file cannot be read or written; ``path`` names it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class MissingExtra(JourneyMapError, ImportError):
    """An optional package is not installed; the message says which command installs it."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(purpose, extra)
        self.purpose = purpose
        self.extra = extra

    def __str__(self) -> str:
        return f'{self.purpose} needs the extra {self.extra!r}; install it with: pip install "journeymap[{self.extra}]"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """A ``; did you mean ...?`` for a misspelt word, or nothing."""
    if not isinstance(word, str):
        return ""
    near = difflib.get_close_matches(word[:100], list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def shown(value: object, *, longest: int = 60) -> str:
    r"""A value as a message shows it: printable, quoted if it is text, never long.

    >>> shown("tab\there")
    "'tab\\there'"
    """
    try:
        text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    except ValueError:  # Python prints no whole number of more than 4,300 digits
        text = f"a very long {type(value).__name__}"
    return text if len(text) <= longest else text[: longest - 3] + "..."


def _listing(head: str, problems: tuple[Problem, ...]) -> str:
    lines = [head]
    room = MESSAGE_LENGTH - len(head) - 40
    for number, problem in enumerate(problems[:PROBLEMS_SHOWN]):
        line = "  " + _bounded(str(problem), 400)
        if len(line) > room:
            return "\n".join([*lines, f"  ... and {len(problems) - number} more"])
        room -= len(line) + 1
        lines.append(line)
    if len(problems) > PROBLEMS_SHOWN:
        lines.append(f"  ... and {len(problems) - PROBLEMS_SHOWN} more")
    return "\n".join(lines)


def _bounded(text: str, longest: int = MESSAGE_LENGTH) -> str:
    return text if len(text) <= longest else text[: longest - 3] + "..."
