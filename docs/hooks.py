"""What the docs take from the code when they are built, so that it cannot rot.

Every Python block of a page is run, in order, in a folder with the examples beside it; the pictures that it saves are the
pictures that the page shows. The gallery is a page made of `examples/`, in which the code shown is the code that drew.
"""

from __future__ import annotations

import contextlib
import doctest
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w+)[^\n]*\n(?P<code>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r"\]\((?P<name>[\w.-]+\.(?:svg|png|pdf))\)")


def blocks(markdown: str, language: str) -> Iterator[str]:
    """The fenced blocks of a page in that language."""
    for found in _BLOCK.finditer(markdown):
        if found["language"] == language:
            yield re.sub(f"^{found['indent']}", "", found["code"], flags=re.MULTILINE)


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """An empty folder to work in, the examples beside; gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        with contextlib.chdir(folder):
            yield folder


def run(markdown: str, source: str) -> None:
    """Run a page's Python blocks in one namespace; what they print where they show ``>>>`` has to be what they say."""
    names: dict[str, object] = {"__name__": "__main__"}
    for number, code in enumerate(blocks(markdown, "python"), start=1):
        where = f"{source}, block {number}"
        if code.lstrip().startswith(">>>"):
            test = doctest.DocTestParser().get_doctest(code, names, where, source, 0)
            told: list[str] = []
            if doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append, clear_globs=False).failed:
                raise AssertionError("".join(told))
            names.update(test.globs)
        else:
            exec(compile(code, where, "exec"), names)  # noqa: S102  the docs' own code


def gallery() -> str:
    """The page of the examples: each with its picture, the code that draws it, and the file that it is drawn from."""
    parts = ["# Gallery\n", "Every picture here was drawn when these pages were built, by the code that stands beside it.\n"]
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        title = re.search(r"^name: *(.+)$", text, re.MULTILINE)
        parts.append(f"## {title[1].strip(chr(34)) if title else path.stem}\n")
        parts += [_drawn(path.stem, renderer, file) for renderer, file in (("swimlane", ""), ("emotion-curve", "-emotion"))]
        parts.append(f'??? note "examples/{path.name}"\n')
        parts.append(_fenced("yaml", text, indent="    "))
    for path in sorted((ROOT / "examples").glob("*.py")):
        code = path.read_text(encoding="utf-8")
        parts += [f"## {path.stem.replace('_', ' ').capitalize()}\n", _fenced("python", code)]
        parts += [f"[![{name}]({name})]({name})\n" for name in re.findall(r"\"([\w-]+\.svg)\"", code)]
    return "\n".join(parts)


def _drawn(stem: str, renderer: str, ending: str) -> str:
    picture = f"{stem}{ending}.svg"
    code = f'import journeymap as jm\n\njm.render(jm.read("examples/{stem}.yaml"), "{renderer}").save("{picture}")\n'
    return f"{_fenced('python', code)}\n[![{stem}, {renderer}]({picture})]({picture})\n"


def _fenced(language: str, code: str, *, indent: str = "") -> str:
    lines = [f"```{language}", *code.rstrip("\n").split("\n"), "```", ""]
    return "\n".join(indent + line if line else "" for line in lines)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the gallery, and the pictures that the pages draw."""
    files.append(File.generated(config, "gallery.md", content=gallery()))
    for page in list(files.documentation_pages()):
        shown = {found["name"] for found in _PICTURE.finditer(page.content_string)}
        if shown:
            with workplace() as folder:
                run(page.content_string, page.src_uri)
                for name in sorted(shown):
                    place = posixpath.join(posixpath.dirname(page.src_uri), name)
                    files.append(File.generated(config, place, content=(folder / name).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  mkdocs passes them by name
    """Put in what pages ask for: the help of a command, and what has changed since the last release."""
    markdown = re.sub(r"<!-- help: ?(.*?) -->", lambda found: _help(found[1].split()), markdown)
    return markdown.replace("<!-- not released yet -->", _unreleased())


def _help(command: list[str]) -> str:
    from click.testing import CliRunner

    from journeymap.cli import main

    told = CliRunner().invoke(main, [*command, "--help"], prog_name="journeymap", terminal_width=90).output
    return _fenced("text", told)


def _unreleased() -> str:
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))
    told = [f"- **{path.name.split('.')[1].capitalize()}.** {path.read_text(encoding='utf-8').strip()}" for path in fragments]
    return "\n".join(["## Not released yet\n", *told]) if told else ""
