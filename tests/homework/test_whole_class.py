"""A class of thirty with eight of the worst notebooks, there and back on every platform.

Marked once: under a roster the same students have the same files, whatever the platform.
"""

import csv
import json
import re
import shutil
from datetime import datetime
from types import SimpleNamespace

import pytest

from coursework.__main__ import main
from coursework.collect import collect
from coursework.course import Course
from coursework.deadline import read_deadline
from coursework.exports import EXAMPLES, Attempt, Student
from coursework.handback import hand_back
from coursework.roster import read_roster
from coursework.submitted import handed_in

from . import importers
from .conftest import ANSWERS, answered
from .test_mark import by_hand

DEADLINE = "2026-03-01 23:59 UTC"
BEFORE, AFTER = datetime(2026, 3, 1, 20, 0), datetime(2026, 3, 2, 9, 15)
LOOP = {"cell_type": "code", "metadata": {}, "source": "while True: pass", "outputs": []}
FIRST = "Ada Emmy Sofia Mary José Zoë Síle Ünal 山田 Carl".split()
LAST = ["Lovelace", "O'Brien", "van der Berg"]


def many_loops(notebook):
    notebook["cells"][1:1] = [LOOP] * 31


def many_loops_after(notebook):
    notebook["cells"] += [LOOP] * 3


def no_metadata(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = None


def bomb(notebook):
    notebook["cells"].insert(2, {**LOOP, "source": "x = bytearray(10**11)"})


def leaves(notebook):
    notebook["cells"].insert(2, {**LOOP, "source": "import os; os._exit(0)"})


def acts(notebook):
    notebook["cells"][-1]["source"] = "[x](java&#115;cript:alert(1)) <script>alert(1)</script>"


WORST = [many_loops, many_loops_after, no_metadata, bomb, leaves, acts]  # and two that are none


def worst(released, number):
    notebook = json.loads(answered(released, **ANSWERS))
    if number < len(WORST):
        WORST[number](notebook)
        return json.dumps(notebook).encode()
    return [b"<!doctype html><title>Log in</title>", b"\xff\xfe\x00" * 50][number - len(WORST)]


def students(released):
    """Eight of the worst, two who are late, two who hand in nothing, one who tries twice."""
    right, empty = answered(released, **ANSWERS), answered(released)
    for n in range(30):
        first, last = FIRST[n % 10], LAST[n // 10]
        data = worst(released, n) if n < 8 else right
        attempts = [Attempt("sums.ipynb", data, BEFORE)]
        if n in (10, 11):
            attempts = [Attempt("sums.ipynb", right, AFTER, is_late=True)]
        if n in (12, 13):
            attempts = []
        if n == 14:
            attempts.insert(0, Attempt("sums.ipynb", empty, datetime(2026, 2, 1)))
        yield Student(f"s{n:02}", first, last, 4000 + n, attempts)


@pytest.fixture(scope="module")
def taught(made_once, released, tmp_path_factory):
    """The class, marked as Moodle exported it, and one proof read by a person."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    folder = tmp_path_factory.mktemp("thirty")
    course = Course(shutil.copytree(made_once, folder / "course"))
    everybody = list(students(released))
    came_in(course, everybody, "Moodle", folder)
    limits = ["--jobs", "4", "--seconds", "1", "--total", "5"]
    assert main(["mark", "sums", "--course", str(course.root), *limits]) == 0
    for student in everybody:
        if student.attempts and student.number >= 4008:
            by_hand(course, student.id, 2.5)
    kept = {student: why or path.read_bytes() for student, path, why in handed_in(course, "sums")}
    return SimpleNamespace(course=course, students=everybody, kept=kept, folder=folder)


def came_in(course, everybody, platform, folder):
    export, table = folder / f"{platform}.zip", folder / f"{platform}.csv"
    export.write_bytes(EXAMPLES[platform].zip(everybody, "Sums"))
    table.write_text(EXAMPLES[platform].csv(everybody, "Sums"), encoding="utf-16")
    return collect(course, "sums", [export], read_roster(table), read_deadline(DEADLINE))


@pytest.fixture(params=list(EXAMPLES))
def returned(request, taught, tmp_path):
    """The class as one platform exports it, collected and handed back."""
    course = Course(shutil.copytree(taught.course.root, tmp_path / "course"))
    shutil.rmtree(course.root / "submitted")
    (course.root / "students.json").unlink()
    report = came_in(course, taught.students, request.param, tmp_path)
    back = hand_back(course, "sums")
    return SimpleNamespace(course=course, report=report, back=back, platform=request.param)


def test_every_platform_gives_the_same_files_and_needs_no_word(taught, returned):
    report = returned.report
    found = {s: why or path.read_bytes() for s, path, why in handed_in(returned.course, "sums")}
    assert found == taught.kept and len(found) == 28
    assert report.missing == ["s12", "s13"] and not report.unlisted and not report.notes
    assert set(report.left) <= report.told  # nothing but earlier attempts is left
    assert len(str(report).splitlines()) == 1 + 28 + 1 + 1
    assert report.late == ["s10", "s11"]


def test_the_table_has_everybody_once_and_tells_nothing_from_0(taught, returned):
    path = returned.course.returned("sums") / "table.csv"
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert list(rows) == [student.id for student in taught.students]
    assert {rows[s]["status"] for s in ("s12", "s13")} == {"nothing handed in"}
    assert {rows[s]["status"] for s in ("s06", "s07")} == {"could not be read"}
    assert all(rows[s]["points"] == "" for s in ("s06", "s07", "s12", "s13"))
    assert all(rows[f"s0{n}"]["points"] != "" for n in range(len(WORST)))
    full = [row for id, row in rows.items() if id > "s07" and id not in ("s12", "s13")]
    assert {(row["points"], row["status"]) for row in full} == {("7.5", "marked")}
    assert {id for id, row in rows.items() if row["late"]} == {"s10", "s11"}


def points(taught):
    """What should arrive: the marks that are complete, by id and by number."""
    done = [s for s in taught.students if s.attempts and s.number >= 4008]
    return {s.id: 7.5 for s in done}, {str(s.number): 7.5 for s in done}


def test_the_platform_takes_the_table(taught, returned):
    by_id, by_number = points(taught)
    folder = returned.course.returned("sums")
    title, empty = "Sums", {"4012", "4013"}
    read = {path.name: path for path in folder.iterdir()}

    def text(name):
        return read[name].read_text(encoding="utf-8")

    match returned.platform:
        case "Moodle" | "Moodle without folders":
            found, comments = importers.moodle_grades(text("moodle-grades.csv"), 8)
            assert found == by_number
            assert {n for n, why in comments.items() if why == "nothing handed in"} == empty
            assert "could not be read: " in comments["4006"] and comments["4008"] == ""
        case "Canvas":
            grades = text("canvas-grades.csv")
            assert importers.canvas_grades(grades, f"{title} (4711)", 20) == by_number
            assert len(grades.splitlines()) == 32
        case "Brightspace":
            assert importers.brightspace_grades(text("brightspace-grades.csv"), title) == by_id
        case "Blackboard":
            assert importers.blackboard_grades(text("blackboard-grades.csv"), 4711) == by_id
        case "Sakai":
            assert importers.sakai_grades(read["sakai-feedback.zip"].read_bytes()) == by_id
        case _:
            assert not [name for name in read if "grades" in name]


def test_the_platform_takes_the_pages(taught, returned):
    folder = returned.course.returned("sums")
    handed = [student for student in taught.students if student.attempts]
    numbers = {str(s.number): s for s in handed}
    archives = {path.name: path.read_bytes() for path in folder.glob("*.zip")}
    (name,) = archives  # one zip, and no page is left over
    data = archives[name]
    match returned.platform:
        case "Moodle" | "Moodle without folders":
            found = importers.moodle_pages(data)
        case "Canvas":
            attachments = {str(s.number + 50_000): str(s.number) for s in handed}
            found = importers.canvas_pages(data, attachments)
        case "Brightspace":
            found = importers.folder_pages(data, re.compile(r"^(\d+)-56789 - "))
        case "Sakai":
            ids = importers.folder_pages(data, re.compile(r"\((s\d\d)\)/Feedback Attachment\(s\)/"))
            found = {str(4000 + int(id[1:])): text for id, text in ids.items()}
        case _:
            assert name == "pages.zip"
            ids = importers.folder_pages(data, re.compile(r"\((s\d\d)\)\.html$"))
            found = {str(4000 + int(id[1:])): text for id, text in ids.items()}
    assert found.keys() == numbers.keys()
    assert all("7.5 of 8 points" in found[str(n)] for n in (4008, 4010, 4029))
    assert "could not be read" in found["4006"] and not re.search(
        "<script", "".join(found.values())
    )
