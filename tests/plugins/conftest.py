"""Packages of plug-ins, really built and installed, and programs that run where they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import journeymap

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds the package in a folder beside this file, installs it into a place of its own, and gives that place."""

    def installed(package: str) -> Path:
        place = tmp_path_factory.mktemp(package)
        source = shutil.copytree(Path(__file__).with_name(package), place / "source", ignore=shutil.ignore_patterns("__pycache__"))
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--no-compile"]
        done = subprocess.run([*pip, "--target", str(place / "site"), str(source)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return place / "site"

    return installed


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs python in one or several such places."""

    def started(*given: Path | str, text: str = "") -> subprocess.CompletedProcess[str]:
        places = [str(place) for place in given if isinstance(place, Path)]
        arguments = [word for word in given if isinstance(word, str)]
        paths = [*places, str(Path(journeymap.__file__).parent.parent)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, *arguments], input=text, env=environment, cwd=places[0], capture_output=True, encoding="utf-8", check=False
        )

    return started
