"""Sample scenes that between them hold every shape, every way of painting one, and awkward words."""

from __future__ import annotations

import base64

from journeymap.scene.scene import Scene, Symbol
from journeymap.scene.shapes import (
    Anchor,
    Box,
    Circle,
    Close,
    CurveTo,
    Group,
    Image,
    Line,
    LineTo,
    MoveTo,
    Paint,
    Path,
    Rect,
    Shape,
    Step,
    Text,
    Use,
    Weight,
)

INK, ACCENT, PALE = "#1B2333", "#2F3E9E", "#EEF1FC"

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABQAAAAMCAIAAADtbgqsAAAASklEQVR42sWRsQ0AIAgEz8QWWh2QsRjNYaxI6IxaQMVfIOSfBktAQEFwhZAWEMXTjAWkM3iu0mVP"
    "0lJ/5p+XZ53nO5+ZV77qI7ANDhQKCJaEn2MAAAAASUVORK5CYII="
)
"""A picture of 20 x 12 pixels."""

WORDS_IN_SCRIPTS = ("Bezahlt bequem über die App", "Πληρώνει στο ταμείο", "Оплачивает заказ", "يدفع في المتجر", "שילם באתר", "在线付款")
"""The same step in Latin, Greek, Cyrillic, Arabic, Hebrew and Chinese letters."""

HOSTILE_WORDS = (
    "<script>alert(1)</script>",
    "]]> &amp; <!-- -->",
    "\x00\x1b\x7f\x85",
    "\ud800 \udfff",
    "\ufffe\uffff",
    "$x^2$ \\frac{1}{2} %s {0}",
    "  two  spaces  ",
    "quotes \" and '",
    "javascript:alert(1)",
    "tab\tand\nline",
    "\u202eright to left\u202c",
    "👩🏽\u200d🚀 🇩🇪 e\u0301",
)
"""Words that break files when nobody looks after them."""


def sample_scenes() -> tuple[Scene, ...]:
    """Every sample scene, each under the words of its title."""
    return shapes(), lettering(), scripts(), hostile()


def shapes() -> Scene:
    """Every shape but text, each painted in several ways."""
    outlined = Paint(fill=PALE, stroke=ACCENT, width=2)
    dashed = Paint(stroke=INK, width=1.5, dash=(5, 4))
    star = [(40, 86), (44, 96), (54, 96), (46, 103), (49, 113), (40, 107), (31, 113), (34, 103), (26, 96), (36, 96)]
    flag = Symbol(
        "flag",
        [
            Path(steps=[MoveTo(0, 0), LineTo(0, 24)], paint=Paint(stroke=INK, width=3), round_ends=True),
            Path(steps=[MoveTo(0, 0), LineTo(18, 5), LineTo(0, 10), Close()], paint=Paint(fill="#B45309")),
        ],
    )
    pair = Symbol("pair", [Use(symbol="flag", x=0, y=0), Use(symbol="flag", x=26, y=6)])
    wave: list[Step] = [MoveTo(60, 150), CurveTo(90, 150, 100, 190, 130, 190), CurveTo(160, 190, 170, 130, 200, 130)]
    knots = [(60, 150), (130, 190), (200, 130)]
    return Scene(
        width=420,
        height=220,
        title="Every shape",
        description="Rectangles, circles, lines, outlines, a picture, symbols and groups.",
        symbols=[flag, pair],
        shapes=[
            Rect(box=Box(x=10, y=10, width=90, height=50), paint=outlined, radius=8, about="card", title="A card"),
            Rect(box=Box(x=110, y=10, width=60, height=18), paint=Paint(fill=ACCENT), radius=99),
            Rect(box=Box(x=110, y=34, width=60, height=26), paint=Paint(fill=ACCENT, fill_opacity=0.25)),
            Rect(box=Box(x=180, y=10, width=50, height=50), paint=dashed, link="https://example.org/card?a=1&b=2"),
            Circle(x=270, y=35, radius=24, paint=outlined),
            Circle(x=270, y=35, radius=10, paint=Paint(fill=INK)),
            Line(x1=310, y1=12, x2=400, y2=58, paint=Paint(stroke=INK, width=1)),
            Line(x1=310, y1=62.5, x2=400, y2=62.5, paint=Paint(stroke="#5B6475", width=1.5, dash=(1, 3, 6))),
            Path(
                steps=[MoveTo(40 + star[0][0], 100 + star[0][1]), *(LineTo(40 + x, 100 + y) for x, y in star[1:]), Close()], paint=outlined
            ),
            Path(steps=[*wave, LineTo(200, 170), LineTo(60, 170), Close()], paint=Paint(fill="#1797AE", fill_opacity=0.16), role="area"),
            Path(steps=wave, paint=Paint(stroke=INK, width=2.5), role="emotion-curve", round_ends=True, title="How it feels"),
            *(
                Group(shapes=[Circle(x=x, y=y, radius=5, paint=Paint(fill=ACCENT))], role="point", label=f"Point {i}", about="card")
                for i, (x, y) in enumerate(knots, 1)
            ),
            Image(box=Box(x=230, y=90, width=80, height=80), data=PNG, media_type="image/png", title="A photo"),
            Use(symbol="flag", x=330, y=80),
            Group(
                shapes=[Use(symbol="pair", x=350, y=120), Group(shapes=[Use(symbol="flag", x=380, y=80)])], role="lane:flags", label="Flags"
            ),
        ],
    )


def lettering() -> Scene:
    """Text of every weight, size, anchor and number of lines, with and without halo."""
    weights: tuple[Weight, ...] = (400, 500, 600, 700)
    anchors: tuple[Anchor, ...] = ("start", "middle", "end")
    found: list[Shape] = [Line(x1=150, y1=90, x2=150, y2=220, paint=Paint(stroke="#CBD3DF"))]
    for row, weight in enumerate(weights):
        found.append(_text(f"Weight {weight}: Typographic AVAToW 0123", x=10, y=20 + 20 * row, size=13, weight=weight))
    found.append(_text("“Italic, fi ffl”", x=290, y=20, size=13, italic=True))
    for row, size in enumerate((11.0, 15.0, 19.0, 34.0)):
        found.append(_text(f"{size:g} px", x=290, y=48 + 32 * row, size=size, weight=700))
    for row, anchor in enumerate(anchors):
        found.append(_text("Gets a message\nwith the decision", x=150, y=104 + 40 * row, size=13, anchor=anchor))
    found.append(Rect(box=Box(x=10, y=212, width=280, height=3), paint=Paint(fill="#F0652B")))
    found.append(_text("A halo keeps letters clear", x=20, y=217, size=13, halo="#FFFFFF", about="label", title="On a rule"))
    return Scene(width=420, height=230, shapes=found, title="Lettering", description="Text in every cut and place.")


def scripts() -> Scene:
    """The same words in six scripts; those read from right to left end at the right."""
    found: list[Shape] = []
    for row, words in enumerate(WORDS_IN_SCRIPTS):
        rtl = row in (3, 4)
        found.append(_text(words, x=230 if rtl else 10, y=24 + 24 * row, size=14, anchor="end" if rtl else "start", rtl=rtl))
    return Scene(width=240, height=160, shapes=found, title="Six scripts", description="One step, six times.", language="mul")


def hostile() -> Scene:
    """Words, names, links and languages that break files when nobody looks after them."""
    found: list[Shape] = []
    for row, words in enumerate(HOSTILE_WORDS):
        box = Box(x=10, y=7 + 20 * row, width=400, height=18)
        said = Text(lines=[words], x=10, y=20 + 20 * row, box=box, size=13, fill=INK, about=words, title=words, link=words)
        found.append(Group(shapes=[said], label=words, role=words, about=words, title=words, link=words))
    return Scene(
        width=420,
        height=20 * len(HOSTILE_WORDS) + 20,
        shapes=found,
        title=" ".join(HOSTILE_WORDS),
        description=" ".join(HOSTILE_WORDS),
        language='en"><script>',
    )


def _text(
    words: str,
    *,
    x: float,
    y: float,
    size: float,
    weight: Weight = 400,
    italic: bool = False,
    anchor: Anchor = "start",
    halo: str | None = None,
    rtl: bool = False,
    about: str | None = None,
    title: str | None = None,
    link: str | None = None,
) -> Text:
    """Text in a box that is wide enough for it in any of the fonts."""
    broken = words.split("\n")
    leading = round(size * 1.34, 2)
    width = max(len(line) for line in broken) * size
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Text(
        lines=broken, x=x, y=y, box=Box(x=left, y=y - size, width=width, height=len(broken) * leading), size=size, fill=INK, weight=weight,
        italic=italic, anchor=anchor, leading=leading, halo=halo, rtl=rtl, about=about, title=title, link=link,
    )  # fmt: skip
