"""``journeymap new``, ``convert``, ``diff``, ``merge`` and ``schema``: what people do with files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import journeymap as jm
from journeymap.cli import main

BASE = jm.Journey("Buy", [jm.Stage("Shop", [jm.Touchpoint("Pays", emotion=-1), jm.Touchpoint("Leaves", notes="by bike")])])


def run(*arguments: str | Path, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], input=text, catch_exceptions=False)


@pytest.fixture
def maps(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "base": BASE,
        "ours": BASE.replace("pays", emotion=1),
        "theirs": BASE.replace("pays", owner="Billing"),
        "against": BASE.replace("pays", emotion=-2),
        "shop": jm.Atlas("Shop", [BASE]),
    }
    for name, held in contents.items():
        jm.write(held, tmp_path / f"{name}.yaml")
    return {name: tmp_path / f"{name}.yaml" for name in contents}


def test_a_new_map_is_fine_and_an_editor_knows_it(tmp_path: Path) -> None:
    file = tmp_path / "bike.yaml"
    result = run("new", "Buy a bike", "-o", file, "--template", "aida")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Buy a bike, 4 stages" in result.stderr
    assert file.read_text().startswith(
        "# yaml-language-server: $schema=journeymap.schema.json\njourneymap: 1\nname: Buy a bike\nid: buy-a-bike\n"
    )
    assert json.loads((tmp_path / "journeymap.schema.json").read_text()) == jm.io.json_schema()
    assert [stage.name for stage in jm.read(file).stages] == ["Attention", "Interest", "Desire", "Action"]
    assert run("check", file).exit_code == 0


def test_a_new_map_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "bike.json").write_text("precious")
    result = run("new", "-o", tmp_path / "bike.json")
    assert (result.exit_code, (tmp_path / "bike.json").read_text()) == (2, "precious")
    assert "is there already" in result.stderr
    assert run("new", "-o", tmp_path / "other.json").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bike.json", "other.json"]


def test_a_new_map_on_stdout() -> None:
    assert jm.loads(run("new", "Ask", "-o", "-").stdout, format="yaml").name == "Ask"
    assert jm.loads(run("new", "Ask", "-o", "-", "-f", "json").stdout).id == "ask"
    assert run("new", "-o", "-", "--template", "aid").stderr.startswith("Error: no template 'aid'; did you mean 'aida'?")


def test_a_new_map_can_be_filled_in_and_loses_nothing_silently(tmp_path: Path) -> None:
    result = run("new", "-o", tmp_path / "bike.dot")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "dot can only be written" in result.stderr
    assert "stages[0].notes: 'What makes customers notice us?' is left out" in run("new", "-o", tmp_path / "a.csv", "-t", "aida").stderr


def test_convert_writes_what_is_the_same(maps: dict[str, Path], tmp_path: Path) -> None:
    result = run("convert", maps["base"], tmp_path / "base.json", "--strict")
    assert (result.exit_code, result.output) == (0, "")
    assert jm.read(tmp_path / "base.json") == BASE
    assert jm.loads(run("convert", "-", "-", "--to", "json", text=maps["base"].read_bytes()).stdout) == BASE
    assert run("convert", maps["shop"], tmp_path / "shop.json").exit_code == 0
    assert jm.read_atlas(tmp_path / "shop.json").journeys == (BASE,)


def test_convert_tells_what_is_lost_and_strictly_refuses(maps: dict[str, Path], tmp_path: Path) -> None:
    told = "graphml does not hold all of it: 1 loss\n  stages[0].touchpoints[1].notes: 'by bike' is left out\n"
    result = run("convert", maps["base"], tmp_path / "base.graphml", "--strict")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(told)
    assert not (tmp_path / "base.graphml").exists()
    result = run("convert", maps["base"], tmp_path / "base.graphml")
    assert (result.exit_code, result.stderr) == (0, told)
    assert "graphml" in (tmp_path / "base.graphml").read_text()


@pytest.mark.parametrize("arguments", [["base.yaml", "base.xyz"], ["nowhere.yaml", "base.json"], ["base.yaml", "-", "--to", "xyz"]])
def test_what_cannot_be_converted(maps: dict[str, Path], tmp_path: Path, arguments: list[str]) -> None:
    result = run("convert", tmp_path / arguments[0], arguments[1] if arguments[1] == "-" else tmp_path / arguments[1], *arguments[2:])
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_check_takes_an_atlas_too(maps: dict[str, Path]) -> None:
    assert run("check", maps["shop"]).stdout == f"{maps['shop']}: fine (1 journey, 0 links)\n"


def test_diff_says_what_changed(maps: dict[str, Path]) -> None:
    result = run("diff", maps["base"], maps["ours"])
    assert (result.exit_code, result.stdout) == (1, "touchpoint 'pays': emotion -1 -> +1\n")
    assert run("diff", maps["base"], "-", text=maps["base"].read_bytes()).output == "no difference\n"
    assert run("diff", maps["base"], maps["base"]).exit_code == 0
    assert len(json.loads(run("diff", "--json", maps["base"], maps["ours"]).stdout)["changes"]) == 1
    assert run("diff", maps["shop"], maps["shop"]).exit_code == 0
    assert "compare two of a kind" in run("diff", maps["base"], maps["shop"]).stderr


def test_merge_takes_what_each_side_changed(maps: dict[str, Path], tmp_path: Path) -> None:
    result = run("merge", maps["base"], maps["ours"], maps["theirs"], "-o", maps["ours"])
    assert (result.exit_code, result.output) == (0, "")
    assert jm.read(maps["ours"]) == BASE.replace("pays", emotion=1, owner="Billing")
    assert jm.loads(run("merge", maps["base"], maps["base"], maps["theirs"]).stdout, format="yaml").touchpoints[0].owner == "Billing"


def test_merge_keeps_the_comments_at_the_top_and_tells_what_is_lost(maps: dict[str, Path], tmp_path: Path) -> None:
    head = "# yaml-language-server: $schema=journeymap.schema.json\n# Ours, of all shops\n"
    maps["ours"].write_text(head + maps["ours"].read_text())
    merged = run("merge", maps["base"], maps["ours"], maps["theirs"], "-o", maps["ours"])
    assert (merged.exit_code, merged.stderr) == (0, "")
    assert maps["ours"].read_text().startswith(f"{head}journeymap: 1\n")
    lossy = run("merge", maps["base"], maps["ours"], maps["theirs"], "-o", tmp_path / "all.mmd")
    assert "stages[0].touchpoints[1].notes: 'by bike' is left out" in lossy.stderr
    assert (tmp_path / "all.mmd").read_text().startswith("journey\n")


def test_merge_tells_conflicts_and_writes_nothing(maps: dict[str, Path]) -> None:
    before = maps["ours"].read_bytes()
    result = run("merge", maps["base"], maps["ours"], maps["against"], "-o", maps["ours"])
    assert (result.exit_code, result.stdout, maps["ours"].read_bytes()) == (1, "", before)
    assert result.stderr == "touchpoint 'pays': emotion: both have changed it, ours +1, theirs -2, before -1\n"
    result = run("merge", maps["base"], maps["ours"], maps["against"], "--prefer", "theirs")
    assert result.exit_code == 0
    assert jm.loads(result.stdout, format="yaml") == BASE.replace("pays", emotion=-2)
    assert "merge three of a kind" in run("merge", maps["base"], maps["shop"], maps["base"]).stderr


def test_git_merges_with_it(maps: dict[str, Path], tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()

    def git(*arguments: str, ends: int = 0) -> None:
        names = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
        driver = f"{sys.executable} -m journeymap merge %O %A %B --output %A --format yaml"
        command = ["git", *names, "-c", f"merge.journeymap.driver={driver}", *arguments]
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
        assert done.returncode == ends, done.stderr + done.stdout

    def commit(held: jm.Journey) -> None:
        jm.write(held, repository / "map.yaml")
        git("add", ".")
        git("commit", "-m", "x")

    (repository / ".gitattributes").write_text("*.yaml merge=journeymap\n")
    git("init")
    commit(BASE)
    git("checkout", "-b", "theirs")
    commit(jm.read(maps["theirs"]))
    git("checkout", "-b", "against", "main")
    commit(jm.read(maps["against"]))
    git("checkout", "main")
    commit(jm.read(maps["ours"]))
    git("merge", "theirs", "-m", "x")
    assert jm.read(repository / "map.yaml") == BASE.replace("pays", emotion=1, owner="Billing")
    git("merge", "against", "-m", "x", ends=1)


def test_schema(tmp_path: Path) -> None:
    assert json.loads(run("schema").stdout) == jm.io.json_schema()
    assert run("schema", "-o", tmp_path / "s.json").output == ""
    assert (tmp_path / "s.json").read_text() == run("schema").stdout
