"""Draw every renderer over every example and the stress set, in every theme, and check each picture: ``make pictures``.

The words of every scene are checked as tests do; ``--checker PROGRAM`` runs a program of one's own on each svg besides (as
``PROGRAM map.svg --json out.json``, with an exit code other than 0 where it finds something). What was drawn stays in the folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import journeymap as jm
from journeymap.plugins import RENDERERS, THEMES
from journeymap.testing.journeys import one_step, overfull, rich, scripts, small, wide
from journeymap.testing.renderers import faults

STRESS = {
    "1-column": one_step, "few-columns": small, "60-columns": lambda: wide(60), "200-columns": lambda: wide(200),
    "six-scripts": scripts, "overfull": overfull, "rich": rich,
}  # fmt: skip


def journeys() -> Iterator[tuple[str, jm.Journey]]:
    """Every example and every hard case, by name."""
    for path in sorted((Path(__file__).parents[1] / "examples").glob("*.yaml")):
        yield path.stem, jm.read(path)
    for name, make in STRESS.items():
        yield name, make()


def drawn_by(renderer: str, journey: jm.Journey, theme: str) -> jm.Picture:
    """The picture; a comparison is with another map, an atlas holds the journey and one more."""
    other = rich()
    if renderer == "atlas":
        held = [journey] if journey.id == other.id else [journey, other]
        links = [jm.AtlasLink(journey.id, other.id)] if len(held) > 1 else []
        return jm.render(jm.Atlas("Two journeys", held, links=links), renderer, theme=theme)
    return jm.render(journey, renderer, theme=theme, **({"to": other} if renderer == "comparison" else {}))


def main() -> int:
    """Draw, check, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("pictures"))
    parser.add_argument("--checker", help="a program that checks one svg")
    parser.add_argument("--renderer", action="append", help="only this one; may be given again")
    parser.add_argument("--theme", action="append", help="only this one; may be given again")
    parser.add_argument("--journey", action="append", help="only this one; may be given again")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    drawn, found = [], []
    for name, journey in journeys():
        for renderer in asked.renderer or RENDERERS.names():
            for theme in asked.theme or THEMES.names():
                if asked.journey and name not in asked.journey:
                    continue
                path = asked.output / f"{name}.{renderer}.{theme}.svg"
                picture = drawn_by(renderer, journey, theme)
                found += [f"{path.name}: {fault}" for scene in picture.scenes for fault in faults(scene)]
                picture.save(path)
                drawn.append(path)
    if asked.checker:
        with ThreadPoolExecutor(2) as pool:
            for told in pool.map(lambda path: checked(path, asked.checker), drawn):
                found += told
    print(f"{len(drawn)} pictures, {len(found)} findings")
    print("\n".join(found))
    return 1 if found else 0


def checked(path: Path, checker: str) -> list[str]:
    """What the program finds in one picture."""
    report = path.with_suffix(".json")
    done = subprocess.run([sys.executable, checker, str(path), "--min-font", "11", "--json", str(report)], capture_output=True, check=False)
    if not report.exists():
        return [f"{path.name}: the checker failed: {done.stderr.decode(errors='replace')[-300:]}"]
    told = json.loads(report.read_text(encoding="utf-8"))
    report.unlink()
    return [f"{path.name}: {one['severity']} {one['rule']}: {one['message']} at {one.get('where', '')}" for one in told["violations"]]


if __name__ == "__main__":
    raise SystemExit(main())
