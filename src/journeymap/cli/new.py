"""``journeymap new``: a map to start from."""

from __future__ import annotations

from pathlib import Path

import click

from journeymap.cli.documents import put, told_losses
from journeymap.errors import FileError
from journeymap.io.files import format_of
from journeymap.io.texts import to_bytes
from journeymap.model import Journey
from journeymap.model.naming import slug
from journeymap.model.templates import TEMPLATES
from journeymap.plugins import FORMATS


@click.command
@click.argument("name", default="Our journey")
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write it, or - for stdout; a file that is there stays.")
@click.option("-t", "--template", default="seven-stages", show_default=True, metavar="NAME", help=f"One of {', '.join(sorted(TEMPLATES))}.")
@click.option("-f", "--format", metavar="NAME", help="What to write it in, if FILE does not tell; yaml on stdout.")
def new(name: str, output: str, template: str, format: str | None) -> None:
    """Start a map called NAME: stages, with what to ask in each as notes.

    Beside a map in YAML comes a JSON Schema, with which an editor completes and checks it. FILE may be a spreadsheet
    (.xlsx, .csv) for a workshop.
    """
    language = format or ("yaml" if output == "-" else format_of(output))
    journey = Journey.template(template).replace(name=name, id=slug(name, fallback="journey"))
    if FORMATS[language].loads is None and FORMATS[language].from_bytes is None:
        raise click.UsageError(f"{language} can only be written, so a map in it could not be filled in; start it in another format")
    data = _written(journey, language)
    if output == "-":
        put(data, output)
        return
    file = Path(output)
    _refuse(file)
    told_losses(journey, language)
    if language == "yaml":
        from journeymap.io.schema import SCHEMA_FILE, schema_text

        beside = file.with_name(SCHEMA_FILE)
        put(f"# yaml-language-server: $schema={SCHEMA_FILE}\n".encode() + data, output)
        put(schema_text().encode(), str(beside))
        click.echo(f"{beside}: what your editor completes and checks the map with", err=True)
    else:
        put(data, output)
    click.echo(f"{output}: {name}, {len(journey.stages)} stages; fill it in, then: journeymap check {output}", err=True)


def _written(journey: Journey, format: str) -> bytes:
    if format != "xlsx":
        return to_bytes(journey, format=format)
    from journeymap.io.xlsx import workshop_template

    return workshop_template(journey)


def _refuse(file: Path) -> None:
    """FileError if something is there."""
    if file.exists() or file.is_symlink():
        raise FileError(str(file), "is there already; name another file, or remove it first")
