"""``journeymap merge``: two edited maps made one; also a merge driver for git."""

from __future__ import annotations

from codecs import BOM_UTF8
from itertools import takewhile
from typing import Literal

import click

from journeymap.cli.documents import document_in, put, told_losses
from journeymap.cli.exits import Exit
from journeymap.io import LIMITS
from journeymap.io.files import format_of, read_bytes
from journeymap.io.texts import to_bytes
from journeymap.model import Atlas, Journey, Merged
from journeymap.model import merge as merging


@click.command
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.option("-o", "--output", default="-", metavar="OUT", help="Where to write the merged map, such as OURS; stdout if it is left out.")
@click.option("-f", "--format", metavar="NAME", help="What all are written in, if their names do not tell; yaml on stdout.")
@click.option("--prefer", type=click.Choice(["ours", "theirs"]), help="Whose word counts where both contradict each other.")
@click.pass_context
def merge(
    ctx: click.Context, base: str, ours: str, theirs: str, output: str, format: str | None, prefer: Literal["ours", "theirs"] | None
) -> None:
    """Make one map of OURS and THEIRS, which both come from BASE.

    Ends with 1 if they contradict each other: then the conflicts are told on stderr, and nothing is written. As a
    merge driver of git: journeymap merge %O %A %B --output %A --format yaml
    """
    language = format or ("yaml" if output == "-" else format_of(output))
    merged = _merged(document_in(base, format), document_in(ours, format), document_in(theirs, format), prefer)
    if merged.conflicts or merged.overruled:
        click.echo(merged.explain(), err=True)
    if merged.value is None:
        ctx.exit(Exit.FINDINGS)
    told_losses(merged.value, language)
    head = b"" if ours == "-" or {language, format or format_of(ours)} != {"yaml"} else _head(ours)
    put(head + to_bytes(merged.value, format=language), output)


def _head(file: str) -> bytes:
    """The comments that a map in YAML begins with, such as the one by which an editor finds the schema; they are not in the map."""
    lines = read_bytes(file, limits=LIMITS).removeprefix(BOM_UTF8).splitlines(keepends=True)
    head = takewhile(lambda line: line.startswith(b"#"), lines)
    return b"".join(head)


def _merged(
    base: Journey | Atlas, ours: Journey | Atlas, theirs: Journey | Atlas, prefer: Literal["ours", "theirs"] | None
) -> Merged[Journey] | Merged[Atlas]:
    if isinstance(base, Journey) and isinstance(ours, Journey) and isinstance(theirs, Journey):
        return merging(base, ours, theirs, prefer=prefer)
    if isinstance(base, Atlas) and isinstance(ours, Atlas) and isinstance(theirs, Atlas):
        return merging(base, ours, theirs, prefer=prefer)
    raise click.UsageError("some are journeys and some atlases; merge three of a kind")
