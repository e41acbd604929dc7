"""The preview shows the file as it is now, on this machine only."""

from __future__ import annotations

import http.client
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect, sync_playwright

from journeymap.cli import main
from journeymap.cli.preview import Preview

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    file = tmp_path / "bike.yaml"
    file.write_text("name: Buy a bike", encoding="utf-8")
    with Preview(file, renderer="swimlane", theme="light", format=None, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: Preview, path: str = "/", host: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    connection.request("GET", path, headers={} if host is None else {"Host": host})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_it_serves_the_map_and_draws_it_anew_when_it_is_saved(served: Preview) -> None:
    status, page = ask(served)
    assert status == 200
    assert "Buy a bike" in page
    before = ask(served, "/version")
    served.file.write_text("name: Mend a bike", encoding="utf-8")
    assert ask(served, "/version") != before
    assert "Mend a bike" in ask(served)[1]


def test_what_is_wrong_with_the_file_is_shown_and_mended(served: Preview) -> None:
    served.file.write_text("name: <b>\nnam: 1", encoding="utf-8")
    assert "unknown key &#x27;nam&#x27;" in ask(served)[1]
    served.file.unlink()
    assert "there is no such file" in ask(served)[1]
    served.file.write_text("name: Back", encoding="utf-8")
    assert "Back" in ask(served)[1]


def test_only_this_machine_and_only_the_map(served: Preview) -> None:
    assert served.server_address[0] == "127.0.0.1"
    assert ask(served, "/etc/passwd")[0] == 404
    assert ask(served, host="evil.example")[0] == 403
    assert ask(served, host=f"localhost:{served.server_address[1]}")[0] == 200


@pytest.mark.browser
def test_the_browser_reloads_when_the_file_is_saved(served: Preview) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("JOURNEYMAP_CHROMIUM") or shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text) if "favicon" not in message.text else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(served.address)
        assert page.title() == "Buy a bike"
        page.wait_for_timeout(1000)
        served.file.write_text("name: Mend a bike", encoding="utf-8")
        expect(page).to_have_title("Mend a bike", timeout=20_000)
        assert [trouble for trouble in troubles if "404" not in trouble] == []
        browser.close()


def test_a_file_that_cannot_be_read_ends_before_it_begins(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["preview", str(tmp_path / "none.yaml"), "--no-open"])
    assert result.exit_code == 2
    assert "there is no such file" in result.output


def test_a_port_that_is_taken_is_told(served: Preview) -> None:
    result = CliRunner().invoke(main, ["preview", str(served.file), "--no-open", "--port", str(served.server_address[1])])
    assert result.exit_code == 2
    assert "choose another with --port" in result.output
