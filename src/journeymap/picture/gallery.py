"""A page that shows drawn maps side by side, each with the files that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import field, frozen


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Drawing:
    """One way in which a map is drawn, and the files that hold it."""

    name: str
    """``Swimlane``."""
    files: tuple[str, ...] = field(converter=_texts)
    """Names relative to the page, the one to look at first."""


def _drawings(values: Iterable[Drawing]) -> tuple[Drawing, ...]:
    return tuple(values)


@frozen(kw_only=True)
class Exhibit:
    """A map as the page shows it; files are named relative to the page."""

    name: str
    contents: str
    """How much it holds, in a few words."""
    scenario: str
    thumbnail: str
    """The picture on the page, ``width`` by ``height`` px."""
    width: int
    height: int
    source: str
    """The file that the map was read from."""
    drawings: tuple[Drawing, ...] = field(converter=_drawings)


def gallery(exhibits: Iterable[Exhibit]) -> str:
    """The page, as HTML: no script, nothing loaded from elsewhere, light or dark as the reader's screen is."""
    from jinja2 import Environment

    template = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(template).render(maps=list(exhibits))
