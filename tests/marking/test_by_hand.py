"""What a person has to read reaches a person, wherever it was written; another sheet is named."""

import json

import pytest

import classroom
from marking import Limits, Status, mark_cells
from marking.by_hand import written
from marking.sheet import Role, parse, sheet_from

QUESTION = {
    **classroom.locked("## 4. A proof\n\nProve that it is so.", "proof-question"),
    "cell_type": "markdown",
}
OWN = {"cell_type": "markdown", "metadata": {}, "source": "Because it follows from the definition."}
STUB = classroom.by_hand("YOUR ANSWER HERE")
COMMENT = classroom.code("# Because it follows.\n# From the definition.")
PICTURE = {**OWN, "source": "", "attachments": {"photo.png": {"image/png": "iVBORw0KGgo="}}}
SHEET = [*classroom.sheet_cells(), QUESTION, classroom.by_hand("The teacher's proof.")]


def data(cells):
    return json.dumps(classroom.notebook(cells)).encode()


def found(cells):
    the_sheet = sheet_from(data(SHEET))
    (proof,) = (cell for cell in the_sheet.cells if cell.role is Role.BY_HAND)
    return [cell.source for cell in written(proof, the_sheet, parse(data(cells)))]


def stripped(cells):
    return [{**cell, "metadata": {}} for cell in cells]


def with_metadata(cell, metadata):
    return {**cell, "metadata": metadata}


RIGHT = classroom.sheet_cells()
ADDED = {**QUESTION, "source": f"{QUESTION['source']}\n\n{OWN['source']}"}
PROOFS = {
    "in its cell": [*RIGHT, QUESTION, classroom.by_hand(OWN["source"])],
    "in a new cell below": [*RIGHT, QUESTION, STUB, OWN],
    "in a new cell above": [*RIGHT, QUESTION, OWN, STUB],
    "in two cells": [*RIGHT, QUESTION, classroom.by_hand(OWN["source"]), OWN],
    "in a cell that replaces it": [*RIGHT, QUESTION, OWN],
    "without metadata": stripped([*RIGHT, QUESTION, OWN]),
    "without metadata, below": stripped([*RIGHT, QUESTION, STUB, OWN]),
    "metadata null": [with_metadata(cell, None) for cell in [*RIGHT, QUESTION, OWN]],
    "nbgrader null": [with_metadata(cell, {"nbgrader": None}) for cell in [*RIGHT, QUESTION, OWN]],
    "far away": [OWN, *RIGHT, QUESTION, STUB],
    "far away, its cell gone": [OWN, *RIGHT],
    "in the text of the question": [*RIGHT, ADDED, STUB],
    "as comments": [*RIGHT, QUESTION, STUB, COMMENT],
    "as comments, far away": [COMMENT, *RIGHT, QUESTION, STUB],
    "as raw text": [*RIGHT, QUESTION, STUB, {**OWN, "cell_type": "raw"}],
    "as a picture": [*RIGHT, QUESTION, STUB, PICTURE],
    "as a picture, far away": [PICTURE, *RIGHT, QUESTION, STUB],
    "as a picture in its cell": [
        *RIGHT,
        QUESTION,
        {**STUB, **PICTURE, "metadata": STUB["metadata"]},
    ],
    "in the first of two copies": [*RIGHT, QUESTION, classroom.by_hand(OWN["source"]), STUB],
}


@pytest.mark.parametrize("place", PROOFS)
def test_a_proof_is_found_wherever_it_stands(place):
    words = "".join(found(PROOFS[place]))
    assert "picture" in place or "ecause it follows" in words
    assert found(PROOFS[place]) and "YOUR ANSWER" not in words


@pytest.mark.parametrize(
    "cells",
    [
        [*RIGHT, QUESTION, STUB],
        [*RIGHT, QUESTION],
        RIGHT,
        stripped([*RIGHT, QUESTION, STUB]),
        [*RIGHT, {**QUESTION, "source": QUESTION["source"] + "!"}, STUB],
        [*RIGHT, QUESTION, STUB, {**OWN, "source": " \n"}],
    ],
)
def test_where_nothing_was_written_nothing_is_found(cells):
    assert found(cells) == []


def marked(cells, **options):
    return mark_cells(data(cells), sheet_from(data(SHEET)), "ada", Limits(seconds=5), **options)


def test_a_proof_outside_its_cell_waits_for_a_person(sandbox):
    for place in ("in its cell", "in a new cell below", "without metadata"):
        result = marked(PROOFS[place])
        (proof,) = (question for question in result.questions if question.name == "proof")
        assert (proof.status, proof.points) == (Status.PENDING, None)
        assert OWN["source"] in proof.answer
        assert ("outside" in proof.message) == (place != "in its cell")
        assert result.points == classroom.FULL


def renamed(cells):
    """The cells of another sheet: other questions under other names."""
    other = json.loads(json.dumps(cells))
    for cell in other:
        about = cell["metadata"].get("nbgrader", {})
        if "grade_id" in about and about["grade_id"] != "setup":
            about["grade_id"] += "-of-another"
        cell["source"] = cell["source"].replace("double", "triple").replace("slopes", "rises")
        cell["source"] = cell["source"].replace("width", "height")
    return other


@pytest.mark.parametrize(
    "cells, words",
    [
        (renamed(SHEET), "another sheet"),
        ([*renamed(SHEET)[:-1], classroom.by_hand(OWN["source"])], "another sheet"),
        ([classroom.code("print('notes of a lecture')"), OWN], "another notebook"),
        (stripped(renamed(SHEET[2:5])), "another notebook"),
    ],
)
def test_another_sheet_is_a_fault_with_a_name_and_no_zero(sandbox, cells, words):
    result = marked(cells)
    assert result.problem.startswith(words) and result.points is None


def test_names_that_were_changed_make_no_other_sheet(sandbox):
    cells = json.loads(json.dumps(SHEET))
    for number, cell in enumerate(cells):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = f"new-{number}"
    assert marked(cells).points == classroom.FULL
