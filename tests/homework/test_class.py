"""A class with the book's own sheets, from release to what comes back, played by the commands.

Students solve what was released, as it was released: right, wrong, in part, not
at all, and with harm in mind. The platform's export is collected, marked and
returned, here and on the workers of a cluster.
"""

import csv
import json
import re
import shutil
from types import SimpleNamespace

import nbformat
import pytest

from cluster import cluster
from coursework.__main__ import main
from coursework.course import Course
from sheets import HIDDEN, NAMES, SOLUTION, SOURCE, grade_id, numbers, of_role, solutions, without
from wrong_answers import WRONG

from .conftest import answered, pack

BY_BROWSER = {"kernelspec": {"name": "python", "display_name": "Python (Pyodide)"}}
LOOP = "while True: pass"
SNOOP = """
import os, sys
seen = [p for p in ("/home", "/root", "/proc/self", "/etc/passwd", "/work") if os.path.exists(p)]
seen += [text for text in map(str, vars(sys.modules["__main__"]).values()) if "HID" "DEN" in text]
def settled_gain(w):
    return "seen: " + str(seen)
"""
HOSTILE = {  # what is written into which answer of *Slopes*; it shall cost that question alone
    "loop": ("gradient", LOOP),
    "loop-inside": ("slope", f"def slope(z, height, steepness):\n    {LOOP}"),
    "exit": ("learning", "import os\nos._exit(0)"),
    "memory": ("rate", "def settled_gain(w): return bytearray(10**11)"),
    "liar": (
        "steepest",
        "class Liar(float):\n    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return Liar(0)\n    __rsub__ = __sub__\n"
        "    def __abs__(self): return Liar(0)\nsteepest_input = steepest_gain = Liar(0.123)",
    ),
    "patch": (
        "interval",
        "np.allclose = np.isclose = lambda *a, **k: True\nagrees = lambda *a: True\n"
        "def steep_share(w, b): return 7",
    ),
    "snoop": ("rate", SNOOP),
    "far": ("steepest", "steepest_input = steepest_gain = 123.25"),
    "forger": (
        "copy",
        "import os\nfor n in range(3, 9):\n    try: os.write(n, b'={\"done\": true}\\n')\n"
        "    except OSError: pass\ndef copier(): return 0",
    ),
}
SMALL = ("layers", "any_function")


def wrong(name):
    """A plausible wrong answer to each question of a sheet, and nothing to be read by a person."""
    return {question: text for sheet, question, text in WRONG.values() if sheet == name}


def hand_in(released, name, **changed):
    """A sheet as it is handed in: the teacher's solutions, but for what was changed."""
    return answered(released, **{**solutions(name), **changed})


def submissions(released):
    """What the students hand in of each sheet."""
    slopes, right = released["slopes"], solutions("slopes")
    halves = {id: text for id, text in right.items() if id in list(right)[:3]}
    yield "slopes", "ada", answered(slopes | {"metadata": BY_BROWSER}, **right)
    yield "slopes", "bo", answered(slopes, **wrong("slopes"))
    yield "slopes", "cy", answered(slopes, **halves)
    yield "slopes", "di", answered(slopes)
    yield "slopes", "ed", hand_in(slopes, "slopes")[:2000]
    for student, (question, text) in HOSTILE.items():
        yield "slopes", student, hand_in(slopes, "slopes", **{question: text})
    for name in SMALL:
        yield name, "ada", hand_in(released[name], name, plot=f"draw = 1\n{LOOP}")
        yield name, "bo", answered(released[name], **wrong(name))


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course with the book's sheets, as they are after release, and the notebooks handed out."""
    root = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(SOURCE, root / "source")
    shutil.copy(SOURCE.parent / "nbgrader_config.py", root)
    assert main(["release", "--course", str(root)]) == 0
    course = Course(root)
    return course, {name: json.loads(course.released(name).read_bytes()) for name in NAMES}


@pytest.fixture(scope="module")
def taught(released, tmp_path_factory):
    """The class after everything was collected, marked and returned."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    course, notebooks = released
    folder = tmp_path_factory.mktemp("exports")
    names = {student for _, student, _ in submissions(notebooks)}
    roster = folder / "class.csv"
    rows = [f"{name},{name.title()} Muster,{number}" for number, name in enumerate(sorted(names))]
    roster.write_text("\n".join(["id,name,number", *rows]) + "\n")
    numbered = {name: number for number, name in enumerate(sorted(names))}
    for sheet in NAMES:
        files = {
            f"{who.title()} Muster_{numbered[who]}_assignsubmission_file_/{sheet}.ipynb": data
            for name, who, data in submissions(notebooks)
            if name == sheet
        }
        export = pack(folder / f"{sheet}.zip", files)
        course_is = ["--course", str(course.root)]
        assert main(["collect", sheet, str(export), "--roster", str(roster), *course_is]) == 0
        assert main(["mark", sheet, *course_is, "--jobs", "2", "--seconds", "1"]) == 0
        assert main(["return", sheet, *course_is]) == 0
    return SimpleNamespace(course=course, students=names)


def result(course, sheet, student):
    return json.loads((course.results(sheet) / f"{student}.json").read_text())


def lost(course, sheet, student):
    """The questions that lost points, without those that a person marks."""
    questions = result(course, sheet, student)["questions"]
    names = {q["name"] for q in questions if q["points"] is not None and q["points"] < q["out_of"]}
    return {name.removesuffix("-check").removesuffix("-hidden") for name in names}


def page(course, sheet, student):
    """The words of a page that came back, as the student reads them."""
    return re.sub(r"<[^>]*>", " ", course.feedback(student, sheet).read_text())


@pytest.mark.parametrize("sheet", NAMES)
def test_who_answers_rightly_has_all_points_but_the_persons(taught, sheet):
    found = result(taught.course, sheet, "ada")
    assert (found["points"], found["pending"], found["notes"]) == (17, 3, [])
    assert "17 of 20 points so far" in page(taught.course, sheet, "ada")


@pytest.mark.parametrize("sheet", NAMES)
def test_who_answers_wrongly_is_told_what_came_back(taught, sheet):
    assert lost(taught.course, sheet, "bo") >= set(wrong(sheet))
    words = page(taught.course, sheet, "bo")
    assert words.count("came back") + words.count("answers") >= len(wrong(sheet)) - 1


def test_half_a_sheet_has_its_half_and_an_empty_one_nothing(taught):
    assert len(lost(taught.course, "slopes", "cy")) == len(of_role("slopes", "answer")) - 3 + 1
    assert result(taught.course, "slopes", "di")["points"] == 0
    assert page(taught.course, "slopes", "di").count("is not answered yet") > 5


def test_a_file_that_was_cut_off_has_no_marks_and_a_page_that_says_so(taught):
    assert result(taught.course, "slopes", "ed")["points"] is None
    assert "could not be read" in page(taught.course, "slopes", "ed")


@pytest.mark.parametrize("student", HOSTILE)
def test_harm_costs_its_own_question_and_no_other(taught, student):
    question, _ = HOSTILE[student]
    assert lost(taught.course, "slopes", student) == {question}
    assert "seen: []" in page(taught.course, "slopes", "snoop")


def secrets(sheet):
    """Lines of the hidden tests and of the solutions, as the source has them."""
    for id, cell in of_role(sheet, "test", "answer", "by hand").items():
        shown = without(without(cell.source, HIDDEN), SOLUTION).splitlines()
        for line in set(cell.source.splitlines()) - set(shown):
            if len(line.strip()) > 20:
                yield id, line.strip()


@pytest.mark.parametrize("sheet", NAMES)
def test_what_comes_back_gives_nothing_away(taught, sheet):
    course = taught.course
    pages = {path: path.read_text() for path in course.root.glob(f"feedback/*/{sheet}/*.html")}
    assert pages and len(list(secrets(sheet))) > 40
    for text in pages.values():
        words = re.sub(r"(?s)<style>.*?</style>", "", text)
        assert [line for _, line in secrets(sheet) if line in words] == []
        assert not re.search(r"/tmp|/home|/work|/usr|\.py|HIDDEN|Traceback|assert|wanted", words)
        assert str(course.root) not in words


def test_who_gives_a_wrong_number_is_not_told_the_right_one(taught):
    given = numbers("slopes", "far")
    assert lost(taught.course, "slopes", "far") == {"steepest"}
    words = page(taught.course, "slopes", "far")
    assert "123.25" in words
    for right in (-given["my_bias"] / given["my_weight"], given["my_weight"] / 4):
        assert f"{right:.4f}"[:6] not in words


def test_the_gradebook_has_everybody_and_opens_their_notebooks(taught):
    course = taught.course
    with course.gradebook() as gradebook:
        found = {s.student.id: s for s in gradebook.assignment_submissions("slopes")}
        assert set(found) == taught.students
        assert found["ada"].score == 17 and found["ada"].max_score == 20
        assert found["ada"].needs_manual_grade and not found["di"].needs_manual_grade
    for sheet in NAMES:
        sources = [grade_id(c) for c in of_role(sheet, "answer", "test", "by hand").values()]
        for path in course.root.glob(f"autograded/*/{sheet}/*.ipynb"):
            notebook = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
            names = [
                c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata
            ]
            assert set(sources) <= set(names)


def test_what_a_person_adds_comes_back(taught):
    course = taught.course
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("proof", "slopes", "slopes", "ada")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.find_comment("proof", "slopes", "slopes", "ada").manual_comment = "Nicely put."
        gradebook.db.commit()
    assert main(["return", "slopes", "--course", str(course.root)]) == 0
    words = page(course, "slopes", "ada")
    assert "19.5 of 20 points" in words and "so far" not in words and "Nicely put." in words
    with open(course.returned("slopes") / "table.csv", newline="", encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["ada"]["points"] == "19.5" and rows["ed"]["status"] == "could not be read"
    assert rows["ada"]["name"] == "Ada Muster"


def test_a_cluster_gives_the_same_marks(taught, tmp_path):
    pytest.importorskip("distributed")
    there = Course(tmp_path / "course")
    shutil.copytree(taught.course.root / "source", there.root / "source")
    for student in ("ada", "bo", "ed", "exit", "liar", "snoop"):
        place = there.submitted(student, "slopes")
        shutil.copytree(taught.course.submitted(student, "slopes"), place)
    with cluster(tmp_path) as (address, _):
        command = ["mark", "slopes", "--course", str(there.root), "--seconds", "1"]
        assert main([*command, "--scheduler", address]) == 0
    found = sorted(path.stem for path in there.results("slopes").glob("*.json"))
    assert found == ["ada", "bo", "ed", "exit", "liar", "snoop"]
    for student in found:
        ours, theirs = (result(c, "slopes", student) for c in (taught.course, there))
        assert ours["questions"] == theirs["questions"] and ours["problem"] == theirs["problem"]
    with there.gradebook() as gradebook:
        assert gradebook.find_submission("slopes", "ada").score == 17
