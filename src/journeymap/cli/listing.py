"""``journeymap list``: what there is to choose from."""

from __future__ import annotations

import click

from journeymap.plugins import backends, formats, lanes, renderers, themes

_HEADINGS = {
    "Renderers": renderers,
    "Themes": themes,
    "Pictures, by suffix": backends,
    "Formats of journeys": formats,
    "Lanes of the swimlane": lanes,
}


@click.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """Show the names there are to choose from, with a line each."""
    formatter = ctx.make_formatter()
    for heading, listing in _HEADINGS.items():
        rows = list(listing().items())
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)
    click.echo(formatter.getvalue().strip("\n"))
