"""Texts of 64 KiB made to do harm to the readers of Mermaid, Markdown and CJML: answered soon, with a journey or with words."""

import time

import pytest

from journeymap.errors import MESSAGE_LENGTH, DocumentError
from journeymap.io import loads_document

SIZE = 64 * 1024
SECONDS = 2.0  # enough for the slowest machine, and far below what anything quadratic would take


def filled(piece, start="", end=""):
    return start + piece * (SIZE // len(piece)) + end


def laughs():
    entities = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    return f'<!DOCTYPE l [<!ENTITY a "lol">{entities}]><CJML>&i;</CJML>'


J, M, C = "journey\n", "# a\n## s\n- t\n", '<CJML version="2.0"><plannedJourney>'

MERMAID = [
    filled("\n"), filled("\n", "---\n"), filled("\n---", "---"), filled("<a"), filled("<a ", end=">"), filled('="', J + "<a ", ">: 3"),
    filled("%%{"), filled("%%{a "), filled(" ", "%%{"), filled("%%{a:}"), filled(" \n%%\n", J), filled("a%%", J), filled("#a", J), filled("#1;", J),
    filled("9", J + "#", ";: 3"), filled("ﬂ°", J, ": 3"), filled("style:", J), filled("style:#;\n", J), filled("accTitle ", J), filled("accDescr{", J),
    filled("a,", J + "a: 3: "), filled("a:1\n", J), filled("9", J + "a: ", "x"), filled("f", J + "a: 0x"), filled("[", "---\na: ", "\n---\njourney"),
    filled("\u2028%", J), filled("section a\n", J), filled("title a\n", J),
]  # fmt: skip
MARKDOWN = [
    filled("#"), filled("\n"), filled("*"), filled("- "), filled("- - -x\n", M), filled("x\n", M), filled("\\", M), filled("*a", M + "- "), filled("`", M + "- "),
    filled("&#1;", M), filled(":", M + "  - "), filled("  - Chanel: x\n", M), filled("  - Extra: a = b\n", M), filled(" ", M + "  - Extra: a", "x"),
    filled("  - Persona: p\n", M), filled("9", M + "  - Emotion: 1.", "x"), filled(" to ", M + "  - Duration: a", "b"), filled(" #", "# a"),
    filled("<!-- "), filled("### a\n", M), filled("- a\n", M),
]  # fmt: skip
CJML = [
    laughs(), filled("<a>"), filled("<"), filled("x", '<CJML a="'), filled("]", "<CJML><![CDATA["), filled("<plannedJourney/>", "<CJML>"),
    filled("<plannedAction/>", C + "<touchpoints>"), filled('<endUser actorID="a"/>', C + "<actors>"), filled("<journeyID>\x85</journeyID>", C),
]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "text"),
    [
        (name, text)
        for name, all_texts in (("mermaid", MERMAID), ("mermaid-strict", MERMAID), ("markdown", MARKDOWN), ("cjml", CJML))
        for text in all_texts
    ],
    ids=lambda value: repr(value[:24]) if len(value) > 20 else value,
)
def test_harm_is_not_done(format, text):
    began, told = time.process_time(), ""
    try:
        loads_document(text, format=format)
    except DocumentError as error:
        told = str(error)
    assert time.process_time() - began < SECONDS
    assert len(told) <= MESSAGE_LENGTH
    assert all(line.isprintable() for line in told.split("\n"))
