"""``journeymap convert``: a map in another format, and what that cannot hold."""

from __future__ import annotations

import click

from journeymap.cli.documents import document_in, put, told_losses
from journeymap.cli.exits import Exit
from journeymap.io.files import format_of
from journeymap.io.texts import to_bytes


@click.command
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--from", "from_", metavar="NAME", help="What IN is written in, if its name does not tell; yaml on stdin.")
@click.option("--to", metavar="NAME", help="What to write OUT in, if its name does not tell; yaml on stdout.")
@click.option("--strict", is_flag=True, help="Write nothing, and end with 1, if anything would be lost.")
@click.pass_context
def convert(ctx: click.Context, source: str, target: str, from_: str | None, to: str | None, strict: bool) -> None:
    """Write the journey or atlas in IN (- for stdin) to OUT (- for stdout).

    What the other format cannot hold is told on stderr. `journeymap list` shows the formats.
    """
    format = to or ("yaml" if target == "-" else format_of(target))
    held = document_in(source, from_)
    if told_losses(held, format) and strict:
        click.echo(f"{target} is not written; leave out --strict to write it all the same", err=True)
        ctx.exit(Exit.FINDINGS)
    put(to_bytes(held, format=format), target)
