"""The program that holds the commands, and how their failures are told."""

from __future__ import annotations

import os
import sys
import warnings
from io import TextIOWrapper
from typing import NoReturn, TextIO

import click

import journeymap
from journeymap.cli.analyse import analyse
from journeymap.cli.check import check
from journeymap.cli.convert import convert
from journeymap.cli.demo import demo
from journeymap.cli.diff import diff
from journeymap.cli.discover import discover
from journeymap.cli.exits import Exit
from journeymap.cli.listing import list_
from journeymap.cli.merge import merge
from journeymap.cli.new import new
from journeymap.cli.preview import preview
from journeymap.cli.render import render
from journeymap.cli.schema import schema
from journeymap.cli.show import show
from journeymap.errors import JourneyMapError, MissingExtra


class Program(click.Group):
    """The commands; whatever can be expected to fail is told in one message on stderr, and as an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            with warnings.catch_warnings():
                warnings.showwarning = _show_warning
                result: object = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        except MissingExtra as error:
            _fail(str(error), Exit.MISSING_EXTRA)
        except JourneyMapError as error:
            _fail(str(error), Exit.UNUSABLE)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(Exit.BROKEN_PIPE) from None
        except OSError as error:
            _fail(_told(error), Exit.UNUSABLE)
        except KeyboardInterrupt:
            raise click.exceptions.Exit(Exit.INTERRUPTED) from None
        return result


def _told(error: OSError) -> str:
    """What the system refused, and where: a plug-in's own file, or else stdout, on a full disk, say."""
    if error.errno is None:
        return " ".join(f"{type(error).__name__}: {error}".split())
    return f"{'<stdout>' if error.filename is None else error.filename}: {error.strerror or error}"


def _fail(message: str, code: Exit) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    raise click.exceptions.Exit(code) from None


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: str | None = None
) -> None:
    """A warning as people read it: one line, without the place in the code."""
    del category, filename, lineno, file, line
    click.echo(f"warning: {' '.join(str(message).split())}", err=True)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"journeymap {journeymap.__version__}")
        ctx.exit()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 findings, 2 unusable input or usage, 3 a missing extra.",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version and exit.")
def main() -> None:
    """Customer journey maps: check them, draw them, analyse them."""


for _command in (analyse, check, convert, demo, diff, discover, list_, merge, new, preview, render, schema, show):
    main.add_command(_command)
