import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.styles import numbers

import journeymap as jm
from journeymap.io.xlsx import from_bytes, to_bytes, workshop_template
from journeymap.testing.strategies import journeys

HEAD = ["Stage", "Touchpoint", "Channel", "Emotion", "Pains", "Duration"]


def book(*rows, title="Touchpoints", **sheets):
    """A workbook as another program writes it."""
    made = openpyxl.Workbook()
    made.active.title = title
    for name, held in {title: rows, **sheets}.items():
        sheet = made[name] if name in made.sheetnames else made.create_sheet(name)
        for row in held:
            sheet.append(row)
    return made


def saved(made):
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def refused(data, **options):
    with pytest.raises(jm.DocumentError) as caught:
        from_bytes(data if isinstance(data, bytes) else saved(data), "workshop.xlsx", **options)
    return str(caught.value).split("\n")[1:]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_everything_comes_back(rich):
    data = to_bytes(rich)
    assert from_bytes(data) == rich
    assert not jm.losses(rich, format="xlsx")


@settings(max_examples=40)
@given(journeys())
def test_every_journey_comes_back(journey):
    assert from_bytes(to_bytes(journey)) == journey


def test_the_same_journey_gives_the_same_bytes(rich):
    assert to_bytes(rich) == to_bytes(rich)
    with zipfile.ZipFile(io.BytesIO(to_bytes(rich))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@x", "\tx", "http://example.org", "mailto:a@example.org", "<r><t>x</t></r>", "<r>&</r>", "_x0041_", "_x0041_x0042_",
     "(long text 1)", " x", "x\n", "12", "TRUE", "2026-01-01", "#REF!", "👩🏽\u200d🚀" * 9000, "x" * 32_768, "<r>" + "x" * 40_000 + "</r>"],
)  # fmt: skip
def test_a_text_is_a_text(name):
    journey = jm.Journey("x", [jm.Stage("s", [jm.Touchpoint(name, id="t", thoughts=[name], notes=name)])], scenario=name)
    data = to_bytes(journey)
    assert from_bytes(data) == journey
    made = openpyxl.load_workbook(io.BytesIO(data))
    assert not [cell.coordinate for sheet in made for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_numbers_keep_all_their_digits():
    value = 3.4285714285714284
    assert from_bytes(to_bytes(jm.Journey("x", metrics=[jm.Metric("m", value=value)]))).metrics[0].value == value


def test_images_are_too_long_for_a_cell_and_come_back(rich):
    journey = rich.replace("maya-okafor", image="https://example.org/" + "x" * 90_000)
    assert from_bytes(to_bytes(journey)) == journey


def test_a_workshop_gets_a_page_to_fill_in():
    journey = jm.Journey.template("aida")
    made = openpyxl.load_workbook(io.BytesIO(workshop_template(journey)))
    assert made.sheetnames == ["How to", "Journey", "Touchpoints", "Stages", "Personas", "Pain points", "Opportunities", "Sources"]
    sheet = made["Touchpoints"]
    assert [row[0].value for row in sheet["A2:A5"]] == ["Attention", "Interest", "Desire", "Action"]
    assert sheet.freeze_panes == "C2"
    rules = {sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value: rule for rule in sheet.data_validations.dataValidation}
    assert rules["Emotion"].formula1 == '"-2,-1,0,1,2"'
    assert "in-store" in rules["Channel kind"].formula1
    assert rules["Moment"].formula1 == '"yes,zmot,fmot,smot,tmot"'
    assert "1 minor" in made["Pain points"].data_validations.dataValidation[0].prompt
    assert from_bytes(saved(made)) == journey


def test_what_a_workshop_fills_in_is_a_journey():
    made = openpyxl.load_workbook(io.BytesIO(workshop_template(jm.Journey.template("aida"))))
    sheet = made["Touchpoints"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in {
        "Touchpoint": "Sees an advert",
        "Channel": "Instagram",
        "Emotion": 1,
        "Thoughts": "Nice!\nToo dear?",
        "Personas": "Maya",
    }.items():
        sheet.cell(2, columns[heading], value)
    pains = made["Pain points"]
    columns = {cell.value: cell.column for cell in pains[1]}
    for heading, value in {"Pain": "No price", "Touchpoint": "sees an advert", "Severity": 3, "Frequency": 0.4}.items():
        pains.cell(2, columns[heading], value)
    journey = from_bytes(saved(made))
    step = journey.touchpoints[0]
    assert (step.channel.kind, step.emotion.valence, step.thoughts, step.personas) == ("social", 1, ("Nice!", "Too dear?"), ("maya",))
    assert (step.pains[0].severity, step.pains[0].frequency) == (3, 0.4)
    assert [len(stage.touchpoints) for stage in journey.stages] == [1, 0, 0, 0]


def test_a_name_that_is_unlike_those_of_the_stages_is_told():
    made = openpyxl.load_workbook(io.BytesIO(workshop_template(jm.Journey.template("aida"))))
    made["Touchpoints"]["A2"] = "Atention"
    assert refused(made) == ["  Touchpoints!A2: no stage 'Atention'; did you mean 'attention'?"]


def test_cells_as_excel_types_them():
    made = book(HEAD, ["Buy", 2024, "Phone", 1.0, None, time(1, 30)], ["Buy", True, None, None, None, timedelta(hours=30)])
    made.create_sheet("Sources").append(["Name", "Date", "n", "Solicited"])
    made["Sources"].append(["Survey", datetime(2026, 3, 1), 312.0, True])
    made["Sources"].append(["Log", date(2026, 3, 2), "1e3", "no"])
    made["Sources"]["B2"].number_format = numbers.FORMAT_DATE_YYYYMMDD2
    journey = from_bytes(saved(made))
    assert [step.name for step in journey.touchpoints] == ["2024", "TRUE"]
    assert [step.duration for step in journey.touchpoints] == [timedelta(hours=1, minutes=30), timedelta(hours=30)]
    assert [(source.date, source.n, source.solicited) for source in journey.sources] == [
        (date(2026, 3, 1), 312, True),
        (date(2026, 3, 2), 1000, False),
    ]


def test_merged_cells_hold_for_each_row():
    made = book(HEAD, ["Buy", "Pays", "Phone"], [None, "Waits"], ["Use", "Rides"])
    made["Touchpoints"].merge_cells("A2:A3")
    made["Touchpoints"].merge_cells("C2:C3")
    journey = from_bytes(saved(made))
    assert [(len(stage.touchpoints), stage.touchpoints[-1].channel) for stage in journey.stages] == [(2, jm.Channel("Phone")), (1, None)]
    made["Touchpoints"].merge_cells("B4:D4")
    assert refused(made) == ["  Touchpoints!B4: these cells are merged over several columns; take the merging back"]


def test_empty_rows_and_a_title_sheet_do_no_harm():
    made = book([], [], HEAD, [], ["Buy", "Pays"], [], [None, " "], _Drafts=[["whatever", "=1"]])
    assert [step.name for step in from_bytes(saved(made)).touchpoints] == ["Pays"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["Buy", "Pays", None, 7], "  Touchpoints!D2: 7 is outside -2 to +2; convert other scales with Scale"),
        (["Buy", "Pays", None, "=1+1"], "  Touchpoints!D2: a formula stands here; copy the cell and paste its value"),
        (["Buy", "Pays", None, "#REF!"], "  Touchpoints!D2: #REF! is an error of a formula; type the value instead"),
        (["Buy", "Pays", None, "1_0"], "  Touchpoints!D2: '1_0' is not a number"),
        (["Buy", "Pays", None, "٣"], "  Touchpoints!D2: '٣' is not a number"),
        (["Buy", "Pays", None, True], "  Touchpoints!D2: True is not a number"),
        (["Buy", "Pays", None, date(2026, 2, 1)], "  Touchpoints!D2: the day 2026-02-01 is not a number; type the number as text"),
        (["Buy", None, "Phone"], "  Touchpoints!2:2: there is no 'name'; a touchpoint needs one"),
        (["Buy", "Pays", None, None, None, 25], "  Touchpoints!F2: 25.0 has no unit; write it as 25 min, 2 h or 3 d"),
        (
            ["Buy", "Pays", None, None, None, None, "x"],
            "  Touchpoints!G2: this cell has no heading above it; give its column one, or clear it",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(row, problem):
    assert refused(book(HEAD, row)) == [problem]


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        (book(["Stage", "Tuochpoint"], ["a", "b"]), "  Touchpoints!B1: unknown column 'Tuochpoint'; did you mean 'touchpoint'?"),
        (book(["Stage", "Name", "Step"], ["a", "b", "c"]), "  Touchpoints!C1: the column 'Step' means the same as 'Name'; keep one"),
        (book(HEAD, ["a", "b"], Tuochpoints=[["x"]]), "  unknown sheet 'Tuochpoints'; did you mean 'Touchpoints'?; one that is not to be read begins with '_'"),
        (book(HEAD, ["a", "b"], Touchpoint=[HEAD, ["a", "b"]]), "  Touchpoints: the sheets 'Touchpoints' and 'Touchpoint' are the same table; join the two"),
        (book(["Field", "Value"], ["Name", "x"], ["Status", "fine"], title="Journey"), "  Journey!B3: 'fine' is not one of hypothesis, draft, validated"),
        (book(["Field", "Value"], ["Name", "x", "or y"], title="Journey"), "  Journey!C2: this cell is not read; values stand in the second column, so clear it"),
        (book(["Field", "Value"], ["Nmae", "x"], title="Journey"), "  Journey!A2: unknown column 'Nmae'; did you mean 'name'?"),
        (book(HEAD, ["a", "b"], Pains=[["Pain", "Touchpoint"], ["x", "c"]]), "  Pains!B2: no touchpoint 'c'; there are: b"),
        (book(HEAD, ["a", "b"], Pains=[["Pain"], ["x"]]), "  Pains!2:2: a row of pains has to name its touchpoint or stage"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_sheets(made, problem):
    assert refused(made)[0].startswith(problem)


def test_a_workbook_of_nothing_is_told():
    assert refused(book())[0].startswith("  there is nothing to read; the sheets are called Journey, Personas")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "  it is not an Excel workbook; save it as an Excel workbook (.xlsx)"),
        (b"PK\x05\x06" + bytes(18), "  it is an empty zip; save it as an Excel workbook (.xlsx)"),
        (b"Stage,Touchpoint\n", "  it is not an Excel workbook; save it as an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "  it is an old .xls file, or a workbook with a password; save it as an Excel workbook (.xlsx) without a password"),
        (b"PK\x03\x04", "  it cannot be unpacked: File is not a zip file; save or send it again"),
        (packed({"word/document.xml": b"<x/>"}), "  it is a Word document; save it as an Excel workbook (.xlsx)"),
        (packed({"mimetype": b"x", "content.xml": b"<x/>"}), "  it is an OpenDocument file; save it as an Excel workbook (.xlsx)"),
        (packed({"a.txt": b"x"}), "  it is a zip, but no Excel workbook; save it as an Excel workbook (.xlsx)"),
    ],
)  # fmt: skip
def test_what_is_no_workbook(data, problem):
    assert refused(data) == [problem]


def test_a_workbook_without_xlsxwriter_can_be_read_but_not_written(rich, monkeypatch):
    data = to_bytes(rich)
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    assert from_bytes(data) == rich
    with pytest.raises(jm.MissingExtra, match=r"writing an Excel workbook needs the extra 'office'"):
        to_bytes(rich)
