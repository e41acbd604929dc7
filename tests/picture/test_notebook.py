"""In a notebook, really run: a journey and a picture as the last line of a cell show themselves."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = (
    "import journeymap as jm\njourney = jm.Journey('Buy a bike', [jm.Stage('Buy', [jm.Touchpoint('Test ride', emotion=2)])])\njourney",
    "jm.render(journey, 'emotion-curve')",
)


@pytest.fixture(scope="module")
def outputs() -> list[dict[str, str]]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell.outputs[-1]["data"] for cell in notebook.cells]


def test_a_journey_shows_its_swimlane(outputs: list[dict[str, str]]) -> None:
    assert outputs[0]["text/plain"] == "<Journey 'Buy a bike': 1 stage, 1 touchpoint, 0 personas>"
    assert "Test ride" in outputs[0]["image/svg+xml"]
    assert "lane:steps" in outputs[0]["image/svg+xml"]


def test_a_picture_shows_itself_small(outputs: list[dict[str, str]]) -> None:
    assert outputs[1]["text/plain"].startswith("<Picture 'Buy a bike: emotion curve'")
    assert "@font-face" not in outputs[1]["image/svg+xml"]


def test_two_pictures_on_one_page_share_no_id(outputs: list[dict[str, str]]) -> None:
    ids = [{part.partition('"')[0] for part in output["image/svg+xml"].split(' id="')[1:]} for output in outputs]
    assert ids[0]
    assert not ids[0] & ids[1]
