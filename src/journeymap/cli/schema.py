"""``journeymap schema``: what an editor needs to complete and check a map."""

from __future__ import annotations

import click

from journeymap.cli.documents import put


@click.command
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write it; stdout if it is left out.")
def schema(output: str) -> None:
    """Print the JSON Schema of maps in YAML and JSON.

    A map that begins with the comment
    "# yaml-language-server: $schema=journeymap.schema.json"
    is completed and checked by editors that know YAML.
    """
    from journeymap.io.schema import schema_text

    put(schema_text().encode(), output)
