"""A long map goes onto paper whole: broken between stages, or made to fit."""

from __future__ import annotations

import warnings

import pytest

import journeymap as jm
from journeymap.picture.sheets import PAPERS
from journeymap.scene import Group, Scene, Text

LONG = jm.Journey(
    "A long way",
    [jm.Stage(f"Stage {s}", [jm.Touchpoint(f"Step {s}.{t}", emotion=(s + t) % 3 - 1) for t in range(4)]) for s in range(9)],
)


def words(scene: Scene) -> list[str]:
    return [line for shape in scene.walk() if isinstance(shape, Text) for line in shape.lines]


def inside(scene: Scene) -> bool:
    return all(
        shape.box.x >= -0.5 and shape.box.right <= scene.width + 0.5 and shape.box.y >= -0.5 and shape.box.bottom <= scene.height + 0.5
        for shape in scene.walk()
        if isinstance(shape, Text)
    )


@pytest.mark.parametrize("renderer", ["swimlane", "emotion-curve"])
@pytest.mark.parametrize("paper", ["a4", "a3", (1200, 900)])
def test_every_page_is_that_paper_with_its_number_and_heads(renderer: str, paper: str | tuple[int, int]) -> None:
    pages = jm.render(LONG, renderer, pages=paper).scenes
    size = PAPERS[paper] if isinstance(paper, str) else paper
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert (page.width, page.height) == pytest.approx(size)
        assert f"Page {number} of {len(pages)}" in words(page)
        assert inside(page)
        if any(isinstance(shape, Group) and shape.role == "system" for shape in page.walk()):
            assert "Emotion" in words(page)
            assert "Stage" in words(page)


def test_no_step_is_lost_and_none_stands_twice() -> None:
    shown = [
        shape.label
        for page in jm.render(LONG, pages="a4").scenes
        for shape in page.walk()
        if isinstance(shape, Group) and shape.role == "touchpoint"
    ]
    assert len(shown) == len(set(shown)) == 36


def test_a_picture_of_many_pages_has_the_name_of_its_map() -> None:
    picture = jm.render(LONG, pages="a4")
    assert picture.text.title == picture.scene.title == "A long way"
    assert picture.scenes[1].title == f"A long way, page 2 of {len(picture.scenes)}"


def test_pages_begin_with_a_stage() -> None:
    for page in jm.render(LONG, pages="a4").scenes:
        assert not [line for line in words(page) if "continued" in line]


def test_a_short_map_is_one_page_without_a_number() -> None:
    short = jm.Journey("Short", [jm.Stage("Only", [jm.Touchpoint("Step", emotion=1)])])
    (page,) = jm.render(short, pages="a3").scenes
    assert not [line for line in words(page) if line.startswith("Page")]


def test_letters_too_small_to_read_are_told() -> None:
    with pytest.warns(UserWarning, match=r"body text is .* points on this paper, hard to read below 6; take a larger one"):
        jm.render(jm.read("examples/small-business-loan.yaml"), pages="a5")
    with pytest.warns(UserWarning, match="hard to read"):
        jm.render(LONG, fit="a5")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        jm.render(LONG, pages="a3")


def test_fit_puts_the_whole_map_on_one_sheet() -> None:
    (page,) = jm.render(LONG, fit="a0").scenes
    assert (page.width, page.height) == pytest.approx(PAPERS["a0"])
    assert inside(page)
    assert sum(line.startswith("Step") for line in words(page)) >= 36


def test_a_pdf_has_all_pages() -> None:
    picture = jm.render(LONG, pages="a4")
    assert picture.to("pdf").count(b"/Type /Page ") == len(picture.scenes)


@pytest.mark.parametrize("option", ["pages", "fit"])
@pytest.mark.parametrize("paper", ["a44", "", 5, (1,), (0, 100), (float("nan"), 800), ("a", "b"), True])
def test_what_is_no_paper_is_refused(option: str, paper: object) -> None:
    with pytest.raises(jm.RenderError, match=f"{option}=.* is no paper"):
        jm.render(LONG, **{option: paper})


def test_pages_and_fit_contradict() -> None:
    with pytest.raises(jm.RenderError, match="not both"):
        jm.render(LONG, pages="a4", fit="a4")
