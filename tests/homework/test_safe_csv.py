"""No cell of any table is a formula to a spreadsheet, and numbers stay numbers."""

import csv
import io

import pytest

from coursework.marks import Mark, Marks
from coursework.platforms import PLATFORMS
from coursework.receipt import Receipt
from coursework.roster import Roster
from coursework.safe_csv import as_csv, harmless

FORMULAS = [
    "=1+1",
    "＝cmd|' /C calc'!A0",  # full width
    "﹦1",  # small
    "⁼1",  # raised
    "+1+1",
    "＋1+cmd",
    "-2+3",
    "－2+3",
    "@SUM(1)",
    "＠SUM(1)",
    "%0A=1",
    "|x",
    "\t=1",
    "\r=1",
    "  =1",
    "\u200b=1",  # not seen
    "\u202e=1",
    "\xa0=1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_compute_is_text(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "Ada", "a=b", "17.5", "-3", "0", "-", "#s1", "O'Brien-King", "a@x"]
)
def test_what_is_none_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["x;=cmd", "x\t=cmd", "x\n=cmd", "x; ＝cmd"])
def test_a_spreadsheet_that_splits_elsewhere_finds_no_formula(text):
    line = as_csv([["ada", text, "marked"]])
    for separator in ",;\t":
        cells = [cell for row in csv.reader(io.StringIO(line), delimiter=separator) for cell in row]
        assert not [cell for cell in cells if cell.strip(' "')[:1] in tuple("=＝+-@")]


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("platform", [p for p in PLATFORMS if p.grades], ids=lambda p: p.name)
def test_the_tables_for_platforms_are_safe_too(platform, name):
    receipt = Receipt(platform.name, name, name, name)
    marks = Marks([Mark(name, name, 1.5, name, name, receipt)], "sums", "Sums", 8, Roster())
    text = as_csv(platform.grades(marks), platform.quoted)
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "1.5" in cells and all(harmless(cell) == cell or cell[:1] == "'" for cell in cells)


def named(platform):
    (found,) = (each for each in PLATFORMS if each.name == platform)
    return found


def without_roster(platform, *marks):
    return list(named(platform).grades(Marks(marks, "sums", "Sums", 8, Roster())))


def test_without_its_own_table_canvas_knows_students_by_the_number_in_the_names_of_files():
    receipt = Receipt("Canvas", "4021", "lovelaceada")
    header, above, row = without_roster(
        "Canvas", Mark("4021", "lovelaceada", 7, "marked", "", receipt)
    )
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sums"]
    assert above[0].strip() == "Points Possible" and above[-1] == "8"
    assert row == ["lovelaceada", "4021", "", "", "", "7"]


def test_without_its_own_table_moodle_knows_students_by_the_number_of_the_participant():
    receipt = Receipt("Moodle", "4021", "Ada")
    marks = [
        Mark("4021", "Ada", 7, "marked", "", receipt),
        Mark("bo", "Bo", None, "nothing handed in"),
    ]
    header, *rows = without_roster("Moodle", *marks)
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["Identifier"], row["Grade"]) for row in found] == [
        ("Participant 4021", "7"),
        ("", ""),
    ]
    assert found[1]["Feedback comments"] == "nothing handed in"


def test_without_its_own_table_others_know_students_by_their_ids():
    mark = Mark("alove1", "Ada Lovelace", 7, "marked")
    assert without_roster("Blackboard", mark)[1] == ["Lovelace", "Ada", "alove1", "7"]
    assert without_roster("Brightspace", mark)[1] == ["alove1", "7", "#"]
    assert without_roster("Sakai", mark)[3] == ["alove1", "alove1", "Lovelace", "Ada", "7"]
