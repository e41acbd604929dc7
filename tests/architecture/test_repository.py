"""What must not, and what must, stand in the repository."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Split, so that this file does not find itself.
MACHINES = [r"/" + "tmp/", r"/" + "work/", r"/" + "root/", r"/" + r"home/\w", r"\.\./" + "shared", r"(?<![\w.])/Us" + "ers/"]
REGISTRIES = ["pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.org", "deb" + r"\.debian\.org", "anaconda" + r"\.org"]
LOCKS = {"uv.lock", "pylock.toml", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "requirements.txt"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def files() -> list[Path]:
    """What is committed, or would be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("pattern", MACHINES + REGISTRIES)
def test_no_file_names_a_machine_or_a_registry(pattern):
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {line.strip()[:120]}" for line in text.splitlines() if re.search(pattern, line)]
    assert found == []


def test_no_lock_files_and_nothing_that_was_generated():
    names = [path.relative_to(ROOT).as_posix() for path in files()]
    assert [name for name in names if name.rsplit("/", 1)[-1] in LOCKS] == []
    assert [name for name in names if name.endswith((".ttf", ".woff2", ".pyc", ".whl"))] == []
    assert [path.name for path in files() if path.stat().st_size > 200_000] == []


def test_decisions_are_written_down_shortly():
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, record.name
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"], record.name
        assert re.search(r"^Status: (accepted|superseded by \[.+\]\(.+\))$", text, re.MULTILINE), record.name


def test_what_changed_is_told_to_users():
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))
    released = re.findall(r"^## (\d\S*)", (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert fragments or PROJECT["project"]["version"] in released
    kinds = {kind["directory"] for kind in PROJECT["tool"]["towncrier"]["type"]}
    for fragment in fragments:
        issue, kind, _ = fragment.name.split(".", 2)
        assert issue.lstrip("+").isdigit() or issue.startswith("+"), fragment.name
        assert kind in kinds, fragment.name
        assert fragment.read_text(encoding="utf-8").strip().endswith("."), fragment.name


def test_the_extra_for_everything_has_everything_but_engines_that_are_worlds_of_their_own():
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = {need for name, needs in extras.items() if name not in ("all", "spark", "testing", "pandas", "polars") for need in needs}
    assert wanted <= set(extras["all"])
