"""A package that offers a renderer, a theme and analyses, really built, installed and used."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.plugin

JOURNEY = "journeymap: 1\nname: Buy a bike\nstages:\n  - name: Buy\n    touchpoints:\n      - name: Test ride\n        emotion: 2\n"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(install: Callable[[str], Path]) -> Path:
    return install("sample_plugin")


def test_the_command_line_lists_it(installed: Path, run: Run) -> None:
    done = run(installed, "-m", "journeymap", "list")
    assert done.returncode == 0, done.stderr
    assert "postcard" in done.stdout
    assert "The journey's name on a card" in done.stdout
    assert "sepia" in done.stdout


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_it_draws_every_kind_of_picture(installed: Path, run: Run, tmp_path: Path, suffix: str, start: bytes) -> None:
    out = tmp_path / f"card.{suffix}"
    arguments = ["-m", "journeymap", "render", "-", "-o", str(out), "--renderer", "postcard", "--theme", "sepia"]
    done = run(installed, *arguments, text=JOURNEY)
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(start)


def test_its_options_are_known_by_name(installed: Path, run: Run) -> None:
    program = (
        "import journeymap as jm\n"
        "journey = jm.Journey('Buy a bike')\n"
        "svg = jm.render(journey, 'postcard', greeting='Hello,').to('svg', font='system').decode()\n"
        "assert 'Hello,' in svg and 'Buy a bike' in svg\n"
        "try:\n"
        "    jm.render(journey, 'postcard', greting='Hello')\n"
        "except jm.RenderError as error:\n"
        "    print(error)\n"
    )
    done = run(installed, "-c", program)
    told = "the renderer 'postcard' takes no option 'greting'; did you mean 'greeting'?; it takes: theme, greeting"
    assert done.stdout.strip() == told, done.stderr


def test_its_analyses_are_listed_and_answered(installed: Path, run: Run) -> None:
    listed = run(installed, "-m", "journeymap", "list", "analyses")
    assert "Which step has the longest name?" in listed.stdout, listed.stderr
    done = run(installed, "-m", "journeymap", "analyse", "-", text=JOURNEY)
    assert done.returncode == 0, done.stderr
    assert "Which step has the longest name?" in done.stdout
    assert "- step: Test ride\n- letters: 9\n" in done.stdout
    only = run(installed, "-m", "journeymap", "analyse", "-", "--only", "longest-name", "--json", text=JOURNEY)
    assert json.loads(only.stdout)["others"][0]["data"] == {"step": "Test ride", "letters": 9}


def test_one_that_breaks_leaves_the_report_standing(installed: Path, run: Run) -> None:
    done = run(installed, "-m", "journeymap", "analyse", "-", text=JOURNEY)
    assert done.returncode == 0, done.stderr
    assert "it failed with KeyError" in " ".join(done.stdout.split())
    assert "What this map cannot tell yet" in done.stdout


def test_journeymap_without_it_knows_nothing_of_it(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path, "-m", "journeymap", "list")
    assert done.returncode == 0, done.stderr
    assert "postcard" not in done.stdout
