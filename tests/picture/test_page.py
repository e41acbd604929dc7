"""The page holds every view, every word, and nothing that a user could have smuggled in."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve

import journeymap as jm
from journeymap.picture.page import html
from journeymap.scene import LIGHT, Scene
from journeymap.testing.scenes import HOSTILE_WORDS, shapes

MAP = jm.Journey(
    "Buy a bike",
    [
        jm.Stage(
            "Buy",
            [
                jm.Touchpoint(
                    "Pays",
                    channel="Website",
                    emotion=-1,
                    emotions={"ana": 1},
                    moment="fmot",
                    thoughts=["Again?"],
                    pains=[jm.PainPoint("The card is refused", severity=4)],
                    opportunities=[jm.Opportunity("Other cards", impact=4, effort=jm.Range(1, 2, 3))],
                    owner="Payments",
                    evidence=[jm.Evidence("calls", quote="It said no")],
                )
            ],
        )
    ],
    personas=[jm.Persona("Ana"), jm.Persona("Ben")],
    sources=[jm.Source("calls", kind="support-tickets", n=12)],
)


def page_of(journey: jm.Journey, **options: object) -> str:
    return jm.render(journey).to("html", **options).decode()


def views(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<section class="view" data-theme="([^"]*)" data-persona="([^"]*)"', page)


def test_every_theme_for_every_persona():
    shown = [(theme, persona) for persona in ("", "ana", "ben") for theme in ("light", "dark")]
    assert views(page_of(MAP)) == shown
    assert views(page_of(MAP, themes=["print"]))[:2] == [("light", ""), ("print", "")]
    own = jm.render(MAP, theme=evolve(LIGHT, name="house"))
    assert ("house", "") in views(own.to("html").decode())


def test_all_that_is_known_of_a_step_is_there():
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page_of(MAP), re.DOTALL)[1])
    assert data["pays"]["stage"] == "Buy"
    assert dict(data["pays"]["facts"]) == {
        "Channel": "Website",
        "Emotion": "−1 of +2, negative",
        "Emotion of Ana": "+1 of +2, positive",
        "Moment of truth": "first: the choice",
        "Thought": "“Again?”",
        "Pain point": "The card is refused (critical)",
        "Opportunity": "Other cards (impact 4 of 5, effort 1 to 3 of 5)",
        "Owner": "Payments",
        "Evidence": "calls: “It said no”",
    }


def test_scenes_of_ones_own_make_a_page_too():
    page = html([Scene(width=10, height=10, title="Mine", shapes=[])]).decode()
    assert views(page) == [("as drawn", "")]
    assert "<title>Mine</title>" in page


def test_the_backend_keeps_the_rules_of_all_backends():
    assert html([shapes()]).startswith(b"<!doctype html>")
    with pytest.raises(jm.RenderError):
        html([])


def test_nothing_comes_from_elsewhere_and_the_same_bytes_come_again():
    page = page_of(MAP)
    assert page == page_of(MAP)
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert "default-src 'none'" in page


def test_hostile_words_are_words():
    hostile = [word for word in HOSTILE_WORDS if word.isprintable() and word.strip()]
    journey = jm.Journey(
        hostile[0],
        [jm.Stage(word, [jm.Touchpoint(word, id=f"t{n}", thoughts=hostile)], id=f"s{n}") for n, word in enumerate(hostile)],
    )
    page = page_of(journey)
    assert page.count("<script") == 2
    assert "<script>alert(1)" not in page
    assert not re.search(r"<[^>]* on[a-z]+=", page)


def test_themes_have_to_be_names():
    with pytest.raises(jm.RenderError, match="themes='dark' is not a list of names"):
        page_of(MAP, themes="dark")
    with pytest.raises(jm.UnknownName):
        page_of(MAP, themes=["drak"])
