"""Run a homework sheet as marking does: the student's cells apart from the tests, data between.

Tests see the student's names as plain data and as functions of plain data. The
names of the locked cells are the teacher's own.
"""

import ast
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

SOURCE = Path(__file__).parents[1] / "homework" / "source"
NAMES = ("slopes", "layers", "any_function")
STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")  # nbgrader's
SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


@cache
def cells(name):
    """The cells of a sheet, solutions and hidden tests in them."""
    return nbformat.read(SOURCE / name / f"{name}.ipynb", as_version=4).cells


def role(cell):
    """What a cell is: text, free, locked, answer, test or by hand."""
    about = cell.metadata.get("nbgrader")
    if about is None:
        return "free"
    if about.grade:
        return "by hand" if about.solution else "test"
    if about.solution:
        return "answer"
    return "locked" if cell.cell_type == "code" else "text"


def grade_id(cell):
    """The name by which nbgrader knows the cell."""
    return cell.metadata.nbgrader.grade_id


def of_role(name, *roles):
    """The cells of a sheet that have one of the roles, by their grade_id."""
    return {grade_id(cell): cell for cell in cells(name) if role(cell) in roles}


def without(text, markers, replacement=()):
    """A cell's text with what stands between the markers left out, or replaced by lines."""
    kept, inside = [], False
    for line in text.splitlines():
        if line.strip() == markers[0]:
            assert not inside, "two regions overlap"
            inside, indent = True, line[: len(line) - len(line.lstrip())]
            kept += [indent + line for line in replacement]
        elif line.strip() == markers[1]:
            assert inside, "a region ends that did not begin"
            inside = False
        elif not inside:
            kept.append(line)
    assert not inside, "a region does not end"
    return "\n".join(kept)


def stripped(text):
    """An answer cell as the student gets it."""
    return without(text, SOLUTION, STUB)


def solutions(name):
    """The teacher's answers to a sheet, by the cell's grade_id."""
    solved = of_role(name, "answer", "by hand").items()
    lines = {id: cell.source.splitlines() for id, cell in solved}
    return {id: "\n".join(s for s in lines[id] if s.strip() not in SOLUTION) for id in lines}


def numbers(name, student):
    """The student's own numbers on a sheet."""
    (cell,) = of_role(name, "locked").values()
    scope = {"student": student}
    exec(_code(cell.source), scope)
    return {key: value for key, value in scope.items() if key.startswith("my_")}


def marks(name, student, answers=None):
    """Points earned on each test cell of a sheet, and why points were lost.

    Parameters
    ----------
    name : str
        The sheet.
    student : str
        The id that draws the numbers.
    answers : dict of str to str, optional
        Sources that replace the teacher's solutions, by the cell's grade_id.

    Returns
    -------
    dict of str to tuple
        For each test cell its points, the points earned, and the message.
    """
    theirs, mine = {"student": student}, {"student": student}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what NumPy warns of costs no marks
        return _marked(name, theirs, mine, answers or {})


def _marked(name, theirs, mine, answers):
    result = {}
    for cell in cells(name):
        if role(cell) == "locked":
            exec(_code(cell.source), theirs)
            exec(_code(cell.source), mine)
        elif role(cell) == "answer":
            with suppress(Exception):  # a cell that fails leaves its names unset
                exec(_code(answers.get(grade_id(cell), cell.source)), theirs)
        elif role(cell) == "test":
            points, message = cell.metadata.nbgrader.points, _message(cell, theirs, mine)
            result[grade_id(cell)] = (points, 0 if message else points, message)
    return result


def _message(cell, theirs, mine):
    """Why a test fails, None where it passes."""
    seen = {name: _seen(value) for name, value in theirs.items() if _is_visible(value)}
    try:
        exec(_code(cell.source), seen | mine)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def plain(value):
    """The value after its way from one process to another; what cannot travel is refused."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray):
        assert value.dtype.kind in "biuf", f"an array of {value.dtype} cannot travel"
        return value.copy()
    if isinstance(value, np.number | np.bool_):
        return value.item()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"a {type(value).__name__} cannot travel")


def _seen(value):
    if callable(value):
        return lambda *arguments: plain(value(*map(plain, arguments)))
    return plain(value)


def _is_visible(value):
    try:
        return callable(value) or plain(value) is not None
    except TypeError:
        return False


@cache
def _code(text):
    return compile(ast.parse(text), "<cell>", "exec")
