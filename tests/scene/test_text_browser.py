"""The measure against a real browser that draws with the slices which pictures carry along."""

import base64
import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from journeymap.scene import FAMILY, Box, Measure, Style, Text, font_faces

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CUTS = [(400, False), (500, False), (600, False), (700, False), (400, True)]
OWN = [
    "Compares prices with two other lenders",
    "Uploads proof of income—again, 24/7, at 12.5 %",
    "AVATAR Type Wave To. Yes, “P.” (j) f) r, error rrr AAAA WWW _j",
    "Überweisung bestätigt: naïve façade, Größe €1,200",
    "Łódź žluťoučký árvíztűrő İstanbul þjóð Việt Nam coração",
    "Ελλάδα: ώρα, προϋπόθεση",
    "Її їжак їсть їжу, подъезд, қазақ",
    "cafe\u0301 u\u0308ber",
]
OTHERS = [
    "很高兴认识你",
    "すべての人間は、「自由」である。",
    "모든 인간은",
    "يولد جميع الناس",
    "כל בני האדם",
    "सभी मनुष्यों को",
    "มนุษย์ทั้งหลาย",
    "👩‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 ❤️ 1️⃣",
]
MEASURE_IN_BROWSER = """async ([lines, family, size, weight, slope]) => {
    const text = document.querySelector("text");
    for (const [name, value] of Object.entries({"font-family": `"${family}", sans-serif`, "font-size": size, "font-weight": weight, "font-style": slope}))
        text.setAttribute(name, value);
    for (const face of document.fonts) await face.load();
    return lines.map(line => { text.textContent = line; return text.getComputedTextLength(); });
}"""


@pytest.fixture(scope="module")
def page():
    executable = os.environ.get("JOURNEYMAP_CHROMIUM") or shutil.which("chromium")
    assert executable, "browser tests need chromium: put it on the PATH, or name it in JOURNEYMAP_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser.new_page()
        browser.close()


def rules(lines):
    texts = [
        Text(lines=lines, x=0, y=0, box=Box(x=0, y=0, width=0, height=0), size=13, fill="#000000", weight=weight, italic=italic)
        for weight, italic in CUTS
    ]
    for face in font_faces(texts):
        source = f'url(data:font/woff2;base64,{base64.b64encode(face.data).decode()}) format("woff2")'
        slope = "italic" if face.italic else "normal"
        yield f'@font-face{{font-family:"{FAMILY}";font-weight:{face.weight};font-style:{slope};src:{source};unicode-range:{face.unicode_range}}}'


@pytest.mark.parametrize("lines", [OWN[:3], OWN, OTHERS], ids=["english", "own", "others"])
def test_text_is_never_wider_in_a_browser_than_measured(page, lines):
    page.set_content(f"<style>{''.join(rules(lines))}</style><svg xmlns='http://www.w3.org/2000/svg'><text>.</text></svg>")
    measure = Measure()
    for weight, italic in CUTS:
        for size in (11, 13, 34):
            drawn = page.evaluate(MEASURE_IN_BROWSER, [lines, FAMILY, size, weight, "italic" if italic else "normal"])
            for line, width in zip(lines, drawn, strict=True):
                measured = measure.width(line, Style(size, weight, italic))
                assert width <= measured * 1.003, (line, weight, italic, size)
                if lines is not OTHERS:
                    assert width >= measured * 0.92, (line, weight, italic, size)
