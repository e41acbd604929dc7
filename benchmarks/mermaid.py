"""The full swimlane beside Mermaid's `journey` diagram of the same steps: cold, warm, long, and from many threads.

Mermaid draws two lanes (sections and tasks with faces), we draw all that the map holds. The peer lives in a folder of its own:

    npm install --prefix .peers @mermaid-js/mermaid-cli@11        (PUPPETEER_SKIP_DOWNLOAD=1 where chromium is there)
    python benchmarks/mermaid.py --peers .peers

Everything is measured in one run, each pair in turn, and the least of several times is taken; what counts is the ratio.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import journeymap as jm

sys.path.insert(0, str(Path(__file__).parent))
from draw import journey

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
CONFIG = {"maxTextSize": 100_000_000, "startOnLoad": False}
OURS = "import sys, journeymap as jm; jm.render(jm.read(sys.argv[1])).save(sys.argv[2])"
WARM = """async ([text, runs]) => {
    const times = [];
    for (let run = 0; run < runs; run++) {
        const begin = performance.now();
        await mermaid.render(`m${run}x${text.length}`, text);
        times.push(performance.now() - begin);
    }
    return Math.min(...times) / 1000;
}"""


def least(runs: int, *works: object) -> list[float]:
    """The least time of each piece of work, each done in turn so many times."""
    found = [float("inf")] * len(works)
    for _ in range(runs):
        for index, work in enumerate(works):
            begin = time.perf_counter()
            work()  # type: ignore[operator]
            found[index] = min(found[index], time.perf_counter() - begin)
    return found


def cold(mmdc: Path, chromium: str, size: int) -> None:
    """A whole process, from a file to a file."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        jm.write(journey(size), place / "map.json")
        (place / "map.mmd").write_text(jm.dumps(journey(size), format="mermaid"), encoding="utf-8")
        (place / "browser.json").write_text(json.dumps({"executablePath": chromium, "args": FLAGS}), encoding="utf-8")
        (place / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
        theirs = [str(mmdc), "-q", "-p", str(place / "browser.json"), "-c", str(place / "config.json")]
        theirs += ["-i", str(place / "map.mmd"), "-o", str(place / "theirs.svg")]
        ours = [sys.executable, "-c", OURS, str(place / "map.json"), str(place / "ours.svg")]
        one, other = least(5 if size <= 100 else 2 if size <= 1000 else 1, lambda: run(ours), lambda: run(theirs))
        tell(f"cold process, {size:,} touchpoints", one, other, {20: 4.0, 1_000: 2.0, 10_000: 1.5}.get(size))


def run(command: list[str]) -> None:
    """Run a program to its end; what it says is shown only if it fails."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the command is ours


def warm(mermaid: Path, chromium: str, sizes: list[int]) -> None:
    """In a process, and in a page, that have drawn before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(0)
        page.set_content("<body></body>")
        page.add_script_tag(path=str(mermaid))
        page.evaluate("config => mermaid.initialize(config)", CONFIG)
        for size in sizes:
            drawn, runs = journey(size), 10 if size <= 100 else 2 if size <= 1000 else 1
            text = jm.dumps(drawn, format="mermaid")
            page.evaluate(WARM, [jm.dumps(journey(5), format="mermaid"), 1])
            jm.render(journey(5)).to("svg")
            ours, theirs = float("inf"), float("inf")
            for _ in range(2 if size < 10_000 else 1):
                theirs = min(theirs, page.evaluate(WARM, [text, runs]))
                ours = min(ours, *least(runs, lambda drawn=drawn: jm.render(drawn).to("svg")))
            tell(f"warm, {size:,} touchpoints", ours, theirs, 1.0 if size == 20 else None)
        browser.close()


def threads() -> None:
    """Eight threads draw the same map a hundred times each: equal bytes."""
    drawn = journey(20)
    expected = jm.render(drawn).to("svg")
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: jm.render(drawn).to("svg"), range(800)))
    print(f"8 threads x 100 renders: {'equal bytes' if found == {expected} else 'DIFFERENT BYTES'}")


def tell(what: str, ours: float, theirs: float, wanted: float | None) -> None:
    """A line with both times and their ratio, and whether it is what was wanted."""
    ratio = theirs / ours
    verdict = "" if wanted is None else f"   {'holds' if ratio >= wanted else 'FALLS SHORT'} ({wanted:g})"
    print(f"{what:<34} ours {ours:>8.3f} s   mermaid {theirs:>8.3f} s   {ratio:>6.1f} times{verdict}")


def main() -> None:
    """Measure what can be measured here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=Path(".peers"))
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("sizes", nargs="*", type=int, default=[20, 1_000, 10_000])
    asked = parser.parse_args()
    threads()
    modules = asked.peers / "node_modules"
    mmdc, script = modules / ".bin" / "mmdc", modules / "mermaid" / "dist" / "mermaid.min.js"
    if not mmdc.exists() or not script.exists() or not asked.chromium:
        print(f"mermaid-cli is not in {asked.peers}, or there is no chromium: the peer is left out (see the top of this file)")
        return
    for size in asked.sizes:
        cold(mmdc.resolve(), asked.chromium, size)
    warm(script.resolve(), asked.chromium, asked.sizes)


if __name__ == "__main__":
    main()
