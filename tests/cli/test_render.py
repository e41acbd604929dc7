"""``journeymap render``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import journeymap as jm
from journeymap.cli import main

YAML = """\
journeymap: 1
name: Buy a bike
personas:
  - name: Jamie
  - name: Sam
stages:
  - name: Buy
    touchpoints:
      - name: Test ride
        emotion: 2
      - name: Pays
        emotion: -1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bike.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def run(*arguments: str | Path, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, ["render", *map(str, arguments)], input=text, catch_exceptions=False)


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_file_becomes_a_picture(file: Path, suffix: str, start: bytes) -> None:
    out = file.with_suffix(f".{suffix}")
    result = run(file, "-o", out)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith(f"{out}: Buy a bike, ")
    assert out.read_bytes().startswith(start)


def test_it_draws_what_python_draws(file: Path) -> None:
    out = file.with_suffix(".svg")
    run(file, "-o", out, "--renderer", "emotion-curve", "--theme", "dark")
    assert out.read_bytes() == jm.render(jm.read(file), "emotion-curve", theme="dark").to("svg")


def test_a_persona_draws_another_map(file: Path) -> None:
    out = file.with_suffix(".svg")
    assert run(file, "-o", out, "--persona", "sam").exit_code == 0
    assert out.read_bytes() == jm.render(jm.read(file), persona="sam").to("svg")


def test_stdin_to_stdout() -> None:
    result = run("-", "-o", "-", text=YAML)
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"<?xml")
    assert result.stdout_bytes.rstrip().endswith(b"</svg>")
    assert result.stderr == ""


def test_json_on_stdin_needs_no_format() -> None:
    text = jm.dumps(jm.Journey("Buy a bike"), format="json")
    plain, named = run("-", "-o", "-", text=text), run("-", "-o", "-", "-f", "json", text=text)
    assert plain.exit_code == 0
    assert plain.stdout_bytes == named.stdout_bytes


def test_the_kind_of_picture_on_stdout() -> None:
    assert run("-", "-o", "-", "--to", "pdf", text=YAML).stdout_bytes.startswith(b"%PDF")


def test_the_kind_of_picture_of_a_file_without_a_suffix(file: Path, tmp_path: Path) -> None:
    assert run(file, "-o", tmp_path / "map", "--to", "png").exit_code == 0
    assert (tmp_path / "map").read_bytes().startswith(b"\x89PNG")


def test_the_format_of_a_file_whose_name_does_not_tell(file: Path, tmp_path: Path) -> None:
    odd = file.rename(tmp_path / "bike.txt")
    assert run(odd, "-o", tmp_path / "map.svg").exit_code == 2
    assert run(odd, "-o", tmp_path / "map.svg", "--format", "yaml").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--renderer", "swimlan"], "Error: no renderer 'swimlan'; did you mean 'swimlane'?; there are: "),
        (["--theme", "drak"], "Error: no theme 'drak'; did you mean 'dark'?; there are: dark, high-contrast, light, print\n"),
        (["--persona", "jami"], "Error: no persona 'jami'; did you mean 'jamie'?; there are: jamie, sam\n"),
        (["--format", "yml"], "Error: no format 'yml'; did you mean 'yaml'?; there are: "),
        (["--to", "gif"], "Error: no backend 'gif'"),
    ],
)
def test_a_name_that_is_not_there(file: Path, arguments: list[str], told: str) -> None:
    out = file.with_suffix(".svg")
    result = run(file, "-o", out, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(told)
    assert not out.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run(tmp_path / "bike.yaml", "-o", tmp_path / "map.svg")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {tmp_path / 'bike.yaml'}: ")
    assert result.stderr.count("\n") == 1


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    result = run(tmp_path, "-o", tmp_path / "map.svg")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {tmp_path}: ")
    assert "folder" in result.stderr


def test_a_document_with_problems_is_unusable_input(file: Path) -> None:
    file.write_text(YAML.replace("emotion: 2", "emotion: 7").replace("name: Pays", "nam: Pays"), encoding="utf-8")
    result = run(file, "-o", file.with_suffix(".svg"))
    assert result.exit_code == 2
    assert "7 is outside -2 to +2" in result.stderr
    assert "did you mean 'name'?" in result.stderr
    assert not file.with_suffix(".svg").exists()


@pytest.mark.parametrize("out", ["map", "map.gif", "nowhere/map.svg"])
def test_a_picture_that_cannot_be_written(file: Path, tmp_path: Path, out: str) -> None:
    result = run(file, "-o", tmp_path / out)
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bike.yaml"]


CHINESE = YAML.replace("Test ride", "\u5728\u624b\u673a\u4e0a")


@pytest.mark.parametrize("suffix", ["png", "pdf"])
@pytest.mark.filterwarnings("always")
def test_letters_without_a_font_are_told_in_a_line(file: Path, suffix: str) -> None:
    file.write_text(CHINESE, encoding="utf-8")
    result = run(file, "-o", file.with_suffix(f".{suffix}"))
    assert result.exit_code == 0
    warning, told = result.stderr.splitlines()
    assert warning.startswith("warning: 4 characters are drawn as \ufffd")
    assert ".py" not in warning
    assert told.startswith(f"{file.with_suffix(f'.{suffix}')}: ")


@pytest.mark.filterwarnings("always")
def test_a_font_can_be_named_for_letters_that_are_missing(file: Path) -> None:
    import matplotlib as mpl

    fonts = Path(mpl.get_data_path(), "fonts", "ttf")
    file.write_text(YAML.replace("Test ride", "\u210a"), encoding="utf-8")
    out = file.with_suffix(".png")
    result = run(file, "-o", out, "--fallback", fonts / "cmr10.ttf", "--fallback", fonts / "STIXGeneral.ttf", "--dpi", "48")
    assert result.exit_code == 0
    assert "warning" not in result.stderr
    missing = run(file, "-o", out, "--fallback", "nothing.ttf")
    assert missing.exit_code == 2
    assert missing.stderr.startswith("Error: 'nothing.ttf' is no font that can be used")


def test_the_resolution_and_the_lanes(file: Path) -> None:
    out = file.with_suffix(".png")
    assert run(file, "-o", out, "--dpi", "48", "--lanes", "steps, emotion").exit_code == 0
    assert out.read_bytes() == jm.render(jm.read(file), lanes=["steps", "emotion"]).to("png", dpi=48)
    for arguments, told in (
        (["--dpi", "5"], "Error: dpi 5.0 is below 10"),
        (["--dpi", "fine"], "Usage:"),
        (["--lanes", "stepz"], "Error: no lane 'stepz'"),
        (["--lanes", ","], "Error: a swimlane without lanes shows nothing"),
        (["--lanes", "steps", "--renderer", "emotion-curve"], "Error: the renderer 'emotion-curve' takes no option 'lanes'"),
    ):
        result = run(file, "-o", out, *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith(told)
    result = run(file, "-o", file.with_suffix(".svg"), "--dpi", "96")
    assert result.stderr.startswith("Error: the backend 'svg' takes no option 'dpi'")


def test_out_is_asked_for(file: Path) -> None:
    result = run(file)
    assert result.exit_code == 2
    assert "Missing option '-o'" in result.stderr


def test_an_atlas_is_drawn_too(tmp_path: Path) -> None:
    atlas, picture = tmp_path / "shop.yaml", tmp_path / "atlas.svg"
    jm.write(jm.Atlas("Shop", [jm.Journey("Buy a bike"), jm.Journey("Complain")]), atlas)
    assert run(atlas, "-r", "atlas", "-o", picture).exit_code == 0
    assert "Complain" in picture.read_text(encoding="utf-8")
    refused = run(atlas, "-o", picture)
    assert refused.exit_code != 0
    assert "'Shop' is an Atlas" in refused.stderr
