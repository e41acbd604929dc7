"""``journeymap check``: findings end with 1, what cannot be read with 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journeymap.cli import main

GOOD = "journeymap: 1\nname: Buy a bike\nstages:\n  - name: Buy\n    touchpoints:\n      - name: Test ride\n        emotion: 2\n"
FINDINGS = GOOD.replace("emotion: 2", "emotion: 7").replace("name: Buy\n", "nam: Buy\n")


def run(*arguments: str | Path, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)], input=text, catch_exceptions=False)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "good.yaml": GOOD.encode(),
        "findings.yaml": FINDINGS.encode(),
        "broken.yaml": b"name: [Buy",
        "broken.json": b'{"name": ',
        "latin.yaml": b"name: Caf\xe9\n",
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in [*contents, "nowhere.yaml"]}


def test_a_journey_that_is_fine(files: dict[str, Path]) -> None:
    result = run(files["good.yaml"])
    assert result.stdout == f"{files['good.yaml']}: fine (1 stage, 1 touchpoint, 0 personas)\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_findings_are_the_answer(files: dict[str, Path]) -> None:
    result = run(files["findings.yaml"])
    assert (result.stderr, result.exit_code) == ("", 1)
    first, *findings = result.stdout.splitlines()
    assert first.startswith(f"{files['findings.yaml']}: {len(findings)} problems")
    assert any("7 is outside -2 to +2" in finding for finding in findings)
    assert all("line " in finding for finding in findings)


@pytest.mark.parametrize("name", ["broken.yaml", "broken.json", "latin.yaml", "nowhere.yaml"])
def test_a_file_that_cannot_be_read(files: dict[str, Path], name: str) -> None:
    result = run(files[name])
    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr.startswith(f"{files[name]}: ")


def test_every_file_is_checked_and_the_worst_decides(files: dict[str, Path]) -> None:
    good, findings, nowhere = files["good.yaml"], files["findings.yaml"], files["nowhere.yaml"]
    assert run(findings, good).exit_code == 1
    result = run(nowhere, findings, good)
    assert result.exit_code == 2
    assert str(nowhere) in result.stderr
    assert str(findings) in result.stdout
    assert f"{good}: fine" in result.stdout


def test_stdin() -> None:
    assert run("-", text=GOOD).stdout == "-: fine (1 stage, 1 touchpoint, 0 personas)\n"
    findings = run("-", text=FINDINGS)
    assert findings.exit_code == 1
    assert findings.stdout.startswith("<stdin>: ")
    assert run("-", text=b"name: Caf\xe9\n").exit_code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (rb'{"name": "Buy \ud83d\ude00", "stages": [],}', "<stdin>: 1 problem\n  line 1  column 43: "),
        (rb'{"name": "Buy \ud83d\ude00", "stage": []}', "line 1  $: unknown key 'stage'; did you mean 'stages'?"),
        (rb'{"name": "Buy \ud83d"}', "line 1  "),
    ],
)
def test_json_on_stdin_is_told_about_as_json(text, message) -> None:
    told = run("-", text=text).output
    assert message in told
    assert "YAML" not in told


def test_stdin_takes_json_and_yaml_of_any_form() -> None:
    for text in (rb'{"name": "Buy \ud83d\ude00"}', b"{name: Buy}", b'\xef\xbb\xbf { "name": "Buy" }'):
        assert run("-", text=text).stdout == "-: fine (0 stages, 0 touchpoints, 0 personas)\n"


def test_a_file_is_asked_for() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Missing argument 'FILE...'" in result.stderr
