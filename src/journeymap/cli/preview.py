"""``journeymap preview``: a map in the browser, drawn anew whenever its file is saved."""

from __future__ import annotations

import base64
import hashlib
import threading
import webbrowser
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import click

from journeymap.errors import FileError, JourneyMapError
from journeymap.io import read
from journeymap.picture import render

_HOST = "127.0.0.1"
_VERSION = "/version"
_RELOAD = (
    b"<script>(()=>{let known;setInterval(async()=>{try{const now=await(await fetch('/version',{cache:'no-store'})).text();"
    b"if(known!==undefined&&now!==known)location.reload();known=now}catch{}},700)})()</script>"
)
"""Asks every 0.7 s whether the file was saved; the page itself is not to hold on to what it was."""


class Preview(ThreadingHTTPServer):
    """Serves one map on this machine only."""

    daemon_threads = True

    def __init__(self, file: Path, *, renderer: str, theme: str, format: str | None, port: int) -> None:
        self.file = file
        self._renderer = renderer
        self._theme = theme
        self._format = format
        self._drawing = threading.Lock()
        super().__init__((_HOST, port), _Answer)

    @property
    def address(self) -> str:
        """Where the map is to be seen."""
        return f"http://{_HOST}:{self.server_address[1]}/"

    def version(self) -> str:
        """Another word whenever the file holds something else."""
        try:
            return hashlib.sha256(self.file.read_bytes()).hexdigest()
        except OSError:
            return "missing"

    def page(self) -> bytes:
        """The map as a page, or what is wrong with it."""
        try:
            with self._drawing:
                journey = read(self.file, format=self._format)
                page = render(journey, self._renderer, theme=self._theme).to("html")
        except JourneyMapError as error:
            told = escape(str(error))
            page = f"<!doctype html><title>{escape(self.file.name)}</title><pre>{told}</pre></body>".encode()
        return _reloading(page)


class _Answer(BaseHTTPRequestHandler):
    """Answers the browser: the map, or whether it has changed."""

    @property
    def _preview(self) -> Preview:
        return cast("Preview", self.server)

    def do_GET(self) -> None:
        """The page, or its version."""
        own = self._preview.address.removeprefix("http://").rstrip("/")
        if self.headers.get("Host") not in {own, own.replace(_HOST, "localhost")}:
            self.send_error(403, "This address is not the one that the preview was started with")
        elif self.path == _VERSION:
            self._send(self._preview.version().encode(), "text/plain")
        elif self.path == "/":
            self._send(self._preview.page(), "text/html")
        else:
            self.send_error(404, "There is only the map here")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a line for each look would bury what matters."""


def _reloading(page: bytes) -> bytes:
    """The page with the script that looks for a newer one, which its own policy is told to allow."""
    digest = hashlib.sha256(_RELOAD.removeprefix(b"<script>").removesuffix(b"</script>")).digest()
    allowed = b"script-src 'sha256-" + base64.b64encode(digest) + b"' "
    page = page.replace(b"default-src 'none';", b"default-src 'none'; connect-src 'self';", 1).replace(b"script-src ", allowed, 1)
    before, body, after = page.rpartition(b"</body>")
    return before + _RELOAD + body + after


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-r", "--renderer", default="swimlane", show_default=True, metavar="NAME", help="How to draw it.")
@click.option("-t", "--theme", default="light", show_default=True, metavar="NAME", help="The colours: a theme, or a file with one.")
@click.option("-f", "--format", metavar="NAME", help="What FILE is written in, if its name does not tell.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Where on this machine.  [default: any free port]")
@click.option("--open/--no-open", "look", default=True, help="Open the browser.  [default: open]")
def preview(file: Path, renderer: str, theme: str, format: str | None, port: int, look: bool) -> None:
    """Show the journey in FILE in the browser, and show it anew whenever the file is saved.

    Only this machine can see it. Ctrl-C ends it.
    """
    read(file, format=format)
    try:
        server = Preview(file, renderer=renderer, theme=theme, format=format, port=port)
    except OSError as error:
        raise FileError(f"port {port}", f"{error.strerror or error}; choose another with --port") from error
    with server:
        click.echo(f"{server.address} shows {file}; Ctrl-C ends it", err=True)
        if look:
            webbrowser.open(server.address)
        server.serve_forever(poll_interval=0.2)
