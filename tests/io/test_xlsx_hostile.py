"""Workbooks made to do harm are refused soon, and in little memory; broken ones with a message of ours."""

import io
import re
import struct
import time
import tracemalloc
import zipfile
import zlib
from contextlib import suppress
from datetime import date
from random import Random

import pytest

import journeymap as jm
from journeymap.errors import MESSAGE_LENGTH
from journeymap.io import Limits
from journeymap.io.xlsx import from_bytes, to_bytes
from journeymap.testing.journeys import small
from journeymap.testing.mutations import fault, mutated

SECONDS = 1.0
MEBIBYTES = 50
MUTATIONS = 300

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
TEXTS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def good():
    return unpacked(to_bytes(small()))


def sheet_path(good, title="Touchpoints"):
    before = good["xl/workbook.xml"].decode().partition(f'name="{title}"')[0]
    return f"xl/worksheets/sheet{before.count('<sheet ')}.xml"


def packed(parts, **changes):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in {**parts, **changes}.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def refused(data, **options):
    began = time.process_time()
    with pytest.raises(jm.DocumentError) as caught:
        from_bytes(data, **options)
    assert time.process_time() - began < SECONDS
    assert len(str(caught.value)) <= MESSAGE_LENGTH
    assert len(caught.value.problems) <= 101
    return caught.value.problems[0].message


def quick(data):
    """For what is so large because of much that says nothing: it is refused, or read, but soon."""
    began = time.process_time()
    with suppress(jm.DocumentError):
        from_bytes(data)
    assert time.process_time() - began < 2 * SECONDS


def modest(data):
    tracemalloc.start()
    with suppress(jm.DocumentError):
        from_bytes(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEBIBYTES * 2**20


def both(data, said, **options):
    assert len(data) <= 2**16 + 2**12
    assert said in refused(data, **options)
    modest(data)


def test_a_part_that_is_squeezed_beyond_belief(good):
    both(
        packed(good, **{sheet_path(good): SHEET.format("<row/>" * 5_000_000)}), "100 times larger than packed, or more; it may be an attack"
    )


@pytest.mark.parametrize(
    ("cell", "times"),
    [
        ("<c/>", 1_000_000),
        ('<c r="XFD1048576"><v>1</v></c>', 150_000),
        ("<row/>", 700_000),
        ('<c t="inlineStr"><is><t>x</t></is></c>', 150_000),
    ],
)
def test_as_many_cells_as_can_be_packed(good, cell, times):
    """Random attributes keep the parts from being squeezed too much to be believed."""
    chance = Random(cell)
    noise = bytes(chance.randrange(97, 123) for _ in range(70_000)).decode()
    body = cell * times
    text = SHEET.format(body + f"<row><c t='str'><v>{noise}</v></c></row>")
    while len(zlib.compress(text.encode(), 9)) * 100 < len(text):
        body = body[: len(body) * 9 // 10 // len(cell) * len(cell)]
        text = SHEET.format(body + f"<row><c t='str'><v>{noise}</v></c></row>")
    data = packed(good, **{sheet_path(good): text})
    quick(data)
    modest(data)


@pytest.mark.parametrize("text", ["<si><t>x</t></si>", "<si/>"])
def test_as_many_texts_as_can_be_packed(good, text):
    noise = bytes(Random(text).randrange(97, 123) for _ in range(60_000)).decode()
    texts = TEXTS.format(text * (8_000_000 // len(text)) + f"<si><t>{noise}</t></si>")
    data = packed({**good, sheet_path(good): SHEET.format('<row><c t="s"><v>99999999</v></c></row>')}, **{"xl/sharedStrings.xml": texts})
    refused(data)
    modest(data)


def test_a_text_without_end(good):
    both(
        packed(good, **{"xl/sharedStrings.xml": TEXTS.format("<si><t>" + "x" * 900_000 + "</t></si>")}),
        "a text has more than 100,000 characters",
    )


def test_a_cell_at_the_end_of_the_sheet_costs_nothing(good):
    text = good[sheet_path(good)].decode().replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    data = packed(good, **{sheet_path(good): text})
    both(data, "this cell has no heading above it")


def test_a_sheet_that_claims_to_be_huge_is_only_as_large_as_it_is(good):
    text = good[sheet_path(good)].decode().replace("<dimension ref=", '<dimension ref="A1:XFD1048576" x=', 1)
    assert from_bytes(packed(good, **{sheet_path(good): text})) == small()


@pytest.mark.parametrize("address", ["XFE1", "A1048577", "A0", "1A", "", "Ä1", "A1_0", "ZZZZ1"])
def test_addresses_of_no_cell(good, address):
    if address:
        both(
            packed(good, **{sheet_path(good): SHEET.format(f'<row r="1"><c r="{address}"><v>1</v></c></row>')}),
            "is no cell of a spreadsheet",
        )


@pytest.mark.parametrize(
    "path", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "sheet"]
)
@pytest.mark.parametrize("dtd", [ENTITIES, OUTSIDE])
def test_document_types_and_entities(good, path, dtd):
    path = sheet_path(good) if path == "sheet" else path
    head, _, body = good[path].decode().partition("?>")
    both(packed(good, **{path: f"{head}?>{dtd}{body}"}), "it has a document type or entities")


@pytest.mark.parametrize("value", ["nan", "inf", "1e999", "1_0", "٣", "9" * 500, "0x1F", ""])
def test_numbers_that_are_none(good, value):
    text = SHEET.format(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')
    data = packed(good, **{sheet_path(good): text})
    if value:
        both(data, "a finite number" if value == "1e999" else "is not a number; type the value again")


def test_days_beyond_the_calendar():
    good = unpacked(to_bytes(small().replace(updated=date(2026, 1, 1))))
    styles = good["xl/styles.xml"].decode()
    known = re.search(r'numFmtId="([0-9]+)" formatCode="yyyy-mm-dd"', styles)
    looks = styles[styles.index("<cellXfs") :].split("<xf ")[1:]
    number = next(i for i, look in enumerate(looks) if f'numFmtId="{known[1]}"' in look)
    for value in ("1e9", "-5", "2958466"):
        text = SHEET.format(f'<row r="1"><c r="A1" s="{number}"><v>{value}</v></c></row>')
        both(packed(good, **{sheet_path(good): text}), "is beyond the days of the calendar")


def test_more_cells_than_the_limit(good):
    assert "there are more than 10 texts" in refused(packed(good), limits=Limits(cells=10))
    assert "more cells than the limit allows" in refused(packed(good), limits=Limits(cells=100))
    assert "bytes unpacked, beyond 1,000" in refused(packed(good), limits=Limits(unpacked=1000))


def test_too_many_parts(good):
    data = packed(good, **{f"x{i}": b"" for i in range(2_500)})
    assert "a workbook has at most 2,000" in refused(data)


def test_a_list_of_parts_that_is_too_long(good):
    data = bytearray(packed(good))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 2**30)
    both(bytes(data), "the list of its parts is longer than a workbook's can be")


def test_parts_that_lie_on_one_another(good):
    with zipfile.ZipFile(io.BytesIO(packed(good))) as archive:
        sizes = [info.header_offset for info in archive.infolist()]
    data = bytearray(packed(good))
    entries = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    for at in entries[1:]:
        data[at + 42 : at + 46] = struct.pack("<I", sizes[0])
    both(bytes(data), "its parts overlap; it may be an attack")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(good):
    buffer = io.BytesIO(packed(good))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
    both(buffer.getvalue(), "two of its parts have the same name")


def test_a_part_with_a_password(good):
    data = bytearray(packed(good))
    for at in (at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"):
        data[at + 8] |= 1
    both(bytes(data), "it has a password; save it without one")


def test_a_part_that_is_longer_than_it_says(good):
    """What is unpacked is never more than the list of parts says, and then its checksum is wrong."""
    data = bytearray(packed(good))
    for at in (at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"):
        data[at + 24 : at + 28] = struct.pack("<I", 100)
    refused(bytes(data))


@pytest.mark.parametrize("path", ["xl/workbook.xml", "xl/sharedStrings.xml", "sheet"])
@pytest.mark.parametrize(
    "body", [b"", b"<", b"<a>", b"<a></b>", b"\xff\xfe<", b"<?xml version='1.0' encoding='klingon'?><a/>", b"<a>\xff</a>", b"<a" * 30_000]
)
def test_xml_that_is_none(good, path, body):
    path = sheet_path(good) if path == "sheet" else path
    assert "this is not XML" in refused(packed(good, **{path: body}))


def test_elements_in_one_another_without_end(good):
    refused(packed(good, **{sheet_path(good): b"<a>" * 300_000}))


def test_no_accident_inside_of_a_workbook_gives_anything_but_our_errors(good):
    names = list(good)
    for number in range(MUTATIONS):
        chance = Random(f"parts {number}")
        hit = {name: mutated(good[name], chance) for name in chance.sample(names, 2)}
        wrong = fault("xlsx", packed(good, **hit))
        assert not wrong, f"mutation {number}: {wrong}"
