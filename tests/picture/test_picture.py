"""What users do with a picture: save it, turn it into bytes, look at it in a notebook."""

from __future__ import annotations

import pickle
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import journeymap as jm
from journeymap.plugins import BACKENDS
from journeymap.scene.scene import Scene
from journeymap.scene.shapes import Paint, Rect
from journeymap.scene.text import Measure, Style, text_line

WORDS = text_line("First & last", x=30, middle=10, style=Style(14), fill="#123456", measure=Measure())
PAGES = [
    Scene(width=100, height=50, shapes=[Rect(box=WORDS.box, paint=Paint(fill="#FFFFFF")), WORDS], title="First & last"),
    Scene(width=200, height=50, shapes=[], title="Second"),
]
PICTURE = jm.Picture(PAGES)


@pytest.fixture(autouse=True)
def titles() -> Iterator[None]:
    @jm.backend("titles")
    def titles(scenes: Sequence[Scene], *, shout: bool = False) -> bytes:
        """The titles of the pages."""
        text = "\n".join(scene.title for scene in scenes)
        return (text.upper() if shout else text).encode()

    yield
    BACKENDS.unregister("titles")


def test_a_backend_gets_every_page_and_its_options() -> None:
    assert PICTURE.to("titles") == b"First & last\nSecond"
    assert PICTURE.to("titles", shout=True) == b"FIRST & LAST\nSECOND"


@pytest.mark.parametrize("suffix", ["titles", ".titles", "TITLES"])
def test_a_suffix_may_be_written_as_one_does(suffix: str) -> None:
    assert PICTURE.to(suffix) == b"First & last\nSecond"


def test_an_unknown_suffix_tells_which_there_are() -> None:
    with pytest.raises(jm.UnknownName, match=r"no backend 'svgg'; did you mean 'svg'\?; there are: html, pdf, png, pptx, svg, titles"):
        PICTURE.to("svgg")


def test_an_option_that_the_backend_does_not_take() -> None:
    with pytest.raises(jm.RenderError) as caught:
        PICTURE.to("png", dip=300)
    assert str(caught.value).startswith("the backend 'png' takes no option 'dip'; did you mean 'dpi'?; it takes: ")


def test_the_name_of_the_file_chooses_the_backend(tmp_path: Path) -> None:
    PICTURE.save(tmp_path / "map.titles", shout=True)
    PICTURE.save(str(tmp_path / "MAP.TITLES"))
    assert (tmp_path / "map.titles").read_bytes() == b"FIRST & LAST\nSECOND"
    assert (tmp_path / "MAP.TITLES").read_bytes() == b"First & last\nSecond"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["MAP.TITLES", "map.titles"]


def test_a_file_name_without_a_suffix_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(jm.RenderError, match=r"does not say what kind of picture it is; end it in .svg, .png, .pdf, .pptx or .html"):
        PICTURE.save(tmp_path / "map")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(jm.FileError, match=r"map\.titles"):
        PICTURE.save(tmp_path / "nowhere" / "map.titles")


def test_what_was_there_stays_when_drawing_fails(tmp_path: Path) -> None:
    file = tmp_path / "map.titles"
    file.write_text("before")
    with pytest.raises(jm.RenderError):
        PICTURE.save(file, loud=True)
    assert file.read_text() == "before"


@pytest.mark.parametrize(("suffix", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG\r\n"), ("pdf", b"%PDF-")])
def test_the_backends_that_ship(suffix: str, start: bytes) -> None:
    assert jm.Picture(PAGES[:1]).to(suffix).startswith(start)


@pytest.mark.parametrize("scenes", [5, "abc", None, [None], PAGES[0].shapes])
def test_a_picture_is_made_of_scenes(scenes: object) -> None:
    with pytest.raises(jm.RenderError, match="is not a Scene; a picture is made of a list of scenes"):
        jm.Picture(scenes)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("suffix", [None, 5, b"svg"])
def test_a_kind_of_picture_is_named_as_text(suffix: object) -> None:
    with pytest.raises(jm.RenderError, match="is no kind of picture; name one as text"):
        PICTURE.to(suffix)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("path", [None, 5, b"x.svg"])
def test_a_file_is_named_as_text_or_path(path: object) -> None:
    with pytest.raises(jm.RenderError, match="is no name of a file; give it as text or as a Path"):
        PICTURE.save(path)  # type: ignore[arg-type]  # that is the test


@pytest.mark.parametrize("given", ["<svg/>", None, 5])
def test_a_backend_that_gives_no_bytes_is_named(tmp_path: Path, given: object) -> None:
    jm.backend("broken")(lambda _: given)  # type: ignore[arg-type, return-value]  # that is the test
    try:
        with pytest.raises(jm.RenderError, match=f"the backend 'broken' gave a {type(given).__name__}; a backend gives the bytes"):
            PICTURE.save(tmp_path / "map.broken")
    finally:
        BACKENDS.unregister("broken")
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_holds_every_page() -> None:
    pdf = PICTURE.to("pdf")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 2


def test_a_notebook_shows_the_first_page() -> None:
    svg = ET.fromstring(PICTURE._repr_svg_())
    assert svg.get("viewBox") == "0 0 100 50"
    bundle = PICTURE._repr_mimebundle_()
    assert bundle == {"text/plain": repr(PICTURE), "image/svg+xml": PICTURE._repr_svg_()}
    assert "@font-face" in PICTURE.to("svg").decode()
    assert "@font-face" not in bundle["image/svg+xml"], "small enough to stand in a notebook many times"


def test_a_journey_in_a_notebook_shows_its_swimlane() -> None:
    journey = jm.Journey("Buy a bike", [jm.Stage("Buy", [jm.Touchpoint("Test ride", emotion=2)])])
    bundle = journey._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == "<Journey 'Buy a bike': 1 stage, 1 touchpoint, 0 personas>"
    assert bundle["image/svg+xml"] == jm.render(journey, "swimlane")._repr_svg_()


def test_a_picture_tells_of_itself_in_a_line() -> None:
    assert repr(PICTURE) == "<Picture 'First & last', 2 pages, 100 x 50 px>"
    assert repr(jm.Picture(PAGES[1:])) == "<Picture 'Second', 200 x 50 px>"


def test_a_picture_is_a_value() -> None:
    assert jm.Picture(iter(PAGES)) == PICTURE
    assert pickle.loads(pickle.dumps(PICTURE)) == PICTURE
    with pytest.raises(AttributeError):
        PICTURE.scenes = ()  # type: ignore[misc]  # that is the test


def test_a_picture_has_a_page() -> None:
    with pytest.raises(jm.RenderError, match="has no scene"):
        jm.Picture([])
