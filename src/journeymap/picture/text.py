"""What a picture says in words: as prose for those who listen, as a table for those who look things up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Group, Shape, Text


@frozen(kw_only=True)
class Row:
    """One part of the picture in words."""

    part: str
    """What it belongs to, such as the lane; empty for what stands by itself."""
    says: str
    """What it is and says, as a screen reader has it."""
    shows: str
    """The words that are seen there; empty for what is drawn without words."""


_ENDS = (".", "!", "?", "\u201d", "\u2026")


def _sentence(words: str) -> str:
    return words if words.endswith(_ENDS) else f"{words}."


def _within(words: str, told: str) -> bool:
    """Whether all of the words have been said already."""
    said = set(told.split())
    return words in told or all(word in said or f"{word}." in said or f"{word}," in said for word in words.split())


def _rows(values: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(values)


@frozen(kw_only=True)
class TextAlternative:
    """All that a picture says, in words."""

    title: str
    description: str
    """What the picture shows, in sentences."""
    rows: tuple[Row, ...] = field(converter=_rows)
    """Part by part, in the order in which they are read."""

    @property
    def prose(self) -> str:
        """The description, and then each part that it does not tell already."""
        told = self.description
        parts = [told] if self.title in told else [_sentence(self.title), told]
        for row in self.rows:
            unsaid = "" if _within(row.shows, f"{told} {row.says}") else row.shows
            if unsaid and not _within(row.says, told):
                parts.append(_sentence(f"{row.says.rstrip('.')}: {unsaid}"))
            elif not _within(row.says, told):
                parts.append(_sentence(row.says))
        return " ".join(part for part in parts if part)

    @property
    def table(self) -> tuple[tuple[str, str, str], ...]:
        """A head and the rows: what a thing belongs to, what it says, and the words that are seen there."""
        return (("Part", "Says", "Shows"), *((row.part, row.says, row.shows) for row in self.rows))

    def __str__(self) -> str:
        return self.prose


def text_of(scenes: Sequence[Scene]) -> TextAlternative:
    """The pages of a picture in words: every label, and every visible text, once."""
    rows = [row for scene in scenes for row in _told(scene.shapes, "")]
    descriptions = dict.fromkeys(scene.description for scene in scenes if scene.description)
    return TextAlternative(title=scenes[0].title, description=" ".join(descriptions), rows=rows)


def _told(shapes: Sequence[Shape], part: str) -> Iterator[Row]:
    for shape in shapes:
        if isinstance(shape, Text):
            words = _words(shape)
            if words != part:
                yield Row(part=part, says=words, shows=words)
        elif isinstance(shape, Group):
            if shape.label and not any(inner.label for inner in _groups(shape.shapes)):
                yield Row(part=part, says=shape.label, shows=" ".join(_visible(shape.shapes)))
            else:
                yield from _told(shape.shapes, shape.label or part)


def _groups(shapes: Sequence[Shape]) -> Iterator[Group]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield shape
            yield from _groups(shape.shapes)


def _visible(shapes: Sequence[Shape]) -> Iterator[str]:
    for shape in shapes:
        if isinstance(shape, Text):
            yield _words(shape)
        elif isinstance(shape, Group):
            yield from _visible(shape.shapes)


def _words(text: Text) -> str:
    """The words of a text whole: a line that was shortened or broken is told in full."""
    return text.title or " ".join(line.strip() for line in text.lines)
