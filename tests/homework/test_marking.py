"""The sheets under the real marker, with its two processes and the border between them.

Trusted, since we wrote these notebooks; the sandbox has tests of its own.
"""

import json

import pytest

from marking import mark_cells, read_sheet
from sheets import NAMES, SOURCE, of_role, stripped
from wrong_answers import WRONG

sheet = pytest.mark.parametrize("name", NAMES)


def marked(name, student, answers):
    """The result of a sheet in which some cells have been replaced."""
    path = SOURCE / name / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(id, cell["source"])
    data = json.dumps(notebook).encode()
    return mark_cells(data, read_sheet(path), student, trusted=True)


@sheet
def test_teachers_solution_gets_all_points_but_those_of_a_person(name):
    result = marked(name, "Ada", {"plot": "'a picture'"})
    assert (result.points, result.pending, result.out_of) == (17, 3, 20)
    assert not result.notes


@sheet
def test_sheet_as_handed_out_is_unanswered_from_end_to_end(name):
    empty = {
        id: stripped(cell.source) if cell.cell_type == "code" else "YOUR ANSWER HERE"
        for id, cell in of_role(name, "answer", "by hand").items()
    }
    result = marked(name, "ada", empty)
    assert (result.points, result.pending) == (0, 0)
    assert {question.status for question in result.questions} == {"unanswered"}


@sheet
def test_where_all_is_wrong_every_question_says_what_came_back(name):
    wrong = {q: text for other, q, text in WRONG.values() if other == name}
    result = marked(name, "ada", wrong | {"plot": ""})
    hidden = [question for question in result.questions if question.name.endswith("-hidden")]
    assert len(hidden) == len(wrong)
    assert all(question.points == 0 and question.status == "failed" for question in hidden)
    assert all(len(question.message) > 20 for question in hidden)
