"""What keeps the package readable: small modules with names that say what is in them."""

import re
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src" / "journeymap").rglob("*.py"))
LONGEST = 400
FORBIDDEN = {"util", "utils", "helper", "helpers", "common", "base", "misc", "manager", "managers", "core", "stuff", "types"}


def lines(module: Path) -> int:
    return len(module.read_text(encoding="utf-8").splitlines())


def test_there_are_modules_to_judge():
    assert len(MODULES) > 50


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(ROOT / "src").as_posix())
def test_a_module_can_be_read_in_one_sitting(module):
    assert lines(module) <= LONGEST, f"{module.name} has more than one reason to change; give the second one a module of its own"


def test_most_modules_are_short(record_testsuite_property):
    median = statistics.median(lines(module) for module in MODULES)
    record_testsuite_property("median lines of a module", median)
    assert 40 <= median <= 180, f"the median module has {median} lines; too long to hold in mind, or mere dust"


def test_names_say_what_is_inside():
    assert [module for module in MODULES if module.stem.strip("_") in FORBIDDEN or module.parent.name in FORBIDDEN] == []


def test_every_package_is_one():
    packages = {module.parent for module in MODULES}
    assert [package for package in packages if not (package / "__init__.py").exists()] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(ROOT / "src").as_posix())
def test_nothing_is_left_open_or_silenced_without_a_reason(module):
    text = module.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)
    silenced = [line.strip() for line in text.splitlines() if re.search(r"#\s*(type:\s*ignore|pyrefly:\s*ignore|noqa|pragma)", line)]
    assert [line for line in silenced if not re.search(r"(ignore\[[\w, -]+\]|noqa: [A-Z]+\d+(, [A-Z]+\d+)*)(\W+\w+){2,}", line)] == []


def test_types_are_shipped():
    assert (ROOT / "src" / "journeymap" / "py.typed").exists()
