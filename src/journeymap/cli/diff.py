"""``journeymap diff``: what is different between two maps."""

from __future__ import annotations

import json

import click

from journeymap.cli.documents import document_in
from journeymap.cli.exits import Exit
from journeymap.model import Atlas, Diff, Journey
from journeymap.model import diff as differ


@click.command
@click.argument("old")
@click.argument("new")
@click.option("-f", "--format", metavar="NAME", help="What both are written in, if their names do not tell; yaml on stdin.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON, for programs.")
@click.pass_context
def diff(ctx: click.Context, old: str, new: str, format: str | None, as_json: bool) -> None:
    """Say how the journey or atlas in NEW differs from the one in OLD, by ids and in words.

    One of them may be - for stdin. Ends with 1 if there is a difference, with 0 if there is none.
    """
    changes = _changes(document_in(old, format), document_in(new, format))
    if as_json:
        click.echo(json.dumps(changes.to_dict(), indent=2, ensure_ascii=False))
    else:
        click.echo(changes.explain())
    ctx.exit(Exit.FINDINGS if changes else Exit.FINE)


def _changes(old: Journey | Atlas, new: Journey | Atlas) -> Diff:
    if isinstance(old, Journey) and isinstance(new, Journey):
        return differ(old, new)
    if isinstance(old, Atlas) and isinstance(new, Atlas):
        return differ(old, new)
    raise click.UsageError("one of them is a journey and the other an atlas; compare two of a kind")
