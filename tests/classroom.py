"""Sheets and submissions for the tests, built by code: a cell is a line or two."""

import json

SETUP = "import numpy as np\nfactor = 2 + len(student) % 3"
QUESTIONS = {  # the right answer, the visible test, the hidden test
    "double": (
        "def double(x):\n    return 2 * x",
        "assert double(2) == 4, 'double(2) is not right'",
        "assert double(-3.5) == -7",
    ),
    "slopes": (
        "def slopes(w):\n    return np.asarray(w) / 4",
        "assert np.shape(slopes([1, 2])) == (2,), 'give one slope for each weight'",
        "assert np.allclose(slopes([1, 2]), [0.25, 0.5]), 'one of the slopes is not right'",
    ),
    "width": (
        "width = 3 * factor",
        "assert width > 0, 'a width is positive'",
        "assert abs(width - 3 * factor) < 1e-9, 'this is not the width'",
    ),
}
FULL, EACH = 12, 4  # each question: 1 point for the visible test, 3 for the hidden one


def code(source, name="", **role):
    """A code cell; `role` is nbgrader's metadata."""
    metadata = {"nbgrader": {"grade_id": name, "schema_version": 3, **role}} if name else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": []}


def answer(source, name):
    return code(source, name, grade=False, solution=True, locked=False)


def locked(source, name):
    return code(source, name, grade=False, solution=False, locked=True)


def test_cell(source, name, points):
    return code(source, name, grade=True, solution=False, locked=True, points=points)


def by_hand(text, name="proof", points=5):
    cell = code(text, name, grade=True, solution=True, locked=False, points=points)
    return {**cell, "cell_type": "markdown"}


def notebook(cells):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def sheet_cells(answers=(), **changed):
    """The cells of the sheet; answers named in `changed` are replaced, by text."""
    cells = [code("student = 'nobody'"), locked(SETUP, "setup")]
    for name, (right, visible, hidden) in QUESTIONS.items():
        hidden = f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        cells += [answer(changed.get(name, right), name)]
        cells += [test_cell(visible, f"{name}-visible", 1), test_cell(hidden, f"{name}-hidden", 3)]
    return cells


def write(path, cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook(cells)))
    return path


def stub(name):
    """The answer cell as it is handed out."""
    return answer("# YOUR CODE HERE\nraise NotImplementedError()", name)
