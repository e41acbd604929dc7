"""The public names of the package: loaded one by one, and none hidden by a module."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from journeymap import analysis

HOMES = {name: home for home, names in analysis._HOMES.items() for name in names.split()}
HEAVY = ("numpy", "scipy", "networkx", "nanoarrow", "matplotlib")


def loaded_by(code):
    script = f"import sys\n{code}\nprint(*sorted({{m.partition('.')[0] for m in sys.modules}} & set({HEAVY!r})))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()


def test_the_list_is_sorted_and_complete():
    assert set(analysis.__all__) == set(HOMES)
    assert analysis.__all__ == sorted(analysis.__all__, key=lambda name: (not name.isupper(), name.islower(), name))
    assert set(dir(analysis)) == set(analysis.__all__)


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_name_loads(name):
    assert getattr(analysis, name) is not None


def test_types_and_names_tell_the_same():
    """What type checkers see is what loads."""
    tree = ast.parse(Path(analysis.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.name: (node.module or "").rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("journeymap.analysis.")
        for alias in node.names
    }
    assert seen == HOMES


def test_no_module_hides_a_function():
    modules = {path.stem for path in Path(analysis.__file__).parent.glob("*.py")}
    assert not modules & set(HOMES)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'peak_ends'"):
        analysis.peak_ends  # noqa: B018


def test_what_pictures_need_loads_nothing_heavy():
    assert loaded_by("from journeymap.analysis import stage_emotion") == []
    assert loaded_by("import journeymap.analysis as a; a.peak_end([1, -2, 1]); a.emotion_curve([1, 0, -2])") == []


def test_the_reference_has_every_public_name():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "analysis.md").read_text("utf-8")
    members = [name.strip() for found in re.findall(r"members: \[(.*?)\]", page) for name in found.split(",")]
    assert sorted(members) == sorted(analysis.__all__)
