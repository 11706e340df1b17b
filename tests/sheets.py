"""The homework sheets: their cells, the numbers that they draw, and the marks that answers get."""

import json
from functools import cache
from pathlib import Path

import nbformat

from marking import mark_cells, read_sheet

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
    exec(cell.source, scope)
    return {key: value for key, value in scope.items() if key.startswith("my_")}


def marked(name, student, answers=None, **options):
    """The result of a sheet, as its marker gives it.

    Trusted, since we wrote these notebooks; the sandbox has tests of its own.

    Parameters
    ----------
    name : str
        The sheet.
    student : str
        The id that draws the numbers.
    answers : dict of str to str, optional
        Sources that replace the teacher's solutions, by the cell's grade_id.
    **options
        For the marker.
    """
    path = SOURCE / name / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = (answers or {}).get(id, cell["source"])
    data = json.dumps(notebook).encode()
    return mark_cells(data, read_sheet(path), student, trusted=True, **options)


def without_drawings(name):
    """Answers that save the marker the time of drawing a picture, which a person marks."""
    return dict.fromkeys(of_role(name, "by hand"), "")
