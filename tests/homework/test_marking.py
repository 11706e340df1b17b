"""What the marker says of whole sheets: answered, as handed out, and wrong from end to end."""

import pytest

from sheets import NAMES, marked, of_role, stripped
from wrong_answers import WRONG

sheet = pytest.mark.parametrize("name", NAMES)


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
