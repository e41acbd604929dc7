"""``journeymap list``: what there is to choose from."""

from __future__ import annotations

import click

from journeymap.plugins import analyses, backends, formats, lanes, renderers, themes

_KINDS = {
    "renderers": ("Renderers", renderers),
    "themes": ("Themes", themes),
    "backends": ("Pictures, by suffix", backends),
    "formats": ("Formats of journeys", formats),
    "lanes": ("Lanes of the swimlane", lanes),
    "analyses": ("Analyses", analyses),
}
_LONG = "analyses"
"""Too many to be shown unasked."""


@click.command("list")
@click.argument("kind", required=False, type=click.Choice(list(_KINDS)), metavar="[KIND]")
@click.pass_context
def list_(ctx: click.Context, kind: str | None) -> None:
    """Show the names there are to choose from, with a line each.

    KIND is renderers, themes, backends, formats, lanes or analyses; without it all are shown but the analyses.
    """
    formatter = ctx.make_formatter()
    for name in _KINDS if kind is None else (kind,):
        heading, listing = _KINDS[name]
        if kind is None and name == _LONG:
            continue
        rows = list(listing().items())
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)
    if kind is None:
        with formatter.section(_KINDS[_LONG][0]):
            formatter.write_text(f"{len(analyses())} questions; `journeymap list {_LONG}` shows them.")
    click.echo(formatter.getvalue().strip("\n"))
