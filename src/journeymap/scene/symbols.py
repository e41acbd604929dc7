"""The icons and faces that a scene uses: each drawn once, put in place as often as needed."""

from __future__ import annotations

from attrs import Factory, define, field

from journeymap.scene.faces import check_level, face
from journeymap.scene.icons import icon
from journeymap.scene.scene import Symbol
from journeymap.scene.shapes import Use
from journeymap.scene.theme import Theme


@define
class Symbols:
    """Collects the symbols of one scene; a renderer makes it, draws with it, and hands `collected` to the `Scene`.

    >>> symbols = Symbols()
    >>> symbols.icon("phone", x=20, y=30, size=14, colour="#455064").symbol
    'icon-phone-14-455064'
    >>> len(symbols.collected())
    1
    """

    _held: dict[str, Symbol] = field(default=Factory(dict), init=False, repr=False)

    def icon(self, name: str, *, x: float, y: float, size: float, colour: str, title: str | None = None) -> Use:
        """An icon whose square has its top left corner at (x, y)."""
        symbol = f"icon-{name}-{size:g}-{colour[1:].lower()}"
        if symbol not in self._held:
            self._held[symbol] = Symbol(symbol, icon(name, size=size, colour=colour))
        return Use(symbol=symbol, x=x, y=y, title=title)

    def face(self, level: int, *, x: float, y: float, radius: float, theme: Theme, title: str | None = None) -> Use:
        """The face of a level, 1 to 5, with its middle at (x, y)."""
        check_level(level)
        colour, strokes = theme.levels[level - 1], theme.on_level
        symbol = f"face-{level}-{radius:g}-{colour[1:].lower()}-{strokes[1:].lower()}"
        if symbol not in self._held:
            self._held[symbol] = Symbol(symbol, face(level, radius=radius, colour=colour, strokes=strokes))
        return Use(symbol=symbol, x=x, y=y, title=title)

    def collected(self) -> tuple[Symbol, ...]:
        """Every symbol used so far, in the order of first use."""
        return tuple(self._held.values())
