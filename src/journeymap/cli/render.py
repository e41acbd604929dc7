"""``journeymap render``: a journey or an atlas in a file drawn to a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from journeymap.cli.documents import document_in
from journeymap.cli.streams import to_stdout
from journeymap.io.files import write_atomically
from journeymap.picture import render as draw


@click.command
@click.argument("file")
@click.option("-o", "--output", required=True, metavar="OUT", help="The picture: its name ends in .svg, .png, .pdf, .pptx or .html; or -.")
@click.option("-r", "--renderer", default="swimlane", show_default=True, metavar="NAME", help="How to draw it.")
@click.option("-t", "--theme", default="light", show_default=True, metavar="NAME", help="The colours: a theme, or a file with one.")
@click.option("-p", "--persona", metavar="ID", help="Draw the journey as this persona lives it.")
@click.option("-f", "--format", metavar="NAME", help="What FILE is written in, if its name does not tell; yaml on stdin.")
@click.option("--lanes", metavar="A,B,C", help="What a swimlane shows, in this order.")
@click.option("--pages", metavar="PAPER", help="Break a long map into pages of a4, a3, letter, slide ...")
@click.option("--fit", metavar="PAPER", help="Make the whole picture fit one sheet of that paper.")
@click.option("--dpi", type=float, metavar="N", help="How fine a png is; 200 for print, 96 for a screen.  [default: 200]")
@click.option("--fallback", multiple=True, metavar="FONTFILE", help="A font for letters that png and pdf lack; may be given again.")
@click.option("--to", metavar="SUFFIX", help="The kind of picture, if OUT does not tell; svg on stdout.")
def render(
    file: str,
    output: str,
    renderer: str,
    theme: str,
    persona: str | None,
    format: str | None,
    lanes: str | None,
    pages: str | None,
    fit: str | None,
    dpi: float | None,
    fallback: tuple[str, ...],
    to: str | None,
) -> None:
    """Draw the journey or atlas in FILE (- for stdin).

    `journeymap list` shows the names of renderers, themes, formats and lanes.
    """
    shown: dict[str, Any] = {} if lanes is None else {"lanes": [lane.strip() for lane in lanes.split(",") if lane.strip()]}
    shown |= {name: paper for name, paper in (("pages", pages), ("fit", fit)) if paper is not None}
    fine = {} if dpi is None else {"dpi": dpi}
    fonts = {"fallback": fallback} if fallback else {}
    picture = draw(document_in(file, format), renderer, theme=theme, persona=persona, **shown)
    if output == "-":
        to_stdout(picture.to(to or "svg", **fine, **fonts))
        return
    if to:
        write_atomically(Path(output), picture.to(to, **fine, **fonts))
    else:
        picture.save(output, **fine, **fonts)
    click.echo(f"{output}: {picture.scene.title}, {picture.scene.width:.0f} x {picture.scene.height:.0f} px", err=True)
