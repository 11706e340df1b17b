"""Marks in nbgrader's gradebook, and the notebooks that its formgrader opens."""

import io
import json
import re
from base64 import b64encode

import nbformat
import pytest
from PIL import Image

from coursework.__main__ import main
from coursework.autograded import autograded
from coursework.collect import collect
from coursework.course import CourseError
from coursework.mark import mark
from marking.result import Result

from .conftest import ANSWERS, answered, cell, notebook, pack, sheet


def scores(course):
    """What the gradebook holds: by student, the total and whether a person has to look."""
    with course.gradebook() as gradebook:
        found = gradebook.assignment_submissions("sums")
        return {each.student.id: (each.score, each.needs_manual_grade) for each in found}


def grade(gradebook, student, name="proof"):
    return gradebook.find_grade(name, "sums", "sums", student)


def test_the_gradebook_holds_the_marks(marked):
    wanted = {"1": (5, True), "2": (3, True), "3": (0, False), "4": (0, True), "5": (3, True)}
    assert scores(marked) == wanted


def test_where_most_typed_another_id_the_way_out_is_told(course, released, tmp_path):
    for ids, advised in (("12", True), ("1", False)):
        for n in "123":
            data = json.loads(answered(released, **ANSWERS))
            data["cells"][1]["source"] = f'student = "{"eve" if n in ids else n}"'
            (tmp_path / n).mkdir(exist_ok=True)
            (tmp_path / n / "sums.ipynb").write_text(json.dumps(data))
        collect(course, "sums", [tmp_path / n / "sums.ipynb" for n in "123"])
        words, _ = mark(course, "sums", ["--jobs", "2"])
        assert ("collect again with --roster" in words) == advised
        assert words.count("solved with the id 'eve'") == len(ids)


def test_names_are_in_the_gradebook(marked):
    with marked.gradebook() as gradebook:
        assert gradebook.find_student("2").last_name == "Bo Ås"
        assert gradebook.find_student("2").first_name == ""
        assert gradebook.find_assignment("sums").max_score == 8


def test_the_summary_names_what_could_not_be_read(marked_once):
    assert marked_once.status == 0
    assert "1 could not be read" in marked_once.words and "4: not a notebook" in marked_once.words


def test_an_unreadable_file_is_no_zero_but_waits_for_a_person(marked):
    with marked.gradebook() as gradebook:
        submission = gradebook.find_submission("sums", "4")
        grades = [each for notebook in submission.notebooks for each in notebook.grades]
        assert {each.auto_score for each in grades} == {None}


def test_marking_again_changes_nothing(marked):
    notebooks = {path: path.read_bytes() for path in marked.root.glob("autograded/**/*.ipynb")}
    before = scores(marked)
    words, _ = mark(marked, "sums", ["--jobs", "1"])
    assert "4 marked (5 before)" in words or "4 marked (4 before)" in words
    assert scores(marked) == before
    assert {p: p.read_bytes() for p in marked.root.glob("autograded/**/*.ipynb")} == notebooks


def by_hand(course, student, points, comment=None, name="proof"):
    """What formgrader does when a person marks."""
    with course.gradebook() as gradebook:
        found = grade(gradebook, student, name)
        found.manual_score, found.needs_manual_grade = points, False
        if comment:
            gradebook.find_comment("proof", "sums", "sums", student).manual_comment = comment
        gradebook.db.commit()


def test_what_a_person_decided_survives(marked):
    by_hand(marked, "1", 2.5, "half of it")
    by_hand(marked, "2", 2, name="double-hidden")
    mark(marked, "sums", ["--jobs", "1", "--again"])
    with marked.gradebook() as gradebook:
        assert grade(gradebook, "1").score == 2.5 and not grade(gradebook, "1").needs_manual_grade
        assert gradebook.find_comment("proof", "sums", "sums", "1").comment == "half of it"
        assert grade(gradebook, "2", "double-hidden").score == 2


def test_a_new_file_is_marked_and_what_was_marked_by_hand_comes_up_again(
    marked, released, tmp_path
):
    by_hand(marked, "1", 2.5)
    other = answered(released, **ANSWERS | {"proof": "Something else.", "third": "third = 1"})
    collect(marked, "sums", [pack(tmp_path / "x.zip", {"1/sums.ipynb": other, "b/x.pdf": b""})])
    mark(marked, "sums", ["--jobs", "1"])
    with marked.gradebook() as gradebook:
        assert (
            grade(gradebook, "1").manual_score == 2.5 and grade(gradebook, "1").needs_manual_grade
        )
    assert scores(marked)["1"] == (5.5, True)


def test_a_lost_gradebook_is_filled_again(marked):
    before = scores(marked)
    (marked.root / "gradebook.db").unlink()
    mark(marked, "sums", ["--jobs", "1"])
    assert scores(marked) == before


def test_formgrader_finds_every_notebook_and_can_read_it(marked):
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    settings = {"root": str(marked.root.resolve()), "db_url": marked.database}
    api = NbGraderAPI(config=Config(CourseDirectory=settings))
    found = {each["student"]: each for each in api.get_notebook_submissions("sums", "sums")}
    assert set(found) == set("12345")
    assert found["1"]["needs_manual_grade"] and not found["3"]["needs_manual_grade"]
    for student in found:
        path = marked.autograded(student, "sums")
        nbformat.validate(nbformat.read(path, as_version=4))
        names = {each["metadata"].get("nbgrader", {}).get("grade_id") for each in cells(path)}
        assert {"double", "double-hidden", "dv", "third", "third-hidden", "proof"} <= names


def cells(path):
    return json.loads(path.read_text())["cells"]


def made(handed_in):
    """The marked notebook's cells, from cells that were handed in."""
    data = json.dumps(notebook(handed_in)).encode()
    return json.loads(autograded(data, sheet("Sums"), Result("ada"), ""))["cells"]


HOSTILE = [
    {
        "output_type": "display_data",
        "data": {"text/html": "<script>evil()</script>"},
        "metadata": {},
    },
    {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload='evil()'/>"}},
    {"output_type": "display_data", "data": {"application/javascript": "evil()"}},
    {"output_type": "display_data", "data": {"image/png": '"><script>evil()</script>'}},
    {"output_type": "display_data", "data": "evil()"},
    {"output_type": "stream", "text": [{}]},
    "evil()",
]


def own(cells):
    """The cells that are the student's own, as they are shown."""
    named = [each["metadata"].get("coursework") for each in cells]
    shown = [
        each
        for each, part in zip(cells, named, strict=True)
        if "nbgrader" not in each["metadata"] and part in (None, "elsewhere")
    ]
    return [each for each in shown if "another cell of the notebook" not in each["source"]]


def test_nothing_that_a_browser_could_run_is_kept():
    code = cell("code", "x = 1") | {"outputs": HOSTILE}
    text = cell("markdown", "<img src=x onerror=evil()> [a](javascript:evil()) $a<b$ a < b")
    raw = {"cell_type": "raw", "source": "<script>evil()</script>"}
    raw["metadata"] = {"raw_mimetype": "text/html"}
    first, second, third = own(made([code, text, raw]))
    assert first["outputs"] == [] and first["source"] == "x = 1"
    assert not re.search(r"<(img|a|script)|href|onerror", second["source"])
    assert "a picture is not shown: x (elsewhere" in second["source"]
    assert "<mo>&lt;</mo>" in second["source"] and "a &lt; b" in second["source"]
    assert third["cell_type"] == "code" and third["source"] == "<script>evil()</script>"


def picture(color):
    file = io.BytesIO()
    Image.new("RGB", (9, 9), color).save(file, "PNG")
    return b64encode(file.getvalue()).decode()


def test_pictures_and_words_of_outputs_are_kept():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
    outputs = [
        {"output_type": "display_data", "data": {"image/png": picture("red"), "text/html": "<b>"}},
        {"output_type": "display_data", "data": {"image/svg+xml": [svg], "text/plain": "<Figure>"}},
        {"output_type": "display_data", "data": {"text/html": "<table onclick=x()><td>7"}},
        {"output_type": "display_data", "data": {"text/markdown": "**so** it is"}},
        {"output_type": "execute_result", "data": {"text/plain": ["0.", "25"]}},
        {"output_type": "stream", "text": "printed"},
        {"output_type": "error", "ename": "NameError", "evalue": "area", "traceback": ["..."]},
    ]
    (kept,) = own(made([cell("code", "x") | {"outputs": outputs}]))
    displayed = [each["data"] for each in kept["outputs"] if "data" in each]
    assert list(displayed[0]) == ["image/png"] and "rect" in displayed[1]["image/svg+xml"]
    assert displayed[2]["text/html"] == "<table><tbody><tr><td>7</td></tr></tbody></table>"
    assert displayed[3]["text/html"] == "<p><strong>so</strong> it is</p>"
    words = [each["text"] for each in kept["outputs"] if "text" in each]
    assert words == ["0.25", "printed", "NameError: area"]


def test_the_teachers_cells_stand_in_for_their_copies_wherever_they_went():
    answer = {"solution": True, "locked": False}
    handed_in = [
        cell("code", "def double(x): pass", "double", **answer),
        cell("code", "assert True", "dv", grade=True, points=100),
        cell("code", "mine = 1"),
        cell("code", "def double(x): return x", "double", **answer),
    ]
    found = made(handed_in)
    names = [each["metadata"].get("nbgrader", {}).get("grade_id") for each in found]
    by_name = dict(zip(names, found, strict=True))
    original = [each["metadata"].get("nbgrader") for each in sheet("Sums")["cells"]]
    assert {name for name in names if name} == {each["grade_id"] for each in original if each}
    assert by_name["double"]["source"] == "def double(x): return x"
    assert by_name["dv"]["source"].startswith("assert double(1) == 2")
    assert by_name["dv"]["metadata"]["nbgrader"]["points"] == 1
    assert [each["source"] for each in own(found)] == [
        "def double(x): pass",
        "assert True",
        "mine = 1",
    ]


def test_marking_what_was_never_collected_is_refused(course):
    with pytest.raises(CourseError, match="collect it first"):
        mark(course, "sums")


def test_the_commands_say_what_they_do(capsys):
    for command in ("release", "collect", "mark", "return"):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0 and "--course" in capsys.readouterr().out


def test_a_refusal_is_one_line(course, capsys):
    assert main(["mark", "sums", "--course", str(course.root)]) == 2
    assert capsys.readouterr().err == "mark: nothing was collected of sums: collect it first\n"
