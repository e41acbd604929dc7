"""What DuckDB is allowed to take, and when it is loaded."""

import subprocess
import sys

import pytest

import journeymap as jm
from journeymap.discovery.engine import Engine

MAP = "jm.Journey('x', [jm.Stage('s', [jm.Touchpoint('a', emotion=1), jm.Touchpoint('b', emotion=-1)])])"


@pytest.fixture
def engine():
    return Engine("log.csv", memory="40MB", disk="1MB", threads=1)


@pytest.mark.parametrize("program", ["jm.EventLog, jm.discover", f"jm.render({MAP}).to('svg')"])
def test_duckdb_is_loaded_by_logs_alone(program):
    told = f"import sys, journeymap as jm\n{program}\nassert 'duckdb' not in sys.modules and '_duckdb' not in sys.modules"
    subprocess.run([sys.executable, "-c", told], check=True)


def test_without_duckdb_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(jm.MissingExtra, match=r'pip install "journeymap\[events\]"'):
        jm.EventLog.read([("anna", "ad", "2026-03-01")])


def test_memory_and_disk_are_bounded(engine):
    with pytest.raises(jm.AnalysisError, match="log.csv: the log needs more than memory='40MB' and the disk that was allowed; give more"):
        engine.rows("CREATE TABLE big AS SELECT hash(i) AS a, hash(i + 1) AS b FROM range(5000000) AS t(i)")


@pytest.mark.parametrize("name", ["autoinstall_known_extensions", "autoload_known_extensions"])
def test_nothing_is_downloaded(engine, name):
    assert engine.rows(f"SELECT current_setting('{name}')") == [(False,)]


def test_what_duckdb_says_is_told_as_an_error_of_ours(engine):
    with pytest.raises(jm.DocumentError, match=r"log.csv: 1 problem\n  Parser Error"):
        engine.rows("SELEC 1")
