"""What is loaded when: every question is asked in a fresh interpreter."""

import subprocess
import sys

import pytest

MAP = "jm.Journey('x', [jm.Stage('s', [jm.Touchpoint('a', emotion=1, channel='Phone'), jm.Touchpoint('b', emotion=-1)])])"


def loaded(program: str) -> set[str]:
    """The packages beyond the standard library that a program loads, top names only."""
    told = f"import sys\nbefore = set(sys.modules)\n{program}\nprint(*{{name.split('.')[0] for name in set(sys.modules) - before}})"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split()) - set(sys.stdlib_module_names) - {"journeymap"}


def test_importing_loads_nothing():
    assert loaded("import journeymap") == set()


def test_errors_and_listings_of_names_load_nothing():
    assert loaded("import journeymap as jm\njm.ModelError, dir(jm), jm.__version__") == set()


def test_the_model_loads_attrs_alone():
    assert loaded(f"import journeymap as jm\n{MAP}") == {"attr", "attrs"}


def test_the_graph_loads_networkx():
    found = loaded(f"import journeymap as jm\n{MAP}.graph")
    assert "networkx" in found
    assert not found & {"matplotlib", "numpy", "scipy", "pandas"}


@pytest.mark.parametrize("renderer", ["swimlane", "emotion-curve"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_drawing_svg_loads_svgwrite_and_no_other_drawer(renderer, theme):
    found = loaded(f"import journeymap as jm\njm.render({MAP}, {renderer!r}, theme={theme!r}).to('svg')")
    assert "svgwrite" in found
    assert not found & {"matplotlib", "numpy", "PIL", "fontTools", "networkx", "click", "yaml", "cattrs", "jinja2"}


def test_drawing_png_loads_matplotlib_without_pyplot():
    program = f"import journeymap as jm\njm.render({MAP}).to('png')\nassert 'matplotlib.pyplot' not in sys.modules"
    assert "matplotlib" in loaded(program)


@pytest.mark.parametrize(("format", "reader"), [("json", set()), ("yaml", {"yaml"})])
def test_reading_and_writing_draw_nothing(format, reader):
    found = loaded(f"import journeymap as jm\njm.loads(jm.dumps({MAP}, format={format!r}), format={format!r})")
    assert not found & ({"matplotlib", "numpy", "svgwrite", "networkx", "click", "jinja2", "yaml"} - reader)


def test_asking_the_command_line_for_help_draws_nothing():
    found = loaded("from click.testing import CliRunner\nfrom journeymap.cli import main\nCliRunner().invoke(main, ['--help'])")
    assert not found & {"matplotlib", "numpy", "svgwrite", "networkx", "yaml", "cattrs"}
