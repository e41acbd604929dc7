"""The page in its forms: whole, safe whatever the map says, and fit for its readers."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import journeymap as jm
from journeymap.report.markdown import escaped
from journeymap.testing.journeys import sample_journeys

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
JOURNEYS = [*map(jm.read, EXAMPLES), *sample_journeys()]
each_journey = pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
HOSTILE = "<script>alert(1)</script> | `x` [a](javascript:b) &amp; *b* {{ 7*7 }} \u202e www.evil.example"


class Reader(HTMLParser):
    """Reads a page as a browser does: its tags, its attributes, its text."""

    VOID = frozenset({"meta", "link", "br", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "title", "desc"} & set(self.open):
            self.text += data


@each_journey
def test_the_page_stands_by_itself(journey):
    page = jm.report(journey).to_html()
    reader = Reader(page)
    assert reader.open == []
    names = {tag for tag, _ in reader.tags}
    assert not names & {"script", "link", "iframe", "img"}
    assert not any(name.startswith("on") or name in {"src", "href"} for tag, attrs in reader.tags for name in attrs if tag != "use")
    assert "@import" not in page
    assert "url(" not in page


@each_journey
def test_the_page_can_be_read_aloud(journey):
    reader = Reader(jm.report(journey).to_html())
    assert [tag for tag, _ in reader.tags].count("h1") == 1
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in reader.tags:
        if tag == "th":
            assert attrs.get("scope") == "col"
        if tag == "svg":
            assert attrs["role"] == "img"
            assert set(str(attrs["aria-labelledby"]).split()) <= set(ids)


@each_journey
def test_every_page_says_the_same(journey):
    report = jm.report(journey)
    html = " ".join(Reader(report.to_html()).text.split())
    text = " ".join(report.to_text(width=110).split())
    data = report.to_dict()
    for finding in report.findings:
        assert " ".join(finding.title.split()) in html
        assert " ".join(finding.sentence.split()) in html
        assert " ".join(finding.sentence.split()) in text
        assert escaped(finding.sentence) in report.to_markdown()
    for section in report.sections:
        assert section.title in html
        assert section.title in text
        for table in section.tables:
            assert table.function in html or table.function == "journey"
    assert [finding["title"] for finding in data["findings"]] == [finding.title for finding in report.findings]


@each_journey
def test_the_data_holds_the_whole_answer_behind_each_number(journey):
    data = json.loads(jm.report(journey).to_json())
    answers = {answer["function"]: answer for answer in data["answers"]}
    for finding in data["findings"]:
        assert finding["result"]["analysis"] == finding["function"]
        assert finding["function"] in answers
    for section in data["sections"]:
        for table in section["tables"]:
            assert table["function"] == "journey" or answers[table["function"]]["result"] is not None
            assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert all((answer["result"] is None) == bool(answer["refused"]) for answer in data["answers"])


@each_journey
@pytest.mark.parametrize("width", [40, 80, 300])
def test_lines_fit_the_terminal(journey, width):
    text = jm.report(journey).to_text(width=width)
    longest = max(max(map(len, re.findall(r"\S+", line)), default=0) for line in text.splitlines())
    assert all(len(line) <= max(width, longest + 6) for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 120
    assert not re.search(r"\*\*|\|---|^#|`\w+`", text, re.MULTILINE)


def hostile() -> jm.Journey:
    pain = jm.PainPoint(HOSTILE, id="pain", severity=3, frequency=0.5)
    idea = jm.Opportunity(HOSTILE, id="idea", impact=4, effort=2, owner=HOSTILE, affects=[HOSTILE], addresses=["pain"])
    steps = [
        jm.Touchpoint(HOSTILE, id="one", channel=HOSTILE, owner=HOSTILE, emotion=-2, thoughts=[HOSTILE], pains=[pain], moment=True),
        jm.Touchpoint(f"{HOSTILE} 2", id="two", channel="Phone", owner="b", emotion=2, opportunities=[idea], goal=True),
    ]
    sources = [jm.Source(HOSTILE, id="source", kind="interview")]
    return jm.Journey(
        HOSTILE, [jm.Stage(HOSTILE, steps)], scenario=HOSTILE, organisation=HOSTILE, sources=sources, personas=[jm.Persona(HOSTILE)]
    )


def test_what_a_map_says_stays_text_in_html():
    page = jm.report(hostile()).to_html()
    reader = Reader(page)
    assert "script" not in {tag for tag, _ in reader.tags}
    assert "<script>alert(1)</script> | `x` [a](javascript:b) &amp; *b* {{ 7*7 }} www.evil.example" in " ".join(reader.text.split())
    assert "\u202e" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)


def test_what_a_map_says_stays_text_in_markdown():
    page = jm.report(hostile()).to_markdown()
    assert r"\<script\>alert(1)\</script\> \| \`x\` \[a\](javascript:b) \&amp; \*b\* \{\{ 7\*7 \}\} www\.evil.example" in page
    assert "<" not in re.sub(r"\\<", "", page)
    for line in page.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) >= 3
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    columns = {len(re.findall(r"(?<!\\)\|", line)) - 1 for line in rows}
    assert columns <= {2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("# head", r"\# head"),
        ("https://a.example", r"https\://a.example"),
        ("two\nlines", "two lines"),
        ("a_b~~c~~", r"a\_b\~\~c\~\~"),
    ],
)
def test_text_is_escaped_for_markdown(text, told):
    assert escaped(text) == told


def test_nothing_steers_the_terminal():
    text = jm.report(hostile()).to_text()
    assert all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize(
    ("suffix", "start"), [(".md", b"# Buy"), (".html", b"<!doctype html>"), (".json", b"{\n"), (".HTML", b"<!doctype")]
)
def test_it_is_saved_by_suffix(tmp_path, suffix, start):
    report = jm.report(jm.Journey("Buy a bike"))
    report.save(tmp_path / f"report{suffix}")
    assert (tmp_path / f"report{suffix}").read_bytes().startswith(start)
    report.save(str(tmp_path / f"again{suffix}"))
    assert (tmp_path / f"again{suffix}").read_bytes() == (tmp_path / f"report{suffix}").read_bytes()


def test_other_suffixes_are_refused(tmp_path):
    report = jm.report(jm.Journey("Buy a bike"))
    with pytest.raises(jm.UnknownName, match=r"no kind of report '\.docx'; there are: \.md, \.html, \.json"):
        report.save(tmp_path / "report.docx")
    with pytest.raises(jm.FileError, match="there is no such file or folder"):
        report.save(tmp_path / "nowhere" / "report.md")


def test_a_notebook_shows_the_page_in_a_frame():
    shown = jm.report(hostile())._repr_html_()
    reader = Reader(shown)
    (frame,) = reader.tags
    assert frame[0] == "iframe"
    assert str(frame[1]["srcdoc"]).startswith("<!doctype html>")


def test_the_picture_is_drawn_for_both_screens_where_there_is_an_emotion():
    felt = jm.report(jm.read(EXAMPLES[0])).to_html()
    assert felt.count("<svg") % 2 == 0
    assert felt.count('class="dark"') == felt.count('class="light"') >= 1
    bare = jm.report(jm.Journey("Ask", [jm.Stage("Ask", [jm.Touchpoint("Asks the librarian")])])).to_html()
    assert "<svg" not in bare
    assert "Asks the librarian" in bare


def test_a_curve_of_very_many_steps_is_left_out_and_said_so():
    steps = [jm.Touchpoint(f"Step {number}", emotion=number % 5 - 2) for number in range(400)]
    page = jm.report(jm.Journey("Long", [jm.Stage("All", steps)])).to_html()
    assert "<svg" not in page
    assert "too many steps for a page" in page
