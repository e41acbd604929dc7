"""Whatever stands in the fields of a map, every renderer shows it as words, in every kind of file, and nothing else happens."""

from __future__ import annotations

import inspect
import io
import os
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pptx import Presentation

import journeymap as jm
from journeymap.backends.lettering import texts
from journeymap.picture import Picture
from journeymap.plugins import RENDERERS

Hostile = tuple[jm.Journey, dict[str, str]]

MAPS = [name for name in RENDERERS.names() if name != "atlas"]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
UNSEEN = re.compile("[\\s\u00ad\u200b\u2066-\u2069\ufeff]")
"""What breaking lines may take away or add."""
FOUND = """() => {
  const all = [...document.querySelectorAll('*')];
  const attributes = all.flatMap((element) => [...element.attributes]);
  return {
    scripts: all.filter((element) => element.localName === 'script').length,
    strange: all.map((e) => e.localName).filter((n) => ['foreignobject', 'iframe', 'object', 'embed', 'img', 'link', 'base', 'form'].includes(n.toLowerCase())),
    handlers: attributes.filter((one) => /^on/i.test(one.name)).map((one) => one.name),
    addresses: attributes.filter((one) => /(^|:)(href|src|action|formaction|data|srcset|poster|ping)$/i.test(one.name)).map((one) => one.value),
    drawn: all.filter((element) => element.localName === 'text').map((element) => element.textContent).join(' '),
    said: document.documentElement.textContent + attributes.filter((one) => one.name === 'aria-label').map((one) => one.value).join(' '),
  };
}"""


def drawn(journey: jm.Journey, renderer: str) -> Picture:
    """The picture; a renderer that compares maps is given the same once more."""
    other = {"to": journey} if "to" in inspect.signature(RENDERERS[renderer]).parameters else {}
    return jm.render(journey, renderer, **other)


def bare(words: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFC", words))


def lost(words: str, given: dict[str, str]) -> list[str]:
    """The fields whose words begin somewhere in the picture, but are nowhere whole."""
    said = bare(words)
    return [name for name, text in given.items() if name in said and bare(text) not in said]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = os.environ.get("JOURNEYMAP_CHROMIUM") or shutil.which("chromium")
    assert executable, "browser tests need chromium: put it on the PATH, or name it in JOURNEYMAP_CHROMIUM"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield found
        found.close()


@pytest.mark.browser
@pytest.mark.parametrize("suffix", ["svg", "html"])
@pytest.mark.parametrize("renderer", MAPS)
def test_hostile_words_are_words_in_a_browser(browser: Browser, tmp_path: Path, hostile: Hostile, renderer: str, suffix: str) -> None:
    journey, given = hostile
    picture = drawn(journey, renderer)
    picture.save(tmp_path / f"map.{suffix}")
    happened: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("console", lambda message: happened.append(message.text))
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    page.goto((tmp_path / f"map.{suffix}").as_uri())
    found = page.evaluate(FOUND)
    page.close()

    assert happened == []
    assert found["scripts"] == (2 if suffix == "html" else 0)  # the page's own: what it knows, and what it does
    assert found["strange"] == []
    assert found["handlers"] == []
    # The one link in the map leads to example.org; attacks are on evil.example.
    assert [one for one in found["addresses"] if not one.startswith(("#jm", "data:image/png;base64,", "https://example.org/"))] == []
    assert lost(found["said"], given) == []
    for scene in picture.scenes:
        for text in texts(scene):
            assert bare("".join(text.lines)) in bare(found["drawn"])


@pytest.mark.parametrize("renderer", MAPS)
def test_hostile_words_are_words_on_slides(hostile: Hostile, renderer: str) -> None:
    journey, given = hostile
    picture = drawn(journey, renderer)
    data = picture.to("pptx")
    slides = Presentation(io.BytesIO(data)).slides
    said = [shape.text_frame.text for slide in slides for shape in inner(slide.shapes) if shape.has_text_frame]
    for scene in picture.scenes:
        for text in texts(scene):
            assert bare("".join(text.lines)) in bare("".join(said))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        outward = [target for name in held.namelist() if name.endswith(".rels") for target in external(held.read(name).decode())]
    assert [target for target in outward if not target.startswith("https://example.org/")] == []
    alternatives = [shape._element._nvXxPr.cNvPr.get("descr") or "" for slide in slides for shape in inner(slide.shapes)]
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide]
    assert lost(" ".join([*said, *alternatives, *notes]), given) == []


def external(relations: str) -> list[str]:
    return re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', relations)


def inner(shapes) -> Iterator:
    for shape in shapes:
        if shape.shape_type == 6:
            yield from inner(shape.shapes)
        yield shape


@pytest.mark.parametrize("renderer", MAPS)
def test_ten_thousand_characters_in_a_field_are_drawn(renderer: str) -> None:
    long = "word " * 1000 + "W" * 5000
    step = jm.Touchpoint(long, id="t", emotion=-1, thoughts=[long], pains=[jm.PainPoint(long, severity=3)], channel=long, owner=long)
    other = jm.Touchpoint("Next", emotion=2, opportunities=[jm.Opportunity(long, impact=3, effort=2)], moment=True)
    journey = jm.Journey(long, [jm.Stage(long, [step, other], id="s", goal=long)], personas=[jm.Persona(long, id="p", quote=long)])
    picture = drawn(journey, renderer)
    assert bare(long) in bare("".join(picture.text.prose))
    assert picture.to("svg").startswith(b"<?xml")
    assert picture.to("pptx").startswith(b"PK")
