import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from journeymap.errors import DocumentError, FileError, ModelError, PluginError, UnknownName
from journeymap.io import Format, Limits, convert, from_table, loads, read, read_atlas, write
from journeymap.io.files import write_atomically
from journeymap.model import Journey
from journeymap.plugins import FORMATS

BIKE = Journey("Buy a bike")


@pytest.mark.parametrize("name", ["bike.json", "bike.yaml", "bike.yml", "bike.YML", "süß 日本.json", "a.b.json"])
@pytest.mark.parametrize("kind", [str, Path])
def test_the_suffix_tells_the_format(tmp_path, name, kind):
    path = kind(tmp_path / name)
    write(BIKE, path)
    assert read(path) == BIKE
    first = Path(path).read_bytes()[:1]
    assert first == (b"{" if name.endswith("json") else b"j")


def test_a_named_format_goes_before_the_suffix(tmp_path):
    path = tmp_path / "bike.txt"
    write(BIKE, path, format="yaml")
    assert path.read_bytes() == b"journeymap: 1\nname: Buy a bike\nid: buy-a-bike\n"
    assert read(path, format="yaml") == BIKE


@pytest.mark.parametrize(("name", "suffix"), [("bike.jsn", "'.jsn'; did you mean '.json'\\?"), ("bike", "''"), (".json", "''")])
def test_an_unknown_suffix_is_told_what_there_is(tmp_path, name, suffix):
    for attempt in (lambda: read(tmp_path / name), lambda: write(BIKE, tmp_path / name)):
        with pytest.raises(UnknownName, match=rf"no format for files that end in {suffix}; there are: .*\.json, .*\.yaml, \.yml"):
            attempt()
    assert list(tmp_path.iterdir()) == []


def test_two_formats_of_one_suffix_are_not_guessed_between(tmp_path):
    for name in ("one", "two"):
        FORMATS.register(name, Format(summary="for a test", suffixes=(".map",), loads=lambda text, _: Journey(text)))
    try:
        with pytest.raises(PluginError, match=r"the formats one and two both have files that end in '\.map'; say which with format="):
            read(tmp_path / "x.map")
    finally:
        FORMATS.unregister("one")
        FORMATS.unregister("two")


@pytest.mark.parametrize("path", [None, 3, b"bike.yaml", ["bike.yaml"]])
def test_what_is_no_name_of_a_file(tmp_path, path):
    there = tmp_path / "there.yaml"
    write(BIKE, there)
    calls = [
        lambda: read(path),
        lambda: read(path, format="yaml"),
        lambda: read_atlas(path),
        lambda: write(BIKE, path),
        lambda: write(BIKE, path, format="yaml"),
        lambda: convert(path, there),
        lambda: convert(there, path),
        lambda: convert(there, path, to_format="json"),
    ]
    for call in calls:
        with pytest.raises(FileError, match="is no name of a file; give text or a pathlib.Path"):
            call()


@pytest.mark.parametrize("limits", [None, {}, 5])
def test_limits_are_limits(tmp_path, limits):
    path = tmp_path / "there.yaml"
    write(BIKE, path)
    calls = [
        lambda: read(path, limits=limits),
        lambda: loads("{}", limits=limits),
        lambda: loads("Stage", format="csv", limits=limits),
        lambda: convert(path, tmp_path / "new.json", limits=limits),
        lambda: from_table([], limits=limits),
    ]
    for call in calls:
        with pytest.raises(ModelError, match="is not Limits; write"):
            call()


def test_messages_name_the_file(tmp_path):
    path = tmp_path / "bike.yaml"
    path.write_text("name: 5\n")
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert str(caught.value) == f"{path}: 1 problem\n  line 1  $.name: 5 is not text; put it in quotes"


def test_a_name_that_cannot_be_printed_is_told_all_the_same(tmp_path):
    with pytest.raises(FileError) as caught:
        read(tmp_path / "bike\n\udcff.json")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("none.json", "there is no such file or folder; check the name"),
        ("none/bike.json", "there is no such file or folder; check the name"),
        ("folder.json", "is a folder; give a file"),
        ("file.json/bike.json", "is in something that is no folder; check the name"),
        ("nul\0.json", "is no name that a file can have; check it"),
        ("x" * 300 + ".json", "File name too long"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, path, reason):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "file.json").touch()
    with pytest.raises(FileError) as caught:
        read(tmp_path / path)
    assert caught.value.reason == reason
    assert isinstance(caught.value, OSError)


@pytest.mark.parametrize("path", ["none/bike.json", "folder.json", "file.json/bike.json", "nul\0.json", "x" * 300 + ".json", "circle.json"])
def test_files_that_cannot_be_written(tmp_path, path):
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "file.json").touch()
    (tmp_path / "circle.json").symlink_to(tmp_path / "circle.json")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError):
        write(BIKE, tmp_path / path)
    assert sorted(tmp_path.rglob("*")) == before


def test_files_that_may_not_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "bike.json"
    path.write_text("old")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # as for everybody but the one who may do all
    with pytest.raises(FileError, match="may not be opened; check its permissions and those of its folder"):
        write(BIKE, path)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileError, match="may not be opened; check its permissions and those of its folder"):
        read(path)
    monkeypatch.undo()
    assert path.read_text() == "old"


def test_a_file_that_is_too_long_is_not_read(tmp_path):
    path = tmp_path / "bike.json"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(DocumentError, match="it has 1,099,511,627,776 bytes or more, beyond 67,108,864") as caught:
        read(path)
    assert caught.value.unreadable
    write(BIKE, path)
    with pytest.raises(DocumentError, match="beyond 10;"):
        read(path, limits=Limits(bytes=10))


def test_a_pipe_is_not_read_without_end():
    there, here = os.pipe()
    os.write(here, b" " * 100)
    os.close(here)
    try:
        with pytest.raises(DocumentError, match="beyond 50;"):
            read(f"/dev/fd/{there}", format="json", limits=Limits(bytes=50))
    finally:
        os.close(there)


def test_what_was_there_keeps_its_permissions(tmp_path):
    path = tmp_path / "bike.json"
    path.write_text("old")
    path.chmod(0o640)
    write(BIKE, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read(path) == BIKE


def test_what_is_new_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    write(BIKE, tmp_path / "bike.json")
    assert (tmp_path / "bike.json").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_followed(tmp_path):
    (tmp_path / "maps").mkdir()
    link = tmp_path / "bike.json"
    link.symlink_to(Path("maps") / "real.json")
    write(BIKE, link)
    assert link.is_symlink()
    assert read(tmp_path / "maps" / "real.json") == BIKE
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["bike.json", "maps", "real.json"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"  # one of the test's own: a device of the machine must not be at the mercy of a bug here
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"x")
        assert os.read(reader, 10) == b"x"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()])
@pytest.mark.parametrize("moment", ["os.fsync", "pathlib.Path.replace"])
def test_whatever_goes_wrong_the_old_file_stays(tmp_path, monkeypatch, moment, error):
    path = tmp_path / "bike.json"
    path.write_text("old")

    def fail(*_):
        raise error

    monkeypatch.setattr(moment, fail)
    with pytest.raises(FileError if isinstance(error, OSError) else type(error)) as caught:
        write(BIKE, path)
    if isinstance(error, OSError):
        assert str(caught.value) == f"{path}: No space left on device"
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["bike.json"]


def test_a_program_that_is_killed_leaves_the_old_file(tmp_path):
    path = tmp_path / "bike.json"
    path.write_text("old")
    program = """
        import os, pathlib, sys
        from journeymap.io import write
        from journeymap.model import Journey
        pathlib.Path.replace = lambda *_: os._exit(9)
        write(Journey("Buy a bike"), sys.argv[1])
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(path)], check=False)
    assert ended.returncode == 9
    assert path.read_text() == "old"


def test_the_new_file_is_on_the_disk_before_the_old_one_goes(tmp_path, monkeypatch):
    done = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle)))
    monkeypatch.setattr(Path, "replace", lambda *paths: (done.append("replace"), replace(*paths)))
    write(BIKE, tmp_path / "bike.json")
    assert done[:2] == ["sync", "replace"]
