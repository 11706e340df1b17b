"""Students get the sheets without solutions and hidden tests; what is released is up to date."""

import json
from pathlib import Path

import pytest

from coursework.__main__ import main
from coursework.course import Course, CourseError
from coursework.release import is_current, release

HOMEWORK = Course(Path(__file__).parents[2] / "homework")


def rewrite(course, old, new):
    path = course.source("sums")
    path.write_text(path.read_text().replace(old, new))


def test_solutions_and_hidden_tests_are_gone(course):
    text = course.released("sums").read_text()
    assert "return 2 * x" not in text and "Because" not in text
    assert "wanted" not in text and "3 * third" not in text and "###" not in text
    assert "assert double(1) == 2" in text and "raise NotImplementedError" in text


def test_tests_and_questions_are_locked(course):
    cells = json.loads(course.released("sums").read_text())["cells"]
    locked = {
        cell["metadata"]["nbgrader"]["grade_id"]: not cell["metadata"].get("editable", True)
        for cell in cells
        if "nbgrader" in cell["metadata"]
    }
    assert {name for name, is_locked in locked.items() if not is_locked} == {
        "double",
        "third",
        "proof",
    }


def test_a_second_release_is_the_same_to_the_byte(course):
    before = course.released("sums").read_bytes()
    assert not release(course, "sums")
    course.released("sums").unlink()
    assert release(course, "sums")
    assert course.released("sums").read_bytes() == before


def test_a_lost_gradebook_is_made_anew(course):
    (course.root / "gradebook.db").unlink()
    release(course, "sums")
    with course.gradebook() as gradebook:
        assert gradebook.find_assignment("sums").max_score == 8


def test_a_changed_source_is_noticed_and_nothing_is_changed_by_looking(course, capsys):
    assert main(["release", "--check", "--course", str(course.root)]) == 0
    rewrite(course, "double(1) is off", "double(1) is not 2")
    before = course.released("sums").read_bytes()
    assert main(["release", "--check", "--course", str(course.root)]) == 1
    assert "sums: OUT OF DATE" in capsys.readouterr().out
    assert course.released("sums").read_bytes() == before


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("### END SOLUTION", "### END", "solution"),
        ("### END HIDDEN TESTS", "### END", "hidden tests"),
        ('"third-hidden"', '"third"', "third"),
    ],
)
def test_a_broken_sheet_is_refused_and_not_handed_out(course, old, new, words):
    before = course.released("sums").read_bytes()
    rewrite(course, old, new)
    with pytest.raises(CourseError, match=words):
        release(course, "sums")
    assert course.released("sums").read_bytes() == before


@pytest.mark.parametrize("sheet", HOMEWORK.sheets)
def test_what_students_get_is_made_of_the_source_as_it_is(sheet):
    assert is_current(HOMEWORK, sheet), "run `make release`"


def test_the_book_has_its_sheets():
    assert HOMEWORK.sheets


SECRET = {"image/png": "U0VDUkVU"}


def with_cell(course, name, **changes):
    """Change a cell of the source by its name, and release the sheet."""
    path = course.source("sums")
    sheet = json.loads(path.read_text())
    for cell in sheet["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            cell |= changes
    path.write_text(json.dumps(sheet))
    release(course, "sums")
    return course.released("sums").read_text()


@pytest.mark.parametrize(
    "name, source",
    [
        ("proof", "### BEGIN SOLUTION\n![so](attachment:so.png)\n### END SOLUTION"),
        ("proof", "Why?\n### BEGIN SOLUTION\n<img src='attachment:so.png'>\n### END SOLUTION"),
        ("proof", "![so](attachment:so.png)"),  # the whole cell is the solution
        ("proof-question", "## 3. A proof (3 points)\nA picture was here."),
    ],
)
def test_a_picture_of_a_solution_is_not_handed_out(course, name, source):
    text = with_cell(course, name, source=source, attachments={"so.png": SECRET})
    assert "U0VDUkVU" not in text and "attachments" not in text


@pytest.mark.parametrize("link", ["given one.png", "given%20one.png"])
def test_a_picture_of_a_question_is_handed_out(course, link):
    attachments = {"given one.png": SECRET, "so.png": {"image/png": "c28="}}
    source = f"## 3. A proof (3 points)\n![given](<attachment:{link}>)"
    text = with_cell(course, "proof-question", source=source, attachments=attachments)
    assert "U0VDUkVU" in text and "c28=" not in text


def test_what_ran_in_a_solution_leaves_nothing_behind(course):
    path = course.source("sums")
    sheet = json.loads(path.read_text())
    sheet["metadata"]["widgets"] = {"state": {"value": "U0VDUkVU"}}
    path.write_text(json.dumps(sheet))
    output = {"output_type": "stream", "name": "stdout", "text": "U0VDUkVU"}
    assert "U0VDUkVU" not in with_cell(course, "double", outputs=[output])
