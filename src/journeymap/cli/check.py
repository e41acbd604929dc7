"""``journeymap check``: whether journeys in files are whole."""

from __future__ import annotations

import click

from journeymap.cli.documents import document_in
from journeymap.cli.exits import Exit
from journeymap.errors import DocumentError, FileError, UnknownName
from journeymap.model import Atlas
from journeymap.picture.notebook import contents


@click.command
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-f", "--format", metavar="NAME", help="What the files are written in, if their names do not tell; yaml on stdin.")
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], format: str | None) -> None:
    """Say what is wrong in each FILE (- for stdin), or that it is fine.

    Ends with 1 if a journey breaks a rule, with 2 if a file cannot be read at all.
    """
    worst = Exit.FINE
    for file in files:
        worst = max(worst, _check(file, format))
    ctx.exit(worst)


def _check(file: str, format: str | None) -> Exit:
    try:
        held = document_in(file, format)
    except DocumentError as error:
        click.echo(str(error), err=error.unreadable)
        return Exit.UNUSABLE if error.unreadable else Exit.FINDINGS
    except FileError as error:
        click.echo(str(error), err=True)
        return Exit.UNUSABLE
    except UnknownName as error:
        click.echo(f"{file}: {error}", err=True)
        return Exit.UNUSABLE
    click.echo(f"{file}: fine ({_of_atlas(held) if isinstance(held, Atlas) else contents(held)})")
    return Exit.FINE


def _of_atlas(atlas: Atlas) -> str:
    """What an atlas holds, in a few words."""
    return ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in ((len(atlas.journeys), "journey"), (len(atlas.links), "link")))
