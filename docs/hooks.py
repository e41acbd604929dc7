"""What the docs take from the code when they are built, so that it cannot rot.

Every Python block of a page is run, in order, in a folder with the examples beside it; the pictures that it saves are the
pictures that the page shows. The gallery is a page made of `examples/`, in which the code shown is the code that drew.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import doctest
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from mkdocs.structure.files import File, Files

import journeymap.model as m
from journeymap.io.codec import fields_of
from journeymap.io.meanings import meanings

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
        parts.append(_drawn(path.stem))
        parts.append(f'??? note "examples/{path.name}"\n')
        parts.append(_fenced("yaml", text, indent="    "))
    parts += [f"## {title}\n\n{_fenced('python', code)}\n[![{title}]({name})]({name})\n" for title, name, code in _TOGETHER]
    parts += ["## A renderer of your own\n", prepared("<!-- example: custom_renderer.py -->")]
    return "\n".join(parts)


def prepared(markdown: str) -> str:
    """The page with the examples that it names: the code of each, and what it draws."""
    return re.sub(r"<!-- example: (\w+\.py) -->", lambda found: _example(ROOT / "examples" / found[1]), markdown)


def _example(path: Path) -> str:
    code = path.read_text(encoding="utf-8").partition('"""\n\n')[2].partition("\n\nif __name__")[0].replace("import sys\n", "")
    (name,) = re.findall(r"@jm\.renderer\(\"([\w-]+)\"\)", code)
    draw = f'jm.render(jm.read("examples/car-rental.yaml"), "{name}").save("{name}.svg")'
    return f"{_fenced('python', code)}\n{_fenced('python', draw)}\n[![{name}]({name}.svg)]({name}.svg)"


_DRAWN = {
    "bike-shop": ("board", "blueprint", "timeline", "flow", "funnel", "heatmap", "impact-effort", "roadmap", "storyboard", "persona"),
    "car-rental": ("storyboard",),
    "hiring-first-employee": ("flow",),
    "small-business-loan": ("board", "blueprint", "persona"),
    "streetlight-repair": ("blueprint", "flow"),
}
"""What is drawn of an example besides its swimlane and its emotion curve: what it has something to say in."""


_TOGETHER = (
    (
        "A map and what it is to become",
        "to-be.svg",
        """import journeymap as jm

shop = jm.read("examples/bike-shop.yaml")
to_be = shop.replace(name="Buying a bike, to be").without("calls-to-ask-where-the-bike-is").replace("uses-the-size-finder", emotion=1.5)
jm.render(shop, "comparison", to=to_be).save("to-be.svg")""",
    ),
    (
        "Journeys that hang together",
        "spoke-and-chain.svg",
        """import journeymap as jm

jm.render(jm.read_atlas("examples/atlas/spoke-and-chain.yaml"), "atlas").save("spoke-and-chain.svg")""",
    ),
)
"""Pictures of more than one map: title, file, and code."""


def _drawn(stem: str) -> str:
    files = {name: f"{stem}-{name}.svg" for name in ("emotion-curve", *_DRAWN.get(stem, ()))}
    code = ["import journeymap as jm\n", f'journey = jm.read("examples/{stem}.yaml")', f'jm.render(journey).save("{stem}.svg")']
    code += [f'jm.render(journey, "{name}").save("{file}")' for name, file in files.items()]
    pictures = [f"[![{name}]({name})]({name})" for name in (f"{stem}.svg", *files.values())]
    return "\n\n".join([_fenced("python", "\n".join(code)), *pictures, ""])


def _fenced(language: str, code: str, *, indent: str = "") -> str:
    lines = [f"```{language}", *code.rstrip("\n").split("\n"), "```", ""]
    return "\n".join(indent + line if line else "" for line in lines)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the gallery, and the pictures that the pages draw."""
    files.append(File.generated(config, "gallery.md", content=gallery()))
    for page in list(files.documentation_pages()):
        page.content_string = prepared(page.content_string)
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
    return markdown.replace("<!-- not released yet -->", _unreleased()).replace("<!-- keys -->", _keys())


def _help(command: list[str]) -> str:
    from click.testing import CliRunner

    from journeymap.cli import main

    told = CliRunner().invoke(main, [*command, "--help"], prog_name="journeymap", terminal_width=90).output
    return _fenced("text", told)


def _unreleased() -> str:
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))
    told = [f"- **{path.name.split('.')[1].capitalize()}.** {path.read_text(encoding='utf-8').strip()}" for path in fragments]
    return "\n".join(["## Not released yet\n", *told]) if told else ""


_IN_FILES = (
    *(m.Journey, m.Persona, m.Stage, m.Touchpoint, m.Emotion, m.Channel, m.PainPoint, m.Opportunity, m.Metric, m.MomentOfTruth),
    *(m.Activity, m.Evidence, m.Source, m.Transition, m.Scale, m.Link, m.Range, m.Span, m.Atlas, m.AtlasLink),
)
_KINDS: dict[object, str] = {
    str: "text",
    bool: "true or false",
    int: "whole number",
    float: "number",
    dt.date: "day, `2026-05-12`",
    dt.timedelta: "length of time, `PT20M`",
}


def _keys() -> str:
    """A table of keys for each class that stands in files."""
    return "\n".join(_table(kind) for kind in _IN_FILES)


def _table(kind: type) -> str:
    told = meanings(kind)
    rows = [f"| `{name}` | {_kind(field.type)} | {told[name]} |" for name, field in fields_of(kind).items()]
    return "\n".join([f"### {kind.__name__}\n", "| key | what it takes | what it says |", "|---|---|---|", *rows, ""])


def _kind(given: object) -> str:
    arguments = get_args(given)
    if get_origin(given) is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if get_origin(given) is tuple:
        return f"list: {_kind(arguments[0])}"
    if get_origin(given) is m.FrozenMap:
        return f"mapping of text to {_kind(arguments[0])}"
    if arguments:
        return " or ".join(_kind(each) for each in arguments if each is not type(None))
    return _KINDS.get(given) or f"[{getattr(given, '__name__', given)}](#{getattr(given, '__name__', '').lower()})"
