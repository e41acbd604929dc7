"""The picture as a value: what a renderer makes and a backend draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from journeymap.scene.shapes import Group, Shape


def _shapes(values: Iterable[Shape]) -> tuple[Shape, ...]:
    return tuple(values)


@frozen
class Symbol:
    """Shapes drawn often, told once; a `journeymap.scene.Use` puts them in place."""

    id: str
    shapes: tuple[Shape, ...] = field(converter=_shapes)


def _symbols(values: Iterable[Symbol]) -> tuple[Symbol, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Scene:
    """A picture as a value: shapes in painter's order on a sheet of paper."""

    width: float
    """In px."""
    height: float
    """In px."""
    shapes: tuple[Shape, ...] = field(converter=_shapes)
    title: str
    """What the picture is called; the first thing a screen reader says."""
    description: str = ""
    """What the picture shows, in sentences."""
    language: str = "en"
    """A BCP 47 tag."""
    paper: str = "#FFFFFF"
    """The colour behind everything."""
    symbols: tuple[Symbol, ...] = field(default=(), converter=_symbols)

    def walk(self) -> Iterator[Shape]:
        """Every shape, groups before what they hold, in painter's order; symbols are not opened."""
        stack: list[Iterator[Shape]] = [iter(self.shapes)]
        while stack:
            for shape in stack[-1]:
                yield shape
                if isinstance(shape, Group):
                    stack.append(iter(shape.shapes))
                    break
            else:
                stack.pop()
