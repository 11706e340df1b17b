"""Right, empty and wrong answers get the marks they deserve, whoever hands them in."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from marking import Status
from marking.mistakes import NAME, read_mistakes
from sheets import NAMES, SOURCE, marked, numbers, of_role, solutions, stripped, without_drawings
from wrong_answers import WRONG

IDS = [
    "ada", "grace", "emmy", "sofja", "12345", "0042", "s-1815", "name.surname", "x", "Ä. Müller",
    "李小龍", "a b", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "b00123456", "lovelace@school",
]  # fmt: skip
sheet = pytest.mark.parametrize("name", NAMES)


def checked(name, student, answers=None, **options):
    """The questions of a sheet that tests decide, by name."""
    result = marked(name, student, without_drawings(name) | (answers or {}), **options)
    by_hand = of_role(name, "by hand")
    return {
        question.name: question for question in result.questions if question.name not in by_hand
    }


def lost(name, student, answers=None, **options):
    """The tests of a sheet that were not passed."""
    questions = checked(name, student, answers, **options).items()
    return {id: question for id, question in questions if question.points < question.out_of}


@sheet
@pytest.mark.parametrize("student", IDS)
def test_teachers_solution_gets_full_marks_for_every_id(name, student):
    assert lost(name, student) == {}


RECORD = """
import pickle
_solve = {function}
def {function}(*arguments):
    value = _solve(*arguments)
    with open({path!r}, "ab") as file:
        pickle.dump((repr(arguments), value), file)
    return value
"""
TABLE = """
import pickle
_table = {{}}
with open({path!r}, "rb") as file:
    while file.peek(1):
        question, value = pickle.load(file)
        _table[question] = value
def {function}(*arguments):
    return _table[repr(arguments)]
"""


def with_functions(name, folder, text):
    """Answers: after each function of a sheet, a text that names it and a file of its own."""
    answers = {}
    for id, solution in solutions(name).items():
        found = re.search(r"^def (\w+)", solution, re.M)
        if found and id in of_role(name, "answer"):
            path = str(folder / id)
            answers[id] = solution + text.format(function=found[1], path=path)
    return answers


@sheet
def test_a_table_of_all_that_is_asked_in_public_earns_nothing(name, tmp_path):
    """The table is the best one: it holds every right answer to what is asked without a secret."""
    record = with_functions(name, tmp_path, RECORD)
    assert all(q.points for q in checked(name, "ada", record).values())
    empty = dict.fromkeys(of_role(name, "answer"), "")
    table = empty | with_functions(name, tmp_path, TABLE)
    in_public = checked(name, "ada", table)
    assert all(q.points for id, q in in_public.items() if id.rpartition("-")[0] in record)
    drawn = checked(name, "ada", table, secret=b"of the teacher")
    assert not any(question.points for question in drawn.values())
    assert lost(name, "ada", secret=b"of the teacher") == {}


@sheet
def test_sheet_as_handed_out_gets_no_marks(name):
    empty = {id: stripped(cell.source) for id, cell in of_role(name, "answer").items()}
    assert not any(question.points for question in checked(name, "ada", empty).values())


@sheet
@pytest.mark.parametrize("constant", ["0", "1", "[]", "None", "float('nan')", "'wrong'"])
def test_constants_earn_visible_points_at_most(name, constant):
    answers = {}
    for id, cell in of_role(name, "answer").items():
        text = stripped(cell.source)
        if text.lstrip().startswith("def"):
            answers[id] = text.replace("raise NotImplementedError()", f"return {constant}")
        else:
            names = {line.split(" = ")[0] for line in cell.source.splitlines() if " = " in line}
            answers[id] = "\n".join(f"{name.strip()} = {constant}" for name in names)
    result = checked(name, "ada", answers)
    assert not any(question.points for id, question in result.items() if id.endswith("-hidden"))
    assert sum(question.points for question in result.values()) <= 1


@pytest.mark.parametrize("student", ["ada", "x"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_plausible_wrong_answer_loses_its_own_question_only(wrong, student):
    name, question, text = WRONG[wrong]
    found = lost(name, student, {question: text})
    assert f"{question}-hidden" in found
    assert set(found) <= {f"{question}-check", f"{question}-hidden"}
    assert all(each.status is Status.FAILED for each in found.values())
    assert all(each.mistake == wrong and each.asked and each.got for each in found.values())
    assert not any("could not use" in each.message for each in found.values())


@sheet
def test_each_mistake_is_told_in_words_with_a_hint_and_a_section(name):
    for mistake in read_mistakes(SOURCE / name / NAME):
        assert mistake.key.startswith(f"{mistake.answer}-")
        assert len(mistake.words) > 20 and mistake.hint.endswith(("?", "."))
        page, _, heading = mistake.section.partition(".html#")
        cells = json.loads((SOURCE.parents[1] / "chapters" / f"{page}.ipynb").read_text())["cells"]
        headings = re.findall(r"^## (.+)$", "\n".join("".join(c["source"]) for c in cells), re.M)
        assert heading in {re.sub(r"[^a-z]+", "-", h.lower()).strip("-") for h in headings}


@sheet
def test_what_looks_like_no_mistake_is_not_taken_for_one(name):
    odd = with_functions(name, Path(), "\ndef {function}(*arguments): return 123.456")
    found = checked(name, "ada", odd | {"steepest": "steepest_input = steepest_gain = 5"})
    assert not any(question.mistake for question in found.values())


@sheet
def test_every_question_has_a_plausible_wrong_answer(name):
    assert set(of_role(name, "answer")) == {q for other, q, _ in WRONG.values() if other == name}


@sheet
def test_an_id_is_the_same_id_in_capitals_and_with_spaces(name):
    assert numbers(name, " Ada\n") == numbers(name, "ada")


@sheet
@pytest.mark.parametrize("empty", ["", "  ", "\t"])
def test_an_empty_id_is_refused_in_clear_words(name, empty):
    with pytest.raises(ValueError, match="your id is missing: type it between the quotation marks"):
        numbers(name, empty)


@sheet
def test_an_id_cell_that_was_not_run_is_refused_in_the_same_words(name):
    (cell,) = of_role(name, "locked").values()
    with pytest.raises(ValueError, match=r"your id is missing: .* run that cell"):
        exec(cell.source, {})


def test_numbers_of_an_id_are_the_same_on_every_machine():
    ada = {name: numbers(name, "ada") for name in NAMES}
    assert ada["slopes"]["my_weight"] == -10.1
    assert ada["layers"]["my_matrix"] == [[-0.65, 0.15], [-0.25, 0.55]]
    assert ada["any_function"]["my_values"] == [0.38, 0.24, 0.23, 0.76, 0.64, 0.69]


@sheet
def test_numbers_differ_between_ids(name):
    drawn = [numbers(name, f"student {number}") for number in range(100)]
    assert len({repr(each) for each in drawn}) == 100
    for key in drawn[0]:
        assert len({repr(each[key]) for each in drawn}) >= 4, key


WARNING = "When this sheet is marked, there will be no:"


def warned(name, capsys, ran="", shown=""):
    """What the visible checks say after cells that ran, in a shell that keeps them as shown."""
    (locked,) = of_role(name, "locked").values()
    scope = {"student": "ada", "In": ["", locked.source, ran, shown]}
    exec(locked.source, scope)
    exec(ran, scope)
    scope["beware"]()
    return capsys.readouterr().out.strip().removeprefix(WARNING).strip()


@sheet
@pytest.mark.parametrize(
    "ran, words",
    [
        ("import numpy as np, math\nx = np.ones(3)\ndef f(): pass\nclass A: pass", ""),
        ("import nbformat as n", "nbformat"),
        ("from nbformat import read", "nbformat"),
        ("from urllib.request import urlopen", "the network"),
        ("import multiprocessing, subprocess", "other processes, other programs (!)"),
    ],
)
def test_a_visible_check_says_which_packages_will_be_missing(name, ran, words, capsys):
    assert warned(name, capsys, ran) == words
    checks = [cell for id, cell in of_role(name, "test").items() if id.endswith("-check")]
    assert checks and all(cell.source.startswith("beware()\n") for cell in checks)


@sheet
@pytest.mark.parametrize(
    "shown, words",
    [
        ("files = get_ipython().getoutput('ls')", "other programs (!)"),
        ("!pip install pandas", "other programs (!)"),
        ("np.loadtxt('data.csv')", "files of yours"),
        ("with open('data.csv') as file: pass", "files of yours"),
        ("a = 3 != 4  # reopened", ""),
    ],
)
def test_a_visible_check_says_what_else_will_be_missing(name, shown, words, capsys):
    assert warned(name, capsys, shown=shown) == words


@sheet
def test_another_edition_draws_other_numbers(name, monkeypatch):
    (cell,) = of_role(name, "locked").values()
    before = numbers(name, "ada")
    monkeypatch.setitem(cell, "source", cell.source.replace('EDITION = "1"', 'EDITION = "2"'))
    after = numbers(name, "ada")
    assert sum(before[key] != after[key] for key in before) > len(before) / 2


@sheet
def test_numbers_are_plain_and_short(name):
    def short(value):
        return all(map(short, value)) if isinstance(value, list) else len(str(value)) <= 7

    for number in range(30):
        assert all(short(value) for value in numbers(name, f"s{number}").values())


def test_plot_solution_draws_what_its_rubric_asks(monkeypatch):
    pytest.importorskip("matplotlib")
    scope = {"np": np}
    exec(of_role("layers", "by hand")["plot"].source, scope)
    assert scope["logs"].shape == (200, 100)
    assert np.isfinite(scope["logs"]).all()
    median = np.median(scope["logs"], axis=0)
    assert abs(median[-1] - scope["line"][-1]) < 5  # of 100 powers of ten
    assert 0.5 < scope["logs"][:, -1].std() / scope["logs"][:, 24].std() / 2 < 1.5
