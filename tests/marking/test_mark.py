"""One submission against one sheet: marks, words, restarts, time."""

import os
import time

import pytest

import classroom
from marking import Limits, SandboxError, SheetError, mark, worker_cache
from marking.sandbox import READY

pytestmark = pytest.mark.usefixtures("sandbox")
QUICK = Limits(seconds=1)


def marked(tmp_path, sheet, cells, name="ada", **options):
    path = classroom.write(tmp_path / f"{name}.ipynb", cells)
    return mark(path, sheet, **{"limits": QUICK, **options})


def by_name(result):
    return {question.name: question for question in result.questions}


@pytest.mark.parametrize("student", ["ada", "b", "Grace Hopper", "ж-17"])
def test_the_right_answers_get_full_marks_for_every_id(tmp_path, sheet, student):
    assert marked(tmp_path, sheet, classroom.sheet_cells(), student).points == classroom.FULL


def test_what_was_handed_out_gets_none(tmp_path, sheet):
    cells = classroom.sheet_cells()
    cells = [*cells[:2], *(classroom.stub(name) for name in classroom.QUESTIONS)]
    result = marked(tmp_path, sheet, cells)
    assert result.points == 0 and {q.status for q in result.questions} == {"unanswered"}


@pytest.mark.parametrize(
    "name, text, points",
    [
        ("double", "def double(x): return x + 2", 9),
        ("slopes", "def slopes(w): return np.asarray(w) / 2", 9),
        ("width", "width = -1", 8),
    ],
)
def test_a_wrong_answer_loses_its_own_question_only(tmp_path, sheet, name, text, points):
    result = marked(tmp_path, sheet, classroom.sheet_cells(**{name: text}))
    assert result.points == points
    assert all(q.name.startswith(name) for q in result.questions if q.status != "passed")


def test_the_message_of_an_assertion_is_shown(tmp_path, sheet):
    result = marked(tmp_path, sheet, classroom.sheet_cells(double="def double(x): return 5"))
    found = by_name(result)
    assert found["double-visible"].message == "double(2) is not right"
    assert found["double-hidden"].message == "a check was not passed"


def test_the_id_comes_from_the_marker_and_another_one_is_noted(tmp_path, sheet):
    """The parameter is 2 + len(id) % 3: the notebook was solved for an id of another length."""
    cells = classroom.sheet_cells(width="width = 3 * 2")
    cells[0] = classroom.code("student = 'eve'")
    result = marked(tmp_path, sheet, cells, "adam")
    assert result.notes == ("solved with the id 'eve', marked with the id 'adam'",)
    assert by_name(result)["width-hidden"].status == "failed"
    assert marked(tmp_path, sheet, cells, "Eve").notes == ()
    assert marked(tmp_path, sheet, cells, "x", student="eve").points == classroom.FULL


def test_an_id_that_is_no_text_is_no_note(tmp_path, sheet):
    cells = classroom.sheet_cells()
    cells[0] = classroom.code("student = object()")
    assert marked(tmp_path, sheet, cells).notes == ()


def test_answers_by_hand_wait_for_a_person(tmp_path):
    cells = [*classroom.sheet_cells(), classroom.by_hand("The teacher's proof.")]
    sheet = classroom.write(tmp_path / "sheet" / "sheet.ipynb", cells)
    untouched = ("unanswered", 0)
    answers = {"Because.": ("pending", None), "YOUR ANSWER HERE": untouched, "": untouched}
    for text, (status, points) in answers.items():
        mine = [*classroom.sheet_cells(), classroom.by_hand(text)]
        question = by_name(marked(tmp_path, sheet, mine))["proof"]
        assert (question.status, question.points) == (status, points)
    missing = by_name(marked(tmp_path, sheet, classroom.sheet_cells()))["proof"]
    assert (missing.status, missing.points) == ("missing", 0)


def test_after_a_death_the_earlier_cells_run_again(tmp_path, sheet):
    cells = classroom.sheet_cells(
        double="kept = [1]\ndef double(x): return 2 * x * kept[0]",
        slopes="import os\nos._exit(1)",
        width="width = 3 * factor * kept[0]",
    )
    result = marked(tmp_path, sheet, cells)
    assert result.points == 8
    words = by_name(result)["slopes-visible"]
    assert words.status == "ended" and words.message.startswith("your cell ended its process")


def test_what_kills_when_it_runs_again_is_left_out(tmp_path, sheet):
    cells = classroom.sheet_cells(
        double="def double(x): return 2 * x\nimport os, time\nborn = time.monotonic()",
        slopes="if os.path.exists('/tmp/x'): os._exit(0)\nopen('/tmp/x', 'w').close()\nos._exit(0)",
    )
    assert marked(tmp_path, sheet, cells).points == 8


def test_a_hostile_value_ends_the_check_and_not_the_marker(tmp_path):
    tests = ["assert sum(1 for _ in range(n))", "assert len('x' * n)", "assert n % 7 == 0"]
    cells = [classroom.answer("n = 10**15 + 1", "n")]
    cells += [classroom.test_cell(text, f"t{k}", 1) for k, text in enumerate(tests)]
    sheet = classroom.write(tmp_path / "sheet" / "s.ipynb", cells)
    found = by_name(marked(tmp_path, sheet, cells, limits=Limits(seconds=0.4)))
    assert found["t0"].message == "the check ran longer than 1.2 seconds with what came back"
    assert found["t1"].message == "the check ran out of memory with what came back"
    assert found["t2"].status == "passed"


@pytest.mark.parametrize("line", [b"?what\n", b"=no json\n", b"=[1]\n", b"=x" * 99 + b"\n"])
def test_garbage_between_the_answers_earns_nothing(tmp_path, sheet, line):
    write = f"import os\nfor n in (3, 4):\n    try: os.write(n, {line!r})\n"
    write += "    except OSError: pass"
    result = marked(tmp_path, sheet, classroom.sheet_cells(width=write))
    assert result.points == 8 and {q.name for q in result.questions if not q.points} == {
        "width-visible",
        "width-hidden",
    }


def test_a_notebook_has_only_so_much_time(tmp_path, sheet):
    loops = dict.fromkeys(classroom.QUESTIONS, "while True: pass")
    cells = classroom.sheet_cells(**loops) + [classroom.code("while True: pass")] * 50
    start = time.monotonic()
    result = marked(tmp_path, sheet, cells, limits=Limits(seconds=1, total=2.5))
    assert result.points == 0 and time.monotonic() - start < 30
    assert "2.5 seconds that a notebook has" in str(result.questions)


def test_nothing_is_carried_from_one_submission_to_the_next(tmp_path):
    """The examiner is the same process, but each submission has a fresh child of it."""
    cells = [
        classroom.locked("import math\nmath.seen = getattr(math, 'seen', 0) + 1", "setup"),
        classroom.answer("x = 1", "x"),
        classroom.test_cell("import os\nassert math.seen == x, f'{math.seen}'", "t", 1),
    ]
    sheet = classroom.write(tmp_path / "sheet" / "sheet.ipynb", cells)
    for name in "abc":
        assert by_name(marked(tmp_path, sheet, cells, name))["t"].status == "passed"


def test_an_examiner_that_ended_is_replaced(tmp_path, sheet):
    assert marked(tmp_path, sheet, classroom.sheet_cells()).points == classroom.FULL
    kept = worker_cache._kept.examiner
    os.killpg(kept.process.pid, 9)
    assert marked(tmp_path, sheet, classroom.sheet_cells()).points == classroom.FULL
    assert worker_cache._kept.examiner is not kept
    worker_cache.close_all()
    assert worker_cache._kept.examiner.process.poll() is not None
    assert marked(tmp_path, sheet, classroom.sheet_cells()).points == classroom.FULL


def test_an_examiner_that_was_closed_does_not_read_what_is_another_files(tmp_path, sheet):
    assert marked(tmp_path, sheet, classroom.sheet_cells()).points == classroom.FULL
    kept = worker_cache._kept.examiner
    worker_cache.close_all()
    ours, theirs = os.pipe()
    os.dup2(ours, kept.output)  # as happens where the next process gets the number that is free
    os.write(theirs, READY + b"\n")
    with pytest.raises(SandboxError):
        kept.wait_until_ready()
    assert os.read(kept.output, 100) == READY + b"\n"
    for descriptor in {ours, theirs, kept.output}:
        os.close(descriptor)


@pytest.mark.parametrize("ending", ["os._exit(0)", "os._exit(1)", "os.kill(os.getpid(), 11)"])
def test_a_check_that_dies_costs_its_own_points(tmp_path, ending):
    cells = [classroom.answer("x = 1", "x"), classroom.test_cell(f"import os\n{ending}", "a", 1)]
    cells += [classroom.test_cell("assert x == 1", "b", 1)]
    sheet = classroom.write(tmp_path / "sheet" / "sheet.ipynb", cells)
    found = by_name(marked(tmp_path, sheet, cells))
    assert (found["a"].status, found["b"].status) == ("ended", "passed")


def test_a_locked_cell_that_fails_is_the_teachers_fault(tmp_path):
    cells = [classroom.locked("1 / 0", "setup"), *classroom.sheet_cells()[2:]]
    sheet = classroom.write(tmp_path / "sheet" / "sheet.ipynb", cells)
    with pytest.raises(SheetError, match="'setup' of the sheet failed: ZeroDivisionError"):
        marked(tmp_path, sheet, cells)


def test_a_test_that_is_no_python_fails_and_does_not_stop(tmp_path):
    cells = [classroom.answer("x = 1", "x"), classroom.test_cell("assert x ==", "t", 1)]
    sheet = classroom.write(tmp_path / "sheet" / "sheet.ipynb", cells)
    assert by_name(marked(tmp_path, sheet, cells))["t"].status == "failed"


def test_a_file_that_is_no_notebook_has_no_marks(tmp_path, sheet):
    assert mark(tmp_path / "nobody.ipynb", sheet).problem == "there is no such file"


def test_a_sheet_that_the_student_could_read_is_refused(tmp_path):
    with pytest.raises(SandboxError, match="move it elsewhere"):
        mark(tmp_path / "a.ipynb", "/usr/share/sheet.ipynb")


def test_the_same_submission_gets_the_same_result_with_and_without_a_sandbox(tmp_path, sheet):
    cells = classroom.sheet_cells(double="def double(x): return 1 / 0", width="width = 'six'")
    results = [marked(tmp_path, sheet, cells, trusted=trusted) for trusted in (False, False, True)]
    assert results[0] == results[1] == results[2]
