"""The commands that the pages show work as they stand there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import journeymap as jm

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", ROOT / "docs" / "guide" / "command-line.md"]


def commands(page: Path) -> list[str]:
    found = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in found for line in block.splitlines()]
    return [
        line for line in lines if "journeymap" in line and not line.startswith(("pip ", "journeymap demo", "journeymap preview"))
    ]  # see tests/cli/test_demo.py, and test_preview.py: it goes on until Ctrl-C


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "examples" / "jumping-jamie.yaml", tmp_path / "bike.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [line for page in PAGES for line in commands(page)])
def test_a_shown_command_works(command, folder):
    as_here = re.sub(r"\bjourneymap (?=[a-z])", f"{shlex.quote(sys.executable)} -m journeymap ", command)
    done = subprocess.run(["bash", "-o", "pipefail", "-c", as_here], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    made = re.search(r"(?:--output|>) (\w+\.\w+)", command)
    if made:
        assert (folder / made[1]).stat().st_size > 500


@pytest.mark.usefixtures("folder")
def test_python_and_the_command_line_draw_the_same():
    subprocess.run([sys.executable, "-m", "journeymap", "render", "bike.yaml", "--output", "one.svg"], check=True)
    jm.render(jm.read("bike.yaml")).save("other.svg")
    assert Path("one.svg").read_bytes() == Path("other.svg").read_bytes()
