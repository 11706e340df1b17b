"""Whatever a file or a folder is called, every other student's work goes its whole way."""

import csv
import os

import pytest

from coursework.collect import collect
from coursework.handback import hand_back, table_path
from coursework.mark import mark
from coursework.roster import Roster
from coursework.submitted import handed_in

from .conftest import ANSWERS, answered, pack
from .test_mark import by_hand

ODD = {  # the name in a folder, and the id that it comes to, if any
    b"names.json.ipynb": "names.json",
    b"students.json/sums.ipynb": "students.json",
    b"sums.csv/sums.ipynb": "sums.csv",
    b"receipt.json/receipt.json.ipynb": "receipt.json",
    b".lock.ipynb": "lock",
    b" .ipynb": None,
    b"..ipynb": None,
    b"sums.ipynb": None,
    b"\xe9mile.ipynb": "émile",  # not UTF-8
    b"caf\xff\xfe/sums.ipynb": "cafÿþ",
    "日本.ipynb".encode(): "日本",
    "\u202egnp.exe.ipynb".encode(): "_gnp.exe",
    b"new\nline.ipynb": "new_line",
    b"%00 --again.ipynb": "_00 --again",
    b"-rf.ipynb": "-rf",
    ("x" * 150).encode() + b".ipynb": None,
    b"=cmd|'calc'!A0.ipynb": "_cmd_'calc'_A0",
}


@pytest.fixture(scope="module")
def odd(made_once, released, tmp_path_factory):
    """A class whose files have odd names, marked and returned; and what collecting said."""
    import shutil

    from coursework.course import Course

    folder = tmp_path_factory.mktemp("odd")
    course = Course(shutil.copytree(made_once, folder / "course"))
    data = answered(released, **ANSWERS)
    for name in [*ODD, b"ada/sums.ipynb"]:
        path = os.path.join(os.fsencode(folder / "export"), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    report = collect(course, "sums", [folder / "export"])
    words, status = mark(course, "sums", ["--jobs", "2"])
    hand_back(course, "sums")
    return course, report, words, status


def table(course):
    with open(table_path(course, "sums"), newline="", encoding="utf-8-sig") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_every_name_that_can_be_an_id_is_one(odd):
    course, report, _, status = odd
    ids = {id for id in ODD.values() if id} | {"ada"}
    assert {student for student, _, why in handed_in(course, "sums") if not why} == ids
    assert len(report.left) == sum(id is None for id in ODD.values()) and status == 0
    assert set(report.left.values()) == {"no student's id in its name"}


def test_everybody_is_marked_and_handed_back(odd):
    course, *_ = odd
    rows = table(course)
    assert len(rows) == sum(id is not None for id in ODD.values()) + 1
    assert {row["points"] for row in rows.values()} == {"5"}
    for student, _, _ in handed_in(course, "sums"):
        assert "5 of 8 points so far" in course.feedback(student, "sums").read_text()


def test_nothing_said_or_written_acts_on_a_terminal_or_a_spreadsheet(odd):
    course, report, words, _ = odd
    for text in (str(report), words):
        assert all(line.isprintable() for line in text.splitlines())
    assert all(id[:1] not in "=+@" for id in table(course))


def test_names_that_differ_only_in_signs_are_two_students(course, tmp_path):
    files = {"a*b/sums.ipynb": b"1", "a?b/sums.ipynb": b"2", "A*B/sums.ipynb": b"1"}
    for _ in range(2):
        collect(course, "sums", [pack(tmp_path / "x.zip", files)])
        kept = {student: path.read_bytes() for student, path, _ in handed_in(course, "sums")}
        assert kept == {"a_b": b"2", "a_b-2": b"1"} or kept == {"a_b": b"1", "a_b-2": b"2"}


def test_names_in_a_zip_that_does_not_say_utf8_are_read_as_what_they_are(course, tmp_path):
    import zipfile

    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Zo__x/sums.ipynb", b"1")
        archive.writestr("bo/sums.ipynb", b"2")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Zo__x/", "Zoëx/".encode()))
    collect(course, "sums", [path])
    assert {student for student, *_ in handed_in(course, "sums")} == {"Zoëx", "bo"}


MOODLE = {
    "Ada Lovelace_1_assignsubmission_file_/sums.ipynb": "s1",
    "Bo Ås_2_assignsubmission_file_/sums.ipynb": "s2",
    "Cy_3_assignsubmission_file_/sums.ipynb": "s3",
    "Di_4_assignsubmission_file_/sums.ipynb": "s4",
    "Eve_5_assignsubmission_file_/sums.ipynb": "s5",
}
ROSTER = Roster(
    tuple(
        {"id": id, "name": name.split("_")[0]} for name, id in [*MOODLE.items(), ("Flo_6_", "s6")]
    )
)


@pytest.mark.parametrize("emptied", [False, True])
def test_who_is_known_by_a_roster_later_is_listed_once_with_what_a_person_gave(
    marked_once, marked, emptied
):
    import shutil

    by_hand(marked, "1", 2.5, "half of it")
    if emptied:
        shutil.rmtree(marked.root / "submitted")
    collect(marked, "sums", [marked_once.export], ROSTER)
    mark(marked, "sums", ["--jobs", "2"])
    returned = hand_back(marked, "sums")
    assert [m.student for m in returned.marks.marks] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    rows = table(marked)
    assert (rows["s1"]["points"], rows["s1"]["status"]) == ("7.5", "marked")
    assert rows["s6"]["status"] == "nothing handed in" and rows["s6"]["points"] == ""
    assert "half of it" in marked.feedback("s1", "sums").read_text()
    with marked.gradebook() as gradebook:
        assert {student.id for student in gradebook.students} == {"s1", "s2", "s3", "s4", "s5"}
    for folder in ("submitted", "autograded", "feedback"):
        assert sorted(p.name for p in (marked.root / folder).iterdir() if p.is_dir()) == [
            "s1",
            "s2",
            "s3",
            "s4",
            "s5",
        ]
    assert {path.stem for path in marked.results("sums").glob("s*.json")} == set(MOODLE.values())


def test_a_later_export_without_the_roster_finds_the_same_students(marked_once, course):
    collect(course, "sums", [marked_once.export], ROSTER)
    report = collect(course, "sums", [marked_once.export])
    assert len(report.unchanged) == 5 and report.missing == ["s6"] and not report.unlisted
