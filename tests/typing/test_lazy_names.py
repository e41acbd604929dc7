"""The names that users import: all there, loaded on first use, and what a type checker sees is what they get."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import journeymap as jm

SOURCE = Path(jm.__file__)


def typed_names() -> dict[str, str]:
    """What the ``if TYPE_CHECKING:`` block imports: each name with its module."""
    block = next(node for node in ast.parse(SOURCE.read_text(encoding="utf-8")).body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.name: node.module or "" for node in imports for alias in node.names}


def test_what_is_typed_is_what_is_there() -> None:
    typed = typed_names()
    assert sorted({*typed, "__version__"}) == sorted(jm.__all__) == jm.__all__
    for name, home in typed.items():
        if isinstance(getattr(jm, name), ModuleType):
            continue
        assert getattr(jm, name) is getattr(importlib.import_module(home), name)


def test_dir_shows_the_names_and_nothing_else() -> None:
    assert dir(jm) == sorted(jm.__all__)


def test_packages_are_there_without_an_import_of_their_own() -> None:
    program = "import journeymap as jm; assert jm.io.Limits(depth=10).depth == 10; assert jm.analysis.peak_end"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_misspelt_name_is_told_with_the_right_one() -> None:
    done = subprocess.run([sys.executable, "-c", "import journeymap as jm; jm.Jorney"], capture_output=True, text=True, check=False)
    assert "Did you mean: 'Journey'?" in done.stderr


def test_packages_that_share_their_name_with_a_listing_can_be_called() -> None:
    backends, renderers = importlib.import_module("journeymap.backends"), importlib.import_module("journeymap.renderers")
    assert jm.renderers is renderers
    assert list(jm.renderers()) == list(renderers())
    assert {"emotion-curve", "swimlane", "blueprint"} <= set(jm.renderers())
    assert list(jm.backends()) == list(backends()) == ["html", "pdf", "png", "pptx", "svg"]
    assert importlib.import_module("journeymap.renderers.swimlane").swimlane


def test_everything_built_in_loads_and_says_what_it_is() -> None:
    for listing in (jm.renderers(), jm.backends(), jm.formats(), jm.themes(), jm.lanes()):
        assert len(listing) > 0
        for name, line in listing.items():
            assert line, name
            assert not line.startswith("(unusable)"), line


def test_the_version_is_that_of_the_package() -> None:
    assert jm.__version__[0].isdigit()
