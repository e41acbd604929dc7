"""``journeymap show``: a journey in the terminal."""

from __future__ import annotations

import os
import shutil
import sys

import click

from journeymap.cli.documents import journey_in
from journeymap.cli.terminal import ASCII, UNICODE, terminal_view


@click.command
@click.argument("file")
@click.option("-f", "--format", metavar="NAME", help="What FILE is written in, if its name does not tell; yaml on stdin.")
@click.option("-p", "--persona", metavar="ID", help="Show the journey as this persona lives it.")
@click.option("-w", "--width", type=click.IntRange(40, 1000), metavar="N", help="How many characters wide.  [default: the terminal]")
@click.option("--colour/--no-colour", default=None, help="In colour or not.  [default: on a terminal, unless NO_COLOR is set]")
def show(file: str, format: str | None, persona: str | None, width: int | None, colour: bool | None) -> None:
    """Show the journey in FILE (- for stdin): its curve and its lanes, in characters."""
    journey = journey_in(file, format)
    wide = width or shutil.get_terminal_size((100, 24)).columns
    text = terminal_view(journey, width=wide, colour=_colour(colour), persona=persona, marks=UNICODE if _draws() else ASCII)
    click.echo(text, nl=False, color=True)


def _colour(wanted: bool | None) -> bool:
    """As asked; else where somebody looks, and has not asked for none (see no-color.org)."""
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _draws() -> bool:
    """Whether what stands at the other end can show the characters of the curve."""
    try:
        (UNICODE.point + UNICODE.moment + UNICODE.level).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
