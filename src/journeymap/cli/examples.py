"""The example maps that ship: in the package once installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from journeymap.errors import FileError

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "examples", _PACKAGE.parent.parent / "examples")


def example_files() -> tuple[Path, ...]:
    """The example maps as files, by name; FileError if the installation lacks them."""
    found = next((files for place in _PLACES if (files := tuple(sorted(place.glob("*.yaml"))))), ())
    if not found:
        raise FileError(str(_PLACES[0]), "no example maps here; install journeymap again")
    return found
