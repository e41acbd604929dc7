"""Every example that a reader may copy does what the page says."""

import importlib.util
import re
from pathlib import Path

import pytest

import journeymap as jm

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("docs_hooks", ROOT / "docs" / "hooks.py")
assert _spec is not None
assert _spec.loader is not None
hooks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(hooks)

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md"])
WITH_CODE = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(autouse=True)
def nothing_stays_registered(monkeypatch):
    from journeymap import plugins

    for registry in (plugins.RENDERERS, plugins.BACKENDS, plugins.FORMATS, plugins.LANES, plugins.THEMES, plugins.ANALYSES):
        monkeypatch.setattr(registry, "_registered", dict(registry._registered))


@pytest.mark.parametrize("page", WITH_CODE, ids=name)
def test_the_python_of_a_page_runs(page):
    text = hooks.prepared(page.read_text(encoding="utf-8"))
    with hooks.workplace() as folder:
        hooks.run(text, name(page))
        missing = [found["name"] for found in hooks._PICTURE.finditer(text) if not (folder / found["name"]).exists()]
    assert missing == []


def test_yaml_and_json_of_the_file_guide_say_the_same():
    text = (ROOT / "docs" / "guide" / "files.md").read_text(encoding="utf-8")
    (as_yaml,), (as_json,) = hooks.blocks(text, "yaml"), hooks.blocks(text, "json")
    journey = jm.loads(as_yaml, format="yaml")
    assert jm.loads(as_json) == journey
    assert jm.dumps(journey, format="yaml") == as_yaml
    assert journey.touchpoints[1].emotion == jm.Emotion(2, label="thrilled", n=14)


def test_the_renderer_of_the_readme_is_the_example():
    example = (ROOT / "examples" / "custom_renderer.py").read_text(encoding="utf-8")
    shown = next(block for block in hooks.blocks((ROOT / "README.md").read_text(encoding="utf-8"), "python") if "@jm.renderer" in block)
    code = example.partition('"""\n\nimport sys\n')[2].partition("\n\n\nif __name__")[0]
    assert shown.strip() == code.strip()
    assert len(shown.partition("@jm.renderer")[2].strip().splitlines()) <= 15


def test_the_main_job_takes_ten_lines():
    shown = next(hooks.blocks((ROOT / "README.md").read_text(encoding="utf-8"), "python"))
    assert len([line for line in shown.splitlines() if line]) <= 10


def test_every_command_of_the_docs_exists():
    known = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for page in PAGES:
        asked = re.findall(r"^make ([a-z]+)$|`make ([a-z]+)[^`]*`", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert {one or other for one, other in asked} <= set(known), name(page)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_between_pages_lead_somewhere(page):
    generated = {"gallery.md"}
    for target in re.findall(r"\]\(([^)#:]+\.\w+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8")):
        if not target.endswith((".svg", ".png", ".pdf")) and target not in generated:
            assert (page.parent / target).exists(), target
