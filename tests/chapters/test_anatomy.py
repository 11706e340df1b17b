"""The chapters are built alike: short cells, enough words, a goal to reach, folded solutions."""

import ast
import re

import pytest

from book import cells, notebooks, prose, words

HEADINGS = ["What went wrong", "Summary", "Exercises", "References"]
CHAPTERS = pytest.mark.parametrize("chapter", notebooks(), ids=lambda chapter: chapter.stem)


def code(chapter):
    return [cell for cell in cells(chapter) if cell.cell_type == "code"]


def seen(chapter):
    """The code that a page shows: that of a question would give its answer away."""
    return [cell for cell in code(chapter) if "remove-input" not in cell.metadata.get("tags", [])]


def draws(cell):
    """Whether the cell ends in a picture or an explorable."""
    return bool(re.search(r"^(figures(\.\w+)+|explore)\(", cell.source, re.M))


def steps(chapter):
    """The code between two texts, each of which a reader takes as one step."""
    kinds = "".join("c" if cell.cell_type == "code" else "t" for cell in cells(chapter))
    return re.findall("c+", kinds)


@CHAPTERS
def test_sections_come_in_order(chapter):
    found = re.findall(r"^## (.*)$", prose(chapter), re.M)
    places = [next(i for i, name in enumerate(found) if name.startswith(head)) for head in HEADINGS]
    assert places == sorted(places)


@CHAPTERS
def test_there_is_one_title_and_one_import_cell_which_comes_first(chapter):
    assert len(re.findall(r"^# ", prose(chapter), re.M)) == 1
    imports = ["import " in cell.source for cell in code(chapter)]
    assert imports == [True] + [False] * (len(imports) - 1)
    for node in ast.walk(ast.parse(code(chapter)[0].source)):
        if isinstance(node, ast.Import):
            assert [alias.name for alias in node.names] == ["numpy"]
        if isinstance(node, ast.ImportFrom):
            assert node.module.split(".")[0] == "slopes"


@CHAPTERS
def test_number_and_length_of_cells(chapter):
    assert 15 <= len(seen(chapter)) and len(steps(chapter)) <= 25
    for cell in code(chapter):
        assert len(cell.source.splitlines()) <= 12, cell.source
        assert not re.search(r"^\s*[%!]", cell.source, re.M), cell.source


@CHAPTERS
def test_only_questions_hide_their_code(chapter):
    hidden = [cell for cell in code(chapter) if cell not in seen(chapter)]
    assert all(re.match(r"(guess|choose)\(", cell.source) for cell in hidden)
    assert not any(re.match(r"(guess|choose)\(", cell.source) for cell in seen(chapter))


@CHAPTERS
def test_words_stand_in_proportion(chapter):
    lines = sum(len(cell.source.splitlines()) for cell in seen(chapter))
    assert words(chapter) >= 1500
    assert words(chapter) >= 8 * lines


@CHAPTERS
def test_every_picture_has_caption_name_and_alt_text(chapter):
    for cell in filter(draws, code(chapter)):
        mystnb = cell.metadata["mystnb"]
        assert len(mystnb["figure"]["caption"].split()) >= 4
        assert mystnb["figure"]["name"].startswith("fig-")
        assert len(mystnb["image"]["alt"].split()) >= 8
        assert re.search(r"\d", mystnb["image"]["alt"]), "alt text says no number"


@CHAPTERS
def test_the_prose_refers_to_every_picture(chapter):
    for cell in filter(draws, code(chapter)):
        assert f"`{cell.metadata['mystnb']['figure']['name']}`" in prose(chapter)


@CHAPTERS
def test_an_explorable_states_a_goal(chapter):
    explorables = [cell.source for cell in code(chapter) if "explore(" in cell.source]
    assert any("goal=" in source for source in explorables)


@CHAPTERS
def test_exercises_have_three_hints_and_a_folded_solution(chapter):
    text = prose(chapter)
    exercises = re.split(r"^`{3,}\{exercise\}", text, flags=re.M)[1:]
    assert 4 <= len(exercises) <= 12
    for exercise in exercises:
        label = re.search(r":label: (ex-[\w-]+)", exercise)[1]
        assert len(re.findall(r"^[`:]{3,}\{dropdown\} Hint", exercise, re.M)) == 3, label
        solution = re.search(rf"\{{solution\}} {label}\n((?::[^\n]*\n)+)(.*)", exercise, re.S)
        assert ":class: dropdown" in solution[1], label
        assert len(solution[2].split()) > 20, label


@CHAPTERS
def test_functions_are_the_textbook_formula_or_update(chapter):
    for cell in code(chapter):
        functions = [
            node for node in ast.parse(cell.source).body if isinstance(node, ast.FunctionDef)
        ]
        assert all(len(ast.unparse(function).splitlines()) <= 8 for function in functions)


@CHAPTERS
def test_stored_outputs_are_text(chapter):
    for cell in code(chapter):
        for output in cell.outputs:
            assert output.output_type == "execute_result", f"{cell.source}: {output.output_type}"
            assert set(output.data) == {"text/plain"}
