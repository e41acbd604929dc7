"""The program as a whole: help, version, list, and how it ends when something goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import journeymap as jm
from journeymap.cli import main
from journeymap.plugins import RENDERERS

PROGRAM = [sys.executable, "-m", "journeymap"]
SMALL = "journeymap: 1\nname: Größe → ☺\n"


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=text, catch_exceptions=False)


@pytest.fixture
def failing() -> Iterator[str]:
    """A renderer that fails as its title says."""
    errors = {
        "extra": jm.MissingExtra("drawing slides", "office"),
        "plugin": jm.PluginError("the lane 'x' does not load"),
        "lookup": FileNotFoundError(2, "No such file or directory", "brand.ttf"),
        "network": TimeoutError("no\nanswer"),
        "interrupt": KeyboardInterrupt(),
        "bug": ZeroDivisionError("a bug"),
    }

    def failing(journey: jm.Journey) -> None:
        raise errors[journey.name]

    RENDERERS.register("failing", failing)  # type: ignore[arg-type]  # it never returns
    yield "failing"
    RENDERERS.unregister("failing")


def test_help_names_the_commands_and_the_exit_codes() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for word in ("check", "demo", "list", "render", "Exit codes: 0 fine, 1 findings, 2 unusable input or usage, 3 a missing extra"):
        assert word in result.stdout


def test_version() -> None:
    result = run("--version")
    assert (result.stdout, result.exit_code) == (f"journeymap {jm.__version__}\n", 0)


@pytest.mark.parametrize("arguments", [["dance"], ["render", "--dance"], ["list", "more"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_list_shows_every_name_with_its_line() -> None:
    result = run("list")
    assert result.exit_code == 0
    listed = "".join(result.stdout.split())  # a long line is broken at spaces and at hyphens
    for listing in (jm.renderers(), jm.themes(), jm.backends(), jm.formats(), jm.lanes()):
        for name, line in listing.items():
            assert f"{name}{''.join(line.split())}" in listed


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("extra", 3, "Error: drawing slides needs the extra 'office'; install it with: pip install \"journeymap[office]\"\n"),
        ("plugin", 2, "Error: the lane 'x' does not load\n"),
        (
            "lookup",
            2,
            "Error: the renderer 'failing' failed with FileNotFoundError: [Errno 2] No such file or directory: 'brand.ttf'; tell those who offer it\n",
        ),
        ("network", 2, "Error: the renderer 'failing' failed with TimeoutError: no\\nanswer; tell those who offer it\n"),
        ("interrupt", 130, ""),
    ],
)
def test_how_it_ends(failing: str, name: str, code: int, told: str) -> None:
    result = run("render", "-", "-o", "-", "--renderer", failing, text=f"journeymap: 1\nname: {name}\n")
    assert (result.exit_code, result.stderr, result.stdout) == (code, told, "")


def test_a_bug_of_a_plug_in_is_told_with_its_name(failing: str) -> None:
    result = run("render", "-", "-o", "-", "--renderer", failing, text="journeymap: 1\nname: bug\n")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: the renderer 'failing' failed with ZeroDivisionError")


def test_a_reader_that_went_away_is_no_traceback() -> None:
    with subprocess.Popen([*PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
    assert (told, process.returncode) == (b"", 141)


def test_ctrl_c_is_quiet() -> None:
    program = (
        "import signal, sys, time, journeymap as jm\n"
        "from journeymap.cli import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # whoever runs the tests in the background has it ignored
        "@jm.renderer('slow')\n"
        "def slow(journey): sys.stdout.write('drawing\\n'); sys.stdout.flush(); time.sleep(60)\n"
        "main(['render', '-', '-o', '-', '--renderer', 'slow'])\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(SMALL.encode())
        process.stdin.close()
        assert process.stdout.readline() == b"drawing\n"
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert (told, process.returncode) == (b"", 130)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_that_cannot_show_every_letter(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "größe ☺.yaml").write_text(SMALL, encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, "check", "größe ☺.yaml"],
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.stderr, done.returncode) == (b"", 0)
    assert b"fine (0 stages" in done.stdout


@pytest.mark.parametrize("arguments", [["list"], ["render", "-", "-o", "-"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *arguments], input=SMALL.encode(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.stderr, done.returncode) == (b"Error: <stdout>: No space left on device\n", 2)


@pytest.mark.parametrize(("command", "stream"), [("check - <&-", "<stdin>"), ("render - -o - >&-", "<stdout>")])
def test_a_closed_stream_is_told(command: str, stream: str) -> None:
    done = subprocess.run(
        f"exec '{sys.executable}' -m journeymap {command}", input=SMALL.encode(), shell=True, stderr=subprocess.PIPE, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode().removeprefix("Error: ") == f"{stream}: is closed; name a file\n"
