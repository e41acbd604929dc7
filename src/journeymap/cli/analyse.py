"""``journeymap analyse``: what the data of a journey in a file say."""

from __future__ import annotations

import shutil

import click

from journeymap.cli.documents import journey_in
from journeymap.cli.exits import Exit

_UNKNOWN_WIDTH = 80


class _Numbers(click.ParamType[tuple[float, ...]]):
    """One number, or several with commas between them."""

    name = "numbers"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        try:
            return tuple(float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no number of person-months; give one, such as 4, or one for each phase, such as 4,4,2", param, ctx)


@click.command
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="Write a page: a name ending in .html, .md or .json.")
@click.option("--json", "as_json", is_flag=True, help="Give the data, with the whole answer behind each number.")
@click.option("-f", "--format", metavar="NAME", help="What FILE is written in, if its name does not tell; yaml on stdin.")
@click.option("-p", "--persona", metavar="ID", help="Analyse the journey as this persona lives it.")
@click.option("--only", metavar="NAME,...", help="Ask these questions only; `journeymap list analyses` shows their names.")
@click.option("--capacity", type=_Numbers(), metavar="N,...", help="Person-months that fit into a phase of the roadmap.")
@click.option("--strict", is_flag=True, help="Leave out every answer that carries a warning; ends with 1 if there is one.")
@click.pass_context
def analyse(
    ctx: click.Context,
    file: str,
    output: str | None,
    as_json: bool,
    format: str | None,
    persona: str | None,
    only: str | None,
    capacity: tuple[float, ...] | None,
    strict: bool,
) -> None:
    """Say what the data of the journey in FILE (- for stdin) say: findings, what to do, and what it rests on."""
    from journeymap.report import report

    names = None if only is None else [name.strip() for name in only.split(",") if name.strip()]
    held = capacity[0] if capacity is not None and len(capacity) == 1 else capacity
    found = report(journey_in(file, format), persona=persona, only=names, capacity=held, strict=strict)
    if output is not None:
        found.save(output)
        count = len(found.findings)
        click.echo(f"{output}: {found.journey.name}, {count} finding{'' if count == 1 else 's'}", err=True)
    if as_json:
        click.echo(found.to_json(), nl=False)
    elif output is None:
        width = shutil.get_terminal_size((_UNKNOWN_WIDTH, 24)).columns
        click.echo(found.to_text(width=width), nl=False)
    if found.doubtful:
        click.echo(f"left out, since they carry warnings: {', '.join(found.doubtful)}", err=True)
        ctx.exit(Exit.FINDINGS)
