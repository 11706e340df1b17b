"""The sheets as documents: nbgrader's metadata, points, checks and their words."""

import ast
import re

import nbformat
import pytest

from sheets import (
    HIDDEN,
    NAMES,
    SOLUTION,
    SOURCE,
    cells,
    grade_id,
    of_role,
    role,
    stripped,
    without,
)

sheet = pytest.mark.parametrize("name", NAMES)


def trees(name, *roles):
    """Parsed code of the cells that have one of the roles."""
    return {
        id: ast.parse(cell.source)
        for id, cell in of_role(name, *roles).items()
        if cell.cell_type == "code"
    }


def questions(name):
    """The answer cells of a sheet, each with the points of its visible and its hidden check."""
    points = {id: cell.metadata.nbgrader.points for id, cell in of_role(name, "test").items()}
    return {id: (points[f"{id}-check"], points[f"{id}-hidden"]) for id in of_role(name, "answer")}


def test_every_sheet_is_known():
    assert sorted(path.stem for path in SOURCE.glob("*/*.ipynb")) == sorted(NAMES)


@sheet
def test_sheet_is_a_valid_notebook_without_outputs(name):
    notebook = nbformat.read(SOURCE / name / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert not any(cell.get("execution_count") for cell in notebook.cells)


@sheet
def test_metadata_are_what_nbgrader_expects(name):
    for cell in cells(name):
        if role(cell) == "free":
            continue
        about = cell.metadata.nbgrader
        wanted = {"schema_version", "grade_id", "grade", "solution", "locked", "task", "cell_type"}
        assert set(about) == wanted | ({"points"} if about.grade else set())
        assert about.schema_version == 3 and about.task is False
        assert about.cell_type == cell.cell_type
        assert about.locked is not about.solution  # students write answers and nothing else


@sheet
def test_grade_ids_are_unique_words(name):
    ids = [grade_id(cell) for cell in cells(name) if role(cell) != "free"]
    assert len(set(ids)) == len(ids)
    assert all(id.replace("-", "").isalpha() for id in ids)


@sheet
def test_first_code_cell_asks_for_the_id_and_the_second_draws_the_numbers(name):
    first, second = [cell for cell in cells(name) if cell.cell_type == "code"][:2]
    assert role(first) == "free" and first.source == 'student = ""'
    assert role(second) == "locked"


@sheet
def test_sheet_has_six_to_eight_questions_and_twenty_points(name):
    headings = [cell.source for cell in cells(name) if cell.source.startswith("## ")]
    assert 6 <= len(headings) <= 8
    assert [heading.split(".")[0] for heading in headings] == [
        f"## {number + 1}" for number in range(len(headings))
    ]
    points = [cell.metadata.nbgrader.points for cell in of_role(name, "test", "by hand").values()]
    assert sum(points) == 20
    by_machine = sum(cell.metadata.nbgrader.points for cell in of_role(name, "test").values())
    assert by_machine == 17


@sheet
def test_points_of_a_heading_are_those_of_its_cells(name):
    stated, given = [], []
    for cell in cells(name):
        if cell.source.startswith("## "):
            stated.append(int(cell.source.split("(")[1].split()[0]))
            given.append(0)
        elif role(cell) in ("test", "by hand"):
            given[-1] += cell.metadata.nbgrader.points
    assert stated == given


@sheet
def test_each_answer_is_followed_by_one_visible_and_one_hidden_check(name):
    kinds = [(role(cell), cell) for cell in cells(name)]
    for place, (kind, cell) in enumerate(kinds):
        if kind == "answer":
            visible, hidden = (other for _, other in kinds[place + 1 : place + 3])
            assert (grade_id(visible), grade_id(hidden)) == tuple(
                f"{grade_id(cell)}-{which}" for which in ("check", "hidden")
            )
            assert "rng" not in without(visible.source, HIDDEN)
            assert without(hidden.source, HIDDEN).startswith("# ")
            is_function = "def " in without(cell.source, SOLUTION)
            assert all(is_function == ("rng." in test.source) for test in (visible, hidden))
    assert len(of_role(name, "test")) == 2 * len(of_role(name, "answer"))


@sheet
def test_visible_checks_are_worth_at_most_as_much_as_hidden_ones(name):
    assert all(visible <= hidden for visible, hidden in questions(name).values())


@sheet
def test_every_assertion_has_words_that_name_what_came_back(name):
    for tree in trees(name, "test").values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert):
                assert isinstance(node.msg, ast.JoinedStr), ast.unparse(node)
                names = {part.id for part in ast.walk(node.msg) if isinstance(part, ast.Name)}
                assert names - {"w", "b", "z", "h"}, ast.unparse(node)


@sheet
def test_no_message_contains_what_was_expected(name):
    for tree in trees(name, "test").values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assert):
                names = {part.id for part in ast.walk(node.msg) if isinstance(part, ast.Name)}
                assert not names & {"wanted", "tail", "expected_rates", "counted", "measured"}


@sheet
def test_sheets_import_numpy_and_slopes_only(name):
    for tree in trees(name, "test", "answer", "by hand", "locked").values():
        for node in ast.walk(tree):
            modules = [alias.name for alias in getattr(node, "names", [])]
            if isinstance(node, ast.ImportFrom):
                modules = [node.module]
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert {module.split(".")[0] for module in modules} <= {
                    "numpy",
                    "slopes",
                    "hashlib",
                    "re",
                    "sys",
                }


@sheet
def test_what_students_see_needs_numpy_only(name):
    for id, cell in of_role(name, "test", "locked", "answer").items():
        seen = ast.unparse(ast.parse(stripped(without(cell.source, HIDDEN))))
        assert "slopes." not in seen and "import slopes" not in seen, id


@sheet
def test_tests_assign_no_name_that_an_answer_defines(name):
    def assigned(tree):
        return {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        } | {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}

    answers = set()
    for tree in trees(name, "answer").values():
        answers |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        answers |= {
            target.id
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
        }
    for tree in trees(name, "test", "locked").values():
        assert not assigned(tree) & answers


@sheet
def test_prose_marked_by_hand_carries_its_rubric_out_of_sight(name):
    for cell in of_role(name, "by hand").values():
        assert "Rubric" in cell.source
        assert "Rubric" not in stripped(cell.source)


@sheet
def test_no_solution_and_no_rubric_is_left_in_the_students_sheet(name):
    for cell in cells(name):
        if role(cell) in ("answer", "by hand"):
            left = stripped(cell.source).splitlines()
            assert len(left) <= 3 and left[-1].strip() == "raise NotImplementedError()"


def rubric_lines(cell):
    """The lines of the rubric in a solution, without the marks of comments, lists and headings."""
    lines = cell.source.split("Rubric", 1)[1].split("### END SOLUTION")[0].splitlines()
    if cell.cell_type == "code":
        lines = [lines[0], *(line for line in lines[1:] if line.startswith("#"))]
    bare = [re.sub(r"^[^*]*\*\* |^# - |^# |^\d\. ", "", line).strip() for line in lines]
    return [line for line in bare if line]


@sheet
def test_guide_has_every_rubric_word_for_word(name):
    guide = " ".join((SOURCE.parent / "README.md").read_text(encoding="utf-8").split())
    for cell in of_role(name, "by hand").values():
        lines = rubric_lines(cell)
        assert len(lines) >= 1 and all(len(line) > 20 for line in lines)
        for line in lines:
            assert line in guide, line
