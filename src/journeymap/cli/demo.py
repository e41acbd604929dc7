"""``journeymap demo``: the example maps drawn, with a page to look at them."""

from __future__ import annotations

from pathlib import Path

import click

from journeymap.cli.examples import example_files
from journeymap.errors import FileError
from journeymap.io import read
from journeymap.io.files import write_atomically
from journeymap.picture import render
from journeymap.picture.gallery import Drawing, Exhibit, gallery
from journeymap.picture.notebook import contents

_SCREEN_DPI = 96
"""What is drawn here is for the screen; ``Picture.save`` makes a png for print."""


@click.command
@click.option("-o", "--output", default="demo", show_default=True, metavar="DIR", help="Where to draw; made if it is not there.")
def demo(output: str) -> None:
    """Draw the example maps that ship, and a page that shows them."""
    folder = Path(output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(output, f"cannot be made a folder ({error.strerror}); name another with --output") from error
    exhibits = []
    for file in example_files():
        exhibits.append(_draw(file, folder))
        click.echo(f"  {exhibits[-1].name}: {exhibits[-1].contents}")
    page = folder / "index.html"
    write_atomically(page, gallery(exhibits).encode())
    click.echo(f"{len(exhibits)} maps drawn. Open this page in a browser:\n  {page}")


def _draw(file: Path, folder: Path) -> Exhibit:
    journey, name = read(file), file.stem
    swimlane = render(journey, "swimlane")
    write_atomically(folder / file.name, file.read_bytes())
    for suffix in ("svg", "pdf"):
        swimlane.save(folder / f"{name}.{suffix}")
    swimlane.save(folder / f"{name}.png", dpi=_SCREEN_DPI)
    drawings = [Drawing(name="Swimlane", files=[f"{name}.svg", f"{name}.png", f"{name}.pdf"])]
    if any(stage.emotion for stage in journey.stages) or any(touchpoint.emotion for touchpoint in journey.touchpoints):
        render(journey, "emotion-curve").save(folder / f"{name}-emotion.svg")
        drawings.append(Drawing(name="Emotion curve", files=[f"{name}-emotion.svg"]))
    return Exhibit(
        name=journey.name,
        contents=contents(journey),
        scenario=journey.scenario,
        thumbnail=f"{name}.png",
        width=round(swimlane.scene.width),
        height=round(swimlane.scene.height),
        source=file.name,
        drawings=drawings,
    )
