"""Sheets and submissions as files, the order of marking, and results as text."""

import json

import pytest

import classroom
from marking import Question, Result, SheetError, UnreadableNotebook, read_cells, read_sheet
from marking import sheet as module
from marking.schedule import Action, schedule
from marking.sheet import Cell, Role, released


def test_roles_come_from_the_metadata(sheet):
    found = read_sheet(sheet)
    roles = [(cell.name, cell.role, cell.points) for cell in found.cells][:4]
    assert roles == [
        ("setup", "setup", 0),
        ("double", "answer", 0),
        ("double-visible", "test", 1),
        ("double-hidden", "test", 3),
    ]
    assert found.out_of == classroom.FULL


def test_cells_by_hand_and_tasks_are_for_a_person(tmp_path):
    task = classroom.code("Draw.", "plot", task=True, points=2, locked=True)
    path = classroom.write(tmp_path / "sheet.ipynb", [classroom.by_hand("Prove."), task])
    assert [cell.role for cell in read_sheet(path).cells] == ["by hand", "by hand"]
    assert read_sheet(path).out_of == 7


def test_a_source_in_lines_is_one_text(tmp_path):
    cell = {"cell_type": "code", "metadata": {}, "source": ["a = 1\n", "b = 2"]}
    path = classroom.write(tmp_path / "a.ipynb", [cell])
    assert read_cells(path) == [Cell("code", "a = 1\nb = 2")]


@pytest.mark.parametrize(
    "cells, words",
    [
        ([classroom.code("x = 1")], "no cell of the sheet has points"),
        ([classroom.test_cell("", "a", 1), classroom.answer("", "a")], "two cells .* called 'a'"),
    ],
)
def test_a_sheet_that_cannot_mark_is_refused(tmp_path, cells, words):
    with pytest.raises(SheetError, match=words):
        read_sheet(classroom.write(tmp_path / "sheet.ipynb", cells))


def test_a_sheet_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SheetError, match="no such file"):
        read_sheet(tmp_path / "sheet.ipynb")


def test_a_file_that_may_not_be_opened_is_unreadable(tmp_path, monkeypatch):
    path = classroom.write(tmp_path / "a.ipynb", [])

    def refuse(*arguments):
        raise PermissionError

    monkeypatch.setattr(module.os, "open", refuse)
    with pytest.raises(UnreadableNotebook, match="PermissionError"):
        read_cells(path)


@pytest.mark.parametrize(
    "data, words",
    [
        (b" ", "empty"),
        (b'{"cells": [', "broken off"),
        (b'{"cells": "\xff"}', "not written in UTF-8"),
        (b'{"cells": 17}', "no list of cells"),
        (b'{"cells": ["x"]}', "no list of cells"),
        (b"[" * 10**6, "no list of cells"),
        (b" " * 5 + b"x" * (64 << 20), "larger than 64 MB"),
        (b'{"cells": [' + b'{"cell_type": "raw", "source": ""},' * 2000 + b'{"cell_type": '
         b'"raw", "source": ""}]}', "more than 2000 cells"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_notebook_is_refused_in_words(tmp_path, data, words):
    (tmp_path / "a.ipynb").write_bytes(data)
    with pytest.raises(UnreadableNotebook, match=words):
        read_cells(tmp_path / "a.ipynb")


def test_a_byte_order_mark_is_no_harm(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b'\xef\xbb\xbf{"cells": []}')
    assert read_cells(tmp_path / "a.ipynb") == []


@pytest.mark.parametrize(
    "kind, source, text",
    [
        ("markdown", "The proof.", "YOUR ANSWER HERE"),
        ("code", "plot()", "# YOUR CODE HERE\nraise NotImplementedError()"),
        (
            "code",
            "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\nf()",
            "def f():\n    # YOUR CODE HERE\n    raise NotImplementedError()\nf()",
        ),
        ("markdown", "Why?\n\nYOUR ANSWER HERE", "Why?\n\nYOUR ANSWER HERE"),
    ],
)
def test_what_is_handed_out_holds_no_solution(kind, source, text):
    assert released(Cell(kind, source, "a", Role.ANSWER)) == text


def order(sheet, cells):
    path = classroom.write(sheet.parent / "a.ipynb", cells)
    steps = schedule(read_sheet(sheet), read_cells(path))
    return [step.cell.name or step.cell.source for step in steps]


def test_tests_come_right_after_the_cell_that_answers_them(sheet):
    cells = classroom.sheet_cells()
    names = [name for q in classroom.QUESTIONS for name in (q, f"{q}-visible", f"{q}-hidden")]
    assert order(sheet, cells) == ["student = 'nobody'", "setup", *names]


def test_the_students_own_cells_belong_to_the_answer_before_them(sheet):
    cells = classroom.sheet_cells()
    cells.insert(3, classroom.code("mine"))
    assert order(sheet, cells)[2:6] == ["double", "mine", "double-visible", "double-hidden"]


def test_what_no_test_can_see_is_not_run(sheet):
    plot = {**classroom.by_hand("draw()", "plot"), "cell_type": "code"}
    classroom.write(sheet, [*classroom.sheet_cells(), plot])
    cells = [*classroom.sheet_cells(), plot, classroom.code("while True: pass")]
    assert order(sheet, cells)[-2:] == ["width-visible", "width-hidden"]
    path = classroom.write(sheet.parent / "a.ipynb", cells)
    ran = [
        step.cell.name
        for step in schedule(read_sheet(sheet), read_cells(path))
        if step.do is Action.RUN
    ]
    assert ran[-1] == "width" and "plot" not in ran


def test_a_cell_marked_by_hand_is_run_where_a_later_answer_may_count_on_it(sheet):
    plot = {**classroom.by_hand("draw()", "plot"), "cell_type": "code"}
    path = classroom.write(sheet.parent / "a.ipynb", [plot, *classroom.sheet_cells()])
    assert schedule(read_sheet(sheet), read_cells(path))[0].do is Action.RUN


def test_missing_cells_are_looked_for_by_place(sheet):
    cells = classroom.sheet_cells()
    cells[2] = classroom.code("lost its name")
    found = order(sheet, cells)
    assert found[2:5] == ["lost its name", "double-visible", "double-hidden"]
    assert order(sheet, [classroom.code("all")])[:2] == ["all", "setup"]


def test_locked_cells_without_a_name_are_known_by_their_words(tmp_path):
    hidden = "# More.\n### BEGIN HIDDEN TESTS\nassert {}\n### END HIDDEN TESTS"
    cells = [classroom.locked("import math", "setup")]
    for name in "ab":
        cells += [classroom.answer(f"{name} = 1", name), classroom.test_cell(name, f"{name}-t", 1)]
        cells += [classroom.test_cell(hidden.format(name), f"{name}-hidden", 1)]
    found = order(classroom.write(tmp_path / "s" / "s.ipynb", cells), cells)
    assert found == ["setup", "a", "a-t", "a-hidden", "b", "b-t", "b-hidden"]
    nameless = [{**cell, "metadata": {}} for cell in cells]
    found = order(tmp_path / "s" / "s.ipynb", nameless)
    assert [name for name in found if "hidden" not in name and not name.startswith("#")] == [
        "setup", "a = 1", "a-t", "b = 1", "b-t",
    ]  # fmt: skip


def test_a_result_survives_as_text():
    questions = (
        Question("a", 1.0, 1.0, "passed"),
        Question("b", 0.0, 2.0, "failed", "ä \ud800"),
        Question("c", None, 4.0, "pending", answer="Because."),
    )
    result = Result("ada", questions, notes=("a note",))
    text = result.to_json(key="k")
    assert Result.from_json(text) == result
    assert (result.points, result.out_of, result.pending) == (1, 7, 4)
    assert json.loads(text)["points"] == 1 and json.loads(text)["key"] == "k"


def test_no_marks_are_not_zero():
    result = Result("ada", problem="the file is empty")
    assert result.points is None and not result.could_be_read
    assert json.loads(result.to_json())["points"] is None
