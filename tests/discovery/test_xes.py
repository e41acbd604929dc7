"""Logs in XES, as other programs write them, and files that only look like it."""

import gzip
from datetime import timedelta

import pytest

import journeymap as jm

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="none"/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/></global>
  <string key="concept:name" value="claims"/>
  <trace>
    <string key="concept:name" value="claim &quot;7&quot;"/>
    <int key="amount" value="250"/>
    <event>
      <string key="concept:name" value="calls"><string key="concept:name" value="an attribute of an attribute"/></string>
      <date key="time:timestamp" value="2026-03-01T10:00:00.000+01:00"/>
      <list key="notes"><values><string key="org:resource" value="in a list"/></values></list>
      <string key="channel" value="phone"/>
    </event>
    <event><string key="concept:name" value="wartet — längst"/><date key="time:timestamp" value="2026-03-01T10:30:00Z"/></event>
  </trace>
  <trace><event><string key="concept:name" value="calls"/><date key="time:timestamp" value="2026-03-02T10:00:00Z"/></event></trace>
</log>
"""


def written(folder, text, name="claims.xes"):
    place = folder / name
    place.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return place


@pytest.mark.parametrize("name", ["claims.xes", "claims.xes.gz"])
def test_a_log(tmp_path, name):
    log = jm.EventLog.read(written(tmp_path, LOG, name))
    assert dict(log.columns) == {
        "case": "case:concept:name",
        "activity": "concept:name",
        "timestamp": "time:timestamp",
        "channel": "channel",
    }
    assert log.activities == ("calls", "wartet — längst")
    (move,) = log.transitions().moves
    assert (move.source, move.target, move.mean_wait) == ("calls", "wartet — längst", timedelta(minutes=90))
    assert log.quality().cases == 2  # the trace without a name is a case of its own


def test_elements_with_a_prefix(tmp_path):
    text = LOG.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    assert jm.EventLog.read(written(tmp_path, text)).events == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE log [<!ENTITY a "aaaa">]><log/>', "line 1  a document type is not read"),
        ("<log>\n<trace></log>", "line 2  it is no XML: mismatched tag"),
        ("<html/>", "it begins with <html>, and a log in XES with <log>"),
        ("<log></log>", "there are no events in it"),
        ("", "it is no XML: no element found"),
    ],
)
def test_what_is_no_log(tmp_path, text, words):
    with pytest.raises(jm.DocumentError, match=words):
        jm.EventLog.read(written(tmp_path, text))


def test_a_file_that_was_cut_off(tmp_path):
    place = tmp_path / "claims.xes.gz"
    place.write_bytes(gzip.compress(LOG.encode())[:-20])
    with pytest.raises(jm.DocumentError, match="it is no whole gzip file"):
        jm.EventLog.read(place)
