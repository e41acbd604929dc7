"""A theme in a file: what it says, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import journeymap as jm
from journeymap.errors import DocumentError, FileError
from journeymap.picture.themes import as_theme
from journeymap.scene import DARK, LIGHT, brand

MAP = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2)])])


def theme_of(folder: Path, text: str, name: str = "house.yaml") -> object:
    (folder / name).write_text(text, encoding="utf-8")
    return as_theme(folder / name)


def test_a_file_says_what_differs_from_its_base(tmp_path: Path) -> None:
    assert theme_of(tmp_path, 'accent: "#00695C"') == evolve(LIGHT, name="house", accent="#00695C")
    assert theme_of(tmp_path, 'base: dark\nname: night\npaper: "#000000"') == evolve(DARK, name="night", paper="#000000")
    assert theme_of(tmp_path, '{"base": "dark", "summary": "Ours"}', "ours.json") == evolve(DARK, name="ours", summary="Ours")


def test_a_brand_colour_is_mended_and_can_be_overruled(tmp_path: Path) -> None:
    assert theme_of(tmp_path, 'brand: "#FFD400"') == evolve(brand("#FFD400"), name="house")
    assert theme_of(tmp_path, 'brand: "#FFD400"\nstage: "#000000"') == evolve(brand("#FFD400"), name="house", stage="#000000")


def test_levels_are_a_list(tmp_path: Path) -> None:
    levels = ("#000000", "#222222", "#444444", "#555555", "#666666")
    assert theme_of(tmp_path, f"levels: {list(levels)}".replace("'", '"')) == evolve(LIGHT, name="house", levels=levels)


def test_a_picture_takes_the_file(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text('stage: "#004D40"', encoding="utf-8")
    for given in (tmp_path / "house.yaml", str(tmp_path / "house.yaml")):
        assert b"#004D40" in jm.render(MAP, theme=given).to("svg")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 1", ["line 1  $: a theme is a mapping of tokens to colours"]),
        ("acent: 1\nbase: lihgt", ["line 1  $.acent: unknown key 'acent'; did you mean 'accent'?", "line 2  $.base: no theme 'lihgt'"]),
        ("ink: black\npaper: 7", ["line 1  $.ink: ink: 'black' is not a colour"]),
        ('name: x\nink_3: "#B0B7C3"', ["line 2  $.ink_3: ink_3 on band: the contrast of #B0B7C3 on #F6F8FB is 1.90, text needs 4.5"]),
        ("brand: teal", ["line 1  $.brand: brand: 'teal' is not a colour"]),
        ("name: 7", ["line 1  $.name: 7 is not text"]),
        ("levels: [1]", ["line 1  $.levels: levels: (1,) is not a tuple of five colours"]),
        ("ink: &a b\npaper: *a", ["anchor"]),
        ("", ["a theme is a mapping"]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, said: list[str]) -> None:
    with pytest.raises(DocumentError) as caught:
        theme_of(tmp_path, text)
    for words in said:
        assert words in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        as_theme(tmp_path / "none.yaml")
